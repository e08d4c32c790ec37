"""The command `baseline`."""

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
)
from countermark.config.configuration import ConfigurationChoice
from countermark.support.errors import Exit
from countermark.support.messages import text
from countermark.support.streams import complain, write_line

if TYPE_CHECKING:
    from countermark.config.baseline import Baseline

NAME = ".countermark-baseline.jsonl"


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
    from countermark.checking.cross_document import with_cross_document_findings
    from countermark.config.baseline import entries_of, load_baseline, stale, written
    from countermark.config.resolve import resolve_policy
    from countermark.execution.pool import check_all
    from countermark.reporting.configuration import configuration_notes
    from countermark.sources.paths import common_folder, find
    from countermark.support.atomic_output import write_output
    from countermark.support.passwords import load_passwords

    old = load_baseline(output) if output.exists() else {}
    sources = find(paths, follow_links=follow_links)
    policy = resolve_policy(
        ConfigurationChoice(config, no_config, trust_config_in_paths),
        common_folder(paths),
        (source.path for source in sources),
        lang=ctx.obj,
        root=output.resolve().parent,
        originator=originator,
        recipient=recipient,
        stage=stage,
        timeout=timeout,
        passwords=load_passwords(password_file),
    )
    for line in configuration_notes(policy):
        complain(line)
    day = until.date() if until else None
    found: Baseline = {}
    checked: set[str] = set()
    status = Exit.clean
    for document in with_cross_document_findings(check_all(sources, policy, jobs), policy):
        path = policy.relative(document.path)
        checked.add(path)
        found |= {entry.fingerprint: entry for entry in entries_of(document, path, reason, day)}
        status = Exit.unreadable if document.is_unread else status
    gone = {entry.fingerprint for entry in stale(old.values(), found, checked, policy.folder)}
    kept = {key: entry for key, entry in old.items() if key not in gone and entry.holds(policy.today)}
    write_output(written({**found, **kept}.values()), output)
    numbers = {"number": len({**found, **kept}), "new": len(found.keys() - old.keys()), "dropped": len(gone)}
    write_line(text(policy.lang, "ui.baseline_written", {"path": output, **numbers}))
    raise typer.Exit(status)
