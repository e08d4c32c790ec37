"""Word files full of combinations of text colours and grounds; each text is a word of its own."""

from __future__ import annotations

from itertools import chain, count, product
from typing import TYPE_CHECKING

from support.word_content import run, text, text_box
from support.word_files import word_file

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "5B9BD5",
    "accent2": "ED7D31", "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "4472C4",
    "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
MAPPING = {
    "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2", "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
}  # fmt: skip
INVERTED = {**MAPPING, "bg1": "dark1", "t1": "light1", "bg2": "dark2", "t2": "light2"}


def theme(colours: dict[str, str] | None = None) -> str:
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in (colours or OFFICE).items()
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="T"><a:themeElements>'
        f'<a:clrScheme name="T">{scheme}</a:clrScheme></a:themeElements></a:theme>'
    )


def mapping(names: dict[str, str]) -> str:
    attributes = " ".join(f'w:{name}="{value}"' for name, value in names.items())
    return f"<w:clrSchemeMapping {attributes}/>"


def themed(name: str, written: str, *, tint: str = "", shade: str = "") -> str:
    """Attributes of a w:color element that names a theme's colour, with what Word writes beside."""
    more = f' w:themeTint="{tint}"' if tint else f' w:themeShade="{shade}"' if shade else ""
    return f'w:val="{written}" w:themeColor="{name}"{more}'


def filled(name: str, written: str, *, tint: str = "", shade: str = "") -> str:
    """A w:shd element that is filled with a theme's colour."""
    more = f' w:themeFillTint="{tint}"' if tint else f' w:themeFillShade="{shade}"' if shade else ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{written}" w:themeFill="{name}"{more}/>'


def plain(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


PAPER_OR_INK = {
    "light": (themed("background1", "FFFFFF"), themed("text1", "000000"), filled("background1", "FFFFFF"),
              filled("text1", "000000")),
    "dark": (themed("background1", "000000"), themed("text1", "FFFFFF"), filled("background1", "000000"),
             filled("text1", "FFFFFF")),
}  # fmt: skip
COLOURS = (
    'w:val="FFFFFF"', 'w:val="000000"', 'w:val="FBFBFB"', 'w:val="auto"', 'w:val="FF0000"',
    'w:val="FFFF00"', 'w:val="203040"', themed("accent1", "5B9BD5"),
    themed("accent6", "E2EFD9", tint="33"), themed("accent1", "2E74B5", shade="BF"),
)  # fmt: skip
"""What w:color holds; theme colours with what Word itself writes beside them."""
NIL = '<w:shd w:val="nil" w:color="auto" w:fill="203040"/>'
SHADES = (
    "", plain("auto"), plain("FFFFFF"), plain("203040"), plain("FFFF00"),
    filled("accent6", "E2EFD9", tint="33"),
    filled("accent1", "2E74B5", shade="BF"), '<w:shd w:val="solid" w:color="203040" w:fill="FFFFFF"/>',
    NIL,
    '<w:shd w:val="pct50" w:color="FF0000" w:fill="FFFF00"/>',
)  # fmt: skip


DEVIATIONS = (
    "LibreOffice paints a run's shading of the pattern nil, which Word ignores ([MS-OI29500] 2.1.553)",
    "LibreOffice chooses an automatic colour by the shading below a highlight, not by the highlight",
    "LibreOffice lets the document's defaults go before a table's style, against ECMA-376 17.7.2",
)


class Words:
    """Numbers the texts of a file: W001, W002 ... Those in which LibreOffice does something else than the
    standard or Word have another letter."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def paragraph(self, *, look: str = "", properties: str = "", deviates: bool = False) -> str:
        word = f"{'D' if deviates else 'W'}{next(self._numbers):03d}"
        bold = '<w:b/><w:sz w:val="28"/>'
        return f"<w:p><w:pPr>{properties}</w:pPr>{run(text(word), look + bold)}</w:p>"


def cell(content: str, shading: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{shading}</w:tcPr>{content}</w:tc>'


def grid(rows: list[list[str]], properties: str = "") -> str:
    columns = '<w:gridCol w:w="2000"/>' * len(rows[0])
    inside = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{inside}</w:tbl><w:p/>"


def _look(colour: str) -> str:
    return f"<w:color {colour}/>" if colour else ""


def in_paragraphs(words: Words, own: tuple[str, str, str, str]) -> Iterator[str]:
    """Every colour on every shading, of the run and of its paragraph in turn."""
    background, ink, paper_fill, ink_fill = own
    for number, (colour, shading) in enumerate(
        product((*COLOURS, background, ink), (*SHADES, paper_fill, ink_fill))
    ):
        if number % 2:
            yield words.paragraph(look=_look(colour), properties=shading)
        else:
            yield words.paragraph(look=_look(colour) + shading, deviates=shading == NIL)


def in_highlights(words: Words) -> Iterator[str]:
    for colour, mark in product(COLOURS[:7], ("black", "white", "yellow", "darkBlue", "none")):
        look = f'{_look(colour)}<w:highlight w:val="{mark}"/>{plain("203040")}'
        yield words.paragraph(look=look, deviates="auto" in colour and mark == "white")


def in_cells(words: Words) -> Iterator[str]:
    """Every colour on cells that are shaded, in tables that are and are not."""
    for whole in ("", plain("203040")):
        rows = [
            [cell(words.paragraph(look=_look(colour)), shading) for shading in SHADES[:4]]
            for colour in COLOURS[:7]
        ]
        yield grid(rows, whole)


TABLE_STYLE = "".join(
    (
        '<w:style w:type="table" w:styleId="Base"><w:name w:val="Base"/>',
        '<w:rPr><w:color w:val="203040"/></w:rPr>',
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblStyleColBandSize w:val="1"/></w:tblPr></w:style>',
        '<w:style w:type="table" w:styleId="Fancy"><w:name w:val="Fancy"/><w:basedOn w:val="Base"/>',
        *(
            f'<w:tblStylePr w:type="{condition}"><w:rPr><w:color w:val="{colour}"/></w:rPr>'
            f"<w:tcPr>{plain(fill)}</w:tcPr></w:tblStylePr>"
            for condition, colour, fill in (
                ("firstRow", "FFFFFF", "203040"),
                ("lastRow", "FFFF00", "FFFF00"),
                ("firstCol", "FFFFFF", "7030A0"),
                ("lastCol", "00B050", "00B050"),
                ("band1Horz", "000080", "DDEEFF"),
                ("band2Horz", "FFFFFF", "FFFFFF"),
            )
        ),
        "</w:style>",
        '<w:style w:type="paragraph" w:styleId="Ghost"><w:name w:val="Ghost"/>'
        '<w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Auto"><w:name w:val="Auto"/>'
        '<w:rPr><w:color w:val="auto"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Pale"><w:name w:val="Pale"/>'
        '<w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
    )
)
LOOKS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200}


def in_table_styles(words: Words, *, deviates: bool) -> Iterator[str]:
    """Tables of a style with conditions, which ask for different ones; the last says nothing of them."""
    for asked in (0x420, 0x4A0, 0x460, 0x500, 0x600, 0x7E0, 0x400):
        attributes = " ".join(f'w:{name}="{int(bool(asked & bit))}"' for name, bit in LOOKS.items())
        look = f'<w:tblLook w:val="{asked:04X}" {attributes} w:noVBand="1"/>'
        rows = [[cell(words.paragraph(deviates=deviates)) for _ in range(3)] for _ in range(4)]
        yield grid(rows, f'<w:tblStyle w:val="Fancy"/>{look}')
    white = [[cell(words.paragraph(look=_look('w:val="FFFFFF"'))) for _ in range(3)] for _ in range(3)]
    yield grid(white, '<w:tblStyle w:val="Fancy"/><w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/>')
    yield grid(
        [[cell(words.paragraph(deviates=deviates)) for _ in range(3)] for _ in range(3)],
        '<w:tblStyle w:val="Fancy"/>',
    )


def in_styles(words: Words) -> Iterator[str]:
    for style, look in product(("", '<w:pStyle w:val="Ghost"/>'), ("", "Auto", "Pale")):
        own = f'<w:rStyle w:val="{look}"/>' if look else ""
        for shading in ("", plain("203040")):
            yield words.paragraph(look=own, properties=style + shading)


def drawn(kind: str, name: str, changes: str = "") -> str:
    return f'<a:solidFill><a:{kind} val="{name}">{changes}</a:{kind}></a:solidFill>'


FILLS = (
    drawn("srgbClr", "203040"), drawn("schemeClr", "accent1"), drawn("schemeClr", "lt1"),
    drawn("schemeClr", "dk1"), drawn("prstClr", "navy"),
    drawn("schemeClr", "accent1", '<a:lumMod val="50000"/>'),
    drawn("schemeClr", "dk1", '<a:lumMod val="15000"/><a:lumOff val="85000"/>'), "<a:noFill/>",
)  # fmt: skip


def in_boxes(words: Words) -> Iterator[str]:
    """Text in boxes with a fill, one after the other down the page."""
    for number, (fill, colour) in enumerate(product(FILLS, COLOURS[:2])):
        inside = (
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>'
            '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
            '</wp:positionV><wp:extent cx="1800000" cy="500000"/><wp:wrapTopAndBottom/>'
            f'<wp:docPr id="{number + 1}" name="Box {number + 1}"/>'
        )
        box = text_box(words.paragraph(look=_look(colour)), inside=inside)
        shape = (
            '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="500000"/>'
            f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</wps:spPr>'
        )
        box = box.replace("<wps:wsp>", f"<wps:wsp>{shape}").replace("</wps:wsp>", "<wps:bodyPr/></wps:wsp>")
        box = box.replace("<a:graphicData>", f'<a:graphicData uri="{SHAPE}">')
        box = box.replace("<wp:anchor >", f"<wp:anchor {ANCHOR}>")
        yield f"<w:p>{run(box)}</w:p>"


SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
ANCHOR = (
    'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
    'layoutInCell="1" allowOverlap="1"'
)


def coloured_file(
    names: dict[str, str] | None, *, background: str = "", defaults: str = "", boxes: bool = False
) -> bytes:
    """A file with all combinations under one mapping of the theme, paper and document defaults."""
    words = Words()
    own = PAPER_OR_INK["dark" if names == INVERTED else "light"]
    if boxes:
        body = "".join(in_boxes(words))
    else:
        parts = (
            in_paragraphs(words, own),
            in_highlights(words),
            in_cells(words),
            in_table_styles(words, deviates=bool(defaults)),
            in_styles(words),
        )
        body = "".join(chain.from_iterable(parts))
    default = f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    settings = (mapping(names) if names else "") + ("<w:displayBackgroundShape/>" if background else "")
    return word_file(
        body + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
        linked={"styles": default + normal + TABLE_STYLE, "settings": settings},
        more={"word/theme/theme1.xml": theme()},
        more_links={"theme": ("theme", "theme/theme1.xml")},
        background=background,
    )
