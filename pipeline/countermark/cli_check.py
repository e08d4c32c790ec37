"""The command `check`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.cli_options import (
    Codes,
    ConfigOption,
    DayOption,
    FailOn,
    FromOption,
    JobsOption,
    PasswordsOption,
    StageOption,
    TimeoutOption,
    ToOption,
    choice,
    codes,
    policy_of,
)
from countermark.errors import Exit
from countermark.messages import text
from countermark.report.forms import Form

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from countermark.model import DocumentReport


def check(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...")],
    form: Annotated[Form, typer.Option("--format", metavar=choice(Form))] = Form.text,
    output: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    report: Annotated[list[str] | None, typer.Option(metavar="FORM=FILE")] = None,
    originator: FromOption = None,
    recipient: ToOption = None,
    stage: StageOption = None,
    as_of: DayOption = None,
    select: Codes = None,
    ignore: Codes = None,
    fail_on: Annotated[FailOn | None, typer.Option(metavar=choice(FailOn))] = None,
    jobs: JobsOption = 0,
    timeout: TimeoutOption = None,
    password_file: PasswordsOption = None,
    redact: Annotated[bool, typer.Option("--redact")] = False,
    config: ConfigOption = None,
) -> None:
    """Check documents."""
    from countermark.passwords import load_passwords
    from countermark.report.delivery import Target, deliver, parse_target
    from countermark.run.outcome import exit_status
    from countermark.run.pool import check_all
    from countermark.sources.paths import common_folder, find

    targets = [Target(form, output), *(parse_target(one) for one in report or ())]
    policy = policy_of(
        ctx.obj,
        config,
        start=common_folder(paths),
        originator=originator,
        recipient=recipient,
        stage=stage,
        as_of=as_of.date() if as_of else None,
        select=codes(select),
        ignore=codes(ignore),
        fail_on=fail_on,
        timeout=timeout,
        passwords=load_passwords(password_file),
        redact=redact,
    )
    sources = list(find(paths))
    status = Exit.clean

    def counted() -> Iterator[DocumentReport]:
        nonlocal status
        checked = followed(check_all(sources, policy, jobs), len(sources), policy.lang)
        for source, document in zip(sources, checked, strict=True):
            status = max(status, exit_status([(source, document)], policy.config.fail_on))
            yield document

    deliver(counted(), targets, policy)
    raise typer.Exit(status)


def followed(reports: Generator[DocumentReport], total: int, lang: str) -> Iterator[DocumentReport]:
    """The reports as they come, with a progress bar where standard error is a terminal."""
    with closing(reports):
        if not sys.stderr.isatty():
            yield from reports
            return
        from rich.console import Console
        from rich.progress import track

        doing, screen = text(lang, "ui.progress"), Console(stderr=True)
        yield from track(reports, doing, total, console=screen, transient=True)
