"""A report for GitLab's Code Quality.

A JSON list with an issue for the verdict on each document and for each finding. GitLab hides issues that
share a fingerprint, so that each one here is unique.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from countermark.model import Severity, Verdict
from countermark.reporting.banner import banner
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.placed import live, sentence
from countermark.reporting.terminal.text import document_line, run_verdict
from countermark.reporting.unread import broken_off
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport
    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput

VERDICT_SEVERITIES = {
    Verdict.stop: "critical",
    Verdict.not_read: "critical",
    Verdict.review: "major",
    Verdict.clear: "info",
}
SEVERITIES = {Severity.error: "critical", Severity.warning: "major", Severity.note: "info"}


def render(run: ReportInput) -> Iterator[bytes]:
    """Write the verdicts, and all findings that are not suppressed.

    Each issue says what configuration there was, as the list has no place of its own for it.
    """
    met: Counter[str] = Counter()
    bearing = banner(run.overview.highest_marking, run.lang)
    configuration = configuration_lines(run.overview.policy, run.lang)
    separator = b"[\n"
    if broken := broken_off(run.overview, run.lang):
        yield separator + msgspec.json.encode({**_broken_off(broken), "configuration": configuration})
        separator = b",\n"
    for document in run.documents:
        verdict = {**_verdict(document, run, bearing, met), "configuration": configuration}
        yield separator + msgspec.json.encode(verdict)
        separator = b",\n"
        for placed in live(document):
            issue = {**_issue(placed, bearing, run.lang, met), "configuration": configuration}
            yield separator + msgspec.json.encode(issue)
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _verdict(document: DocumentReport, run: ReportInput, bearing: str, met: Counter[str]) -> dict[str, Any]:
    """Return an issue that states the verdicts on a document and on the run.

    The list has no other place for them. It is told from earlier ones of the same document by what it
    says.
    """
    told = (document_line(document, run.lang), run_verdict(run.overview, run.lang), bearing)
    identity = f"verdict\0{document.path}\0{document.verdict.value}"
    return {
        "description": text(run.lang, "ui.between_parts").join(part for part in told if part),
        "check_name": "verdict",
        "fingerprint": _unique(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest(), met),
        "severity": VERDICT_SEVERITIES[document.verdict],
        "location": {"path": document.path, "lines": {"begin": 1}},
    }


def _issue(placed: Placed, bearing: str, lang: str, met: Counter[str]) -> dict[str, Any]:
    """Return an issue; the list has neither head nor foot, so that each carries the marking of the report."""
    told = (sentence(placed, lang), bearing)
    return {
        "description": text(lang, "ui.between_parts").join(part for part in told if part),
        "check_name": placed.finding.code,
        "fingerprint": _unique(placed.finding.fingerprint, met),
        "severity": SEVERITIES[placed.finding.severity],
        "location": {"path": placed.path, "lines": {"begin": 1}},
    }


def _broken_off(told: str) -> dict[str, Any]:
    """Return an issue that says that the run broke off; it lies in no file."""
    return {
        "description": told,
        "check_name": "incomplete",
        "fingerprint": hashlib.sha256(told.encode()).hexdigest(),
        "severity": "blocker",
        "location": {"path": ".", "lines": {"begin": 1}},
    }


def _unique(fingerprint: str, met: Counter[str]) -> str:
    """Return the fingerprint, or one made from it where an equal one came before."""
    met[fingerprint] += 1
    number = met[fingerprint]
    return fingerprint if number == 1 else hashlib.sha256(f"{fingerprint} {number}".encode()).hexdigest()
