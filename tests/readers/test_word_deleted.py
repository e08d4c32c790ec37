"""What tracked deletions took out of a paragraph, and how it read before."""

from __future__ import annotations

import pytest

from support.word_content import run, text
from support.word_files import lines, word_file


def deleted(content: str) -> str:
    return f"<w:del w:id='1'>{run(text(content))}</w:del>"


def inserted(content: str) -> str:
    return f"<w:ins w:id='2'>{run(text(content))}</w:ins>"


def kept(content: str, properties: str = "") -> str:
    return run(text(content), properties)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            kept("Trial seven ") + deleted("(UK TOP SECRET) source named here"),
            ["(UK TOP SECRET) source named here", "Trial seven (UK TOP SECRET) source named here"],
            id="at the end",
        ),
        pytest.param(
            kept("UK ") + deleted("TOP ") + kept("SECRET"), ["TOP ", "UK TOP SECRET"], id="inside a marking"
        ),
        pytest.param(
            kept("UK OFFICIAL") + deleted("-SENSITIVE"), ["-SENSITIVE", "UK OFFICIAL-SENSITIVE"], id="suffix"
        ),
        pytest.param(
            deleted("One ") + kept("two ") + deleted("(UK SECRET) three"),
            ["One ", "(UK SECRET) three", "One two (UK SECRET) three"],
            id="two stretches",
        ),
        pytest.param(
            deleted("UK ") + inserted("GB ") + deleted("SECRET") + inserted("OFFICIAL"),
            ["UK SECRET"],
            id="replaced word by word",
        ),
        pytest.param(
            deleted("UK ") + deleted("SECRET") + kept(" ", "<w:b/>"), ["UK SECRET"], id="nothing kept"
        ),
        pytest.param(
            kept("It is so. " * 20) + deleted("Gone."), ["Gone."], id="a sentence in a long paragraph"
        ),
        pytest.param(
            kept("Seen ") + kept("hidden ", "<w:vanish/>") + deleted("gone"),
            ["gone", "Seen gone"],
            id="beside hidden text",
        ),
    ],
)
def test_deletions_inside_a_paragraph(content: str, expected: list[str]) -> None:
    found = lines(word_file(f"<w:p>{content}</w:p>"))
    assert [line for zone, line in found if zone == "deleted"] == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            kept("Trial seven. ") + inserted("(UK SECRET) source"), ["(UK SECRET) source"], id="at the end"
        ),
        pytest.param(
            kept("Trial. ") + inserted("2.  (UK SECRET) one") + kept(" and ") + inserted("（秘）二"),
            ["2.  (UK SECRET) one", "（秘）二"],
            id="two stretches",
        ),
        pytest.param(inserted("(UK SECRET) source") + kept(" and more"), [], id="opens the line"),
        pytest.param(kept("Trial ") + inserted("seven"), [], id="no bracket"),
        pytest.param(kept("Trial ") + deleted("(UK SECRET) one"), [], id="deleted"),
    ],
)
def test_an_inserted_portion_inside_a_paragraph_is_a_line(content: str, expected: list[str]) -> None:
    found = lines(word_file(f"<w:p>{content}</w:p>"))
    assert [line for zone, line in found if zone == "inserted"] == expected


def test_the_paragraph_around_an_insertion_stays_whole() -> None:
    found = lines(word_file(f"<w:p>{kept('Trial. ')}{inserted('(UK SECRET) source')}</w:p>"))
    assert found[0] == ("body", "Trial. (UK SECRET) source")
