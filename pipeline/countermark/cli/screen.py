"""What a run says on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from countermark.support.streams import complain

if TYPE_CHECKING:
    from rich.progress import Progress


class Screen:
    """Lines, and a progress bar where standard error is a terminal."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def warn(self, line: str) -> None:
        """Write a line."""
        complain(line)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show how far the stage is."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
            self._bar.add_task(stage)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total, refresh=True)

    def end(self, _stage: str) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
            self._bar = None
