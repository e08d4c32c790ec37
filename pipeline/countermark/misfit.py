"""What does not fit in data that were read: the validator's words as an error of our own."""

from __future__ import annotations

import re

from countermark.errors import CountermarkError, Term

_PLACE = re.compile(r"(?P<says>.*?)(?: - at `(?:key in )?\$\.?(?P<place>[^`]*)`)?", re.DOTALL)
_FORMS = (
    (re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`"), "data-wrong-kind"),
    (re.compile(r"Object missing required field `(?P<name>[^`]*)`"), "data-missing-key"),
    (re.compile(r"Invalid enum value '?(?P<value>[^']*)'?"), "data-unknown-value"),
    (re.compile(r"Invalid RFC3339 encoded date"), "data-no-date"),
    (re.compile(r"JSON is malformed.*|Input data was truncated"), "data-no-json"),
)


def misfit(where: str, error: Exception) -> CountermarkError:
    """The error for what msgspec says in `error`; `where` (a path, or path:line) leads its text, with the
    place inside the data."""
    said = _PLACE.fullmatch(str(error))
    says, place = (said["says"], said["place"]) if said else (str(error), None)
    inside = f"{where}:{place}" if place else where
    for form, key in _FORMS:
        found = form.fullmatch(says)
        if found:
            words = found.groupdict()
            kinds = {name: _kinds(words.pop(name)) for name in ("expected", "found") if name in words}
            return CountermarkError(key, where=inside, **words, **kinds)
    return CountermarkError("data-invalid", where=inside, reason=says)


def _kinds(words: str) -> tuple[Term, ...]:
    """Kinds of values, as `str | null`, one by one."""
    return tuple(Term("kinds", word) for word in words.split(" | "))
