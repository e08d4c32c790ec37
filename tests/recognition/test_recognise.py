"""Markings told from mentions."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from countermark.model import Box, Document, Line, Marking, Outcome, Page, Zone
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)


def page(number: int = 1, /, **zones: str) -> Page:
    lines = [
        Line(text=text, zone=Zone(zone), number=0)
        for zone, texts in zones.items()
        for text in texts.split("\n")
    ]
    return Page(number=number, lines=tuple(lines))


def markings_of(recogniser: Recogniser, *pages: Page, originator: str | None = None) -> tuple[Marking, ...]:
    document = Document(name="x", media_type="x", sha256="", pages=pages)
    found = examine(document, recogniser, TODAY, originator=originator).markings
    return accepted(found)


@pytest.mark.parametrize(
    "text",
    [
        "UK SECRET",
        "SECRET",
        "OFFICIAL",
        "OFFICIAL-SENSITIVE",
        "極秘",
        "秘",
        "特定秘密",
        "【極　秘】",
        "UK Secret",
        "機密性 2 情報",
        "機密性 1 関係者限り",
    ],
)
@pytest.mark.parametrize("zone", ["header", "footer"])
def test_a_marking_at_head_or_foot_is_found(recogniser: Recogniser, zone: str, text: str) -> None:
    [found] = markings_of(recogniser, page(**{zone: text}))
    assert found.zone == zone


@pytest.mark.parametrize(
    "text",
    [
        "The plans were kept secret",
        "Formerly SECRET, now open: FO 371/105412",
        "TOP SECRET: THE BATTLE FOR THE PENTAGON PAPERS",
        "1. OFFICIAL 2. SECRET 3. TOP SECRET",
        'Test string: "UK SECRET - JP/UK EYES ONLY"',
        "UK SECRETと表示された文書を受領した場合",
        "例：「日本国　極秘」",
        "次のうち秘密区分として正しいものを選べ。①極秘②社外秘③親展",
        "OFFICIAL-SENSITIVE is not a separate tier but a marking within OFFICIAL.",
        "Official report of the meeting",
        "The Official Journal",
        "Secretary of State for Defence",
        "SECRET INTELLIGENCE SERVICE",
        "OFFICIAL SECRETS ACT",
        "Official",
        "Acme Ltd - Confidential",
        "CONFIDENTIAL",
        "STRICTLY CONFIDENTIAL",
        "RESTRICTED",
        "機密",
        "return SECRET_HASH == secret_hash",
        "'Secret': secret",
        "秘書室",
        "極秘裏に進める",
        "取扱説明書",
        "ご注意ください",
    ],
)
@pytest.mark.parametrize("zone", ["header", "footer", "body"])
def test_a_mention_is_none(recogniser: Recogniser, zone: str, text: str) -> None:
    assert markings_of(recogniser, page(**{zone: text})) == ()


def test_title_case_counts_where_head_and_foot_bear_each_other_out(recogniser: Recogniser) -> None:
    assert markings_of(recogniser, page(header="Official")) == ()
    assert len(markings_of(recogniser, page(header="Official", footer="Official"))) == 2


def test_plain_words_count_in_a_british_document(recogniser: Recogniser) -> None:
    assert markings_of(recogniser, page(header="RESTRICTED", footer="RESTRICTED")) == ()
    assert len(markings_of(recogniser, page(header="RESTRICTED", footer="RESTRICTED"), originator="GB")) == 2


def test_a_marking_stands_in_a_header_with_other_pieces(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(header="Annual report\tUK SECRET\tPage 1"))
    assert found.text == "UK SECRET"


def test_a_british_marking_beside_words_counts_a_sentence_does_not(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(header="UK SECRET PROJECT SKYLARK"))
    assert found.text == "UK SECRET"
    assert markings_of(recogniser, page(header="All UK SECRET papers are kept by the registry")) == ()


def test_the_country_above_names_the_originator(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(header="日本国\n極秘"))
    assert found.originator == "JP"


def test_a_country_set_far_apart_on_the_line_names_the_originator(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(header="UK\tSECRET\tJP/UK EYES ONLY"))
    assert found.originator == "GB"
    assert found.caveats[0].nations == ("JP", "GB")


def test_elements_below_belong_to_the_marking(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(header="UK OFFICIAL-SENSITIVE\nREL-EU"))
    assert found.releasable_to == ("EU",)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("Remains classified until 20 June 2026, after which it will be\nOFFICIAL.", ["SECRET"]),
        ("Remains classified until 20 June 2026, after\nwhich it will be\nOFFICIAL.", ["SECRET"]),
        ("Remains classified until 20 June 2026.\nOFFICIAL", ["SECRET", "OFFICIAL"]),
    ],
)
def test_the_end_of_an_embargo_is_no_marking(recogniser: Recogniser, lines: str, found: list[str]) -> None:
    head = f"UK SECRET - EMBARGOED\n{lines}"
    marks = markings_of(recogniser, page(header=head, footer=head))
    assert [one.classification for one in marks if one.zone is Zone.header] == found


def test_portions_count_by_their_letters_in_a_marked_document_only(recogniser: Recogniser) -> None:
    marked = markings_of(recogniser, page(header="UK SECRET", body="(S) The range.\n(UK S) The speed."))
    assert [found.text for found in marked if found.portion] == ["(S)", "(UK S)"]
    assert markings_of(recogniser, page(body="(S) South\n(O) Other")) == ()


def test_a_portion_that_names_its_country_counts_in_a_document_of_the_other(recogniser: Recogniser) -> None:
    marked = markings_of(recogniser, page(header="日本国 極秘", body="(UK SECRET) The range is as stated."))
    assert [(found.country, found.text) for found in marked if found.portion] == [("GB", "(UK SECRET)")]
    assert markings_of(recogniser, page(body="(UK SECRET) The range is as stated.")) == ()


def test_letters_of_earlier_schemes_are_no_portions_today(recogniser: Recogniser) -> None:
    body = "(C) 2026 Crown copyright\n(R) Registered"
    found = markings_of(recogniser, page(header="UK OFFICIAL", footer="UK OFFICIAL", body=body))
    assert {one.zone for one in found} == {Zone.header, Zone.footer}


def test_portions_spelt_out_count(recogniser: Recogniser) -> None:
    body = "（極秘）射程は別表のとおり"
    found = markings_of(recogniser, page(header="日本国 極秘", body=body))
    assert [one.text for one in found if one.portion] == ["（極秘）"]


@pytest.mark.parametrize(
    ("head", "text", "is_portion"),
    [
        ("機密性2情報", "【機密性2情報】　関係者限り", False),
        ("極秘", "【極秘】（指定期間 令和10年3月31日まで）", False),
        ("UK SECRET", "(UK SECRET) COMMERCIAL", True),
        ("UK SECRET", "(UK SECRET) SKYLARK", True),
    ],
)
def test_a_bracketed_marking_that_takes_its_whole_line_is_no_portion(
    recogniser: Recogniser, head: str, text: str, is_portion: bool
) -> None:
    found = markings_of(recogniser, page(header=head, footer=head, body=text))
    assert [one.portion for one in found if one.zone is Zone.body] == [is_portion]


def test_examples_in_a_policy_are_mentions(recogniser: Recogniser) -> None:
    body = "UK SECRET\nUK TOP SECRET - UK EYES ONLY\nOFFICIAL\nOFFICIAL-SENSITIVE"
    assert markings_of(recogniser, page(header="Security policy", body=body)) == ()


def test_a_labelled_classification_in_a_table_counts(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(table="Classification\nUK SECRET"))
    assert found.zone == "table"


def test_a_register_of_other_documents_is_no_marking(recogniser: Recogniser) -> None:
    rows = page(
        header="UK OFFICIAL", footer="UK OFFICIAL", table="UK SECRET", body="17\tTest report\tUK SECRET"
    )
    assert {found.zone for found in markings_of(recogniser, rows)} == {Zone.header, Zone.footer}


def test_a_marking_alone_in_a_text_box_counts(recogniser: Recogniser) -> None:
    [found] = markings_of(recogniser, page(textbox="UK SECRET"))
    assert found.zone is Zone.textbox


def test_candidates_below_the_threshold_keep_their_evidence(recogniser: Recogniser) -> None:
    document = Document(name="x", media_type="x", sha256="", pages=(page(body="“SECRET”"),))
    [found] = examine(document, recogniser, TODAY).markings
    assert found.outcome is not Outcome.marking
    assert "quoted" in found.evidence


def test_spacy_is_imported_only_for_lines_whose_words_are_unclear() -> None:
    script = (
        "import sys, datetime\n"
        "from countermark.support.yaml_files import data_folder\n"
        "from countermark.recognition.recogniser import Recogniser\n"
        "from countermark.recognition.recognise import examine\n"
        "from countermark.standards.standards import load_standards\n"
        "from countermark.model import *\n"
        "def run(text):\n"
        "    line = Line(text=text, zone=Zone.header, number=1)\n"
        "    page = Page(number=1, lines=(line,))\n"
        "    document = Document(name='x', media_type='', sha256='', pages=(page,))\n"
        "    examine(document, Recogniser(load_standards(data_folder())), datetime.date(2026, 1, 1))\n"
        "run('UK SECRET'); print('spacy' in sys.modules)\n"
        "run('UK SECRET Project Skylark'); print('spacy' in sys.modules)\n"
        "run('UK SECRET and/or others'); print('spacy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("text", ["TOP SECRET", "OFFICIAL-SENSITIVE", "極秘", "特定秘密"])
def test_the_same_at_both_ends_of_the_text_is_a_marking(recogniser: Recogniser, text: str) -> None:
    body = "\n".join((text, *("The pump drew four amperes.",) * 6, text))
    assert [one.text for one in markings_of(recogniser, page(body=body))] == [text, text]


@pytest.mark.parametrize("zone", ["comment", "footnote", "hidden", "annotation", "field"])
def test_a_bare_marking_in_a_note_or_out_of_sight_counts(recogniser: Recogniser, zone: str) -> None:
    assert len(markings_of(recogniser, page(**{zone: "TOP SECRET"}))) == 1


@pytest.mark.parametrize("text", ["UK\nOFFICIAL", "UK\nPROTECT", "JAPAN\nHI"])
def test_lines_of_one_note_stand_below_one_another(recogniser: Recogniser, text: str) -> None:
    box = Box(100, 100, 120, 120)
    lines = tuple(Line(text=one, zone=Zone.comment, number=1, box=box) for one in text.split("\n"))
    [found] = markings_of(recogniser, Page(number=1, lines=lines))
    assert found.text == text
