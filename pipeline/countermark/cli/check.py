"""The command `check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.cli.options import (
    Codes,
    ConfigOption,
    DayOption,
    FailOn,
    FollowOption,
    FromOption,
    JobsOption,
    NoConfigOption,
    PasswordsOption,
    StageOption,
    TimeoutOption,
    ToOption,
    TrustOption,
    choice,
    codes,
)
from countermark.cli.screen import Screen
from countermark.config.configuration import ConfigurationChoice
from countermark.rendering.asked import Images
from countermark.reporting.formats.registry import ReportFormat
from countermark.support.errors import CountermarkError
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import DocumentReport


def check(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", metavar=choice(ReportFormat))] = ReportFormat.text,
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
    baseline: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    changed_since: Annotated[str | None, typer.Option(metavar="REV")] = None,
    staged: Annotated[bool, typer.Option("--staged")] = False,
    follow_links: FollowOption = False,
    annotate: Annotated[Path | None, typer.Option(metavar="DIR")] = None,
    images: Annotated[Images | None, typer.Option(metavar=choice(Images))] = None,
    store: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    verify: Annotated[bool, typer.Option("--verify")] = False,
    operator: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    trust_config_in_paths: TrustOption = False,
) -> None:
    """Check documents."""
    from countermark.execution.service import Run, RunRequest
    from countermark.execution.store.run_store import StoreRequest
    from countermark.execution.store.schema import files_of
    from countermark.reporting.delivery import (
        Target,
        check_targets,
        deliver,
        parse_target,
        without_earlier_reports,
    )
    from countermark.sources import Selection
    from countermark.sources.selection import find_sources
    from countermark.support.passwords import load_passwords

    if not (paths or staged or changed_since is not None):
        raise CountermarkError("missing-argument", name="PATH...", command="check ")
    targets = [Target(form, output), *map(parse_target, report or ())]
    selection = Selection(
        paths=tuple(paths or ()), changed_since=changed_since, staged=staged, follow_links=follow_links
    )
    found = without_earlier_reports(
        targets, find_sources(selection).without(files_of(store) if store else ())
    )
    check_targets(targets, (source.path for source in found.sources))
    request = RunRequest(
        found=found,
        configuration=ConfigurationChoice(config, no_config, trust_config_in_paths),
        options={
            "lang": ctx.obj,
            "originator": originator,
            "recipient": recipient,
            "stage": stage,
            "as_of": as_of.date() if as_of else None,
            "select": codes(select),
            "ignore": codes(ignore),
            "fail_on": fail_on,
            "timeout": timeout,
            "passwords": load_passwords(password_file),
            "redact": redact,
        },
        jobs=jobs,
        baseline=baseline,
        copies=annotate,
        images=images,
        store=StoreRequest(path=store, verify=verify, operator=operator) if store else None,
    )
    screen = Screen()
    run = Run(request, screen)
    if not found.sources:
        key = "nothing_staged" if staged else "nothing_changed"
        screen.warn(text(run.policy.lang, f"ui.{key}", {"revision": changed_since}))

    def delivered(reports: Iterable[DocumentReport]) -> None:
        totals = len(found.sources), len(found.skipped)
        deliver(reports, targets, run.policy, run.pictures, *totals, run.fail)

    raise typer.Exit(run.carry_out(delivered))
