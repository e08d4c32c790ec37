"""All commands of the program, and how each is called on a document: a new one is tested with the others."""

from __future__ import annotations

from typing import Any

import typer

from countermark.cli.main import app

COMMANDS: dict[str, Any] = dict(typer.main.get_group(app).commands)
ON_DOCUMENTS = [
    name
    for name, command in COMMANDS.items()
    if not any(param.required and "--store" in param.opts for param in command.params)
]
"""The commands but for those that work on a store of results."""
_VALUES = {"PATH...": "{document}", "FILE": "{document}", "TEXT": "UK SECRET"}
"""What an argument or a required option takes, by what the help calls it."""


def commands_with(option: str) -> list[str]:
    """Return the commands that have an option."""
    options = {
        name: {text for param in found.params for text in param.opts} for name, found in COMMANDS.items()
    }
    return [name for name in COMMANDS if option in options[name]]


def call_on(command: str, document: str) -> list[str]:
    """Return the arguments that let a command work on a document, as far as it takes one."""
    words = [command]
    for param in COMMANDS[command].params:
        if param.required:
            option = [max(param.opts, key=len)] if param.param_type_name == "option" else []
            words += [*option, _VALUES[param.metavar].format(document=document)]
    # The paths of `check` are no required argument: git can name them too.
    return [*words, document] if command == "check" else words
