"""Where documents come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Source(NamedTuple):
    """A document to check. `name` is what reports call it: the path as the user gave it, with `/`
    between its parts. `given` tells a file that the user named from one met in a folder."""

    path: Path
    name: str
    given: bool
