#!/usr/bin/env bash
# --jobs: the same output, messages and status for any number of threads, on
# right and on damaged input, over files of many parts (tests/flow has parts
# of every size).
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

# same_for_all ARGUMENTS...: 1, 2 and 7 jobs against none stated
same_for_all()
{
	local jobs status wanted
	"$SHOKAN" "$@" >"$work/want.out" 2>"$work/want.err" </dev/null
	wanted=$?
	for jobs in 1 2 7; do
		said="--jobs $jobs $*"
		"$SHOKAN" "$@" --jobs $jobs >"$work/out" 2>"$work/err" \
			</dev/null
		status=$?
		[ $status = $wanted ] && ok ||
			fail "$said: status $status, expected $wanted"
		cmp -s "$work/want.out" "$work/out" && ok ||
			fail "$said: other output"
		cmp -s "$work/want.err" "$work/err" && ok ||
			fail "$said: other messages"
	done
}

for wrong in 0 257 -1 x 1x '' 99999999999999999999; do
	run 2 price --jobs "$wrong" "$work/two.csv"
	has err "from 1 to 256"
done
run 0 price --jobs 256 "$work/two.csv"
run 2 explain --jobs 2 "$work/one.csv"

# Rows of many parts: quotes with line ends of every kind, cells too many,
# wrong values, identifiers that were there long before.
make_rows() # COUNT LINE_END
{
	awk -v count="$1" -v end="$2" 'BEGIN {
		ORS = end
		print "id,name,orphan_designated,indication_aid,annual_tests,x_mine"
		for (i = 0; i < count; i++) {
			id = "P" i
			name = i % 3 ? "検査" i : "\"a\n\"\"" i "\r\nb, c\rd\""
			tests = i * 37 % 1100
			if (i % 101 == 100)
				id = "P" int(i / 2)
			if (i % 67 == 66)
				tests = "8oo"
			if (i % 211 == 210)
				tests = tests ",more"
			if (i % 307 == 306)
				name = "a\"b"
			print id "," name "," (i % 2 ? "true" : "") ",false," \
				tests "," i
		}
	}'
}
make_rows 1500 '\n' >"$work/many.csv"
make_rows 1500 '\r\n' >"$work/dos.csv"
make_rows 1200 '\r' >"$work/old.csv"
make_rows 1500 '\n' | iconv -f UTF-8 -t CP932 >"$work/cp932.csv"
{ make_rows 1200 '\n'; printf 'Q1,\377,true,false,1,1\n'
	make_rows 300 '\n'; } >"$work/cut.csv"
{ make_rows 700 '\n'; printf 'Q1,"never closed\n'; make_rows 300 '\n'; } \
	>"$work/open.csv"
awk 'BEGIN { for (i = 0; i < 1500; i++)
	printf "{\"id\":\"J%d\",\"annual_tests\":%d,\"orphan_designated\":%s}%s\n",
		i % 97 ? i : 5, i, i % 2 ? "true" : "null", i % 83 ? "" : " x"
	}' >"$work/lines.jsonl"
rare="--revision r8 --decision rare_disease_coefficient"
for file in many dos old cp932 cut open; do
	same_for_all price $rare --format csv "$work/$file.csv"
done
same_for_all price $rare --format csv --encoding utf-8 "$work/cut.csv"
has err "cut.csv:"
same_for_all price $rare --format json "$work/lines.jsonl"
same_for_all price $rare --format csv --input-format jsonl "$work/lines.jsonl"
same_for_all price $rare --format csv --keep x_mine --strict "$work/many.csv"
same_for_all price $rare --set annual_tests=700 --format snapshot \
	"$work/dos.csv"
same_for_all price $rare --set annual_tests=many --format csv "$work/dos.csv"
same_for_all price --format json --steps "$work/two.csv" "$work/many.csv"
for format in text junit sarif github tap; do
	same_for_all price $rare --format $format "$work/many.csv" \
		"$work/two.csv"
done
cat "$work/many.csv" | "$SHOKAN" price $rare --format csv --jobs 2 - \
	>"$work/out" 2>/dev/null
"$SHOKAN" price $rare --format csv "$work/many.csv" 2>/dev/null |
	cmp -s - "$work/out" && ok || fail "standard input: other output"

# Every fixture, one file after the other in one run.
mapfile -t fixtures < <(ls "$SOURCE"/fixtures/products/* \
	"$SOURCE"/fixtures/bad/*.{csv,json,jsonl,xml})
same_for_all price --format csv "${fixtures[@]}"

# Output that cannot be written ends everything at once, and cleanly.
if [ -c /dev/full ]; then
	for jobs in 1 2 7; do
		said="--jobs $jobs into a full device"
		timeout 60 "$SHOKAN" price $rare --format csv --jobs $jobs \
			"$work/many.csv" >/dev/full 2>"$work/err"
		[ $? = 5 ] && ok || fail "$said: status"
		has err "cannot write"
	done
fi

# A saved run is the same too, receipt and store.
if command -v sqlite3 >/dev/null; then
	export SOURCE_DATE_EPOCH=1780272000
	for jobs in 1 2 7; do
		run 4 batch --store "$work/$jobs.store" --jobs $jobs $rare \
			--format csv --receipt "$work/$jobs.receipt" \
			"$work/many.csv"
		cp "$work/out" "$work/$jobs.csv"
		sqlite3 "$work/$jobs.store" .dump >"$work/$jobs.dump"
		for kind in csv receipt dump; do
			cmp -s "$work/1.$kind" "$work/$jobs.$kind" && ok ||
				fail "batch --jobs $jobs: other $kind"
		done
	done
fi
finish
