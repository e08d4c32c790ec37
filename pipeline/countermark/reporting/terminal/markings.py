"""Markings explained to a person: those of a document (`inspect`) and a single one (`parse`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from countermark.model import Outcome
from countermark.reporting.places import places
from countermark.reporting.terminal.text import clause_of, evidence_text, labelled
from countermark.support.console import escape_controls, write_line
from countermark.support.messages import catalogue, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from countermark.model import Companion, Marking
    from countermark.recognition.explain import Explanation
    from countermark.recognition.schemes import WeighedScheme

_STEP = 4


def write_marking(marking: Marking, console: Console, lang: str, indent: int) -> None:
    """Write a candidate: what it says, where it is, what it is taken for and why."""
    write_line(console, Text(escape_controls(marking.text), style="bold"), indent)
    write_line(console, labelled("location", places([marking.location], lang), lang), indent + _STEP)
    _write_rows(marking, console, lang, indent + _STEP)
    if marking.canonical != marking.text:
        write_line(console, labelled("canonical", escape_controls(marking.canonical), lang), indent + _STEP)
    confidence = f"{marking.confidence:.2f}"
    if marking.outcome is not Outcome.marking:
        confidence = text(lang, f"ui.unsure.{marking.outcome.value}", {"confidence": confidence})
    write_line(console, labelled("confidence", confidence, lang), indent + _STEP)
    write_line(console, labelled("evidence", evidence_text(marking.evidence, lang), lang), indent + _STEP)


def write_explanations(found: Iterable[Explanation], console: Console, lang: str) -> None:
    """Each marking of a text with what it says, what is wrong with it, and its counterpart."""
    explanations = list(found)
    if not explanations:
        write_line(console, Text(text(lang, "ui.no_marking_in")))
    for explanation in explanations:
        write_line(console, Text(escape_controls(explanation.marking.text), style="bold"))
        _write_rows(explanation.marking, console, lang, 2 * _STEP)
        if explanation.right_form != explanation.marking.text:
            right_form = explanation.right_form or text(lang, "right_forms.unknown")
            write_line(console, labelled("right_form", escape_controls(right_form), lang), 2 * _STEP)
        for label, content in _answers(explanation, lang):
            write_line(console, labelled(label, content, lang), 2 * _STEP)
        if len(explanation.schemes) > 1:
            weighed = _list((_scheme(scheme, lang) for scheme in explanation.schemes), lang)
            write_line(console, labelled("schemes", weighed, lang), 2 * _STEP)
        if explanation.rest:
            write_line(console, labelled("beside", explanation.rest, lang), 2 * _STEP)


def _answers(explanation: Explanation, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what the recipient makes of a marking, by label: what it marks, or what stands in the way."""
    if explanation.counterparts is None:
        return
    yield "counterpart", _list(explanation.counterparts, lang) or text(lang, "ui.no_counterpart")
    for mark in explanation.recipient_marks:
        yield "recipient_mark", escape_controls(mark)
    if explanation.remark:
        yield "remark", explanation.remark
    if explanation.source:
        yield "clause", clause_of(explanation.source, lang)
    for obstacle in explanation.obstacles:
        yield "obstacle", escape_controls(obstacle.message)
        yield "clause", clause_of(obstacle.source, lang)


def _write_rows(marking: Marking, console: Console, lang: str, indent: int) -> None:
    for label, content in _rows(marking, lang):
        if content:
            write_line(console, labelled(label, content, lang), indent)


def _rows(marking: Marking, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what a marking says, by label; an empty text where it does not say it."""
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
                    "standard": marking.standard or text(lang, "ui.own_scheme"),
                },
            ),
        )
    else:
        yield "classification", text(lang, "ui.no_classification")
    yield "originator", catalogue(lang)["countries"].get(marking.originator, marking.originator or "")
    for name in ("handling", "descriptors", "codewords", "releasable_to"):
        yield name, _list(getattr(marking, name), lang)
    yield "caveats", _list((caveat.text for caveat in marking.caveats), lang)
    yield "companions", _list((_companion(companion, lang) for companion in marking.companions), lang)
    yield "defects", _list((text(lang, f"ui.defects.{defect.value}") for defect in marking.defects), lang)
    yield "nearest", marking.nearest or ""


def _scheme(scheme: WeighedScheme, lang: str) -> str:
    reasons = evidence_text(scheme.evidence, lang)
    return text(lang, "ui.scheme", {"country": scheme.country, "weight": scheme.weight, "reasons": reasons})


def _companion(companion: Companion, lang: str) -> str:
    return f"{text(lang, f'ui.companions.{companion.kind.value}')} {companion.text}"


def _list(words: Iterable[str], lang: str) -> str:
    return text(lang, "ui.between_items").join(words)
