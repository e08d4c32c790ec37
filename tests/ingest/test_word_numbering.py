"""Labels of lists that carry portion marks."""

from __future__ import annotations

import pytest
from word_files import lines, paragraph, word_file


def level(label: str, more: str = "", depth: int = 0, form: str = "decimal") -> str:
    before = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{before}<w:lvlText w:val="{label}"/></w:lvl>'


def numbered(definition: str, *paragraphs: str, number: str = "", styles: str = "") -> list[str]:
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{definition}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/>{number}</w:num>'
    )
    data = word_file("".join(paragraphs), linked={"numbering": numbering, "styles": styles})
    return [line for _, line in lines(data)]


def item(text: str, depth: int = 0, list_id: int = 1) -> str:
    numbers = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/>'
    return paragraph(text, f"<w:numPr>{numbers}</w:numPr>")


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        (level("(UK S)"), ["(UK S)\tone", "(UK S)\ttwo"]),
        (level("(S)", '<w:suff w:val="space"/>'), ["(S) one", "(S) two"]),
        (level("（秘）", '<w:suff w:val="nothing"/>'), ["（秘）one", "（秘）two"]),
        (level("Annex %1"), ["Annex 1\tone", "Annex 2\ttwo"]),
        (level("Annex %1", form="upperLetter"), ["Annex A\tone", "Annex B\ttwo"]),
        (level("%1."), ["one", "two"]),
        (level("\uf0b7", form="bullet"), ["one", "two"]),
        (level("o", form="bullet"), ["one", "two"]),
        ("", ["one", "two"]),
    ],
)
def test_labels_with_words_stand_before_the_text(definition, shown):
    assert numbered(definition, item("one"), item("two")) == shown


def test_deeper_levels_start_again():
    definition = level("Part %1") + level("Part %1.%2", depth=1)
    told = numbered(definition, item("a"), item("b", 1), item("c", 1), item("d"), item("e", 1))
    assert told == ["Part 1\ta", "Part 1.1\tb", "Part 1.2\tc", "Part 2\td", "Part 2.1\te"]


def test_a_list_may_change_a_level_for_itself():
    change = f'<w:lvlOverride w:ilvl="0">{level("(OS)")}</w:lvlOverride>'
    assert numbered(level("(S)"), item("one"), number=change) == ["(OS)\tone"]


def test_a_style_may_number_its_paragraphs():
    style = (
        '<w:style w:type="paragraph" w:styleId="Portion"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    definition = level("(O)") + level("(S)", '<w:pStyle w:val="Portion"/>', depth=1)
    assert numbered(definition, paragraph("one", '<w:pStyle w:val="Portion"/>'), styles=style) == ["(S)\tone"]


def test_no_list_takes_a_style_s_number_away():
    assert numbered(level("(S)"), item("one", list_id=0)) == ["one"]
