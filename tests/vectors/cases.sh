#!/usr/bin/env bash
# Published decisions, run from their published inputs through the command: to
# the yen or point where the inputs are published, undetermined with what is
# missing where they are not. The cases stand beside the checkout, not in it.
set -u
cases=${1:-$SHARED/cases/cases-dev.json}
[ -f "$cases" ] || { echo "skipped: no published cases"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jq -f "$SOURCE/tests/vectors/cases.jq" "$cases" >"$work/questions.json" || exit 1
jq -r '[.[].decision] | unique[]' "$work/questions.json" >"$work/decisions"
while IFS= read -r decision; do
	jq -c --arg d "$decision" '.[] | select(.decision == $d) | .record' \
		"$work/questions.json" >"$work/records.jsonl"
	"$SHOKAN" price --revision r8 --decision "$decision" --format json \
		"$work/records.jsonl" >>"$work/results.jsonl" || {
		echo "FAIL $decision: exit $?"
		exit 1
	}
done <"$work/decisions"

# Numbers as jq reads them: yen and points, far below where that loses digits.
jq -rn --slurpfile q "$work/questions.json" --slurpfile r "$work/results.jsonl" '
	($r | map({key: .id, value: .}) | from_entries) as $by
	| def plain: if type == "array" then map(.price // .) else . end;
	$q[0][] | $by[.id] as $got
	| ( [ (.want.value // {} | to_entries[]
		| select(($got.values[.key] | plain) != .value)
		| "\(.key) is \($got.values[.key] | tojson), published \(.value | tojson)"),
	      (if .want.open then
		(if $got.status != "undetermined" then "status \($got.status), want undetermined" else empty end),
		(if ($got.missing | length) == 0 then "nothing is missing" else empty end),
		(.want.open - $got.missing | select(length > 0) | "missing lacks \(tojson)") else empty end),
	      (.want.among // {} | to_entries[] | . as $w
		| select([$got.values[$w.key].outcomes[]?] | index($w.value) | not)
		| "\(.key): \(.value) is not among \($got.values[.key] | tojson)") ] ) as $wrong
	| if ($wrong | length) > 0 then "FAIL \(.id) \(.decision): \($wrong | join("; "))" else "ok \(.id)" end' \
	>"$work/said"
grep '^FAIL' "$work/said"
passed=$(grep -c '^ok' "$work/said")
failed=$(grep -c '^FAIL' "$work/said")
echo "cases: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
