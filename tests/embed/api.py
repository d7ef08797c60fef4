#!/usr/bin/env python3
"""The examples of include/shokan/API.md.
    api.py extract FOLDER   program N into FOLDER/N.c, its console block into
                            FOLDER/N.console
    api.py rewrite FOLDER   the console blocks again from FOLDER/N.output
    api.py ceilings         "NAME bytes-or-count place" of each row of its table
"""
import os
import re
import sys

PAGE = "include/shokan/API.md"
EXAMPLE = re.compile(r"```c\n(.*?)```\n\n```console\n(.*?)```\n", re.S)
ROW = re.compile(r"^\| [^|]+ \| ([0-9,]+)( KiB| MiB| GiB)?[^|]*"
                 r"\| `([A-Z0-9_]+)` ([a-z_/0-9]+\.[ch]) \|$", re.M)
UNITS = {"": 1, " KiB": 1 << 10, " MiB": 1 << 20, " GiB": 1 << 30}


def defined(name, path):
    """The value of a macro as the file has it."""
    text = open(path, encoding="utf-8").read()
    found = re.search(rf"^#define {name}[ \t\\\n]+([^/\n]+)", text, re.M)
    if not found:
        return None
    plain = re.sub(r"\b(0x[0-9a-f]+|[0-9]+)[uUlL]*", r"\1", found.group(1))
    plain = re.sub(r"\(size_t\)|U?INT64_C", "", plain)
    return eval(plain, {"__builtins__": {}})  # a number and shifts


def main():
    page = open(PAGE, encoding="utf-8").read()
    what = sys.argv[1]
    if what == "extract":
        for number, (code, console) in enumerate(EXAMPLE.findall(page)):
            for kind, text in (("c", code), ("console", console)):
                path = os.path.join(sys.argv[2], f"{number}.{kind}")
                open(path, "w", encoding="utf-8").write(text)
    elif what == "rewrite":
        numbers = iter(range(1000))

        def again(match):
            path = os.path.join(sys.argv[2], f"{next(numbers)}.output")
            said = open(path, encoding="utf-8").read()
            return f"```c\n{match.group(1)}```\n\n```console\n{said}```\n"
        open(PAGE, "w", encoding="utf-8").write(EXAMPLE.sub(again, page))
    elif what == "ceilings":
        for number, unit, name, path in ROW.findall(page):
            told = int(number.replace(",", "")) * UNITS[unit or ""]
            print(name, path, told, defined(name, path))


main()
