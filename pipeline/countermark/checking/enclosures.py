"""A covering letter's list of enclosures beside the documents that are there."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.checking.enclosure_matching import Keys, has_title, key, paired
from countermark.checking.versions import without_language
from countermark.rules.facts.across_views import EnclosureView
from countermark.rules.facts.views import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from countermark.checking.enclosure_matching import Pair, Part
    from countermark.model import Enclosure, EnclosureList, Location
    from countermark.standards.standards import Standards

    Found = Iterator[tuple[EnclosureView, Location]]

_BETWEEN = "; "
_NAMED = 10
"""So many entries or documents are named in one finding."""


class Consignment(NamedTuple):
    """The documents that may be a letter's enclosures.

    `is_closed` where nothing else can be among them, as in a message; `is_complete` is false where they were
    too many to wait for.
    """

    parts: Sequence[Part]
    is_closed: bool
    is_complete: bool


def enclosure_subjects(
    letter: Part, consignment: Consignment, day: date, standards: Standards, kept: Callable[[str], str]
) -> Iterator[Subject]:
    """Yield what a letter's list and the documents that are there say differently.

    One subject that agrees where they don't. `kept` gives what may be told of a document's text.
    """
    listed = letter.identity.enclosures
    if listed is None:
        return
    found = list(_differences(letter, listed, consignment, day, standards))
    for view, place in found or [(EnclosureView(difference="none"), listed.location)]:
        shown = {name: kept(getattr(view, name)) for name in ("title", "listed", "found")}
        yield Subject(msgspec.structs.replace(view, **shown), (place,), shown["title"])


def _differences(
    letter: Part, listed: EnclosureList, consignment: Consignment, day: date, standards: Standards
) -> Found:
    others = [
        Keys(part)
        for part in consignment.parts
        if part.identity is not letter.identity and not part.identity.enclosures
    ]
    if not listed.entries:
        yield EnclosureView(difference="unread", remedy="by-hand"), listed.location
    elif not others:
        number = str(len(listed.entries))
        yield EnclosureView(difference="alone", remedy="check-together", listed=number), listed.location
    else:
        pairs = paired(listed.entries, others, is_closed=consignment.is_closed)
        matched = {id(part) for pair in pairs for part in pair.parts}
        left = [part for part in others if id(part) not in matched]
        is_known = consignment.is_complete and all(keys.part.is_read for keys in left)
        yield from _missing([pair.entry for pair in pairs if not pair.parts], is_known=is_known)
        yield from _extra(pairs, left, listed.location, is_closed=consignment.is_closed)
        for pair in pairs:
            if pair.parts:
                yield from ((view, pair.entry.location) for view in _compared(pair, day, standards))


def _missing(missing: Sequence[Enclosure], *, is_known: bool) -> Found:
    """Yield the entries of which no document is found; apart from them those that may not be missing."""
    certain = [entry for entry in missing if entry.is_certain and is_known]
    doubtful = [entry for entry in missing if entry not in certain]
    for entries, difference, remedy in (
        (certain, "missing", "put-right"),
        (doubtful, "doubtful", "by-hand"),
    ):
        if entries:
            names = _BETWEEN.join(entry.title or entry.reference for entry in entries[:_NAMED])
            yield EnclosureView(difference=difference, remedy=remedy, title=names), entries[0].location


def _extra(pairs: Sequence[Pair], left: Sequence[Keys], place: Location, *, is_closed: bool) -> Found:
    """Yield the documents that no entry lists.

    In a folder, which may hold other things, marked ones only, and where no more are left over than found.
    """
    found = [keys.part for pair in pairs for keys in pair.parts]
    stems = {_version(part) for part in found}
    unlisted = [
        keys.part
        for keys in left
        if not keys.part.identity.is_letter
        and keys.part.is_document
        and _version(keys.part) not in stems
        and (is_closed or keys.part.marks)
    ]
    if unlisted and (is_closed or len(unlisted) <= len(found)):
        names = _BETWEEN.join(part.name for part in unlisted[:_NAMED])
        yield EnclosureView(difference="extra", remedy="put-right", name=names), place


def _version(part: Part) -> str:
    return key(without_language(PurePath(part.name).stem))


def _compared(pair: Pair, day: date, standards: Standards) -> Iterator[EnclosureView]:
    """Yield what an entry and its document say differently."""
    entry, keys = pair.entry, pair.parts[0]
    view = EnclosureView(
        difference="none", remedy="put-right", title=entry.title or entry.reference, name=keys.part.name
    )

    def other(difference: str, listed: str = "", found: str = "") -> EnclosureView:
        return msgspec.structs.replace(view, difference=difference, listed=listed, found=found)

    marked = _other_classification(entry, keys.part, day, standards)
    if marked:
        yield other("classification", entry.classification, marked)
    if not has_title(keys, entry, pair.likeness):
        yield other("title")
    number = _other_reference(entry, keys)
    if number:
        yield other("number", entry.reference, number)
    stated = {copy for keys in pair.parts if (copy := keys.part.identity.copy)}
    numbers = sorted({copy.number for copy in stated})
    most = max((copy.of or 0 for copy in stated), default=0)
    if entry.copy and numbers and entry.copy.number not in numbers:
        yield other("copy", str(entry.copy.number), ", ".join(map(str, numbers)))
    elif entry.copies and _is_other_count(entry.copies, len(numbers), most):
        yield other("copies", str(entry.copies), ", ".join(map(str, numbers)))


def _is_other_count(listed: int, numbers: int, most: int) -> bool:
    """Return whether documents with so many copy numbers, of `most`, are not as many copies as listed.

    One file with a number may be any of the copies.
    """
    return bool(numbers) and (listed < numbers or 0 < most < listed or (numbers > 1 and numbers != listed))


def _other_classification(entry: Enclosure, part: Part, day: date, standards: Standards) -> str:
    """Return what the document is marked where that is not, and does not correspond to, what is listed."""
    if not entry.classification or not part.marks:
        return ""
    same = next((mark for mark in part.marks if mark.country == entry.country), None)
    if same:
        return "" if same.classification == entry.classification else same.classification
    agreement = standards.agreement
    for mark in part.marks:
        if mark.country not in agreement.parties or entry.country not in agreement.parties:
            return ""
        theirs = agreement.corresponding(mark.country, mark.classification, day)
        ours = agreement.corresponding(entry.country, entry.classification, day)
        if entry.classification in theirs or mark.classification in ours:
            return ""
    return max(part.marks, key=lambda mark: mark.rank).classification


def _other_reference(entry: Enclosure, keys: Keys) -> str:
    """Return the number that the document states where it lacks the listed one."""
    number, stated = key(entry.reference), keys.part.identity.references
    if not number or not stated or number in keys.text or number in keys.stem:
        return ""
    return stated[0]
