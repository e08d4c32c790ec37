"""The tracked changes of an OpenDocument text (ODF 1.3 part 3, 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.odf.namespaces import TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.support.safe_xml import XmlElement


class Changes(NamedTuple):
    """What was taken out, by the identifiers of the points where it was, and the identifiers of what was put
    in or given another look.
    """

    deleted: Mapping[str, XmlElement]
    inserted: frozenset[str]


def changes_in(root: XmlElement) -> Changes:
    """Return the changes that a part tracks."""
    deleted: dict[str, XmlElement] = {}
    inserted: set[str] = set()
    for region in root.iter(f"{TEXT}changed-region"):
        identifier = region.get(f"{TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id", "")
        deletion = region.find(f"{TEXT}deletion")
        if deletion is not None:
            deleted[identifier] = deletion
        else:
            inserted.add(identifier)
    return Changes(deleted, frozenset(inserted))
