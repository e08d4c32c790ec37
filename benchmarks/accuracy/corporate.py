"""Papers as organisations make them: templates with a company's name, a document number and page numbers
around the marking, and as many ordinary papers that bear none. Nothing is tuned on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from accuracy.clean import clean_marking
from accuracy.documents import date_line
from accuracy.prose import filler
from accuracy.truth import CURRENT, Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable

MARKED = ("report", "minutes", "letter", "cover and annex", "drawing", "slides", "form", "foreign")
ORDINARY = ("study", "guide", "glossary", "company paper", "blank form", "draft", "catalogue", "bulletin")
KINDS = (*MARKED, *ORDINARY)
LAYOUTS = ("row above", "centre cell", "left cell", "plain line")
"""Where the marking is in the table at header and footer; `plain line`: no table."""
LANDSCAPE = frozenset(("drawing", "slides"))


@dataclass(frozen=True)
class Element:
    """A piece of a paper. `kind` is heading, paragraph, list, table, box or break (a new page); a table's
    rows are in `rows`."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class CorporatePaper:
    """What a producer sets. `left` and `right` are beside the marking at the header, `foot` at the footer;
    `#` is the page's number, `@` their count."""

    kind: str
    language: str
    written: Written | None
    layout: str
    ruled: bool
    left: str
    right: str
    foot: str
    running: str
    elements: tuple[Element, ...]

    @property
    def is_landscape(self) -> bool:
        return self.kind in LANDSCAPE


FOREIGN: tuple[tuple[str, Truth], ...] = (
    ("NATO SECRET", Truth("NATO", "NATO SECRET")),
    ("NATO RESTRICTED", Truth("NATO", "NATO RESTRICTED")),
    ("SECRET//NOFORN", Truth("US", "SECRET")),
    ("CONFIDENTIAL//REL TO USA, GBR, JPN", Truth("US", "CONFIDENTIAL")),
    ("AUSTRALIA: PROTECTED", Truth("AU", "PROTECTED")),
    ("RESTREINT UE/EU RESTRICTED", Truth("EU", "RESTREINT UE/EU RESTRICTED")),
    ("CONFIDENTIEL DÉFENSE", Truth("FR", "CONFIDENTIEL DÉFENSE")),
    ("VS-NUR FÜR DEN DIENSTGEBRAUCH", Truth("DE", "VS-NUR FÜR DEN DIENSTGEBRAUCH")),
)
COMPANY = {
    "en": (
        "Acme Aerospace Limited",
        "Northfield Systems plc",
        "Harrow & Lyle Ltd",
        "Kestrel Instruments Inc.",
    ),
    "ja": ("株式会社日本試験機製作所", "東和電子工業株式会社", "有限会社浜松精機"),
}
FOOTERS = {
    "en": (
        "© {company} 2026",
        "Registered in England No. 1234567",
        "www.example.org",
        "Template FM-014 rev 3",
    ),
    "ja": ("© 2026 {company}", "様式第14号", "www.example.org", "無断転載を禁ず"),
}
NUMBERS = ("JWG/26/114", "ACM-TR-0042 Issue 3", "DE&S/NAV/7/2", "装計第１１４号", "DOC-2026-0193")
SUBJECTS = {
    "en": ("Purpose", "Background", "Method", "Results", "Next steps", "Annex A", "Actions"),
    "ja": ("目的", "経緯", "方法", "結果", "今後の予定", "別紙1", "処置"),
}
EXAMPLES = {
    "en": ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"),
    "ja": ("秘", "極秘", "特定秘密", "取扱注意"),
}
GUIDE = {
    "en": (
        "The following classifications are used in this department:",
        "Write the marking in capitals at the top and bottom of every page, for example:",
        "A document that contains SECRET information must be marked SECRET.",
    ),
    "ja": (
        "本庁において用いる秘密区分は次のとおりとする。",
        "表示は、各ページの上部に次の例により行う。",
        "秘の文書には秘と表示する。",
    ),
}
BULLETIN = {
    "en": ("The secret of a good rig", "Restricted access at Gate 3", "Official opening of the new wing"),
    "ja": ("安全運転の秘訣", "正門の立入制限について", "新棟の開所式"),
}


def corporate_paper(number: int, kind: str, seed: int) -> CorporatePaper:
    """Return paper `number` of that kind; the same for the same seed."""
    chance = Random(f"{seed}/corporate/{kind}/{number}")
    written = _marking(kind, chance)
    language = written.language if written else chance.choice(("en", "ja"))
    company = chance.choice(COMPANY[language])
    day = date_line(written.day if written else CURRENT, language, chance)
    left = chance.choice((company, chance.choice(NUMBERS)))
    right = chance.choice(("Page # of @", "# / @", "#", chance.choice(NUMBERS)))
    running = (
        "DRAFT" if kind == "draft" else chance.choice(("", "", *FOOTERS[language])).format(company=company)
    )
    title = chance.choice(SUBJECTS[language])
    opening = (Element("paragraph", company), Element("paragraph", day), Element("heading", title))
    return CorporatePaper(
        kind=kind,
        language=language,
        written=written,
        layout=chance.choice(LAYOUTS),
        ruled=chance.random() < 0.6,
        left=left,
        right=right,
        foot=chance.choice(("", "#", chance.choice(FOOTERS[language]).format(company=company))),
        running=running,
        elements=(*opening, *BODIES.get(kind, _report)(language, chance)),
    )


def _marking(kind: str, chance: Random) -> Written | None:
    if kind == "foreign":
        text, truth = chance.choice(FOREIGN)
        return Written((text,), (truth,), "foreign scheme")
    if kind not in MARKED:
        return None
    written = clean_marking(chance)
    while written.form == "foreign" or written.split:
        written = clean_marking(chance)
    return replace(written, form=kind)


def _paragraphs(language: str, chance: Random, least: int, most: int) -> list[Element]:
    return [Element("paragraph", filler(language, chance)) for _ in range(chance.randint(least, most))]


def _report(language: str, chance: Random) -> list[Element]:
    elements = _paragraphs(language, chance, 2, 4)
    for subject in chance.sample(SUBJECTS[language], 3):
        elements += [Element("heading", subject), *_paragraphs(language, chance, 2, 5)]
    return elements


def _cover(language: str, chance: Random) -> list[Element]:
    annex = [
        Element("break"),
        Element("heading", SUBJECTS[language][5]),
        *_paragraphs(language, chance, 4, 8),
    ]
    return [*_paragraphs(language, chance, 1, 1), *annex]


def _minutes(language: str, chance: Random) -> list[Element]:
    rows = [(str(number), filler(language, chance)[:40], "JWG") for number in range(1, 5)]
    return [*_paragraphs(language, chance, 2, 4), Element("table", rows=tuple(rows))]


def _drawing(language: str, chance: Random) -> list[Element]:
    rows = (("SCALE", "1:20", "SHEET", "# / @"), ("DRAWN", "K. T.", "APPROVED", "M. S."))
    return [Element("box", filler(language, chance)[:60]), Element("table", rows=rows)]


def _slides(language: str, chance: Random) -> list[Element]:
    elements: list[Element] = []
    for number in range(3):
        elements += [Element("break")] if number else []
        elements += [Element("heading", chance.choice(SUBJECTS[language]))]
        elements += [Element("list", filler(language, chance)[:80]) for _ in range(4)]
    return elements


def _form(language: str, chance: Random) -> list[Element]:
    labels = ("Name", "Unit", "Date", "Reason") if language == "en" else ("氏名", "所属", "日付", "理由")
    rows = tuple((label, filler(language, chance)[:30]) for label in labels)
    return [Element("table", rows=rows), *_paragraphs(language, chance, 1, 3)]


def _guide(language: str, chance: Random) -> list[Element]:
    first, second, third = GUIDE[language]
    words = EXAMPLES[language]
    elements = [Element("paragraph", first), *(Element("list", word) for word in words)]
    elements += [
        Element("paragraph", second),
        Element("box", chance.choice(words)),
        Element("paragraph", third),
    ]
    return [*elements, *_paragraphs(language, chance, 2, 5)]


def _glossary(language: str, chance: Random) -> list[Element]:
    rows = [(word, filler(language, chance)[:50]) for word in EXAMPLES[language]]
    chance.shuffle(rows)
    return [*_paragraphs(language, chance, 1, 2), Element("table", rows=tuple(rows))]


def _blank_form(language: str, chance: Random) -> list[Element]:
    label = "Classification (delete as appropriate)" if language == "en" else "秘密区分（該当するものに○）"
    joined = " / ".join(EXAMPLES[language])
    return [Element("table", rows=((label, joined), ("No.", ""))), *_paragraphs(language, chance, 1, 3)]


def _bulletin(language: str, chance: Random) -> list[Element]:
    elements: list[Element] = []
    for title in BULLETIN[language]:
        elements += [Element("heading", title), *_paragraphs(language, chance, 1, 3)]
    return elements


def _catalogue(language: str, chance: Random) -> list[Element]:
    rows = [
        (f"{number:03}", filler(language, chance)[:40], f"{chance.randint(1, 900)}") for number in range(12)
    ]
    return [Element("table", rows=tuple(rows))]


BODIES: dict[str, Callable[[str, Random], list[Element]]] = {
    "minutes": _minutes,
    "cover and annex": _cover,
    "drawing": _drawing,
    "slides": _slides,
    "form": _form,
    "guide": _guide,
    "glossary": _glossary,
    "blank form": _blank_form,
    "bulletin": _bulletin,
    "catalogue": _catalogue,
}
