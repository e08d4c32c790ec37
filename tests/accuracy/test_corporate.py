"""The benchmark's corporate papers are what they say: half without a marking, the same for the same seed."""

from __future__ import annotations

import io

import docx
import pytest
from pypdf import PdfReader

from accuracy.corporate import KINDS, MARKED, ORDINARY, corporate_paper
from accuracy.producers import PRODUCERS

SEED = 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_the_same_for_the_same_seed_and_marked_by_its_kind(kind: str) -> None:
    paper = corporate_paper(3, kind, SEED)
    assert paper == corporate_paper(3, kind, SEED)
    assert (paper.written is not None) == (kind in MARKED)


def test_half_of_the_kinds_are_ordinary() -> None:
    assert len(MARKED) == len(ORDINARY)


def test_a_producer_sets_the_marking_at_header_and_footer() -> None:
    papers = [corporate_paper(number, "report", SEED) for number in range(4)]
    for paper, data in PRODUCERS["python-docx"](papers):
        section = docx.Document(io.BytesIO(data)).sections[0]
        assert paper.written
        for part in (section.header, section.footer):
            texts = "\n".join(node.text or "" for node in part._element.iter() if node.text)
            assert "".join(paper.written.lines[0].split()) in "".join(texts.split())
    for paper, data in PRODUCERS["platypus"](papers):
        assert paper.written
        if paper.language == "en":
            for page in PdfReader(io.BytesIO(data)).pages:
                text = " ".join(page.extract_text().split())
                assert text.count(paper.written.lines[0]) >= 2
