#!/usr/bin/env bash
# `--rounding`: what each rounding moved and what each other way would give.
# Every expected number is worked out by hand beside it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

ask() # RECORD OPTION...: the JSON of one record into $work/out
{
	printf '%s\n' "$1" >"$work/one.json"
	shift
	run 0 price --revision r8 --rounding --format json "$@" "$work/one.json"
}

# holds WORDS FILTER: jq says true of the output
holds()
{
	said=$1
	jq -e '.roundings as $r | .roundings.list as $l |
		def other($n; $kind; $mode):
			$l[$n - 1].alternatives[] |
			select(.kind == $kind and
				($mode == null or .mode == $mode));
		'"$2" "$work/out" >/dev/null && ok ||
		fail "not so: $(jq -c .roundings "$work/out")"
}

# 232,500 lies on the tie between 232,000 and 233,000 (three digits: unit
# 1,000): half up gives 233,000, to even and down give 232,000.
ask '{"id":"A","calculated_price":232500}' --decision price_rounding
holds "one rounding, not the one that counts digits" '($l | length) == 1'
holds "what it is" '$l[0] | .decision == "rounded_calculated_price" and
	.model == "round3" and .mode == "half_up" and .places == -3 and
	.unit == 1000 and .before == 232500 and .after == 233000 and
	.moved == 500 and .exact and .margin == 0 and .proved and .matters and
	[.citations[].place] == ["price_rounding"]'
for mode in half_even half_down down floor; do
	holds "$mode gives 232000" 'other(1; "mode"; "'$mode'").changes ==
		[{"output":"price","value":232000,"exact":true,
		"difference":-1000}]'
done
for mode in up ceiling; do
	holds "$mode gives the same" 'other(1; "mode"; "'$mode'").changes == []'
done
holds "no own mode among the others" \
	'[other(1; "mode"; "half_up")] == []'
holds "left out: 232500" 'other(1; "left_out"; null).changes[0] |
	.value == 232500 and .difference == -500'
holds "nothing hangs on it" '[other(1; "behind"; null)] == []'

# 232,499 is below the tie: nearest modes agree; up gives 233,000
ask '{"id":"A","calculated_price":232499}' --decision price_rounding
holds "half even and half down the same" '
	other(1; "mode"; "half_even").changes == [] and
	other(1; "mode"; "half_down").changes == [] and
	$l[0].moved == -499 and $l[0].margin == 1'
holds "up gives 233000" 'other(1; "mode"; "up").changes[0] |
	.value == 233000 and .difference == 1000'

# a price of three digits: nothing moves, nothing matters
ask '{"id":"A","calculated_price":233000}' --decision price_rounding
holds "nothing matters" '($l[0].matters | not) and $l[0].moved == 0 and
	([$l[0].alternatives[].changes[]] == [])'

# 9,995 -> unit 10, tie between 9,990 and 10,000 (spec, 19.2: 10,000)
ask '{"id":"A","calculated_price":9995}' --decision price_rounding
holds "9995" '$l[0].after == 10000 and
	(other(1; "mode"; "half_even").changes == []) and
	(other(1; "mode"; "half_down").changes[0].value == 9990)'

# 18 yen x 70 / 10 = 126 points exactly; x 73 = 131.4 -> 131, up 132
ask '{"id":"A","material_price":18,"quantity":73}' --decision points_from_price
holds "131.4 points" '$l[0].before == 131.4 and $l[0].moved == -0.4 and
	(other(1; "mode"; "ceiling").changes[0] |
		.output == "points" and .value == 132 and .difference == 1) and
	(other(1; "left_out"; null).changes[0].value == 131.4)'

# Two roundings, one behind the other. P = round3(36,740) = 36,700; then
# P + (P - X) / 2 = 36,700 + (36,700 - 34,000) / 2 = 38,050 -> 38,100.
# Without the first: 36,740 + 1,370 = 38,110 -> 38,100, the same; done behind
# the second, round3(38,100) = 38,100. The first upwards: 36,800 + 1,400 =
# 38,200. The second left out: 38,050.
record='{"id":"A","calculated_price":36740,"foreign_average":"none",
	"similar_price":34000,"premiums":[{"kind":"improvement",
	"rate_percent":5}],"us_to_japan_days":120,"applicant_review_days":100,
	"review_class":"normal","listing_date":"2026-12-01"}'
ask "$(printf '%s' "$record" | tr -d '\n\t')" --decision rapid_introduction
holds "two roundings" '[$l[].before] == [36740, 38050] and
	[$l[].after] == [36700, 38100]'
holds "the first upwards: 38200" '[other(1; "mode"; "up").changes[] |
	select(.output == "price")][0] |
	.value == 38200 and .difference == 100'
holds "the first left out: the price is the same" '
	[other(1; "left_out"; null).changes[] |
	select(.output == "price")] == []'
holds "the first behind the second: possible, the price the same" '
	other(1; "behind"; null) | .behind == 2 and .possible and
	([.changes[] | select(.output == "price")] == [])'
holds "the second left out: 38050" '[other(2; "left_out"; null).changes[] |
	select(.output == "price")][0].value == 38050'

# The order matters: 987,750 yen are 98,775 points without the step to 1,000
# yen, which done to the points makes 99,000 of them.
record='{"id":"A","calculated_price":975888,"similar_price":681000,
	"premiums":[{"kind":"usefulness","rate_percent":5}],
	"foreign_average":"none","us_to_japan_days":100,
	"applicant_review_days":120,"review_class":"normal",
	"listing_date":"2026-09-01","economic_amount":271500,"quantity":1}'
ask "$(printf '%s' "$record" | tr -d '\n\t')" --decision points_from_price
holds "976000, then 987750 to 988000, then 98800 points" \
	'[$l[].after] == [976000, 988000, 98800]'
holds "behind the points: 99000" 'other(2; "behind"; null) |
	.behind == 3 and (.changes[0] | .value == 99000 and .difference == 200)'
holds "left out: 98775" 'other(2; "left_out"; null).changes[0] |
	.value == 98775 and .difference == -25'

# behind a power: the number is inexact, the yen is proved all the same
ask '{"id":"A","similar_price":200000,"field_mean_price":100000,
	"premiums":[{"kind":"usefulness","rate_percent":10}]}' \
	--decision similar_category_price
holds "213333.3: proved, and so is another mode" '$l[0] |
	.after == 213000 and (.exact | not) and .proved and
	(.alternatives[] | select(.mode == "up").changes[] |
		select(.output == "price") | .value == 214000 and .exact)'

# what is not determined has no roundings to ask about
ask '{"id":"A","quantity":3}' --decision points_from_price
holds "open" '.status == "undetermined" and $l == [] and $r.complete'

# for readers, in both languages; the proof comes first
printf '%s\n' '{"id":"A","calculated_price":232500}' >"$work/one.json"
run 0 explain --revision r8 --rounding --lang en --decision price_rounding \
	"$work/one.json"
has out "Which rounding mattered"
has out "half even, half down, down, floor: price 232000 yen (-1000)"
has out "up, ceiling: the same"
has out "left out: price 232500 yen (-500)"
run 0 explain --revision r8 --rounding --lang ja --decision price_rounding \
	"$work/one.json"
has out "端数処理の影響"
has out "偶数丸め, 五捨六入, 切捨て, 負方向: price 232000 円 (-1000)"
run 0 explain --revision r8 --lang en --decision price_rounding "$work/one.json"
lacks out "Which rounding mattered"

# the JSON is what its schema says
schema=$SOURCE/include/shokan/schemas/roundings.schema.json
if python3 -c 'import jsonschema' 2>/dev/null; then
	ask "$(printf '%s' "$record" | tr -d '\n\t')"
	python3 -W ignore - "$schema" "$work/out" >"$work/err" <<'END' && ok ||
import json, sys
from jsonschema.validators import validator_for
schema = json.load(open(sys.argv[1]))
validator = validator_for(schema)
validator.check_schema(schema)
errors = []
def described(at):
    for name, part in at.get("properties", {}).items():
        if "description" not in part and "$ref" not in part:
            errors.append(name + " has no description")
    for part in at.values():
        if isinstance(part, dict):
            described(part)
described(schema)
seen = 0
for line in open(sys.argv[2]):
    roundings = json.loads(line)["roundings"]
    seen += len(roundings["list"])
    errors += [e.message for e in validator(schema).iter_errors(roundings)]
print("\n".join(errors[:5]), seen)
sys.exit(bool(errors) or seen < 3)
END
		fail "the JSON is not what its schema says"
else
	echo "roundings.sh: skipped: the schema; no python3-jsonschema"
fi

# on any number of threads the same; without the option nothing of it
for i in 1 2 3 4 5 6 7 8; do
	echo "{\"id\":\"$i\",\"calculated_price\":23${i}500}"
done >"$work/many.jsonl"
options="--revision r8 --decision price_rounding --format json"
run 0 price $options --rounding --jobs 1 "$work/many.jsonl"
cp "$work/out" "$work/first"
run 0 price $options --rounding --jobs 3 "$work/many.jsonl"
cmp -s "$work/out" "$work/first" && ok || fail "the bytes are not the same"
run 0 price $options "$work/many.jsonl"
lacks out roundings
jq -c 'del(.roundings)' "$work/first" >"$work/less"
jq -c . "$work/out" >"$work/plain"
cmp -s "$work/less" "$work/plain" && ok ||
	fail "--rounding changes the answer itself"

# a receipt is the same with it and without
run 0 price $options --rounding --receipt "$work/with" "$work/many.jsonl"
run 0 price $options --receipt "$work/without" "$work/many.jsonl"
cmp -s "$work/with" "$work/without" && ok || fail "another receipt"
run 0 replay "$work/with"

run 2 price --rounding "$work/one.json"
has err "--format json"
run 2 explain --rounding --format csv "$work/one.json"
run 2 batch --rounding "$work/one.json"
finish
