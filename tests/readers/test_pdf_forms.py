"""Form fields: what they hold and show, with their place; XFA; signatures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from test_pdf_annotations import annotate, notes

from countermark.model import Document, ProblemKind, Property, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.pdf_files import changed, page, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter

PAIR = ArrayObject([TextStringObject("s"), TextStringObject("UK SECRET")])
CHOICES = ArrayObject([TextStringObject("UK OFFICIAL"), PAIR])
XFA = (
    '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform><draw><value><text>UK TOP SECRET</text>'
    "</value></draw><field><items><text>OFFICIAL</text></items><script>run()</script></field>"
    "</subform></template>"
    "<xfa:datasets xmlns:xfa='urn:xfa'><xfa:data><level>UK SECRET</level></xfa:data></xfa:datasets>"
    "</xdp:xdp>"
)


def opened(change: Callable[[PdfWriter], Any], drawn: Any = None) -> Document:
    return read(changed(pdf(drawn or page()), change), "test.pdf", Limits())


def form_of(writer: PdfWriter, *fields: DictionaryObject, **entries: Any) -> None:
    form = DictionaryObject({NameObject(f"/{key}"): entry for key, entry in entries.items()})
    form[NameObject("/Fields")] = ArrayObject([writer._add_object(field) for field in fields])
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)


def field(shown: str = "", **entries: Any) -> Document:
    """A document with one field on its page."""
    return opened(lambda writer: form_of(writer, annotate(writer, "/Widget", shown, **entries)))


@pytest.mark.parametrize(
    ("kind", "shown", "entries"),
    [
        ("/Tx", "", {"V": "UK SECRET"}),
        ("/Tx", "U K S E C R E T", {"V": "UK SECRET"}),
        ("/Tx", "UK SECRET", {}),
        ("/Ch", "", {"V": "s", "Opt": CHOICES}),
        ("/Ch", "", {"V": ArrayObject([TextStringObject("s")]), "Opt": CHOICES}),
        ("/Btn", "", {"AS": NameObject("/UK SECRET")}),
        ("/Btn", "", {"AS": NameObject("/1"), "Opt": ArrayObject([TextStringObject("x"), PAIR[1]])}),
        (
            "/Btn",
            "",
            {
                "Ff": NumberObject(1 << 16),
                "MK": DictionaryObject({NameObject("/CA"): TextStringObject("UK SECRET")}),
            },
        ),
        ("/Sig", "UK SECRET", {}),
    ],
)
def test_a_field_is_told_once_with_its_place(kind: str, shown: str, entries: dict[str, Any]) -> None:
    [line] = notes(field(shown, FT=NameObject(kind), **entries))
    assert (line.text, line.zone, line.unseen) == ("UK SECRET", Zone.field, None)
    assert line.box is not None
    assert (line.box.x0, line.box.y0) == pytest.approx((100, 841.89 - 430), abs=1)


@pytest.mark.parametrize("state", ["/Off", "/Yes", "/2"])
def test_a_button_that_only_is_set_or_not_says_nothing(state: str) -> None:
    assert notes(field(FT=NameObject("/Btn"), AS=NameObject(state))) == []


def test_a_hidden_field_and_a_default_value_are_not_seen() -> None:
    [line] = notes(field(FT=NameObject("/Tx"), V="UK SECRET", F=NumberObject(2)))
    assert (line.text, line.zone, line.unseen) == ("UK SECRET", Zone.hidden, Unseen.hidden)
    seen, default = notes(field(FT=NameObject("/Tx"), V="UK SECRET", DV="UK OFFICIAL"))
    assert (seen.text, seen.unseen) == ("UK SECRET", None)
    assert (default.text, default.unseen) == ("UK OFFICIAL", Unseen.hidden)
    assert len(notes(field(FT=NameObject("/Tx"), V="UK SECRET", DV="UK SECRET"))) == 1


def test_a_value_that_the_page_shows_in_the_same_place_is_told_once() -> None:
    over_head = (0, 780, 595, 841)
    document = opened(
        lambda writer: form_of(
            writer, annotate(writer, "/Widget", rect=over_head, FT=NameObject("/Tx"), V="UK SECRET")
        ),
        page("UK SECRET"),
    )
    assert notes(document) == []


def test_an_inherited_value_is_shown_by_each_widget_and_a_field_without_place_is_told() -> None:
    def fill(writer: PdfWriter) -> None:
        parent = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): PAIR[1]})
        above = writer._add_object(parent)
        for left in (100, 300):
            annotate(writer, "/Widget", rect=(left, 400, left + 90, 430), Parent=above)
        entries = {
            "/FT": NameObject("/Tx"),
            "/V": TextStringObject("UK OFFICIAL"),
            "/T": TextStringObject("s"),
        }
        form_of(writer, parent, DictionaryObject({NameObject(key): each for key, each in entries.items()}))

    document = opened(fill)
    assert [(line.text, line.zone) for line in notes(document)] == [("UK SECRET", Zone.field)] * 2
    [line] = document.lines
    assert (line.text, line.zone, line.unseen, line.part) == (
        "UK OFFICIAL",
        Zone.hidden,
        Unseen.hidden,
        "s",
    )


def test_xfa_data_and_fixed_text_are_told_and_choices_are_not() -> None:
    def fill(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(XFA.encode())
        form_of(writer, XFA=writer._add_object(stream))

    document = opened(fill, page("UK TOP SECRET"))
    assert [(line.text, line.zone, line.part) for line in document.lines] == [
        ("UK SECRET", Zone.field, "XFA datasets")
    ]
    assert [line.text for line in opened(fill).lines] == ["UK TOP SECRET", "UK SECRET"]
    assert document.problems[0].args == {"kinds": "XFA"}


@pytest.mark.parametrize(
    "packet", [b"<datasets><cut>", b'<!DOCTYPE a [<!ENTITY e "x">]><datasets>&e;</datasets>']
)
def test_an_xfa_packet_that_is_broken_or_unsafe_costs_itself_only(packet: bytes) -> None:
    def fill(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(packet)
        widget = annotate(writer, "/Widget", FT=NameObject("/Tx"), V="UK SECRET")
        packets = ArrayObject([TextStringObject("datasets"), writer._add_object(stream)])
        form_of(writer, widget, XFA=packets)

    document = opened(fill)
    assert [line.text for line in notes(document)] == ["UK SECRET"]
    assert document.lines == ()
    assert [problem.kind for problem in document.problems] == [ProblemKind.part_unreadable]


def test_a_value_that_holds_itself_does_no_harm() -> None:
    def fill(writer: PdfWriter) -> None:
        values = ArrayObject([PAIR[1]])
        values.append(writer._add_object(values))
        widget = annotate(writer, "/Widget", FT=NameObject("/Ch"), V=values.indirect_reference)
        form_of(writer, widget)

    document = opened(fill)
    assert [line.text for line in notes(document)] == ["UK SECRET"]
    assert not document.problems


def test_a_signature_is_a_property() -> None:
    entries = {"/Name": "A. Signer", "/Reason": "UK SECRET released"}
    signature = DictionaryObject({NameObject(key): TextStringObject(each) for key, each in entries.items()})
    document = field(FT=NameObject("/Sig"), V=signature)
    expected = Property(name="Signature", value="A. Signer; UK SECRET released", source="AcroForm")
    assert expected in document.properties


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("resources__form_acrobatReader", ["Bar"]),
        ("resources__form_evince", ["bar"]),
        ("resources__libreoffice-form", ["Alice", "Bob"]),
    ],
)
def test_fields_in_files_by_others_are_found(name: str, expected: list[str]) -> None:
    document = read((Path(CORPUS) / "pypdf" / f"{name}.pdf").read_bytes(), "a.pdf", Limits())
    lines = [line for each in document.pages for line in each.lines]
    assert [line.text for line in lines if line.zone is Zone.field] == expected
