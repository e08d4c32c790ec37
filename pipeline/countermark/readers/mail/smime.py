"""Messages that are signed or encrypted (S/MIME, RFC 8551; CMS, RFC 5652)."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import NamedTuple

from countermark.readers.signatures import CMS_PEM

SMIME_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)
_LARGEST_SIGNATURE = 64 * 1024
_DER = (b"\x30\x80", b"\x30\x82", b"\x30\x81", b"\x30\x83")
_HEADERS = re.compile(rb"\s*[A-Za-z][\w-]*:[ \t]")
_SEALED = ("enveloped_data", "encrypted_data", "authenticated_enveloped_data", "signed_and_enveloped_data")
_MOST_LAYERS = 4


class Opened(NamedTuple):
    """What a CMS structure holds.

    What is signed, a message or another file; or nothing, since it is encrypted or no more than a
    signature.
    """

    content: bytes | None = None
    is_encrypted: bool = False

    @property
    def message(self) -> bytes | None:
        """The content where it is a message."""
        return self.content if self.content is not None and _HEADERS.match(self.content) else None


def is_signature(content_type: str, data: bytes) -> bool:
    """Return whether a part of a signed message is its signature and no more."""
    starts = (*_DER, b"-----BEGIN PGP SIGNATURE", b"-----BEGIN PKCS7")
    return (
        content_type in _SIGNATURES and len(data) <= _LARGEST_SIGNATURE and data.lstrip().startswith(starts)
    )


def opened(data: bytes) -> Opened | None:
    """Return what a CMS structure holds; None where it is none, or nothing that can be read."""
    pem = CMS_PEM.search(data)
    try:
        return _opened(b64decode(pem[2]) if pem else data)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _opened(data: bytes) -> Opened | None:
    from asn1crypto.cms import ContentInfo

    for _ in range(_MOST_LAYERS):
        info = ContentInfo.load(data)
        kind = info["content_type"].native
        if kind in _SEALED:
            return Opened(is_encrypted=True)
        if kind != "signed_data":
            return None
        content = info["content"]["encap_content_info"]["content"].native
        if content is None:
            return Opened()
        if not isinstance(content, bytes):
            return None
        if not content.startswith(_DER):
            return Opened(content)
        data = content
    return None
