"""The sample exchange judged on different days: the same folder, a run for each day.

The table `golden/exchange-dates.tsv` has a line for each document and a column for each day, with the
codes found and the standards used; `make golden` writes it. The documents are those of
`samples/exchange` without their date lines, so that the day of the run decides; those that LibreOffice
made keep theirs, 12 May 2026, which decides on every day.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from countermark.cli.main import main
from countermark.config.policy import load_policy

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DAYS = ("2013-06-01", "2016-06-01", "2019-06-01", "2023-08-01", "2025-06-01", "2026-11-24")
"""The last one stands for today; it is fixed, so that the table stays the same."""
OWN_DAY = "2026-05-12"
UNDATED = (
    "import build, datetime, paper; build.DATE = build.DATE_JA = '-';"
    "paper.MADE = datetime.datetime(2013, 12, 23); build.main()"  # what python-docx writes into every file
)
Table = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """What a run says of each document, by path and day."""
    folder = tmp_path_factory.mktemp("samples")
    for script in SAMPLES.glob("*.py"):
        shutil.copy(script, folder)
    subprocess.run([sys.executable, "-c", UNDATED], cwd=folder, check=True, capture_output=True)
    exchange = folder / "exchange"
    for path in (SAMPLES / "exchange").rglob("*.*"):
        if not (exchange / path.relative_to(SAMPLES / "exchange")).exists():
            shutil.copy(path, exchange / path.relative_to(SAMPLES / "exchange"))
    found: Table = {}
    for day in DAYS:
        output = folder / f"{day}.json"
        options = ["--as-of", day, "--format", "json", "--output", str(output), "--fail-on", "never"]
        config = ["--config", str(exchange / ".countermark.yaml")]
        assert main(["check", str(exchange), *options, *config]) in (0, 3)
        for document in json.loads(output.read_bytes())["documents"]:
            name = Path(document["path"]).relative_to(exchange).as_posix()
            found.setdefault(name, {})[day] = document
    return found


def codes(document: dict[str, Any]) -> list[str]:
    """The codes found in a document and its attachments."""
    own = {finding["code"] for finding in document["findings"]}
    return sorted(own.union(*(codes(child) for child in document["children"])))


def cell(document: dict[str, Any]) -> str:
    return f"{' '.join(codes(document)) or '-'} ({', '.join(document['standards']) or 'no standard'})"


def test_the_folder_is_judged_by_the_standards_of_the_day(
    table: Table, golden: Callable[[str, bytes], None]
) -> None:
    lines = ["\t".join(("document", *DAYS))]
    lines += ["\t".join((name, *(cell(row[day]) for day in DAYS))) for name, row in sorted(table.items())]
    golden("exchange-dates.tsv", ("\n".join(lines) + "\n").encode())


def test_only_standards_in_force_are_used(table: Table) -> None:
    known = load_policy(start=SAMPLES / "exchange").standards
    for row in table.values():
        for day, document in row.items():
            judged = date.fromisoformat(OWN_DAY if document["date_source"] == "date-line" else day)
            assert document["date"] == judged.isoformat()
            assert set(document["standards"]) <= {one.id for one in known.in_force(judged)}


def test_a_document_s_own_day_decides_on_every_day(table: Table) -> None:
    """But for the Agreement, which binds what is sent from its own day on."""
    dated = [row for row in table.values() if row[DAYS[0]]["date_source"] == "date-line"]
    assert len(dated) == 6
    for row in dated:
        assert len({tuple(document["standards"]) for document in row.values()}) == 1
        assert len({tuple(codes(row[day])) for day in DAYS[1:]}) == 1


@pytest.mark.parametrize(
    ("document", "code", "days"),
    [
        ("outgoing-uk/loan-form.pdf", "UK002", DAYS[1:]),  # UK RESTRICTED, retired on 2 April 2014
        ("outgoing-uk/risk-register.docx", "UK001", DAYS[:1]),  # OFFICIAL, not before that day
        ("outgoing-uk/trials-programme.pdf", "UK006", DAYS[3:]),  # the prefix: the Policy of 2023
        ("outgoing-uk/licence-note.docx", "UK008", DAYS[3:]),  # the separator: the same
        ("outgoing-jp/覚書.docx", "JP002", DAYS[1:]),  # 防衛秘密, retired on 10 December 2014
        ("outgoing-jp/性能評価書.pdf", "JP001", DAYS[:1]),  # 特定秘密, not before that day
        ("outgoing-jp/送付書.docx", "EX001", DAYS[1:]),  # the originator's name: the Agreement, January 2014
        ("received-jp/uk-drawing-list.pdf", "EX002", DAYS[1:]),
    ],
)
def test_a_rule_speaks_from_its_day_on(table: Table, document: str, code: str, days: tuple[str, ...]) -> None:
    assert tuple(day for day in DAYS if code in codes(table[document][day])) == days
