"""Kinds of papers that bear markings, as people make them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accuracy.documents import date_line
from accuracy.papers import markings
from accuracy.papers.bands import band, bands
from accuracy.papers.model import Band, Bands, Cell, Element, HardPaper, Look, Section
from accuracy.papers.words import Words
from accuracy.truth import Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

TIERS = {
    "en": ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"),
    "ja": ("極秘", "秘", "特定秘密", "取扱注意"),
}


def heading(words: Words, number: str = "") -> Element:
    return Element("heading", f"{number} {words.draw('heading')}".strip())


def paragraphs(words: Words, chance: Random, least: int, most: int) -> list[Element]:
    return [Element("paragraph", words.paragraph()) for _ in range(chance.randint(least, most))]


def opening(words: Words, written: Written | None, chance: Random) -> list[Element]:
    """Return what a paper begins with: its body, date, title."""
    elements = [Element("title", words["title"])]
    if written:
        elements.append(Element("paragraph", date_line(written.day, words.language, chance)))
    if chance.random() < 0.6:
        elements.insert(0, Element("paragraph", words.draw("body")))
    return elements


def chapters(words: Words, chance: Random, count: int) -> list[Element]:
    found: list[Element] = []
    is_numbered = chance.random() < 0.5
    for number in range(1, count + 1):
        found += [heading(words, f"{number}." if is_numbered else ""), *paragraphs(words, chance, 1, 5)]
        if chance.random() < 0.25:
            found += [Element("item", words.sentence()) for _ in range(chance.randint(2, 5))]
        if chance.random() < 0.2:
            found.append(table(words, chance))
    return found


def table(words: Words, chance: Random, *columns: tuple[str, tuple[str, ...]]) -> Element:
    """Return a table of drawn words; the `columns` named have their own cells."""
    names = words.some("column", chance.randint(2, 4))
    rows = [(*names, *(name for name, _ in columns))]
    for number in range(1, chance.randint(3, 9)):
        own = [str(number) if name == names[0] else words.draw("thing") for name in names]
        rows.append((*own, *(chance.choice(cells) for _, cells in columns)))
    return Element("table", rows=tuple(rows))


def tiers_of(written: Written) -> tuple[str, ...]:
    return TIERS["ja" if written.truths[0].country == "JP" else "en"]


def paper(
    kind: str, words: Words, chance: Random, written: Written | None, elements: list[Element], **more: object
) -> HardPaper:
    """Return a paper of one section whose header and footer bear the marking."""
    section = Section(bands(words, written, chance), tuple(elements))
    made = HardPaper(kind, words.language, words["title"], (section,), look(chance))
    return replace(made, **more)  # type: ignore[arg-type]


def look(chance: Random) -> Look:
    return Look(
        size=chance.choice((8, 9, 10, 11, 12, 12, 14, 16)),
        bold=chance.random() < 0.7,
        colour=chance.choice(("#000000", "#000000", "#000000", "#c00000", "#1f3864", "#595959")),
        framed=chance.random() < 0.12,
    )


def report(kind: str, chance: Random) -> HardPaper:
    written = markings.usual(chance)
    words = Words(written.language, chance)
    elements = [*opening(words, written, chance), *chapters(words, chance, chance.randint(2, 5))]
    return paper(kind, words, chance, written, elements)


def cover_and_annexes(kind: str, chance: Random) -> HardPaper:
    """Return a cover and annexes, each with a marking of its own."""
    first = markings.usual(chance)
    words = Words(first.language, chance)
    cover = [*opening(words, first, chance), *paragraphs(words, chance, 1, 3)]
    sections = [Section(bands(words, first, chance), tuple(cover))]
    for letter in "ABC"[: chance.randint(1, 3)]:
        written = markings.usual(chance, words.language)
        name = (
            f"Annex {letter} to {words['number']}"
            if words.language == "en"
            else f"別紙{letter}（{words['number']}）"
        )
        elements = [Element("title", name), *chapters(words, chance, chance.randint(1, 3))]
        sections.append(Section(bands(words, written, chance), tuple(elements)))
    return HardPaper(kind, words.language, words["title"], tuple(sections), look(chance))


def minutes(kind: str, chance: Random) -> HardPaper:
    written = markings.usual(chance)
    words = Words(written.language, chance)
    people = [Element("item", person) for person in words.some("person", chance.randint(3, 6))]
    elements = [*opening(words, written, chance), *people, *chapters(words, chance, chance.randint(2, 4))]
    return paper(kind, words, chance, written, [*elements, table(words, chance)])


def letter(kind: str, chance: Random) -> HardPaper:
    """Return a letter: its first page has the letterhead in the header, the others have a line only."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    head = Band(((Cell(words.draw("body")),), *band(words, written, chance).rows), written)
    first = Bands(head, band(words, written, chance))
    elements = [
        *opening(words, written, chance),
        *paragraphs(words, chance, 6, 14),
        Element("paragraph", words.draw("person")),
    ]
    made = paper(kind, words, chance, written, elements)
    return made.with_sections(replace(made.sections[0], first=first))


def drawing(kind: str, chance: Random) -> HardPaper:
    """Return a drawing whose title block bears the marking too."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    label = words.draw("label") if chance.random() < 0.5 else ""
    rows = [
        (words["company"], words["title"], words["number"]),
        ("DRAWN", words.draw("person"), "SCALE 1:20"),
        (label or "APPROVED", written.lines[0], f"REV {chance.choice('ABCD')}"),
    ]
    if chance.random() < 0.3:
        rows.reverse()
    block = Element("table", rows=tuple(rows), written=written, optional=not label)
    picture = [
        Element("box", words.sentence()),
        *(Element("paragraph", note) for note in words.some("thing", 4)),
    ]
    return paper(kind, words, chance, written, [*picture, block], landscape=True)


def slides(kind: str, chance: Random) -> HardPaper:
    written = markings.usual(chance)
    words = Words(written.language, chance)
    elements: list[Element] = []
    for number in range(chance.randint(2, 5)):
        elements += [Element("break")] if number else []
        elements.append(Element("title", words.draw("title")))
        elements += [Element("item", words.sentence()) for _ in range(chance.randint(2, 5))]
    return paper(kind, words, chance, written, elements, landscape=True)


def sheet(kind: str, chance: Random) -> HardPaper:
    written = markings.usual(chance)
    words = Words(written.language, chance)
    rows = [words.some("column", 5)]
    rows += [
        [str(number), *words.some("thing", 3), f"{chance.randint(1, 900)}"]
        for number in range(1, chance.randint(12, 50))
    ]
    elements = [Element("title", words["title"]), Element("table", rows=tuple(map(tuple, rows)))]
    return paper(kind, words, chance, written, elements, landscape=True)


def filled_form(kind: str, chance: Random) -> HardPaper:
    """Return a form whose tick boxes name all tiers; the one that is ticked may be taken for a marking."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    tiers = tiers_of(written)
    ticked = chance.randrange(len(tiers))
    boxes = [f"{'☒' if number == ticked else '☐'} {tier}" for number, tier in enumerate(tiers)]
    rows = [(name, words.draw("thing")) for name in words.some("column", 4)]
    rows.insert(chance.randrange(4), (words.draw("label"), "  ".join(boxes)))
    elements = [
        *opening(words, written, chance),
        Element("table", rows=tuple(rows), written=written, optional=True),
    ]
    return paper(kind, words, chance, written, [*elements, *paragraphs(words, chance, 1, 4)])


def change_record(kind: str, chance: Random) -> HardPaper:
    """Return a paper whose record of changes has a column for the classification of each issue."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    record = table(words, chance, (words.draw("label"), tiers_of(written)))
    cover: list[Element] = [*opening(words, written, chance), record]
    if chance.random() < 0.5:
        cover.insert(
            2,
            Element(
                "table",
                rows=((words.draw("label"), written.lines[0]), (words.draw("column"), words["number"])),
                written=written,
            ),
        )
    return paper(kind, words, chance, written, [*cover, Element("break"), *chapters(words, chance, 3)])


def distribution_list(kind: str, chance: Random) -> HardPaper:
    written = markings.usual(chance)
    words = Words(written.language, chance)
    copies = tuple(
        (str(number), words.draw("person"), words.draw("body")) for number in range(1, chance.randint(5, 12))
    )
    elements = [
        *opening(words, written, chance),
        *chapters(words, chance, 2),
        heading(words),
        Element("table", rows=copies),
    ]
    return paper(kind, words, chance, written, elements)


def email_print(kind: str, chance: Random) -> HardPaper:
    """Return a printed e-mail: the marking begins its subject and is a line of its own."""
    written = markings.british(chance.choice(TIERS["en"][:3]))
    words = Words("en", chance)
    fields = [f"From: {words.draw('person')}", f"To: {words.draw('person')}", "Sent: 12 May 2026 09:14"]
    subject = Element("paragraph", f"Subject: {written.lines[0]} - {words['title']}", written=written)
    line = [Element(chance.choice(("paragraph", "centre")), written.lines[0], written=written)]
    body = [
        *(line if chance.random() < 0.7 else []),
        *paragraphs(words, chance, 2, 5),
        Element("paragraph", words.draw("person")),
    ]
    body += [*(line if chance.random() < 0.4 else []), Element("paragraph", words.draw("disclaimer"))]
    elements = [*(Element("paragraph", field) for field in fields), subject, *body]
    made = HardPaper(
        kind, "en", f"{written.lines[0]} - {words['title']}", (Section(Bands(), tuple(elements)),)
    )
    return replace(made, browser_heads=chance.random() < 0.5)


PORTIONS: dict[str, tuple[tuple[str, Truth], ...]] = {
    "SECRET": (
        ("(S)", Truth("GB", "SECRET")),
        ("(UK S)", Truth("GB", "SECRET")),
        ("(UK SECRET)", Truth("GB", "SECRET")),
        ("(UK OS)", Truth("GB", "OFFICIAL", sensitive=True)),
        ("(O)", Truth("GB", "OFFICIAL")),
        ("[SECRET]", Truth("GB", "SECRET")),
        ("(OFFICIAL-SENSITIVE)", Truth("GB", "OFFICIAL", sensitive=True)),
    ),
    "極秘": (
        ("（極秘）", Truth("JP", "極秘")),
        ("(秘)", Truth("JP", "秘")),
        ("（秘）", Truth("JP", "秘")),
        ("【秘】", Truth("JP", "秘")),
        ("〔極秘〕", Truth("JP", "極秘")),
    ),
}
NUMBERS = ("", "{n}. ", "{n}.  ", "({a}) ", "{n}.{n} ", "• ", "{n}) ")


def portions(kind: str, chance: Random) -> HardPaper:
    """Return a report that marks its paragraphs, after their numbers where they have some."""
    tier = "極秘" if kind == "Japanese portions" else "SECRET"
    country = "JP" if tier == "極秘" else "GB"
    written = Written(
        (tier if country == "JP" else f"UK {tier}",),
        (Truth(country, tier),),
        "portions",
        "ja" if country == "JP" else "en",
    )
    words = Words(written.language, chance)
    number = chance.choice(NUMBERS)
    elements = opening(words, written, chance)
    for count in range(1, chance.randint(4, 9)):
        text, truth = chance.choice(PORTIONS[tier])
        before = number.format(n=count, a="abcdefghij"[count])
        portion = Written((text,), (truth,), "portion", written.language)
        elements.append(Element("paragraph", f"{before}{text} {words.paragraph()}", written=portion))
    return paper(kind, words, chance, written, elements)


def with_marking(draw: Callable[[Random], Written]) -> Callable[[str, Random], HardPaper]:
    """Return the maker of reports that bear a marking of that kind."""

    def made(kind: str, chance: Random) -> HardPaper:
        written = draw(chance)
        words = Words(written.language, chance)
        elements = [*opening(words, written, chance), *chapters(words, chance, chance.randint(2, 4))]
        return paper(kind, words, chance, written, elements)

    return made
