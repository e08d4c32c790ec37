"""What the HTML report shows, as plain data in both languages; its script only arranges it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from countermark.model import WITHIN, Severity, Verdict
from countermark.rendering.render import PageImages
from countermark.reporting.banner import banner, highest_of
from countermark.reporting.configuration import configuration_lines
from countermark.reporting.html.pages import page_data
from countermark.reporting.places import places
from countermark.reporting.rule_page import example_text
from countermark.reporting.terminal.text import (
    clause_of,
    counts_of,
    details,
    run_verdict,
    totals,
    verdict_word,
)
from countermark.reporting.unread import broken_off
from countermark.rules.rule import TEXT_PARTS
from countermark.support.console import escape_controls
from countermark.support.messages import LANGUAGES, catalogue, filled, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from countermark.model import DocumentReport, Finding, Marking, Report
    from countermark.rules.rule import Rule, TextPart

_LEVELS = list(Severity)
NO_IMAGES = PageImages()


class _Strings:
    """Texts in all languages, each told once and known by its number."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, ...], int] = {}

    def add(self, said: Callable[[str], str]) -> int:
        """Return the number of the text that `said` gives in each language."""
        return self.known.setdefault(tuple(said(lang) for lang in LANGUAGES), len(self.known))


class _Member(NamedTuple):
    """A document of the report.

    `parent` is the number of the one that it is attached to, or -1, `path` that through the files that it
    lies in.
    """

    report: DocumentReport
    parent: int
    name: str
    path: str


def html_data(
    report: Report, rules: Sequence[Rule], lang: str, pictures: Mapping[str, PageImages]
) -> dict[str, Any]:
    """Return all that the page shows, ready to be encoded; its pages know their `images` by number.

    `lang` is the language that it opens in; `pictures` are pictures of pages by the name of their
    document.
    """
    strings = _Strings()
    members = list(_members(report.documents))
    marking = report.highest_marking
    by_code = {rule.code: rule for rule in rules}
    documents = [
        _document(member, strings, by_code, pictures.get(member.name, NO_IMAGES)) for member in members
    ]
    countries = sorted({code for document in documents for code in document["countries"]})
    used = {finding.code for member in members for finding in member.report.findings}
    data = {
        "lang": lang,
        "banner": strings.add(lambda lang: banner(marking, lang)) if marking else None,
        "verdict": report.verdict.value,
        "run_verdict": strings.add(lambda lang: run_verdict(report, lang)),
        "verdicts": {verdict.value: strings.add(partial(verdict_word, verdict)) for verdict in Verdict},
        "summary": [
            *([] if report.complete else [strings.add(partial(broken_off, report))]),
            strings.add(lambda lang: totals(report.summary, lang)[0]),
            strings.add(lambda lang: totals(report.summary, lang)[1]),
            strings.add(partial(_configuration, report)),
        ],
        "tool": f"{report.tool.name} {report.tool.version}",
        "digest": report.policy.digest,
        "texts": {lang: catalogue(lang)["html"] for lang in LANGUAGES},
        "countries": {code: strings.add(partial(_country, code)) for code in countries},
        "rules": {rule.code: _rule(rule, strings) for rule in rules if rule.code in used},
        "docs": documents,
    }
    images = _numbered(page for document in documents for page in document["pages"])
    return {**data, "strings": [list(said) for said in strings.known], "images": images}


def _numbered(pages: Iterable[dict[str, Any]]) -> list[str]:
    """Return the pages' images, in each page its image's number in its place."""
    images: list[str] = []
    for page in pages:
        if page["image"] is not None:
            images.append(page["image"])
            page["image"] = len(images) - 1
    return images


def _configuration(report: Report, lang: str) -> str:
    return text(lang, "ui.between_details").join(configuration_lines(report.policy, lang))


def _country(code: str, lang: str) -> str:
    names: dict[str, str] = catalogue(lang)["countries"]
    return names.get(code, code)


def _rule_text(rule: Rule, part: TextPart, lang: str) -> str:
    return rule.text(lang, part)


def _members(documents: Iterable[DocumentReport]) -> Iterator[_Member]:
    """Yield all documents, each before its attachments."""
    waiting = [_Member(document, -1, document.path, document.path) for document in reversed(tuple(documents))]
    number = 0
    while waiting:
        member = waiting.pop()
        yield member
        for child in reversed(member.report.children):
            path = WITHIN.join((member.path, child.path))
            waiting.append(_Member(child, number, f"{member.name}!{child.path}", path))
        number += 1


def _document(
    member: _Member, strings: _Strings, rules: Mapping[str, Rule], pictures: PageImages
) -> dict[str, Any]:
    report = member.report
    counted = [finding.severity for finding in report.findings if not finding.suppressed]
    pages, left_out = page_data(report, strings.add, pictures)
    return {
        "path": escape_controls(member.path),
        "parent": member.parent,
        "verdict": report.verdict.value,
        "outcome": strings.add(lambda lang: counts_of(report, lang)),
        "facts": strings.add(lambda lang: escape_controls(details(report, lang))),
        "highest": _highest(report),
        "countries": sorted({marking.country for marking in report.markings if marking.country}),
        "counts": [counted.count(level) for level in _LEVELS],
        "findings": [_finding(finding, strings, rules.get(finding.code)) for finding in report.findings],
        "markings": _markings(report.markings, strings),
        "pages": pages,
        "shown_as": _shown_as(pictures),
        "why": pictures.why and pictures.why.value,
        "left_out": left_out,
    }


def _shown_as(pictures: PageImages) -> str:
    """Return what the pages are shown as, a key of the catalogue's `html`."""
    if not pictures.pages:
        return "as_schema"
    return "as_printed" if pictures.pages[0].section else "as_rendered"


def _highest(report: DocumentReport) -> str:
    top = highest_of(report)
    return escape_controls(top.canonical) if top else ""


def _finding(finding: Finding, strings: _Strings, rule: Rule | None) -> list[Any]:
    return [
        finding.code,
        _LEVELS.index(finding.severity),
        strings.add(partial(_said, finding, rule, "message")),
        strings.add(partial(_said, finding, rule, "fix")),
        strings.add(lambda lang: places(finding.locations, lang)),
        [escape_controls(quote) for quote in finding.evidence],
        strings.add(partial(_clause, finding, rule)),
        finding.suppressed,
    ]


def _clause(finding: Finding, rule: Rule | None, lang: str) -> str:
    source = rule.basis_in(finding.source.standard).source(lang) if rule else finding.source
    return clause_of(source, lang)


def _said(finding: Finding, rule: Rule | None, part: Literal["message", "fix"], lang: str) -> str:
    words = filled(lang, rule.text(lang, part), finding.args, finding.keys) if rule else ""
    return escape_controls(words or getattr(finding, part))


def _markings(markings: Iterable[Marking], strings: _Strings) -> list[list[Any]]:
    """Equal markings told once, with all their places and the least confidence."""
    told: dict[tuple[str, str, str | None], list[Marking]] = {}
    for marking in markings:
        told.setdefault((marking.text, marking.classification_text, marking.country), []).append(marking)
    return [
        [
            escape_controls(written),
            escape_controls(f"{classification} ({country})" if country else classification),
            strings.add(partial(places, [marking.location for marking in same])),
            min(marking.confidence for marking in same),
        ]
        for (written, classification, country), same in told.items()
    ]


def _rule(rule: Rule, strings: _Strings) -> dict[str, Any]:
    texts: dict[str, Any] = {part: strings.add(partial(_rule_text, rule, part)) for part in TEXT_PARTS}
    return {
        "name": rule.name,
        "severity": rule.severity.value,
        **texts,
        "clause": strings.add(lambda lang: clause_of(rule.source.source(lang), lang)),
        "good": [example_text(example) for example in rule.good],
        "bad": [example_text(example) for example in rule.bad],
    }
