"""How fast slides, sheets and pages of other forms are read, beside the fastest that reads their text at all.

    make bench

The yardstick inflates the parts and takes their text by lxml, or decodes the file; ratios are of one run.
"""

from __future__ import annotations

import io
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree, html

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.readers.read import read
from speed import LINES, lxml_text_of_all_parts, measured, sentence

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.odf_files import open_document
from support.sheet_files import printed, sheet, sheets_file, strings
from support.slide_files import BOTTOM, TOP, shape, slide, slides_file, table

if TYPE_CHECKING:
    from collections.abc import Callable

SLIDES, SHEETS, ROWS, COLUMNS, PAGES = 200, 5, 1000, 10, 200


def slides() -> bytes:
    """A presentation of slides with a header, a footer, a title, eight lines and a table."""
    return slides_file(
        *(
            slide(
                shape("UK SECRET", TOP),
                shape(sentence(number), (60, 50, 600, 40)),
                shape("\n".join(sentence(number * 8 + line) for line in range(8))),
                table(*((sentence(number)[:20], str(line)) for line in range(4)), place=(60, 420, 600, 60)),
                shape("UK SECRET", BOTTOM),
            )
            for number in range(SLIDES)
        )
    )


def sheets() -> bytes:
    """A workbook of sheets with a print header, rows of texts, numbers and dates."""
    texts = [sentence(number)[:40] for number in range(ROWS)]

    def cells(row: int) -> str:
        return "".join(
            f'<c r="{chr(65 + column)}{row}" s="0" t="s"><v>{(row * column) % ROWS}</v></c>'
            if column % 2
            else f'<c r="{chr(65 + column)}{row}" s="0"><v>{row * column}</v></c>'
            for column in range(COLUMNS)
        )

    rows = (f'<row r="{row}">{cells(row)}</row>' for row in range(1, ROWS + 1))
    one = sheet(*rows, after=printed("&CUK SECRET"))
    return sheets_file(
        *[one] * SHEETS,
        names=tuple(f"S{number}" for number in range(SHEETS)),
        states=("visible",) * SHEETS,
        linked={"sharedStrings": strings(*texts)},
    )


def open_text() -> bytes:
    return open_document("".join(f"<text:p>{sentence(line)}</text:p>" for line in range(PAGES * LINES)))


def rich_text() -> bytes:
    body = "".join(f"\\pard\\plain\\f0\\fs22 {sentence(line)}\\par\n" for line in range(PAGES * LINES))
    return ("{\\rtf1\\ansi{\\header UK SECRET\\par}" + body + "}").encode()


def web_page() -> bytes:
    body = "".join(f'<p class="a">{sentence(line)} <b>rig</b></p>\n' for line in range(PAGES * LINES))
    return f"<html><head><style>.a{{color:#111}}</style></head><body>{body}</body></html>".encode()


def html_text(data: bytes) -> None:
    "".join(html.fromstring(data).itertext())


def parts_text(data: bytes, *names: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in names:
            "".join(etree.fromstring(package.read(name)).itertext())


def main() -> None:
    """Print a line for each form: milliseconds a unit, and how many times its yardstick that is."""
    policy = load_policy()
    forms: tuple[tuple[str, bytes, str, int, Callable[[bytes], object]], ...] = (
        ("deck.pptx", slides(), "slide", SLIDES, lxml_text_of_all_parts),
        ("book.xlsx", sheets(), "sheet", SHEETS, lxml_text_of_all_parts),
        ("plan.odt", open_text(), "page", PAGES, lxml_text_of_all_parts),
        ("page.html", web_page(), "page", PAGES, html_text),
        ("plan.rtf", rich_text(), "page", PAGES, lambda data: data.decode("cp1252").split("\\par")),
    )
    print("\nOffice files: reading, and the whole check, by their yardsticks")
    for name, data, unit, count, yardstick in forms:
        figures = measured(
            {
                "read": partial(read, data, name, policy.config.limits),
                "check": partial(check_document, data, name, policy),
                "yardstick": partial(yardstick, data),
            }
        )
        least = figures["yardstick"]
        print(
            f"  {name:<10} {figures['read'] / count:8.2f} ms/{unit:<6} read {figures['read'] / least:6.1f}x,"
            f" check {figures['check'] / least:6.1f}x the yardstick ({least / count:.2f} ms/{unit})"
        )


if __name__ == "__main__":
    main()
