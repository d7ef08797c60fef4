#!/usr/bin/env bash
# The fixtures run as real input: every example file is read without a
# complaint, every price of the official lists becomes its points (computed
# again here), and products of which only the name is known are undetermined.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SOURCE=${SOURCE:-$(cd "$here/../.." && pwd)}
SHOKAN=${SHOKAN:-$SOURCE/build/dev/shokan}
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
[ -x "$SHOKAN" ] || { echo "no command at $SHOKAN; build it first"; exit 1; }
cd "$SOURCE/fixtures" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1}
passed=0
failed=0

verdict() # NAME EXPECTED GOT
{
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
		return
	fi
	echo "FAIL $1: expected $2"
	echo "  got $3" | head -n 5
	failed=$((failed + 1))
}

json() # ARGUMENTS...
{
	"$SHOKAN" price --format json "$@" 2>"$work/said"
	echo "$?" >"$work/status"
}

count_status() # reads JSON lines
{
	jq -r .status | sort | uniq -c | awk '{ printf "%s%s %s", sep, $2, $1; sep = ", " }'
}

for file in products/*.csv products/*.json products/*.xml products/*.tsv; do
	case $file in products/deck-*) continue ;; esac
	errors=$(json --revision r8 "$file" | jq -rs 'map(select(.status == "error")) | length')
	verdict "$file" "exit 0, 0 errors" "exit $(cat "$work/status"), $errors errors"
	verdict "$file has results" yes \
		"$(json --revision r8 "$file" | head -c 1 | tr '{' y | sed 's/y/yes/')"
done

# The same records in two encodings and two separators.
verdict "CP932 and UTF-8" "$(json --revision r8 products/samd.csv | cksum)" \
	"$(json --revision r8 products/samd-cp932.csv | cksum)"
verdict "tabs and commas" "$(json --revision r8 products/points.csv | cksum)" \
	"$(json --revision r8 products/points.tsv | cksum)"
verdict "standard input" "$(json --revision r8 products/points.csv | cksum)" \
	"$(json --revision r8 --input-format csv - <products/points.csv | cksum)"

for pair in r8:1332:1322 r6:1277:1268; do
	IFS=: read -r revision rows fixed <<<"$pair"
	list=prices/notice-prices-$revision.csv
	json --revision "$revision" --decision points_from_price "$list" \
		>"$work/points"
	verdict "$list" "determined $fixed, undetermined $((rows - fixed))" \
		"$(count_status <"$work/points")"
	verdict "$list: exit" 0 "$(cat "$work/status")"
	# points = price / 10, half up; prices of the lists are whole yen
	verdict "$list: points" \
		"$(awk -F, 'NR > 1 && $5 != "" { print $1, int(($5 + 5) / 10) }' "$list" | cksum)" \
		"$(jq -r 'select(.status == "determined") | "\(.id) \(.values.points)"' "$work/points" | cksum)"
	verdict "$list: missing" '["material_price"]' \
		"$(jq -c 'select(.status == "undetermined") | .missing' "$work/points" | sort -u)"
done

for pair in deck-samd:9 deck-c1:14 deck-c2:17; do
	file=products/${pair%:*}.csv
	json --revision r8 --decision rare_disease_coefficient "$file" >"$work/deck"
	verdict "$file" "undetermined ${pair#*:}" "$(count_status <"$work/deck")"
	verdict "$file: missing" \
		'["annual_tests","indication_aid","orphan_designated"]' \
		"$(jq -c '.missing | sort' "$work/deck" | sort -u)"
done
json --revision r8 --decision unprofitable_recalculation \
	products/deck-priced-categories.csv >"$work/deck"
verdict "deck-priced-categories: no price is made up" "undetermined 4" \
	"$(count_status <"$work/deck")"
echo "products: $passed passed, $failed failed"
[ $failed = 0 ]
