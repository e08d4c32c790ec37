"""Rules and standards, listed and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from countermark.reporting.rule_page import facts, period, texts_of
from countermark.reporting.terminal.table import write_table
from countermark.reporting.terminal.text import labelled
from countermark.standards.data import Bilingual, in_language
from countermark.support.console import write_line
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from countermark.rules.rule import Rule
    from countermark.standards.agreement import Agreement
    from countermark.standards.standard import Standard

_STEP = 4


def rule_data(rule: Rule, lang: str) -> dict[str, Any]:
    """Return a rule as data: its entry and its texts; not where its file is on this machine."""
    entry: dict[str, Any] = msgspec.to_builtins(rule)
    del entry["where"]
    return {**entry, **texts_of(rule, lang)}


def write_rules(rules: Iterable[Rule], console: Console, lang: str) -> None:
    """One line a rule: code, severity, name, title."""
    write_table(
        [
            (
                rule.code,
                text(lang, f"ui.severities.{rule.severity.value}"),
                rule.name,
                texts_of(rule, lang)["title"],
            )
            for rule in rules
        ],
        console,
    )


def write_rule(rule: Rule, console: Console, lang: str) -> None:
    """All that is to be known of one rule."""
    write_line(console, Text(f"{rule.code} {rule.name}", style="bold"))
    write_line(console, Text(texts_of(rule, lang)["title"]), _STEP)
    for label, contents in facts(rule, lang).items():
        for content in contents:
            write_line(console, labelled(label, content, lang), _STEP)


def write_standards(standards: Iterable[Standard | Agreement], console: Console, lang: str) -> None:
    """One line a standard: identifier, dates, title."""
    rows = [
        (standard.id, period(standard.from_, standard.until, lang), standard.title.said(lang))
        for standard in standards
    ]
    write_table(rows, console)


def write_standard(standard: Standard, console: Console, lang: str) -> None:
    """Write a standard's title, dates, source and words, each with its clause."""
    rows = [
        *_elements(standard, lang),
        *_duties(standard, lang),
        ("placement", _basis("", standard.placement, lang)),
        ("order", in_language(standard.order_clause, lang)),
    ]
    _write_rows(standard, rows, console, lang)


def _elements(standard: Standard, lang: str) -> Iterator[tuple[str, str]]:
    for label, elements in (
        ("classifications", standard.classifications),
        ("handling", standard.handling),
        ("handling_marks", standard.handling_marks),
        ("descriptors", standard.descriptors),
    ):
        yield label, _listed((_basis(element.name, element, lang) for element in elements), lang)


def _duties(standard: Standard, lang: str) -> Iterator[tuple[str, str]]:
    if standard.prefix:
        yield "prefix", _basis(standard.prefix.word, standard.prefix, lang)
    if standard.codewords:
        yield "codewords", _basis(_listed(standard.codewords.usual_on, lang), standard.codewords, lang)
    for label, duty in (
        ("caveats", standard.caveats),
        ("page_numbers", standard.page_numbers),
        ("copies", standard.copies),
    ):
        if duty:
            yield label, _basis(_listed(duty.applies_to, lang), duty, lang)
    if standard.designation:
        years = text(lang, "ui.years", {"years": standard.designation.longest_years})
        yield "designation", _basis(years, standard.designation, lang)
    for field in standard.fields:
        yield "fields", _basis(_listed((*field.applies_to, *field.names), lang), field, lang)


def write_agreement(agreement: Agreement, console: Console, lang: str) -> None:
    """Write the Agreement's title, dates, source, and what corresponds to what."""
    equals = text(lang, "ui.corresponding")
    _write_rows(
        agreement,
        [
            *(
                (
                    "correspondence",
                    _basis(
                        equals.join((_listed(row.GB, lang), _listed(row.JP, lang))),
                        row,
                        lang,
                        period(row.from_, row.until, lang),
                    ),
                )
                for row in agreement.correspondence
            ),
            ("recipient", _basis("", agreement.recipient, lang)),
        ],
        console,
        lang,
    )


def _write_rows(
    known: Standard | Agreement, rows: Iterable[tuple[str, str]], console: Console, lang: str
) -> None:
    """Write what a standard or agreement is called, from when to when it holds, where it was read; `rows`."""
    title = known.id + text(lang, "ui.after_name") + known.title.said(lang)
    write_line(console, Text(title, style="bold"))
    for label, content in (
        ("in_force", period(known.from_, known.until, lang)),
        ("source", in_language(known.source, lang)),
        *rows,
        ("unconfirmed", in_language(known.unconfirmed or "", lang)),
    ):
        if content:
            write_line(console, labelled(label, content, lang), _STEP)


def _listed(words: Iterable[str], lang: str) -> str:
    return text(lang, "ui.between_items").join(words)


def _basis(words: str, stated: Any, lang: str, clause: str = "") -> str:
    """Return words with the clause that they rest on, and whether that was not read.

    A clause that is told in English only is left out of Japanese.
    """
    is_told = lang == "en" or isinstance(getattr(stated, "clause", ""), Bilingual)
    clause = clause or (in_language(stated.clause, lang) if is_told else "")
    if getattr(stated, "unconfirmed", False):
        words = words if clause else text(lang, "ui.unconfirmed", {"clause": words})
        clause = clause and text(lang, "ui.unconfirmed", {"clause": clause})
    if not words or not clause:
        return words or clause
    return text(lang, "ui.aside", {"words": words, "aside": clause})
