"""The benchmark's papers are what they say: half ordinary, various, the same for the same seed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfReader

from accuracy.foreign import MARKINGS, PARTIES, foreign_samples
from accuracy.measure import rows_of
from accuracy.papers.marked_more import MARKED
from accuracy.papers.ordinary import ORDINARY
from accuracy.papers.printed import Printed, sample_of
from accuracy.papers.producers import PRODUCERS, hard_paper, planned
from accuracy.report import OWN
from accuracy.running import claims_of, made_heads
from accuracy.truth import Placed

if TYPE_CHECKING:
    from accuracy.papers.model import HardPaper

SEED = 5


def letters(text: str) -> str:
    return "".join(text.split())


def is_required(wanted: Placed) -> bool:
    return not wanted.optional


@pytest.mark.parametrize("kind", [*MARKED, *ORDINARY])
def test_a_paper_is_the_same_for_the_same_seed_and_marked_by_its_kind(kind: str) -> None:
    paper = hard_paper(kind, 3, SEED)
    assert paper == hard_paper(kind, 3, SEED)
    assert paper != hard_paper(kind, 4, SEED)
    sample = sample_of(Printed(paper, b"", "docx"), "none", 3)
    assert any(map(is_required, sample.placed)) == (kind in MARKED)


def test_half_of_the_papers_are_ordinary_and_every_producer_has_some() -> None:
    shared = planned(3, SEED)
    kinds = [paper.kind for papers in shared.values() for paper in papers]
    assert abs(sum(kind in ORDINARY for kind in kinds) - len(kinds) / 2) <= len(ORDINARY)
    assert shared.keys() == PRODUCERS.keys()
    assert len({paper.title for papers in shared.values() for paper in papers}) > len(kinds) * 0.6


def shown(printed: Printed) -> list[str]:
    """The text of each page, or that of the headers and footers of a Word file."""
    if printed.suffix == "pdf":
        return [letters(page.extract_text()) for page in PdfReader(io.BytesIO(printed.data)).pages]
    section = docx.Document(io.BytesIO(printed.data)).sections[0]
    parts = (section.header._element, section.footer._element)
    return [letters("".join(node.text or "" for part in parts for node in part.iter()))]


def marked_in(paper: HardPaper) -> str:
    written = paper.sections[0].usual.head.written
    assert written
    return letters(written.lines[0])


@pytest.mark.parametrize("producer", ["python-docx", "platypus", "Typst", "groff", "WeasyPrint"])
def test_a_producer_sets_the_marking_at_header_and_footer(producer: str) -> None:
    pytest.importorskip({"Typst": "typst", "WeasyPrint": "weasyprint"}.get(producer, "io"))
    numbers = range(12)
    papers = [hard_paper("distribution list", number, SEED) for number in numbers]
    english = [paper for paper in papers if paper.language == "en" and PRODUCERS[producer].sets(paper)][:3]
    made = list(PRODUCERS[producer].make(english))
    if producer == "groff" and not made:
        pytest.skip("groff is not installed")
    assert len(made) == len(english) > 0
    for printed in made:
        assert all(text.count(marked_in(printed.paper)) >= 2 for text in shown(printed))


def test_third_parties_markings_are_many_and_most_are_named() -> None:
    assert len(MARKINGS) >= 250
    assert len({marking.country for marking in MARKINGS}) >= 20
    samples = [sample for number, sample in enumerate(foreign_samples(SEED)) if number % 12 == 0]
    rows = [row for sample in samples for row in rows_of(sample)[OWN] if row.wanted]
    assert sum(row.hit for row in rows) >= 0.8 * len(rows)
    assert not [row.text for row in rows if row.country in PARTIES]


def test_running_heads_are_of_no_unknown_scheme() -> None:
    heads = [head for number, head in enumerate(made_heads(SEED)) if number % 50 == 0]
    assert sum(claims_of(head)[0] for head in heads) == 0
