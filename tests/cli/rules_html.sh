#!/usr/bin/env bash
# `shokan rules html`: a page for each decision and revision, in which every
# row of every table that the decision needs stands, counted in the models
# themselves; whole and by itself; and a folder that is complete or absent.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
for tool in xmllint python3; do
	command -v $tool >/dev/null || { echo "skipped, no $tool"; exit 77; }
done
export SHOKAN_RULES=$SOURCE/rules

run 0 rules html "$work/en" --lang en
decisions=$(xmllint --xpath "count(//*[local-name()='decision'])" \
	"$SOURCE/rules/rulebook.xml")
pages=$((2 * decisions + 2))
has out "$pages pages in $work/en"
same "pages" "$pages" "$(find "$work/en" -type f | wc -l)"
run 0 rules html "$work/ja" --lang ja

# Everything about the pages in one go: FOLDER LANGUAGE
cat >"$work/look.py" <<'PYTHON'
import glob, os, re, sys
from html.parser import HTMLParser
from xml.etree import ElementTree

rules, folder, language = sys.argv[1:]
space = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
book = "{urn:shokan:rulebook:1}"
void = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Tags in balance, ids, links; the cells of the rows of each section."""

    def __init__(self, name):
        super().__init__()
        self.name, self.stack, self.ids, self.links = name, [], [], []
        self.rows, self.owner, self.cell, self.text = {}, None, None, {}
        self.pre, self.heads, self.svg = None, 0, 0
        self.feed(open(f"{folder}/{name}", encoding="utf-8").read())
        self.close()
        if self.stack:
            say(name, f"open at the end: {self.stack}")

    def handle_starttag(self, tag, pairs):
        at = dict(pairs)
        for key, value in pairs:
            if "://" in (value or ""):
                say(self.name, f"an address in {tag} {key}")
            if key.startswith("on") or tag in ("script", "link", "img"):
                say(self.name, f"{tag} {key}")
        if "id" in at:
            self.ids.append(at["id"])
        if tag == "a":
            self.links.append(at["href"])
        if tag == "th" and "scope" not in at:
            say(self.name, "a head cell without scope")
        if tag == "svg":
            self.svg += 1
        if tag == "h3":
            self.owner = at.get("id", "")[2:]
        if at.get("class") == "row":
            self.rows.setdefault(self.owner, []).append([])
        elif tag in ("td",) and self.stack[-1] == ("tr", True):
            self.rows[self.owner][-1].append("")
        if at.get("class") == "feel":
            self.text[self.owner] = ""
            self.pre = self.owner
        if tag not in void:
            self.stack.append((tag, at.get("class") == "row"))

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)
        self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop()[0] != tag:
            say(self.name, f"</{tag}> does not close what is open")
        if tag == "pre":
            self.pre = None

    def handle_data(self, data):
        if self.pre is not None:
            self.text[self.pre] += data
        elif ("tr", True) in self.stack and ("td", False) in self.stack:
            self.rows[self.owner][-1][-1] += data


def say(name, what):
    print(f"{name}: {what}")


def flat(text):
    return " ".join((text or "").split())


def text_in(xml):
    return flat(xml.findtext(f"{space}text") if xml is not None else "")


def models(revision):
    """Elements by name, and of each the names of what it requires."""
    elements, needs = {}, {}
    for path in sorted(glob.glob(f"{rules}/{revision}/*.dmn")):
        root = ElementTree.parse(path).getroot()
        for kind in ("decision", "businessKnowledgeModel", "inputData"):
            for xml in root.iter(space + kind):
                elements.setdefault(xml.get("name"), xml)
                links = [x.get("href").split("#")[1] for x in xml.iter()
                         if x.tag in (space + "requiredDecision",
                                      space + "requiredInput",
                                      space + "requiredKnowledge")]
                needs.setdefault(xml.get("name"), set()).update(links)
    return elements, needs


def closure(names, needs):
    seen, left = set(), [n for n in names if n]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += needs.get(name, ())
    return seen


def compare(page, elements, name):
    xml = elements[name]
    table = next(xml.iter(space + "decisionTable"), None)
    if table is None:
        logic = next(xml.iter(space + "literalExpression"), None)
        if logic is not None and flat(page.text.get(name)) != text_in(logic):
            say(page.name, f"{name}: not the formula of the model")
        return 0
    wanted = []
    for rule in table.iter(space + "rule"):
        cells = [text_in(x) for x in rule if x.tag in (
            space + "inputEntry", space + "outputEntry")]
        cites = "; ".join(f"{x.get('source')} {x.get('place')}"
            for x in rule.iter("{urn:shokan:dmn:1}cite"))
        level = max((x.get("evidence")
            for x in rule.iter("{urn:shokan:dmn:1}cite")), default="")
        wanted.append((cells, cites, level))
    got = [([flat(c) for c in r[:-3]], flat(r[-2]), flat(r[-1]))
           for r in page.rows.get(name, [])]
    if got != wanted:
        say(page.name, f"{name}: {len(got)} rows are not the model's "
            f"{len(wanted)}")
    return len(wanted)


names = sorted(os.listdir(folder))
pages = {name: Page(name) for name in names}
for page in pages.values():
    if len(page.ids) != len(set(page.ids)):
        say(page.name, "an id twice")
    for link in page.links:
        to, _, at = link.partition("#")
        to = to or page.name
        if to not in pages or (at and at not in pages[to].ids):
            say(page.name, f"a link leads nowhere: {link}")
    words = open(f"{folder}/{page.name}", encoding="utf-8").read()
    if page.name != "sources.html" and "://" in words:
        say(page.name, "an address")
    if f'<html lang="{language}">' not in words:
        say(page.name, "not in the language")

rows = 0
shown = set()
root = ElementTree.parse(f"{rules}/rulebook.xml").getroot()
for revision in ("r6", "r8"):
    elements, needs = models(revision)
    for rule in root.iter(book + "decision"):
        page = pages[f"{revision}-{rule.get('name')}.html"]
        files = [x for x in rule.iter(book + "in")
                 if x.get("revision") == revision]
        if not files:
            if page.svg:
                say(page.name, "a graph of no rule")
            continue
        leads = [v for x in rule.iter() if x.tag != book + "decision"
                 for k in ("of", "when", "holds")
                 for v in x.get(k, "").split()]
        for name in sorted(closure(leads, needs)):
            if name in elements and elements[name].tag != space + "inputData":
                rows += compare(page, elements, name)
                shown.add((revision, name))
            if f"e-{name}" not in page.ids and name in elements:
                say(page.name, f"{name} is missing")
        if page.svg < 1:
            say(page.name, "no graph")
    everything = sum(len(list(x.iter(space + "rule")))
                     for n, x in elements.items()
                     if (revision, n) not in shown)
    if everything:
        say(revision, f"{everything} rows of the models stand on no page")
written = sum(open(p, encoding="utf-8").read().count("<rule ")
              for p in glob.glob(f"{rules}/r[68]/*.dmn"))
if not 0 < written <= rows:
    say(folder, f"{rows} rows were compared, the models have {written}")
for source in ElementTree.parse(f"{rules}/sources.xml").getroot():
    if source.get("id") not in pages["sources.html"].ids:
        say("sources.html", f"{source.get('id')} is missing")
PYTHON
for language in en ja; do
	same "pages, $language" "" "$(python3 "$work/look.py" \
		"$SOURCE/rules" "$work/$language" $language 2>&1 | head -n 5)"
done
# HTML 4 does not know the newer names; nothing else may be wrong
same "well-formed" "" "$(for page in "$work"/ja/*.html; do
	xmllint --html --noout "$page" 2>&1
done | grep 'error :' | grep -vE 'error : Tag [a-z]+ invalid$' | head -n 3)"

page=$work/en/r8-rare_disease_coefficient.html
same "the question" "By which coefficient is the fee of a rare-disease test \
multiplied, and how many points follow?" "$(xmllint --html --xpath \
	'string(//p[@class="lead"])' "$page" 2>/dev/null)"
same "the words of a row's source" "$(xmllint --xpath 'string(//*[@id="S001"]/*[
	local-name()="quote"][@place="L1397"])' "$SOURCE/rules/sources.xml")" \
	"$(xmllint --html --xpath 'string(//h3[normalize-space(text()[last()])=
		"L1397"]/following-sibling::blockquote[1])' "$page" 2>/dev/null)"
same "a policy parameter with its meaning" 1 "$(xmllint --html --xpath \
	'count(//h2[@id="parameters"]/following::table[1]//th[
		@id="e-points_rounding"])' "$page" 2>/dev/null)"
grep -q 'no rule' "$work/en/index.html" && ok || fail "r6 lacks a rule"
grep -q 'There is no rule in this revision' \
	"$work/en/r6-samd_billing.html" && ok || fail "says that there is none"
grep -q 'Known, but not encoded' "$work/en/r8-cost_effectiveness.html" &&
	ok || fail "says that it is not encoded"

# a text of the model cannot break its page
cp -r "$SOURCE/rules" "$work/book"
sed -i 's|<label lang="en">coefficient for rare-disease tests|&\&lt;/title>\&lt;script>"|' \
	"$work/book/rulebook.xml"
run 0 rules html "$work/evil" --rules "$work/book" --revision r8 --lang en
grep -q '&lt;script&gt;&quot;' "$work/evil/r8-rare_disease_coefficient.html" &&
	ok || fail "the text of a label is missing"
if grep -rqi '<script' "$work/evil"; then fail "a text became a tag"; else
	ok; fi
# one revision only: no page of and no link to the other
same "pages of one revision" $((decisions + 2)) \
	"$(find "$work/evil" -type f | wc -l)"
if grep -rq 'href="r6' "$work/evil"; then
	fail "a link to a page that is not there"
else ok; fi

# a name that is no name of a file, or too long for one
for name in 'points sum' "$(printf 'x%.0s' {1..300})"; do
	rm -rf "$work/book"
	cp -r "$SOURCE/rules" "$work/book"
	sed -i "s|decision name=\"points_sum\"|decision name=\"$name\"|" \
		"$work/book/rulebook.xml"
	"$SHOKAN" rules html "$work/named" --rules "$work/book" \
		>"$work/out" 2>"$work/err" && fail "a page without a name"
	has err "has no name for a file"
	[ -e "$work/named" ] && fail "something was made" || ok
done

# the same bytes again, over an earlier folder and from a pack
cp -r "$work/en" "$work/first"
run 0 rules html "$work/en/" --lang en
diff -r "$work/first" "$work/en" >/dev/null && ok || fail "other bytes"
run 0 rules pack "$work/rules.pack"
run 0 rules html "$work/packed" --lang en --rules "$work/rules.pack"
diff -r "$work/first" "$work/packed" >/dev/null && ok ||
	fail "other bytes from a pack"
mkdir "$work/empty"
run 0 rules html "$work/empty" --revision r6

# what is not ours is not touched
echo mine >"$work/en/notes.txt"
run 2 rules html "$work/en"
has err "notes.txt in it is no page of rules html; give a new folder"
same "a file of the user" mine "$(cat "$work/en/notes.txt")"
same "the pages beside it" $((pages + 1)) "$(find "$work/en" -type f | wc -l)"
echo mine >"$work/file"
run 2 rules html "$work/file"
has err "is no folder"
same "a file in the way" mine "$(cat "$work/file")"
ln -s first "$work/link"
run 2 rules html "$work/link"

# the pages are there, and that standard output refused is told
if [ -c /dev/full ]; then
	"$SHOKAN" rules html "$work/told" >/dev/full 2>"$work/err"
	same "a full standard output" 5 $?
	same "the pages all the same" $pages \
		"$(find "$work/told" -type f | wc -l)"
fi

# nothing half: no such place, a full one, one that cannot be written
run 5 rules html "$work/none/pages"
run 5 rules html /proc/pages
(ulimit -f 64 && trap '' XFSZ && exec "$SHOKAN" rules html "$work/full") \
	>"$work/out" 2>"$work/err" && fail "a full disk is no failure"
said="rules html with no room"
has err "cannot write"
same "nothing is left" "" "$(cd "$work" && echo full* none* | tr -d '*' |
	sed 's/^full none$//')"
(ulimit -f 64 && trap '' XFSZ && exec "$SHOKAN" rules html "$work/first") \
	>"$work/out" 2>"$work/err" && fail "a full disk is no failure"
diff -r "$work/first" "$work/packed" >/dev/null && ok ||
	fail "the earlier pages are gone"
if [ "$(id -u)" != 0 ]; then
	mkdir -m 500 "$work/closed"
	run 5 rules html "$work/closed/pages"
fi

run 2 rules html
has err "rules html needs the folder to write"
run 2 rules html ""
run 2 rules html "$work/x" --output "$work/y"
run 2 rules html "$work/x" --revision r7
has err 'there is no revision "r7"'
[ -e "$work/x" ] && fail "something was made" || ok
finish
