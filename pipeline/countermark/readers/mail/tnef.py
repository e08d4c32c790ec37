"""Read what Outlook packs into `winmail.dat` ([MS-OXTNEF]): subject, body and attachments of a message."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.charsets import decode
from countermark.readers.html.text import html_lines
from countermark.readers.mail.body import Body, add_body
from countermark.readers.mail.headers import last_step, subject_labels
from countermark.readers.mail.plain import plain_lines
from countermark.readers.mail.rtf_body import decompressed, html_of, rtf_lines
from countermark.readers.member_names import MemberNames
from countermark.readers.problems import limit_problem
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from countermark.readers.builder import DocumentBuilder

_LENGTH = struct.Struct("<I")
_PACKED_RTF = "_rtfbody"
"""Where the parser keeps rich text as it was packed; unpacked it gives it with another library only."""
_HEAD, _LENGTH_AT, _ROUND_IT, _SMALLEST = 6, 5, 11, 12
_MAPI_SUBJECT = 0x0037


def read_tnef(data: bytes, document: DocumentBuilder) -> None:
    """Read a packed message as a Reader does."""
    from tnefparse import TNEF

    _check_objects(data, document.limits.parts)
    packed = TNEF(data, do_checksum=False)
    subject = next((prop.data for prop in packed.msgprops if prop.name == TNEF.ATTSUBJECT), "")
    subject = _text(next((prop.data for prop in packed.mapiprops if prop.name == _MAPI_SUBJECT), subject))
    document.add_labels(subject_labels(subject))
    add_body(document, subject, _body(packed, document))
    names = MemberNames()
    for number, attachment in enumerate(packed.attachments, 1):
        checkpoint()
        suffix = ".dat" if hasattr(attachment, "embed") else ""
        name = last_step(_text(attachment.long_filename())) or f"part-{number}{suffix}"
        document.read_child(attachment.data, names.unique(name))


def _check_objects(data: bytes, most: int) -> None:
    """Raise LimitReached where there are more objects than `most`: the parser copies what follows each."""
    offset = _HEAD
    count = 0
    while offset + _SMALLEST < len(data):
        offset += _LENGTH.unpack_from(data, offset + _LENGTH_AT)[0] + _ROUND_IT
        count += 1
        if count > most:
            raise LimitReached("parts", most, str(count))


def _body(packed: Any, document: DocumentBuilder) -> Body:
    """Return what the message shows: its HTML, else its rich text, else its plain text."""
    body = Body()
    plain = _text(packed.body)
    try:
        html, rtf = _text(packed.htmlbody), vars(packed).get(_PACKED_RTF)
        rtf = decompressed(rtf if isinstance(rtf, bytes) else rtf[0]) if rtf and not html else b""
        html = html or (html_of(rtf) or "" if rtf else "")
        if html or rtf:
            body.shown = html_lines(html) if html else rtf_lines(rtf, document)
            body.replaced = plain.splitlines()
            return body
    except LimitReached as limit:
        document.problems.append(limit_problem(limit, (Location(part="text/html"),)))
    except (ValueError, IndexError, TypeError):
        document.add_problem(ProblemKind.part_unreadable, Reason.mail_part, Location(part="RTF"), part="RTF")
    body.shown = plain_lines(plain)
    return body


def _text(value: Any) -> str:
    """Return a text of whatever form the parser gives."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    text = decode(value).text if isinstance(value, bytes) else str(value or "")
    return text.replace("\0", "").strip()
