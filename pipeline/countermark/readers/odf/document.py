"""An OpenDocument while it is read: what the readers of texts, sheets and slides share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from countermark.readers.flow.lines import TextContext
from countermark.readers.flow.pages import HeaderFooterPart
from countermark.readers.odf.changes import changes_in
from countermark.readers.odf.package import STYLES
from countermark.readers.odf.styles import Styles, scopes_of
from countermark.readers.odf.text import NO_FIELDS, Flow, Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countermark.model import Zone
    from countermark.readers.odf.objects import Objects
    from countermark.readers.odf.package import Roots
    from countermark.support.limits import LimitReached, UnitFailed
    from countermark.support.safe_xml import XmlElement

COMMON, AUTOMATIC = "styles", "automatic-styles"


class OpenedText:
    """The parts of a document; `stops` are what left some of it out, `settings` the root of its settings."""

    def __init__(self, roots: Roots, objects: Objects, settings: XmlElement | None) -> None:
        self.roots, self.settings = roots, settings
        self.stops: list[LimitReached | UnitFailed] = []
        self._changes = changes_in(roots.content)
        self._objects = objects

    @cached_property
    def in_headers(self) -> Shared:
        """What text in the part with styles shares."""
        return self._shared(self.roots.styles)

    @cached_property
    def in_body(self) -> Shared:
        """What text in the part with content shares."""
        return self._shared(self.roots.content)

    def reads_part(
        self, fields: Mapping[str, str] = NO_FIELDS
    ) -> Callable[[XmlElement, Zone], HeaderFooterPart]:
        """Return what reads a header or footer, with what its fields show there."""
        shared = self.in_headers._replace(fields=fields)

        def read_part(element: XmlElement, zone: Zone) -> HeaderFooterPart:
            flow = Flow(element, STYLES, TextContext(zone), shared)
            self.stops.extend([flow.stop] if flow.stop else [])
            texts = [*flow.texts, *(text for note in flow.notes for text in note.texts)]
            return HeaderFooterPart(texts, pictured=bool(flow.pictured))

        return read_part

    def _shared(self, root: XmlElement | None) -> Shared:
        styles = Styles([*scopes_of(self.roots.styles, COMMON), *scopes_of(root, AUTOMATIC)])
        return Shared(styles, self._changes.deleted, self._changes.inserted, self._objects.lines)
