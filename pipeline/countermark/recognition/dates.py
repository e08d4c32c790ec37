"""Days as documents write them: in English, in digits, in Japanese with Western years and eras.

The one grammar of days: date lines, periods of designation and what appears beside markings are read by it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from countermark.recognition.normalise import normalise

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "REIWA": 2018,
    "HEISEI": 1988,
    "SHOWA": 1925,
    "R": 2018,
    "H": 1988,
    "S": 1925,
}
"""The year before the first of each era."""
_MONTH = r"(?P<month{0}>" + "|".join(_MONTHS) + r")[A-Z]*\.?"
_DAY_OF_MONTH = r"(?P<day{0}>\d{{1,2}})(?:ST|ND|RD|TH)?"
_YEAR = r"(?P<year{0}>\d{{4}}|(?:REIWA|HEISEI|SHOWA) ?\d{{1,2}})(?!\d)"
_DIGITS = r"(?P<month{0}>\d{{1,2}})[-/.](?P<day{0}>\d{{1,2}})(?!\d)"
_DAY_FIRST = (
    r"(?<!\d)(?P<day{0}>\d{{1,2}})[-/.](?P<month{0}>\d{{1,2}})[-/.](?P<year{0}>\d{{4}}|\d{{2}})(?!\d)"
)
"""Some people write the month first in this form."""
_FORMS = (
    rf"(?<!\d){_DAY_OF_MONTH}(?: DAY OF)?,?[ -]{_MONTH},?[ -]{_YEAR}",
    rf"(?<!\d)(?P<day{{0}}>\d{{{{2}}}})\d{{{{4}}}} ?[A-Z] ?{_MONTH} ?(?P<year{{0}}>(?:\d\d)?\d\d)(?![\d:])",
    rf"(?P<year{{0}}>(?:REIWA|HEISEI|SHOWA) ?\d{{{{1,2}}}}),? {_MONTH} {_DAY_OF_MONTH}(?!\d)",
    rf"(?<!\d){_DAY_OF_MONTH}[ -]?{_MONTH}[ -]?(?P<year{{0}}>\d{{{{2}}}})(?![\d:])",
    rf"{_MONTH} {_DAY_OF_MONTH},? {_YEAR}",
    rf"(?<![A-Z\d]){_MONTH},? {_YEAR}",
    rf"(?<!\d)(?P<year{{0}}>\d{{{{4}}}})[-/.]{_DIGITS}",
    _DAY_FIRST,
    r"(?P<year{0}>(?:令和|平成|昭和|REIWA|HEISEI|SHOWA|) ?(?:\d{{1,4}}|元)) ?年 ?(?P<month{0}>\d{{1,2}}) ?月"
    r"(?: ?(?P<day{0}>\d{{1,2}}) ?日)?",
    rf"(?P<year{{0}}>(?:令和|平成|昭和|REIWA|HEISEI|SHOWA) ?\d{{{{1,2}}}})[-/. ]{_DIGITS}",
    rf"(?<![A-Z])(?P<year{{0}}>[RHS]\d{{{{1,2}}}})\.{_DIGITS}",
)
_DAY = re.compile("|".join(f"(?:{form.format(number)})" for number, form in enumerate(_FORMS)))
ANY_DAY = re.sub(r"\(\?P<\w+>", "(?:", _DAY.pattern)
"""Any form of a day as a regular expression without groups, over capitals and half width."""

_LABEL = re.compile(
    r"^(?:(?:[•●○■□◆◇・*▪–-]|\(?\d{1,2}[.)]) ?)?"
    r"(?P<label>(?:DATED(?: THIS)?|(?:ISSUE )?DATE(?: OF (?:ISSUE|ORIGIN))?|ISSUED(?: ON)?|SENT(?: ON)?"
    r"|AS (?:AT|OF)|DTG"
    r"|日付|作成日|作成年月日|発行日|発簡日|発行年月日|日時|送信日時|送信日) ?:? ?)?"
)
_WEEKDAY = r"(?:(?:MON|TUES?|WED(?:NES)?|THU(?:RS?)?|FRI|SAT(?:UR)?|SUN)(?:DAY)?,? )?"
_AROUND = re.compile(
    rf"{_WEEKDAY}(?P<written>{ANY_DAY})(?: ?\([月火水木金土日](?:曜日?)?\))?"
    r"(?:(?:T|,? (?:AT )?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?"
    r"(?: ?(?:[AP]M|HRS|Z|UTC|GMT|BST|JST|[+-]\d{2}:?\d{2}))*)?"
)
_WITHOUT_BRACKETS = re.compile(r"^[(\[【](.*)[)\]】]$")
_KANJI_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_KANJI_NUMBER = re.compile(
    "[〇零一二三四五六七八九]?十[一二三四五六七八九]?(?=[年月日])|[〇零一二三四五六七八九]{1,4}(?=[年月日])"
)
_FIRST_YEAR = 1000
"""A smaller number is a year of an era that is not named, and so no day that is known."""


class _Written(NamedTuple):
    """A day, and whether its form leaves open which day is meant: digits, or a month alone."""

    day: date
    is_ambiguous: bool
    is_month: bool


def parse_date(text: str) -> date | None:
    """Return the day that is all of `text` but for a bullet, a label, the day of the week and the time.

    None where it is no such thing, or may be another day (12/03/2026). A month alone is a date in
    Japanese form or with a label: it is its last day.
    """
    line = _in_digits(_WITHOUT_BRACKETS.sub(r"\1", normalise(text).text.strip()))
    label = _LABEL.match(line)
    start = label.end() if label else 0
    around = _AROUND.fullmatch(line, start)
    match = _DAY.fullmatch(around["written"]) if around else None
    written = _day_of(match) if match else None
    if match is None or written is None or written.is_ambiguous:
        return None
    is_said = (label and label["label"]) or "年" in match[0]
    return written.day if is_said or not written.is_month else None


def days_in(text: str) -> list[date]:
    """Return all days that a text names, in the order in which they are written.

    A month without a day is its last day.
    """
    return [
        written.day
        for match in _DAY.finditer(_in_digits(normalise(text).text))
        if (written := _day_of(match))
    ]


def last_day_in(text: str) -> str | None:
    """Return the last of the days that a text names (ISO 8601); None where it names none."""
    days = days_in(text)
    return days[-1].isoformat() if days else None


def _day_of(match: re.Match[str]) -> _Written | None:
    groups = match.groupdict()
    number = next(number for number in range(len(_FORMS)) if groups[f"year{number}"])
    written, day = groups[f"month{number}"], groups.get(f"day{number}")
    month = _MONTHS.index(written) + 1 if written in _MONTHS else int(written)
    year = _year_of(groups[f"year{number}"])
    try:
        if day:
            is_open = _FORMS[number] == _DAY_FIRST and _may_be_month_first(groups[f"year{number}"], int(day))
            return _Written(date(year, month, int(day)), is_open, is_month=False)
        first = date(year + month // 12, month % 12 + 1, 1) if 1 <= month <= 12 else None
        return _Written(first - timedelta(1), is_ambiguous=False, is_month=True) if first else None
    except ValueError:
        return None


def _may_be_month_first(year: str, day: int) -> bool:
    """Return whether digits that begin with the day, as most write them, may mean another day.

    13/05/2026 is the thirteenth of May; 13.05.26 may begin with the year.
    """
    return len(year) < len("2026") or day <= len(_MONTHS)


def _in_digits(text: str) -> str:
    """Return a text with the kanji numerals of its days as digits: 令和八年五月十二日."""
    return _KANJI_NUMBER.sub(lambda match: _digits_of(match[0]), text)


def _digits_of(number: str) -> str:
    tens, is_tens, units = number.rpartition("十")
    digits = "".join(_KANJI_DIGITS[digit] for digit in (units if is_tens else number))
    return f"{_KANJI_DIGITS.get(tens, '1')}{digits or '0'}" if is_tens else digits


def _year_of(text: str) -> int:
    """Return the Western year; 0 where that is not known."""
    era = next((name for name in _ERAS if text.startswith(name)), "")
    rest = text.removeprefix(era).strip()
    number = 1 if rest == "元" else int(rest)
    if era:
        return _ERAS[era] + number
    if len(rest) == len("26"):
        return 2000 + number
    return number if number >= _FIRST_YEAR else 0
