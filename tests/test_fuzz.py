"""Damaged files: cut short, bytes changed, pieces moved. Each ends with a verdict, and none ends a worker."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from countermark.config.policy import load_policy
from countermark.execution.pool import check_all
from countermark.model import DocumentReport, Status
from countermark.sources import Source
from support.needs import CORPUS
from support.pdf_files import page, pdf
from support.word_files import paragraph, section, word_file

POLICY = load_policy(lang="en")
MUTATIONS = 200
LARGEST = 400_000
"""Bytes of a corpus file that is damaged: larger ones say no more and take longer."""

pytestmark = pytest.mark.slow


def originals() -> list[tuple[str, bytes]]:
    """Generated files and, where they are here, those of others."""
    word = word_file(
        paragraph("text") + section("header-default-h", "header-first-h1", title_page=True),
        bands={"h": paragraph("UK SECRET"), "h1": paragraph("UK SECRET")},
        more={"docProps/core.xml": "<core/>"},
        root_links={"core": ("core-properties", "docProps/core.xml")},
    )
    found = [("a.pdf", pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 3)), ("a.docx", word)]
    for path in sorted(CORPUS.rglob("*")) if CORPUS.is_dir() else ():
        if path.suffix in (".pdf", ".docx", ".docm") and path.stat().st_size < LARGEST:
            found.append((path.name, path.read_bytes()))
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file after one kind of damage."""
    changed = bytearray(data)
    at = chance.randrange(len(data))
    match chance.randrange(5):
        case 0:
            return data[:at]
        case 1:
            for _ in range(chance.choice((1, 8, 64))):
                changed[chance.randrange(len(data))] = chance.randrange(256)
        case 2:
            del changed[at : at + chance.choice((1, 100, 4000))]
        case 3:
            start = chance.randrange(len(data))
            changed[at:at] = data[start : start + chance.choice((1, 100, 4000))]
        case _:
            for _ in range(16):  # numbers are what offsets, lengths and counts are written in
                spot = chance.randrange(len(data))
                if chr(changed[spot]).isdigit():
                    changed[spot] = ord(chance.choice("0123456789"))
    return bytes(changed)


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_files_always_get_a_verdict_and_cost_no_worker(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    files = originals()
    sources = []
    for number in range(MUTATIONS // 2):
        name, data = files[number] if number < 2 else chance.choice(files)
        path = tmp_path / f"{number:03}-{name[-60:]}"
        path.write_bytes(damaged(data, chance))
        sources.append(Source(path, path.name, given=True))
    for report in check_all(sources, POLICY, jobs=2):
        told = [finding for finding in report.findings if finding.code.startswith("READ")]
        assert told or report.status is Status.checked, report.path
        assert not ended(report), report.path


def ended(report: DocumentReport) -> bool:
    """Whether a worker was ended or Countermark failed by itself."""
    limits = [one.args.get("limit") for one in report.findings if one.code == "READ004"]
    codes = {one.code for one in report.findings}
    return "READ009" in codes or bool({"seconds", "silence", "memory_mb"} & set(limits))
