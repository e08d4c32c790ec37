"""How the cost grows with the length of a line, and the number of lines, candidates and pages.

    make bench

A line of 1, 2, 4 and 8 thousand characters of each pattern, in a header and in the body; then a page of
so many lines, so many candidates on pages of 20 lines, and PDF files of 25 to 200 pages. Twice as much should
cost about twice as much.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import examine
from countermark.recognition.recogniser import Recogniser
from speed import drawn_pdf

if TYPE_CHECKING:
    from countermark.config.policy import Policy

FIRST = "UK SECRET "
SIZES = (1000, 2000, 4000, 8000)
PAGE_COUNTS = (25, 50, 100, 200)
LINES_OF_A_PAGE = 20
DAY = date(2026, 11, 28)
LINES = {
    "秘": "秘",
    "極秘 ": "極秘 ",
    "特定": "特定",
    "digits": "0123456789",
    "digits, some blanks": "UK SECRET 12345678",
    "OFFICIAL-": "OFFICIAL-",
    "OFFICIAL-SENSITIVE ": "OFFICIAL-SENSITIVE ",
    "quotes": "\"'“”「」",
    "quoted SECRET": "'SECRET' ",
    "UK SECRET - ": "UK SECRET - ",
    "UK SECRET - JP/": "UK SECRET - JP/",
    "UK": "UK ",
    "letters apart": "S E C R E T ",
    "letters apart, one word": "S ",
    "letters apart, points": "S.E.C.R.E.T.",
    "nations": "UK/JP/FR, ",
    "EYES ONLY": "UK/JP EYES ONLY - ",
    "REL TO": "SECRET REL TO UK, JP ",
    "opening brackets": "(",
    "brackets": "(UK S) ",
    "blanks": " ",
    "tabs": "UK SECRET\t",
    "tabs, cut words": "UK\t",
    "dashes": "-",
    "slashes": "SECRET//",
    "points": "A.B.",
    "joined words": "SECRET.SECRET'",
    "dates": "令和9年3月31日 ",
    "English dates": "1 MAY 2026 ",
    "numbered": "No. 123 Copy 1 of 2 ",
    "Japanese fields": "登録番号 第12号 ",
    "embargo": "SECRET EMBARGOED UNTIL ",
    "Latin and Japanese": "秘SECRET",
    "kanji apart": "特 定 秘 密 ",
    "combining": "S\u0301",
    "zero width": "S\u200b",
    "full width": "ＳＥＣＲＥＴ　",
    "words": "ABCDEFG ",
    "USE ONLY": "SECRET - HMG USE ONLY ",
    "mixed": "(SECRET) - UK/JP 秘 12. [OFFICIAL-SENSITIVE] ",
    "one word": "A",
    "small": "secret ",
}
PAGES = {
    "UK SECRET": "UK SECRET",
    "秘": "秘",
    "cut word": "UK\nSECRET",
    "portion": "(UK S) Some text.",
    "OFFICIAL.": "OFFICIAL.",
    "kinds": "UK SECRET - X{number}",
}


def line_of(pattern: str, size: int) -> str:
    """Return so many characters: a marking, without which no line is parsed, and the pattern."""
    return (FIRST + pattern * (size // len(pattern) + 1))[:size]


def page_of(pattern: str, size: int) -> tuple[Line, ...]:
    """Return so many lines of the pattern; {number} in it is the line's own."""
    texts = [text for number in range(size) for text in pattern.replace("{number}", str(number)).split("\n")]
    return tuple(Line(text=text, zone=Zone.body, number=at) for at, text in enumerate(texts[:size], 1))


def document(lines: tuple[Line, ...], most: int = sys.maxsize) -> Document:
    """Return a document of pages of at most so many lines."""
    parts = batched(lines, most) if most < len(lines) else [lines]
    pages = tuple(Page(number=number, lines=tuple(part)) for number, part in enumerate(parts, 1))
    return Document(name="a.pdf", media_type="", sha256="", pages=pages)


def batched(lines: tuple[Line, ...], most: int) -> list[tuple[Line, ...]]:
    return [lines[start : start + most] for start in range(0, len(lines), most)]


def whole_check(pages: int, policy: Policy) -> float:
    """Return how long the check of a PDF of so many pages takes, in processor time."""
    data = drawn_pdf(pages)
    start = time.process_time()
    check_document(data, "bench.pdf", policy)
    return time.process_time() - start


def anew(recogniser: Recogniser) -> Recogniser:
    """Return a recogniser of the same words that has seen one line."""
    fresh = Recogniser(recogniser.standards)
    vars(fresh)["lexicon"] = recogniser.lexicon
    examine(document(page_of("UK SECRET Project Skylark", 1)), fresh, DAY)
    return fresh


def seconds(made: Document, policy: Policy) -> float:
    """Return how long recognition takes, in processor time."""
    recogniser = anew(policy.recogniser)
    start = time.process_time()
    examine(made, recogniser, DAY)
    return time.process_time() - start


def row(name: str, figures: list[float]) -> str:
    """Return a line of the table: milliseconds at each size, and how much the last doubling cost."""
    shown = "".join(f"{1000 * figure:9.1f}" for figure in figures)
    return f"  {name:<26}{shown}   x{figures[-1] / max(figures[-2], 1e-4):5.1f}"


def main() -> None:
    policy = load_policy()
    sizes = "".join(f"{size:>9}" for size in SIZES)
    for zone in (Zone.header, Zone.body):
        print(f"\nOne line in the {zone.value}, characters -> ms\n  {'':<26}{sizes}")
        for name, pattern in LINES.items():
            lines = [(Line(text=line_of(pattern, size), zone=zone, number=1),) for size in SIZES]
            print(row(name, [seconds(document(one), policy) for one in lines]))
            sys.stdout.flush()
    print(f"\nOne page, lines -> ms\n  {'':<26}{sizes}")
    for name, pattern in PAGES.items():
        print(row(name, [seconds(document(page_of(pattern, size)), policy) for size in SIZES]))
    print(f"\nPages of {LINES_OF_A_PAGE} lines, candidates -> ms\n  {'':<26}{sizes}")
    for name, pattern in PAGES.items():
        made = [document(page_of(pattern, size), LINES_OF_A_PAGE) for size in SIZES]
        print(row(name, [seconds(of_size, policy) for of_size in made]))
    print(f"\nOne PDF, pages -> ms\n  {'':<26}" + "".join(f"{count:>9}" for count in PAGE_COUNTS))
    print(row("the whole check", [whole_check(count, policy) for count in PAGE_COUNTS]))


if __name__ == "__main__":
    main()
