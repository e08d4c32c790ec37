"""What recognises markings by some standards: the words, patterns and readers that are made from them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.recognition.accompanying_fields import FieldPatterns
    from countermark.recognition.candidates import CandidateFinder
    from countermark.recognition.context import SentenceCheck
    from countermark.recognition.enclosures import EnclosureLists
    from countermark.recognition.grammar import Grammar
    from countermark.recognition.lexicon import Lexicon
    from countermark.recognition.long_lines import LongLines
    from countermark.recognition.portion import Portions
    from countermark.recognition.prefilter import Prefilter
    from countermark.recognition.resolve import Resolver
    from countermark.recognition.schemes import Schemes
    from countermark.recognition.statements import Statements
    from countermark.recognition.surroundings import Surroundings
    from countermark.recognition.unknown import UnknownMarkings
    from countermark.standards.standards import Standards


class Recogniser:
    """What recognises markings by some standards.

    Each part is imported and made when it is first asked, since a process that hands its documents to
    others recognises nothing; only the standards are sent.
    """

    def __init__(self, standards: Standards) -> None:
        self.standards = standards

    def __reduce__(self) -> tuple[type[Recogniser], tuple[Standards]]:
        return Recogniser, (self.standards,)

    @cached_property
    def lexicon(self) -> Lexicon:
        from countermark.recognition.lexicon import Lexicon

        return Lexicon(self.standards)

    @cached_property
    def grammar(self) -> Grammar:
        from countermark.recognition.grammar import Grammar

        return Grammar(self.standards, self.lexicon, self.fields)

    @cached_property
    def fields(self) -> FieldPatterns:
        from countermark.recognition.accompanying_fields import FieldPatterns

        return FieldPatterns(self.standards.vocabulary)

    @cached_property
    def resolver(self) -> Resolver:
        from countermark.recognition.resolve import Resolver

        return Resolver(self.standards)

    @cached_property
    def prefilter(self) -> Prefilter:
        from countermark.recognition.prefilter import Prefilter

        return Prefilter(self.lexicon)

    @cached_property
    def long_lines(self) -> LongLines:
        from countermark.recognition.long_lines import LongLines

        return LongLines(self.prefilter)

    @cached_property
    def portions(self) -> Portions:
        from countermark.recognition.portion import Portions

        return Portions(self.standards, self.grammar)

    @cached_property
    def finder(self) -> CandidateFinder:
        from countermark.recognition.candidates import CandidateFinder
        from countermark.recognition.line_joining import LineJoining

        joining = LineJoining(self.grammar, self.lexicon, self.prefilter, self.standards.nations)
        return CandidateFinder(self.grammar, self.lexicon, joining, self.portions)

    @cached_property
    def schemes(self) -> Schemes:
        from countermark.recognition.schemes import Schemes

        return Schemes(self.standards, self.lexicon)

    @cached_property
    def surroundings(self) -> Surroundings:
        from countermark.recognition.surroundings import Surroundings

        return Surroundings(self.standards.vocabulary, self.grammar)

    @cached_property
    def sentences(self) -> SentenceCheck:
        from countermark.recognition.context import SentenceCheck

        return SentenceCheck(self.standards.recognition.sentence)

    @cached_property
    def statements(self) -> Statements:
        from countermark.recognition.statements import Statements

        return Statements(self.standards.statements, self.fields)

    @cached_property
    def enclosures(self) -> EnclosureLists:
        from countermark.recognition.enclosure_entries import EntryReader
        from countermark.recognition.enclosures import EnclosureLists

        words = self.standards.enclosures
        entries = EntryReader(words, self.grammar, self.resolver, self.portions)
        return EnclosureLists(words, self.grammar, entries)

    @cached_property
    def unknown(self) -> UnknownMarkings:
        from countermark.recognition.unknown import UnknownMarkings

        return UnknownMarkings(self.standards.recognition.unknown, self.standards.vocabulary.companies)

    @cached_property
    def titles(self) -> re.Pattern[str]:
        return re.compile("|".join(self.standards.vocabulary.titles_about_markings))
