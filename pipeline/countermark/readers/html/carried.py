"""What a page of HTML carries beside its text.

Properties, files within it, what acts by itself or fetches something.
"""

from __future__ import annotations

import binascii
import mimetypes
import re
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.support.safe_xml import XmlElement

_OFFICE = re.compile(r"<o:(\w+)(?:\s[^>]{0,200})?>([^<]{1,2000})</o:\1>")
"""A property that Office keeps in a page that it saves, in a comment for itself."""
_OFFICE_BLOCK = re.compile(r"<o:(?:Custom)?DocumentProperties>(.*?)</o:(?:Custom)?DocumentProperties>", re.S)
_ACTING = frozenset(("script", "iframe", "frame", "object", "embed", "applet", "form", "portal"))
_FETCHING = ("src", "srcset", "background", "data", "poster", "codebase", "archive", "lowsrc", "dynsrc")
_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2}|\s*(?:https?|ftp|file|smb):", re.I)
_OUTSIDE_STYLE = re.compile(r"@import\b|url\(\s*[\"']?(?:[a-z][a-z0-9+.-]*:)?//", re.I)
_DATA = re.compile(r"\s*data:([\w.+-]+/[\w.+-]+)?(?:;[\w-]+=[^;,]*)*(;base64)?,(.*)", re.I | re.S)
_DATA_SCRIPTS = frozenset(("application/json", "application/ld+json", "text/template", "text/x-template"))
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript):", re.I)
_STYLES = frozenset(
    ("stylesheet", "import", "preload", "prefetch", "dns-prefetch", "preconnect", "modulepreload")
)
_NO_DOCUMENTS = (
    "image/",
    "font/",
    "audio/",
    "video/",
    "text/css",
    "text/javascript",
    "application/javascript",
)
_TYPES = mimetypes.MimeTypes(filenames=())


class EmbeddedFile(NamedTuple):
    """A file in a `data:` address (RFC 2397), with a name by its place among them and its type."""

    data: bytes
    name: str


def add_properties(root: XmlElement, document: DocumentBuilder) -> None:
    """Add titles, `meta` elements, and the properties that Office keeps in a page that it saves."""
    for title in root.iter("title"):
        document.add_property("title", " ".join("".join(title.itertext()).split()), "title")
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or meta.get("http-equiv")
        if name and name.lower() not in ("viewport", "content-type", "refresh"):
            document.add_property(name, meta.get("content", ""), "meta")
    blocks = ["".join(_OFFICE_BLOCK.findall(comment.text or "")) for comment in root.iter(etree.Comment)]
    for block in blocks:
        for name, value in _OFFICE.findall(block):
            document.add_property(name, value, "o:DocumentProperties")


def acting_kinds(root: XmlElement) -> set[str]:
    """Return the kinds of what acts by itself, or that a program fetches from outside without being asked."""
    return {kind for element in root.iter(etree.Element) for kind in _kinds(element)}


def _kinds(element: XmlElement) -> Iterator[str]:
    tag = element.tag
    if tag == "style" and _OUTSIDE_STYLE.search(element.text or ""):
        yield "style"
    if tag in _ACTING and not (tag == "script" and element.get("type", "").lower() in _DATA_SCRIPTS):
        yield tag
    if not element.attrib:
        return
    if tag == "link" and _STYLES & set(element.get("rel", "").lower().split()):
        yield "link"
    if tag == "meta" and element.get("http-equiv", "").lower() == "refresh" and "url" in _content(element):
        yield "refresh"
    if tag == "base" and _OUTSIDE.match(element.get("href", "")):
        yield "base"
    for name, value in element.attrib.items():
        if name.startswith("on") or _SCRIPT.match(value):
            yield "script"
        elif (name in _FETCHING and _OUTSIDE.search(value)) or (
            name == "style" and _OUTSIDE_STYLE.search(value)
        ):
            yield tag


def _content(element: XmlElement) -> str:
    return str(element.get("content", "")).lower()


def embedded_files(root: XmlElement) -> Iterator[EmbeddedFile]:
    """Yield the files that `data:` addresses hold, but for pictures, sound and what makes up the page."""
    number = 0
    for element in root.iter(etree.Element):
        for name in ("href", "src", "data"):
            value = element.get(name, "")
            found = _DATA.fullmatch(value) if value.lstrip()[:5].lower() == "data:" else None
            media_type = (found[1] or "text/plain").lower() if found else ""
            if found and not media_type.startswith(_NO_DOCUMENTS):
                number += 1
                suffix = _TYPES.guess_extension(media_type) or ""
                own = element.get("download", "")
                yield EmbeddedFile(_content_of(found), own or f"data-{number}{suffix}")


def _content_of(found: re.Match[str]) -> bytes:
    """Return the bytes of a `data:` address; what is no base64 is given as it is."""
    raw = unquote_to_bytes(found[3])
    if not found[2]:
        return raw
    try:
        return b64decode(re.sub(rb"\s+", b"", raw) + b"==")
    except binascii.Error:
        return raw
