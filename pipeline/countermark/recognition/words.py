"""The words that markings are made of, each with what it stands for, as all standards give them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.standards.standard import Classification, Standard
    from countermark.standards.standards import Standards
    from countermark.standards.vocabulary import Vocabulary


class Kind(StrEnum):
    """What a token is."""

    tier = "tier"
    unknown = "unknown"
    mark = "mark"
    sensitive = "sensitive"
    handling = "handling"
    control = "control"
    scheme_word = "scheme_word"
    descriptor = "descriptor"
    eyes_only = "eyes_only"
    release = "release"
    nation = "nation"
    community = "community"
    organisation = "organisation"
    label = "label"
    companion = "companion"
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


STARTS = (Kind.tier, Kind.unknown, Kind.mark)
"""What a marking is one by: its tier, or what stands in its place."""


class LexiconTerm(NamedTuple):
    """What a written form stands for.

    `exact` is false for a misspelling; `plain_word`, `common_word` and `with_country` are those of
    `Classification` (the last: it counts behind a country's name only); `modified` is what a classification
    is called with its modifier, `sensitive` says that the form includes this; `capitals` and `codewords`,
    that its standards ask for the ones and that the others are usual on it; `shared`, that other countries
    write the word too; `romanised` and `stamp`, that it stands for a Japanese word; `party`, that it names
    one of the Agreement's; `ends_phrases`, that it ends descriptors too (STAFF IN CONFIDENCE).
    """

    kind: Kind
    value: str
    country: str | None = None
    exact: bool = True
    plain_word: bool = False
    common_word: bool = False
    with_country: bool = False
    modified: str = ""
    sensitive: bool = False
    capitals: bool = False
    codewords: bool = False
    shared: bool = False
    party: bool = False
    romanised: bool = False
    stamp: bool = False
    ends_phrases: bool = False


TierTerms = dict[tuple[str, str], LexiconTerm]
"""Terms of classifications by country and name."""


def entries_of(standards: Standards) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield every written form with its term; of two terms of one form the first counts."""
    vocabulary = standards.vocabulary
    tiers = _tier_terms(standards)
    for standard in standards.standards:
        yield from _tiers(standard, tiers, vocabulary)
        yield from _elements(standard)
    yield from _foreign(standards)
    capitals = {standard.country for standard in standards.standards if standard.capitals}
    for country, forms in vocabulary.unknown.items():
        for form in forms:
            term = LexiconTerm(Kind.unknown, form, country, capitals=country in capitals)
            yield form, term._replace(plain_word=form.isascii(), shared=form.isascii())
    for kind, forms in (
        (Kind.eyes_only, vocabulary.eyes_only),
        (Kind.release, vocabulary.release),
        (Kind.label, vocabulary.labels),
        (Kind.companion, vocabulary.companion_words),
        (Kind.name, vocabulary.names),
    ):
        yield from ((form, LexiconTerm(kind, form)) for form in forms)
    for nation in standards.nations.nations:
        term = LexiconTerm(Kind.nation, "", nation.code, party=nation.code in standards.agreement.parties)
        yield from ((form, term._replace(value=form)) for form in nation.names)
    for group in standards.nations.communities:
        for form in (group.name, *group.also):
            yield form, LexiconTerm(Kind.community, group.name, group.name)
    for country, forms in vocabulary.organisations.items():
        yield from ((form, LexiconTerm(Kind.organisation, form, country)) for form in forms)


def _tier_terms(standards: Standards) -> TierTerms:
    """Return the term of each classification: what any standard of its country says of it."""
    found: TierTerms = {}
    for standard in standards.standards:
        usual = standard.codewords.usual_on if standard.codewords else ()
        for tier in standard.classifications:
            known = found.get((standard.country, tier.name)) or LexiconTerm(
                Kind.tier, tier.name, standard.country
            )
            found[standard.country, tier.name] = known._replace(
                plain_word=known.plain_word or tier.plain_word,
                common_word=known.common_word or tier.common_word,
                capitals=known.capitals or standard.capitals,
                codewords=known.codewords or tier.name in usual,
                shared=tier.name.isascii(),
            )
        for tier in standard.classifications:
            if tier.modifier:
                key = standard.country, tier.modifier.of
                found[key] = found[key]._replace(modified=tier.name)
    return found


def _tiers(standard: Standard, terms: TierTerms, vocabulary: Vocabulary) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield a standard's tiers; one with a modifier (OFFICIAL-SENSITIVE) is read as two words."""
    modified = {term.modified for (country, _), term in terms.items() if country == standard.country}
    for tier in standard.classifications:
        term = terms[standard.country, tier.name]
        if tier.modifier:
            yield tier.modifier.word, LexiconTerm(Kind.sensitive, tier.modifier.word)
            short = terms[standard.country, tier.modifier.of]._replace(with_country=True, sensitive=True)
            yield from ((form, short) for form in vocabulary.short_forms.get(tier.name, ()))
        if tier.name not in modified:
            yield from ((form, term) for form in (tier.name, *tier.also))
        romanised = term._replace(romanised=True)
        yield from ((form, romanised) for form in tier.romanised)
        yield from ((form, romanised._replace(with_country=True)) for form in tier.romanised_with_country)
        yield from ((form, term._replace(stamp=True)) for form in vocabulary.stamps.get(tier.name, ()))
        if not tier.name.isascii():
            wrongs = vocabulary.misspelt.get(tier.name, ())
            yield from ((form, term._replace(exact=False)) for form in wrongs)


def _foreign(standards: Standards) -> Iterator[tuple[str, LexiconTerm]]:
    """Third parties' own tiers, and the names that stand before the shared ones."""
    for scheme in standards.foreign.schemes:
        for tier in scheme.own:
            term = _foreign_tier(tier, scheme.country)
            term = term._replace(ends_phrases=tier.name in standards.vocabulary.phrase_endings)
            yield from ((form, term) for form in (tier.name, *tier.also))
        yield from ((form, LexiconTerm(Kind.nation, form, scheme.country)) for form in scheme.names)
        yield from ((form, LexiconTerm(Kind.control, form, scheme.country)) for form in scheme.controls)
        yield from ((form, LexiconTerm(Kind.scheme_word, form, scheme.country)) for form in scheme.companions)


def _foreign_tier(tier: Classification, country: str) -> LexiconTerm:
    return LexiconTerm(
        Kind.tier, tier.name, country, plain_word=tier.plain_word, common_word=tier.common_word
    )


def _elements(standard: Standard) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield a standard's elements but for what only follows a sign or an organisation's name."""
    for kind, elements in (
        (Kind.mark, standard.handling_marks),
        (Kind.handling, standard.handling),
        (Kind.descriptor, standard.descriptors),
    ):
        for element in elements:
            if element.suffix or element.after_sign:
                continue
            for form in (element.name, *element.also):
                yield form, LexiconTerm(kind, element.name, standard.country)
