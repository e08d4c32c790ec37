"""One marking, explained.

What it says, what is wrong with it, what the other country would write, or why it would write nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Defect, Location, Noun, Source, Zone
from countermark.recognition.release_restrictions import PUBLIC_RELEASE, release_restrictions
from countermark.standards.data import holds
from countermark.support.messages import text as said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from countermark.model import Marking
    from countermark.recognition.recogniser import Recogniser
    from countermark.recognition.schemes import WeighedScheme
    from countermark.standards.agreement import ObstacleKind
    from countermark.standards.standard import Standard
    from countermark.standards.standards import Standards


class Obstacle(Noun, frozen=True):
    """What keeps information from the recipient, or leaves it without a marking of the recipient's.

    Its kind, what is to be said of it, the words of the marking that it rests on (none: the marking as a
    whole), and its clause.
    """

    kind: str
    message: str
    words: str | None
    source: Source


class Explanation(Noun, frozen=True):
    """A marking and what the recipient makes of it under the Agreement on that day.

    `counterparts` are the recipient's classifications that correspond to it (empty: none; None: the
    marking is the recipient's own, or nobody's who is known), `recipient_marks` the marking as the
    recipient completes it, one for each of them, `remark` what is to be said of these, `source` what that
    duty rests on. Where there are `obstacles`, nothing is marked until they are gone. `rest` is text
    beside the markings, `schemes` are those that it was weighed to be of, the likeliest first;
    `right_form` is what findings on it ask to write (empty: the marking alone doesn't tell it).
    """

    marking: Marking
    recipient: str | None
    counterparts: tuple[str, ...] | None = None
    recipient_marks: tuple[str, ...] = ()
    remark: str = ""
    source: Source | None = None
    obstacles: tuple[Obstacle, ...] = ()
    rest: str = ""
    schemes: tuple[WeighedScheme, ...] = ()
    right_form: str = ""


def explain(
    text: str, recogniser: Recogniser, day: date, to: str | None = None, lang: str = "en"
) -> tuple[Explanation, ...]:
    """Return every marking in `text`, as the standards of `day` read it; none where there is none.

    `to` is the recipient, else the other party; what is said is in `lang`.
    """
    parsed = recogniser.grammar.line(text)
    place = Location(zone=Zone.body)
    asked = _Asked(recogniser.standards, day, to, lang)
    explanations = []
    for marking in parsed.markings:
        schemes = recogniser.schemes.weighed(marking)
        of_scheme = recogniser.schemes.decided(marking, schemes)
        found = _explained(recogniser.resolver.resolve(of_scheme, Zone.body, place, day), parsed.rest, asked)
        explanations.append(msgspec.structs.replace(found, schemes=schemes))
    return tuple(explanations)


class _Asked(NamedTuple):
    standards: Standards
    day: date
    to: str | None
    lang: str


def _explained(marking: Marking, rest: str, asked: _Asked) -> Explanation:
    agreement, country = asked.standards.agreement, marking.country
    to = asked.to or next((party for party in agreement.parties if party != country), None)
    is_foreign = country not in agreement.parties
    if to is None or country in (None, to) or (is_foreign and not asked.to):
        return Explanation(marking=marking, recipient=to, rest=rest)
    answers = counterparts(marking, asked.standards, asked.day)
    obstacles = tuple(_obstacles(marking, to, answers, asked))
    if obstacles:
        return Explanation(
            marking=marking, recipient=to, counterparts=answers, obstacles=obstacles, rest=rest
        )
    remark = agreement.remark(str(country), marking.classification_text, asked.day)
    return Explanation(
        marking=marking,
        recipient=to,
        counterparts=answers,
        recipient_marks=tuple(_completed(marking, to, answers, asked)),
        remark=said(asked.lang, f"advice.{remark}"),
        source=agreement.recipient.source(asked.lang),
        rest=rest,
    )


def counterparts(marking: Marking, standards: Standards, day: date) -> tuple[str, ...]:
    """Return the other party's classifications that answer to a marking on that day."""
    if marking.country not in standards.agreement.parties or not marking.classification:
        return ()
    return standards.agreement.corresponding(marking.country, marking.classification_text, day)


def _completed(marking: Marking, to: str, answers: tuple[str, ...], asked: _Asked) -> Iterator[str]:
    """Yield the marking with the originator's name and the recipient's classification beside it."""
    name = "" if marking.originator else asked.standards.agreement.originators[str(marking.country)] + " "
    for answer in answers:
        holder = _holder(to, answer, asked)
        prefix = f"{holder.prefix.word} " if holder and holder.prefix else ""
        yield f"{name}{marking.canonical} / {prefix}{answer}"


def _holder(country: str, classification: str, asked: _Asked) -> Standard | None:
    """Return the standard of the day that has this classification."""
    found = (
        standard
        for standard in asked.standards.in_force(asked.day)
        if standard.country == country and classification in (tier.name for tier in standard.classifications)
    )
    return next(found, None)


def _obstacles(marking: Marking, to: str, answers: tuple[str, ...], asked: _Asked) -> Iterator[Obstacle]:
    agreement = asked.standards.agreement
    if not holds(agreement, asked.day):
        yield _obstacle("not-in-force", marking, to, asked)
    elif marking.country not in agreement.parties:
        if to not in marking.releasable_to:
            yield _obstacle("third-party", marking, to, asked)
        else:
            yield _obstacle("no-counterpart", marking, to, asked)
    elif Defect.unknown_classification in marking.defects:
        yield _obstacle("unknown-classification", marking, to, asked)
    elif Defect.not_a_classification in marking.defects:
        yield _obstacle("not-a-classification", marking, to, asked)
    elif PUBLIC_RELEASE in marking.handling:
        yield _obstacle("public-release", marking, to, asked)
    elif not answers:
        yield _obstacle("no-counterpart", marking, to, asked)
    for bar in release_restrictions(marking, to, asked.standards):
        yield _obstacle(bar.kind, marking, to, asked, bar.words)


def _obstacle(
    kind: ObstacleKind, marking: Marking, to: str, asked: _Asked, words: str | None = None
) -> Obstacle:
    agreement, lang, owner = asked.standards.agreement, asked.lang, marking.country or ""
    filling = {
        "text": marking.text,
        "classification": marking.classification_text,
        "words": words or "",
        "recipient": _country(to, asked),
        "owner": _country(owner, asked),
        "nearest": marking.nearest or "",
        "first": agreement.from_,
        "day": asked.day,
        "advice": said(lang, f"advice.{agreement.advice(owner, marking.classification_text)}"),
    }
    own = _clause_of_instruction(owner, words, asked) if kind == "handling" else None
    return Obstacle(
        kind=kind,
        message=said(lang, f"obstacles.{kind}", filling),
        words=words,
        source=own or agreement.obstacles.of(kind).source(lang),
    )


def _clause_of_instruction(country: str, name: str | None, asked: _Asked) -> Source | None:
    """Return what a handling instruction rests on in the standard of the day that has it."""
    found = (
        Source(standard=standard.id, clause=instruction.clause, unconfirmed=instruction.unconfirmed)
        for standard in asked.standards.in_force(asked.day)
        for instruction in standard.handling
        if standard.country == country and instruction.name == name
    )
    return next(found, None)


def _country(code: str, asked: _Asked) -> str:
    """Return a party's name; another country's code."""
    is_party = code in asked.standards.agreement.parties
    return said(asked.lang, f"countries.{code}") if is_party else code
