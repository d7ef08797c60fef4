#!/usr/bin/env bash
# `shokan ask`: its formats, its JSON against the schema that is promised, and
# what is said where nothing is open or too much is.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
schema=$SOURCE/include/shokan/schemas/ask.schema.json
products=$SOURCE/fixtures/products
rare="--decision rare_disease_coefficient --revision r8"
printf 'id,base_points\nB1,1000\n' >"$work/bare.csv"

cat >"$work/valid.py" <<'END_PY'
import json, sys
from jsonschema import Draft202012Validator as validator
schema = json.load(open(sys.argv[1]))
validator.check_schema(schema)
errors = list(validator(schema).iter_errors(json.load(open(sys.argv[2]))))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
sys.exit(bool(errors))
END_PY
python=/usr/bin/python3
$python -c 'import jsonschema' 2>/dev/null || python=

valid() # the output is what the schema promises
{
	[ -n "$python" ] || return 0
	if $python "$work/valid.py" "$schema" "$work/out" >"$work/err"; then
		ok
	else
		fail "$said: not as the schema says"
	fi
}

is() # WORDS JQ-PROGRAM: what the program makes of the output
{
	local got
	got=$(jq -c "$2" "$work/out")
	if [ "$got" = "$1" ]; then ok; else fail "$said: $2: $got, not $1"; fi
}

run 0 ask $rare --of points_exact --format json "$work/bare.csv"
valid
is '[1100,1500]' '[.between.from, .between.to]'
is '[["annual_tests","indication_aid","orphan_designated"]]' \
	'[.sets[] | select(.always) | .facts]'
is '["indication_aid","orphan_designated"]' '.sets[-1].facts'
is '[6,2]' '[.sets[-1].outcomes_left, .facts[0].outcomes_left]'
is 'true' '.complete'
run 0 ask $rare --of points_exact --format json --id B2 "$work/two.csv"
valid
is '[{"facts":["annual_tests"],"always":true,"outcomes_left":1,"width_left":0}]' \
	.sets
run 0 ask $rare --of points_exact --id B2 "$work/two.csv"
has out 'between 1100 and 1500 points; annual_tests decides'
run 0 ask $rare --of points_exact --lang ja --id B2 "$work/two.csv"
has out '1100 から 1500 まで 点、annual_tests で決まる'
run 0 ask $rare --format csv --id B2 "$work/two.csv"
has out 'B2,rare_disease_coefficient,coefficient,set,annual_tests,always,1,0,true'
run 0 ask $rare --id A1 "$work/two.csv"
has out 'there is nothing to find out'
run 0 ask $rare --id A1 --format json "$work/two.csv"
valid
is '[false,0]' '[.open, (.sets | length)]'

# parameters, prices that are not bounded, many facts, no rule
for asked in unprofitable.csv:EX-UN2:unprofitable_recalculation \
	new-category.csv:NC-1:new_product_price_ceiling \
	existing-category.csv:EC-2:existing_category_revision; do
	IFS=: read -r file id decision <<<"$asked"
	run 0 ask --revision r8 --decision "$decision" --id "$id" \
		--format json "$products/$file"
	valid
	is 'true' '.open and (.sets | length > 0)'
done
run 0 ask --revision r8 --decision cost_based_price --format json \
	"$work/one.csv"
valid
is '"undecidable"' .why
run 0 ask --revision r8 --decision cost_based_price "$work/one.csv"
has out 'no set of facts was found that decides'
# so many facts that not all sets are tried: one minimal set, and it says so
run 0 ask --revision r8 --decision coverage_class --format json \
	"$work/one.csv"
valid
is '[false,"many_facts",1]' '[.complete, .why, (.sets | length)]'
run 0 ask --revision r6 --decision category_review --format json \
	"$work/one.csv"
valid
run 0 ask --revision r8 --of points_exact --id B2 "$work/two.csv"
has out 'between 1100 and 1500 points; annual_tests decides'
run 2 ask --revision r8 --id NC-1 "$products/new-category.csv"
has err '--decision: similar_category_price, premium, new_product_price_ceiling'
run 2 ask $rare "$work/two.csv"
has err 'more than one record; say which one with --id'
run 2 ask $rare --of point "$work/one.csv"
has err 'gives no "point"'
finish
