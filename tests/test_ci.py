"""The files that other people's builds use, run as far as they can be without those services."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import etree

from countermark.cli import main

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "tests" / "report" / "schemas"
SAMPLES = ROOT / "samples" / "exchange" / "outgoing-uk"
GOOD, BAD = SAMPLES / "covering-letter.pdf", SAMPLES / "trials-programme.pdf"


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


ACTION = load("action.yml")


def run_action(
    folder: Path, given: dict[str, str], *, steps: slice = slice(None)
) -> tuple[int, dict[str, str]]:
    """The shell steps of the action as a runner runs them: expressions filled into the environment only.
    Status of the last step, and the outputs."""
    values = {
        name: str(given.get(name, entry.get("default", ""))) for name, entry in ACTION["inputs"].items()
    }
    output = folder.with_name(f"{folder.name}-output")
    output.touch()
    status = 0
    for step in [one for one in ACTION["runs"]["steps"] if "run" in one][steps]:
        environment = {**os.environ, "GITHUB_OUTPUT": str(output), "COUNTERMARK_LANG": "en"}
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        for name, expression in step.get("env", {}).items():
            found = re.fullmatch(r"\$\{\{ (inputs|github)\.([\w-]+) \}\}", expression)
            assert found, expression
            environment[name] = values[found[2]] if found[1] == "inputs" else str(ROOT)
        assert "${{" not in step["run"]
        script = folder.with_name(f"{folder.name}-step.sh")
        script.write_text(step["run"], encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
        if status:
            break
    outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    return status, outputs


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@needs_bash
def test_the_action_reports_findings_and_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copy(BAD, tmp_path / "a; touch stolen.pdf")
    given = {"paths": "a; touch stolen.pdf\n", "from": "GB", "to": "JP", "sarif-file": "out.sarif"}
    assert run_action(tmp_path, given, steps=slice(1, None)) == (
        1,
        {"status": "1", "sarif-file": "out.sarif"},
    )
    assert "::error file=a; touch stolen.pdf,line=1,title=UK006" in capfd.readouterr().out
    [run] = json.loads((tmp_path / "out.sarif").read_bytes())["runs"]
    assert [one["ruleId"] for one in run["results"]] == ["UK006"]
    assert not (tmp_path / "stolen.pdf").exists()


@needs_bash
def test_the_action_passes_where_nothing_is_wrong(tmp_path: Path) -> None:
    shutil.copy(GOOD, tmp_path / "good.pdf")
    (tmp_path / "__init__.py").touch()
    status, outputs = run_action(tmp_path, {"from": "GB", "to": "JP"}, steps=slice(1, None))
    assert (status, outputs["status"]) == (0, "0")
    assert (tmp_path / ACTION["inputs"]["sarif-file"]["default"]).is_file()


def test_the_action_has_what_a_composite_action_needs() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert "uses" in step or ("run" in step and step["shell"] == "bash")
    for name, entry in ACTION["inputs"].items():
        assert entry["description"], name
    assert all(re.search(r"steps\.check\.outputs\.", one["value"]) for one in ACTION["outputs"].values())


def test_the_gitlab_job_does_what_it_declares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = load("ci/gitlab.yml")
    job, variables = template["countermark"], template["variables"]
    command = job["script"][-1]
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    monkeypatch.chdir(tmp_path)
    shutil.copy(BAD, tmp_path / "bad.pdf")
    start, _, arguments = command.partition(" check ")
    assert start == "python -I -m countermark"
    assert main(["check", *arguments.split(), "--fail-on", "never"]) == 0
    declared = set(job["artifacts"]["reports"].values())
    assert declared == {path.name for path in tmp_path.iterdir()} - {"bad.pdf"}


def test_the_jenkins_example_does_what_it_declares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command run as Jenkins would, its other steps at least closed: no program here reads a pipeline."""
    example = (ROOT / "ci" / "Jenkinsfile").read_text(encoding="utf-8")
    steps = re.sub(r"//[^\n]*|'''.*?'''|'[^'\n]*'|\"[^\"\n]*\"", "", example, flags=re.DOTALL)
    assert all(steps.count(one) == steps.count(other) > 0 for one, other in ("{}", "()"))
    command = re.search(r"script: '([^']+)'", example)
    assert command
    start, _, arguments = command[1].partition(" check ")
    assert start.endswith('bin/python" -I -m countermark')
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release").mkdir()
    shutil.copy(BAD, "release/bad.pdf")
    assert main(["check", *arguments.split()]) == 1
    published = re.search(r"always \{ junit '([^']+)' \}", example)
    assert published
    suites = etree.parse(published[1])
    etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit-10.xsd"))).assertValid(suites)
    assert [case.get("name") for case in suites.iter("testcase")] == ["release/bad.pdf"]


def test_the_hook_takes_what_the_program_reads() -> None:
    [hook] = load(".pre-commit-hooks.yaml")
    assert hook["entry"] == "python -I -m countermark check"
    pattern = re.compile(hook["files"])
    assert all(pattern.search(name) for name in ("a.pdf", "b/計画.DOCX", "c.docm", "d.doc", "e.dotx"))
    assert not any(pattern.search(name) for name in ("a.pdf.txt", "docx", "notes.md"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")
def test_pre_commit_runs_the_hook_in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pre-commit installs this checkout as a hook's repository and refuses a commit with a finding."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    tool, work = tmp_path / "tool", tmp_path / "work"
    work.mkdir()

    def git(folder: Path, *arguments: str) -> str:
        identity = ("-c", "user.name=Registry", "-c", "user.email=registry@example.invalid")
        command = ["git", "-C", str(folder), *identity, *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode().strip()

    files = subprocess.run(
        [
            "git",
            "-C",
            str(ROOT),
            "ls-files",
            "-z",
            "pipeline",
            "rules",
            "pyproject.toml",
            "README.md",
            "LICENSE",
        ],
        check=True,
        capture_output=True,
    )
    for name in [*filter(None, files.stdout.decode().split("\0")), ".pre-commit-hooks.yaml"]:
        (tool / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tool / name)
    for folder in (tool, work):
        git(folder, "init", "--quiet")
    git(tool, "add", ".")
    git(tool, "commit", "--quiet", "--message", "tool")
    hook = {"id": "countermark", "args": ["--from", "GB", "--to", "JP"]}
    config = {"repos": [{"repo": str(tool), "rev": git(tool, "rev-parse", "HEAD"), "hooks": [hook]}]}
    (work / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")

    def commit() -> subprocess.CompletedProcess[bytes]:
        git(work, "add", ".")
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
        return subprocess.run(command, cwd=work, capture_output=True, check=False)

    shutil.copy(BAD, work / "bad.pdf")
    refused = commit()
    assert refused.returncode == 1, refused.stdout.decode() + refused.stderr.decode()
    assert b"UK006" in refused.stdout
    shutil.copy(GOOD, work / "bad.pdf")
    assert commit().returncode == 0


@pytest.mark.slow
@needs_bash
def test_the_action_installs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    monkeypatch.setattr(sys, "executable", str(scripts / "python"))
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(BAD, work / "bad.pdf")
    status, outputs = run_action(work, {"from": "GB", "to": "JP"})
    assert (status, outputs["status"]) == (1, "1")


@pytest.mark.parametrize(
    ("name", "schema"), [("action.yml", "github-actions"), ("ci/gitlab.yml", "gitlab-ci")]
)
def test_files_fit_the_schemas_of_their_services(name: str, schema: str) -> None:
    shipped = pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    path = Path(shipped.__file__).parent / "builtin_schemas" / "vendor" / f"{schema}.json"
    jsonschema.validate(load(name), json.loads(path.read_text(encoding="utf-8")))
