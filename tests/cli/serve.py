"""`shokan serve`: the answers of the API are those of the command; who may
ask; what is refused; how it ends. Every check says what it looked at."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from server import ROOT, SHOKAN, Server

SOURCE = os.environ["SOURCE"]
FIXTURES = SOURCE + "/fixtures/products/"
passed = failed = 0


def check(good, words):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAIL", words)


def command(*words):
    return subprocess.run([SHOKAN, *words], capture_output=True,
                          stdin=subprocess.DEVNULL, cwd=SOURCE)


def refuses(status, words, *options):
    run = command("serve", *options)
    said = run.stderr.decode()
    check(run.returncode == status and words in said,
          f"serve {' '.join(options)}: {run.returncode}, {said}")


def starts():
    """What is refused before anything listens."""
    if ROOT:
        refuses(2, "does not run as root")
    refuses(2, "from 0 to 65535", "--port", "70000", *ROOT)
    refuses(2, "from 1 to 256", "--threads", "0", *ROOT)
    refuses(2, "from 1 to 256", "--threads", "257", *ROOT)
    refuses(2, "numeric address", "--threads", "256", "--listen", "here",
            *ROOT)
    refuses(2, "takes no FILE", *ROOT, "records.csv")
    refuses(2, "needs a token", "--listen", "0.0.0.0", *ROOT)
    refuses(2, "needs a token", "--listen", "::", *ROOT)
    refuses(2, "no numeric address", "--listen", "localhost", *ROOT)
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/token"
        with open(path, "w") as file:
            file.write("x" * 31 + "\n")
        os.chmod(path, 0o640)
        refuses(2, "others can read", "--token-file", path, *ROOT)
        os.chmod(path, 0o600)
        refuses(2, "it must have 32", "--token-file", path, *ROOT)
        with open(path, "w") as file:
            file.write("x" * 31 + "é\n")
        refuses(2, "not visible ASCII", "--token-file", path, *ROOT)
        with open(path, "w") as file:
            file.write("x" * 32 + "\n")
        refuses(2, "by which name", "--listen", "0.0.0.0", "--token-file",
                path, "--port", "0", *ROOT)
        refuses(5, "cannot be read", "--token-file", folder + "/none", *ROOT)


def problem(answer, status, code, field, words, said):
    """An error of the API: its form, and what it says."""
    got, headers, data = answer
    try:
        it = json.loads(data)
    except ValueError:
        it = {}
    check(got == status and it.get("code") == code and
          it.get("field") == field and words in it.get("message", "") and
          headers["Content-Type"] == "application/json",
          f"{said}: {got} {data[:300]}")
    return it


def same_answers(server):
    """Byte for byte what the command prints."""
    record = "rare-disease.csv"
    questions = [
        ("price?revision=r8", ["price", "--revision", "r8"]),
        ("price?revision=r6&steps=1", ["price", "--revision", "r6", "--steps"]),
        ("price?as_of=2025-01-01", ["price", "--as-of", "2025-01-01"]),
        ("price?p.points_rounding=floor",
         ["price", "--set", "points_rounding=floor"]),
        ("price?f.annual_tests=700", ["price", "--set", "annual_tests=700"]),
        ("price?min_evidence=E1", ["price", "--min-evidence", "E1"]),
        ("price?rounding=1", ["price", "--rounding"]),
        ("explain?id=EX-RD1", ["explain", "--id", "EX-RD1"]),
        ("edges?id=EX-RD1", ["edges", "--id", "EX-RD1"]),
        ("edges?id=EX-RD1&of=points&fact=annual_tests&lang=ja",
         ["edges", "--id", "EX-RD1", "--of", "points", "--fact",
          "annual_tests", "--lang", "ja"]),
        ("ask?id=EX-RD4", ["ask", "--id", "EX-RD4"]),
        ("solve?id=EX-RD1&for=annual_tests&so_that=points%3E%3D1300"
         "&within=..900", ["solve", "--id", "EX-RD1", "--for", "annual_tests",
                           "--so-that", "points>=1300", "--within", "..900"]),
        ("sweep?id=EX-RD1&vary=annual_tests%3D1..900/100",
         ["sweep", "--id", "EX-RD1", "--vary", "annual_tests=1..900/100"]),
    ]
    with open(FIXTURES + record, "rb") as file:
        body = file.read()
    for path, words in questions:
        got = server.ask("/api/v1/" + path, body, type="text/csv")
        want = command(*words, "--format", "json", FIXTURES + record).stdout
        check(got[0] == 200 and got[2] == want and want,
              f"{path}: {got[0]} {got[2][:200]}")
    got = server.ask("/api/v1/diff?before=r6&after=r8"
                     "&decision=rare_disease_coefficient")
    want = command("diff", "r6", "r8", "--decision",
                   "rare_disease_coefficient", "--format", "json").stdout
    check(got[2] == want, f"diff: {got[2][:200]}")


def same_formats(server):
    """The same record in every form that the command reads, and as names."""
    kinds = {"csv": "text/csv", "json": "application/json",
             "jsonl": "application/x-ndjson", "xml": "application/xml",
             "xlsx": "application/vnd.openxmlformats-officedocument."
                     "spreadsheetml.sheet"}
    for ending, kind in kinds.items():
        path = FIXTURES + "same-record." + ending
        want = command("price", "--revision", "r8", "--format", "json",
                       path).stdout
        with open(path, "rb") as file:
            body = file.read()
        got = server.ask("/api/v1/price?revision=r8", body, type=kind)
        check(got[2] == want and want, f"body {ending}: {got[2][:200]}")
        got = server.ask("/api/v1/price?revision=r8", body,
                         type="application/octet-stream")
        check(got[2] == want, f"body {ending}, untold: {got[2][:200]}")
        # the name of an upload is text: it is not opened, whatever it is
        for name in ("same." + ending, "/etc/passwd"):
            form = (b"--B\r\nContent-Disposition: form-data; name=\"revision\""
                    b"\r\n\r\nr8\r\n--B\r\nContent-Disposition: form-data; "
                    b"name=\"records\"; filename=\"" + name.encode() +
                    b"\"\r\n\r\n" + body + b"\r\n--B--\r\n")
            got = server.ask("/api/v1/price", form,
                             type="multipart/form-data; boundary=B")
            check(got[2] == want, f"file {name} {ending}: {got[2][:200]}")
    with open(FIXTURES + "rare-disease.csv") as file:
        names, values = file.readline(), file.readline()
    pairs = [("f." + name, value) for name, value in
             zip(names.strip().split(","), values.strip().split(","))]
    want = command("price", "--revision", "r8", "--format", "json",
                   FIXTURES + "rare-disease.csv").stdout.splitlines(True)[0]
    query = urllib.parse.urlencode(pairs)
    got = server.ask("/api/v1/price?revision=r8&" + query)
    check(got[2] == want, f"names: {got[2][:200]}")
    got = server.ask("/api/v1/price", "revision=r8&" + query,
                     type="application/x-www-form-urlencoded")
    check(got[2] == want, f"names of a form: {got[2][:200]}")


def wrong_questions(server):
    rows = [
        ("price?f.anual_tests=1", 400, "input", "anual_tests", "annual_tests"),
        ("price?f.annual_tests=8oo", 400, "input", "annual_tests", "8oo"),
        ("price?f.annual_tests=1&f.annual_tests=2", 400, "input",
         "annual_tests", "twice"),
        ("price?revison=r8&f.annual_tests=1", 400, "usage", "revison",
         "did you mean revision"),
        ("price?revision=r9&f.annual_tests=1", 400, "usage", None, "r9"),
        ("price?revision=r8&revision=r6", 400, "usage", "revision", "twice"),
        ("price?decision=rare_disease", 400, "usage", None, "rare_disease"),
        ("price?p.points_rounding=x&f.annual_tests=1", 400, "usage",
         "points_rounding", "half_up"),
        ("price?p.point_rounding=floor&f.annual_tests=1", 400, "usage",
         "point_rounding", "points_rounding"),
        ("price?steps=2&f.annual_tests=1", 400, "usage", "steps", "1 or 0"),
        ("price?lang=fr&f.annual_tests=1", 400, "usage", "lang", "en or ja"),
        ("price", 400, "usage", None, "nothing is asked"),
        ("price?f.annual_tests=%", 400, "usage", "f.annual_tests", "%"),
        ("price?f.annual_tests=%zz", 400, "usage", "f.annual_tests", "%"),
        ("price?f.name=%00", 400, "usage", "f.name", "NUL"),
        ("price?f.name=%ff", 400, "usage", "f.name", "UTF-8"),
        ("price?" + "&".join(f"f.x_{i}=1" for i in range(513)), 413, "limit",
         "f.x_512", "more than 512"),
        ("price?" + "n" * 129 + "=1", 413, "limit", "n" * 63, "128 bytes"),
        ("price?f.name=" + "n" * 16384, 413, "limit", None, "16384"),
        ("edges?f.x_a=1", 400, "usage", "decision", "say which one"),
        ("edges?decision=points_sum,samd_billing", 400, "usage", "decision",
         "one decision"),
        ("edges?f.annual_tests=1&fact=nothing", 400, "usage", None, "nothing"),
        ("solve?f.annual_tests=1", 400, "usage", "for", "missing"),
        ("solve?f.annual_tests=1&for=annual_tests", 400, "usage", "so_that",
         "missing"),
        ("solve?f.annual_tests=1&for=annual_tests&so_that=coefficient%3E1"
         "&within=7", 400, "usage", "within", "FROM..TO"),
        ("sweep?f.annual_tests=1", 400, "usage", "vary", "missing"),
        ("sweep?f.annual_tests=1&vary=annual_tests=1..99999", 413, "limit",
         None, "20000"),
        ("diff?before=r6", 400, "usage", "after", "missing"),
        ("diff?before=r6&after=r6", 400, "usage", None, "itself"),
        ("nothing", 404, "not_found", None, "nothing at this address"),
        ("schemas/../price", 404, "not_found", None, "no schema"),
    ]
    for path, *want in rows:
        problem(server.ask("/api/v1/" + path), *want, path[:60])
    two = b"id,annual_tests\nA,1\nB,2\n"
    problem(server.ask("/api/v1/edges", two, type="text/csv"), 400, "usage",
            None, "more than one record", "two records")
    problem(server.ask("/api/v1/edges?id=C", two, type="text/csv"), 400,
            "input", None, "no record has that id", "no such record")
    problem(server.ask("/api/v1/price?f.annual_tests=x", two, type="text/csv"),
            400, "usage", "annual_tests", "x", "a fact set in records")
    it = problem(server.ask("/api/v1/price", b"id,nothing\nA,1\n",
                            type="text/csv"), 400, "input", "nothing",
                 "no field", "a wrong column")
    check(it.get("row") == 1 and it.get("column") == 2, f"its place: {it}")
    many = b"id\n" + b"".join(b"A%d\n" % i for i in range(10001))
    one = "/api/v1/price?decision=points_sum"
    problem(server.ask("/api/v1/price", many, type="text/csv"), 413, "limit",
            None, "the answer is larger", "too large an answer")
    problem(server.ask(one, many, type="text/csv"), 413, "limit",
            None, "10000 records", "too many records")
    got = server.ask(one, many[:-7], type="text/csv")
    check(got[0] == 200 and got[2].count(b"\n") == 10000,
          f"so many as there may be: {got[0]}")
    # a wrong record among others is a result, as with the command
    bad = b"id,annual_tests\nA,1\nB,8oo\nC,2\n"
    lines = server.ask("/api/v1/price", bad, type="text/csv")[2].splitlines()
    check([json.loads(line)["status"] for line in lines] ==
          ["undetermined", "error", "undetermined"], f"a bad row: {lines}")


POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src "
          "'self' data:; connect-src 'self'; form-action 'self'; base-uri "
          "'none'; frame-ancestors 'none'")


def headers(server):
    """On every answer, good or bad."""
    for path in ("/", "/page.css", "/api/v1/price?f.annual_tests=1",
                 "/api/v1/price?x=1", "/nothing", "/api/v1/openapi.json"):
        status, got, _ = server.ask(path)
        for name, value in {
                "Content-Security-Policy": POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin"}.items():
            check(got[name] == value, f"{path}: {name}: {got[name]}")
        kept = path in ("/page.css", "/api/v1/openapi.json")
        check((got["Cache-Control"] == "no-store") != kept,
              f"{path}: {got['Cache-Control']}")
        check(not [name for name in got if name.lower().startswith(
            "access-control")], f"{path}: allows other origins")
        check("Set-Cookie" not in got, f"{path}: a cookie")
    got = server.ask("/api/v1/price?f.annual_tests=1", method="HEAD")
    check(got[0] == 200 and got[2] == b"", "HEAD")
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"):
        problem(server.ask("/api/v1/price", method=method), 405, "method",
                None, "method", method)
    got = server.ask("/api/v1/diff", b"x", type="text/csv")
    check(got[0] == 405 and got[1]["Allow"] == "GET, HEAD", f"Allow: {got}")


def hosts(server):
    """A name that was pointed at this machine gets nothing."""
    port = server.port
    path = "/api/v1/price?f.annual_tests=1"
    for host in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
        got = server.ask(path, Host=f"{host}:{port}")
        check(got[0] == 200, f"Host {host}: {got[0]}")
    for host in ("localhost", f"localhost:{port + 1}", f"evil.example:{port}",
                 "evil.example", f"localhost.evil.example:{port}",
                 f"localhost:{port}.evil.example", f"127.0.0.2:{port}",
                 f"0.0.0.0:{port}", f"::1:{port}", f"127.0.0.1:{port} x", ""):
        problem(server.ask(path, Host=host), 403, "forbidden", None, "Host",
                f"Host {host}")
    line = f"GET {path} HTTP/1.1\r\n".encode()
    name = f"Host: localhost:{port}\r\n".encode()
    for head in (b"", b"Host: evil.example\r\n" + name,
                 name + b"Host: evil.example\r\n"):
        got = server.raw(line + head + b"Connection: close\r\n\r\n")
        check(got.startswith(b"HTTP/1.1 400") or
              got.startswith(b"HTTP/1.1 403"), f"{head}: {got[:100]}")
    got = server.raw(b"GET " + path.encode() + b" HTTP/1.0\r\n\r\n")
    check(b" 403 " in got[:20] or b" 400 " in got[:20],
          f"no Host: {got[:100]}")


def origins(server):
    """What pages of other sites may not do: ask, post, embed."""
    own = f"http://localhost:{server.port}"
    host = {"Host": f"localhost:{server.port}"}
    path = "/api/v1/price?f.annual_tests=1"
    link = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    rows = [
        (200, None, {}),
        (200, None, {"Origin": own}),
        (200, b"id\nA\n", {"Origin": own}),
        (200, b"id\nA\n", {"Origin": own, "Sec_Fetch_Site": "same-origin"}),
        (200, b"id\nA\n", {}),
        (200, None, {"Sec_Fetch_Site": "none"}),
        (200, None, {"Sec_Fetch_Site": "same-origin"}),
        (200, None, {"Sec_Fetch_Site": "cross-site", **link}),
        (403, None, {"Origin": "http://evil.example"}),
        (403, None, {"Origin": "null"}),
        (403, None, {"Origin": f"http://localhost:{server.port + 1}"}),
        (403, None, {"Origin": own + ".evil.example"}),
        (403, None, {"Origin": f"ftp://localhost:{server.port}"}),
        (403, None, {"Origin": f"http://127.0.0.1:{server.port}"}),
        (403, None, {"Sec_Fetch_Site": "cross-site"}),
        (403, None, {"Sec_Fetch_Site": "same-site"}),
        (403, None, {"Sec_Fetch_Site": "cross-site",
                     "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}),
        (403, None, {"Sec_Fetch_Site": "cross-site",
                     "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}),
        (403, b"id\nA\n", {"Origin": "http://evil.example"}),
        (403, b"id\nA\n", {"Origin": "null"}),
        (403, b"id\nA\n", {"Sec_Fetch_Site": "cross-site"}),
        (403, b"id\nA\n", {"Sec_Fetch_Site": "cross-site", **link}),
        (403, b"id\nA\n", {"Sec_Fetch_Site": "same-site", **link}),
    ]
    for status, body, sent in rows:
        got = server.ask(path, body, type="text/csv", **host, **sent)
        check(got[0] == status, f"{body} {sent}: {got[0]}")
        if status == 403:
            check(b"another site" in got[2], f"{sent}: {got[2]}")
    for name in ("Origin", "Sec-Fetch-Site"):
        got = server.raw(
            f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
            f"{name}: {own}\r\n{name}: x\r\nConnection: close\r\n\r\n".encode())
        check(got.startswith(b"HTTP/1.1 400"), f"{name} twice: {got[:60]}")


def limits(server):
    head = (f"POST /api/v1/price HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
            "Content-Type: text/csv\r\n").encode()
    for length in (b"67108865", b"99999999999999999999999", b"-1", b"1x"):
        got = server.raw(head + b"Content-Length: " + length + b"\r\n\r\n")
        check(b" 413 " in got[:20] or b" 400 " in got[:20],
              f"Content-Length {length}: {got[:60]}")
    # without a length: cut when it is too much
    chunk = b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n"
    got = server.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" +
                     chunk * 130 + b"0\r\n\r\n")
    check(b" 413 " in got[:20], f"chunks past the ceiling: {got[:60]}")
    body = b"id,name\n" + b"A," + b"x" * 1000 + b"\n"
    body += b"\n" * (8388608 - len(body))
    got = server.ask("/api/v1/price", body, type="text/csv")
    check(got[0] == 200, f"a body at the ceiling: {got[0]}")
    problem(server.ask("/api/v1/price", body + b"\n", type="text/csv"), 413,
            "limit", None, "8388608", "a body past the ceiling")
    got = server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " +
                     b"x" * 80000 + b"\r\n\r\n")
    check(b" 200 " not in got[:20], f"a large head: {got[:60]}")
    got = server.raw(b"GET /" + b"x" * 80000 + b" HTTP/1.1\r\n\r\n")
    check(b" 200 " not in got[:20], f"a long line: {got[:60]}")
    check(server.ask("/api/v1/price?f.annual_tests=1")[0] == 200,
          "an answer afterwards")
    # 64 MiB of bodies are held at once, and not one more
    body = body[:-1]
    wires = [socket.create_connection((server.host, server.port), 10)
             for _ in range(9)]
    for wire in wires[:8]:
        wire.sendall(head + b"Connection: close\r\nContent-Length: 8388608"
                     b"\r\n\r\n" + body)
    time.sleep(0.5)
    wires[8].sendall(head + b"Connection: close\r\nContent-Length: 20"
                     b"\r\n\r\nid,name\nB,y\n\n\n\n\n\n\n\n\n")
    got = wires[8].recv(65536)
    check(b" 503 " in got[:20] and b"too many bodies at once" in got,
          f"more than is held of bodies: {got[:300]}")
    for wire in wires[:8]:
        wire.sendall(b"\n")
        got = wire.recv(65536)
        check(b" 200 " in got[:20], f"what is held of bodies: {got[:300]}")
        wire.close()
    wires[8].close()
    # so many connections from one address
    wires = []
    for _ in range(80):
        try:
            wire = socket.create_connection((server.host, server.port), 10)
            wire.setblocking(False)
            wires.append(wire)
        except OSError:
            break
    time.sleep(1)
    kept = 0
    for wire in wires:
        try:
            kept += wire.recv(1) != b""
        except ConnectionError:
            pass
        except BlockingIOError:
            kept += 1
    for wire in wires:
        wire.close()
    check(40 <= kept <= 64, f"{kept} connections from one address")
    for _ in range(100):
        try:
            if server.ask("/api/v1/price?f.annual_tests=1")[0] == 200:
                break
        except OSError:
            pass
        time.sleep(0.05)
    check(server.ask("/api/v1/price?f.annual_tests=1")[0] == 200,
          "an answer after many connections")


def described():
    """Each route of the table is described, and nothing else."""
    with open(SOURCE + "/calc/serve/route.c") as file:
        routes = {path.replace("/*", "/{name}"): kind for kind, path in
                  re.findall(r"\{ (\w+), \"(/api/[^\"]*)\"", file.read())}
    with open(SOURCE + "/calc/serve/openapi.json") as file:
        paths = json.load(file)["paths"]
    check(set(routes) == set(paths) and routes,
          f"described and not there, or the reverse: "
          f"{set(routes) ^ set(paths)}")
    for path, kind in routes.items():
        want = {"get", "post"} if kind == "BOTH" else {"get"}
        check(set(paths.get(path, {})) == want, f"{path}: {kind}")


def valid(server):
    """Answers as their schemas have them; every name that a route takes is
    described, and the other way round."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        print("no python3-jsonschema: answers are not validated")
        return
    api = json.loads(server.ask("/api/v1/openapi.json")[2])
    names = {}
    for name in sorted(os.listdir(SOURCE + "/include/shokan/schemas")):
        schema = json.loads(server.ask("/api/v1/schemas/" + name)[2])
        Draft202012Validator.check_schema(schema)
        names["schemas/" + name] = schema
    record = "id,annual_tests,orphan_designated,base_points\nA,150,true,1235\n"
    queries = {"price": "steps=1&rounding=1", "explain": "", "edges": "",
               "ask": "", "solve": "for=annual_tests&so_that=points%3E1",
               "sweep": "vary=annual_tests%3D1,2",
               "diff": "before=r6&after=r8&decision=points_sum"}
    for name, query in queries.items():
        path = "/api/v1/" + name
        method = "get" if name == "diff" else "post"
        answer = api["paths"][path][method]["responses"]
        content = answer["200"]["content"]
        got = server.ask(path + "?" + query,
                         None if name == "diff" else record, type="text/csv")
        kind = got[1]["Content-Type"]
        check(got[0] == 200 and list(content) == [kind],
              f"{name}: {got[0]} {kind} {got[2][:200]}")
        schema = names[content[kind]["schema"]["$ref"]]
        check_against = Draft202012Validator(schema)
        lines = got[2].splitlines() if "ndjson" in kind else [got[2]]
        for line in lines:
            errors = list(check_against.iter_errors(json.loads(line)))
            check(not errors, f"{name}: {errors[:1]}")
            inner = json.loads(line).get("roundings")
            if name != "price":
                continue
            errors = list(Draft202012Validator(
                names["schemas/roundings.schema.json"]).iter_errors(inner))
            check(not errors, f"roundings: {errors[:1]}")
    wrong = Draft202012Validator(names["schemas/problem.schema.json"])
    for path in ("price?x=1", "price?f.annual_tests=x", "nothing"):
        errors = list(wrong.iter_errors(json.loads(
            server.ask("/api/v1/" + path)[2])))
        check(not errors, f"{path}: {errors[:1]}")
    for path, methods in api["paths"].items():
        for method in methods.values():
            for row in method.get("parameters", []):
                row = api["components"]["parameters"][
                    row["$ref"].rsplit("/", 1)[1]] if "$ref" in row else row
                if row["in"] != "query" or row["name"] in ("facts", "policy"):
                    continue
                got = server.ask(f"{path}?{row['name']}=%20x")[2]
                check(b"no such name" not in got,
                      f"{path} is said to take {row['name']}: {got}")


def at_once(server):
    """Eight ask at the same time and get what one gets."""
    paths = [f"/api/v1/price?f.orphan_designated=true&f.base_points=1235"
             f"&f.annual_tests={n}" for n in range(1, 41)]
    want = [server.ask(path)[2] for path in paths]
    wrong = []

    def run():
        for path, answer in zip(paths, want):
            if server.ask(path)[2] != answer:
                wrong.append(path)
    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not wrong, f"asked at once: {wrong[:3]}")


def token():
    """A token opens the server and stands in no address."""
    word = "t0ken-" + "x" * 30
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(word + "\n")
        file.flush()
        os.chmod(file.name, 0o600)
        server = Server("--listen", "127.0.0.1", "--token-file", file.name,
                        "--host", "price.example,other.example:1")
    path = "/api/v1/price?f.annual_tests=1"
    for sent in (None, word, "Bearer " + word[:-1], "Bearer " + word + "x",
                 "Bearer", "Bearer ", "Basic " + word,
                 "Bearer " + word[:-1] + "y"):
        more = {} if sent is None else {"Authorization": sent}
        got = server.ask(path, **more)
        problem(got, 401, "unauthorized", None, "token", f"{sent}")
        check(got[1]["WWW-Authenticate"] == 'Bearer realm="shokan"',
              f"{sent}: {got[1]['WWW-Authenticate']}")
    for place in ("&token=", "&access_token="):
        check(server.ask(path + place + word)[0] == 401, "in the address")
    own = {"Authorization": "Bearer " + word}
    check(server.ask(path, **own)[0] == 200, "the token")
    check(server.ask("/page.css")[0] == 401, "a style sheet without it")
    for host, status in (("price.example", 200),
                         (f"price.example:{server.port}", 200),
                         ("other.example:1", 200),
                         (f"other.example:{server.port}", 403),
                         ("evil.example", 403)):
        got = server.ask(path, Host=host, **own)
        check(got[0] == status, f"Host {host}: {got[0]}")
    got = server.ask(path, Host="price.example", **own,
                     Origin="https://price.example")
    check(got[0] == 200, f"behind TLS: {got[0]}")
    run = command("serve", "--port", str(server.port), *ROOT)
    check(run.returncode == 5 and b"in use" in run.stderr,
          f"a port that is taken: {run.returncode} {run.stderr}")
    status, said = server.stop(signal.SIGINT)
    check(status == 0 and said == "", f"SIGINT: {status} {said}")


def ends(server):
    """SIGTERM: what is open is finished, nothing new is taken."""
    got = []
    sent = threading.Event()

    def run():
        connection = server.connect()
        connection.request("GET", "/api/v1/sweep?f.orphan_designated=true"
                           "&f.base_points=1235&vary=annual_tests%3D1..20000")
        sent.set()
        got.append(connection.getresponse().read())
        connection.close()
    thread = threading.Thread(target=run)
    thread.start()
    sent.wait()
    time.sleep(0.1)
    status, said = server.stop()
    thread.join()
    check(status == 0 and said == "", f"SIGTERM: {status} {said}")
    try:
        points = len(json.loads(got[0])["points"])
    except (IndexError, ValueError, KeyError):
        points = 0
    check(points == 20000, f"the open request: {points} points")
    try:
        socket.create_connection((server.host, server.port), 5).close()
        check(False, "it still listens")
    except OSError:
        check(True, "")


starts()
described()
server = Server("--threads", "2")
for look in (same_answers, same_formats, wrong_questions, headers, hosts,
             origins, valid, at_once, limits, ends):
    begun = time.monotonic()
    look(server)
    if os.environ.get("SERVE_TIMES"):
        print(f"{look.__name__}: {time.monotonic() - begun:.1f} s")
token()
print(f"serve: {passed} passed, {failed} failed")
sys.exit(failed > 0)
