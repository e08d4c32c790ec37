"""What kind the artifacts of a PDF page are tagged as (ISO 32000-1, 14.8.2.2).

PDFium gives no parameter of marked content that is a name. Its marks and those in the page's content come
in one order: where they agree, the content says of which kind each is.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

from countermark.model import Zone
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.objects import objects_of
from countermark.readers.pdf.values import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.readers.pdf.values import PdfObject

_OPENED = re.compile(
    rb"\((?:\\.|[^\\()])*\)|%[^\r\n]*"
    rb"|/Artifact\s*(?P<entries><<(?:\((?:\\.|[^\\()])*\)|[^<>()]|<[^<>]*>|<<[^<>]*>>)*>>|/[^\s/<>\[\]()]+)?"
    rb"\s*(?P<operator>B[DM]C)\b",
    re.DOTALL,
)
"""Strings and comments, to be passed over, and where an artifact begins."""
_PAGINATION = re.compile(rb"/Type\s*/Pagination\b")
_SUBTYPE = re.compile(rb"/Subtype\s*/(\w+)")
_ZONES = {"Header": Zone.header, "Footer": Zone.footer, "Watermark": Zone.watermark}
_ARTIFACT = "Artifact\0".encode("utf-16-le")
_HELD, _LENGTH = ctypes.create_string_buffer(64), ctypes.c_ulong()
"""Where PDFium writes the name of marked content and its length in bytes."""
_NAME = pdfium.FPDF_OBJECT_NAME


def artifact_zones(page: PdfObject, described: Callable[[], Any]) -> dict[int, Zone]:
    """Return the zones that a pypdfium2 page's pagination artifacts state, by the address of each one's mark.

    `described` gives the page as pypdf reads it, which is read only where an artifact has a subtype. Empty
    where the two do not agree.

    Raises whatever pypdf raises on a broken page.
    """
    marks = _marks(page)
    if not any(marks.values()):
        return {}
    kinds = list(_kinds(described()))
    if [has_subtype for has_subtype, _ in kinds] != list(marks.values()):
        return {}
    return {mark: zone for mark, (_, zone) in zip(marks, kinds, strict=True) if zone}


def _marks(page: PdfObject) -> dict[int, bool]:
    """Return the artifacts' marks in the order of painting, and whether each has a subtype."""
    found: dict[int, bool] = {}
    for handle, _, form in objects_of(page):
        if form is None:
            for mark in artifact_marks(handle):
                found[mark] = pdfium.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") == _NAME
    return found


def artifact_marks(handle: int) -> Iterator[int]:
    """Yield the addresses of the marks of an object that tag it as an artifact, outermost first.

    None of no object.
    """
    for number in range(pdfium.FPDFPageObj_CountMarks(handle) if handle else 0):
        mark = pdfium.FPDFPageObj_GetMark(handle, number)
        is_named = pdfium.FPDFPageObjMark_GetName(mark, _HELD, len(_HELD), ctypes.byref(_LENGTH))
        if is_named and _HELD.raw[: _LENGTH.value] == _ARTIFACT:
            yield mark


def _kinds(page: PdfObject) -> Iterator[tuple[bool, Zone | None]]:
    """Of each artifact in a page's content whether it has a subtype, and the zone that it states."""
    contents = page.get_contents()
    lists = value(value(page, "/Resources"), "/Properties")
    for opened in _OPENED.finditer(b"" if contents is None else contents.get_data()):
        entries = opened["entries"] or b""
        if opened["operator"] is None:
            continue
        if entries.startswith(b"/"):
            named = value(lists, entries.decode("latin-1"))
            is_pagination = value(named, "/Type") == "/Pagination"
            subtype = str(value(named, "/Subtype") or "").lstrip("/")
        else:
            is_pagination = _PAGINATION.search(entries) is not None
            told = _SUBTYPE.search(entries)
            subtype = told[1].decode("ascii", "replace") if told else ""
        yield bool(subtype), _ZONES.get(subtype) if is_pagination else None
