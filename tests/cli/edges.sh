#!/usr/bin/env bash
# `shokan edges`: its formats, its JSON against the schema that is promised,
# which record is asked, and what is said of wrong use.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
schema=$SOURCE/include/shokan/schemas/edges.schema.json
products=$SOURCE/fixtures/products
rare="--decision rare_disease_coefficient --revision r8"

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

run 0 edges $rare --id A1 --set annual_tests=205 --format json "$work/two.csv"
valid
is '[[199,6,1.5,"S001","L1397","E0"]]' '[.facts[] | select(.name == "annual_tests")
	| .edges[] | select(.nearest and .direction == "below")
	| [.reach, .distance, .below.outcomes[0], (.below.rules[0].citations[0]
	| .source, .place, .evidence)]]'
is 'true' '.complete'
is '[200,400,600,800]' '[.facts[] | select(.name == "annual_tests") | .edges[].at]'
is '[["not_applicable"]]' '[.facts[] | select(.name == "orphan_designated")
	| .choices[] | select(.changes) | [.answer.outcomes[0].status]]'

# prices that move, unknown facts, dates, lists, a search that cannot end
for asked in existing-category.csv:EC-1:existing_category_revision \
	rare-disease.csv:EX-RD4:rare_disease_coefficient \
	depreciation.csv:EX-SD1:special_depreciation \
	above-price.csv:EX-AP1:above_price_pattern \
	new-category.csv:NC-1:new_product_price_ceiling; do
	IFS=: read -r file id decision <<<"$asked"
	run 0 edges --revision r8 --decision "$decision" --id "$id" \
		--format json "$products/$file"
	valid
done
is 'false' '.complete'
run 0 edges --revision r8 --decision existing_category_revision --id EC-1 \
	--fact current_price --format json "$products/existing-category.csv"
is '[[false,true,true]]' '[.facts[0].edges[] | [.exact, .below.moves, .above.moves]]'
run 0 edges $rare --id A1 --of points_exact --fact base_points --format json \
	"$work/two.csv"
is '[true,0]' '[.facts[0].moves, (.facts[0].edges | length)]'
run 0 edges --revision r6 --decision category_review --format json \
	"$work/one.csv"
valid
is '["no_rule_in_revision",0]' '[.reason, (.facts | length)]'

run 0 edges $rare --format csv "$work/one.csv"
has out 'annual_tests,150,200,above,true,200,50,199,1.5,,1.4,200,1.4,,'
run 0 edges $rare "$work/one.csv"
has out '  > to 199: 1.5  [today]'
has out 'from 200 to 399: 1.4  [nearest, 50 away; coefficient row 5 (S001 L1396, E0)]'
has out 'values that change the answer: 7; searched to the end'
run 0 edges $rare --lang ja "$work/one.csv"
has out '  > 199 以下: 1.5  [現在]'
if "$SHOKAN" edges $rare --fact annual_tests - <"$work/one.csv" |
	grep -q 'from 800: 1.1'; then ok; else fail "edges of standard input"; fi

run 2 edges $rare "$work/two.csv"
has err 'more than one record; say which one with --id'
lacks out 'today'
run 4 edges $rare --id Z9 "$work/two.csv"
has err 'no record has the id Z9'
run 4 edges $rare "$work/bad.csv" --id X9
has err 'annual_tests'
run 0 edges --revision r8 "$work/one.csv" # the only one it has facts for
"$SHOKAN" edges $rare "$work/one.csv" >"$work/named"
if cmp -s "$work/named" "$work/out"; then ok; else fail "$said: other words"; fi
choice='say which one decision with --decision: '
run 2 edges --revision r8 --id NC-1 "$products/new-category.csv"
has err "${choice}similar_category_price, premium, new_product_price_ceiling"
run 2 edges --decision premium,points_sum "$work/one.csv"
has err "${choice}premium, points_sum"
empty out
printf 'id\nN1\n' >"$work/none.csv" # without facts everything is asked
run 2 edges "$work/none.csv"
has err "${choice}rare_disease_coefficient, "
run 2 edges $rare --fact anual_tests "$work/one.csv"
has err 'did you mean "annual_tests"?'
run 2 edges $rare --of point "$work/one.csv"
has err 'gives no "point"'
run 2 edges $rare --of columns "$work/one.csv"
has err 'is a list of what holds'
run 2 edges --decision rare_disease_coeficient "$work/one.csv"
has err 'did you mean rare_disease_coefficient?'
run 2 edges $rare --format xml "$work/one.csv"
run 2 edges
finish
