"""Rows of results -> the sections on papers of organisations, third parties' markings and running heads."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from accuracy.foreign import PARTIES
from accuracy.report import OWN, SCORE_HEADS, beside, percent, scored, table
from accuracy.score import Tally, tallied

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from accuracy.measure import Rows
    from accuracy.running import RunningHead
    from accuracy.score import Row
    from accuracy.truth import Sample


def papers_section(rows: Rows, samples: Sequence[Sample]) -> list[str]:
    """Detection on hard papers by producer and kind, and the documents that are wholly right."""
    marked = {sample.name for sample in samples if sample.placed}
    lines = ["## Papers of organisations", ""]
    lines += [f"{len(samples)} documents, {len(samples) - len(marked)} of them ordinary ones.", ""]
    lines += beside(rows, lambda row: row.family, "by producer")
    wrong = {row.sample for row in rows[OWN] if not row.is_right}
    lines += _with_exact(rows[OWN], samples, wrong, "by producer")
    lines += _with_exact(rows[OWN], samples, wrong, "by kind")
    exact_total = len(samples) - len(wrong)
    return [
        *lines,
        f"Documents exact, of the right countries and tiers: {percent(exact_total, len(samples))}.",
        "",
    ]


def _with_exact(
    rows: Sequence[Row], samples: Sequence[Sample], wrong: Collection[str], label: str
) -> list[str]:
    """Return a table by producer (what the samples call their family) or by kind (their setting)."""
    name = attrgetter("family" if label == "by producer" else "setting")
    tallies = tallied(rows, name)
    totals = Counter(map(name, samples))
    exact = Counter(name(sample) for sample in samples if sample.name not in wrong)
    cells = [
        [total, *scored(key, tallies.get(key, Tally())), percent(exact[key], total)]
        for key, total in sorted(totals.items())
    ]
    heads = (label, "documents", *SCORE_HEADS[1:], "documents exact")
    return table(heads, [[key, total, *more] for total, key, *more in cells])


def foreign_section(rows: Sequence[Row]) -> list[str]:
    """Third parties' markings: named, of the right country, read as British or Japanese."""
    lines = ["## Markings of third parties", ""]
    for label, name in (("place", attrgetter("setting")), ("scheme", attrgetter("form"))):
        body = [
            [key, *_foreign_cells([row for row in rows if row.wanted and name(row) == key])]
            for key in sorted({name(row) for row in rows if row.wanted})
        ]
        lines += table((label, "markings", "named", "country right", "read as a party's"), body)
    total = _foreign_cells([row for row in rows if row.wanted])
    return [*lines, *table(("markings", "named", "country right", "read as a party's"), [total])]


def _foreign_cells(rows: Sequence[Row]) -> list[object]:
    named = [row for row in rows if row.hit]
    right = sum(dict(row.fields).get("country", True) for row in named)
    as_party = sum(row.country in PARTIES for row in named)
    return [
        len(rows),
        percent(len(named), len(rows)),
        percent(right, len(named)),
        percent(as_party, len(rows)),
    ]


def running_section(heads: Sequence[RunningHead], claims: Sequence[tuple[bool, bool]]) -> list[str]:
    """Running heads that were claimed to be of an unknown scheme, or markings."""
    lines = ["## Running heads that are no markings", ""]
    body = []
    for source in sorted({head.source for head in heads}):
        own = [claim for head, claim in zip(heads, claims, strict=True) if head.source == source]
        body.append([source, len(own), sum(unknown for unknown, _ in own), sum(marked for _, marked in own)])
    return lines + table(
        ("source", "running heads", "claimed to be of an unknown scheme", "claimed as markings"), body
    )
