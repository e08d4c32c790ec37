"""The codes of Word's fields (ECMA-376 17.16): what they show where no result is stored, and which act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

WORDS = re.compile(r'"([^"]*)"|(\S+)')
_RAISED = re.compile(r"\\s\\(?:up|do)[ 0-9]*\([^()]*\)", re.IGNORECASE)
"""What an EQ field raises over other characters, as their readings are."""
_FORMULA = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)|\\[A-Za-z]+[0-9]*|[(),;]')
"""What of an EQ field is no text: switches and separators."""
FETCHES = frozenset(("DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"))
EXECUTES = frozenset(("DDE", "DDEAUTO"))
NUMBER = "1"
"""Stands for a number that only laying out the pages could tell."""
PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF"))
PROPERTY_FIELDS = {
    "AUTHOR": "author",
    "COMMENTS": "comments",
    "KEYWORDS": "keywords",
    "LASTSAVEDBY": "lastmodifiedby",
    "SUBJECT": "subject",
    "TITLE": "title",
}
STORED_AS = {"author": "creator", "comments": "description"}
"""Names of properties for users -> in the package's parts."""


def plain_value(code: str, file_name: str, properties: Callable[[], Mapping[str, str]]) -> str | None:
    """Return what the field with this code shows of the document's own name, numbers and properties.

    None for one that shows something else. `properties` gives names in lower case -> values.
    """
    name, argument, *rest = (*words_of(code), "", "")
    kind = name.upper()
    if kind in PAGE_NUMBERS:
        return NUMBER
    if kind == "FILENAME":
        return file_name
    if kind == "EQ":
        return " ".join(_FORMULA.sub(" ", _RAISED.sub(" ", code.lstrip()[len(kind) :])).split())
    if kind == "QUOTE":
        return argument
    if kind in ("MACROBUTTON", "GOTOBUTTON"):
        return " ".join(filter(None, rest))
    wanted = argument if kind == "DOCPROPERTY" else PROPERTY_FIELDS.get(kind)
    if wanted is None:
        return None
    known = properties()
    plain = wanted.casefold().replace(" ", "")
    return known.get(wanted.casefold()) or known.get(STORED_AS.get(plain, plain))


def words_of(code: str) -> list[str]:
    """Return the words of a field code, quoted ones without their quotation marks."""
    return [quoted or bare for quoted, bare in WORDS.findall(code)]


def active_codes(part: str, codes: Iterable[str]) -> dict[str, str]:
    """Return name -> `part` of the fields that start a program or fetch a file (ECMA-376 17.16.5)."""
    names = {(*words_of(code), "")[0].upper() for code in codes}
    return dict.fromkeys(names & (EXECUTES | FETCHES), part)
