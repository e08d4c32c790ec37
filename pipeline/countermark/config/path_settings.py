"""Which settings hold for a path, and which findings are reported there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.standards.data import has_ended
from countermark.support.path_patterns import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.config.policy import PathSettings, Policy
    from countermark.model import Finding
    from countermark.rules.rule import Rule


def settings_of(name: str, policy: Policy) -> list[PathSettings]:
    """The path settings that match, the last one first."""
    path = policy.relative(name)
    return [entry for entry in reversed(policy.config.paths) if matches(entry.match, path)]


def is_selected(code: str, settings: Sequence[PathSettings], policy: Policy) -> bool:
    """Whether `select` asks for the rule of that code and no `ignore` sets it aside. The READ rules always
    speak: a document that could not be read is never passed over in silence."""
    if code.startswith("READ"):
        return True
    ignored = (*policy.config.ignore, *(code for entry in settings for code in entry.ignore))
    chosen = not policy.config.select or code.startswith(policy.config.select)
    return chosen and not (ignored and code.startswith(ignored))


class NotAsked(NamedTuple):
    """The codes of the rules that `select` and `ignore` leave out, a family that is left out as a whole by
    its letters; `counts`: a finding of one of them could make a document anything but clear."""

    codes: tuple[str, ...] = ()
    counts: bool = False


def not_asked(settings: Sequence[PathSettings], policy: Policy) -> NotAsked:
    """The rules that are not asked of a document with these settings."""
    if not (policy.config.select or policy.config.ignore or any(entry.ignore for entry in settings)):
        return NotAsked()
    left_out = [rule for rule in policy.rules if not is_selected(rule.code, settings, policy)]
    asked = {rule.family for rule in policy.rules if is_selected(rule.code, settings, policy)}
    names = dict.fromkeys(rule.code if rule.family in asked else rule.family for rule in left_out)
    return NotAsked(tuple(names), any(_counts(rule, policy) for rule in left_out))


def _counts(rule: Rule, policy: Policy) -> bool:
    return rule.counts_under(policy.config.severity.get(rule.code))


def waived(finding: Finding, name: str, policy: Policy) -> Finding:
    """The finding, suppressed where a waiver of the configuration holds for it on the day of the run."""
    path = policy.relative(name)
    for waiver in policy.config.waivers:
        holds = not has_ended(waiver.until, policy.today)
        if holds and finding.code.startswith(waiver.rules) and matches(waiver.match, path):
            return msgspec.structs.replace(finding, suppressed=waiver.reason)
    return finding
