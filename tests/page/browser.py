"""The pages in headless Chromium, wide and narrow: by pointer, by keyboard
alone, and without JavaScript; each time with the command's own answer."""
import base64
import json
import os
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser_files import files
from lib import Server, check, faults, finish, price, query, same

SHOTS = sys.argv[1]
AXE = os.environ.get("AXE", "")  # folder with axe.min.js, or nothing
RARE = "rare_disease_coefficient"
KNOWN = {"orphan_designated": "true", "indication_aid": "true"}


def browser(script=True):
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu",
                     "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    if not script:
        options.add_experimental_option("prefs", {
            "profile.managed_default_content_settings.javascript": 2})
    options.binary_location = "/usr/bin/chromium"
    return webdriver.Chrome(
        service=Service("/usr/bin/chromedriver"), options=options)


class Window:
    def __init__(self, driver, server, width):
        self.driver, self.server, self.width = driver, server, width
        self.size(width)

    def size(self, width, height=900):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": False})

    def open(self, path):
        self.driver.get(self.server.base + path)

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def named(self, name):
        return self.driver.find_element(By.ID, name)

    def js(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def wait(self, what, test):
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                if test():
                    return check(True, what)
            except Exception:  # it is being replaced just now
                pass
            time.sleep(0.05)
        return check(False, f"{what} at {self.width}: waited in vain")

    def lead(self):
        return self.one(".answer .lead").text

    def shot(self, name):
        """All of the page; the sticky foot of the form at its place."""
        metrics = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})
        height = min(int(metrics["cssContentSize"]["height"]), 6000)
        self.size(self.width, height)
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {})
        self.size(self.width)
        with open(f"{SHOTS}/{name}-{self.width}.png", "wb") as file:
            file.write(base64.b64decode(taken["data"]))

    def audit(self, what):
        """What a script can find, in what the browser now shows."""
        text = "<!DOCTYPE html>" + self.js(
            "return document.documentElement.outerHTML")
        for fault in faults(text):
            check(False, f"{what} at {self.width}: {fault}")
        for fault in self.js(LOOKS):
            check(False, f"{what} at {self.width}: {fault}")
        self.axe(what)

    def axe(self, what):
        if not AXE:
            return
        with open(AXE + "/axe.min.js", encoding="utf-8") as file:
            self.js(file.read())
        found = self.driver.execute_async_script(
            "const done = arguments[0];"
            "axe.run(document, {resultTypes: ['violations']})"
            ".then((r) => done(r.violations.map((v) => [v.impact, v.id,"
            "v.nodes.map((n) => n.html.slice(0, 200))])));")
        for impact, rule, nodes in found:
            print(f"axe: {what} at {self.width}: {impact} {rule} {nodes[:3]}")
            check(impact not in ("serious", "critical"), what, rule)
        check(True)


# Contrast of every text with what is behind it, size of what is pressed,
# width of the page.
LOOKS = r"""
const found = [];
function colour(text) {
	const parts = text.match(/[\d.]+/g).map(Number);
	return parts.length < 4 ? parts.concat(1) : parts;
}
function light(c) {
	const l = c.slice(0, 3).map((v) => v / 255).map((v) =>
		v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
}
function behind(node) {
	for (; node instanceof Element; node = node.parentElement) {
		const c = colour(getComputedStyle(node).backgroundColor);
		if (c[3] > 0.99)
			return c;
	}
	return [255, 255, 255, 1];
}
const seen = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
	const node = walk.currentNode.parentElement;
	if (!walk.currentNode.data.trim() || node.closest("svg, script, option") ||
			!node.checkVisibility())
		continue;
	const ink = getComputedStyle(node).color, paper = behind(node);
	const a = light(colour(ink)), b = light(paper);
	const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	const key = ink + paper;
	if (ratio < 4.5 && !seen.has(key))
		found.push(`contrast ${ratio.toFixed(2)}: ${ink} on ${paper}: ` +
			walk.currentNode.data.trim().slice(0, 40));
	seen.add(key);
}
for (const node of document.querySelectorAll(
		"button, select, textarea, summary, nav a, li > a:only-child, " +
		"input:not([type=hidden])")) {
	const box = node.getBoundingClientRect();
	const target = /radio|checkbox/.test(node.type) && node.closest("label") ?
		node.closest("label").getBoundingClientRect() : box;
	if (box.width && (target.height < 24 || target.width < 24))
		found.push(`${node.tagName} of ${target.width} by ` +
			`${target.height}: ${(node.name || node.textContent)
			.slice(0, 40)}`);
}
const wide = document.documentElement;
if (wide.scrollWidth > wide.clientWidth)
	found.push(`${wide.scrollWidth} wide in ${wide.clientWidth}`);
return found;
"""


def words(outcomes):
    return " or ".join("not applicable" if isinstance(o, dict) else str(o)
                       for o in outcomes)


def choose(window, name, value):
    window.one(f"input[name='{name}'][value='{value}']").click()


def form(window):
    """A question is chosen, its form filled in; the answer follows."""
    window.open("/?lang=en")
    window.shot("questions-en")
    window.audit("questions")
    window.one(f"a[href^='/ask?decision={RARE}']").click()
    window.wait("the form", lambda: window.named("f-annual_tests"))
    same("all is open", "undetermined", window.one(".answer .status").text)
    window.shot("form-empty-en")
    for name, value in KNOWN.items():
        choose(window, "f." + name, value)
    wanted = price(RARE, KNOWN)
    window.wait("outcomes while choosing",
                lambda: window.lead() == words(wanted["outcomes"]))
    same("a needed field", "decides alone",
         window.named("s-f-annual_tests").text)
    field = window.named("f-annual_tests")
    field.click()
    for typed, coefficient in (("1", 1.5), ("12", 1.5), ("125", 1.5),
                               ("1250", None)):
        window.js("arguments[0].value = ''", field)
        field.send_keys(typed)
        wanted = price(RARE, dict(KNOWN, annual_tests=typed))
        value = wanted["values"]["coefficient"]
        if coefficient:
            same("coefficient", coefficient, value)
        window.wait(f"answer while typing {typed}",
                    lambda: window.lead() == str(value))
    same("focus", "f-annual_tests", window.js("return document.activeElement.id"))
    same("caret", 4, window.js("return document.activeElement.selectionStart"))
    check(window.named("live").text.endswith(window.lead()), "said aloud")
    check("f.annual_tests=1250" in window.driver.current_url and
          "points_rounding" not in window.driver.current_url,
          "the address holds what is filled in", window.driver.current_url)
    same("used", "used", window.named("s-f-annual_tests").text)
    window.audit("form")
    window.shot("form-en")


def unknown(window):
    """Unknown is a choice of its own, and neither no nor nothing."""
    facts = {"annual_tests": "150", "indication_aid": "false"}
    window.open("/ask?" + query(RARE, facts, lang="en"))
    for value, status in (("false", "not_applicable"), ("", "undetermined"),
                          ("true", "determined")):
        choose(window, "f.orphan_designated", value)
        known = dict(facts, **({"orphan_designated": value} if value else {}))
        same("three answers", status, price(RARE, known)["status"])
        window.wait(f"orphan {value!r}",
                    lambda: window.all(f".answer.{status}"))
    same("the coefficient", "1.5", window.lead())


def wrong(window):
    """At the field, as typed; corrected, it is answered."""
    window.open("/ask?" + query(RARE, KNOWN, lang="ja"))
    field = window.named("f-annual_tests")
    field.send_keys("1,5")
    window.wait("an error", lambda: window.named("e-f-annual_tests"))
    same("invalid", "true", field.get_attribute("aria-invalid"))
    same("typed", "1,5", field.get_attribute("value"))
    same("no answer", 0, len(window.all(".answer")))
    window.audit("error")
    window.shot("wrong-ja")
    window.one("#errors a").click()
    same("the summary leads there", "f-annual_tests",
         window.js("return document.activeElement.id"))
    for _ in range(2):
        field.send_keys(Keys.BACKSPACE)
    window.wait("the error is gone",
                lambda: not window.all("#e-f-annual_tests"))
    window.wait("an answer", lambda: window.lead() == str(
        price(RARE, dict(KNOWN, annual_tests="1"))["values"]["coefficient"]))


def share(window):
    """A link holds everything; so does the other language."""
    facts = dict(KNOWN, annual_tests="250", base_points="1235")
    window.open("/ask?" + query(
        RARE, facts, {"points_rounding": "floor"}, revision="r8", lang="en"))
    link = window.named("share").get_attribute("href")
    before = [e.text for e in window.all(".answer dd")]
    wanted = price(RARE, facts, {"points_rounding": "floor"}, revision="r8")
    same("points", str(wanted["values"]["points"]) + " points", before[2])
    window.shot("answer-en")
    window.driver.switch_to.new_window("tab")
    window.size(window.width)
    window.driver.get(link)
    same("the link", before, [e.text for e in window.all(".answer dd")])
    same("its number", "250",
         window.named("f-annual_tests").get_attribute("value"))
    window.one(".languages a[hreflang=ja]").click()
    window.wait("Japanese", lambda: window.one("html").get_attribute(
        "lang") == "ja")
    same("the same number", "250",
         window.named("f-annual_tests").get_attribute("value"))
    same("the same answer", str(wanted["values"]["coefficient"]), window.lead())
    same("in Japanese", "確定", window.one(".answer .status").text)
    window.audit("answer")
    window.shot("answer-ja")
    window.driver.close()
    window.driver.switch_to.window(window.driver.window_handles[0])


def other_rules(window):
    """Another revision asks for other facts; what was typed is not lost."""
    window.open("/ask?" + query(
        "above_price_pattern", {"shares": "A:60|B:40"}, lang="en"))
    for revision, there in (("r6", 0), ("r8", 1)):
        window.one(f"#revision option[value={revision}]").click()
        window.wait(f"the fields of {revision}",
                    lambda: len(window.all("#f-shares")) == there)
        result = price("above_price_pattern", {"shares": "A:60|B:40"},
                       revision=revision)
        window.wait(f"the answer of {revision}",
                    lambda: window.all(".answer." + result["status"]))
        same("focus", "revision", window.js(
            "return document.activeElement.id"))
    same("what was typed", "A:60\nB:40",
         window.named("f-shares").get_attribute("value"))
    window.audit("other rules")


def keyboard(window):
    """From the top to the answer without a pointer; nothing hides the focus."""
    window.open("/ask?" + query(RARE, lang="en"))
    press = lambda *keys: window.driver.switch_to.active_element.send_keys(*keys)
    window.one("body").send_keys(Keys.TAB)
    same("first stop", "#main", window.js(
        "return document.activeElement.getAttribute('href')"))
    press(Keys.ENTER)
    same("skipped", "main", window.js("return document.activeElement.id"))
    stops = []
    for _ in range(60):
        press(Keys.TAB)
        stop = window.js(STOP)
        for _ in range(20):  # until it has been scrolled to
            if not stop or stop["seen"]:
                break
            time.sleep(0.05)
            stop = window.js(STOP)
        if not stop:
            break
        stops.append(stop["name"])
        check(stop["seen"], f"{stop['name']} at {window.width}: the focus is "
              "hidden or cannot be seen", stop)
        if stop["name"] in ("f.orphan_designated", "f.indication_aid"):
            press(Keys.ARROW_DOWN)  # from unknown to the first, yes
        elif stop["name"] == "f.annual_tests":
            press("150")
        elif stop["name"] == "send":
            break
    for name in ("f.orphan_designated", "f.indication_aid", "f.annual_tests",
                 "revision", "as_of", "send"):
        check(name in stops, f"{name} cannot be reached", stops)
    press(Keys.ENTER)
    window.wait("sent", lambda: "f.annual_tests=150" in
                window.driver.current_url and window.all(".answer"))
    window.wait("answered", lambda: window.lead() == str(
        price(RARE, dict(KNOWN, annual_tests="150"))["values"]["coefficient"]))


# The element with the focus: its name, and whether it and its frame are seen.
STOP = r"""
const node = document.activeElement;
if (!node || node === document.body)
	return null;
const box = node.getBoundingClientRect();
const x = box.left + Math.min(box.width / 2, 20), y = box.top + box.height / 2;
const top = document.elementFromPoint(x, y);
const style = getComputedStyle(node);
return { name: node.name || (node.type === "submit" ? "send" :
	node.tagName + " " + node.textContent.slice(0, 20)),
	seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
		(top === node || node.contains(top) || (top && top.contains(node))),
	box: [x, y], top: top && top.outerHTML.slice(0, 80) };
"""


def small_and_dark(window):
    """320 pixels wide, in the dark, and with a list and parameters."""
    window.size(320)
    window.open("/ask?" + query(
        "above_price_pattern", {"shares": "A:60|B:40"}, lang="ja"))
    window.audit("320 pixels")
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark"}]})
    window.size(window.width)
    window.open("/ask?" + query(
        "above_price_pattern", {"shares": "A:60|B:4,0", "current_price": "1"},
        lang="ja"))
    window.audit("dark, with an error")
    window.open("/ask?" + query(
        "above_price_pattern", {"shares": "A:60|B:40"}, lang="ja"))
    for node in window.all("details"):
        window.js("arguments[0].open = true", node)
    window.audit("dark")
    window.shot("dark-ja")
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": []})


def without_script(server, width):
    driver = browser(script=False)
    try:
        window = Window(driver, server, width)
        window.open("/ask?" + query(RARE, lang="en"))
        choose(window, "f.orphan_designated", "true")
        choose(window, "f.indication_aid", "true")
        window.named("f-annual_tests").send_keys("150")
        time.sleep(0.6)
        same("nothing happens by itself", "undetermined",
             window.one(".answer .status").text)
        window.one(".send button").click()
        window.wait("the page with the answer", lambda: window.lead() == str(
            price(RARE, dict(KNOWN, annual_tests="150"))
            ["values"]["coefficient"]))
        same("kept", "150",
             window.named("f-annual_tests").get_attribute("value"))
        check("no-script" and "f.annual_tests=150" in driver.current_url,
              "the address holds the inputs")
        window.shot("no-script-en")
    finally:
        driver.quit()


os.makedirs(SHOTS, exist_ok=True)
with Server() as running:
    chrome = browser()
    try:
        for size in (1280, 390):
            view = Window(chrome, running, size)
            for flow in (form, unknown, wrong, share, other_rules, keyboard,
                         small_and_dark):
                try:
                    flow(view)
                except Exception as error:
                    check(False, f"{flow.__name__} at {size}: "
                          f"{type(error).__name__} "
                          f"{str(error).splitlines()[0]}")
    finally:
        chrome.quit()
    without_script(running, 390)
    for size in (1280, 390):
        files(browser, Window, running, size)
print("axe: " + ("run" if AXE else "skipped, AXE names no folder"))
finish("browser")
