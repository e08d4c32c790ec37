"""Slides: what each shows, where, and what the file carries beside it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Line, Location, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.reporting.places import places
from countermark.support.limits import Limits
from support.slide_files import (
    BOTTOM,
    NAMESPACES,
    TOP,
    graphic,
    group,
    layout,
    lines,
    master,
    picture,
    read,
    shape,
    slide,
    slides_file,
    table,
)
from support.word_files import links, zipped

WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
BLUE = '<a:solidFill><a:srgbClr val="0000FF"/></a:solidFill>'
FOOTER = 'type="ftr" sz="quarter" idx="11"'
TEXT = "Trial of the sensor in the northern sea"


def only(data: bytes, text: str) -> Line:
    """The one line of the first slide with this text."""
    (line,) = (line for line in read(data).pages[0].lines if line.text == text)
    return line


def test_a_slide_is_a_page_in_the_order_of_presentation() -> None:
    data = slides_file(slide(shape("one")), slide(shape("two")))
    swapped = slides_file(
        slide(shape("one")),
        slide(shape("two")),
        more={
            "ppt/_rels/presentation.xml.rels": links(
                {"slide1": ("slide", "slides/slide2.xml"), "slide2": ("slide", "slides/slide1.xml")}
            )
        },
    )
    pages = read(data).pages
    assert [(page.number, page.kind, page.width, page.height) for page in pages] == [
        (1, PageKind.slide, 720, 540),
        (2, PageKind.slide, 720, 540),
    ]
    assert lines(data, 1) == [("body", "one")]
    assert lines(swapped, 1) == [("body", "two")]


def test_names_of_parts_count_without_their_case() -> None:
    data = slides_file(
        slide(shape("UK SECRET", None, placeholder=FOOTER)), master=master(shape("on the master"))
    )
    with ZipFile(BytesIO(data)) as archive:
        renamed = zipped({name.upper(): archive.read(name) for name in archive.namelist()})
    assert lines(renamed) == lines(data) == [("body", "on the master"), ("footer", "UK SECRET")]


def test_header_and_footer_are_told_by_place() -> None:
    data = slides_file(slide(shape("UK SECRET", TOP), shape(TEXT), shape("UK SECRET", BOTTOM)))
    assert lines(data) == [("header", "UK SECRET"), ("body", TEXT), ("footer", "UK SECRET")]


def test_a_footer_placeholder_has_the_place_of_the_layout_else_of_the_master() -> None:
    own = slide(shape("UK SECRET", None, placeholder=FOOTER))
    below, above = shape("", BOTTOM, placeholder=FOOTER), shape("", TOP, placeholder=FOOTER)
    assert lines(slides_file(own, layout=layout(above), master=master(below))) == [("header", "UK SECRET")]
    assert lines(slides_file(own, master=master(below))) == [("footer", "UK SECRET")]
    assert lines(slides_file(own)) == [("footer", "UK SECRET")]


def test_a_placeholder_of_a_layout_or_master_shows_on_no_slide() -> None:
    data = slides_file(slide(shape(TEXT)), master=master(shape("UK SECRET", BOTTOM, placeholder=FOOTER)))
    document = read(data)
    assert [line.text for line in document.pages[0].lines] == [TEXT]
    assert [(line.text, line.zone, line.unseen) for line in document.lines] == [
        ("UK SECRET", Zone.hidden, Unseen.unused)
    ]


@pytest.mark.parametrize(
    ("on_slide", "on_layout", "shown"),
    [
        ("", "", ["of the master", "of the layout"]),
        ("1", "1", ["of the master", "of the layout"]),
        ("", "0", ["of the layout"]),
        ("0", "", []),
    ],
)
def test_shapes_of_layout_and_master_show_unless_it_is_said(
    on_slide: str, on_layout: str, shown: list[str]
) -> None:
    def attribute(value: str) -> str:
        return f'showMasterSp="{value}"' if value else ""

    data = slides_file(
        slide(shape("own"), attributes=attribute(on_slide)),
        layout=layout(shape("of the layout"), attributes=attribute(on_layout)),
        master=master(shape("of the master")),
    )
    assert [text for _, text in lines(data)] == [*shown, "own"]


def test_shapes_in_groups_are_where_the_groups_put_them() -> None:
    inner = group(shape("UK SECRET", (0, 0, 100, 20)), place=(0, 0, 100, 100), inner=(0, 0, 100, 100))
    data = slides_file(slide(group(inner, place=(100, 400, 200, 100), inner=(0, 0, 100, 50))))
    box = only(data, "UK SECRET").box
    assert box
    assert (round(box.x0), round(box.y0)) == (107, 404)


def test_tables_have_their_cells_as_lines() -> None:
    data = slides_file(slide(table(("Serial", "Classification"), ("1", "UK SECRET"))))
    assert lines(data) == [
        ("table", "Serial"),
        ("table", "Classification"),
        ("table", "1"),
        ("table", "UK SECRET"),
    ]
    left, right = (only(data, text).box for text in ("1", "UK SECRET"))
    assert left
    assert right
    assert right.x0 > left.x0 + 90


def test_diagrams_and_charts_say_what_they_show() -> None:
    said = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    point = f"<dgm:pt><dgm:t>{said.format('UK SECRET')}</dgm:t></dgm:pt>"
    diagram = f"<dgm:dataModel {NAMESPACES}>{point}</dgm:dataModel>"
    chart = f"<c:chartSpace {NAMESPACES}><c:title>{said.format('Ranges')}</c:title></c:chartSpace>"
    data = slides_file(
        slide(graphic('<dgm:relIds r:dm="d"/>'), graphic('<c:chart r:id="c"/>')),
        linked={1: {"d": ("diagramData", "../diagrams/data.xml"), "c": ("chart", "../charts/chart.xml")}},
        more={"ppt/diagrams/data.xml": diagram, "ppt/charts/chart.xml": chart},
    )
    assert lines(data) == [("body", "UK SECRET"), ("body", "Ranges")]


def test_breaks_fields_and_formulas() -> None:
    number = '<a:fld id="{0}" type="slidenum"><a:t>‹#›</a:t></a:fld>'
    choice = '<mc:Choice Requires="a14"><a14:m><m:t>E</m:t></a14:m></mc:Choice>'
    formula = f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    paragraph = f"<a:p><a:r><a:t>Slide </a:t></a:r>{number}<a:br/><a:r><a:t>next </a:t></a:r>{formula}</a:p>"
    data = slides_file(slide(), slide(shape("", content=paragraph)))
    assert lines(data, 2) == [("body", "Slide 2"), ("body", "next E")]


def test_notes_and_comments_are_read_and_not_shown() -> None:
    notes = f"<p:notes {NAMESPACES}><p:cSld><p:spTree>{shape('UK SECRET')}</p:spTree></p:cSld></p:notes>"
    comments = f"<p:cmLst {NAMESPACES}><p:cm><p:text>Is it secret?</p:text></p:cm></p:cmLst>"
    threaded = (
        '<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main" '
        f"{NAMESPACES}><p188:cm><p188:txBody><a:p><a:r><a:t>No.</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"
    )
    kinds = {"n": "notesSlide", "c": "comments", "d": "comments"}
    data = slides_file(
        slide(shape(TEXT)),
        linked={1: {name: (kind, f"../{name}.xml") for name, kind in kinds.items()}},
        more={"ppt/n.xml": notes, "ppt/c.xml": comments, "ppt/d.xml": threaded},
    )
    found = [(line.zone, line.unseen, line.text) for line in read(data).pages[0].lines]
    assert found == [
        (Zone.body, None, TEXT),
        (Zone.hidden, Unseen.notes, "UK SECRET"),
        (Zone.comment, None, "Is it secret?"),
        (Zone.comment, None, "No."),
    ]


def test_a_hidden_slide_is_a_page_and_named_so() -> None:
    data = slides_file(slide(shape("UK SECRET", TOP)), slide(shape("UK SECRET", TOP), attributes='show="0"'))
    assert [page.kind for page in read(data).pages] == [PageKind.slide, PageKind.hidden_slide]
    assert lines(data, 2) == [("header", "UK SECRET")]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (shape("UK SECRET", (800, 10, 100, 20)), Unseen.off_page),
        (shape("UK SECRET", (100, -50, 100, 20)), Unseen.off_page),
        (shape("UK SECRET", name='hidden="1"'), Unseen.hidden),
        (
            group(shape("UK SECRET"), place=(0, 0, 1, 1), inner=(0, 0, 1, 1), name='hidden="1"'),
            Unseen.hidden,
        ),
        (shape("UK SECRET", run=WHITE), Unseen.colour),
        (shape("UK SECRET", run=BLUE, fill=BLUE), Unseen.colour),
        (shape("", fill=BLUE) + shape("UK SECRET", run=BLUE), Unseen.colour),
        (shape("UK SECRET", run="<a:noFill/>"), Unseen.invisible),
        (shape("UK SECRET") + shape("", fill=WHITE), Unseen.covered),
        (shape("", fill=BLUE) + shape("UK SECRET", run=WHITE), None),
        (shape("UK SECRET") + shape("", (0, 0, 720, 100), fill=WHITE), None),
        (picture() + shape("UK SECRET", run=WHITE), None),
    ],
)
def test_what_nobody_sees_on_a_slide(written: str, why: Unseen | None) -> None:
    line = only(slides_file(slide(written)), "UK SECRET")
    assert (line.unseen, line.zone) == (why, Zone.hidden if why else Zone.body)


@pytest.mark.parametrize("level", ["slide", "layout", "master"])
def test_the_background_is_that_of_the_slide_else_of_what_it_takes_after(level: str) -> None:
    backgrounds = {name: BLUE if name == level else "" for name in ("slide", "layout", "master")}
    data = slides_file(
        slide(shape("UK SECRET", run=BLUE), background=backgrounds["slide"]),
        layout=layout(background=backgrounds["layout"]),
        master=master(background=backgrounds["master"]),
    )
    assert only(data, "UK SECRET").unseen is Unseen.colour


def test_characters_take_after_the_master() -> None:
    level = '<a:lvl1pPr algn="ctr"><a:defRPr sz="4400" b="1"/></a:lvl1pPr>'
    title = f"<p:txStyles><p:titleStyle>{level}</p:titleStyle></p:txStyles>"
    colours = '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/>'
    data = slides_file(slide(shape("Plan", placeholder='type="title"')), master=master(more=colours + title))
    line = only(data, "Plan")
    assert (line.size, line.weight, line.centred, line.colour) == (44.0, 700, True, "000000")


def test_text_across_the_slide_is_a_watermark() -> None:
    assert lines(slides_file(slide(shape("UK SECRET", turned=45)))) == [("watermark", "UK SECRET")]
    assert lines(slides_file(slide(shape("UK SECRET", turned=90)))) == [("body", "UK SECRET")]


def test_alternative_texts_are_those_of_pictures() -> None:
    data = slides_file(slide(picture(name='descr="UK SECRET"'), shape(TEXT)))
    assert lines(data) == [("image", "UK SECRET"), ("body", TEXT)]


def test_a_slide_of_pictures_alone_says_that_it_gave_no_text() -> None:
    document = read(slides_file(slide(shape(TEXT)), slide(picture())))
    (problem,) = document.problems
    assert [page.readable for page in document.pages] == [True, False]
    assert (problem.kind, problem.locations) == (
        ProblemKind.no_text,
        (Location(page=2, kind=PageKind.slide),),
    )


def test_embedded_files_are_children() -> None:
    inner = zipped({"word/document.xml": "<a/>"})
    data = slides_file(
        slide(),
        linked={1: {"e": ("package", "../Plan.docx"), "f": ("package", "../gone.docx")}},
        more={"ppt/Plan.docx": inner},
    )
    document = read(data)
    assert [child.name for child in document.children] == ["Plan.docx"]
    assert [problem.reason for problem in document.problems] == [Reason.package_part]


@pytest.mark.parametrize("content", ["", "<p:sld", '<!DOCTYPE a [<!ENTITY e "SECRET">]><a>&e;</a>'])
def test_a_slide_that_cannot_be_read_costs_that_slide(content: str) -> None:
    document = read(slides_file(slide(shape("one")), content, slide(shape("three"))))
    assert [page.readable for page in document.pages] == [True, False, True]
    assert [problem.locations for problem in document.problems] == [(Location(page=2, kind=PageKind.slide),)]


def test_without_its_main_part_nothing_is_said() -> None:
    document = read(slides_file(slide(shape("one")), more={"ppt/presentation.xml": "<p:"}))
    assert document.pages == ()
    assert [(problem.kind, problem.reason) for problem in document.problems] == [
        (ProblemKind.unreadable, Reason.slides_broken)
    ]


def test_a_slide_outside_the_presentation_is_unused() -> None:
    orphan = slide(shape("UK SECRET"))
    data = slides_file(
        slide(shape(TEXT)),
        linked={1: {"o": ("slide", "orphan.xml")}},
        more={"ppt/slides/orphan.xml": orphan},
    )
    assert [(line.text, line.unseen) for line in read(data).lines] == [("UK SECRET", Unseen.unused)]


def test_shapes_nested_deeply_stop_at_a_limit() -> None:
    depth = 10_000
    nested = "<p:grpSp>" * depth + shape("UK SECRET") + "</p:grpSp>" * depth
    document = read(slides_file(slide(shape("one")), slide(nested)))
    (problem,) = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "xml_nesting")
    assert [page.readable for page in document.pages] == [True, False]


def test_slides_beyond_the_limit_are_named() -> None:
    document = read(slides_file(*[slide(shape(TEXT))] * 5), Limits(pages=2))
    (problem,) = document.problems
    assert len(document.pages) == 2
    assert [place.page for place in problem.locations] == [3, 4, 5]


def test_many_shapes_cost_no_more_than_their_number() -> None:
    data = slides_file(slide(*[shape("UK SECRET", fill=BLUE)] * 3000))
    assert len(read(data).pages[0].lines) == 3000


def test_marking_repeated_over_slides_is_their_header_wherever_it_stands_near_the_edge() -> None:
    marking = shape("UK SECRET", (60, 60, 200, 20))
    data = slides_file(*[slide(marking, shape(f"{TEXT} {name}", (60, 76, 600, 300))) for name in "ab"])
    assert [lines(data, number)[0] for number in (1, 2)] == [("header", "UK SECRET")] * 2


def test_a_line_for_each_paragraph() -> None:
    assert lines(slides_file(slide(shape("first\nsecond")))) == [("body", "first"), ("body", "second")]


def test_a_slide_without_its_markings_is_named() -> None:
    marked = slide(shape("UK SECRET", TOP), shape(TEXT), shape("UK SECRET", BOTTOM))
    report = check_document(slides_file(marked, slide(shape(TEXT)), marked), "a.pptx", load_policy())
    places_found = {finding.code: places(finding.locations, "en") for finding in report.findings}
    assert places_found["DOC020"] == "slide 2"


def test_a_marking_in_the_notes_that_the_slides_do_not_bear_is_found() -> None:
    notes = f"<p:notes {NAMESPACES}><p:cSld><p:spTree>{shape('UK SECRET')}</p:spTree></p:cSld></p:notes>"
    marked = slide(shape("UK OFFICIAL", TOP), shape(TEXT), shape("UK OFFICIAL", BOTTOM))
    data = slides_file(marked, linked={1: {"n": ("notesSlide", "../n.xml")}}, more={"ppt/n.xml": notes})
    report = check_document(data, "a.pptx", load_policy())
    assert "HIDE001" in {finding.code for finding in report.findings}
