"""The way of one document: bytes -> ingest -> markings -> rules -> its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.checking.consignment import without_identity
from countermark.checking.everyday import set_aside
from countermark.checking.exchange import exchange_for, exchange_of_members
from countermark.checking.identity import identity_of
from countermark.checking.redaction import redacted
from countermark.config.path_settings import DocumentSettings, settings_for
from countermark.model import (
    WITHIN,
    Document,
    DocumentReport,
    Exchange,
    Inspection,
    Outcome,
    ProblemKind,
    Reason,
    Status,
)
from countermark.model.verdict import with_verdict
from countermark.readers.labels import with_labels_of
from countermark.readers.read import read
from countermark.recognition.about import marks_portions
from countermark.recognition.inference import DocumentDate, date_of, named_countries
from countermark.recognition.recognise import accepted, examine
from countermark.rules.engine import evaluate
from countermark.rules.facts.rule_context import RuleContext
from countermark.support.guarding import collecting, guarded, internal_problem
from countermark.support.limits import LimitReached
from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from countermark.config.policy import Policy
    from countermark.model import Marking, Problem
    from countermark.standards.standards import Standards


class _Enclosing(NamedTuple):
    """What a document has from those that it is attached to.

    Their names, outermost first, the exchange of the nearest of them, the settings of the outermost, and
    whether one is a document, no mere container.
    """

    names: tuple[str, ...]
    exchange: Exchange
    settings: DocumentSettings
    is_document: bool = False


def check_document(data: bytes, name: str, policy: Policy, *, is_given: bool = True) -> DocumentReport:
    """Return what is found on one document.

    `name` is its path; without `is_given` it was found in a folder, not named by the user. Raises nothing
    on bad input: what can't be read is a finding.
    """
    document = read(data, name, policy.config.limits, passwords=policy.passwords)
    report = check_read(document, policy)
    unmarked = None if is_given else set_aside(document, report, policy)
    if unmarked:
        report = check_read(unmarked, policy)
    return redacted(report, policy) if policy.config.redact else report


def inspect_document(data: bytes, name: str, policy: Policy) -> Inspection:
    """As `check_document`, together with the lines that were read.

    It lists those candidates too that are doubtful or mentions; they are not judged. With `redact` it
    shows no lines.
    """
    document = read(data, name, policy.config.limits, passwords=policy.passwords)
    report = without_identity(check_read(document, policy, all_candidates=True))
    return without_lines(redacted(report, policy)) if policy.config.redact else with_lines(report, document)


def without_lines(report: DocumentReport) -> Inspection:
    """Return the inspection of a document whose lines could not, or are not to, be shown."""
    return msgspec.convert(report, Inspection, from_attributes=True)


def with_lines(report: DocumentReport, document: Document) -> Inspection:
    """Return the report on a document with what was read of it and of its attachments."""
    given = {name: getattr(report, name) for name in report.__struct_fields__ if name != "children"}
    children = zip(report.children, document.children, strict=True)
    return Inspection(
        **given,
        content=document.pages,
        lines=document.lines,
        children=tuple(with_lines(child, read_child) for child, read_child in children),
    )


def check_problem(problem: Problem, name: str, policy: Policy) -> DocumentReport:
    """Return the report on a document of which only the problem is known."""
    report = check_read(Document(name=name, media_type="", sha256="", problems=(problem,)), policy)
    return redacted(report, policy) if policy.config.redact else report


def check_read(
    document: Document,
    policy: Policy,
    enclosing: _Enclosing | None = None,
    *,
    all_candidates: bool = False,
) -> DocumentReport:
    """Return what is found on a document that was read.

    With `all_candidates` it lists those that are no markings too. A failure of ours costs at worst this
    document, none of those that are attached to it.
    """
    if enclosing is None:
        enclosing = _Enclosing((), Exchange(), settings_for(document.name, policy))
    try:
        with collecting() as failures:
            return _checked(document, policy, enclosing, failures, all_candidates=all_candidates)
    except (LimitReached, MemoryError):
        raise
    except Exception as error:
        problems = (*document.problems, internal_problem(Reason.failed_document, error))
        alone = Document(
            name=document.name,
            media_type=document.media_type,
            sha256=document.sha256,
            children=document.children,
            problems=problems,
            is_container=document.is_container,
        )
        with collecting() as failures:
            return _checked(alone, policy, enclosing, failures, all_candidates=all_candidates)


def _checked(
    document: Document,
    policy: Policy,
    enclosing: _Enclosing,
    failures: list[Problem],
    *,
    all_candidates: bool,
) -> DocumentReport:
    """As `check_read`; `failures` are collected while it goes."""
    heartbeat()
    document = with_labels_of(document, policy.config.label_fields)
    names, settings = (*enclosing.names, document.name), enclosing.settings
    dated = DocumentDate(policy.config.as_of or policy.today, "as-of" if policy.config.as_of else "today")
    with guarded(Reason.failed_stage):
        dated = date_of(document, policy.config.as_of, policy.today)
    recogniser, config, given = policy.recogniser, policy.config, settings.exchange
    found = examine(document, recogniser, dated.day, given.from_, policy.thresholds)
    markings = accepted(found.markings)
    named = {marking.originator for marking in markings if marking.originator} | set(
        named_countries(document, recogniser.lexicon)
    )
    exchange = exchange_for(document, markings, named, given, enclosing.exchange, recogniser)
    here = _Enclosing(names, exchange, settings, enclosing.is_document or not document.is_container)
    children = tuple(
        check_read(child, policy, here, all_candidates=all_candidates) for child in document.children
    )
    if document.is_container and not exchange.is_known:
        exchange = exchange_of_members(children) or exchange
    case = RuleContext(
        document=_with_unread_pages(document, failures),
        identity="!".join((settings.path, *names[1:])),
        markings=markings,
        doubtful=tuple(marking for marking in found.markings if marking.outcome is Outcome.doubtful),
        children=tuple(_enclosed(children, document.children)),
        exchange=exchange,
        named=frozenset(named),
        day=dated.day,
        recogniser=recogniser,
        labels=config.labels,
        is_child=enclosing.is_document,
        allow_unmarked=settings.allow_unmarked,
        label_required=config.label_required,
        codewords=frozenset(config.codewords),
        check_day=config.as_of or policy.today,
    )
    heartbeat()
    identity = identity_of(case)
    findings = evaluate(case, policy.asked_rules, policy.config.severity, policy.lang, failures)
    omitted = settings.omitted(policy)
    report = DocumentReport(
        path=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=len({page.number or page.section for page in document.live_pages}),
        status=_status(document, failures),
        date=dated.day.isoformat(),
        date_source=dated.source,
        date_location=dated.location,
        date_text=dated.text,
        about_markings=found.about_markings,
        marks_portions=marks_portions(case.visible),
        standards=_standards_used(case.markings, policy.standards, dated.day),
        exchange=case.exchange,
        markings=found.markings if all_candidates else case.markings,
        findings=settings.reported(findings),
        children=children,
        not_asked=omitted.codes,
        narrowed=omitted.counts,
        identity=identity,
    )
    return with_verdict(report)


def _enclosed(reports: Iterable[DocumentReport], documents: Iterable[Document]) -> Iterator[DocumentReport]:
    """Yield the documents that are attached to one.

    In place of an archive those in it, by a path through it.
    """
    for report, document in zip(reports, documents, strict=True):
        if not document.is_container:
            yield report
            continue
        for member in _enclosed(report.children, document.children):
            yield msgspec.structs.replace(member, path=WITHIN.join((report.path, member.path)))


def _with_unread_pages(document: Document, failures: Sequence[Problem]) -> Document:
    """Return the document; a page of which a line was not examined counts as unread.

    Nothing is known to lack.
    """
    unread = {place.page_key for failure in failures for place in failure.locations}
    if not unread:
        return document
    pages = tuple(
        msgspec.structs.replace(page, readable=False) if page.key in unread else page
        for page in document.pages
    )
    return msgspec.structs.replace(document, pages=pages)


def _standards_used(markings: Sequence[Marking], standards: Standards, day: date) -> tuple[str, ...]:
    """Return the standards of that day that judged.

    Those that hold a marking's tier; for a marking whose tier none of them holds, its country's first.
    """
    in_force = {standard.id: standard for standard in standards.in_force(day)}
    used = {marking.standard for marking in markings if marking.standard in in_force}
    stray = {marking.country for marking in markings if marking.standard and marking.standard not in in_force}
    for country in stray:
        used |= {
            next(
                standard.id
                for standard in in_force.values()
                if standard.country == country and standard.classifications
            )
        }
    return tuple(sorted(identifier for identifier in used if identifier))


def _status(document: Document, failures: Sequence[Problem]) -> Status:
    kinds = {problem.kind for problem in document.problems if problem.is_loss}
    if not kinds:
        return Status.partly_read if failures else Status.checked
    if (
        document.pages
        or (document.is_container and document.children)
        or kinds <= {ProblemKind.part_unreadable, ProblemKind.no_text}
    ):
        return Status.partly_read
    return (
        Status.unreadable
        if kinds - {ProblemKind.unsupported, ProblemKind.no_document}
        else Status.unsupported
    )
