"""What is made of the built-in data, and where it is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.rules.loader import load_rules
from countermark.rules.rule import Rule
from countermark.standards.standards import Standards, load_standards
from countermark.support.built_in import compiled, data_folder
from countermark.support.messages import LANGUAGES
from countermark.support.yaml_files import load_yaml

if TYPE_CHECKING:
    from pathlib import Path

Words = dict[str, list[str]]
MADE = {"words": ["極秘", "SECRET"]}


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which Python keeps what it compiles."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


class Maker:
    """Makes the words and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Words:
        self.times += 1
        return MADE


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_made_once_is_read_the_next_time(kept: Path) -> None:
    maker = Maker()
    assert compiled("words", Words, b"1", maker) == compiled("words", Words, b"1", maker) == MADE
    assert maker.times == 1
    assert len(files(kept)) == 1


def test_other_sources_are_made_anew_and_what_was_kept_goes(kept: Path) -> None:
    maker = Maker()
    compiled("words", Words, b"1", maker)
    compiled("words-more", Words, b"1", maker)
    compiled("words", Words, b"2", maker)
    assert maker.times == 3
    assert len(files(kept)) == 2


@pytest.mark.parametrize("content", [b"", b"\xc1", msgspec.msgpack.encode({"words": 1}), b"\x80\x80"])
def test_what_does_not_fit_is_made_anew(kept: Path, content: bytes) -> None:
    maker = Maker()
    compiled("words", Words, b"1", maker)
    place = files(kept)[0]
    place.write_bytes(content)
    assert compiled("words", Words, b"1", maker) == MADE
    assert msgspec.msgpack.decode(place.read_bytes()) == MADE


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled("words", Words, b"1", Maker()) == MADE
    assert not files(kept)


def test_a_place_that_can_not_be_written_costs_nothing_but_time(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept / "file").write_bytes(b"")
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "file"))
    assert compiled("words", Words, b"1", Maker()) == MADE


def test_the_built_in_data_is_as_its_files_say() -> None:
    rules, standards = load_rules(data_folder() / "checks"), load_standards(data_folder())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(standards), type=Standards) == standards
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(rules), type=tuple[Rule, ...]) == rules
    for lang in LANGUAGES:
        texts = load_yaml(data_folder() / "messages" / f"{lang}.yaml")
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(texts)) == texts
