#!/usr/bin/env bash
# `shokan rules verify` and `rules hash-quotes`: one digit changed in a rule,
# in a bound, in a quote or in a document is found, with file, line, number
# and the nearest number; text, Japanese and JSON tell the same.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare=r8/rare_disease_coefficient.dmn

# book FILE FROM TO: a copy of the book with one line of a file changed
book()
{
	rm -rf "$work/book"
	cp -r "$SOURCE/rules" "$work/book"
	sed -i "s/$2/$3/" "$work/book/$1"
	cmp -s "$work/book/$1" "$SOURCE/rules/$1" &&
		fail "nothing was changed by s/$2/$3/"
}

found() # KIND TEXT: the one finding that is of the kind and has the text
{
	run 1 rules verify --rules "$work/book" --lang en
	has out " $1: "
	has out "$2"
	same "last line" "findings: 1" "$(tail -n 1 "$work/out")"
}

run 0 rules verify --rules "$SOURCE/rules" --lang en
has out "findings: 0"
run 0 rules verify --rules "$SOURCE/rules" --lang ja
has out "指摘 0 件"

# a rule: 200回以上400回未満 110/100 ... stand in L1392 to L1397
book $rare '\[200\.\.400)' '[300..400)'
found number "coefficient_row_5: 300 is not in S001 L1396; nearest there: >= 200"
has out "$rare:$(grep -n '\[300\.\.400)' "$work/book/$rare" | cut -d: -f1):"
book $rare '140\/100' '149\/100'
found number "149/100 is not in S001 L1396; nearest there: 1.4"
book $rare '\[200\.\.400)' '[200..400]'
found bound "the rule says <= 400, S001 L1396 says < 400"
book $rare 'annual_tests &lt; 1000' 'annual_tests \&lt;= 1000'
found bound "the rule says <= 1000, S001 L1383; S001 L1389 says < 1000"
run 1 rules verify --rules "$work/book" --lang ja
has out "の向きが S001 L1383; S001 L1389 と異なります (最も近い数: < 1000)"
book r6/foreign_price_repricing.dmn '1\.3 \*' '1.4 *'
found number "repricing_limit: 1.4 is not in"
has out "nearest there: 1.3"

# rulebook.xml: a constant, the first day of a revision
book rulebook.xml '>1\.10' '>1.08'
found number "consumption_tax_factor: 1.08 is not in"
book rulebook.xml '<revision id="r8" from="2026-06-01"' \
	'<revision id="r8" from="2026-06-02"'
found number "r8: 2026-06-02 is not in S012 施行日; nearest there: 2026-06-01"

# an exemption is for the numbers that are there, and has a reason
book $rare 'numbers="1 2"' 'numbers="1 2 3"'
found exemption "t_coefficient: exempt, but not among its numbers: 3"
book $rare 'numbers="1 2" reason="[^"]*"' 'numbers="1 2"'
found exemption "t_coefficient: an exemption gives no reason"

# a quote: found without the documents; hashed again, the rule is wrong
book sources.xml '200回以上400回未満' '200回以上500回未満'
run 1 rules verify --rules "$work/book" --lang en
has out "the quote S001 L1396 was altered"
run 0 rules hash-quotes --rules "$work/book" \
	--output "$work/book/sources.xml"
run 1 rules verify --rules "$work/book" --lang en
lacks out "altered"
has out "coefficient_row_5: 400 is not in S001 L1396; nearest there: < 500"
book sources.xml ' sha256="[0-9a-f]*">200回未満' '>200回未満'
found no_hash "S001 L1397 has no hash; shokan rules hash-quotes writes it"
run 0 rules hash-quotes --rules "$SOURCE/rules"
cmp -s "$work/out" "$SOURCE/rules/sources.xml" ||
	fail "hash-quotes changes what is hashed"

# the documents: of our own making, so that this runs everywhere
mkdir "$work/papers"
printf 'first\n200回以上\n' >"$work/papers/p.txt"
sum=$(sha256sum "$work/papers/p.txt" | cut -d' ' -f1)
book sources.xml '<\/sources>' "<source id=\"X\" file=\"p.txt\" \
sha256=\"$sum\"><title>p<\/title><quote place=\"L2\">200回以上<\/quote>\
<\/source><\/sources>"
sed -i '/<source id="S00[123]"/s/ file="[^"]*"//' "$work/book/sources.xml"
run 0 rules hash-quotes --rules "$work/book" --output "$work/book/sources.xml"
run 0 rules verify --rules "$work/book" --corpus "$work/papers" --lang en
has out "1 quotes compared with 1 documents"
printf 'first\n201回以上\n' >"$work/papers/p.txt"
run 1 rules verify --rules "$work/book" --corpus "$work/papers" --lang en
has out "the quote X L2 is not what $work/papers/p.txt says there"
has out "is another document than the one that was read"
run 1 rules verify --rules "$work/book" --corpus "$work/nothing" --lang en
has out "document: $work/nothing/p.txt"

# JSON is what its schema says, with findings and without
schema=$SOURCE/include/shokan/schemas/rules-verify.schema.json
valid() # the last output
{
	python3 -c 'import jsonschema' 2>/dev/null || {
		echo "quotes.sh: skipped: the schema; no python3-jsonschema"
		return
	}
	python3 -W ignore - "$schema" "$work/out" <<'END' ||
import json, sys
from jsonschema.validators import validator_for
schema, data = (json.load(open(path)) for path in sys.argv[1:])
validator = validator_for(schema)
validator.check_schema(schema)
errors = [e.message for e in validator(schema).iter_errors(data)]
print("\n".join(errors[:5]))
sys.exit(bool(errors))
END
		fail "the JSON is not what its schema says"
}
run 1 rules verify --rules "$work/book" --corpus "$work/papers" --format json
valid
has out '"kind": "words"'
has out '"corpus": {"documents": 1, "compared": 1}'
run 0 rules verify --rules "$SOURCE/rules" --format json
valid
has out '"findings": []'
has out '"ok": true'

# wrong use
run 2 rules verify --rules "$SOURCE/rules" --format csv
run 2 rules verify --key "$work/key.pub"
run 2 rules list --corpus "$work"
run 2 rules hash-quotes more
run 0 rules pack "$work/a.pack" --rules "$SOURCE/rules"
run 0 rules verify --rules "$work/a.pack" --lang en
has out "findings: 0"
run 2 rules hash-quotes --rules "$work/a.pack"
run 2 rules verify "$work/a.pack" --corpus "$work/papers"
run 5 rules verify --rules "$work/nothing"
finish
