"""A Word file as LibreOffice prints it, where LibreOffice is installed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psutil

from countermark.support.programs import environment, find_program

if TYPE_CHECKING:
    from countermark.support.limits import Limits

_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{settings}</oor:items>'
)
_REFUSED = ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks")


_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS")


def find_office() -> str | None:
    """Return the program, on the search path or where its installers put it; None where there is none."""
    found = find_program("soffice") or find_program("libreoffice")
    programs = [os.environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)") if os.environ.get(name)]
    folders = [*(Path(program) / "LibreOffice" / "program" for program in programs), _MAC]
    # On Windows soffice.com is the one that ends when the work is done.
    installed = (folder / name for folder in folders for name in ("soffice.com", "soffice"))
    return found or next((str(program) for program in installed if program.is_file()), None)


class Print:
    """LibreOffice printing one Word file to PDF, in a process of its own that begins at once.

    Several can run side by side. Macros, active content and links are off, and the file's own name is not
    used. It works on a copy in a temporary folder, which `close` removes, and the process with it.

    Raises OSError where it can't be started.
    """

    def __init__(self, program: str, content: bytes, limits: Limits) -> None:
        self._held = TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True)
        folder = Path(self._held.name)
        word, profile = folder / "document.docx", folder / "profile"
        word.write_bytes(content)
        (profile / "user").mkdir(parents=True)
        settings = "".join(_SETTING.format(name=name) for name in _REFUSED)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(settings=settings))
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        arguments += ["--convert-to", "pdf", "--outdir", str(folder), str(word)]
        self._until = time.monotonic() + limits.seconds
        self._file = folder / "document.pdf"
        self._process = subprocess.Popen(  # noqa: S603  (the program is LibreOffice, its arguments are our own)
            arguments,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _cap_memory(self._process.pid, limits.memory_mb)

    def result(self) -> bytes | None:
        """Return the PDF, when it is there; None where none was made in time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, self._until - time.monotonic()))
        return self._file.read_bytes() if self._process.poll() == 0 and self._file.is_file() else None

    def close(self) -> None:
        """End the process with all that it started, and remove what it worked on."""
        with suppress(psutil.Error):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._held.cleanup()


def _cap_memory(process: int, memory_mb: int) -> None:
    """Where the system can, let no process of LibreOffice outgrow what a worker may come to."""
    if sys.platform == "linux":
        import resource

        cap = 2 * memory_mb << 20
        with suppress(OSError):
            resource.prlimit(process, resource.RLIMIT_DATA, (cap, cap))
