"""The commands on a store of results: `status`, `diff`, `report`, `register` and `prune`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark import __version__
from countermark.cli.options import ConfigOption, FormatOption, NoConfigOption, OutputFormat, choice
from countermark.cli.show import show
from countermark.config.configuration import ConfigurationChoice
from countermark.reporting.formats.registry import RegisterFormat, ReportFormat
from countermark.support.errors import CountermarkError, Exit
from countermark.support.messages import preferred_language, text
from countermark.support.streams import complain, write_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport
    from countermark.model.run import StoredRun

StoreOption = Annotated[Path, typer.Option("--store", metavar="FILE")]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a store that is there; damage is reported in one line."""
    import sqlite3

    from countermark.execution.store.schema import open_store, store_failed

    connection = open_store(path)
    try:
        yield connection
    except sqlite3.Error as error:
        raise store_failed(path, error) from error
    finally:
        connection.close()


def status(ctx: typer.Context, store: StoreOption, form: FormatOption = OutputFormat.text) -> None:
    """List the runs of a store."""
    from countermark.execution.store.runs import stored_runs
    from countermark.reporting.terminal.runs import write_runs

    lang = ctx.obj or preferred_language()
    with _opened(store) as connection:
        runs = stored_runs(connection)
    show(lambda console: write_runs(runs, console, lang), runs, form)


def diff(
    ctx: typer.Context,
    before: Annotated[int, typer.Argument(metavar="RUN1")],
    after: Annotated[int, typer.Argument(metavar="RUN2")],
    store: StoreOption,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Show what changed from one run to another."""
    from countermark.execution.store.runs import find_run, stored_documents
    from countermark.reporting.difference import Change, changes
    from countermark.reporting.terminal.runs import write_changes

    lang = ctx.obj or preferred_language()
    with _opened(store) as connection:
        old, new = (stored_documents(connection, find_run(connection, run).id) for run in (before, after))
        changed = changes(old, new)
    show(lambda console: write_changes(changed, console, lang), changed, form)
    if any(entry.change in (Change.new, Change.unclear) for entry in changed):
        raise typer.Exit(Exit.findings)


def report(
    store: StoreOption,
    run: Annotated[int | None, typer.Option("--run", metavar="N")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", metavar=choice(ReportFormat))] = ReportFormat.text,
    output: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    more: Annotated[list[str] | None, typer.Option("--report", metavar="FORM=FILE")] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Write the reports of a run that a store holds."""
    from countermark.execution.store.runs import find_run, stored_documents
    from countermark.reporting.delivery import Target, check_targets, deliver, parse_target

    targets = [Target(form, output), *map(parse_target, more or ())]
    check_targets(targets, ())
    with _opened(store) as connection:
        found = find_run(connection, run)
        policy = _policy_of(found, ConfigurationChoice(config, no_config))
        documents = _until_broken_off(stored_documents(connection, found.id), found)
        deliver(documents, targets, policy, expected=found.facts.total, skipped=found.facts.skipped)


def _policy_of(run: StoredRun, configuration: ConfigurationChoice) -> Policy:
    """Return today's policy as one that says what the run's said of itself."""
    import msgspec

    from countermark.config.resolve import resolve_policy

    facts = run.facts
    policy = resolve_policy(configuration, lang=facts.lang)
    if (facts.tool, facts.policy.configuration) != (__version__, policy.configuration):
        complain(text(facts.lang, "ui.other_policy", {"run": run.id}))
    return msgspec.structs.replace(
        policy,
        digest=facts.policy.digest,
        configuration=facts.policy.configuration,
        ignored=facts.policy.ignored_configurations,
        config=msgspec.structs.replace(policy.config, fail_on=facts.fail_on),
    )


def _until_broken_off(documents: Iterator[DocumentReport], run: StoredRun) -> Iterator[DocumentReport]:
    yield from documents
    if run.ended is None:
        raise CountermarkError("run-broken-off", run=run.id, number=run.documents, total=run.facts.total)


def register(
    ctx: typer.Context,
    store: StoreOption,
    form: Annotated[
        RegisterFormat, typer.Option("--format", metavar=choice(RegisterFormat))
    ] = RegisterFormat.csv,
    output: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    only_verify: Annotated[bool, typer.Option("--verify")] = False,
) -> None:
    """Write the register of checks, or verify that it is whole."""
    from countermark.execution.store.register import entries, first_broken
    from countermark.reporting.register import register_in
    from countermark.support.atomic_output import write_output

    lang = ctx.obj or preferred_language()
    with _opened(store) as connection:
        if only_verify:
            _verify(first_broken(connection), sum(1 for _ in entries(connection)), lang)
        else:
            write_output(register_in(form, entries(connection), lang), output)


def _verify(broken: int | None, entries: int, lang: str) -> None:
    if broken is None:
        write_line(text(lang, "ui.register.whole", {"number": entries}))
        return
    write_line(text(lang, "ui.register.broken", {"number": broken}))
    raise typer.Exit(Exit.findings)


def prune(
    ctx: typer.Context,
    store: StoreOption,
    keep: Annotated[int, typer.Option("--keep", metavar="N", min=1)] = 30,
) -> None:
    """Remove the oldest runs of a store."""
    from countermark.execution.store.runs import prune as remove
    from countermark.execution.store.schema import writing

    lang = ctx.obj or preferred_language()
    with _opened(store) as connection:
        with writing(connection):
            removed = remove(connection, keep)
        connection.execute("VACUUM")
    write_line(text(lang, "ui.runs.pruned", {"number": removed, "kept": keep}))
