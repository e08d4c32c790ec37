"""A rule's example as a real Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from countermark.checking.rule_examples import pages_of
from support.sketched import FILLER, entries_of, hidden_first
from support.word_files import paragraph, section, word_file

if TYPE_CHECKING:
    from countermark.rules.rule import ExampleDocument, SketchPage

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
UNSEEN = {
    "hidden": '<w:color w:val="FFFFFF"/>',
    "covered": '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
}


def word_of(sketch: ExampleDocument) -> bytes:
    """The sketch as a .docx with a section for each page: children are embedded packages, labels custom
    properties; what is covered is black on black."""
    pages = pages_of(sketch)
    bands: dict[str, str] = {}
    body = ""
    for number, page in enumerate(pages, 1):
        ends = _section(page, number, bands)
        body += _body(page) + (ends if number == len(pages) else paragraph("", ends))
    comments = "".join(
        f'<w:comment w:id="{number}">{_paragraphs(page.comment)}</w:comment>'
        for number, page in enumerate(pages)
        if page.comment
    )
    files = {f"child-{number}.docx": word_of(child) for number, child in enumerate(sketch.children, 1)}
    return word_file(
        body,
        bands=bands,
        linked={"comments": comments} if comments else {},
        more={
            **{f"word/embeddings/{name}": data for name, data in files.items()},
            "docProps/core.xml": _core(sketch),
            "docProps/custom.xml": _custom(sketch),
        },
        more_links={f"e{number}": ("package", f"embeddings/{name}") for number, name in enumerate(files)},
        root_links={
            "core": ("metadata/core-properties", "docProps/core.xml"),
            "custom": ("custom-properties", "docProps/custom.xml"),
        },
    )


def _section(page: SketchPage, number: int, bands: dict[str, str]) -> str:
    """The page's section; its header and footer are added to `bands`, a header that is switched off as
    that of a first page."""
    kind = page.kind or "default"
    bands[f"h{number}"] = (
        _paragraphs(page.struck, "<w:strike/>") + _paragraphs(page.head) + _watermark(page.watermark)
    )
    bands[f"f{number}"] = _paragraphs(page.foot)
    names = [f"header-{kind}-h{number}", f"footer-{kind}-f{number}"]
    if page.inactive:
        bands[f"hx{number}"] = _paragraphs(page.inactive)
        names.append(f"header-first-hx{number}")
    return section(*names, title_page=kind == "first")


def _body(page: SketchPage) -> str:
    unseen = "".join(paragraph(escape(line), run=UNSEEN[how]) for line, how in hidden_first(page))
    return unseen + _paragraphs(page.body or FILLER)


def _paragraphs(text: str, run: str = "") -> str:
    """A paragraph for each line, one at least: a header without any is not a valid part."""
    return "".join(paragraph(escape(line), run=run) for line in text.splitlines() or [""])


def _watermark(text: str) -> str:
    shape = '<v:shapetype><v:textpath on="t"/></v:shapetype><v:shape><v:textpath string="{}"/></v:shape>'
    return "".join(
        f"<w:p><w:r><w:pict>{shape.format(escape(line))}</w:pict></w:r></w:p>" for line in text.splitlines()
    )


def _core(sketch: ExampleDocument) -> str:
    told = {f"dc:{name.lower()}": value for name, value in sketch.properties.items()}
    if sketch.date:
        told["dcterms:modified"] = f"{sketch.date.isoformat()}T12:00:00Z"
    content = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    return (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{content}</cp:coreProperties>'
    )


def _custom(sketch: ExampleDocument) -> str:
    told = {name: value for name, value in entries_of(sketch).items() if name not in sketch.properties}
    content = "".join(
        f'<property fmtid="{FORMAT}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(told.items(), 2)
    )
    return f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VARIANT}">{content}</Properties>'
