#!/usr/bin/env bash
# LibreOffice opens the workbook of a catalogue: each cell of every sheet is
# what was written, and what JSON says. And the other way: records that were
# saved by LibreOffice give the results of the CSV that it opened.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
for tool in soffice python3; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done
if command -v ldd >/dev/null && ldd "$SHOKAN" | grep -q asan; then
	echo "skipped: the build without sanitizers shows it"
	exit 77
fi
export SHOKAN_RULES=$SOURCE/rules
products=$SOURCE/fixtures/products

# office [--infilter=..] FILTER FILES...: converted, in $work/office; files that
# stand before the filter would be opened to edit
office()
{
	local options=()
	case $1 in
	--*) options=("$1") && shift ;;
	esac
	said="soffice --convert-to $1"
	HOME=$work timeout 120 soffice \
		"-env:UserInstallation=file://$work/office.home" --headless \
		"${options[@]}" --convert-to "$1" --outdir "$work/office" \
		"${@:2}" >"$work/out" 2>"$work/err" && ok || fail "$said"
}

# a name that would be a formula, a code with zeros, more digits than a
# spreadsheet keeps, blanks at both ends
cat >"$work/evil.csv" <<'END'
id,name,orphan_designated,indication_aid,annual_tests,base_points
00123,=1+1,true,false,150,1235
00124,+1,true,false,200,10
00125,-1+2,true,false,400,1234.5
00126,@SUM(A1),true,false,600,0.1
00127,"=HYPERLINK(""http://x"",""y"")",true,false,,10
0128E5,  two  blanks ,true,false,800,12345678901234567
00129,2026-06-01,true,false,150,100
1/2,TRUE,true,false,150,100
END
files=("$work/evil.csv")
for name in rare-disease depreciation new-category points samd-cp932 \
	unprofitable above-price category-review existing-category; do
	files+=("$products/$name.csv")
done
for revision in r6 r8; do
	run 0 price --format json --revision $revision "${files[@]}"
	grep '^{' "$work/out" >"$work/$revision.jsonl"
	run 0 report --format xlsx --revision $revision \
		--output "$work/$revision.xlsx" "${files[@]}"
done
office fods "$work"/r?.xlsx
for revision in r6 r8; do
	python3 "$here/xlsx.py" "$work/office/$revision.fods" \
		"$work/$revision.jsonl" "$work/$revision.xlsx" \
		>"$work/said" && ok ||
		fail "$revision: $(head -n 3 "$work/said")"
	[ "$(tail -n 1 "$work/said" | cut -d' ' -f1)" -gt 500 ] && ok ||
		fail "$revision: too few: $(tail -n 1 "$work/said")"
done

# and said without either of our tools
book=$work/office/r8.fods
for text in 00123 =1+1 +1 -1+2 '@SUM(A1)' 00127 0128E5 2026-06-01 1/2 TRUE; do
	grep -qF "<text:p>$text</text:p>" "$book" && ok ||
		fail "LibreOffice shows no text $text"
done
same "formulas" "" "$(grep -o 'table:formula="[^"]*"' "$book" |
	grep -v '"of:=\(TRUE\|FALSE\)()"')"
# 1235 x 1.5 (spec, section 1)
grep -q 'office:value="1852.5"' "$book" && ok || fail "1852.5 is no number"
# 0.1 x 1.2; 12345678901234567 x 1.1, of more digits than a cell has
grep -q 'office:value="0.12"' "$book" && ok || fail "0.12 is no number"
grep -qF '<text:p>13580246791358023.7</text:p>' "$book" && ok ||
	fail "a number of 18 digits is no text"

# records that LibreOffice saved: numbers, truths and days of its own; it keeps
# 15 digits of a number
mkdir "$work/in"
for name in rare-disease depreciation new-category unprofitable; do
	cp "$products/$name.csv" "$work/in/"
done
sed 's/12345678901234567/123456789012345/' "$work/evil.csv" >"$work/in/evil.csv"
office "--infilter=CSV:44,34,76,1,1/2/2/2,0,false,true" xlsx "$work"/in/*.csv
for file in "$work"/in/*.csv; do
	name=${file##*/}
	run 0 price --revision r8 --format json "$file"
	cp "$work/out" "$work/wanted"
	run 0 price --revision r8 --format json \
		"$work/office/${name%.csv}.xlsx"
	cmp -s "$work/out" "$work/wanted" && ok ||
		fail "$name gives other results when LibreOffice saved it"
done
finish
