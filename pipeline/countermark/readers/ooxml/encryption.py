"""Encrypted Office files: a package inside a compound file ([MS-OFFCRYPTO] 2.3)."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from countermark.model import Problem, ProblemKind, Reason
from countermark.support.limits import LimitReached, UnitFailed
from countermark.support.passwords import granted

if TYPE_CHECKING:
    from typing import Any

    from countermark.support.passwords import Passwords

# Its debug messages hold keys.
logging.getLogger("msoffcrypto").addHandler(logging.NullHandler())
logging.getLogger("msoffcrypto").propagate = False

_LOCKED = Problem(kind=ProblemKind.encrypted, reason=Reason.encrypted)
_NO_PASSWORD_FITS = Problem(kind=ProblemKind.encrypted, reason=Reason.no_password_fits)
_VERIFIER = (
    "passwordSalt",
    "passwordHashAlgorithm",
    "encryptedVerifierHashInput",
    "encryptedVerifierHashValue",
    "spinValue",
    "passwordKeyBits",
)
"""What an agile description checks a password by ([MS-OFFCRYPTO] 2.3.4.13)."""
_UNKNOWN_METHOD = Problem(kind=ProblemKind.encrypted, reason=Reason.unknown_encryption)


def decrypted(data: bytes, passwords: Passwords) -> bytes | Problem:
    """Return the package that a compound file holds encrypted, or what keeps it from being opened."""
    if not passwords:
        return _LOCKED
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        if _has_doctype(data):
            return _UNKNOWN_METHOD
        file = msoffcrypto.OfficeFile(BytesIO(data))
        for password in granted(passwords):
            package = BytesIO()
            try:
                if _may_fit(file, password):
                    file.load_key(password=password, verify_password=True)
                    file.decrypt(package)
                    return package.getvalue()
            except (InvalidKeyError, UnicodeEncodeError):
                continue
    except (LimitReached, UnitFailed):
        raise
    except Exception:  # a broken or unknown description of the encryption raises many kinds
        return _UNKNOWN_METHOD
    return _NO_PASSWORD_FITS


def _may_fit(file: Any, password: str) -> bool:
    """Return whether a password is worth its key.

    Where that is costly, the key takes as long as this answer.
    """
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    if file.type != "agile":
        return True
    return bool(ECMA376Agile.verify_password(password, *(file.info[name] for name in _VERIFIER)))


def _has_doctype(data: bytes) -> bool:
    """Return whether the XML that describes the encryption holds a document type definition, which is
    refused.
    """
    with olefile.OleFileIO(BytesIO(data)) as container:
        return b"<!DOCTYPE" in container.openstream("EncryptionInfo").read().replace(b"\0", b"")
