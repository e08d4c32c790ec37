"""The configuration that a run was made with, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.reporting.summary import policy_summary
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from countermark.config.policy import Policy
    from countermark.model import PolicySummary

_DIGITS = 12
"""Hexadecimal digits of a digest that a person compares; reports for programs have all."""
_SHOWN = 5


def configuration_lines(policy: PolicySummary, lang: str) -> list[str]:
    """Return a line for the file that applied with its digest, or that there was none.

    Then one for each that was found among what was checked and did not apply, the first few of them.
    """
    used, ignored = policy.configuration, policy.ignored_configurations
    if used:
        words = {"path": escape_controls(used.path), "digest": used.sha256[:_DIGITS]}
        lines = [text(lang, "ui.configuration", words)]
    else:
        lines = [text(lang, "ui.no_configuration")]
    lines += [
        text(lang, "ui.configuration_ignored", {"path": escape_controls(path)}) for path in ignored[:_SHOWN]
    ]
    if len(ignored) > _SHOWN:
        lines.append(text(lang, "ui.configurations_ignored", {"number": len(ignored) - _SHOWN}))
    return lines


def configuration_notes(policy: Policy) -> list[str]:
    """Return lines for standard error that say which configuration applies, and which were found that do not.

    None where there is none of either.
    """
    used = policy.configuration or policy.ignored
    lines = configuration_lines(policy_summary(policy), policy.lang) if used else []
    return [f"countermark: {line}" for line in lines]
