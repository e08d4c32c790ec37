"""The files that other people's builds use, run as far as they can be without those services."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "tests" / "reporting" / "schemas"
SAMPLES = ROOT / "samples" / "exchange" / "outgoing-uk"
GOOD, BAD = SAMPLES / "covering-letter.pdf", SAMPLES / "trials-programme.pdf"


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


ACTION = load("action.yml")


def run_action(
    folder: Path, given: dict[str, str], *, steps: slice = slice(None), base: str = ""
) -> tuple[int, dict[str, str]]:
    """The shell steps of the action as a runner runs them: expressions filled into the environment only;
    `base` is the base revision of a pull request. Status of the last step, and the outputs."""
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
            found = re.fullmatch(r"\$\{\{ (inputs|github)\.([\w.-]+) \}\}", expression)
            assert found, expression
            of_github = {"action_path": str(ROOT), "event.pull_request.base.sha": base}
            environment[name] = values[found[2]] if found[1] == "inputs" else of_github[found[2]]
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


GITLAB = load("integrations/gitlab.yml")
JENKINS = (ROOT / "integrations" / "Jenkinsfile").read_text(encoding="utf-8")
[INSTALLING, CHECKING] = re.findall(r"'''(.+?)'''", JENKINS, re.DOTALL)


def run_shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a step of a build as its runner does, with this environment's Python first on the path."""
    folders = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "COUNTERMARK_LANG": "en", "PATH": folders, **variables}
    return subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, check=False
    )


def run_gitlab(folder: Path, base: str = "") -> subprocess.CompletedProcess[bytes]:
    variables = {**GITLAB["variables"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    return run_shell(GITLAB["countermark"]["script"][-1], folder, **variables)


def run_jenkins(folder: Path, target: str = "") -> subprocess.CompletedProcess[bytes]:
    temporary = folder.with_name(f"{folder.name}-tmp")
    scripts = temporary / "countermark" / "bin"
    scripts.mkdir(parents=True, exist_ok=True)
    python = scripts / "python"
    if not python.exists():
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
    return run_shell(CHECKING, folder, WORKSPACE_TMP=str(temporary), CHANGE_TARGET=target)


@needs_bash
def test_the_gitlab_job_does_what_it_declares(tmp_path: Path) -> None:
    shutil.copy(BAD, tmp_path / "bad.pdf")
    assert run_gitlab(tmp_path).returncode == 1
    declared = set(GITLAB["countermark"]["artifacts"]["reports"].values())
    assert declared == {path.name for path in tmp_path.iterdir()} - {"bad.pdf"}


@needs_bash
def test_the_jenkins_example_does_what_it_declares(tmp_path: Path) -> None:
    """Its steps run as Jenkins would, the rest at least closed: no program here reads a pipeline."""
    steps = re.sub(r"//[^\n]*|'''.*?'''|'[^'\n]*'|\"[^\"\n]*\"", "", JENKINS, flags=re.DOTALL)
    assert all(steps.count(one) == steps.count(other) > 0 for one, other in ("{}", "()"))
    work = tmp_path / "work"
    (work / "release").mkdir(parents=True)
    shutil.copy(BAD, work / "release" / "bad.pdf")
    assert run_jenkins(work).returncode == 1
    published = re.search(r"always \{ junit '([^']+)' \}", JENKINS)
    assert published
    suites = etree.parse(str(work / published[1]))
    etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit-10.xsd"))).assertValid(suites)
    assert [case.get("name") for case in suites.iter("testcase")] == ["release/bad.pdf"]


@needs_bash
@pytest.mark.parametrize(
    "script", ["\n".join(GITLAB["countermark"]["script"][:-1]), INSTALLING], ids=["gitlab", "jenkins"]
)
def test_nothing_is_installed_by_its_name_alone(script: str, tmp_path: Path) -> None:
    done = run_shell(script, tmp_path, COUNTERMARK_PACKAGE="", WORKSPACE_TMP=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("COUNTERMARK_PACKAGE is empty: ")
    assert list(tmp_path.iterdir()) == []
    assert GITLAB["variables"]["COUNTERMARK_PACKAGE"] == ""
    assert "defaultValue" not in JENKINS


@needs_bash
@pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")
@pytest.mark.parametrize("own", [None, "lang: en\n"])
def test_a_change_can_not_switch_off_its_own_check(tmp_path: Path, own: str | None) -> None:
    """Whatever configuration and baseline it brings: those of its base count."""
    work = tmp_path / "work"
    (work / "release").mkdir(parents=True)

    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=Registry", "-c", "user.email=registry@example.invalid")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=work, check=True, capture_output=True).stdout.decode().strip()

    git("init", "--quiet")
    (work / "README").write_text("release", encoding="utf-8")
    if own:
        (work / ".countermark.yaml").write_text(own, encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "base")
    base = git("rev-parse", "HEAD")
    git("update-ref", "refs/remotes/origin/main", base)
    (work / ".countermark.yaml").write_text("{select: [READ], fail_on: never}\n", encoding="utf-8")
    shutil.copy(BAD, work / "release" / "bad.pdf")
    git("add", ".")
    git("commit", "--quiet", "--message", "change")
    given = {"from": "GB", "to": "JP"}
    assert run_action(work, given, steps=slice(1, None))[0] == 0
    assert run_action(work, given, steps=slice(1, None), base=base)[0] == 1
    assert run_gitlab(work).returncode == 0
    assert run_gitlab(work, base).returncode == 1
    assert run_jenkins(work).returncode == 0
    assert run_jenkins(work, "main").returncode == 1
    for done in (run_gitlab(work, "0" * 40), run_jenkins(work, "absent")):
        assert done.returncode == 2
        assert b"is not here" in done.stderr


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
    monkeypatch.setenv("PIP_COMPILE", "0")  # most of what is installed is not imported
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
    monkeypatch.setenv("PIP_COMPILE", "0")
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(BAD, work / "bad.pdf")
    status, outputs = run_action(work, {"from": "GB", "to": "JP"})
    assert (status, outputs["status"]) == (1, "1")


@pytest.mark.parametrize(
    ("name", "schema"), [("action.yml", "github-actions"), ("integrations/gitlab.yml", "gitlab-ci")]
)
def test_files_fit_the_schemas_of_their_services(name: str, schema: str) -> None:
    shipped = pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    path = Path(shipped.__file__).parent / "builtin_schemas" / "vendor" / f"{schema}.json"
    jsonschema.validate(load(name), json.loads(path.read_text(encoding="utf-8")))


def test_all_that_the_project_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~!]", one)[0].lower() for one in asked}
    pinned = (ROOT / "requirements-ci.txt").read_text(encoding="utf-8")
    assert names <= set(re.findall(r"^([a-z0-9._-]+)==", pinned, re.MULTILINE))
    assert "://" not in pinned
    assert pinned.count("--hash=sha256:") > len(names)
