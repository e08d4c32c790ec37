"""A third party's marking is never "no findings", and every document says which exchange it was judged by."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.checking.rule_examples import document_of
from countermark.config.policy import Config, load_policy
from countermark.model import DocumentReport, Verdict
from countermark.reporting.terminal.text import details
from countermark.rules.rule import ExampleDocument
from countermark.support.messages import LANGUAGES

POLICY = load_policy(start=Path(__file__).parent)
EXCHANGES: tuple[dict[str, str], ...] = (
    {},
    {"from": "GB", "to": "JP"},
    {"from": "JP", "to": "GB"},
    {"to": "JP"},
    {"stage": "internal"},
    {"from": "GB", "to": "JP", "stage": "received"},
)


def checked(mark: str, exchange: dict[str, str], **settings: object) -> DocumentReport:
    config = msgspec.convert({"exchange": exchange, **settings}, Config)
    return check_read(
        document_of(ExampleDocument(mark=mark), "a.pdf"), msgspec.structs.replace(POLICY, config=config)
    )


def codes(report: DocumentReport) -> set[str]:
    return {one.code for one in report.findings}


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
@pytest.mark.parametrize(
    "mark",
    [
        "NATO SECRET",
        "US SECRET//NOFORN",
        "SECRET//NOFORN",
        "US SECRET//REL TO USA AUS",
        "AUS SECRET",
        "UK SECRET / NATO SECRET",
    ],
)
def test_a_third_party_is_an_error_whoever_the_recipient_is(mark: str, exchange: dict[str, str]) -> None:
    report = checked(mark, exchange)
    assert "EX006" in codes(report)
    assert report.verdict is Verdict.stop


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
def test_what_is_released_to_both_parties_is_no_error(exchange: dict[str, str]) -> None:
    assert "EX006" not in codes(checked("US SECRET//REL TO USA GBR JPN", exchange))


def test_a_release_to_one_party_is_enough_where_that_is_the_reader() -> None:
    mark = "US SECRET//REL TO USA JPN"
    assert "EX006" not in codes(checked(mark, {"from": "GB", "to": "JP"}))
    assert "EX006" in codes(checked(mark, {"from": "JP", "to": "GB"}))
    assert "EX006" in codes(checked(mark, {}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_exchange_that_nothing_says_is_said_to_be_unknown_and_asks_for_a_look(lang: str) -> None:
    report = checked("", {}, allow_unmarked=True)
    assert report.verdict is Verdict.review
    assert "--from" in details(report, lang)
    given = checked("", {"from": "GB", "to": "JP"}, allow_unmarked=True)
    assert given.verdict is Verdict.clear
    assert "--from" not in details(given, lang)


def test_a_british_document_without_a_recipient_says_that_its_exchange_was_inferred() -> None:
    report = checked("UK SECRET", {})
    assert report.verdict is Verdict.clear
    assert "from the United Kingdom to Japan, outgoing (inferred: a marking names the country)" in details(
        report, "en"
    )
    assert "uk/gscp-2024" in details(report, "en")
    assert "inferred" not in details(
        checked("UK SECRET", {"from": "GB", "to": "JP", "stage": "outgoing"}), "en"
    )
