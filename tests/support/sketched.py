"""What an example says, whichever file it becomes; and what a kind of file can't carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.rules.rule import ExampleDocument, SketchPage

FILLER = "The interface between the two units is described in the annex to this report."
"""The body of a page whose example is about something else."""

GUID = "7c1a90d2-4f5e-4f0b-9a57-0d6f3f5f2b11"

NOT_ON_PAPER = {
    "subject": "only a mail has a subject line",
    "flowing": "only a mail or a text has no header and footer",
}
NOT_IN_PDF = {
    **NOT_ON_PAPER,
    "inactive": "a PDF has no header that is switched off",
    "struck": "a PDF has no text that is struck through, only lines drawn across it",
}
NOT_IN_WORD = {**NOT_ON_PAPER, "revision": "a Word file keeps no earlier revision"}


def hindrance(sketch: ExampleDocument, reasons: dict[str, str]) -> str:
    """Why a kind of file can't carry the sketch; empty where it can."""
    return next(
        (
            why
            for part, why in reasons.items()
            for one in (sketch, *sketch.pages, *sketch.children, *sketch.beside)
            if getattr(one, part, "")
        ),
        "",
    )


def entries_of(sketch: ExampleDocument) -> dict[str, str]:
    """The sketch's properties and labels as entries, a sensitivity label spread over its own."""
    entries = dict(sketch.properties)
    for name, text in sketch.labels.items():
        if name == "MSIP_Label":
            own = {"Enabled": "true", "Name": text, "ContentBits": str(sketch.content_bits)}
            entries |= {f"MSIP_Label_{GUID}_{part}": value for part, value in own.items()}
        else:
            entries[name] = text
    return entries


def hidden_first(page: SketchPage) -> Iterator[tuple[str, str]]:
    """The lines that a reader does not see, with how they are kept from sight."""
    for how in ("hidden", "covered"):
        yield from ((line, how) for line in getattr(page, how).splitlines())
