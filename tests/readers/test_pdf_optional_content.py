"""Layers of a page that are switched off in the document's default configuration."""

from __future__ import annotations

import pytest

from countermark.model import Document, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import HELVETICA, changed, stream, written

MARK = "UK TOP SECRET"
TEXT = b"BT/F 12 Tf 40 150 Td(UK TOP SECRET)Tj ET"
MARKED = b"/OC/L BDC %b EMC" % TEXT
GROUPS = b"[9 0 R 10 0 R]"
FIRST_OFF = b"<</OFF[9 0 R]>>"
BOX = b"/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>"


def layered(
    configuration: bytes,
    content: bytes = MARKED,
    *,
    layer: bytes = b"9 0 R",
    drawn: bytes = b"",
    drawn_as: bytes = BOX,
    usage: bytes = b"",
) -> bytes:
    """A page with a body line, then `content`, in which /L is the `layer` and /X what is `drawn`; groups
    are objects 9, which has this `usage`, and 10."""
    body = b"BT/F 12 Tf 40 200 Td(A plain line of the body.)Tj ET\n"
    return written(
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs%b/D %b>>>>" % (GROUPS, configuration),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        b"/XObject<</X 6 0 R>>/Properties<</L %b/M 7 0 R>>>>>>" % layer,
        stream(body + content),
        HELVETICA,
        stream(drawn, b"/Type/XObject" + drawn_as),
        b"<</Type/OCMD/OCGs 10 0 R>>",
        b"null",
        b"<</Type/OCG/Name(same)%b>>" % usage,
        b"<</Type/OCG/Name(same)>>",
    )


def opened(data: bytes) -> Document:
    found = read(data, "test.pdf", Limits())
    assert not found.problems
    return found


def sight(data: bytes) -> list[tuple[Zone, Unseen | None, int | None]]:
    """Zone, reason and page of the marking, wherever it stands."""
    found = opened(data)
    assert [line.zone for line in found.pages[0].lines if line.text.startswith("A plain")] == [Zone.body]
    return [
        (line.zone, line.unseen, page.number)
        for page in found.pages
        for line in page.lines
        if line.text == MARK
    ]


HIDDEN = [(Zone.hidden, Unseen.layer, 1)]
SHOWN = [(Zone.body, None, 1)]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (b"<<>>", SHOWN),
        (b"<</OFF[9 0 R]>>", HIDDEN),
        (b"<</OFF[10 0 R]>>", SHOWN),
        (b"<</BaseState/OFF>>", HIDDEN),
        (b"<</BaseState/OFF/ON[9 0 R]>>", SHOWN),
        (b"<</BaseState/OFF/ON[10 0 R]>>", HIDDEN),
        (b"<</BaseState/ON/ON[9 0 R]/OFF[9 0 R]>>", HIDDEN),
    ],
)
def test_text_in_a_layer_is_seen_as_the_default_configuration_says(
    configuration: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    assert sight(layered(configuration)) == expected


@pytest.mark.parametrize(
    ("membership", "expected"),
    [
        (b"/OCGs[9 0 R 10 0 R]", SHOWN),
        (b"/OCGs[9 0 R]", HIDDEN),
        (b"/OCGs 9 0 R", HIDDEN),
        (b"/OCGs[9 0 R 10 0 R]/P/AnyOn", SHOWN),
        (b"/OCGs[9 0 R 10 0 R]/P/AllOn", HIDDEN),
        (b"/OCGs[9 0 R 10 0 R]/P/AnyOff", SHOWN),
        (b"/OCGs[9 0 R 10 0 R]/P/AllOff", HIDDEN),
    ],
)
def test_text_of_a_membership_is_seen_as_its_policy_says(
    membership: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    assert sight(layered(FIRST_OFF, layer=b"<</Type/OCMD%b>>" % membership)) == expected


def test_a_membership_can_be_off_while_every_group_is_on() -> None:
    assert sight(layered(b"<<>>", layer=b"<</Type/OCMD/OCGs 9 0 R/P/AllOff>>")) == HIDDEN


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (b"[/Not 9 0 R]", SHOWN),
        (b"[/Not 10 0 R]", HIDDEN),
        (b"[/And 9 0 R 10 0 R]", HIDDEN),
        (b"[/Or 9 0 R 10 0 R]", SHOWN),
        (b"[/And 10 0 R[/Not[/Or 9 0 R 10 0 R]]]", HIDDEN),
        (b"[/Or]", SHOWN),
    ],
)
def test_a_visibility_expression_goes_before_the_groups(
    expression: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    membership = b"<</Type/OCMD/OCGs[9 0 R 10 0 R]/P/AnyOff/VE%b>>" % expression
    assert sight(layered(FIRST_OFF, layer=membership)) == expected


def test_an_expression_hides_while_every_group_is_on() -> None:
    assert sight(layered(b"<<>>", layer=b"<</Type/OCMD/VE[/Not 9 0 R]>>")) == HIDDEN


def test_memberships_in_the_resources_of_a_form_count() -> None:
    form = BOX[:-2] + b"/Properties<</K<</Type/OCMD/OCGs 9 0 R/P/AllOff>>>>>>"
    assert sight(layered(b"<<>>", b"/X Do", drawn=b"/OC/K BDC %b EMC" % TEXT, drawn_as=form)) == HIDDEN


@pytest.mark.parametrize(
    ("applied", "expected"),
    [
        (b"/Event/View/OCGs[9 0 R]/Category[/View]", HIDDEN),
        (b"/Event/View/OCGs[10 0 R]/Category[/View]", SHOWN),
        (b"/Event/View/OCGs[9 0 R]/Category[/Print]", SHOWN),
        (b"/Event/Print/OCGs[9 0 R]/Category[/View]", SHOWN),
    ],
)
def test_usage_switches_a_layer_where_it_is_applied_to_viewing(
    applied: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    usage = b"/Usage<</View<</ViewState/OFF>>>>"
    assert sight(layered(b"<</AS[<<%b>>]>>" % applied, usage=usage)) == expected


def test_a_layer_hides_what_is_nested_in_it() -> None:
    assert sight(layered(FIRST_OFF, b"/OC/L BDC /OC/M BDC %b EMC EMC" % TEXT)) == HIDDEN
    assert sight(layered(FIRST_OFF, b"/OC/M BDC /OC/L BDC EMC %b EMC" % TEXT)) == SHOWN


def test_a_form_drawn_in_a_layer_that_is_off_is_not_seen() -> None:
    assert sight(layered(FIRST_OFF, b"/OC/L BDC /X Do EMC", drawn=TEXT)) == HIDDEN


@pytest.mark.parametrize(("layer", "expected"), [(b"9 0 R", HIDDEN), (b"7 0 R", SHOWN)])
def test_a_form_that_belongs_to_a_layer_is_seen_as_the_layer(
    layer: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    assert sight(layered(FIRST_OFF, b"/X Do", drawn=TEXT, drawn_as=BOX + b"/OC " + layer)) == expected


@pytest.mark.parametrize(
    ("layer", "expected"), [(b"9 0 R", SHOWN), (b"10 0 R", [(Zone.hidden, Unseen.covered, 1)])]
)
def test_a_picture_whose_layer_is_off_covers_nothing(
    layer: bytes, expected: list[tuple[Zone, Unseen | None, int | None]]
) -> None:
    picture = b"/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/OC " + layer
    content = TEXT + b" q 200 0 0 40 30 140 cm/X Do Q"
    assert sight(layered(FIRST_OFF, content, drawn=b"\x80", drawn_as=picture)) == expected


def test_layers_of_an_encrypted_file_are_told() -> None:
    locked = changed(layered(FIRST_OFF), lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert sight(locked) == HIDDEN
