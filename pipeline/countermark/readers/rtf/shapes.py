"""Shapes of rich text: text boxes, WordArt, and the alternative text of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.flow.colour import UNKNOWN, WHITE
from countermark.readers.flow.lines import TextContext, lines_of
from countermark.readers.flow.placement import Placement
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.rtf.story import FLOWING, Story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.flow.lines import Text

ALIGNED = {"1": "top", "2": "center", "3": "bottom"}
RELATIVE = {"0": "margin", "1": "page"}
"""Values of `posv` and `posrelv` -> as ECMA-376 names them."""
FILLED_WHITE = str(0xFFFFFF)
SOLID = "0"


class Shape:
    """A shape that hangs on the story `host`; `properties` are those of its `\\sp` groups, by their names,
    `boxes` what its text boxes say.
    """

    def __init__(self, host: Story) -> None:
        self.host = host
        self.properties: dict[str, str] = {}
        self.boxes: list[Story] = []
        self.name = ""

    def texts(self) -> Iterator[Text]:
        """Return all that it says, where its alignment puts it."""
        host = self.host.zone
        where = TextContext(
            Zone.textbox if host in FLOWING else host,
            ground=self._ground(),
            hidden=self.properties.get("fHidden") == "1",
            placement=self._placement(),
        )
        for box in self.boxes:
            yield from box.texts(where=where)
        art = self.properties.get("gtextUNICODE", "")
        yield from self._plain(art, where._replace(zone=Zone.watermark, ground=UNKNOWN))
        described = self.properties.get("wzDescription", "")
        yield from self._plain(described, where._replace(zone=Zone.image, hidden=True))

    def _placement(self) -> Placement | None:
        align = ALIGNED.get(self.properties.get("posv", ""))
        area = RELATIVE.get(self.properties.get("posrelv", ""))
        behind = self.properties.get("fBehindDocument") == "1"
        return Placement(area, align, behind=behind) if area and align else None

    def _plain(self, said: str, where: TextContext) -> Iterator[Text]:
        for line in said.splitlines():
            yield from lines_of([(line, where, RunFormat())], self.host.part, centred=False)

    def _ground(self) -> str:
        """Return the colour that it paints behind its text, as a number of blue, green and red."""
        colour = self.properties.get("fillColor", FILLED_WHITE)
        if self.properties.get("fFilled") == "0":
            return WHITE
        if self.properties.get("fillType", SOLID) != SOLID or not colour.isdecimal() or len(colour) > 8:
            return UNKNOWN
        return (int(colour) & 0xFFFFFF).to_bytes(3, "little").hex().upper()
