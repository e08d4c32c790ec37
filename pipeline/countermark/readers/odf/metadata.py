"""What an OpenDocument says of itself, what its forms hold, and what in it acts by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.odf.namespaces import DRAW, FORM, META, OFFICE, TEXT, XLINK
from countermark.readers.odf.package import CONTENT
from countermark.readers.odf.package import META as META_PART
from countermark.support.safe_xml import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.odf.package import Roots
    from countermark.support.safe_xml import XmlElement

NAMES = {
    "creation-date": "created",
    "date": "modified",
    "initial-creator": "creator",
    "creator": "lastModifiedBy",
}
"""Elements whose names in Office files are others."""
WITHOUT_VALUE = frozenset(("document-statistic", "generator", "editing-cycles", "editing-duration"))
FORM_TEXTS = ("label", "current-value", "value", "title")
SCRIPTS = ("Basic/", "Scripts/")
"""Folders of a package with macros, which hold more than their indexes."""
INDEXES = ("script-lc.xml", "script-lb.xml")
FETCHED = {
    f"{TEXT}section-source": "section",
    f"{DRAW}image": "image",
    f"{DRAW}plugin": "plugin",
    f"{DRAW}applet": "applet",
    f"{OFFICE}dde-source": "DDE",
    f"{TEXT}dde-connection-decl": "DDE",
}
"""Elements that lead outside -> what is fetched."""


def add_properties(root: XmlElement | None, document: DocumentBuilder) -> None:
    """Add the properties that the metadata hold, those of users by the names that they gave them."""
    meta = root.find(f"{OFFICE}meta") if root is not None else None
    for element in meta if meta is not None else ():
        name = local_name(element)
        if element.tag == f"{META}user-defined":
            name = element.get(f"{META}name", "")
        if name not in WITHOUT_VALUE:
            document.add_property(NAMES.get(name, name), "".join(element.itertext()), META_PART)


def form_lines(body: XmlElement | None) -> Iterator[str]:
    """Return what the controls of forms show or hold."""
    forms = body.find(f"{OFFICE}forms") if body is not None else None
    for control in forms.iter("*") if forms is not None else ():
        told = dict.fromkeys(control.get(f"{FORM}{name}", "").strip() for name in FORM_TEXTS)
        yield from filter(None, told)


def acting(roots: Roots, names: tuple[str, ...]) -> dict[str, str]:
    """Return what acts by itself or is fetched, each with its part."""
    scripted = [name for name in names if name.startswith(SCRIPTS) and not name.endswith(INDEXES)]
    found = dict.fromkeys(["macros"] * bool(scripted), "Basic")
    for root in (roots.content, roots.styles):
        for element in root.iter(*FETCHED) if root is not None else ():
            if _is_outside(element.get(f"{XLINK}href", "")) or FETCHED[element.tag] == "DDE":
                found[FETCHED[element.tag]] = CONTENT
        scripts = root.find(f"{OFFICE}scripts") if root is not None else None
        if scripts is not None and any(len(child) for child in scripts):
            found["macros"] = CONTENT
    return found


def _is_outside(address: str) -> bool:
    """Return whether an address leads out of the package."""
    return ":" in address or address.startswith(("/", ".."))
