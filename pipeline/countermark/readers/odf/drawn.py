"""The shapes of a slide or drawing with their places, in the order in which they are painted."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box
from countermark.readers.flow.placed import tilt_of
from countermark.readers.odf.namespaces import DRAW, SVG
from countermark.readers.odf.shapes import GROUPS, SHAPES
from countermark.readers.odf.styles import length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.safe_xml import XmlElement

_TURN = re.compile(r"rotate\s*\(\s*(-?[0-9.]{1,20}(?:e-?[0-9]{1,3})?)\s*\)")
_MOVE = re.compile(r"translate\s*\(\s*(-?[0-9.a-z]{1,20})[\s,]+(-?[0-9.a-z]{1,20})\s*\)")
UNSEEN_ON = frozenset(("none", "printer"))
"""Values of `draw:display` of layers that no screen shows."""


class Placed(NamedTuple):
    """A shape that is no group. `tilt`: by how many degrees it is off the upright, and off its side."""

    element: XmlElement
    box: Box | None
    tilt: float
    hidden: bool


def placed_shapes(container: XmlElement, layers: frozenset[str]) -> Iterator[Placed]:
    """Yield the shapes in a slide, page or group, those of groups in their place; what lies on one of the
    `layers` is hidden.
    """
    for shape in container:
        if shape.tag in GROUPS:
            yield from placed_shapes(shape, layers)
        elif shape.tag in SHAPES:
            box, tilt = _place(shape)
            yield Placed(shape, box, tilt, shape.get(f"{DRAW}layer") in layers)


def hidden_layers(styles: XmlElement | None) -> frozenset[str]:
    """Return the names of the layers that are not shown."""
    layers = styles.iter(f"{DRAW}layer") if styles is not None else ()
    hidden = (layer for layer in layers if layer.get(f"{DRAW}display", "always") in UNSEEN_ON)
    return frozenset(layer.get(f"{DRAW}name", "") for layer in hidden)


def _place(shape: XmlElement) -> tuple[Box | None, float]:
    x, y, width, height = (length(shape.get(f"{SVG}{name}")) for name in ("x", "y", "width", "height"))
    if width is None or height is None:
        return None, 0.0
    written = shape.get(f"{DRAW}transform", "")
    turn, move = _TURN.search(written), _MOVE.search(written)
    if move:
        x, y = length(move[1]), length(move[2])
    angle = _angle(turn[1]) if turn else 0.0
    left, top = x or 0.0, y or 0.0
    corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]
    sine, cosine = math.sin(angle), math.cos(angle)
    turned = [(left + a * cosine + b * sine, top - a * sine + b * cosine) for a, b in corners]
    box = Box(
        min(a for a, _ in turned),
        min(b for _, b in turned),
        max(a for a, _ in turned),
        max(b for _, b in turned),
    )
    return box, tilt_of(math.degrees(angle))


def _angle(written: str) -> float:
    try:
        return float(written) % math.tau
    except ValueError:
        return 0.0
