"""A report without text of its documents: only the words that the standards themselves have remain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.readers.formats import own_parts
from countermark.recognition.normalise import normalise
from countermark.recognition.tokens import tokens
from countermark.recognition.words import Kind
from countermark.support.messages import filled

if TYPE_CHECKING:
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport, Finding, Location, Marking
    from countermark.recognition.lexicon import Lexicon

GAP = "[…]"
"""What stands for text left out."""
_KEPT = frozenset(
    (
        *(Kind.tier, Kind.unknown, Kind.mark, Kind.sensitive, Kind.handling, Kind.descriptor),
        *(Kind.control, Kind.scheme_word),
        *(Kind.eyes_only, Kind.release, Kind.nation, Kind.community, Kind.organisation, Kind.label),
        *(Kind.dash, Kind.slash, Kind.comma, Kind.colon, Kind.bracket, Kind.space),
    )
)
"""The words that standards and nations have, and what stands between them."""
_OWN_ARGUMENTS = frozenset(("limit", "allowed", "reached", "error", "kinds", "extra", "confidence"))
"""Arguments of messages that come from the program, not from a document."""


def redacted(report: DocumentReport, policy: Policy) -> DocumentReport:
    """Return the report with the words of classification kept and all other text of documents replaced by
    GAP. Paths as given and fingerprints stay.
    """
    return _redacted(report, policy, report.path)


def _redacted(report: DocumentReport, policy: Policy, path: str) -> DocumentReport:
    words = policy.recogniser.lexicon
    return msgspec.structs.replace(
        report,
        path=path,
        date_text=GAP if report.date_text else "",
        date_location=report.date_location and _location(report.date_location),
        markings=tuple(_marking(marking, words) for marking in report.markings),
        findings=tuple(_finding(finding, policy) for finding in report.findings),
        children=tuple(
            _redacted(child, policy, f"{GAP} {number}") for number, child in enumerate(report.children, 1)
        ),
    )


def words_kept(text: str, words: Lexicon) -> str:
    """`text` with all replaced by GAP that is no word of a marking."""
    line = normalise(text)
    kept: list[str] = []
    for token in tokens(line, words):
        if token.kind in _KEPT:
            kept.append(line.source(token.start, token.end))
        elif "".join(kept).rstrip(" ")[-len(GAP) :] != GAP:
            kept.append(GAP)
    return "".join(kept).strip()


def _marking(marking: Marking, words: Lexicon) -> Marking:
    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words_kept(text, words) for text in texts)

    return msgspec.structs.replace(
        marking,
        text=words_kept(marking.text, words),
        canonical=words_kept(marking.canonical, words),
        location=_location(marking.location),
        handling=kept(marking.handling),
        descriptors=kept(marking.descriptors),
        codewords=(GAP,) * len(marking.codewords),
        caveats=tuple(
            msgspec.structs.replace(caveat, text=words_kept(caveat.text, words), nations=kept(caveat.nations))
            for caveat in marking.caveats
        ),
        releasable_to=kept(marking.releasable_to),
        companions=tuple(
            msgspec.structs.replace(companion, text=GAP, date=None) for companion in marking.companions
        ),
    )


def _finding(finding: Finding, policy: Policy) -> Finding:
    words, lang = policy.recogniser.lexicon, policy.lang
    rule = next(rule for rule in policy.rules if rule.code == finding.code)
    args = {
        name: value if name in _OWN_ARGUMENTS or value.isdigit() else words_kept(value, words)
        for name, value in finding.args.items()
    }
    return msgspec.structs.replace(
        finding,
        message=filled(lang, rule.text(lang, "message"), args, finding.keys),
        fix=filled(lang, rule.text(lang, "fix"), args, finding.keys),
        locations=tuple(_location(location) for location in finding.locations),
        args=args,
        evidence=tuple(words_kept(reason, words) for reason in finding.evidence),
    )


def _location(location: Location) -> Location:
    if location.name is not None:
        location = msgspec.structs.replace(location, name=GAP)
    if location.part is None or own_parts().fullmatch(location.part):
        return location
    return msgspec.structs.replace(location, part=GAP)
