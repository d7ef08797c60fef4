"""Files, two revisions and the rules in headless Chromium: by pointer, by
keyboard alone, and without JavaScript, as browser.py does for the form."""
import os
import subprocess
import tempfile
import time

from selenium.webdriver.common.keys import Keys

from lib import SHOKAN, SOURCE, check, query, same

RARE = "rare_disease_coefficient"
PRODUCTS = SOURCE + "/fixtures/products/rare-disease.csv"
WRONG = """id,name,orphan_designated,indication_aid,annual_tests,base_points
A1,a,true,false,150,1235
X9,b,true,false,8oo,1000
"""
FACTS = {"orphan_designated": "false", "indication_aid": "true",
         "aid_target": "regenerative", "annual_tests": "900",
         "base_points": "5000"}


def written(folder, name):
    """The file that the browser saved."""
    until = time.monotonic() + 20
    path = os.path.join(folder, name)
    while not os.path.exists(path) and time.monotonic() < until:
        time.sleep(0.05)
    if not check(os.path.exists(path), "nothing was saved", name):
        return b""
    with open(path, "rb") as file:
        return file.read()


def upload(window, folder):
    """A file is chosen, its table shown; the buttons save the same answers."""
    window.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {
        "behavior": "allow", "downloadPath": folder})
    window.open("/upload?lang=ja")
    window.audit("upload")
    window.shot("upload-ja")
    window.open("/upload?lang=en")
    for node in window.all("details > summary"):
        node.click()
    window.audit("upload, all of it")
    window.shot("upload-open-en")
    window.one("option[value=r8]").click()
    window.named("file").send_keys(PRODUCTS)
    window.one("button[value=table]").click()
    window.wait("the table", lambda: window.all("#answer table"))
    same("counts", "5 results: 3 determined, 1 undetermined, 1 not applicable",
         window.one("#answer .lead").text)
    window.audit("the table")
    window.shot("upload-table-en")
    run = subprocess.run(
        [SHOKAN, "price", "--rules", SOURCE + "/rules", "--format", "csv",
         "--revision", "r8", PRODUCTS], capture_output=True, check=False)
    window.one(".take button[value=csv]").click()
    check(written(folder, "shokan-results.csv") == run.stdout,
          "the saved file is not that of the command")
    os.remove(os.path.join(folder, "shokan-results.csv"))
    # rows that are wrong, by keyboard alone
    wrong = os.path.join(folder, "wrong.csv")
    with open(wrong, "w", encoding="utf-8") as file:
        file.write(WRONG)
    window.open("/upload?lang=ja")
    window.named("file").send_keys(wrong)
    window.named("sheet").send_keys("", Keys.ENTER)
    window.wait("wrong rows", lambda: window.all(".wrong li"))
    check("8oo" in window.one(".wrong").text, "the wrong row")
    window.audit("wrong rows")
    window.shot("upload-wrong-ja")
    window.open("/upload?lang=en")
    window.one("button[value=table]").click()
    window.wait("no file", lambda: window.all(".errors"))
    window.audit("no file")


def compare(window, _):
    window.open("/ask?" + query(RARE, FACTS, lang="en"))
    window.one("a[href^='/compare?decision=']").click()
    window.wait("both sides", lambda: len(window.all(".both .answer")) == 2)
    same("r6", "not applicable", window.all(".both .status")[0].text)
    same("r8", "1.1", window.all(".both .lead")[1].text)
    tops = [node.rect["y"] for node in window.all(".both > section")]
    same("side by side", window.width > 1000, tops[0] == tops[1])
    window.audit("compare")
    window.shot("compare-en")
    window.one("a[href^='/compare/law?decision=']").click()
    window.wait("the law", lambda: window.all(f"section#{RARE}"))
    for node in window.all("details > summary"):
        node.click()
    window.audit("the law")
    window.shot("compare-law-en")
    window.open("/compare?lang=ja")
    window.audit("compare, nothing asked")
    window.js("document.querySelector('a[data-wait]').addEventListener("
              "'click', (event) => event.preventDefault(), { once: true })")
    same("not asked", "", window.one(".take [role=status]").text)
    window.one("a[data-wait]").click()
    same("it takes a while", "計算しています",
         window.one(".take [role=status]").text)
    window.named("file").send_keys(PRODUCTS)
    window.one("button[value=table]").click()
    window.wait("changes", lambda: window.all(".changes table"))
    check("EX-RD3" in window.one(".changes").text, "what changes")
    window.audit("compare a file")
    window.shot("compare-file-ja")


def rules(window, _):
    window.open("/rules/?lang=ja")
    window.audit("the rules")
    window.shot("rules-ja")
    window.open("/ask?" + query(RARE, {"annual_tests": "150"}, lang="en"))
    window.one("a[href^='/rules/r8-']").click()
    window.wait("the rule", lambda: window.all(".law table.dt"))
    window.audit("a rule")
    window.shot("rule-en")
    window.one("a[href^='/ask?']").click()
    window.wait("the form again", lambda: window.named(
        "f-annual_tests").get_attribute("value") == "150")
    window.open("/rules/sources.html?lang=ja")
    window.audit("the sources")


def plain(window, folder):
    """Without JavaScript."""
    window.open("/upload?lang=en")
    window.named("file").send_keys(PRODUCTS)
    window.one("button[value=table]").click()
    window.wait("the table", lambda: window.all("#answer table"))
    window.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {
        "behavior": "allow", "downloadPath": folder})
    window.one(".take button[value=xlsx]").click()
    check(written(folder, "shokan-report.xlsx")[:2] == b"PK", "no workbook")


def files(browser, window, server, width):
    """All of it with a browser of its own; `window` makes one's window."""
    for flows, script in (((upload, compare, rules), True), ((plain,), False)):
        driver = browser(script)
        try:
            view = window(driver, server, width)
            for flow in flows:
                with tempfile.TemporaryDirectory() as folder:
                    try:
                        flow(view, folder)
                    except Exception as error:
                        check(False, f"{flow.__name__} at {width}: "
                              f"{type(error).__name__} "
                              f"{str(error).splitlines()[0]}")
        finally:
            driver.quit()
