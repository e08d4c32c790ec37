"""Options that several commands take, and what they mean."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.model import Stage
from countermark.support.limits import GREATEST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable


class OutputFormat(StrEnum):
    text = "text"
    json = "json"


class Party(StrEnum):
    """The countries of the exchange, by any of their usual codes."""

    GB = "GB"
    JP = "JP"
    UK = "UK"
    GBR = "GBR"
    JPN = "JPN"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


def choice(kind: type[StrEnum]) -> str:
    """Return the values of an option as its help shows them."""
    return "|".join(kind)


FormatOption = Annotated[OutputFormat, typer.Option("--format", metavar=choice(OutputFormat))]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE")]
NoConfigOption = Annotated[bool, typer.Option("--no-config")]
TrustOption = Annotated[bool, typer.Option("--trust-config-in-paths")]
DayOption = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]
PasswordsOption = Annotated[Path | None, typer.Option("--password-file", metavar="FILE")]
Codes = Annotated[list[str] | None, typer.Option(metavar="CODES")]
_PARTIES = "|".join((Party.GB, Party.JP))
FromOption = Annotated[Party | None, typer.Option("--from", metavar=_PARTIES, case_sensitive=False)]
ToOption = Annotated[Party | None, typer.Option("--to", metavar=_PARTIES, case_sensitive=False)]
FollowOption = Annotated[bool, typer.Option("--follow-links")]
StageOption = Annotated[Stage | None, typer.Option(metavar=choice(Stage))]
JobsOption = Annotated[int, typer.Option(metavar="N", min=0)]
TimeoutOption = Annotated[float | None, typer.Option(metavar="SECONDS", min=1, max=GREATEST_SECONDS)]


def codes(given: Iterable[str] | None) -> tuple[str, ...]:
    """Rule codes and families from repeated options and lists with commas."""
    return tuple(code.strip().upper() for entry in given or () for code in entry.split(",") if code.strip())
