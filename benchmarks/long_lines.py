"""How recognition grows with the length of a line and the number of lines.

    make bench

A line of 1, 2, 4 and 8 thousand characters of each pattern, in a header and in the body; then pages of
so many lines. Twice as much text should cost about twice as much.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from countermark.config.policy import load_policy
from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import examine
from countermark.recognition.recogniser import Recogniser

if TYPE_CHECKING:
    from countermark.config.policy import Policy

FIRST = "UK SECRET "
SIZES = (1000, 2000, 4000, 8000)
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


def document(lines: tuple[Line, ...]) -> Document:
    """Return a document of one page."""
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))


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


if __name__ == "__main__":
    main()
