"""One Word paragraph on its way to lines.

Runs joined, tracked insertions read, fields by what they show, list labels that say something, `caps` shown
as capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Zone
from countermark.readers.docx.fields import OpenField
from countermark.readers.docx.formats import Explicit, character_settings, layout_settings, with_layout
from countermark.readers.docx.notes import REFERENCES, name_of
from countermark.readers.flow.colour import AUTO
from countermark.readers.flow.lines import is_after_tab, lines_of
from countermark.readers.ooxml.namespaces import W

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.readers.docx.fields import FieldValues
    from countermark.readers.docx.found_texts import FoundTexts
    from countermark.readers.docx.notes import Name
    from countermark.readers.docx.numbering import ListNumbering
    from countermark.readers.docx.styles import Styles
    from countermark.readers.flow.lines import RunText, TextContext
    from countermark.readers.flow.run_format import RunFormat
    from countermark.support.safe_xml import XmlElement

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, R, T, RPR = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr"
TEXT = frozenset((T, f"{W}delText", f"{M}t"))
CODE = frozenset((f"{W}instrText", f"{W}delInstrText"))
CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}pgNum": "1"}
BREAKS = frozenset((f"{W}br", f"{W}cr"))
FIELD, FIELD_TYPE, SIMPLE_FIELD, ALIGNMENT = (
    f"{W}fldChar",
    f"{W}fldCharType",
    f"{W}fldSimple",
    f"{W}alignment",
)
SYMBOL, PRIVATE_USE = f"{W}sym", range(0xF000, 0xF100)
SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "marlett", "mt extra")
SHAPES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
SILENT = (
    "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr rt "
    "bookmarkStart bookmarkEnd proofErr"
)
WITHOUT_TEXT = frozenset(W + name for name in SILENT.split())


class DocumentContext(NamedTuple):
    """What all parts of a document share.

    `values` gives what a field shows that has no stored result, `foreign` the lines of inserted text by
    its relationship; `section` is the one, from 1, whose header or footer is read, else None.
    """

    styles: Styles
    numbering: ListNumbering
    values: FieldValues
    foreign: Callable[[str], list[str]]
    section: int | None = None

    def in_section(self, number: int) -> DocumentContext:
        return self._replace(section=number)

    def value(self, code: str, begin: XmlElement) -> str | None:
        """Return what the field with that code shows; `begin` is the element that it begins with."""
        return self.values(code, begin, self.section)


class Paragraph:
    """A paragraph of the part `part`, read by `inline` and `end`.

    Its lines go to `found`; `shapes` are the drawings met, `codes` the field codes, `notes` the notes
    that it leads to, `section` its sectPr. `carried` are the pieces before it that stand on its first
    line.
    """

    def __init__(
        self,
        properties: XmlElement | None,
        where: TextContext,
        shared: DocumentContext,
        part: str,
        found: FoundTexts,
        carried: list[RunText],
    ) -> None:
        self.shapes: list[tuple[XmlElement, TextContext]] = []
        self.codes: list[str] = []
        self.notes: list[Name] = []
        self._shared, self._part, self._found = shared, part, found
        self._open = carried
        self._fields: list[OpenField] = []
        self._silent = self._coded = 0
        styles = shared.styles
        settings: Explicit = {} if properties is None else layout_settings(properties, styles.theme)
        self.section: XmlElement | None = settings.get("section")
        self._style: str | None = settings.get("style")
        layout = styles.layout(self._style)
        if settings:
            layout = with_layout(layout, settings)
            if settings.get("changed"):
                where = where._replace(tracked=True)
        if layout.ground not in (None, AUTO):
            where = where._replace(ground=layout.ground)
        if settings.get("new_page"):
            found.begin_page()
        if layout.frame == "box":
            zone = Zone.textbox if where.zone is Zone.body else where.zone
            placement = layout.placement
            where = where._replace(
                zone=zone,
                block=found.frame_block(placement),
                placement=placement and placement._replace(opens=found.opens_page),
            )
        else:
            found.end_frame()
        self._where = where
        self._runs_on = layout.frame == "drop" or settings.get("hidden", False)
        self._plain = styles.format(self._style, None, where.characters)
        self._centred = layout.centred
        self._centre_tab = layout.first_tab == "center"
        if layout.list_id:
            label = shared.numbering.label(layout.list_id, layout.level, self._style)
            self._add(label, where, self._plain)

    def read(self, element: XmlElement) -> list[RunText]:
        """Read the paragraph's content.

        What is returned belongs on the next paragraph's first line: the mark between them is hidden,
        or this one is a dropped capital.
        """
        self._inline(element, self._where)
        if self._fields:
            self.codes += [field.code for field in self._fields if field.in_code]
        if self._runs_on and any(look.unseen("") is None for _, _, look in self._open):
            return self._open
        self._end_line()
        return []

    def _inline(self, container: XmlElement, where: TextContext) -> None:
        """Read runs in order; go through hyperlinks, insertions, content controls and what is unknown."""
        plain, pieces = self._plain, self._open
        for child in container:
            tag = child.tag
            if tag == R:
                look = plain
                for part in child:
                    kind = part.tag
                    if kind == T and not self._silent:
                        if part.text:
                            pieces.append((part.text, where, look))
                    elif kind == RPR:
                        look = self._look(part)
                    else:
                        self._content(part, where, look)
                        pieces = self._open
            else:
                self._content(child, where, plain)
                pieces = self._open

    def _content(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        """Read what a run or paragraph holds besides plain text."""
        tag = element.tag
        if tag in _READERS:
            _READERS[tag](self, element, where, look)
        elif tag not in WITHOUT_TEXT:
            self._inline(element, where)

    def _text(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        self._add(element.text, where, look)

    def _break(self, element: XmlElement, _where: TextContext, _look: RunFormat) -> None:
        self._end_line()
        if element.get(f"{W}type") == "page":
            self._found.begin_page()

    def _new_page(self, _element: XmlElement, _where: TextContext, _look: RunFormat) -> None:
        self._found.begin_page()

    def _shape(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        self.shapes.append((element, where._replace(hidden=where.hidden or look.hidden)))

    def _note(self, element: XmlElement, _where: TextContext, _look: RunFormat) -> None:
        self.notes.append(name_of(element))

    def _symbol(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        self._add(_symbol(element), where, look)

    def _deleted(self, element: XmlElement, where: TextContext, _look: RunFormat) -> None:
        self._inline(element, where._replace(zone=Zone.deleted))

    def _inserted(self, element: XmlElement, where: TextContext, _look: RunFormat) -> None:
        self._inline(element, where._replace(tracked=True))

    def _character(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        if element.get(ALIGNMENT) == "center" and not self._open:
            self._centre_tab = True
        self._add(CHARACTERS[element.tag], where, look)

    def _look(self, properties: XmlElement) -> RunFormat:
        settings = character_settings(properties, self._shared.styles.theme)
        styles = self._shared.styles
        return styles.direct(self._style, settings, self._where.characters) if settings else self._plain

    def _code(self, element: XmlElement, _where: TextContext, _look: RunFormat) -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""

    def _field(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        """Text between a field's begin and separate is its code, and that of a nested field's result too.

        An unclosed code ends with its paragraph, so that nothing after it is lost. A field that
        stores no result shows what it stands for.
        """
        kind = element.get(FIELD_TYPE)
        if kind == "begin":
            self._fields.append(OpenField(element))
            self._silent += 1
        elif self._fields and kind == "separate":
            self._close_code(self._fields[-1])
        elif self._fields and kind == "end":
            field = self._fields.pop()
            self._close_code(field)
            if field.written == self._written:
                self._add(self._shared.value(field.code, field.begin), where, look)

    def _close_code(self, field: OpenField) -> None:
        if field.in_code:
            field.in_code = False
            field.written = self._written
            self._silent -= 1
            self.codes.append(field.code)

    def _simple_field(self, element: XmlElement, where: TextContext, _look: RunFormat) -> None:
        written, code = self._written, element.get(f"{W}instr", "")
        self.codes.append(code)
        self._inline(element, where)
        if written == self._written:
            self._add(self._shared.value(code, element), where, self._plain)

    @property
    def _written(self) -> tuple[int, ...]:
        """How far the paragraph's content has come, that of its codes included."""
        return len(self._found.texts), len(self._open), len(self.shapes), self._coded

    def _add(self, text: str | None, where: TextContext, look: RunFormat) -> None:
        if not text:
            return
        if self._silent:
            next(field for field in reversed(self._fields) if field.in_code).code += text
            self._coded += 1
        else:
            self._open.append((text, where, look))

    def _end_line(self) -> None:
        """End the open line, and those of what is deleted and hidden in it."""
        pieces, self._open = self._open, []
        if pieces:
            centred = self._centred or (
                self._centre_tab and is_after_tab("".join([text for text, _, _ in pieces]))
            )
            self._found.texts.extend(lines_of(pieces, self._part, centred=centred))


_READERS: dict[str, Callable[[Paragraph, XmlElement, TextContext, RunFormat], None]] = {
    **dict.fromkeys(TEXT, Paragraph._text),
    **dict.fromkeys(CHARACTERS, Paragraph._character),
    **dict.fromkeys(BREAKS, Paragraph._break),
    **dict.fromkeys(CODE, Paragraph._code),
    FIELD: Paragraph._field,
    SIMPLE_FIELD: Paragraph._simple_field,
    **dict.fromkeys(SHAPES, Paragraph._shape),
    **dict.fromkeys(REFERENCES, Paragraph._note),
    SYMBOL: Paragraph._symbol,
    f"{W}lastRenderedPageBreak": Paragraph._new_page,
    **dict.fromkeys(DELETED, Paragraph._deleted),
    **dict.fromkeys(INSERTED, Paragraph._inserted),
}


def _symbol(element: XmlElement) -> str:
    """Return the character of a w:sym element (ECMA-376 17.3.3.30).

    Fonts that are no symbol fonts keep their characters in the private use area too.
    """
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    is_symbol = element.get(f"{W}font", "").casefold().startswith(SYMBOL_FONTS)
    if code in PRIVATE_USE and not is_symbol:
        code -= PRIVATE_USE.start
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
