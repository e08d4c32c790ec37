"""Read a message of Outlook (`.msg`, [MS-OXMSG]) with what it shows and what is attached to it."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.builder import DocumentBuilder
from countermark.readers.html.text import html_lines
from countermark.readers.mail.body import Body, add_body
from countermark.readers.mail.headers import add_headers, header, header_labels, last_step, subject_labels
from countermark.readers.mail.mapi import Storage
from countermark.readers.mail.message import parsed
from countermark.readers.mail.plain import plain_lines
from countermark.readers.mail.rtf_body import decompressed, html_of, rtf_lines
from countermark.readers.member_names import MemberNames
from countermark.readers.problems import limit_problem
from countermark.support.guarding import is_own
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from countermark.readers.html.text import TextLine

MEDIA_TYPE = "application/vnd.ms-outlook"
_SOURCE = "message"
_PEOPLE = {0x0C1A: "From", 0x0C1F: "From", 0x5D01: "From", 0x0E04: "To", 0x0E03: "Cc", 0x0E02: "Bcc"}
_SUBJECT, _HEADERS, _BODY, _RTF, _HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
_SENT, _DELIVERED, _CREATED = 0x0039, 0x0E06, 0x3007
_ATTACHED, _METHOD, _NAMES = 0x3701, 0x3705, (0x3707, 0x3704, 0x3001)
_BY_REFERENCE = (2, 3, 4, 7)
_TOP_HEADER, _EMBEDDED_HEADER, _ATTACHMENT_HEADER = 32, 24, 8
_DAMAGE = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError)
"""What `olefile` raises for a damaged compound file."""


def read_outlook(data: bytes, document: DocumentBuilder) -> None:
    """Read a message of Outlook as a Reader does."""
    with olefile.OleFileIO(BytesIO(data)) as container:
        _read(Storage(container, (), _TOP_HEADER), document, 0)


def _read(message: Storage, document: DocumentBuilder, depth: int) -> None:
    """Read the message in a storage; `depth` counts the messages of this file around it."""
    checkpoint()
    headers = message.text(_HEADERS)
    if headers:
        add_headers(document, parsed(headers.encode("utf-8", "replace")))
    for tag, name in _PEOPLE.items():
        document.add_property(name, message.text(tag), _SOURCE)
    sent = next((day for tag in (_SENT, _DELIVERED, _CREATED) if (day := message.day(tag))), "")
    document.add_property("created", sent, _SOURCE)
    named = message.named_texts()
    for name, value in named.items():
        document.add_property(name, value, "named property")
    subject = message.text(_SUBJECT) or (header(parsed(headers.encode()), "subject") if headers else "")
    document.add_labels(header_labels((name, text) for name, text in named.items() if _is_label(name)))
    document.add_labels(subject_labels(subject))
    add_body(document, subject, _body(message, document))
    names = MemberNames()
    for number, attachment in enumerate(message.children("__attach_version1.0_"), 1):
        checkpoint()
        if number > document.limits.children:
            raise LimitReached("children", document.limits.children, str(number))
        try:
            _read_attachment(attachment, number, names, document, depth)
        except _DAMAGE as error:
            if is_own(error):
                raise
            name = f"part-{number}"
            where = Location(part=name)
            document.add_problem(ProblemKind.part_unreadable, Reason.mail_part, where, part=name)


def _is_label(name: str) -> bool:
    return any(word in name.lower() for word in ("protective-marking", "classif", "sio-label"))


def _body(message: Storage, document: DocumentBuilder) -> Body:
    """Return what a message shows: its HTML, else its rich text, else its plain text."""
    body = Body()
    plain = message.text(_BODY)
    try:
        shown = _shown(message, document)
    except LimitReached as limit:
        document.problems.append(limit_problem(limit, (Location(part="text/html"),)))
        shown = None
    except ValueError:
        where = Location(part="RTF")
        document.add_problem(ProblemKind.part_unreadable, Reason.mail_part, where, part="RTF")
        shown = None
    if shown is None:
        body.shown = plain_lines(plain)
    else:
        body.shown, body.replaced = shown, plain.splitlines()
    return body


def _shown(message: Storage, document: DocumentBuilder) -> list[TextLine] | None:
    """Return the lines of the HTML or of the rich text; None where there is neither."""
    html = message.html(_HTML)
    if html:
        return html_lines(html)
    packed = message.binary(_RTF)
    if not packed:
        return None
    rtf = decompressed(packed)
    inner = html_of(rtf)
    return html_lines(inner) if inner is not None else rtf_lines(rtf, document)


def _read_attachment(
    attachment: Storage, number: int, names: MemberNames, document: DocumentBuilder, depth: int
) -> None:
    stored = next((text for tag in _NAMES if (text := last_step(attachment.text(tag)))), "")
    method = attachment.number(_METHOD)
    embedded = attachment.storage(_ATTACHED, _EMBEDDED_HEADER)
    if embedded is not None and embedded.is_message:
        _read_embedded(embedded, names.unique(stored or f"part-{number}.msg"), document, depth)
        return
    name = names.unique(stored or f"part-{number}")
    data = attachment.binary(_ATTACHED)
    if data is None:
        reason = Reason.mail_reference if method in _BY_REFERENCE else Reason.mail_part
        document.add_problem(ProblemKind.part_unreadable, reason, Location(part=name), part=name)
    else:
        document.read_child(data, name)


def _read_embedded(message: Storage, name: str, document: DocumentBuilder, depth: int) -> None:
    """Read a message that is attached: a storage of this compound file, no file of its own."""
    child = DocumentBuilder(
        name, MEDIA_TYPE, document.limits, read_child=document.read_nested, passwords=document.passwords
    )
    digest = hashlib.sha256(message.content()).hexdigest()
    if depth == document.limits.depth:
        limit = LimitReached("depth", document.limits.depth, str(depth + 1))
        child.problems.append(limit_problem(limit))
    else:
        _read(message, child, depth + 1)
    document.add_children([child.build(digest)])
