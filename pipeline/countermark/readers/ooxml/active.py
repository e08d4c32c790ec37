"""What in an Office file acts by itself or fetches something from outside: reported, never followed."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from countermark.model import Location, Problem, ProblemKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from countermark.readers.ooxml.package import Relationship

NOTHING: Mapping[str, str] = MappingProxyType({})
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
    """Return whether a program that opens the file fetches what the link leads to, outside the package."""
    if link.target is not None or link.kind in WAITS_FOR_A_CLICK or link.address.startswith(OF_A_MAIL):
        return False
    return link.kind != TEMPLATE or not _is_local(link.address)


def _is_local(address: str) -> bool:
    """Return whether an address is a path on the reader's own machine: of a file without a server's name."""
    path = unquote(address).replace("\\", "/")
    if path.casefold().startswith("file:"):
        rest = path[len("file:") :]
        return rest.startswith("///") and not rest.startswith("////")
    return not (path.startswith("//") or SCHEME.match(path))


def active_content(
    links: Mapping[str, Mapping[str, Relationship]], more: Mapping[str, str] = NOTHING
) -> Problem | None:
    """Return one problem for all that acts by itself or fetches something.

    `links` are the relationships of each part, `more` kinds of other things that do, each with its part.
    None where there is nothing.
    """
    found: dict[str, str] = {}
    for source, own in links.items():
        found.update(active_links(source, own.values()))
    found.update(more)
    if not found:
        return None
    return Problem(
        kind=ProblemKind.active_content,
        reason=Reason.package_active,
        args={"kinds": ", ".join(sorted(found))},
        locations=tuple(Location(part=part) for part in sorted(set(found.values())) if part),
    )
