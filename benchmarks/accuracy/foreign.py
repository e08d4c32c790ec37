"""Third parties' markings of our own spelling: named or not, of which country, or read as a party's.

Each is set at header and footer, in the text, or before a paragraph.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import yaml

from accuracy.layout_word import word_of
from accuracy.paper import Band, Block, Paper
from accuracy.prose import filler
from accuracy.truth import Kind, Sample, Truth, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIES = ("GB", "JP")
PLACES = ("header and footer", "text", "portion")


class ForeignMarking(NamedTuple):
    """A marking, its country and tier, and the letterhead under which it may be (empty: needs none)."""

    text: str
    country: str
    tier: str
    group: str
    letterhead: str
    is_headed: bool
    at_edges: bool


@cache
def _markings() -> tuple[ForeignMarking, ...]:
    schemes = yaml.safe_load(Path(__file__).with_name("foreign.yaml").read_text(encoding="utf-8"))
    return tuple(
        ForeignMarking(
            text,
            scheme["country"],
            tier,
            scheme["group"],
            scheme["letterhead"],
            kind == "headed",
            kind != "portions",
        )
        for scheme in schemes
        for kind in ("bare", "headed", "portions")
        for text, tier in scheme.get(kind, ())
    )


MARKINGS = _markings()


def foreign_samples(seed: int) -> Iterator[Sample]:
    """Yield a document for each marking and place that it may have."""
    for number, marking in enumerate(MARKINGS):
        chance = Random(f"{seed}/foreign/{number}")
        for place in PLACES[:2] if marking.at_edges else PLACES[2:]:
            yield _sample(marking, place, number, chance)


def _sample(marking: ForeignMarking, place: str, number: int, chance: Random) -> Sample:
    written = Written((marking.text,), (Truth(marking.country, marking.tier),), marking.country)
    blocks = [Block("paragraph", filler("en", chance)) for _ in range(chance.randint(2, 5))]
    edges = written
    if place == "portion":
        blocks.insert(1, Block("portion", filler("en", chance), written))
        edges = _banner(marking)
    at_edges = place != "text"
    paper = Paper(
        language="en",
        title=chance.choice(("Report of the group", "Trial summary", "Loan of equipment")),
        letterhead=marking.letterhead if marking.is_headed or chance.random() < 0.3 else "",
        date="12 May 2026",
        head=Band(edges if at_edges else None),
        foot=Band(edges if at_edges else None, right="#"),
        pages=(tuple(blocks),),
        edge=None if at_edges else written,
    )
    data, placed = word_of(paper)
    if place == "portion":
        placed = [wanted for wanted in placed if wanted.zone == "portion"]
    return Sample(
        f"foreign-{number:03}-{place[0]}.docx",
        data,
        marking.country,
        "en",
        Kind.clean,
        tuple(placed),
        setting=place,
    )


def _banner(marking: ForeignMarking) -> Written:
    """Return the marking that the portion's document bears at header and footer."""
    fellows = [
        fellow
        for fellow in MARKINGS
        if fellow.country == marking.country and fellow.at_edges and not fellow.is_headed
    ]
    banner = fellows[0]
    return Written((banner.text,), (Truth(banner.country, banner.tier),), banner.country)
