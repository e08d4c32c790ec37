"""What a PDF would do if it were let: actions, scripts, media (ISO 32000-1, 12.6 and 13), through pypdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from countermark.model import Problem, ProblemKind, Reason
from countermark.readers.pdf.annotations import annotations_of
from countermark.readers.pdf.forms import fields, xfa_packets
from countermark.readers.pdf.outline import bookmarks
from countermark.readers.pdf.values import pages_of, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf

    from countermark.readers.pdf.values import PdfObject

_ACTIONS = frozenset(
    (
        *("JavaScript", "Launch", "URI", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition"),
        *("Movie", "Sound", "RichMediaExecute", "GoTo3DView"),
    )
)
_MEDIA = frozenset(("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"))
_TRIGGERS = ("/A", "/PA", "/OpenAction")
_MOST_ACTIONS = 10_000


def active_content(reader: pypdf.PdfReader) -> Problem | None:
    """Return what the document carries that acts or leads outside, by the names of its action and annotation
    types; None where there is nothing. Actions that move within the document are none, and neither is a web
    link that waits for a click: nearly every document has one.
    """
    kinds: set[str] = set()
    for holder, waits in _holders(reader):
        names = {str(value(action, "/S") or "").lstrip("/") for action in _actions(holder)}
        kinds |= (names & _ACTIONS) - ({"URI"} if waits else set())
    if _has_entry(value(reader.root_object, "/Names"), "/JavaScript"):
        kinds.add("JavaScript")
    if any(b"<script" in packet or b":script" in packet for _, packet in xfa_packets(reader)):
        kinds.add("XFA")
    for page in pages_of(reader):
        media = {value(annotation, "/Subtype") for annotation in annotations_of(page)} & _MEDIA
        kinds |= {str(subtype).lstrip("/") for subtype in media}
    if not kinds:
        return None
    named = {"kinds": ", ".join(sorted(kinds))}
    return Problem(kind=ProblemKind.active_content, reason=Reason.pdf_active, args=named)


def _has_entry(dictionary: PdfObject, key: str) -> bool:
    return value(dictionary, key) is not None


def _actions(holder: Any) -> Iterator[Any]:
    """Yield every action of a document, page, annotation, field or bookmark, with those that follow each.

    One that is met again is passed over.
    """
    met: set[int] = set()
    waiting = [value(holder, trigger) for trigger in _TRIGGERS]
    waiting += [action.get_object() for action in (value(holder, "/AA") or {}).values()]
    while waiting and len(met) < _MOST_ACTIONS:
        action = waiting.pop()
        if isinstance(action, list):
            waiting += [following.get_object() for following in action]
        elif isinstance(action, dict) and id(action) not in met:
            met.add(id(action))
            yield action
            waiting.append(value(action, "/Next"))


def _holders(reader: pypdf.PdfReader) -> Iterator[tuple[Any, bool]]:
    """Yield what can hold actions, and whether it waits for a click."""
    yield reader.root_object, False
    for page in pages_of(reader):
        yield page, False
        yield from ((annotation, True) for annotation in annotations_of(page))
    yield from ((bookmark, True) for bookmark in bookmarks(reader))
    yield from ((field, True) for field in fields(reader))
