"""What a worker is made to do in the tests: the source's name says it."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import TYPE_CHECKING

from countermark.model import DocumentReport, Status
from countermark.progress import step

if TYPE_CHECKING:
    from countermark.policy import Policy
    from countermark.sources import Source

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
        step()


def slow() -> None:
    """Work without end that says that it goes on, and ends when it is told to."""
    while True:
        time.sleep(0.01)
        step()


KEPT = []


def keep() -> None:
    KEPT.append(b"x" * (160 << 20))


ACTS = {
    "pid": lambda: None,
    "keep": keep,
    "steady": steady,
    "slow": slow,
    "ok": lambda: None,
    "late": lambda: time.sleep(0.4),
    "hang": lambda: time.sleep(3600),
    "spin": spin,
    "grow": grow,
    "exit": lambda: os._exit(5),
    "leave": lambda: sys.exit(0),
    "segfault": lambda: ctypes.string_at(0),
    "raise": fail,
    "chatter": chatter,
}


def act(source: Source, policy: Policy) -> DocumentReport:
    """Do what the first word of the source's name says, then report that it was checked."""
    ACTS[source.name.split()[0]]()
    who = str(os.getpid()) if source.name == "pid" else policy.digest
    return DocumentReport(path=source.name, sha256=who, media_type="", pages=1, status=Status.checked)
