"""Word files from their bytes to the codes of their findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from support.word_colours import MAPPING, mapping, plain, theme
from support.word_content import run, table, text
from support.word_files import paragraph, section, word_file

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
BANDS = ("header-default-h", "footer-default-f")


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in check_document(data, "test.docx", POLICY).findings}


def marked(body: str, header: str, footer: str | None = None) -> bytes:
    """A file with the content of its header, and of its footer where that differs."""
    bands = {"h": header, "f": header if footer is None else footer}
    return word_file(body + section(*BANDS), bands=bands)


@pytest.mark.parametrize(
    ("name", "present", "absent"),
    [
        ("mark-01-white-on-shaded-cell.docx", set(), {"DOC001", "DOC016", "HIDE001"}),
        ("mark-17-white-on-white.docx", {"DOC016"}, set()),
        ("mark-18-white-body-line.docx", {"HIDE001"}, {"DOC005"}),
        ("read-06-choice-not-understood.docx", {"HIDE001"}, {"DOC004"}),
        ("read-07-backslash-names.docx", set(), {"READ001", "DOC001"}),
        ("read-02-theme-colours.docx", set(), {"DOC001", "DOC016", "HIDE001"}),
        ("mark-02-even-head-lower.docx", {"DOC007"}, {"DOC006"}),
        ("mark-03-numbered-portions.docx", {"DOC005"}, set()),
        ("mark-06-deleted-portion-plain.docx", {"HIDE001"}, {"DOC005"}),
    ],
)
def test_files_that_once_had_other_findings(name: str, present: set[str], absent: set[str]) -> None:
    path = CASES / name
    if not path.is_file():
        pytest.skip(f"{path} is not at hand")
    found = codes(path.read_bytes())
    assert (present - found, absent & found) == (set(), set())


def test_a_numbered_portion_above_its_page() -> None:
    body = paragraph("1.  (UK SECRET) Sensor range is given at annex C.")
    assert "DOC005" in codes(marked(body, paragraph("UK OFFICIAL-SENSITIVE")))


@pytest.mark.parametrize(
    ("content", "deletion"),
    [
        (run(text("Trial seven ")), "(UK TOP SECRET) source named here"),
        (run(text("UK ")), "TOP SECRET"),
    ],
)
def test_a_deletion_above_what_is_seen(content: str, deletion: str) -> None:
    deleted = f"<w:del w:id='7'><w:r><w:delText>{deletion}</w:delText></w:r></w:del>"
    assert "HIDE001" in codes(marked(f"<w:p>{content}{deleted}</w:p>", paragraph("UK SECRET")))


@pytest.mark.parametrize(
    ("start", "code"), [("", "DOC007"), ('<w:pgNumType w:start="2"/>', "DOC006")], ids=["odd", "even"]
)
def test_the_first_page_is_what_the_document_opens_as(start: str, code: str) -> None:
    bands = ("header-default-h", "footer-default-f", "header-even-hE", "footer-even-fE")
    even, odd = paragraph("UK OFFICIAL"), paragraph("UK SECRET")
    data = word_file(
        paragraph("The bench was calibrated.") + section(*bands, properties=start),
        bands={"h": odd, "f": odd, "hE": even, "fE": even},
        linked={"settings": "<w:evenAndOddHeaders/>"},
    )
    assert codes(data) & {"DOC006", "DOC007"} == {code}


WHITE = '<w:color w:val="FFFFFF"/>'
WHITE_MARK = paragraph("UK SECRET", run=WHITE)


@pytest.mark.parametrize(
    ("body", "header", "present", "absent"),
    [
        pytest.param("", WHITE_MARK, {"DOC016"}, {"DOC001"}, id="white on white"),
        pytest.param(
            "",
            table(f"<w:tcPr>{plain('7A0019')}</w:tcPr>{WHITE_MARK}"),
            set(),
            {"DOC001", "DOC016", "HIDE001"},
            id="white on a dark cell",
        ),
        pytest.param(
            paragraph("UK TOP SECRET", run=WHITE),
            paragraph("UK SECRET"),
            {"HIDE001"},
            {"DOC005"},
            id="in text",
        ),
        pytest.param(
            paragraph("The source is a person.", run='<w:color w:val="000000"/><w:highlight w:val="black"/>'),
            paragraph("UK SECRET"),
            {"HIDE003"},
            set(),
            id="black on black",
        ),
    ],
)
def test_colours_decide_what_is_seen(body: str, header: str, present: set[str], absent: set[str]) -> None:
    data = word_file(
        body + section(*BANDS),
        bands={"h": header, "f": header},
        linked={"settings": mapping(MAPPING)},
        more={"word/theme/theme1.xml": theme()},
        more_links={"theme": ("theme", "theme/theme1.xml")},
    )
    found = codes(data)
    assert (present - found, absent & found) == (set(), set())


def test_what_is_hidden_in_an_unmarked_document_is_said_in_whole_sentences() -> None:
    data = word_file(paragraph("UK SECRET", run="<w:vanish/>"))
    report = check_document(data, "test.docx", POLICY)
    (finding,) = [finding for finding in report.findings if finding.code == "HIDE001"]
    assert finding.message.endswith("the visible document is marked with no classification.")
