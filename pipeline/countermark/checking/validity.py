"""How long a report on an unchanged document says what a new one would say."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from countermark.checking.check import check_document
from countermark.checking.redaction import redacted
from countermark.model.evidence import Evidence
from countermark.recognition.dates import days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport


def check_document_until(
    data: bytes, name: str, policy: Policy, *, is_given: bool
) -> tuple[DocumentReport, date]:
    """As `check_document`, with the first day on which the report may no longer hold."""
    report = check_document(data, name, _unredacted(policy), is_given=is_given)
    return redacted(report, policy) if policy.config.redact else report, valid_until(report, policy)


def valid_until(report: DocumentReport, policy: Policy) -> date:
    """Return the first day on which the report, not redacted, may no longer be what a check would give.

    That is the next on which something begins or ends: a standard, a rule, a waiver, a period that the
    document states, the year (documents dated far ahead are dated otherwise then).
    """
    today = policy.today
    stated = (
        day
        for member in report.family()
        for marking in member.markings
        for accompanying in marking.companions
        for day in days_in(accompanying.text)
    )
    changes = {date(today.year + 1, 1, 1)}
    for day in (*_days_of_policy(policy), *stated):
        changes |= {day, day + timedelta(days=1)}
    return min(day for day in changes if day > today)


def as_of_today(report: DocumentReport, today: date) -> DocumentReport:
    """Return a report that still holds, as of today for documents without a day of their own."""
    children = tuple(as_of_today(child, today) for child in report.children)
    day = today.isoformat() if report.date_source == Evidence.today else report.date
    return msgspec.structs.replace(report, date=day, children=children)


@lru_cache(maxsize=1)
def _unredacted(policy: Policy) -> Policy:
    return msgspec.structs.replace(policy, config=msgspec.structs.replace(policy.config, redact=False))


@lru_cache(maxsize=1)
def _days_of_policy(policy: Policy) -> frozenset[date]:
    return frozenset(_days_in((policy.config, policy.standards, policy.rules)))


def _days_in(thing: object) -> Iterator[date]:
    """Yield all days that data hold, at whatever depth."""
    if isinstance(thing, date):
        yield thing
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            yield from _days_in(getattr(thing, name))
    elif isinstance(thing, dict):
        yield from _days_in(tuple(thing.values()))
    elif isinstance(thing, tuple | list | frozenset):
        for part in thing:
            yield from _days_in(part)
