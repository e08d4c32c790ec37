"""`make accuracy`: measures everything, prints the page and writes it to `benchmarks/accuracy.md`; what
went wrong goes to `build/accuracy-misses.tsv`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from accuracy.corpus import corpus_section
from accuracy.documents import plan
from accuracy.finders import NAMES
from accuracy.heldout import held_out_samples
from accuracy.measure import Task, measured, measured_samples
from accuracy.producers import corporate_samples
from accuracy.prose import SETTINGS, passages
from accuracy.report import (
    HEAD,
    OWN,
    corporate_section,
    fields_section,
    held_out_section,
    marked_section,
    misses,
    prose_section,
)
from accuracy.truth import Kind

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {Kind.clean: 1000, Kind.malformed: 600, Kind.mangled: 900}
HELD_OUT = 90
CORPORATE = 4
SEED = 2013


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--only",
        choices=("marked", "held-out", "corporate", "prose", "corpus"),
        help="measure one part; writes no page",
    )
    asked = parser.parse_args()
    lines, wrong = [HEAD.format(seed=asked.seed)], []
    if asked.only in (None, "marked"):
        tasks: list[Task] = [("marked", number, str(kind), asked.seed) for number, kind in plan(COUNTS)]
        rows = measured(tasks)
        lines += marked_section(rows, "Generated documents") + fields_section(rows[OWN])
        wrong += misses(rows[OWN])
    if asked.only in (None, "held-out"):
        held = measured_samples(held_out_samples(HELD_OUT, asked.seed))
        lines += held_out_section(held)
        wrong += misses(held[OWN])[1 if wrong else 0 :]
    if asked.only in (None, "corporate"):
        papers = list(corporate_samples(CORPORATE, asked.seed))
        corporate = measured_samples(papers)
        lines += corporate_section(corporate, len(papers))
        wrong += misses(corporate[OWN])[1 if wrong else 0 :]
    if asked.only in (None, "corpus"):
        lines += corpus_section()
    if asked.only in (None, "prose"):
        prose: list[Task] = [
            ("prose", number, setting, asked.seed)
            for number in range(len(passages()))
            for setting in SETTINGS
        ]
        found = measured(prose)
        totals = Counter((one.language, one.source, setting) for one in passages() for setting in SETTINGS)
        lines += prose_section(found, totals)
        wrong += misses(found[NAMES[0]])[1 if wrong else 0 :]
    page = "\n".join(lines).rstrip() + "\n"
    print(page)
    if not asked.only:
        (ROOT / "benchmarks" / "accuracy.md").write_text(page, encoding="utf-8")
    target = ROOT / "build" / "accuracy-misses.tsv"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(wrong) + "\n", encoding="utf-8")
    print(f"{len(wrong) - 1} lines of what went wrong: {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
