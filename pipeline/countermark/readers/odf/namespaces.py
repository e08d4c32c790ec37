"""The XML namespaces of OpenDocument (ODF 1.3 part 3, 4), as lxml writes them before names."""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW = f"{{{_ODF}drawing:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
FORM = f"{{{_ODF}form:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
OFFICE = f"{{{_ODF}office:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
MANIFEST = f"{{{_ODF}manifest:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
