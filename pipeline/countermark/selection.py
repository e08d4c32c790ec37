"""Which settings hold for a path, and which findings are reported there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import pathspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.model import Finding
    from countermark.policy import PathSettings, Policy


def settings_of(name: str, policy: Policy) -> list[PathSettings]:
    """The path settings that match, the last one first."""
    path = policy.relative(name)
    return [entry for entry in reversed(policy.config.paths) if _pattern(entry.match).match_file(path)]


@cache
def _pattern(match: str) -> pathspec.PathSpec[Any]:
    return pathspec.PathSpec.from_lines("gitignore", [match])


def is_selected(finding: Finding, settings: Sequence[PathSettings], policy: Policy) -> bool:
    """Whether `select` asks for the finding and no `ignore` sets it aside. The READ rules always
    speak: a document that could not be read is never passed over in silence."""
    if finding.code.startswith("READ"):
        return True
    ignored = (*policy.config.ignore, *(code for entry in settings for code in entry.ignore))
    chosen = not policy.config.select or finding.code.startswith(policy.config.select)
    return chosen and not (ignored and finding.code.startswith(ignored))


def waived(finding: Finding, name: str, policy: Policy) -> Finding:
    """The finding, suppressed where a waiver of the configuration holds for it on the day of the run."""
    path = policy.relative(name)
    for waiver in policy.config.waivers:
        holds = waiver.until is None or policy.today <= waiver.until
        if holds and finding.code.startswith(waiver.rules) and _pattern(waiver.match).match_file(path):
            return msgspec.structs.replace(finding, suppressed=waiver.reason)
    return finding
