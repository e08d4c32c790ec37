"""What some tests need and a machine may lack.

A test says so by a marker of that name, or takes the fixture of that name; where it is lacking the test is
skipped with the reason (tests/conftest.py).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from countermark.rendering.office import find_office

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
"""Files by others, beside the checkout."""


class Need(NamedTuple):
    """Whether it is here, and what is said where it is not."""

    is_here: bool
    reason: str


NEEDS = {
    "office": Need(find_office() is not None, "LibreOffice is not installed"),
    "browser": Need(
        bool(shutil.which("chromium") and shutil.which("chromedriver")),
        "Chromium or its driver is not installed",
    ),
    "corpus": Need(CORPUS.is_dir(), "the corpus of other people's files is not beside the checkout"),
}
