#!/usr/bin/env bash
# `shokan price - --format json` is a function of each line alone: a stream cut
# at any line end and priced by several processes gives, put together again,
# the bytes that one process gives; by hand, by xargs and by GNU Parallel.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
filter="price - --revision r8 --input-format jsonl --format json"
export SHOKAN

# Lines of every kind, good, open, wrong in themselves, and no JSON at all.
{
	printf '%s\n' '{"id":"A1","orphan_designated":true,"indication_aid":false,"annual_tests":150,"base_points":1235}' \
		'{"id":"A2","orphan_designated":true,"indication_aid":false,"base_points":1000}' \
		'{"id":"A1","orphan_designated":true,"indication_aid":true,"annual_tests":650,"base_points":7}' \
		'' \
		'{"id":"A3","annual_tests":"8oo"}' \
		'{"id":"A4","annual_test":1}' \
		'{"annual_tests":1}' \
		'garbage' 'id,name' '<records>' '[1,2]' '7' '}' '   ' \
		'{"id":"B1","annual_tests":1' '{"id":"B2",' '{"id":' '{"id":"B3' \
		'{"id":"B4","name":"検査"} {"id":"B5"}' \
		'{"id":"B6","id":"B6"}' '{"id":"B7","as_of":"2019-01-01","annual_tests":1}' \
		'{"id":"B8","as_of":"2026-07-01","annual_tests":1}' \
		'{"id":"C1","acquisition_price":1000001}' '{"id":"C2"}' '{}'
	printf '{"id":"D1","name":"\377"}\n\000\n\357\n'
	printf '\357\273\277{"id":"D2","annual_tests":1}\n'
	printf '{"id":"D3","annual_tests":1}\r\n{"id":"D4"}\r\n'
	printf '{"id":"D5","annual_tests":1}'
} >"$work/kinds"
grep -av '"id":"C2"' "$work/kinds" >"$work/some"
{ for i in $(seq 8); do cat "$work/some"; echo; done
	cat "$work/some"; } >"$work/many"

# the same, in one process
whole() # NAME
{
	"$SHOKAN" $filter <"$work/$1" >"$work/$1.whole" 2>"$work/err"
	same "$1 in one process: status" 4 $?
}
whole kinds
whole many
same "an identifier may come twice" 2 \
	"$(grep -c '"id":"A1"' "$work/kinds.whole")"
grep -qE '"(row|line)"' "$work/kinds.whole" &&
	fail "a line says where in the stream it stood"

# Each line by itself, and every place to cut in two.
: >"$work/joined"
for number in $(seq "$(grep -c '' "$work/kinds")"); do
	sed -n "${number}p" "$work/kinds" >"$work/line"
	"$SHOKAN" $filter <"$work/line" >"$work/out" 2>/dev/null
	cat "$work/out" >>"$work/joined"
	grep -qav '^[[:space:]]*$' "$work/line" && [ ! -s "$work/out" ] &&
		fail "line $number has no answer"
done
same "line by line" "$(cksum <"$work/kinds.whole")" "$(cksum <"$work/joined")"
for at in 4 8 15 17 28; do
	{ head -n $at "$work/kinds" | "$SHOKAN" $filter
		tail -n +$((at + 1)) "$work/kinds" | "$SHOKAN" $filter; } \
		>"$work/joined" 2>/dev/null
	same "cut behind line $at" "$(cksum <"$work/kinds.whole")" \
		"$(cksum <"$work/joined")"
done

# No line: no output, and no failure, so that an empty part fails nothing.
for bytes in '' '\n' ' \r\n\n'; do
	printf "$bytes" | "$SHOKAN" $filter >"$work/out" 2>"$work/err"
	same "empty part: status" 0 $?
	empty out
	empty err
done
# A file that is meant to have records is another thing.
: >"$work/none.jsonl"
run 4 price --format json "$work/none.jsonl"

# Well-formed lines are seen as lines without being told.
grep -aE '^\{.*\}\r?$' "$work/kinds" | grep -avE '\} \{|\xff' >"$work/plain"
"$SHOKAN" price - --revision r8 --format json <"$work/plain" \
	>"$work/plain.whole" 2>/dev/null
for at in $(seq "$(grep -c '' "$work/plain")"); do
	sed -n "${at}p" "$work/plain" | "$SHOKAN" price - --revision r8 \
		--format json
done >"$work/joined" 2>/dev/null
same "line by line, not told" "$(cksum <"$work/plain.whole")" \
	"$(cksum <"$work/joined")"

# Statuses of the parts: --strict is 1 where a part has an open answer.
sed -n 1p "$work/kinds" >"$work/part1"
sed -n 2p "$work/kinds" >"$work/part2"
for part in 1 2; do
	"$SHOKAN" $filter --strict <"$work/part$part" >/dev/null 2>&1
	same "--strict, part $part" $((part - 1)) $?
done

# Threads of one process are parts too.
"$SHOKAN" $filter --jobs 3 <"$work/many" >"$work/joined" 2>/dev/null
same "three threads: status" 4 $?
cmp -s "$work/many.whole" "$work/joined" && ok || fail "three threads"

# split and xargs
mkdir "$work/parts"
split -l 53 -a 3 "$work/many" "$work/parts/p"
printf '%s\n' "$work"/parts/p??? | xargs -P 3 -I{} sh -c \
	'"$SHOKAN" '"$filter"' <"$1" >"$1.out" 2>/dev/null; :' - {}
cat "$work"/parts/p???.out >"$work/joined"
same "split and xargs" "$(cksum <"$work/many.whole")" "$(cksum <"$work/joined")"

if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
	export PARALLEL_HOME=$work/parallel
	mkdir -p "$PARALLEL_HOME"
	for block in 2500 1M; do
		parallel --will-cite --pipe -j3 --block $block -k \
			"$SHOKAN" $filter <"$work/many" >"$work/joined" \
			2>"$work/err"
		status=$?
		cmp -s "$work/many.whole" "$work/joined" && ok ||
			fail "parallel, blocks of $block"
		# as many as workers that found something wrong
		[ $status -ge 1 ] && ok || fail "parallel: status $status"
	done
	parallel --will-cite --pipe -j3 -k "$SHOKAN" $filter \
		</dev/null >"$work/out" 2>"$work/err"
	same "parallel without input" 0 $?
	empty out
	# the same without being told that it is lines
	grep -av '"id":"C2"' "$work/plain" >"$work/some"
	for i in $(seq 10); do cat "$work/some"; done >"$work/long"
	"$SHOKAN" price - --revision r8 --format json <"$work/long" \
		>"$work/long.whole" 2>/dev/null
	parallel --will-cite --pipe -j3 --block 3k -k "$SHOKAN" price - \
		--revision r8 --format json <"$work/long" >"$work/joined" \
		2>"$work/err"
	cmp -s "$work/long.whole" "$work/joined" && ok ||
		fail "parallel, not told that it is lines"
else
	echo "skipped: parallel, GNU Parallel is not installed"
fi
finish
