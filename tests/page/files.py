"""Files of records over the server, without a browser: what comes back is what
the command writes, rows that are wrong have their place, ceilings hold."""
import csv
import io
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from everywhere import everywhere
from lib import (SHOKAN, SOURCE, Server, Tree, check, command, faults, finish,
                 query, same)

PRODUCTS = SOURCE + "/fixtures/products/"
MIB = 1 << 20
quick = "quick" in sys.argv  # under sanitizers


def read(name):
    with open(PRODUCTS + name, "rb") as file:
        return file.read()


def send(server, path, fields, content=None, name="records.csv"):
    """Status, headers and body of a form with a file; `fields` in order."""
    mark = b"----8d2f1c"
    body = b""
    for field, value in fields:
        body += (b"--" + mark + b"\r\nContent-Disposition: form-data; name=\"" +
                 field.encode() + b"\"\r\n\r\n" + value.encode() + b"\r\n")
    if content is not None:
        body += (b"--" + mark + b"\r\nContent-Disposition: form-data; "
                 b"name=\"file\"; filename=\"" + name.encode() +
                 b"\"\r\nContent-Type: text/plain\r\n\r\n" + content + b"\r\n")
    request = urllib.request.Request(
        server.base + path, body + b"--" + mark + b"--\r\n",
        {"Content-Type": "multipart/form-data; boundary=" + mark.decode()})
    try:
        with urllib.request.urlopen(request, timeout=600) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def page(what, reply, language="en", status=200):
    same(f"status of {what}", status, reply[0])
    text = reply[2].decode()
    for fault in faults(text, language):
        check(False, f"{what}: {fault}")
    return Tree(text).root


def said(*arguments):
    run = subprocess.run(
        [SHOKAN, *arguments, "--rules", SOURCE + "/rules"],
        capture_output=True, check=False)
    return run.stdout


def by_command(arguments, name, content):
    """What the command writes of the same file."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/{name}", "wb") as file:
            file.write(content)
        run = subprocess.run(
            [SHOKAN, *arguments, "--rules", SOURCE + "/rules", name],
            capture_output=True, check=False, cwd=folder)
        return run.stdout


def hidden(root):
    """The fields that the page repeats for its other buttons."""
    form = next(n for n in root.all("form") if n.has_class("buttons"))
    return [(n.get("name"), n.get("value")) for n in form.all("input")]


OUTPUTS = [("csv", ["price", "--format", "csv"], "text/csv"),
           ("json", ["price", "--format", "json"], "application/x-ndjson"),
           ("html", ["report", "--lang", "en", "--format", "html"],
            "text/html"),
           ("xlsx", ["report", "--lang", "en", "--format", "xlsx"],
            "application/vnd.openxmlformats")]


def outputs(server):
    """Each file is, byte by byte, that of the command."""
    content = read("rare-disease.csv")
    fields = [("lang", "en"), ("revision", "r8")]
    root = page("the table", send(server, "/upload", fields, content))
    again = hidden(root)
    for name, arguments, kind in OUTPUTS:
        wanted = by_command(arguments + ["--revision", "r8", "--output", "-"]
                            if arguments[0] == "report" else
                            arguments + ["--revision", "r8"],
                            "records.csv", content)
        check(wanted, f"the command writes {name}")
        for way, reply in (
                ("", send(server, "/upload", fields + [("format", name)],
                          content)),
                (" again", send(server, "/upload",
                                again + [("format", name)]))):
            status, headers, body = reply
            same(f"status of {name}{way}", 200, status)
            check(wanted == body, f"{name}{way} is not that of the command")
            check(headers["Content-Type"].startswith(kind), name, "type")
            check("attachment; filename=\"shokan-" in
                  headers["Content-Disposition"], name, "name")


def table(server):
    root = page("the table", send(
        server, "/upload", [("lang", "en"), ("revision", "r8")],
        read("rare-disease.csv")))
    same("counts", "5 results: 3 determined, 1 undetermined, 1 not applicable",
         root.classes("lead")[0].text())
    rows = [[n.text().strip() for n in row.all("td", "th")]
            for row in next(root.all("tbody")).all("tr")]
    same("rows", ["2", "3", "4", "5", "6"], [row[0] for row in rows])
    # the coefficients of 150, 750 and 900 tests a year: spec, section 1
    same("answers", ["1.5", "1.2", "1.1", "1.1 or 1.2 or 1.3 or 1.4 or 1.5",
                     "its condition is not met"], [row[4] for row in rows])
    check("annual_tests" in rows[3][5], "what is missing", rows[3])
    # decisions, a day and parameters
    root = page("one decision", send(
        server, "/upload", [("lang", "ja"), ("decision", "points_sum"),
                            ("as_of", "2026-07-01"),
                            ("policy", "# ours\n points_rounding = floor \n")],
        read("rare-disease.csv")), "ja")
    check("points_sum" in dict(hidden(root))["decision"], "kept", hidden(root))
    same("kept parameter", "floor", dict(hidden(root))["p.points_rounding"])


KINDS = [("same-record.csv", {}), ("same-record.json", {}),
         ("same-record.jsonl", {}), ("same-record.xml", {}),
         ("same-record.xlsx", {}), ("samd-cp932.csv", {}), ("points.tsv", {})]


def kinds(server):
    """Every format by its content, whatever the file is called."""
    for name, more in KINDS:
        content = read(name)
        wanted = by_command(["price", "--format", "json"], name, content)
        status, _, body = send(
            server, "/upload", [("format", "json"), *more.items()], content,
            "x" + name[name.rindex("."):])
        same(f"status of {name}", 200, status)
        same(f"answers of {name}",
             [json.loads(line)["values"] for line in wanted.splitlines()],
             [json.loads(line)["values"] for line in body.splitlines()])
    # a sheet by its name, and one that is not there
    book = read("same-record.xlsx")
    root = page("no such sheet", send(
        server, "/upload", [("lang", "en"), ("sheet", "nothing")], book,
        "book.xlsx"), status=400)
    check("no sheet" in root.classes("errors")[0].text(), "the sheet is named")
    same("kept sheet", "nothing", root.id("sheet").get("value"))


BAD = """id,name,orphan_designated,indication_aid,annual_tests,base_points
A1,a,true,false,150,1235
X9,b,true,false,8oo,1000
C3,c,true,maybe,200,1000
"""


def wrong_rows(server):
    root = page("wrong rows", send(
        server, "/upload", [("lang", "en")], BAD.encode()))
    items = [n.text() for n in root.classes("wrong")[0].all("li")]
    same("wrong rows", 2, len(items))
    for word in ("records.csv", "row 3", "column 5", "annual_tests", "8oo",
                 "such as 800"):
        check(word in items[0], f"no {word} in", items[0])
    for word in ("row 4", "column 4", "indication_aid", "true or false"):
        check(word in items[1], f"no {word} in", items[1])
    same("counts", "3 results: 1 determined, 2 error",
         root.classes("lead")[0].text().replace("errors", "error"))
    # more than are listed
    many = BAD.splitlines()[0] + "\n" + "".join(
        f"Z{i},,true,false,x,1\n" for i in range(201))
    root = page("many", send(server, "/upload", [("lang", "en")],
                             many.encode()))
    same("listed", 200, len(list(root.classes("wrong")[0].all("li"))))
    check("Rows to correct: 201" in root.text(), "all are counted")
    # a file that cannot be read at all, and none
    for content, words in ((b"{\"a\": ", "records.csv"), (b"", "records.csv")):
        root = page("no records", send(
            server, "/upload", [("lang", "en")], content), status=400)
        check(words in root.classes("errors")[0].text(), "told", words)
    for form in ([], [("again", "====")], [("again", "A")],
                 [("again", "AA"), ("again", "A")]):
        root = page("no file", send(
            server, "/upload", [("lang", "en")] + form), status=400)
        check("choose" in root.classes("errors")[0].text(), "no file", form)
    for line in ("floor", "=floor", "points_roundin=floor",
                 "points_rounding=flor"):
        root = page("policy", send(
            server, "/upload", [("lang", "en"), ("policy", line)],
            BAD.encode()), status=400)
        check(root.classes("errors"), "a line of parameters", line)
        same("kept", line, root.id("policy").text().strip())
    same("a name", 400, send(server, "/upload", [("revisio", "r8")],
                             BAD.encode())[0])
    same("a format", 400, send(
        server, "/upload", [("format", "pdf")], BAD.encode())[0])
    same("a broken file as a file", 400, send(
        server, "/upload", [("format", "csv")], b"{\"a\": ")[0])


def ceilings(server):
    head = b"id,annual_tests,orphan_designated,indication_aid\n"
    form = [("lang", "en"), ("decision", "rare_disease_coefficient")]

    def rows(count):
        return head + b"".join(b"R%d,150,true,false\n" % i
                               for i in range(count))
    root = page("10,000 records", send(server, "/upload", form, rows(10000)))
    same("counted", "10000 results: 10000 determined",
         root.classes("lead")[0].text())
    same("shown", 1000, len(list(next(root.all("tbody")).all("tr"))))
    check("first 1000" in root.text(), "told that there are more")
    root = page("10,001 records", send(server, "/upload", form, rows(10001)),
                status=413)
    check("10000 records" in root.classes("errors")[0].text(), "the ceiling")
    same("10,001 as CSV", 413, send(
        server, "/upload", form + [("format", "csv")], rows(10001))[0])
    # a file that the page still repeats, and one byte more
    for past in (0, 1):
        content = (rows(1) + b"\n" * (5 * MIB + past))[:5 * MIB + past]
        root = page("a large file", send(server, "/upload", form, content))
        names = [n.get("name") for n in root.all("input")]
        same(f"repeated, {past} past", not past, "again" in names)
    same("the file again", 200, send(server, "/upload", hidden(page(
        "5 MiB", send(server, "/upload", form,
                      (rows(1) + b"\n" * 5 * MIB)[:5 * MIB]))) +
        [("format", "csv")])[0])
    same("more than a body has", 413, send(
        server, "/upload", form, rows(1) + b"\n" * 8 * MIB)[0])
    for past in (0, 1):
        same(f"lines of parameters, {past} past", 413 if past else 200, send(
            server, "/upload", form + [("policy", "\n" * (255 + past) + "#")],
            rows(1))[0])


    # changes that a page lists
    facts = b"id,orphan_designated,indication_aid,aid_target,annual_tests\n"
    for count in (1000, 1001):
        root = page("changes", send(
            server, "/compare", form, facts + b"".join(
                b"R%04d,false,true,regenerative,900\n" % i
                for i in range(count))))
        same(f"told that there are more than {count}", count > 1000,
             "The first are shown: 1000" in root.text())


def hostile(server):
    """No text of a file becomes markup or a formula."""
    evil = ("id,name,orphan_designated,annual_tests\n"
            "\"<script>alert(1)</script>\",\"=1+1\",true,\"<b>x\"\n"
            "=cmd|x,\"</table>\",true,150\n").encode()
    for path in ("/upload", "/compare"):
        root = page("hostile", send(
            server, path, [("lang", "en"), ("policy", "</textarea><b>=1")],
            evil, "<b>&.csv"), status=400)
        root = page("hostile", send(server, path, [("lang", "en")], evil,
                                    "<b>&.csv"))
        same(f"scripts of {path}", 1, len(list(root.all("script"))))
        same("bold", 0, len(list(root.all("b"))))
    body = send(server, "/upload", [("format", "csv")], evil)[2].decode()
    for row in csv.reader(io.StringIO(body.lstrip("\ufeff"))):
        check(not row[0].startswith("="), "a formula in CSV", row[0])


def compare(server):
    facts = {"orphan_designated": "false", "indication_aid": "true",
             "aid_target": "regenerative", "annual_tests": "900",
             "base_points": "5000"}
    where = "/compare?" + query("rare_disease_coefficient", facts, lang="en",
                                revision="r8", as_of="2026-07-01")
    root = page("one record", server.get(where))
    answers = root.classes("answer")
    for answer, revision in zip(answers, ("r6", "r8")):
        result = json.loads(command(
            "rare_disease_coefficient", facts, revision=revision))
        same(f"status in {revision}", result["status"],
             answer.get("class").split()[1])
        if result["values"]:
            same(f"value in {revision}", str(result["values"]["coefficient"]),
                 answer.classes("lead")[0].text())
    same("sides", 2, len(answers))
    rows = {r[0]: r[1:] for r in (
        [n.text().strip() for n in row.all("th", "td")]
        for row in next(root.all("tbody")).all("tr"))}
    # the deck adds regenerative products in r8: spec, section 1
    same("coefficient", ["-", "1.1", ""], rows["coefficient"])
    check("revision r6" in root.text() and "it alone" in root.text(), "cause")
    back = [a.get("href") for a in root.all("a") if "/ask?" in a.get("href")]
    check(any("f.annual_tests=900" in to for to in back), "back to the form")
    same("form", 200, server.get(back[0])[0])
    root = page("same answer", server.get("/compare?" + query(
        "rare_disease_coefficient", dict(facts, aid_target="drug"),
        lang="ja"), "ja"), "ja")
    check("どちらの改定でも同じ" in root.text(), "the same answer")
    # a difference in numbers, and a file against the command's own
    content = read("rare-disease.csv")
    root = page("a file", send(server, "/compare", [("lang", "en")], content))
    for name, kind in (("csv", "csv"), ("json", "json")):
        status, _, body = send(server, "/compare",
                               [("lang", "en"), ("format", name)], content)
        same(f"status of {name}", 200, status)
        with tempfile.TemporaryDirectory() as folder:
            for revision in ("r6", "r8"):
                with open(f"{folder}/{revision}", "wb") as file:
                    file.write(by_command(
                        ["price", "--format", "snapshot", "--revision",
                         revision], "records.csv", content))
            wanted = said("compare", "--format", kind, folder + "/r6",
                          folder + "/r8")
        check(wanted == body, f"{name} of changes is not the command's",
              wanted[:200], body[:200])
    page("nothing asked", server.get("/compare?lang=ja", "ja"), "ja")
    root = page("no such revision", server.get("/compare?before=r7&lang=en"),
                status=400)
    check("r7" in root.classes("errors")[0].text(), "told")
    page("no file", send(server, "/compare", [("lang", "en")]), status=400)
    same("a fact", 400, server.get("/compare?f.annual_tes=1")[0])
    root = page("wrong rows", send(server, "/compare", [("lang", "en")],
                                   BAD.encode()))
    same("once each", 2, len(list(root.classes("wrong")[0].all("li"))))
    same("ceiling", 413, send(
        server, "/compare", [("lang", "en")],
        b"id,annual_tests\n" + b"".join(b"R%d,1\n" % i
                                        for i in range(10001)))[0])


def law(server):
    """As the command says it."""
    name = "rare_disease_coefficient"
    wanted = json.loads(said("diff", "r6", "r8", "--format", "json",
                             "--decision", name))["decisions"][0]
    for language in ("en", "ja"):
        root = page("the law", server.get(
            f"/compare/law?decision={name}&lang={language}", language),
            language)
        section = root.id(name)
        same("regions", [", ".join(r["outputs"]) for r in wanted["regions"]],
             [n.text().split(": ", 1)[1] for n in section.all("h3")])
        for region in wanted["regions"]:
            for at in region["conditions"]:
                check(at["text"] in section.text(), "condition", at)
    same("no such", 400, server.get("/compare/law?after=r9")[0])


def rules(server):
    same("sources", 200, server.get("/rules/sources.html")[0])
    for language in ("en", "ja"):
        root = page("the list", server.get(f"/rules/?lang={language}",
                                           language), language)
        links = {a.get("href") for a in root.all("a")
                 if a.get("href").startswith("/rules/r")}
        check(len(links) > 20, "links", len(links))
        for link in sorted(links)[:2 if quick else 8]:
            page(link, server.get(link, language), language)
    where = query("rare_disease_coefficient", {"annual_tests": "150"},
                  revision="r8", lang="en")
    root = page("the form", server.get("/ask?" + where))
    to = next(a.get("href") for a in root.all("a")
              if a.get("href").startswith("/rules/r8-"))
    check("f.annual_tests=150" in to, "the inputs go along", to)
    root = page("the rule", server.get(to))
    back = next(a.get("href") for a in root.all("a")
                if a.get("href").startswith("/ask?"))
    same("back", "150", page("the form again", server.get(back)).id(
        "f-annual_tests").get("value"))
    same("by folders", 200, server.get("/rules/r6/rare_disease_coefficient")[0])
    for path in ("/rules/r9/points_sum", "/rules/r8-nothing.html",
                 "/rules/%2e%2e/rulebook.xml", "/rules/r8/../../rulebook.xml"):
        same(path, 404, server.get(path)[0])


with Server() as running:
    page("the form", running.get("/upload?lang=ja", "ja"), "ja")
    for test in (outputs, table, kinds, wrong_rows, hostile, compare, law, rules):
        test(running)
    if not quick:
        ceilings(running)
        everywhere(running, send, by_command)
finish("files")
