"""What one call of the program costs, in processor time of all its processes, and what the work has brought.

    make bench
    python benchmarks/start_up.py COMMIT    beside the program as it was at that commit

The two programs take turns; the median of several rounds counts.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_BREAK

from same import ROOT, git, tree_of
from speed import drawn_pdf, processor_time, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
PAGES, PARAGRAPHS = 3, 20
IN_PROCESS = """
import sys, time
from countermark.checking.check import check_document
from countermark.config.policy import load_policy
policy, data = load_policy(use_config=False), open(sys.argv[1], "rb").read()
for _ in range(3):
    check_document(data, sys.argv[1], policy)
times = []
for _ in range(15):
    start = time.process_time()
    check_document(data, sys.argv[1], policy)
    times.append(time.process_time() - start)
print(sorted(times)[len(times) // 2])
"""


def word_file() -> bytes:
    """A Word file of PAGES pages that bears a marking."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = section.footer.paragraphs[0].text = "UK OFFICIAL-SENSITIVE"
    for number in range(PAGES * PARAGRAPHS):
        document.add_paragraph(sentence(number))
        if number % PARAGRAPHS == PARAGRAPHS - 1:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def environment(tree: Path) -> dict[str, str]:
    """As a user has it, with modules compiled once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(tree / "pipeline")}


def call(tree: Path, *arguments: str) -> float:
    """Milliseconds of one call of the program."""
    start = processor_time()
    command = (sys.executable, "-m", "countermark", *arguments)
    ended = subprocess.run(command, env=environment(tree), capture_output=True)
    if ended.returncode not in (0, 1):
        sys.exit(f"{arguments} ended with {ended.returncode}: {ended.stderr.decode()}")
    return (processor_time() - start) * 1000


def in_process(tree: Path, path: str) -> float:
    """Milliseconds of one check in a process that has loaded all."""
    command = (sys.executable, "-c", IN_PROCESS, path)
    ended = subprocess.run(command, env=environment(tree), check=True, stdout=subprocess.PIPE)
    return float(ended.stdout) * 1000


def compared(name: str, trees: list[Path], measure: Callable[[Path], float]) -> None:
    """Print a row: the figure of each tree, and the last as a share of the first."""
    times: dict[Path, list[float]] = {tree: [] for tree in trees}
    for tree in trees:
        measure(tree)
    for _ in range(ROUNDS):
        for tree in trees:
            times[tree].append(measure(tree))
    figures = [statistics.median(times[tree]) for tree in trees]
    share = f"   {figures[-1] / figures[0]:5.2f} of it" if len(figures) > 1 else ""
    print(f"  {name:<34}" + "".join(f"{figure:10.1f} ms" for figure in figures) + share, flush=True)


def main(commit: str = "") -> None:
    then = [tree_of(git("rev-parse", commit).decode().strip())] if commit else []
    trees = [*then, ROOT]
    print(f"\nOne call of the program{f': at {commit}, now' if commit else ''}")
    with tempfile.TemporaryDirectory() as folder:
        word, pdf = Path(folder, "marked.docx"), Path(folder, "marked.pdf")
        word.write_bytes(word_file())
        pdf.write_bytes(drawn_pdf(PAGES, marking="UK OFFICIAL-SENSITIVE"))
        compared("--version", trees, lambda tree: call(tree, "--version"))
        compared("--help", trees, lambda tree: call(tree, "--help"))
        compared("parse", trees, lambda tree: call(tree, "parse", "UK SECRET"))
        check = ("check", "--no-config")
        compared(f"one .docx, {PAGES} pages", trees, lambda tree: call(tree, *check, str(word)))
        compared(f"one PDF, {PAGES} pages", trees, lambda tree: call(tree, *check, str(pdf)))
        compared("the .docx in process, warm", trees, lambda tree: in_process(tree, str(word)))
        compared("the PDF in process, warm", trees, lambda tree: in_process(tree, str(pdf)))


if __name__ == "__main__":
    main(*sys.argv[1:])
