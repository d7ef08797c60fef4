#!/usr/bin/env bash
# What is said on standard error: the place, one line a wrong record, warnings
# that do not stop anything, and nothing that steers a terminal.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare="--decision rare_disease_coefficient --revision r8"

# file:row:column: field: message, once a record however many decisions.
run 4 price --revision r8 \
	--decision rare_disease_coefficient,category_review "$work/bad.csv"
same "messages" 1 "$(wc -l <"$work/err")"
if grep -qE "^$work/bad\.csv:3(:[0-9]+)?: annual_tests: .*8oo" "$work/err"
then ok; else fail "$said: no place, field and value"; fi
lacks err "annual_tests: annual_tests"
same "results" 6 "$("$SHOKAN" price --revision r8 --format json \
	--decision rare_disease_coefficient,category_review "$work/bad.csv" \
	2>/dev/null | wc -l)"
has out annual_tests

# A record that is wrong in itself.
printf 'id,as_of,annual_tests\nA,2020-01-01,5\n' >"$work/early.csv"
run 4 price --decision rare_disease_coefficient "$work/early.csv"
has err "early.csv:2: "
same "messages" 1 "$(wc -l <"$work/err")"
has out "1 error"

# Two spellings of one maker: a warning, and an answer.
printf 'id,current_price,market_price,shares\nA,100,100,A社:60|Ａ 社:40\n' \
	>"$work/makers.csv"
"$SHOKAN" price --decision above_price_pattern --revision r8 \
	"$work/makers.csv" >"$work/out" 2>"$work/err"
said="two spellings"
has err "makers.csv:2: "

# Escape sequences of the data.
printf 'id,orphan_designated,annual_tests\nA\033[2J,true,\033[31m\n' \
	>"$work/escape.csv"
run 4 price $rare "$work/escape.csv"
lacks err "$(printf '\033')"
lacks out "$(printf '\033')"
printf 'id,orphan_designated,annual_tests\nA\033[2J,true,5\n' \
	>"$work/escape.csv"
"$SHOKAN" price $rare "$work/escape.csv" >"$work/out" 2>"$work/err"
lacks out "$(printf '\033')"
"$SHOKAN" price $rare "$work/escape.csv" --revison "$(printf 'a\033b')" \
	>"$work/out" 2>"$work/err"
lacks err "$(printf '\033')"
run 2 "$(printf 'pr\033[2J')"
lacks err "$(printf '\033')"

# Formulas in CSV output are text.
printf 'id,orphan_designated,indication_aid,annual_tests\n=1+1,true,false,5\n' \
	>"$work/formula.csv"
run 0 price $rare --format csv "$work/formula.csv"
has out "'=1+1,rare_disease_coefficient"
finish
