"""Shared by the scripts of this folder: the server, the command's own answer,
and what can be checked of a page without a browser."""
import html.parser
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

SHOKAN = os.environ["SHOKAN"]
SOURCE = os.environ["SOURCE"]
failures = []
count = 0


def check(good, *what):
    """Counts; says what is wrong."""
    global count
    count += 1
    if not good:
        failures.append(what)
        print("FAIL", *what, flush=True)
    return good


def same(what, wanted, got):
    return check(wanted == got, f"{what}: expected {wanted!r}, got {got!r}")


def finish(name):
    print(f"{name}: {count - len(failures)} passed, {len(failures)} failed")
    raise SystemExit(1 if failures or not count else 0)


class Server:
    """`shokan serve` on a free port, ended with the block."""

    def __enter__(self):
        arguments = [SHOKAN, "serve", "--port", "0", "--lang", "en",
                     "--rules", SOURCE + "/rules"]
        if os.getuid() == 0:
            arguments.append("--allow-root")
        # what it says goes into files: a pipe that nobody reads would fill
        self.out = tempfile.NamedTemporaryFile("w+")
        self.errors = tempfile.NamedTemporaryFile("w+")
        self.process = subprocess.Popen(
            arguments, stdout=self.out, stderr=self.errors)
        until = time.monotonic() + 60
        self.base = ""
        while not self.base and time.monotonic() < until:
            for name in (self.out.name, self.errors.name):
                said = open(name, encoding="utf-8").read()
                if "http://" in said:
                    self.base = said[said.index("http://"):].split()[0]
                    self.base = self.base.rstrip("/")
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        if not self.base:
            raise SystemExit("no server: " + open(self.errors.name).read())
        return self

    def __exit__(self, *_):
        self.process.terminate()
        status = self.process.wait(60)
        same("status of the server", 0, status)

    def get(self, path, language="en"):
        """Status, headers, text."""
        request = urllib.request.Request(
            self.base + path, headers={"Accept-Language": language})
        try:
            with urllib.request.urlopen(request, timeout=120) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def post(self, path, content, kind, language="en"):
        """The same for a body."""
        request = urllib.request.Request(self.base + path, content, {
            "Content-Type": kind, "Accept-Language": language})
        try:
            with urllib.request.urlopen(request, timeout=120) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


def query(decision, facts=None, policy=None, **more):
    """The address of the form of a question with these inputs."""
    pairs = [("decision", decision)]
    pairs += [("f." + name, value) for name, value in (facts or {}).items()]
    pairs += [("p." + name, value) for name, value in (policy or {}).items()]
    pairs += list(more.items())
    return urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote)


def command(decision, facts=None, policy=None, revision=None):
    """What `shokan price --format json` says of the same record."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as f:
        names = ["id"] + list(facts or {})
        cells = ["query"] + list((facts or {}).values())
        f.write(",".join(names) + "\n")
        f.write(",".join('"' + c.replace('"', '""') + '"' for c in cells))
        f.write("\n")
        f.flush()
        arguments = [SHOKAN, "price", "--rules", SOURCE + "/rules",
                     "--format", "json", "--decision", decision, f.name]
        if revision:
            arguments += ["--revision", revision]
        for name, value in (policy or {}).items():
            arguments += ["--set", f"{name}={value}"]
        run = subprocess.run(arguments, capture_output=True, check=True)
        return run.stdout


def price(*arguments, **more):
    return json.loads(command(*arguments, **more))


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.parent = tag, parent
        self.attributes = {k: v or "" for k, v in attributes}
        self.parts = []

    def get(self, name, other=""):
        return self.attributes.get(name, other)

    def text(self):
        return "".join(p if isinstance(p, str) else p.text()
                       for p in self.parts)

    def all(self, *tags):
        for part in self.parts:
            if isinstance(part, Node):
                if not tags or part.tag in tags:
                    yield part
                yield from part.all(*tags)

    def up(self, *tags):
        node = self.parent
        while node and node.tag not in tags:
            node = node.parent
        return node

    def has_class(self, name):
        return name in self.get("class").split()

    def classes(self, name):
        return [n for n in self.all() if n.has_class(name)]

    def id(self, name):
        return next((n for n in self.all() if n.get("id") == name), None)


class Tree(html.parser.HTMLParser):
    """A page as nodes; tags that do not match are faults."""

    def __init__(self, text):
        super().__init__()
        self.root = self.at = Node("", [], None)
        self.faults = []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.faults.append(f"<{self.at.tag}> is not closed")

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        node = Node(tag, attributes, self.at)
        self.at.parts.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attributes):
        self.at.parts.append(Node(tag, attributes, self.at))

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
        self.at = self.at.parent or self.root

    def handle_data(self, data):
        self.at.parts.append(data)


def _labels(root):
    named = {n.get("for") for n in root.all("label")}
    for node in root.all("input", "select", "textarea"):
        if node.get("type") == "hidden":
            continue
        if not (node.get("id") in named or node.up("label") or
                node.get("aria-label")):
            yield f"<{node.tag} name={node.get('name')}> has no label"
    for node in root.all("fieldset"):
        if not any(p.tag == "legend" and p.text().strip()
                   for p in node.parts if isinstance(p, Node)):
            yield "a fieldset has no legend"
    for node in root.all("a", "button", "summary", "option", "th", "legend",
                         "label", "h1", "h2", "h3", "title"):
        if not (node.text().strip() or node.get("aria-label")):
            yield f"<{node.tag} {node.attributes}> has no text"
    for node in root.all("img"):
        if "alt" not in node.attributes:
            yield "an image has no alternative"
    for node in root.all("svg"):
        if node.get("role") not in ("img", "group") or not (list(node.all("title")) or
                node.get("aria-label") or node.get("aria-labelledby")):
            yield "a drawing has no title"
    for node in root.all("th"):
        if node.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            yield "a head of a table has no scope"


def _outline(root):
    levels = [int(n.tag[1]) for n in root.all("h1", "h2", "h3", "h4", "h5")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for before, after in zip([0] + levels, levels):
        if after > before + 1:
            yield f"a heading of level {after} behind one of level {before}"
    if len(list(root.all("main"))) != 1:
        yield "not one <main>"
    for node in root.all("li"):
        if node.parent.tag not in ("ul", "ol"):
            yield "<li> outside of a list"
    for node in root.all("dt", "dd"):
        if node.parent.tag != "dl":
            yield f"<{node.tag}> outside of <dl>"
    navs = [n.get("aria-label") for n in root.all("nav")]
    if len(set(navs)) != len(navs) or "" in navs:
        yield "navigations without names of their own"


def _references(root):
    ids = [n.get("id") for n in root.all() if "id" in n.attributes]
    for name in sorted({i for i in ids if ids.count(i) > 1 or not i}):
        yield f"id {name!r} is there {ids.count(name)} times"
    for node in root.all():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            for name in node.get(attribute).split():
                if name not in ids:
                    yield f"{attribute}={name} leads nowhere"
        to = node.get("href")
        if node.tag == "a" and to.startswith("#") and to[1:] not in ids:
            yield f"href={to} leads nowhere"
        if int(node.get("tabindex", "0")) > 0:
            yield "a tabindex above 0"
        if "style" in node.attributes or node.tag == "style":
            yield "inline style"
        if any(name.startswith("on") for name in node.attributes):
            yield "inline script"
        if "lang" in node.attributes and node.get("lang") not in ("ja", "en"):
            yield f"lang={node.get('lang')}"
    for node in root.all("script"):
        if node.text().strip() or not node.get("src").startswith("/"):
            yield "a script that is not a file of the server"


def faults(text, language=None):
    """What is wrong with a page for those who do not see or do not point."""
    tree = Tree(text)
    root = tree.root
    found = list(tree.faults)
    page = next(root.all("html"), None)
    if not text.startswith("<!DOCTYPE html>") or not page:
        return found + ["no page"]
    if page.get("lang") not in (("ja", "en") if not language else (language,)):
        found.append(f"language {page.get('lang')!r}")
    for part in (_labels, _outline, _references):
        found += part(root)
    return found


ENGLISH = re.compile(r"[A-Za-z][a-z']*(?:[ ,;:]+[A-Za-z][a-z']*){2,}")


def english(root):
    """Runs of three English words in a page that is not English; what is code,
    or says that it is English, is none."""
    if next(root.all("html")).get("lang") != "ja":
        return ["not a page in Japanese"]
    found, left = [], [root]
    while left:
        node = left.pop()
        if node.tag in ("code", "pre", "script") or node.get("lang") == "en":
            continue
        texts = [node.get(a)
                 for a in ("aria-label", "title", "alt", "placeholder")]
        texts.append("".join(p if isinstance(p, str) else "|"
                             for p in node.parts))
        found += [run for text in texts for run in ENGLISH.findall(text)]
        left += [p for p in node.parts if isinstance(p, Node)]
    return found
