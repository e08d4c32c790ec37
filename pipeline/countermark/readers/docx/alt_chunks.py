"""Text of other forms that a Word file inserts in its pages: HTML, RTF and plain text."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from lxml import etree

from countermark.readers.rtf.reader import shown_lines
from countermark.readers.signatures import is_rtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.support.safe_xml import XmlElement

UNSHOWN = frozenset(("script", "style", "head", "title", "template"))
FLOWING = (
    "a abbr b bdi bdo big cite code del em font i ins kbd label mark o:p q s small span strike strong sub "
    "sup tt u var"
)
INLINE = frozenset(FLOWING.split())
MARKS_OF_HTML = (b"<html", b"<!doctype html", b"<body", b"<p", b"<div", b"<h1", b"<table")


def inserted_lines(data: bytes, suffix: str, file_name: str) -> tuple[list[str], bool] | None:
    """Return the lines of HTML, web archives, RTF or plain text that is inserted in the document `file_name`
    (ECMA-376 17.17.2.1), and whether these are all that it says; None for what is no such text. `suffix` is
    that of the part's name. Nothing it refers to is loaded."""
    if is_rtf(data):
        return shown_lines(data, file_name)
    lines = _lines_by_name(data, suffix)
    return None if lines is None else (lines, True)


def _lines_by_name(data: bytes, suffix: str) -> list[str] | None:
    if suffix in ("mht", "mhtml", "eml"):
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(("html", "plain"))
        payload = body.get_payload(decode=True) if body is not None else None
        is_html = body is not None and body.get_content_subtype() == "html"
        return _text_lines(payload, is_html=is_html) if isinstance(payload, bytes) else None
    if suffix in ("htm", "html", "xhtml", "txt"):
        head = data[:1024].lower()
        return _text_lines(data, is_html=suffix != "txt" or any(mark in head for mark in MARKS_OF_HTML))
    return None


def _text_lines(data: bytes, *, is_html: bool) -> list[str]:
    if not is_html:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return data.decode(encoding, "replace").splitlines()
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    text = "".join(_shown(root)) if root is not None else ""
    return _without_blank(" ".join(line.split()) for line in text.split("\n"))


def _shown(element: XmlElement) -> Iterator[str]:
    """The text of an HTML element as it is shown, a line feed around each block."""
    if element.tag not in UNSHOWN:
        edge = "" if element.tag in INLINE else "\n"
        yield edge + " ".join((element.text or "").splitlines())
        for child in element:
            yield from _shown(child)
            yield " ".join((child.tail or "").splitlines())
        yield edge


def _without_blank(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]
