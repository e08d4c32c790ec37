"""Codewords and caveats that no dash sets off, and nations that no list knows in a release list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.model import Document, Line, Page, Zone
from countermark.recognition.explain import explain
from countermark.recognition.recognise import accepted, examine

if TYPE_CHECKING:
    from countermark.model import Marking
    from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "codewords", "nations"),
    [
        ("TOP SECRET STRAP 2 UK EYES ONLY", ("STRAP 2",), ("GB",)),
        ("TOP SECRET STRAP UK/US EYES ONLY", ("STRAP",), ("GB", "US")),
        ("UK SECRET APPLE", ("APPLE",), ()),
        ("UK TOP SECRET STRAP 1", ("STRAP 1",), ()),
        ("UK TOP SECRET STRAP 2 AUSTERE", ("STRAP 2", "AUSTERE"), ()),
        ("TOP SECRET STRAP 1 AUSTERE UK EYES ONLY", ("STRAP 1", "AUSTERE"), ("GB",)),
        ("UK SECRET APPLE - UK EYES ONLY", ("APPLE",), ("GB",)),
        ("UK SECRET QUARTZ UK EYES ONLY", ("QUARTZ",), ("GB",)),
    ],
)
def test_a_codeword_needs_no_dash_to_be_read(
    recogniser: Recogniser, text: str, codewords: tuple[str, ...], nations: tuple[str, ...]
) -> None:
    [found] = explain(text, recogniser, TODAY)
    assert found.rest == ""
    assert found.marking.codewords == codewords
    assert tuple(nation for caveat in found.marking.caveats for nation in caveat.nations) == nations
    assert "separator-form" in found.marking.defects
    assert ("codeword-form" in found.marking.defects) == (not codewords[0].isalpha())


@pytest.mark.parametrize(
    "text",
    [
        "UK SECRET Project Skylark",
        "UK SECRET PROJECT SKYLARK",
        "UK SECRET APPLE PEAR",
        "UK SECRET ZEBRA7 PLANS",
        "UK SECRET PAPERS",
        "UK TOP SECRET TOURS",
        "UK OFFICIAL STATISTICS",
        "SECRET APPLE",
    ],
)
def test_words_beside_a_marking_are_no_codeword(recogniser: Recogniser, text: str) -> None:
    assert [found.marking.codewords for found in explain(text, recogniser, TODAY)] in ([()], [])


def headed(head: str, foot: str, recogniser: Recogniser) -> tuple[Marking, ...]:
    texts = ((head, Zone.header), ("The pump drew four amperes.", Zone.body), (foot, Zone.footer))
    lines = tuple(Line(text=text, zone=zone, number=number) for number, (text, zone) in enumerate(texts, 1))
    document = Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    return accepted(examine(document, recogniser, TODAY).markings)


def test_header_and_footer_bear_a_bare_codeword_out(recogniser: Recogniser) -> None:
    found = headed("SECRET APPLE", "SECRET APPLE", recogniser)
    assert [(marking.text, marking.codewords) for marking in found] == [("SECRET APPLE", ("APPLE",))] * 2
    assert headed("SECRET APPLE", "Page 1", recogniser) == ()
    assert headed("SECRET HISTORY", "SECRET HISTORY", recogniser) == ()
    assert headed("Secret Apple", "Secret Apple", recogniser) == ()


@pytest.mark.parametrize(
    ("text", "nations"),
    [
        ("NATO SECRET Releasable to Japan, Switzerland, Ukraine", ("JP", "CH", "UA")),
        ("NATO SECRET Releasable to Japan, Ruritania, Ukraine", ("JP", "RURITANIA", "UA")),
        ("NATO RESTRICTED Releasable to Japan and Ruritania", ("JP", "RURITANIA")),
        ("UK SECRET - REL JAPAN, RURITANIA, ITALY", ("JP", "RURITANIA", "IT")),
    ],
)
def test_an_unknown_nation_costs_itself(recogniser: Recogniser, text: str, nations: tuple[str, ...]) -> None:
    [found] = explain(text, recogniser, TODAY)
    assert found.rest == ""
    assert found.marking.releasable_to == nations
    assert ("release-unknown-country" in found.marking.defects) == ("RURITANIA" in nations)
    marked = headed(text, text, recogniser)
    assert [marking.releasable_to for marking in marked] == [nations] * 2
