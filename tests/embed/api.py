#!/usr/bin/env python3
"""The examples of include/shokan/API.md.
    api.py extract FOLDER   program N into FOLDER/N.c, its console block into
                            FOLDER/N.console
    api.py rewrite FOLDER   the console blocks again from FOLDER/N.output
"""
import os
import re
import sys

PAGE = "include/shokan/API.md"
EXAMPLE = re.compile(r"```c\n(.*?)```\n\n```console\n(.*?)```\n", re.S)


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


main()
