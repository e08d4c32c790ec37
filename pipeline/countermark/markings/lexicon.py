"""The words that markings are made of, gathered from all standards, and the tokens of a line."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.markings.normalise import CJK, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.markings.normalise import Normal
    from countermark.markings.standards import Standard, Standards


class Kind(StrEnum):
    """What a token is."""

    tier = "tier"
    unknown = "unknown"
    mark = "mark"
    sensitive = "sensitive"
    handling = "handling"
    descriptor = "descriptor"
    eyes_only = "eyes_only"
    release = "release"
    nation = "nation"
    community = "community"
    label = "label"
    name = "name"
    word = "word"
    number = "number"
    dash = "dash"
    slash = "slash"
    comma = "comma"
    colon = "colon"
    bracket = "bracket"
    space = "space"
    other = "other"


class Term(NamedTuple):
    """What a written form stands for. `exact` is false for a misspelling; `plain_word` and
    `with_country` are those of `Classification` (the latter: it counts behind a country's name only);
    `sensitive` says that the form includes -SENSITIVE."""

    kind: Kind
    value: str
    country: str | None = None
    exact: bool = True
    plain_word: bool = False
    with_country: bool = False
    sensitive: bool = False


class Token(NamedTuple):
    """A piece of a normalised line; `start` and `end` are indices into `Normal.text`."""

    kind: Kind
    value: str
    start: int
    end: int
    term: Term | None = None


class Lexicon(NamedTuple):
    """Written form -> term, and the patterns made from them."""

    terms: dict[str, Term]
    pattern: re.Pattern[str]
    companions: re.Pattern[str]
    triggers: tuple[str, ...]


_PUNCTUATION = {
    "-": Kind.dash,
    "/": Kind.slash,
    ",": Kind.comma,
    ";": Kind.comma,
    "&": Kind.comma,
    "・": Kind.comma,
    "、": Kind.comma,
    ":": Kind.colon,
    **dict.fromkeys("()[]{}<>【】〔〕《》「」『』〈〉［］", Kind.bracket),
}
_TRIGGER_KINDS = (Kind.tier, Kind.unknown, Kind.mark, Kind.eyes_only)


@cache
def lexicon(standards: Standards) -> Lexicon:
    """The lexicon of these standards."""
    terms: dict[str, Term] = {}
    for form, term in _entries(standards):
        terms.setdefault(_key(form), term)
    triggers = {
        key.replace(" ", "")
        for key, term in terms.items()
        if term.kind in _TRIGGER_KINDS and (len(key) > 2 or not key.isascii())
    }
    triggers.add("㊙")
    return Lexicon(
        terms=terms,
        pattern=_pattern(terms),
        companions=re.compile("|".join(f"(?:{pattern})" for pattern in standards.vocabulary.companions)),
        triggers=tuple(sorted(triggers)),
    )


def _key(form: str) -> str:
    return normalise(form).text


def _entries(standards: Standards) -> Iterator[tuple[str, Term]]:
    """Every written form with its term; of two terms of one form the first counts."""
    vocabulary = standards.vocabulary
    for standard in standards.standards:
        yield from _tiers(standard, vocabulary.misspelt)
        yield from _elements(standard)
    for country, forms in vocabulary.unknown.items():
        plain = country == "GB"
        yield from ((form, Term(Kind.unknown, form, country, plain_word=plain)) for form in forms)
    for form in vocabulary.sensitive:
        yield form, Term(Kind.sensitive, form)
        yield from ((wrong, Term(Kind.sensitive, form, exact=False)) for wrong in vocabulary.misspelt[form])
    short = Term(Kind.tier, "OFFICIAL", "GB", with_country=True, sensitive=True)
    yield from ((form, short) for form in vocabulary.sensitive_short)
    for kind in (Kind.eyes_only, Kind.release):
        yield from ((form, Term(kind, form)) for form in getattr(vocabulary, kind))
    for kind, forms in ((Kind.label, vocabulary.labels), (Kind.name, vocabulary.names)):
        yield from ((form, Term(kind, form)) for form in forms)
    for nation in standards.nations.nations:
        yield from ((form, Term(Kind.nation, form, nation.code)) for form in nation.names)
    for group in standards.nations.communities:
        yield from (
            (form, Term(Kind.community, group.name, group.name)) for form in (group.name, *group.also)
        )
    for scheme in vocabulary.foreign:
        yield from ((form, Term(Kind.nation, form, scheme.country)) for form in scheme.names)


def _tiers(standard: Standard, misspelt: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Term]]:
    """A standard's tiers; OFFICIAL-SENSITIVE is read as OFFICIAL with -SENSITIVE behind it."""
    for tier in standard.classifications:
        term = Term(Kind.tier, tier.name, standard.country, plain_word=tier.plain_word)
        if tier.name != "OFFICIAL-SENSITIVE":
            yield from ((form, term) for form in (tier.name, *tier.also, *tier.romanised))
        yield from ((form, term._replace(with_country=True)) for form in tier.romanised_with_country)
        yield from ((form, term._replace(exact=False)) for form in misspelt.get(tier.name, ()))


def _elements(standard: Standard) -> Iterator[tuple[str, Term]]:
    for kind, elements in (
        (Kind.mark, standard.handling_marks),
        (Kind.handling, standard.handling),
        (Kind.descriptor, standard.descriptors),
    ):
        for element in elements:
            yield from (
                (form, Term(kind, element.name, standard.country)) for form in (element.name, *element.also)
            )


def _pattern(terms: dict[str, Term]) -> re.Pattern[str]:
    latin = [form for form in terms if form.isascii()]
    japanese = [form for form in terms if not form.isascii()]
    nations = [form for form in japanese if terms[form].kind is Kind.nation]
    return re.compile(
        rf"(?<![A-Z0-9_])(?P<latin>{_any(latin)})(?![A-Z0-9_])"
        rf"|(?<![{CJK}])(?P<nation>{_any(nations)})?(?P<japanese>{_any(japanese)})(?![{CJK}])"
        rf"|(?P<word>[^\W\d_{CJK}][^\W_{CJK}'’.]*(?:['’.][^\W_{CJK}]+)*|[{CJK}]+)"
        r"|(?P<number>\d+)|(?P<space>\s+)|(?P<other>.)"
    )


def _any(forms: list[str]) -> str:
    """An alternation, the longest form first; a space in a form may be left out or be a hyphen."""
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", "[ -]?") for form in longest_first)


def tokens(line: Normal, words: Lexicon) -> list[Token]:
    """The tokens of a normalised line; together they cover it."""
    found = []
    for match in words.pattern.finditer(line.text):
        group = str(match.lastgroup)
        if group in ("latin", "japanese"):
            for part in ("nation", group):
                if match[part]:
                    found.append(_term_token(line, match[part], match.span(part), words))
        else:
            kind = _PUNCTUATION.get(match[0], Kind.other) if group == "other" else Kind(group)
            found.append(Token(kind, match[0], *match.span()))
    return found


def _term_token(line: Normal, form: str, span: tuple[int, int], words: Lexicon) -> Token:
    """The token of a term; a nation's short form (IT, NO, US) is one in capitals only, but UK always."""
    term = _term(form, words)
    short = term.kind is Kind.nation and form.isascii() and len(form) <= 3 and form != "UK"
    if short and not line.cased[span[0] : span[1]].isupper():
        return Token(Kind.word, form, *span)
    return Token(term.kind, term.value, *span, term)


def _term(form: str, words: Lexicon) -> Term:
    """The term of a matched form; where its spaces were written otherwise it is a misspelling."""
    if form in words.terms:
        return words.terms[form]
    closed = form.replace(" ", "").replace("-", "")
    for known, term in words.terms.items():
        if known.replace(" ", "").replace("-", "") == closed:
            return term._replace(exact=False)
    raise AssertionError(form)
