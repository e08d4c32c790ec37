"""Text of other forms that a Word file inserts in its pages: HTML, RTF and plain text."""

from __future__ import annotations

import email
import email.policy

from countermark.readers.html.encoding import decoded_page
from countermark.readers.html.text import read_html_text
from countermark.readers.rtf.reader import shown_lines
from countermark.readers.signatures import is_rtf
from countermark.readers.text.encoding import decode

MARKS_OF_HTML = (b"<html", b"<!doctype html", b"<body", b"<p", b"<div", b"<h1", b"<table")


def inserted_lines(data: bytes, suffix: str, file_name: str) -> tuple[list[str], bool] | None:
    """Return the lines of HTML, web archives, RTF or plain text that is inserted in the document `file_name`
    (ECMA-376 17.17.2.1), and whether these are all that it says; None for what is no such text. `suffix` is
    that of the part's name. Nothing it refers to is loaded.
    """
    if is_rtf(data):
        return shown_lines(data, file_name)
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


def _text_lines(data: bytes, *, is_html: bool) -> tuple[list[str], bool]:
    if not is_html:
        decoded = decode(data)
        return decoded.text.splitlines(), decoded.is_whole
    decoded = decoded_page(data)
    page = read_html_text(decoded.text)
    shown = [line.text for line in page.lines if line.unseen is None and line.text]
    is_whole = decoded.is_whole and page.limit is None and not any(line.unseen for line in page.lines)
    return shown, is_whole
