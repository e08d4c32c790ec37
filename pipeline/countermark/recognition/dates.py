"""Days as documents write them: in English, in digits, in Japanese with Western years and eras."""

from __future__ import annotations

import re
from datetime import date

from countermark.recognition.normalise import normalise

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH = "(" + "|".join(_MONTHS) + r")[A-Z]*\.?"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_DAY = re.compile(
    rf"(?<!\d)(?P<d1>\d{{1,2}})(?:ST|ND|RD|TH)?[ -]{_MONTH},?[ -](?P<y1>\d{{4}})(?!\d)"
    rf"|{_MONTH} (?P<d2>\d{{1,2}})(?:ST|ND|RD|TH)?,? (?P<y2>\d{{4}})(?!\d)"
    r"|(?<!\d)(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})[-/.](?P<m4>\d{1,2})[-/.](?P<y4>\d{4}|\d{2})(?!\d)"
    r"|(?P<era>令和|平成|昭和|) ?(?P<y5>\d{1,4}|元) ?年 ?(?P<m5>\d{1,2}) ?月(?: ?(?P<d5>\d{1,2}) ?日)?"
    r"|(?<![A-Z])(?P<letter>[RHS])(?P<y6>\d{1,2})\.(?P<m6>\d{1,2})\.(?P<d6>\d{1,2})(?!\d)"
)
_LABEL = re.compile(
    r"^(?:(?:DATED|DATE(?: OF ISSUE)?|ISSUED(?: ON)?"
    r"|日付|作成日|作成年月日|発行日|発簡日|発行年月日|日時) ?:? ?)?"
)
_LAST_DAYS = (31, 30, 29, 28)
_FIRST_YEAR = 1000
"""A smaller number is a year of an era that is not named, and so no day that is known."""


def parse_date(text: str) -> date | None:
    """The day that is all of `text` but for a label, in English, ISO 8601 or Japanese form; None
    where it is no such thing."""
    line = normalise(text).text.strip()
    label = _LABEL.match(line)
    start = label.end() if label else 0
    match = _DAY.fullmatch(line, start)
    if match is None or match["d4"] or (match["y5"] and not match["d5"]):
        return None
    return _day_of(match)


def days_in(text: str) -> list[date]:
    """Return all days that a text names, in the order in which they are written; a month without a day is its
    last day."""
    return [day for match in _DAY.finditer(normalise(text).text) if (day := _day_of(match))]


def last_day_in(text: str) -> str | None:
    """Return the last of the days that a text names (ISO 8601); None where it names none."""
    days = days_in(text)
    return days[-1].isoformat() if days else None


def _day_of(match: re.Match[str]) -> date | None:
    if match["y1"]:
        return _day(match["y1"], _MONTHS.index(match[2]) + 1, match["d1"])
    if match["y2"]:
        return _day(match["y2"], _MONTHS.index(match[4]) + 1, match["d2"])
    if match["y3"]:
        return _day(match["y3"], match["m3"], match["d3"])
    if match["y4"]:
        year = match["y4"] if len(match["y4"]) > len("26") else f"20{match['y4']}"
        return _day(year, match["m4"], match["d4"])
    era = match["era"] or match["letter"]
    year = match["y5"] or match["y6"]
    number = (1 if year == "元" else int(year)) + (_ERAS[era] if era else 0)
    if number < _FIRST_YEAR:
        return None
    month, day = match["m5"] or match["m6"], match["d5"] or match["d6"]
    if day:
        return _day(number, month, day)
    return next((found for last in _LAST_DAYS for found in [_day(number, month, last)] if found), None)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
