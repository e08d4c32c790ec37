"""What lies over the pages of a PDF and beside them: annotations, form fields, document information."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accuracy.paper import Block, Places
    from accuracy.truth import Written


def with_notes(
    data: bytes, named: Written | None, notes: Sequence[tuple[int, Block]], places: Places
) -> bytes:
    """The PDF with the marked blocks laid over the pages of these numbers, and `named` among its
    information; noted in `places`."""
    if not notes and not named:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for number, block in notes:
        assert block.written
        text = "\n".join(block.written.lines)
        if block.kind == "annotation":
            writer.add_annotation(number - 1, FreeText(text=text, rect=(200, 300, 400, 330)))
        elif block.kind == "comment":
            writer.add_annotation(number - 1, Text(text=text, rect=(50, 300, 70, 320)))
        else:
            _add_field(writer, number, text)
        places.put(block.written, number, block.kind)
    if named:
        writer.add_metadata({"/Classification": named.lines[0]})
        places.put(named, None, "property")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _add_field(writer: PdfWriter, number: int, text: str) -> None:
    """A text field filled with a marking; its look is the viewer's to draw (ISO 32000-1, 12.7.2)."""
    widget = Text(text="", rect=(80, 250, 380, 272))
    for key, value in (("/Subtype", NameObject("/Widget")), ("/FT", NameObject("/Tx"))):
        widget[NameObject(key)] = value
    del widget["/Contents"]
    widget[NameObject("/T")] = TextStringObject("classification")
    widget[NameObject("/V")] = TextStringObject(text)
    reference = writer.add_annotation(number - 1, widget).indirect_reference
    form = DictionaryObject()
    form[NameObject("/Fields")] = ArrayObject([reference])
    form[NameObject("/NeedAppearances")] = BooleanObject(value=True)
    writer.root_object[NameObject("/AcroForm")] = form
