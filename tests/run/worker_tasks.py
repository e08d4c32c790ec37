"""What a worker is made to do in the tests: the source's name says it."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import TYPE_CHECKING

from countermark.model import DocumentReport, Status

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


ACTS = {
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
    return DocumentReport(
        path=source.name, sha256=policy.digest, media_type="", pages=1, status=Status.checked
    )
