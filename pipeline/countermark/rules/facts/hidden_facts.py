"""The subjects of what a file carries beside its visible pages.

Hidden markings, text under a redaction, properties, labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.model import Location, ProblemKind, Unseen, Zone
from countermark.recognition.off_page_lines import written_properties
from countermark.rules.facts.views import (
    HiddenView,
    LabelView,
    PropertyView,
    RedactionView,
    Subject,
    grade,
    is_mark,
    number,
    top,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Document, Label, Line, Marking
    from countermark.recognition.parsed import Parsed
    from countermark.rules.facts.rule_context import RuleContext

_PROMISES = ((1, Zone.header), (2, Zone.footer), (4, Zone.watermark))
_ENCRYPTS = 8
_DARK = 0x60
_SENSITIVITY = "MSIP_Label"


def stated(context: RuleContext) -> list[Marking]:
    """Return the classification markings that the pages themselves state."""
    return [marking for marking in context.visible if not context.is_carried(marking)]


def hidden_subjects(context: RuleContext) -> Iterator[Subject]:
    visible = stated(context)
    highest = top(visible)
    shown = {(marking.country, marking.classification_text) for marking in visible}
    for marking in context.standing:
        if context.is_carried(marking) and marking.zone is not Zone.property and is_mark(marking):
            tracked = marking.zone in (Zone.body, Zone.table, Zone.textbox)
            view = HiddenView(
                zone=Zone.inserted.value if tracked else marking.zone.value,
                text=marking.text,
                visible_text=highest.classification_text if highest else "",
                above=number(marking.grade) > grade(visible),
                same=(marking.country, marking.classification_text) in shown,
            )
            yield Subject(view, (marking.location,), marking.text)


def redaction_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield text under something opaque, and black text on black."""
    for page in context.live:
        for line in page.lines:
            if line.unseen and line.text.strip() and _is_redacted(line):
                yield Subject(RedactionView(extractable=True), (page.locate(line),))


def _is_redacted(line: Line) -> bool:
    if line.unseen is Unseen.covered:
        return True
    colour = line.colour or ""
    dark = len(colour) == 6 and all(int(colour[at : at + 2], 16) < _DARK for at in (0, 2, 4))
    return line.unseen is Unseen.colour and dark


def property_subjects(context: RuleContext) -> Iterator[Subject]:
    visible = stated(context)
    if not visible:
        return
    codewords = {word for marking in visible for word in marking.codewords}
    for item, text in written_properties(context.document, context.standards.vocabulary):
        place = Location(part=item.source, zone=Zone.property)
        line = context.recogniser.grammar.line(text)
        for parsed in line.markings:
            named = context.recogniser.resolver.resolve(parsed, Zone.property, place, context.day)
            if not named.classification or (line.rest and not _is_complete(parsed)):
                continue
            highest = top(visible)
            view = PropertyView(
                name=item.name.rsplit(":", 1)[-1].strip("/"),
                marking=named.classification_text,
                visible=highest.classification_text if highest else "",
                above=number(named.grade) > grade(visible) or bool(set(named.codewords) - codewords),
            )
            yield Subject(view, (place,), parsed.text)


def _is_complete(parsed: Parsed) -> bool:
    """Return a tier beside other words counts in capitals behind its country's name only."""
    return parsed.prefix is not None and (parsed.text.isupper() or not parsed.text.isascii())


def label_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield the labels that are on, each beside the visible marking of its country, else the highest one."""
    earlier: dict[str, str] = {}
    for label in context.document.labels:
        if not label.enabled:
            continue
        place = Location(part=label.source, zone=Zone.property)
        named, text = _named(label, place, context)
        marking = named.classification_text if named else ""
        country = (named.country or "") if named else ""
        whole = [marking for marking in context.visible if not marking.portion]
        same = [marking for marking in whole if marking.country == country]
        visible = top(same or [marking for marking in whole if marking.grade is not None])
        before = earlier.setdefault(country, marking) if marking else ""
        view = LabelView(
            name=label.name,
            text=label.text,
            marking=marking,
            visible=visible.classification_text
            if visible and marking and not _is_third_party(named, context)
            else "",
            agrees=not (named and visible) or _agree(named, visible),
            conflicts_with=before if before != marking else "",
            unkept=tuple(_unkept(label, context)),
            is_sensitivity=label.name.startswith(_SENSITIVITY),
            tenant=label.site or "-",
            kept_in=(label.source, *label.also),
            tool=label.tool,
        )
        places = (place, *(Location(part=source, zone=Zone.property) for source in label.also))
        yield Subject(view, places, text)


def _agree(named: Marking, visible: Marking) -> bool:
    """Return whether a label and a marking say the same.

    Of two countries they are compared by common rank, where both have one.
    """
    if named.country == visible.country:
        return named.classification_text == visible.classification_text
    return named.grade is None or named.grade == visible.grade


def third_party_labels(context: RuleContext) -> Iterator[Marking]:
    """Yield the markings that labels name of third countries and organisations."""
    for label in context.document.labels:
        if label.enabled:
            named, _ = _named(label, Location(part=label.source, zone=Zone.property), context)
            if named and _is_third_party(named, context):
                yield named


def _is_third_party(named: Marking | None, context: RuleContext) -> bool:
    """Return whether a label is of a country or organisation that is no party to the Agreement: EX006."""
    return bool(named and named.country and named.country not in context.standards.agreement.parties)


def _named(label: Label, place: Location, context: RuleContext) -> tuple[Marking | None, str]:
    """Return the marking that a label stands for, by the organisation's list or by its own words."""
    text = context.labels.get(label.text) or context.labels.get(label.name) or label.text
    parsed = context.recogniser.grammar.line(text).markings
    if not parsed or _is_plain_word(parsed[0]):
        return None, text
    named = context.recogniser.resolver.resolve(parsed[0], Zone.property, place, context.day)
    return msgspec.structs.replace(named, text=text), text


def _is_plain_word(parsed: Parsed) -> bool:
    """Return a label that only says Confidential or Restricted is some company's, not a country's."""
    term = parsed.tier.term if parsed.tier else None
    return bool(term and term.plain_word and not parsed.prefix)


def _unkept(label: Label, context: RuleContext) -> Iterator[str]:
    """Yield the zones that a label's ContentBits promise and that hold nothing, and lost encryption."""
    zones = {line.zone for page in context.live for line in page.lines if line.text.strip()}
    for bit, zone in _PROMISES:
        if label.content_bits & bit and zone not in zones:
            yield zone.value
    if label.content_bits & _ENCRYPTS and not _is_encrypted(context.document):
        yield "encryption"


def _is_encrypted(document: Document) -> bool:
    """Return whether a part of it is still encrypted, as a label's encryption is: no password opens it."""
    kinds = (problem.kind for problem in document.problems)
    return ProblemKind.encrypted in kinds or any(map(_is_encrypted, document.children))
