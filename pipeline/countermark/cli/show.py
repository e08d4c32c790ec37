"""What a command shows, on standard output."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from countermark.cli.options import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console


def show(write: Callable[[Console], None], content: object, form: OutputFormat) -> None:
    """`content` as JSON, or what `write` makes of it as text.

    A terminal gets it as it is written, anything else when it is complete.
    """
    from countermark.reporting.formats.json import pretty
    from countermark.support.atomic_output import write_output
    from countermark.support.console import console_on

    if form is OutputFormat.json:
        write_output(pretty(content), None)
    elif sys.stdout.isatty():
        write(console_on(sys.stdout))
    else:
        page = io.StringIO()
        write(console_on(page))
        write_output(page.getvalue().encode("utf-8", "backslashreplace"), None)
