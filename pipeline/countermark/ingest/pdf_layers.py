"""Optional content (ISO 32000-1, 8.11) that is switched off, through pypdf."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from countermark.ingest.pdf_values import value

if TYPE_CHECKING:
    import pypdf

IsOff = Callable[[Any], bool]


def layers_of(reader: pypdf.PdfReader | pypdf.PdfWriter) -> IsOff:
    """A function that says whether a group, or a membership dictionary of groups, is switched off in the
    document's default configuration."""
    properties = value(reader.root_object, "/OCProperties")
    configuration = value(properties, "/D")
    states = {id(group): False for group in _groups(value(properties, "/OCGs"))}
    if value(configuration, "/BaseState") == "/OFF":
        states = dict.fromkeys(states, True)
        states |= {id(group): False for group in _groups(value(configuration, "/ON"))}
    states |= {id(group): True for group in _groups(value(configuration, "/OFF"))}

    def is_off(content: Any) -> bool:
        if value(content, "/Type") != "/OCMD":
            return states.get(id(content), False)
        members = [states.get(id(group), False) for group in _groups(value(content, "/OCGs"))]
        policy = value(content, "/P") or "/AnyOn"
        if not members or policy not in ("/AnyOn", "/AllOn", "/AnyOff", "/AllOff"):
            return False
        shown = any if policy.startswith("/Any") else all
        return not shown(off if policy.endswith("Off") else not off for off in members)

    return is_off


def _groups(entry: Any) -> list[Any]:
    if isinstance(entry, list):
        return [reference.get_object() for reference in entry]
    return [entry] if isinstance(entry, dict) else []
