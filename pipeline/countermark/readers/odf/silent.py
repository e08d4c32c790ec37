"""The elements of an OpenDocument whose text is not the document's (ODF 1.3 part 3, 3 to 8)."""

from __future__ import annotations

import re

from countermark.readers.odf.namespaces import DC, LOEXT, META, OFFICE, STYLE, TABLE, TEXT
from countermark.readers.odf.shapes import DESCRIPTIONS

_SILENT_OF_TEXT = (
    "tracked-changes sequence-decls variable-decls user-field-decls dde-connection-decls ruby-text "
    "note-citation number script bookmark-start bookmark-end alphabetical-index-auto-mark-file"
)
_SILENT_OF_OFFICE = "forms event-listeners dde-source annotation-end"
WITHOUT_TEXT = frozenset(
    (
        *(TEXT + name for name in _SILENT_OF_TEXT.split()),
        *(OFFICE + name for name in _SILENT_OF_OFFICE.split()),
        *(f"{DC}creator", f"{DC}date", f"{META}creator-initials", f"{LOEXT}sender-initials"),
        *(f"{TABLE}table-source", f"{STYLE}style", *DESCRIPTIONS),
    )
)
INDEX_SOURCE = re.compile(re.escape(TEXT) + r"[a-z-]+-source")
