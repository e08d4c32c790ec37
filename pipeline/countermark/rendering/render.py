"""The pictures of one document's pages."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from countermark.model import Location, Noun, PageKind
from countermark.readers.content import Content
from countermark.readers.formats import Pictures, pictures_of
from countermark.rendering.printed import PrintedPlace, placements, printed_pages
from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from countermark.config.policy import Policy
    from countermark.readers.pdf.pdfium import PdfiumPage
    from countermark.rendering.wanted import Wanted

MOST_PAGES = 20
"""How many pages of one document are pictured."""
_LONGEST = 900
_QUALITY = 55


class Why(StrEnum):
    """Why there is no picture of a document's pages."""

    full = "full"
    """The report has as many pictures as it may have."""
    no_office = "no-office"
    not_printed = "not-printed"
    encrypted = "encrypted"
    """A Word file that opens with a password only: printing would leave its plain text on the disk."""
    failed = "failed"


class PageImage(Noun, frozen=True):
    """A page as it looks: `page` counts from 1, `width` and `height` are the page's in points, `image` is
    a JPEG. `section` and `kind` are those that a page of a printed Word file shows.
    """

    page: int
    width: float
    height: float
    image: bytes
    section: int | None = None
    kind: PageKind | None = None


class PageImages(Noun, frozen=True):
    """The pictures of one document; of a printed Word file also where its places stand on them.

    With no pages `why` says the reason.
    """

    pages: tuple[PageImage, ...] = ()
    placements: tuple[PrintedPlace, ...] = ()
    why: Why | None = None


def render(content: bytes, wanted: Wanted, paper: bytes | None, policy: Policy) -> PageImages:
    """Return the pages as PDFium renders them with the fonts of this machine.

    `content` is the file, `paper` the PDF that a Word file was printed to. Raises PdfiumError where a
    page can't be rendered.
    """
    if hashlib.sha256(content).hexdigest() != wanted.sha256:
        return PageImages(why=Why.failed)
    if pictures_of(wanted.media_type) is not Pictures.direct:
        if paper is None:
            is_locked = Content(content, "").is_encrypted_package
            return PageImages(why=Why.encrypted if is_locked else Why.not_printed)
        return _of_print(content, paper, wanted.places, policy)
    pages = dict.fromkeys(location.page for location, _ in wanted.places if location.page)
    return PageImages(pages=_pictures(content, list(pages)[:MOST_PAGES], policy))


def _of_print(
    content: bytes, paper: bytes, places: Sequence[tuple[Location, str]], policy: Policy
) -> PageImages:
    """Return for each place the first printed page that shows it, or else its section's page kind."""
    from countermark.readers.read import read

    word = read(content, "document.docx", policy.config.limits)
    printed = printed_pages(word, read(paper, "document.pdf", policy.config.limits))
    found = list(placements(word, printed, places))
    first: dict[tuple[int | None, PageKind | None], int] = {
        (page.section, page.kind): page.number for page in reversed(printed)
    }
    of_places = {placement.location: placement.page for placement in reversed(found)}
    numbers = [of_places.get(place, first.get((place.section, place.kind))) for place, _ in places]
    chosen = list(dict.fromkeys(number for number in numbers if number))[:MOST_PAGES]
    shown = {page.number: page for page in printed}
    return PageImages(
        pages=tuple(
            msgspec.structs.replace(
                picture, section=shown[picture.page].section, kind=shown[picture.page].kind
            )
            for picture in _pictures(paper, chosen, policy)
        ),
        placements=tuple(placement for placement in found if placement.page in chosen),
    )


def _pictures(pdf: bytes, numbers: Iterable[int], policy: Policy) -> tuple[PageImage, ...]:
    from countermark.readers.pdf.reader import opened

    document, _ = opened(pdf, policy.passwords)
    try:
        document.init_forms()
        return tuple(_picture(document[number - 1], number) for number in sorted(numbers))
    finally:
        document.close()


def _picture(page: PdfiumPage, number: int) -> PageImage:
    heartbeat()
    width, height = page.get_size()
    picture = page.render(scale=_LONGEST / max(width, height)).to_pil()
    packed = BytesIO()
    picture.convert("RGB").save(packed, "JPEG", quality=_QUALITY, optimize=True)
    return PageImage(page=number, width=width, height=height, image=packed.getvalue())
