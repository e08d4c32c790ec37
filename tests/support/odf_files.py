"""OpenDocument texts for the tests, written part by part."""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from support.libreoffice import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = "application/vnd.oasis.opendocument.text"
XLINK = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ITERATIONS = 1000


def part(root: str, content: str) -> bytes:
    return f"<office:{root} {NAMESPACES} {XLINK}>{content}</office:{root}>".encode()


def open_document(
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    masters: str = "",
    meta: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """An .odt with this body. `automatic` are the body's own styles, `styles` the common ones, `masters` the
    master pages, `meta` the metadata, `more` further parts."""
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    common = f"<office:styles>{styles}</office:styles><office:master-styles>{masters}</office:master-styles>"
    parts = {
        "content.xml": part("document-content", content),
        "styles.xml": part("document-styles", common),
        "meta.xml": part("document-meta", f"<office:meta>{meta}</office:meta>"),
    }
    return zipped({**parts, **(more or {})})


def zipped(parts: dict[str, bytes], *, kind: str = TEXT) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", kind, ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_DEFLATED)
    return packed.getvalue()


def encrypted(document: bytes, password: str) -> bytes:
    """The same package with its parts encrypted as LibreOffice does (ODF 1.3 part 2, 3.4)."""
    parts: dict[str, bytes] = {}
    entries = ""
    with ZipFile(BytesIO(document)) as archive:
        for name in archive.namelist():
            if name != "mimetype":
                parts[name], entry = _encrypted(name, archive.read(name), password)
                entries += entry
    manifest = f'<manifest:manifest xmlns:manifest="{MANIFEST}">{entries}</manifest:manifest>'
    return zipped({**parts, "META-INF/manifest.xml": manifest.encode()})


def _encrypted(name: str, data: bytes, password: str) -> tuple[bytes, str]:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    checksum = hashlib.sha256(packed[:1024]).digest()
    padding = 16 - len(packed) % 16
    packed += bytes(padding - 1) + bytes((padding,))
    salt, vector = os.urandom(16), os.urandom(16)
    start = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, salt, ITERATIONS, 32)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    text = (base64.b64encode(value).decode() for value in (checksum, vector, salt))
    checked, initial, salted = text
    return encryptor.update(packed) + encryptor.finalize(), (
        f'<manifest:file-entry manifest:full-path="{name}" manifest:size="{len(data)}">'
        f'<manifest:encryption-data manifest:checksum="{checked}"'
        f' manifest:checksum-type="{MANIFEST}#sha256-1k">'
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"'
        f' manifest:initialisation-vector="{initial}"/>'
        '<manifest:start-key-generation manifest:key-size="32"'
        ' manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/>'
        f'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32"'
        f' manifest:iteration-count="{ITERATIONS}" manifest:salt="{salted}"/>'
        "</manifest:encryption-data></manifest:file-entry>"
    )
