"""The date and the exchange that a document states."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, Exchange, Line, Location, Marking, Page, Property, Stage, Zone
from countermark.recognition.dates import days_in, parse_date
from countermark.recognition.inference import date_of, exchange_of
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

TODAY = date(2026, 6, 1)
STANDARDS = load_standards(data_folder())


@pytest.mark.parametrize(
    "written",
    [
        "12 May 2026",
        "Date: 12 May 2026",
        "Dated 12th May 2026",
        "2026-05-12",
        "令和8年5月12日",
        "日付：令和８年５月12日",
        "作成年月日：2026年5月12日",
        "12 MAY 26",
        "Tuesday, 12 May 2026",
        "May 12, 2026",
        "12-May-2026",
        "• Date: 12 May 2026",
        "(1) Date: 12 May 2026",
        "Sent: Tuesday, May 12, 2026 10:15 AM",
        "Sent on 12 May 2026 at 10:15",
        "2026-05-12T10:15:00Z",
        "2026/05/12 10:15",
        "送信日時: 2026年5月12日 10:15",
        "作成日 令和 8 年 5 月 12 日（火）",
        "・日付：令和8年5月12日",
        "Reiwa 8.5.12",
        "12 May Reiwa 8",
        "R8.5.12",
    ],
)
def test_a_date_line_is_read(written: str) -> None:
    assert parse_date(written) == date(2026, 5, 12)


@pytest.mark.parametrize(
    "written",
    [
        "12 May",
        "31 February 2026",
        "on 12 May 2026 we met",
        "令和8年",
        "",
        "12 Foo 2026",
        "May 2026",
        "12/05/2026",
    ],
)
def test_other_lines_are_no_dates(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize("written", ["令和 9 年 3 月", "2027年3月", "Date: March 2027", "日付：令和９年３月"])
def test_a_month_alone_is_its_last_day(written: str) -> None:
    assert parse_date(written) == date(2027, 3, 31)


def kanji(number: int) -> str:
    """A number up to 99 in kanji, as Japanese dates are written."""
    tens, units = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[units] if units else ''}"


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_form_of_a_day_says_the_same(day: date) -> None:
    era = day.year - 2018
    forms = (
        f"{day:%d %B %Y}", f"{day:%d %b %y}", f"{day:%B} {day.day}, {day.year}", day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日", f"令和 {era} 年 {day.month} 月 {day.day} 日",
        f"R{era}.{day.month}.{day.day}", f"Reiwa {era}-{day.month}-{day.day}",
        f"{day.day}th day of {day:%B %Y}", f"Reiwa {era}, {day:%B} {day.day}", f"{day:%d}1015Z {day:%b%y}",
        f"令和{kanji(era)}年{kanji(day.month)}月{kanji(day.day)}日",
    )  # fmt: skip
    assert {form: parse_date(form) for form in forms} == dict.fromkeys(forms, day)
    assert {form: days_in(f"until {form}; see below") for form in forms} == {key: [day] for key in forms}


def test_eras_are_told_apart() -> None:
    assert parse_date("平成元年1月8日") == date(1989, 1, 8)
    assert parse_date("令和元年5月1日") == date(2019, 5, 1)
    assert parse_date("平成 25 年 6 月 3 日") == date(2013, 6, 3)


def document(line: str = "", **properties: str) -> Document:
    kept = tuple(Property(name=name, value=value, source="Info") for name, value in properties.items())
    lines = (Line(text=line, zone=Zone.body, number=1),)
    return Document(name="x", media_type="", sha256="", pages=(Page(number=1, lines=lines),), properties=kept)


@pytest.mark.parametrize(
    ("given", "as_of", "day", "source"),
    [
        (
            document("Date: 3 June 2013", ModDate="D:20200101"),
            date(2016, 1, 1),
            date(2013, 6, 3),
            "date-line",
        ),
        (document(ModDate="D:20200102030405Z"), date(2016, 1, 1), date(2020, 1, 2), "metadata"),
        (document(CreationDate="D:20180102"), None, date(2018, 1, 2), "metadata"),
        (document(modified="2019-03-04T05:06:07Z"), None, date(2019, 3, 4), "metadata"),
        (document(modified="2013-12-23T23:15:00Z"), date(2016, 1, 1), date(2016, 1, 1), "as-of"),
        (document(ModDate="D:19700101"), None, TODAY, "today"),
        (document(), date(2016, 1, 1), date(2016, 1, 1), "as-of"),
        (document(), None, TODAY, "today"),
    ],
)
def test_the_date_is_taken_in_order(given: Document, as_of: date | None, day: date, source: str) -> None:
    assert date_of(given, as_of, TODAY)[:2] == (day, source)


def marking(country: str, originator: str | None = None) -> Marking:
    return Marking(
        text="",
        zone=Zone.header,
        location=Location(),
        country=country,
        classification="SECRET",
        level=3,
        grade=4,
        canonical="",
        originator=originator,
    )


@pytest.mark.parametrize(
    ("markings", "named", "originator"),
    [
        ([marking("GB", "GB")], set(), "GB"),
        ([marking("GB")], set(), "GB"),
        ([marking("JP")], set(), "JP"),
        ([marking("GB", "GB"), marking("JP")], set(), "GB"),
        ([marking("JP", "JP"), marking("GB", "GB")], set(), "JP"),
        ([marking("JP", "GB")], set(), "GB"),
        ([marking("JP"), marking("GB")], {"JP"}, "JP"),
        ([marking("JP"), marking("GB")], set(), None),
        ([], set(), None),
    ],
)
def test_the_originator_is_inferred(markings: list[Marking], named: set[str], originator: str | None) -> None:
    found = exchange_of(markings, named, STANDARDS)
    assert found.originator == originator
    assert found.recipient == {"GB": "JP", "JP": "GB", None: None}[originator]


def test_what_is_given_is_not_inferred() -> None:
    found = exchange_of(
        [marking("JP")],
        set(),
        STANDARDS,
        originator="GB",
        recipient="JP",
        stage=Stage.received,
    )
    assert found == Exchange(originator="GB", recipient="JP", stage=Stage.received)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/05/2026", date(2026, 5, 13)),
        ("Date: 31.12.2026", date(2026, 12, 31)),
        ("05/12/2026", None),
        ("13.05.26", None),
    ],
)
def test_digits_are_a_day_where_they_can_be_no_other(written: str, day: date | None) -> None:
    assert parse_date(written) == day


def test_where_a_date_was_taken_from_is_quoted() -> None:
    line = Line(text="Ref 12\tDate: 12 May 2026", zone=Zone.body, number=1)
    paged = Document(name="a", media_type="", sha256="", pages=(Page(number=1, lines=(line,)),))
    found = date_of(paged, None, TODAY)
    assert (found.text, found.location and found.location.line) == ("Date: 12 May 2026", 1)
    kept = Property(name="xmp:ModifyDate", value="2025-01-31T10:00:00Z", source="XMP")
    found = date_of(msgspec.structs.replace(paged, pages=(), properties=(kept,)), None, TODAY)
    assert (found.text, found.location and found.location.part) == (
        "xmp:ModifyDate: 2025-01-31T10:00:00Z",
        "XMP",
    )
