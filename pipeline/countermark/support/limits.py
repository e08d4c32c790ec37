"""The named limits that keep one document from costing more than itself."""

from __future__ import annotations

from typing import Annotated

import msgspec

MIB = 1 << 20
"""Bytes of a mebibyte."""
GREATEST_SECONDS = 3600
"""The most that `seconds` and `--timeout` may allow."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds on reading one document; reaching one is a READ004 finding that names it.

    Each may be lowered freely and raised as far as its `le` says.

    `seconds`: processor time for the whole document. `silence`: processor time in which it makes no progress,
    as in reading one page. `waiting`: how many times as long either may take by the clock, where the
    processor, the disk or the network keeps the document waiting. `memory_mb`: resident memory of the worker
    process, in MiB. `file_mb`: size of the file. `pages`: pages of a PDF. `parts`: entries of a Word package.
    `expanded_mb`: what a Word package, or a single stream of a PDF, inflates to, measured while inflating.
    `ratio`: how many times its packed size an entry of a Word package may inflate to. `xml_tags`: tags of one
    XML part.
    `children`: attachments of one document, `bookmarks`: of a PDF, `revisions`: its earlier
    ones, `unused`: its objects that nothing refers to, `depth`: how deep attachments may nest.
    """

    seconds: Annotated[float, msgspec.Meta(ge=1, le=GREATEST_SECONDS)] = 60.0
    silence: Annotated[float, msgspec.Meta(ge=1, le=600)] = 20.0
    waiting: Annotated[float, msgspec.Meta(ge=1, le=100)] = 10.0
    memory_mb: Annotated[int, msgspec.Meta(ge=1, le=16_384)] = 1536
    file_mb: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 512
    pages: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 5000
    parts: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 10_000
    expanded_mb: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 512
    ratio: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 250
    xml_tags: Annotated[int, msgspec.Meta(ge=1, le=50_000_000)] = 5_000_000
    children: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 2000
    bookmarks: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 20_000
    revisions: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 20
    unused: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 2000
    depth: Annotated[int, msgspec.Meta(ge=0, le=16)] = 8


XML_NESTING = 256
"""How deep elements may nest (`xml_nesting`); libxml2's own bound."""
XML_TEXT = 10_000_000
"""Bytes of one piece of text in XML (`xml_text`); libxml2's own bound."""
READING_SHARE = 0.75
"""Share of `seconds` and of `memory_mb` after which reading ends between two pages or parts, so that
what was read can still be judged."""


RECOGNITION_SHARE = 0.85
"""As READING_SHARE, for the recognition of markings."""
RULES_SHARE = 0.95
"""As READING_SHARE, for the rules."""
PASSWORD_SECONDS = 1.0
"""Processor time granted for each password that is tried on a document."""
GRANTED_SECONDS = 600.0
"""The most that one document is granted in all."""


class LimitReached(Exception):  # noqa: N818  (a limit reached is an outcome, not a mistake)
    """A limit stopped reading.

    `limit` names it as in `Limits`; `reached` says how far it came; `ends` tells whether it ends the
    reading of the document or concerns one unit of it only.
    """

    def __init__(self, limit: str, allowed: float, reached: str, ends: bool = True) -> None:
        super().__init__(limit, allowed, reached, ends)
        self.limit = limit
        self.allowed = allowed
        self.reached = reached
        self.ends = ends


class UnitFailed(Exception):  # noqa: N818  (as LimitReached)
    """The program itself failed on this unit when it tried before. `error` names how."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error
