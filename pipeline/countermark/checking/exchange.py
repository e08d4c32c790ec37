"""Whose document it is and for whom, where its own markings, those that it lies in, or those in it tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.model import Evidence, Exchange
from countermark.recognition.inference import exchange_of, letterheads
from countermark.rules.facts.views import is_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.config.policy import ExchangeSettings
    from countermark.model import Document, DocumentReport, Marking
    from countermark.recognition.recogniser import Recogniser


def exchange_for(
    document: Document,
    markings: Sequence[Marking],
    named: set[str],
    given: ExchangeSettings,
    within: Exchange,
    recogniser: Recogniser,
) -> Exchange:
    """Return the document's exchange; that of the document that it is attached to where it can't be told."""
    exchange = exchange_of(
        [marking for marking in markings if is_mark(marking)],
        named,
        recogniser.standards,
        letterheads=letterheads(document, recogniser.lexicon),
        originator=given.from_,
        recipient=given.to,
        stage=given.stage,
    )
    if exchange.is_known or not within.is_known:
        return exchange
    return msgspec.structs.replace(within, evidence=(Evidence.as_parent,))


def exchange_of_members(members: Sequence[DocumentReport]) -> Exchange | None:
    """Return the exchange of the documents in an archive.

    None where there are none, or one's is not known.
    """
    if not members or not all(member.exchange.is_known for member in members):
        return None
    return msgspec.structs.replace(members[0].exchange, evidence=(Evidence.as_members,))
