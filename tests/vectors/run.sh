#!/usr/bin/env bash
# Every row of a vectors file through the command: CSV in, JSON out.
#   run.sh [VECTORS [DECISION,...]]     default: fixtures/vectors/vectors.csv
# Prints a line a failing row with what was expected and what came.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
vectors=${1:-$SOURCE/fixtures/vectors/vectors.csv}
only=${2:-}
for tool in jq awk; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1}

awk -v only="$only" 'NR == 1 || only == "" { print; next }
	{ split($0, c, ","); if (("," only ",") ~ ("," c[2] ",")) print }' \
	"$vectors" >"$work/vectors"
awk -v out="$work" -f "$here/split.awk" "$work/vectors"
total=$(wc -l <"$work/rows")
[ "$total" -gt 0 ] || { echo "no rows in $vectors"; exit 1; }

: >"$work/results"
: >"$work/runs"
while IFS=$'\t' read -r group revision decision _; do
	arguments=(--decision "$decision" --format json)
	[ "$revision" = - ] || arguments+=(--revision "$revision")
	[ -e "$work/$group.json" ] && arguments+=(--policy "$work/$group.json")
	"$SHOKAN" price "${arguments[@]}" "$work/$group.csv" \
		>>"$work/results" 2>"$work/said"
	jq -cn --arg group "$group" --argjson status $? \
		--rawfile said "$work/said" \
		'{key: $group, value: {status: $status,
			said: ($said | .[:300] | gsub("\n"; " "))}}' \
		>>"$work/runs"
done <"$work/plan"

# a line cut short by a crash is no result
awk -f "$here/quote.awk" "$work/results" | jq -cR 'fromjson? // empty' >"$work/quoted"
jq -s from_entries "$work/runs" >"$work/runs.json"
jq -nr --rawfile rows "$work/rows" --slurpfile results "$work/quoted" \
	--slurpfile runs "$work/runs.json" \
	'$runs[0] as $runs | '"$(cat "$here/compare.jq")" >"$work/failures"
status=$?
[ $status = 0 ] || { echo "the comparison itself failed"; exit 1; }
cat "$work/failures"
failed=$(wc -l <"$work/failures")
echo "vectors: $((total - failed)) passed, $failed failed"
[ "$failed" = 0 ]
