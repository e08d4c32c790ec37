"""A report as GitHub's workflow commands: an annotation for each finding, in the log of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Severity
from countermark.reporting.banner import banner
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.placed import live, sentence
from countermark.reporting.terminal.text import counted, document_line, run_verdict
from countermark.reporting.unread import broken_off
from countermark.support.console import defuse_ci_commands
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput

COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.note: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(run: ReportInput) -> Iterator[bytes]:
    """Write the verdicts and all findings that are not suppressed, between the highest marking that they
    quote.
    """
    marked = banner(run.overview.highest_marking, run.lang)
    bearing = f"{marked}\n" if marked else ""
    yield bearing.encode()
    if broken := broken_off(run.overview, run.lang):
        yield f"::error::{_escaped(broken, _DATA)}\n".encode()
    yield f"{run_verdict(run.overview, run.lang)}\n".encode()
    for document in run.documents:
        yield f"{defuse_ci_commands(document_line(document, run.lang))}\n".encode("utf-8", "backslashreplace")
        for placed in live(document):
            yield _command(placed, run.lang).encode("utf-8", "backslashreplace")
    for line in configuration_lines(run.overview.policy, run.lang):
        yield f"{line}\n".encode()
    total = text(run.lang, "ui.total", {"counts": counted(run.overview.summary.findings, run.lang)})
    yield f"{total}\n{bearing}".encode()


def _command(placed: Placed, lang: str) -> str:
    finding = placed.finding
    title = _escaped(f"{finding.code} {finding.name}", _PROPERTY)
    file = _escaped(placed.path, _PROPERTY)
    data = _escaped(sentence(placed, lang), _DATA)
    return f"::{COMMANDS[finding.severity]} file={file},line=1,title={title}::{data}\n"


def _escaped(content: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in content)
