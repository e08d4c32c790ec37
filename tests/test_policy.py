"""Configuration: read, validated, nearest file upward."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from countermark.config.configuration import find_config
from countermark.config.policy import load_policy
from countermark.model import Severity, Stage
from countermark.support.errors import CountermarkError


def written(folder: Path, text: str) -> Path:
    path = folder / ".countermark.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    outer = written(tmp_path, "lang: ja\n")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) == outer
    nearer = written(tmp_path / "a", "lang: en\n")
    assert find_config(inner) == nearer


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    assert load_policy(written(tmp_path, "")).config == load_policy(start=Path("/")).config


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("exchnage: {from: GB}", "unknown-key-near", {"name": "exchnage", "nearest": "exchange"}),
        ("exchange: {form: GB}", "unknown-key-near", {"name": "exchange.form", "nearest": "from"}),
        ("zzzzzz: 1", "unknown-key", {"name": "zzzzzz"}),
        ("lang: [", "yaml-broken", {}),
        ("as_of: 2026-13-45", "yaml-impossible", {}),
        ("? [a]\n: b", "yaml-broken", {}),
        ("lang: !!python/object:os.system x", "yaml-broken", {}),
        ("just a text", "data-wrong-kind", {}),
        ("exchange: {stage: sent}", "data-not-one-of", {"value": "sent"}),
        ("exchange: {from: FR}", "unknown-country", {"country": "FR"}),
        ("ignore: [UK999]", "unknown-rule", {"code": "UK999"}),
        ("severity: {UK003: loud}", "data-not-one-of", {}),
        ("fail_on: sometimes", "unknown-fail-on", {"value": "sometimes"}),
        ("lang: fr", "unknown-lang", {"value": "fr"}),
        ("limits: {seconds: -1}", "data-too-low", {"least": "1"}),
        ("limits: {depth: -1}", "data-too-low", {"least": "0"}),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, key: str, words: dict[str, str]) -> None:
    path = written(tmp_path, text)
    with pytest.raises(CountermarkError) as raised:
        load_policy(path)
    assert raised.value.key == key
    assert str(path) in raised.value.args_by_name["where"]
    for name, value in words.items():
        assert raised.value.args_by_name[name] == value


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CountermarkError) as raised:
        load_policy(tmp_path / "none.yaml")
    assert raised.value.key == "file-unreadable"


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "exchange: {from: JP, to: GB, stage: internal}\n"
        "paths: [{match: 'in/**', exchange: {from: JP, to: GB, stage: internal}}]\n"
        "as_of: 2020-01-01\nfail_on: note\nseverity: {UK003: error}\n",
    )
    policy = load_policy(
        path, originator="GB", recipient="JP", stage=Stage.received, as_of=date(2021, 1, 1), fail_on="never"
    )
    config = policy.config
    for exchange in (config.exchange, config.paths[0].exchange):
        assert (exchange.from_, exchange.to, exchange.stage) == ("GB", "JP", Stage.received)
    assert (config.as_of, config.fail_on) == (date(2021, 1, 1), "never")
    assert config.severity == {"UK003": Severity.error}


def test_the_digest_follows_the_settings(tmp_path: Path) -> None:
    first = load_policy(written(tmp_path, "lang: en\n")).digest
    assert load_policy(written(tmp_path, "lang: en\n")).digest == first
    assert load_policy(written(tmp_path, "ignore: [UK008]\n")).digest != first


def test_without_a_configuration_paths_count_from_the_same_place_everywhere(tmp_path: Path) -> None:
    (tmp_path / "work" / ".git").mkdir(parents=True)
    inside = tmp_path / "work" / "docs"
    inside.mkdir()
    assert load_policy(start=inside).folder == tmp_path / "work"
    assert load_policy(start=inside, root=tmp_path).folder == tmp_path / "work"
    assert load_policy(start=tmp_path, root=inside).folder == inside
    assert load_policy(start=tmp_path).folder == tmp_path
