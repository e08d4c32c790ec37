"""Labels of lists that carry portion marks."""

from __future__ import annotations

import pytest

from countermark.readers.docx.numbers import formatted
from support.word_files import lines, paragraph, word_file


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
def test_labels_with_words_stand_before_the_text(definition: str, shown: list[str]) -> None:
    assert numbered(definition, item("one"), item("two")) == shown


def test_deeper_levels_start_again() -> None:
    definition = level("Part %1") + level("Part %1.%2", depth=1)
    told = numbered(definition, item("a"), item("b", 1), item("c", 1), item("d"), item("e", 1))
    assert told == ["Part 1\ta", "Part 1.1\tb", "Part 1.2\tc", "Part 2\td", "Part 2.1\te"]


def test_a_list_may_change_a_level_for_itself() -> None:
    change = f'<w:lvlOverride w:ilvl="0">{level("(OS)")}</w:lvlOverride>'
    assert numbered(level("(S)"), item("one"), number=change) == ["(OS)\tone"]


def test_a_style_may_number_its_paragraphs() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Portion"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    definition = level("(O)") + level("(S)", '<w:pStyle w:val="Portion"/>', depth=1)
    assert numbered(definition, paragraph("one", '<w:pStyle w:val="Portion"/>'), styles=style) == ["(S)\tone"]


def test_no_list_takes_a_style_s_number_away() -> None:
    assert numbered(level("(S)"), item("one", list_id=0)) == ["one"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("upperRoman", {1: "I", 4: "IV", 19: "XIX", 3999: "MMMCMXCIX", 4000: "4000"}),
        ("lowerRoman", {9: "ix", 40: "xl"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"}),
        ("lowerLetter", {26: "z", 27: "aa"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 13: "13th", 21: "21st", 112: "112th"}),
        ("decimalZero", {1: "01", 10: "10", 100: "100"}),
        ("decimalFullWidth", {1: "１", 10: "１０"}),
        ("decimalFullWidth2", {29: "２９"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("numberInDash", {4: "- 4 -"}),
        ("aiueo", {1: "ｱ", 44: "ﾜ", 45: "ｦ", 46: "ﾝ", 47: "ｱ"}),
        ("aiueoFullWidth", {1: "ア", 46: "ン", 47: "ア"}),
        ("iroha", {1: "ｲ", 2: "ﾛ", 25: "ヰ", 48: "ﾝ", 49: "ｲ"}),
        ("irohaFullWidth", {3: "ハ", 47: "ス"}),
        ("ideographDigital", {1: "一", 10: "一〇", 105: "一〇五"}),
        ("japaneseDigitalTenThousand", {20: "二〇", 123: "一二三"}),
        (
            "japaneseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 100: "百", 1234: "千二百三十四", 10005: "一万五"},
        ),
        ("japaneseLegal", {1: "壱", 10: "壱拾", 23: "弐拾参", 1000: "壱阡", 10000: "壱萬"}),
        ("chineseCounting", {9: "九", 10: "十", 21: "二十一", 100: "一〇〇"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("hebrew1", {1: "1"}),
        ("japaneseCounting", {0: "0", 30000: "三万", 32768: "32768"}),
        ("upperLetter", {780: "Z" * 30, 781: "781", 10**9: "1000000000"}),
    ],
)
def test_number_formats(form: str, shown: dict[int, str]) -> None:
    assert {number: formatted(number, form) for number in shown} == shown


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("japaneseCounting", "別紙第三"),
        ("irohaFullWidth", "別紙第ハ"),
        ("upperRoman", "別紙第III"),
        ("decimal", "別紙第3"),
    ],
)
def test_a_label_shows_its_number_in_the_format_of_its_level(form: str, label: str) -> None:
    definition = level("別紙第%1", '<w:suff w:val="nothing"/>', form=form)
    assert numbered(definition, *[item("") for _ in range(3)])[2] == label


def test_a_label_may_have_all_numbers_in_digits() -> None:
    definition = level("Part %1", form="upperRoman") + level("Part %1.%2", "<w:isLgl/>", depth=1)
    assert numbered(definition, item("a"), item("b", 1)) == ["Part I\ta", "Part 1.1\tb"]


def test_lists_of_one_definition_count_on_together() -> None:
    second = '</w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>{}'
    items = (item("a"), item("b", list_id=2), item("c", list_id=2), item("d"))
    told = numbered(level("Annex %1"), *items, number=second.format(""))
    assert told == ["Annex 1\ta", "Annex 2\tb", "Annex 3\tc", "Annex 4\td"]
    own_start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/></w:lvlOverride>'
    told = numbered(level("Annex %1"), *items, number=second.format(own_start))
    assert told == ["Annex 1\ta", "Annex 8\tb", "Annex 9\tc", "Annex 10\td"]


@pytest.mark.parametrize("start", ["1000000000", "9" * 5000, "-1", "x"])
def test_a_start_that_no_list_has(start: str) -> None:
    definition = level("Annex %1", form="upperLetter").replace(
        'w:start w:val="1"', f'w:start w:val="{start}"'
    )
    (label,) = numbered(definition, item("one"))
    assert label.endswith("\tone")
    assert len(label) < 30
