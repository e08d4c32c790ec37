"""The HTML report as a file: complete in itself, in both languages, closed to what documents say."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from countermark.model import Box, DocumentReport, Location, PageKind, Status, Zone
from countermark.rendering.printed import PrintedPlace
from countermark.rendering.render import PageImage, PageImages, Why
from countermark.reporting.html.data import html_data
from countermark.reporting.html.page import PACKED_FROM, to_html
from countermark.reporting.html.pages import MOST_PAGES, page_data
from countermark.rules.rule import ExampleDocument, SketchPage, Texts, TextsByLanguage
from countermark.support.messages import LANGUAGES, catalogue
from support.html_report import HOSTILE, POLICY, document, judged_report, many

if TYPE_CHECKING:
    from collections.abc import Callable


def told(written: bytes) -> dict[str, Any]:
    """The data that an HTML report carries."""
    found = re.search(r'<script type="([^"]+)" id="data">(.*?)</script>', written.decode(), re.DOTALL)
    assert found
    content = found[2].encode()
    loaded: dict[str, Any] = json.loads(
        gzip.decompress(base64.b64decode(content)) if found[1] == "application/gzip" else content
    )
    return loaded


def test_data_are_as_agreed(golden: Callable[[str, bytes], None]) -> None:
    data = html_data(judged_report(), POLICY.rules, "en", {})
    del data["texts"], data["digest"], data["tool"], data["images"]
    golden("report.html.json", msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_file_says_its_marking_at_head_and_foot(lang: str) -> None:
    written = to_html(judged_report(), POLICY.rules, lang).decode()
    assert written.startswith(f'<!DOCTYPE html>\n<html lang="{lang}"')
    head, foot = re.findall(r'<div class="banner"[^>]*>([^<]*)</div>', written)
    assert head == foot
    assert "極秘" in head or "SECRET" in head


def test_same_report_same_bytes() -> None:
    assert to_html(judged_report(), POLICY.rules, "en") == to_html(judged_report(), POLICY.rules, "en")


def test_nothing_is_loaded_from_elsewhere() -> None:
    written = to_html(judged_report(), POLICY.rules, "en").decode()
    data = re.search(r'id="data">(.*?)</script>', written, re.DOTALL)
    assert data
    page = written.replace(data[1], "").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(|<link|<iframe|\bfetch\(|XMLHttpRequest", page)
    assert "default-src 'none'" in page


def test_a_file_name_cannot_break_out() -> None:
    written = to_html(judged_report(), POLICY.rules, "en").decode()
    assert HOSTILE not in written
    assert written.count("<script") == written.count("</script>") == 3
    assert any(HOSTILE in document["path"] for document in told(written.encode())["docs"])


def test_every_finding_stands_in_both_languages() -> None:
    data = html_data(judged_report(), POLICY.rules, "en", {})
    for each in data["docs"]:
        for finding in each["findings"]:
            english, japanese = data["strings"][finding[2]]
            assert english != japanese


def test_attachments_follow_their_document() -> None:
    documents = html_data(judged_report(), POLICY.rules, "en", {})["docs"]
    child = next(document for document in documents if document["parent"] >= 0)
    assert documents[child["parent"]]["path"] == "in/添付あり.docx"


def test_a_missing_foot_is_a_ghost_on_its_page_only() -> None:
    documents = html_data(judged_report(), POLICY.rules, "en", {})["docs"]
    pages = next(one for one in documents if one["path"] == "out/foot-missing.pdf")["pages"]
    assert [page["missing"] for page in pages] == [["footer"], []]


@pytest.mark.parametrize("media_type", ["application/pdf", "application/msword"])
def test_an_unmarked_document_lacks_its_marking_on_the_first_page(media_type: str) -> None:
    unmarked = document("out/bare", ExampleDocument(pages=(SketchPage(body="A page."),), from_="GB", to="JP"))
    assert [one.code for one in unmarked.findings] == ["DOC001"]
    report = msgspec.structs.replace(unmarked, media_type=media_type)
    [page], _ = page_data(report, lambda said: len(said("en")), PageImages())
    assert sorted(page["missing"]) == ["footer", "header"]


def test_a_picture_stands_behind_its_page() -> None:
    picture = PageImage(page=1, width=400.0, height=300.0, image=b"\xff\xd8")
    data = html_data(
        judged_report(), POLICY.rules, "en", {"out/foot-missing.pdf": PageImages(pages=(picture,))}
    )
    first, second = next(one for one in data["docs"] if one["path"] == "out/foot-missing.pdf")["pages"]
    assert (first["width"], first["height"]) == (400.0, 300.0)
    assert (first["image"], second["image"]) == (0, None)
    assert data["images"] == ["/9g="]
    written = to_html(
        judged_report(), POLICY.rules, "en", {"out/foot-missing.pdf": PageImages(pages=(picture,))}
    )
    assert b'id="images">/9g=</script>' in written
    assert "images" not in told(written)


def test_a_printed_word_file_is_shown_on_its_print() -> None:
    """Its places keep section and page kind, and get the printed page and a box where they were found."""
    sketch = ExampleDocument(pages=(SketchPage(head="UK SECRET"),), from_="GB", to="JP")
    report = document("out/word.docx", sketch)
    sections = {"page": None, "section": 1, "kind": PageKind.default}

    def in_section(location: Location) -> Location:
        return msgspec.structs.replace(location, **sections) if location.page else location

    findings = tuple(
        msgspec.structs.replace(one, locations=tuple(map(in_section, one.locations)))
        for one in report.findings
    )
    [marking] = report.markings
    marking = msgspec.structs.replace(marking, location=in_section(marking.location))
    word = msgspec.structs.replace(report, findings=findings, markings=(marking,))
    picture = PageImage(page=3, width=400.0, height=300.0, image=b"\xff", section=1, kind=PageKind.default)
    placed = PrintedPlace(location=marking.location, page=3, box=Box(1.0, 2.0, 3.0, 4.0))
    images = PageImages(pages=(picture,), placements=(placed,))
    labels: list[str] = []

    def add(said: Callable[[str], str]) -> int:
        labels.append(said("en"))
        return 0

    [page], left_out = page_data(word, add, images)
    assert ["mark", [1.0, 2.0, 3.0, 4.0], "UK SECRET"] in page["boxes"]
    assert page["missing"] == ["footer"]
    assert labels == ["printed page 3: section 1"]
    assert page["image"] == "/w=="
    assert left_out == 0


@pytest.mark.parametrize(
    ("images", "told"),
    [
        (PageImages(why=Why.no_office), ("as_schema", "no-office")),
        (PageImages(pages=(PageImage(page=1, width=1.0, height=1.0, image=b""),)), ("as_rendered", None)),
        (
            PageImages(pages=(PageImage(page=1, width=1.0, height=1.0, image=b"", section=1),)),
            ("as_printed", None),
        ),
    ],
)
def test_the_report_says_what_its_pages_are(images: PageImages, told: tuple[str, str | None]) -> None:
    data = html_data(judged_report(), POLICY.rules, "en", {"out/good.pdf": images})
    good = next(one for one in data["docs"] if one["path"] == "out/good.pdf")
    assert (good["shown_as"], good["why"]) == told
    for lang in LANGUAGES:
        assert {told[0], *(f"why_{why}" for why in Why)} <= catalogue(lang)["html"].keys()


def test_pages_beyond_the_most_are_counted_not_shown() -> None:
    report = judged_report().documents[1]
    finding = report.findings[0]
    many_places = tuple(Location(page=number, zone=Zone.footer) for number in range(1, MOST_PAGES + 11))
    long = msgspec.structs.replace(
        report, findings=(msgspec.structs.replace(finding, locations=many_places),)
    )
    pages, left_out = page_data(long, lambda said: len(said("en")), PageImages())
    assert (len(pages), left_out) == (MOST_PAGES, 10)


def test_ten_thousand_documents_fit() -> None:
    report = many(10_000)
    written = to_html(report, POLICY.rules, "en")
    assert len(written) < 25_000_000
    data = told(written)
    assert len(data["docs"]) == 10_000
    assert len(msgspec.json.encode(data)) > PACKED_FROM


def test_an_unread_document_has_no_pages() -> None:
    unread = DocumentReport(path="x", sha256="", media_type="", pages=0, status=Status.unreadable)
    assert page_data(unread, lambda said: len(said("en")), PageImages()) == ([], 0)


def test_a_rule_of_an_organisation_is_told_in_its_own_words() -> None:
    texts = Texts(title="House title", why="House reason", message="House message", fix="House fix")
    rule = msgspec.structs.replace(
        POLICY.rules[0], code="HOUSE001", name="house", texts=TextsByLanguage(en=texts)
    )
    document = judged_report().documents[1]
    finding = msgspec.structs.replace(document.findings[0], code="HOUSE001")
    report = msgspec.structs.replace(
        judged_report(), documents=(msgspec.structs.replace(document, findings=(finding,)),)
    )
    data = html_data(report, (rule,), "en", {})
    assert data["strings"][data["docs"][0]["findings"][0][2]] == ["House message", "House message"]
    assert data["strings"][data["rules"]["HOUSE001"]["title"]] == ["House title", "House title"]
