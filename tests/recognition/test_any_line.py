"""Whatever a line holds, the recogniser and the rules answer: no exception, no failure of ours."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from countermark.checking.check import check_document, check_read
from countermark.config.policy import load_policy
from countermark.model import Document, Line, Page, Property, Zone
from countermark.readers.characters import with_whole_characters
from countermark.recognition.recognise import examine
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder
from support.needs import CORPUS

RECOGNISER = Recogniser(load_standards(data_folder()))
POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en")
TODAY = date(2026, 5, 12)
VOCABULARY = (
    "UK|SECRET|TOP SECRET|OFFICIAL|-SENSITIVE|EYES ONLY|REL TO|NATO|//|NOFORN|FIVE EYES|PAGE|COPY|OF|UNTIL|"
    "EMBARGOED|WHEN COMPLETED|Classification:|1999-02-30|31 March|特定秘密|極秘|秘|機密性|日本国|指定期間|"
    "令和|元年|年|月|日|まで|㊙|限り|第|号"
)
SIGNS = "()（）[]【】「“\"'-–－/／:,.、・| \u3000\u00a0\t\n\u200b\u00ad\ufeff\u202e09²①٣５Ⅳ½"
WORDS = (*VOCABULARY.split("|"), *SIGNS)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
mixed = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=24).map("".join)
lines = st.one_of(anything, mixed)


def document(texts: list[str], zone: Zone) -> Document:
    shown = tuple(Line(text=text, zone=zone, number=number) for number, text in enumerate(texts, 1))
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=shown),))


@given(st.lists(lines, min_size=1, max_size=4), st.sampled_from(Zone))
@example(["( ) Yes", "（　） はい", "[\u00a0] No"], Zone.body)
def test_any_line_is_examined(texts: list[str], zone: Zone) -> None:
    examine(document(texts, zone), RECOGNISER, TODAY)


@given(st.lists(lines, min_size=1, max_size=4), st.sampled_from(Zone))
def test_any_document_is_judged(texts: list[str], zone: Zone) -> None:
    report = check_read(document(texts, zone), POLICY)
    assert "READ009" not in {finding.code for finding in report.findings}
    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)).verdict is report.verdict


def test_halves_of_characters_are_no_failure() -> None:
    """Names on disk and the text of broken fonts hold them."""
    title = Property(name="Title", value="SECRET \ud800", source="Info")
    torn = msgspec.structs.replace(
        document(["UK SECRET \ud800", "\udfff"], Zone.header), name="SECRET \udcff.pdf", properties=(title,)
    )
    report = check_read(with_whole_characters(torn), POLICY)
    assert "READ009" not in {finding.code for finding in report.findings}
    assert {marking.text for marking in report.markings} >= {"UK SECRET"}


@pytest.mark.slow
@pytest.mark.corpus
def test_lines_of_others_are_examined_in_every_zone() -> None:
    from countermark.readers.read import read
    from countermark.support.limits import Limits

    chosen = random.Random(7)
    files = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".pdf", ".docx"))
    for path in chosen.sample(files, 40):
        read_lines = [
            line.text for page in read(path.read_bytes(), path.name, Limits()).pages for line in page.lines
        ]
        for text in chosen.sample(read_lines, min(10, len(read_lines))):
            examine(document([text], chosen.choice(list(Zone))), RECOGNISER, TODAY)
    assert check_document(files[0].read_bytes(), files[0].name, POLICY).path
