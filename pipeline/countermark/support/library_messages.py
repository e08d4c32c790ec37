"""What libraries say in words only, with no code or structure: all that depends on their wording.

pyproject.toml binds each of them to its present series, and tests/test_library_messages.py fails where one of
them says something else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from countermark.support.errors import CatalogueWord

_PLACE = re.compile(r"(?P<says>.*?)(?: - at `(?:key` in `)?\$\.?(?P<place>[^`]*)`)?", re.DOTALL)
_FORMS = (
    (re.compile(r"Object contains unknown field `(?P<name>[^`]*)`"), "unknown-key"),
    (re.compile(r"Invalid enum value '?(?P<value>[^']*)'?"), "data-unknown-value"),
    (re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`"), "data-wrong-kind"),
    (re.compile(r"Object missing required field `(?P<name>[^`]*)`"), "data-missing-key"),
    (re.compile(r"Expected `str` matching regex '(?P<form>.*)'"), "data-wrong-form"),
    (re.compile(r"Expected `(?:array|object)` of length >= (?P<least>\d+)"), "data-too-few"),
    (re.compile(r"Expected `str` of length <= (?P<most>\d+)"), "yaml-too-long"),
    (re.compile(r"Expected `str` of length >= \d+"), "data-empty"),
    (re.compile(r"Expected `(?:int|float)` >= (?P<least>\d+)(?:\.0)?"), "data-too-low"),
    (re.compile(r"Expected `(?:int|float)` <= (?P<greatest>\d+)(?:\.0)?"), "data-too-high"),
    (re.compile(r"Invalid RFC3339 encoded date"), "data-no-date"),
    (re.compile(r"JSON is malformed.*|Input data was truncated"), "data-no-json"),
)
_SYNTAX = re.compile(
    r"<input>:\d+:(?P<column>\d+): (?:Syntax error: )?(?P<reason>.*?)(?: expecting .*)?$", re.M
)
_INFLATING = re.compile(r"decompressing|decoding work|output bytes|JBIG2")


class Misfit(NamedTuple):
    """What msgspec finds wrong in data.

    In its own words, and the key of the catalogue's `errors` with what fills it, None where the words are
    not known. `place` leads to it, as `rules[3].code`.
    """

    says: str
    place: str
    key: str | None
    words: dict[str, str]


def msgspec_misfit(error: Exception) -> Misfit:
    """Return what a msgspec.ValidationError or DecodeError says."""
    said = _PLACE.fullmatch(str(error))
    says, place = (said["says"], said["place"] or "") if said else (str(error), "")
    for form, key in _FORMS:
        found = form.fullmatch(says)
        if found:
            return Misfit(says, place, key, found.groupdict())
    return Misfit(says, place, None, {})


def cel_syntax(error: Exception) -> tuple[str, str]:
    """Return the column of the first thing that the CEL parser finds wrong, and what is wrong there."""
    said = _SYNTAX.search(str(error))
    return (said["column"], said["reason"]) if said else ("1", " ".join(str(error).split()))


def cel_failure(error: Exception) -> str:
    """Return why an expression failed, without what the CEL library adds."""
    return str(error).partition(".")[0]


def is_inflating_limit(error: Exception) -> bool:
    """Return whether pypdf's LimitReachedError says that a stream would inflate too far.

    It raises the same where a file leads in circles or claims what can't be.
    """
    return bool(_INFLATING.search(str(error)))


def libxml2_limit(error: Exception) -> str | None:
    """Return the limit that stopped libxml2, `xml_nesting` or `xml_text`; None where there was none.

    Its code is the same for both, and another in other versions.
    """
    if "XML_PARSE_HUGE" not in str(error):
        return None
    return "xml_nesting" if "depth" in str(error) else "xml_text"


def yaml_problem(error: Exception) -> CatalogueWord:
    """Return what PyYAML says is wrong, which the catalogue's `yaml` has words for."""
    problem = str(getattr(error, "problem", None) or "not YAML")
    return CatalogueWord("yaml", problem.partition(" for the tag")[0])
