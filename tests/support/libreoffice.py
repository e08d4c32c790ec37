"""LibreOffice for the tests: conversions, and an OpenDocument text that has something of every kind."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }.items()
)
STYLES = """
<style:page-layout style:name="page">
  <style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
</style:page-layout>
<style:style style:name="Hidden" style:family="text">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="White" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="NewPage" style:family="paragraph">
  <style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="box" style:family="graphic">
  <style:graphic-properties style:wrap="none" draw:fill="none"/></style:style>
<style:style style:name="behind" style:family="graphic"><style:graphic-properties draw:fill="solid"
  draw:fill-color="#c0c0c0" style:run-through="background" style:wrap="run-through"/></style:style>
"""
TEXT_BOX = (
    '<draw:frame draw:style-name="box" text:anchor-type="char" svg:width="4cm" svg:height="1cm" svg:x="10cm">'
    "<draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
)
WATERMARK = """<draw:custom-shape text:anchor-type="char" draw:name="PowerPlusWaterMarkObject1"
  draw:style-name="behind" svg:width="15cm" svg:height="5cm"><text:p>UK SECRET DRAFT</text:p>
  <draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:text-path="true" draw:text-path-mode="shape"
  draw:type="fontwork-plain-text" draw:enhanced-path="M 0 0 L 21600 0 N M 0 21600 L 21600 21600 N"/>
</draw:custom-shape>"""
MASTER = f"""<style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p>UK SECRET{TEXT_BOX.format("極秘")}{WATERMARK}</text:p></style:header>
<style:header-first><text:p>UK TOP SECRET</text:p></style:header-first>
<style:footer>
  <text:p>Page <text:page-number>1</text:page-number> of <text:page-count>2</text:page-count></text:p>
</style:footer>
<style:footer-first><text:p>First foot</text:p></style:footer-first></style:master-page>"""
WHO = "<dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"
CHANGES = f"""<text:tracked-changes>
<text:changed-region text:id="c1">
  <text:insertion><office:change-info>{WHO}</office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="c2"><text:deletion><office:change-info>{WHO}</office:change-info>
  <text:p>gone words</text:p></text:deletion></text:changed-region></text:tracked-changes>"""


def _note(kind: str, said: str) -> str:
    body = f"<text:note-body><text:p>{said}</text:p></text:note-body>"
    return f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>{body}</text:note>'


def _table(content: str) -> str:
    cell = f'<table:table-cell office:value-type="string">{content}</table:table-cell>'
    return f"<table:table><table:table-column/><table:table-row>{cell}</table:table-row></table:table>"


BODY = f"""{CHANGES}
<text:p>Opening{_note("footnote", "A footnote")}{_note("endnote", "An endnote")}</text:p>
<text:p><text:change-start text:change-id="c1"/>added words<text:change-end text:change-id="c1"/></text:p>
<text:p>Kept<text:change text:change-id="c2"/></text:p>
<text:p>Seen <text:span text:style-name="Hidden">concealed</text:span></text:p>
<text:p><text:span text:style-name="White">white words</text:span></text:p>
<text:p>Asked<office:annotation office:name="n1">{WHO}<text:p>A question</text:p></office:annotation>
here<office:annotation office:name="n2" loext:parent-name="n1">{WHO}<text:p>An answer</text:p>
</office:annotation></text:p>
{_table("<text:p>In a cell</text:p>" + _table("<text:p>In an inner cell</text:p>"))}
<text:p>Anchor{TEXT_BOX.format("Boxed words")}</text:p>
<text:p text:style-name="NewPage">Second page</text:p>"""

FLAT_TEXT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Exercise plan</dc:title>
  <meta:user-defined meta:name="Classification">UK SECRET</meta:user-defined></office:meta>
<office:automatic-styles>{STYLES}</office:automatic-styles>
<office:master-styles>{MASTER}</office:master-styles>
<office:body><office:text>{BODY}</office:text></office:body></office:document>"""


def convert(office: str, folder: Path, sources: list[Path], form: str) -> dict[str, Path]:
    """The files in another form (`pdf`, `docx`), made in one call in `folder`: stem -> path. A file that
    LibreOffice can't open gives none. A filter and its settings may follow the form, after a colon. `office`
    is the program, as the fixture of that name has it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=300)
    made = {source.stem: folder / f"{source.stem}.{form.partition(':')[0]}" for source in sources}
    return {name: path for name, path in made.items() if path.is_file()}
