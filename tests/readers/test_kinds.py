"""What is not read is named by its kind, with what to do about it."""

from __future__ import annotations

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import ProblemKind, Severity
from countermark.readers.formats import claimed_suffixes
from countermark.readers.kinds import table
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.messages import LANGUAGES, catalogue
from support.word_files import ole_file, zipped

BINARY = bytes(range(256)) * 4
FORMS = {
    "legacy-slides": (ole_file("PowerPoint Document"), "a.ppt"),
    "legacy-sheet": (ole_file("Workbook"), "a.xls"),
    "legacy-drawing": (ole_file("VisioDocument"), "a.vsd"),
    "ichitaro": (ole_file("DocumentText"), "a.jtd"),
    "hangul": (ole_file("HwpSummaryInformation"), "a.hwp"),
    "publisher": (ole_file("Quill"), "a.pub"),
    "wordperfect": (b"\xffWPC" + BINARY, "a.wpd"),
    "binary-sheet": (zipped({"xl/workbook.bin": BINARY}), "a.xlsb"),
    "iwork": (zipped({"Index/Document.iwa": BINARY}), "a.pages"),
    "page-description": (b"%!PS-Adobe-3.0\n" + BINARY, "a.ps"),
    "docuworks": (BINARY, "a.xdw"),
}


def reason(data: bytes, name: str) -> tuple[ProblemKind, str]:
    (problem,) = read(data, name, Limits()).problems
    return problem.kind, problem.reason


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_that_is_not_read_is_named_whatever_its_name_says(kind: str) -> None:
    data, name = FORMS[kind]
    assert reason(data, name) == (ProblemKind.unsupported, f"kind-{kind}")
    if kind != "docuworks":
        assert reason(data, "attachment") == (ProblemKind.unsupported, f"kind-{kind}")


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_says_what_it_is_and_what_to_do(kind: str, lang: str) -> None:
    data, name = FORMS[kind]
    (finding,) = check_document(data, name, load_policy(lang=lang)).findings
    words = catalogue(lang)
    assert (finding.code, finding.severity) == ("READ006", Severity.warning)
    assert words["reasons"][f"kind-{kind}"] in finding.message
    assert words["actions"][f"kind-{kind}"] in finding.fix


def test_a_suffix_belongs_to_one_kind() -> None:
    suffixes = [suffix for kind in table().kinds for suffix in kind.suffixes if not kind.is_text]
    assert sorted(suffixes) == sorted(set(suffixes))


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (suffix, kind.kind)
        for kind in table().kinds
        if kind.holds_documents and not kind.is_text
        for suffix in kind.suffixes
        if suffix not in claimed_suffixes()
    ],
)
def test_a_name_tells_the_kind_of_what_its_content_does_not(suffix: str, kind: str) -> None:
    assert reason(BINARY, f"a{suffix}") == (ProblemKind.unsupported, f"kind-{kind}")
