"""The verdict: the gravest of all that speaks against a document, in each form, never clear in silence."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from countermark.checking.check import check_problem, check_read
from countermark.checking.rule_examples import document_of
from countermark.cli.main import main
from countermark.config.baseline import Entry, with_baseline
from countermark.config.policy import Config, ExchangeSettings, PathSettings, Policy, Waiver, load_policy
from countermark.model import (
    Document,
    DocumentReport,
    Exchange,
    Finding,
    Problem,
    ProblemKind,
    Reason,
    Severity,
    Source,
    Stage,
    Status,
    Verdict,
)
from countermark.model.verdict import counts_in_run, gravest, with_verdict
from countermark.reporting.formats.registry import ReportFormat
from countermark.reporting.summary import RunTotals, summarise
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.support.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
POLICY = load_policy(start=ROOT / "tests")
EXCHANGE = ExchangeSettings(from_="GB", to="JP")
KNOWN = Exchange(originator="GB", recipient="JP")
MARKED = SketchPage(head="UK SECRET", foot="UK SECRET")


def policy(**settings: object) -> Policy:
    config = msgspec.convert({"exchange": {"from": "GB", "to": "JP"}, **settings}, Config)
    return msgspec.structs.replace(POLICY, config=config)


def checked(*pages: SketchPage, under: Policy | None = None, **more: object) -> DocumentReport:
    example = msgspec.structs.replace(ExampleDocument(pages=pages), **more)
    return check_read(document_of(example, "a.pdf"), under or policy())


def finding(severity: Severity, suppressed: str | None = None, verdict: Verdict | None = None) -> Finding:
    return Finding(
        code="UK005",
        name="not-capitals",
        severity=severity,
        message="",
        fix="",
        locations=(),
        source=Source(standard="uk/gscp-2024", clause="para 4"),
        fingerprint="f",
        suppressed=suppressed,
        verdict=verdict,
    )


def report(*findings: Finding, status: Status = Status.checked, **more: object) -> DocumentReport:
    whole = DocumentReport(
        path="a.pdf", sha256="", media_type="", pages=1, status=status, findings=findings, exchange=KNOWN
    )
    return with_verdict(msgspec.structs.replace(whole, **more))


findings = st.builds(
    finding,
    st.sampled_from(Severity),
    st.sampled_from((None, "known")),
    st.sampled_from((None, Verdict.review, Verdict.not_read)),
)
exchanges = st.builds(
    Exchange,
    originator=st.sampled_from((None, "GB", "JP")),
    recipient=st.sampled_from((None, "GB", "JP")),
    stage=st.sampled_from(Stage),
)
reports = st.recursive(
    st.builds(
        lambda found, status, exchange, narrowed: report(
            *found, status=status, exchange=exchange, narrowed=narrowed
        ),
        st.lists(findings, max_size=3),
        st.sampled_from(Status),
        exchanges,
        st.booleans(),
    ),
    lambda inner: st.builds(
        lambda parent, children: with_verdict(msgspec.structs.replace(parent, children=tuple(children))),
        inner,
        st.lists(inner, max_size=2),
    ),
    max_leaves=6,
)


def is_sound(document: DocumentReport) -> bool:
    """Whether nothing speaks against a document that is clear, or against the documents attached to it."""
    return document.verdict is not Verdict.clear or (
        document.status is Status.checked
        and document.exchange.is_known
        and not document.narrowed
        and all(one.suppressed or one.severity is Severity.note for one in document.findings)
        and all(is_sound(child) for child in document.children if counts_in_run(child))
        and all(child.verdict is Verdict.clear for child in document.children if counts_in_run(child))
    )


@given(st.lists(reports, min_size=1, max_size=4))
def test_nothing_unread_wrong_or_unknown_is_ever_clear(documents: list[DocumentReport]) -> None:
    known = {"f": Entry(path="a.pdf", code="UK005", fingerprint="f", reason="known")}
    for document in documents:
        assert is_sound(document)
        assert is_sound(with_baseline(document, known, POLICY.today))
    run = summarise(documents, POLICY)
    if run.verdict is Verdict.clear:
        assert any(one.status is not Status.unsupported for one in documents)
        assert all(one.verdict is Verdict.clear or one.status is Status.unsupported for one in documents)


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        (report(), Verdict.clear),
        (report(finding(Severity.note)), Verdict.clear),
        (report(finding(Severity.note, verdict=Verdict.review)), Verdict.review),
        (report(finding(Severity.warning)), Verdict.review),
        (report(finding(Severity.error)), Verdict.stop),
        (report(finding(Severity.error, verdict=Verdict.not_read)), Verdict.not_read),
        (report(finding(Severity.error, "waived")), Verdict.clear),
        (report(finding(Severity.error), status=Status.partly_read), Verdict.stop),
        (report(finding(Severity.error, "waived"), status=Status.unreadable), Verdict.not_read),
        (report(exchange=Exchange()), Verdict.review),
        (report(exchange=Exchange(recipient="JP")), Verdict.review),
        (report(exchange=Exchange(stage=Stage.internal)), Verdict.clear),
        (report(narrowed=True), Verdict.review),
        (report(children=(report(finding(Severity.error)),)), Verdict.stop),
    ],
)
def test_the_gravest_decides(document: DocumentReport, verdict: Verdict) -> None:
    assert document.verdict is verdict


def test_what_is_known_to_be_wrong_outweighs_what_is_not_known() -> None:
    assert sorted(Verdict, key=lambda one: one.gravity) == ["clear", "review", "not-read", "stop"]
    assert gravest([]) is Verdict.clear


def test_a_run_is_as_grave_as_its_gravest_and_one_without_documents_is_not_clear() -> None:
    other = report(status=Status.unsupported)
    assert summarise([report(), report(narrowed=True)], POLICY).verdict is Verdict.review
    assert summarise([report(), other], POLICY).verdict is Verdict.clear
    assert summarise([other], POLICY).verdict is Verdict.not_read
    assert summarise([], POLICY).verdict is Verdict.not_read
    tally = RunTotals(POLICY)
    tally.add(report())
    assert tally.overview(expected=2, complete=False).verdict is Verdict.not_read
    unread = report(finding(Severity.warning), status=Status.unsupported)
    assert summarise([report(), unread], POLICY).verdict is Verdict.not_read


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_a_document_of_which_only_the_problem_is_known_is_not_read(kind: ProblemKind) -> None:
    args = {"limit": "seconds", "allowed": "1", "reached": "1"}
    problem = Problem(kind=kind, reason=Reason.empty, args=args)
    document = check_problem(problem, "a.pdf", policy())
    assert document.verdict is (Verdict.not_read if problem.is_loss else Verdict.stop)


def test_a_clean_document_is_clear_and_a_doubtful_marking_asks_for_a_look() -> None:
    assert checked(MARKED).verdict is Verdict.clear
    doubtful = checked(SketchPage(head="UK SECRET", foot="UK SECRET", body="They met.\nSECRET\nThey left."))
    assert [one.code for one in doubtful.findings] == ["DOC022"]
    assert doubtful.verdict is Verdict.review


def test_a_severity_that_the_user_chose_decides() -> None:
    page = SketchPage(head="SECRET", foot="SECRET")
    assert checked(page).verdict is Verdict.stop
    assert checked(page, under=policy(severity={"UK006": "note"})).verdict is Verdict.clear


def test_a_waived_finding_does_not_count() -> None:
    waiver = Waiver(match="*", rules=("UK006",), reason="agreed")
    under = msgspec.structs.replace(POLICY, config=Config(exchange=EXCHANGE, waivers=(waiver,)))
    document = checked(SketchPage(head="SECRET", foot="SECRET"), under=under)
    assert document.verdict is Verdict.clear
    assert [one.suppressed for one in document.findings] == ["agreed"]


@pytest.mark.parametrize(
    ("settings", "codes", "verdict"),
    [
        ({"select": ("DOC",)}, ("EX", "HIDE", "JP", "META", "UK"), Verdict.review),
        ({"select": ("DOC", "READ")}, ("EX", "HIDE", "JP", "META", "UK"), Verdict.review),
        ({"ignore": ("UK006",)}, ("UK006",), Verdict.review),
        ({"ignore": ("UK008",)}, ("UK008",), Verdict.clear),
        ({"ignore": ("UK008",), "severity": {"UK008": "error"}}, ("UK008",), Verdict.review),
        ({"ignore": ("UK005",), "severity": {"UK005": "note"}}, ("UK005",), Verdict.clear),
        ({"ignore": ("READ001",)}, (), Verdict.clear),
    ],
)
def test_what_was_not_asked_is_said_and_keeps_a_document_from_being_clear(
    settings: dict[str, object], codes: tuple[str, ...], verdict: Verdict
) -> None:
    document = checked(MARKED, under=policy(**settings))
    assert document.not_asked == codes
    assert document.verdict is verdict


def test_rules_left_out_for_a_path_are_said_there_only() -> None:
    settings = PathSettings(match="b.pdf", ignore=("EX",))
    under = msgspec.structs.replace(POLICY, config=Config(exchange=EXCHANGE, paths=(settings,)))
    sketch = document_of(ExampleDocument(pages=(MARKED,)), "x")
    of = {
        name: check_read(msgspec.structs.replace(sketch, name=str(under.folder / name)), under)
        for name in ("a.pdf", "b.pdf")
    }
    assert [of[name].not_asked for name in of] == [(), ("EX",)]


def members(lang: str, form: ReportFormat, folder: Path) -> str:
    """A run over documents with each verdict in that form, as text that can be searched."""
    output = folder / f"report.{form.value}"
    arguments = ["--lang", lang, "check", "samples/exchange", "--select", "DOC", "--format", form.value]
    main([*arguments, "--images", "none", "--output", str(output)])
    if form is not ReportFormat.xlsx:
        return output.read_text("utf-8-sig")
    strings = etree.fromstring(zipfile.ZipFile(output).read("xl/sharedStrings.xml"))
    return "\n".join(strings.itertext())


def stated(form: ReportFormat, lang: str, verdict: str) -> str:
    """How a form writes a verdict: forms for programs by its value, others by its name."""
    by_value = {
        ReportFormat.json: '"verdict": "{}"',
        ReportFormat.jsonl: '"verdict":"{}"',
        ReportFormat.sarif: '"verdict":"{}"',
    }
    pattern = by_value.get(form)
    return pattern.format(verdict) if pattern else text(lang, f"ui.verdicts.{verdict}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", list(ReportFormat))
def test_each_form_states_the_verdict_on_the_run_and_on_each_document(
    form: ReportFormat, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    documents = json.loads(members("en", ReportFormat.json, tmp_path))
    shown = members(lang, form, tmp_path)
    for document in documents["documents"]:
        assert stated(form, lang, document["verdict"]) in shown
        assert document["verdict"] != "clear"
    assert stated(form, lang, documents["verdict"]) in shown
    assert "HIDE" in shown


def samples() -> Iterator[Path]:
    shared = ROOT.parent / "shared" / "cases"
    yield from (ROOT / "samples",)
    if shared.is_dir():
        yield shared


@pytest.mark.parametrize("folder", list(samples()), ids=lambda one: one.name)
def test_no_sample_is_clear_that_is_not_sound(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    main(["check", os.fspath(folder), "--format", "json", "--output", str(output)])
    content = json.loads(output.read_bytes())
    documents = msgspec.convert(content["documents"], list[DocumentReport])
    assert all(is_sound(one) for one in documents)
    assert all(with_verdict(one) == one for one in documents)
    assert content["verdict"] == max((one.verdict for one in documents), key=lambda one: one.gravity)


def test_an_attachment_that_tells_no_exchange_is_judged_in_that_of_its_document() -> None:
    sketch = ExampleDocument(
        pages=(MARKED,), children=(ExampleDocument(pages=(SketchPage(body="Range tables."),)),)
    )
    found = check_read(document_of(sketch, "a.pdf"), POLICY)
    [attached] = found.children
    assert (attached.exchange.originator, attached.exchange.recipient) == ("GB", "JP")
    assert attached.exchange.evidence == ("as-parent",)


def test_what_a_document_finds_on_its_attachment_speaks_against_both() -> None:
    sketch = ExampleDocument(
        pages=(MARKED,),
        children=(
            ExampleDocument(pages=(SketchPage(body="Range tables."),)),
            ExampleDocument(pages=(MARKED,)),
        ),
    )
    found = check_read(document_of(sketch, "a.pdf"), policy(allow_unmarked=True))
    assert [one.code for one in found.findings] == ["DOC010"]
    assert [child.verdict for child in found.children] == [Verdict.stop, Verdict.clear]


def test_an_attachment_on_which_we_fail_costs_itself_only() -> None:
    broken = Document(name="b.pdf", media_type="", sha256="", pages=(None,))  # type: ignore[arg-type]
    whole = document_of(ExampleDocument(pages=(MARKED,)), "a.pdf")
    first, second = check_read(msgspec.structs.replace(whole, children=(broken, whole)), policy()).children
    assert [one.code for one in first.findings] == ["READ009"]
    assert (first.verdict, first.status, second.status) == (
        Verdict.not_read,
        Status.unreadable,
        Status.checked,
    )
