"""The register of checks as a table: for a spreadsheet, for a printer, for programs."""

from __future__ import annotations

import codecs
import csv
import io
from html import escape
from typing import TYPE_CHECKING

import msgspec

from countermark.reporting.formats.registry import RegisterFormat
from countermark.reporting.rows import harmless
from countermark.reporting.terminal.text import verdict_word
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from countermark.model.run import RegisterEntry

_COLUMNS = (
    "number",
    "at",
    "account",
    "operator",
    "run",
    "path",
    "sha256",
    "marking",
    "verdict",
    "documents",
    "policy",
    "tool",
)
_STYLE = (
    "body{font:14px sans-serif}table{border-collapse:collapse}th,td{border:1px solid #888;padding:2px 6px;"
    "text-align:left;overflow-wrap:anywhere}thead{display:table-header-group}@page{size:A4 landscape}"
)


def register_in(form: RegisterFormat, entries: Iterable[RegisterEntry], lang: str) -> bytes:
    """Return the register in that form, in UTF-8 where it is text."""
    if form is RegisterFormat.json:
        return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    return _RENDERERS[form](_rows(entries, lang), lang)


def _rows(entries: Iterable[RegisterEntry], lang: str) -> Iterator[list[str]]:
    yield [text(lang, f"ui.register.{name}") for name in _COLUMNS]
    for entry in entries:
        cells = {name: getattr(entry, name) for name in _COLUMNS}
        cells["verdict"] = verdict_word(entry.verdict, lang)
        yield ["" if cells[name] is None else harmless(str(cells[name])) for name in _COLUMNS]


def _csv(rows: Iterable[list[str]], _lang: str) -> bytes:
    page = io.StringIO()
    csv.writer(page, quoting=csv.QUOTE_ALL).writerows(rows)
    return codecs.BOM_UTF8 + page.getvalue().encode("utf-8", "backslashreplace")


def _xlsx(rows: Iterable[list[str]], lang: str) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(text(lang, "ui.register.title"))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return file.getvalue()


def _html(rows: Iterable[list[str]], lang: str) -> bytes:
    title = escape(text(lang, "ui.register.title"))
    head, *lines = (f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_STYLE}</style>'
        f"<h1>{title}</h1><table><thead>{head.replace('td>', 'th>')}</thead>"
        f"<tbody>{chr(10).join(lines)}</tbody></table></html>\n"
    ).encode("utf-8", "backslashreplace")


_RENDERERS: dict[RegisterFormat, Callable[[Iterable[list[str]], str], bytes]] = {
    RegisterFormat.csv: _csv,
    RegisterFormat.xlsx: _xlsx,
    RegisterFormat.html: _html,
}
