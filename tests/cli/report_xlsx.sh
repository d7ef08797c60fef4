#!/usr/bin/env bash
# The workbook: a sheet a decision with typed cells, codes and whatever a
# record says as text, the same values as JSON, the same bytes every time.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v python3 >/dev/null || { echo "skipped, no python3"; exit 77; }
export SHOKAN_RULES=$SOURCE/rules
rare="--revision r8 --decision rare_disease_coefficient"
book=$work/book.xlsx
mkdir "$work/tmp"
export TMPDIR=$work/tmp

holds() # FILE OPTIONS...: the workbook has the values that JSON has
{
	run 0 price --format json "${@:2}" "$1"
	grep '^{' "$work/out" >"$work/results.jsonl"
	run 0 report --format xlsx "${@:2}" --output "$book" "$1"
	python3 "$here/xlsx.py" "$book" "$work/results.jsonl" >"$work/said" &&
		ok || fail "$1 ${*:2}: $(head -n 3 "$work/said")"
	compared=$((compared + $(tail -n 1 "$work/said" | cut -d' ' -f1)))
}

part() # NAME: of the workbook
{
	python3 -c 'import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
		"$book" "$1"
}

compared=0
for file in "$SOURCE"/fixtures/products/*.csv; do
	holds "$file" --revision r8
	case $file in # its day is in the other revision
	*same-record*) ;;
	*) holds "$file" --revision r6 ;;
	esac
done
[ $compared -gt 500 ] && ok || fail "only $compared cells were compared"

# a coefficient is a number, an identifier is not, a quoted formula is text
printf 'id,name,orphan_designated,indication_aid,annual_tests,base_points\n' \
	>"$work/evil.csv"
printf '%s\n' '00123,=1+1,true,false,150,1234' '"=HYPERLINK(""x"")",+1,true,false,200,10' \
	>>"$work/evil.csv"
holds "$work/evil.csv" $rare
part xl/worksheets/sheet2.xml >"$work/sheet.xml"
same "formulas" 0 "$(grep -c '<f>' "$work/sheet.xml")"
for text in 00123 =1+1 '=HYPERLINK("x")' +1; do
	grep -qF "<t>$(echo "$text" | sed 's/"/\&quot;/g')</t>" \
		"$work/sheet.xml" || grep -qF "<t>$text</t>" "$work/sheet.xml" &&
		ok || fail "no text cell $text"
done
# 150 tests: 1.5 (spec, section 1); 1234 x 1.5 = 1851
grep -q '<v>1.5</v>' "$work/sheet.xml" && ok || fail "1.5 is no number"
grep -q '<v>1851</v>' "$work/sheet.xml" && ok || fail "1851 is no number"
grep -q 'state="frozen"' "$work/sheet.xml" && ok || fail "the header moves"
grep -q '<autoFilter ref="A1:' "$work/sheet.xml" && ok || fail "no filter"

# 2026-06-01 is a day; more digits than a spreadsheet keeps are text
holds "$SOURCE/fixtures/products/new-category.csv" --revision r8 \
	--decision similar_category_price
part xl/worksheets/sheet2.xml >"$work/sheet.xml"
# 681000 x alpha + 271500, 34 digits: the proof in README has them
grep -qF '<t>975888.0778302224382677285925690681</t>' "$work/sheet.xml" &&
	ok || fail "a number of 34 digits is no text"

# one sheet a decision, behind the one that says what they rest on
run 0 report --format xlsx --revision r8 --output "$book" \
	"$SOURCE/fixtures/products/new-category.csv"
same "sheets" "shokan similar_category_price premium new_product_price_ceiling" \
	"$(part xl/workbook.xml | grep -o '<sheet name="[^"]*"' |
		cut -d'"' -f2 | paste -sd' ')"
part xl/worksheets/sheet1.xml | grep -q '<t>sha256:[0-9a-f]*</t>' && ok ||
	fail "no hash of the rules"

# the same bytes for any number of threads, and a moment later
for jobs in 1 2 7; do
	run 0 report --format xlsx --revision r8 --jobs $jobs \
		--output "$work/jobs$jobs.xlsx" \
		"$SOURCE/fixtures/products/new-category.csv"
	cmp -s "$book" "$work/jobs$jobs.xlsx" && ok ||
		fail "other bytes with $jobs jobs"
done

# a wrong record has its row; nowhere to write a temporary file is told
run 4 report --format xlsx $rare --output "$book" "$work/bad.csv"
part xl/worksheets/sheet2.xml | grep -q '8oo' && ok || fail "no error row"
rm "$book"
said="no temporary folder"
TMPDIR=$work/none "$SHOKAN" report --format xlsx $rare --output "$book" \
	"$work/one.csv" 2>"$work/err"
same "status" 5 $?
has err "TMPDIR"
[ -e "$book" ] && fail "half a workbook was written" || ok
same "nothing left behind" "" "$(ls "$work/tmp")"

# the disk of the temporary file is full: told, and nothing half written
mkdir "$work/small"
if mount -t tmpfs -o size=4k none "$work/small" 2>/dev/null; then
	trap 'umount "$work/small"; rm -rf "$work"' EXIT
	said="a full disk in TMPDIR"
	TMPDIR=$work/small "$SHOKAN" report --format xlsx --revision r8 \
		--output "$book" "$SOURCE/fixtures/products/new-category.csv" \
		2>"$work/err"
	same "status" 5 $?
	has err "the workbook cannot be written into \$TMPDIR"
	[ -e "$book" ] && fail "half a workbook was written" || ok
	same "nothing left behind" "" "$(ls "$work/small")"
	# with room enough it is the same workbook as elsewhere
	mount -o remount,size=4m "$work/small"
	TMPDIR=$work/small run 0 report --format xlsx --revision r8 --output \
		"$book" "$SOURCE/fixtures/products/new-category.csv"
	cmp -s "$book" "$work/jobs1.xlsx" && ok || fail "other bytes"
	umount "$work/small"
	trap 'rm -rf "$work"' EXIT
else
	echo "no file system of our own here: the full disk is not tested"
fi
finish
