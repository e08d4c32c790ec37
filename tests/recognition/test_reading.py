"""How markings are written in real files: misread, look-alike, set apart, cut by breaks and tabs, foreign."""

from __future__ import annotations

from datetime import date

import pytest

from countermark.model import Document, Line, Marking, Page, Property, Zone
from countermark.recognition.explain import explain
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)


def found(recogniser: Recogniser, text: str) -> list[Marking]:
    lines = tuple(Line(text=one, zone=Zone.header, number=1) for one in text.split("\n"))
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    recognised = examine(document, recogniser, TODAY)
    return list(accepted(recognised.markings))


@pytest.mark.parametrize(
    ("written", "canonical", "defect"),
    [
        ("0FFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", "spelling"),
        ("UK SECRE7", "UK SECRET", "spelling"),
        ("UK 5ECRET", "UK SECRET", "spelling"),
        ("UK OFFlCIAL", "UK OFFICIAL", "spelling"),
        ("UK OFF|CIAL", "UK OFFICIAL", "spelling"),
        ("UKSECRET", "UK SECRET", "spelling"),
        ("UK SEC RET", "UK SECRET", "spelling"),
        ("UK SЕCRET", "UK SECRET", "homoglyph"),
        ("GOKUHI", "極秘", "romanised"),
        ("㊙", "秘", "stamp-form"),
        ("极秘", "極秘", "spelling"),
        ("UK SECRET - JP/UK ONLY", "UK SECRET - JP/UK EYES ONLY", "caveat-no-eyes-only"),
        ("UK SECRET - Skylark", "UK SECRET - SKYLARK", "codeword-form"),
        ("UK SECRET - SKYLARK7", "UK SECRET - SKYLARK7", "codeword-form"),
        ("UK Secret - SKYLARK7", "UK SECRET - SKYLARK7", "not-capitals"),
    ],
)
def test_a_wrong_form_is_read_and_named(
    recogniser: Recogniser, written: str, canonical: str, defect: str
) -> None:
    [one] = explain(written, recogniser, TODAY)
    assert one.marking.canonical == canonical
    assert defect in one.marking.defects


@pytest.mark.parametrize(
    ("written", "country", "level"),
    [
        ("COSMIC TOP SECRET", "NATO", 4),
        ("NATO RESTRICTED", "NATO", 1),
        ("SECRET UE/EU SECRET", "EU", 3),
        ("TOP SECRET//SI//NOFORN", "US", 3),
        ("SEGRETISSIMO", "IT", 4),
        ("AUSTRALIAN SECRET", "AU", 4),
    ],
)
def test_foreign_markings_have_their_country(
    recogniser: Recogniser, written: str, country: str, level: int
) -> None:
    [one] = explain(written, recogniser, TODAY)
    assert (one.marking.country, one.marking.level, one.rest) == (country, level, "")


def test_companions_are_read_with_their_days(recogniser: Recogniser) -> None:
    [one] = explain("秘（登録番号 第12号、3部中第1号、指定期間：令和8年3月31日まで）", recogniser, TODAY)
    assert [(each.kind, each.text, each.date) for each in one.marking.companions] == [
        ("registration", "第12号", None),
        ("copy", "3部中第1号", None),
        ("period", "令和8年3月31日まで", "2026-03-31"),
    ]


def test_an_embargo_may_name_a_tier(recogniser: Recogniser) -> None:
    written = (
        "UK OFFICIAL - EMBARGOED - remains classified until 12/05/26 at 0900, after which it will be OFFICIAL"
    )
    [one] = explain(written, recogniser, TODAY)
    assert [(each.kind, each.date) for each in one.marking.companions] == [("embargo", "2026-05-12")]


@pytest.mark.parametrize(
    ("lines", "canonical"),
    [
        ("UK\nSECRET", "UK SECRET"),
        ("UK SECRET - RECIPIENTS\nONLY", "UK SECRET - RECIPIENTS ONLY"),
        ("UK TOP SECRET - JP/UK\nEYES ONLY", "UK TOP SECRET - JP/UK EYES ONLY"),
        ("UK OFFICIAL-\nSENSITIVE", "UK OFFICIAL-SENSITIVE"),
        ("UK\tTOP\tSECRET\t-\tRECIPIENTS\tONLY", "UK TOP SECRET - RECIPIENTS ONLY"),
        ("JWG/26/114\tUK SECRET\tPage 1", "UK SECRET"),
        ("S\nE\nC\nR\nE\nT", "SECRET"),
        ("極\n秘", "極秘"),
        ("機 密 性 2 情 報", "機密性2情報"),
    ],
)
def test_breaks_and_tabs_cut_no_marking(recogniser: Recogniser, lines: str, canonical: str) -> None:
    assert [one.canonical for one in found(recogniser, lines)] == [canonical]


@pytest.mark.parametrize(
    "text",
    [
        "TOP SECRET: THE BATTLE FOR THE PENTAGON PAPERS",
        "Confidential - for internal use only",
        "1. OFFICIAL 2. SECRET 3. TOP SECRET",
        "OFFICIAL-SENSITIVE is not a separate tier but a marking within OFFICIAL.",
        "Formerly SECRET, now open: FO 371/105412",
        "UK OFFICIAL CHARTS",
        "SECRET SANTA 2026",
        "TOP SECRET RECIPES",
        "SECRET BALLOT",
        "VICTORIA'S SECRET",
        "特定秘密Ｑ＆Ａ",
        "Chef’s secret",
        "TOP SECRET!",
        "STRICTLY PRIVATE & CONFIDENTIAL – ADDRESSEE ONLY",
        "authorized by law and limiting work or official business",
        "第三章　極秘",
        "機密性1情報 機密性2情報又は機密性3情報以外の情報",
        "機密性3情報 機構で取り扱う情報のうち、秘密文書に相当する機密性を要する情報",
        "厳秘 一 機密保全の必要性が高く、指定された関係者以外に開示されてはならない情報",
        "取扱注意(とりあつかいちゅうい)",
        'Test string: "UK SECRET - JP/UK EYES ONLY"',
        "UK SECRETと表示された文書を受領した場合",
        "例：「日本国 極秘」",
    ],
)
def test_words_beside_it_tell_a_mention(recogniser: Recogniser, text: str) -> None:
    lines = tuple(Line(text=text, zone=zone, number=1) for zone in (Zone.header, Zone.footer))
    pages = tuple(Page(number=number, lines=lines) for number in (1, 2))
    document = Document(name="x", media_type="", sha256="", pages=pages)
    recognised = examine(document, recogniser, TODAY).markings
    assert accepted(recognised) == ()


@pytest.mark.parametrize(
    "text",
    [
        "SECRET PROJECT SKYLARK",
        "UK SECRET PROJECT SKYLARK",
        "UK SECRET Report on the range trials",
        "!! SECRET !!",
        "UK Secret",
        "UK OFFICIAL - USE ONLY",
        "plan_v3.docx UK SECRET Page 1 of",
        "極秘（令和８年５月１２日）",
        "機密性2情報 第３回会議資料",
    ],
)
def test_words_beside_it_do_not_hide_a_marking(recogniser: Recogniser, text: str) -> None:
    lines = tuple(Line(text=text, zone=zone, number=1) for zone in (Zone.header, Zone.footer))
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    recognised = examine(document, recogniser, TODAY).markings
    assert len(accepted(recognised)) == len(lines)


@pytest.mark.parametrize(
    ("head", "below", "foot"),
    [
        ("Secret", "A Secret is an object of the cluster.", "kubectl get secret"),
        ("OFFICIAL", "SECRET\nTOP SECRET\nWhich of the above needs a registered courier?", "Slide 1"),
        ("UK Official Singles Chart", "The chart of the week.", ""),
        ("OFFICIAL PROGRAMME", "Rovers play United.", ""),
    ],
)
def test_a_title_is_no_marking(recogniser: Recogniser, head: str, below: str, foot: str) -> None:
    texts = [(head, Zone.header), *((text, Zone.body) for text in below.split("\n")), (foot, Zone.footer)]
    lines = tuple(Line(text=text, zone=zone, number=1, centred=True) for text, zone in texts if text)
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    recognised = examine(document, recogniser, TODAY).markings
    assert accepted(recognised) == ()


@pytest.mark.parametrize(
    ("name", "title", "zones"),
    [
        ("UK_SECRET_report.docx", "", [Zone.filename]),
        ("【極秘】試験報告書.pdf", "", [Zone.filename]),
        ("report.pdf", "UK SECRET trial report", [Zone.property]),
        ("Official_Journal.pdf", "Official Journal", []),
        ("secret-sharing.pdf", "Secret sharing", []),
    ],
)
def test_names_and_titles_state_markings(
    recogniser: Recogniser, name: str, title: str, zones: list[Zone]
) -> None:
    kept = (Property(name="Title", value=title, source="Info"),) if title else ()
    document = Document(name=name, media_type="", sha256="", properties=kept)
    markings = accepted(examine(document, recogniser, TODAY).markings)
    assert [one.zone for one in markings] == zones


def test_a_text_about_markings_is_known_as_one(recogniser: Recogniser) -> None:
    lines = ("Guide to security classifications", "OFFICIAL is the lowest, then SECRET, then TOP SECRET.")
    body = tuple(Line(text=one, zone=Zone.body, number=1) for one in lines)
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=body),))
    about = examine(document, recogniser, TODAY).about_markings
    assert about.holds
    assert set(about.evidence) == {"many-tiers", "title-about-markings"}


@pytest.mark.parametrize(
    "text", ["日本国／極秘", "日本国 / 極秘", "秘密区分：日本国／極秘", "UK / 極秘 / 日本国／極秘"]
)
def test_a_slash_may_stand_behind_the_country_that_opens_the_line(recogniser: Recogniser, text: str) -> None:
    line = Line(text=text, zone=Zone.header, number=1)
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=(line,)),))
    last = examine(document, recogniser, TODAY).markings[-1]
    assert last.originator == (None if text.startswith("UK") else "JP")


def test_a_page_number_that_a_line_breaks_off_is_no_codeword(recogniser: Recogniser) -> None:
    [one] = found(recogniser, "UK SECRET - ORCHID - Page")
    assert (one.codewords, one.defects) == (("ORCHID",), ())


@pytest.mark.parametrize("text", ["UK Secret", "UK Official-Sensitive", "uk top secret"])
def test_a_marking_in_small_letters_alone_in_the_text_is_one(recogniser: Recogniser, text: str) -> None:
    texts = ("The parties met.", "The log is below.", text, "They agreed.", "They left.", "End of the log.")
    lines = tuple(Line(text=one, zone=Zone.body, number=1) for one in texts)
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    recognised = examine(document, recogniser, TODAY).markings
    assert [one.text for one in accepted(recognised)] == [text]


def test_a_memo_s_head_may_call_it_a_security_marking(recogniser: Recogniser) -> None:
    lines = tuple(
        Line(text=text, zone=Zone.table, number=1) for text in ("To: Registry", "Security marking: UK SECRET")
    )
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    [one] = examine(document, recogniser, TODAY).markings
    assert "labelled" in one.evidence
