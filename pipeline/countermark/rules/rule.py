"""A rule as its file states it, and the documents that its examples describe."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from countermark.model import PageKind, ProblemKind, Severity, Stage, Verdict, Zone
from countermark.standards.data import Basis, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Code = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2,6}[0-9]{3}$", examples=["UK001"])]
RuleName = Annotated[
    str, msgspec.Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$", examples=["page-header-missing"])
]


class Scope(StrEnum):
    """What a rule is evaluated on, once each."""

    document = "document"
    page = "page"
    marking = "marking"
    doubtful = "doubtful"
    unknown = "unknown"
    classification = "classification"
    statement = "statement"
    quoted = "quoted"
    release = "release"
    portion = "portion"
    label = "label"
    property = "property"
    child = "child"
    pair = "pair"
    inactive = "inactive"
    hidden = "hidden"
    redaction = "redaction"
    translation = "translation"
    consignment = "consignment"
    enclosure = "enclosure"
    problem = "problem"


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of what rule files state; defaults are left out again when it is shown."""


Party = Literal["GB", "JP"]
Language = Literal["en", "ja"]
TextPart = Literal["title", "why", "message", "fix"]
TEXT_PARTS: tuple[TextPart, ...] = ("title", "why", "message", "fix")


class SketchPage(Data, frozen=True):
    """A page of an example: its head, foot and body lines; a line break parts lines.

    `kind` and `inactive` (a header that is switched off) make it a Word page. `watermark`, `hidden`,
    `comment`, `covered` (under something opaque) and `struck` (through, at the head) are further lines.
    `flowing` makes it a message, whose `subject` comes first.
    """

    head: str = ""
    foot: str = ""
    body: str = ""
    kind: PageKind | None = None
    inactive: str = ""
    watermark: str = ""
    hidden: str = ""
    comment: str = ""
    covered: str = ""
    struck: str = ""
    subject: str = ""
    flowing: bool = False
    readable: bool = True


class ExampleDocument(Data, frozen=True):
    """An example document.

    `mark` stands for one page with that marking at head and foot; `labels` maps keys to what they say,
    `content_bits` is what they promise; `name` the file's, `as_of` the day of the check, `revision` a
    marking of an earlier revision; `beside` are the other documents of the same consignment; `problem` is
    what reading met.
    """

    mark: str = ""
    pages: tuple[SketchPage, ...] = ()
    as_of: date | None = None
    date: date | None = None
    from_: Party | None = msgspec.field(name="from", default=None)
    to: Party | None = None
    stage: Stage | None = None
    name: str = ""
    labels: dict[str, str] = {}
    content_bits: int = 0
    properties: dict[str, str] = {}
    revision: str = ""
    label_required: bool = False
    allow_unmarked: bool = False
    beside: tuple[ExampleDocument, ...] = ()
    children: tuple[ExampleDocument, ...] = ()
    problem: ProblemKind | None = None


class EarlierBasis(Basis, frozen=True, kw_only=True):
    """What a rule rests on for documents of days up to `until`, before its own clause held."""

    until: date


class Texts(Data, frozen=True):
    """What a rule says to people: its title, why it is there, message and fix."""

    title: str
    message: str
    fix: str
    why: str = ""


class SeverityWhen(Data, frozen=True):
    """The expression that must be true for a severity other than the rule's own."""

    error: Name | None = None
    warning: Name | None = None
    note: Name | None = None

    def by_severity(self) -> dict[Severity, str]:
        """Return what there is, by severity."""
        found = {severity: getattr(self, severity.value) for severity in Severity}
        return {severity: expression for severity, expression in found.items() if expression}


class NationalBasis(Data, frozen=True):
    """What a rule rests on for documents whose only markings are one country's."""

    GB: Basis | None = None
    JP: Basis | None = None

    def by_country(self) -> dict[str, Basis]:
        """Return what there is, by country."""
        found = {"GB": self.GB, "JP": self.JP}
        return {country: basis for country, basis in found.items() if basis}


class TextsByLanguage(Data, frozen=True):
    """What a rule says, in the languages that it speaks."""

    en: Texts | None = None
    ja: Texts | None = None

    def by_language(self) -> dict[Language, Texts]:
        """Return the texts by language, without a language that has none."""
        found: dict[Language, Texts | None] = {"en": self.en, "ja": self.ja}
        return {lang: texts for lang, texts in found.items() if texts}


Examples = Annotated[tuple[str | ExampleDocument, ...], msgspec.Meta(min_length=1)]


class RuleEntry(Data, frozen=True):
    """One rule, as its file states it.

    `test`, a CEL expression over `document`, `exchange` and the scope's own word, is true where the rule
    is satisfied; the rule is asked only where `when` is true, and can't be decided where `needs` is false
    (a page or document that was not read). A violation is not reported in a document that has a finding
    of a code in `yields_to`: there it is a consequence. One that is not asked `by_default` is asked where
    the configuration gives its severity or selects it; what is said `once_a_run` is said of the first
    document of a run of which it is true. `severity_when` maps other severities to the expression that
    must be true for them; where several are, the most severe holds. `verdict` is what a finding makes of
    its document where its severity does not say so. `from_`/`until` are the first and last day of
    documents that it holds for; `earlier`, by day, what it rests on for older ones; `national`, by
    country, for documents whose only markings are that country's; `at` is the zone in which a page's
    finding lies. An example is a text (one page with that marking at head and foot) or a sketch. `texts`
    are what it says, by language; a pack's rule that takes the place of a known one may leave them to it.
    """

    code: Code
    name: RuleName
    severity: Severity
    scope: Scope
    test: Name
    source: Basis
    good: Examples
    bad: Examples
    when: str = "true"
    needs: str = "true"
    severity_when: SeverityWhen = SeverityWhen()
    verdict: Literal["review", "not-read", "stop"] | None = None
    earlier: tuple[EarlierBasis, ...] = ()
    national: NationalBasis = NationalBasis()
    since: str = "0.1.0"
    at: Zone | None = None
    yields_to: tuple[str, ...] = ()
    by_default: bool = True
    once_a_run: bool = False
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    texts: TextsByLanguage = TextsByLanguage()


class Rule(RuleEntry, frozen=True, kw_only=True):
    """One rule. `where` is file and line of its entry."""

    where: str

    def text(self, lang: str, part: TextPart) -> str:
        """Return the rule's `title`, `why`, `message` or `fix`, not filled, in that language or else in
        another that it has; empty where it has none.
        """
        spoken = self.texts.by_language()
        texts = spoken.get("ja" if lang == "ja" else "en") or next(iter(spoken.values()), None)
        found: str = getattr(texts, part) if texts else ""
        return found

    def basis(self, day: date, country: str = "") -> Basis:
        """Return what the rule rests on for a document of that day whose only markings are `country`'s
        (empty: of several, or none).
        """
        own = self.national.by_country().get(country)
        return own or next((basis for basis in self.earlier if day <= basis.until), self.source)

    def severity_on(self, day: date, country: str = "", holding: Iterable[Severity] = ()) -> Severity:
        """Return the severity for such a document.

        A note where what the rule rests on is unconfirmed, else the most severe of those whose
        `severity_when` is `holding`, if any.
        """
        if self.basis(day, country).is_unconfirmed_alone:
            return Severity.note
        return max(holding, key=lambda severity: severity.rank, default=self.severity)

    def verdict_under(self, configured: Severity | None) -> Verdict | None:
        """Return what a finding makes of its document by the rule.

        None where its severity says so, as it does where the user configured it.
        """
        return Verdict(self.verdict) if self.verdict and not configured else None

    def counts_under(self, configured: Severity | None) -> bool:
        """Return whether a finding can make a document anything but clear."""
        severities = (configured,) if configured else (self.severity, *self.severity_when.by_severity())
        return bool(self.verdict_under(configured)) or any(
            severity is not Severity.note for severity in severities
        )

    @property
    def expressions(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """All expressions of the rule, each with the keys that lead to it."""
        yield from ((("when",), self.when), (("needs",), self.needs), (("test",), self.test))
        yield from (
            (("severity_when", severity.value), said)
            for severity, said in self.severity_when.by_severity().items()
        )

    @property
    def bases(self) -> tuple[Basis, ...]:
        """All that the rule rests on, for any day and country."""
        return (self.source, *self.earlier, *self.national.by_country().values())

    def basis_in(self, standard: str) -> Basis:
        """Return what the rule rests on in that standard; its own clause where it names another."""
        others = (*self.national.by_country().values(), *self.earlier)
        return next((basis for basis in others if basis.standard == standard), self.source)

    @property
    def family(self) -> str:
        """The letters of the code, as UK."""
        return self.code[:-3]
