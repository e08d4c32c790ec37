"""Compares what was found with what is known to be there."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accuracy.truth import PageKey, Placed, Truth

FIELDS = (
    "country",
    "tier",
    "originator",
    "handling",
    "descriptors",
    "codewords",
    "caveats",
    "releasability",
    "companions",
)


@dataclass(frozen=True)
class Found:
    """A marking that was found: where, and what was read from it (by name of FIELDS; a finder that
    reads no such field leaves it out)."""

    text: str
    page: PageKey
    zone: str
    country: str | None = None
    tier: str | None = None
    read: dict[str, object] | None = None
    defects: tuple[str, ...] = ()
    confidence: float = 1.0


def match(placed: Sequence[Placed], found: Sequence[Found]) -> tuple[dict[int, int], list[int]]:
    """Pairs each marking with at most one that was found there, the best agreement first: index in
    `placed` -> index in `found`, and the indices in `found` that stand where nothing is."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(found)))
    for agrees in (_same_text_in_zone, _same_in_zone, _in_zone, _same_on_page):
        for wanted, one in enumerate(placed):
            if wanted in pairs:
                continue
            hit = next((index for index in free if agrees(one, found[index])), None)
            if hit is not None:
                pairs[wanted] = hit
                del free[hit]
    return pairs, list(free)


def _in_zone(wanted: Placed, one: Found) -> bool:
    return one.zone in wanted.zones and (wanted.page is None or one.page == wanted.page)


def _same_text_in_zone(wanted: Placed, one: Found) -> bool:
    same = "".join(one.text.split()) == "".join("".join(wanted.written.lines).split())
    return same and _same_in_zone(wanted, one)


def _same_in_zone(wanted: Placed, one: Found) -> bool:
    return _in_zone(wanted, one) and _same(wanted.truth, one)


def _same_on_page(wanted: Placed, one: Found) -> bool:
    on_page = None in (wanted.page, one.page) or one.page == wanted.page
    return on_page and _same(wanted.truth, one)


def _same(truth: Truth, one: Found) -> bool:
    return one.country == truth.country and _tier_agrees(truth, one.tier)


def _tier_agrees(truth: Truth, tier: str | None) -> bool:
    """Foreign tiers may be told with or without their scheme's name (NATO SECRET, SECRET)."""
    if truth.country in ("GB", "JP"):
        return tier == truth.tier
    return bool(tier and truth.tier and (tier.endswith(truth.tier) or truth.tier.endswith(tier)))


def fields_right(truth: Truth, one: Found) -> dict[str, bool]:
    """For each field that the marking states, or that was read though it states none: is it right?"""
    read = one.read or {}
    wanted: dict[str, object] = {
        "originator": truth.originator,
        "handling": frozenset(truth.handling),
        "descriptors": frozenset(truth.descriptors),
        "codewords": frozenset(truth.codewords),
        "caveats": frozenset(frozenset(nations) for nations in truth.caveats),
        "releasability": frozenset(truth.releasable_to),
    }
    right = {"country": one.country == truth.country, "tier": _tier_agrees(truth, one.tier)}
    right["tier"] = right["tier"] and read.get("sensitive", False) == truth.sensitive
    if truth.country not in ("GB", "JP"):
        del wanted["originator"]  # the name of a foreign scheme is part of its tier
    for name, value in wanted.items():
        told = read.get(name)
        if value or told:
            right[name] = told == value
    if truth.companions:  # more may stand beside it: a page number, the document's own number
        told = read.get("companions")
        right["companions"] = isinstance(told, frozenset) and _alike(told) >= _alike(truth.companions)
    return right


def _alike(companions: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Companions whatever width and capitals a layout gives them: `w:caps` prints a sentence in capitals."""
    return {(kind, unicodedata.normalize("NFKC", text).casefold()) for kind, text in companions}


@dataclass
class Tally:
    """Counts of one class of samples: markings that are there, found, and found where none is."""

    wanted: int = 0
    hit: int = 0
    false: int = 0

    @property
    def recall(self) -> float | None:
        return self.hit / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        return self.hit / (self.hit + self.false) if self.hit + self.false else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.hit + self.false + (self.wanted - self.hit)
        return 2 * self.hit / total if total else None


def wilson(hits: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95% Wilson score interval of a proportion; (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def tallied(rows: Iterable[Row], key: Callable[[Row], str | None]) -> dict[str, Tally]:
    """Rows counted by class; a row whose key is None is left out."""
    tallies: dict[str, Tally] = {}
    for row in rows:
        name = key(row)
        if name is not None:
            tally = tallies.setdefault(name, Tally())
            tally.wanted += row.wanted
            tally.hit += row.wanted and row.hit
            tally.false += not row.wanted
    return tallies


@dataclass(frozen=True)
class Row:
    """One line of the result: a marking that is there, found or not, or one found where none is."""

    sample: str
    family: str
    format: str
    language: str
    kind: str
    zone: str
    form: str
    setting: str
    text: str
    wanted: bool
    hit: bool
    told: str = ""
    country: str | None = None
    zone_right: bool = True
    fields: tuple[tuple[str, bool], ...] = ()
    defects_named: bool | None = None
    passage: int | None = None

    @property
    def is_right(self) -> bool:
        """Whether the marking is there and was found, as one of its country and tier."""
        fields = dict(self.fields)
        return self.wanted and self.hit and fields.get("country", True) and fields.get("tier", True)
