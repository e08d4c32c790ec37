"""A rule's examples as documents, so that they go the same way as real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from countermark.checking.check import check_read
from countermark.checking.cross_document import with_cross_document_findings
from countermark.config.policy import Config, ExchangeSettings, with_all_rules
from countermark.model import (
    Document,
    Label,
    Line,
    Location,
    Page,
    PageKind,
    Problem,
    ProblemKind,
    Property,
    Reason,
    Unseen,
    Zone,
)
from countermark.rules.rule import ExampleDocument, SketchPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport
    from countermark.rules.rule import Rule

_REASONS = {
    ProblemKind.unreadable: Reason.empty,
    ProblemKind.encrypted: Reason.encrypted,
    ProblemKind.no_text: Reason.no_text,
    ProblemKind.limit: Reason.limit,
    ProblemKind.part_unreadable: Reason.pdf_part,
    ProblemKind.unsupported: Reason.kind_unknown,
    ProblemKind.no_document: Reason.kind_font,
    ProblemKind.active_content: Reason.macros,
    ProblemKind.text_disagrees: Reason.text_over_image,
    ProblemKind.recognised: Reason.text_recognised,
    ProblemKind.internal: Reason.failed_document,
}
_ARGUMENTS = {
    "limit": "pages",
    "allowed": "10",
    "reached": "10",
    "part": "part",
    "name": "example",
    "error": "Error, module.py:1",
    "confidence": "87",
}


def check_example(example: str | ExampleDocument, policy: Policy) -> DocumentReport:
    """Judge an example by `policy`'s rules and standards, with no configuration but its own exchange."""
    sketch = sketch_of(example)
    alone = policy_of(sketch, policy)
    reports = [
        check_read(document_of(example, example.name or f"example-{number}"), alone)
        for number, example in enumerate((sketch, *sketch.beside), 1)
    ]
    judged = list(with_cross_document_findings(reports, alone))
    return msgspec.structs.replace(
        judged[0], findings=tuple(finding for report in judged for finding in report.findings)
    )


def sketch_of(example: str | ExampleDocument) -> ExampleDocument:
    """Return the example as a sketch: a text stands at the head and foot of one page."""
    return ExampleDocument(mark=example) if isinstance(example, str) else example


def policy_of(sketch: ExampleDocument, policy: Policy) -> Policy:
    """`policy` with the sketch's own configuration and no other but its severities."""
    exchange = ExchangeSettings(from_=sketch.from_, to=sketch.to, stage=sketch.stage)
    config = Config(
        exchange=exchange,
        as_of=sketch.as_of,
        label_required=sketch.label_required,
        allow_unmarked=sketch.allow_unmarked,
        severity=policy.config.severity,
    )
    return msgspec.structs.replace(policy, config=config)


def pages_of(sketch: ExampleDocument) -> tuple[SketchPage, ...]:
    """Return the sketch's pages, where it has only a mark the one page that this stands for."""
    return sketch.pages or ((SketchPage(head=sketch.mark, foot=sketch.mark),) if sketch.mark else ())


class Failing(NamedTuple):
    """An example that does not behave: a good one that gives its rule's code, or a bad one that does not.

    `number` counts from 1 among the good or the bad; `found` are the codes that it gave.
    """

    rule: Rule
    kind: str
    number: int
    found: tuple[str, ...]


def failing_examples(rules: Iterable[Rule], policy: Policy) -> Iterator[Failing]:
    """Yield the examples of `rules` that do not behave under `policy` with all rules on."""
    policy = with_all_rules(policy)
    for rule in rules:
        for kind in ("good", "bad"):
            for number, example in enumerate(getattr(rule, kind), 1):
                report = check_example(example, policy)
                found = tuple(sorted({finding.code for finding in report.findings}))
                if (rule.code in found) != (kind == "bad"):
                    yield Failing(rule, kind, number, found)


def document_of(sketch: ExampleDocument, name: str = "example") -> Document:
    """Return the document that a sketch describes.

    It has a page number for each page, or in a Word sketch (a page with `kind` or `inactive`) a section.
    """
    pages = pages_of(sketch)
    dated: tuple[Property, ...] = (
        (Property(name="Modified", value=sketch.date.isoformat(), source="example"),) if sketch.date else ()
    )
    dated += tuple(
        Property(name=key, value=value, source="example") for key, value in sketch.properties.items()
    )
    labels = tuple(
        Label(name=key, text=value, source="example", content_bits=sketch.content_bits)
        for key, value in sketch.labels.items()
    )
    earlier = (Line(text=sketch.revision, zone=Zone.revision, number=1, part="example"),)
    problems: tuple[Problem, ...] = ()
    if sketch.problem:
        places = (
            (Location(page=1),) if sketch.problem in (ProblemKind.no_text, ProblemKind.recognised) else ()
        )
        reason = _REASONS[sketch.problem]
        problems = (Problem(kind=sketch.problem, reason=reason, args=_ARGUMENTS, locations=places),)
    return Document(
        name=name,
        media_type="application/x-example",
        sha256="",
        pages=tuple(page for number, sketched in enumerate(pages, 1) for page in _pages(sketched, number)),
        lines=earlier if sketch.revision else (),
        properties=dated,
        labels=labels,
        children=tuple(
            document_of(child, f"child-{number}") for number, child in enumerate(sketch.children, 1)
        ),
        problems=problems,
    )


def _pages(sketch: SketchPage, number: int) -> Iterator[Page]:
    lines: list[Line] = []
    zones: tuple[tuple[Zone, str, dict[str, Any]], ...] = (
        (Zone.subject, sketch.subject, {}),
        (Zone.header, sketch.struck, {"struck": True}),
        (Zone.header, sketch.head, {}),
        (Zone.watermark, sketch.watermark, {}),
        (Zone.hidden, sketch.hidden, {"unseen": Unseen.colour, "colour": "FFFFFF"}),
        (Zone.hidden, sketch.covered, {"unseen": Unseen.covered}),
        (Zone.comment, sketch.comment, {}),
        (Zone.body, sketch.body, {}),
        (Zone.footer, sketch.foot, {}),
    )
    for zone, text, more in zones:
        for line in text.splitlines():
            lines.append(Line(text=line, zone=zone, number=len(lines) + 1, **more))
    if not sketch.kind and not sketch.inactive:
        yield Page(number=None if sketch.flowing else number, lines=tuple(lines), readable=sketch.readable)
        return
    kind = sketch.kind or PageKind.default
    yield Page(section=number, kind=kind, lines=tuple(lines), readable=sketch.readable)
    if sketch.inactive:
        off = Line(text=sketch.inactive, zone=Zone.header, number=1)
        yield Page(section=number, kind=PageKind.first, lines=(off,), live=False)
