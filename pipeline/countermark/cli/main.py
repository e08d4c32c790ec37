"""The command line: arguments in, exit status out.

Heavy parts are imported by the command that needs them, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from countermark import __version__
from countermark.cli.baseline import baseline
from countermark.cli.check import check
from countermark.cli.help import Command, Group, take_language, usage_error
from countermark.cli.inspect import inspect
from countermark.cli.options import (
    ConfigOption,
    DayOption,
    FormatOption,
    NoConfigOption,
    OutputFormat,
    ToOption,
    choice,
)
from countermark.cli.rules import rules
from countermark.cli.show import show
from countermark.cli.store import diff, prune, register, report, status
from countermark.config.configuration import ConfigurationChoice
from countermark.execution import forks
from countermark.support import streams
from countermark.support.errors import CountermarkError, Exit, place_of_failure, system_term
from countermark.support.messages import error_text, preferred_language, text
from countermark.support.stops import Stopped, listening

if TYPE_CHECKING:
    from countermark.standards.agreement import Agreement
    from countermark.standards.standard import Standard
    from countermark.standards.standards import Standards

app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None)


class Schema(StrEnum):
    report = "report"
    configuration = "configuration"
    rules = "rules"
    standard = "standard"
    nations = "nations"
    schemes = "schemes"
    agreement = "agreement"


class StandardFormat(StrEnum):
    text = "text"
    json = "json"
    spif = "spif"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Whatever goes wrong is told in one line on standard error, never by a traceback: that could quote a
    document.
    """
    streams.prepare()
    if arguments is None:
        forks.allow()
    lang = preferred_language()
    try:
        with listening():
            given, rest = take_language(sys.argv[1:] if arguments is None else arguments)
            lang = given or lang
            command = typer.main.get_command(app)
            status = command.main(
                rest or ["--help"], prog_name="countermark", standalone_mode=False, obj=given
            )
            streams.flush_out()
            return int(status or 0)
    except CountermarkError as error:
        return _failed(error_text(lang, error))
    except typer.TyperException as error:
        return _failed(usage_error(error, typer.main.get_group(app), lang))
    except Stopped as stopped:
        return stopped.status
    except KeyboardInterrupt:
        return Exit.interrupted
    except (streams.ReaderGone, SystemExit):  # typer leaves so where nobody reads the help
        return Exit.reader_gone
    except Exception as error:
        return _failed(text(lang, "errors.internal", {"error": place_of_failure(error)}))


def _failed(reason: str) -> Exit:
    streams.complain(f"countermark: {reason}")
    return Exit.usage


def _version(asked: bool) -> None:
    if asked:
        streams.write_line(f"countermark {__version__}")
        raise typer.Exit


@app.callback()
def countermark(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Run the program as a whole."""


app.command(cls=Command)(check)
app.command(cls=Command)(baseline)


app.command(cls=Command)(inspect)
for _command in (status, diff, report, register, prune):
    app.command(cls=Command)(_command)


@app.command(cls=Command)
def parse(
    ctx: typer.Context,
    marking: Annotated[str, typer.Argument(metavar="TEXT")],
    recipient: ToOption = None,
    day: DayOption = None,
    form: FormatOption = OutputFormat.text,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Explain one marking."""
    from countermark.config.resolve import resolve_policy
    from countermark.recognition.explain import explain
    from countermark.reporting.terminal.markings import write_explanations
    from countermark.rules.right_forms import with_right_forms
    from countermark.standards.country_codes import code_of

    policy = resolve_policy(ConfigurationChoice(config, no_config), lang=ctx.obj)
    day_of_check = day.date() if day else policy.today
    to = code_of(recipient) if recipient else None
    explained = explain(marking, policy.recogniser, day_of_check, to, policy.lang)
    found = with_right_forms(explained, policy.recogniser, day_of_check, policy.config.codewords)
    show(lambda console: write_explanations(found, console, policy.lang), found, form)


app.command(cls=Command)(rules)


@app.command(cls=Command)
def standards(
    ctx: typer.Context,
    standard: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    form: Annotated[
        StandardFormat, typer.Option("--format", metavar=choice(StandardFormat))
    ] = StandardFormat.text,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """List the standards."""
    from countermark.config.resolve import resolve_policy
    from countermark.reporting.terminal.reference import write_agreement, write_standard, write_standards

    policy = resolve_policy(ConfigurationChoice(config, no_config), lang=ctx.obj)
    known = policy.standards
    found = known.find(standard) if standard else None
    is_agreement = standard == known.agreement.id
    if standard and found is None and not is_agreement:
        raise CountermarkError("unknown-standard", id=standard)
    if form is StandardFormat.spif:
        _write_spif(found, known)
    elif found:
        show(lambda console: write_standard(found, console, policy.lang), found, OutputFormat(form))
    elif is_agreement:
        agreement = known.agreement
        show(lambda console: write_agreement(agreement, console, policy.lang), agreement, OutputFormat(form))
    else:
        listed: list[Standard | Agreement] = [*known.standards, known.agreement]
        show(lambda console: write_standards(listed, console, policy.lang), listed, OutputFormat(form))


def _write_spif(standard: Standard | None, known: Standards) -> None:
    from countermark.standards.spif import to_spif
    from countermark.support.atomic_output import write_output

    if standard is None:
        raise CountermarkError("spif-of-which")
    write_output(to_spif(standard, sorted(nation.names[0] for nation in known.nations.nations)), None)


@app.command(cls=Command)
def schema(
    kind: Annotated[Schema, typer.Argument(metavar=f"[{choice(Schema)}]")] = Schema.report,
) -> None:
    """Print a JSON Schema."""
    from countermark.cli.schemas import schema_of
    from countermark.reporting.formats.json import pretty
    from countermark.support.atomic_output import write_output

    write_output(pretty(schema_of(kind)), None)


@app.command(cls=Command)
def init(ctx: typer.Context) -> None:
    """Write a commented configuration file."""
    from countermark.config.policy import CONFIG_NAME

    lang = ctx.obj or preferred_language()
    try:
        with Path(CONFIG_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text(lang, "help.configuration"))
    except FileExistsError:
        raise CountermarkError("config-exists", path=CONFIG_NAME) from None
    except OSError as error:
        raise CountermarkError("output-failed", path=CONFIG_NAME, reason=system_term(error)) from error
    streams.write_line(text(lang, "ui.written", {"path": CONFIG_NAME}))
