"""Read a calendar file (RFC 5545), as invitations bring it: what it is about, and its text."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.charsets import decode
from countermark.readers.html.text import html_lines
from countermark.readers.mail.body import Body, add_body
from countermark.readers.mail.headers import last_step, subject_labels
from countermark.readers.mail.plain import plain_lines
from countermark.readers.member_names import MemberNames
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder

_FOLDS = re.compile(r"\r?\n[ \t]")
_FIELD = re.compile(r'([A-Za-z0-9-]+)((?:;[^=:;"]+=(?:"[^"]*"|[^:;"])*)*):(.*)')
_FILE_NAME = re.compile(r'(?i);(?:x-)?filename="?([^";:]+)')
_ESCAPED = re.compile(r"\\(.)")
_SUBJECT = "SUMMARY"
_TEXTS = ("DESCRIPTION", "COMMENT", "LOCATION", "CATEGORIES")
_HTML, _ATTACHED = "X-ALT-DESC", "ATTACH"


class _Field(NamedTuple):
    name: str
    parameters: str
    value: str

    @property
    def text(self) -> str:
        """The value without its escapes."""
        return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], self.value)


def read_calendar(data: bytes, document: DocumentBuilder) -> None:
    """Read a calendar file as a Reader does."""
    subject, *others = _subjects(fields := list(_fields(decode(data).text))) or [""]
    document.add_labels(subject_labels(subject))
    body = Body()
    names = MemberNames()
    for field in fields:
        checkpoint()
        if field.name in _TEXTS:
            body.shown += [*plain_lines(field.text), *plain_lines("\n")]
        elif field.name == _HTML:
            body.replaced += [line.text for line in html_lines(field.text)]
        elif field.name == _ATTACHED and "BINARY" in field.parameters.upper():
            _read_attached(field, names, document)
    body.shown += plain_lines("\n\n".join(others))
    add_body(document, subject, body)


def calendar_texts(text: str) -> Iterator[str]:
    """Yield the lines of what a calendar file says, as another form of a message's text."""
    for field in _fields(text):
        if field.name in (_SUBJECT, *_TEXTS):
            yield from field.text.splitlines()


def _subjects(fields: list[_Field]) -> list[str]:
    return [field.text for field in fields if field.name == _SUBJECT]


def _fields(text: str) -> Iterator[_Field]:
    for line in _FOLDS.sub("", text).splitlines():
        if found := _FIELD.fullmatch(line):
            yield _Field(found[1].upper(), found[2], found[3])


def _read_attached(field: _Field, names: MemberNames, document: DocumentBuilder) -> None:
    stated = _FILE_NAME.search(field.parameters)
    name = names.unique(last_step(stated[1]) if stated else "attachment")
    try:
        document.read_child(b64decode(field.value), name)
    except Base64Error:
        where = Location(part=name)
        document.add_problem(ProblemKind.part_unreadable, Reason.mail_part, where, part=name)
