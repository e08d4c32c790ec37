"""What other programs use: the names that `countermark` exports, what they do and refuse."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import countermark
from countermark.support.messages import catalogue
from support.pdf_files import page, pdf

ROOT = Path(__file__).resolve().parents[1]
NAMES = {
    "CountermarkError",
    "DocumentReport",
    "Finding",
    "Marking",
    "Passwords",
    "Policy",
    "Stage",
    "Verdict",
    "check_document",
    "check_file",
    "load_policy",
}
UNEXPLAINED = {"Passwords", "Policy", "Stage"}
"""Named on the page where an option takes them."""
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def policy() -> countermark.Policy:
    return countermark.load_policy(originator="GB", recipient="JP", stage=countermark.Stage.outgoing)


def test_the_exported_names_are_these_for_programs_and_type_checkers() -> None:
    stub = ast.parse((ROOT / "pipeline/countermark/__init__.pyi").read_text(encoding="utf-8"))
    typed = {name.asname for node in stub.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert set(countermark.__all__) == typed == NAMES
    assert set(dir(countermark)) >= NAMES
    for name in NAMES:
        assert getattr(countermark, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'check_nothing'"):
        countermark.check_nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_page_describes_every_exported_name() -> None:
    described = set(re.findall(r"`(\w+)[`(]", "\n".join(re.findall(r"^\| ([^|]*) \|", PAGE, re.MULTILINE))))
    assert described == NAMES - UNEXPLAINED
    assert all(f"`{name}`" in PAGE for name in UNEXPLAINED)


def test_importing_the_package_imports_nothing() -> None:
    program = "import sys; before = set(sys.modules); import countermark; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["countermark"]


def test_the_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.DOTALL
    )
    monkeypatch.chdir(ROOT)
    exec(compile(example, "docs/api.md", "exec"), {})
    verdict, *findings = capsys.readouterr().out.splitlines()
    assert verdict in set(countermark.Verdict)
    assert all(re.match(r"[A-Z]+\d{3} (error|warning|note) \S", line) for line in findings)


def test_a_file_and_its_bytes_have_the_same_report(tmp_path: Path, policy: countermark.Policy) -> None:
    data = pdf(page("UK SECRET", "UK SECRET"))
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    report = countermark.check_file(path, policy)
    assert {marking.country for marking in report.markings} == {"GB"}
    assert report == countermark.check_document(data, path.as_posix(), policy)


def test_a_file_that_is_not_there_is_not_read(tmp_path: Path, policy: countermark.Policy) -> None:
    report = countermark.check_file(str(tmp_path / "gone.pdf"), policy)
    assert report.verdict is countermark.Verdict.not_read
    assert [finding.code for finding in report.findings] == ["READ001"]


def test_a_configuration_applies_only_if_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = tmp_path / ".countermark.yaml"
    configuration.write_text("lang: ja\n")
    monkeypatch.chdir(tmp_path)
    assert countermark.load_policy().lang == "en"
    assert countermark.load_policy(str(configuration)).lang == "ja"
    assert countermark.load_policy(configuration, lang="en").lang == "en"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lang": 3}, "lang"),
        ({"lang": "fr"}, "“fr”"),
        ({"originator": "FR"}, "“FR”"),
        ({"stage": "leaving"}, "“leaving”"),
        ({"as_of": "tomorrow"}, "as_of"),
        ({"select": "UK001"}, "select"),
        ({"select": ("XX001",)}, "XX001"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": 1e9}, "timeout"),
        ({"passwords": ["secret"]}, "passwords"),
    ],
)
def test_a_wrong_option_is_refused_in_a_sentence(options: dict[str, Any], said: str) -> None:
    with pytest.raises(countermark.CountermarkError) as caught:
        countermark.load_policy(**options)
    assert said in str(caught.value)


def test_arguments_of_another_type_are_refused(policy: countermark.Policy) -> None:
    wrong: Any = object()
    for call, name in (
        (lambda: countermark.load_policy(3), "configuration"),  # type: ignore[arg-type]
        (lambda: countermark.load_policy(language="en"), "language"),  # type: ignore[call-arg]
        (lambda: countermark.check_file(wrong, policy), "path"),
        (lambda: countermark.check_file(b"a.pdf", policy), "path"),  # type: ignore[arg-type]
        (lambda: countermark.check_file("a.pdf", wrong), "policy"),
        (lambda: countermark.check_document("text", "a.pdf", policy), "data"),  # type: ignore[arg-type]
        (lambda: countermark.check_document(b"", wrong, policy), "name"),
        (lambda: countermark.check_document(b"", "a.pdf", wrong), "policy"),
    ):
        with pytest.raises(TypeError, match=name):
            call()


def test_an_error_is_a_sentence_and_shows_its_key() -> None:
    for key, sentence in catalogue("en")["errors"].items():
        words = dict.fromkeys(re.findall(r"{(\w+)}", sentence), "x")
        error = countermark.CountermarkError(key, **words)
        assert str(error) == sentence.format_map(words)
        assert repr(key) in repr(error)
