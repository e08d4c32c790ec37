"""A Word file as LibreOffice prints it, where LibreOffice is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{settings}</oor:items>'
)
_REFUSED = ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks")


def find_office() -> str | None:
    """The program, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_to_pdf(content: bytes, folder: Path, seconds: float) -> Path | None:
    """The PDF that LibreOffice makes of a Word file within `folder`, which has to be empty and is the
    caller's to remove; None where it makes none in time. Macros, active content and links are off, and
    the file's own name is not used."""
    program = find_office()
    if program is None:
        return None
    word, profile = folder / "document.docx", folder / "profile"
    word.write_bytes(content)
    (profile / "user").mkdir(parents=True)
    settings = "".join(_SETTING.format(name=name) for name in _REFUSED)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(settings=settings))
    arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    arguments += ["--convert-to", "pdf", "--outdir", str(folder), str(word)]
    _run(arguments, seconds)
    printed = folder / "document.pdf"
    return printed if printed.is_file() else None


def _run(arguments: list[str], seconds: float) -> None:
    """Run a program and end it, with all that it started, when its time is up or the run is broken off."""
    process = subprocess.Popen(  # noqa: S603  (the program is LibreOffice, its arguments are our own)
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    finally:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
