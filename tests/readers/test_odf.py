"""OpenDocument texts: master pages, what is hidden, deleted, noted, boxed or embedded, encryption."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.model import Document, Line, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.passwords import NO_PASSWORDS, Passwords
from support.libreoffice import CHANGES, FLAT_TEXT
from support.odf_files import encrypted, open_document, part, zipped

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "odt"


def read_odt(data: bytes, passwords: Passwords = NO_PASSWORDS, limits: Limits | None = None) -> Document:
    return read(data, "a.odt", limits or Limits(), passwords=passwords)


def lines_of(document: Document) -> list[Line]:
    return [line for page in document.pages for line in page.lines]


def shown(document: Document) -> list[object]:
    return [
        (page.section, page.kind, page.live, [line.text for line in page.lines]) for page in document.pages
    ]


def style(name: str, properties: str, family: str = "text", attributes: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" {attributes}>'
        f"<style:{family}-properties {properties}/></style:style>"
    )


def master(name: str, following: str = "", **parts: str) -> str:
    bands = "".join(
        f"<style:{key.replace('_', '-')}><text:p>{text}</text:p></style:{key.replace('_', '-')}>"
        for key, text in parts.items()
    )
    after = f'style:next-style-name="{following}"' if following else ""
    return f'<style:master-page style:name="{name}" {after}>{bands}</style:master-page>'


def begins(master_name: str, number: str = "") -> str:
    properties = f'<style:paragraph-properties style:page-number="{number}"/>' if number else ""
    return (
        f'<style:style style:name="to{master_name}" style:family="paragraph"'
        f' style:master-page-name="{master_name}">{properties}</style:style>'
    )


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<text:p>one</text:p><text:h>two</text:h>", ["one", "two"]),
        ("<text:p>  UK\n <text:span>SEC</text:span>RET </text:p>", ["UK SECRET "]),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', ["a   b\tc", "d"]),
        (
            "<text:p>Page <text:page-number/> of <text:page-count>7</text:page-count></text:p>",
            ["Page 1 of 7"],
        ),
        ("<text:p><text:title>UK SECRET</text:title></text:p>", ["UK SECRET"]),
        (
            "<text:p><text:ruby><text:ruby-base>極秘</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"
            "</text:p>",
            ["極秘"],
        ),
        (
            '<text:p><text:a xlink:href="http://x/">link</text:a><text:bookmark text:name="b"/></text:p>',
            ["link"],
        ),
        ("<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>", ["item"]),
        (
            "<text:table-of-content><text:table-of-content-source><text:p>no</text:p>"
            "</text:table-of-content-source><text:index-body><text:p>1 One</text:p></text:index-body>"
            "</text:table-of-content>",
            ["1 One"],
        ),
        ("<text:unknown><text:p>kept</text:p></text:unknown>", ["kept"]),
    ],
)
def test_text_is_read_as_it_is_shown(body: str, texts: list[str]) -> None:
    document = read_odt(open_document(body))
    assert [line.text for line in lines_of(document)] == texts
    assert document.problems == ()


HIDDEN = style("hide", 'text:display="none"')


@pytest.mark.parametrize(
    ("body", "zone", "unseen"),
    [
        ('<text:p><text:span text:style-name="hide">SECRET</text:span></text:p>', Zone.hidden, Unseen.hidden),
        (
            '<text:p><text:span text:style-name="white">SECRET</text:span></text:p>',
            Zone.hidden,
            Unseen.colour,
        ),
        ('<text:p><text:span text:style-name="dark">SECRET</text:span></text:p>', Zone.body, None),
        ('<text:p><text:span text:style-name="tiny">SECRET</text:span></text:p>', Zone.hidden, Unseen.size),
        (
            '<text:p><text:span text:style-name="clear">SECRET</text:span></text:p>',
            Zone.hidden,
            Unseen.invisible,
        ),
        ('<text:p><text:span text:style-name="auto">SECRET</text:span></text:p>', Zone.body, None),
        (
            '<text:section text:display="none"><text:p>SECRET</text:p></text:section>',
            Zone.hidden,
            Unseen.hidden,
        ),
        (
            '<text:section text:display="condition" text:is-hidden="true"><text:p>SECRET</text:p>'
            "</text:section>",
            Zone.hidden,
            Unseen.hidden,
        ),
        (
            '<text:p><text:hidden-text text:is-hidden="true" text:string-value="SECRET"/></text:p>',
            Zone.hidden,
            Unseen.hidden,
        ),
        (
            '<text:p><text:hidden-paragraph text:is-hidden="true"/>SECRET</text:p>',
            Zone.hidden,
            Unseen.hidden,
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>SECRET</text:p></table:table-cell>"
            "<table:table-cell/></table:table-row></table:table>",
            Zone.table,
            None,
        ),
        (
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
            "<text:p>SECRET</text:p></table:table-cell><table:table-cell/></table:table-row></table:table>",
            Zone.hidden,
            Unseen.hidden,
        ),
        (
            '<text:p><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>SECRET</text:p></text:note-body></text:note></text:p>",
            Zone.footnote,
            None,
        ),
        (
            "<text:p><office:annotation><dc:creator>A</dc:creator><text:p>SECRET</text:p></office:annotation>"
            "</text:p>",
            Zone.comment,
            None,
        ),
        (
            '<text:p><draw:frame text:anchor-type="char"><draw:text-box><text:p>SECRET</text:p>'
            "</draw:text-box></draw:frame></text:p>",
            Zone.textbox,
            None,
        ),
        (
            "<text:p><draw:g><draw:rect><text:p>SECRET</text:p></draw:rect></draw:g></text:p>",
            Zone.textbox,
            None,
        ),
        (
            "<text:p><draw:custom-shape><text:p>SECRET</text:p>"
            '<draw:enhanced-geometry draw:text-path="true"/></draw:custom-shape></text:p>',
            Zone.watermark,
            None,
        ),
        (
            "<text:p>x<draw:frame><draw:image/><svg:desc>SECRET</svg:desc></draw:frame></text:p>",
            Zone.image,
            Unseen.hidden,
        ),
        (
            '<office:forms><form:form><form:text form:value="SECRET"/></form:form></office:forms>',
            Zone.field,
            None,
        ),
    ],
)
def test_where_text_is_and_whether_it_is_seen(body: str, zone: Zone, unseen: Unseen | None) -> None:
    automatic = HIDDEN + style("white", 'fo:color="#ffffff"') + style("tiny", 'fo:font-size="1pt"')
    automatic += style("dark", 'fo:color="#ffffff" fo:background-color="#000000"')
    automatic += style("clear", 'fo:color="#000000" loext:opacity="0%"')
    automatic += style("auto", 'style:use-window-font-color="true" loext:opacity="0%"')
    document = read_odt(open_document(f"<text:p>other</text:p>{body}", automatic=automatic))
    lines = [line for line in (*lines_of(document), *document.lines) if line.text == "SECRET"]
    assert [(line.zone, line.unseen) for line in lines] == [(zone, unseen)]


@pytest.mark.parametrize(
    ("around", "after"),
    [
        ("<text:p><office:annotation>", "</office:annotation></text:p>"),
        ("<text:p><text:note><text:note-body>", "</text:note-body></text:note></text:p>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        (
            "<table:table><table:table-row><table:table-cell>",
            "</table:table-cell></table:table-row></table:table>",
        ),
    ],
)
@pytest.mark.parametrize("depth", [1, 2, 60])
def test_what_is_nested_is_read(around: str, after: str, depth: int) -> None:
    note = "<text:p>SECRET<office:annotation><text:p>A comment</text:p></office:annotation></text:p>"
    document = read_odt(open_document(around * depth + note + after * depth))
    assert sorted(line.text for line in lines_of(document)) == ["A comment", "SECRET"]
    assert document.problems == ()


def test_tracked_changes_are_read_as_such() -> None:
    body = (
        f'{CHANGES}<text:p>Kept<text:change text:change-id="c2"/><text:change-start text:change-id="c1"/> new'
        '<text:change-end text:change-id="c1"/></text:p>'
    )
    told = [(line.text, line.zone, line.tracked) for line in lines_of(read_odt(open_document(body)))]
    assert ("Kept new", Zone.body, True) in told
    assert ("gone words", Zone.deleted, False) in told


def test_styles_pass_on_what_they_set() -> None:
    styles = style("Base", 'fo:font-weight="bold" fo:font-size="10pt"', "text")
    styles += (
        '<style:style style:name="Head" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center"/>'
        '<style:text-properties fo:font-size="20pt" fo:color="#ff0000"/></style:style>'
        '<style:style style:name="Sub" style:family="paragraph" style:parent-style-name="Head"/>'
    )
    body = '<text:p text:style-name="Sub">UK <text:span text:style-name="Base">SECRET</text:span></text:p>'
    (line,) = lines_of(read_odt(open_document(body, styles=styles)))
    assert (line.text, line.centred, line.size, line.colour) == ("UK SECRET", True, 20.0, "FF0000")


def test_styles_in_a_circle_end() -> None:
    styles = "".join(
        f'<style:style style:name="{own}" style:family="text" style:parent-style-name="{parent}"/>'
        for own, parent in (("a", "b"), ("b", "a"))
    )
    body = '<text:p><text:span text:style-name="a">text</text:span></text:p>'
    assert [line.text for line in lines_of(read_odt(open_document(body, styles=styles)))] == ["text"]


MASTERS = {
    "plain": (
        master("Standard", header="H", footer="F"),
        [(1, PageKind.default, True, ["H", "x", "F"])],
    ),
    "first and left": (
        master("Standard", header="H", header_first="1", header_left="L", footer="F"),
        [
            (1, PageKind.first, True, ["1", "F"]),
            (1, PageKind.even, True, ["L", "F"]),
            (1, PageKind.default, True, ["H", "x", "F"]),
        ],
    ),
    "another after the first page": (
        master("Standard", following="Rest", header="1") + master("Rest", header="R"),
        [(1, PageKind.first, True, ["1"]), (1, PageKind.default, True, ["R", "x"])],
    ),
    "one of no page": (
        master("Standard", header="H") + master("Other", header="O"),
        [(1, PageKind.default, True, ["H", "x"])],
    ),
    "none": ("", [(1, PageKind.default, True, ["x"])]),
}


@pytest.mark.parametrize(("masters", "expected"), MASTERS.values(), ids=MASTERS)
def test_each_kind_of_page_shows_its_own_header(masters: str, expected: list[object]) -> None:
    assert shown(read_odt(open_document("<text:p>x</text:p>", masters=masters))) == expected


def test_a_header_that_no_page_shows_is_a_line_of_its_own() -> None:
    masters = master("Standard", header="H") + master("Other", header="UK SECRET")
    masters += '<style:master-page style:name="Off"><style:header style:display="false"><text:p>off</text:p>'
    masters += "</style:header></style:master-page>"
    document = read_odt(open_document("<text:p>x</text:p>", masters=masters))
    assert [(line.text, line.zone, line.unseen) for line in document.lines] == [
        ("UK SECRET", Zone.hidden, Unseen.unused),
        ("off", Zone.hidden, Unseen.unused),
    ]


def test_a_header_that_is_switched_off_is_of_a_page_that_is_not_shown() -> None:
    masters = (
        '<style:master-page style:name="Standard"><style:header><text:p>H</text:p></style:header>'
        '<style:header-left style:display="false"><text:p>L</text:p></style:header-left></style:master-page>'
    )
    document = read_odt(open_document("<text:p>x</text:p>", masters=masters))
    assert shown(document) == [
        (1, PageKind.default, True, ["H", "x"]),
        (1, PageKind.even, False, ["L"]),
    ]


def test_a_paragraph_that_names_a_master_begins_a_section() -> None:
    masters = master("Standard", header="H") + master("Annex", header="A")
    body = '<text:p>one</text:p><text:p text:style-name="toAnnex">two</text:p><text:p>three</text:p>'
    document = read_odt(open_document(body, automatic=begins("Annex", "2"), masters=masters))
    assert shown(document) == [
        (1, PageKind.default, True, ["H", "one"]),
        (2, PageKind.default, True, ["A", "two", "three"]),
    ]


def test_labels_of_lists_that_have_words_are_text() -> None:
    lists = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-prefix="(UK S) " style:num-suffix="."/></text:list-style>'
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="a"'
        ' style:num-suffix=")"/></text:list-style>'
    )
    item = "<text:list-item><text:p>text</text:p></text:list-item>"
    body = "".join(f'<text:list text:style-name="{name}">{item * 2}</text:list>' for name in "LN")
    texts = [line.text for line in lines_of(read_odt(open_document(body, automatic=lists)))]
    assert texts == ["(UK S) 1.\ttext", "(UK S) 2.\ttext", "text", "text"]


def test_properties_and_labels() -> None:
    meta = (
        "<dc:title>Plan</dc:title><meta:creation-date>2026-01-01T00:00:00</meta:creation-date>"
        '<meta:user-defined meta:name="Classification">UK SECRET</meta:user-defined>'
    )
    document = read_odt(open_document("", meta=meta))
    assert [(found.name, found.value) for found in document.properties] == [
        ("title", "Plan"),
        ("created", "2026-01-01T00:00:00"),
        ("Classification", "UK SECRET"),
    ]
    assert [label.text for label in document.labels] == ["UK SECRET"]


def test_an_object_that_is_a_text_is_a_child_and_a_chart_is_text() -> None:
    frame = '<text:p>x<draw:frame><draw:object xlink:href="./{}"/><draw:image/></draw:frame></text:p>'
    inner = "<office:body><office:text><text:p>UK SECRET</text:p></office:text></office:body>"
    chart = "<office:body><office:chart><text:p>SERIES</text:p></office:chart></office:body>"
    data = open_document(
        frame.format("Object 1") + frame.format("Object 2"),
        more={
            "Object 1/content.xml": part("document-content", inner),
            "Object 2/content.xml": part("document-content", chart),
        },
    )
    document = read_odt(data)
    assert [(child.name, [line.text for line in lines_of(child)]) for child in document.children] == [
        ("Object 1.odt", ["UK SECRET"])
    ]
    assert [line.text for line in lines_of(document)] == ["x", "x", "SERIES"]


def test_what_acts_or_is_fetched_is_reported() -> None:
    body = '<text:p>x<draw:frame><draw:image xlink:href="http://x/y.png"/></draw:frame></text:p>'
    document = read_odt(open_document(body, more={"Basic/Standard/Module1.xml": b"<x/>"}))
    (problem,) = document.problems
    assert (problem.kind, problem.args) == (ProblemKind.active_content, {"kinds": "image, macros"})


@pytest.mark.parametrize(
    ("passwords", "reason"), [((), Reason.encrypted), (("wrong",), Reason.no_password_fits)]
)
def test_an_encrypted_text_is_not_read(passwords: tuple[str, ...], reason: Reason) -> None:
    data = encrypted(open_document("<text:p>UK SECRET</text:p>"), "open")
    document = read_odt(data, Passwords(passwords))
    assert [(found.kind, found.reason) for found in document.problems] == [(ProblemKind.encrypted, reason)]
    assert lines_of(document) == []


def test_the_first_password_that_fits_opens_it() -> None:
    data = encrypted(open_document("<text:p>UK SECRET</text:p>"), "open")
    document = read_odt(data, Passwords(("wrong", "open")))
    assert ([line.text for line in lines_of(document)], document.problems) == (["UK SECRET"], ())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", ProblemKind.unreadable),
        (b"<office:document", ProblemKind.unreadable),
        (b"", ProblemKind.unreadable),
        (part("document-content", ""), ProblemKind.unreadable),
    ],
)
def test_a_damaged_part_is_a_problem(content: bytes, kind: ProblemKind) -> None:
    document = read_odt(zipped({"content.xml": content, "styles.xml": part("document-styles", "")}))
    kinds = [problem.kind for problem in document.problems]
    assert kind in kinds
    assert ProblemKind.internal not in kinds


def test_limits_hold() -> None:
    data = open_document("<text:p/>" * 2000 + "x" * 3_000_000)
    (problem,) = read_odt(data, limits=Limits(ratio=5)).problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "ratio")


def test_a_flat_text_has_something_of_every_kind() -> None:
    document = read(FLAT_TEXT.encode(), "a.fodt", Limits())
    zones = {line.zone for line in lines_of(document)}
    assert zones >= {
        Zone.header,
        Zone.footer,
        Zone.body,
        Zone.table,
        Zone.textbox,
        Zone.footnote,
        Zone.endnote,
        Zone.comment,
        Zone.deleted,
        Zone.hidden,
        Zone.watermark,
    }
    assert [page.kind for page in document.pages] == [PageKind.first, PageKind.default]
    assert document.problems == ()


@pytest.mark.parametrize("cut", [100, 1000])
def test_a_flat_text_that_breaks_off_is_damaged(cut: int) -> None:
    document = read(FLAT_TEXT.encode()[:-cut], "a.fodt", Limits())
    assert [problem.reason for problem in document.problems] == [Reason.odf_broken]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's files is not here")
def test_files_by_others() -> None:
    for path in sorted(CORPUS.iterdir()):
        document = read(path.read_bytes(), path.name, Limits())
        assert document.pages or document.problems, path.name
        assert not [one for one in document.problems if one.kind is ProblemKind.internal], path.name
