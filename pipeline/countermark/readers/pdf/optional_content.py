"""Optional content (ISO 32000-1, 8.11) that is switched off, through pypdf."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from countermark.readers.pdf.values import value

if TYPE_CHECKING:
    import pypdf

IsOff = Callable[[Any], bool]

_DEEPEST = 16


def layers_of(reader: pypdf.PdfReader | pypdf.PdfWriter) -> IsOff:
    """Return a function that says whether a group, or a membership dictionary of groups, is switched off when
    the document is opened.
    """
    states = states_of(reader)

    def is_on(group: Any) -> bool:
        return not states.get(id(group), False)

    def is_off(content: Any) -> bool:
        if value(content, "/Type") != "/OCMD":
            return not is_on(content)
        expression = value(content, "/VE")
        if isinstance(expression, list):
            return not _holds(expression, is_on, _DEEPEST)
        members = [is_on(group) for group in _groups(value(content, "/OCGs"))]
        policy = value(content, "/P") or "/AnyOn"
        if not members or policy not in ("/AnyOn", "/AllOn", "/AnyOff", "/AllOff"):
            return False
        shown = any if policy.startswith("/Any") else all
        return not shown(not on if policy.endswith("Off") else on for on in members)

    return is_off


def states_of(reader: pypdf.PdfReader | pypdf.PdfWriter) -> dict[int, bool]:
    """Return whether each group is off, by the identity of its dictionary.

    As the default configuration says (8.11.4.3), then as the groups' own usage does where that is applied
    to viewing (8.11.4.4).
    """
    properties = value(reader.root_object, "/OCProperties")
    configuration = value(properties, "/D")
    states = {id(group): False for group in _groups(value(properties, "/OCGs"))}
    if value(configuration, "/BaseState") == "/OFF":
        states = dict.fromkeys(states, True)
        states |= {id(group): False for group in _groups(value(configuration, "/ON"))}
    states |= {id(group): True for group in _groups(value(configuration, "/OFF"))}
    for applied in _groups(value(configuration, "/AS")):
        if value(applied, "/Event") == "/View" and "/View" in (value(applied, "/Category") or ()):
            for group in _groups(value(applied, "/OCGs")):
                state = value(value(value(group, "/Usage"), "/View"), "/ViewState")
                if state in ("/ON", "/OFF"):
                    states[id(group)] = state == "/OFF"
    return states


def _holds(expression: Any, is_on: Callable[[Any], bool], depth: int) -> bool:
    """Return whether a visibility expression (8.11.2.2) says that content is shown.

    What is no expression does.
    """
    if isinstance(expression, dict):
        return is_on(expression)
    if not isinstance(expression, list) or len(expression) < 2 or not depth:
        return True
    operator, *operands = (part.get_object() for part in expression)
    held = [_holds(operand, is_on, depth - 1) for operand in operands]
    if operator == "/Not":
        return not held[0]
    return any(held) if operator == "/Or" else all(held)


def _groups(entry: Any) -> list[Any]:
    if isinstance(entry, list):
        return [reference.get_object() for reference in entry]
    return [entry] if isinstance(entry, dict) else []
