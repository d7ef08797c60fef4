"""Hold a workbook of shokan against the results as JSON lines.

usage: xlsx.py WORKBOOK RESULTS.jsonl [OTHER]
Prints a line for each cell that is not what the result says, then the counts.
OTHER is the same workbook in another form: every cell of both is compared. A
workbook is .xlsx or .fods, the flat form that LibreOffice writes.
"""
import datetime
import json
import sys
import xml.etree.ElementTree as tree
import zipfile
from decimal import Decimal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OPEN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT = OPEN % "office", OPEN % "table", OPEN % "text"


def parts(path):
    """The sheets of an .xlsx: name, rows."""
    book = zipfile.ZipFile(path)
    rels = tree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = {rel.get("Id"): rel.get("Target") for rel in rels}
    for sheet in tree.fromstring(book.read("xl/workbook.xml")).iter(
            MAIN + "sheet"):
        part = tree.fromstring(book.read("xl/" + target[sheet.get(REL + "id")]))
        yield sheet.get("name"), [
            {column(at.get("r")): cell(at) for at in row.iter(MAIN + "c")}
            for row in part.iter(MAIN + "row")]


def column(reference):
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def cell(element):
    """The kind and the text of a cell."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return kind, "".join(text.text or "" for text in
                             element.iter(MAIN + "t"))
    if element.find(MAIN + "f") is not None:
        return "formula", ""
    return kind, element.findtext(MAIN + "v")


def flat(path):
    """The sheets of a .fods: name, rows."""
    for sheet in tree.parse(path).iter(TABLE + "table"):
        rows = []
        for row in sheet.iter(TABLE + "table-row"):
            cells, at = {}, 1
            for element in row.iter(TABLE + "table-cell"):
                times = int(element.get(TABLE + "number-columns-repeated", 1))
                if element.get(OFFICE + "value-type"):
                    cells.update((to, flat_cell(element))
                                 for to in range(at, at + times))
                at += times
            if cells:
                times = int(row.get(TABLE + "number-rows-repeated", 1))
                rows += [cells] * times
        yield sheet.get(TABLE + "name"), rows


def flat_cell(element):
    # a truth of an .xlsx is a formula of one word in LibreOffice
    formula = element.get(TABLE + "formula")
    if formula in ("of:=TRUE()", "of:=FALSE()"):
        return "b", "1" if formula == "of:=TRUE()" else "0"
    if formula:
        return "formula", ""
    kind = element.get(OFFICE + "value-type")
    if kind == "date":
        return "d", element.get(OFFICE + "date-value")
    if kind == "string":
        return "inlineStr", "\n".join(
            flat_text(line) for line in element.findall(TEXT + "p"))
    return "n", element.get(OFFICE + "value")


def flat_text(element):
    """What an element says; blanks in a row are an element of their own."""
    said = element.text or ""
    for inside in element:
        said += (" " * int(inside.get(TEXT + "c", 1))
                 if inside.tag == TEXT + "s" else flat_text(inside))
        said += inside.tail or ""
    return said


def sheets(path):
    return flat(path) if path.endswith(".fods") else parts(path)


def named(rows):
    """Each row behind the first, by the names of the columns."""
    for row in rows[1:]:
        yield {rows[0][at][1]: value for at, value in row.items()}


def day(kind, text):
    if kind == "d":
        return text
    start = datetime.date(1899, 12, 30)
    return str(start + datetime.timedelta(days=int(text)))


def agrees(value, kind, text):
    """Whether a cell is an output of the result."""
    if isinstance(value, bool):
        return (kind, text) == ("b", "1" if value else "0")
    if isinstance(value, (int, Number)):
        written = str(value)
        if sum(letter.isdigit() for letter in written) > 15:
            return (kind, text) == ("inlineStr", written)
        return kind == "n" and Decimal(text) == Decimal(written)
    if isinstance(value, dict) and "status" in value:
        return kind == "inlineStr" and text.startswith(value["status"])
    if isinstance(value, str) and kind in ("n", "d"):
        return day(kind, text) == value
    if isinstance(value, str):
        return (kind, text) == ("inlineStr", value)
    return kind == "inlineStr"


class Number(str):
    """A decimal of JSON as it was written."""


def against_results(path, lines):
    """Cells that were compared, and what is wrong."""
    wanted = {}
    for line in lines:
        result = json.loads(line, parse_float=Number)
        name = result["decision"] or "unreadable_input"
        wanted[name, result["id"]] = result
    compared, wrong = 0, []
    for name, rows in sheets(path):
        if name == "shokan":
            continue
        for row in named(rows):
            result = wanted.pop((name, row["id"][1]))
            for field in ("id", "status", "revision", "as_of"):
                compared += 1
                if row.get(field, ("inlineStr", "")) != (
                        "inlineStr", result[field] or ""):
                    wrong.append((name, row["id"], field, row.get(field)))
            for field, value in result["values"].items():
                compared += 1
                if not agrees(value, *row.get(field, ("", ""))):
                    wrong.append((name, row["id"], field, row.get(field),
                                  value))
    wrong += [("no row for", key) for key in wanted]
    return compared, wrong


def alike(one, other):
    """Whether two cells are the same.

    A day may be a number of days; LibreOffice has tabs in its cells, but leaves
    them out of the flat form.
    """
    if "d" in (one[0], other[0]):
        return day(*one) == day(*other)
    if one[0] == other[0] == "n":
        return Decimal(one[1]) == Decimal(other[1])
    return (one[0], one[1].replace("\t", "")) == (
        other[0], other[1].replace("\t", ""))


def against_book(path, other):
    compared, wrong = 0, []
    mine, its = list(sheets(path)), list(sheets(other))
    if [name for name, _ in mine] != [name for name, _ in its]:
        wrong.append(("sheets", mine, its))
    for (name, rows), (_, others) in zip(mine, its):
        others = [row for row in others if row]
        rows = [row for row in rows if row]
        if len(rows) != len(others):
            wrong.append((name, len(rows), "rows", len(others)))
        for at, (row, beside) in enumerate(zip(rows, others), 1):
            for to in sorted(row.keys() | beside.keys()):
                compared += 1
                one, two = row.get(to, ("", "")), beside.get(to, ("", ""))
                if not alike(one, two):
                    wrong.append((name, at, to, one, two))
    return compared, wrong


def main():
    with open(sys.argv[2], encoding="utf-8") as lines:
        compared, wrong = against_results(sys.argv[1], lines)
    if len(sys.argv) > 3:
        more, others = against_book(sys.argv[1], sys.argv[3])
        compared, wrong = compared + more, wrong + others
    for what in wrong:
        print(*what)
    print(compared, "compared,", len(wrong), "wrong")
    return 1 if wrong else 0


sys.exit(main())
