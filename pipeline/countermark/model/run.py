"""What a store keeps of runs: when they were, by which policy, what they came to; and its register."""

from __future__ import annotations

from countermark.model.place import Noun
from countermark.model.report import Overview, PolicySummary, Verdict


class RunFacts(Noun, frozen=True, kw_only=True):
    """The facts of a run when it begins.

    `tool` is the version of the program, `account` the name of the account that it runs under, `operator` who
    says that they run it; `total` counts its documents, `skipped` the system files left out.
    """

    tool: str
    policy: PolicySummary
    lang: str
    fail_on: str
    account: str
    operator: str | None
    total: int
    skipped: int


class StoredRun(Noun, frozen=True, kw_only=True):
    """A run in a store.

    `started` and `ended` are ISO 8601 in UTC. One that broke off has no end and no overview;
    `documents` counts those that it came to.
    """

    id: int
    started: str
    ended: str | None
    facts: RunFacts
    documents: int
    overview: Overview | None


class RegisterEntry(Noun, frozen=True, kw_only=True):
    """A line of the register of checks: a document that was checked or, without a path, a run that ended.

    `at` is ISO 8601 in UTC; `policy` its digest; `sha256` that of the document;
    `marking` the highest, in both countries' forms; `documents` how many a run has.
    """

    number: int
    at: str
    account: str
    operator: str | None
    tool: str
    policy: str
    run: int
    path: str | None = None
    sha256: str | None = None
    marking: str | None = None
    verdict: Verdict
    documents: int = 1

    def says_as(self, other: RegisterEntry) -> bool:
        """Return whether it says the same of the same document, by the same hand, whenever that was."""
        same = ("path", "sha256", "marking", "verdict", "policy", "tool", "account", "operator")
        return all(getattr(self, name) == getattr(other, name) for name in same)
