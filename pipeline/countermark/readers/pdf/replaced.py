"""Text that a PDF gives in place of what a page draws, to those who copy it or listen to it.

Replacement text, alternate descriptions and expansions (ISO 32000-1, 14.9), through PDFium.

PDFium's text is the replacement text of marked content. Here that text is taken away first, so that the
page is read as it is drawn, and then compared with it.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pypdf.generic import decode_pdfdocencoding

from countermark.readers.pdf import pdfium
from countermark.readers.pdf.glyphs import UNKNOWN, letters_of
from countermark.readers.pdf.objects import objects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.readers.pdf.chars import Chars
    from countermark.readers.pdf.pdfium import PdfiumPage

_ACTUAL = b"ActualText"
_BESIDE = (b"Alt", b"E")
_MOST_ELEMENTS = 100_000
_KANA = re.compile("[\u3041-\u30ff]+")
_KANJI = re.compile("[\u4e00-\u9fff]")
_ENCODINGS = {BOM_UTF16_BE: "utf-16-be", BOM_UTF16_LE: "utf-16-le", BOM_UTF8: "utf-8"}


@dataclass
class Given:
    """A text given in place of what text objects draw.

    `mark` is the address of the marked content that gives it, 0 where a structure element does;
    `is_actual` whether it replaces what is drawn.
    """

    text: str
    handles: list[int] = field(default_factory=list)
    mark: int = 0
    is_actual: bool = False
    drawn: str = ""

    @property
    def is_read(self) -> bool:
        """Whether PDFium reads it as the page's text."""
        return self.is_actual and self.mark != 0

    @property
    def is_same(self) -> bool:
        """Whether it says what is drawn: ligatures, hyphens, blanks and the reading of kanji aside."""
        given, drawn = _plain(self.text), _plain(self.drawn)
        return given == drawn or bool(_KANJI.search(given) and _KANA.sub("", given) == _KANA.sub("", drawn))

    @property
    def is_best(self) -> bool:
        """Whether what is drawn can't be read, and it may be what this says."""
        drawn = "".join(_plain(char) if char != UNKNOWN else char for char in self.drawn)
        pattern = "".join(
            ".*" if char == UNKNOWN else re.escape(char) for char in re.sub("\ufffd+", UNKNOWN, drawn)
        )
        return UNKNOWN in drawn and re.fullmatch(pattern, _plain(self.text), re.DOTALL) is not None


def given_by_marks(page: PdfiumPage) -> list[Given]:
    """Return the texts that a pypdfium2 page's marked content gives."""
    found: dict[int, list[Given]] = {}
    for handle, kind, _ in objects_of(page):
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        for number in range(pdfium.FPDFPageObj_CountMarks(handle)):
            mark = pdfium.FPDFPageObj_GetMark(handle, number)
            if mark not in found:
                found[mark] = list(_of_mark(mark))
            for given in found[mark]:
                given.handles.append(handle)
    return [given for texts in found.values() for given in texts]


def _of_mark(mark: int) -> Iterator[Given]:
    if pdfium.FPDFPageObjMark_CountParams(mark) > 0:
        for key in (_ACTUAL, *_BESIDE):
            text = _parameter(mark, key)
            if text:
                yield Given(text, mark=mark, is_actual=key == _ACTUAL)


def take_away(texts: list[Given]) -> None:
    """Let PDFium read what is drawn in place of these texts."""
    for given in texts:
        if given.is_read:
            pdfium.FPDFPageObjMark_RemoveParam(given.handles[0], given.mark, _ACTUAL)


def give_back(page: PdfiumPage, texts: list[Given]) -> None:
    """Let PDFium read these texts in place of what is drawn."""
    for given in texts:
        if given.is_read:
            written = BOM_UTF8 + given.text.replace("\0", "").encode("utf-8", "replace")
            pdfium.FPDFPageObjMark_SetStringParam(
                page.pdf.raw, given.handles[0], given.mark, _ACTUAL, written
            )


def given_by_structure(page: PdfiumPage) -> list[Given]:
    """Return the texts that the structure elements of a pypdfium2 page give (ISO 32000-1, 14.7.2)."""
    texts: dict[tuple[str, bool], set[int]] = {}
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        waiting: list[tuple[int, tuple[set[int], ...]]] = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), ())
            for index in range(pdfium.FPDF_StructTree_CountChildren(tree))
        ]
        left = _MOST_ELEMENTS
        while waiting and left:
            left -= 1
            element, within = waiting.pop()
            if not element:
                continue
            own = [
                (text, number == 0) for number, get in enumerate(_GETTERS) if (text := _told(get, element))
            ]
            within = (*within, *(texts.setdefault(number, set()) for number in own))
            if within:
                for index in range(max(0, pdfium.FPDF_StructElement_GetMarkedContentIdCount(element))):
                    number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
                    for numbers in within:
                        numbers.add(number)
            waiting += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, index), within)
                for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element)))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return list(_with_handles(page, texts)) if texts else []


_GETTERS = (
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetAltText,
    pdfium.FPDF_StructElement_GetExpansion,
)


def _with_handles(page: PdfiumPage, texts: dict[tuple[str, bool], set[int]]) -> Iterator[Given]:
    objects: dict[int, list[int]] = defaultdict(list)
    for handle, kind, form in objects_of(page):
        number = pdfium.FPDFPageObj_GetMarkedContentID(form.handles[0] if form else handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and number >= 0:
            objects[number].append(handle)
    for (text, is_actual), numbers in texts.items():
        handles = [handle for number in sorted(numbers) for handle in objects.get(number, ())]
        yield Given(text, handles, is_actual=is_actual)


def compare(texts: list[Given], chars: Chars, content: str) -> None:
    """Fill in what is drawn where each of the texts is given.

    `content` is the text of the page as it is drawn.
    """
    owners: dict[int, list[Given]] = defaultdict(list)
    for given in texts:
        for handle in given.handles:
            owners[handle].append(given)
    if not owners:
        return
    drawn: dict[int, list[str]] = defaultdict(list)
    for index, letter in letters_of(chars, content):
        for given in owners.get(pdfium.FPDFText_GetTextObject(chars.handle, index) or 0, ()):
            is_unknown = pdfium.FPDFText_HasUnicodeMapError(chars.handle, index) == 1
            is_unknown = is_unknown or unicodedata.category(letter) in ("Co", "Cn", "Cs")
            drawn[id(given)].append(UNKNOWN if is_unknown else letter)
    for given in texts:
        given.drawn = "".join(drawn[id(given)])


def _plain(text: str) -> str:
    """Letters and digits alone, whatever their form and case."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _told(get: Callable[..., int], element: int) -> str:
    length = get(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()


def _parameter(mark: int, key: bytes) -> str:
    length = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, key, None, 0, ctypes.byref(length))
    if not length.value:
        return ""
    buffer = ctypes.create_string_buffer(length.value)
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, key, buffer, length.value, ctypes.byref(length))
    return _text_string(buffer.raw)


def _text_string(written: bytes) -> str:
    """Return a text string (ISO 32000-2, 7.9.2.2)."""
    for mark, encoding in _ENCODINGS.items():
        if written.startswith(mark):
            return written.removeprefix(mark).decode(encoding, "replace")
    try:
        return decode_pdfdocencoding(written)
    except UnicodeDecodeError:
        return written.decode("latin-1")
