"""Which objects of a PDF's pages stand in optional content (ISO 32000-1, 8.11) that is switched off.

PDFium tells neither layers nor the entries of XObjects. It does tell numbers in the property lists of
marked content: pages with layers that are off are read from a copy in which those layers bear a number.
"""

from __future__ import annotations

import ctypes
import secrets
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, StreamObject

from countermark.readers.pdf import pdfium
from countermark.readers.pdf.optional_content import layers_of, states_of
from countermark.readers.pdf.values import pages_of, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf

    from countermark.readers.pdf.objects import FormXObject
    from countermark.readers.pdf.pdfium import PdfiumHandle

_KEY = "CountermarkOff"


class MarkedCopy(NamedTuple):
    """A PDF, not encrypted, whose layers that are off bear `number`, which no file can foresee."""

    data: bytes
    number: int

    def is_off(self, handle: PdfiumHandle, form: FormXObject | None) -> bool:
        """Return whether an object of one of its pages, in this form, belongs to a layer that is off."""
        return any(
            _number(pdfium.FPDFPageObj_GetMark(piece, index)) == self.number
            for piece in (handle, *(form.handles if form else ()))
            for index in range(max(0, pdfium.FPDFPageObj_CountMarks(piece)))
        )


def marked_copy(reader: pypdf.PdfReader) -> MarkedCopy | None:
    """Return a copy of the PDF to read its pages from; None where no layer is off.

    Raises whatever pypdf raises on a broken file.
    """
    if not _has_layers_off(reader):
        return None
    number = secrets.randbits(30) + 1
    writer = PdfWriter(clone_from=reader)
    is_off = layers_of(writer)
    for held in writer._objects:
        for content in _dictionaries(held):
            if value(content, "/Type") in ("/OCG", "/OCMD") and is_off(content):
                content[NameObject(f"/{_KEY}")] = NumberObject(number)
        if isinstance(held, StreamObject) and is_off(value(held, "/OC")):
            _switch_off(held, number)
    target = BytesIO()
    writer.write(target)
    return MarkedCopy(target.getvalue(), number)


def _has_layers_off(reader: pypdf.PdfReader) -> bool:
    """Return whether any group is off, or a membership that may be off although no group is."""
    if value(reader.root_object, "/OCProperties") is None:
        return False
    met: set[int] = set()
    return any(states_of(reader).values()) or any(
        str(value(content, "/P")).endswith("Off") or value(content, "/VE") is not None
        for page in pages_of(reader)
        for content in _memberships(value(page, "/Resources"), met)
    )


def _memberships(resources: Any, met: set[int]) -> Iterator[Any]:
    """Yield what the content of a page, and of the forms in it, may belong to.

    Forms that were met are passed over.
    """
    waiting = [resources]
    while waiting:
        resources = waiting.pop()
        properties = value(resources, "/Properties")
        yield from (value(properties, name) for name in properties or ())
        objects = value(resources, "/XObject")
        for item in [value(objects, name) for name in objects or ()]:
            if id(item) not in met:
                met.add(id(item))
                yield value(item, "/OC")
                waiting.append(value(item, "/Resources"))


def _dictionaries(held: Any) -> Iterator[Any]:
    """Yield the dictionaries of an object, references not followed."""
    waiting = [held]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def _switch_off(held: StreamObject, number: int) -> None:
    """Mark a form's content as a whole; make a picture, which bears no text, an empty form."""
    content = b""
    if value(held, "/Subtype") == "/Form":
        content = b"/OC<</%b %d>>BDC\n%b\nEMC" % (_KEY.encode(), number, held.get_data())
    else:
        held[NameObject("/Subtype")] = NameObject("/Form")
        held[NameObject("/BBox")] = ArrayObject([FloatObject(0)] * 4)
    for key in ("/Filter", "/DecodeParms"):
        held.pop(key, None)
    held._data = content


def _number(mark: Any) -> int:
    found = ctypes.c_int()
    is_told = pdfium.FPDFPageObjMark_GetParamIntValue(mark, _KEY.encode(), ctypes.byref(found))
    return found.value if is_told else 0
