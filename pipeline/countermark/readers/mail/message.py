"""Read a message (RFC 5322) with what it shows and what is attached to it."""

from __future__ import annotations

import mimetypes
import re
from email import errors, message_from_bytes
from typing import TYPE_CHECKING

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.charsets import decode, decode_header_bytes
from countermark.readers.html.text import html_lines
from countermark.readers.mail.body import Body, add_body, plain_lines
from countermark.readers.mail.headers import POLICY, Part, add_headers, file_name, header, last_step
from countermark.readers.mail.smime import SMIME_TYPES, Opened, is_signature, opened
from countermark.readers.mail.uuencoded import without_uuencoded
from countermark.readers.member_names import MemberNames
from countermark.readers.problems import limit_problem
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from countermark.readers.builder import DocumentBuilder

_HTML = "text/html"
_TEXTS = (
    "text/plain",
    "text/enriched",
    "text/richtext",
    "text/rfc822-headers",
    "application/delivery-status",
)
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
_MESSAGE = "application/rfc822"
_SUFFIXES = {
    _MESSAGE: ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
}
_TYPES = mimetypes.MimeTypes(filenames=())


def read_message(data: bytes, document: DocumentBuilder) -> None:
    """Read a message as a Reader does."""
    root = parsed(data)
    add_headers(document, root)
    body = Body()
    _Reading(document, body).read(root)
    add_body(document, header(root, "subject"), body)


def parsed(data: bytes) -> Part:
    """Return the message, taken apart. Raises LimitReached where its parts nest too deep."""
    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=POLICY)
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
        if subtype == "signed":
            return [child for child in parts if not is_signature(child.get_content_type(), _content(child))]
        return parts

    def _shown_of(self, parts: list[Part]) -> list[Part]:
        """Of alternatives those that are shown; plain text beside HTML is kept as replaced."""
        if not any(inner.get_content_type() == _HTML for part in parts for inner in part.walk()):
            return parts
        texts = [part for part in parts if part.get_content_type() in _TEXTS and self._is_body(part)]
        for part in texts:
            self._body.replaced += self._text(part).splitlines()
        return [part for part in parts if not any(part is text for text in texts)]

    def _read_leaf(self, part: Part) -> list[Part]:
        """Read a part that holds no others; the parts that turn up in it are still to be read."""
        content_type = part.get_content_type()
        if part.get_content_maintype() == "multipart" or (content_type in _TEXTS and self._is_body(part)):
            self._body.shown += plain_lines(self._plain_text(part))
        elif content_type == _HTML and self._is_body(part):
            self._add_html(part)
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
        if part.get_content_type() == _MESSAGE and not name.lower().endswith(_SUFFIXES[_MESSAGE]):
            name += _SUFFIXES[_MESSAGE]
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

    def _add_html(self, part: Part) -> None:
        try:
            self._body.shown += html_lines(self._text(part))
        except LimitReached as limit:
            self._document.problems.append(limit_problem(limit, (Location(part=_HTML),)))

    def _plain_text(self, part: Part) -> str:
        """Return the text of a part; files that old programs wrote into it are read as such."""
        text = self._text(part)
        if "-----BEGIN PGP MESSAGE" in text:
            self._document.add_problem(ProblemKind.encrypted, Reason.encrypted_mail)
        text, files = without_uuencoded(text)
        for name, data in files:
            self._document.read_child(data, self._names.unique(last_step(name) or self._given_name(part)))
        return text

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
