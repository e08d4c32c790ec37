"""`make accuracy`: measures everything, prints the page and writes it to `benchmarks/accuracy.md`; what
went wrong goes to `build/accuracy-misses.tsv`. The page has one seed: no mend looks at its documents."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from accuracy.corpus import corpus_section
from accuracy.documents import plan
from accuracy.foreign import foreign_samples
from accuracy.heldout import held_out_samples
from accuracy.measure import Task, in_processes, measured, measured_samples
from accuracy.papers.producers import hard_samples, planned
from accuracy.prose import SETTINGS, passages
from accuracy.report import (
    HEAD,
    OWN,
    fields_section,
    held_out_section,
    marked_section,
    misses,
    prose_section,
)
from accuracy.report_papers import foreign_section, papers_section, running_section
from accuracy.running import claims_of, made_heads, real_heads
from accuracy.truth import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from accuracy.score import Row

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {Kind.clean: 1000, Kind.malformed: 600, Kind.mangled: 900}
PAGE = ROOT / "benchmarks" / "accuracy.md"
HELD_OUT = 90
PAPERS = 32
SEED = 2013

Part = tuple[list[str], list["Row"]]
"""What a part gives: lines of the page, and the rows of Countermark."""


def marked(seed: int) -> Part:
    tasks: list[Task] = [("marked", number, str(kind), seed) for number, kind in plan(COUNTS)]
    rows = measured(tasks)
    return [*marked_section(rows, "Generated documents"), *fields_section(rows[OWN])], rows[OWN]


def held_out(seed: int) -> Part:
    rows = measured_samples(held_out_samples(HELD_OUT, seed))
    return held_out_section(rows), rows[OWN]


def papers(seed: int, count: int) -> Part:
    made = in_processes(hard_samples, planned(count, seed).items(), at_once=1)
    samples = [sample for of_producer in made for sample in of_producer]
    rows = measured_samples(samples)
    return papers_section(rows, samples), rows[OWN]


def foreign(seed: int) -> Part:
    rows = measured_samples(foreign_samples(seed))
    return foreign_section(rows[OWN]), rows[OWN]


def running(seed: int) -> Part:
    heads = [*made_heads(seed), *real_heads()]
    return running_section(heads, in_processes(claims_of, heads, at_once=50)), []


def corpus(_: int) -> Part:
    return corpus_section(), []


def prose(seed: int) -> Part:
    tasks: list[Task] = [
        ("prose", number, setting, seed) for number in range(len(passages())) for setting in SETTINGS
    ]
    rows = measured(tasks)
    totals = Counter((one.language, one.source, setting) for one in passages() for setting in SETTINGS)
    return prose_section(rows, totals), rows[OWN]


def with_sections(page: str, measured_now: str) -> str:
    """Return the page with what was measured now in place of its sections of those names, new ones last."""
    sections = {text.partition("\n")[0]: text.rstrip("\n") for text in page.split("\n## ")}
    head, *new = measured_now.split("\n## ")
    sections |= {text.partition("\n")[0]: text.rstrip("\n") for text in new}
    opening = head.partition("\n")[0]
    sections[opening] = head.rstrip("\n")
    return "\n\n## ".join(sections.values()) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--papers", type=int, default=PAPERS, help="papers of each marked kind")
    parts: dict[str, Callable[[int], Part]] = {
        "marked": marked,
        "held-out": held_out,
        "papers": lambda seed: papers(seed, asked.papers),
        "foreign": foreign,
        "running": running,
        "corpus": corpus,
        "prose": prose,
    }
    parser.add_argument("--only", choices=parts, help="measure one part and write its sections anew")
    asked = parser.parse_args()
    lines: list[str] = [HEAD.format(seed=asked.seed)]
    rows: list[Row] = []
    for name, measure in parts.items():
        if asked.only in (None, name):
            own_lines, own_rows = measure(asked.seed)
            lines += own_lines
            rows += own_rows
    page = "\n".join(lines).rstrip() + "\n"
    print(page)
    if asked.seed == SEED:
        PAGE.write_text(
            with_sections(PAGE.read_text(encoding="utf-8"), page) if asked.only else page, encoding="utf-8"
        )
    target = ROOT / "build" / "accuracy-misses.tsv"
    target.parent.mkdir(exist_ok=True)
    wrong = misses(rows)
    target.write_text("\n".join(wrong) + "\n", encoding="utf-8")
    print(f"{len(wrong) - 1} lines of what went wrong: {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
