"""Lines that look like markings of no known scheme are told (DOC021); ordinary heads and feet are not."""

from __future__ import annotations

from itertools import product

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.model import Document, DocumentReport, Line, Page, PageKind, Severity, Zone
from countermark.rules.rule import ExampleDocument

POLICY = load_policy()
MOST_CLAIMED = 2

MARKINGS = [
    "{ X GROUP LIMITED DISTRIBUTION }",
    "ORION//PARTNERS",
    "ALPHA // BRAVO // CHARLIE",
    "EDGEWING SENSITIVE",
    "BRAVO COMPARTMENTED",
    "HIGHLY CLASSIFIED MATERIAL",
    "PROGRAMME PARTNERS ONLY",
    "FOR NAMED RECIPIENTS ONLY",
    "COMMERCIAL IN CONFIDENCE",
    "NOT FOR ONWARD RELEASE",
    "TLP:AMBER",
    "INTERNAL USE ONLY",
    "SENSITIVITY LEVEL 3",
    "*** NEED-TO-KNOW ***",
    "[CONTROLLED DISTRIBUTION]",
    "関係者限り",
    "【限定配布】",
    "開示制限情報",
    "DIFFUSION LIMITÉE",
    "СЕКРЕТНО",
    "대외비",
    "机密",
]

NAMES = [
    "NORTHGATE PUMPS",
    "RIVERSIDE VALVES",
    "SAKURA WORKS",
    "ACME",
    "UNIVERSITY OF THE NORTH",
    "CITY COUNCIL",
]
SUFFIXES = [
    "",
    " LTD",
    " PLC",
    " INC.",
    " GMBH",
    " HOLDINGS",
    " LLC",
    " GROUP",
]
TITLES = [
    "ANNUAL REPORT",
    "MINUTES OF THE MEETING",
    "USER MANUAL",
    "SAFETY HANDBOOK",
    "PROJECT SKYLARK",
    "TEST PLAN",
    "RANGE TRIALS",
    "QUALITY POLICY",
    "TERMS AND CONDITIONS",
    "CONTENTS",
    "THE SECRET GARDEN",
    "TRADE SECRETS",
    "OFFICIAL STATISTICS",
    "PROTECTED SPECIES SURVEY",
    "RESTRICTED AREAS",
    "OPEN ACCESS JOURNAL",
    "EXECUTIVE SUMMARY",
    "年次報告書",
    "取扱説明書",
    "会議議事録",
    "試験計画書",
    "秘密保持契約書",
    "情報公開請求",
    "目次",
]
NUMBERS = [
    "DOC-2026-001",
    "REF: AB/12/34",
    "ISSUE 2",
    "REV. C",
    "2026-05-01",
    "1 MAY 2026",
    "PAGE 1 OF 9",
    "- 3 -",
    "V1.2",
]
OTHERS = [
    "DRAFT",
    "FINAL DRAFT",
    "© 2026 NORTHGATE PUMPS",
    "ALL RIGHTS RESERVED",
    "WWW.EXAMPLE.ORG",
    "HTTPS://EXAMPLE.ORG/A//B",
    "INFO@EXAMPLE.ORG",
    "UNCONTROLLED WHEN PRINTED",
    "CONTROLLED COPY",
    "[DOCUMENT TITLE]",
    "<INSERT NAME>",
    "[1]",
    "THIS PAGE IS INTENTIONALLY LEFT BLANK",
    "CHAPTER 3",
    "PART ONE",
    "ANNEX A",
    "(CONTINUED)",
    "TEL. 01234 567890",
    "令和8年5月1日",
    "第3章",
    "1/9",
    "転載を禁ずる",
    "案",
    "別紙",
    "JOHN SMITH",
    "DEPARTMENT OF PHYSICS",
    "MEMBERS OF THE BOARD",
]


def ordinary() -> list[str]:
    firms = [name + suffix for name, suffix in product(NAMES, SUFFIXES)]
    made = [*firms, *TITLES, *NUMBERS, *OTHERS]
    made += [f"{first} - {second}" for first, second in product(firms, TITLES)]
    made += [f"{first}  {second}" for first, second in product(TITLES, NUMBERS)]
    made += [f"{first} | {second}" for first, second in product(firms, NUMBERS)]
    made += [f"{first} {second}" for first, second in product(TITLES, ("2026", "VOLUME 2", "(DRAFT)"))]
    return [one for text in made for one in dict.fromkeys((text, text.title()))]


def document_of(text: str, pages: int = 2, kind: PageKind | None = None) -> Document:
    zones = (Zone.header, Zone.footer)
    lines = tuple(Line(text=text, zone=zone, number=n, centred=True) for n, zone in enumerate(zones, 1))
    made = (
        Page(number=None if kind else number, section=number if kind else None, kind=kind, lines=lines)
        for number in range(1, pages + 1)
    )
    return Document(name="x", media_type="", sha256="", pages=tuple(made))


def claimed(text: str) -> bool:
    return bool(POLICY.recogniser.unknown.find(document_of(text), ()))


def named(report: DocumentReport) -> dict[str, Severity]:
    return {one.code: one.severity for one in report.findings}


@pytest.mark.parametrize("text", MARKINGS)
def test_a_marking_of_no_known_scheme_is_told_instead_of_none(text: str) -> None:
    found = named(check_read(document_of(text), POLICY))
    assert "DOC001" not in found
    assert "DOC021" in found or "DOC022" in found or any(code.startswith("EX") for code in found)


@pytest.mark.parametrize("text", MARKINGS[:8])
def test_in_word_the_head_of_a_section_is_that_of_its_pages(text: str) -> None:
    report = check_read(document_of(text, pages=1, kind=PageKind.default), POLICY)
    assert "DOC021" in named(report)


def test_at_most_two_of_two_thousand_ordinary_ones_are_claimed() -> None:
    made = ordinary()
    assert len(made) >= 2000
    wrong = [text for text in made if claimed(text)]
    assert len(wrong) <= MOST_CLAIMED, wrong


@pytest.mark.parametrize("mark", ["UK SECRET", "日本国 極秘"])
def test_beside_a_known_marking_nothing_is_unknown(mark: str) -> None:
    report = check_example(ExampleDocument(mark=f"{mark}\nPROGRAMME PARTNERS ONLY"), POLICY)
    assert "DOC021" not in named(report)


@pytest.mark.parametrize(
    ("to", "stage", "severity"),
    [
        ("JP", "outgoing", Severity.error),
        ("JP", "internal", Severity.warning),
        (None, "outgoing", Severity.warning),
    ],
)
def test_in_an_exchange_it_is_an_error(to: str | None, stage: str, severity: Severity) -> None:
    stated = {"mark": "ORION//PARTNERS", "from": "GB" if to else None, "to": to, "stage": stage}
    assert named(check_example(msgspec.convert(stated, ExampleDocument), POLICY))["DOC021"] is severity


def test_once_on_a_page_it_may_be_a_title() -> None:
    line = Line(text="HIGHLY SENSITIVE", zone=Zone.header, number=1, centred=True)
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=(line,)),))
    assert not POLICY.recogniser.unknown.find(document, ())
