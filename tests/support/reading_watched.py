"""Reads files in a process that notes what it opens, starts and connects to; prints what it must not.

What a library writes into the process's own folder for temporary files, and removes, is no fault.

Arguments: the folders that may be read from besides Python's own, a blank, then the files.
"""

from __future__ import annotations

import mimetypes
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from countermark.config.policy import load_policy
from countermark.execution.worker import check_file
from countermark.sources import Source

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "os.startfile")
CHANGING = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "shutil.", "tempfile.")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def is_temporary(name: object, folder: Path) -> bool:
    """Whether a name is that of a temporary file; what removes a folder names its files by handle."""
    if not isinstance(name, str | bytes):
        return False
    path = Path(os.fsdecode(name))
    return path.is_relative_to(folder) or len(path.parts) == 1


def main() -> None:
    temporary = Path(tempfile.gettempdir())
    split = sys.argv.index("")
    system = [Path("/proc"), *map(Path, mimetypes.knownfiles)]
    roots = [Path(sys.prefix), Path(sys.base_prefix), *system, *map(Path, sys.argv[1:split])]
    files = [Path(name) for name in sys.argv[split + 1 :]]
    policy = load_policy(lang="en")
    seen: set[str] = set()

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN) or (
            event.startswith(CHANGING) and not is_temporary(args[0], temporary)
        ):
            seen.add(event)
        if event == "open" and isinstance(args[0], (str, bytes)):
            path = Path(os.fsdecode(args[0])).absolute()
            if path.is_relative_to(temporary):
                return
            if (args[2] or 0) & WRITING or not any(path.is_relative_to(root) for root in roots):
                seen.add(f"open {path}")

    sys.addaudithook(watch)
    for path in files:
        check_file(Source(path, path.name, given=True), policy)
    sys.stdout.write("\n".join([f"read {len(files)}", *sorted(seen), *map(str, temporary.iterdir())]))


main()
