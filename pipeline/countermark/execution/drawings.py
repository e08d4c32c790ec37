"""Drawings of what was read of one document, made by guarded workers and put into a folder."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from countermark.execution.pool import inspect_all, run_all
from countermark.execution.worker import Job
from countermark.model import Picture, Problem
from countermark.readers.formats import Pictures, pictures_of
from countermark.rendering.asked import check_pillow
from countermark.rendering.office import Print, find_office
from countermark.rendering.sheet import pdf_sheets, rendered_sheets, word_sheets
from countermark.sources import Source
from countermark.sources.content import read
from countermark.support.atomic_output import write_output
from countermark.support.errors import CountermarkError, system_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.config.policy import Policy
    from countermark.model import Inspection
    from countermark.rendering.sheet import Sheet


def check_folder(folder: Path) -> None:
    """Make the folder where it is missing.

    Raises CountermarkError where that can't be done, or where Pillow, which draws, is not installed.
    """
    check_pillow()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CountermarkError("output-failed", path=folder, reason=system_term(error)) from error


def save_pictures(
    source: Source, inspection: Inspection, folder: Path, policy: Policy
) -> Iterator[tuple[Path, Problem | None]]:
    """Yield each picture's file as it is written, with the Problem that kept it from being drawn, if any.

    PDF pages are shown as PDFium renders them, Word files as LibreOffice prints them; where it is not
    installed or makes nothing of the file, there is a schema of each section's page kinds.
    """
    if pictures_of(inspection.media_type) is Pictures.direct:
        yield from _drawn(pdf_sheets(inspection, source.path), folder, policy)
        return
    with TemporaryDirectory(prefix="countermark-") as made:
        yield from _drawn(_word(source, inspection, Path(made), policy), folder, policy)


def _word(source: Source, inspection: Inspection, made: Path, policy: Policy) -> Iterable[Sheet]:
    print_of = _print(source, policy) if inspection.content else None
    if print_of:
        printed = made / "document.pdf"
        printed.write_bytes(print_of)
        (rendered,) = inspect_all([Source(printed, source.name, given=True)], policy)
        if rendered.content:
            return rendered_sheets(inspection, rendered, printed)
    return word_sheets(inspection)


def _print(source: Source, policy: Policy) -> bytes | None:
    limits = policy.config.limits
    program = find_office()
    content = read(source.path, limits.file_mb) if program else None
    if program is None or not isinstance(content, bytes):
        return None
    with suppress(OSError), closing(Print(program, content, limits)) as printing:
        return printing.result()
    return None


def _drawn(sheets: Iterable[Sheet], folder: Path, policy: Policy) -> Iterator[tuple[Path, Problem | None]]:
    for sheet, outcome in run_all(sheets, policy, Job(draw_sheet, Picture)):
        path = folder / f"{sheet.name}.png"
        if isinstance(outcome, Picture):
            write_output(outcome.png, path)
            yield path, None
        else:
            yield path, outcome


def draw_sheet(sheet: Sheet, policy: Policy) -> Picture:
    """Draw one sheet; runs in a guarded worker. Raises FileNotFoundError where its PDF is gone."""
    from countermark.rendering.draw import draw

    pdf = read(sheet.path, policy.config.limits.file_mb) if sheet.path else None
    if isinstance(pdf, Problem):
        raise FileNotFoundError(pdf.reason)
    return draw(sheet, pdf, policy.passwords)
