"""`make accuracy`: measures everything, prints the page and writes it to `benchmarks/accuracy.md`; what
went wrong goes to `build/accuracy-misses.tsv`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from accuracy.documents import plan
from accuracy.finders import NAMES
from accuracy.measure import Task, measured
from accuracy.prose import SETTINGS, passages
from accuracy.report import HEAD, OWN, fields_section, marked_section, misses, prose_section
from accuracy.truth import Kind

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {Kind.clean: 1000, Kind.malformed: 600, Kind.mangled: 900}
SEED = 2013


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", choices=("marked", "prose"), help="measure one part; writes no page")
    asked = parser.parse_args()
    lines, wrong = [HEAD.format(seed=asked.seed)], []
    if asked.only != "prose":
        tasks: list[Task] = [("marked", number, str(kind), asked.seed) for number, kind in plan(COUNTS)]
        rows = measured(tasks)
        lines += marked_section(rows, "Generated documents") + fields_section(rows[OWN])
        wrong += misses(rows[OWN])
    if asked.only != "marked":
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
