"""Which settings hold for a document, and which findings are reported on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.config.policy import NOT_GIVEN
from countermark.standards.data import has_ended
from countermark.support.path_patterns import matches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.config.policy import ExchangeSettings, Policy, Waiver
    from countermark.model import Finding
    from countermark.rules.rule import Rule


class OmittedRules(NamedTuple):
    """The codes of the rules that `select` and `ignore` leave out, a family that is left out as a whole by
    its letters; `counts`: a finding of one of them could make a document anything but clear.
    """

    codes: tuple[str, ...] = ()
    counts: bool = False


class DocumentSettings(NamedTuple):
    """What holds for one document and its attachments.

    Its path from the configuration's folder, the exchange as given, whether it may be unmarked, whether
    its own path settings say that it may not, the families and codes that are selected (none: all) and
    ignored, the waivers of its path.
    """

    path: str
    exchange: ExchangeSettings
    allow_unmarked: bool
    asks_for_marking: bool
    select: tuple[str, ...]
    ignored: tuple[str, ...]
    waivers: tuple[Waiver, ...]

    def selects(self, code: str) -> bool:
        """Return whether `select` asks for the rule of that code and no `ignore` sets it aside.

        The READ rules always speak: a document that could not be read is never passed over in
        silence.
        """
        if code.startswith("READ"):
            return True
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignored and code.startswith(self.ignored))

    def reported(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings of rules that are selected, each suppressed where a waiver holds for it."""
        return tuple(self._waived(finding) for finding in findings if self.selects(finding.code))

    def _waived(self, finding: Finding) -> Finding:
        for waiver in self.waivers:
            if finding.code.startswith(waiver.rules):
                return msgspec.structs.replace(finding, suppressed=waiver.reason)
        return finding

    def omitted(self, policy: Policy) -> OmittedRules:
        """Return the rules that are not evaluated on the document."""
        if not (self.select or self.ignored):
            return OmittedRules()
        left_out = [rule for rule in policy.rules if not self.selects(rule.code)]
        asked = {rule.family for rule in policy.rules if self.selects(rule.code)}
        names = dict.fromkeys(rule.code if rule.family in asked else rule.family for rule in left_out)
        return OmittedRules(tuple(names), any(_counts(rule, policy) for rule in left_out))


def settings_for(name: str, policy: Policy) -> DocumentSettings:
    """Return the settings of the document of that name; of path settings that match the last one counts."""
    config, path = policy.config, policy.relative(name)
    matching = [entry for entry in reversed(config.paths) if matches(entry.match, path)]
    unmarked = [entry.allow_unmarked for entry in matching if entry.allow_unmarked is not None]
    return DocumentSettings(
        path=path,
        exchange=next((entry.exchange for entry in matching if entry.exchange != NOT_GIVEN), config.exchange),
        allow_unmarked=unmarked[0] if unmarked else config.allow_unmarked,
        asks_for_marking=bool(unmarked) and not unmarked[0],
        select=config.select,
        ignored=(*config.ignore, *(code for entry in matching for code in entry.ignore)),
        waivers=tuple(
            waiver
            for waiver in config.waivers
            if not has_ended(waiver.until, policy.today) and matches(waiver.match, path)
        ),
    )


def _counts(rule: Rule, policy: Policy) -> bool:
    return rule.counts_under(policy.config.severity.get(rule.code))
