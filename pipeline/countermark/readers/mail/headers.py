"""Headers of a message: as text, and the labels in them (RFC 5322, RFC 2047, RFC 2231)."""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from countermark.model import Label, Location, ProblemKind, Reason
from countermark.readers.charsets import decode, decode_header_bytes
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.message import Message

    from countermark.readers.builder import DocumentBuilder

LONGEST = 40_000
"""Characters of a header that are read: the standard library's parsers take the square of the time."""
_LONGEST_NAME = 80
_FOLDS = re.compile(r"\r\n|\r|\n")
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?[!-9;-~]+[ \t]*:")
_COUNT = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]+:)")
_SOURCE = "message header"
_PEOPLE = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc")
_SAID = ("Keywords", "Comments", "Sensitivity", "Importance")
_LABELS = re.compile(
    r"(?i)x-protective-marking|sio-label|(?:x-)?msip_labels?|x-.*(?:classif|marking|label).*"
)
_SEC = re.compile(r"(?i)\bSEC\s*=\s*([^,\]\r\n]+)")
_NAMESPACE = re.compile(r"(?i)\bNS\s*=\s*([^,\]\s]+)")
_BRITISH = re.compile(r"(?i)(?:.*\.)?(?:gov|mod|police|nhs)\.uk")
_SEC_IN_SUBJECT = re.compile(r"(?i)\[\s*SEC\s*=\s*([^\],]+)[^\]]*\]")
_MARKING_IN_SIO = re.compile(r'(?i)\bmarking\s*=\s*(?:"([^"]*)"|([^;]+))')
_MSIP = re.compile(r"(MSIP_Label_[0-9A-Fa-f-]{36}_\w+)\s*=\s*([^;]*)")


class Part(EmailMessage):
    """A part of a message.

    One that is a message itself is not taken apart with the message around it: it is read by itself, from
    its own bytes, as every other file within a file.
    """

    def get_content_type(self) -> str:
        """Return the type in lower case; `application` in place of `message`."""
        content_type = super().get_content_type()
        return re.sub(r"^message/", "application/", content_type)


class _Policy(EmailPolicy):
    """The default policy, but headers are text.

    The parsers of structured headers raise on what they don't expect (CPython's issues 74886, 76359,
    94306, 151857), also while a message is taken apart.
    """

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ARG002
        return decode_header_bytes(_FOLDS.sub("", value[:LONGEST]))


POLICY = _Policy(message_factory=lambda policy=None: Part(policy))


def is_message(data: bytes) -> bool:
    """Return whether a file begins with a header."""
    return _BEGINS.match(counted(data)) is not None


def counted(data: bytes) -> bytes:
    """Return the message in a file of Apple Mail (`.emlx`), which begins with its length; others whole."""
    count = _COUNT.match(data)
    return data[count.end() : count.end() + int(count[1])] if count else data


def header(message: Message, name: str) -> str:
    """Return a header's text, with its encoded words decoded; empty where there is none."""
    return decode_words(str(message.get(name) or ""))


def decode_words(value: str) -> str:
    """Return text with its encoded words decoded (RFC 2047); words that are damaged stay as they are."""
    value = _FOLDS.sub("", value[:LONGEST])
    if "=?" not in value:
        return value.strip()
    try:
        pieces = decode_header(value)
    except (HeaderParseError, Base64Error, ValueError):
        return value.strip()
    decoded = (
        decode(piece, charset or "").text if isinstance(piece, bytes) else piece for piece, charset in pieces
    )
    return "".join(decoded).strip()


def file_name(part: Message) -> str:
    """Return the name that a part has, of its last step only; empty where it has none."""
    for source, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = part.get_param(parameter, header=source)
        if isinstance(value, tuple):
            charset, _, text = value
            name = decode(text.encode("raw-unicode-escape", "replace"), charset or "").text
        else:
            name = decode_words(str(value or ""))
        if name := last_step(name):
            return name
    return last_step(header(part, "content-description"))


def last_step(name: str) -> str:
    """Return the last step of a name: a path in a message is never used."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()


def add_headers(document: DocumentBuilder, message: Message) -> None:
    """Add what the headers say: sender and recipients, the day, and labels.

    Raises LimitReached where there are too many of them.
    """
    if (count := len(message)) > (most := document.limits.parts):
        raise LimitReached("parts", most, str(count))
    for name in dict.fromkeys(name for name, value in message.raw_items() if len(value) > LONGEST):
        where = Location(part=name[:_LONGEST_NAME])
        document.add_problem(
            ProblemKind.part_unreadable, Reason.mail_header, where, part=name[:_LONGEST_NAME]
        )
    for name in (*_PEOPLE, *_SAID):
        values = (decode_words(str(value)) for value in message.get_all(name, ()))
        document.add_property(name, ", ".join(values), _SOURCE)
    if day := sent_on(header(message, "date")):
        document.add_property("created", day, _SOURCE)
    named = [(name, decode_words(str(value))) for name, value in message.items() if _LABELS.fullmatch(name)]
    for name, value in named:
        document.add_property(name, value, _SOURCE)
    for _, value in named:
        for key, text in _MSIP.findall(value):
            document.add_property(key, text, _SOURCE)
    document.add_labels(header_labels(named))
    document.add_labels(subject_labels(header(message, "subject")))


def header_labels(named: Iterable[tuple[str, str]]) -> Iterator[Label]:
    """Return the labels of headers.

    `SEC=` or all of `X-Protective-Marking`, the marking of `SIO-Label` (RFC 7444), the whole of others
    that are called so.
    """
    for name, value in named:
        if "msip" in name.lower() or not value:
            continue
        text = value
        if name.lower() == "sio-label":
            found = _MARKING_IN_SIO.search(value)
            text = (found[1] or found[2] or "") if found else ""
        elif found := _SEC.search(value):
            text = _of_scheme(found[1], value)
        if text.strip():
            yield Label(name=name, text=text.strip(), source=_SOURCE, tool="mail")


def subject_labels(subject: str) -> Iterator[Label]:
    """Return the labels in a subject, as `[SEC=SECRET]`."""
    for match in _SEC_IN_SUBJECT.finditer(subject):
        yield Label(name="SEC", text=match[0], source="subject", tool="mail")


def _of_scheme(text: str, header: str) -> str:
    """Return what `SEC=` says with its form, which is that of the Australian Government's e-mail markings.

    As British where the header's name space (`NS=gov.uk`) is; nothing where it says nothing.
    """
    if not text.strip():
        return ""
    namespace = _NAMESPACE.search(header)
    is_british = namespace and _BRITISH.fullmatch(namespace[1])
    return f"UK {text.strip()}" if is_british else f"[SEC={text.strip()}]"


def sent_on(value: str) -> str:
    """Return the day in a `Date` header (ISO 8601), by the sender's clock; empty where it holds none."""
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
