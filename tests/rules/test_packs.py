"""Packs of organisations: tested by their own examples, and their standards in YAML or as a SPIF."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from countermark.checking.check import check_read
from countermark.checking.rule_examples import document_of
from countermark.cli.main import main
from countermark.config.configuration import shown as shown_path
from countermark.config.policy import load_policy, with_pack
from countermark.recognition.explain import explain
from countermark.recognition.recogniser import Recogniser
from countermark.reporting.formats.registry import ReportFormat
from countermark.rules.rule import ExampleDocument
from countermark.standards.spif import to_spif
from countermark.standards.standards import Standards
from countermark.support.errors import CountermarkError

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
POLICY = load_policy()


def reread(standards: Standards, marking: str) -> tuple[str | None, str | None, str | None]:
    [found] = explain(marking, Recogniser(standards), POLICY.today, None)
    return found.marking.country, found.marking.classification, found.marking.standard


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_the_packs_of_the_guide_hold(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--check", str(EXAMPLES / name)]) == 0
    assert "failing: 0" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("en", "must give HOUSE001"), ("ja", "指摘すべき")])
def test_an_example_that_fails_is_told_with_its_place(
    tmp_path: Path, lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = shutil.copytree(EXAMPLES / "house-rule", tmp_path / "pack")
    path = pack / "checks" / "house.yaml"
    path.write_text(path.read_text("utf-8").replace("    - UK SECRET\n", "    - UK OFFICIAL\n"), "utf-8")
    assert main(["rules", "--check", str(pack), "--lang", lang]) == 1
    line, total = capsys.readouterr().out.splitlines()
    assert f"{path}:2" in line
    assert said in line
    assert "1" in total


def test_an_ill_formed_rule_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = shutil.copytree(EXAMPLES / "house-rule", tmp_path / "pack")
    path = pack / "checks" / "house.yaml"
    path.write_text(path.read_text("utf-8").replace("scope: marking", "scope: galaxy"), "utf-8")
    assert main(["rules", "--check", str(pack)]) == 2
    assert f"{path}:5:scope" in capsys.readouterr().err
    assert main(["rules", "--check", str(tmp_path / "none")]) == 2


def test_a_pack_s_rule_is_explained_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "c.yaml"
    config.write_text(f"rules: [{(EXAMPLES / 'house-rule').as_posix()}]\n", "utf-8")
    for lang, said in (("en", "A SECRET document names no descriptor"), ("ja", "記述子がない")):
        assert main(["rules", "HOUSE001", "--config", str(config), "--lang", lang]) == 0
        assert said in capsys.readouterr().out


def test_the_italian_example_reads_italian_markings() -> None:
    standards = with_pack(POLICY, EXAMPLES / "italy").standards
    assert reread(standards, "SEGRETISSIMO") == ("IT", "SEGRETISSIMO", "it/example")


def test_a_spif_in_a_pack_is_a_standard(tmp_path: Path) -> None:
    italian = with_pack(POLICY, EXAMPLES / "italy").standards.find("it/example")
    assert italian is not None
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "it.xml").write_bytes(to_spif(italian))
    checked = with_pack(POLICY, tmp_path)
    assert checked.standards.find("it/example") == italian
    assert checked.digest != POLICY.digest


@pytest.mark.parametrize("options", [[], ["--redact"]], ids=["", "redacted"])
def test_a_pack_s_finding_is_in_every_report(
    options: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config, document = tmp_path / "c.yaml", tmp_path / "plan.pdf"
    config.write_text(f"rules: [{(EXAMPLES / 'house-rule').as_posix()}]\n", "utf-8")
    canvas = Canvas(str(document), invariant=True)
    for height in (800, 25):
        canvas.drawCentredString(300, height, "UK SECRET")
    canvas.save()
    files = {form: tmp_path / f"report.{form}" for form in ReportFormat}
    reports = [f"--report={form}={path}" for form, path in files.items()]
    main(["check", str(document), "--config", str(config), *reports, *options])
    shown = capfd.readouterr()
    assert shown.err.startswith(f"countermark: Configuration: {shown_path(config)} (SHA-256 ")
    assert shown.err.count("\n") == 1
    for form, path in files.items():
        if form is ReportFormat.xlsx:
            with zipfile.ZipFile(path) as book:
                content = b"".join(book.read(name) for name in book.namelist())
        else:
            content = path.read_bytes()
        assert b"HOUSE001" in content, form


def test_a_pack_adds_a_scheme_and_a_form_without_classifications(tmp_path: Path) -> None:
    (tmp_path / "schemes.yaml").write_text(
        "schemes:\n"
        "  - {country: X GROUP, names: [], marks: [{word: X GROUP LIMITED DISTRIBUTION}]}\n"
        "  - {country: Y GROUP, names: [], marks: "
        "[{word: Y GROUP, pattern: 'Y GROUP (?:LIMITED|CLOSED) DISTRIBUTION'}]}\n"
        "  - country: ZZ\n    names: [ZEDLAND]\n    own: [{name: ZUPERZECRET, level: 1, grade: SECRET}]\n",
        "utf-8",
    )
    policy = with_pack(load_policy(), tmp_path)
    text = "{ X GROUP  LIMITED DISTRIBUTION }"
    report = check_read(document_of(ExampleDocument(mark=text)), policy)
    assert {(marking.country, marking.classification) for marking in report.markings} == {("X GROUP", None)}
    assert "EX006" in {finding.code for finding in report.findings}
    [found] = explain("Y GROUP CLOSED DISTRIBUTION", policy.recogniser, policy.today)
    assert (found.marking.country, found.marking.classification) == ("Y GROUP", None)
    [found] = explain("ZUPERZECRET", policy.recogniser, policy.today)
    assert (found.marking.country, found.marking.grade) == ("ZZ", 4)


@pytest.mark.parametrize(
    ("mark", "key"),
    [
        ("{pattern: '(A'}", "pattern-invalid"),
        ("{word: ' '}", "scheme-mark-empty"),
        ("{word: A, tier: B}", "classification-unknown"),
    ],
)
def test_a_scheme_that_does_not_hold_together_is_refused(tmp_path: Path, mark: str, key: str) -> None:
    (tmp_path / "schemes.yaml").write_text(
        f"schemes:\n  - {{country: ZZ, names: [], marks: [{mark}]}}\n", "utf-8"
    )
    with pytest.raises(CountermarkError) as raised:
        with_pack(load_policy(), tmp_path)
    assert raised.value.key == key
