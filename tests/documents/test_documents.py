"""Every example of every rule about documents as a real PDF and a real Word file, read and judged as any
other: it gives the codes that the example itself gives, no more and no fewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from countermark.checking.check import check_document
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.rule_examples import check_example, policy_of, sketch_of
from countermark.config.policy import load_policy, with_all_rules
from support.sketched import NOT_IN_PDF, NOT_IN_WORD, hindrance
from support.sketched_pdf import pdf_of
from support.sketched_word import word_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.rules.rule import ExampleDocument

FAMILIES = ("DOC", "META", "HIDE", "UK", "JP", "EX")
"""READ is about files that are broken or locked: their own tests build those."""

NOT_CARRIED = {
    ("DOC014", ".pdf"): NOT_IN_PDF["inactive"],
    ("HIDE004", ".docx"): NOT_IN_WORD["revision"],
}
"""The rules that have no failing document of a kind, and why."""

PASSING = {"DOC017": "UK OFFICIAL", "JP009": "日本国 極秘", "DOC014": "UK SECRET", "HIDE004": "UK SECRET"}
"""What passes in every kind of file where the rule's own good examples need what one of them can't carry."""

POLICY = with_all_rules(load_policy(start=Path(Path(__file__).resolve().anchor)))


class Medium(NamedTuple):
    """A kind of file: what writes it, and why it can't carry some sketches."""

    suffix: str
    write: Callable[[ExampleDocument], bytes]
    reasons: dict[str, str]


MEDIA = (Medium(".pdf", pdf_of, NOT_IN_PDF), Medium(".docx", word_of, NOT_IN_WORD))


def _examples(kind: str) -> list[tuple[str, str, ExampleDocument]]:
    return [
        (f"{rule.code}-{kind}-{number}", rule.code, sketch_of(example))
        for rule in POLICY.rules
        if rule.family in FAMILIES
        for number, example in enumerate((*getattr(rule, kind), *_more(rule.code, kind)), 1)
    ]


def _more(code: str, kind: str) -> list[str]:
    return [PASSING[code]] if kind == "good" and code in PASSING else []


def _cases(kind: str) -> list[object]:
    return [
        pytest.param(medium, code, sketch, id=f"{name}{medium.suffix}")
        for name, code, sketch in _examples(kind)
        for medium in MEDIA
        if not hindrance(sketch, medium.reasons)
    ]


def _codes(sketch: ExampleDocument, medium: Medium) -> set[str]:
    """What the sketch gives as a real file, its neighbours beside it."""
    policy = policy_of(sketch, POLICY)
    reports = [
        check_document(medium.write(one), one.name or f"example-{number}{medium.suffix}", policy)
        for number, one in enumerate((sketch, *sketch.beside), 1)
    ]
    judged = with_cross_document_findings(reports, policy)
    return {finding.code for report in judged for finding in report.findings}


def _expected(sketch: ExampleDocument) -> set[str]:
    return {finding.code for finding in check_example(sketch, POLICY).findings}


@pytest.mark.parametrize(("medium", "code", "sketch"), _cases("bad"))
def test_a_failing_document_gives_its_code(medium: Medium, code: str, sketch: ExampleDocument) -> None:
    found = _codes(sketch, medium)
    assert code in found
    assert found == _expected(sketch)


@pytest.mark.parametrize(("medium", "code", "sketch"), _cases("good"))
def test_a_passing_document_does_not(medium: Medium, code: str, sketch: ExampleDocument) -> None:
    found = _codes(sketch, medium)
    assert code not in found
    assert found == _expected(sketch)


@pytest.mark.parametrize("medium", MEDIA, ids=lambda medium: medium.suffix)
def test_every_rule_has_a_failing_and_a_passing_document_of_each_kind(medium: Medium) -> None:
    codes = {rule.code for rule in POLICY.rules if rule.family in FAMILIES}
    not_carried = {code for code, suffix in NOT_CARRIED if suffix == medium.suffix}
    for kind, missing in (("bad", not_carried), ("good", set())):
        carried = {code for _, code, sketch in _examples(kind) if not hindrance(sketch, medium.reasons)}
        assert codes - carried == missing
