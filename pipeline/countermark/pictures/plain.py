"""Pages as they look, as small pictures for reports; rendered in guarded workers."""

from __future__ import annotations

import importlib.util
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.errors import CountermarkError
from countermark.model import DocumentReport, Noun
from countermark.run.pool import run_all
from countermark.run.worker import Job, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.policy import Policy
    from countermark.sources import Source

PDF = "application/pdf"
MOST_PAGES = 20
"""How many pages of one document are pictured."""
MOST_BYTES = 15_000_000
"""What the pictures of one report may come to; documents beyond it go without."""
_LONGEST = 900
_QUALITY = 55


class Images(StrEnum):
    """Of which documents a report shows pictures."""

    none = "none"
    findings = "findings"
    all = "all"


class Wanted(NamedTuple):
    """Pages, counted from 1, of one PDF file."""

    source: Source
    pages: tuple[int, ...]


class PageImage(Noun, frozen=True):
    """A page as it looks: `page` counts from 1, `width` and `height` are the page's in points, `image` is
    a JPEG."""

    page: int
    width: float
    height: float
    image: bytes


class PageImages(Noun, frozen=True):
    """The pictures of one document."""

    pages: tuple[PageImage, ...]


def has_pillow() -> bool:
    return importlib.util.find_spec("PIL") is not None


def check_pillow() -> None:
    """Raises CountermarkError where Pillow, which packs the pictures, is not installed."""
    if not has_pillow():
        raise CountermarkError("pillow-missing")


def page_images(
    sources: Iterable[Source], reports: Iterable[DocumentReport], which: Images, policy: Policy
) -> dict[str, tuple[PageImage, ...]]:
    """Pictures of the pages that markings or findings stand on, by the name of their document: of PDF files
    with findings, or of all. A page that can't be rendered goes without."""
    pictures: dict[str, tuple[PageImage, ...]] = {}
    if which is Images.none:
        return pictures
    room = MOST_BYTES
    for wanted, made in run_all(_wanted(sources, reports, which), policy, Job(render, PageImages)):
        if isinstance(made, PageImages):
            room -= sum(len(page.image) for page in made.pages)
            if room < 0:
                break
            pictures[wanted.source.name] = made.pages
    return pictures


def _wanted(sources: Iterable[Source], reports: Iterable[DocumentReport], which: Images) -> Iterator[Wanted]:
    by_name = {source.name: source for source in sources if source.blob is None}
    for report in reports:
        found = any(not one.suppressed for one in report.findings)
        if report.media_type != PDF or report.path not in by_name or not (found or which is Images.all):
            continue
        places = [place for one in report.findings for place in one.locations]
        places += [one.location for one in report.markings]
        pages = dict.fromkeys(place.page for place in places if place.page)
        yield Wanted(by_name[report.path], tuple(sorted(list(pages)[:MOST_PAGES])))


def render(wanted: Wanted, policy: Policy) -> PageImages:
    """The pages as PDFium renders them with the fonts of this machine. Raises PdfiumError where one can't
    be."""
    from countermark.ingest.pdf import opened

    data = read(wanted.source.path, policy.config.limits.file_mb)
    if not isinstance(data, bytes):
        return PageImages(pages=())
    document, _ = opened(data, policy.passwords)
    try:
        document.init_forms()
        return PageImages(pages=tuple(_picture(document[number - 1], number) for number in wanted.pages))
    finally:
        document.close()


def _picture(page: Any, number: int) -> PageImage:
    width, height = page.get_size()
    picture = page.render(scale=_LONGEST / max(width, height)).to_pil()
    packed = BytesIO()
    picture.convert("RGB").save(packed, "JPEG", quality=_QUALITY, optimize=True)
    return PageImage(page=number, width=width, height=height, image=packed.getvalue())
