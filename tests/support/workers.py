"""The worker processes of this process, as the system shows them."""

from __future__ import annotations

from pathlib import Path

import psutil

from countermark.execution import start


def workers() -> list[psutil.Process]:
    """The workers that run now."""
    started = str(Path(start.__file__).resolve())
    return [child for child in psutil.Process().children() if started in child.cmdline()]
