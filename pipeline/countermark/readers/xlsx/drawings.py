"""What lies over a sheet's cells: text boxes, pictures, charts, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Unseen, Zone
from countermark.readers.flow.lines import Text
from countermark.readers.ooxml.drawings import DIAGRAMS_AND_CHARTS, drawn_lines
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.package import targets
from countermark.readers.ooxml.values import is_on
from countermark.readers.xlsx.names import THREADED, S
from countermark.readers.zip_parts import PartError
from countermark.support.safe_xml import DoctypeError, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.ooxml.opened import OpenedPackage
    from countermark.support.safe_xml import XmlElement

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
VML_TEXT = "{urn:schemas-microsoft-com:vml}textbox"
COMMENTS = frozenset(("comments", "threadedComment"))
DRAWINGS = frozenset(("drawing", "chartUserShapes"))
VML = frozenset(("vmlDrawing",))
ANCHORED = tuple(f"{XDR}{name}" for name in ("sp", "cxnSp", "pic", "graphicFrame"))
PICTURES = (f"{XDR}pic", f"{A}blipFill")


def lines_over(part: str, opened: OpenedPackage) -> tuple[list[Text], bool]:
    """Return what the drawings and comments of the sheet in `part` say, and whether it shows pictures."""
    links = opened.links_of(part)
    found: list[Text] = []
    pictured = False
    for _, drawing in targets(links, DRAWINGS):
        root = opened.xml(drawing)
        if root is not None:
            found += _drawn(root, drawing)
            pictured = pictured or next(root.iter(*PICTURES), None) is not None
        for _, chart in targets(opened.links_of(drawing), DIAGRAMS_AND_CHARTS):
            found += _charted(chart, opened)
    for _, drawing in targets(links, VML):
        found += _in_vml(drawing, opened)
    for _, comments in targets(links, COMMENTS):
        root = opened.xml(comments)
        found += _commented(root, comments) if root is not None else ()
    return found, pictured


def _drawn(root: XmlElement, part: str) -> Iterator[Text]:
    """Yield the text of shapes and the alternative text of shapes and pictures, a part that is hidden as
    such.
    """
    for shape in root.iter(*ANCHORED):
        properties = shape.find(f"./*/{XDR}cNvPr")
        unseen = Unseen.hidden if is_on(properties, "hidden", absent="0") else None
        for paragraph in shape.iterfind(f"{XDR}txBody/{A}p"):
            text = "".join(paragraph.itertext(f"{A}t"))
            if text.strip():
                yield Text(text, Zone.hidden if unseen else Zone.textbox, part, unseen=unseen)
        for name in ("descr", "title") if properties is not None else ():
            said = " ".join(properties.get(name, "").split())
            if said:
                yield Text(said, Zone.image, part, unseen=unseen)


def _charted(part: str, opened: OpenedPackage) -> Iterator[Text]:
    over = (drawn for _, drawn in targets(opened.links_of(part), DRAWINGS))
    for drawn in (part, *over):
        root = opened.xml(drawn)
        for line in drawn_lines(root) if root is not None else ():
            if line.strip():
                yield Text(line, Zone.textbox, drawn)


def _in_vml(part: str, opened: OpenedPackage) -> Iterator[Text]:
    """Yield the text of controls, in drawings that need not be well formed."""
    try:
        root = xml_root(opened.package.blob(part), recover=True)
    except DoctypeError:
        opened.add_problem(PartError(part))
        return
    except PartError as error:
        opened.add_problem(error)
        return
    for box in root.iter(VML_TEXT) if root is not None else ():
        text = " ".join("".join(box.itertext()).split())
        if text:
            yield Text(text, Zone.textbox, part)


def _commented(root: XmlElement, part: str) -> Iterator[Text]:
    """Yield the lines of comments, both those of old and those in threads (18.7.3, [MS-XLSX] 2.6.205)."""
    for comment in root.iter(f"{S}comment", f"{THREADED}threadedComment"):
        written = "".join(comment.itertext(f"{S}t", f"{THREADED}text"))
        for line in written.splitlines():
            if line.strip():
                yield Text(line, Zone.comment, part)
