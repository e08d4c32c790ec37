"""Rich text: groups, characters, sections with headers and footers, what is hidden, what is embedded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.word_files import ole_file, word_file

FONTS = (
    "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset128 MS Mincho;}{\\f2\\fcharset204 Arial Cyr;}"
    "{\\f3\\fcharset2 Symbol;}{\\f4\\fnil\\fcharset128\\cpg65001 Any;}}"
)
COLOURS = "{\\colortbl;\\red255\\green255\\blue255;\\red255\\green0\\blue0;\\red0\\green0\\blue0;}"


def rich_text(body: str, page: str = "1252") -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg{page}\\deff0{FONTS}{COLOURS}{body}}}".encode("latin-1")


def read_body(body: str, **options: str) -> Document:
    return read(rich_text(body, **options), "a.rtf", Limits())


def lines_of(document: Document, zone: Zone | None = None) -> list[str]:
    lines = [line for page in document.pages for line in page.lines]
    return [line.text for line in lines if zone in (None, line.zone)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one\\par two", ["one", "two"]),
        ("one\r\n two\\line three", ["one two", "three"]),
        ("UK {\\b SEC}RET\\par", ["UK SECRET"]),
        ("\\b0\\i one\\i0  two", ["one two"]),
        ("caf\\'e9 \\'93x\\'94 \\'80", ["café “x” €"]),
        ("\\f1\\'8b\\'c9\\'94\\'e9", ["極秘"]),
        ("\\f1\\'83A\\'83\\\\", ["アソ"]),
        ("\\f1\\'94\n\\'e9", ["秘"]),
        ("\\f1\\'87\\'40", ["①"]),
        ("\\f2\\'c4\\'c0", ["ДА"]),
        ("\\f4\\'e6\\'a5\\'b5", ["極"]),
        ("\\loch\\f0\\dbch\\af1 \\'8b\\'c9", ["極"]),
        ("\\u26997?\\u31192?", ["極秘"]),
        ("\\uc2\\u26997\\'8b\\'c9\\u31192\\'94\\'e9!", ["極秘!"]),
        ("\\uc0\\u26997 x", ["極x"]),
        ("{\\uc0{\\u26997}}\\u31192 ?x", ["極秘x"]),
        ("\\u-10187?\\u-9138?", ["\U0001d44e"]),
        ("a\\~b\\_c\\-d\\emdash e\\tab f", ["a\u00a0b-cd—e\tf"]),
        ("\\{x\\}\\\\", ["{x}\\"]),
        ("a\\bin3 }}}b", ["ab"]),
        ("{\\*\\unknown hidden}{\\unknown shown}", ["shown"]),
        ("{\\upr{plain}{\\*\\ud{\\u26997?}}}", ["極"]),
        ("{\\caps secret}", ["SECRET"]),
        ("\\trowd\\cellx100\\cellx200\\intbl one\\cell two\\par three\\cell\\row", ["one", "two", "three"]),
        ("{\\xe SECRET}{\\*\\bkmkstart b}text", ["text"]),
    ],
)
def test_text_is_read_as_it_is_shown(body: str, expected: list[str]) -> None:
    document = read_body(body)
    assert lines_of(document) == expected
    assert document.problems == ()


def test_western_bytes_stay_western_in_a_japanese_document() -> None:
    assert lines_of(read_body("\\'a3100\\par caf\\'e9 s", page="932")) == ["£100", "café s"]
    assert lines_of(read_body("\\'8b\\'c9\\'94\\'e9", page="932")) == ["極秘"]


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30
    )
)
def test_any_text_comes_back(text: str) -> None:
    units = memoryview(text.encode("utf-16-le")).cast("H")
    written = "".join(f"\\u{unit if unit < 0x8000 else unit - 0x10000}?" for unit in units)
    moved = "".join(chr(ord(c) - 0xF000) if 0xF000 <= ord(c) < 0xF100 else c for c in text)
    expected = [moved] if moved and not moved.isspace() else []
    assert lines_of(read_body(written)) == expected


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document(data: bytes) -> None:
    document = read(b"{\\rtf1 " + data, "a.rtf", Limits())
    assert not [problem for problem in document.problems if problem.kind is ProblemKind.internal]


SECTIONS = "{\\header all}{\\footer foot}one\\sect\\sectd{\\headerf first}two"


def test_a_section_goes_on_with_the_headers_of_the_one_before() -> None:
    pages = read_body(SECTIONS).pages
    shown = [(page.section, page.kind, page.live, [line.text for line in page.lines]) for page in pages]
    assert shown == [
        (1, PageKind.default, True, ["all", "one", "foot"]),
        (2, PageKind.default, True, ["all", "two", "foot"]),
        (2, PageKind.first, False, ["first"]),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{\\header h}x", [(PageKind.default, True, ["h", "x"])]),
        (
            "\\facingp{\\header h}x",
            [(PageKind.default, True, ["h", "x"]), (PageKind.even, True, ["h"])],
        ),
        (
            "\\facingp{\\headerr odd}{\\headerl even}x",
            [(PageKind.default, True, ["odd", "x"]), (PageKind.even, True, ["even"])],
        ),
        (
            "{\\headerr odd}{\\headerl even}x",
            [(PageKind.default, True, ["odd", "x"]), (PageKind.even, False, ["even"])],
        ),
        (
            "\\titlepg{\\header h}{\\headerf first}x",
            [(PageKind.first, True, ["first"]), (PageKind.default, True, ["h", "x"])],
        ),
        ("\\titlepg{\\header h}x", [(PageKind.first, True, []), (PageKind.default, True, ["h", "x"])]),
    ],
)
def test_each_kind_of_page_shows_its_own_header(body: str, expected: list[object]) -> None:
    pages = read_body(body).pages
    assert [(page.kind, page.live, [line.text for line in page.lines]) for page in pages] == expected


def test_header_lines_tell_how_they_look() -> None:
    document = read_body("{\\header\\pard\\qc\\b\\fs28\\cf2 UK SECRET\\par\\pard\\tqc\\tx4000\\tab UK\\par}")
    first, second = document.pages[0].lines
    assert (first.zone, first.centred, first.weight, first.size, first.colour) == (
        Zone.header,
        True,
        700,
        14.0,
        "FF0000",
    )
    assert second.centred


@pytest.mark.parametrize(
    ("body", "zone", "unseen"),
    [
        ("{\\v SECRET}", Zone.hidden, Unseen.hidden),
        ("{\\cf1 SECRET}", Zone.hidden, Unseen.colour),
        ("{\\fs2 SECRET}", Zone.hidden, Unseen.size),
        ("{\\deleted SECRET}", Zone.deleted, None),
        ("\\pard\\cbpat3\\cf3 SECRET", Zone.hidden, Unseen.colour),
        ("\\pard\\cbpat3\\cf1 SECRET", Zone.body, None),
        ("{\\chcbpat3\\cf1 SECRET}", Zone.body, None),
        ("\\trowd\\clcbpat3\\cellx10\\intbl\\cf1 SECRET\\cell\\row", Zone.table, None),
        ("\\trowd\\clcbpat3\\cellx10\\intbl\\cf3 SECRET\\cell\\row", Zone.hidden, Unseen.colour),
        ("{\\footnote SECRET}", Zone.footnote, None),
        ("{\\footnote\\ftnalt SECRET}", Zone.endnote, None),
        ("{\\*\\annotation SECRET}", Zone.comment, None),
        ("{\\shp{\\*\\shpinst{\\shptxt SECRET\\par}}{\\shprslt no}}", Zone.textbox, None),
        ("{\\*\\do\\dptxbx{\\dptxbxtext SECRET\\par}}", Zone.textbox, None),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv SECRET}}}}", Zone.watermark, None),
        ("{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv SECRET}}}ff}", Zone.image, Unseen.hidden),
        ("\\pard\\pvpg\\phpg\\absw100 SECRET", Zone.textbox, None),
    ],
)
def test_where_text_is_and_whether_it_is_seen(body: str, zone: Zone, unseen: Unseen | None) -> None:
    document = read_body(body + "\\par\\pard\\plain other")
    told = [line for page in document.pages for line in page.lines if line.text == "SECRET"]
    assert [(line.zone, line.unseen) for line in told] == [(zone, unseen)]


def test_what_is_inserted_or_struck_is_said() -> None:
    tracked, struck = read_body("{\\revised new}\\par{\\strike old}").pages[0].lines
    assert (tracked.tracked, struck.struck) == (True, True)


@pytest.mark.parametrize(
    ("vertical", "zone"), [("3", Zone.footer), ("1", Zone.header), ("2", Zone.textbox), ("0", Zone.header)]
)
def test_a_box_in_a_header_is_where_it_is_aligned(vertical: str, zone: Zone) -> None:
    position = f"{{\\sp{{\\sn posv}}{{\\sv {vertical}}}}}{{\\sp{{\\sn posrelv}}{{\\sv 1}}}}"
    document = read_body(f"{{\\header{{\\shp{{\\*\\shpinst{position}{{\\shptxt UK SECRET}}}}}}\\par}}x")
    assert lines_of(document, zone) == ["UK SECRET"]


@pytest.mark.parametrize(
    ("code", "result", "shown"),
    [
        ("PAGE", "7", "7"),
        ("PAGE", "", "1"),
        ("TITLE", "", "Plan"),
        ("DOCPROPERTY Marking", "", "UK SECRET"),
        ("FILENAME", "", "a.rtf"),
        ("QUOTE b", "", "b"),
        ("EQ \\\\* jc2 \\\\o\\\\ad(\\\\s\\\\up 10(SEE),UK SECRET)", "", "UK SECRET"),
        ("REF {\\field{\\*\\fldinst QUOTE b}{\\fldrslt c}}", "kept", "kept"),
    ],
)
def test_a_field_shows_its_result_else_what_it_means(code: str, result: str, shown: str) -> None:
    document = read_body(
        "{\\info{\\title Plan}}{\\*\\userprops{\\propname Marking}\\proptype30{\\staticval UK SECRET}}"
        f"[{{\\field{{\\*\\fldinst {code}}}{{\\fldrslt {result}}}}}]"
    )
    assert lines_of(document) == [f"[{shown}]"]


def test_fields_that_act_are_reported() -> None:
    document = read_body("{\\field{\\*\\fldinst DDEAUTO excel x}{\\fldrslt y}}{\\object\\objautlink}")
    (problem,) = [one for one in document.problems if one.kind is ProblemKind.active_content]
    assert problem.args == {"kinds": "DDEAUTO, LINK"}


LISTS = (
    "{\\*\\listtable{\\list{\\listlevel{\\leveltext\\'07(UK S) \\'00;}{\\levelnumbers\\'07;}}\\listid7}"
    "{\\list{\\listlevel{\\leveltext\\'02\\'00);}}\\listid8}}"
    "{\\*\\listoverridetable{\\listoverride\\listid7\\ls1}{\\listoverride\\listid8\\ls2}}"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{\\listtext (UK S) 1\\tab}\\pard\\ls1 text\\par", ["(UK S) 1\ttext"]),
        ("{\\listtext (s)\\tab}\\pard\\ls2 text\\par", ["text"]),
        ("{\\pntext 1.\\tab}text\\par", ["text"]),
        ("{\\pntext iv.\\tab}text\\par", ["text"]),
        ("{\\pntext (UK SECRET)\\tab}text\\par", ["(UK SECRET)\ttext"]),
    ],
)
def test_labels_of_lists_that_say_something_are_text(body: str, expected: list[str]) -> None:
    assert lines_of(read_body(LISTS + body)) == expected


def test_properties_and_labels() -> None:
    document = read_body(
        "{\\info{\\title Plan}{\\author A}{\\creatim\\yr2026\\mo3\\dy1\\hr9\\min5}}"
        "{\\*\\userprops{\\propname Classification}\\proptype30{\\staticval UK SECRET}}x"
    )
    assert [(found.name, found.value) for found in document.properties] == [
        ("title", "Plan"),
        ("creator", "A"),
        ("created", "2026-03-01T09:05:00"),
        ("Classification", "UK SECRET"),
    ]
    assert [label.text for label in document.labels] == ["UK SECRET"]


def _object(kind: bytes, content: bytes) -> str:
    def counted(text: bytes) -> bytes:
        return len(text).to_bytes(4, "little") + text

    head = (0x501).to_bytes(4, "little") + (2).to_bytes(4, "little")
    data = head + counted(kind + b"\0") + counted(b"") + counted(b"") + counted(content)
    return f"{{\\object\\objemb{{\\*\\objclass x}}{{\\*\\objdata {data.hex()}}}{{\\result shown}}}}"


def test_an_embedded_file_is_a_child() -> None:
    word = word_file("<w:p><w:r><w:t>UK SECRET</w:t></w:r></w:p>")
    size = len(word).to_bytes(4, "little")
    packed = b"\2\0C:\\a.docx\0c\0" + b"\0\0\3\0" + bytes(4) + size + word
    document = read_body(_object(b"Package", packed))
    assert lines_of(document) == ["shown"]
    assert [(child.name, lines_of(child)) for child in document.children] == [("a.docx", ["UK SECRET"])]


@pytest.mark.parametrize("data", ["zz", "0105", "010500000200000001000000", "0105000002000000" + "00" * 13])
def test_an_object_that_is_not_read_is_a_problem(data: str) -> None:
    document = read_body(f"{{\\object{{\\*\\objdata {data}}}}}x")
    assert [problem.reason for problem in document.problems] == [Reason.package_embedded]


def test_an_object_of_a_compound_file_is_read() -> None:
    document = read_body(_object(b"Word.Document.8", ole_file("WordDocument", b"x")))
    assert len(document.children) == 1


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (rich_text("one")[:-1], [Reason.rtf_cut_off]),
        (rich_text("one") + b"\0\r\n", []),
        (rich_text("one") + b" more", [Reason.rtf_rest]),
        (rich_text("one") + rich_text("two"), [Reason.rtf_rest]),
    ],
)
def test_text_that_breaks_off_or_goes_on_is_a_problem(data: bytes, reasons: list[Reason]) -> None:
    document = read(data, "a.rtf", Limits())
    assert [problem.reason for problem in document.problems] == reasons
    assert lines_of(document) == ["one"]


def test_groups_nest_without_end() -> None:
    deep = 100_000
    document = read_body("{" * deep + "UK SECRET" + "}" * deep)
    assert lines_of(document) == ["UK SECRET"]


def test_a_page_that_shows_a_picture_only_gave_no_text() -> None:
    document = read_body("{\\pict\\pngblip ffff}")
    assert [problem.kind for problem in document.problems] == [ProblemKind.no_text]


@pytest.mark.corpus
def test_files_by_others() -> None:
    for path in sorted((CORPUS / "rtf").iterdir()):
        document = read(path.read_bytes(), path.name, Limits())
        assert document.pages, path.name
        assert not [one for one in document.problems if one.kind is ProblemKind.internal], path.name
