"""A report in SARIF 2.1.0 (OASIS), within what GitHub code scanning accepts.

A page of a document has no lines: each place is line 1 of its file, which GitHub asks for, and page,
section and zone are logical locations.
"""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from countermark.model import Severity
from countermark.reporting.banner import banner
from countermark.reporting.placed import explanation, placed, where
from countermark.reporting.rule_page import texts_of
from countermark.reporting.terminal.text import document_line
from countermark.reporting.unread import broken_off, unread
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport, Finding, Location
    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000
"""Results of a run that GitHub accepts; it shows the first 5,000."""
MAX_LOCATIONS = 1_000
"""Locations of a result that GitHub accepts."""
_REGION = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def render(run: ReportInput) -> Iterator[bytes]:
    """One SARIF log with one run.

    Where there are more findings than GitHub accepts, the gravest stand in it, and a notification says
    how many were left out.
    """
    kept, left_out = _gravest(run)
    rules = {placed_finding.finding.code: placed_finding.finding for placed_finding in _all(run)}
    order = {code: index for index, code in enumerate(sorted(rules))}
    head = _run(run, [_rule(rules[code], run) for code in order], left_out)
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [head]}
    yield msgspec.json.encode(log).removesuffix(b"}]}") + b',"results":['
    bearing = banner(run.overview.highest_marking, run.lang)
    separator = b"\n"
    for number, placed_finding in enumerate(_all(run)):
        if kept is None or number in kept:
            yield separator + msgspec.json.encode(_result(placed_finding, order, bearing, run.lang))
            separator = b",\n"
    yield b"\n]}]}\n"


def _all(run: ReportInput) -> Iterator[Placed]:
    return (placed_finding for document in run.documents for placed_finding in placed(document))


def _gravest(run: ReportInput) -> tuple[set[int] | None, int]:
    """Return the numbers of the findings to show, none for all, and how many are left out.

    Suppressed ones first, then the lesser severities.
    """
    ranks = [
        (-placed_finding.finding.severity.rank if not placed_finding.finding.suppressed else 0, number)
        for number, placed_finding in enumerate(_all(run))
    ]
    if len(ranks) <= MAX_RESULTS:
        return None, 0
    shown = heapq.nsmallest(MAX_RESULTS, ranks)
    return {number for _, number in shown}, len(ranks) - len(shown)


def _run(run: ReportInput, rules: list[dict[str, Any]], left_out: int) -> dict[str, Any]:
    overview = run.overview
    notifications = [
        _notification(path, told) for document in run.documents for path, told in unread(document, run.lang)
    ]
    if left_out:
        told = text(run.lang, "ui.left_out", {"number": left_out})
        notifications.append({"level": "warning", "message": {"text": told}})
    broken = broken_off(overview, run.lang)
    if broken:
        notifications.append({"level": Severity.error.value, "message": {"text": broken}})
    driver = {
        "name": overview.tool.name,
        "version": overview.tool.version,
        "rules": rules,
    }
    return {
        "tool": {"driver": driver},
        "artifacts": [_artifact(document, run.lang) for document in run.documents],
        "language": run.lang,
        "invocations": [
            {
                "executionSuccessful": not (overview.summary.unreadable or broken),
                "toolExecutionNotifications": notifications,
            }
        ],
        "properties": {
            "verdict": overview.verdict.value,
            "highestMarking": overview.highest_marking,
            "policyDigest": overview.policy.digest,
            "configuration": msgspec.to_builtins(overview.policy.configuration),
            "ignoredConfigurations": list(overview.policy.ignored_configurations),
        },
    }


def _artifact(document: DocumentReport, lang: str) -> dict[str, Any]:
    """Return a document with its verdict and what it was judged by, whether it has findings or not."""
    return {
        "location": {"uri": uri(document.path)},
        "description": {"text": document_line(document, lang)},
        "properties": {"verdict": document.verdict.value, "status": document.status.value},
    }


def _rule(finding: Finding, run: ReportInput) -> dict[str, Any]:
    rule = next((listed for listed in run.rules if listed.code == finding.code), None)
    title = texts_of(rule, run.lang)["title"] if rule else finding.name
    family = finding.code.rstrip("0123456789")
    return {
        "id": finding.code,
        "name": finding.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": text(run.lang, "ui.labels.explain") + explanation(finding.code)},
        "defaultConfiguration": {"level": finding.severity.value},
        "properties": {"tags": [family, finding.source.standard]},
    }


def _result(placed_finding: Placed, order: dict[str, int], bearing: str, lang: str) -> dict[str, Any]:
    """Return a result; viewers show each by itself, so that each carries the marking of the report."""
    finding = placed_finding.finding
    place = where(placed_finding, lang)
    message = text(lang, "ui.between_sentences").join(
        (escape_controls(finding.message), escape_controls(finding.fix))
    )
    told = (text(lang, "ui.aside", {"words": message, "aside": place}) if place else message, bearing)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": finding.severity.value,
        "message": {"text": text(lang, "ui.between_parts").join(part for part in told if part)},
        "locations": [_location(placed_finding, place) for place in islice(finding.locations, MAX_LOCATIONS)]
        or [_location(placed_finding, None)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{finding.fingerprint[:16]}:1",
            "countermark/v1": finding.fingerprint,
        },
        "properties": {
            "fix": escape_controls(finding.fix),
            "standard": finding.source.standard,
            "clause": finding.source.clause,
            "unconfirmed": finding.source.unconfirmed,
            "places": len(finding.locations),
        },
    }
    if finding.suppressed:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.suppressed}
        ]
    return result


def _location(placed_finding: Placed, place: Location | None) -> dict[str, Any]:
    physical = {"artifactLocation": {"uri": uri(placed_finding.path)}, "region": _REGION}
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = list(_logical(placed_finding.inside, place))
    if logical:
        location["logicalLocations"] = logical
    if place and place.box:
        location["properties"] = {"box": place.box}
    return location


def _logical(inside: tuple[str, ...], place: Location | None) -> Iterator[dict[str, str]]:
    """Attachment, page or section, part and zone, each within the one before."""
    steps = [("attachment", escape_controls(name)) for name in inside]
    if place:
        if place.page is not None:
            steps.append((place.kind.value if place.kind else "page", str(place.page)))
        if place.section is not None:
            unit, number = (
                ("sheet", escape_controls(place.name)) if place.name else ("section", place.section)
            )
            steps.append((unit, f"{number} {place.kind.value}" if place.kind else str(number)))
        if place.part and place.page is None:
            steps.append(("part", escape_controls(place.part)))
        if place.zone:
            steps.append(("zone", place.zone.value))
    path: list[str] = []
    for kind, name in steps:
        path.append(f"{kind} {name}")
        yield {"name": name, "kind": kind, "fullyQualifiedName": "/".join(path)}


def uri(path: str) -> str:
    """Return a path as a URI reference (RFC 3986): relative as it is, else with the scheme `file`."""
    if len(path) > 1 and path[1] == ":":
        return "file:///" + quote(path[0]) + ":" + quote(path[2:])
    return ("file://" if path.startswith("/") else "") + quote(path)


def _notification(path: str, told: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}
    return {"level": Severity.error.value, "message": {"text": told}, "locations": [location]}
