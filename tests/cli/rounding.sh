#!/usr/bin/env bash
# Prices behind a power: the yen is proved, the margin and the certain digits
# stand in the trace. Numbers of rules section 14: X = 200000, B = 100000 and
# 10 percent give 213333.3..., 166.6... yen below the tie at 213500.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
cat >"$work/slope.csv" <<'END'
id,similar_price,field_mean_price,premiums
SC03,200000,100000,usefulness:10
END
slope="--decision similar_category_price --revision r8"
run 0 price $slope --format json --steps "$work/slope.csv"
jq -e '
	.values.price == 213000 and
	(.inexact | index("price")) == null and
	(.inexact | index("calculated_price")) != null and
	([.steps[] | select(.step == "round" and .value == 213000)][0] |
		.proved and .before_digits >= 30 and
		.margin > 166.66 and .margin < 166.67) and
	([.steps[] | select(.name == "slope_factor" and
		.step == "decision")][0].digits >= 30)
' "$work/out" >/dev/null && ok || fail "JSON: $(cat "$work/out")"
run 0 explain $slope --lang en --id SC03 "$work/slope.csv"
has out "correct to 33 digits"
tr -d '\n│├─' <"$work/out" | tr -s ' ' >"$work/flat"
has flat "rounding margin 166.666666; proved"
finish
