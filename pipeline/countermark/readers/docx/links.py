"""What in a Word file acts by itself or fetches something from outside: told, never followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from countermark.model import Location, Problem, ProblemKind
from countermark.readers.docx.fields import EXECUTES, FETCHES, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from countermark.readers.ooxml.package import Relationship

ACTIVE = frozenset(("control", "vbaProject", "webextensiontaskpanes"))
"""Kinds of relationships whose parts run: ActiveX controls, macros, add-ins."""
WAITS_FOR_A_CLICK = frozenset(("hyperlink",))
OF_A_MAIL = ("cid:", "mid:")
"""Parts of the mail that something was copied from (RFC 2392): nothing to fetch."""
TEMPLATE = "attachedTemplate"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""Longer than the letter of a drive."""


def active_links(source: str, links: Iterable[Relationship]) -> dict[str, str]:
    """Kind -> part `source` of the links that act, or that a program follows without being asked."""
    return {link.kind: source for link in links if link.kind in ACTIVE or _is_fetched(link)}


def _is_fetched(link: Relationship) -> bool:
    """Whether a program that opens the file fetches what the link leads to, outside the package."""
    if link.target is not None or link.kind in WAITS_FOR_A_CLICK or link.address.startswith(OF_A_MAIL):
        return False
    return link.kind != TEMPLATE or not _is_local(link.address)


def _is_local(address: str) -> bool:
    """Whether an address is a path on the reader's own machine: of a file without a server's name."""
    path = unquote(address).replace("\\", "/")
    if path.casefold().startswith("file:"):
        rest = path[len("file:") :]
        return rest.startswith("///") and not rest.startswith("////")
    return not (path.startswith("//") or SCHEME.match(path))


def active_codes(part: str, codes: Iterable[str]) -> dict[str, str]:
    """Name -> `part` of the fields that start a program or fetch a file (ECMA-376 17.16.5)."""
    names = {(*words_of(code), "")[0].upper() for code in codes}
    return dict.fromkeys(names & (EXECUTES | FETCHES), part)


def active_content(
    links: Mapping[str, Mapping[str, Relationship]], codes: Iterable[tuple[str, Iterable[str]]]
) -> Problem | None:
    """One problem for all that acts by itself or fetches something: `links` are the relationships of each
    part, `codes` the field codes of parts. None where there is nothing."""
    found: dict[str, str] = {}
    for source, own in links.items():
        found.update(active_links(source, own.values()))
    for part, written in codes:
        found.update(active_codes(part, written))
    if not found:
        return None
    return Problem(
        kind=ProblemKind.active_content,
        reason="word-active",
        args={"kinds": ", ".join(sorted(found))},
        locations=tuple(Location(part=part) for part in sorted(set(found.values())) if part),
    )
