"""The text of a Word part: paragraphs to lines, with the zone that each stands in.

A line is what a reader sees between two breaks: runs joined, tracked insertions read, field codes
left out and their cached results read, `caps` shown as capitals. Tracked deletions and hidden runs
are taken out of the line into lines of their own.
"""

from __future__ import annotations

from typing import NamedTuple

from countermark.ingest.word_package import Element
from countermark.ingest.word_styles import (
    Explicit,
    Format,
    Styles,
    W,
    character_settings,
    layout_settings,
    with_layout,
)
from countermark.model import Zone

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, R, T, TBL = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl"
PPR, RPR, SECTPR = f"{W}pPr", f"{W}rPr", f"{W}sectPr"
TEXT = frozenset((T, f"{W}delText", f"{M}t"))
CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
BREAKS = frozenset((f"{W}br", f"{W}cr"))
FIELD, FIELD_TYPE, ALIGNMENT = f"{W}fldChar", f"{W}fldCharType", f"{W}alignment"
SHAPES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
ALTERNATIVES = f"{MC}AlternateContent"
BOX, WORDART, SHAPE = f"{W}txbxContent", f"{V}textpath", f"{WPS}wsp"
SILENT = (
    "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr rt "
    "instrText delInstrText bookmarkStart bookmarkEnd proofErr lastRenderedPageBreak"
)
WITHOUT_TEXT = frozenset(W + name for name in SILENT.split())
BANDS = frozenset((Zone.header, Zone.footer))


class Text(NamedTuple):
    """A line before it has its number on a page."""

    text: str
    zone: Zone
    part: str
    format: Format
    centred: bool


class Break(NamedTuple):
    """The end of a section: its sectPr, and how many of the part's texts come before it."""

    properties: Element
    at: int


class PartText:
    """The text of one part. `texts` are its lines in document order, `breaks` its section ends."""

    def __init__(self, root: Element, part: str, zone: Zone, styles: Styles) -> None:
        self.texts: list[Text] = []
        self.breaks: list[Break] = []
        self.part = part
        self.styles = styles
        self._blocks(root, zone)

    def _blocks(self, container: Element, zone: Zone) -> None:
        """Paragraphs in order; tables, content controls and what is unknown are gone through."""
        for child in container:
            tag = child.tag
            if tag == P:
                self._paragraph(child, zone)
            elif tag == ALTERNATIVES:
                self._blocks(_alternative(child), zone)
            elif tag in DELETED:
                self._blocks(child, Zone.deleted)
            elif tag == SECTPR:
                self.breaks.append(Break(child, len(self.texts)))
            elif tag not in WITHOUT_TEXT:
                self._blocks(child, Zone.table if tag == TBL and zone is Zone.body else zone)

    def _paragraph(self, element: Element, zone: Zone) -> None:
        paragraph = _Paragraph(self, element.find(PPR))
        paragraph.inline(element, zone)
        paragraph.end_line()
        for shape, shape_zone in paragraph.shapes:
            self._shapes(shape, Zone.textbox if shape_zone in (Zone.body, Zone.table) else shape_zone)
        if paragraph.section is not None and zone is Zone.body:
            self.breaks.append(Break(paragraph.section, len(self.texts)))

    def _shapes(self, container: Element, zone: Zone) -> None:
        """The text boxes and WordArt in a drawing, however deep in groups and canvases."""
        for child in container:
            tag = child.tag
            if tag == BOX:
                self._blocks(child, zone)
            elif tag == ALTERNATIVES:
                self._shapes(_alternative(child), zone)
            elif tag == WORDART:
                self._wordart(child.get("string", ""), zone)
            else:
                is_watermark = tag == SHAPE and zone in BANDS and _is_wordart(child)
                self._shapes(child, Zone.watermark if is_watermark else zone)

    def _wordart(self, text: str, zone: Zone) -> None:
        if text.strip():
            shown = zone if zone in (Zone.deleted, Zone.hidden) else Zone.watermark
            for line in text.splitlines():
                self.texts.append(Text(line, shown, self.part, Format(), False))


class _Paragraph:
    """One paragraph on its way to lines: the pieces of the open line, and the open fields."""

    def __init__(self, part: PartText, properties: Element | None) -> None:
        self._part = part
        self._style: str | None = None
        self._open: list[tuple[str, Zone, Format]] = []
        self._codes: list[bool] = []
        self.shapes: list[tuple[Element, Zone]] = []
        self.section: Element | None = None
        settings: Explicit = {}
        if properties is not None:
            settings = layout_settings(properties)
            self._style = settings.get("style")
            self.section = properties.find(SECTPR)
        layout = with_layout(part.styles.layout(self._style), settings)
        self._plain = part.styles.format(self._style, None)
        self._centred = layout.centred
        self._centre_tab = layout.first_tab == "center"

    def inline(self, container: Element, zone: Zone) -> None:
        """Runs in order; hyperlinks, insertions, content controls and what is unknown are gone
        through."""
        for child in container:
            tag = child.tag
            if tag == R:
                self._run(child, zone, self._plain)
            elif tag in DELETED:
                self.inline(child, Zone.deleted)
            elif tag == ALTERNATIVES:
                self.inline(_alternative(child), zone)
            elif tag in TEXT:
                self._add(child.text, zone, self._plain)
            elif tag not in WITHOUT_TEXT:
                self.inline(child, zone)

    def _run(self, run: Element, zone: Zone, look: Format) -> None:
        for child in run:
            tag = child.tag
            if tag in TEXT:
                self._add(child.text, zone, look)
            elif tag == RPR:
                look = self._look(child)
                zone = Zone.hidden if look.hidden and zone is not Zone.deleted else zone
            elif tag in CHARACTERS:
                self._character(child, zone, look)
            elif tag in BREAKS:
                self.end_line()
            elif tag == FIELD:
                self._field(child.get(FIELD_TYPE))
            elif tag in SHAPES:
                self.shapes.append((child, zone))
            elif tag == ALTERNATIVES:
                self._run(_alternative(child), zone, look)
            elif tag not in WITHOUT_TEXT:
                self.inline(child, zone)

    def _character(self, element: Element, zone: Zone, look: Format) -> None:
        if element.get(ALIGNMENT) == "center" and not self._open:
            self._centre_tab = True
        self._add(CHARACTERS[element.tag], zone, look)

    def _look(self, properties: Element) -> Format:
        settings = character_settings(properties)
        if not settings:
            return self._plain
        style = settings.pop("style", None)
        look = self._part.styles.format(self._style, style) if style else self._plain
        return look._replace(**settings) if settings else look

    def _field(self, kind: str | None) -> None:
        """Text between a field's begin and separate is its code, and that of a nested field's result
        too. An unclosed code ends with its paragraph, so that nothing after it is lost."""
        if kind == "begin":
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()

    def _add(self, text: str | None, zone: Zone, look: Format) -> None:
        if text and not (self._codes and any(self._codes)):
            self._open.append((text.upper() if look.caps or look.small_caps else text, zone, look))

    def end_line(self) -> None:
        """Ends the open line, and those of what is deleted and hidden in it."""
        pieces, self._open = self._open, []
        for zone in {zone: None for _, zone, _ in pieces}:
            text = "".join([text for text, where, _ in pieces if where is zone]).replace("\n", " ")
            if not text.isspace():
                look = next(look for text, where, look in pieces if where is zone and not text.isspace())
                centred = self._centred or (self._centre_tab and _behind_tab(text))
                self._part.texts.append(Text(text, zone, self._part.part, look, centred))


def _behind_tab(text: str) -> bool:
    """Whether a line is one tab and then text without tabs, as most headers are."""
    return text.startswith("\t") and "\t" not in text[1:].rstrip("\t")


def _alternative(element: Element) -> Element:
    """The one child of AlternateContent that is shown: the first choice with text, else the
    fallback; what has no text at all may be either."""
    choices = element.findall(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    told = (choice for choice in choices if next(choice.iter(T, WORDART), None) is not None)
    return next(told, fallback if fallback is not None else element)


def _is_wordart(shape: Element) -> bool:
    """Whether a DrawingML shape bends its text, as watermarks are made."""
    warp = shape.find(f"{WPS}bodyPr/{A}prstTxWarp")
    return warp is not None and warp.get("prst") != "textNoShape"
