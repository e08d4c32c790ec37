"""Lines break where English and Japanese break."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from countermark.model import Inspection, Line, Page, PageKind, Status, Zone
from countermark.reporting.terminal.inspection import write_inspection
from countermark.support.console import write_line
from countermark.support.wrapping import NOT_FIRST, NOT_LAST, breaks


def pieces(line: str, width: int) -> list[str]:
    ends = [*breaks(line, width), len(line)]
    return [line[start:end].rstrip() for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("line", "width", "expected"),
    [
        ("a short line", 20, ["a short line"]),
        ("words are kept whole", 10, ["words are", "kept whole"]),
        ("unbreakable", 5, ["unbre", "akabl", "e"]),
        ("秘密区分を表示すること。", 10, ["秘密区分を", "表示するこ", "と。"]),
        ("秘密区分、区分", 8, ["秘密区", "分、区分"]),
        ("表示「極秘」がある", 6, ["表示", "「極", "秘」が", "ある"]),
        ("環境変数COUNTERMARKを", 12, ["環境変数", "COUNTERMARK", "を"]),
        ("Word文書", 4, ["Word", "文書"]),
    ],
)
def test_a_line_breaks_as_its_language_does(line: str, width: int, expected: list[str]) -> None:
    assert pieces(line, width) == expected


@given(st.text("ab 、。（）「」極秘ー", max_size=40), st.integers(8, 30))
@example(" 、、、、、", 9)
def test_pieces_are_the_line_and_no_wider(line: str, width: int) -> None:
    ends = breaks(line, width)
    assert ends == sorted(set(ends))
    assert all(0 < end < len(line) for end in ends)
    assert all(cell_len(piece) <= width for piece in pieces(line, width))


@given(
    st.lists(st.sampled_from(("極秘、", "表示「秘」", "（注）", "SECRET", "区分。")), max_size=12).map(
        "".join
    )
)
def test_no_line_begins_or_ends_with_what_may_not(line: str) -> None:
    cut = pieces(line, 14)
    assert not any(piece[:1] in NOT_FIRST for piece in cut[1:])
    assert not any(piece[-1:] in NOT_LAST for piece in cut[:-1])


def test_further_pieces_hang_below_the_first() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=60, color_system=None)
    write_line(console, Text("JP003  " + "特定秘密表示" * 8), indent=2, hang=7)
    first, *others = screen.getvalue().splitlines()
    assert first.startswith("  JP003  特定")
    assert others
    assert all(one.startswith(" " * 9) and one[9] != " " for one in others)
    assert all(cell_len(one) <= 60 for one in (first, *others))


def test_long_lines_of_an_inspection_stay_in_their_column() -> None:
    screen = io.StringIO()
    long = Line(text="a line of the body " * 8, zone=Zone.body, number=1, part="word/document.xml")
    inspection = Inspection(
        path="a.docx",
        sha256="",
        media_type="",
        pages=1,
        status=Status.checked,
        content=(Page(section=1, kind=PageKind.default, lines=(long,)),),
    )
    console = Console(file=screen, force_terminal=True, width=80, color_system=None)
    write_inspection(inspection, console, "en")
    rows = screen.getvalue().splitlines()
    first = next(row for row in rows if "a line of the body" in row)
    others = rows[rows.index(first) + 1 :]
    assert len(others) >= 3
    assert all(row.startswith(" " * first.index("a line") + row.lstrip()[:1]) for row in others)
