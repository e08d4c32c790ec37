"""A report in JUnit's XML, as Jenkins and GitLab read it.

A test case for each document, a failure for one with findings that fail the run, an error for one that was
not read to its end.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree

from countermark.model import Severity, Status
from countermark.reporting.banner import banner
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.placed import live, sentence
from countermark.reporting.terminal.text import document_line
from countermark.reporting.unread import broken_off, unread
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.model import DocumentReport
    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput
    from countermark.support.safe_xml import XmlElement

    XmlFile = Any
    """What lxml writes a file with; lxml ships no types."""


def render(run: ReportInput) -> Iterator[bytes]:
    """Write one suite. The verdicts are properties; its highest marking is one too, repeated at the end."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    written = BytesIO()
    with etree.xmlfile(written, encoding="UTF-8") as xml:
        for _ in _parts(xml, run):
            xml.flush()
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue() + b"\n"


def _parts(xml: XmlFile, run: ReportInput) -> Iterator[None]:
    """Write the report, one document after the other."""
    outcomes = Counter(_outcome(document, run.fail_on) for document in run.documents)
    broken = broken_off(run.overview, run.lang)
    outcomes["error"] += bool(broken)
    counts = {"tests": outcomes.total(), "failures": outcomes["failure"], "errors": outcomes["error"]}
    numbers = {"name": "countermark", **{name: str(number) for name, number in counts.items()}}
    bearing = banner(run.overview.highest_marking, run.lang)
    with _block(xml, "testsuites", numbers), _block(xml, "testsuite", numbers, skipped=outcomes["skipped"]):
        with _block(xml, "properties"):
            for name, value in _properties(run, bearing):
                _write(xml, _element("property", name=name, value=value))
                yield
        if broken:
            case = _element("testcase", classname="countermark", name="countermark")
            case.append(_element("error", message=broken, type="incomplete"))
            _write(xml, case)
        for document in run.documents:
            _write(xml, _case(document, run))
            yield
        if bearing:
            _write(xml, _element("system-out", bearing))


@contextmanager
def _block(xml: XmlFile, name: str, attributes: Mapping[str, str] = {}, **numbers: int) -> Iterator[None]:
    """Write an element with its tags on lines of their own."""
    with xml.element(name, {**attributes, **{key: str(number) for key, number in numbers.items()}}):
        xml.write("\n")
        yield
    if name != "testsuites":  # nothing can be written after the root
        xml.write("\n")


def _properties(run: ReportInput, bearing: str) -> Iterator[tuple[str, str]]:
    yield "verdict", run.overview.verdict.value
    if bearing:
        yield "marking", bearing
    for line in configuration_lines(run.overview.policy, run.lang):
        yield "configuration", line
    for document in run.documents:
        yield f"verdict {document.path}", document.verdict.value


def _outcome(document: DocumentReport, fail_on: str) -> str:
    if document.is_unread:
        return "error"
    if document.status is Status.unsupported:
        return "skipped"
    least = Severity(fail_on).rank if fail_on in set(Severity) else None
    fails = least is not None and any(placed.finding.severity.rank >= least for placed in live(document))
    return "failure" if fails else "passed"


def _case(document: DocumentReport, run: ReportInput) -> XmlElement:
    case = _element("testcase", classname=str(PurePosixPath(document.path).parent), name=document.path)
    found = sorted(live(document), key=lambda placed: -placed.finding.severity.rank)
    said = [_line(placed, run.lang) for placed in found]
    outcome = _outcome(document, run.fail_on)
    if outcome == "error":
        said = [*(reason for _, reason in unread(document, run.lang)), *said]
    verdict = _element("system-out", document_line(document, run.lang))
    if outcome == "passed":
        return _with_lines(case, verdict, *([_element("system-out", "\n".join(said))] if said else ()))
    kind = {} if outcome == "skipped" else {"type": _kind(document, outcome)}
    failed = _element(outcome, "\n".join(said), message=said[0] if said else "", **kind)
    return _with_lines(case, failed, verdict)


def _with_lines(parent: XmlElement, *children: XmlElement) -> XmlElement:
    """Return the element with children, each on a line of its own."""
    parent.text = "\n"
    for child in children:
        child.tail = "\n"
        parent.append(child)
    return parent


def _line(placed: Placed, lang: str) -> str:
    severity = text(lang, f"ui.severities.{placed.finding.severity.value}")
    return f"{severity} {placed.finding.code}{text(lang, 'ui.after_name')}{sentence(placed, lang)}"


def _kind(document: DocumentReport, outcome: str) -> str:
    """Return what failed: the codes of the findings, or the status of a document that was not read."""
    if outcome == "error":
        return document.status.value
    return " ".join(dict.fromkeys(placed.finding.code for placed in live(document)))


def _element(tag: str, content: str = "", **attributes: str) -> XmlElement:
    """Return an element whose texts are safe to show and have a form in XML 1.0."""
    element = etree.Element(tag, {key: escape_controls(_valid(value)) for key, value in attributes.items()})
    element.text = "\n".join(escape_controls(line) for line in _valid(content).split("\n")) or None
    return element


def _write(xml: XmlFile, element: XmlElement) -> None:
    """Write an element on a line of its own."""
    element.tail = "\n"
    xml.write(element, with_tail=True)


def _valid(content: str) -> str:
    """Return the text with halves of characters as escapes; XML 1.0 has no form for them."""
    return content.encode("utf-8", "backslashreplace").decode()
