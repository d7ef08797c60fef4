#!/usr/bin/env python3
"""The binary interface that public headers promise, as text, a line a promise:
functions with their types, values of enumerations, structures with the place
and size of each field, macros. What clang reads in them, laid out by the
compiler CC.
    abi.py FOLDER        prints that of FOLDER/shokan/shokan.h
"""
import json
import os
import subprocess
import sys
import tempfile


def declarations(folder):
    """Functions and their types, structures, values of enumerations."""
    tree = json.loads(subprocess.run(
        ["clang", "-std=c11", "-fsyntax-only", "-I", folder, "-Xclang",
         "-ast-dump=json", os.path.join(folder, "shokan", "shokan.h")],
        check=True, capture_output=True).stdout)
    functions, structures, values = {}, {}, []
    for node in tree["inner"]:
        name = node.get("name", "")
        if node["kind"] == "EnumDecl":
            values += [child["name"] for child in node.get("inner", [])
                       if child["name"].startswith("SHK_")]
        if not name.startswith("shk_"):
            continue
        if node["kind"] == "FunctionDecl":
            functions[name] = node["type"]["qualType"]
        elif node["kind"] == "TypedefDecl" and "(" in node["type"]["qualType"]:
            functions[name] = node["type"]["qualType"]
        elif node["kind"] == "RecordDecl" and "completeDefinition" in node:
            structures[name] = [(field["name"], field["type"]["qualType"])
                                for field in node["inner"]
                                if field["kind"] == "FieldDecl"]
    return functions, structures, values


def laid_out(folder, structures, values):
    """What the compiler makes of structures and values: lines of text."""
    lines = ["#include <stdio.h>", "#include <shokan/shokan.h>",
             "int main(void)", "{"]
    for name in values:
        lines.append(f'printf("value {name} = %lld\\n", (long long){name});')
    for name, fields in structures.items():
        lines.append(f'printf("struct {name}: %zu bytes, aligned to %zu\\n", '
                     f"sizeof(struct {name}), _Alignof(struct {name}));")
        for field, kind in fields:
            lines.append(
                f'printf("field {name}.{field}: at %zu, %zu bytes, {kind}\\n",'
                f" offsetof(struct {name}, {field}),"
                f" sizeof(((struct {name} *)0)->{field}));")
    lines += ["return 0;", "}", ""]
    with tempfile.TemporaryDirectory() as work:
        program = os.path.join(work, "layout")
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-I", folder,
                        "-x", "c", "-o", program, "-"],
                       input="\n".join(lines).encode(), check=True)
        return subprocess.run([program], check=True,
                              capture_output=True).stdout.decode().split("\n")


def macros(folder):
    """The constants of the headers, as they are spelled."""
    said = subprocess.run(
        [os.environ.get("CC", "cc"), "-std=c11", "-I", folder, "-E", "-dM",
         os.path.join(folder, "shokan", "shokan.h")],
        check=True, capture_output=True).stdout.decode()
    return [line.replace("#define", "macro", 1) for line in said.split("\n")
            if line.startswith("#define SHK_")]


def main():
    folder = sys.argv[1]
    functions, structures, values = declarations(folder)
    lines = [f"function {name}: {kind}" for name, kind in functions.items()]
    lines += laid_out(folder, structures, values) + macros(folder)
    for line in sorted(filter(None, lines)):
        print(line)


main()
