"""Files that are small and claim to be endless: each gets a verdict within the usual limits, and costs no
other document of its run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from countermark.cli.main import main
from countermark.support.limits import MIB

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = 4


@pytest.fixture(scope="module")
def bombs() -> Any:
    """Return the module of those in PDF and Word files, which builds them when it is imported."""
    from support import bombs

    return bombs


@pytest.fixture(scope="module")
def files(bombs: Any) -> dict[str, bytes]:
    """Return all of them by their names."""
    from support import office_bombs

    return {**bombs.BOMBS, **office_bombs.BOMBS}


def test_there_are_many(files: dict[str, bytes]) -> None:
    assert len(files) >= 120
    assert max(map(len, files.values())) < 8 * MIB


@pytest.mark.parametrize("part", range(_PARTS))
def test_every_bomb_gets_a_verdict_and_costs_no_other(
    part: int,
    bombs: Any,
    files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Between the bombs are documents of which everything must be reported."""
    monkeypatch.chdir(tmp_path)
    good = bombs.pdf(content=bombs.SHOWN + bombs.SHOWN.replace(b"270", b"20"))
    for at, (name, data) in enumerate(list(files.items())[part::_PARTS]):
        (tmp_path / name).write_bytes(data)
        if at % 5 == 0:
            (tmp_path / f"{name[:4]}good.pdf").write_bytes(good)
    status = main(["check", ".", "--format", "json", "--fail-on", "never", "--images", "none", "--jobs", "2"])
    captured = capsys.readouterr()
    documents = {one["path"]: one for one in json.loads(captured.out)["documents"]}
    assert len(documents) == len(list(tmp_path.iterdir()))
    assert status in (0, 3)
    assert "Traceback" not in captured.err
    for name, document in documents.items():
        codes = {finding["code"] for finding in document["findings"]}
        if name.endswith("good.pdf"):
            assert (document["status"], [one["text"] for one in document["markings"]]) == (
                "checked",
                ["UK SECRET"] * 2,
            ), name
            continue
        limits = {finding["args"].get("limit") for finding in document["findings"]}
        assert "memory_mb" not in limits, name
        assert "READ009" not in codes, (name, document["findings"])
