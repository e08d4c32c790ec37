"""Encrypted PDFs beyond what PDFium opens (ISO 32000-2, 7.6), through pypdf.

Crypt filters of single streams, of embedded files alone, and variants of encryption that PDFium refuses.
"""

from __future__ import annotations

import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import ArrayObject, NameObject, NullObject

from countermark.readers.pdf.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.readers.pdf.values import PdfObject

_IDENTITY = "/Identity"
_METHODS = ("/V2", "/AESV2", "/AESV3")


def unlock(reader: PdfReader, passwords: Iterable[str]) -> None:
    """Open an encrypted PDF with the first password that fits.

    Where none does and all but its embedded files can be read without, those stay encrypted.
    """
    if not reader.is_encrypted or any(reader.decrypt(password) for password in passwords):
        return
    entries = value(reader.trailer, "/Encrypt")
    if all((value(entries, key) or _IDENTITY) == _IDENTITY for key in ("/StmF", "/StrF")):
        reader._encryption = None


def decrypted_copy(data: bytes, passwords: Iterable[str]) -> tuple[bytes, str]:
    """Return the PDF without encryption, and the first password that opens it.

    Raises FileNotDecryptedError where none does, and whatever pypdf raises.
    """
    reader = PdfReader(BytesIO(data), strict=False)
    for password in passwords:
        if reader.is_encrypted and reader.decrypt(password):
            target = BytesIO()
            PdfWriter(clone_from=reader).write(target)
            return target.getvalue(), password
    raise FileNotDecryptedError


def embedded_content(reader: PdfReader, stream: PdfObject) -> bytes:
    """Return the content of an embedded file.

    Raises FileNotDecryptedError where it is encrypted and no password has opened it, and whatever pypdf
    raises.
    """
    method = _method(reader, stream)
    if method is None:
        return bytes(stream.get_data())
    reference = stream.indirect_reference
    if method != _IDENTITY and (reader._encryption is None or not reader._encryption.is_decrypted()):
        raise FileNotDecryptedError
    plain = _as_stored(reader, reference)
    if method != _IDENTITY:
        encryption = copy.copy(reader._encryption)
        encryption.EFF = method  # type: ignore[union-attr]
        crypt = encryption._make_crypt_filter(reference.idnum, reference.generation)  # type: ignore[union-attr]
        plain._data = crypt.ef_crypt.decrypt(plain._data, strict=False)
    _drop_crypt_filter(plain)
    return bytes(plain.get_data())


def _method(reader: PdfReader, stream: PdfObject) -> str | None:
    """Return how an embedded file is encrypted where not as all streams are."""
    entries = value(reader.trailer, "/Encrypt")
    if entries is None or getattr(stream, "indirect_reference", None) is None:
        return None
    name = _own_filter(stream) or value(entries, "/EFF")
    if name is None or (name == value(entries, "/StmF") and not _own_filter(stream)):
        return None
    method = str(value(value(value(entries, "/CF"), name), "/CFM"))
    return method if method in _METHODS else _IDENTITY


def _filters(stream: PdfObject) -> tuple[list[Any], list[Any]]:
    """Return the names of a stream's filters, and their parameters."""
    names, parameters = value(stream, "/Filter"), value(stream, "/DecodeParms")
    names = [name.get_object() for name in names] if isinstance(names, list) else [names] if names else []
    parameters = parameters if isinstance(parameters, list) else [parameters]
    found = [None if parameter is None else parameter.get_object() for parameter in parameters]
    return names, found + [None] * (len(names) - len(found))


def _own_filter(stream: PdfObject) -> str | None:
    """Return the crypt filter that a stream names for itself (7.4.10)."""
    for name, parameters in zip(*_filters(stream), strict=False):
        if name == "/Crypt":
            return str(value(parameters, "/Name") or _IDENTITY)
    return None


def _drop_crypt_filter(stream: PdfObject) -> None:
    kept = [pair for pair in zip(*_filters(stream), strict=False) if pair[0] != "/Crypt"]
    stream[NameObject("/Filter")] = ArrayObject([name for name, _ in kept])
    stream[NameObject("/DecodeParms")] = ArrayObject([parameters or NullObject() for _, parameters in kept])


def _as_stored(reader: PdfReader, reference: Any) -> Any:
    """Return a stream as the file holds it, not decrypted."""
    key = (reference.generation, reference.idnum)
    held = reader.resolved_objects.pop(key, None)
    reader._override_encryption = True
    try:
        return reader.get_object(reference)
    finally:
        reader._override_encryption = False
        if held is not None:
            reader.resolved_objects[key] = held
