"""A run's reports put where they belong, in all forms asked for."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from countermark.errors import CountermarkError
from countermark.report.as_jsonl import document_line, summary_line
from countermark.report.forms import Form, renderer
from countermark.run.outcome import opened
from countermark.summary import Kept, Run, Tally, no_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from countermark.model import DocumentReport
    from countermark.policy import Policy
    from countermark.summary import Pictures

    Put = Callable[[bytes], object]


class Target(NamedTuple):
    """A report to write: its form, and its file or, where it has none, standard output."""

    form: Form
    path: Path | None


def parse_target(given: str) -> Target:
    """The target that `FORM=FILE` names. Raises CountermarkError where it does not."""
    name, equals, path = given.partition("=")
    if name not in set(Form) or not equals or not path:
        raise CountermarkError("bad-report", forms="|".join(Form))
    return Target(Form(name), Path(path))


def deliver(
    documents: Iterable[DocumentReport],
    targets: Sequence[Target],
    policy: Policy,
    pictures: Pictures = no_pictures,
) -> None:
    """Go through the documents once and write all reports. JSON Lines are written as the documents
    come; the other forms, which begin with the totals, when all are there. Each file appears complete
    or not at all. `pictures` makes the pictures that the HTML report shows.

    Raises CountermarkError, before the first document, where a file can't be written.
    """
    _refuse_binary_on_terminal(targets)
    tally, kept = Tally(policy), Kept()
    with ExitStack() as files:
        puts = [(target, files.enter_context(opened(target.path))) for target in targets]
        lines = [put for target, put in puts if target.form is Form.jsonl]
        others = [(target, put) for target, put in puts if target.form is not Form.jsonl]
        for document in documents:
            tally.add(document)
            for put in lines:
                put(document_line(document))
            if others:
                kept.add(document)
        for put in lines:
            put(summary_line(tally.overview()))
        run = Run(tally.overview(), kept, policy.lang, policy.config.fail_on, policy.rules, pictures)
        for target, put in others:
            _render(run, target, put)


def _render(run: Run, target: Target, put: Put) -> None:
    if target == (Form.text, None) and sys.stdout.isatty():
        from countermark.report.text import write_text
        from countermark.report.visible import console_on

        write_text(run, console_on(sys.stdout))
        return
    for piece in renderer(target.form)(run):
        put(piece)


def _refuse_binary_on_terminal(targets: Iterable[Target]) -> None:
    if Target(Form.xlsx, None) in targets and sys.stdout.isatty():
        raise CountermarkError("needs-output", form=Form.xlsx.value)
