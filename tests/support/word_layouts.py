"""Word files laid out as people lay them out: headers in tables, boxes at the head of the page, title blocks,
registers, lists with portions."""

from __future__ import annotations

from xml.sax.saxutils import escape

from support.word_content import run, text
from support.word_files import paragraph, section, word_file

TEXT = (
    "The pump drew four amperes when the parties met.",
    "Spare seals are ordered before the end of June.",
    "The housing was open to the air for two hours.",
    "Each reading was written down by two people.",
)
CENTRED = '<w:jc w:val="center"/>'
EVEN_AND_ODD = "<w:evenAndOddHeaders/>"
NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
PAPER = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
GRID = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in SIDES)
TWIPS, EMU = 20, 12700


def lines(*written: str, properties: str = "") -> str:
    """A paragraph for each line."""
    return "".join(paragraph(escape(line), properties) for line in written)


def body(count: int = 12) -> str:
    return lines(*(TEXT[number % len(TEXT)] for number in range(count)))


def table(*rows: tuple[str, ...], widths: tuple[float, ...] = (), place: str = "") -> str:
    """A table with borders around its cells, each with a paragraph for each line; widths in points, `place`
    what lets it float."""
    widths = widths or (450 / len(rows[0]),) * len(rows[0])
    measured = [f'w:w="{round(TWIPS * width)}"' for width in (*widths, sum(widths))]
    made = "".join(f"<w:tr>{_cells(row, measured)}</w:tr>" for row in rows)
    grid = "".join(f"<w:gridCol {width}/>" for width in measured[:-1])
    properties = f'{place}<w:tblW {measured[-1]} w:type="dxa"/><w:tblBorders>{GRID}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def _cells(row: tuple[str, ...], widths: list[str]) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW {width} w:type="dxa"/></w:tcPr>{lines(*cell.splitlines() or [""])}</w:tc>'
        for cell, width in zip(row, widths, strict=False)
    )


def box(
    content: str,
    vertical: str,
    *,
    left: float = 400,
    width: float = 110,
    height: float = 30,
    wrap: str = "None",
) -> str:
    """A run with a text box; `vertical` is the area that it is placed in, with its alignment or offset."""
    area, _, at = vertical.partition(" ")
    offset = "" if at.isalpha() else f"<wp:posOffset>{round(EMU * float(at))}</wp:posOffset>"
    size = f'cx="{round(EMU * width)}" cy="{round(EMU * height)}"'
    return run(
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(EMU * left)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{area}">{offset or f"<wp:align>{at}</wp:align>"}</wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrap{wrap}/>'
        '<wp:docPr id="1" name="Box"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>'
        f"{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing>"
    )


def vml_box(content: str, style: str) -> str:
    """A run with a VML text box of that style."""
    shape = f'<v:rect style="position:absolute;width:110pt;height:30pt;{style}"><v:textbox>'
    return run(f"<w:pict>{shape}<w:txbxContent>{content}</w:txbxContent></v:textbox></v:rect></w:pict>")


def framed(content: str, vertical: str, left: float = 60, width: float = 300) -> str:
    """Paragraphs in one frame; `vertical` is what it is placed in and its distance from there, in points."""
    anchor, at = vertical.split()
    frame = (
        f'<w:framePr w:w="{round(TWIPS * width)}" w:hAnchor="page" w:x="{round(TWIPS * left)}" '
        f'w:vAnchor="{anchor}" w:y="{round(TWIPS * float(at))}" w:wrap="around"/>'
    )
    return lines(*content.splitlines(), properties=frame)


def anchored(*boxes: str, said: str = TEXT[0]) -> str:
    """A paragraph that boxes are anchored to."""
    return f"<w:p>{''.join(boxes)}{run(text(said)) if said else ''}</w:p>"


def document(content: str, head: str = "", foot: str = "", **parts: str) -> bytes:
    """A file of one section with this header and footer; `parts` are settings, numbering and the like."""
    return word_file(
        content + section("header-default-h", "footer-default-f", properties=PAPER),
        bands={"h": head or "<w:p/>", "f": foot or "<w:p/>"},
        linked=parts,
    )


def marked(content: str, marking: str = "UK SECRET", **parts: str) -> bytes:
    """A file with the marking centred at header and footer."""
    band = lines(*marking.splitlines(), properties=CENTRED)
    return document(content, band, band, **parts)
