"""A report as one HTML file that needs nothing but itself: no network, no other file.

Its page (`page/`) is arranged by a script of its own out of data that the file carries; pictures stand apart
from them and cost nothing until one is shown. A content security policy lets nothing else run and nothing be
loaded.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from countermark.reporting.banner import banner
from countermark.reporting.html.data import html_data
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.model import Report
    from countermark.rendering.render import PageImages
    from countermark.rules.rule import Rule

PACKED_FROM = 200_000
"""Bytes of data from which they are packed."""


_SLOT = re.compile(r"@([a-z]+)@")


def to_html(
    report: Report,
    rules: Sequence[Rule],
    lang: str,
    pictures: Mapping[str, PageImages] | None = None,
) -> bytes:
    """Return the report as an HTML file in UTF-8 that opens in `lang` and can be switched to the other
    language. `pictures` are pictures of pages by the name of their document.
    """
    page, style, script = (
        (files("countermark.reporting.html") / "page" / name).read_text("utf-8")
        for name in ("page.html", "page.css", "page.js")
    )
    shown = html_data(report, rules, lang, pictures or {})
    images = "\n".join(shown.pop("images"))
    kind, data = _embedded(msgspec.json.encode(shown))
    marking = report.highest_marking
    slots = {
        "lang": lang,
        "marking": escape(banner(marking, lang)),
        "title": escape(text(lang, "html.title")),
        "waiting": escape(text(lang, "html.waiting")),
        "noscript": escape(text(lang, "html.noscript")),
        "digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "style": style,
        "script": script,
        "type": kind,
        "data": data,
        "images": images,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], page).encode()


def _embedded(content: bytes) -> tuple[str, str]:
    """Type and text of the element that carries the data; no text of a document can end it."""
    if len(content) < PACKED_FROM:
        return "application/json", content.decode().replace("<", "\\u003c")
    return "application/gzip", base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()
