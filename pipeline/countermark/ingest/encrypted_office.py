"""Encrypted Office files: a package inside a compound file ([MS-OFFCRYPTO] 2.3)."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from countermark.model import Problem, ProblemKind

if TYPE_CHECKING:
    from countermark.passwords import Passwords

# Its debug messages hold keys.
logging.getLogger("msoffcrypto").addHandler(logging.NullHandler())
logging.getLogger("msoffcrypto").propagate = False

_LOCKED = Problem(kind=ProblemKind.encrypted, reason="encrypted")
_NO_PASSWORD_FITS = Problem(kind=ProblemKind.encrypted, reason="no-password-fits")
_UNKNOWN_METHOD = Problem(kind=ProblemKind.encrypted, reason="unknown-encryption")


def decrypted(data: bytes, passwords: Passwords) -> bytes | Problem:
    """The package that a compound file holds encrypted, or what keeps it from being opened."""
    if not passwords:
        return _LOCKED
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    package = BytesIO()
    try:
        if _has_doctype(data):
            return _UNKNOWN_METHOD
        file = msoffcrypto.OfficeFile(BytesIO(data))
        for password in passwords:
            try:
                file.load_key(password=password, verify_password=True)
                file.decrypt(package)
            except InvalidKeyError:
                continue
            return package.getvalue()
    except Exception:  # a broken or unknown description of the encryption raises many kinds
        return _UNKNOWN_METHOD
    return _NO_PASSWORD_FITS


def _has_doctype(data: bytes) -> bool:
    """Whether the XML that describes the encryption holds a document type definition, which is refused."""
    with olefile.OleFileIO(BytesIO(data)) as container:
        return b"<!DOCTYPE" in container.openstream("EncryptionInfo").read().replace(b"\0", b"")
