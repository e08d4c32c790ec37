"""Which programs set the papers, and how papers are shared out among them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from accuracy.papers.marked_more import MARKED
from accuracy.papers.ordinary import ORDINARY
from accuracy.papers.printed import Printed, sample_of
from accuracy.papers.typeset import groff_papers, groff_sets, platypus_papers, platypus_sets, typst_papers
from accuracy.papers.web import chromium_papers, weasyprint_papers
from accuracy.papers.word import office_papers, word_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accuracy.papers.model import HardPaper
    from accuracy.truth import Sample

_SECONDS = 120


class Producer(NamedTuple):
    """A program: what it makes of papers, and which it can set."""

    make: Callable[[Iterable[HardPaper]], Iterator[Printed]]
    sets: Callable[[HardPaper], bool] = lambda _: True


def _rewritten(papers: Iterable[HardPaper], command: list[str]) -> Iterator[Printed]:
    """Yield Typst's and WeasyPrint's files as another program writes them."""
    if not shutil.which(command[0]):
        return
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "a.pdf", Path(name) / "b.pdf"
        for number, paper in enumerate(papers):
            make = typst_papers if number % 2 else weasyprint_papers
            for printed in make([paper]):
                source.write_bytes(printed.data)
                filled = [word.format(source=source, target=target) for word in command]
                subprocess.run(filled, check=True, capture_output=True, timeout=_SECONDS)
                yield replace(printed, data=target.read_bytes())


_GHOSTSCRIPT = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite"]
_GHOSTSCRIPT += ["-sOutputFile={target}", "{source}"]
_CAIRO = ["pdftocairo", "-pdf", "{source}", "{target}"]
_QPDF = ["qpdf", "--object-streams=generate", "--linearize", "{source}", "{target}"]


def _same_pages(paper: HardPaper) -> bool:
    return all(len(section.variants) == 1 for section in paper.sections)


PRODUCERS = {
    "python-docx": Producer(word_papers),
    "LibreOffice PDF": Producer(lambda papers: office_papers(papers, "pdf")),
    "LibreOffice docx": Producer(lambda papers: office_papers(papers, "odt", "docx")),
    "LibreOffice odt": Producer(lambda papers: office_papers(papers, "odt")),
    "LibreOffice rtf": Producer(lambda papers: office_papers(papers, "rtf")),
    "LibreOffice doc": Producer(lambda papers: office_papers(papers, "doc")),
    "Chromium": Producer(chromium_papers, _same_pages),
    "WeasyPrint": Producer(weasyprint_papers),
    "Typst": Producer(typst_papers),
    "groff": Producer(groff_papers, groff_sets),
    "platypus": Producer(platypus_papers, platypus_sets),
    "Ghostscript": Producer(lambda papers: _rewritten(papers, _GHOSTSCRIPT)),
    "cairo": Producer(lambda papers: _rewritten(papers, _CAIRO)),
    "qpdf": Producer(lambda papers: _rewritten(papers, _QPDF)),
}


_TURNS = [*PRODUCERS, *(name for name in PRODUCERS if not name.startswith("LibreOffice"))]
"""LibreOffice's five forms have one turn each, the others two."""


def hard_paper(kind: str, number: int, seed: int) -> HardPaper:
    """Return paper `number` of that kind; the same for the same seed."""
    chance = Random(f"{seed}/papers/{kind}/{number}")
    return {**MARKED, **ORDINARY}[kind](kind, chance)


def planned(count: int, seed: int) -> dict[str, list[HardPaper]]:
    """Return the papers by producer: `count` of each marked kind, and as many ordinary ones together."""
    ordinary = -(-count * len(MARKED) // len(ORDINARY))
    shared: dict[str, list[HardPaper]] = defaultdict(list)
    turn = 0
    for kinds, number_of in ((MARKED, count), (ORDINARY, ordinary)):
        for kind in kinds:
            for number in range(number_of):
                paper = hard_paper(kind, number, seed)
                while not PRODUCERS[_TURNS[turn % len(_TURNS)]].sets(paper):
                    turn += 1
                shared[_TURNS[turn % len(_TURNS)]].append(paper)
                turn += 1
    return shared


def hard_samples(shared: tuple[str, list[HardPaper]]) -> list[Sample]:
    """Return a producer's papers as it sets them; none where it isn't at hand."""
    producer, papers = shared
    made = PRODUCERS[producer].make(papers)
    return [sample_of(printed, producer, number) for number, printed in enumerate(made)]
