"""A tagged PDF like a government policy: headings, tables, lists, and the words of markings on each page."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_BREAK

from countermark.rendering.office import find_office

PAGES = 100
TIERS = (
    ("OFFICIAL", "most information that is created, processed, sent or received in the public sector"),
    ("OFFICIAL-SENSITIVE", "a subset of OFFICIAL that needs additional care of those who handle it"),
    ("SECRET", "very sensitive information that needs protection against determined attackers"),
    ("TOP SECRET", "exceptionally sensitive information that needs the highest protection"),
)
PARAGRAPHS = (
    "The originator decides the classification. Material marked SECRET is not sent outside the department "
    "without the agreement of its originator, whatever section {number} says of its storage.",
    "Where a document holds OFFICIAL and OFFICIAL-SENSITIVE information, the whole bears the marking of its "
    "most sensitive part; a handling instruction tells who may see it, as table {number} shows.",
    "Organisations may add a descriptor, such as COMMERCIAL or PERSONAL, behind OFFICIAL-SENSITIVE. It gives "
    "no further protection, and recipients in other countries may not know what it stands for.",
)
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def policy_pdf(pages: int = PAGES) -> bytes | None:
    """Return such a PDF, printed by LibreOffice; None where there is none."""
    office = find_office()
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "policy.docx")
        source.write_bytes(policy_word_file(pages))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", TAGGED, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return source.with_suffix(".pdf").read_bytes()


def policy_word_file(pages: int) -> bytes:
    """Return the Word file that it is printed from, a section to a page."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "OFFICIAL"
    section.footer.paragraphs[0].text = "OFFICIAL"
    for number in range(1, pages + 1):
        document.add_heading(f"{number}. Handling SECRET and TOP SECRET material", 1)
        for paragraph in PARAGRAPHS:
            document.add_paragraph(paragraph.format(number=number))
        table = document.add_table(rows=0, cols=3, style="Table Grid")
        for row, (tier, meaning) in enumerate(TIERS, 1):
            for cell, text in zip(
                table.add_row().cells, (f"{number}.{row}", tier, meaning.capitalize()), strict=True
            ):
                cell.text = text
        for tier, meaning in TIERS[:3]:
            document.add_paragraph(f"{tier} is for {meaning}.", style="List Bullet")
        if number < pages:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
