"""Every marking that the standards can produce is read as what it states, and rendered as it stands: the
markings are drawn from the standards' own files."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import CompanionKind, Document, Line, Marking, Page, Zone
from countermark.recognition.explain import explain
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standard import Classification, Element, Standard
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

RECOGNISER = Recogniser(load_standards(data_folder()))
STANDARDS = RECOGNISER.standards
WORDS = RECOGNISER.lexicon
BRITISH = [one for one in STANDARDS.standards if one.country == "GB"]
JAPANESE = [one for one in STANDARDS.standards if one.country == "JP" and one.classifications]
SCHEMES = [one for one in STANDARDS.foreign.schemes if one.own or one.names]
NATIONS = {one.names[0]: (one.code,) for one in STANDARDS.nations.nations}
EYES = {
    one.name: one.members or (one.name,) for one in STANDARDS.nations.communities if one.name.endswith("EYES")
}
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Drawn(NamedTuple):
    """A marking as written, the day that it is of, and what it states."""

    text: str
    day: date
    stated: dict[str, object]


def day_of(standard: Standard) -> date:
    return standard.until or standard.from_ or date(2026, 6, 1)


def of_tier(elements: tuple[Element, ...], tier: str) -> list[str]:
    alone = [one for one in elements if not one.suffix]
    return [one.name for one in alone if not one.applies_to or tier in one.applies_to]


def codewords() -> st.SearchStrategy[str]:
    """A single word in capitals (Policy of 5 August 2024, page 21) that means nothing else."""
    words = st.text(LATIN, min_size=3, max_size=10)
    return words.filter(lambda word: WORDS.read_word(word)[0] not in WORDS.beginnings)


def organisations(elements: tuple[Element, ...]) -> st.SearchStrategy[str]:
    """`[ORGANISATION] USE ONLY` (page 17)."""
    suffixes = st.sampled_from([one.name for one in elements if one.suffix])
    return st.builds("{} {}".format, codewords(), suffixes)


@st.composite
def caveats(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A national caveat in the alphabetical order of page 22, and the codes of its nations."""
    community = draw(st.sampled_from(["", *EYES]))
    if community:
        return f"{community} ONLY", EYES[community]
    names = sorted(draw(st.lists(st.sampled_from(sorted(NATIONS)), min_size=1, max_size=4, unique=True)))
    return "/".join(names) + " EYES ONLY", tuple(code for name in names for code in NATIONS[name])


def some(values: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True) if values else st.just([])


@st.composite
def british(draw: st.DrawFn) -> Drawn:
    """Any marking of any issue of the British standard, its elements in their order."""
    standard = draw(st.sampled_from(BRITISH))
    tier = draw(st.sampled_from(standard.classifications)).name
    prefix = draw(st.sampled_from([standard.prefix.word, ""])) if standard.prefix else ""
    handling = draw(some(of_tier(standard.handling, tier)))
    named = any(one.suffix for one in standard.handling)
    handling += draw(st.lists(organisations(standard.handling), max_size=1)) if named else []
    descriptors = draw(some(of_tier(standard.descriptors, tier)))
    words = draw(st.lists(codewords(), max_size=1))
    limits = standard.caveats.applies_to if standard.caveats else ()
    restricted = draw(st.lists(caveats(), max_size=1)) if tier in limits else []
    releases = draw(st.lists(st.sampled_from(sorted(NATIONS)), max_size=1 if prefix else 0))
    parts = {
        "handling": handling,
        "descriptor": descriptors,
        "codeword": words,
        "caveat": [text for text, _ in restricted],
    }
    pieces = [f"{prefix} {tier}".strip()]
    pieces += [text for name in standard.order for text in parts.get(name, [])]
    pieces += [f"{draw(st.sampled_from(STANDARDS.vocabulary.release[:2]))} {name}" for name in releases]
    sensitive = tier == "OFFICIAL-SENSITIVE"
    stated = {
        "country": "GB",
        "classification": "OFFICIAL" if sensitive else tier,
        "sensitive": sensitive,
        "originator": "GB" if prefix else None,
        "handling": tuple(handling),
        "descriptors": tuple(descriptors),
        "codewords": tuple(words),
        "caveats": tuple(codes for _, codes in restricted),
        "releasable_to": tuple(code for name in releases for code in NATIONS[name]),
    }
    return Drawn((standard.separator or " ").join(pieces), day_of(standard), stated)


def stated_by(marking: Marking) -> dict[str, object]:
    fields = ("country", "classification", "sensitive", "originator", "handling", "descriptors", "codewords")
    found: dict[str, object] = {name: getattr(marking, name) for name in fields}
    nations = tuple(one.nations for one in marking.caveats)
    return found | {"caveats": nations, "releasable_to": marking.releasable_to}


@given(british())
def test_british(drawn: Drawn) -> None:
    [found] = explain(drawn.text, RECOGNISER, drawn.day)
    assert found.marking.canonical == drawn.text
    assert found.marking.defects == ()
    assert found.rest == ""
    assert stated_by(found.marking) == drawn.stated


@given(british(), st.sampled_from([" – ", " — ", "-"]))
def test_another_separator_is_a_defect_and_leads_to_the_same_form(drawn: Drawn, separator: str) -> None:
    head, *elements = drawn.text.split(" - ")
    [found] = explain(separator.join([head, *elements]), RECOGNISER, drawn.day)
    assert found.marking.canonical == drawn.text
    releasable_to = drawn.stated["releasable_to"]
    assert isinstance(releasable_to, tuple)
    assert ("separator-form" in found.marking.defects) == (len(elements) > len(releasable_to))


@given(british())
def test_width_changes_nothing_but_the_separators_look(drawn: Drawn) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in drawn.text)
    [found] = explain(wide, RECOGNISER, drawn.day)
    assert found.marking.canonical == drawn.text


NUMBERS = st.integers(1, 999)


@st.composite
def days(draw: st.DrawFn) -> tuple[str, str]:
    """A day in Japanese form, Western or by its era, and in ISO 8601."""
    day = draw(st.dates(date(2019, 5, 2), date(2035, 12, 31)))
    year = draw(st.sampled_from([str(day.year), f"令和{day.year - 2018}"]))
    blank = draw(st.sampled_from(["", " "]))
    return f"{year}年{blank}{day.month}月{blank}{day.day}日", day.isoformat()


@st.composite
def companions(draw: st.DrawFn) -> tuple[CompanionKind, str, str | None]:
    """A field that stands with a Japanese classification: its kind, as written, its day."""
    kind = draw(st.sampled_from(["registration", "copy", "period", "designated", "author"]))
    number, other = draw(NUMBERS), draw(NUMBERS)
    written, day = draw(days())
    colon = draw(st.sampled_from([" ", "：", ": ", ""]))
    if kind == "registration":
        label = draw(st.sampled_from(["登録番号", "整理番号", "管理番号", "文書番号"]))
        form = draw(st.sampled_from([f"第{number}号", f"防整第{number}号", f"{number}", f"R8-{number}"]))
        return CompanionKind.registration, f"{label}{colon}{form}", None
    if kind == "copy":
        form = draw(st.sampled_from([f"{other}部中第{number}号", f"部数番号{colon}{other}部中第{number}号"]))
        return CompanionKind.copy, form, None
    if kind == "period":
        label = draw(st.sampled_from(["指定期間", "秘密指定期間", "有効期間", "指定の有効期間"]))
        form = draw(st.sampled_from([f"{written}まで", f"2018年4月1日から{written}まで"]))
        return CompanionKind.period, f"{label}{colon}{form}", day
    if kind == "designated":
        return (
            CompanionKind.designated,
            f"{draw(st.sampled_from(['指定年月日', '指定日']))}{colon}{written}",
            day,
        )
    return (
        CompanionKind.author,
        f"作成者：{draw(st.sampled_from(['装備計画課', '山田太郎', '防衛政策局調査課']))}",
        None,
    )


def japanese_names(country: str) -> list[str]:
    [nation] = [one for one in STANDARDS.nations.nations if one.code == country]
    return [name for name in nation.names if not name.isascii() and len(name) > 1]


@st.composite
def japanese(draw: st.DrawFn) -> Drawn:
    """Any marking of any Japanese standard, with or without the country that it comes from."""
    standard = draw(st.sampled_from(JAPANESE))
    tier = draw(st.sampled_from(standard.classifications)).name
    originator = draw(st.sampled_from([None, "JP", "GB"]))
    name = draw(st.sampled_from(japanese_names(originator))) if originator else ""
    every = {
        name for one in STANDARDS.standards if one.country == "JP" for name in of_tier(one.handling, tier)
    }
    handling = draw(some(sorted(every)))
    stated = {
        "country": "JP",
        "classification": tier,
        "sensitive": False,
        "originator": originator,
        "handling": tuple(handling),
        "descriptors": (),
        "codewords": (),
        "caveats": (),
        "releasable_to": (),
    }
    return Drawn(" ".join(filter(None, [name, tier, *handling])), day_of(standard), stated)


@given(japanese())
def test_japanese(drawn: Drawn) -> None:
    [found] = explain(drawn.text, RECOGNISER, drawn.day)
    assert found.marking.canonical == drawn.text
    assert found.marking.defects == ()
    assert found.rest == ""
    assert stated_by(found.marking) == drawn.stated


@given(japanese(), st.lists(companions(), min_size=1, max_size=3, unique_by=lambda one: one[0]), st.data())
def test_japanese_with_the_fields_beside_it(
    drawn: Drawn, beside: list[tuple[CompanionKind, str, str | None]], data: st.DataObject
) -> None:
    joined = "、".join(text for _, text, _ in beside)
    spaced = " ".join(text for _, text, _ in beside)
    text = data.draw(st.sampled_from([f"{drawn.text}（{joined}）", f"{drawn.text} {spaced}"]))
    [found] = explain(text, RECOGNISER, drawn.day)
    assert found.rest == ""
    assert found.marking.canonical == drawn.text
    assert found.marking.defects == ()
    assert stated_by(found.marking) == drawn.stated
    assert [(one.kind, one.date) for one in found.marking.companions] == [
        (kind, day) for kind, _, day in beside
    ]


@given(british(), japanese(), st.sampled_from([" / ", "／", " ・ "]), st.booleans())
def test_dual_on_one_line(british: Drawn, japanese: Drawn, between: str, british_first: bool) -> None:
    first, second = (british, japanese) if british_first else (japanese, british)
    found = explain(f"{first.text}{between}{second.text}", RECOGNISER, date(2026, 6, 1))
    assert [stated_by(one.marking) for one in found] == [first.stated, second.stated]
    assert found[0].rest == ""


def found_in_header(lines: list[str], day: date) -> tuple[Marking, ...]:
    page = Page(number=1, lines=tuple(Line(text=text, zone=Zone.header, number=1) for text in lines))
    document = Document(name="x", media_type="", sha256="", pages=(page,))
    return accepted(examine(document, RECOGNISER, day).markings)


def is_marking_alone(drawn: Drawn) -> bool:
    """Whether it needs no other evidence than itself: plain words are markings with their country only."""
    plain = {tier.name for one in STANDARDS.standards for tier in one.classifications if tier.plain_word}
    return bool(drawn.stated["originator"]) or drawn.stated["classification"] not in plain


@given(british().filter(is_marking_alone), japanese().filter(is_marking_alone), st.booleans())
def test_dual_on_two_lines(british: Drawn, japanese: Drawn, british_first: bool) -> None:
    pair = (british, japanese) if british_first else (japanese, british)
    found = found_in_header([one.text for one in pair], date(2026, 6, 1))
    assert [stated_by(one) for one in found] == [one.stated for one in pair]


@st.composite
def foreign(draw: st.DrawFn) -> tuple[str, str, Classification]:
    """A third party's marking, its country and its tier."""
    scheme = draw(st.sampled_from(SCHEMES))
    own = [(form, tier) for tier in scheme.own for form in (tier.name, *tier.also)]
    shared = [(f"{name} {tier.name}", tier) for name in scheme.names for tier in scheme.shared]
    text, tier = draw(st.sampled_from(own + shared))
    if scheme.separator:
        controls = draw(st.lists(st.sampled_from(scheme.controls), min_size=1, max_size=3, unique=True))
        bare = draw(st.booleans())
        text = scheme.separator.join([tier.name if bare else text, *controls])
    return text, scheme.country, tier


@given(foreign())
def test_foreign(drawn: tuple[str, str, Classification]) -> None:
    text, country, tier = drawn
    [found] = explain(text, RECOGNISER, date(2026, 6, 1))
    assert (found.marking.country, found.marking.classification_text) == (country, tier.name)
    assert (found.marking.level, found.marking.grade) == (tier.level, tier.rank)
    assert found.marking.defects == ()
    assert found.rest == ""


@pytest.mark.parametrize("standard", [one for one in STANDARDS.standards if one.classifications])
def test_portions(standard: Standard) -> None:
    prefixes = ["", standard.prefix.word + " "] if standard.prefix else [""]
    for tier in standard.classifications:
        for letters in (tier.name, *tier.portion):
            for prefix in prefixes:
                found = RECOGNISER.portions.portion_of(f"({prefix}{letters}) The range.", day_of(standard))
                assert found is not None
                assert found.parsed.tier is not None
                name = "OFFICIAL" if tier.name == "OFFICIAL-SENSITIVE" else tier.name
                assert (found.parsed.country, found.parsed.tier.value) == (standard.country, name)
                assert found.abbreviated == (letters != tier.name)


def is_broken(drawn: Drawn) -> bool:
    """Whether a line of usual length could break it."""
    return " - " in drawn.text and len(drawn.text) <= 110 and is_marking_alone(drawn)


@given(british().filter(is_broken), st.data())
def test_british_on_two_lines(drawn: Drawn, data: st.DataObject) -> None:
    pieces = drawn.text.split(" - ")
    place = data.draw(st.integers(1, len(pieces) - 1))
    open_dash = " -" if data.draw(st.booleans()) or names_something(pieces[place:]) else ""
    found = found_in_header([" - ".join(pieces[:place]) + open_dash, " - ".join(pieces[place:])], drawn.day)
    assert [stated_by(one) for one in found] == [drawn.stated]


def names_something(pieces: list[str]) -> bool:
    """Whether one is a codeword or names a body: on a line of its own any word could be that."""
    return any(WORDS.read_word(piece.split()[0])[0] not in WORDS.beginnings for piece in pieces)
