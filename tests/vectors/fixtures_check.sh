#!/usr/bin/env bash
# The fixtures say what their sources say: product names byte for byte as in
# the deck, prices as in the notices, vectors as in the specification. Needs
# the reference material beside the checkout; skipped without it.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
SHARED=${SHARED:-$SOURCE/../shared}
deck=$SHARED/seeds/001_656c5fda5dd62ef9.txt
[ -r "$deck" ] || { echo "skipped, no reference material"; exit 77; }
export LC_ALL=C
cd "$SOURCE/fixtures" || exit 2
failed=0

wrong()
{
	echo "$*"
	failed=$((failed + 1))
}

# rows FILE COUNT
rows()
{
	local got
	got=$(($(grep -c '' "$1") - 1))
	[ "$got" = "$2" ] || wrong "$1: $got rows, not $2"
}

# Every name and component stands in the deck at the line that the row cites
# (a name that spans several rows of a table: at most two lines above).
check_names()
{
	local file=$1 component_column=$2 number=1 name component line near
	while IFS= read -r row; do
		number=$((number + 1))
		name=$(cut -d, -f2 <<<"$row")
		line=${row##*,}
		near=$(sed -n "$((line - 2)),${line}p" "$deck")
		grep -qF -- "$name" <<<"$near" ||
			wrong "$file:$number: \"$name\" is not at line $line"
		[ "$component_column" = 0 ] && continue
		component=$(cut -d, -f"$component_column" <<<"$row")
		sed -n "${line}p" "$deck" | sed 's/<[/]*u>//g' |
			grep -qF -- "${component:-$name}" ||
			wrong "$file:$number: \"$component\" is not at line $line"
	done < <(tail -n +2 "$file")
}

rows products/deck-samd.csv 9
rows products/deck-c1.csv 14
rows products/deck-c2.csv 17
rows products/deck-priced-categories.csv 4
check_names products/deck-samd.csv 0
check_names products/deck-c1.csv 4
check_names products/deck-c2.csv 4
check_names products/deck-priced-categories.csv 6
for pair in deck-c1:11 deck-c2:16; do
	count=$(tail -n +2 "products/${pair%:*}.csv" | cut -d, -f2 | sort -u | wc -l)
	[ "$count" = "${pair#*:}" ] ||
		wrong "products/${pair%:*}.csv: $count products, not ${pair#*:}"
done
# Spellings that a careless reader would correct.
grep -qF 'CureApp AUD飲酒量低減治療補助アプリ' products/deck-samd.csv ||
	wrong 'deck-samd.csv: the spelling without a space is gone'
grep -qF 'CureApp AUD 飲酒量低減治療補助アプリ' products/deck-c2.csv ||
	wrong 'deck-c2.csv: the spelling with a space is gone'
grep -q $',\xe3\x81\xb8\xe3\x83\xa0\xe3\x82\xb5\xe3\x82\xa4\xe3\x83\x88,' \
	products/deck-samd.csv ||
	wrong 'deck-samd.csv: the first letter is a hiragana one in the deck'
# Dates and prices as printed.
while IFS=, read -r id _ _ date _; do
	printed=$(awk -F'\t' -v n="${id##*-}" 'NR >= 1424 && NR <= 1432 && $1 == n \
		{ print $4 }' "$deck")
	IFS=- read -r year month day <<<"$date"
	[ "$printed" = "令和$((year - 2018))年$((10#$month))月$((10#$day))日" ] ||
		wrong "products/deck-samd.csv: $id has $date, the deck $printed"
done < <(tail -n +2 products/deck-samd.csv)
while IFS=, read -r id _ _ _ now _ new line; do
	printed=$(sed -n "${line}p" "$deck" | sed 's/<[/]*u>//g' |
		awk -F'\t' '{ gsub(/,|円|—/, ""); print $2 "," $3 }')
	[ "$printed" = "$now,$new" ] ||
		wrong "products/deck-priced-categories.csv: $id has $now,$new, the deck $printed"
done < <(tail -n +2 products/deck-priced-categories.csv)

for revision in r8 r6; do
	ours=$(tail -n +2 "prices/notice-prices-$revision.csv" |
		awk -F, '{ print $7 "," $4 "," $5 $10 "," $9 "," $8 "," $11 }')
	theirs=$(tail -n +2 "$SHARED/data/notice-prices-$revision.csv" |
		awk -F, '{ print $1 "," $2 $4 "," $8 "," $7 "," $6 "," $9 }')
	[ "$ours" = "$theirs" ] ||
		wrong "prices/notice-prices-$revision.csv differs from the notice"
	twice=$(cut -d, -f1 "prices/notice-prices-$revision.csv" | sort | uniq -d)
	[ -z "$twice" ] || wrong "prices/notice-prices-$revision.csv: twice $twice"
	bad=$(awk -F, 'NR > 1 && ($9 == "fixed") != ($5 != "")' \
		"prices/notice-prices-$revision.csv")
	[ -z "$bad" ] || wrong "prices/notice-prices-$revision.csv: $bad"
done
missing=$(grep -vxFf "$SHARED/spec/vectors.csv" vectors/vectors.csv)
[ -z "$missing" ] || wrong "vectors/vectors.csv has other rows: $missing"
for pair in RD:68 UN:35 AP:24 SA:9 CR:6 SD:14 CB:7 PP:9 PR:17; do
	count=$(grep -c "^${pair%:*}[0-9]" vectors/vectors.csv)
	[ "$count" = "${pair#*:}" ] ||
		wrong "vectors/vectors.csv: $count rows of ${pair%:*}, not ${pair#*:}"
done
[ $failed = 0 ] && echo "fixtures_check: as their sources say"
[ $failed = 0 ]
