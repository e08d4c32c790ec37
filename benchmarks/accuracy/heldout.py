"""A second family of documents, set by other means: Word files made with python-docx (its own template,
styles, tables, landscape sections), and the PDF files that LibreOffice makes of them. Nothing is tuned on
them."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from pypdf import PdfReader

from accuracy.clean import clean_marking
from accuracy.documents import date_line
from accuracy.mangle import mangled_marking
from accuracy.paper import Places
from accuracy.prose import filler
from accuracy.truth import Kind, Sample, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accuracy.truth import Placed

FAMILY = "held out"
SUBJECTS = {
    "en": ("Purpose", "Background", "Findings", "Next steps"),
    "ja": ("目的", "経緯", "結果", "今後の予定"),
}
_GAP = {"en": "Reference\t\t", "ja": "資料番号\t\t"}


def held_out_samples(count: int, seed: int) -> Iterator[Sample]:
    """`count` Word files, and their PDF forms where LibreOffice is at hand."""
    made = [_word_sample(number, seed) for number in range(count)]
    yield from made
    office = shutil.which("soffice")
    if office:
        yield from _as_pdf(made, office)


def _word_sample(number: int, seed: int) -> Sample:
    chance = Random(f"{seed}/held out/{number}")
    written = clean_marking(chance)
    kind = Kind.clean if number % 3 else Kind.mangled
    if kind is Kind.mangled:
        written = mangled_marking(written, chance)
    document = docx.Document()
    places = Places(strict=True)
    sections = _fill(document, written, chance)
    for section in range(1, sections + 1):
        places.put(written, (section, "default"), "header")
        places.put(written, (section, "default"), "footer")
    target = io.BytesIO()
    document.save(target)
    name = f"heldout-{number:04}.docx"
    placed = tuple(places.placed)
    return Sample(name, target.getvalue(), FAMILY, written.language, kind, placed, setting=written.form)


def _fill(document: Any, written: Written, chance: Random) -> int:
    """Text, a table and bands; the number of sections."""
    language = written.language
    _bands(document.sections[0], written, chance)
    document.add_paragraph(date_line(written.day, language, chance))
    document.add_heading(filler(language, chance)[:40].split("\t")[0].lower(), level=0)
    for subject in chance.sample(SUBJECTS[language], 3):
        document.add_heading(subject, level=1)
        for _ in range(chance.randint(1, 5)):
            style = chance.choice(("Normal", "Normal", "List Bullet", "List Number"))
            document.add_paragraph(filler(language, chance), style=style)
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for row in table.rows:
        for cell in row.cells:
            cell.text = filler(language, chance)[:24]
    if chance.random() < 0.7:
        return 1
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for _ in range(3):
        document.add_paragraph(filler(language, chance))
    return 2


def _bands(section: Any, written: Written, chance: Random) -> None:
    form = chance.choice(("centre", "centre", "three cells", "style tabs", "right"))
    for band in (section.header, section.footer):
        if form == "three cells":
            table = band.add_table(rows=1, cols=3, width=Pt(430))
            table.cell(0, 0).text = _GAP[written.language].strip()
            table.cell(0, 1).text = "\n".join(written.lines)
            table.cell(0, 2).text = "1"
            continue
        for number, line in enumerate(written.lines):
            paragraph = band.paragraphs[0] if number == 0 else band.add_paragraph()
            if form == "style tabs":
                paragraph.add_run("\t")
            else:
                paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, "CENTER" if form == "centre" else "RIGHT")
            for piece in line if written.split else (line,):
                paragraph.add_run(piece).bold = True


def _as_pdf(samples: list[Sample], office: str) -> Iterator[Sample]:
    """The samples as LibreOffice prints them: the marking at head and foot of every page."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples:
            (Path(folder) / sample.name).write_bytes(sample.data)
        files = [str(Path(folder) / sample.name) for sample in samples]
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        for sample in samples:
            data = (Path(folder) / sample.name).with_suffix(".pdf").read_bytes()
            yield _printed(sample, data)


def _printed(sample: Sample, data: bytes) -> Sample:
    pages = len(PdfReader(io.BytesIO(data)).pages)
    places = Places()
    for written in {placed.written for placed in sample.placed}:
        for page in range(1, pages + 1):
            places.put(written, page, "header")
            places.put(written, page, "footer")
    name = sample.name.replace(".docx", ".pdf")
    placed: tuple[Placed, ...] = tuple(places.placed)
    return Sample(name, data, FAMILY, sample.language, sample.kind, placed, setting=sample.setting)
