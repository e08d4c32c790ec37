"""File names that attack a terminal, a shell, a log, a table or a parser: each document is judged and
every form of report is still its form."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.reporting.formats.registry import ReportFormat

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse most of these names")
CONTROLS = (
    "\x01",
    "\x07",
    "\x08",
    "\t",
    "\n",
    "\r",
    "\x0b",
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x7f",
    "\x85",
    "\x9b31m",
)
FORMATS = (
    "\u200b",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\u00ad",
)
WORDS = (
    *(
        "-rf",
        "--config=x",
        "-",
        "--",
        "@file",
        "~",
        "~root",
        "%0a",
        "%00",
        "%s%n",
        "::error::x",
        "##[error]x",
    ),
    *(
        "::set-output name=x::y",
        "$(touch ran)",
        "`touch ran`",
        "${HOME}",
        "a;touch ran",
        "a|b",
        "a&b",
        "a>b",
        "a<b",
    ),
    *(
        "'",
        '"',
        "\\",
        "\\n",
        "*",
        "?",
        "[a]",
        "{a,b}",
        "!",
        "#",
        "=1+1",
        "+1",
        "@SUM(1)",
        "＝1",
        "CON",
        "NUL",
        "COM1",
    ),
    *(
        "a:b",
        "C:",
        "a.",
        "a ",
        " a",
        "...",
        "]]>",
        "<img src=x onerror=alert(1)>",
        "&amp;",
        "&#10;",
        "<testcase",
    ),
    *(
        "{marking}",
        "[red]x[bold]",
        "%(name)s",
        "é",
        "e\u0301",
        "שלום",
        "秘密",
        "計画",
        "🏴",
        "\U000e0041",
        "n" * 240,
    ),
)
NAMES = [os.fsencode(f"{word}.pdf") for word in (*CONTROLS, *FORMATS, *WORDS)]
NAMES += [
    b"\xff.pdf",
    b"\xc3\x28.pdf",
    b"\xed\xa0\x80.pdf",
    b"\x82\xa0.pdf",
    b"a.pdf ",
    b"b.pdf.",
    b"no suffix",
]


def test_each_document_is_judged_and_every_form_is_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    canvas = Canvas("one", pagesize=A4, invariant=True)
    for height in (A4[1] - 30, 25):
        canvas.drawCentredString(A4[0] / 2, height, "UK Secret")
    canvas.save()
    for name in NAMES:
        Path("in", os.fsdecode(name)).write_bytes(Path("one").read_bytes())
    assert len(NAMES) == len(list(Path("in").iterdir())) >= 60
    forms = [f"--report={form.value}=out.{form.value}" for form in ReportFormat]
    options = ["--images", "none", "--from", "GB", "--to", "JP", "--fail-on", "never", *forms]
    assert main(["check", "in", *options]) == 0
    shown = capsysbinary.readouterr()
    assert shown.err == b""
    assert not Path("ran").exists()
    written = {form: Path(f"out.{form.value}").read_bytes() for form in ReportFormat}
    count = len(NAMES)

    documents = json.loads(written[ReportFormat.json])["documents"]
    assert len({document["path"] for document in documents}) == count
    assert all([one["code"] for one in document["findings"]] == ["UK005"] for document in documents)
    assert len(written[ReportFormat.jsonl].splitlines()) == count + 1
    assert len(json.loads(written[ReportFormat.sarif])["runs"][0]["results"]) == count
    issues = json.loads(written[ReportFormat.gitlab])
    assert sum(issue["check_name"] == "UK005" for issue in issues) == count
    assert len(ElementTree.fromstring(written[ReportFormat.junit]).findall(".//testcase")) == count
    rows = list(csv.reader(io.StringIO(written[ReportFormat.csv].decode("utf-8-sig"), newline="")))
    assert len(rows) == count + len(("names of the columns", "configuration"))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    commands = [
        line for line in written[ReportFormat.github].decode().splitlines() if line.lstrip().startswith("::")
    ]
    assert sum("title=UK005" in line for line in commands) == count
    assert all(re.match(r"::(warning|notice|error) [^:]*::", line) for line in commands)
    assert not any(re.match(r"\s*(::|##\[)", line) for line in shown.out.decode().splitlines())
    with zipfile.ZipFile("out.xlsx") as book:
        for part in book.namelist():
            ElementTree.fromstring(book.read(part))
    assert b"<img src=x onerror" not in written[ReportFormat.html]
    for form in (ReportFormat.text, ReportFormat.github, ReportFormat.csv, ReportFormat.junit):
        text = written[form].decode("utf-8-sig").replace("\r\n", "\n")
        left = {
            character
            for character in text
            if unicodedata.category(character) in ("Cc", "Cf") and character != "\n"
        }
        assert left == set(), form
    assert shown.out == written[ReportFormat.text]
