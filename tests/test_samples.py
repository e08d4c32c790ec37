"""Every sample gives exactly the codes that `samples/expected.yaml` names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from countermark.checking.check import check_document
from countermark.config.policy import load_policy

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
POLICY = load_policy(start=SAMPLES / "exchange")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_gives_exactly_its_codes(name: str) -> None:
    path = SAMPLES / "exchange" / name
    report = check_document(path.read_bytes(), str(path), POLICY)
    found = sorted({finding.code for member in report.family() for finding in member.findings})
    assert found == sorted(EXPECTED[name]), f"{name}: expected {EXPECTED[name]}, found {found}"


def test_every_sample_has_its_expectation() -> None:
    files = {
        path.relative_to(SAMPLES / "exchange").as_posix()
        for path in (SAMPLES / "exchange").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert files == set(EXPECTED)


def test_building_anew_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "samples"
    copy.mkdir()
    for script in SAMPLES.glob("*.py"):
        (copy / script.name).write_bytes(script.read_bytes())
    subprocess.run([sys.executable, str(copy / "build.py")], check=True, capture_output=True)
    for made in (copy / "exchange").rglob("*.*"):
        kept = SAMPLES / "exchange" / made.relative_to(copy / "exchange")
        assert made.read_bytes() == kept.read_bytes(), made.name
