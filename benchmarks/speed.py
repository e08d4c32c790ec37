"""How fast `check` is, beside the libraries it stands on, measured in one run on documents made here.

    make bench                               all of it
    python benchmarks/speed.py drawn word    these rows

Prints the median of several rounds, in processor time; the ratios hold better than the absolute figures.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import psutil
import pypdf
import pypdfium2
from docx.shared import Pt
from lxml import etree
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.readers.read import read
from countermark.support.limits import Limits
from policy_pdf import policy_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.config.policy import Policy

PAGES, LINES, ROUNDS = 200, 45, 5
GSCP = Path(__file__).resolve().parents[2] / "shared" / "standards" / "uk-gscp-2024-08-05.pdf"
"""The Government Security Classifications Policy, where it is beside the checkout."""
WORDS = [
    *("interface", "unit", "annex", "load", "rig", "spring", "series", "autumn", "delivery", "programme"),
    *(
        "engineer",
        "record",
        "clamp",
        "pressure",
        "margin",
        "valve",
        "harness",
        "sensor",
        "mounting",
        "bracket",
    ),
    *("supply", "test", "report", "figure", "table", "method", "result", "review", "action", "schedule"),
]
LEAST_SECONDS = 0.02
STYLES = ("List Number", "Body Text", "Body Text")
"""Of formatted paragraphs, in turn."""
WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def sentence(number: int) -> str:
    """A line of some eighty characters; no two numbers give the same."""
    words = [
        WORDS[(number * step + step * step) % len(WORDS)]
        for step in (1, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    ]
    return " ".join([words[number % 5], *words])


def drawn_pdf(pages: int = PAGES, *, marking: str = "UK SECRET", hiding: bool = False) -> bytes:
    """A PDF of so many pages, LINES lines each, with the marking at head and foot; where it is `hiding`, each
    page also has an invisible line, a white one, a word under a box, white words on a box and a shaded
    table."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    width, height = A4
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawCentredString(width / 2, height - 30, marking)
        canvas.drawCentredString(width / 2, 20, marking)
        canvas.setFont("Helvetica", 9)
        canvas.drawRightString(width - 40, 20, f"Page {number} of {pages}")
        if hiding:
            draw_shades(canvas, height)
        for line in range(LINES):
            canvas.drawString(50, height - 80 - line * 15, sentence(number * LINES + line))
        if hiding:
            draw_hidden_text(canvas, height)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def draw_shades(canvas: Canvas, height: float) -> None:
    """The grounds of every other row of a table, and a dark bar."""
    for row in range(0, LINES, 2):
        canvas.setFillGray(0.9)
        canvas.rect(48, height - 83 - row * 15, 300, 13, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0.2, 0.4)
    canvas.rect(40, height - 62, 200, 16, fill=1, stroke=0)
    canvas.setFillGray(0)


def draw_hidden_text(canvas: Canvas, height: float) -> None:
    lines = canvas.beginText(60, 60)
    lines.setTextRenderMode(3)
    lines.textOut("an invisible line of some length")
    canvas.drawText(lines)
    canvas.setFillGray(1)
    canvas.drawString(300, 60, "a white line of some length")
    canvas.drawString(48, height - 58, "white words on a dark bar")
    canvas.setFillGray(0)
    canvas.rect(100, height - 83 - 20 * 15, 60, 13, fill=1, stroke=0)


def word_file(marking: str = "UK SECRET", *, formatted: bool = False) -> bytes:
    """A Word file of about PAGES pages, 2,000 paragraphs, with the marking in its header and footer;
    `formatted`: with styles, lists and formatting on each run, as people write."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = marking
    section.footer.paragraphs[0].text = marking
    for number in range(2000):
        paragraph = document.add_paragraph(style=STYLES[number % 3] if formatted else None)
        if formatted:
            paragraph.paragraph_format.space_after = Pt(6)
        for part in range(3):
            run = paragraph.add_run(f"{sentence(number * 3 + part)}. ")
            if formatted:
                run.font.size, run.font.name, run.bold = Pt(11), "Arial", part == 1
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdfium_text(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
        page.close()
    document.close()


def pypdf_text(data: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def python_docx_text(data: bytes) -> None:
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        _ = paragraph.text


def lxml_text(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for _ in root.iter(WORD_TEXT):
        pass
    "".join(root.itertext(WORD_TEXT))


def peak_memory(data: bytes) -> int:
    """The most memory that a process of its own held while it read the document, MiB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_read_and_weigh, (data,))


def _read_and_weigh(data: bytes) -> int:
    read(data, "bench.pdf", Limits())
    memory = psutil.Process().memory_info()
    if sys.platform == "win32":
        return memory.peak_wset >> 20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


def lxml_text_of_all_parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.endswith((".xml", ".rels")):
                "".join(etree.fromstring(content).itertext())


def pdftotext(data: bytes) -> None:
    """The text by Poppler, in a process of its own, whose start counts too."""
    subprocess.run(("pdftotext", "-", "-"), input=data, check=True, stdout=subprocess.DEVNULL)


def processor_time() -> float:
    """Seconds of processor time of this process and those that it has waited for."""
    try:
        import resource
    except ImportError:
        return sum(os.times()[:4])
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measured(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of processor time of each task, the median of ROUNDS rounds in which the tasks take turns.

    A short task is done several times a round.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start, done = processor_time(), 0
            while done == 0 or processor_time() - start < LEAST_SECONDS:
                task()
                done += 1
            times[name].append((processor_time() - start) * 1000 / done)
    return {name: statistics.median(values) for name, values in times.items()}


def show(title: str, figures: dict[str, float], per: int, unit: str) -> None:
    whole = figures["countermark check"]
    print(f"\n{title}")
    for name, milliseconds in figures.items():
        ratio = whole / milliseconds
        each = f"{milliseconds / per:8.2f} ms/{unit}"
        print(f"  {name:<28} {milliseconds:9.1f} ms {each}   check takes {ratio:5.2f}x", flush=True)


def pdf_tasks(pdf: bytes, policy: Policy) -> dict[str, Callable[[], object]]:
    others = {"pdftotext": lambda: pdftotext(pdf)} if shutil.which("pdftotext") else {}
    return {
        "countermark check": lambda: check_document(pdf, "bench.pdf", policy),
        "  of that, reading": lambda: read(pdf, "bench.pdf", policy.config.limits),
        "pypdfium2 plain text": lambda: pdfium_text(pdf),
        **others,
    }


def word_tasks(word: bytes, policy: Policy) -> dict[str, Callable[[], object]]:
    return {
        "countermark check": lambda: check_document(word, "bench.docx", policy),
        "  of that, reading": lambda: read(word, "bench.docx", policy.config.limits),
        "python-docx paragraph.text": lambda: python_docx_text(word),
        "lxml itertext, main part": lambda: lxml_text(word),
        "lxml itertext, all parts": lambda: lxml_text_of_all_parts(word),
    }


def drawn(policy: Policy) -> None:
    pdf = drawn_pdf()
    tasks = {**pdf_tasks(pdf, policy), "pypdf extract_text": lambda: pypdf_text(pdf)}
    show(f"PDF, {PAGES} pages of {LINES} lines", measured(tasks), PAGES, "page")


def hidden(policy: Policy) -> None:
    figures = measured(pdf_tasks(drawn_pdf(hiding=True), policy))
    show("PDF, the same with hidden text and shades on each page", figures, PAGES, "page")


def policies(policy: Policy) -> None:
    made = policy_pdf()
    if made is None:
        print("\nTagged PDF like a policy: LibreOffice is not installed")
    else:
        figures = measured(pdf_tasks(made, policy))
        show(
            "Tagged PDF like a policy, markings on each page",
            figures,
            len(pypdfium2.PdfDocument(made)),
            "page",
        )
    if GSCP.is_file():
        real = GSCP.read_bytes()
        figures = measured(pdf_tasks(real, policy))
        show(f"{GSCP.name}, a real policy", figures, len(pypdfium2.PdfDocument(real)), "page")


def memory(policy: Policy) -> None:  # noqa: ARG001
    print(f"\nPDF, {10 * PAGES} pages: {peak_memory(drawn_pdf(10 * PAGES))} MiB at most in one process")


def word(policy: Policy) -> None:
    for title, made in (
        (f"Word, 2,000 paragraphs, about {PAGES} pages", word_file()),
        ("Word, the same with styles, lists and formatted runs", word_file(formatted=True)),
    ):
        show(title, measured(word_tasks(made, policy)), PAGES, "page")


ROWS = {"drawn": drawn, "hidden": hidden, "policies": policies, "memory": memory, "word": word}


def main(*names: str) -> None:
    policy = load_policy()
    for name in names or ROWS:
        ROWS[name](policy)


if __name__ == "__main__":
    main(*sys.argv[1:])
