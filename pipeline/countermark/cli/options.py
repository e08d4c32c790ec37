"""Options that several commands take, and what they mean."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from countermark.config.configuration import choose
from countermark.model import Stage
from countermark.support.limits import GREATEST_SECONDS
from countermark.support.messages import preferred_language
from countermark.support.streams import complain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from countermark.config.policy import Policy
    from countermark.sources import Source


class OutputFormat(StrEnum):
    text = "text"
    json = "json"


class Party(StrEnum):
    GB = "GB"
    JP = "JP"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


def choice(kind: type[StrEnum]) -> str:
    """The values of an option as its help shows them."""
    return "|".join(kind)


FormatOption = Annotated[OutputFormat, typer.Option("--format", metavar=choice(OutputFormat))]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE")]
NoConfigOption = Annotated[bool, typer.Option("--no-config")]
TrustOption = Annotated[bool, typer.Option("--trust-config-in-paths")]
DayOption = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]
PasswordsOption = Annotated[Path | None, typer.Option("--password-file", metavar="FILE")]
Codes = Annotated[list[str] | None, typer.Option(metavar="CODES")]
FromOption = Annotated[Party | None, typer.Option("--from", metavar=choice(Party))]
ToOption = Annotated[Party | None, typer.Option("--to", metavar=choice(Party))]
FollowOption = Annotated[bool, typer.Option("--follow-links")]
StageOption = Annotated[Stage | None, typer.Option(metavar=choice(Stage))]
JobsOption = Annotated[int, typer.Option(metavar="N", min=0)]
TimeoutOption = Annotated[float | None, typer.Option(metavar="SECONDS", min=1, max=GREATEST_SECONDS)]


def policy_of(
    lang: str | None,
    config: Path | None,
    *,
    no_config: bool = False,
    trust: bool = False,
    start: Path | None = None,
    sources: Sequence[Source] = (),
    **overrides: Any,
) -> Policy:
    """The policy of a run on `sources`, whose common folder is `start`; its language is the one asked for,
    else the configuration's, else the user's own."""
    from countermark.config.policy import load_policy

    start = start or Path.cwd()
    chosen = choose(config, start, (source.path for source in sources), none=no_config, trust=trust)
    policy = load_policy(
        chosen.file,
        start=start,
        use_config=chosen.file is not None,
        ignored=chosen.ignored,
        lang=lang,
        **overrides,
    )
    used = lang or policy.config.lang or preferred_language()
    return msgspec.structs.replace(policy, lang=used)


def tell_configuration(policy: Policy) -> None:
    """Say on standard error which configuration applies, and which were found that do not; nothing where
    there is none of either."""
    from countermark.reporting.configuration import configuration_lines
    from countermark.reporting.summary import policy_summary

    used = policy.configuration or policy.ignored
    for line in configuration_lines(policy_summary(policy), policy.lang) if used else ():
        complain(f"countermark: {line}")


def codes(given: Iterable[str] | None) -> tuple[str, ...]:
    """Rule codes and families from repeated options and lists with commas."""
    return tuple(code.strip().upper() for entry in given or () for code in entry.split(",") if code.strip())
