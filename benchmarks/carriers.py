"""How fast messages and archives are read, beside `email` and `zipfile`, measured in one run.

    python benchmarks/carriers.py

Each row reads the same files: the yardstick takes a message apart and decodes its texts, or inflates an
archive's members; the other does so, finds the lines that a person sees, and asks of each file what it is.
"""

from __future__ import annotations

import io
import random
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.readers.read import read
from countermark.support.limits import Limits
from speed import measured, sentence, show

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER, LINES, MEMBER = 200, 60, 64 * 1024
LIMITS = Limits()


def mail(number: int) -> bytes:
    """Return a message in plain text and HTML, as programs send it."""
    lines = [sentence(number * LINES + line) for line in range(LINES)]
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "UK SECRET - Plan"
    message.set_content("\n".join(("UK SECRET", "", *lines, "", "UK SECRET")))
    html = "".join(f"<p>{line}</p>" for line in ("UK SECRET", *lines, "UK SECRET"))
    message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    return message.as_bytes()


def parsed(messages: list[bytes]) -> None:
    """Take messages apart and decode their texts."""
    for data in messages:
        for part in message_from_bytes(data, policy=default).walk():
            if not part.is_multipart():
                part.get_content()


def archive() -> bytes:
    """Return an archive of recordings: half noise, half zeros, which no reader looks into."""
    noise = random.Random(1)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(NUMBER):
            content = b"RIFF" + noise.randbytes(MEMBER // 2) + bytes(MEMBER // 2)
            packed.writestr(f"folder/recording-{number}.bin", content)
    return target.getvalue()


def unpacked(data: bytes) -> None:
    """Inflate the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.infolist():
            packed.read(entry)


def read_each(data: bytes) -> None:
    """Inflate the members of an archive, and read each as if it came by itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.infolist():
            read(packed.read(entry), entry.filename, LIMITS)


def main() -> None:
    policy = load_policy()
    messages, packed = [mail(number) for number in range(NUMBER)], archive()
    tasks: dict[str, Callable[[], object]] = {
        "countermark check": lambda: [check_document(data, "mail.eml", policy) for data in messages],
        "  of that, reading": lambda: [read(data, "mail.eml", LIMITS) for data in messages],
        "email, texts decoded": lambda: parsed(messages),
    }
    show(f"{NUMBER} messages of {len(messages[0]) // 1024} KiB", measured(tasks), NUMBER, "message")
    tasks = {
        "countermark check": lambda: check_document(packed, "a.zip", policy),
        "  of that, reading": lambda: read(packed, "a.zip", LIMITS),
        "zipfile, members read": lambda: unpacked(packed),
        "zipfile, each read as a file": lambda: read_each(packed),
    }
    show(f"ZIP archive, {NUMBER} members of {MEMBER // 1024} KiB", measured(tasks), NUMBER, "member")


if __name__ == "__main__":
    main()
