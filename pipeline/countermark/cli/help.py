"""Help and usage errors of the command line, in the catalogue's words.

A command's help is made from the catalogue's `help.commands` and `help.parameters` by the names of
the command and of its parameters, so that the commands themselves hold no text.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from countermark.support.errors import CountermarkError
from countermark.support.messages import LANGUAGES, catalogue, preferred_language, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 100
_COLUMN = 34
_ROOT = "countermark"
_LANG_OPTION = ("--lang " + "|".join(LANGUAGES), "lang")


class Command(TyperCommand):
    """A command whose help speaks the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(command_help(self, ctx))


class Group(TyperGroup):
    """The group of all commands; its help too speaks the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(command_help(self, ctx))


def take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the language that `--lang` asks for, at whatever place, and the arguments without it.

    Raises CountermarkError where its value is missing or is no language.
    """
    lang = None
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--lang" or argument.startswith("--lang="):
            lang = argument.partition("=")[2] or next(waiting, "")
            if lang not in LANGUAGES:
                raise CountermarkError("bad-value", name="--lang", allowed="|".join(LANGUAGES))
        else:
            rest.append(argument)
    return lang, rest


def usage_error(error: typer.TyperException, program: TyperGroup, lang: str) -> str:
    """Return what is wrong with the arguments of `program`, in one line."""
    command = getattr(error, "ctx", None)
    path = command.command_path.partition(" ")[2] if command else ""
    words: dict[str, str] = {"command": f"{path} " if path else "", "reason": error.format_message()}
    param = getattr(error, "param", None)
    if param is not None:
        words |= {"name": parameter_name(param, lang), "allowed": _allowed(param, lang)}
    near = next(iter(getattr(error, "possibilities", None) or ()), "")
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            words |= {"name": option, "nearest": near}
            key = "no-such-option-near" if near else "no-such-option"
        case "BadOptionUsage":
            words["name"] = option
            key = "option-takes-no-value" if option in _flags(program) else "option-needs-value"
        case "MissingParameter" if param is not None:
            key = "missing-argument"
        case "BadParameter" if param is not None:
            key = "bad-value"
        case "UsageError" if command is not None and isinstance(command.command, TyperGroup):
            key = "no-such-command"
        case "UsageError" if command is not None:
            key = "too-many-arguments"
        case _:
            key = "usage"
    return text(lang, f"errors.{key}", words)


def _flags(program: TyperGroup) -> set[str]:
    """Return the options that take no value: an error does not say of which command it is."""
    commands = [program, *program.commands.values()]
    params = (param for command in commands for param in command.params)
    return {name for param in params if getattr(param, "is_flag", False) for name in param.opts}


def parameter_name(param: Any, lang: str) -> str:
    """Return an option as it is typed, an argument as the help names it."""
    return max(param.opts, key=len) if param.param_type_name == "option" else _named(param.metavar, lang)


def _options(command: Any, ctx: Any) -> list[Any]:
    return [param for param in command.get_params(ctx) if param.param_type_name == "option"]


def _named(metavar: str, lang: str) -> str:
    """Return what stands for a value, in the user's language.

    `[CODE]`, `PATH...`; choices as they are typed.
    """
    words = catalogue(lang)["help"]["metavars"]
    return re.sub(r"[A-Z]+", lambda found: str(words.get(found[0], found[0])), metavar)


def _allowed(param: Any, lang: str) -> str:
    """Return what values a parameter takes."""
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    if least is None:
        return _named(param.metavar or "", lang)
    form = "from" if most is None else "between"
    return text(lang, f"help.numbers.{form}", {"least": least, "most": most})


def command_help(command: Any, ctx: Any) -> str:
    """Return the whole help of a command: usage, what it does, parameters, examples."""
    lang = ctx.obj or preferred_language()
    name = command.name if ctx.parent else _ROOT
    headings = catalogue(lang)["help"]["headings"]
    texts = catalogue(lang)["help"]["commands"][name]
    params = command.get_params(ctx)
    words = ["[OPTIONS]", *(str(param.metavar) for param in params if param.param_type_name == "argument")]
    if isinstance(command, TyperGroup):
        words.append("COMMAND ...")
    usage = headings["usage"] + " ".join((ctx.command_path, *(_named(word, lang) for word in words)))
    parts = ["\n".join(_wrapped(said, _width())) for said in (usage, texts["text"])]
    arguments = [_row(param, lang) for param in params if param.param_type_name == "argument"]
    options = [_row(option, lang) for option in _options(command, ctx)]
    options.append((_LANG_OPTION[0], text(lang, "help.parameters.lang")))
    parts += _table(headings["arguments"], arguments)
    parts += _table(headings["options"], options)
    if isinstance(command, TyperGroup):
        shorts = [(name, text(lang, f"help.commands.{name}.short")) for name in command.list_commands(ctx)]
        parts += _table(headings["commands"], shorts)
    heading = headings["example" if len(texts["examples"]) == 1 else "examples"]
    parts.append("\n".join((heading, *(f"  {example}" for example in texts["examples"]))))
    return "\n\n".join(parts) + "\n"


def _row(param: Any, lang: str) -> tuple[str, str]:
    """Return a parameter as typed, and what it does."""
    does = text(lang, f"help.parameters.{param.name}")
    if param.param_type_name == "argument":
        return _named(param.metavar, lang), does
    typed = ", ".join(sorted(param.opts, key=len))
    if not param.is_flag and param.metavar:
        typed += f" {_named(param.metavar, lang)}"
    if isinstance(param.default, str):
        does += text(lang, "help.default", {"value": str(param.default)})
    return typed, does


def _table(heading: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Two columns under a heading; nothing where there are no rows.

    What does not fit into the first column has a line to itself.
    """
    from rich.cells import cell_len

    if not rows:
        return
    width = min(max(cell_len(first) for first, _ in rows), _COLUMN) + 2
    lines = [heading]
    for first, second in rows:
        beside = cell_len(first) + 2 <= width
        if not beside:
            lines.append(f"  {first}")
        for number, line in enumerate(_wrapped(second, _width() - width - 2)):
            shown = first if beside and number == 0 else ""
            lines.append(f"  {shown}{' ' * (width - cell_len(shown))}{line}")
    yield "\n".join(lines)


def _width() -> int:
    """Return the terminal's columns, no more than can be read at ease."""
    return min(WIDTH, shutil.get_terminal_size((WIDTH, 1)).columns)


def _wrapped(content: str, width: int) -> list[str]:
    """Return lines of at most `width` columns, wide characters counted as two."""
    from countermark.support.wrapping import breaks

    ends = [*breaks(content, width), len(content)]
    return [content[start:end].rstrip() for start, end in zip([0, *ends], ends, strict=False)]
