"""How firm decisions are: how many are near their threshold, and how many a single weight decides.

cd benchmarks && ../.venv/bin/python -m accuracy.fragility [FOLDER ...]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from accuracy.documents import plan, sample_of
from accuracy.finders import policy
from accuracy.papers.producers import PRODUCERS, hard_samples, planned
from accuracy.prose import SETTINGS, passages, prose_sample
from accuracy.truth import Kind
from countermark.checking.check import check_read
from countermark.readers.read import read
from countermark.recognition.recognise import threshold_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Evidence

    Files = Iterable[tuple[str, bytes]]
    Decision = tuple[Evidence, ...]
    """The evidence that decides a candidate."""

SEED = 2013
NEAR = 0.05
COUNTS = {Kind.clean: 200, Kind.malformed: 120, Kind.mangled: 180}
PAPERS = 8
EVERY_PASSAGE = 9
_NEED_NO_PROGRAM = ("python-docx", "platypus")


def decisions(files: Files) -> list[Decision]:
    """Return the evidence of every candidate in the files and in what is enclosed in them."""
    return [
        marking.evidence
        for name, data in files
        for report in check_read(
            read(data, name, policy().config.limits), policy(), all_candidates=True
        ).family()
        for marking in report.markings
    ]


def margin(decision: Decision) -> float:
    """Return how far the sum of the weights is above its threshold; below it, negative."""
    recognition = policy().recogniser.standards.recognition
    total = sum(recognition.weights.get(reason, 0.0) for reason in decision)
    return round(total - threshold_of(decision, recognition, recognition.thresholds), 4)


def is_near(decision: Decision) -> bool:
    return abs(margin(decision)) <= NEAR


def deciding(decision: Decision) -> Iterator[Evidence]:
    """Yield the evidence without which the decision would be the other one."""
    for number, reason in enumerate(decision):
        without = (*decision[:number], *decision[number + 1 :])
        if (margin(without) >= 0) is not (margin(decision) >= 0):
            yield reason


def generated(step: int = 1) -> Files:
    """Yield the generator's documents, the first of each `step`."""
    samples = (sample_of(number, kind, SEED) for number, kind in plan(COUNTS)[::step])
    return ((sample.name, sample.data) for sample in samples)


def papers() -> Files:
    """Yield papers of the harder kinds, as set by what needs no program beside Python."""
    made = [paper for shared in planned(PAPERS, SEED).values() for paper in shared]
    for producer in _NEED_NO_PROGRAM:
        for sample in hard_samples((producer, list(filter(PRODUCERS[producer].sets, made)))):
            yield sample.name, sample.data


def prose() -> Files:
    for number in range(0, len(passages()), EVERY_PASSAGE):
        for setting in SETTINGS:
            sample = prose_sample(number, setting, SEED)
            yield sample.name, sample.data


def folder(path: str) -> Files:
    return ((file.name, file.read_bytes()) for file in sorted(Path(path).rglob("*")) if file.is_file())


def described(name: str, made: list[Decision]) -> str:
    """Return a line on the decisions: how many, how many near, the weights that decide most alone."""
    decided = Counter(reason for decision in made for reason in deciding(decision))
    near = sum(map(is_near, made))
    shares = ", ".join(f"{reason} {count / len(made):.1%}" for reason, count in decided.most_common(5))
    return f"{name}: {len(made)} decisions, {near} within {NEAR} of the threshold; decided alone by: {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="files besides those that are made")
    sources = {"generator": generated(), "papers": papers(), "prose": prose()}
    sources |= {path: folder(path) for path in parser.parse_args().folders}
    for name, files in sources.items():
        print(described(name, decisions(files)), flush=True)


if __name__ == "__main__":
    main()
