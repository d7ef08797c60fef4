#!/usr/bin/env bash
# The outputs for fixtures/products/ against tests/golden/: table, JSON, CSV,
# proof and the formats for continuous integration, in both languages. Answers are read by hand against the rules
# before they are committed; `golden.sh --regenerate` only rewrites the files.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
golden=$SOURCE/tests/golden
regenerate=false
[ "${1:-}" = --regenerate ] && regenerate=true
cd "$SOURCE/fixtures/products" || exit 2

# The hash of the rules changes with every edit of a comment: not compared,
# nor is the version of the program.
errors_to=1
produce() # FILE ARGUMENTS...
{
	"$SHOKAN" "${@:2}" 2>&$errors_to |
		sed -E 's/sha256:[0-9a-f]{64}/sha256:HASH/
			s/("name":"shokan","version":")[^"]*/\1VERSION/
			s/("semanticVersion":|"shokan" value=)"[^"]*/\1"VERSION/' \
			>"$work/$1"
}

compare() # FILE ARGUMENTS...
{
	produce "$@"
	if $regenerate; then
		cp "$work/$1" "$golden/$1"
	elif diff -u "$golden/$1" "$work/$1" >"$work/diff"; then
		ok
	else
		fail "$1: shokan ${*:2}"
		head -n 20 "$work/diff"
	fi
}

while read -r name decision id; do
	for language in en ja; do
		compare "$name.$language.txt" price --revision r8 --decision \
			"$decision" --lang $language "$name.csv"
		[ -n "$id" ] || continue
		compare "$name.$language.explain.txt" explain --revision r8 \
			--decision "$decision" --lang $language --id "$id" \
			"$name.csv"
	done
	compare "$name.json" price --revision r8 --decision "$decision" \
		--format json "$name.csv"
	compare "$name.csv" price --revision r8 --decision "$decision" \
		--format csv "$name.csv"
done <<'END'
rare-disease rare_disease_coefficient EX-RD4
unprofitable unprofitable_recalculation EX-UN2
above-price above_price_pattern EX-AP3
samd samd_billing EX-SA3
category-review category_review
depreciation special_depreciation EX-SD2
points points_from_price EX-PP2
END
exec 3>/dev/null
errors_to=3 # what is wrong with the records stands in these formats
for format in junit sarif github tap; do
	compare ci.en.$format price --revision r8 --decision \
		rare_disease_coefficient --lang en --format $format \
		rare-disease.csv
	compare ci.ja.$format price --revision r8 --decision \
		above_price_pattern --strict --lang ja --format $format \
		above-price.csv ../bad/yen-sign.csv ../bad/header-only.csv
done
errors_to=1
compare rare-disease.r6.json price --revision r6 --decision \
	rare_disease_coefficient --format json rare-disease.csv
# Every file of the folder belongs to a line above.
for file in "$golden"/*; do
	[ -e "$work/$(basename "$file")" ] || fail "nobody makes $file"
done
$regenerate && { echo "golden files rewritten; read them"; exit 0; }
finish
