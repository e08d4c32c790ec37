"""Drawings: the text of shapes, where it is, and what is hidden or unused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Document, Location, ProblemKind, Reason, Unseen, Zone
from countermark.readers.builder import DocumentBuilder
from countermark.readers.vsdx.reader import read_drawing
from support.drawing_files import BOTTOM, MIDDLE, SPACE, TOP, cells, contents, drawing_file, shape
from support.word_files import no_child

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(data: bytes) -> Document:
    document = DocumentBuilder("test.vsdx", "", read_child=no_child)
    read_drawing(data, document)
    return document.build("")


def lines(data: bytes, page: int = 1) -> list[tuple[str, str]]:
    return [(str(line.zone), line.text) for line in read(data).pages[page - 1].lines]


def test_shapes_are_where_their_cells_put_them() -> None:
    data = drawing_file(
        ('ID="0"', contents(shape("UK SECRET", TOP), shape("Sensor"), shape("UK SECRET", BOTTOM)))
    )
    (page,) = read(data).pages
    assert (page.number, page.width, page.height) == (1, 720, 576)
    assert lines(data) == [("header", "UK SECRET"), ("body", "Sensor"), ("footer", "UK SECRET")]
    box = page.lines[0].box
    assert box
    assert tuple(round(each, 1) for each in (box.x0, box.y0, box.x1, box.y1)) == (252.0, 3.6, 468.0, 25.2)


def test_shapes_in_a_group_lie_within_it() -> None:
    inner = f"<Shapes>{shape('UK SECRET', {'PinX': 1, 'PinY': 0.5, 'Width': 1, 'Height': 0.2})}</Shapes>"
    group = shape(None, {"PinX": 5, "PinY": 7, "Width": 4, "Height": 2}, inner=inner)
    box = read(drawing_file(('ID="0"', contents(group)))).pages[0].lines[0].box
    assert box
    assert (round(box.x0), round(box.y0)) == (252, 101)


def test_a_background_shows_on_the_pages_that_name_it() -> None:
    front = ('ID="0" BackPage="1"', contents(shape("Sensor")))
    back = ('ID="1" Background="1" Name="Back"', contents(shape("UK SECRET", TOP)))
    alone = ('ID="2" Background="1"', contents(shape("left over")))
    document = read(drawing_file(front, back, alone))
    assert [[line.text for line in page.lines] for page in document.pages] == [["UK SECRET", "Sensor"]]
    assert [(line.text, line.zone, line.unseen) for line in document.lines] == [
        ("Back", Zone.bookmark, None),
        ("left over", Zone.hidden, Unseen.unused),
    ]


def test_backgrounds_in_a_circle_end() -> None:
    circle = [
        (f'ID="{own}" Background="1" BackPage="{other}"', contents(shape("x")))
        for own, other in ((1, 2), (2, 1))
    ]
    data = drawing_file(('ID="0" BackPage="1"', contents(shape("Sensor"))), *circle)
    assert [text for _, text in lines(data)] == ["x", "x", "Sensor"]


def test_a_shape_without_text_has_that_of_its_master() -> None:
    inner = "<Shapes>" + shape("Inner", attributes="ID='7'") + "</Shapes>"
    master = contents(shape("UK SECRET", attributes="ID='5'", inner=inner), root="MasterContents")
    own = "<Shapes>" + shape(None, attributes="MasterShape='7'") + shape(None) + "</Shapes>"
    data = drawing_file(
        (
            'ID="0"',
            contents(
                shape(None, attributes="Master='1'", inner=own),
                shape("Own", attributes="Master='1'", inner="<Shapes/>"),
                shape("", attributes="Master='1'", inner="<Shapes/>"),
                shape(None, attributes="Master='9'"),
            ),
        ),
        masters=(master,),
    )
    assert sorted(text for _, text in lines(data)) == ["Inner", "Own", "UK SECRET"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"HideText": 1}, Unseen.hidden),
        ({"LayerMember": "0"}, Unseen.hidden),
        ({"LayerMember": "0;1"}, None),
        ({"LayerMember": ""}, None),
        ({"PinX": 20}, Unseen.off_page),
        ({"PinY": "x"}, None),
    ],
)
def test_what_nobody_sees_on_a_drawing(place: Mapping[str, float | str], why: Unseen | None) -> None:
    layers = "".join(f'<Row IX="{number}">{cells({"Visible": number})}</Row>' for number in (0, 1))
    page = contents(shape("UK SECRET", {**MIDDLE, **place}))
    data = drawing_file(('ID="0"', page), sheet=f'<Section N="Layer">{layers}</Section>')
    (line,) = read(data).pages[0].lines
    assert line.unseen is why


def test_comments_are_read() -> None:
    comment = (
        f"<Comments {SPACE}><CommentList><CommentEntry>Is it secret?</CommentEntry></CommentList></Comments>"
    )
    document = read(drawing_file(('ID="0"', contents(shape("x"))), more={"visio/comments.xml": comment}))
    assert [(line.zone, line.text) for line in document.lines] == [(Zone.comment, "Is it secret?")]


def test_a_page_that_cannot_be_read_costs_that_page() -> None:
    document = read(drawing_file(('ID="0"', contents(shape("x"))), ('ID="1"', "<PageContents")))
    assert [page.readable for page in document.pages] == [True, False]
    (problem,) = document.problems
    assert (problem.reason, problem.locations) == (Reason.package_part, (Location(page=2),))


def test_shapes_nested_deeply_stop_at_a_limit() -> None:
    nested = "<Shape><Shapes>" * 5000 + "</Shapes></Shape>" * 5000
    document = read(drawing_file(('ID="0"', contents(nested))))
    assert [problem.kind for problem in document.problems] == [ProblemKind.limit]


def test_a_drawing_gets_the_findings_of_its_pages() -> None:
    page = contents(shape("UK SECRET", TOP), shape("Sensor"), shape("UK SECRET", BOTTOM))
    data = drawing_file(('ID="0"', page), ('ID="1"', contents(shape("Sensor"))))
    codes = {finding.code for finding in check_document(data, "a.vsdx", load_policy()).findings}
    assert codes == {"DOC020"}
