"""Passages that hold the words of markings and no marking; each is set as a line of the body, as a line
of the header and as a title."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from accuracy.design import drawable
from accuracy.layout_pdf import pdf_of
from accuracy.layout_word import word_of
from accuracy.paper import Band, Block, Paper
from accuracy.truth import Kind, Sample

FOLDER = Path(__file__).parent / "prose"
SETTINGS = ("body", "header", "title")
_LONGEST_LINE = {"en": 90, "ja": 42}


class Passage(NamedTuple):
    """A passage, its language and the file it is kept in."""

    text: str
    language: str
    source: str


def _files(folder: Path) -> list[Path]:
    """Return a folder's files of passages: one a line, `#` opens a comment."""
    return sorted((*folder.glob("*.txt"), *folder.glob("*.txt.gz")))


@cache
def passages() -> tuple[Passage, ...]:
    """All passages, in the order of the files' names; those of `more` last: they fill no paper."""
    found: dict[str, Passage] = {}
    for path in (*_files(FOLDER), *_files(FOLDER / "more")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        language = path.name.split(".")[0].split("-")[-1]
        for line in data.decode("utf-8").splitlines():
            text = line.strip()
            if text and not text.startswith("#"):
                found.setdefault(text, Passage(text, language, path.name))
    return tuple(found.values())


@cache
def _of(language: str) -> tuple[str, ...]:
    own = {path.name for path in _files(FOLDER)}
    return tuple(one.text for one in passages() if one.language == language and one.source in own)


def filler(language: str, chance: Random) -> str:
    """A paragraph of a marked document: prose that holds the words too. `(S) South gate` is left out:
    in a document marked SECRET that is a portion mark."""
    while (text := chance.choice(_of(language))).startswith(("(", "（")):
        pass
    return text


def prose_sample(number: int, setting: str, seed: int) -> Sample:
    """Passage `number` in a document without a marking, in that setting."""
    passage = passages()[number]
    chance = Random(f"{seed}/prose/{setting}/{number}")
    text = passage.text
    if setting != "body":
        text = text[: _LONGEST_LINE[passage.language]]
    plain = "試験の結果を次に示す。" if passage.language == "ja" else "The results are set out below."
    fillers = tuple(Block("paragraph", plain) for _ in range(chance.randint(1, 4)))
    blocks = (Block("paragraph", text), *fillers) if setting == "body" else fillers
    heading = {"en": "Report of the working party", "ja": "作業部会の報告"}[passage.language]
    paper = Paper(
        language=passage.language,
        title=text if setting == "title" else heading,
        letterhead="",
        date="",
        head=Band(extra=text if setting == "header" else "", right=chance.choice(("", "#", "# / @"))),
        foot=Band(right=chance.choice(("", "#"))),
        pages=tuple(blocks if number == 0 else fillers for number in range(chance.choice((1, 1, 2)))),
        seed=chance.getrandbits(32),
    )
    word = number % 2 == 1 or not drawable(text)
    data, _ = word_of(paper) if word else pdf_of(paper)
    return Sample(
        name=f"prose-{number:05}-{setting}.{'docx' if word else 'pdf'}",
        data=data,
        family=passage.source,
        language=passage.language,
        kind=Kind.clean,
        passage=number,
        setting=setting,
    )
