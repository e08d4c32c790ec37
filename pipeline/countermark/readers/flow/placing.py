"""Where on its page a box is that hangs on a header or footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Zone

if TYPE_CHECKING:
    from countermark.readers.flow.lines import TextContext

AT_HEAD, AT_FOOT = frozenset(("top", "topMargin")), frozenset(("bottom", "bottomMargin"))
OF_PAGE = frozenset(("page", "margin", "topMargin", "bottomMargin", "top-margin-area", "bottom-margin-area"))


def placed(where: TextContext, align: str, relative: str, *, behind: bool) -> TextContext:
    """A box that hangs on a header but is aligned with the foot of the page stands at its foot, and the
    other way round; one in the page's middle is at neither."""
    if where.zone not in HEADER_FOOTER or relative not in OF_PAGE:
        return where
    if align in AT_FOOT or (relative.startswith("bottom") and align != "center"):
        return where._replace(zone=Zone.footer)
    if align in AT_HEAD or (relative.startswith("top") and align != "center"):
        return where._replace(zone=Zone.header)
    if align == "center" and relative in ("page", "margin"):
        return where._replace(zone=Zone.watermark if behind else Zone.textbox)
    return where
