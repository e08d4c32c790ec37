"""A file is written as a whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from countermark.support.atomic_output import write_output
from countermark.support.errors import CountermarkError


def test_a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"a much longer text than the new one")
    write_output(b"new", path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CountermarkError) as caught:
        write_output(b"new", tmp_path / "missing" / "report.json")
    assert caught.value.key == "output-failed"
    with pytest.raises(CountermarkError):
        write_output(b"new", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="the null device is no path here")
def test_a_device_is_written_into_and_not_replaced() -> None:
    write_output(b"new", Path(os.devnull))
    assert not Path(os.devnull).is_file()
