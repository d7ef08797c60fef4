"""The same record gives the same values on the command line, in the API, on the
page, in the files of an upload, in the HTML report and in the workbook: status,
value and what is missing, for every decision, both revisions, all statuses."""
import csv
import io
import json
import re
import subprocess
import sys
import tempfile

from lib import SOURCE, Tree, check, query, same

POLICY = {"points_rounding": "floor"}


def examples():
    """Of each decision the first vector of each status, in the revision that
    the one before did not have: decision, revision, facts."""
    found = {}
    for name in ("vectors", "law"):
        with open(f"{SOURCE}/fixtures/vectors/{name}.csv",
                  encoding="utf-8") as file:
            for row in csv.DictReader(file):
                key = row["decision"], row["status"]
                other = found.get(key)
                if not other or (other["revision"] == "r8" and
                                 row["revision"] == "r6" and len(found) % 2):
                    found[key] = row
    for row in found.values():
        facts = dict(pair.split("=", 1) for pair in row["inputs"].split(";")
                     if "=" in pair)
        yield row["decision"], row["revision"].split("|")[-1], facts


def table(records):
    """One file of all of them; what a record does not have is empty."""
    names = sorted({name for _, _, facts in records for name in facts})
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["id"] + names)
    for at, (_, _, facts) in enumerate(records):
        rows.writerow([f"V{at}"] + [facts.get(name, "") for name in names])
    return out.getvalue().encode()


class Number(str):
    """A number of JSON as it was written."""


def results(text):
    return [json.loads(line, parse_float=Number, parse_int=Number)
            for line in text.splitlines()]


def cell(value):
    """A value of JSON as CSV has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "{" + "|".join(cell(at) for at in value) + "}"
    return str(value)


def words(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value)


def lead(result):
    """The first value, when it is a plain one."""
    value = next(iter(result["values"].values()), None)
    plain = result["status"] == "determined" and not isinstance(
        value, (list, dict))
    return value if plain else None


def named(text):
    """`label (name): ...`, or the name alone."""
    return (re.findall(r"\(([a-z_\d.]+)\)", text) or
            re.findall(r"^[\w.]+", text))[0]


def of_csv(revision, wanted, body):
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    same(f"rows of CSV in {revision}", len(wanted), len(rows))
    for result, row in zip(wanted, rows):
        what = f"CSV {result['id']} {result['decision']} {revision}"
        same(f"{what} status", result["status"], row["status"])
        same(f"{what} missing", "|".join(result["missing"]), row["missing"])
        if lead(result) is not None:
            same(f"{what} value", cell(lead(result)),
                 re.sub(r"\\([\\|;:{}])", r"\1", row["value"]))


def of_answer(what, result, answer, names):
    """An answer of a page, and the names of what is missing."""
    same(f"{what} status", result["status"], answer.get("class").split()[1])
    same(f"{what} missing", sorted(result["missing"]), sorted(names))
    if lead(result) is not None:
        said = answer.classes("lead")[0].text()
        value = words(lead(result))
        check(said == value or said.startswith(value + " "), what, value, said)


def of_html(revision, wanted, body):
    root = Tree(body.decode()).root
    articles = [n for n in root.all("article")]
    same(f"articles in {revision}", len(wanted), len(articles))
    for result, article in zip(wanted, articles):
        todo = [n for n in article.classes("todo")]
        names = [named(li.text()) for n in todo for li in n.all("li")]
        of_answer(f"report {result['id']} {result['decision']} {revision}",
                  result, article.classes("answer")[0],
                  names)


def of_table(revision, wanted, body):
    root = Tree(body.decode()).root
    bodies = list(root.all("tbody"))
    rows = [[n.text().strip() for n in row.all("td", "th")] +
            [row.get("class")] for row in bodies[-1].all("tr")]
    same(f"rows of the table in {revision}", len(wanted), len(rows))
    for result, row in zip(wanted, rows):
        what = f"table {result['id']} {result['decision']} {revision}"
        same(f"{what} status", result["status"], row[-1])
        same(f"{what} missing", sorted(result["missing"]),
             sorted(re.findall(r"\(([a-z_\d.]+)\)(?:, |$)", row[5])))
        if lead(result) is not None:
            value = words(lead(result))
            check(row[4] == value or row[4].startswith(value + " "), what,
                  value, row[4])


def of_book(revision, said, body):
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/book.xlsx", "wb") as file:
            file.write(body)
        with open(folder + "/results.jsonl", "wb") as file:
            file.write(said)
        run = subprocess.run(
            [sys.executable, SOURCE + "/tests/cli/xlsx.py",
             folder + "/book.xlsx", folder + "/results.jsonl"],
            capture_output=True, text=True, check=False)
    check(run.returncode == 0, f"workbook in {revision}", run.stdout[-400:],
          run.stderr[-400:])


def of_page(server, result, facts, revision):
    decision = result["decision"]
    where = query(decision, facts, POLICY, revision=revision, lang="en")
    status, _, body = server.get("/ask?" + where)
    what = f"page of {decision} in {revision}"
    same(f"{what} answers", 200, status)
    root = Tree(body.decode()).root
    if result["status"] == "error":
        check(root.id("errors") is not None or
              any(n.has_class("error") for n in root.classes("answer")),
              what, "no error")
        return
    answers = root.classes("answer")
    if not check(len(answers) == 1, what, "one answer", where):
        return
    marked = {n.get("id")[4:] for n in root.classes("state")
              if n.has_class("missing") or n.has_class("alone")}
    # what is given and still leaves the answer open may be marked as used
    given = [n for n in result["missing"] if n in facts and n not in marked]
    of_answer(what, result, answers[0], sorted(marked) + given)


def everywhere(server, send, by_command):
    records = list(examples())
    content = table(records)
    seen, met = set(), set()
    for revision in ("r6", "r8"):
        policy = [f"{name}={value}" for name, value in POLICY.items()]
        said = by_command(["price", "--format", "json", "--revision", revision,
                           "--set", *policy], "records.csv", content)
        wanted = results(said)
        met |= {result["status"] for result in wanted}
        seen |= {result["decision"] for result in wanted}
        form = [("lang", "en"), ("revision", revision),
                ("policy", "\n".join(policy))]
        api = "/api/v1/price?revision=" + revision + "".join(
            f"&p.{at}" for at in policy)
        check(said == server.post(api, content, "text/csv")[2],
              f"the API in {revision} is not the command")
        files = {name: send(server, "/upload", form + [("format", name)],
                            content)[2]
                 for name in ("csv", "json", "html", "xlsx", "table")}
        check(said == files["json"], f"JSON of the upload in {revision}")
        of_csv(revision, wanted, files["csv"])
        of_html(revision, wanted, files["html"])
        of_table(revision, wanted, files["table"])
        of_book(revision, said, files["xlsx"])
        for at, (decision, own, facts) in enumerate(records):
            if own != revision:
                continue
            one = by_command(
                ["price", "--format", "json", "--revision", revision,
                 "--decision", decision, "--set", *policy], "one.csv",
                table([(decision, own, facts)]))
            met |= {results(one)[0]["status"]}
            seen.add(decision)
            of_page(server, results(one)[0], facts, revision)
    print(f"everywhere: {len(records)} records, {len(seen)} decisions, "
          f"statuses {' '.join(sorted(met))}")
    check(len(records) >= 30, "records", len(records))
    same("statuses", {"determined", "undetermined", "not_applicable",
                      "conflict", "error"}, met)
