#!/usr/bin/env bash
# SIGKILL at random moments of a batch, and of the --resume behind it: after
# each the store is whole, the run is there as far as it was saved, and
# --resume ends with the bytes of a run that nobody stopped, in the output and
# in the store. kill.sh [KILLS [RECORDS [SEED]]].
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
command -v sqlite3 >/dev/null || { echo "skipped, no sqlite3"; exit 77; }
kills=${1:-20}
records=${2:-1500}
RANDOM=${3:-$$}
echo "seed ${3:-$$}, $records records"
export SOURCE_DATE_EPOCH=1780272000

awk -v n="$records" 'BEGIN {
	print "id,name,orphan_designated,indication_aid,annual_tests,base_points"
	for (i = 0; i < n; i++)
		printf "P%06d,製品%d,%s,%s,%s,%d\n", i, i,
			i % 3 ? "true" : "false", i % 2 ? "true" : "false",
			i % 5 ? (i * 37) % 1100 : "", 100 + i % 4000
}' >"$work/in.csv"
out=$work/out.csv

command=("$SHOKAN" batch --store "$work/a.store" --output "$out"
	--revision r8 --format csv --save-every 40 "$work/in.csv")

batch() # ARGUMENTS...
{
	"${command[@]}" --jobs $((1 + RANDOM % 3)) "$@" 2>"$work/err"
}

dump()
{
	sqlite3 "$work/a.store" .dump
}

fresh()
{
	rm -f "$work"/a.store* "$work"/out.csv*
}

fresh
begun=$(date +%s%N)
batch || fail "a run that nobody stops: status $?"
span=$(($(date +%s%N) - begun))
cp "$out" "$work/want.csv"
dump >"$work/want.dump"
"$SHOKAN" price --revision r8 --format csv "$work/in.csv" |
	cmp -s - "$work/want.csv" || fail "batch and price differ"
same "records that were saved" "$records" \
	"$(sqlite3 "$work/a.store" 'SELECT records FROM run')"

# killed ARGUMENTS...: a batch that is killed somewhere in its time.
killed()
{
	local wait=$(((RANDOM * 32768 + RANDOM) % (span / 1000)))
	"${command[@]}" --jobs $((1 + RANDOM % 3)) "$@" 2>/dev/null &
	sleep "$((wait / 1000000)).$(printf %06d $((wait % 1000000)))"
	{ kill -KILL $!; wait $!; } 2>/dev/null
}

# What is in the store after a kill: none, open or whole; or a fault.
state()
{
	[ -e "$work/a.store" ] || { echo none; return; }
	sqlite3 "$work/a.store" 'PRAGMA integrity_check' 2>&1 | grep -qx ok ||
		{ echo "integrity_check fails"; return; }
	[ -n "$(sqlite3 "$work/a.store" \
		"SELECT 1 FROM sqlite_schema WHERE name = 'run'")" ] ||
		{ echo none; return; }
	sqlite3 "$work/a.store" "SELECT CASE
		WHEN count(*) = 0 THEN 'none'
		WHEN count(*) > 1 THEN 'two runs'
		WHEN max(results) <> (SELECT count(*) FROM result)
			THEN 'results beside the run'
		WHEN max(finished) IS NULL THEN 'open' ELSE 'whole' END
		FROM run"
}

declare -A seen=([none]=0 [open]=0 [whole]=0)
done_kills=0
while [ $done_kills -lt "$kills" ]; do
	fresh
	again=
	for _ in 1 2 3; do # the second and third hit --resume
		[ $done_kills -lt "$kills" ] || break
		killed $again
		done_kills=$((done_kills + 1))
		now=$(state)
		case $now in
		none) ;;
		open) again=--resume ;;
		whole)
			seen[whole]=$((seen[whole] + 1))
			ok
			break
			;;
		*) fail "after kill $done_kills: $now" ;;
		esac
		[ "$now" = whole ] || seen[$now]=$((${seen[$now]:-0} + 1))
	done
	[ "$now" = open ] && { "$SHOKAN" runs list --store "$work/a.store" |
		grep -q interrupted && ok || fail "runs list hides the run"; }
	case $now in
	open) batch --resume || fail "--resume: status $?" ;;
	none) batch || fail "again: status $?" ;;
	esac
	if [ "$now" = whole ] && [ ! -e "$out" ]; then
		fail "whole without its output"
	fi
	cmp -s "$out" "$work/want.csv" && ok ||
		fail "kill $done_kills ($now): other bytes in the output"
	dump | cmp -s - "$work/want.dump" && ok ||
		fail "kill $done_kills ($now): other bytes in the store"
	[ -z "$(find "$work" -name 'out.csv.*')" ] ||
		fail "a part of the output is left: $(ls "$work")"
done
echo "killed $done_kills times: ${seen[none]} before the run began," \
	"${seen[open]} in it, ${seen[whole]} at its end"

# Imports: all of a file, or nothing of it.
fresh
begun=$(date +%s%N)
run 0 import --store "$work/a.store" "$work/in.csv"
span=$(($(date +%s%N) - begun))
for _ in $(seq $((kills / 4 + 1))); do
	fresh
	wait=$(((RANDOM * 32768 + RANDOM) % (span / 1000)))
	"$SHOKAN" import --store "$work/a.store" "$work/in.csv" >"$work/out" 2>&1 &
	sleep "$((wait / 1000000)).$(printf %06d $((wait % 1000000)))"
	{ kill -KILL $!; wait $!; } 2>/dev/null
	now=$(state)
	[ "$now" = none ] && ok || fail "after a killed import: $now"
	run 0 import --store "$work/a.store" "$work/in.csv"
	grep -qE " ($records new, 0 changed, 0|0 new, 0 changed, $records) as" \
		"$work/out" && ok || fail "half an import: $(cat "$work/out")"
done
finish
