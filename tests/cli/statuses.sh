#!/usr/bin/env bash
# Every exit status of the command, one by one, and what is said with it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare="--decision rare_disease_coefficient --revision r8"

# 0: done. An open answer is an answer.
run 0 price $rare "$work/two.csv"
empty err
run 0 explain $rare --id A1 "$work/two.csv"
run 0 rules list
run 0 --version
run 0 --help

# 1: findings, only with --strict.
run 1 price $rare --strict "$work/two.csv"
has out B2
# A1 has a coefficient; its points are open but do not lead.
run 0 price $rare --strict "$work/one.csv"
run 1 explain $rare --strict --id B2 "$work/two.csv"

# 2: usage, with a suggestion where there is one.
run 2
has err "shokan --help"
run 2 prise
has err "did you mean price?"
run 2 qqqqqqqqqqqqqqq
has err "see shokan --help"
run 2 price --revison r8 "$work/one.csv"
has err "did you mean --revision?"
run 2 price -x "$work/one.csv"
run 2 price
has err "no FILE"
run 2 price --decision rare_disease_coeficient "$work/one.csv"
has err "did you mean rare_disease_coefficient?"
run 2 price --decision a,,b "$work/one.csv"
run 2 price --decision "rare_disease_coefficient,rare_disease_coefficient" \
	"$work/one.csv"
has err "twice"
run 2 price --revision r99 "$work/one.csv"
has err r99
run 2 price --as-of 2026-02-30 "$work/one.csv"
has err 2026-02-30
run 2 price --revision r6 --as-of 2026-06-01 "$work/one.csv"
run 2 price --min-evidence E9 "$work/one.csv"
has err E9
run 2 price --format yaml "$work/one.csv"
has err "text|json|csv"
run 2 price --lang fr "$work/one.csv"
has err "en|ja"
run 2 price --format json --format csv "$work/one.csv"
has err "given twice"
run 2 price --strict=yes "$work/one.csv"
run 2 price "$work/one.csv" --revision
has err "needs a value"
run 2 price --set annual_tests "$work/one.csv"
has err NAME=VALUE
run 2 price --set =5 "$work/one.csv"
run 2 price --set annual_test=5 "$work/one.csv"
has err annual_tests
run 2 price --set annual_tests=-5 "$work/one.csv"
run 2 price --set majority_share=150 "$work/one.csv"
run 2 price --listing "$work/one.csv"
run 2 price --output "" "$work/one.csv"
run 2 explain $rare "$work/two.csv"
has err --id
run 2 rules
run 2 rules lst
has err "did you mean rules list?"
run 2 rules show
run 2 rules list more
run 2 rules list --listing
run 2 rules show rare_disease_coeficient
has err rare_disease_coefficient
run 2 help prise
run 2 help price rules
run 2 version more

# 3: rules or policy.
cp -r "$SOURCE/rules" "$work/broken"
printf '<rulebook' >"$work/broken/rulebook.xml"
run 3 price --rules "$work/broken" "$work/one.csv"
has err rulebook.xml
run 3 rules list --rules "$work/broken"
printf '{"no_such_parameter": 1}' >"$work/policy.json"
run 3 price --policy "$work/policy.json" "$work/one.csv"
has err no_such_parameter
printf '{"majority_share": 150}' >"$work/policy.json"
run 3 price --policy "$work/policy.json" "$work/one.csv"
has err majority_share

# 4: input.
run 4 price $rare "$work/bad.csv"
has err "bad.csv:3:"
has err annual_tests
has out A1
has out C3
has out "3 results: 2 determined, 1 error"
run 4 price $rare --strict "$work/bad.csv" "$work/two.csv"
printf 'id,annual_test\nA,1\n' >"$work/column.csv"
run 4 price $rare "$work/column.csv"
has err annual_tests
run 4 price $rare "$work/column.csv" "$work/one.csv"
has out A1
head -n 1 "$work/one.csv" >"$work/none.csv"
run 4 price $rare "$work/none.csv"
has err "none.csv: there is no record"
run 4 price $rare "$work/none.csv" "$work/one.csv"
has out A1
run 4 explain $rare "$work/none.csv"
run 4 explain $rare --id NOBODY "$work/two.csv"
has err NOBODY
empty out
run 4 price --decision rare_disease_coefficient --as-of 2020-01-01 \
	"$work/one.csv"
has err "no revision"

# 5: input and output.
run 5 price $rare "$work/absent.csv"
has err absent.csv
empty out
run 5 price $rare "$work"
run 5 price $rare --policy "$work/absent.json" "$work/one.csv"
run 5 price $rare --output "$work/no/such/folder/x" "$work/one.csv"
run 5 rules list --rules "$work/absent"
if [ -c /dev/full ]; then
	run 5 price $rare --output /dev/full "$work/one.csv"
	for arguments in "price $rare $work/one.csv" "rules list" --help \
		--version "explain $rare $work/one.csv"; do
		"$SHOKAN" $arguments >/dev/full 2>"$work/err"
		same "$arguments >/dev/full" 5 $?
	done
fi
# A reader that goes away early.
for i in $(seq 5000); do echo "P$i,n,true,false,$i,1235"; done \
	>"$work/rows"
cat <(head -n 1 "$work/two.csv") "$work/rows" >"$work/many.csv"
{ "$SHOKAN" price $rare --format json "$work/many.csv" 2>"$work/err"
	echo $? >"$work/status"; } | head -n 1 >/dev/null
same "broken pipe" 5 "$(cat "$work/status")"
# 70: internal. Memory that runs out is the one that can be had from outside:
# the largest address space that is too small must say so, and print nothing.
# (A sanitizer needs more address space than any limit would leave.)
if ! grep -qa __asan_init "$SHOKAN"; then
	seen=0
	for limit in $(seq 8000 500 200000); do
		(ulimit -v "$limit" && exec "$SHOKAN" rules list) \
			>"$work/out" 2>"$work/err"
		status=$?
		[ $status = 0 ] && break
		[ $status = 70 ] || continue # the loader found no room
		seen=$((seen + 1))
		empty out
		has err memory
	done
	[ "$seen" -gt 0 ] && [ $status = 0 ] && ok ||
		fail "no status 70 before the memory sufficed ($status)"
fi
# A price of nothing, whose slope no rule gives: an error of that record alone
# (spec, section 12: 0 times 1 yen, and 700 times 1 with a premium of 5 %).
cat >"$work/nothing.csv" <<'END'
id,similar_parts,premiums,field_prices
N1,1:0,usefulness:5,20000
N2,700:1,none,20000
END
run 4 price --revision r8 --decision similar_category_price --format json \
	"$work/nothing.csv"
same "statuses" "error bad_domain price,determined null 700" \
	"$(jq -r '[.status, .reason // "null", .field // .values.price] |
		join(" ")' "$work/out" | paste -sd,)"
has err "nothing.csv:2: the rules of similar_category_price in revision r8 give"

finish
