"""The named limits that keep one document from costing more than itself."""

from __future__ import annotations

from typing import Annotated

import msgspec

Seconds = Annotated[float, msgspec.Meta(ge=1)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Number = Annotated[int, msgspec.Meta(ge=0)]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds on reading one document; reaching one is a READ004 finding that names it.

    `seconds`: wall-clock time for the whole document. `silence`: seconds in which it makes no progress,
    as in reading one page. `memory_mb`: resident memory of the worker process, in MiB. `file_mb`: size
    of the file. `pages`: pages of a PDF. `parts`: entries of a Word package. `expanded_mb`: what a Word
    package, or a single stream of a PDF, inflates to, measured while inflating. `ratio`: how many times
    its packed size an entry of a Word package may inflate to. `xml_tags`: tags of one XML part.
    `children`: attachments of one document, `bookmarks`: of a PDF, `revisions`: its earlier
    ones, `unused`: its objects that nothing refers to, `depth`: how deep attachments may nest.
    """

    seconds: Seconds = 60.0
    silence: Seconds = 20.0
    memory_mb: Positive = 1536
    file_mb: Positive = 512
    pages: Positive = 5000
    parts: Positive = 10_000
    expanded_mb: Positive = 512
    ratio: Positive = 250
    xml_tags: Positive = 5_000_000
    children: Number = 200
    bookmarks: Number = 20_000
    revisions: Number = 20
    unused: Number = 2000
    depth: Number = 4


XML_NESTING = 256
"""How deep elements may nest (`xml_nesting`); libxml2's own bound."""
XML_TEXT = 10_000_000
"""Bytes of one piece of text in XML (`xml_text`); libxml2's own bound."""
READING_SHARE = 0.75
"""Share of `seconds` and of `memory_mb` after which reading ends between two pages or parts, so that
what was read can still be judged."""


class LimitReached(Exception):  # noqa: N818  (a limit reached is an outcome, not a mistake)
    """A limit stopped reading. `limit` names it as in `Limits`; `reached` says how far it came."""

    def __init__(self, limit: str, allowed: float, reached: str) -> None:
        super().__init__(limit, allowed, reached)
        self.limit = limit
        self.allowed = allowed
        self.reached = reached
