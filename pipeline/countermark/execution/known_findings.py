"""The findings that a baseline knows, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.config.baseline import fingerprints, stale, with_baseline
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from countermark.config.baseline import Baseline, Entry
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport

_SHOWN = 20


class KnownFindings:
    """A baseline's entries, and which of them were found."""

    def __init__(self, path: Path, entries: Baseline, policy: Policy) -> None:
        self._path, self._entries, self._policy = path, entries, policy
        self._found: set[str] = set()

    def suppress(self, report: DocumentReport) -> DocumentReport:
        """Return the report with the findings suppressed that are known."""
        if not self._entries:
            return report
        self._found |= fingerprints(report)
        return with_baseline(report, self._entries, self._policy.today)

    def warnings(self, checked: Collection[str]) -> Iterator[str]:
        """Yield lines that say which entries match nothing any more, or hold no longer, after the documents
        of the paths `checked`, from the configuration's folder, were checked.
        """
        policy = self._policy
        selected = [entry for entry in self._entries.values() if self._is_selected(entry)]
        for key, entries in (
            ("stale", stale(selected, self._found, checked, policy.folder)),
            ("expired", [entry for entry in self._entries.values() if not entry.holds(policy.today)]),
        ):
            if entries:
                words = {"path": self._path, "number": len(entries)}
                yield text(policy.lang, f"ui.baseline_{key}", words)
                yield from (f"    {entry.path} {entry.code}" for entry in entries[:_SHOWN])
                yield from ["    ..."] if len(entries) > _SHOWN else []

    def _is_selected(self, entry: Entry) -> bool:
        config = self._policy.config
        is_ignored = bool(config.ignore) and entry.code.startswith(config.ignore)
        return (not config.select or entry.code.startswith(config.select)) and not is_ignored
