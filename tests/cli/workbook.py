"""Make a workbook, as small as one can be, for tests of reading it.

usage: workbook.py FILE.xlsx <SPEC
SPEC is JSON: {"sheets": {NAME: ROWS or XML of its rows}, "states": {NAME: ...},
"formats": {ID: CODE}, "styles": [ID, ...], "strings": [XML, ...],
"from_1904": true, "parts": {NAME: TEXT or null}}. A cell of a row is a text
(shared, or inline with "inline": true), a number as ["n", TEXT], a boolean, or
null. A part of its own replaces the one made; null leaves it out.
"""
import json
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def column(number):
    name = ""
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(65 + digit) + name
    return name


def cell(value, place, strings, inline):
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, list):
        return f'<c r="{place}"><v>{value[1]}</v></c>'
    if inline:
        return (f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">'
                f'{escape(value)}</t></is></c>')
    strings.append(f'<si><t xml:space="preserve">{escape(value)}</t></si>')
    return f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'


def sheet(rows, strings, inline):
    if not isinstance(rows, str):
        rows = "".join(
            f'<row r="{at}">' + "".join(
                cell(value, f"{column(to)}{at}", strings, inline)
                for to, value in enumerate(row, 1)) + "</row>"
            for at, row in enumerate(rows, 1) if row)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(spec):
    strings = list(spec.get("strings", []))
    made = {}
    listed = related = ""
    for at, (name, rows) in enumerate(spec["sheets"].items(), 1):
        state = spec.get("states", {}).get(name, "visible")
        made[f"xl/worksheets/sheet{at}.xml"] = sheet(
            rows, strings, spec.get("inline"))
        listed += (f"<sheet name={quoteattr(name)} sheetId='{at}' "
                   f"state='{state}' r:id='rId{at}'/>")
        related += (f"<Relationship Id='rId{at}' Type='{OFFICE}/worksheet' "
                    f"Target='worksheets/sheet{at}.xml'/>")
    made["xl/workbook.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="'
        f'{int(spec.get("from_1904", False))}"/><sheets>{listed}</sheets>'
        f'</workbook>')
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>')
    made["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>')
    formats = "".join(
        f"<numFmt numFmtId='{at}' formatCode={quoteattr(code)}/>"
        for at, code in spec.get("formats", {}).items())
    styles = "".join(f"<xf numFmtId='{at}'/>"
                     for at in spec.get("styles", [0]))
    made["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs>{styles}</cellXfs></styleSheet>')
    made.update(spec.get("parts", {}))
    return made


def main():
    spec = json.load(sys.stdin)
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts(spec).items():
            if text is not None: # the same bytes every time
                about = zipfile.ZipInfo(name)
                about.compress_type = zipfile.ZIP_DEFLATED
                book.writestr(about, text)


if __name__ == "__main__":
    main()
