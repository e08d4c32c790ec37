"""A report in JUnit's XML, as Jenkins and GitLab read it: a test case for each document, a failure for
one with findings that fail the run, an error for one that was not read to its end."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from countermark.model import Severity, Status
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.placed import live, sentence
from countermark.reporting.terminal.text import document_line
from countermark.reporting.unread import broken_off, unread
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport
    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Write one suite. The verdicts are properties; its highest marking is one too, repeated at the end."""
    outcomes = Counter(_outcome(document, run.fail_on) for document in run.documents)
    broken = broken_off(run.overview, run.lang)
    outcomes["error"] += bool(broken)
    counts = f'tests="{outcomes.total()}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="countermark" {counts}>\n'.encode()
    yield f'<testsuite name="countermark" {counts} skipped="{outcomes["skipped"]}">\n'.encode()
    highest = run.overview.highest_marking
    banner = text(run.lang, "ui.banner", {"marking": escape_controls(highest)}) if highest else ""
    yield f"<properties>\n{_property('verdict', run.overview.verdict.value)}".encode()
    yield (_property("marking", banner) if highest else "").encode()
    for line in configuration_lines(run.overview.policy, run.lang):
        yield _property("configuration", line).encode()
    for document in run.documents:
        yield _property(f"verdict {document.path}", document.verdict.value).encode()
    yield b"</properties>\n"
    if broken:
        error = f'<error message={_attribute(broken)} type="incomplete"/>'
        yield f'<testcase classname="countermark" name="countermark">{error}</testcase>\n'.encode()
    for document in run.documents:
        yield _case(document, run).encode()
    if highest:
        yield f"<system-out>{_content(banner)}</system-out>\n".encode()
    yield b"</testsuite>\n</testsuites>\n"


def _outcome(document: DocumentReport, fail_on: str) -> str:
    if document.is_unread:
        return "error"
    if document.status is Status.unsupported:
        return "skipped"
    least = Severity(fail_on).rank if fail_on in set(Severity) else None
    fails = least is not None and any(one.finding.severity.rank >= least for one in live(document))
    return "failure" if fails else "passed"


def _case(document: DocumentReport, run: ReportInput) -> str:
    path = PurePosixPath(document.path)
    start = f"<testcase classname={_attribute(str(path.parent))} name={_attribute(document.path)}"
    told = [_line(one, run.lang) for one in live(document)]
    verdict = f"<system-out>{_content(document_line(document, run.lang))}</system-out>\n"
    outcome = _outcome(document, run.fail_on)
    if outcome == "error":
        told = [*(reason for _, reason in unread(document, run.lang)), *told]
    body = _content("\n".join(told))
    if outcome == "passed":
        found = f"<system-out>{body}</system-out>\n" if told else ""
        return f"{start}>\n{verdict}{found}</testcase>\n"
    message = _attribute(told[0] if told else "")
    kind = "" if outcome == "skipped" else f" type={_attribute(_kind(document, outcome))}"
    return f"{start}>\n<{outcome} message={message}{kind}>{body}</{outcome}>\n{verdict}</testcase>\n"


def _property(name: str, value: str) -> str:
    return f"<property name={_attribute(name)} value={_attribute(value)}/>\n"


def _line(one: Placed, lang: str) -> str:
    severity = text(lang, f"ui.severities.{one.finding.severity.value}")
    return f"{severity} {one.finding.code}{text(lang, 'ui.after_name')}{sentence(one, lang)}"


def _kind(document: DocumentReport, outcome: str) -> str:
    """What failed: the codes of the findings, or the status of a document that was not read."""
    if outcome == "error":
        return document.status.value
    return " ".join(dict.fromkeys(one.finding.code for one in live(document)))


def _attribute(content: str) -> str:
    return quoteattr(escape_controls(_valid(content)))


def _content(content: str) -> str:
    return escape("\n".join(escape_controls(line) for line in _valid(content).split("\n")))


def _valid(content: str) -> str:
    """Without what XML 1.0 has no form for; other control characters `visible` writes as escapes."""
    return content.encode("utf-8", "backslashreplace").decode()
