#!/usr/bin/env bash
# `shokan solve` and `shokan sweep`: what they print in each format, what is
# refused with which status, that a sweep's points are the pricer's answers,
# and that JSON is what its schema says.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
export SHOKAN_RULES=$SOURCE/rules
rd="--revision r8 --decision rare_disease_coefficient --id A1 $work/two.csv"

valid() # SCHEMA: standard output is valid JSON by it
{
	/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || return
	if /usr/bin/python3 - "$SOURCE/include/shokan/schemas/$1.schema.json" \
		"$work/out" <<'END'
import json, sys, warnings
warnings.simplefilter("ignore")
from jsonschema.validators import validator_for
schema = json.load(open(sys.argv[1]))
validator = validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema).iter_errors(json.load(open(sys.argv[2]))))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
sys.exit(bool(errors))
END
	then ok; else fail "$said: not valid by $1.schema.json"; fi
}

# --- solve
run 0 solve $rd --for annual_tests --so-that 'points >= 1500'
same "last line" "A1 annual_tests: points >= 1500 holds 0 to 599" \
	"$(tail -n 1 "$work/out")"
has out "to here: coefficient row 4 -> 1.3 [S001 L1395, E0]"
has out "from here: coefficient row 3 -> 1.2 [S001 L1394, E0]"
run 0 solve $rd --for annual_tests --so-that 'points >= 1500' --lang ja
same "last line" "A1 annual_tests: points >= 1500 成り立つ 0 以上 599 以下" \
	"$(tail -n 1 "$work/out")"
run 0 solve $rd --for annual_tests --so-that 'points < 1'
same "last line" "A1 annual_tests: points < 1 fails" "$(tail -n 1 "$work/out")"

run 0 solve $rd --for annual_tests --so-that 'points = 1605' --format json
valid solution
same "states" "fails 0-399 undetermined 400-599 fails 600-null" "$(jq -r '
	[.pieces[] | "\(.state) \(.from.value)-\(.to.value)"] | join(" ")' \
	"$work/out")"
run 0 solve $rd --for base_points --so-that 'points >= 1300' --format json
valid solution
same "fraction" "2600/3 false" "$(jq -r '.pieces[2].from |
	"\(.fraction) \(.exact)"' "$work/out")"
has out '"last":866.666666666666667,"next":866.666666666666666,'
run 0 solve $rd --for orphan_designated --so-that 'points > 1' --format json
valid solution
run 0 solve $rd --for base_points --so-that 'points_exact < 1800.75' \
	--format csv
same "rows" "holds,true,false,0,false,true,1200.5,false,true
fails,true,true,1200.5,true,true,,," "$(tail -n +2 "$work/out" | cut -d, -f8-16)"

run 2 solve $rd --so-that 'points > 1'
has err "solve needs --for FACT"
run 2 solve $rd --for annual_tests --so-that 'point > 1'
has err "its names are status, coefficient, points_exact, points"
run 2 solve $rd --for anual_tests --so-that 'points > 1'
has err 'did you mean "annual_tests"?'
run 2 solve $rd --for annual_tests --so-that 'points > 1' --within 9
has err "--within 9: write FROM..TO"
run 4 solve --id Z9 "$work/two.csv" --decision rare_disease_coefficient \
	--for annual_tests --so-that 'points > 1'
has err "no record has the id Z9"
run 2 solve --decision rare_disease_coefficient "$work/two.csv" \
	--for annual_tests --so-that 'points > 1'
has err "more than one record"
empty out

# too many days for rules that do not tell where they turn: told, status 1
echo '{"id":"D","coverage_class":"c1","application_date":"2026-07-10"}' \
	>"$work/day.json"
days="--revision r8 --decision listing_timeline $work/day.json"
run 0 solve $days --for decision_date --within 2026-01-01..2026-12-31 \
	--so-that 'listing_date = date("2026-12-01")'
same "last line" "D decision_date: listing_date = date(\"2026-12-01\") holds\
 2026-09-01 to 2026-11-30" "$(tail -n 1 "$work/out" | tr -s ' ' )"

# --- sweep
run 0 sweep $rd --vary annual_tests=0..900/300
has out "600           determined  1.2          1482"
same "last line" "4 results: 4 determined" "$(tail -n 1 "$work/out")"
run 0 sweep $rd --vary annual_tests=0..900/300 --format json
valid sweep
jq -c '.points[] | [.at[0], .status, .values]' "$work/out" >"$work/points"
for tests in 0 300 600 900; do
	"$SHOKAN" price --revision r8 --format json "$work/one.csv" --decision \
		rare_disease_coefficient --set annual_tests=$tests |
		jq -c --arg at $tests '[$at, .status, .values]'
done >"$work/priced"
same "points" "$(cat "$work/priced")" "$(cat "$work/points")"

run 0 sweep $rd --vary annual_tests=100,700 --vary base_points=1000..1002 \
	--format csv
same "grid" "annual_tests,base_points,points_exact
100,1000,1500
100,1001,1501.5
100,1002,1503
700,1000,1200
700,1001,1201.2
700,1002,1202.4" "$(tr -d '\r' <"$work/out" | cut -d, -f1,2,8)"
run 0 sweep $rd --vary annual_tests=100,700 --vary base_points=1000..1002 \
	--of points_exact
has out "100  1500  1501.5    1503"
run 0 sweep $rd --vary orphan_designated=true,false --format json
valid sweep
same "words" "determined not_applicable" \
	"$(jq -r '[.points[].status] | join(" ")' "$work/out")"
run 0 sweep $rd --vary annual_tests=0..900/300 --format plot --of points
has out "1358 "
has out "points (points)"
run 0 sweep $days --vary decision_date=2026-11-29..2026-12-02 --format csv
same "days" "2026-11-29 2026-12-01|2026-11-30 2026-12-01|\
2026-12-01 2027-03-01|2026-12-02 2027-03-01" "$(tail -n +2 "$work/out" |
	cut -d, -f1,6 | tr ',\n' ' |' | sed 's/|$//')"
cat >"$work/new.csv" <<'END'
id,kind,similar_price,field_prices,premiums
N,device,100000,100000|100000,usefulness:5
END
run 0 sweep --revision r8 --decision similar_category_price "$work/new.csv" \
	--vary 'premiums=usefulness:{10..30/10}' --format csv
same "inside of a list" "10 110000|20 120000|30 130000" \
	"$(tail -n +2 "$work/out" | cut -d, -f1,6 | tr ',\n' ' |' |
	sed 's/|$//')"

# the only decision that the record has facts for needs no name
only="--revision r8 --id A1 $work/two.csv"
run 0 solve $only --for annual_tests --so-that 'points >= 1500'
same "only decision" "A1 annual_tests: points >= 1500 holds 0 to 599" \
	"$(tail -n 1 "$work/out")"
run 0 sweep $only --vary annual_tests=700 --format csv
same "only decision" "700 1482 1482" \
	"$(tail -n 1 "$work/out" | cut -d, -f1,7,8 | tr , ' ')"
for asked in "solve --for similar_price --so-that price>1" \
	"sweep --vary similar_price=1,2"; do
	run 2 $asked --id NC-1 "$SOURCE/fixtures/products/new-category.csv"
	has err 'similar_category_price, premium, new_product_price_ceiling'
	empty out
done

run 2 sweep $rd
has err "sweep needs --vary"
run 2 sweep $rd --vary annual_tests=9..1
has err "write FROM..TO"
run 2 sweep $rd --vary annual_tests=1..9/0
has err "the step above 0"
run 2 sweep $rd --vary annual_tests
has err "write FACT=VALUES"
run 2 sweep $rd --vary anual_tests=1..2
has err 'did you mean "annual_tests"?'
run 2 sweep $rd --vary annual_tests=1..2/0.3
has err "annual_tests"
run 2 sweep $rd --vary annual_tests=1,2 --vary base_points=1 --vary x=1
has err "one fact or two can vary, not 3"
run 2 sweep $rd --vary annual_tests=1,2 --vary annual_tests=1
has err "cannot vary twice"
run 0 sweep $rd --vary annual_tests=1..20000 --format csv
same "points at the ceiling" 20001 "$(wc -l <"$work/out")"
run 2 sweep $rd --vary annual_tests=1..20001
has err "more than 20000 values"
run 2 sweep $rd --vary annual_tests=1..201 --vary base_points=1..100
has err "20100 points; a sweep has 20000 at most"
run 2 sweep $rd --vary annual_tests=1,2 --vary base_points=1,2 --format plot
has err "a plot draws one fact"
run 2 sweep $rd --vary annual_tests=1,2 --of nothing
has err 'the answers have no value "nothing"'
finish
