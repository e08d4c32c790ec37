"""Sets a paper as a Word file, written part by part (ECMA-376)."""

from __future__ import annotations

import io
import zipfile
from random import Random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from accuracy.paper import Places

if TYPE_CHECKING:
    from accuracy.paper import Band, Block, Paper
    from accuracy.truth import Placed, Written

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ROOTS = {"header": "hdr", "footer": "ftr"}
_CENTRED = '<w:jc w:val="center"/>'


class _Setter:
    """One document on its way to a package."""

    def __init__(self, paper: Paper) -> None:
        self.chance = Random(paper.seed)
        self.paper = paper
        self.places = Places(strict=True)
        self.parts: dict[str, str] = {}
        self.links: list[tuple[str, str, str]] = []
        self.notes: dict[str, list[str]] = {}
        self.band_form = self.chance.choice(("line", "line", "line", "tabs", "table", "box", "break"))
        self.title_page = self.chance.random() < 0.2
        self.caps = self.chance.random() < 0.06

    def finished(self) -> tuple[bytes, list[Placed]]:
        sections = len(self.paper.pages) if self.chance.random() < 0.3 else 1
        body = ""
        for number, blocks in enumerate(self.paper.pages, 1):
            body += self._page(number, blocks)
            if number < len(self.paper.pages) and sections > 1:
                body += f"<w:p><w:pPr>{self._section(number)}</w:pPr></w:p>"
            elif number < len(self.paper.pages):
                body += '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        body += self._section(sections)
        for kind, notes in self.notes.items():
            self._part(kind, f"{kind}s", f"<w:{kind}s>{''.join(notes)}</w:{kind}s>")
        if self.paper.named:
            self._property(self.paper.named)
        return self._package(f"<w:document><w:body>{body}</w:body></w:document>"), self.places.placed

    # text

    def _runs(self, text: str, *, split: bool = False, look: str = "") -> str:
        pieces = list(text) if split else self._cut(text)
        return "".join(self._run(piece, look) for piece in pieces)

    def _cut(self, text: str) -> list[str]:
        """Text in one run or, as editing leaves it, in two or three."""
        if len(text) < 4 or self.chance.random() < 0.7:
            return [text]
        cuts = sorted(self.chance.sample(range(1, len(text)), self.chance.choice((1, 2))))
        return [
            text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if start < end
        ]

    @staticmethod
    def _run(text: str, look: str) -> str:
        tabs = text.split("\t")
        inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in tabs)
        return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"

    def _paragraph(self, content: str, layout: str = "") -> str:
        return f"<w:p><w:pPr>{layout}</w:pPr>{content}</w:p>"

    def _marking(self, written: Written, layout: str = _CENTRED) -> str:
        """A marking's lines, as paragraphs or with line breaks."""
        look = '<w:b/><w:sz w:val="24"/>'
        lines = written.lines
        if self.caps and written.kind == "clean":
            lines, look = tuple(line.lower() for line in lines), look + "<w:caps/>"
        runs = [self._runs(line, split=written.split, look=look) for line in lines]
        if self.band_form == "break":
            return self._paragraph("<w:r><w:br/></w:r>".join(runs), layout)
        return "".join(self._paragraph(run, layout) for run in runs)

    # head and foot

    def _band(self, band: Band) -> str:
        written, form = band.written, self.band_form
        sides = band.left or band.right
        if form == "table" and written:
            cells = (
                self._paragraph(self._runs(band.left or "JWG/26/114")),
                self._marking(written),
                self._paragraph(self._field(band.right or "#")),
            )
            content = f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl><w:p/>"
        elif form == "box" and written:
            content = self._paragraph(self._box(self._marking(written)))
        elif form == "tabs" and written and len(written.lines) == 1:
            text = self._runs(written.lines[0], split=written.split, look="<w:b/>")
            left, right = self._runs(band.left + "\t"), self._runs("\t") + self._field(band.right)
            content = self._paragraph(left + text + right)
        else:
            content = self._marking(written) if written else ""
            content += (
                self._paragraph(self._runs(band.left + "\t") + self._field(band.right)) if sides else ""
            )
        return content + (self._paragraph(self._runs(band.extra), _CENTRED) if band.extra else "")

    def _field(self, text: str) -> str:
        """Text in which # is a PAGE field and @ a NUMPAGES field."""
        content = ""
        for piece in text.replace("#", "\0#\0").replace("@", "\0@\0").split("\0"):
            code = {"#": "PAGE", "@": "NUMPAGES"}.get(piece)
            if code:
                content += f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            else:
                content += self._runs(piece) if piece else ""
        return content

    @staticmethod
    def _box(content: str) -> str:
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
            "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
            f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )

    def _watermark(self, written: Written) -> str:
        text = escape(written.lines[0], {'"': "&quot;"})
        return self._paragraph(
            '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136">'
            f'<v:textpath string="{text}"/></v:shape></w:pict></w:r>'
        )

    def _section(self, number: int) -> str:
        """A section's properties; the first section brings the bands, later ones inherit them."""
        kinds = ("first", "default") if self.title_page else ("default",)
        references = ""
        for where, band in (("header", self.paper.head), ("footer", self.paper.foot)):
            stamp = self.paper.stamp if where == "header" else None
            for kind in kinds:
                if band.written:
                    self.places.put(band.written, (number, kind), where)
                if stamp:
                    self.places.put(stamp, None, "watermark")
                if number == 1:
                    name = self._band_part(where, kind, band, stamp)
                    references += f'<w:{where}Reference w:type="{kind}" r:id="{name}"/>'
        title = "<w:titlePg/>" if self.title_page else ""
        return f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>{title}</w:sectPr>'

    def _band_part(self, where: str, kind: str, band: Band, stamp: Written | None) -> str:
        content = self._band(band) + (self._watermark(stamp) if stamp else "")
        root = _ROOTS[where]
        return self._part(where, f"{where}-{kind}", f"<w:{root}>{content or '<w:p/>'}</w:{root}>")

    # body

    def _page(self, number: int, blocks: tuple[Block, ...]) -> str:
        paper, content = self.paper, ""
        if paper.edge and number == 1:
            content += self._marking(paper.edge)
            self.places.put(paper.edge, None, "body edge")
        if number == 1:
            content += self._paragraph(self._runs(paper.letterhead)) if paper.letterhead else ""
            content += self._paragraph(self._runs(paper.date), '<w:jc w:val="right"/>')
            content += self._paragraph(self._runs(paper.title, look='<w:b/><w:sz w:val="32"/>'))
        content += "".join(self._block(block) for block in blocks)
        if paper.edge and number == len(paper.pages):
            content += self._marking(paper.edge)
            self.places.put(paper.edge, None, "body edge")
        return content

    def _block(self, block: Block) -> str:
        written = block.written
        if written is None:
            return self._paragraph(self._runs(block.text))
        self.places.put(written, None, block.kind)
        if block.kind == "table":
            rows = ((self.paper.title[:20], "4"), (block.text, written.lines[0]), ("JWG/26/114", "2"))
            cells = "".join(
                f"<w:tr>{''.join(f'<w:tc>{self._paragraph(self._runs(cell))}</w:tc>' for cell in row)}</w:tr>"
                for row in rows
            )
            return f"<w:tbl>{cells}</w:tbl>"
        if block.kind == "text box":
            return self._paragraph(self._box(self._marking(written)))
        if block.kind in ("footnote", "comment"):
            return self._note(block.kind, written)
        return self._paragraph(self._runs(" ".join((*written.lines, block.text))))

    def _note(self, kind: str, written: Written) -> str:
        notes = self.notes.setdefault(kind, [])
        number = len(notes) + 1
        notes.append(f'<w:{kind} w:id="{number}">{self._marking(written, "")}</w:{kind}>')
        reference = f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'
        return self._paragraph(self._runs(self.paper.title) + reference)

    # package

    def _part(self, kind: str, name: str, content: str) -> str:
        start, end = content.split(">", 1)
        bare = start.endswith("/")
        opened = f"{start.rstrip('/')} {_SPACES}{'/' if bare else ''}>"
        self.parts[f"word/{name}.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{opened}{end}'
        plural = {"footnote": "footnotes", "comment": "comments"}.get(kind, kind)
        self.links.append((name, plural, f"{name}.xml"))
        return name

    def _property(self, written: Written) -> None:
        self.parts["docProps/custom.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><Properties '
            'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Classification">'
            f"<vt:lpwstr>{escape(written.lines[0])}</vt:lpwstr></property></Properties>"
        )
        self.places.put(written, None, "property")

    def _package(self, document: str) -> bytes:
        start, end = document.split(">", 1)
        self.parts["word/document.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{start} {_SPACES}>{end}'
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{_type_of(name)}"/>' for name in self.parts
        )
        root = [("main", "officeDocument", "word/document.xml")]
        if self.paper.named:
            root.append(("custom", "custom-properties", "docProps/custom.xml"))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            package.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{_PACKAGE}/content-types">{types}<Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            )
            package.writestr("_rels/.rels", _links(root))
            package.writestr("word/_rels/document.xml.rels", _links(self.links))
            for name, content in self.parts.items():
                package.writestr(name, content)
        return target.getvalue()


def _type_of(name: str) -> str:
    if name.startswith("docProps"):
        return _PROPERTIES
    stem = name.removeprefix("word/").removesuffix(".xml")
    if stem == "document":
        return f"{_WORD_TYPE}.document.main+xml"
    kind = next(
        (kind for kind in ("header", "footer", "footnotes", "comments") if stem.startswith(kind)), stem
    )
    return f"{_WORD_TYPE}.{kind}+xml"


def _links(links: list[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def word_of(paper: Paper) -> tuple[bytes, list[Placed]]:
    """The paper as a Word file, and what stands where."""
    return _Setter(paper).finished()
