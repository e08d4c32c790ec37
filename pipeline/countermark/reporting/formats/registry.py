"""The forms that a report can have, by name."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countermark.reporting.summary import ReportInput

    Render = Callable[[ReportInput], Iterable[bytes]]
    """A run -> the report's bytes, piece by piece."""


class ReportFormat(StrEnum):
    """A form of report; the module of its name renders it."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    sarif = "sarif"
    junit = "junit"
    gitlab = "gitlab"
    github = "github"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"


class RegisterFormat(StrEnum):
    """A form of the register of checks."""

    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    json = "json"


KEEP_VALUES = frozenset((ReportFormat.json, ReportFormat.jsonl))
"""Forms for programs, which escape text in their own way so that it keeps its value."""


def renderer(form: ReportFormat) -> Render:
    """Return what renders that form.

    It takes a run of which every text is safe to show, unless it is one of those that keep values.
    """
    from countermark.reporting.escaping import escaped_run

    render: Render = import_module(f"countermark.reporting.formats.{form.value}").render
    return render if form in KEEP_VALUES else lambda run: render(escaped_run(run))
