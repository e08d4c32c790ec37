"""What is neither clearly a marking nor clearly a mention is named and never approved."""

from __future__ import annotations

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.checking.rule_examples import check_example, document_of
from countermark.config.policy import load_policy
from countermark.model import DocumentReport, Finding, Outcome, Severity
from countermark.reporting.banner import highest_of
from countermark.rules.rule import ExampleDocument

POLICY = load_policy()
BODY = "The parties met at ten.\n{}\nThey agreed on the range.\nThey left."


def report_on(*pages: dict[str, str], **more: object) -> DocumentReport:
    return check_example(msgspec.convert({"pages": list(pages), **more}, ExampleDocument), POLICY)


def named(report: DocumentReport) -> dict[str, Finding]:
    return {one.code: one for one in report.findings}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ({"body": BODY.format("SECRET")}, "SECRET"),
        ({"body": BODY.format("TOP SECRET")}, "TOP SECRET"),
        ({"body": BODY.format("極秘")}, "極秘"),
        ({"head": "Secret", "body": BODY.format("They ate.")}, "Secret"),
        ({"head": "極秘　出張報告", "body": "会議を開催した。"}, "極秘"),
        ({"foot": "Top Secret", "body": BODY.format("They ate.")}, "Top Secret"),
    ],
)
def test_the_only_candidate_takes_the_place_of_the_finding_that_there_is_none(
    page: dict[str, str], text: str
) -> None:
    found = named(report_on(page))
    assert "DOC001" not in found
    assert found["DOC022"].severity is Severity.warning
    assert text in found["DOC022"].message
    assert found["DOC022"].locations


@pytest.mark.parametrize(
    "page",
    [
        {"body": BODY.format("They ate.")},
        {"head": "Annual report", "foot": "Page 1 of 2", "body": BODY.format("It was kept secret.")},
        {"hidden": "Secret", "body": BODY.format("They ate.")},
    ],
)
def test_where_a_reader_meets_no_candidate_nothing_takes_its_place(page: dict[str, str]) -> None:
    assert "DOC001" in named(report_on(page))


def test_a_doubtful_property_is_a_note_and_the_document_stays_unmarked() -> None:
    found = named(report_on({"body": "They ate."}, properties={"Title": "SECRET – a comedy"}))
    assert found["DOC001"].severity is Severity.error
    assert found["DOC022"].severity is Severity.note


def test_beside_a_marking_it_is_a_note() -> None:
    page = {"head": "UK SECRET", "foot": "UK SECRET", "body": BODY.format("TOP SECRET")}
    found = named(report_on(page))
    assert found["DOC022"].severity is Severity.note
    assert "DOC006" not in found


def test_its_evidence_is_told_in_words_in_both_languages() -> None:
    document = document_of(
        msgspec.convert({"pages": [{"head": "Secret", "body": "They ate."}]}, ExampleDocument)
    )
    for lang, words in (("en", ("not in capitals", "in the header")), ("ja", ("大文字でない", "上部"))):
        report = check_read(document, msgspec.structs.replace(POLICY, lang=lang))
        assert all(word in named(report)["DOC022"].message for word in words), lang


def test_the_highest_marking_is_none_that_is_doubtful() -> None:
    """What `inspect` and `check` call the highest marking is one thing."""
    page = {"head": "UK OFFICIAL", "foot": "UK OFFICIAL", "body": BODY.format("TOP SECRET")}
    document = document_of(msgspec.convert({"pages": [page]}, ExampleDocument))
    inspected, checked = (check_read(document, POLICY, all_candidates=every) for every in (True, False))
    assert {one.outcome for one in inspected.markings} == {Outcome.marking, Outcome.doubtful}
    for report in (inspected, checked):
        highest = highest_of(report)
        assert highest is not None
        assert highest.canonical == "UK OFFICIAL"


def test_the_line_that_the_user_draws_holds_for_all() -> None:
    thresholds = POLICY.standards.recognition.thresholds
    assert thresholds.doubtful < thresholds.borne_out < thresholds.marking
    drawn = thresholds.moved_to(0.4)
    assert (drawn.doubtful, drawn.borne_out, drawn.marking) == (0.4, 0.4, 0.4)
    config = msgspec.structs.replace(POLICY.config, threshold=0.4)
    document = document_of(msgspec.convert({"pages": [{"body": BODY.format("SECRET")}]}, ExampleDocument))
    report = check_read(document, msgspec.structs.replace(POLICY, config=config))
    assert [one.text for one in report.markings] == ["SECRET"]
