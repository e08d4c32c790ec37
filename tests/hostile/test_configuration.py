"""Configuration that comes with what is checked: it never applies in silence, and none costs more than its
own refusal."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from msgspec import inspect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.config.configuration import FROM_HERE
from countermark.config.policy import load_policy
from countermark.config.resolve import resolve_policy
from countermark.reporting.configuration import configuration_notes
from countermark.reporting.formats.registry import ReportFormat
from countermark.sources import Selection
from countermark.sources.selection import find_sources
from countermark.support.limits import Limits
from countermark.support.messages import catalogue
from support.commands import call_on, commands_with

NAME = ".countermark.yaml"
HIDING = (
    "select: [READ]\n",
    "ignore: [UK, DOC, EX, HIDE]\n",
    "fail_on: never\n",
    "waivers: [{match: '**', rules: [UK, DOC, EX], reason: none}]\n",
    "paths: [{match: '**', ignore: [UK, DOC, EX]}]\n",
    "allow_unmarked: true\nselect: [READ]\n",
)
PLACES = (
    ("in", "."),
    ("in", "in"),
    ("in", "in/deep/bad.pdf"),
    ("in", "in/*/*.pdf"),
    ("in/deep", "in"),
    ("../elsewhere", "../elsewhere"),
    ("../elsewhere", "../elsewhere/bad.pdf"),
)
"""Where it lies, and what is given to be checked."""
Shown = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user stands; `in` holds what was sent, `elsewhere` lies beside the desk."""
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    desk = tmp_path / "desk"
    for folder in (desk / "in" / "deep", tmp_path / "elsewhere"):
        folder.mkdir(parents=True)
        pdf(folder / "bad.pdf")
    monkeypatch.chdir(desk)
    return desk


def pdf(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 30, "UK Secret")
    canvas.save()


@pytest.mark.parametrize("content", HIDING)
@pytest.mark.parametrize(("place", "given"), PLACES)
def test_a_configuration_among_what_is_checked_is_no_part_of_the_policy(
    desk: Path, place: str, given: str, content: str
) -> None:
    (desk / place / NAME).write_text(content, encoding="utf-8")
    found = find_sources(Selection(paths=(given,)))
    policy = resolve_policy(FROM_HERE, found.start, (source.path for source in found.sources))
    none = load_policy(start=found.start, use_config=False, lang=policy.lang)
    assert policy.digest == none.digest
    assert policy.config == none.config
    assert policy.configuration is None
    first, second = configuration_notes(policy)
    assert first == "countermark: No configuration file."
    assert second.startswith(f"countermark: {place}/{NAME}: ")
    assert "not applied" in second


@pytest.mark.parametrize(
    ("place", "given", "content"),
    [
        *((place, given, HIDING[0]) for place, given in PLACES),
        *((*PLACES[0], content) for content in HIDING[1:]),
    ],
)
def test_a_configuration_among_what_is_checked_does_not_apply(
    desk: Path, capsys: Shown, place: str, given: str, content: str
) -> None:
    (desk / place / NAME).write_text(content, encoding="utf-8")
    assert main(["check", given, "--jobs", "1"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "countermark: No configuration file."
    assert told[1].startswith(f"countermark: {place}/{NAME}: ")
    assert "not applied" in told[1]
    assert len(told) == 2


def test_one_that_is_trusted_applies_and_is_named(desk: Path, capsys: Shown) -> None:
    content = b"fail_on: never\n"
    (desk / "in" / NAME).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    for given in (".", "in", "in/deep"):
        assert main(["check", given, "--trust-config-in-paths", "--format", "json"]) == 0
        shown = capsys.readouterr()
        used = json.loads(shown.out)["policy"]["configuration"]
        assert used == {"path": f"in/{NAME}", "sha256": digest}
        assert shown.err == f"countermark: Configuration: in/{NAME} (SHA-256 {digest[:12]})\n"
    (desk / "in" / "deep" / NAME).write_bytes(content)
    assert main(["check", ".", "--trust-config-in-paths"]) == 2
    assert "--config FILE" in capsys.readouterr().err


def test_ones_own_applies_from_the_current_folder_upward(
    desk: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / NAME).write_text("fail_on: never\n", encoding="utf-8")
    (desk / "in" / NAME).write_text("lang: [broken\n", encoding="utf-8")
    assert main(["check", "in"]) == 0
    assert main(["check", "in", "--no-config"]) == 1
    assert main(["check", "in", "--no-config", "--config", NAME]) == 2
    capsys.readouterr()
    monkeypatch.chdir(desk / "in" / "deep")
    (desk / "in" / NAME).write_text("fail_on: never\n", encoding="utf-8")
    assert main(["check", "."]) == 0
    assert "not applied" not in capsys.readouterr().err


@pytest.mark.parametrize("command", sorted({*commands_with("--trust-config-in-paths")} - {"check"}))
def test_other_commands_hold_to_it_too(desk: Path, capsys: Shown, command: str) -> None:
    (desk / "in" / NAME).write_text("lang: ja\nlimits: {pages: 0}\n", encoding="utf-8")
    assert main(call_on(command, "in/deep/bad.pdf")) == 0
    assert f"in/{NAME}: a configuration among what is checked" in capsys.readouterr().err


def readable(form: ReportFormat, content: bytes) -> str:
    """All that a report says."""
    if form is not ReportFormat.xlsx:
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_every_form_names_the_configuration_and_what_was_not_applied(desk: Path) -> None:
    content = b"lang: en\n"
    digest = hashlib.sha256(content).hexdigest()[:12]
    (desk / "in" / NAME).write_text("fail_on: never\n", encoding="utf-8")

    def reported() -> dict[ReportFormat, str]:
        assert main(["check", "in", *(f"--report={form}={form}.out" for form in ReportFormat)]) == 1
        return {form: readable(form, (desk / f"{form}.out").read_bytes()) for form in ReportFormat}

    without = reported()
    assert [form for form in without if f"in/{NAME}" not in without[form]] == []
    assert [form for form in without if digest in without[form]] == []
    (desk / NAME).write_bytes(content)
    assert [form for form, report in reported().items() if digest not in report] == []


def test_paths_count_as_without_where_the_configuration_lies_apart(desk: Path, tmp_path: Path) -> None:
    (desk / ".git").mkdir()
    apart = tmp_path / "base" / NAME
    apart.parent.mkdir()
    apart.write_text("waivers: [{match: '/in/', rules: [UK, DOC, EX], reason: known}]\n", encoding="utf-8")
    assert main(["check", "in", "--config", str(apart)]) == 0
    assert main(["check", "in", "--no-config"]) == 1


GREATEST = {
    field.encode_name: int(field.type.le)
    for field in inspect.type_info(Limits).fields  # type: ignore[attr-defined]
}


@pytest.mark.parametrize("limit", GREATEST)
def test_a_limit_is_raised_only_as_far_as_its_greatest_value(desk: Path, capsys: Shown, limit: str) -> None:
    def refused(value: object) -> str:
        write(value)
        assert main(["check", "in"]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        return told

    def write(value: object) -> None:
        (desk / NAME).write_text(f"lang: en\nlimits:\n  {limit}: {value}\n", encoding="utf-8")

    greatest = GREATEST[limit]
    write(greatest)
    assert getattr(load_policy(desk / NAME).config.limits, limit) == greatest
    refusal = f"countermark: {desk / NAME}:3:limits.{limit}: the number must be {greatest} or less.\n"
    assert refused(greatest + 1) == refusal
    assert refused("9" * 18) == refusal
    for value in (".inf", "-.inf", ".nan", "1e400", "1.0e+400", "9" * 400, "-1"):
        assert f"{NAME}:3" in refused(value)


@pytest.mark.parametrize("value", ["-0.1", "1.1", ".nan", ".inf", "1.0e+400"])
def test_the_threshold_lies_between_0_and_1(desk: Path, capsys: Shown, value: str) -> None:
    (desk / NAME).write_text(f"threshold: {value}\n", encoding="utf-8")
    assert main(["check", "in"]) == 2
    assert f"{NAME}:1:threshold: the number must be" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "3601", "nan", "inf", "1e400"])
def test_the_command_line_goes_no_further_either(capsys: Shown, value: str) -> None:
    assert main(["check", "in", "--timeout", value]) == 2
    assert "--timeout" in capsys.readouterr().err


@pytest.mark.parametrize(("guide", "lang"), [("user-guide.md", "en"), ("ja/user-guide.md", "ja")])
def test_the_limits_are_documented_as_they_are(guide: str, lang: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / guide).read_text(encoding="utf-8")
    template = catalogue(lang)["help"]["configuration"]
    for limit, greatest in GREATEST.items():
        default = f"{getattr(Limits(), limit):.0f}"
        assert f"| `{limit}` | {default} | {greatest} |" in text
        assert re.search(rf"^#   {limit}: {default} .*\D{greatest}$", template, re.MULTILINE)


COSTLY = {
    "long text": ("lang: " + "a" * 10_001, 1),
    "long text with escapes": ('lang: "' + "\\n" * 50_000 + '"', 1),
    "long number": ("lang: en\nthreshold: " + "9" * 5000, 2),
    "colliding keys": ("".join(f"{n * (2**61 - 1)}: a\n" for n in range(1, 5000)), None),
    "sexagesimal": ("limits:\n  pages: " + "1" + ":1" * 8, 2),
    "sexagesimal fraction": ("threshold: 0:0.5", 1),
    "sexagesimal by its tag": ('threshold: !!float "1:1"', 1),
    "alias": ("select: &a [READ]\nignore: *a", 2),
    "aliases of aliases": ("a: &a [x]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in range(30)), 2),
    "merge key": ("lang: en\n<<: {fail_on: never}", 2),
    "merge key by its tag": ('!!merge "x": {fail_on: never}', 1),
    "long pattern": ("waivers: [{match: '" + "*a" * 501 + "', rules: [UK], reason: x}]", 1),
    "many keys": ("labels:\n" + "".join(f" k{n}: v\n" for n in range(20_000)), 10_000),
    "many items": ("select: [" + "UK001, " * 20_000 + "]", 1),
    "deep lists": ("lang: " + "[" * 100_000, 1),
    "deep lists by lines": ("- " * 100_000, 1),
    "deep keys": ("? " * 100_000, 1),
    "deep mappings": ("\n".join(" " * n + "a:" for n in range(500)), 101),
    "directives": ("".join(f"%TAG !a{n}! tag:x,{n}:\n" for n in range(9000)) + "---\nlang: en", 1),
    "directive further down": ("lang: en\n...\n%YAML 1.1\n---\n", 3),
}


@pytest.mark.parametrize("wide", [False, True], ids=["utf-8", "utf-16"])
@pytest.mark.parametrize("attack", COSTLY)
def test_yaml_that_costs_is_refused_in_one_line(desk: Path, capsys: Shown, attack: str, wide: bool) -> None:
    text, line = COSTLY[attack]
    (desk / NAME).write_bytes(text.encode("utf-16" if wide else "utf-8"))
    assert main(["check", "in"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert len(told) < 1000
    assert told.startswith(f"countermark: {desk / NAME}:{line or ''}")


def test_yaml_within_its_bounds_is_taken(desk: Path) -> None:
    text = (
        "labels:\n"
        + "".join(f" '{n}:30': SECRET\n" for n in range(5000))
        + f"waivers: []\ncodewords: ['<<', {'a' * 10_000}]"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (desk / NAME).write_bytes(text.encode(encoding))
        config = load_policy(desk / NAME).config
        assert config.labels["4999:30"] == "SECRET"
        assert config.codewords[0] == "<<"


@pytest.mark.parametrize(
    ("option", "mib", "line"),
    [
        ("--config", 1, b"#\n"),
        ("--baseline", 64, b" " * 1023 + b"\n"),
        ("--password-file", 1, b"a\n"),
    ],
)
def test_files_of_any_size_are_refused_in_one_line(
    desk: Path, capsys: Shown, option: str, mib: int, line: bytes
) -> None:
    (desk / "large").write_bytes(line * (mib * 1024 * 1024 // len(line) + 1))
    assert main(["check", "in", option, "large"]) == 2
    assert capsys.readouterr().err.endswith(f"large: the file is larger than {mib} MiB.\n")


def test_a_deep_baseline_is_refused_in_one_line(desk: Path, capsys: Shown) -> None:
    (desk / "deep").write_text('{"path":' + "[" * 100_000, encoding="utf-8")
    assert main(["check", "in", "--baseline", "deep"]) == 2
    assert "deep:1" in capsys.readouterr().err.splitlines()[-1]
