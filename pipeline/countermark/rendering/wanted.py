"""Which pages of which documents a report shows pictures of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Location, Status
from countermark.readers.formats import Pictures, pictures_of
from countermark.rendering.asked import Images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport


class Wanted(NamedTuple):
    """Pictures to make: of the file with this SHA-256, of the pages where `places` are, each a location and
    the words of the marking there, if any; those of findings first.
    """

    sha256: str
    media_type: str
    places: tuple[tuple[Location, str], ...]


def wanted_of(report: DocumentReport, which: Images) -> Wanted | None:
    """Return the pictures to make of a document; None where none are asked for or none can be made."""
    found = any(not finding.suppressed for finding in report.findings)
    is_asked = which is Images.all or (which is Images.findings and found)
    has_pictures = pictures_of(report.media_type) is not Pictures.none
    if not (is_asked and has_pictures) or report.status is Status.unreadable:
        return None
    places = tuple(_places(report))
    return Wanted(report.sha256, report.media_type, places) if places else None


def _places(report: DocumentReport) -> Iterator[tuple[Location, str]]:
    """Yield the places of findings, then of markings, each with the words of a marking there.

    In a PDF with none the first page.
    """
    words = {marking.location: marking.text for marking in reversed(report.markings)}
    found = [place for finding in report.findings for place in finding.locations]
    yield from ((place, words.get(place, "")) for place in found)
    yield from words.items()
    if pictures_of(report.media_type) is Pictures.direct and not (found or words):
        yield Location(page=1), ""
