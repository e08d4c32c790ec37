"""Figures beside markings: part of dates and numbers, and never of a country's name."""

from __future__ import annotations

from datetime import date

import pytest

from countermark.recognition.dates import days_in
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

RECOGNISER = Recogniser(load_standards(data_folder()))


@pytest.mark.parametrize(
    "text",
    [
        "2022/11/17      OFFICIAL",
        "17 OFFICIAL",
        "11/17 SECRET",
        "Page 17 SECRET",
        "1T SECRET",
        "2026.5.12 SECRET",
        "５ SECRET",
    ],
)
def test_figures_are_no_country(text: str) -> None:
    [marking] = RECOGNISER.grammar.line(text).markings
    assert (marking.country, marking.originator, marking.prefix) == ("GB", None, None)


@pytest.mark.parametrize("text", ["UK 5ECRET", "UK 0FFICIAL", "UK TOP SECRE7"])
def test_figures_in_a_classification_are_letters(text: str) -> None:
    assert [marking.country for marking in RECOGNISER.grammar.line(text).markings] == ["GB"]


@pytest.mark.parametrize(("text", "country"), [("NAT0 SECRET", "NATO"), ("NATO 5ECRET", "NATO")])
def test_a_figure_in_a_long_name_is_a_letter(text: str, country: str) -> None:
    [marking] = RECOGNISER.grammar.line(text).markings
    assert marking.originator == country


def test_a_figure_in_the_name_of_a_community_is_a_letter() -> None:
    [marking] = RECOGNISER.grammar.line("UK SECRET - F1VE EYES ONLY").markings
    assert len(marking.caveats) == 1
    assert "F1VE" not in marking.caveats[0].nations


def test_a_community_written_with_a_figure_is_one() -> None:
    [marking] = RECOGNISER.grammar.line("UK SECRET - 5 EYES ONLY").markings
    assert [caveat.nations for caveat in marking.caveats] != []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("令和 9 年 3 月 31 日まで", ["2027-03-31"]),
        ("令和９年３月３１日", ["2027-03-31"]),
        ("令和　9　年　3　月　31　日", ["2027-03-31"]),
        ("令和元年5月1日から令和 6 年 4 月 30 日まで", ["2019-05-01", "2024-04-30"]),
        ("令和9年3月", ["2027-03-31"]),
        ("9年3月31日", []),
        ("2027-03-31", ["2027-03-31"]),
        ("31 March 2027", ["2027-03-31"]),
        ("1st Mar 2026 to 28 February 2031", ["2026-03-01", "2031-02-28"]),
        ("令和9年2月30日", []),
    ],
)
def test_days_are_read_in_every_form(text: str, days: list[str]) -> None:
    assert days_in(text) == [date.fromisoformat(day) for day in days]
