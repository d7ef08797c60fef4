#!/usr/bin/env bash
# `shokan-certify`: the certificate of our own book is true; of any other book
# it is not. A book with a gap has a true certificate that says so; what the
# small checker cannot read is listed by both and never passed over.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
certify=$(dirname "$SHOKAN")/shokan-certify
[ -x "$certify" ] || { echo "no program at $certify; build it first"; exit 1; }
rare=r8/rare_disease_coefficient.dmn

# holds STATUS ARGUMENTS...: as run, of the checker
holds()
{
	local wanted=$1 status
	shift
	"$certify" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	said="shokan-certify $*"
	if [ $status = "$wanted" ]; then ok; else
		fail "$said: status $status, expected $wanted"
		sed 's/^/     > /' "$work/out" | tail -n 3
	fi
}

book() # FILE SED-SCRIPT: a fresh copy of the book with one file changed
{
	rm -rf "$work/book"
	cp -r "$SOURCE/rules" "$work/book"
	[ $# = 0 ] && return
	sed -i -E "$2" "$work/book/$1"
	cmp -s "$work/book/$1" "$SOURCE/rules/$1" &&
		fail "nothing was changed in $1 by $2"
}

book
run 0 rules check --rules "$work/book" --certificate "$work/cert"
holds 0 "$work/cert" --rules "$work/book"
has out "97 tables"
has out "no gap, no overlap, every row is reached"
empty err
run 0 rules check --rules "$work/book" --revision r8 --certificate "$work/r8"
holds 0 "$work/r8" --rules "$work/book"
has out "not of every revision"

# Another model: the certificate is not true of it, for the reason told.
n=0
while IFS='|' read -r file script reason; do
	[ -n "$file" ] || continue
	book "$file" "$script"
	holds 4 "$work/cert" --rules "$work/book"
	has err "$reason"
	same "last line of $said" rejected "$(tail -n 1 "$work/out")"
	n=$((n + 1))
done <<END
$rare|s/\[200\.\.400\)/[200..401)/|has another text
$rare|s/\[200\.\.400\)/[200..400]/|has another text
$rare|/id="coefficient_row_2_out"/,/text/s/text>1/text>2/|has another text
$rare|s/hitPolicy="UNIQUE"/hitPolicy="COLLECT"/|has another text
$rare|2s/^/<!-- more -->\n/|stands at line
$rare|/id="t_tests_values"/,/text/s/&gt;= 0/\&gt;= 1/|the domain of column 2
$rare|/id="t_tests_values"/,/text/s/&gt;= 0/[0..5000]/|the domain of column 2
$rare|/id="t_tests"/,/typeRef/s/number/string/|cannot be read here
$rare|s/inputData id="annual_tests" name="annual_tests"/inputData id="annual_tests" name="annual_test"/|column 2 is
$rare|s/id="coefficient_table"/id="coefficient_tables"/|expected table
$rare|/<rule id="coefficient_row_7"/,/<.rule>/d|has another text
$rare|s/(inputExpression id="coefficient_in_1_expr" typeRef=)"boolean"/\1"string"/|cannot be read
$rare|s/<decisionTable id="coefficient_table" [^>]*>/&\n/|has another text
$rare|/<decisionTable id="coefficient_table"/,/<.decisionTable>/d|expected table
$rare|s/<inputEntry id="coefficient_row_7_in_1">/&<text>true<\/text><\/inputEntry><inputEntry>/|cannot be read here
fields.xml|/name="annual_tests"/s/type="int"/type="dec"/|column 2 is number
r8/premium.dmn|s/<.definitions>/<decision id="more" name="more"><decisionTable id="more_table"><output\/><\/decisionTable><\/decision>&/|expected table
rulebook.xml|s/<in revision="r8" model="samd_billing.dmn".>//|expected table
rulebook.xml|s/<revision id="r6" from="2024/<revision id="r6" from="2034/|out of order
END
[ $n -ge 15 ] || fail "only $n damaged models"

# A gap and an overlap: true, and said, with the witness that a reader finds:
# of the whole numbers from 200 to 399 only 200 is left out, and 800 is in two.
book "$rare" 's/\[200\.\.400\)/[201..400)/; s/\[600\.\.800\)/[600..800]/'
run 1 rules check --rules "$work/book" --certificate "$work/gap"
holds 1 "$work/gap" --rules "$work/book"
has out "coefficient_table: gap, such as true | 200"
has out "coefficient_table: overlap of rows 2, 3, such as true | 800"
has out "gaps 1, overlaps 1, unreachable rows 0, not certified 0"
holds 4 "$work/cert" --rules "$work/book"
holds 4 "$work/gap" --rules "$SOURCE/rules"

# Left out by both: an entry that is no constant, and one that only the engine
# can work out.
for cell in '\&lt; annual_tests + 1' '[0..100 + 100)' '? \&lt; 200' '= 5' \
	'!= 5' '[0..200),null'; do
	book "$rare" "s/\[0\.\.200\)/$cell/"
	"$SHOKAN" rules check --rules "$work/book" --certificate "$work/part" \
		>"$work/out" 2>"$work/err"
	said="rules check with $cell"
	cp "$work/part" "$work/certificate"
	has certificate "not certified: "
	holds 1 "$work/part" --rules "$work/book"
	has out "coefficient_table: not certified: "
	has out "not certified 1"
	# a table that can be read may not be left out
	sed '/^table r8 coverage_class_table/,/^$/{/^table/b;/^line/b;/^source/s/.*/not certified: too hard/;/^not/b;/^$/b;d}' \
		"$work/cert" >"$work/lazy"
	cmp -s "$work/lazy" "$work/cert" && fail "nothing was left out"
done
holds 4 "$work/lazy" --rules "$SOURCE/rules"

holds 5 "$work/nothing"
holds 5 "$work/cert" --rules "$work"
# a pack has the same certificate; the models are read where they are files
run 0 rules pack "$work/book.pack" --rules "$SOURCE/rules"
run 0 rules check --rules "$work/book.pack" --certificate "$work/packed"
run 0 rules check --rules "$SOURCE/rules" --certificate "$work/own"
cmp -s "$work/packed" "$work/own" && ok || fail "another certificate of a pack"
holds 2 "$work/cert" --rules "$work/book.pack"
cp -r "$SOURCE/rules" "$work/broken"
echo "<x>" >"$work/broken/fields.xml"
holds 3 "$work/cert" --rules "$work/broken"
echo "no certificate" >"$work/bad"
holds 4 "$work/bad" --rules "$SOURCE/rules"
: >"$work/bad"
holds 4 "$work/bad" --rules "$SOURCE/rules"
holds 2
holds 2 a b
holds 2 --revision r8
holds 0 --help
SHOKAN_RULES=$SOURCE/rules holds 0 "$work/cert"
finish
