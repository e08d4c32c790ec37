"""Reports on documents -> what their run comes to, counted while they come."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from countermark import __version__
from countermark.model import (
    SCHEMA_VERSION,
    Counts,
    DocumentReport,
    Overview,
    PolicySummary,
    Report,
    Severity,
    Status,
    Summary,
    Tool,
    Verdict,
    VerdictCounts,
)
from countermark.model.verdict import counts_in_run, gravest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from countermark.rendering.render import PageImages

    Pictures = Callable[[Iterable[DocumentReport]], Mapping[str, PageImages]]

    from countermark.config.policy import Policy
    from countermark.model import Marking
    from countermark.rules.rule import Rule
    from countermark.standards.standard import Classification, Standard
    from countermark.standards.standards import Standards


def no_pictures(_documents: Iterable[DocumentReport]) -> dict[str, PageImages]:
    """Of no document."""
    return {}


@dataclass(frozen=True)
class ReportInput:
    """A run as every form of report takes it.

    Its totals, its documents (which can be gone through again and again), the language, the severity from
    which on a finding fails the run, or `never`, the rules that judged, and what makes pictures of its
    documents' pages, by the documents' names.
    """

    overview: Overview
    documents: Iterable[DocumentReport]
    lang: str
    fail_on: str = "error"
    rules: tuple[Rule, ...] = ()
    pictures: Pictures = no_pictures


class ReportSpool:
    """Documents' reports kept packed, some hundred bytes each, and unpacked one at a time."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []

    def add(self, document: DocumentReport) -> None:
        self._packed.append(zlib.compress(msgspec.msgpack.encode(document), 1))

    def __iter__(self) -> Iterator[DocumentReport]:
        for packed in self._packed:
            yield msgspec.msgpack.decode(zlib.decompress(packed), type=DocumentReport)


def policy_summary(policy: Policy) -> PolicySummary:
    """Return what a report says of the policy that it was made by."""
    return PolicySummary(
        digest=policy.digest,
        standards=tuple(standard.id for standard in policy.standards.standards),
        configuration=policy.configuration,
        ignored_configurations=policy.ignored,
    )


class RunTotals:
    """Counts a run up, one document after the other."""

    def __init__(self, policy: Policy, skipped: int = 0) -> None:
        self._policy = policy
        self._numbers: Counter[str] = Counter(skipped=skipped)
        self._verdicts: Counter[Verdict] = Counter()
        self._highest: tuple[int, str] = (-1, "")
        self._forms = cache(partial(_forms, policy.standards))

    def add(self, document: DocumentReport) -> str | None:
        """Count a document with its attachments; return the highest marking in them.

        As an overview has that of the run: in both countries' forms where the Agreement has both.
        """
        numbers = self._numbers
        numbers["documents"] += 1
        self._verdicts[document.verdict] += counts_in_run(document)
        numbers["unreadable"] += document.is_unread
        numbers["unsupported"] += document.status is Status.unsupported
        for member in document.family():
            for finding in member.findings:
                numbers["suppressed" if finding.suppressed else finding.severity.value] += 1
        highest = self._highest_in(document)
        self._highest = max(self._highest, highest)
        return highest[1] or None

    def _highest_in(self, document: DocumentReport) -> tuple[int, str]:
        """Return the grade and the forms of the highest marking; -1 and none where there is none."""
        found = (
            self._ranked(marking, date.fromisoformat(member.date) if member.date else self._policy.today)
            for member in document.family()
            for marking in member.markings
        )
        return max(found, default=(-1, ""))

    def _ranked(self, marking: Marking, day: date) -> tuple[int, str]:
        """Return the marking's grade, and its classification in both countries' forms.

        Of one that no standard has, those of the nearest.
        """
        name = marking.classification_text if marking.grade is not None else marking.nearest
        return self._forms(name, marking.country, day) if name else (-1, "")

    @property
    def documents(self) -> int:
        """How many were counted."""
        return self._numbers["documents"]

    def overview(self, expected: int | None = None, *, complete: bool = True) -> Overview:
        """Return what the run comes to so far.

        Where it is not complete, of the `expected` number of documents.
        """
        numbers, policy = self._numbers, self._policy
        return Overview(
            schema_version=SCHEMA_VERSION,
            tool=Tool(name="countermark", version=__version__),
            policy=policy_summary(policy),
            highest_marking=self._highest[1] or None,
            summary=Summary(
                documents=numbers["documents"],
                findings=Counts(**{severity.value: numbers[severity.value] for severity in Severity}),
                unreadable=numbers["unreadable"],
                unsupported=numbers["unsupported"],
                suppressed=numbers["suppressed"],
                skipped=numbers["skipped"],
                not_checked=0 if complete else max(0, (expected or 0) - self.documents),
                verdicts=VerdictCounts(**{verdict.name: self._verdicts[verdict] for verdict in Verdict}),
            ),
            complete=complete,
            verdict=self._verdict(complete),
        )

    def _verdict(self, complete: bool) -> Verdict:
        """Return the gravest of the documents'.

        Where documents were left out, or there were none, not clear.
        """
        counted = [verdict for verdict, number in self._verdicts.items() if number]
        return gravest(counted if complete and counted else (*counted, Verdict.not_read))


def summarise(documents: Iterable[DocumentReport], policy: Policy) -> Report:
    """Return a whole run as one report."""
    tally, reports = RunTotals(policy), tuple(documents)
    for report in reports:
        tally.add(report)
    return whole_report(tally.overview(), reports)


def whole_report(overview: Overview, documents: Iterable[DocumentReport]) -> Report:
    """Return a run's totals with its documents."""
    fields = {name: getattr(overview, name) for name in Overview.__struct_fields__}
    return Report(**fields, documents=tuple(documents))


def _forms(standards: Standards, name: str, country: str | None, day: date) -> tuple[int, str]:
    """Return a classification's grade and its forms; of several that correspond, the one of its own grade."""
    own = _tier(name, country, standards)
    if own is None or own[1].rank is None:
        return -1, ""
    answers = standards.agreement.corresponding(own[0].country, name, day)
    others = [found for answer in answers if (found := _tier(answer, None, standards))]
    other = next(
        (country for country in others if country[1].rank == own[1].rank), others[0] if others else None
    )
    return own[1].rank, " / ".join(_prefixed(*country) for country in (own, other) if country)


def _tier(
    name: str | None, country: str | None, standards: Standards
) -> tuple[Standard, Classification] | None:
    """Return the classification of that name with the latest standard that has it."""
    found = (
        (standard, tier)
        for standard in reversed(standards.standards)
        for tier in standard.classifications
        if tier.name == name and country in (None, standard.country)
    )
    return next(found, None)


def _prefixed(standard: Standard, tier: Classification) -> str:
    return f"{standard.prefix.word} {tier.name}" if standard.prefix else tier.name
