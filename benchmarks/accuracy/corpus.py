"""Other people's files, where they are at hand: nothing is marked but what `markings.csv` says.

Its columns are `file` (as folder/name) and `text`, a marking of that file; it may be missing.
"""

from __future__ import annotations

import csv
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from accuracy.finders import policy
from countermark.checking.check import check_document
from countermark.model import HEADER_FOOTER

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
KINDS = (".pdf", ".docx", ".docm")


class Claims(NamedTuple):
    """What was claimed in one file: texts of markings, and those at the head or foot of its pages."""

    file: str
    texts: tuple[str, ...]
    at_edges: tuple[str, ...]


def _claims(file: str) -> Claims:
    report = check_document((CORPUS / file).read_bytes(), file, policy())
    edges = (one.text for one in report.markings if one.zone in HEADER_FOOTER)
    return Claims(file, tuple(one.text for one in report.markings), tuple(edges))


def corpus_section() -> list[str]:
    """The files that are here, the markings claimed in them, and the labelled ones found."""
    lines = ["## Files by others", ""]
    if not CORPUS.is_dir():
        return [*lines, "The corpus of other people's files is not here: not measured.", ""]
    files = sorted(
        path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*") if path.suffix.lower() in KINDS
    )
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        claims = list(pool.map(_claims, files, chunksize=8))
    labelled = _labelled()
    unmarked = [one for one in claims if one.file not in labelled]
    at_edges = sum(len(one.at_edges) for one in unmarked)
    anywhere = sum(len(one.texts) for one in unmarked)
    lines += [f"{len(claims)} files, {len(unmarked)} of them without a labelled marking: {at_edges} markings"]
    lines += [f"claimed at head or foot, {anywhere} anywhere.", ""]
    if not labelled:
        return [*lines, "No file is labelled by hand as marked (`markings.csv` is not there).", ""]
    told = {one.file: {"".join(text.split()) for text in one.texts} for one in claims}
    wanted = [(file, "".join(text.split())) for file, texts in labelled.items() for text in texts]
    hits = sum(text in told.get(file, set()) for file, text in wanted)
    return [*lines, f"Labelled by hand: {len(wanted)} markings, {hits} found.", ""]


def _labelled() -> dict[str, list[str]]:
    table = CORPUS / "markings.csv"
    found: dict[str, list[str]] = {}
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found.setdefault(row["file"], []).append(row["text"])
    return found
