"""A Word file and its own print give the same findings.

LibreOffice prints the samples and files of every layout, in one call. `tests/golden/printed-alike.tsv` names
the documents for which the codes differ, which, and why.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from support.libreoffice import convert
from support.word_content import run, text
from support.word_files import section, word_file
from support.word_layouts import (
    CENTRED,
    EVEN_AND_ODD,
    LISTED,
    NEW_PAGE,
    PAPER,
    TEXT,
    anchored,
    body,
    box,
    document,
    framed,
    lines,
    marked,
    table,
    vml_box,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parents[1]
SAMPLES = sorted((TESTS.parent / "samples" / "exchange").rglob("*.docx"))
TABLE = TESTS / "golden" / "printed-alike.tsv"
POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), originator="GB", recipient="JP")

TWO_LINES = "UK SECRET\nRELEASABLE TO JAPAN"
STAMP = lines("極秘")
REGISTER = (("No", "Title", "Class"), ("1", "Pump", "SECRET"), ("2", "Seal", "OFFICIAL"))
TITLE_BLOCK = (
    ("DRAWN", "A. Smith", "SCALE 1:2"),
    ("CHECKED", "B. Jones", TWO_LINES),
    ("TITLE", "Pump", "SHEET 1"),
)
FLOATING = '<w:tblpPr w:vertAnchor="page" w:tblpY="600" w:horzAnchor="page" w:tblpX="6000"/>'
OF_PAGE = "mso-position-vertical-relative:page;mso-position-horizontal-relative:page;margin-left:300pt"


def stamped(*places: str, wrap: str = "None") -> str:
    """Text that stamps in text boxes are anchored to."""
    return anchored(*(box(STAMP, place, wrap=wrap) for place in places)) + body()


def in_table(*columns: str) -> bytes:
    head = table(columns)
    return document(body(), head, head)


def listed(form: str, label: str, text: str) -> bytes:
    level = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/>'
    abstract = f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    numbering = f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    paragraphs = (lines(text + sentence, properties=LISTED) for sentence in TEXT)
    return marked("".join(paragraphs), "UK OFFICIAL", numbering=numbering)


def tracked(kind: str) -> bytes:
    content = run(
        f"<w:{'delText' if kind == 'del' else 't'}>(UK SECRET) </w:{'delText' if kind == 'del' else 't'}>"
    )
    change = f'<w:{kind} w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">{content}</w:{kind}>'
    return marked(f"<w:p>{change}{run(text(TEXT[0]))}</w:p>{body(3)}", "UK OFFICIAL")


def of_kinds(kind: str, other: str) -> bytes:
    """Two pages: the default ones are marked UK SECRET, those of the other kind otherwise."""
    parts = {
        name: lines(marking, properties=CENTRED)
        for name, marking in (("h", "UK SECRET"), ("f", "UK SECRET"), ("hx", other), ("fx", other))
    }
    names = ("header-default-h", "footer-default-f", f"header-{kind}-hx", f"footer-{kind}-fx")
    ends = section(*names, properties=PAPER, title_page=kind == "first")
    return word_file(
        body() + NEW_PAGE + body() + ends, bands=parts, linked={"settings": EVEN_AND_ODD * (kind == "even")}
    )


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "plain": lambda: marked(body()),
    "two lines": lambda: marked(body(), TWO_LINES),
    "header in a table": lambda: in_table("Works\nRange office", TWO_LINES, "Ref 4\nIssue 3"),
    "header in a table, dash": lambda: in_table("Works", "UK SECRET -\nRECIPIENTS ONLY", "Ref 4\nIssue 3"),
    "header in a table, word": lambda: in_table("Works\nRange office", "UK\nSECRET", "Ref 4\nIssue 3"),
    "header in rows": lambda: document(
        body(), *[table(("Doc", "UK SECRET"), ("Issue", "RELEASABLE TO JAPAN"), ("Page", "1"))] * 2
    ),
    "header with a label": lambda: document(body(), *[table(("Classification", "UK SECRET"))] * 2),
    "header with tabs": lambda: document(
        body(), *[lines("Ref 4|UK SECRET|Issue 2").replace("|", "</w:t><w:tab/><w:t>")] * 2
    ),
    "stamps by page": lambda: document(stamped("page 30", "page 780")),
    "stamps by margins": lambda: document(stamped("topMargin 20", "bottomMargin 20")),
    "stamps by text area": lambda: document(stamped("margin -50", "margin bottom")),
    "stamps aligned": lambda: document(stamped("page top", "page bottom")),
    "stamp by paragraph": lambda: document(stamped("paragraph -40"), foot=STAMP),
    "stamp with text around": lambda: document(
        stamped("page 75", wrap='Square wrapText="bothSides"'), foot=STAMP
    ),
    "stamp of two lines": lambda: document(
        anchored(box(lines("日本国", "極秘"), "page 30", height=50)) + body(), foot=lines("日本国 極秘")
    ),
    "stamp in VML": lambda: document(
        anchored(vml_box(STAMP, f"margin-top:30pt;{OF_PAGE}")) + body(), foot=STAMP
    ),
    "stamp on the first of two pages": lambda: document(stamped("page 30") + NEW_PAGE + body(), foot=STAMP),
    "stamp on every page": lambda: document(stamped("page 30") + NEW_PAGE + stamped("page 30"), foot=STAMP),
    "stamp on a long text": lambda: document(stamped("page 30") + body(120), foot=STAMP),
    "stamp in the text": lambda: document(body(4) + stamped("paragraph 0")),
    "frames": lambda: document(framed("UK SECRET", "page 30") + body() + framed("UK SECRET", "page 790")),
    "frame of two lines": lambda: document(
        framed(TWO_LINES, "page 30") + body(), foot=lines(*TWO_LINES.splitlines())
    ),
    "floating table": lambda: document(
        body(3) + table((TWO_LINES,), widths=(200,), place=FLOATING) + body(3),
        foot=lines(*TWO_LINES.splitlines()),
    ),
    "title block": lambda: document(body(3) + table(*TITLE_BLOCK)),
    "title block as footer": lambda: document(body(3), foot=table(*TITLE_BLOCK)),
    "boxed example": lambda: document(body(3) + table(("SECRET",), widths=(120,)) + body(3)),
    "boxed British example": lambda: document(body(3) + table(("UK SECRET",), widths=(120,)) + body(3)),
    "register": lambda: document(body(3) + table(*REGISTER) + body(3)),
    "register in a marked document": lambda: marked(body(3) + table(*REGISTER) + body(3)),
    "cells as stamps": lambda: document(table(("UK SECRET",)) + body(10) + table(("UK SECRET",))),
    "cell as Japanese stamp": lambda: document(table(("極秘",), widths=(100,)) + body(10)),
    "portions after numbers": lambda: marked(
        lines(
            *(
                f"{label} (UK SECRET) {said}"
                for label, said in zip(("1.", "2.", "(a)", "•"), TEXT, strict=True)
            )
        ),
        "UK OFFICIAL",
    ),
    "portions in a list": lambda: listed("decimal", "%1.", "(UK SECRET) "),
    "portions in bullets": lambda: listed("bullet", "•", "(UK SECRET) "),
    "portions in labels": lambda: listed("decimal", "%1. (UK SECRET)", ""),
    "inserted portion": lambda: tracked("ins"),
    "deleted portion": lambda: tracked("del"),
    "two columns": lambda: word_file(
        lines("UK SECRET") + body(40) + section("header-default-h", properties=f'{PAPER}<w:cols w:num="2"/>'),
        bands={"h": lines("UK SECRET", properties=CENTRED)},
    ),
    "even pages lower": lambda: of_kinds("even", "UK OFFICIAL"),
    "first page higher": lambda: of_kinds("first", "UK TOP SECRET"),
}


class Difference(NamedTuple):
    """Codes that only the Word file gives and only its print, and why."""

    word: frozenset[str]
    printed: frozenset[str]
    why: str


def known() -> dict[str, Difference]:
    with TABLE.open(encoding="utf-8") as file:
        return {
            row["document"]: Difference(
                frozenset(row["word"].split()), frozenset(row["print"].split()), row["why"]
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


@pytest.fixture(scope="module")
def prints(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Each document with its print."""
    folder = tmp_path_factory.mktemp("printed")
    files = {path.stem: path for path in SAMPLES}
    for name, make in LAYOUTS.items():
        files[name] = folder / f"{name}.docx"
        files[name].write_bytes(make())
    printed = convert(office, folder, list(files.values()), "pdf")
    return {name: (path, printed[name]) for name, path in files.items()}


def codes(path: Path) -> set[str]:
    report = check_document(path.read_bytes(), f"paper{path.suffix}", POLICY)
    return {finding.code for finding in report.findings}


def test_there_are_enough_documents_and_no_unknown_exceptions() -> None:
    names = {path.stem for path in SAMPLES} | LAYOUTS.keys()
    assert len(names) == len(SAMPLES) + len(LAYOUTS) >= 40
    assert known().keys() <= names
    assert all(difference.why for difference in known().values())


@pytest.mark.slow
@pytest.mark.parametrize("name", [*(path.stem for path in SAMPLES), *LAYOUTS])
def test_a_print_gives_the_findings_of_its_file(name: str, prints: dict[str, tuple[Path, Path]]) -> None:
    word, printed = (codes(path) for path in prints[name])
    expected = known().get(name, Difference(frozenset(), frozenset(), ""))
    assert word - printed == expected.word
    assert printed - word == expected.printed
