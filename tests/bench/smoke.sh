#!/usr/bin/env bash
# The benchmark on 2,000 records: every lane runs, every program agrees with
# shokan where all facts are known, and only the others pay where they are not.
# Nothing here depends on how long anything takes.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v jq >/dev/null || { echo "smoke: skipped, no jq"; exit 77; }
export BENCH_BUILD=$BUILD BENCH_FOLDER=$folder BENCH_ROUNDS=1 BENCH_RUNS=3
export BENCH_REPEAT=5 BENCH_NPM=$folder

if ! bash "$here/run" --json 2000 >"$folder/json" 2>"$folder/said"; then
	echo "FAIL the run"
	head -n 20 "$folder/said"
	jq -c '.lanes[] | select(.failed or .other > 0) | [.group, .name]' \
		"$folder/json"
	exit 1
fi
check() # WHAT FILTER
{
	jq -e "$2" "$folder/json" >/dev/null && return
	echo "FAIL $1"
	jq -c ".lanes[] | [.group, .name, .pays, .unknown_paid, .other]" \
		"$folder/json"
	exit 1
}
decided='.lanes[] | select(.pays != null)'
check "four tables, three programs or more" \
	"[$decided | .group] | group_by(.) | map(length) |
	length == 4 and min >= 3"
check "known facts: one total" \
	"[$decided | select(.group == \"known\") | .pays] | unique |
	length == 1 and .[0] > 0"
check "known facts: an answer like shokan's" "[$decided | .other] | max == 0"
check "shokan pays nothing that is unknown" \
	"[$decided | select(.name == \"shokan\") | .unknown_answered] | max == 0"
check "the others do" \
	"[$decided | select(.group != \"known\" and .name != \"shokan\") |
	.unknown_paid] | min > 0"
check "what is awkward to read is the same" .same_from_awkward
check "the fastest loop writes shokan's bytes" .same_bytes_as_hand
check "the library ran" '.library | length == 8 and all(.count > 0)'
echo "smoke: $(jq '.lanes | length' "$folder/json") lanes agree"
