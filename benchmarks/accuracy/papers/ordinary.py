"""Kinds of papers that bear no marking, though many are full of the words of markings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accuracy.foreign import MARKINGS
from accuracy.papers.bands import bands
from accuracy.papers.marked import TIERS, chapters, look, opening, paragraphs, table
from accuracy.papers.model import Bands, Element, HardPaper, Section
from accuracy.papers.words import Words
from accuracy.truth import Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def unmarked(
    words: Words, kind: str, chance: Random, elements: list[Element], running: str = ""
) -> HardPaper:
    """Return a paper without a marking; `running` is in the middle of its headers and footers."""
    section = Section(bands(words, None, chance, running=running), tuple(elements))
    return HardPaper(kind, words.language, words["title"], (section,), look(chance))


def _language(chance: Random) -> str:
    return chance.choice(("en", "ja"))


def study(kind: str, chance: Random) -> HardPaper:
    words = Words(_language(chance), chance)
    elements = [*opening(words, None, chance), *chapters(words, chance, chance.randint(3, 6))]
    elements += [Element("paragraph", text) for text in words.some("trigger", 6)]
    return unmarked(words, kind, chance, elements)


def _guide(words: Words, kind: str, chance: Random, tiers: tuple[str, ...]) -> HardPaper:
    """Return a guide: tiers in a list, in a table, in boxes, each announced or explained."""
    ways = chance.sample(("list", "table", "boxes", "lines", "prose"), 3)
    elements = [Element("title", words.draw("guide_title")), *paragraphs(words, chance, 1, 3)]
    for way in ways:
        elements += [Element("heading", words.draw("heading")), Element("paragraph", words.draw("guide"))]
        elements += _examples(words, chance, way, tiers)
        elements += paragraphs(words, chance, 1, 3)
    return unmarked(words, kind, chance, elements, running=chance.choice(("", words["title"])))


def _examples(words: Words, chance: Random, way: str, tiers: tuple[str, ...]) -> list[Element]:
    some = chance.sample(tiers, min(len(tiers), chance.randint(3, 6)))
    if way == "list":
        return [Element("item", tier) for tier in some]
    if way == "table":
        rows = [(tier, words.draw("meaning")) for tier in some]
        return [Element("table", rows=((words.draw("label"), words.draw("column")), *rows))]
    if way == "boxes":
        return [Element("box", tier) for tier in some[:2]]
    if way == "lines":
        return [
            Element("paragraph", f"{tier}{chance.choice((': ', ' - ', '：'))}{words.draw('meaning')}")
            for tier in some
        ]
    return [Element("paragraph", " ".join(f"{tier} {words.draw('meaning')}." for tier in some))]


def guide(language: str) -> Callable[[str, Random], HardPaper]:
    def made(kind: str, chance: Random) -> HardPaper:
        return _guide(Words(language, chance), kind, chance, TIERS[language])

    return made


def others_guide(kind: str, chance: Random) -> HardPaper:
    """Return a guide to another country's scheme."""
    country = chance.choice([marking.country for marking in MARKINGS])
    own = tuple(marking.text for marking in MARKINGS if marking.country == country)
    made = _guide(Words("en", chance), kind, chance, own)
    letterhead = next(marking.letterhead for marking in MARKINGS if marking.country == country)
    section = made.sections[0]
    return made.with_sections(
        replace(section, elements=(Element("paragraph", letterhead), *section.elements))
    )


def glossary(kind: str, chance: Random) -> HardPaper:
    """Return a glossary of words, markings among them, in a long table."""
    words = Words(_language(chance), chance)
    terms = [*TIERS[words.language], *words.some("thing", 8)]
    rows = tuple((term, words.draw("meaning")) for term in sorted(terms))
    elements = [*opening(words, None, chance), Element("table", rows=rows), *paragraphs(words, chance, 1, 4)]
    return unmarked(words, kind, chance, elements)


def boxed_examples(kind: str, chance: Random) -> HardPaper:
    """Return a paper that shows one marking in a box, or a page with its marking in a table."""
    words = Words(_language(chance), chance)
    tier = chance.choice(TIERS[words.language][:3])
    example = chance.choice(
        (Element("box", tier), Element("table", rows=((tier,), (words.sentence(),), (tier,))))
    )
    elements = [
        *opening(words, None, chance),
        *chapters(words, chance, 1),
        Element("paragraph", words.draw("guide")),
        example,
    ]
    return unmarked(words, kind, chance, [*elements, *paragraphs(words, chance, 1, 5)])


def company_paper(kind: str, chance: Random) -> HardPaper:
    """Return a firm's paper with its own mark; words that Japan's offices use too are optional."""
    words = Words(_language(chance), chance)
    mark = words.draw("company_mark")
    elements = [
        Element("paragraph", words["company"]),
        *opening(words, None, chance),
        *chapters(words, chance, 3),
    ]
    made = unmarked(words, kind, chance, elements, running=mark)
    if words.language == "en":
        return made
    written = Written((mark,), (Truth("JP", None),), "company mark", "ja")
    section = made.sections[0]
    usual = Bands(*(band._replace(written=written) for band in section.usual))
    return made.with_sections(replace(section, usual=usual))


def quote(kind: str, chance: Random) -> HardPaper:
    """Return a firm's quotation: prices, terms, a mark of the firm in its text."""
    words = Words("en", chance)
    rows = [
        ("Item", "Description", "Price"),
        *((str(number), words.draw("thing"), f"{chance.randint(90, 9000)}.00") for number in range(1, 7)),
    ]
    mark = Element(chance.choice(("paragraph", "centre", "box")), words.draw("company_mark"))
    elements = [Element("paragraph", words["company"]), Element("title", f"Quotation {words['number']}")]
    elements += [
        mark,
        Element("table", rows=tuple(rows)),
        *paragraphs(words, chance, 1, 3),
        Element("paragraph", words.draw("disclaimer")),
    ]
    return unmarked(words, kind, chance, elements)


def blank_form(kind: str, chance: Random) -> HardPaper:
    words = Words(_language(chance), chance)
    tiers = TIERS[words.language]
    choices = chance.choice(
        (
            " / ".join(tiers),
            "  ".join(f"☐ {tier}" for tier in tiers),
            "  ".join(f"[ ] {tier}" for tier in tiers),
        )
    )
    rows = [(name, "") for name in words.some("column", 5)]
    rows.insert(chance.randrange(5), (words.draw("label"), choices))
    elements = [
        Element("title", words["title"]),
        Element("table", rows=tuple(rows)),
        *paragraphs(words, chance, 1, 3),
    ]
    return unmarked(words, kind, chance, elements)


def running_head(kind: str, chance: Random) -> HardPaper:
    """Return a paper with a running head: a draft, a standard, a book."""
    words = Words(_language(chance), chance)
    elements = [*opening(words, None, chance), *chapters(words, chance, chance.randint(3, 6))]
    made = unmarked(words, kind, chance, elements, running=words.draw("running"))
    return replace(made, watermark=chance.choice(("", "", "DRAFT", "COPY")))


def manual(kind: str, chance: Random) -> HardPaper:
    """Return a manual: warnings in boxes, as headings and as lines of their own."""
    words = Words(_language(chance), chance)
    elements = opening(words, None, chance)
    for warning in words.some("warning", 4):
        way = chance.choice(("box", "heading", "centre", "paragraph"))
        elements += [Element(way, warning), *paragraphs(words, chance, 1, 3)]
    return unmarked(words, kind, chance, [*elements, table(words, chance)])


def newsletter(kind: str, chance: Random) -> HardPaper:
    words = Words(_language(chance), chance)
    elements: list[Element] = [Element("title", words["company"])]
    for title in words.some("bulletin", 5):
        elements += [
            Element(chance.choice(("heading", "centre", "title")), title),
            *paragraphs(words, chance, 1, 3),
        ]
    return unmarked(words, kind, chance, elements)


def title_page(kind: str, chance: Random) -> HardPaper:
    """Return a book or a film's script whose title is a word of markings."""
    words = Words(_language(chance), chance)
    title = words.draw("book")
    cover = [
        Element("title", title),
        Element("centre", words.draw("person")),
        Element("centre", words["company"]),
        Element("break"),
    ]
    made = unmarked(
        words,
        kind,
        chance,
        [*cover, *chapters(words, chance, 4)],
        running=chance.choice(("", words.draw("person"))),
    )
    return replace(made, title=title)


def printed_mail(kind: str, chance: Random) -> HardPaper:
    """Return a printed e-mail that speaks of confidence, as firms' disclaimers do."""
    words = Words(_language(chance), chance)
    names = ("From", "To", "Subject") if words.language == "en" else ("差出人", "宛先", "件名")
    subject = chance.choice((words["title"], words.draw("bulletin"), f"RE: {words.draw('trigger')}"))
    fields = [
        f"{name}: {value}" for name, value in zip(names, (*words.some("person", 2), subject), strict=True)
    ]
    elements = [Element("paragraph", text) for text in fields] + paragraphs(words, chance, 2, 5)
    elements += [Element("paragraph", text) for text in words.some("disclaimer", 2)]
    return HardPaper(
        kind,
        words.language,
        subject,
        (Section(Bands(), tuple(elements)),),
        browser_heads=chance.random() < 0.6,
    )


def register(kind: str, chance: Random) -> HardPaper:
    """Return a list of documents with the classification of each."""
    words = Words(_language(chance), chance)
    rows = table(words, chance, (words.draw("label"), TIERS[words.language]))
    return unmarked(
        words, kind, chance, [*opening(words, None, chance), rows, *paragraphs(words, chance, 0, 3)]
    )


ORDINARY: dict[str, Callable[[str, Random], HardPaper]] = {
    "study": study,
    "British guide": guide("en"),
    "Japanese guide": guide("ja"),
    "others' guide": others_guide,
    "glossary": glossary,
    "boxed examples": boxed_examples,
    "company paper": company_paper,
    "quotation": quote,
    "blank form": blank_form,
    "running head": running_head,
    "manual": manual,
    "newsletter": newsletter,
    "title page": title_page,
    "e-mail": printed_mail,
    "register": register,
}
