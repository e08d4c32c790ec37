"""PowerPoint files for the tests, written part by part, so that each test says all that matters of its file.

A slide has 720 by 540 points; measures are in points here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.builder import DocumentBuilder
from countermark.readers.pptx.reader import read_slides
from support.word_files import links, no_child, zipped

if TYPE_CHECKING:
    from countermark.model import Document
    from countermark.support.limits import Limits

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
        "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
POINT = 12700
WIDTH, HEIGHT = 720, 540
THEME = (
    f"<a:theme {NAMESPACES}><a:themeElements><a:clrScheme name='x'>"
    '<a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="1F497D"/></a:dk2><a:lt2><a:srgbClr val="EEECE1"/></a:lt2>'
    "</a:clrScheme></a:themeElements></a:theme>"
)
COLOURS = '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/>'
TOP, MIDDLE, BOTTOM = (240, 10, 240, 24), (60, 200, 600, 200), (240, 506, 240, 24)
"""Places of a header, a body and a footer: left, top, width, height."""

Place = tuple[float, float, float, float]


def xfrm(place: Place, prefix: str = "a", attributes: str = "", inner: str = "") -> str:
    left, top, width, height = (round(each * POINT) for each in place)
    size = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    return f"<{prefix}:xfrm {attributes}>{size}{inner}</{prefix}:xfrm>"


def body(text: str, run: str = "", content: str = "") -> str:
    """A text body, a paragraph for each line of `text`."""
    paragraphs = content or "".join(
        f"<a:p><a:r><a:rPr>{run}</a:rPr><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n")
    )
    return f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody>"


def shape(
    text: str,
    place: Place | None = MIDDLE,
    *,
    placeholder: str = "",
    name: str = "",
    fill: str = "",
    run: str = "",
    turned: float = 0,
    content: str = "",
) -> str:
    """A shape with text. `placeholder`: attributes of its ph; `name`: those of its cNvPr; `fill`: what its
    properties hold; `run`: what those of its runs hold; `turned`: by how many degrees."""
    at = xfrm(place, attributes=f'rot="{round(turned * 60000)}"' if turned else "") if place else ""
    ph = f"<p:ph {placeholder}/>" if placeholder else ""
    outline = '<a:prstGeom prst="rect"/>' if fill else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" {name}/><p:cNvSpPr/><p:nvPr>{ph}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{at}{outline}{fill}</p:spPr>{body(text, run, content=content)}</p:sp>"
    )


def picture(place: Place = MIDDLE, name: str = "") -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="x" {name}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f"<p:blipFill/><p:spPr>{xfrm(place)}</p:spPr></p:pic>"
    )


def group(*shapes: str, place: Place, inner: Place, name: str = "") -> str:
    """A group at `place`, in which shapes have the coordinates of `inner`."""
    left, top, width, height = (round(each * POINT) for each in inner)
    own = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/>'
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="4" name="x" {name}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr>{xfrm(place, inner=own)}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )


def table(*rows: tuple[str, ...], place: Place = MIDDLE) -> str:
    columns = "".join('<a:gridCol w="1270000"/>' for _ in rows[0])
    cell = "<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    written = "".join(f'<a:tr h="254000">{"".join(map(cell.format, row))}</a:tr>' for row in rows)
    return graphic(f"<a:tbl><a:tblGrid>{columns}</a:tblGrid>{written}</a:tbl>", place)


def graphic(content: str, place: Place = MIDDLE) -> str:
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f"</p:nvGraphicFramePr>{xfrm(place, 'p')}<a:graphic><a:graphicData>{content}</a:graphicData>"
        "</a:graphic></p:graphicFrame>"
    )


def slide(*shapes: str, root: str = "sld", attributes: str = "", background: str = "", more: str = "") -> str:
    """A slide, layout or master part."""
    bg = f"<p:bg><p:bgPr>{background}</p:bgPr></p:bg>" if background else ""
    tree = f"<p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{''.join(shapes)}</p:spTree>"
    return f"<p:{root} {NAMESPACES} {attributes}><p:cSld>{bg}{tree}</p:cSld>{more}</p:{root}>"


def layout(*shapes: str, **options: str) -> str:
    return slide(*shapes, root="sldLayout", **options)


def master(*shapes: str, more: str = COLOURS, **options: str) -> str:
    return slide(*shapes, root="sldMaster", more=more, **options)


def slides_file(
    *slides: str,
    layout: str = layout(),
    master: str = master(),
    linked: dict[int, dict[str, tuple[str, str]]] | None = None,
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """A .pptx with these slides, all on one layout. `linked`: further relationships of slides, by their
    number: id -> kind and target; `more`: further zip entries, which replace those made here."""
    names = [f"slide{number}" for number in range(1, len(slides) + 1)]
    listed = "".join(f'<p:sldId id="{255 + at}" r:id="{name}"/>' for at, name in enumerate(names, 1))
    size = f'<p:sldSz cx="{WIDTH * POINT}" cy="{HEIGHT * POINT}"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{MAIN}"/></Types>'
        ),
        "_rels/.rels": links({"main": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": (
            f"<p:presentation {NAMESPACES}><p:sldIdLst>{listed}</p:sldIdLst>{size}</p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": links({name: ("slide", f"slides/{name}.xml") for name in names}),
        "ppt/slideLayouts/layout.xml": layout,
        "ppt/slideLayouts/_rels/layout.xml.rels": links({"m": ("slideMaster", "../slideMasters/master.xml")}),
        "ppt/slideMasters/master.xml": master,
        "ppt/slideMasters/_rels/master.xml.rels": links(
            {"t": ("theme", "../theme.xml"), "l": ("slideLayout", "../slideLayouts/layout.xml")}
        ),
        "ppt/theme.xml": THEME,
    }
    for number, (name, content) in enumerate(zip(names, slides, strict=True), 1):
        own = {"layout": ("slideLayout", "../slideLayouts/layout.xml"), **(linked or {}).get(number, {})}
        parts[f"ppt/slides/{name}.xml"] = content
        parts[f"ppt/slides/_rels/{name}.xml.rels"] = links(own)
    return zipped({**parts, **(more or {})})


def read(data: bytes, limits: Limits | None = None) -> Document:
    document = DocumentBuilder("test.pptx", "", limits, read_child=no_child)
    read_slides(data, document)
    return document.build("")


def lines(data: bytes, number: int = 1) -> list[tuple[str, str]]:
    """Zone and text of every line of a slide."""
    page = read(data).pages[number - 1]
    return [(str(line.zone), line.text) for line in page.lines]
