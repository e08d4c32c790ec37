"""Findings one by one, each with the file and the attachment that it is in: for forms that are lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import WITHIN
from countermark.reporting.places import places
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport, Finding


class Placed(NamedTuple):
    """A finding in the file `path`; `inside` names the attachments down to the one that it is in."""

    path: str
    inside: tuple[str, ...]
    finding: Finding


def placed(document: DocumentReport) -> Iterator[Placed]:
    """Return the findings of a file and of all its attachments, suppressed ones too."""
    return _placed(document, document.path, ())


def live(document: DocumentReport) -> Iterator[Placed]:
    """Return the findings of a file and of all its attachments that are not suppressed."""
    return (found for found in placed(document) if not found.finding.suppressed)


def _placed(document: DocumentReport, path: str, inside: tuple[str, ...]) -> Iterator[Placed]:
    for finding in document.findings:
        yield Placed(path, inside, finding)
    for child in document.children:
        yield from _placed(child, path, (*inside, child.path))


def where(found: Placed, lang: str) -> str:
    """Return the attachment and the places, as a person names them."""
    name = escape_controls(WITHIN.join(found.inside))
    named = text(lang, "ui.attachment", {"name": name}) if name else ""
    told = (named, places(found.finding.locations, lang))
    return text(lang, "ui.between_details").join(part for part in told if part)


def sentence(found: Placed, lang: str) -> str:
    """Return message, place, fix and the way to the rule's explanation on one line."""
    finding = found.finding
    place = where(found, lang)
    parts = (
        escape_controls(finding.message),
        text(lang, "ui.labels.where") + place if place else "",
        text(lang, "ui.labels.fix") + escape_controls(finding.fix),
        text(lang, "ui.labels.explain") + explanation(finding.code),
    )
    return text(lang, "ui.between_parts").join(part for part in parts if part)


def explanation(code: str) -> str:
    """Return the command that explains a rule, offline."""
    return f"countermark rules {code}"
