"""The HTML report in a real browser: Chromium without a window, driven by Selenium."""

from __future__ import annotations

import base64
import json
import shutil
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from countermark.readers.read import read
from countermark.rendering.render import PageImage, PageImages
from countermark.reporting.html.page import to_html
from countermark.reporting.rule_page import texts_of
from countermark.support.limits import Limits
from support.html_report import HOSTILE, POLICY, judged_report, many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from countermark.model import Report
    from countermark.rules.rule import Rule

selenium = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed")
waiting = pytest.importorskip("selenium.webdriver.support.wait", reason="Selenium is not installed")
keys = pytest.importorskip("selenium.webdriver.common.keys", reason="Selenium is not installed")
exceptions = pytest.importorskip("selenium.common.exceptions", reason="Selenium is not installed")
services = pytest.importorskip("selenium.webdriver.chrome.service", reason="Selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
]
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1300,1000"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = selenium.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = services.Service(DRIVER)
    driver = selenium.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Callable[[Report], Any]:
    """Opens a report in the browser."""

    def open_report(report: Report) -> Any:
        path = tmp_path / "report.html"
        path.write_bytes(to_html(report, POLICY.rules, "en"))
        browser.get(path.as_uri())
        waiting.WebDriverWait(browser, 30).until(lambda page: paths(page))
        return browser

    return open_report


def paths(page: Any) -> list[str]:
    return [link.text for link in page.find_elements("css selector", "#rows a")]


def choose(page: Any, name: str, value: str) -> None:
    page.find_element("css selector", f"#by-{name} option[value='{value}']").click()


def eventually(page: Any, holds: Callable[[Any], Any]) -> Any:
    """What `holds` gives once it holds; a page that draws itself anew meanwhile is looked at again."""
    drawn_anew = (exceptions.NoSuchElementException, exceptions.StaleElementReferenceException)
    return waiting.WebDriverWait(page, 10, ignored_exceptions=drawn_anew).until(holds)


def open_document(page: Any, path: str) -> None:
    page.find_element("link text", path).click()
    eventually(page, lambda shown: shown.find_element("id", "heading").text == path)


def rule_of(code: str) -> Rule:
    return next(one for one in POLICY.rules if one.code == code)


def test_documents_are_listed_worst_first(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    verdicts = [one.get_attribute("class") for one in page.find_elements("css selector", "#rows .verdict")]
    order = ["verdict stop", "verdict not-read", "verdict review", "verdict clear"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert len(verdicts) == len(paths(page)) == 6
    assert page.title == "Countermark report"
    assert any(HOSTILE in path for path in paths(page))


def test_filters_narrow_the_list(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    choose(page, "rule", "DOC003")
    assert paths(page) == ["out/foot-missing.pdf"]
    choose(page, "rule", "")
    choose(page, "country", "JP")
    assert "in/添付あり.docx" in paths(page)
    assert "out/good.pdf" not in paths(page)
    choose(page, "country", "")
    choose(page, "folder", "out")
    assert sorted(paths(page)) == ["out/foot-missing.pdf", "out/good.pdf"]
    for level in ("error", "warning", "note"):
        page.find_element("css selector", f"input[value='{level}']").click()
    assert paths(page) == ["out/good.pdf"]
    page.find_element("id", "by-text").send_keys("nothing of this name")
    assert paths(page) == []
    assert page.find_element("id", "count").text.startswith("0 of 6")


def test_the_language_can_be_switched(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    page.find_element("css selector", "#languages button[lang='ja']").click()
    assert page.execute_script("return document.documentElement.lang") == "ja"
    assert "点検報告書" in page.find_element("tag name", "h1").text
    choose(page, "rule", "DOC003")
    open_document(page, "out/foot-missing.pdf")
    assert "ページ" in page.find_element("css selector", ".finding").text


def test_a_document_opens_with_boxes_and_ghosts(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    open_document(page, "out/foot-missing.pdf")
    first, second = page.find_elements("css selector", ".pages svg")
    assert len(first.find_elements("css selector", "rect.mark")) == 1
    assert len(first.find_elements("css selector", "rect.ghost")) == 1
    assert len(second.find_elements("css selector", "rect.ghost")) == 0
    assert "no marking in the footer" in first.get_attribute("aria-label")
    page.find_element("css selector", ".finding a").click()
    eventually(page, lambda shown: shown.find_element("id", "heading").text.startswith("DOC003"))
    told = page.find_element("id", "main").text
    assert all(part in told for part in texts_of(rule_of("DOC003"), "en").values())


def test_the_picture_of_a_page_is_shown(browser: Any, tmp_path: Path) -> None:
    packed = BytesIO()
    Image.new("RGB", (40, 60), "red").save(packed, "JPEG")
    picture = PageImage(page=1, width=400.0, height=600.0, image=packed.getvalue())
    images = {"out/foot-missing.pdf": PageImages(pages=(picture,))}
    path = tmp_path / "report.html"
    path.write_bytes(to_html(judged_report(), POLICY.rules, "en", images))
    browser.get(path.as_uri())
    waiting.WebDriverWait(browser, 30).until(paths)
    open_document(browser, "out/foot-missing.pdf")
    shown = eventually(browser, lambda page: page.find_element("css selector", ".pages image"))
    assert shown.rect["width"] > 200
    decoded = browser.execute_async_script(
        "const image = new Image(), done = arguments[1]; image.onload = () => done(image.naturalWidth);"
        "image.onerror = () => done(0); image.src = arguments[0].getAttribute('href');",
        shown,
    )
    assert decoded == 40


def test_pages_say_what_they_are_and_can_be_made_larger(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    open_document(page, "out/foot-missing.pdf")
    assert "diagram" in page.find_element("css selector", "#pages").find_element("xpath", "../div/p").text
    width = page.find_element("css selector", ".pages svg").rect["width"]
    page.find_element("id", "enlarge").click()
    assert page.find_element("css selector", ".pages svg").rect["width"] > 2 * width
    assert page.find_element("id", "enlarge").get_attribute("aria-pressed") == "true"


def test_head_and_foot_of_the_screen_carry_the_marking(opened: Callable[[Report], Any]) -> None:
    page = opened(many(200))
    page.execute_script("document.getElementById('sheet').scrollTo(0, 400)")
    head, foot = (page.find_element("id", f"banner-{place}").rect for place in ("head", "foot"))
    assert head["y"] == 0
    assert foot["y"] + foot["height"] == pytest.approx(page.execute_script("return innerHeight"), abs=1)


def test_each_printed_page_has_the_marking_clear_of_what_it_says(opened: Callable[[Report], Any]) -> None:
    page = opened(many(120))
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    paper = read(base64.b64decode(printed["data"]), "print.pdf", Limits())
    assert len(paper.pages) > 3
    told = "".join(line.text for each in paper.pages for line in each.lines)
    assert all(f"{number:05}.pdf" in told for number in range(120))
    for each in paper.pages:
        head, *between, foot = sorted(
            ((one.box.y0, one.box.y1, one.text) for one in each.lines if one.box), key=lambda one: one[0]
        )
        assert head[2] == foot[2]
        assert "SECRET" in head[2]
        assert all(head[1] < top and bottom < foot[0] for top, bottom, _ in between)


def test_no_request_leaves_the_page(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())
    page.get_log("performance")
    page.refresh()
    eventually(page, paths)
    open_document(page, "out/foot-missing.pdf")
    events = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    asked = [
        one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"
    ]
    assert asked
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert page.get_log("browser") == []


def test_the_keyboard_is_enough(opened: Callable[[Report], Any]) -> None:
    page = opened(judged_report())

    def focused() -> Any:
        return page.switch_to.active_element

    for _ in range(40):
        focused().send_keys(keys.Keys.TAB)
        if focused().text == "out/foot-missing.pdf":
            break
    focused().send_keys(keys.Keys.ENTER)
    eventually(page, lambda _: focused().get_attribute("id") == "heading")
    assert focused().text == "out/foot-missing.pdf"
    focused().send_keys(keys.Keys.TAB)
    focused().send_keys(keys.Keys.ENTER)
    eventually(page, lambda _: focused().text.startswith("DOC003"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("where", "shown"), [("", "#rows a"), ("#document-1", ".pages"), ("#rule-DOC003", "#heading")]
)
def test_no_serious_barrier_for_anyone(
    opened: Callable[[Report], Any], where: str, shown: str, scheme: str
) -> None:
    axe = pytest.importorskip("axe_core_python.selenium", reason="axe-core is not installed")
    page = opened(judged_report())
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    page.execute_script(f"location.hash = '{where}'")
    eventually(page, lambda page: page.find_element("css selector", shown))
    violations = axe.Axe().run(page)["violations"]
    serious = [one["id"] for one in violations if one["impact"] in ("serious", "critical")]
    assert serious == []


def test_ten_thousand_documents_can_be_filtered(opened: Callable[[Report], Any]) -> None:
    page = opened(many(10_000))
    assert len(paths(page)) == 50
    choose(page, "folder", "folder-07")
    assert page.find_element("id", "count").text.startswith("100 of 10000")
    page.find_element("id", "behind").click()
    assert len(paths(page)) == 50
