"""Who is measured: Countermark by the whole way from bytes to markings, and two baselines that read
the same lines of text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from accuracy.clean import COMPANIONS, SENTENCES
from accuracy.score import Found
from countermark.checking.check import check_read
from countermark.config.policy import load_policy
from countermark.readers.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accuracy.truth import PageKey
    from countermark.config.policy import Policy
    from countermark.model import Document, Location, Marking

NAMES = ("countermark", "regex over all text", "first line of each page")
_EDGES = ("header", "footer")


@cache
def policy() -> Policy:
    """The built-in settings, whatever configuration lies about."""
    return load_policy(start=Path(__file__).parent)


def found_in(data: bytes, name: str) -> dict[str, list[Found]]:
    """What each finder finds in a document, by the finder's name."""
    document = read(data, name, policy().config.limits)
    return {
        "countermark": list(_countermark(document)),
        "regex over all text": list(_regex(document)),
        "first line of each page": list(_first_lines(document)),
    }


def _countermark(document: Document) -> Iterator[Found]:
    for marking in check_read(document, policy()).markings:
        yield as_found(marking)
    for label in document.labels:
        yield Found(label.text, None, "property")


def as_found(marking: Marking) -> Found:
    """A marking of the model in the terms of the score."""
    return Found(
        text=marking.text,
        page=_page_key(marking.location),
        zone=str(marking.zone),
        country=marking.country,
        tier=marking.classification,
        read={
            "sensitive": marking.sensitive,
            "originator": marking.originator,
            "handling": frozenset(marking.handling),
            "descriptors": frozenset(marking.descriptors),
            "codewords": frozenset(marking.codewords),
            "caveats": frozenset(frozenset(one.nations) for one in marking.caveats),
            "releasability": frozenset(marking.releasable_to),
            "companions": frozenset(
                (str(one.kind), "".join(one.text.split()))
                for one in marking.companions
                if one.kind in (*COMPANIONS, *SENTENCES)
            ),
        },
        defects=tuple(marking.defects),
        confidence=marking.confidence,
    )


def _page_key(location: Location) -> PageKey:
    """As `PageKey` has it."""
    if location.page is not None:
        return location.page
    if location.section is not None and location.zone in _EDGES and location.kind:
        return location.section, str(location.kind)
    return None


# Baselines. Each has the advantage of this program's own reading: lines in order, text boxes and notes
# among them.

_TIER = re.compile(
    r"(?P<GB>\b(?:(?:TOP )?SECRET|OFFICIAL(?:-SENSITIVE)?|CONFIDENTIAL|RESTRICTED|PROTECT)\b)"
    r"|(?P<JP>特定秘密|防衛秘密|極秘|機密|秘|取扱注意|部外秘)"
)


def _tiers(text: str, page: PageKey, zone: str) -> Iterator[Found]:
    for hit in _TIER.finditer(text):
        tier = hit[0].removesuffix("-SENSITIVE")
        read: dict[str, object] = {"sensitive": hit[0].endswith("-SENSITIVE")}
        yield Found(hit[0], page, zone, hit.lastgroup, tier, read)


def _regex(document: Document) -> Iterator[Found]:
    """Every word of a tier in capitals, anywhere in the text."""
    for page in document.pages:
        for line in page.lines:
            yield from _tiers(line.text, _page_key(page.locate(line)), str(line.zone))


def _first_lines(document: Document) -> Iterator[Found]:
    """The words of tiers in the first line that is not blank of each page."""
    for page in document.pages:
        line = next((line for line in page.lines if line.text.strip()), None)
        if line:
            yield from _tiers(line.text, _page_key(page.locate(line)), str(line.zone))
