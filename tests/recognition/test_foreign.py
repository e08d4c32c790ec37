"""Third parties' markings in their places: found, named, never read as British or Japanese."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

import pytest

from countermark.checking.check import check_read
from countermark.config.policy import load_policy
from countermark.model import Document, Line, Outcome, Page, Zone
from countermark.recognition.explain import explain
from countermark.recognition.recognise import accepted, examine
from support.foreign_markings import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)
TEXT = ("The pump drew four amperes at the second test.", "A spare is kept at the depot.") * 4
PLACES = ((Zone.header, Zone.footer), (Zone.header,), (Zone.footer,), (Zone.body,))
LEAST_NAMED, LEAST_RIGHT, MOST_OURS = 0.92, 0.98, 0.01


class Trial(NamedTuple):
    """A marking, whose it is, and the zones of its document in which it is tried."""

    country: str
    text: str
    letterhead: str
    zones: tuple[Zone, ...]
    is_portion: bool = False


def trials() -> Iterator[Trial]:
    places = cycle(PLACES)
    for scheme in SCHEMES:
        yield from (Trial(scheme.country, text, "", next(places)) for text in scheme.telling)
        yield from (Trial(scheme.country, text, scheme.letterhead, next(places)) for text in scheme.headed)
        yield from (Trial(scheme.country, text, "", (), is_portion=True) for text in scheme.portions)


def document_of(trial: Trial) -> Document:
    """A page with the marking where it is tried; a portion mark in a document that Britain marks."""
    head = "UK SECRET" if trial.is_portion else trial.text
    zones = (Zone.header, Zone.footer) if trial.is_portion else trial.zones
    lines = [(head, Zone.header)] if Zone.header in zones else []
    lines += [(head, Zone.body)] if Zone.body in zones else []
    lines += [(trial.letterhead, Zone.body)] if trial.letterhead else []
    lines += [(text, Zone.body) for text in TEXT]
    if trial.is_portion:
        lines.insert(3, (f"{trial.text} The range of the sensor is stated at annex C.", Zone.body))
    lines += [(head, Zone.footer)] if Zone.footer in zones else []
    numbered = tuple(
        Line(text=text, zone=zone, number=number, centred=text == trial.text)
        for number, (text, zone) in enumerate(lines, 1)
    )
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=numbered),))


def countries(trial: Trial, recogniser: Recogniser) -> set[str | None]:
    """The countries of what is a marking on the tried lines."""
    found = examine(document_of(trial), recogniser, TODAY).markings
    return {
        marking.country
        for marking in found
        if marking.outcome is Outcome.marking and marking.portion == trial.is_portion
    }


def test_markings_of_twenty_schemes_are_named(recogniser: Recogniser) -> None:
    tried = list(trials())
    assert len(tried) >= 250
    assert len({trial.country for trial in tried}) >= 20
    found = {trial: countries(trial, recogniser) for trial in tried}
    named = [trial for trial in tried if found[trial] - {"GB", "JP", None}]
    wrong = [trial for trial in named if found[trial] != {trial.country}]
    ours = [trial for trial in tried if found[trial] & {"GB", "JP"}]
    lost = [
        (trial.country, trial.text, trial.letterhead, *trial.zones) for trial in tried if trial not in named
    ]
    mistaken = [(trial.text, found[trial]) for trial in (*wrong, *ours)]
    report = f"not named: {lost}, mistaken: {mistaken}"
    assert len(named) >= LEAST_NAMED * len(tried), report
    assert len(named) - len(wrong) >= LEAST_RIGHT * len(named), report
    assert len(ours) <= MOST_OURS * len(tried), report


def page(*texts: tuple[str, Zone]) -> Document:
    lines = tuple(Line(text=text, zone=zone, number=number) for number, (text, zone) in enumerate(texts, 1))
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))


@pytest.mark.parametrize(
    "text",
    [
        "SECRET",
        "SECRET - RELEASABLE TO JAPAN",
        "TOP SECRET - UK/US EYES ONLY",
        "OFFICIAL-SENSITIVE",
        "UK SECRET (ITALY)",
    ],
)
@pytest.mark.parametrize(
    "body",
    ["NATO SECRET", "The range//SECRET of it", "GEHEIM", "He wrote to the Council of the European Union."],
)
def test_one_foreign_word_makes_no_british_marking_foreign(
    recogniser: Recogniser, text: str, body: str
) -> None:
    document = page(
        (text, Zone.header), ("The paper quotes another.", Zone.body), (body, Zone.body), (text, Zone.footer)
    )
    found = examine(document, recogniser, TODAY).markings
    assert [marking.country for marking in found if marking.zone in (Zone.header, Zone.footer)] == [
        "GB",
        "GB",
    ]


def test_a_party_s_name_outweighs_another_s_letterhead(recogniser: Recogniser) -> None:
    document = page(("UK SECRET", Zone.header), ("Australian Government", Zone.body), ("SECRET", Zone.footer))
    assert {marking.country for marking in examine(document, recogniser, TODAY).markings} == {"GB"}


def test_letters_alone_are_a_portion_of_the_scheme_that_marks_the_document(recogniser: Recogniser) -> None:
    def portions(head: str, letters: str) -> list[str | None]:
        text = f"({letters}) The range is stated at annex C."
        found = examine(page((head, Zone.header), ("Text.", Zone.body), (text, Zone.body)), recogniser, TODAY)
        return [marking.country for marking in accepted(found.markings) if marking.portion]

    assert portions("SECRET//NOFORN", "S") == portions("SECRET//NOFORN", "C") == ["US"]
    assert portions("NATO SECRET", "C") == ["NATO"]
    assert portions("UK SECRET", "S") == ["GB"]
    assert portions("UK SECRET", "C") == portions("UK SECRET", "U") == portions("UK SECRET", "R") == []


def test_a_third_party_s_portion_is_told_whatever_the_page_says() -> None:
    document = page(
        ("UK SECRET", Zone.header),
        ("2.  (S//NF) The range is at annex C.", Zone.body),
        ("UK SECRET", Zone.footer),
    )
    findings = check_read(document, load_policy(originator="GB", recipient="JP")).findings
    assert [place.line for finding in findings if finding.code == "EX006" for place in finding.locations] == [
        2
    ]


def test_the_schemes_that_were_weighed_are_said(recogniser: Recogniser) -> None:
    [found] = explain("SECRET / / REL TO USA, JPN", recogniser, TODAY)
    assert [scheme.country for scheme in found.schemes] == ["US", "GB"]
    assert found.marking.country == "US"
    [found] = explain("GOKUHI", recogniser, TODAY)
    assert found.schemes == ()


@pytest.mark.parametrize(
    ("text", "country", "tier"),
    [
        ("TOP SECRET//SI/TK//ORCON/NOFORN", "US", "TOP SECRET"),
        ("SECRET//HCS/TK", "US", "SECRET"),
        ("SECRET∕∕NOFORN", "US", "SECRET"),
        ("SEGRETO (S)", "IT", "SEGRETO"),
        ("RISERVATISSIMO (RR)", "IT", "RISERVATISSIMO"),
        ("SPÉCIAL FRANCE - SECRET", "FR", "SECRET"),
        ("DIFUSIÓN LIMITADA (ESPAÑA)", "ES", "DIFUSIÓN LIMITADA"),
        ("대 외 비", "KR", "대외비"),
        ("IN CONFIDENCE", "NZ", "IN-CONFIDENCE"),
    ],
)
def test_all_of_a_form_belongs_to_the_marking(
    recogniser: Recogniser, text: str, country: str, tier: str
) -> None:
    line = recogniser.grammar.line(text)
    [marking] = line.markings
    assert (line.rest, marking.country, marking.tier and marking.tier.value) == ("", country, tier)


def test_company_s_own_words_are_in_no_country_s_confidence(recogniser: Recogniser) -> None:
    text = "COMMERCIAL IN CONFIDENCE"
    assert not accepted(examine(page((text, Zone.header), (text, Zone.footer)), recogniser, TODAY).markings)


@pytest.mark.parametrize(
    "phrase",
    [
        "STAFF IN CONFIDENCE",
        "STAFF-IN-CONFIDENCE",
        "COMMERCIAL IN CONFIDENCE",
        "HONOURS AND STAFF IN CONFIDENCE",
        "Staff in confidence",
    ],
)
@pytest.mark.parametrize("form", ["UK SECRET - {}", "UK SECRET - {} - PERSONAL"])
def test_a_phrase_of_the_marking_s_own_is_in_no_other_country_s_confidence(
    recogniser: Recogniser, phrase: str, form: str
) -> None:
    line = recogniser.grammar.line(form.format(phrase))
    [marking] = line.markings
    assert (line.rest, marking.country) == ("", "GB")
    assert marking.elements[0].value == phrase.upper()


@pytest.mark.parametrize(
    "text",
    [
        "UK SECRET / IN CONFIDENCE",
        "UK SECRET - COMMERCIAL - IN CONFIDENCE",
        "UK SECRET - COMMERCIAL / NZ IN CONFIDENCE",
    ],
)
def test_another_country_s_marking_beside_one_is_read(recogniser: Recogniser, text: str) -> None:
    assert [marking.country for marking in recogniser.grammar.line(text).markings] == ["GB", "NZ"]


def test_a_sentence_in_confidence_is_no_phrase_of_a_marking(recogniser: Recogniser) -> None:
    line = recogniser.grammar.line("Secret - told in confidence")
    assert [(marking.country, marking.elements) for marking in line.markings] == [("GB", [])]
    assert line.rest == "TOLD IN CONFIDENCE"


def test_a_marking_goes_on_in_its_cell_beside_other_cells(recogniser: Recogniser) -> None:
    """The rows of cells that are side by side come by turns."""
    cells = [("CONFIDENTIEL", 2), ("Dunmore Sensors", 3), ("■", 1), ("DÉFENSE", 2), ("Corporation", 3)]
    lines = tuple(
        Line(text=text, zone=Zone.header, number=number, block=block)
        for number, (text, block) in enumerate(cells, 1)
    )
    document = Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),))
    [marking] = accepted(examine(document, recogniser, TODAY).markings)
    assert (marking.country, marking.classification) == ("FR", "CONFIDENTIEL DÉFENSE")


@pytest.mark.parametrize("zone", [Zone.header, Zone.footer])
def test_a_list_of_tiers_that_reaches_the_page_s_edge_marks_nothing(
    recogniser: Recogniser, zone: Zone
) -> None:
    listed = [(f"OCCAR {tier}", zone) for tier in ("RESTRICTED", "CONFIDENTIAL", "SECRET")]
    assert not accepted(examine(page(*listed), recogniser, TODAY).markings)
    assert len(accepted(examine(page(*listed[:1]), recogniser, TODAY).markings)) == 1
