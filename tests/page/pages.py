"""Every page of every question, without a browser: whole, in one language,
with a label for each field, and with the command's own answer."""
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lib import (SHOKAN, SOURCE, Server, Tree, check, command, english, faults,
                 finish, query, same)

quick = "quick" in sys.argv  # under sanitizers


def decisions():
    text = open(SOURCE + "/rules/rulebook.xml", encoding="utf-8").read()
    return re.findall(r'<decision name="([^"]+)"', text)


def page(server, path, language):
    status, headers, body = server.get(path, language)
    text = body.decode()
    same(f"status of {path}", 200, status)
    for fault in faults(text, language):
        check(False, f"{path} ({language}): {fault}")
    check("'unsafe-inline'" not in headers.get("Content-Security-Policy", ""),
          "the policy of scripts")
    root = Tree(text).root
    if language == "ja":
        same(f"English of {path}", [], english(root))
    return root


def lead(root):
    """Status and first value of the answer."""
    answer = root.classes("answer")
    if not check(len(answer) == 1, "one answer"):
        return None, None
    return (answer[0].get("class").split()[1],
            answer[0].classes("lead")[0].text())


def every_page(server):
    names = decisions()
    for language, revision in (("ja", "r8"), ("en", "r6"))[:1 if quick else 2]:
        root = page(server, f"/?lang={language}", language)
        same("questions", len(names),
             len([a for a in root.all("a") if "/ask?" in a.get("href")]))
        said = command(",".join(names), revision=revision)
        results = [json.loads(line) for line in said.splitlines()]
        same(f"results in {revision}", names,
             [result["decision"] for result in results])
        # in a build for tests some take seconds: all of them once
        for result in results[::1 if language == "ja" else 4]:
            root = page(server, "/ask?" + query(
                result["decision"], revision=revision, lang=language),
                language)
            same(f"{result['decision']} in {revision}", result["status"],
                 lead(root)[0])


# record, policy, what the page says first: words of a report
CASES = [
    ("rare_disease_coefficient",
     {"orphan_designated": "true", "indication_aid": "true",
      "annual_tests": "150", "base_points": "1235"}, {}, "1.5"),
    ("rare_disease_coefficient",
     {"orphan_designated": "true", "indication_aid": "true",
      "annual_tests": "150", "base_points": "1235"},
     {"points_rounding": "floor"}, "1.5"),
    ("rare_disease_coefficient",
     {"orphan_designated": "true", "indication_aid": "true"}, {},
     "1.1 or 1.2 or 1.3 or 1.4 or 1.5"),
    ("special_depreciation",
     {"acquisition_date": "2026-06-01", "acquisition_price": "3200000",
      "asset_kind": "equipment", "support_centre_plan": "true",
      "prefecture_confirmed_before": "true", "labour_saving_type": "1"}, {},
     "yes"),
    ("above_price_pattern",
     {"shares": "A社:60|B社:40", "current_price": "20000",
      "market_price": "21000"}, {}, None),
    ("unprofitable_recalculation", {"shares": "A:60|B:30"}, {},
     "no or yes or not applicable"),
    ("points_from_price", {"material_price": "12345", "quantity": "1"}, {},
     None),
]


def words(value):
    """A value of JSON as a report says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def answers(server):
    for decision, facts, policy, first in CASES:
        where = query(decision, facts, policy, lang="en")
        root = page(server, "/ask?" + where, "en")
        said = command(decision, facts, policy)
        result = json.loads(said)
        status, value = lead(root)
        same(f"status of {where}", result["status"], status)
        if first is not None:
            same(f"answer of {where}", first, value)
        if result["outcomes"] is None or result["status"] == "determined":
            name, only = next(iter(result["values"].items()))
            same(f"{name} of {where}", words(only), value.split(" ")[0])
        # the address of the page is the address of the API
        links = {a.text(): a.get("href") for a in root.all("a")}
        same(f"JSON of {where}", said,
             server.get(links["The answer as JSON"])[2])
        # what is missing is marked at its field, and only that
        marked = {n.get("id")[4:] for n in root.classes("state")
                  if n.has_class("missing") or n.has_class("alone")}
        same(f"needed fields of {where}", set(result["missing"]), marked)
        for fact, typed in facts.items():
            field = root.id("f-" + fact)
            if field.tag == "input" and field.get("type") != "radio":
                same(f"{fact} is kept", typed, field.get("value"))


def reports(server):
    decision, facts, policy, _ = CASES[1]
    where = query(decision, facts, policy, lang="en")
    status, headers, body = server.get(f"/report?{where}&format=html")
    same("status of the report", 200, status)
    check("attachment" in headers["Content-Disposition"], "a file to be saved")
    receipt = next(n for n in Tree(body.decode()).root.all("pre"))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(receipt.text())
        file.flush()
        run = subprocess.run([SHOKAN, "replay", "--rules", SOURCE + "/rules",
                              file.name], capture_output=True, text=True)
    same("replay of the receipt", "1 results: 1 confirmed",
         (run.stdout.strip().splitlines() or [run.stderr])[-1])
    status, headers, body = server.get(f"/report?{where}&format=xlsx")
    same("status of the workbook", 200, status)
    book = zipfile.ZipFile(io.BytesIO(body))
    cells = b"".join(book.read(n) for n in book.namelist() if "sheet" in n)
    check(b"<v>1.5</v>" in cells, "the coefficient in the workbook")
    same("format", 400, server.get(f"/report?{where}&format=pdf")[0])


def wrong(server):
    """At its field, as typed, with the rest kept."""
    for language in ("en", "ja"):
        root = page(server, "/ask?" + query(
            "rare_disease_coefficient",
            {"annual_tests": "1,500", "orphan_designated": "maybe",
             "base_points": "1235"}, as_of="2026-13-01", lang=language),
            language)
        field = root.id("f-annual_tests")
        same("typed", "1,500", field.get("value"))
        same("invalid", "true", field.get("aria-invalid"))
        error = root.id("e-f-annual_tests")
        check(error and "1500" in error.text(), "the error says what is right")
        check("e-f-annual_tests" in field.get("aria-describedby"), "described")
        same("the good one", "1235", root.id("f-base_points").get("value"))
        same("errors in the summary", 3,
             len(list(root.id("errors").all("li"))))
        same("day", "2026-13-01", root.id("as_of").get("value"))
        same("no answer", 0, len(root.classes("answer")))
    root = page(server, "/ask?" + query(
        "rare_disease_coefficient", {"annual_test": "1"}, lang="en"), "en")
    check("annual_tests" in root.id("errors").text(), "did you mean")
    # both right, and they do not fit together
    root = page(server, "/ask?" + query(
        "rare_disease_coefficient", revision="r6", as_of="2027-01-01",
        lang="en"), "en")
    same("revision against day", "true", root.id("revision").get("aria-invalid"))
    # facts that contradict each other are told where they stand
    root = page(server, "/ask?" + query(
        "above_price_pattern", {"shares": "A:70\r\nB:40"}, lang="en"), "en")
    same("shares", "true", root.id("f-shares").get("aria-invalid"))
    same("text as typed", "A:70\nB:40", root.id("f-shares").text().strip()
         .replace("\r\n", "\n"))
    for path, status in (("/ask", 400), ("/ask?decision=nothing", 400),
                         ("/ask?decision=coverage_class&x=1", 400)):
        same(path, status, server.get(path)[0])


def form(lang, content, **more):
    """A form with a file."""
    parts = [f'--m\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
             f"{value}\r\n" for name, value in [("lang", lang), *more.items()]]
    parts.append('--m\r\nContent-Disposition: form-data; name="file"; '
                 f'filename="a.csv"\r\n\r\n{content}\r\n--m--\r\n')
    return "".join(parts).encode()


def problems(server):
    """What says why there is no answer is in the language of who asks."""
    kind = "multipart/form-data; boundary=m"
    rows = [  # status, address, what is sent, of what type, what it says
        (404, "/nothing", None, "", "このアドレスには何もありません"),
        (404, "/rules/r1", None, "", "規則のページはありません"),
        (405, "/ask", b"x", "text/plain", "このメソッドを使えません"),
        (400, "/ask", None, "", "質問を一つ示して"),
        (400, "/ask?decision=nothing", None, "", "質問を一つ示して"),
        (400, "/ask?decision=coverage_clas", None, "",
         "coverage_class の誤りではありませんか"),
        (400, "/ask?decision=coverage_class&x=1", None, "", "f.名前"),
        (400, "/ask?decision=%zz", None, "", "十六進数字"),
        (400, "/ask?decision=%00", None, "", "NUL バイト"),
        (400, "/ask?decision=%ff", None, "", "UTF-8"),
        (413, "/ask?decision=" + "a" * 17000, None, "",
         "16384 バイトより長く"),
        (413, "/ask?f.name=" + "&a=1" * 600, None, "", "512 個を超え"),
        (400, "/report?decision=coverage_class&format=pdf", None, "",
         "html か xlsx"),
        (400, "/upload", b"x", kind, "フォームが壊れています: 境界で"),
        (413, "/upload", b"x" * (9 << 20), kind, "8388608 バイトより大きく"),
    ]
    for status, path, content, of, says in rows:
        for language in ("ja", "en"):
            where = f"{path}{'&' if '?' in path else '?'}lang={language}"
            # a body that is too large is not read, nor a broken address
            reply = (server.get(where, language) if content is None else
                     server.post(where, content, of, language))
            text = reply[2].decode()
            root = Tree(text).root
            what = f"{language} {where[:60]}"
            same(f"status {what}", status, reply[0])
            same(f"faults {what}", [], faults(text, language))
            check(f"({status})" in next(root.all("title")).text(), what)
            said = next(root.all("main")).text()
            if language == "ja":
                same(f"English {what}", [], english(root))
                check(says in said, what, says, said)
            else:
                check(said.isascii(), what, said)
    status, _, body = server.get("/?lang=xx", "ja")
    check("lang は en か ja" in body.decode(), "a language that is none")


def rows_to_correct(server):
    """A Japanese page says in Japanese what kind of fault it is."""
    table = ("id,orphan_designated,annual_tests\nA,true,150\nB,true,8oo\n"
             "B,maybe,1\nC,true\n")
    bad = [("", table, "値又は書き方を読み取れません"),
           ("", "id,nothing_such\nA,1\n", "その名前の項目はありません"),
           ("", "", "値又は書き方を読み取れません"),
           ("points", table, "1 行目が 名前=値 の形")]
    for policy, content, says in bad:
        text = server.post("/upload", form("ja", content, policy=policy),
                           "multipart/form-data; boundary=m")[2].decode()
        root = Tree(text).root
        same(f"English of {content!r}", [], english(root))
        same(f"faults of {content!r}", [], faults(text, "ja"))
        check(says in root.text(), content, says,
              [n.text() for n in root.classes("wrong")],
              [n.text() for n in root.classes("errors")])


def other_pages(server):
    """The pages that ask nothing."""
    names = decisions()
    paths = ["/upload", "/compare", "/rules/", "/rules/sources"]
    paths += [f"/rules/{revision}/{name}" for revision in ("r6", "r8")
              for name in names[::8 if quick else 2]]
    for path in paths:
        page(server, path + "?lang=ja", "ja")
    if not quick:
        page(server, "/compare/law?before=r6&after=r8&lang=ja"
             "&decision=rare_disease_coefficient", "ja")


# of a message that a page can show, every text that it is made of
SAID = re.compile(r'diag_set\(\s*(?:parts->)?&?\w+(?:->diag)?,\s*SHK_E_\w+,'
                  r'\s*((?:"(?:[^"\\]|\\.)*"\s*)+)|'
                  r'multipart_bad\(\s*&?\w+,\s*((?:"[^"]*"\s*)+)')


def words_of(name):
    with open(f"{SOURCE}/calc/serve/{name}.c", encoding="utf-8") as file:
        text = file.read()
    for found in SAID.finditer(text):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found[0]))


def table_of_messages():
    """None was added without its Japanese."""
    with open(f"{SOURCE}/calc/serve/japanese.c", encoding="utf-8") as file:
        known = re.sub(r'"\s*\n\s*"', "", file.read())
    count = 0
    for name in ("request", "decode", "multipart", "route", "given", "rules",
                 "page_ask", "page_report", "page_inputs", "upload",
                 "upload_again", "upload_form", "upload_take", "compare",
                 "compare_run", "compare_law", "compare_change"):
        for said in set(words_of(name)) - {"%s"}:  # a message of the library
            count += 1
            check(f'{{ "{said}",' in known, f"the Japanese of {said!r}")
    check(count > 30, "messages of the server", count)


def given_and_missing(server):
    """A fact that is there and leaves the answer open is not asked for again."""
    rows = [("coefficient_review", "actual_tests", True,  # vector CV06
             {"orphan_designated": "true", "indication_aid": "false",
              "actual_tests": "100", "annual_tests": "300",
              "current_points": "1400", "base_points": "1000"}),
            ("coefficient_review", "annual_tests", False,
             {"orphan_designated": "true", "indication_aid": "false",
              "actual_tests": "100", "current_points": "1400",
              "base_points": "1000"}),
            ("unprofitable_recalculation", "shares", True,
             {"shares": "A:60|B:30"})]
    for decision, name, known, facts in rows:
        root = page(server, "/ask?" + query(
            decision, facts, revision="r8", lang="en"), "en")
        said = [n.text() for todo in root.classes("todo")
                for n in todo.all("li") if f"({name})" in n.text()]
        check(said and all(("is given" in s) == known for s in said), decision,
              name, said)
        check(not known or "decides alone" not in "".join(said), said)


def hostile(server):
    """No text of a request becomes markup."""
    bad = "\"><script>alert(1)</script>&#x27;"
    for pairs in ({"f.annual_tests": bad}, {"f.shares": bad + ":60"},
                  {"p.points_rounding": bad}, {"f." + bad: "1"},
                  {"as_of": bad}, {"revision": bad}, {"f.name": bad}):
        where = query("rare_disease_coefficient", lang="en", **pairs)
        root = page(server, "/ask?" + where, "en")
        same(f"scripts of {where}", 1, len(list(root.all("script"))))
    text = server.get("/ask?decision=" + "%3Cb%3E")[2].decode()
    check("<b>" not in text, "the name of a question")


table_of_messages()
with Server() as running:
    every_page(running)
    answers(running)
    reports(running)
    wrong(running)
    problems(running)
    given_and_missing(running)
    rows_to_correct(running)
    other_pages(running)
    hostile(running)
finish("pages")
