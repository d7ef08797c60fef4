#!/usr/bin/env bash
# The page that is filed: complete and by itself, in both languages, safe
# against what a record says, with drawings that say in words what they show,
# and with a receipt that can be repeated.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v xmllint >/dev/null || { echo "skipped, no xmllint"; exit 77; }
export SHOKAN_RULES=$SOURCE/rules
rare="--revision r8 --decision rare_disease_coefficient"
page=$work/page.html

xpath() # EXPRESSION: of the page, white space squeezed
{
	xmllint --html --xpath "$1" "$page" 2>/dev/null | tr -s ' \n' ' ' |
		sed 's/ $//'
}

receipt() # the lines of the receipt as a file
{
	xmllint --html --xpath 'string(//pre[@id="receipt"])' "$page" \
		2>/dev/null | grep . >"$work/receipt.jsonl"
}

# the answers first, each with its article; the receipt of all
run 0 report $rare --lang en --output "$page" \
	"$SOURCE/fixtures/products/rare-disease.csv"
same "language" en "$(xpath 'string(/html/@lang)')"
same "rows" 5 "$(xpath 'count(//main/div[1]//tbody/tr)')"
same "articles" 5 "$(xpath 'count(//article)')"
same "the first answer" 1.5 "$(xpath 'string(//article[1]//p[@class="lead"])')"
same "outcomes of the open one" "1.1 or 1.2 or 1.3 or 1.4 or 1.5" \
	"$(xpath 'string(//article[4]//p[@class="lead"])')"
# 200, 400, 600 and 800 tests a year: spec, section 1
same "where it changes" "200 400 600 800 " "$(for i in 1 2 3 4; do
	xpath "string(//article[4]//tr[th='annual_tests'][$i]/td[2])"
	printf ' '
done)"
steps="below 200: 1.5; 200 and more: 1.4; 400 and more: 1.3; \
600 and more: 1.2; 800 and more: 1.1"
same "the staircase in words" "$steps" "$(xpath 'string(//article[4]//desc)')"
# of a number that is known, too: 150 tests a year
same "all the steps of a known number" "$steps" \
	"$(xpath 'string(//article[1]//desc)')"
# 750 tests, by column (2) alone, which ends at 1000
same "where nothing applies" "$steps; 1000 and more: not applicable" \
	"$(xpath 'string(//article[2]//desc)')"
same "treads" 5 "$(xpath 'count(//article[1]//svg/line[@stroke-width="3"])')"
same "checklist" "expected tests a year (annual_tests): decides alone, \
whatever it is" "$(xpath 'string(//article[4]//ul[@class="todo"]/li)')"
same "levels" 6 "$(xpath 'count(//section[1]//dt)')"
same "each drawing has its words" "$(xpath 'count(//svg)')" \
	"$(xpath 'count(//svg[@role="img"][title][desc])')"
grep -q '「\|<blockquote lang="ja">.*200回未満' "$page" && ok ||
	fail "the quote of the band is not in the page"
receipt
run 0 replay "$work/receipt.jsonl"
has out "5 results: 5 confirmed"

# nothing is fetched: no address but the name of the SVG language
same "addresses" "http://www.w3.org/2000/svg" \
	"$(grep -o 'https\?://[^"<> ]*' "$page" | sort -u)"
same "scripts, images, links to files" 0 \
	"$(xpath 'count(//script|//img|//link|//iframe|//object)')"

# the same in Japanese, and the same values
cp "$page" "$work/en.html"
run 0 report $rare --lang ja --output "$page" \
	"$SOURCE/fixtures/products/rare-disease.csv"
same "language" ja "$(xpath 'string(/html/@lang)')"
same "the first answer" 1.5 "$(xpath 'string(//article[1]//p[@class="lead"])')"
same "title" "保険償還の算定報告書" "$(xpath 'string(//h1)')"

# what a price is made up of: 681000 + 5 % of it x 0.5 (the slope is at its
# least), cut to 1.25 times 400000
cat >"$work/new.csv" <<'END'
id,kind,similar_price,premiums,field_prices,foreign_average,uses_new,needs_listed,orphan_designated,specific_use_designated,pioneering_designated
C1,device,681000,usefulness:5,112000|140000,400000,1,false,false,false,false
END
run 0 report --revision r8 --decision new_product_price_ceiling --lang en \
	--set ceiling_tax_basis=as_is --output "$page" "$work/new.csv"
same "bars" "price of the similar category: 681000 yen; premiums: 17025 yen; \
calculated price: 698025 yen; limit: 500000 yen; price: 500000 yen" \
	"$(xpath 'string(//desc)')"
# of 436 units for 698025: 681000 takes 425, 500000 takes 312
same "lengths" "425 312" "$(xpath 'string(//rect[1]/@width)') \
$(xpath 'string(//rect[last()]/@width)')"

# a record cannot break the page
printf 'id,name,orphan_designated,indication_aid,annual_tests,base_points\n' \
	>"$work/evil.csv"
printf '%s,%s,true,false,150,1235\n' \
	'"</style><script>alert(1)</script>"' '"a"" onload=""x&amp;<b>'"'"'"' \
	>>"$work/evil.csv"
run 0 report $rare --output "$page" "$work/evil.csv"
same "no element of the record's" "0 0" \
	"$(xpath 'count(//script)') $(xpath 'count(//b)')"
same "its text" "</style><script>alert(1)</script> a\" onload=\"x&amp;<b>'" \
	"$(xpath 'string(//article/h2)')"
receipt
run 0 replay "$work/receipt.jsonl"

# a wrong record is told and stands in the page with its place
run 4 report $rare --lang en --output "$page" "$work/bad.csv"
has err "800"
same "articles" 3 "$(xpath 'count(//article)')"
same "class of the wrong one" "answer error" \
	"$(xpath 'string(//article[2]/div/@class)')"
grep -q 'bad.csv:3 annual_tests' "$page" && ok || fail "no place of the error"

# the same bytes for any number of threads
for jobs in 1 2 7; do
	run 0 report $rare --jobs $jobs --output "$work/jobs$jobs.html" \
		"$SOURCE/fixtures/products/rare-disease.csv"
	cmp -s "$work/jobs1.html" "$work/jobs$jobs.html" && ok ||
		fail "other bytes with $jobs jobs"
done

# one record; no such record; a page that would be too long
run 0 report $rare --id B2 --output "$page" "$work/two.csv"
same "articles" 1 "$(xpath 'count(//article)')"
rm "$page"
run 4 report $rare --id NO --output "$page" "$work/two.csv"
has err "no record has the id NO"
[ -e "$page" ] && fail "a page of nothing was written" || ok
awk 'BEGIN { print "id,orphan_designated"
	for (i = 0; i < 10000; i++) print "P" i ",false" }' >"$work/many.csv"
run 0 report $rare --output "$page" "$work/many.csv"
same "articles at the ceiling" 10000 "$(grep -c '^<article>' "$page")"
echo "P10000,false" >>"$work/many.csv"
rm "$page"
run 4 report $rare --output "$page" "$work/many.csv"
has err "at most 10000 results"
[ -e "$page" ] && fail "half a page was written" || ok
finish
