"""PDF files to Documents: text through PDFium, structure through pypdf."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium

from countermark.model import Line, Location, Page, Problem, ProblemKind, Reason, Unseen, Zone
from countermark.readers.pdf.artifacts import artifact_zones
from countermark.readers.pdf.content import is_blank
from countermark.readers.pdf.crypt import decrypted_copy
from countermark.readers.pdf.document_parts import (
    open_structure,
    read_structure,
    read_texts,
    tell_broken_structure,
)
from countermark.readers.pdf.fonts import use_own_fonts
from countermark.readers.pdf.frame import frame_of
from countermark.readers.pdf.glyphs import UNKNOWN
from countermark.readers.pdf.layout import PrintedPage, lay_out
from countermark.readers.pdf.limits import Held, bounded, check_held, without_bombs
from countermark.readers.pdf.optional_content_marks import marked_copy
from countermark.readers.pdf.page_problems import tell_text_in_doubt, tell_unreadable_pages
from countermark.readers.pdf.passwords import pdf_passwords
from countermark.readers.pdf.reading import Reading
from countermark.readers.pdf.text import pieces_of
from countermark.readers.pdf.values import page_object
from countermark.readers.problems import limit_problem
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached, UnitFailed
from countermark.support.passwords import Passwords, granted
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pypdf

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.pdf.optional_content_marks import MarkedCopy
    from countermark.readers.pdf.text import Readings
    from countermark.support.limits import Limits

T = TypeVar("T")

_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_TRUNCATED = Problem(kind=ProblemKind.unreadable, reason=Reason.pdf_truncated)


def read_pdf(data: bytes, document: DocumentBuilder) -> None:
    """Read the PDF `data`: its pages, what it carries besides, its embedded files.

    Raises LimitReached where a stream of it inflates to too much.
    """
    limits, passwords = document.limits, document.passwords
    held = without_bombs(data, limits)
    reading = Reading()
    try:
        structure = _read_pages(data, limits, reading, passwords, held)
    except pypdfium2.PdfiumError as error:
        reading.problems.append(_refusal(error, data, passwords))
    else:
        if structure:
            with bounded(limits):
                read_earlier = partial(_read_earlier, limits=limits, password=reading.password)
                read_structure(structure, data, limits, reading, document.read_nested, read_earlier)
        tell_unreadable_pages(reading)
        tell_text_in_doubt(reading)
        if is_truncated(data):
            reading.problems.append(_TRUNCATED)
    document.add_pages(reading.pages)
    document.add_lines(reading.lines)
    document.properties += reading.properties
    document.add_labels(reading.labels)
    document.add_children(reading.children)
    document.problems += reading.problems


def _read_earlier(data: bytes, limits: Limits, password: str) -> Reading | None:
    """Return the texts of an earlier revision of a PDF; None where it can't be opened.

    Raises LimitReached where reading has to end.
    """
    reading = Reading()
    try:
        held = without_bombs(data, limits)
        structure = _read_pages(data, limits, reading, Passwords([password]), held)
    except pypdfium2.PdfiumError:
        return None
    if structure:
        read_texts(structure, limits, reading)
    return reading


def is_truncated(data: bytes) -> bool:
    """Whether a PDF breaks off: it is shorter than it says of itself (linearized files do), it has no
    end (ISO 32000-1, 7.5.5), or objects follow its last end. Trailing junk is no object."""
    linearized = _LINEARIZED.search(data, 0, 2048)
    if linearized and len(data) < int(linearized[1]):
        return True
    end = max(data.rfind(b"startxref"), data.rfind(b"trailer"))
    return end < 0 or _OBJECT.search(data, end) is not None


def _refusal(error: pypdfium2.PdfiumError, data: bytes, passwords: Passwords) -> Problem:
    """Why PDFium could not open a file. Where it has no reason to give, its code is that of a file opened
    before."""
    code = getattr(error, "err_code", None)
    if _is_locked(error, data):
        reason = Reason.no_password_fits if passwords else Reason.encrypted
        return Problem(kind=ProblemKind.encrypted, reason=reason)
    if code == pdfium.FPDF_ERR_SECURITY and b"/Encrypt" in data:
        return Problem(kind=ProblemKind.encrypted, reason=Reason.unknown_encryption)
    if is_truncated(data):
        return _TRUNCATED
    return Problem(kind=ProblemKind.unreadable, reason=Reason.pdf_broken, args={"error": f"PDFium {code}"})


def _is_locked(error: pypdfium2.PdfiumError, data: bytes) -> bool:
    return getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data


def opened(data: bytes, passwords: Passwords) -> tuple[pypdfium2.PdfDocument, str]:
    """Return the file and the first password that opens it, empty where it needs none.

    What PDFium refuses is decrypted by pypdf. Raises PdfiumError where it can't be opened.
    """
    tried = tuple(pdf_passwords(passwords))
    for password in chain(tried[:1], granted(tried[1:])):
        try:
            return pypdfium2.PdfDocument(data, password), password
        except pypdfium2.PdfiumError as error:
            refused = error
            if not _is_locked(error, data):
                break
    if b"/Encrypt" in data:
        with suppress(Exception):  # pypdf raises many kinds on broken files; PDFium has said why
            plain, password = decrypted_copy(data, tried)
            return pypdfium2.PdfDocument(plain), password
    raise refused


def _read_pages(
    data: bytes, limits: Limits, reading: Reading, passwords: Passwords, held: Held | None = None
) -> pypdf.PdfReader | None:
    """Read the pages' lines and assign their zones; return the PDF as pypdf reads it, None where it can't.

    Raises PdfiumError where the file can't be opened.
    """
    use_own_fonts()
    document, reading.password = opened(held.data if held else data, passwords)
    tried = (reading.password, *pdf_passwords(passwords))
    structure = _through_pypdf(lambda: open_structure(data, tried), limits, reading)
    if held and structure:
        check_held(structure, held, limits)
    copy = _through_pypdf(lambda: marked_copy(structure), limits, reading) if structure else None
    if copy:
        document.close()
        document = pypdfium2.PdfDocument(without_bombs(copy.data, limits).data)
    try:
        reading.count = count = len(document)
        printed = []
        for index in range(min(count, limits.pages)):
            try:
                checkpoint()
                printed.append(_read_page(document, index, reading, copy, structure, limits))
            except (LimitReached, UnitFailed) as stop:
                ends = isinstance(stop, LimitReached) and stop.ends
                reading.problems.append(_stopped(stop, index + 1, count if ends else index + 1))
                if ends:
                    break
                reading.lost.add(index + 1)
            except pypdfium2.PdfiumError:
                reading.damaged.add(index + 1)
    finally:
        document.close()
    lost = [Page(number=number, readable=False) for number in reading.damaged | reading.lost]
    reading.pages += sorted([*lay_out(printed), *lost], key=lambda page: page.number or 0)
    for place, page in enumerate(reading.pages):
        reading.add_to_page(place, reading.beside.get(page.number or 0, ()))
    if count == 0:
        reading.problems.append(Problem(kind=ProblemKind.unreadable, reason=Reason.pdf_no_pages))
    if count > limits.pages:
        reading.problems.append(limit_problem(LimitReached("pages", limits.pages, str(count))))
    return structure


def _stopped(stop: LimitReached | UnitFailed, first: int, last: int) -> Problem:
    """Return the Problem of the pages from `first` to `last`, which were not read."""
    return stop_problem(stop, *(Location(page=number) for number in range(first, last + 1)))


def _through_pypdf(make: Callable[[], T], limits: Limits, reading: Reading) -> T | None:
    """Return what pypdf makes; None, and a Problem, where it can't."""
    try:
        with bounded(limits):
            return make()
    except Exception as error:  # pypdf raises many kinds on broken files
        tell_broken_structure(reading, error, limits)
        return None


def _read_page(
    document: Any,
    index: int,
    reading: Reading,
    copy: MarkedCopy | None,
    structure: pypdf.PdfReader | None,
    limits: Limits,
) -> PrintedPage:
    """Read a page and its printed text. Raises PdfiumError where it can't be read."""
    page = document[index]
    stated: dict[int, Zone] = {}
    try:
        frame = frame_of(page)
        found = pieces_of(page, frame, copy.is_off if copy else None)
        pieces = found.pieces
        if structure and any(piece.artifact for piece in pieces):
            # what fails here is told where the structure is read; the artifacts' places are known
            with suppress(Exception), bounded(limits):
                stated = artifact_zones(page, lambda: page_object(structure, reading, index))
        is_known = any(char != UNKNOWN and not char.isspace() for piece in pieces for char in piece.text)
        blank = not pieces and is_blank(page)
    finally:
        page.close()
    reading.frames[index + 1] = frame
    if blank:
        reading.blank.add(index + 1)
    illegible = {piece.text for piece in pieces if not piece.is_legible}
    if illegible:
        reading.illegible[index + 1] = illegible
    reading.beside[index + 1] = _beside(found)
    replaced = {given.drawn.strip() for given in found.given if given.is_actual} - {""}
    if replaced:
        reading.replaced[index + 1] = replaced
    if found.is_recognised:
        reading.recognised.add(index + 1)
    readable = is_known or blank
    return PrintedPage(index + 1, frame, pieces, readable=readable, stated=stated, ruling=found.ruling)


def _beside(found: Readings) -> list[Line]:
    """Return the lines given beside what a page draws: in place of its text, and for its pictures."""
    unseen = [*found.copied, *(given.text for given in found.given if given.handles and not given.is_read)]
    described = [given.text for given in found.given if not given.handles]
    return [
        *(Line(text=text, zone=Zone.hidden, number=0, unseen=Unseen.replacement) for text in _lines(unseen)),
        *(Line(text=text, zone=Zone.image, number=0) for text in _lines(described)),
    ]


def _lines(texts: Sequence[str]) -> list[str]:
    """Return the lines of the texts that are not blank, each once."""
    return list(dict.fromkeys(line.strip() for text in texts for line in text.splitlines() if line.strip()))
