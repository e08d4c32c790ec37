"""The recogniser: made once for its standards, sent as these alone, the same whatever it read before."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import msgspec
import pytest

from countermark.config.path_settings import settings_for
from countermark.config.policy import load_policy, with_pack
from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

TODAY = date(2026, 6, 1)


def headed(*heads: str) -> Document:
    lines = tuple(Line(text=text, zone=Zone.header, number=number) for number, text in enumerate(heads, 1))
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))


def test_standards_that_say_the_same_are_the_same() -> None:
    assert load_standards(data_folder()) == load_standards(data_folder())


def test_only_the_standards_are_sent_to_another_process(recogniser: Recogniser) -> None:
    before = len(pickle.dumps(recogniser))
    first = examine(headed("UK SECRET"), recogniser, TODAY)
    sent = pickle.dumps(recogniser)
    assert len(sent) == before
    again = pickle.loads(sent)
    assert again.standards == recogniser.standards
    assert examine(headed("UK SECRET"), again, TODAY) == first


def test_policies_of_the_same_standards_share_their_recogniser() -> None:
    policy = load_policy()
    changed = msgspec.structs.replace(policy, config=msgspec.structs.replace(policy.config, redact=True))
    assert changed.recogniser is load_policy().recogniser
    pack = Path(__file__).resolve().parents[2] / "docs" / "examples" / "italy"
    assert with_pack(policy, pack).recogniser is not policy.recogniser


def test_what_a_document_says_of_a_line_is_not_kept_for_the_next(recogniser: Recogniser) -> None:
    line = "OFFICIAL: Sensitive"
    plain = [marking.country for marking in accepted(examine(headed(line), recogniser, TODAY).markings)]
    australian = examine(headed("Australian Government", line), recogniser, TODAY).markings
    assert [marking.country for marking in australian] == ["AU"]
    again = [marking.country for marking in accepted(examine(headed(line), recogniser, TODAY).markings)]
    assert again == plain == ["GB"]


def test_the_path_of_a_document_is_resolved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from countermark.checking.check import check_document

    resolved: list[str] = []
    real = os.path.realpath

    def realpath(path: str, *, strict: bool = False) -> str:
        resolved.append(path)
        return real(path, strict=strict)

    monkeypatch.setattr(os.path, "realpath", realpath)
    policy = load_policy()
    resolved.clear()
    settings_for("a.pdf", policy)
    once = len(resolved)
    resolved.clear()
    assert check_document(b"not a document", "a.pdf", policy).findings
    assert len(resolved) == once
