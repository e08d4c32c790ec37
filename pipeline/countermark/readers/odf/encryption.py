"""Encrypted OpenDocument packages (ODF 1.3 part 2, 3.4): each entry by itself, its key from the password."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Reason
from countermark.readers.odf.namespaces import MANIFEST
from countermark.readers.zip_parts import PartError
from countermark.support.limits import MIB, LimitReached
from countermark.support.passwords import granted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countermark.support.limits import Limits
    from countermark.support.passwords import Passwords
    from countermark.support.safe_xml import XmlElement

AES, BLOWFISH = "aes256-cbc", "blowfish"
MOST_ITERATIONS = 1_000_000
"""How often a key may be derived from itself."""
CHECKED_BYTES = 1024
"""Of an entry's packed bytes those that its checksum is of."""


class Entry(NamedTuple):
    """How one entry is encrypted."""

    size: int
    checksum: bytes
    checksum_name: str
    algorithm: str
    vector: bytes
    salt: bytes
    iterations: int
    key_size: int
    start_name: str


def encrypted_entries(manifest: XmlElement | None) -> dict[str, Entry | None]:
    """Return the encrypted entries that a manifest names; None for how one is encrypted that is not known."""
    entries: dict[str, Entry | None] = {}
    for file in manifest.iter(f"{MANIFEST}file-entry") if manifest is not None else ():
        description = file.find(f"{MANIFEST}encryption-data")
        if description is not None:
            entries[file.get(f"{MANIFEST}full-path", "")] = _entry(file, description)
    return entries


def _entry(file: XmlElement, description: XmlElement) -> Entry | None:
    algorithm = description.find(f"{MANIFEST}algorithm")
    derivation = description.find(f"{MANIFEST}key-derivation")
    start = description.find(f"{MANIFEST}start-key-generation")
    if algorithm is None or derivation is None:
        return None
    name = algorithm.get(f"{MANIFEST}algorithm-name", "").rpartition("#")[2].lower()
    known = AES if name.startswith(AES) else BLOWFISH if name.startswith(BLOWFISH) else ""
    derived = derivation.get(f"{MANIFEST}key-derivation-name", "").rpartition("#")[2].lower()
    try:
        entry = Entry(
            int(file.get(f"{MANIFEST}size", "0")),
            base64.b64decode(description.get(f"{MANIFEST}checksum", "")),
            description.get(f"{MANIFEST}checksum-type", "").rpartition("#")[2].lower(),
            known,
            base64.b64decode(algorithm.get(f"{MANIFEST}initialisation-vector", "")),
            base64.b64decode(derivation.get(f"{MANIFEST}salt", "")),
            int(derivation.get(f"{MANIFEST}iteration-count", "0")),
            int(derivation.get(f"{MANIFEST}key-size", "16")),
            "sha1"
            if start is None
            else start.get(f"{MANIFEST}start-key-generation-name", "").rpartition("#")[2].lower(),
        )
    except (ValueError, binascii.Error):
        return None
    fits = derived == "pbkdf2" and 0 < entry.iterations <= MOST_ITERATIONS and entry.key_size in (16, 32)
    return entry if known and fits else None


def opened(
    entries: Mapping[str, Entry | None], blob: Callable[[str], bytes], passwords: Passwords, limits: Limits
) -> dict[str, bytes] | Reason:
    """Return the entries' content by the first password that fits all, or why they stay closed.

    Raises LimitReached.
    """
    known = {name: entry for name, entry in entries.items() if entry is not None}
    if not passwords:
        return Reason.encrypted
    if len(known) < len(entries):
        return Reason.unknown_encryption
    for password in granted(passwords):
        found = _opened_with(password, known, blob, limits)
        if found is not None:
            return found
    return Reason.no_password_fits


def _opened_with(
    password: str, entries: Mapping[str, Entry], blob: Callable[[str], bytes], limits: Limits
) -> dict[str, bytes] | None:
    """Return all entries by one password; None where it doesn't fit one of them."""
    contents: dict[str, bytes] = {}
    total = 0
    for name, entry in sorted(entries.items(), key=lambda pair: pair[1].size):
        try:
            packed = _decrypted(blob(name), password, entry)
        except (PartError, ValueError):
            return None
        if packed is None:
            return None
        content = _inflated(packed, total, limits)
        if content is None:
            return None
        total += len(content)
        contents[name] = content
    return contents


def _decrypted(data: bytes, password: str, entry: Entry) -> bytes | None:
    """Return an entry's packed bytes; None where its checksum says that the password is another."""
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    start = hashlib.new("sha256" if "256" in entry.start_name else "sha1", password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, entry.salt, entry.iterations, entry.key_size)
    if entry.algorithm == AES:
        decryptor = Cipher(algorithms.AES(key), modes.CBC(entry.vector)).decryptor()
    else:
        decryptor = Cipher(Blowfish(key), CFB(entry.vector)).decryptor()
    packed = decryptor.update(data) + decryptor.finalize()
    checked = hashlib.sha256 if "256" in entry.checksum_name else hashlib.sha1
    part = packed[:CHECKED_BYTES] if entry.checksum_name.endswith("1k") else packed
    candidates = [part]
    if entry.algorithm == AES:
        padding = packed[-1] if packed else 0
        candidates.append(packed[:-padding][:CHECKED_BYTES])
    return packed if any(checked(candidate).digest() == entry.checksum for candidate in candidates) else None


def _inflated(packed: bytes, before: int, limits: Limits) -> bytes | None:
    """Return the content of packed bytes, `before` of which are those of other entries.

    None where it is damaged. Raises LimitReached.
    """
    allowed = limits.expanded_mb * MIB - before
    try:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        content = inflate.decompress(packed, max(1, allowed + 1))
    except zlib.error:
        return None
    if len(content) > allowed:
        raise LimitReached("expanded_mb", limits.expanded_mb, str((before + len(content)) // MIB + 1))
    if len(content) > MIB and len(content) > limits.ratio * max(1, len(packed)):
        raise LimitReached("ratio", limits.ratio, str(len(content) // max(1, len(packed))))
    return content
