#!/usr/bin/env bash
# Receipts: written beside the output of price and batch, repeated by replay,
# and refused at the line where they were changed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
export SHOKAN_RULES=$SOURCE/rules
receipt=$work/receipt.jsonl

# every example, by date and by revision, with a policy and a limit
for file in "$SOURCE"/fixtures/products/*.*; do
	for options in "" "--revision r6" "--as-of 2026-06-02 --min-evidence E1"; do
		"$SHOKAN" price $options --receipt "$receipt" "$file" \
			>"$work/out" 2>"$work/err"
		run 0 replay "$receipt"
		same "lines of $file $options" \
			"$("$SHOKAN" price $options --format json "$file" 2>&1 |
				grep -c '^{')" \
			"$(($(wc -l <"$receipt") - 2))"
	done
done
run 0 price --revision r8 --decision above_price_pattern \
	--policy "$SOURCE/fixtures/policies/above-price.json" \
	--set majority_share=70 --set payer_lane=medical --receipt "$receipt" \
	"$SOURCE/fixtures/products/above-price.csv"
run 0 replay "$receipt"
has out "4 results: 4 confirmed"
same "policy in the header" 70 "$(head -n 1 "$receipt" |
	jq -r '.policy | fromjson | .majority_share')"

# canonical: what jq prints sorted and without blanks is the same bytes
same "canonical" "$(jq -cS . "$receipt")" "$(cat "$receipt")"

# a wrong record is told, answered as an error, and not repeated
run 4 price --revision r8 --decision rare_disease_coefficient \
	--receipt "$receipt" "$work/bad.csv"
run 0 replay "$receipt"
has out "2 results: 2 confirmed; 1 records were no input"
cp "$receipt" "$work/good.jsonl"

# the output is that without a receipt; text, snapshot and CI formats too
for format in text json csv snapshot junit; do
	run 0 price --format $format "$work/two.csv"
	mv "$work/out" "$work/wanted"
	run 0 price --format $format --receipt "$receipt" "$work/two.csv"
	if cmp -s "$work/wanted" "$work/out"; then ok; else
		fail "$format differs beside a receipt"
	fi
	run 0 replay "$receipt"
done
run 4 replay -
has err "the file is empty"
"$SHOKAN" replay - <"$receipt" >"$work/out" 2>"$work/err"
same "from standard input" "0 2 results: 2 confirmed" "$? $(cat "$work/out")"

# edited, cut, other rules, another program
sed '2s/150/151/' "$work/good.jsonl" >"$receipt"
run 4 replay "$receipt"
has err "$receipt:3: the line does not follow"
empty out
sed '3d' "$work/good.jsonl" >"$receipt"
run 4 replay "$receipt"
has err "$receipt:3: "
sed '$d' "$work/good.jsonl" >"$receipt"
run 4 replay "$receipt"
has err "cut off"
sed 's/sha256:[0-9a-f]\{64\}"}$/sha256:00"}/' "$work/good.jsonl" >"$receipt"
run 3 replay "$receipt"
has err "the receipt rests on the rules sha256:00"
has err "--rules names others"
run 4 replay "$work/two.csv"
has err "$work/two.csv:1: no receipt"

# made anew after an edit: every chain fits, and the first difference is told
forge() # SED-SCRIPT
{
	local previous= line
	sed "$1" "$work/good.jsonl" | while IFS= read -r line; do
		[ -n "$previous" ] && line=$(printf %s "$line" |
			sed "s/\"previous\":\"[^\"]*\"/\"previous\":\"$previous\"/")
		printf '%s\n' "$line"
		previous=sha256:$(printf %s "$line" | sha256sum | cut -d' ' -f1)
	done >"$receipt"
}
forge ''
run 0 replay "$receipt"
forge '2s/coefficient=1.5/coefficient=1.4/'
run 1 replay "$receipt"
has out "$receipt:2: A1: rare_disease_coefficient: values differs"
has out "was: coefficient=1.4;"
has out "is:  coefficient=1.5;"
has out "2 results: 1 confirmed, 1 different"
forge '1s/"engine":"[^"]*"/"engine":"0.0.1"/'
run 0 replay "$receipt"
has err "note: the receipt was written by version 0.0.1"
forge '1s/"policy":"{}"/"policy":"{\\"no_such\\":1}"/'
run 3 replay "$receipt"
forge '1s/"revision":"r8"/"revision":"r9"/'
run 2 replay "$receipt"

# from a pack; and with a key
run 0 rules pack "$work/book.pack"
run 0 price --revision r8 --decision rare_disease_coefficient \
	--rules "$work/book.pack" --receipt "$receipt" "$work/two.csv"
mv "$receipt" "$work/packed.jsonl"
run 0 price --revision r8 --decision rare_disease_coefficient \
	--receipt "$receipt" "$work/two.csv"
if cmp -s "$receipt" "$work/packed.jsonl"; then ok; else
	fail "receipts of a folder and its pack differ"
fi
run 0 replay --rules "$work/book.pack" "$receipt"
run 0 rules keygen "$work/key"
run 3 replay --rules "$work/book.pack" --rules-key "$work/key.pub" "$receipt"

# batch writes the same bytes, with a store and without
run 0 batch --receipt "$work/b.jsonl" "$work/two.csv"
run 0 price --receipt "$work/p.jsonl" "$work/two.csv"
run 0 batch --store "$work/s.db" --receipt "$work/s.jsonl" "$work/two.csv"
if cmp -s "$work/b.jsonl" "$work/p.jsonl" &&
	cmp -s "$work/s.jsonl" "$work/p.jsonl"; then ok; else
	fail "batch writes another receipt"
fi

# and so do several threads
run 0 price --jobs 3 --receipt "$work/j.jsonl" "$work/two.csv"
if cmp -s "$work/j.jsonl" "$work/p.jsonl"; then ok; else
	fail "three threads write another receipt"
fi

# wrong use; nothing half made
rm -f "$receipt"
run 2 price --receipt - "$work/two.csv"
run 2 price --receipt "$receipt" --output "$receipt" "$work/two.csv"
run 2 explain --receipt "$receipt" "$work/one.csv"
run 5 price --receipt "$work/no/x" "$work/two.csv"
run 5 price --receipt "$receipt" "$work/none.csv"
run 2 replay
run 2 replay a b
run 5 replay "$work/none.jsonl"
if [ -e "$receipt" ] || ls "$work" | grep -q 'jsonl\.'; then
	fail "something half made is left"
else ok; fi
if [ -w /dev/full ]; then
	run 5 price --receipt /dev/full "$work/two.csv"
fi
finish
