"""What the streams of a PDF may inflate to: measured before PDFium opens the file, and pypdf's own
bounds set from ours."""

from __future__ import annotations

import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import LimitReachedError

from countermark.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.limits import Limits

MIB = 1 << 20
_CHUNK = MIB // 4
_DICTIONARY_BYTES = 512
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_NOT_INFLATED = re.compile(rb"/(?:Image|EmbeddedFile)\b")
_INFLATING = re.compile(r"decompressing|decoding work|output bytes|JBIG2")
"""What pypdf says where a stream inflates to more than `bounded` allows."""
_INFLATES_AT_MOST = 1032
"""How many times its size a piece of deflated data can inflate to."""


def check_streams(data: bytes, limits: Limits) -> None:
    """Measure what PDFium would inflate whole to read the pages: every Flate stream but pictures and
    embedded files. Streams of encrypted files can't be measured; the memory limit stands behind.

    Raises LimitReached where one inflates to more than `expanded_mb`.
    """
    allowed = limits.expanded_mb * MIB
    for start in _STREAM.finditer(data):
        dictionary = data[max(0, start.start() - _DICTIONARY_BYTES) : start.start()].rpartition(b"obj")[2]
        filters = len(_FLATE.findall(dictionary))
        end = data.find(b"endstream", start.end())
        size = (end if end >= 0 else len(data)) - start.end()
        if not filters or _NOT_INFLATED.search(dictionary) or size * _INFLATES_AT_MOST**filters <= allowed:
            continue
        if _expands(data, start.end(), start.end() + size, filters, allowed):
            raise LimitReached("expanded_mb", limits.expanded_mb, str(limits.expanded_mb + 1))


def _expands(data: bytes, start: int, end: int, filters: int, allowed: int) -> bool:
    """Whether the stream inflates to more than `allowed` bytes; nothing of it is kept."""
    chunks: Iterator[bytes] = (data[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))
    for _ in range(filters):
        chunks = _inflated(chunks)
    total = 0
    try:
        for chunk in chunks:
            total += len(chunk)
            if total > allowed:
                return True
    except zlib.error:
        return False  # damaged: what PDFium makes of it is no more than what came so far
    return False


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for chunk in chunks:
        waiting = chunk
        while waiting and not inflater.eof:
            yield inflater.decompress(waiting, _CHUNK)
            waiting = inflater.unconsumed_tail


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
    """The limit that stopped pypdf or our own reading, None where `error` is of another kind: pypdf
    calls it a limit too where a file leads in circles or claims what can't be."""
    if isinstance(error, LimitReachedError) and _INFLATING.search(str(error)):
        return LimitReached("expanded_mb", limits.expanded_mb, str(limits.expanded_mb))
    return error if isinstance(error, LimitReached) else None
