"""What the streams of a PDF may inflate to.

Measured before PDFium opens the file, and pypdf's own bounds set from ours.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject

from countermark.readers.pdf.streams import oversized
from countermark.readers.pdf.values import pages_of, value
from countermark.support.library_messages import is_inflating_limit
from countermark.support.limits import MIB, LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.pdf.values import PdfObject
    from countermark.support.limits import Limits

"""What pypdf says where a stream inflates to more than `bounded` allows."""


class Held(NamedTuple):
    """A PDF as PDFium is to open it, and the numbers of the objects whose streams were taken out."""

    data: bytes
    numbers: frozenset[int] = frozenset()


def without_bombs(data: bytes, limits: Limits) -> Held:
    """Return the PDF without embedded files and pictures that inflate to more than `expanded_mb`.

    Streams of encrypted files can't be measured; the memory limit is the second guard.

    Raises LimitReached where another stream does.
    """
    found = list(oversized(data, limits.expanded_mb * MIB))
    if not all(stream.is_needless for stream in found):
        raise too_large(limits)
    if not found:
        return Held(data)
    copy = bytearray(data)
    for stream in found:
        copy[stream.start : stream.end] = bytes(stream.end - stream.start)
    return Held(bytes(copy), frozenset(stream.number for stream in found))


def check_held(reader: pypdf.PdfReader, held: Held, limits: Limits) -> None:
    """Raise LimitReached where a stream that was taken out is needed to read a page."""
    needed = {
        reference.idnum
        for page in (pages_of(reader) if held.numbers else ())
        for reference in _references(page)
    }
    for number in held.numbers:
        stream = reader.get_object(number)
        is_needless = value(stream, "/Subtype") == "/Image" or value(stream, "/Type") == "/EmbeddedFile"
        if not is_needless or value(stream, "/Subtype") == "/Form" or number in needed:
            raise too_large(limits)


def _references(page: PdfObject) -> list[IndirectObject]:
    """Return what a page's content refers to."""
    contents = page.raw_get("/Contents") if "/Contents" in page else None
    listed = value(page, "/Contents")
    found = [contents, *(listed if isinstance(listed, list) else ())]
    return [reference for reference in found if isinstance(reference, IndirectObject)]


def too_large(limits: Limits) -> LimitReached:
    return LimitReached("expanded_mb", limits.expanded_mb, str(limits.expanded_mb + 1))


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Within it pypdf inflates no stream beyond `expanded_mb`, and starts no other program."""
    allowed = limits.expanded_mb * MIB
    with pypdf.apply_configuration(
        maximum_declared_stream_length=limits.file_mb * MIB,
        array_based_stream_maximum_output_length=allowed,
        jbig2_maximum_output_length=allowed,
        lzw_maximum_output_length=allowed,
        run_length_maximum_output_length=allowed,
        zlib_maximum_output_length=allowed,
        stream_decoding_work_maximum_length=allowed,
        jbig2dec_binary=None,
    ):
        yield


def limit_of(error: Exception, limits: Limits) -> LimitReached | None:
    """Return the limit that stopped pypdf or our own reading, None where `error` is of another kind.

    Pypdf calls it a limit too where a file leads in circles or claims what can't be.
    """
    if isinstance(error, LimitReachedError) and is_inflating_limit(error):
        return LimitReached("expanded_mb", limits.expanded_mb, str(limits.expanded_mb))
    return error if isinstance(error, LimitReached) else None
