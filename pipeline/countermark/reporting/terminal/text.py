"""A report for people: on a terminal with colour, elsewhere as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from countermark.model import WITHIN, Severity, Status, Verdict
from countermark.reporting.banner import banner, highest_of
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.placed import explanation
from countermark.reporting.places import places
from countermark.reporting.unread import broken_off
from countermark.support.console import escape_controls, write_line
from countermark.support.messages import catalogue, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from countermark.model import (
        Counts,
        DocumentReport,
        Exchange,
        Finding,
        Overview,
        Source,
        Summary,
    )
    from countermark.reporting.summary import ReportInput

_STYLES = {Severity.error: "bold red", Severity.warning: "yellow", Severity.note: "cyan"}
_VERDICT_STYLES = {
    Verdict.stop: "bold red",
    Verdict.not_read: "bold magenta",
    Verdict.review: "bold yellow",
    Verdict.clear: "bold green",
}
_ASSUMED = ("recipient-is-other-party", "stage-assumed")
_STEP = 4


def write_text(run: ReportInput, console: Console) -> None:
    """Write the whole report: the verdict, each document with its findings, the totals and the verdict again.
    The highest marking that the report quotes is on its first and on its last line."""
    for _ in text_parts(run, console):
        pass


def text_parts(run: ReportInput, console: Console) -> Iterator[None]:
    """As `write_text`, stopping after each document."""
    lang = run.lang
    bearing = Text(banner(run.overview.highest_marking, lang), style="bold")
    if bearing:
        write_line(console, bearing)
        write_line(console, Text())
    verdict = Text(run_verdict(run.overview, lang), style=_VERDICT_STYLES[run.overview.verdict])
    write_line(console, verdict)
    if broken := broken_off(run.overview, lang):
        write_line(console, Text(broken, style=_STYLES[Severity.error]))
    write_line(console, Text())
    for document in run.documents:
        _write_document(document, console, lang)
        yield
    write_summary(run.overview.summary, console, lang)
    for line in configuration_lines(run.overview.policy, lang):
        write_line(console, Text(line, style="dim"))
    if broken:
        write_line(console, Text(broken, style=_STYLES[Severity.error]))
    write_line(console, verdict)
    if bearing:
        write_line(console, Text())
        write_line(console, bearing)
    yield


def write_summary(summary: Summary, console: Console, lang: str) -> None:
    """Write the totals of a run."""
    for line in totals(summary, lang):
        write_line(console, Text(line, style="bold"))


def totals(summary: Summary, lang: str) -> tuple[str, str]:
    """Return the documents of a run, and its findings, in words."""
    parts = [count(lang, "documents", summary.documents)]
    if summary.unreadable:
        parts.append(text(lang, "ui.not_read", {"number": summary.unreadable}))
    if summary.unsupported:
        parts.append(text(lang, "ui.not_supported", {"number": summary.unsupported}))
    if summary.skipped:
        parts.append(count(lang, "system_files", summary.skipped))
    found = [text(lang, "ui.total", {"counts": counted(summary.findings, lang)})]
    if summary.suppressed:
        found.append(text(lang, "ui.suppressed", {"number": summary.suppressed}))
    return text(lang, "ui.between_counts").join(parts), text(lang, "ui.between_details").join(found)


def count(lang: str, what: str, number: int) -> str:
    """Return a number with its noun, as `1 error`, `2 errors`."""
    form = "one" if number == 1 else "many"
    return text(lang, f"ui.counts.{what}.{form}", {"number": number})


def counted(counts: Counts, lang: str) -> str:
    """Return findings by severity, as `2 errors, 1 note`; the words for none where there are none."""
    numbers = {severity: getattr(counts, severity.value) for severity in Severity}
    parts = [count(lang, severity.value, number) for severity, number in numbers.items() if number]
    return text(lang, "ui.between_counts").join(parts) or text(lang, "ui.no_findings")


def _write_document(
    document: DocumentReport, console: Console, lang: str, inside: tuple[str, ...] = ()
) -> None:
    """Write a document and those that lie in it, each below the one it lies in; `inside` are the names from
    the file's attachment to this one."""
    indent = _STEP * len(inside)
    findings = [finding for finding in document.findings if not finding.suppressed]
    write_line(console, _heading(document, lang, inside), indent)
    for line in document_lines(document, lang):
        write_line(console, line, indent + _STEP)
    for finding in findings:
        write_finding(finding, console, lang, indent + _STEP)
    for child in document.children:
        _write_document(child, console, lang, (*inside, child.path))
    if not inside:
        write_line(console, Text())


def document_lines(document: DocumentReport, lang: str) -> list[Text]:
    """Return what a document was judged by, and its highest marking if it has one; nothing for a document
    that could not be judged at all."""
    if document.status in (Status.unreadable, Status.unsupported):
        return []
    lines = [Text(escape_controls(details(document, lang)), style="dim")]
    highest = highest_of(document)
    lines += [labelled("highest", highest.canonical, lang)] if highest else []
    inferences = {"about_markings": document.about_markings, "marks_portions": document.marks_portions}
    return lines + [
        labelled(label, evidence_text(inference.evidence, lang), lang)
        for label, inference in inferences.items()
        if inference.holds
    ]


def _heading(document: DocumentReport, lang: str, inside: tuple[str, ...]) -> Text:
    """Return path and verdict, and what the verdict rests on."""
    path = escape_controls(WITHIN.join(inside) or document.path)
    name = text(lang, "ui.attachment", {"name": path}) if inside else path
    word = verdict_word(document.verdict, lang)
    rest = text(lang, "ui.between_details") + counts_of(document, lang)
    return Text.assemble(
        (name, "bold"), text(lang, "ui.after_name"), (word, _VERDICT_STYLES[document.verdict]), rest
    )


def verdict_word(verdict: Verdict, lang: str) -> str:
    """Return a verdict's name."""
    return text(lang, f"ui.verdicts.{verdict.value}")


def run_verdict(overview: Overview, lang: str) -> str:
    """Return the verdict on a run in words, and how many documents have which."""
    numbers = {verdict: getattr(overview.summary.verdicts, verdict.name) for verdict in reversed(Verdict)}
    counts = text(lang, "ui.between_counts").join(
        text(lang, "ui.verdict_count", {"number": number, "verdict": verdict_word(verdict, lang)})
        for verdict, number in numbers.items()
        if number
    )
    words = text(lang, "ui.run_verdict", {"verdict": verdict_word(overview.verdict, lang)})
    return text(lang, "ui.aside", {"words": words, "aside": counts}) if counts else words


def outcome(document: DocumentReport, lang: str) -> str:
    """Return the verdict on a document and what it rests on, as `STOP; partly read, 1 error`."""
    parts = (verdict_word(document.verdict, lang), counts_of(document, lang))
    return text(lang, "ui.between_details").join(parts)


def document_line(document: DocumentReport, lang: str) -> str:
    """Return a document's path, verdict and what it was judged by, in one line."""
    parts = (outcome(document, lang), details(document, lang))
    told = text(lang, "ui.between_parts").join(part for part in parts if part)
    return escape_controls(f"{document.path}{text(lang, 'ui.after_name')}{told}")


def counts_of(document: DocumentReport, lang: str) -> str:
    """Return how far a document was read, its findings by severity, and how many are suppressed."""
    live = [finding for finding in document.findings if not finding.suppressed]
    numbers = {severity: sum(finding.severity is severity for finding in live) for severity in Severity}
    parts = [] if document.status is Status.checked else [text(lang, f"ui.status.{document.status.value}")]
    parts += [count(lang, severity.value, number) for severity, number in numbers.items() if number]
    is_told_elsewhere = document.verdict.gravity > Verdict.review.gravity
    if not parts:
        unmarked = is_told_elsewhere and not document.markings
        key = "unmarked" if unmarked else "no_findings_here" if is_told_elsewhere else "no_findings"
        holds_files = document.children and not document.pages
        parts = [count(lang, "files", len(document.children)) if holds_files else text(lang, f"ui.{key}")]
    suppressed = len(document.findings) - len(live)
    parts += [text(lang, "ui.suppressed", {"number": suppressed})] if suppressed else []
    return text(lang, "ui.between_counts").join(parts)


def details(document: DocumentReport, lang: str) -> str:
    """Return what the document was judged by: its length, date, standards and exchange, and what was not
    asked. Empty for one that could not be judged at all."""
    if document.status in (Status.unreadable, Status.unsupported):
        return ""
    parts = [count(lang, "pages", document.pages)] if document.pages else []
    if document.date:
        parts.append(_date_text(document, lang))
    parts += document.standards
    parts += exchange_text(document.exchange, lang)
    if document.not_asked:
        codes = text(lang, "ui.between_items").join(document.not_asked)
        parts.append(text(lang, "ui.not_asked", {"codes": codes}))
    return text(lang, "ui.between_details").join(parts)


def _date_text(document: DocumentReport, lang: str) -> str:
    """Return the day that the document was judged by, and where it was taken from."""
    if document.date_location is None:
        return text(lang, f"ui.dates.{document.date_source}", {"day": document.date})
    words = {
        "day": document.date,
        "place": places([document.date_location], lang),
        "text": document.date_text,
    }
    return text(lang, f"ui.dates.{document.date_source}-at", words)


def evidence_text(keys: Iterable[str], lang: str) -> str:
    """Return what speaks for something, in words."""
    words = catalogue(lang)["evidence"]
    return text(lang, "ui.between_items").join(words.get(key, key) for key in keys)


def exchange_text(exchange: Exchange, lang: str) -> list[str]:
    """Return the exchange in words, said to be inferred where it was, and what the originator was inferred
    from; what to give where it is not known."""
    unknown_exchange = [] if exchange.is_known else [text(lang, "ui.exchange_unknown")]
    if not (exchange.originator or exchange.recipient):
        return unknown_exchange or [text(lang, f"ui.stages.{exchange.stage.value}")]
    unknown = text(lang, "ui.unknown_country")
    giver, taker = (
        text(lang, f"countries.{code}") if code else unknown
        for code in (exchange.originator, exchange.recipient)
    )
    stage = text(lang, f"ui.stages.{exchange.stage.value}")
    reasons = [reason for reason in exchange.evidence if reason not in _ASSUMED]
    key = "ui.exchange_inferred" if exchange.evidence else "ui.exchange"
    words = {"giver": giver, "taker": taker, "stage": stage, "reasons": evidence_text(reasons, lang)}
    return [text(lang, f"{key}_as" if reasons else key, words), *unknown_exchange]


def write_finding(finding: Finding, console: Console, lang: str, indent: int) -> None:
    """Severity, code, name and message; below them where it is, what was read, the fix, the clause."""
    severities = {severity: text(lang, f"ui.severities.{severity.value}") for severity in Severity}
    width = max(cell_len(word) for word in severities.values())
    word = severities[finding.severity]
    line = Text.assemble(
        (word, _STYLES[finding.severity]),
        " " * (width - cell_len(word) + 2),
        (finding.code, "bold"),
        f" {finding.name}{text(lang, 'ui.after_name')}{escape_controls(finding.message)}",
    )
    write_line(console, line, indent, hang=width + 2)
    for label, content in (
        ("where", places(finding.locations, lang)),
        (
            "read",
            text(lang, "ui.between_zones").join(
                text(lang, "ui.quote", {"text": reason}) for reason in finding.evidence
            ),
        ),
        ("fix", finding.fix),
        ("clause", clause_of(finding.source, lang)),
        ("explain", explanation(finding.code)),
    ):
        if content:
            write_line(console, labelled(label, content, lang), indent + width + 2)


def labelled(label: str, content: str, lang: str) -> Text:
    """Return a line with its label from the catalogue's `ui.labels`."""
    return Text.assemble((text(lang, f"ui.labels.{label}"), "dim"), escape_controls(content))


def clause_of(source: Source, lang: str) -> str:
    """Return the standard and its clause, with a word where it is unconfirmed."""
    clause = text(lang, "ui.clause", {"standard": source.standard, "clause": source.clause})
    return text(lang, "ui.unconfirmed", {"clause": clause}) if source.unconfirmed else clause
