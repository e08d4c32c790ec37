"""The command `baseline`, and what a baseline says of a run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark.cli.options import (
    ConfigOption,
    FollowOption,
    FromOption,
    JobsOption,
    NoConfigOption,
    PasswordsOption,
    StageOption,
    TimeoutOption,
    ToOption,
    TrustOption,
    policy_of,
    tell_configuration,
)
from countermark.support.errors import Exit
from countermark.support.messages import text
from countermark.support.streams import complain, write_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from countermark.config.baseline import Baseline
    from countermark.config.policy import Policy

NAME = ".countermark-baseline.jsonl"
_TOLD = 20


def baseline(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...")],
    reason: Annotated[str, typer.Option(metavar="TEXT")],
    output: Annotated[Path, typer.Option(metavar="FILE")] = Path(NAME),
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")] = None,
    originator: FromOption = None,
    recipient: ToOption = None,
    stage: StageOption = None,
    jobs: JobsOption = 0,
    timeout: TimeoutOption = None,
    password_file: PasswordsOption = None,
    follow_links: FollowOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    trust_config_in_paths: TrustOption = False,
) -> None:
    """Take the findings of today as known."""
    from countermark.config.baseline import entries_of, load_baseline, stale, written
    from countermark.execution.pool import check_all
    from countermark.sources.paths import common_folder, find
    from countermark.support.atomic_output import write_output
    from countermark.support.passwords import load_passwords

    old = load_baseline(output) if output.exists() else {}
    sources = find(paths, follow_links=follow_links)
    policy = policy_of(
        ctx.obj,
        config,
        no_config=no_config,
        trust=trust_config_in_paths,
        start=common_folder(paths),
        sources=sources,
        root=output.resolve().parent,
        originator=originator,
        recipient=recipient,
        stage=stage,
        timeout=timeout,
        passwords=load_passwords(password_file),
    )
    tell_configuration(policy)
    day = until.date() if until else None
    met: Baseline = {}
    checked: set[str] = set()
    status = Exit.clean
    for document in check_all(sources, policy, jobs):
        path = policy.relative(document.path)
        checked.add(path)
        met |= {one.fingerprint: one for one in entries_of(document, path, reason, day)}
        status = Exit.unreadable if document.is_unread else status
    gone = {one.fingerprint for one in stale(old.values(), met, checked, policy.folder)}
    kept = {key: entry for key, entry in old.items() if key not in gone and entry.holds(policy.today)}
    write_output(written({**met, **kept}.values()), output)
    numbers = {"number": len({**met, **kept}), "new": len(met.keys() - old.keys()), "dropped": len(gone)}
    write_line(text(policy.lang, "ui.baseline_written", {"path": output, **numbers}))
    raise typer.Exit(status)


def tell_stale(
    path: Path, entries: Baseline, met: Collection[str], checked: Collection[str], policy: Policy
) -> None:
    """Say on standard error which entries match nothing any more or hold no longer."""
    from countermark.config.baseline import stale

    config = policy.config
    asked = [
        one
        for one in entries.values()
        if (not config.select or one.code.startswith(config.select))
        and not (config.ignore and one.code.startswith(config.ignore))
    ]
    for key, found in (
        ("stale", stale(asked, met, checked, policy.folder)),
        ("expired", [one for one in entries.values() if not one.holds(policy.today)]),
    ):
        if found:
            lines = [text(policy.lang, f"ui.baseline_{key}", {"path": path, "number": len(found)})]
            lines += [f"    {one.path} {one.code}" for one in found[:_TOLD]]
            lines += ["    ..."] if len(found) > _TOLD else []
            for line in lines:
                complain(line)
