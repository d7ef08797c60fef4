#!/usr/bin/env bash
# `shokan rules check`: our own book is complete; a book with a row moved has
# the gap, the overlap and the dead row that a reader finds by hand; every
# format says the same, and the JSON is what its schema says.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
rare=r8/rare_disease_coefficient.dmn

# book FROM TO: a copy of the book with one text of the r8 coefficient changed
book()
{
	rm -rf "$work/book"
	cp -r "$SOURCE/rules" "$work/book"
	sed -i "s/$1/$2/" "$work/book/$rare"
	cmp -s "$work/book/$rare" "$SOURCE/rules/$rare" &&
		fail "nothing was changed by s/$1/$2/"
}

line_of() # TEXT: its line in the changed model
{
	grep -nF -- "$1" "$work/book/$rare" | head -n 1 | cut -d: -f1
}

run 0 rules check --rules "$SOURCE/rules"
same "last line" "no gap, no overlap, every row is reached" \
	"$(tail -n 1 "$work/out" | sed 's/^[0-9]* tables, [0-9]* rows, [0-9]* cells: //')"
all=$(grep -c '<decisionTable ' "$SOURCE"/rules/*/*.dmn |
	awk -F: '{ sum += $2 } END { print sum }')
same "tables" "$all" "$(tail -n 1 "$work/out" | cut -d' ' -f1)"
lacks out "unchecked"
run 0 rules check --rules "$SOURCE/rules" --lang ja
has out "抜けなし、重複なし"

# The bands of annual_tests are [0..200) [200..400) ...: without 200 there is
# one whole number, and on integers only that one, which no row takes.
book '\[200\.\.400)' '[201..400)'
run 1 rules check --rules "$work/book" --revision r8 \
	--decision rare_disease_coefficient
has out "gap: no row takes column_1 or column_2 = true, annual_tests = 200"
same "gaps" 1 "$(grep -c 'gap: ' "$work/out")"
has out "$rare:$(line_of coefficient_table): gap"
run 0 rules check --rules "$work/book" --revision r6
run 1 rules check --rules "$work/book" --format json
json=$(jq -c '[.counts.gaps, .counts.complete == .counts.tables - 1,
	(.tables[] | select(.findings != []) | .revision, .decision,
	.findings[0].witness, .findings[0].where, .columns[1].type)]' "$work/out")
same "json" '[1,true,"r8","coefficient",["true","200"],["true","200"],"integer"]' \
	"$json"
run 1 rules check --rules "$work/book" --format csv
same "csv" "1 $all" "$(grep -c ',gap,' "$work/out") $(($(wc -l <"$work/out") - 1))"
has out 'column_1 or column_2 = true, annual_tests = 200'

# Integers as integers: (199..400) begins with 200.
book '\[200\.\.400)' '(199..400)'
run 0 rules check --rules "$work/book"
# 200.5 is no integer: [0..200.5) and [200.5..400) touch and [0..200) misses 200
book '\[0\.\.200)' '[0..200.5)'
run 1 rules check --rules "$work/book" --revision r8
has out "overlap: rows 5, 6 both take column_1 or column_2 = true, annual_tests = 200"

# 800 is taken by rows 2 and 3, each named with its line.
book '\[600\.\.800)' '[600..800]'
run 1 rules check --rules "$work/book"
has out "overlap: rows 2, 3 both take column_1 or column_2 = true, annual_tests = 800"
run 1 rules check --rules "$work/book" --format csv
first=$(line_of coefficient_row_2)
second=$(line_of coefficient_row_3)
has out ",overlap,$first,2,3,$second,"
has out 'column_1 or column_2 in true, annual_tests in 800'

# -1 is outside of what annual_tests may be: the row has nothing to decide.
book '\[0\.\.200)' '[-5..0)'
run 1 rules check --rules "$work/book" --revision r8
has out "unreachable: row 6 never decides"
has out "gap: no row takes column_1 or column_2 = true, annual_tests = 0"

# A cell that is no constant is never called complete.
book '\[0\.\.200)' '\&lt; annual_tests + 1'
run 1 rules check --rules "$work/book" --revision r8
has out "unchecked: "

run 2 rules check --decision nothing_like_it --rules "$SOURCE/rules"
has err "there is no decision"
run 2 rules check --decision rare_disease_coeficient --rules "$SOURCE/rules"
has err "did you mean \"rare_disease_coefficient\""
run 2 rules check --revision r7 --rules "$SOURCE/rules"
run 2 rules check --decision premium --certificate "$work/c"
run 2 rules list --format json
run 2 rules check more

# A pack has the same tables and the same certificate as its folder.
run 0 rules pack "$work/pack" --rules "$SOURCE/rules"
run 0 rules check --rules "$work/pack" --certificate "$work/one"
run 0 rules check --rules "$SOURCE/rules/" --certificate "$work/two"
cmp -s "$work/one" "$work/two" || fail "a pack has another certificate"

python=/usr/bin/python3
if $python -c 'import jsonschema' 2>/dev/null; then
	cat >"$work/valid.py" <<'END'
import json, sys
from jsonschema import Draft202012Validator as V
schema = json.load(open(sys.argv[1]))
V.check_schema(schema)
errors = list(V(schema).iter_errors(json.load(open(sys.argv[2]))))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
def described(at):
    for name, part in at.get("properties", {}).items():
        if "description" not in part and "$ref" not in part:
            errors.append(name)
            print(name, "has no description")
    for part in at.values():
        for one in part if isinstance(part, list) else [part]:
            if isinstance(one, dict):
                described(one)
described(schema)
sys.exit(bool(errors))
END
	schema=$SOURCE/include/shokan/schemas/rules-check.schema.json
	for change in 's/x/x/' 's/\[200\.\.400)/[100..300)/' 's/\[0\.\.200)/\&lt; 2 + annual_tests/'; do
		rm -rf "$work/book"
		cp -r "$SOURCE/rules" "$work/book"
		sed -i "$change" "$work/book/$rare"
		"$SHOKAN" rules check --rules "$work/book" --format json >"$work/out"
		said="json after $change"
		if $python "$work/valid.py" "$schema" "$work/out" >"$work/err"; then
			ok
		else
			fail "$said is not what the schema says"
		fi
	done
else
	echo "schema: skipped, no python3-jsonschema"
fi
finish
