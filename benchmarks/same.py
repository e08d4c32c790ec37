"""Whether reports are what they were at another commit, document by document.

    python benchmarks/same.py [COMMIT [PATH...]]

COMMIT is where this branch left `main` if it isn't given; the paths are our own documents where none is. What
that commit says of them is kept below `build/same`. Ends with 1 where a report differs.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "same"
PATHS = ("samples", "tests/documents")

Reports = dict[str, Any]


def git(*arguments: str) -> bytes:
    """Return what git answers. Raises CalledProcessError."""
    return subprocess.run(("git", "-C", str(ROOT), *arguments), check=True, stdout=subprocess.PIPE).stdout


def tree_of(commit: str) -> Path:
    """Return a folder with the files of a commit."""
    folder = KEPT / commit
    if not folder.is_dir():
        with tarfile.open(fileobj=io.BytesIO(git("archive", commit, "pipeline", "rules"))) as files:
            files.extractall(folder, filter="data")
    return folder


def reports_by(tree: Path, path: str, output: Path) -> Reports:
    """Return the reports that the program in `tree` makes on the documents below `path`, by their names."""
    output.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "countermark",
        "check",
        path,
        "--format",
        "json",
        "--output",
        str(output),
    ]
    start = sum(os.times()[2:4])
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tree / "pipeline")}, stderr=subprocess.PIPE
    )
    if ended.returncode not in (0, 1, 3):
        sys.exit(f"{path}: the check ended with {ended.returncode}: {ended.stderr.decode()}")
    print(f"  {path}: {sum(os.times()[2:4]) - start:.1f} s of processor time in {tree.name or tree}")
    return {report["path"]: report for report in json.loads(output.read_bytes())["documents"]}


def differences(before: Reports, now: Reports) -> list[str]:
    """Return a line for each document of which the two say different things."""
    told = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            told.append(f"{name}: {'not there before' if old is None else 'no longer there'}")
        elif old != new:
            gone, come = ({finding["code"] for finding in report["findings"]} for report in (old, new))
            fields = [field for field in new if old.get(field) != new[field]]
            told.append(
                f"{name}: {old['verdict']} -> {new['verdict']}, "
                f"findings gone {sorted(gone - come)}, new {sorted(come - gone)}, in {fields}"
            )
    return told


def main(commit: str = "", *paths: str) -> int:
    base = git("rev-parse", commit or git("merge-base", "HEAD", "main").decode().strip()).decode().strip()
    tree, told, count = tree_of(base), [], 0
    for path in paths or PATHS:
        name = f"{path.strip('./').replace('/', '-')}.json"
        kept = tree / "reports" / name
        before = (
            {report["path"]: report for report in json.loads(kept.read_bytes())["documents"]}
            if kept.is_file()
            else reports_by(tree, path, kept)
        )
        now = reports_by(ROOT, path, KEPT / "now" / name)
        count += len(now)
        told += differences(before, now)
    print(*told, sep="\n")
    print(f"{time.strftime('%H:%M')} {count} documents, {len(told)} differ from {base[:10]}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
