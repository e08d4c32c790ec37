"""Read a file that is signed or encrypted by itself (`.p7m`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import ProblemKind, Reason
from countermark.readers.mail.message import read_message
from countermark.readers.mail.smime import opened

if TYPE_CHECKING:
    from countermark.readers.builder import DocumentBuilder


def read_smime(data: bytes, document: DocumentBuilder) -> None:
    """Read a file that is signed or encrypted by itself (`.p7m`) as a Reader does."""
    found = opened(data)
    if found is None:
        document.add_problem(ProblemKind.unreadable, Reason.smime_broken)
    elif found.is_encrypted:
        document.add_problem(ProblemKind.encrypted, Reason.encrypted_mail)
    elif found.message is not None:
        read_message(found.message, document)
    elif found.content is not None:
        document.is_container = True
        name = re.sub(r"(?i)\.(p7m|p7s|p7c)$", "", document.name.replace("\\", "/").rpartition("/")[2])
        document.read_child(found.content, name or "content")
    else:
        document.add_problem(ProblemKind.no_document, Reason.kind_certificate)
