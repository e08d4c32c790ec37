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


def stated(case: RuleContext) -> list[Marking]:
    """Return the classification markings that the pages themselves state."""
    return [marking for marking in case.visible if not case.is_carried(marking)]


def hidden_subjects(case: RuleContext) -> Iterator[Subject]:
    visible = stated(case)
    highest = top(visible)
    known = {(one.country, one.classification_text) for one in visible}
    for marking in case.standing:
        if case.is_carried(marking) and marking.zone is not Zone.property and is_mark(marking):
            tracked = marking.zone in (Zone.body, Zone.table, Zone.textbox)
            view = HiddenView(
                zone=Zone.inserted.value if tracked else marking.zone.value,
                text=marking.text,
                visible_text=highest.classification_text if highest else "",
                above=number(marking.grade) > grade(visible),
                same=(marking.country, marking.classification_text) in known,
            )
            yield Subject(view, (marking.location,), marking.text)


def redaction_subjects(case: RuleContext) -> Iterator[Subject]:
    """Yield text under something opaque, and black text on black."""
    for page in case.live:
        for line in page.lines:
            if line.unseen and line.text.strip() and _is_redacted(line):
                yield Subject(RedactionView(extractable=True), (page.locate(line),))


def _is_redacted(line: Line) -> bool:
    if line.unseen is Unseen.covered:
        return True
    colour = line.colour or ""
    dark = len(colour) == 6 and all(int(colour[at : at + 2], 16) < _DARK for at in (0, 2, 4))
    return line.unseen is Unseen.colour and dark


def property_subjects(case: RuleContext) -> Iterator[Subject]:
    visible = stated(case)
    if not visible:
        return
    codewords = {word for marking in visible for word in marking.codewords}
    for item, text in written_properties(case.document, case.standards.vocabulary):
        place = Location(part=item.source, zone=Zone.property)
        line = case.recogniser.grammar.line(text)
        for parsed in line.markings:
            named = case.recogniser.resolver.resolve(parsed, Zone.property, place, case.day)
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


def label_subjects(case: RuleContext) -> Iterator[Subject]:
    """Yield the labels that are on, each beside the visible marking of its country, else the highest one."""
    earlier: dict[str, str] = {}
    for label in case.document.labels:
        if not label.enabled:
            continue
        place = Location(part=label.source, zone=Zone.property)
        named, text = _named(label, place, case)
        marking = named.classification_text if named else ""
        country = (named.country or "") if named else ""
        whole = [one for one in case.visible if not one.portion]
        same = [one for one in whole if one.country == country]
        visible = top(same or [one for one in whole if one.grade is not None])
        before = earlier.setdefault(country, marking) if marking else ""
        view = LabelView(
            name=label.name,
            text=label.text,
            marking=marking,
            visible=visible.classification_text
            if visible and marking and not _is_third_party(named, case)
            else "",
            agrees=not (named and visible) or _agree(named, visible),
            conflicts_with=before if before != marking else "",
            unkept=tuple(_unkept(label, case)),
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


def third_party_labels(case: RuleContext) -> Iterator[Marking]:
    """Yield the markings that labels name of third countries and organisations."""
    for label in case.document.labels:
        if label.enabled:
            named, _ = _named(label, Location(part=label.source, zone=Zone.property), case)
            if named and _is_third_party(named, case):
                yield named


def _is_third_party(named: Marking | None, case: RuleContext) -> bool:
    """Return whether a label is of a country or organisation that is no party to the Agreement: EX006."""
    return bool(named and named.country and named.country not in case.standards.agreement.parties)


def _named(label: Label, place: Location, case: RuleContext) -> tuple[Marking | None, str]:
    """Return the marking that a label stands for, by the organisation's list or by its own words."""
    text = case.labels.get(label.text) or case.labels.get(label.name) or label.text
    parsed = case.recogniser.grammar.line(text).markings
    if not parsed or _is_plain_word(parsed[0]):
        return None, text
    named = case.recogniser.resolver.resolve(parsed[0], Zone.property, place, case.day)
    return msgspec.structs.replace(named, text=text), text


def _is_plain_word(parsed: Parsed) -> bool:
    """Return a label that only says Confidential or Restricted is some company's, not a country's."""
    term = parsed.tier.term if parsed.tier else None
    return bool(term and term.plain_word and not parsed.prefix)


def _unkept(label: Label, case: RuleContext) -> Iterator[str]:
    """Yield the zones that a label's ContentBits promise and that hold nothing, and lost encryption."""
    zones = {line.zone for page in case.live for line in page.lines if line.text.strip()}
    for bit, zone in _PROMISES:
        if label.content_bits & bit and zone not in zones:
            yield zone.value
    if label.content_bits & _ENCRYPTS and not _is_encrypted(case.document):
        yield "encryption"


def _is_encrypted(document: Document) -> bool:
    """Return whether a part of it is still encrypted, as a label's encryption is: no password opens it."""
    kinds = (problem.kind for problem in document.problems)
    return ProblemKind.encrypted in kinds or any(map(_is_encrypted, document.children))
