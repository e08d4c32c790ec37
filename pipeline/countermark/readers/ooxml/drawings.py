"""What diagrams and charts say that an Office file keeps as parts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.ooxml.namespaces import A

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.safe_xml import XmlElement

DIAGRAMS_AND_CHARTS = frozenset(("diagramData", "chart", "chartEx"))
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART_OF_2014 = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
CHART_TEXTS = (
    f"{CHART}strCache",
    f"{CHART}multiLvlStrCache",
    f"{CHART_OF_2014}strDim",
    f"{CHART_OF_2014}txData",
)
"""What holds the names of a chart's series and categories."""


def drawn_lines(root: XmlElement) -> Iterator[str]:
    """Yield what a diagram or chart part says: its paragraphs, names of series and categories."""
    for element in root.iter(f"{A}p", *CHART_TEXTS):
        if element.tag == f"{A}p":
            yield "".join(element.itertext(f"{A}t"))
        else:
            values = element.iter(f"{CHART}v", f"{CHART_OF_2014}pt", f"{CHART_OF_2014}v")
            yield from (value.text or "" for value in values)
