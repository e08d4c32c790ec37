"""Kinds of papers whose markings look otherwise, or come from other countries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accuracy.foreign import MARKINGS
from accuracy.papers import markings
from accuracy.papers.bands import band, bands
from accuracy.papers.marked import (
    change_record,
    chapters,
    cover_and_annexes,
    distribution_list,
    drawing,
    email_print,
    filled_form,
    letter,
    look,
    minutes,
    opening,
    paper,
    paragraphs,
    portions,
    report,
    sheet,
    slides,
    with_marking,
)
from accuracy.papers.model import Bands, Element, HardPaper, Section
from accuracy.papers.words import Words
from accuracy.truth import Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def watermark(kind: str, chance: Random) -> HardPaper:
    """Return a report with its marking, or another word, across the page."""
    made = report(kind, chance)
    written = made.sections[0].usual.head.written
    is_marking = written is not None and written.language == "en" and chance.random() < 0.5
    if is_marking and written:
        return replace(made, watermark=written.lines[0], stamped=written)
    return replace(made, watermark=chance.choice(("DRAFT", "COPY", "SPECIMEN", "NOT FOR FILING")))


def spaced_letters(kind: str, chance: Random) -> HardPaper:
    """Return a report whose markings are letter-spaced or condensed."""
    spacing, stretch = chance.choice(((1, 100), (2, 100), (4, 100), (6, 100), (0, 75), (-0.4, 100)))
    made = report(kind, chance)
    return replace(made, look=made.look._replace(spacing=spacing, stretch=stretch))


def odd_and_even(kind: str, chance: Random) -> HardPaper:
    """Return a paper of many pages whose odd, even and first pages have different headers."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    elements = (
        *opening(words, written, chance),
        *chapters(words, chance, 6),
        *paragraphs(words, chance, 12, 20),
    )
    usual, even, first = (bands(words, written, chance) for _ in range(3))
    section = Section(usual, elements, first if chance.random() < 0.4 else None, even)
    return HardPaper(kind, words.language, words["title"], (section,), look(chance))


def tight_footer(kind: str, chance: Random) -> HardPaper:
    """Return full pages of text whose footers are directly under it."""
    written = markings.usual(chance)
    words = Words(written.language, chance)
    elements = [*opening(words, written, chance), *paragraphs(words, chance, 18, 30)]
    made = paper(kind, words, chance, written, elements, tight=True)
    alone = Bands(
        *(band(words, written, chance, layout=chance.choice(("alone", "centre"))) for _ in range(2))
    )
    return made.with_sections(replace(made.sections[0], usual=alone))


def mixed_scripts(kind: str, chance: Random) -> HardPaper:
    """Return a paper whose header has both languages: the other country's company beside the marking."""
    written = markings.usual(chance)
    other = Words("ja" if written.language == "en" else "en", chance)
    words = Words(written.language, chance)
    elements = [
        *opening(words, written, chance),
        Element("paragraph", other["title"]),
        *chapters(words, chance, 3),
    ]
    made = paper(kind, words, chance, written, elements)
    head = band(other, written, chance, layout=chance.choice(("centre", "above", "grid", "left")))
    return made.with_sections(replace(made.sections[0], usual=made.sections[0].usual._replace(head=head)))


def japanese_stamp(kind: str, chance: Random) -> HardPaper:
    """Return a Japanese paper with a vertical stamp at the head of its first page."""
    tier = chance.choice(("極秘", "秘", "特定秘密", "極秘", "取扱注意"))
    truth = Truth("JP", None if tier == "取扱注意" else tier)
    written = Written((tier,), (truth,), "stamp", "ja")
    words = Words("ja", chance)
    elements = [
        Element("stamp", tier, written=written),
        *opening(words, written, chance),
        *chapters(words, chance, 3),
    ]
    made = paper(kind, words, chance, written, elements)
    if chance.random() < 0.5:
        unmarked = Section(bands(words, None, chance, running=words["title"]), tuple(elements))
        return made.with_sections(unmarked)
    return made


def foreign(group: str) -> Callable[[str, Random], HardPaper]:
    """Return the maker of third parties' papers: letterhead, marking, portions where the party has some."""

    def made(kind: str, chance: Random) -> HardPaper:
        marking = chance.choice(
            [marking for marking in MARKINGS if marking.group == group and marking.at_edges]
        )
        written = Written((marking.text,), (Truth(marking.country, marking.tier),), "foreign")
        words = Words("en", chance)
        elements = [*opening(words, written, chance), *chapters(words, chance, chance.randint(2, 4))]
        if marking.is_headed or chance.random() < 0.6:
            elements.insert(0, Element("paragraph", marking.letterhead))
        own = [other for other in MARKINGS if other.country == marking.country and not other.at_edges]
        for other in own[: chance.randint(0, 3)]:
            portion = Written((other.text,), (Truth(other.country, other.tier),), "foreign")
            elements.append(Element("paragraph", f"{other.text} {words.paragraph()}", written=portion))
        return paper(kind, words, chance, written, elements)

    return made


MARKED: dict[str, Callable[[str, Random], HardPaper]] = {
    "report": report,
    "cover and annexes": cover_and_annexes,
    "minutes": minutes,
    "letter": letter,
    "drawing": drawing,
    "slides": slides,
    "sheet": sheet,
    "filled form": filled_form,
    "change record": change_record,
    "distribution list": distribution_list,
    "printed e-mail": email_print,
    "British portions": portions,
    "Japanese portions": portions,
    "old scheme": with_marking(markings.to_2014),
    "two lines": with_marking(markings.two_lines),
    "codewords": with_marking(markings.codeword),
    "when completed": with_marking(markings.when_completed),
    "watermark": watermark,
    "spaced letters": spaced_letters,
    "odd and even": odd_and_even,
    "tight footer": tight_footer,
    "mixed scripts": mixed_scripts,
    "Japanese stamp": japanese_stamp,
    "US": foreign("US"),
    "alliance": foreign("alliance"),
    "Commonwealth": foreign("Commonwealth"),
    "Europe": foreign("Europe"),
    "Asia": foreign("Asia"),
}
