"""Word files for the tests, written part by part, so that each test says all that matters of its file."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from countermark.model import Document, Line, Page, Problem, ProblemKind, Reason, Zone
from countermark.readers.builder import DocumentBuilder
from countermark.readers.docx.reader import read_word
from countermark.support.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    }.items()
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ROOTS = {"header": "hdr", "footer": "ftr"}


def xml(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    shown = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{shown}</w:p>"


def section(*bands: str, title_page: bool = False, properties: str = "") -> str:
    """A sectPr; a band is named as `header-first-h1`: where, which kind, which part."""
    references = ""
    for band in bands:
        where, kind, part = band.split("-")
        references += f'<w:{where}Reference w:type="{kind}" r:id="{part}"/>'
    title = "<w:titlePg/>" if title_page else ""
    return f"<w:sectPr>{references}{properties}{title}</w:sectPr>"


def links(targets: dict[str, tuple[str, str]]) -> str:
    """A relationships part: id -> kind and target; a target with a colon is outside the package."""
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        + "".join(
            f'<Relationship Id="{id_}" Type="{TYPE}/{kind}" Target="{target}"'
            + (' TargetMode="External"/>' if ":" in target else "/>")
            for id_, (kind, target) in targets.items()
        )
        + "</Relationships>"
    )


def word_file(
    body: str,
    *,
    bands: dict[str, str] | None = None,
    linked: dict[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    more_links: dict[str, tuple[str, str]] | None = None,
    root_links: dict[str, tuple[str, str]] | None = None,
    background: str = "",
) -> bytes:
    """A .docx with this body.

    `bands`: content of header and footer parts, by a name that starts with h or f, which is the
    relationship's id too. `linked`: content of parts such as settings and styles, by their kind.
    `more`: further zip entries, which replace those made here. `background`: the colour of the paper.
    """
    targets = dict(more_links or {})
    parts: dict[str, str | bytes] = {}
    for name, content in (bands or {}).items():
        where = "header" if name.startswith("h") else "footer"
        targets[name] = (where, f"{name}.xml")
        parts[f"word/{name}.xml"] = xml(ROOTS[where], content)
    for kind, content in (linked or {}).items():
        targets[kind] = (kind, f"{kind}.xml")
        parts[f"word/{kind}.xml"] = xml(kind, content)
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    )
    parts["_rels/.rels"] = links({"main": ("officeDocument", "word/document.xml"), **(root_links or {})})
    paper = f'<w:background w:color="{background}"/>' if background else ""
    parts["word/document.xml"] = xml("document", f"{paper}<w:body>{body}</w:body>")
    parts["word/_rels/document.xml.rels"] = links(targets)
    return zipped({**parts, **(more or {})})


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def ole_file(stream: str, content: bytes = b"") -> bytes:
    """A compound file with one stream: header, allocation table, directory, then the stream's sectors.
    Content is filled up with zeros to the least size that stands in sectors of its own."""
    nothing, end = 0xFFFFFFFF, 0xFFFFFFFE
    content = content and content.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    chain = [*range(3, sectors + 2), end] if sectors else []
    head = struct.pack("<8s16sHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    head += struct.pack("<108I", *([nothing] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, end, *chain, *([nothing] * (126 - sectors)))

    def entry(name: str, kind: int, child: int, start: int = end, size: int = 0) -> bytes:
        encoded = name.encode("utf-16-le")
        length = len(encoded) + 2 if name else 0
        links = (kind, 1, nothing, nothing, child)
        return struct.pack("<64sHBBIII16sIQQIQ", encoded, length, *links, b"", 0, 0, 0, start, size)

    own = entry(stream, 2, nothing, 2 if sectors else end, len(content))
    directory = entry("Root Entry", 5, 1) + own + entry("", 0, nothing) * 2
    return head + table + directory + content.ljust(sectors * 512, b"\0")


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_by_reader(data, "test.docx", limits or Limits())


def read_by_reader(data: bytes, name: str, limits: Limits) -> Document:
    """What the reader of Word files makes of `data`, exceptions passed on."""
    document = DocumentBuilder(name, "", limits, read_child=no_child)
    read_word(data, document)
    return document.build("")


def no_child(data: bytes, name: str) -> Document:
    """A child of which only name and size are told."""
    problem = Problem(kind=ProblemKind.unsupported, reason=Reason.kind_unknown)
    return Document(name=name, media_type=f"size/{len(data)}", sha256="", problems=(problem,))


def lines(data: bytes) -> list[tuple[str, str]]:
    """Zone and text of every line of the file's live pages."""
    return [(str(line.zone), line.text) for page in read(data).live_pages for line in page.lines]


def only_line(data: bytes) -> Line:
    (page,) = read(data).live_pages
    (line,) = page.lines
    return line


def band_text(page: Page, zone: Zone = Zone.header) -> str | None:
    """The one line of a page's header or footer, None where it is empty."""
    found = [line.text for line in page.lines if line.zone is zone]
    assert len(found) <= 1
    return found[0] if found else None
