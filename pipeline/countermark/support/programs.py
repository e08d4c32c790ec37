"""Other programs that are started: where they are found, and the environment that they get."""

from __future__ import annotations

import os
from pathlib import Path

_SUFFIXES = (".com", ".exe") if os.name == "nt" else ("",)


def find_program(name: str) -> str | None:
    """Return the program on the search path; None where there is none.

    Never from the current folder, nor from one named in relation to it: what lies among documents is not
    executed.
    """
    here = os.path.realpath(os.curdir)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if Path(folder).is_absolute() and os.path.realpath(folder) != here:
            for suffix in _SUFFIXES:
                program = Path(folder, name + suffix)
                if program.is_file() and os.access(program, os.X_OK):
                    return str(program)
    return None


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment and `more`, without the variables of Python.

    A program may bring its own Python, which would import what they name.
    """
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}
    return {**kept, **more}
