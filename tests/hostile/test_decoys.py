"""Nothing that lies among documents is executed: modules, programs, start files, settings of git.

One folder holds a document, and beside it a decoy for every module of Python's library and of the
installation, and for the programs that are started. A decoy leaves a trace when it runs.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from support.commands import ON_DOCUMENTS, call_on
from support.word_files import paragraph, word_file
from test_ci import run_action

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "samples" / "exchange" / "outgoing-uk" / "trials-programme.pdf"
SCRIPT = str(Path(sys.executable).with_name("countermark"))
ISOLATED = (sys.executable, "-I", "-m", "countermark")
SOUGHT_BUT_ABSENT = ("arabic_reshaper", "cupy", "fontTools", "hyperscan", "re2", "rnc2rng", "torch")
"""Modules that libraries take where they find them."""
AT_START = ("sitecustomize", "usercustomize", "__main__", "__init__")
PROGRAMS = ("git", "soffice", "libreoffice", "tesseract")
ENTRY_POINTS = "[spacy_factories]\ncountermark_markings = decoy_plugin:factory\n"

needs_posix = pytest.mark.skipif(os.name != "posix", reason="the decoys are shell scripts")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")


class Decoys(NamedTuple):
    """A folder of documents and decoys, the folder that the traces would be in, and one for output."""

    folder: Path
    traces: Path
    output: Path

    def environment(self, **more: str) -> dict[str, str]:
        """A search path that leads to the current folder in the three ways there are."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
        path = os.pathsep.join([".", "", "bin", str(Path(sys.executable).parent), os.environ["PATH"]])
        return {**kept, "PATH": path, "LC_ALL": "en_GB.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull, **more}

    def named_by_python(self) -> dict[str, str]:
        """The variables of Python, all leading here."""
        folder = str(self.folder)
        return {
            "PYTHONPATH": os.pathsep.join(["", folder, "."]),
            "PYTHONHOME": folder,
            "PYTHONSTARTUP": str(self.folder / "json.py"),
            "PYTHONPYCACHEPREFIX": folder,
            "PYTHONUSERBASE": folder,
            "PYTHONWARNINGS": "error::decoy_plugin.Warning",
            "PYTHONBREAKPOINT": "decoy_plugin.stop",
            "PYTHONINSPECT": "1",
        }

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run it here; nothing of the folder may have run with it."""
        environment = self.environment(**more)
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert self.ran() == []
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done

    def ran(self) -> list[str]:
        """The names of the decoys that have run."""
        return sorted(trace.name for trace in self.traces.iterdir())


def decoy_names() -> set[str]:
    installed = {name for name in importlib.metadata.packages_distributions() if name.isidentifier()}
    return {*sys.stdlib_module_names, *installed, *SOUGHT_BUT_ABSENT, *AT_START, "decoy_plugin"}


def decoys_in(base: Path, names: set[str]) -> Decoys:
    found = Decoys(base / "documents", base / "traces", base / "output")
    for folder in (*found, found.folder / "bin"):
        folder.mkdir()
    for name in names:
        code = f"open({str(found.traces / name)!r}, 'w').close()\nraise ImportError\n"
        (found.folder / f"{name}.py").write_text(code, encoding="utf-8")
    metadata = found.folder / "decoy-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: decoy\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    (found.folder / "decoy.pth").write_text("import decoy_plugin\n", encoding="utf-8")
    for name in PROGRAMS:
        for folder in (found.folder, found.folder / "bin"):
            (folder / name).write_text(f"#!/bin/sh\n: > '{found.traces / name}'\n", encoding="utf-8")
            (folder / name).chmod(0o755)
    shutil.copy(BAD, found.folder / "bad.pdf")
    return found


@pytest.fixture
def decoys(tmp_path: Path) -> Decoys:
    return decoys_in(tmp_path, decoy_names())


def test_a_decoy_leaves_a_trace(decoys: Decoys) -> None:
    command = [sys.executable, "-c", "import json"]
    subprocess.run(command, cwd=decoys.folder, env=decoys.environment(), capture_output=True, check=False)
    assert decoys.ran()


@needs_posix
def test_check_in_all_forms_with_pictures_and_copies(decoys: Decoys) -> None:
    (decoys.folder / "word.docx").write_bytes(word_file(paragraph("UK OFFICIAL SENSITIVE")))
    forms = {form: decoys.output / f"report.{form}" for form in ("json", "html", "sarif", "xlsx")}
    reports = [option for form, path in forms.items() for option in ("--report", f"{form}={path}")]
    copies = ("--annotate", str(decoys.output / "copies"))
    done = decoys.run(SCRIPT, "check", "bad.pdf", "word.docx", "--images", "all", *copies, *reports)
    assert "UK006" in done.stdout
    shown = forms["html"].read_text(encoding="utf-8")
    assert shown.count('"image":') == 2 + (shutil.which("soffice") is not None)
    assert len(json.loads(forms["json"].read_bytes())["documents"]) == 2


def test_a_folder_is_checked_from_outside_it(decoys: Decoys) -> None:
    command = [SCRIPT, "check", str(decoys.folder / "bad.pdf")]
    done = subprocess.run(command, env=decoys.environment(), capture_output=True, text=True, check=False)
    assert "UK006" in done.stdout
    assert decoys.ran() == []


@pytest.mark.parametrize("command", sorted({*ON_DOCUMENTS} - {"check"}))
def test_other_commands(decoys: Decoys, command: str) -> None:
    decoys.run(SCRIPT, *call_on(command, "bad.pdf"))


def test_python_m_takes_no_more_from_the_folder_than_python_itself_does(tmp_path: Path) -> None:
    """What `python -m` imports before it comes to the program, the program can't keep it from."""
    listed = subprocess.run(
        [sys.executable, "-I", "-c", "import pkgutil, runpy, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in listed.stdout.split()} | {"countermark"}
    decoys = decoys_in(tmp_path, decoy_names() - loaded)
    assert "UK006" in decoys.run(sys.executable, "-m", "countermark", "check", "bad.pdf").stdout


def test_workers_of_a_program_whose_own_path_leads_to_the_folder(decoys: Decoys) -> None:
    """What the program itself imports is its own affair: here it has all that it needs."""
    program = decoys.output / "program.py"
    program.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from countermark.config.policy import load_policy\n"
        "from countermark.execution.pool import check_all\n"
        "from countermark.execution.worker import check_file\n"
        "from countermark.sources import Source\n"
        "source = Source(Path('bad.pdf'), 'bad.pdf', given=True)\n"
        "policy = load_policy(lang='en')\n"
        "check_file(source, policy)\n"
        "os.environ.update(eval(sys.argv[1]))\n"
        "sys.path[:0] = ['', '.', os.getcwd()]\n"
        "print(*(finding.code for report in check_all([source], policy) for finding in report.findings))\n",
        encoding="utf-8",
    )
    done = decoys.run(sys.executable, "-I", str(program), repr(decoys.named_by_python()))
    assert "READ" not in done.stdout
    assert done.stdout.strip()


def test_no_variable_of_python_leads_an_isolated_run_or_its_workers_here(decoys: Decoys) -> None:
    done = decoys.run(*ISOLATED, "check", "bad.pdf", **decoys.named_by_python())
    assert "UK006" in done.stdout


def test_the_hook(decoys: Decoys) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    decoys.run(*hook["entry"].split(), "bad.pdf", **decoys.named_by_python())


@needs_posix
def test_the_steps_of_the_action(decoys: Decoys, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in decoys.environment(**decoys.named_by_python()).items():
        monkeypatch.setenv(name, value)
    status, _ = run_action(
        decoys.folder, {"paths": "bad.pdf", "from": "GB", "to": "JP"}, steps=slice(1, None)
    )
    assert (status, decoys.ran()) == (1, [])


def shell_lines() -> dict[str, str]:
    """What the templates run before the check, with nothing fetched."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    gitlab = yaml.safe_load((ROOT / "integrations" / "gitlab.yml").read_text(encoding="utf-8"))
    jenkins = (ROOT / "integrations" / "Jenkinsfile").read_text(encoding="utf-8")
    lines = {
        "action": action["runs"]["steps"][1]["run"],
        "gitlab": "\n".join(gitlab["countermark"]["script"][:-1]),
        "jenkins": jenkins.split("'''")[1],
    }
    return {name: text.replace("pip install", "pip --version") for name, text in lines.items()}


@needs_posix
@pytest.mark.parametrize("template", ["action", "gitlab", "jenkins"])
def test_installing_in_the_templates(decoys: Decoys, template: str) -> None:
    lines = shell_lines()[template].replace("venv --clear", "venv --without-pip --clear")
    assert "python" in lines
    # In a fresh environment without pip the program of these tests stands in.
    lines = lines.replace('"$WORKSPACE_TMP/countermark/bin/python"', "python")
    given = {"WORKSPACE_TMP": str(decoys.output), "COUNTERMARK_PACKAGE": "countermark.whl"}
    decoys.run("bash", "-ec", lines, **given, **decoys.named_by_python())


@needs_git
@needs_posix
def test_staged_documents_and_changed_ones_run_no_program_of_the_repository(decoys: Decoys) -> None:
    """Every setting of a repository, and every attribute, that names a program for git to run."""
    command = decoys.folder / "program.sh"
    command.write_text(f"#!/bin/sh\n: > '{decoys.traces / 'program'}'\ncat\n", encoding="utf-8")
    command.chmod(0o755)
    hooks = decoys.folder / ".git" / "hooks"
    environment = {"cwd": decoys.folder, "check": True, "capture_output": True}
    git = shutil.which("git") or "git"
    identity = ["-c", "user.name=Registry", "-c", "user.email=registry@example.invalid"]
    for arguments in (["init", "-q"], ["add", "bad.pdf"], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run([git, *arguments], **environment)  # type: ignore[call-overload]
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout"):
        shutil.copy(command, hooks / hook)
    for setting in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy"),
        *("diff.external", "diff.pdf.command", "diff.pdf.textconv", "filter.pdf.clean", "filter.pdf.smudge"),
        *(
            "filter.pdf.process",
            "alias.diff",
            "gpg.program",
            "credential.helper",
            "uploadpack.packObjectsHook",
        ),
    ):
        subprocess.run([git, "config", setting, str(command)], **environment)  # type: ignore[call-overload]
    (decoys.folder / ".gitattributes").write_text("*.pdf filter=pdf diff=pdf\n", encoding="utf-8")
    os.utime(decoys.folder / "bad.pdf", (1, 1))
    assert "bad.pdf" not in decoys.run(SCRIPT, "check", "--changed-since", "HEAD").stdout
    changed = (decoys.folder / "bad.pdf").read_bytes() + b"\n"
    (decoys.folder / "bad.pdf").write_bytes(changed)
    assert "bad.pdf" in decoys.run(SCRIPT, "check", "--changed-since", "HEAD").stdout
    blob = (
        subprocess.run(
            [git, "hash-object", "-w", "--no-filters", "bad.pdf"],
            **environment,  # type: ignore[call-overload]
        )
        .stdout.decode()
        .strip()
    )
    (decoys.traces / "program").unlink(missing_ok=True)
    index = ["update-index", "--cacheinfo", f"100644,{blob},bad.pdf"]
    subprocess.run([git, *index], **environment)  # type: ignore[call-overload]
    (decoys.traces / "program").unlink(missing_ok=True)
    assert "UK006" in decoys.run(SCRIPT, "check", "--staged").stdout
