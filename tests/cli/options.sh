#!/usr/bin/env bash
# What each option of price and explain does.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v jq >/dev/null || { echo "skipped, no jq"; exit 77; }
rare="--decision rare_disease_coefficient --revision r8"

json() # FILTER ARGUMENTS...
{
	local filter=$1
	shift
	"$SHOKAN" price --format json "$@" 2>"$work/err" | jq -rc "$filter"
}

# --decision: one, several in the order of the rulebook, or what has facts.
same "one decision" rare_disease_coefficient \
	"$(json .decision $rare "$work/one.csv")"
same "two decisions" "rare_disease_coefficient category_review" \
	"$(json .decision --revision r8 --decision \
		category_review,rare_disease_coefficient \
		"$work/one.csv" | paste -sd' ')"
same "decisions with facts" rare_disease_coefficient \
	"$(json .decision --revision r8 "$work/one.csv" | head -n 1)"

# --revision, --as-of, and the newest.
same "--revision" r6 "$(json .revision --revision r6 \
	--decision rare_disease_coefficient "$work/one.csv")"
same "--as-of r6" "r6 2026-05-31" "$(json '.revision + " " + .as_of' \
	--as-of 2026-05-31 --decision rare_disease_coefficient "$work/one.csv")"
same "--as-of r8" "r8 2026-06-01" "$(json '.revision + " " + .as_of' \
	--as-of 2026-06-01 --decision rare_disease_coefficient "$work/one.csv")"
same "newest" r8 "$(json .revision --decision rare_disease_coefficient \
	"$work/one.csv")"
run 0 price --decision rare_disease_coefficient --format json "$work/one.csv"
has err "the newest revision was taken: r8"
run 0 price --decision rare_disease_coefficient "$work/one.csv"
has out "newest revision was taken: r8"
run 0 explain --decision rare_disease_coefficient "$work/one.csv"
has out "revision r8 (the newest"
run 0 price $rare "$work/one.csv"
lacks out newest

# --set: a field for every record, a parameter, the last one wins.
same "--set field" "1.1 1.1" "$(json .values.coefficient $rare \
	--set annual_tests=900 "$work/two.csv" | paste -sd' ')"
same "--set parameter" "1852.5 1853 E5" "$(json \
	'"\(.values.points_exact) \(.values.points) \(.evidence)"' $rare \
	--set points_rounding=half_up "$work/one.csv")"
same "the policy is echoed" '{"points_rounding":"half_up"}' \
	"$(json .policy $rare --set points_rounding=half_up "$work/one.csv")"
printf '{"points_rounding": "floor"}' >"$work/policy.json"
same "--policy" 1852 "$(json .values.points $rare \
	--policy "$work/policy.json" "$work/one.csv")"

# --min-evidence: r6's band above 110 is E3.
same "--min-evidence" "undetermined evidence_below_minimum" \
	"$(json '.status + " " + .reason' --revision r6 --min-evidence E1 \
		--decision rare_disease_coefficient "$work/one.csv")"

# --steps, --keep.
same "no steps" false "$(json 'has("steps")' $rare "$work/one.csv")"
same "--steps" true "$(json '.steps | length > 0' $rare --steps \
	"$work/one.csv")"
printf 'id,orphan_designated,indication_aid,annual_tests,shelf\nA1,true,false,1,007\n' \
	>"$work/shelf.csv"
same "--keep" '{"shelf":"007"}' \
	"$(json .kept $rare --keep shelf "$work/shelf.csv")"
run 4 price $rare "$work/shelf.csv"
run 0 price $rare --format csv --keep shelf "$work/shelf.csv"
same "--keep in CSV" "message,shelf" \
	"$(head -n 1 "$work/out" | tr -d '\r' | grep -o 'message,.*')"

# Formats, encodings, standard input, several files, order kept.
same "two files" "A1 A1 B2" "$(json .id $rare "$work/one.csv" \
	"$work/two.csv" | paste -sd' ')"
same "standard input" A1 "$(json .id $rare - <"$work/one.csv")"
tr , '\t' <"$work/one.csv" >"$work/one.txt"
same "--input-format" A1 "$(json .id $rare --input-format tsv \
	"$work/one.txt")"
iconv -f utf-8 -t cp932 "$work/one.csv" >"$work/cp932.csv"
same "--encoding" A1 "$(json .id $rare --encoding cp932 "$work/cp932.csv")"
run 0 price $rare "$work/cp932.csv"
has err CP932
run 4 price $rare --encoding utf-8 "$work/cp932.csv"
same "-- ends the options" A1 "$(json .id $rare -- "$work/one.csv")"
same "--name=value" A1 "$(json .id --decision=rare_disease_coefficient \
	--revision=r8 "$work/one.csv")"

# Language: --lang, else the locale in its order.
run 0 price $rare --lang ja "$work/one.csv"
has out "確定"
for setting in LC_ALL=ja_JP.UTF-8 LC_MESSAGES=ja LANG=ja_JP.UTF-8; do
	env "$setting" "$SHOKAN" price $rare "$work/one.csv" >"$work/out"
	said="$setting"
	has out "確定"
done
LC_ALL=C LANG=ja_JP.UTF-8 "$SHOKAN" price $rare "$work/one.csv" >"$work/out"
said="LC_ALL before LANG"
has out determined
LANG=ja_JP.UTF-8 "$SHOKAN" price --lang en $rare "$work/one.csv" >"$work/out"
said="--lang before LANG"
has out determined

# SHOKAN_RULES, and --rules before it.
SHOKAN_RULES=$work/absent "$SHOKAN" price $rare "$work/one.csv" \
	>"$work/out" 2>"$work/err"
same "SHOKAN_RULES" 5 $?
SHOKAN_RULES=$work/absent "$SHOKAN" price --rules "$SOURCE/rules" $rare \
	"$work/one.csv" >"$work/out" 2>"$work/err"
same "--rules before SHOKAN_RULES" 0 $?

# explain: the record that is named; a single one needs no name.
run 0 explain $rare --id B2 "$work/two.csv"
has out B2
lacks out A1
has out "[ ] annual_tests"
has out "below 200: 1.5"
has out "200 and more: 1.4"
run 0 explain $rare "$work/one.csv"
has out "Answer: determined"
has out "S001"
run 0 explain $rare --id A1 "$work/one.csv" "$work/two.csv"
same "a blank line between two proofs" "2 1" "$(awk '/^A1 / { all++
	if (all == 2) blank = before == "" } { before = $0 }
	END { print all, blank }' "$work/out")"
run 4 explain $rare --id X9 "$work/bad.csv"
has out "Answer: error"
run 0 explain $rare --id C3 "$work/bad.csv"
lacks err X9
run 0 explain $rare --format json --id A1 "$work/two.csv"
same "explain as JSON has steps" true "$(jq 'has("steps")' "$work/out")"
for language in en ja; do
	run 0 explain $rare --lang $language --id B2 "$work/two.csv"
	longest=$(LC_ALL=C.UTF-8 wc -L <"$work/out")
	[ "$longest" -le 100 ] && ok || fail "explain is $longest columns wide"
done
finish
