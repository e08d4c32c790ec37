"""Read a message (RFC 5322) with what it shows and what is attached to it."""

from __future__ import annotations

import mimetypes
import re
from email import errors, message_from_bytes
from typing import TYPE_CHECKING

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.charsets import decode, decode_header_bytes
from countermark.readers.html.text import TextLine, html_lines
from countermark.readers.mail.body import Body, add_body
from countermark.readers.mail.calendar import calendar_texts
from countermark.readers.mail.headers import (
    POLICY,
    Part,
    add_headers,
    counted,
    decode_words,
    file_name,
    last_step,
)
from countermark.readers.mail.plain import of_enriched, plain_lines
from countermark.readers.mail.smime import SMIME_TYPES, Opened, is_signature, opened
from countermark.readers.mail.uuencoded import without_uuencoded
from countermark.readers.member_names import MemberNames
from countermark.readers.problems import limit_problem
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.readers.builder import DocumentBuilder

_HTML = "text/html"
_OTHER_HTML = ("text/x-amp-html", "text/watch-html")
_CALENDAR = "text/calendar"
_TEXTS = (
    "text/plain",
    "text/enriched",
    "text/richtext",
    "text/rfc822-headers",
    "application/delivery-status",
    "application/disposition-notification",
    "application/feedback-report",
    "application/global-delivery-status",
    "application/global-disposition-notification",
    "application/global-headers",
)
"""Types of what is text of a message itself, of reports too (RFC 6522), with `application` for `message`."""
_ENRICHED = ("text/enriched", "text/richtext")
_KNOWN_ENCODINGS = (
    "",
    "7bit",
    "8bit",
    "binary",
    "base64",
    "quoted-printable",
    "x-uuencode",
    "uuencode",
    "x-uue",
    "uue",
)
_STRUCTURE = (
    errors.StartBoundaryNotFoundDefect,
    errors.NoBoundaryInMultipartDefect,
    errors.MultipartInvariantViolationDefect,
)
_ENCODING = (
    errors.InvalidBase64LengthDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidMultipartContentTransferEncodingDefect,
)
_STOCK = re.compile(r"(?i)\s*this is (?:a |an )?(?:multi-?part|cryptographically|s/mime).*")
_MESSAGES = ("application/rfc822", "application/global", "application/news")
_PARTIAL, _EXTERNAL = "application/partial", "application/external-body"
_APPLE_DOUBLE = b"\x00\x05\x16\x07"
_SUFFIXES = {
    **dict.fromkeys((*_MESSAGES, _PARTIAL), ".eml"),
    "text/plain": ".txt",
    "text/html": ".html",
    _CALENDAR: ".ics",
}
_ONCE = ("content-type", "content-transfer-encoding", "content-disposition")
_TYPES = mimetypes.MimeTypes(filenames=())


def read_message(data: bytes, document: DocumentBuilder) -> None:
    """Read a message as a Reader does."""
    root = parsed(data)
    add_headers(document, root)
    subject, *others = [decode_words(str(value)) for value in root.get_all("subject", ())] or [""]
    body = Body(beside=[other for other in others if other != subject])
    _Reading(document, body).read(root)
    add_body(document, subject, body)


def parsed(data: bytes) -> Part:
    """Return the message, taken apart. Raises LimitReached where its parts nest too deep."""
    try:
        message = message_from_bytes(counted(data).removeprefix(b"\xef\xbb\xbf"), policy=POLICY)
    except RecursionError as error:
        raise LimitReached("depth", 0, "multipart") from error
    assert isinstance(message, Part)  # noqa: S101
    return message


class _Reading:
    """The parts of one message while they are read."""

    def __init__(self, document: DocumentBuilder, body: Body) -> None:
        self._document, self._body = document, body
        self._names = MemberNames()
        self._parts = 0

    def read(self, root: Part) -> None:
        """Read a message's parts in their order."""
        pending = [root]
        while pending:
            part = pending.pop()
            checkpoint()
            self._parts += 1
            if self._parts > (most := self._document.limits.parts):
                raise LimitReached("parts", most, str(self._parts))
            self._add_defects(part, _STRUCTURE, Reason.mail_structure)
            if any(len(set(part.get_all(name, ()))) > 1 for name in _ONCE):
                self._add_problem(Reason.mail_structure, part)
            self._add_defects(part, (errors.CloseBoundaryNotFoundDefect,), Reason.mail_truncated)
            pending += reversed(self._parts_of(part) if part.is_multipart() else self._read_leaf(part))

    def _parts_of(self, part: Part) -> list[Part]:
        """Return the parts of a multipart that are to be read."""
        subtype = part.get_content_subtype()
        parts = [child for child in part.get_payload() if isinstance(child, Part)]
        for text in (part.preamble, part.epilogue):
            lines = decode_header_bytes(text or "").splitlines()
            self._body.beside += [line for line in lines if not _STOCK.fullmatch(line)]
        if subtype == "encrypted":
            self._document.add_problem(ProblemKind.encrypted, Reason.encrypted_mail)
            return []
        if subtype == "alternative":
            return self._shown_of(parts)
        if subtype == "appledouble":
            return [child for child in parts if not _content(child).startswith(_APPLE_DOUBLE)]
        if subtype == "signed":
            return [child for child in parts if not is_signature(child.get_content_type(), _content(child))]
        return parts

    def _shown_of(self, parts: list[Part]) -> list[Part]:
        """Return of alternatives those that are shown; the others are kept as replaced by HTML."""
        if not any(inner.get_content_type() == _HTML for part in parts for inner in part.walk()):
            return parts
        shown = []
        for part in parts:
            content_type = part.get_content_type()
            if content_type in (*_TEXTS, *_OTHER_HTML, _CALENDAR) and self._is_body(part):
                self._body.replaced += self._replaced_lines(content_type, self._text(part))
            else:
                shown.append(part)
        return shown

    def _replaced_lines(self, content_type: str, text: str) -> Iterable[str]:
        if content_type == _CALENDAR:
            return calendar_texts(text)
        if content_type in _OTHER_HTML:
            return [line.text for line in self._html_lines(text)]
        return text.splitlines()

    def _read_leaf(self, part: Part) -> list[Part]:
        """Read a part that holds no others; the parts that turn up in it are still to be read."""
        content_type = part.get_content_type()
        if part.get_content_maintype() == "multipart" or (content_type in _TEXTS and self._is_body(part)):
            self._add_shown(self._plain_lines(part))
        elif content_type in (_HTML, *_OTHER_HTML) and self._is_body(part):
            self._add_shown(self._html_lines(self._text(part)))
        else:
            return self._read_attachment(part)
        return []

    def _read_attachment(self, part: Part) -> list[Part]:
        data = _content(part)
        self._add_encoding_problems(part)
        if part.get_content_type() in SMIME_TYPES and (found := _opened(data)):
            if found.is_encrypted and self._parts == 1:
                self._document.add_problem(ProblemKind.encrypted, Reason.encrypted_mail)
                return []
            if found.message is not None:
                return [parsed(found.message)]
        name = file_name(part) or self._given_name(part)
        if part.get_content_type() == _EXTERNAL:
            self._add_problem(Reason.mail_reference, part)
            return []
        if part.get_content_type() == _PARTIAL:
            self._add_problem(Reason.mail_partial, part)
        elif part.get_content_type() in _MESSAGES and not name.lower().endswith(".eml"):
            name += ".eml"
        self._document.read_child(data, self._names.unique(name))
        return []

    def _given_name(self, part: Part) -> str:
        content_type = part.get_content_type()
        suffix = _SUFFIXES.get(content_type) or _TYPES.guess_extension(content_type) or ""
        return f"part-{self._parts}{suffix}"

    def _is_body(self, part: Part) -> bool:
        """Return whether a text is shown with the message: not as an attachment, nor as a file after it."""
        is_first = not any(line.text for line in self._body.shown)
        return part.get_content_disposition() != "attachment" and (is_first or not file_name(part))

    def _add_shown(self, lines: list[TextLine]) -> None:
        """Add the lines of a part, apart from those of the one before it."""
        self._body.shown += [TextLine(""), *lines] if self._body.shown else lines

    def _html_lines(self, html: str) -> list[TextLine]:
        try:
            return html_lines(html)
        except LimitReached as limit:
            self._document.problems.append(limit_problem(limit, (Location(part=_HTML),)))
            return []

    def _plain_lines(self, part: Part) -> list[TextLine]:
        """Return the lines of a part; files that old programs wrote into it are read as such."""
        text, files = without_uuencoded(self._text(part))
        for name, data in files:
            self._document.read_child(data, self._names.unique(last_step(name) or self._given_name(part)))
        if part.get_content_type() in _ENRICHED:
            text = of_enriched(text)
        flowed, joined = (str(part.get_param(name, "")).lower() for name in ("format", "delsp"))
        return plain_lines(text, flowed=flowed == "flowed", joined=joined == "yes")

    def _text(self, part: Part) -> str:
        charset = part.get_param("charset")
        decoded = decode(_content(part), charset if isinstance(charset, str) else "")
        self._add_encoding_problems(part)
        if not decoded.is_whole:
            self._add_problem(Reason.mail_charset, part)
        return decoded.text

    def _add_encoding_problems(self, part: Part) -> None:
        self._add_defects(part, _ENCODING, Reason.mail_encoding)
        if str(part.get("content-transfer-encoding", "")).strip().lower() not in _KNOWN_ENCODINGS:
            self._add_problem(Reason.mail_encoding, part)

    def _add_defects(self, part: Part, kinds: tuple[type[errors.MessageDefect], ...], reason: Reason) -> None:
        if any(isinstance(defect, kinds) for defect in part.defects):
            self._add_problem(reason, part)

    def _add_problem(self, reason: Reason, part: Part) -> None:
        name = file_name(part) or part.get_content_type()
        where = Location(part=name)
        self._document.add_problem(ProblemKind.part_unreadable, reason, where, part=name)


def _opened(data: bytes) -> Opened | None:
    """Return what is signed or encrypted.

    None where it is for a reader of its own to say what can't be read.
    """
    try:
        return opened(data)
    except ModuleNotFoundError:
        return None


def _content(part: Part) -> bytes:
    """Return the bytes of a part as they were sent."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
