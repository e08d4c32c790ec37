"""Where links lead, found out without touching anything outside the given folders."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINKS = 40
"""Links on the way to a file; the kernel's own bound."""
_REPARSE_LINKS = (0xA0000003, 0xA000000C)
"""Windows: a mount point (a junction, a volume in a folder) and a symbolic link ([MS-FSCC] 2.1.2.1)."""
_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")


class OutsideError(Exception):
    """A link leads out of the given folders."""


class LoopError(Exception):
    """A link leads to itself."""


class Boundary:
    """The given folders, and the mounts below them: what is read without being asked for by `--follow-links`.

    All its paths are real ones, which no link leads to.
    """

    def __init__(self, tops: Iterable[str]) -> None:
        self._tops = [os.path.realpath(top) for top in tops]
        self._mounts = [mount for mount in _mounts() if self._top_of(mount) and mount not in self._tops]

    def is_mount(self, folder: str, device: int, below: int) -> bool:
        """Return whether a real folder is a mount.

        Its device and that of the folder that it is in tell this where the system has no list.
        """
        return (device != below or folder in self._mounts) and folder not in self._tops

    def resolve(self, folder: str, name: str) -> str:
        """Return the real path of an entry of a real folder, whatever links lead there.

        Nothing that lies outside is looked at: on Windows a look alone calls another machine.

        Raises OutsideError or LoopError; OSError where something on the way is not there.
        """
        current, waiting = folder, [name]
        links = 0
        while waiting:
            part = waiting.pop()
            if part == os.pardir:
                current = os.path.dirname(current)
                continue
            reached = os.path.join(current, part)
            if not self._may_be_passed(reached):
                raise OutsideError
            if self._top_of(reached) is None or not is_link(os.lstat(reached)):
                current = reached
                continue
            links += 1
            if links > MOST_LINKS:
                raise LoopError
            target = plain(os.readlink(reached))
            root = os.path.splitdrive(target)[0] + os.sep if os.path.isabs(target) else ""
            current = root or current
            parts = target[len(root) :].replace(os.altsep or os.sep, os.sep).split(os.sep)
            waiting.extend(part for part in reversed(parts) if part not in ("", os.curdir))
        if self._top_of(current) is None or any(_is_below(current, mount) for mount in self._mounts):
            raise OutsideError
        return current

    def _may_be_passed(self, path: str) -> bool:
        """Return whether it is in a given folder, or a given folder is in it."""
        return self._top_of(path) is not None or any(_is_below(top, path) for top in self._tops)

    def _top_of(self, path: str) -> str | None:
        return next((top for top in self._tops if _is_below(path, top)), None)


def is_link(status: os.stat_result) -> bool:
    """Return whether it is a symbolic link or, on Windows, a junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _REPARSE_LINKS


def plain(target: str) -> str:
    """Return a link's target without the prefix that Windows puts before an absolute path."""
    return re.sub(r"^\\(?:\\|\?)\?\\(?=[A-Za-z]:)", "", target) if sys.platform == "win32" else target


def _is_below(path: str, folder: str) -> bool:
    """Return whether a path is a folder or lies in it."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _mounts() -> list[str]:
    """Return the mount points of this system, where it lists them."""
    try:
        lines = _MOUNTS.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return [_OCTAL.sub(lambda code: chr(int(code[1], 8)), line.split(" ")[4]) for line in lines]
