"""The formats that are read, as a Markdown page, and the pattern of the pre-commit hook.

`python -m countermark.reporting.format_page docs .pre-commit-hooks.yaml` writes them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.readers.formats import formats, name_pattern
from countermark.support.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.format import Format

_FILES = re.compile(r"^( *files: ).*$", re.MULTILINE)


def format_page(lang: str) -> str:
    """Return the page of all formats in that language."""
    rows = [
        f"| {text(lang, f'ui.formats.names.{row.key}')} | {_suffixes(row)} | {_code(row.extra)} |"
        for row in sorted(formats(), key=lambda row: row.is_everyday)
    ]
    table = "\n".join((text(lang, "ui.formats.columns"), "|---|---|---|", *rows))
    parts = [f"# {text(lang, 'ui.formats.title')}", text(lang, "ui.formats.about"), table]
    return "\n\n".join(parts) + "\n"


def _suffixes(row: Format) -> str:
    return " ".join(map(_code, row.media_types))


def _code(written: str | None) -> str:
    return f"`{written}`" if written else ""


def format_pages() -> Iterator[tuple[str, str]]:
    """Yield each page with its path below the folder of documents."""
    for lang in LANGUAGES:
        yield ("" if lang == LANGUAGES[0] else f"{lang}/") + "formats.md", format_page(lang)


def with_pattern(hooks: str) -> str:
    """Return the file of pre-commit hooks with the pattern of the names that claim to be documents."""
    return _FILES.sub(lambda found: found[1] + name_pattern(), hooks)


if __name__ == "__main__":
    docs, hooks = map(Path, sys.argv[1:])
    for path, content in format_pages():
        (docs / path).write_text(content, encoding="utf-8", newline="\n")
    hooks.write_text(with_pattern(hooks.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
