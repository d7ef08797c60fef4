#!/usr/bin/env bash
# diff: the regions in which r6 and r8 differ are those of the specification,
# collected by hand in fixtures/diff-r6-r8.txt; the product of each shows the
# two answers when it is priced; and no random product differs elsewhere.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
cd "$work" || exit 1

# The tests of one command ask for its rules often.
"$SHOKAN" rules pack "$work/book.pack" --rules "$SOURCE/rules" || exit 1
export SHOKAN_RULES=$work/book.pack

run 0 diff r6 r8 --tries 60 --format json "$SOURCE/fixtures/products/rare-disease.csv"
cp out all.json

# Exactly the regions of the specification, whatever their order.
jq -r '.decisions[] | .decision as $d | .regions[]
	| $d + " | " + (.outputs | join(" ")) + " | "
	+ ([.conditions[] | .text + (if .revision then " [" + .revision + "]"
		else "" end)] | sort | join("; "))' all.json |
	sed 's/ *$//' | sort >found
grep -v '^#' "$SOURCE/fixtures/diff-r6-r8.txt" |
	sed -E 's/^[^|]*\| //; s/ *=>.*//' | sort >wanted
same "the regions of the specification" "$(cat wanted)" "$(cat found)"

# Proved, with nothing left open, and the random products agree.
same "proved" true "$(jq .proved all.json)"
same "doubts" "[]" "$(jq -c '[.decisions[].doubts[]]' all.json)"
same "rules have values" true "$(jq '[.decisions[]
	| select(.assumed != []) | .assumed_tried == 256] | length > 3 and all' all.json)"
same "outside" 0 "$(jq '[.decisions[].random.outside] | add' all.json)"
same "tried" 1500 "$(jq '[.decisions[].random.tried] | add' all.json)"
same "some products differ" true \
	"$(jq '([.decisions[].random.differ] | add) > 100' all.json)"
# Decisions whose rules are the same text, from the sections that name none.
same "same text" "points_sum special_depreciation existing_category_revision \
similar_category_price cost_based_price premium rapid_introduction \
reprocessed_price market_expansion_repricing precious_metal_adjustment \
coverage_class points_from_price price_rounding" \
	"$(jq -r '[.decisions[] | select(.kind == "same" and .proof == "text")
		| .decision] | join(" ")' all.json)"

# Each witness, priced under both revisions, shows what the report says.
witness() # NUMBER DECISION REGION
{
	local side revision
	jq -c ".witness.record" <<<"$3" >record.json
	jq -c ".witness.policy" <<<"$3" >policy.json
	for side in before after; do
		revision=r6
		[ $side = after ] && revision=r8
		"$SHOKAN" price --revision $revision --decision "$2" \
			--policy policy.json --format json record.json \
			>$side.json 2>err || fail "price of witness $1"
		same "status of $2, witness $1, $side" \
			"$(jq -r ".witness.$side.status" <<<"$3")" \
			"$(jq -r .status $side.json)"
	done
	if jq -e -n --argjson region "$3" --slurpfile b before.json \
		--slurpfile a after.json '
		def part($r; $o): if $o == "caveats" then $r.caveats
			elif $r.status == "determined" or
				$r.status == "undetermined" then
				$r.values[$o]
			else [$r.status, $r.reason] end;
		[$region.witness.differences[].output
			| part($b[0]; .) != part($a[0]; .)]
			| length > 0 and all' >/dev/null; then
		ok
	else
		fail "witness $1 of $2: an output does not differ"
	fi
}
number=0
while IFS=$'\t' read -r decision region; do
	number=$((number + 1))
	witness $number "$decision" "$region"
done < <(jq -r '.decisions[] | .decision as $d | .regions[]
	| [$d, tojson] | join("\t")' all.json)
same "witnesses" "$(wc -l <wanted)" $number

# The regenerative test, by hand: below 200 tests the coefficient is 1.5 in
# r8; column 2 of r6 is for drugs.
jq '.decisions[0].regions[0].witness' all.json >first
same "r6 and r8" "not_applicable (condition_false) 1.5" \
	"$(jq -r '.differences[0] | .before + " " + .after' first)"
same "source in r8" 医薬品等の適応判定の補助に必要な検査 \
	"$(jq -r '[.after.steps[].citations[] | select(.place == "L1389").quote][0]' \
		first | grep -o '医薬品等の適応判定の補助に必要な検査')"
same "formula in r6" 'indication_aid and annual_tests < 1000 and aid_target = "drug"' \
	"$(jq -r '.before.steps[] | select(.rule == "column_2").formula' first)"

# Records: the regenerative one of the examples changes, in both regions.
same "records" '{"same":4,"id":"EX-RD3","regions":"1, 2","inside":true}' \
	"$(jq -c '.records | {same} + (.changed[0] | {id, regions, inside})' all.json)"

# Without what decides, a record may lie in a region.
cat >open.csv <<'END'
id,orphan_designated,indication_aid,aid_target,annual_tests,base_points
M1,false,true,,150,1000
M2,false,true,drug,150,1000
END
run 0 diff r6 r8 --decision rare_disease_coefficient --format json open.csv
same "maybe" '["M1","1?, 2?",false]' \
	"$(jq -c '.records.changed[] | [.id, .regions, .inside]' out)"

# The JSON has its schema; CSV has one row a region and one a decision without.
if python3 -c 'import jsonschema' 2>/dev/null; then
	if python3 - "$SOURCE/include/shokan/schemas/diff.schema.json" \
		all.json out <<'END'
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    jsonschema.Draft202012Validator(schema).validate(json.load(open(name)))
END
	then ok; else fail "the JSON does not fit its schema"; fi
else
	echo "skipped: no python3-jsonschema"
fi
run 0 diff r6 r8 --decision rare_disease_coefficient,points_sum --format csv
same "rows" 4 "$(wc -l <out)"
has out 'points_sum,same,text,,'

# Both languages; the last line says it alone.
run 0 diff r6 r8 --decision rare_disease_coefficient --lang ja
has out "他に差はない"
run 0 diff r6 r8 --decision rare_disease_coefficient
same "last line" \
	"r6 -> r8: 1 decision, 2 regions; nothing else differs, proved" \
	"$(tail -n 1 out)"
# Backwards it is what r8 took back.
run 0 diff r8 r6 --decision category_review,rare_disease_coefficient --format json
same "backwards" '["different","removed"]' \
	"$(jq -c '[.decisions[].kind]' out)"

# A table with a gap, with rows that overlap, or that cannot be checked is no
# base for a proof; with neither there is one.
law() # SED-PROGRAM: the small book with another table of r2
{
	rm -rf law
	cp -r "$SOURCE/tests/inquiry/books/law" law
	sed -i "/<decision id=\"d_words\"/,/<\/decision>/{$1}" law/r2/rules.dmn
}
law ''
run 0 diff r1 r2 --rules law --decision words
while IFS='|' read -r program english japanese; do
	law "$program"
	run 1 diff r1 r2 --rules law --decision words --format json
	same "$english" "[false,false,\"none\",[\"$english; see shokan rules check\"]]" \
		"$(jq -c '[.proved, (.decisions[0] | .proved, .proof, .doubts)]' out)"
	run 1 diff r1 r2 --rules law --decision words --lang ja
	has out "$japanese"
	run 0 diff r1 r2 --rules law --decision moved # does not read the table
done <<'END'
s/"b","c"<\/text><\/inputEntry/"b"<\/text><\/inputEntry/|the table of words [r2] has values that no row takes|words [r2] の表にどの行にも当たらない値がある
s/<inputEntry><text>"b","c"/<inputEntry><text>"a","b","c"/|the table of words [r2] has rows that overlap|words [r2] の表に重なる行がある
s/<text>"b","c"<\/text><\/inputEntry/<text>? = "b" or ? = "c" or count([word]) = 2<\/text><\/inputEntry/|the table of words [r2] could not be checked for gaps and overlaps|words [r2] の表の隙間と重なりを確かめられない
END

# Wrong use.
run 2 diff r6
has err "two revisions"
run 2 diff r6 r7
has err 'no revision "r7"'
run 2 diff r6 r6
has err "compared with itself"
run 2 diff r6 r8 --decision rare_disease_coeficient
has err 'did you mean "rare_disease_coefficient"?'
run 2 diff r6 r8 --tries many
has err "not a whole number"
run 2 diff r6 r8 -
has err "standard input cannot be read twice"
run 2 diff r6 r8 --set points_rounding=floor
has err "for the records of FILE"
finish
