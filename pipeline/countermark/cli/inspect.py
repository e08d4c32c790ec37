"""The command `inspect`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.cli.options import (
    ConfigOption,
    FailOn,
    FormatOption,
    NoConfigOption,
    OutputFormat,
    PasswordsOption,
    TrustOption,
)
from countermark.cli.show import show
from countermark.config.configuration import ConfigurationChoice
from countermark.support.messages import text
from countermark.support.streams import complain

if TYPE_CHECKING:
    from rich.console import Console

    from countermark.config.policy import Policy
    from countermark.model import Inspection
    from countermark.sources import Source


def inspect(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    form: FormatOption = OutputFormat.text,
    image: Annotated[Path | None, typer.Option(metavar="DIR")] = None,
    password_file: PasswordsOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    trust_config_in_paths: TrustOption = False,
) -> None:
    """Show every line and every marking of one document."""
    from countermark.config.resolve import resolve_policy
    from countermark.execution.drawings import check_folder
    from countermark.execution.outcome import exit_status
    from countermark.execution.pool import inspect_all
    from countermark.reporting.configuration import configuration_notes
    from countermark.reporting.terminal.inspection import write_inspection
    from countermark.sources.paths import common_folder, find
    from countermark.support.passwords import load_passwords

    sources = find([file])
    policy = resolve_policy(
        ConfigurationChoice(config, no_config, trust_config_in_paths),
        common_folder([file]),
        (source.path for source in sources),
        lang=ctx.obj,
        fail_on=FailOn.never,
        passwords=load_passwords(password_file),
    )
    if image:
        check_folder(image)
    for line in configuration_notes(policy):
        complain(line)
    inspections = list(inspect_all(sources, policy))

    def write(console: Console) -> None:
        for inspection in inspections:
            write_inspection(inspection, console, policy.lang)

    if image:
        _save(image, sources[0], inspections[0], policy)
    show(write, inspections[0] if len(inspections) == 1 else inspections, form)
    raise typer.Exit(exit_status(zip(sources, inspections, strict=True), FailOn.never))


def _save(folder: Path, source: Source, inspection: Inspection, policy: Policy) -> None:
    """Save the pictures; what could not be drawn, and how many were, is told on standard error."""
    from countermark.execution.drawings import save_pictures

    written = 0
    for path, problem in save_pictures(source, inspection, folder, policy):
        if problem:
            reason = text(policy.lang, f"reasons.{problem.reason}", problem.args)
            complain(text(policy.lang, "ui.not_drawn", {"path": path, "reason": reason}))
        written += problem is None
    complain(text(policy.lang, "ui.drawn", {"number": written, "path": folder}))
