"""The command `check`."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from countermark.cli.baseline import tell_stale
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
    policy_of,
    tell_configuration,
)
from countermark.rendering.asked import Images, check_pillow, has_pillow
from countermark.reporting.formats.registry import ReportFormat
from countermark.support.errors import CountermarkError, Exit
from countermark.support.messages import error_text, text
from countermark.support.stops import Stopped
from countermark.support.streams import complain

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from countermark.model import DocumentReport
    from countermark.rendering.render import PageImages
    from countermark.sources import Source

T = TypeVar("T")


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
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    trust_config_in_paths: TrustOption = False,
) -> None:
    """Check documents."""
    from countermark.checking.cross_document import with_cross_document_findings
    from countermark.config.baseline import fingerprints, load_baseline, with_baseline
    from countermark.execution.copies import Copies
    from countermark.execution.outcome import exit_status
    from countermark.execution.page_images import page_images
    from countermark.execution.pool import check_all
    from countermark.reporting.delivery import (
        Target,
        check_targets,
        deliver,
        parse_target,
        without_earlier_reports,
    )
    from countermark.support.passwords import load_passwords

    targets = [Target(form, output), *(parse_target(one) for one in report or ())]
    skipped: list[Path] = []
    start, sources = _sources(paths or [], changed_since, staged, follow_links, skipped)
    sources = without_earlier_reports(targets, sources, skipped)
    check_targets(targets, (source.path for source in sources))
    copies = Copies(annotate, paths or [str(start)]) if annotate else None
    known = load_baseline(baseline) if baseline else {}
    policy = policy_of(
        ctx.obj,
        config,
        no_config=no_config,
        trust=trust_config_in_paths,
        start=start,
        sources=sources,
        root=baseline.resolve().parent if baseline else None,
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
    tell_configuration(policy)
    if not sources:
        key = "nothing_staged" if staged else "nothing_changed"
        complain(text(policy.lang, f"ui.{key}", {"revision": changed_since}))
    status = Exit.clean
    number = 0
    unwritten = False
    met: set[str] = set()

    def counted() -> Generator[DocumentReport]:
        nonlocal status, number
        checked = followed(check_all(sources, policy, jobs), len(sources), policy.lang)
        for source, document in zip(sources, with_cross_document_findings(checked, policy), strict=True):
            met.update(fingerprints(document) if known else ())
            judged = with_baseline(document, known, policy.today) if known else document
            status = max(status, exit_status([(source, judged)], policy.config.fail_on))
            if copies:
                copies.add(source, judged)
            number += 1
            yield judged

    def failed(error: CountermarkError) -> None:
        nonlocal unwritten
        unwritten = True
        complain(f"countermark: {error_text(policy.lang, error)}")

    shown = _images(images, redact=policy.config.redact)

    def pictured(reports: Iterable[DocumentReport]) -> dict[str, PageImages]:
        return page_images(
            sources, reports, shown, policy, jobs, partial(followed, lang=policy.lang, doing="picturing")
        )

    try:
        with closing(counted()) as documents:
            deliver(documents, targets, policy, pictured, len(sources), len(skipped), failed)
        for copy in copies.write(policy, jobs) if copies else ():
            unwritten |= copy.unwritten
            complain(text(policy.lang, "ui.no_copy", {"path": copy.path, "reason": copy.reason}))
    except Stopped:
        key = "stopped_all" if number == len(sources) else "stopped"
        complain(text(policy.lang, f"ui.{key}", {"number": number, "total": len(sources)}))
        raise
    if baseline:
        tell_stale(baseline, known, met, {policy.relative(one.name) for one in sources}, policy)
    raise typer.Exit(Exit.usage if unwritten else status)


def _images(asked: Images | None, *, redact: bool) -> Images:
    """Of which documents the HTML report shows pictures: those asked for, else of those with findings
    where they can be made; of none in a redacted run."""
    if redact or asked is Images.none:
        return Images.none
    if asked:
        check_pillow()
    return asked or (Images.findings if has_pillow() else Images.none)


def _sources(
    paths: list[str], changed_since: str | None, staged: bool, follow_links: bool, skipped: list[Path]
) -> tuple[Path, list[Source]]:
    """The documents to check, and the folder that holds them all; system files are added to `skipped`."""
    if changed_since is not None and staged:
        raise CountermarkError("git-both")
    if changed_since is None and not staged:
        from countermark.sources.paths import common_folder, find

        if not paths:
            raise CountermarkError("missing-argument", name="PATH...", command="check ")
        return common_folder(paths), find(paths, follow_links=follow_links, skipped=skipped.append)
    from countermark.sources import git

    found = git.staged(paths) if changed_since is None else git.changed_since(changed_since, paths)
    return git.work_tree(Path.cwd()), found


def followed(made: Generator[T], total: int, lang: str, doing: str = "progress") -> Iterator[T]:
    """What is made as it comes, with a progress bar where standard error is a terminal; `doing` is a key of
    the catalogue's `ui`."""
    with closing(made):
        if not sys.stderr.isatty():
            yield from made
            return
        from rich.console import Console
        from rich.progress import track

        told, screen = text(lang, f"ui.{doing}"), Console(stderr=True)
        yield from track(made, told, total, console=screen, transient=True)
