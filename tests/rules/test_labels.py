"""Metadata labels: of messages and third parties, in several places, promised encryption, and in the
configuration.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import create_string_object

from countermark import check_document, load_policy
from countermark.checking.check import check_read
from countermark.checking.rule_examples import document_of
from countermark.model import Label, ProblemKind, Property
from countermark.readers.labels import once_each
from countermark.readers.pdf.values import text_of
from countermark.readers.read import read
from countermark.rules.rule import ExampleDocument
from countermark.support.errors import CountermarkError
from support.messages import message
from support.sketched import GUID
from support.sketched_pdf import pdf_of
from support.sketched_word import word_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.model import Document, DocumentReport, Finding

POLICY = load_policy(originator="GB", recipient="JP", as_of=date(2026, 5, 12), lang="en")
BODY = "UK SECRET\n\nThe range is as stated.\n\nUK SECRET"
MARKED = ExampleDocument(mark="UK SECRET")


def mail(header: str = "", subject: str = "UK SECRET - Test of the rig") -> DocumentReport:
    return check_document(message(BODY, subject, headers=header), "m.eml", POLICY)


def meta(report: DocumentReport) -> dict[str, Finding]:
    return {finding.code: finding for finding in report.findings if finding.code[:3] in ("MET", "EX0")}


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("X-Protective-Marking: UK SECRET", set()),
        ("X-Protective-Marking: 極秘", set()),
        ("X-Protective-Marking: UK OFFICIAL", {"META001"}),
        ("X-Protective-Marking: 秘", {"META001"}),
        ("X-Protective-Marking: NS=gov.uk, SEC=SECRET", set()),
        ("X-Protective-Marking: VER=1, NS=mod.gov.uk, SEC=OFFICIAL", {"META001"}),
        ("X-Protective-Marking: VER=2018.4, NS=gov.au, SEC=SECRET, ORIGIN=a@defence.gov.au", {"EX006"}),
        ("X-Protective-Marking: VER=2018.4, NS=gov.au, SEC=OFFICIAL:Sensitive", {"EX006"}),
        ("X-Protective-Marking: SEC=PROTECTED", {"EX006"}),
        ("X-Protective-Marking: NATO RESTRICTED", {"EX006"}),
        ('SIO-Label: type=":ess"; marking="UK OFFICIAL"; fgcolor=black', {"META001"}),
    ],
)
def test_a_label_in_a_header_is_judged_by_the_scheme_that_it_is_of(header: str, codes: set[str]) -> None:
    assert meta(mail(f"{header}\r\n")).keys() == codes


@pytest.mark.parametrize("label", ["[SEC=SECRET]", "[SEC=OFFICIAL:Sensitive]", "[SEC=PROTECTED]"])
def test_an_australian_label_in_the_subject_is_one_finding_and_leaves_the_marking_british(label: str) -> None:
    report = mail(subject=f"UK SECRET - {label}")
    (finding,) = meta(report).values()
    assert (finding.code, finding.evidence) == ("EX006", (label,))
    assert ("UK SECRET", "GB") in {(marking.text, marking.country) for marking in report.markings}


@pytest.mark.parametrize("mark", ["UK SECRET", "UK OFFICIAL-SENSITIVE", "日本国 極秘"])
@pytest.mark.parametrize(
    ("label", "rank"), [("UK SECRET", 4), ("極秘", 4), ("UK OFFICIAL", 1), ("UK TOP SECRET", 5)]
)
@pytest.mark.parametrize("write", [pdf_of, word_of], ids=["pdf", "word"])
def test_labels_of_the_other_country_are_compared_by_common_rank(
    write: Callable[[ExampleDocument], bytes], label: str, rank: int, mark: str
) -> None:
    data = write(ExampleDocument(mark=mark, labels={"Classification": label}))
    report = check_document(data, "document", POLICY)
    shown = max(marking.grade or 0 for marking in report.markings)
    assert ("META001" in meta(report)) == (shown != rank)


def labelled(*labels: Label, **more: object) -> Document:
    return msgspec.structs.replace(document_of(MARKED, "d.docx"), labels=labels, **more)


@pytest.mark.parametrize("bits", range(16))
def test_a_label_that_says_that_it_encrypted_is_believed_only_where_something_is(bits: int) -> None:
    data = word_of(ExampleDocument(mark="UK SECRET", labels={"MSIP_Label": "UK SECRET"}, content_bits=bits))
    found = meta(check_document(data, "d.docx", POLICY)).get("META003")
    assert ("encryption" in found.message if found else False) == bool(bits & 8)
    assert ("watermark" in found.message if found else False) == bool(bits & 4)


def test_a_message_of_which_a_part_is_encrypted_keeps_the_promise() -> None:
    label = Label(name=f"MSIP_Label_{GUID}", text="UK SECRET", source="message header", content_bits=8)
    locked = document_of(ExampleDocument(problem=ProblemKind.encrypted), "message.rpmsg")
    assert "META003" not in meta(check_read(labelled(label, children=(locked,)), POLICY))
    assert "META003" in meta(check_read(labelled(label), POLICY))


def test_a_label_is_told_once_with_all_its_places_and_what_removes_it() -> None:
    name = f"MSIP_Label_{GUID}"
    places = ("docProps/custom.xml", "customXml/item1.xml")
    labels = once_each(Label(name=name, text="UK OFFICIAL", source=at, tool="sensitivity") for at in places)
    (finding,) = (one for one in check_read(labelled(*labels), POLICY).findings if one.code == "META001")
    assert tuple(location.part for location in finding.locations) == places
    assert all(place in finding.fix for place in places)
    assert "Sensitivity button" in finding.fix


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip)


@given(TEXTS, st.sampled_from(["utf-16-be", "utf-16-le", "utf-8-sig", "utf-8"]))
def test_a_text_string_is_read_in_each_encoding_that_programs_write(text: str, encoding: str) -> None:
    """Without a mark PDFDocEncoding (ISO 32000-2, D.2) comes first; only what is no ASCII can tell."""
    marks = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}
    raw = marks.get(encoding, b"") + text.encode(encoding)
    assert text_of(create_string_object(raw)) == text.strip("\0 ")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"D\xe9fense \x85 UK SECRET", "Défense – UK SECRET"),
        (b"\xfe\xff\x00\x1b\x00j\x00a\x00\x1b\x69\x75\x79\xd8", "極秘"),
        (b"\xfe\xff\x69\x75\x79\xd8\x00", "極秘\ufffd"),
    ],
)
def test_other_text_strings_are_read(raw: bytes, text: str) -> None:
    assert text_of(create_string_object(raw)) == text


def test_one_label_in_information_and_xmp_of_a_pdf_is_one() -> None:
    name = f"MSIP_Label_{GUID}_Name"
    properties = [Property(name=name, value="秘密", source=source) for source in ("Info", "XMP")]
    label = once_each(Label(name=one.name, text=one.value, source=one.source) for one in properties)
    assert [(one.source, one.also) for one in label] == [("Info", ("XMP",))]


def configured(folder: Path, text: str) -> Path:
    path = folder / ".countermark.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_field_that_the_configuration_names_holds_a_label(tmp_path: Path) -> None:
    data = word_of(ExampleDocument(mark="UK SECRET", labels={"OurGrade": "UK OFFICIAL"}))
    assert "META001" not in meta(check_document(data, "d.docx", POLICY))
    policy = load_policy(configured(tmp_path, "label_fields: [ourgrade]"), lang="en", originator="GB")
    finding = meta(check_document(data, "d.docx", policy))["META001"]
    assert finding.args["name"] == "OurGrade"
    assert "Titus" in finding.fix


@pytest.mark.parametrize("marking", ["UK SECRT", "GENERAL", "", "SECRET plans", "UK PURPLE"])
def test_a_label_that_stands_for_no_known_marking_is_refused(tmp_path: Path, marking: str) -> None:
    path = configured(tmp_path, f'labels: {{Internal: "{marking}"}}')
    with pytest.raises(CountermarkError) as refused:
        load_policy(path)
    assert refused.value.key == "unknown-label-marking"
    assert refused.value.args_by_name["label"] == "Internal"


@pytest.mark.parametrize(
    "marking",
    ["UK SECRET", "SECRET", "極秘", "UK CONFIDENTIAL", "UK SECRET - JP/UK EYES ONLY", "NATO SECRET"],
)
def test_a_label_that_stands_for_a_marking_is_taken(tmp_path: Path, marking: str) -> None:
    assert load_policy(configured(tmp_path, f'labels: {{Internal: "{marking}"}}')).config.labels


def test_labels_of_a_pdf_are_read_whatever_wrote_them() -> None:
    document = read(
        pdf_of(ExampleDocument(mark="UK SECRET", labels={"Classification": "UK OFFICIAL"})),
        "d.pdf",
        POLICY.config.limits,
    )
    assert [(label.name, label.text, label.tool) for label in document.labels] == [
        ("Classification", "UK OFFICIAL", "properties")
    ]
