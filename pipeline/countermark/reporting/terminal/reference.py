"""Rules and standards, listed and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from countermark.reporting.rule_page import facts, period, texts_of
from countermark.reporting.terminal.table import write_table
from countermark.reporting.terminal.text import labelled
from countermark.standards.data import in_language
from countermark.support.console import write_line
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from countermark.rules.rule import Rule
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


def write_standards(standards: Iterable[Standard], console: Console, lang: str) -> None:
    """One line a standard: identifier, dates, title."""
    rows = [
        (standard.id, period(standard.from_, standard.until, lang), standard.title.said(lang))
        for standard in standards
    ]
    write_table(rows, console)


def write_standard(standard: Standard, console: Console, lang: str) -> None:
    """Write a standard's title, dates, source and words."""
    write_line(
        console, Text(standard.id + text(lang, "ui.after_name") + standard.title.said(lang), style="bold")
    )
    between = text(lang, "ui.between_items")
    rows = [
        ("in_force", period(standard.from_, standard.until, lang)),
        ("source", in_language(standard.source, lang)),
        ("classifications", between.join(classification.name for classification in standard.classifications)),
        ("handling", between.join(instruction.name for instruction in standard.handling)),
        ("marks", between.join(mark.name for mark in standard.handling_marks)),
        ("descriptors", between.join(descriptor.name for descriptor in standard.descriptors)),
        ("placement", in_language(standard.placement.clause, lang)),
        ("order", in_language(standard.order_clause, lang)),
        ("unconfirmed", in_language(standard.unconfirmed or "", lang)),
    ]
    for label, content in rows:
        if content:
            write_line(console, labelled(label, content, lang), _STEP)
