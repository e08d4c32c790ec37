"""One document's verdict: what is asked, what is reported, and what identifies it."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import msgspec
import pytest

from countermark.checking.check import check_document, check_problem, check_read
from countermark.checking.rule_examples import document_of
from countermark.config.policy import Config, Policy, load_policy
from countermark.model import DocumentReport, Finding, Problem, ProblemKind, Reason, Severity, Stage, Status
from countermark.reporting.summary import summarise
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.support.progress import listening

PLAIN = load_policy(start=Path(Path(__file__).resolve().anchor))
MARKED = SketchPage(head="UK SECRET", foot="UK SECRET")


def policy(**settings: object) -> Policy:
    return msgspec.structs.replace(PLAIN, config=msgspec.convert(settings, Config))


def verdict(*pages: SketchPage, given: Policy = PLAIN, name: str = "a.pdf", **more: object) -> DocumentReport:
    return check_read(document_of(ExampleDocument(pages=pages, **more), name), given)  # type: ignore[arg-type]


WITHOUT_NUMBERS = policy(ignore=["DOC012", "DOC013"])


def codes(report: DocumentReport) -> list[str]:
    return [finding.code for finding in report.findings]


def only(report: DocumentReport) -> Finding:
    [finding] = report.findings
    return finding


def test_one_cause_on_thirty_pages_is_one_finding_with_thirty_places() -> None:
    finding = only(verdict(*[SketchPage(head="UK SECRET")] * 30, given=WITHOUT_NUMBERS))
    assert finding.code == "DOC003"
    assert [place.page for place in finding.locations] == list(range(1, 31))
    assert {place.zone for place in finding.locations} == {"footer"}


def test_a_page_that_could_not_be_read_is_not_called_unmarked() -> None:
    report = verdict(MARKED, SketchPage(readable=False), problem=ProblemKind.no_text, given=WITHOUT_NUMBERS)
    assert codes(report) == ["READ003"]
    assert report.status is Status.partly_read


def test_an_unreadable_document_is_not_called_unmarked() -> None:
    report = verdict(problem=ProblemKind.encrypted)
    assert codes(report) == ["READ002"]
    assert report.status is Status.unreadable


def test_a_consequence_is_not_reported_beside_its_cause() -> None:
    report = verdict(SketchPage(head="SECRET", foot="SECRET"), given=policy(exchange={"from": "GB"}))
    assert codes(report) == ["UK006"]


def test_nothing_hides_that_a_document_could_not_be_read() -> None:
    given = policy(ignore=["READ"], select=["UK"])
    assert codes(verdict(problem=ProblemKind.encrypted, given=given)) == ["READ002"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["DOC003", "EX007", "UK005", "UK006"]),
        ({"select": ["UK"]}, ["UK005", "UK006"]),
        ({"ignore": ["UK"]}, ["DOC003", "EX007"]),
        ({"select": ["UK"], "ignore": ["UK005"]}, ["UK006"]),
    ],
)
def test_rules_are_selected_and_ignored_by_code_and_family(
    settings: dict[str, object], expected: list[str]
) -> None:
    page = SketchPage(head="Official-Sensitive")
    assert sorted(codes(verdict(page, given=policy(**settings)))) == expected


def test_severity_follows_the_configuration() -> None:
    finding = only(
        verdict(
            *(MARKED, MARKED, SketchPage(head="UK SECRET")),
            given=policy(severity={"DOC003": "note"}),
        )
    )
    assert finding.severity is Severity.note


def test_unmarked_documents_may_be_allowed() -> None:
    page = SketchPage(body="Nothing is said here.")
    assert codes(verdict(page)) == ["DOC001"]
    assert codes(verdict(page, given=policy(allow_unmarked=True))) == []


def test_settings_hold_by_path_and_the_last_match_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".countermark.yaml").write_text(
        "paths:\n"
        "  - {match: '*.pdf', exchange: {from: GB, to: JP, stage: received}}\n"
        "  - {match: 'home/**', exchange: {from: GB, to: JP, stage: internal}, allow_unmarked: true}\n",
        encoding="utf-8",
    )
    given = load_policy(start=tmp_path)
    assert verdict(MARKED, given=given, name="in/a.pdf").exchange.stage is Stage.received
    home = verdict(MARKED, given=given, name="home/a.pdf")
    assert (home.exchange.stage, codes(home)) == (Stage.internal, [])
    assert verdict(MARKED, given=given, name="a.docx").exchange.stage is Stage.outgoing
    assert codes(verdict(SketchPage(body="text"), given=given, name="home/b.pdf")) == []


def test_a_document_is_judged_by_the_standard_of_its_day() -> None:
    page = SketchPage(head="UK CONFIDENTIAL", foot="UK CONFIDENTIAL")
    old = verdict(page, date=date(2013, 11, 5))
    assert (codes(old), old.standards, old.date_source) == (["EX007"], ("uk/gpms",), "metadata")
    new = verdict(page, date=date(2026, 5, 12))
    assert (codes(new), new.standards) == (["UK002"], ("uk/gscp-2024",))


def test_attachments_are_judged_with_their_parents() -> None:
    report = verdict(
        MARKED, children=(ExampleDocument(mark="UK TOP SECRET"), ExampleDocument(mark="UK Secret"))
    )
    assert codes(report) == ["DOC011"]
    assert [codes(child) for child in report.children] == [[], ["UK005"]]


def identities(report: DocumentReport) -> set[str]:
    return {finding.fingerprint for finding in report.findings}


def test_a_fingerprint_stays_when_pages_come_and_go() -> None:
    bare = SketchPage(head="UK SECRET")
    assert identities(verdict(bare, MARKED)) == identities(verdict(MARKED, MARKED, bare))


def test_a_fingerprint_stays_when_another_finding_of_its_rule_comes_before_it() -> None:
    low, before = (
        SketchPage(head="UK Secret", foot="UK Secret"),
        SketchPage(head="UK secreT", foot="Uk Top Secret"),
    )
    only_case = policy(select=["UK005"])
    known = identities(verdict(MARKED, low, given=only_case))
    assert len(known) == 1
    assert known < identities(verdict(before, low, given=only_case))


def test_a_fingerprint_tells_attachments_apart_by_name() -> None:
    unmarked, marked = ExampleDocument(pages=(SketchPage(body="text"),)), ExampleDocument(mark="UK SECRET")
    first, second = (
        only(verdict(MARKED, children=pair)) for pair in ((unmarked, marked), (marked, unmarked))
    )
    assert first.code == second.code == "DOC010"
    assert first.fingerprint != second.fingerprint


def test_a_fingerprint_is_the_same_however_the_system_composes_a_name() -> None:
    bare = SketchPage(head="UK SECRET")
    composed, apart = "ガイド.pdf", unicodedata.normalize("NFD", "ガイド.pdf")
    assert composed != apart
    assert identities(verdict(bare, name=composed)) == identities(verdict(bare, name=apart))


def test_a_fingerprint_tells_documents_rules_and_markings_apart() -> None:
    bare = SketchPage(head="UK SECRET")
    assert identities(verdict(bare)) != identities(verdict(bare, name="b.pdf"))
    low, high = SketchPage(head="UK Secret", foot="UK Secret"), SketchPage(head="Uk SECRET", foot="Uk SECRET")
    assert identities(verdict(low)) == identities(verdict(high))
    other = SketchPage(head="UK Top Secret", foot="UK Top Secret")
    assert identities(verdict(low)) != identities(verdict(other))


def test_messages_speak_the_language_of_the_policy() -> None:
    japanese = msgspec.structs.replace(PLAIN, lang="ja")
    page = SketchPage(head="UK Secret", foot="UK Secret")
    assert only(verdict(page, given=japanese)).message == "「UK Secret」が大文字で表記されていない。"
    assert only(verdict(page)).message == "“UK Secret” isn't in capitals."
    assert only(verdict(page, given=japanese)).source.clause.startswith("16～23ページ")


def test_braces_in_a_document_are_text() -> None:
    assert "“{level}”" in only(verdict(MARKED, labels={"{level}": "UK OFFICIAL"})).message


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_bad_bytes_give_a_verdict(data: bytes) -> None:
    report = check_document(data, "a.pdf", PLAIN)
    assert report.status is Status.unreadable
    assert codes(report) == ["READ001"]


def test_a_run_is_summed_up() -> None:
    problem = Problem(kind=ProblemKind.unreadable, reason=Reason.empty)
    reports = [
        verdict(MARKED, children=(ExampleDocument(mark="UK TOP SECRET"),)),
        verdict(SketchPage(head="日本国 極秘", foot="日本国 極秘")),
        check_problem(problem, "b.pdf", PLAIN),
    ]
    report = summarise(reports, PLAIN)
    assert report.highest_marking == "UK TOP SECRET / 特定秘密"
    assert (report.summary.documents, report.summary.unreadable) == (3, 1)
    assert (report.summary.findings.error, report.summary.findings.warning) == (2, 0)


WAIVER = {"match": "old/**", "rules": ["DOC"], "reason": "stock of 2013"}


@pytest.mark.parametrize(
    ("waiver", "name", "expected"),
    [
        (WAIVER, "old/a.pdf", "stock of 2013"),
        (WAIVER, "new/a.pdf", None),
        ({**WAIVER, "rules": ["UK"]}, "old/a.pdf", None),
        ({**WAIVER, "until": "2026-05-31"}, "old/a.pdf", "stock of 2013"),
        ({**WAIVER, "until": "2026-05-30"}, "old/a.pdf", None),
    ],
)
def test_a_waiver_holds_for_its_paths_rules_and_days(
    waiver: dict[str, object], name: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PLAIN.folder)
    given = msgspec.structs.replace(policy(waivers=[waiver]), today=date(2026, 5, 31))
    finding = only(verdict(SketchPage(head="UK SECRET"), given=given, name=name))
    assert finding.suppressed == expected
    counted = summarise([verdict(SketchPage(head="UK SECRET"), given=given, name=name)], given).summary
    assert (counted.findings.error, counted.suppressed) == ((0, 1) if expected else (1, 0))


class Counted:
    """Counts what it hears."""

    heard = 0

    def heartbeat(self) -> None:
        self.heard += 1

    def unit(self, share: float) -> None:  # noqa: ARG002
        self.heard += 1

    def grant(self, seconds: float) -> None:
        """Nothing is counted here."""


def test_judging_each_page_is_a_sign_of_life() -> None:
    few, many = Counted(), Counted()
    with listening(few):
        verdict(*[MARKED] * 10)
    with listening(many):
        verdict(*[MARKED] * 30)
    assert many.heard - few.heard >= 20
