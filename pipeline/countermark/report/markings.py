"""Markings explained to a person: those of a document (`inspect`) and a single one (`parse`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from countermark.messages import catalogue, text
from countermark.model import Status
from countermark.report.places import places
from countermark.report.text import document_lines, labelled, write_finding
from countermark.report.unread import READ
from countermark.report.visible import put, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from countermark.markings.explain import Explanation
    from countermark.model import DocumentReport, Marking

_STEP = 4


def write_markings(
    documents: Iterable[DocumentReport], threshold: float, console: Console, lang: str
) -> None:
    """Every candidate of each document and of its attachments: where it stands, what it says, why it is
    taken for a marking or, below the threshold, for a mention; and what could not be read."""
    for document in (member for one in documents for member in one.family()):
        put(console, Text(visible(document.path), style="bold"))
        for line in document_lines(document, lang):
            put(console, line, _STEP)
        for finding in document.findings:
            if finding.code.startswith(READ):
                write_finding(finding, console, lang, _STEP)
        if not document.markings and document.status in (Status.checked, Status.partly_read):
            put(console, Text(text(lang, "ui.no_markings")), _STEP)
        for marking in document.markings:
            put(console, Text(visible(marking.text), style="bold"), _STEP)
            put(console, labelled("location", places([marking.location], lang), lang), 2 * _STEP)
            _write_rows(marking, console, lang)
            confidence = f"{marking.confidence:.2f}"
            if marking.confidence < threshold:
                confidence = text(lang, "ui.unsure", {"confidence": confidence, "threshold": threshold})
            put(console, labelled("confidence", confidence, lang), 2 * _STEP)
            put(console, labelled("evidence", ", ".join(_evidence(marking, lang)), lang), 2 * _STEP)


def write_explanations(found: Iterable[Explanation], console: Console, lang: str) -> None:
    """Each marking of a text with what it says, what is wrong with it, and its counterpart."""
    explanations = list(found)
    if not explanations:
        put(console, Text(text(lang, "ui.no_marking_in")))
    for explanation in explanations:
        put(console, Text(visible(explanation.marking.text), style="bold"))
        _write_rows(explanation.marking, console, lang)
        if explanation.counterparts is not None:
            answer = ", ".join(explanation.counterparts) or text(lang, "ui.no_counterpart")
            put(console, labelled("counterpart", answer, lang), 2 * _STEP)


def _write_rows(marking: Marking, console: Console, lang: str) -> None:
    for label, content in _rows(marking, lang):
        if content:
            put(console, labelled(label, content, lang), 2 * _STEP)


def _rows(marking: Marking, lang: str) -> Iterator[tuple[str, str]]:
    """What a marking says, by label; an empty text where it does not say it."""
    if marking.classification and marking.country:
        yield (
            "classification",
            text(
                lang,
                "ui.classification",
                {
                    "classification": marking.classification_text,
                    "country": marking.country,
                    "level": marking.level,
                    "standard": marking.standard,
                },
            ),
        )
    else:
        yield "classification", text(lang, "ui.no_classification")
    for name in ("handling", "descriptors", "codewords", "releasable_to"):
        yield name, ", ".join(getattr(marking, name))
    yield "caveats", ", ".join(caveat.text for caveat in marking.caveats)
    yield "defects", ", ".join(text(lang, f"ui.defects.{one.value}") for one in marking.defects)
    yield "nearest", marking.nearest or ""
    yield "canonical", marking.canonical if marking.canonical != marking.text else ""


def _evidence(marking: Marking, lang: str) -> list[str]:
    words = catalogue(lang)["evidence"]
    return [words.get(key, key) for key in marking.evidence]
