"""What a STYLEREF field shows: the text in a style that is nearest to it (ECMA-376 17.16.5.59)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.ooxml.namespaces import VAL, W

if TYPE_CHECKING:
    from countermark.readers.docx.styles import Styles
    from countermark.support.safe_xml import XmlElement

PARAGRAPH_STYLE, RUN_STYLE, T = f"{W}pStyle", f"{W}rStyle", f"{W}t"
FIELDS = (f"{W}fldChar", f"{W}fldSimple")
SECTION, SECTION_CHANGE = f"{W}sectPr", f"{W}sectPrChange"
HEADING = re.compile(r"(?:heading |見出し ?)?([1-9])", re.IGNORECASE)
"""A built-in heading style: by its number, or as an English or Japanese Word calls it."""


class _Use(NamedTuple):
    """A text in a style: its place in the document's order, its section from 1."""

    at: int
    section: int
    text: str


class StyledTexts:
    """The texts of a document's main part by their styles.

    `asked` counts how often one was looked up: what depends on them differs from section to section.
    """

    def __init__(self, main: XmlElement, styles: Styles) -> None:
        self.asked = 0
        self._main, self._styles = main, styles

    def nearest(self, style: str, begin: XmlElement, section: int | None, *, last: bool) -> str | None:
        """Return the text for a field that begins with that element, in a header or footer of that section
        or, with None, in the body: the last before it, else the first after it. For a header or footer those
        of the page go first, the last or the first of them; pages are not laid out here, so the whole section
        stands for the page.
        """
        self.asked += 1
        uses, fields = self._read
        heading = HEADING.fullmatch(style)
        named = uses.get(self._styles.named(f"heading {heading[1]}" if heading else style) or "", [])
        at = fields.get(begin, 0)
        within = [use.text for use in named if use.section == section]
        if within:
            return within[-1 if last else 0]
        before = [use.text for use in named if (use.at < at if section is None else use.section < section)]
        after = [use.text for use in named][len(before) :]
        return next(iter([*before[-1:], *after[:1]]), None)

    @cached_property
    def _read(self) -> tuple[dict[str, list[_Use]], dict[XmlElement, int]]:
        """All texts by the identifier of their style, and the places of all fields."""
        uses: dict[str, list[_Use]] = {}
        fields: dict[XmlElement, int] = {}
        section = 1
        for at, element in enumerate(self._main.iter(PARAGRAPH_STYLE, RUN_STYLE, SECTION, *FIELDS)):
            if element.tag in FIELDS:
                fields[element] = at
            elif element.tag == SECTION:
                section += element.getparent().tag != SECTION_CHANGE
            else:
                text = "".join(element.getparent().getparent().itertext(T)).strip()
                if text:
                    uses.setdefault(element.get(VAL, ""), []).append(_Use(at, section, text))
        return uses, fields
