"""Visio files for the tests, written part by part, so that each test says all that matters of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.word_files import links, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "application/vnd.ms-visio.drawing.main+xml"
SPACE = (
    'xmlns="http://schemas.microsoft.com/office/visio/2012/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SIZE = {"PageWidth": 10, "PageHeight": 8}
TOP, MIDDLE, BOTTOM = ({"PinX": 5, "PinY": y, "Width": 3, "Height": 0.3} for y in (7.8, 4, 0.2))


def cells(values: Mapping[str, float | str]) -> str:
    return "".join(f'<Cell N="{name}" V="{value}"/>' for name, value in values.items())


def shape(
    text: str | None, place: Mapping[str, float | str] | None = None, attributes: str = "", inner: str = ""
) -> str:
    said = "" if text is None else f"<Text>{text}</Text>"
    return f"<Shape {attributes}>{cells(MIDDLE if place is None else place)}{said}{inner}</Shape>"


def contents(*shapes: str, root: str = "PageContents") -> str:
    return f"<{root} {SPACE}><Shapes>{''.join(shapes)}</Shapes></{root}>"


def drawing_file(
    *pages: tuple[str, str],
    masters: tuple[str, ...] = (),
    sheet: str = "",
    more: dict[str, str] | None = None,
) -> bytes:
    """A .vsdx; of each page the attributes and the content; masters are numbered from 1."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/visio/document.xml" ContentType="{MAIN}"/></Types>'
        ),
        "_rels/.rels": links({"main": ("document", "visio/document.xml")}),
        "visio/document.xml": f"<VisioDocument {SPACE}/>",
        "visio/_rels/document.xml.rels": links(
            {
                "p": ("pages", "pages/pages.xml"),
                "m": ("masters", "masters/masters.xml"),
                "c": ("comments", "comments.xml"),
            }
        ),
        "visio/comments.xml": f"<Comments {SPACE}/>",
    }
    for kind, element, items in (
        ("page", "Page", pages),
        ("master", "Master", [(f'ID="{number}"', each) for number, each in enumerate(masters, 1)]),
    ):
        listed = ""
        for number, (attributes, content) in enumerate(items, 1):
            own = f"<PageSheet>{cells(SIZE)}{sheet}</PageSheet>" if kind == "page" else ""
            listed += f'<{element} {attributes}>{own}<Rel r:id="{kind}{number}"/></{element}>'
            parts[f"visio/{kind}s/{kind}{number}.xml"] = content
        parts[f"visio/{kind}s/{kind}s.xml"] = f"<{element}s {SPACE}>{listed}</{element}s>"
        parts[f"visio/{kind}s/_rels/{kind}s.xml.rels"] = links(
            {f"{kind}{number}": (kind, f"{kind}{number}.xml") for number in range(1, len(items) + 1)}
        )
    return zipped({**parts, **(more or {})})
