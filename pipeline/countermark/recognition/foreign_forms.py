"""Forms of third parties' markings that are more than a nation and a tier.

`NATO/KFOR SECRET`, `[SEC=PROTECTED]`, `秘密★10年`, or what an organisation's pack adds, as `{ X GROUP LIMITED
DISTRIBUTION }`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.parsed import Parsed
from countermark.recognition.tokens import Token
from countermark.recognition.words import Kind, LexiconTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.recognition.normalise import NormalisedText
    from countermark.standards.foreign import ForeignScheme, MarkForm

_LONGEST = 400


class _Form(NamedTuple):
    scheme: ForeignScheme
    pattern: re.Pattern[str]
    tier: str


class ForeignForms:
    """Finds the forms of some schemes in lines."""

    def __init__(self, schemes: Iterable[ForeignScheme]) -> None:
        self._forms = tuple(
            _Form(scheme, re.compile(rf"(?<![^\W_])(?:{_source(mark)})(?![^\W_])"), mark.tier)
            for scheme in schemes
            for mark in scheme.marks
        )

    def found(self, line: NormalisedText) -> Iterator[Parsed]:
        """Return the forms in a line, the leftmost and longest of those that overlap."""
        if len(line.text) > _LONGEST:
            return
        matches = [
            (match.start(), -match.end(), number, match)
            for number, form in enumerate(self._forms)
            for match in form.pattern.finditer(line.text)
        ]
        reach = 0
        for start, _, number, match in sorted(matches, key=lambda found: found[:3]):
            if start >= reach:
                reach = match.end()
                yield self._parsed(line, self._forms[number], match)

    def _parsed(self, line: NormalisedText, form: _Form, match: re.Match[str]) -> Parsed:
        written = match.groupdict().get("tier") or form.tier
        tier = form.scheme.tier(written) if written else None
        name = tier.name if tier else written or match[0]
        is_common = tier is not None and tier.common_word
        term = LexiconTerm(Kind.tier, name, form.scheme.country, common_word=is_common)
        token = Token(Kind.tier, name, *match.span(), term)
        return Parsed(line, token, *match.span(), is_form=True)


def _source(mark: MarkForm) -> str:
    """Return the regular expression of a form; of a plain word with any blanks between its parts."""
    return mark.pattern or r"\s*".join(map(re.escape, mark.word.upper().split()))
