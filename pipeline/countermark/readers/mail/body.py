"""The body of a message: its subject, head, text and foot, as one page that is no sheet of paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from countermark.model import Page, ProblemKind, Reason, Unseen, Zone
from countermark.readers.builder import Lines
from countermark.readers.mail.notices import own_lines
from countermark.readers.mail.plain import QUOTE_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.html.text import TextLine

MOST_ROWS = 3
"""The most lines that the head or foot of a body has."""
_LONGEST_ROW = 120
_LINES_OF_A_QUOTED_HEAD = 5
_LONGEST_EQUAL = 40
"""Characters, blanks not counted, of a line that is compared as a line."""
_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|fw|fwd|wg|tr|返信|回复|転送|转发)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+", re.I
)
_QUOTE_BEGINS = re.compile(
    r"\s*(?:"
    r"-{2,}\s*(?:original message|forwarded message|original appointment|forwarded by\b.*"
    r"|元のメッセージ|転送メッセージ|オリジナルメッセージ)\s*-{0,}"
    r"|begin forwarded message\s*:"
    r"|_{20,}"
    r"|on\b.{4,200}\bwrote\s*[:：]"
    r"|.{4,200}(?:のメール|さん(?:は|が)書きました|wrote)\s*[:：]"
    r")\s*",
    re.I,
)
_SEALED = "-----BEGIN PGP MESSAGE-----"
_FROM = re.compile(r"\s*\**(?:from|差出人|送信者)\**\s*[:：]", re.I)
_SENT = re.compile(r"\s*\**(?:sent|date|to|subject|送信日時|日付|宛先|件名)\**\s*[:：]", re.I)


@dataclass
class Body:
    """What a message shows, in the order of its parts.

    `replaced` are the alternatives that are not shown, `beside` what its form carries and no program
    shows.
    """

    shown: list[TextLine] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def add_body(document: DocumentBuilder, subject: str, body: Body) -> None:
    """Add the page of a message.

    The subject without `RE:` and its like, what it shows, and what it carries unseen.
    """
    if any(line.text.startswith(_SEALED) for line in body.shown):
        document.add_problem(ProblemKind.encrypted, Reason.encrypted_mail)
    page = Lines()
    page.add_line(_REPLY.sub("", subject), Zone.subject)
    seen = [line for line in body.shown if line.unseen is None]
    zones = _zones(seen)
    for line in body.shown:
        if line.unseen or line.zone:
            page.add_line(line.text, line.zone or Zone.hidden, unseen=line.unseen)
        else:
            zone = zones.get(id(line), Zone.body)
            page.add_line(line.text, zone, centred=line.centred, struck=line.struck)
    _add_unseen(page, _differing(body.replaced, seen), Unseen.replacement)
    _add_unseen(page, body.beside, Unseen.hidden)
    document.add_pages([Page(lines=page.lines())])


def _add_unseen(page: Lines, lines: Iterable[str], reason: Unseen) -> None:
    for text in lines:
        page.add_line(text, Zone.hidden, unseen=reason)


def _zones(lines: Sequence[TextLine]) -> dict[int, Zone]:
    """Return the zone of the lines at the head and foot of what the sender wrote, by their identity.

    Earlier mail below it is body.
    """
    own = lines[: _quote_begins(lines)]
    shown = [index for index, line in enumerate(own) if line.text.strip() and not line.zone]
    if not shown:
        return {}
    written = own_lines(own, shown)
    heads = {index for part in (shown, written) for index in _block(own, part, 1)}
    feet = {index for part in (shown, written) for index in _block(own, part[::-1], -1)}
    zones = {id(own[index]): Zone.footer for index in feet - heads}
    return zones | {id(own[index]): Zone.header for index in heads}


def _block(lines: Sequence[TextLine], shown: Sequence[int], step: int) -> list[int]:
    """Return the first line of `shown`, with those that follow up to a blank one where they are few and
    short.
    """
    block: list[int] = []
    for place, index in enumerate(shown):
        if place and index != shown[place - 1] + step:
            return block
        block.append(index)
        if len(block) > MOST_ROWS or len(lines[index].text) > _LONGEST_ROW:
            break
    return block[:1]


def _quote_begins(lines: Sequence[TextLine]) -> int:
    """Return the index of the first line of earlier mail; the number of lines where there is none."""
    for index, line in enumerate(lines):
        if line.quoted or _QUOTE_BEGINS.fullmatch(line.text):
            return index
        if _FROM.match(line.text):
            following = lines[index + 1 : index + 1 + _LINES_OF_A_QUOTED_HEAD]
            if any(_SENT.match(other.text) for other in following):
                return index
    return len(lines)


def _differing(replaced: Iterable[str], shown: Iterable[TextLine]) -> Iterator[str]:
    """Yield the lines of an alternative that is not shown that are not in what is shown.

    Paragraphs, which programs break elsewhere, as a whole; else short lines as a line, long ones as a
    stretch of the text.
    """
    texts = [_squeezed(line.text) for line in shown]
    whole, all_text = set(texts), "".join(texts)
    lines = (QUOTE_MARKS.sub("", line) for line in replaced)
    for has_text, paragraph in groupby(lines, lambda line: bool(line.strip())):
        members = list(paragraph)
        if has_text and _squeezed("".join(members)) not in whole:
            for line in members:
                key = _squeezed(line)
                if key not in whole and not (len(key) > _LONGEST_EQUAL and key in all_text):
                    yield line


def _squeezed(text: str) -> str:
    return "".join(text.split())
