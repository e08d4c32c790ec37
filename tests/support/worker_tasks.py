"""What a worker is made to do in the tests: the source's name says it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.model import DocumentReport, Status
from countermark.support.limits import LimitReached, UnitFailed
from countermark.support.progress import checkpoint, grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.config.policy import Policy
    from countermark.sources import Source

    Task = Callable[[Source, Policy], DocumentReport]

DOCUMENT_TEXT = "the text of the document"


def spin() -> None:
    while True:
        pass


def grow() -> None:
    blocks = []
    while True:
        blocks.append(b"x" * (8 << 20))


def fail() -> None:
    raise ValueError(DOCUMENT_TEXT)


def chatter() -> None:
    print(DOCUMENT_TEXT)
    print(DOCUMENT_TEXT, file=sys.stderr)
    os.write(1, DOCUMENT_TEXT.encode())
    os.write(2, DOCUMENT_TEXT.encode())


def steady() -> None:
    """Half a second of work that says all along that it goes on."""
    for _ in range(50):
        time.sleep(0.01)
        checkpoint()


def slow() -> None:
    """Work without end that says that it goes on, and ends when it is told to."""
    while True:
        checkpoint()


def wait() -> None:
    """More time than any limit, and none of the processor's."""
    time.sleep(3)


def work_for(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        checkpoint()


KEPT: list[bytes] = []


def write_and_die() -> None:
    """Write into a temporary file that is not removed, and end as a crash does."""
    _, name = tempfile.mkstemp()
    Path(name).write_text(DOCUMENT_TEXT, encoding="utf-8")
    os._exit(5)


def keep() -> None:
    KEPT.append(b"x" * (160 << 20))


ACTS = {
    "pid": lambda: None,
    "keep": keep,
    "steady": steady,
    "slow": slow,
    "wait": wait,
    "ok": lambda: None,
    "late": lambda: time.sleep(0.4),
    "hang": lambda: time.sleep(3600),
    "spin": spin,
    "grow": grow,
    "exit": lambda: os._exit(5),
    "write": write_and_die,
    "leave": lambda: sys.exit(0),
    "segfault": lambda: ctypes.string_at(0),
    "raise": fail,
    "chatter": chatter,
}


def act(source: Source, policy: Policy) -> DocumentReport:
    """Do what the first word of the source's name says, then report that it was checked."""
    doing, *more = source.name.split()
    if doing == "parts":
        return checked(source, parts({int(number) for number in more[0].split(",")}, more[1]))
    if doing == "killed":
        killed_at_first(int(more[0]), Path(more[1]))
    elif doing == "granted":
        grant(float(more[0]))
        work_for(2)
    else:
        ACTS[doing]()
    who = str(os.getpid()) if source.name == "pid" else policy.digest
    return checked(source, who)


def checked(source: Source, said: str) -> DocumentReport:
    return DocumentReport(path=source.name, sha256=said, media_type="", pages=1, status=Status.checked)


def parts(bad: set[int], work: str) -> str:
    """Five parts of a document, the bad ones of which do that work; what became of each."""
    found = []
    for number in range(1, 6):
        try:
            checkpoint()
            if number in bad:
                ACTS[work]()
            found.append(str(number))
        except (LimitReached, UnitFailed) as stop:
            found.append(type(stop).__name__)
    return " ".join(found)


def killed_at_first(deaths: int, marks: Path) -> Task:
    """The task, in a process that is killed before it comes to that the first few times."""
    count = len(list(marks.iterdir()))
    if count < deaths:
        (marks / str(count)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return act
