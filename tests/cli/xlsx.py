"""Hold a workbook of shokan against the results as JSON lines.

usage: xlsx.py WORKBOOK RESULTS.jsonl
Prints a line for each cell that is not what the result says, then the counts.
"""
import json
import sys
import zipfile
import datetime
import xml.etree.ElementTree as tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def sheets(path):
    book = zipfile.ZipFile(path)
    rels = tree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = {rel.get("Id"): rel.get("Target") for rel in rels}
    for sheet in tree.fromstring(book.read("xl/workbook.xml")).iter(
            MAIN + "sheet"):
        part = "xl/" + target[sheet.get(REL + "id")]
        yield sheet.get("name"), tree.fromstring(book.read(part))


def column(reference):
    return reference.rstrip("0123456789")


def cell(element):
    """The kind and the text of a cell."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return kind, "".join(text.text or "" for text in
                             element.iter(MAIN + "t"))
    if element.find(MAIN + "f") is not None:
        return "formula", ""
    return kind, element.findtext(MAIN + "v")


def rows(sheet):
    head = None
    for row in sheet.iter(MAIN + "row"):
        cells = {column(at.get("r")): cell(at) for at in row.iter(MAIN + "c")}
        if head is None:
            head = {at: text for at, (_, text) in cells.items()}
        else:
            yield {head[at]: value for at, value in cells.items()}


def day(serial):
    start = datetime.date(1899, 12, 30)
    return str(start + datetime.timedelta(days=int(serial)))


def agrees(value, kind, text):
    """Whether a cell is an output of the result."""
    if isinstance(value, bool):
        return (kind, text) == ("b", "1" if value else "0")
    if isinstance(value, (int, Number)):
        written = str(value)
        if sum(letter.isdigit() for letter in written) > 15:
            return (kind, text) == ("inlineStr", written)
        return kind == "n" and float(text) == float(written)
    if isinstance(value, dict) and "status" in value:
        return kind == "inlineStr" and text.startswith(value["status"])
    if isinstance(value, str) and kind == "n":
        return day(text) == value
    return kind == "inlineStr"


class Number(str):
    """A decimal of JSON as it was written."""


def main():
    wanted = {}
    with open(sys.argv[2], encoding="utf-8") as file:
        for line in file:
            result = json.loads(line, parse_float=Number)
            key = (result["decision"], result["id"])
            wanted[key] = result
    compared = wrong = 0
    for name, sheet in sheets(sys.argv[1]):
        if name == "shokan":
            continue
        for row in rows(sheet):
            result = wanted.pop((name, row["id"][1]))
            for field in ("id", "status", "revision", "as_of"):
                compared += 1
                if row.get(field, ("inlineStr", "")) != (
                        "inlineStr", result[field]):
                    wrong += 1
                    print(name, row["id"], field, row.get(field))
            for field, value in result["values"].items():
                compared += 1
                if not agrees(value, *row.get(field, ("", ""))):
                    wrong += 1
                    print(name, row["id"], field, row.get(field), value)
    for key in wanted:
        wrong += 1
        print("no row for", key)
    print(compared, "compared,", wrong, "wrong")
    return 1 if wrong else 0


sys.exit(main())
