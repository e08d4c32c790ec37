"""The configuration that a run was made with, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from countermark.model import PolicySummary

_DIGITS = 12
"""Hexadecimal digits of a digest that a person compares; reports for programs have all."""
_SHOWN = 5


def configuration_lines(policy: PolicySummary, lang: str) -> list[str]:
    """The file that applied with its digest, or that there was none; then a line for each that was found
    among what was checked and did not apply, the first few of them."""
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
