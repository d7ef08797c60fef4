#!/usr/bin/env bash
# The outputs for fixtures/products/ against tests/golden/: table, JSON, CSV
# and proof, in both languages. Answers are read by hand against the rules
# before they are committed; `golden.sh --regenerate` only rewrites the files.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
golden=$SOURCE/tests/golden
regenerate=false
[ "${1:-}" = --regenerate ] && regenerate=true
cd "$SOURCE/fixtures/products" || exit 2

# The hash of the rules changes with every edit of a comment: not compared.
produce() # FILE ARGUMENTS...
{
	"$SHOKAN" "${@:2}" 2>&1 | sed -E 's/sha256:[0-9a-f]{64}/sha256:HASH/' \
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
compare rare-disease.r6.json price --revision r6 --decision \
	rare_disease_coefficient --format json rare-disease.csv
# Every file of the folder belongs to a line above.
for file in "$golden"/*; do
	[ -e "$work/$(basename "$file")" ] || fail "nobody makes $file"
done
$regenerate && { echo "golden files rewritten; read them"; exit 0; }
finish
