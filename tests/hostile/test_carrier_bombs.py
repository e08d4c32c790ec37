"""Messages and archives that are small and claim to be endless: limits hold, each has a verdict that is not
clear, and costs no other document.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from countermark.cli.main import main
from support.carrier_bombs import TEXT, carriers
from support.messages import message

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_carriers_without_end_cost_no_other_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    bombs = carriers()
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    good = message(TEXT, "UK SECRET - Plan")
    for number in range(5):
        (tmp_path / f"{number} good.eml").write_bytes(good)
    main(["check", ".", "--format", "json", "--fail-on", "never", "--no-config", "--jobs", "2"])
    told = json.loads(capsys.readouterr().out)
    documents = {document["path"]: document for document in told["documents"]}
    assert len(documents) == len(bombs) + 5
    for name in bombs:
        codes = {finding["code"] for finding in documents[name]["findings"]}
        limits = {finding["args"].get("limit") for finding in documents[name]["findings"]}
        assert documents[name]["verdict"] != "clear", name
        assert "READ009" not in codes, name
        assert not limits & {"memory_mb", "seconds", "silence"}, name
    for number in range(5):
        assert documents[f"{number} good.eml"]["verdict"] == "clear"
