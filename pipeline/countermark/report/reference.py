"""Rules and standards, listed and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from rich.cells import cell_len
from rich.text import Text

from countermark.messages import catalogue, text
from countermark.report.text import clause_of, labelled
from countermark.report.visible import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rich.console import Console

    from countermark.markings.standards import Standard
    from countermark.rules.loader import Rule, Sketch

_STEP = 4


def rule_data(rule: Rule, lang: str) -> dict[str, Any]:
    """A rule as data: its entry and its texts; not where its file is on this machine."""
    entry: dict[str, Any] = msgspec.to_builtins(rule)
    del entry["where"]
    return {**entry, **catalogue(lang)["rules"][rule.code]}


def write_rules(rules: Iterable[Rule], console: Console, lang: str) -> None:
    """One line a rule: code, severity, name, title."""
    _write_table(
        [
            (
                rule.code,
                text(lang, f"ui.severities.{rule.severity.value}"),
                rule.name,
                text(lang, f"rules.{rule.code}.title"),
            )
            for rule in rules
        ],
        console,
    )


def write_rule(rule: Rule, console: Console, lang: str) -> None:
    """All that is to be known of one rule."""
    texts = catalogue(lang)["rules"][rule.code]
    put(console, Text(f"{rule.code} {rule.name}", style="bold"))
    put(console, Text(texts["title"]), _STEP)
    rows = [
        ("severity", text(lang, f"ui.severities.{rule.severity.value}")),
        ("clause", clause_of(rule.source.source(lang), lang)),
        ("in_force", period(rule.from_, rule.until, lang)),
        ("message", texts["message"]),
        ("fix", texts["fix"]),
        ("scope", rule.scope.value),
        ("when", "" if rule.when == "true" else rule.when),
        ("test", rule.test),
        *(("good", example_text(one)) for one in rule.good),
        *(("bad", example_text(one)) for one in rule.bad),
    ]
    for label, content in rows:
        if content:
            put(console, labelled(label, content, lang), _STEP)


def example_text(example: str | Sketch) -> str:
    """An example as its rule file writes it, without what it leaves open."""
    if isinstance(example, str):
        return example
    return msgspec.json.encode(_stated(msgspec.to_builtins(example))).decode()


def _stated(content: Any) -> Any:
    if isinstance(content, dict):
        return {
            key: _stated(value) for key, value in content.items() if value not in ("", None, [], {}, True)
        }
    return [_stated(one) for one in content] if isinstance(content, list) else content


def write_standards(standards: Iterable[Standard], console: Console, lang: str) -> None:
    """One line a standard: identifier, dates, title."""
    rows = [(one.id, period(one.from_, one.until, lang), one.title[lang]) for one in standards]
    _write_table(rows, console)


def write_standard(standard: Standard, console: Console, lang: str) -> None:
    """A standard's title, dates, source and words."""
    put(console, Text(f"{standard.id}: {standard.title[lang]}", style="bold"))
    rows = [
        ("in_force", period(standard.from_, standard.until, lang)),
        ("source", standard.source),
        ("classifications", ", ".join(one.name for one in standard.classifications)),
        ("handling", ", ".join(one.name for one in standard.handling)),
        ("marks", ", ".join(one.name for one in standard.handling_marks)),
        ("descriptors", ", ".join(one.name for one in standard.descriptors)),
        ("placement", standard.placement.clause),
        ("order", standard.order_clause),
        ("unconfirmed", standard.unconfirmed or ""),
    ]
    for label, content in rows:
        if content:
            put(console, labelled(label, content, lang), _STEP)


def period(first: date | None, last: date | None, lang: str) -> str:
    """From when to when something holds."""
    form = {(True, True): "both", (True, False): "from", (False, True): "until"}.get(
        (first is not None, last is not None), "always"
    )
    return text(lang, f"ui.period.{form}", {"first": first, "last": last})


def _write_table(rows: Sequence[tuple[str, ...]], console: Console) -> None:
    """Columns as wide as their widest cell, in a terminal's columns; the last one as it is."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        padded = [cell + " " * (width - cell_len(cell) + 2) for cell, width in zip(row, widths, strict=False)]
        put(console, Text.assemble((padded[0], "bold"), *padded[1:], row[-1]))
