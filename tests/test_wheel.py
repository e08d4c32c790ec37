"""The wheel alone, away from the checkout: rules and all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "exchange" / "outgoing-uk" / "trials-programme.pdf"


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Built, installed in a new environment, run elsewhere. The libraries that it needs come from the
    environment of the tests, which holds no copy of countermark but a link to the checkout."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [
        str(scripts / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    [site] = (tmp_path / "env").rglob("site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    done = subprocess.run(
        [str(scripts / "countermark"), "check", "--format", "json", str(SAMPLE)],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    [document] = json.loads(done.stdout)["documents"]
    assert [finding["code"] for finding in document["findings"]] == ["UK006"]
    assert done.returncode == 1
    where = "import countermark.support.yaml_files as data; print(data.data_folder())"
    folder = subprocess.run(
        [str(scripts / "python"), "-c", where], cwd=tmp_path, capture_output=True, check=True
    )
    assert str(tmp_path) in folder.stdout.decode()
