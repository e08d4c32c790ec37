"""What a producer made of a paper, and the truth about it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter

from accuracy.paper import Places
from accuracy.truth import Kind, Placed, Sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accuracy.papers.model import HardPaper
    from accuracy.truth import Written

BODY = frozenset(("body", "table", "textbox", "header", "footer", "footnote", "annotation"))
"""What a reader may call the place of a marking in the text, which may be at the page's edge."""
WATERMARK = frozenset(("watermark", *BODY))
"""... and of one across the page: long ones reach its edges."""


@dataclass(frozen=True)
class Printed:
    """A file; `pages` is the number of pages of each section, nothing where the format has no pages."""

    paper: HardPaper
    data: bytes
    suffix: str
    pages: tuple[int, ...] = ()


def joined(paper: HardPaper, parts: Sequence[bytes]) -> Printed:
    """Return the sections' PDF files as one."""
    counts = tuple(len(PdfReader(io.BytesIO(part)).pages) for part in parts)
    if len(parts) == 1:
        return Printed(paper, parts[0], "pdf", counts)
    writer, target = PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part))
    writer.write(target)
    return Printed(paper, target.getvalue(), "pdf", counts)


def sample_of(printed: Printed, producer: str, number: int) -> Sample:
    """Return the sample with all that is marked in it."""
    paper = printed.paper
    placed = _on_pages(printed) if printed.pages else _in_flow(paper)
    for section in paper.sections:
        for element in section.elements:
            if element.written:
                placed += _in_text(element.written, optional=element.optional)
    if stamped := paper.stamped:
        for page in range(1, sum(printed.pages) + 1) if printed.pages else (None,):
            placed += [
                Placed(truth, stamped, page, "watermark", WATERMARK, optional=True)
                for truth in stamped.truths
            ]
    name = "-".join((producer, paper.kind, f"{number:04}")).replace(" ", "-").replace("'", "")
    return Sample(
        f"{name}.{printed.suffix}",
        printed.data,
        producer,
        paper.language,
        Kind.clean,
        tuple(placed),
        setting=paper.kind,
        has_pages=bool(printed.pages),
    )


def _on_pages(printed: Printed) -> list[Placed]:
    places, page = Places(), 0
    for section, count in zip(printed.paper.sections, printed.pages, strict=True):
        for number in range(1, count + 1):
            page += 1
            for zone, band in zip(("header", "footer"), section.bands(number), strict=True):
                if band.written:
                    places.put(band.written, page, zone)
    return [_optional_company(wanted) for wanted in places.placed]


def _in_flow(paper: HardPaper) -> list[Placed]:
    """Return each marking once for header and footer: pages come later, by the program that shows them."""
    places = Places(strict=True)
    for zone_index, zone in enumerate(("header", "footer")):
        shown = dict.fromkeys(
            bands[zone_index].written for section in paper.sections for bands in section.variants.values()
        )
        for written in shown:
            if written:
                places.put(written, None, zone)
    return [_optional_company(wanted) for wanted in places.placed]


def _optional_company(wanted: Placed) -> Placed:
    is_optional = wanted.written.form == "company mark"
    return Placed(wanted.truth, wanted.written, wanted.page, wanted.zone, wanted.zones, optional=is_optional)


def _in_text(written: Written, *, optional: bool) -> list[Placed]:
    return [Placed(truth, written, None, "body", BODY, optional=optional) for truth in written.truths]
