"""Interactive forms (ISO 32000-1, 12.7) and XFA packets of a PDF, through pypdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdf.generic import NameObject, StreamObject

from countermark.model import Line, Property, Unseen, Zone
from countermark.readers.pdf.annotations import (
    annotations_of,
    appearance_lines,
    box_of,
    lines_of,
    squeezed,
    unseen_of,
)
from countermark.readers.pdf.values import pages_of, text_of, value
from countermark.support.safe_xml import local_name, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf

    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.optional_content import IsOff
    from countermark.readers.pdf.values import PdfObject

_PUSH_BUTTON = 1 << 16
_DEEPEST = 32
_NO_TEXT = frozenset(("Off", "Yes", "On"))
"""Names of states that say nothing but whether a button is set."""
_XFA_TEXT = {"datasets": frozenset[str](), "template": frozenset(("text", "exData"))}
"""The packets that hold text, and the elements in them that do; none: all."""
_XFA_CHOICES = frozenset(("items", "script", "desc", "extras"))


def field_lines(page: PdfObject, frame: Frame, is_off: IsOff) -> Iterator[Line]:
    """Yield the values of the form fields that stand on a page, with their boxes as seen.

    What a field holds, and what its appearance shows where that differs. A default value that is not the
    field's value is not seen.
    """
    for widget in annotations_of(page):
        if value(widget, "/Subtype") != "/Widget":
            continue
        box = box_of(widget, frame)
        unseen = unseen_of(widget, box, frame, is_off)
        held = _held(widget)
        yield from lines_of(held, Zone.field, box, unseen)
        shown = appearance_lines(widget, page) if _kind(widget) != "/Btn" or _is_push(widget) else []
        if squeezed(shown) != squeezed(held):
            yield from lines_of(shown, Zone.field, box, unseen)
        default = _texts(_inherited(widget, "/DV"), widget)
        if _kind(widget) != "/Btn" and squeezed(default) != squeezed(held):
            yield from lines_of(default, Zone.field, box, Unseen.hidden)


def fields_without_place(reader: pypdf.PdfReader) -> Iterator[Line]:
    """Yield the values of form fields that stand on no page; `part` names the field."""
    placed: set[int] = set()
    for page in pages_of(reader):
        for widget in annotations_of(page):
            node, climbed = widget, 0
            while isinstance(node, dict) and climbed < _DEEPEST:
                placed.add(id(node))
                node, climbed = value(node, "/Parent"), climbed + 1
    for field in fields(reader):
        if id(field) not in placed and "/V" in field:
            for line in lines_of(_held(field), Zone.field, None, Unseen.hidden):
                yield Line(
                    text=line.text,
                    zone=line.zone,
                    number=1,
                    part=text_of(value(field, "/T")) or None,
                    unseen=line.unseen,
                )


def fields(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Yield all fields of the form, whatever they are; one that it meets again is passed over."""
    waiting = list(value(value(reader.root_object, "/AcroForm"), "/Fields") or ())
    met: set[int] = set()
    while waiting:
        field = waiting.pop().get_object()
        if isinstance(field, dict) and id(field) not in met:
            met.add(id(field))
            yield field
            waiting += value(field, "/Kids") or ()


def signatures(reader: pypdf.PdfReader) -> Iterator[Property]:
    """Yield the form's signatures (12.8): who signed and why, as far as it is stated."""
    for field in fields(reader):
        signature = value(field, "/V") if _kind(field) == "/Sig" else None
        if isinstance(signature, dict):
            stated = [text_of(value(signature, key)) for key in ("/Name", "/Reason", "/Location")]
            method = str(value(signature, "/SubFilter") or "").lstrip("/")
            said = (
                "; ".join(statement for statement in stated if statement)
                or method
                or text_of(value(field, "/T"))
            )
            yield Property(name="Signature", value=said, source="AcroForm")


def xfa_lines(reader: pypdf.PdfReader) -> Iterator[Line]:
    """Yield the text in a form's XFA packets (12.7.8): of its data, and the fixed text of its template.

    Raises XMLSyntaxError or ValueError where a packet is not XML or holds a document type definition.
    """
    for name, packet in xfa_packets(reader):
        root = xml_root(packet)
        for part in [element for element in root.iter() if local_name(element) in _XFA_TEXT]:
            wanted = _XFA_TEXT[local_name(part)]
            for text in _texts_in(part, wanted):
                yield Line(text=text, zone=Zone.field, number=1, part=f"XFA {name or local_name(part)}")


def xfa_packets(reader: pypdf.PdfReader) -> Iterator[tuple[str, bytes]]:
    """Name and content of each XFA packet that may hold text; a form that is one stream has one."""
    xfa = value(value(reader.root_object, "/AcroForm"), "/XFA")
    if isinstance(xfa, StreamObject):
        yield "", xfa.get_data()
    elif isinstance(xfa, list):
        for name, stream in zip(xfa[::2], xfa[1::2], strict=False):
            packet = stream.get_object()
            if text_of(name.get_object()) in _XFA_TEXT and isinstance(packet, StreamObject):
                yield text_of(name.get_object()), packet.get_data()


def _texts_in(element: Any, wanted: frozenset[str]) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name in _XFA_CHOICES and wanted:
            continue
        own = " ".join((child.text or "").split())
        if own and (not wanted or name in wanted):
            yield own
        yield from _texts_in(child, wanted)


def _held(field: PdfObject) -> list[str]:
    """Return what a field holds, as it shows it."""
    if _kind(field) == "/Btn":
        return [_caption(field)]
    return _texts(_inherited(field, "/V"), field) if _kind(field) != "/Sig" else []


def _caption(button: Any) -> str:
    """Return a push button's caption, or the name of the state that another button is in, where it is a
    word.
    """
    if _is_push(button):
        return text_of(value(value(button, "/MK"), "/CA"))
    state = value(button, "/AS")
    name = str(state).lstrip("/") if isinstance(state, NameObject) else ""
    options = _inherited(button, "/Opt")
    if name.isdigit() and isinstance(options, list):
        return text_of(options[int(name)].get_object()) if int(name) < len(options) else ""
    return "" if name in _NO_TEXT or name.isdigit() else name


def _texts(content: Any, field: PdfObject) -> list[str]:
    """Return a value's lines.

    A string, a stream, or a list's strings, each as the field's options show it.
    """
    if isinstance(content, StreamObject):
        return content.get_data().decode("utf-8", "replace").splitlines()
    if isinstance(content, list):
        entries = [item.get_object() for item in content]
        return [shown for entry in entries if isinstance(entry, str) for shown in _texts(entry, field)]
    text = text_of(content)
    for option in _inherited(field, "/Opt") or () if _kind(field) == "/Ch" else ():
        pair = option.get_object()
        if isinstance(pair, list) and len(pair) > 1 and text_of(pair[0].get_object()) == text:
            return [text_of(pair[1].get_object())]
    return text.splitlines()


def _kind(field: PdfObject) -> Any:
    return _inherited(field, "/FT")


def _is_push(button: Any) -> bool:
    flags = _inherited(button, "/Ff")
    return isinstance(flags, int) and bool(flags & _PUSH_BUTTON)


def _inherited(field: PdfObject, key: str) -> Any:
    """Return an entry of a field, or of the nearest field above it that has one (12.7.3.1)."""
    for _ in range(_DEEPEST):
        found = value(field, key)
        if found is not None or not isinstance(field, dict):
            return found
        field = value(field, "/Parent")
    return None
