"""Rows of results -> the page `benchmarks/accuracy.md` and the list of what went wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accuracy.finders import NAMES
from accuracy.score import FIELDS, Tally, tallied, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accuracy.measure import Rows
    from accuracy.score import Row

OWN = NAMES[0]
_ROW = "| {} |"
HEAD = """# Accuracy

Written by `make accuracy`; do not edit. Seed {seed}. Every document goes the whole way from bytes to
markings. Intervals are Wilson's at 95%; they take the markings of one document as independent, which they
are not quite.

The generator knows the truth from the making: it reads words from `rules/standards`, and joins, sets and
damages them with code of its own. A marking counts as found where one is reported in its place, whatever
was read from it; what was read is counted under *Fields*. The two baselines read the same lines of text
that Countermark reads.
"""


def percent(hits: int, total: int) -> str:
    """A share with its interval, as `99.1% (98.0-99.7)`."""
    if not total:
        return "-"
    low, high = wilson(hits, total)
    return f"{100 * hits / total:.2f}% ({100 * low:.1f}-{100 * high:.1f})"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    lines = [_ROW.format(" | ".join(heads)), _ROW.format(" | ".join("---" for _ in heads))]
    return [*lines, *(_ROW.format(" | ".join(str(cell) for cell in row)) for row in rows), ""]


def scored(name: str, tally: Tally) -> list[object]:
    f1 = "-" if tally.f1 is None else f"{tally.f1:.4f}"
    recall = percent(tally.hit, tally.wanted)
    precision = percent(tally.hit, tally.hit + tally.false)
    return [name, tally.wanted, recall, tally.false, precision, f1]


SCORE_HEADS = ("", "markings", "recall", "false", "precision", "F1")


def _by(rows: Sequence[Row], key: Callable[[Row], str | None], heading: str) -> list[str]:
    tallies = tallied(rows, key)
    heads = (heading, *SCORE_HEADS[1:])
    return table(heads, [scored(name, tallies[name]) for name in sorted(tallies)])


def beside(rows: Rows, key: Callable[[Row], str | None], heading: str) -> list[str]:
    """Recall and precision of all finders, side by side."""
    tallies = {name: tallied(rows[name], key) for name in NAMES}
    classes = sorted({one for name in NAMES for one in tallies[name]})
    lines = []
    for one in classes:
        cells: list[object] = [one, tallies[OWN].get(one, Tally()).wanted]
        for name in NAMES:
            tally = tallies[name].get(one, Tally())
            cells += [_short(tally.recall), _short(tally.precision), _short(tally.f1)]
        lines.append(cells)
    measures = [f"{name}: {what}" for name in NAMES for what in ("recall", "precision", "F1")]
    return table((heading, "markings", *measures), lines)


def _short(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def marked_section(rows: Rows, title: str) -> list[str]:
    """Detection on documents with known markings: by kind, zone, language, format and form."""
    own = rows[OWN]
    lines = [f"## {title}", "", f"{len({row.sample for row in own})} documents.", ""]
    lines += _by(own, lambda row: row.kind, "Countermark, by kind")
    lines += beside(rows, lambda row: row.kind, "beside the baselines, by kind")
    lines += beside(rows, lambda row: f"{row.kind}, {row.language}", "by kind and language")
    lines += _by(
        own, lambda row: f"{row.kind}, {row.zone}" if row.wanted else None, "by kind and zone (recall)"
    )
    lines += beside(rows, lambda row: row.zone, "by zone")
    lines += _by(own, lambda row: f"{row.kind}, {row.form}", "by form")
    lines += _by(own, lambda row: row.format, "by format")
    right = [row for row in own if row.wanted and row.hit]
    zones = sum(row.zone_right for row in right)
    return [*lines, f"Zone named rightly: {percent(zones, len(right))} of the markings found.", ""]


def held_out_section(rows: Rows) -> list[str]:
    """Detection on the family of documents that nothing is tuned on."""
    own = rows[OWN]
    printed = any(row.format == "pdf" for row in own)
    lines = ["## Held-out documents", ""]
    end = ", and as LibreOffice prints them." if printed else "; LibreOffice was not at hand."
    lines += [
        f"{len({row.sample for row in own})} documents of a second family, made with python-docx{end}",
        "",
    ]
    lines += beside(rows, lambda row: f"{row.format}, {row.kind}", "held out, by format and kind")
    return lines + _by(own, lambda row: f"{row.format}, {row.kind}", "Countermark")


def fields_section(rows: Sequence[Row]) -> list[str]:
    """What was read from the markings found, by kind; a field counts where it is stated or was read."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    defects: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        counts.update((row.kind, name, right) for name, right in row.fields)
        if row.defects_named is not None:
            defects[row.form, row.defects_named] += 1
    kinds = ("clean", "mangled", "malformed")
    totals = {
        (kind, right): sum(counts[kind, name, right] for name in FIELDS)
        for kind in kinds
        for right in (True, False)
    }
    lines = ["## Fields", ""]
    body = [
        [
            name,
            *(
                percent(counts[kind, name, True], sum(counts[kind, name, one] for one in (True, False)))
                for kind in kinds
            ),
        ]
        for name in FIELDS
    ]
    body.append(
        ["all", *(percent(totals[kind, True], totals[kind, True] + totals[kind, False]) for kind in kinds)]
    )
    lines += table(("field", *kinds), body)
    names = sorted({name for name, _ in defects})
    lines += ["Defects named, of the malformed markings found:", ""]
    return lines + table(
        ("defect", "named", "markings"),
        [
            [
                name,
                percent(defects[name, True], defects[name, True] + defects[name, False]),
                defects[name, True] + defects[name, False],
            ]
            for name in names
        ],
    )


def prose_section(rows: Rows, totals: Counter[tuple[str, str, str]]) -> list[str]:
    """False markings on passages without a marking. `totals` counts the samples by language, source and
    setting."""
    lines = ["## Prose without a marking", ""]
    for heading, index in (("language", 0), ("source", 1), ("setting", 2)):
        body = []
        for one in sorted({key[index] for key in totals}):
            total = sum(count for key, count in totals.items() if key[index] == one)
            cells: list[object] = [one, total]
            for name in NAMES:
                wrong = len({row.sample for row in rows[name] if _key_of(row)[index] == one})
                cells.append(_per_thousand(wrong, total))
            body.append(cells)
        heads = (heading, "documents", *(f"{name}: with a false marking, of 1,000" for name in NAMES))
        lines += table(heads, body)
    passages = {row.passage for row in rows[OWN]}
    total = sum(totals.values()) // 3
    lines += [
        f"Passages with a false marking in any setting: {_per_thousand(len(passages), total)} of 1,000.",
        "",
    ]
    return lines


def _key_of(row: Row) -> tuple[str, str, str]:
    return row.language, row.family, row.form


def _per_thousand(wrong: int, total: int) -> str:
    low, high = wilson(wrong, total)
    return f"{1000 * wrong / total:.2f} ({1000 * low:.2f}-{1000 * high:.2f}), {wrong}" if total else "-"


def misses(rows: Sequence[Row]) -> list[str]:
    """What went wrong, one a line, tabs between: what, where, how written, what was read."""
    lines = ["what\tsample\tfamily\tkind\tform\tlanguage\tzone\twritten\tread"]
    for row in rows:
        cells = (row.sample, row.family, row.kind, row.form, row.language, row.zone, row.text, row.told)
        tail = "\t".join(cell.replace("\t", "\\t").replace("\n", "\\n") for cell in cells)
        if row.wanted and not row.hit:
            lines.append(f"missed\t{tail}")
        elif not row.wanted:
            lines.append(f"false\t{tail}")
        else:
            lines += [f"{name} wrong\t{tail}" for name, right in row.fields if not right]
            lines += [f"defect not named\t{tail}"] if row.defects_named is False else []
    return lines
