"""What in a Word file acts by itself or fetches something from outside: told, never followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.ingest.word_fields import EXECUTES, FETCHES, words_of
from countermark.model import Location, Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.ingest.word_package import Relationship

ACTIVE = frozenset(("control", "vbaProject", "webextensiontaskpanes"))
"""Kinds of relationships whose parts run: ActiveX controls, macros, add-ins."""
WAITS_FOR_A_CLICK = frozenset(("hyperlink",))


def active_links(source: str, links: Iterable[Relationship]) -> dict[str, str]:
    """Kind -> part `source` of the links that act, or that a program follows without being asked."""
    return {
        link.kind: source
        for link in links
        if link.kind in ACTIVE or (link.target is None and link.kind not in WAITS_FOR_A_CLICK)
    }


def active_codes(part: str, codes: Iterable[str]) -> dict[str, str]:
    """Name -> `part` of the fields that start a program or fetch a file (ECMA-376 17.16.5)."""
    names = {(*words_of(code), "")[0].upper() for code in codes}
    return dict.fromkeys(names & (EXECUTES | FETCHES), part)


def active_problem(found: dict[str, str]) -> Problem | None:
    """One problem for all that was found, by the names of their kinds; None where there is nothing."""
    if not found:
        return None
    return Problem(
        kind=ProblemKind.active_content,
        reason="word-active",
        args={"kinds": ", ".join(sorted(found))},
        locations=tuple(Location(part=part) for part in sorted(set(found.values())) if part),
    )
