"""`countermark rules`: lists and explains the rules, and tests those of an organisation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.cli.options import ConfigOption, FormatOption, NoConfigOption, OutputFormat
from countermark.cli.show import show
from countermark.config.configuration import ConfigurationChoice
from countermark.support.errors import CountermarkError, Exit
from countermark.support.messages import text
from countermark.support.streams import write_line

if TYPE_CHECKING:
    from countermark.config.policy import Policy


def rules(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    form: FormatOption = OutputFormat.text,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    pack: Annotated[Path | None, typer.Option("--check", metavar="DIR")] = None,
    unconfirmed: Annotated[bool, typer.Option("--unconfirmed")] = False,
) -> None:
    """List the rules."""
    from countermark.config.resolve import resolve_policy
    from countermark.reporting.terminal.reference import rule_data, write_rule, write_rules

    policy = resolve_policy(ConfigurationChoice(config, no_config), lang=ctx.obj)
    if pack is not None:
        _check_pack(pack, policy)
        return
    if code is None:
        chosen = [
            rule for rule in policy.rules if not unconfirmed or any(basis.unconfirmed for basis in rule.bases)
        ]
        listed = [rule_data(rule, policy.lang) for rule in chosen]
        show(lambda console: write_rules(chosen, console, policy.lang), listed, form)
        return
    rule = next((known_rule for known_rule in policy.rules if known_rule.code == code.upper()), None)
    if rule is None:
        raise CountermarkError("unknown-rule", where="countermark rules", code=code)
    show(lambda console: write_rule(rule, console, policy.lang), rule_data(rule, policy.lang), form)


def _check_pack(folder: Path, policy: Policy) -> None:
    """Tell each example in a folder of rules that does not behave, in one line.

    Exit status 1 where there is one. The folder's rules are judged together with all others.
    """
    from countermark.checking.rule_examples import failing_examples
    from countermark.config.policy import with_pack
    from countermark.support.console import escape_controls

    by_code = {rule.code: rule for rule in policy.rules}
    checked = with_pack(policy, folder)
    own = [rule for rule in checked.rules if rule is not by_code.get(rule.code)]
    failing = list(failing_examples(own, checked))
    for failure in failing:
        words = {
            "where": failure.rule.where,
            "code": failure.rule.code,
            "number": failure.number,
            "found": text(policy.lang, "ui.between_items").join(failure.found)
            or text(policy.lang, "ui.no_findings"),
        }
        write_line(escape_controls(text(policy.lang, f"ui.example.{failure.kind}", words)))
    examples = sum(len(rule.good) + len(rule.bad) for rule in own)
    counts = {"rules": len(own), "examples": examples, "failing": len(failing)}
    write_line(text(policy.lang, "ui.example.total", counts))
    if failing:
        raise typer.Exit(Exit.findings)
