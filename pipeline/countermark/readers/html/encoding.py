"""Which characters the bytes of a page are: by what it says of itself, else by what fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.readers.text.encoding import decode

if TYPE_CHECKING:
    from countermark.readers.text.encoding import Decoded

_WITHIN = 4096
"""Bytes within which a page names its encoding: more than the 1024 of HTML 4.2.5.4."""
_NAMED = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.I
)


def decoded_page(data: bytes) -> Decoded:
    """Return the text of a page of HTML or XML."""
    match = _NAMED.search(data[:_WITHIN])
    return decode(data, ((match[1] or match[2]) if match else b"").decode("ascii", "replace"))
