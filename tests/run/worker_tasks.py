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


def act(source: Source, policy: Policy) -> DocumentReport:
    """Do what the first word of the source's name says, then report that it was checked."""
    match source.name.split()[0]:
        case "hang":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "grow":
            blocks = []
            while True:
                blocks.append(b"x" * (8 << 20))
        case "exit":
            os._exit(5)
        case "leave":
            sys.exit(0)
        case "segfault":
            ctypes.string_at(0)
        case "raise":
            raise ValueError(DOCUMENT_TEXT)
        case "chatter":
            print(DOCUMENT_TEXT)
            print(DOCUMENT_TEXT, file=sys.stderr)
            os.write(1, DOCUMENT_TEXT.encode())
            os.write(2, DOCUMENT_TEXT.encode())
        case "late":
            time.sleep(0.4)
    return DocumentReport(
        path=source.name, sha256=policy.digest, media_type="", pages=1, status=Status.checked
    )
