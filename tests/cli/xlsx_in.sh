#!/usr/bin/env bash
# Workbooks in: the results are those of the same records as CSV, whatever the
# question and the number of threads; what is refused is told with its cell.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v python3 >/dev/null || { echo "skipped, no python3"; exit 77; }
export SHOKAN_RULES=$SOURCE/rules
rare="--revision r8 --decision rare_disease_coefficient"
mkdir "$work/tmp"
export TMPDIR=$work/tmp

book() # FILE: from the description on standard input
{
	python3 "$here/workbook.py" "$work/$1"
}

from_csv() # CSV FILE [inline]: numbers as numbers, the rest as text
{
	python3 - "$@" <<'END' | book "$2"
import csv, json, re, sys
number = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?$")
def cell(text):
    if number.match(text):
        return ["n", text]
    return {"true": True, "false": False, "": None}.get(text, text)
data = open(sys.argv[1], "rb").read()
try:
    data = data.decode("utf-8-sig")
except UnicodeDecodeError:
    data = data.decode("cp932")
rows = list(csv.reader(data.splitlines(True)))
rows = rows[:1] + [row[:1] + [cell(text) for text in row[1:]]
                   for row in rows[1:]]
print(json.dumps({"sheets": {"records": rows, "other": []},
                  "inline": len(sys.argv) > 3}))
END
}

# every record of the fixtures; places name the file, so it is told as one
count=0
for file in "$SOURCE"/fixtures/products/*.csv; do
	from_csv "$file" same.xlsx $([ $((count % 2)) = 0 ] || echo inline)
	format=$([ $((count % 3)) = 0 ] && echo csv || echo json)
	"$SHOKAN" price --revision r8 --format $format "$file" \
		>"$work/wanted" 2>"$work/wanted.err"
	wanted=$?
	run $wanted price --revision r8 --format $format "$work/same.xlsx"
	sed -i "s|$file|FILE|g; s|${file##*/}|FILE|g" "$work/wanted"
	sed -i "s|$work/same.xlsx|FILE|g; s|same.xlsx|FILE|g" "$work/out"
	cmp -s "$work/wanted" "$work/out" && ok ||
		fail "$file gives other results as a workbook"
	count=$((count + 1))
done
[ $count -gt 5 ] && ok || fail "only $count files"

# a code keeps its zeros, rows are those of the sheet, any number of threads
book codes.xlsx <<'END'
{"sheets": {"first": [
 ["id", "name", "orphan_designated", "indication_aid", "annual_tests",
  "base_points"],
 ["00123", "a,\"b\"\nc", true, false, ["n", "1.5E+2"],
  ["n", "1234.0000000000002"]],
 [], ["=1+1", "x", true, false, ["n", "15o"], ["n", "10"]],
 ["0456", "y", true, false, ["n", "200"], ["n", "10"]]],
 "二": [["id", "orphan_designated", "indication_aid", "annual_tests"],
 ["Z", true, false, ["n", "200"]]]}}
END
run 4 price $rare --format json "$work/codes.xlsx"
cp "$work/out" "$work/wanted"
same "identifiers" "00123 =1+1 0456" \
	"$(grep '^{' "$work/out" | jq -r .id | paste -sd' ')"
same "values" "1.5 error 1.4" "$(grep '^{' "$work/out" |
	jq -r '.values.coefficient // .status' | paste -sd' ')"
# 1234 x 1.5 = 1851
same "15 digits" 1851 "$(grep '^{' "$work/out" |
	jq -r '.values.points_exact // empty' | head -n 1)"
has err "codes.xlsx:4:5: cell E4: this is no number: \"15o\""
for jobs in 1 2 7; do
	run 4 price $rare --format json --jobs $jobs "$work/codes.xlsx"
	cmp -s "$work/out" "$work/wanted" && ok ||
		fail "other bytes with $jobs jobs"
done

# the sheet, by its name
run 0 price $rare --format json --sheet 二 "$work/codes.xlsx"
same "sheet" Z "$(grep '^{' "$work/out" | jq -r .id)"
run 4 price $rare --sheet 三 "$work/codes.xlsx"
has err "no sheet of cells named 三; its sheets: first, 二"
run 2 price $rare --sheet 二 "$work/one.csv"
has err "no .xlsx workbook"

# by its bytes, by what is stated, and never from standard input
cp "$work/codes.xlsx" "$work/codes"
run 4 price $rare --format json "$work/codes"
grep -q '"id":"00123"' "$work/out" && ok || fail "not told by its bytes"
run 4 price $rare --format json --input-format xlsx "$work/codes"
grep -q '"id":"00123"' "$work/out" && ok || fail "not taken as stated"
"$SHOKAN" price $rare --input-format xlsx - <"$work/codes" >"$work/out" \
	2>"$work/err"
same "standard input" 2 $?
has err "not read from standard input"
"$SHOKAN" price $rare - <"$work/codes" >"$work/out" 2>"$work/err"
same "standard input" 4 $?
has err "a workbook is read as format xlsx and from a file"
run 4 price $rare --input-format csv "$work/codes"
has err "this is a zip file"

# every command that reads records
run 0 explain $rare --id Z --sheet 二 "$work/codes.xlsx"
has out 1.4
run 0 edges $rare --id Z --sheet 二 "$work/codes.xlsx"
has out 200
run 4 report $rare --format xlsx --output "$work/report.xlsx" "$work/codes.xlsx"
run 0 batch --store "$work/store" $rare --sheet 二 "$work/codes.xlsx"
run 0 import --store "$work/store" --sheet 二 "$work/codes.xlsx"

# what the command writes can be read: its own columns are no fields
run 4 price $rare "$work/report.xlsx"
has err "report.xlsx:"
run 4 price $rare --sheet rare_disease_coefficient "$work/report.xlsx"
has err "there is no field"

# damage: in the zip, in a part; where it is
python3 - "$work" <<'END'
import sys
work = sys.argv[1]
book = open(work + "/codes.xlsx", "rb").read()
open(work + "/cut.xlsx", "wb").write(book[:-40])
middle = bytearray(book)
middle[60] ^= 0xFF
open(work + "/flipped.xlsx", "wb").write(middle)
flagged = bytearray(book)
at = 0
while (at := flagged.find(b"PK\x01\x02", at)) >= 0:
    flagged[at + 8] |= 1
    at += 4
open(work + "/secret.xlsx", "wb").write(flagged)
END
run 4 price $rare "$work/cut.xlsx"
has err "cut.xlsx: the file is no .xlsx workbook, or a damaged one"
run 4 price $rare "$work/flipped.xlsx"
has err "flipped.xlsx"
has err "damaged"
run 4 price $rare "$work/secret.xlsx"
has err "encrypted"
echo '{"sheets": {"a": "<row>"}}' | book broken.xlsx
run 4 price $rare "$work/broken.xlsx"
has err "broken.xlsx/xl/worksheets/sheet1.xml:1:"
run 5 price $rare "$work/none.xlsx"
has err "cannot open"
run 5 price $rare --input-format xlsx "$work"

# the start is as quick as it was: minizip is inside
if command -v ldd >/dev/null; then
	ldd "$SHOKAN" >"$work/out"
	grep -q asan "$work/out" || lacks out minizip
fi
same "nothing left behind" "" "$(ls "$work/tmp")"
finish
