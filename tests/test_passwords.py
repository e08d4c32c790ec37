"""Passwords: where they come from, and that they go nowhere else."""

from __future__ import annotations

import json
import os
import pickle
from typing import TYPE_CHECKING

import msgspec
import pytest
from pypdf import PdfWriter

from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.support.errors import CountermarkError
from countermark.support.passwords import Passwords, load_passwords

if TYPE_CHECKING:
    from pathlib import Path


def test_they_come_from_the_file_and_then_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passwords.txt"
    file.write_bytes(b"\xef\xbb\xbffirst\r\n\r\n two words \n" + "秘密".encode() + b"\nfirst")
    monkeypatch.setenv("COUNTERMARK_PASSWORDS", "fourth\nfifth")
    given = ["first", " two words ", "秘密", "fourth", "fifth"]
    assert list(load_passwords(file)) == [*given, " two words", "two words"]
    assert list(load_passwords()) == ["fourth", "fifth"]
    monkeypatch.delenv("COUNTERMARK_PASSWORDS")
    assert not load_passwords()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_all_line_ends_and_the_encodings_of_windows(end: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "passwords.txt"
    file.write_bytes(end.join(["first", "", "秘密", "last", ""]).encode(encoding))
    assert list(load_passwords(file)) == ["first", "秘密", "last"]


@pytest.mark.parametrize(
    ("password", "form"),
    [
        ("opensesame ", "opensesame"),
        ("opensesame\u3000\t", "opensesame"),
        ("\u2168", "IX"),
        ("I\u00adX", "IX"),
        ("ｐａｓｓ１２", "pass12"),
        ("a\u3000b", "a b"),
        ("a\u00a0b", "a b"),
        ("cafe\u0301", "caf\u00e9"),
        ("か\u3099き", "がき"),
    ],
)
def test_passwords_are_tried_as_given_and_then_as_programs_prepare_them(password: str, form: str) -> None:
    tried = list(Passwords([password, "second"]))
    assert tried[:2] == [password, "second"]
    assert form in tried[2:]


def test_a_plain_password_has_one_form() -> None:
    assert list(Passwords(["opensesame", "Tr0ub4dor&3"])) == ["opensesame", "Tr0ub4dor&3"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CountermarkError) as missing:
        load_passwords(tmp_path / "none.txt")
    assert missing.value.key == "file-unreadable"
    file = tmp_path / "sjis.txt"
    file.write_bytes("秘密".encode("shift-jis"))
    with pytest.raises(CountermarkError) as other:
        load_passwords(file)
    assert other.value.key == "not-utf8"
    assert other.value.__cause__ is None


def test_they_are_not_shown_not_encoded_and_change_no_digest() -> None:
    passwords = Passwords(["opensesame"])
    policy = load_policy(passwords=passwords)
    assert "opensesame" not in repr(policy) + str(passwords)
    assert policy.digest == load_policy().digest
    with pytest.raises(TypeError):
        msgspec.json.encode(passwords)
    assert list(pickle.loads(pickle.dumps(policy)).passwords) == ["opensesame"]


@pytest.mark.slow
@pytest.mark.parametrize("by", ["file", "environment"])
def test_the_command_line_opens_what_is_encrypted(
    by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("opensesame", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    monkeypatch.chdir(tmp_path)
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("another\nopensesame\n", encoding="utf-8")
    given = ["--password-file", "passwords.txt"] if by == "file" else []
    if by == "environment":
        monkeypatch.setitem(os.environ, "COUNTERMARK_PASSWORDS", "opensesame")
    assert main(["check", "locked.pdf", *given, "--format", "json"]) == 1
    shown = capfd.readouterr()
    [document] = json.loads(shown.out)["documents"]
    assert document["status"] == "checked"
    assert main(["inspect", "locked.pdf", *given]) == 0
    assert "opensesame" not in shown.out + shown.err + capfd.readouterr().out
    monkeypatch.delenv("COUNTERMARK_PASSWORDS", raising=False)
    assert main(["check", "locked.pdf"]) == 3
