"""The number formats of Word lists (ECMA-376 17.18.59), as far as British and Japanese documents use them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 32_767
"""The largest number that Word gives a paragraph."""
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
KANJI, LEGAL = "〇一二三四五六七八九", "〇壱弐参四伍六七八九"
UNITS, LEGAL_UNITS = ("", "十", "百", "千"), ("", "拾", "百", "阡")
AIUEO_HALF = "".join(map(chr, range(0xFF71, 0xFF9D))) + "ｦﾝ"
AIUEO = unicodedata.normalize("NFKC", AIUEO_HALF)
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
IROHA_HALF = IROHA.translate(str.maketrans(AIUEO, AIUEO_HALF))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def formatted(number: int, name: str) -> str:
    """Return `number`, from 1 to LARGEST, in the format of that name.

    In plain digits where the format is not known or does not reach so far.
    """
    if not 1 <= number <= LARGEST or name not in FORMATS:
        return str(number)
    return FORMATS[name](number) or str(number)


def _letters(first: str) -> Callable[[int], str]:
    """Return how a number is written as a to z, then aa to zz, up to thirty letters."""

    def letters(number: int) -> str:
        again, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * (again + 1) if again < 30 else ""

    return letters


def _around(characters: str) -> Callable[[int], str]:
    """One character a number, and from the first again."""
    return lambda number: characters[(number - 1) % len(characters)]


def _up_to_the_last(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1 : number]


def _roman(number: int) -> str:
    shown = ""
    for value, letters in ROMAN if number < 4000 else ():
        count, number = divmod(number, value)
        shown += letters * count
    return shown


def _ordinal(number: int) -> str:
    return f"{number}{'th' if 10 < number % 100 < 14 else ORDINALS.get(number % 10, 'th')}"


def _digits(number: int) -> str:
    return "".join(KANJI[int(digit)] for digit in str(number))


def _counted(number: int, digits: str, units: tuple[str, ...], myriad: str, *, says_one: bool) -> str:
    """Return a number by tens, hundreds and thousands, as in 千二百三十四."""
    above, below = divmod(number, 10_000)
    shown = ""
    if above:
        shown = digits[above] + myriad
    for place, digit in reversed(list(enumerate(map(int, reversed(str(below)))))):
        if digit:
            shown += (digits[digit] if digit > 1 or not place or says_one else "") + units[place]
    return shown


def _japanese(number: int) -> str:
    return _counted(number, KANJI, UNITS, "万", says_one=False)


def _legal(number: int) -> str:
    return _counted(number, LEGAL, LEGAL_UNITS, "萬", says_one=True)


def _chinese(number: int) -> str:
    return _japanese(number) if number < 100 else _digits(number)


def _run(first: str, last: str) -> Callable[[int], str]:
    return _up_to_the_last("".join(map(chr, range(ord(first), ord(last) + 1))))


FORMATS: dict[str, Callable[[int], str]] = {
    "aiueo": _around(AIUEO_HALF),
    "aiueoFullWidth": _around(AIUEO),
    "chineseCounting": _chinese,
    "decimalEnclosedCircle": _run("①", "⑳"),
    "decimalEnclosedCircleChinese": _run("①", "⑳"),
    "decimalEnclosedFullstop": _run("⒈", "⒛"),
    "decimalEnclosedParen": _run("⑴", "⒇"),
    "decimalFullWidth": lambda number: str(number).translate(FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(FULL_WIDTH),
    "decimalZero": lambda number: f"{number:02d}",
    "ideographDigital": _digits,
    "ideographEnclosedCircle": _run("㊀", "㊉"),
    "ideographTraditional": _up_to_the_last("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _up_to_the_last("子丑寅卯辰巳午未申酉戌亥"),
    "iroha": _around(IROHA_HALF),
    "irohaFullWidth": _around(IROHA),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digits,
    "japaneseLegal": _legal,
    "lowerLetter": _letters("a"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperLetter": _letters("A"),
    "upperRoman": _roman,
}
"""Names of formats -> what they make of a number; nothing where they do not reach so far."""
