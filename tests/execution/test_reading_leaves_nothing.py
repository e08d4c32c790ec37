"""Reading writes nothing, starts nothing, connects to nothing, and opens no path that a document names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from support.needs import CORPUS
from support.word_files import paragraph, word_file

ROOT = Path(__file__).resolve().parents[2]


def what_happens(files: list[Path], *roots: Path, temporary: Path) -> list[str]:
    """What a process did that read these files, but for files in `temporary` that it removed again; only
    `roots` and Python's own folders may be read."""
    program = ROOT / "tests" / "support" / "reading_watched.py"
    done = subprocess.run(
        [sys.executable, "-B", str(program), str(ROOT), *map(str, roots), "", *map(str, files)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={**os.environ, "PYTHONPATH": "", "TMPDIR": str(temporary), "TEMP": str(temporary)},
    )
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.corpus
def test_reading_the_corpus_touches_nothing_else(tmp_path: Path) -> None:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    assert what_happens(files, CORPUS, temporary=tmp_path) == [f"read {len(files)}"]


def test_no_path_in_a_document_is_opened(tmp_path: Path) -> None:
    outside, inside, temporary = (tmp_path / name for name in ("outside", "inside", "temporary"))
    for folder in (outside, inside, temporary):
        folder.mkdir()
    named = outside / "named.docx"
    named.write_bytes(word_file(paragraph("SECRET")))
    targets = [str(named), named.as_uri(), "../../outside/named.docx", "http://127.0.0.1:9/named.docx"]
    kinds = ("package", "attachedTemplate", "image", "header", "aFChunk", "subDocument", "oleObject")
    links = {f"r{n}{kind}": (kind, target) for n, target in enumerate(targets) for kind in kinds}
    word = inside / "a.docx"
    more = {"../../outside/evil.xml": "<x/>", "/etc/evil.xml": "<x/>"}
    word.write_bytes(word_file(paragraph("SECRET"), more_links=links, more=more))
    pdf = inside / "a.pdf"
    canvas = Canvas(str(pdf))
    canvas.drawString(72, 700, "SECRET")
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(pdf))
    writer.add_attachment(str(named), b"%PDF-")
    file = DictionaryObject({NameObject("/Type"): NameObject("/Filespec")})
    file[NameObject("/F")] = TextStringObject(str(named))
    action = DictionaryObject({NameObject("/S"): NameObject("/GoToR"), NameObject("/F"): file})
    writer._root_object[NameObject("/OpenAction")] = action
    writer.write(pdf)
    assert what_happens([word, pdf], inside, temporary=temporary) == ["read 2"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "a.docx",
        "a.pdf",
        "inside",
        "named.docx",
        "outside",
        "temporary",
    ]
