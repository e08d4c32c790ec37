"""Running heads that are no markings: made ones, and those of other people's files where these are at hand.

Each is the header and footer of a document of two pages. None of them is of an unknown scheme (DOC021).
"""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from accuracy.corpus import CORPUS, KINDS
from accuracy.finders import policy
from accuracy.layout_word import word_of
from accuracy.paper import Band, Block, Paper
from accuracy.papers.words import Words
from accuracy.truth import CURRENT
from countermark.checking.check import check_document
from countermark.model import HEADER_FOOTER
from countermark.readers.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = ("running", "running", "foot", "beside", "number", "body", "bulletin", "heading")
MADE = 2000
_LONGEST = 90


class RunningHead(NamedTuple):
    text: str
    language: str
    source: str


def made_heads(seed: int) -> Iterator[RunningHead]:
    """Yield different running heads as papers have them."""
    chance = Random(f"{seed}/running")
    seen: set[str] = set()
    while len(seen) < MADE:
        language = chance.choice(("en", "en", "ja"))
        words = Words(language, chance)
        fixed = [words[name] for name in ("company", "number", "title")]
        parts = [chance.choice(fixed) if chance.random() < 0.4 else words.draw(chance.choice(LISTS))]
        if chance.random() < 0.3:
            parts.append(words.draw(chance.choice(LISTS)))
        text = chance.choice((" - ", "  ", " | ", ", ")).join(parts).replace("#", "4").replace("@", "12")
        if chance.random() < 0.2:
            text = text.upper()
        if text not in seen:
            seen.add(text)
            yield RunningHead(text, language, "made")


def real_heads() -> Iterator[RunningHead]:
    """Yield what is at header and footer of other people's files."""
    seen: set[str] = set()
    for path in sorted(CORPUS.glob("*/*")) if CORPUS.is_dir() else ():
        if path.suffix.lower() not in KINDS:
            continue
        for page in islice(read(path.read_bytes(), path.name, policy().config.limits).pages, 20):
            for line in page.lines:
                text = " ".join(line.text.split())
                if line.zone in HEADER_FOOTER and text and len(text) <= _LONGEST and text not in seen:
                    seen.add(text)
                    yield RunningHead(text, "en", "other people's files")


def claims_of(head: RunningHead) -> tuple[bool, bool]:
    """Return whether DOC021 is reported of a document with that running head, and whether a marking is."""
    plain = {"en": "The results are set out below.", "ja": "試験の結果を次に示す。"}[head.language]
    page = (Block("paragraph", plain), Block("paragraph", plain))
    paper = Paper(
        language=head.language,
        title=plain,
        letterhead="",
        date=CURRENT.isoformat(),
        head=Band(extra=head.text),
        foot=Band(extra=head.text),
        pages=(page, page),
    )
    report = check_document(word_of(paper)[0], "running.docx", policy())
    return any(finding.code == "DOC021" for finding in report.findings), bool(report.markings)
