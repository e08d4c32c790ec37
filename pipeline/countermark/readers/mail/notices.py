"""What is added to the text of a message: signatures, and the notices of programs and companies."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.html.text import TextLine

_SIGNATURE = re.compile(r"-- ?|[-=_*＊=＝─━―–—~～・]{5,}")
"""What a signature begins with (RFC 3676, 4.3), or is framed by, as Japanese ones are."""
_NOTICES = (
    r"confidential(?:ity)?\b.{0,30}[:：]",
    r"disclaimer\b",
    r"(?:the (?:information|contents?)|this)\b.{0,60}\be-?mail\b",
    r"this message\b.{0,60}\b(?:confidential|intended)",
    r"caution\b.{0,60}\b(?:e-?mail|message|external|outside)",
    r"(?:external|warning)\b.{0,60}\b(?:e-?mail|sender|message)",
    r"sent (?:from|with|using) (?:my|outlook|proton|mail)\b",
    r"get outlook for\b",
    r"please consider the environment",
    r"you received this (?:message|e-?mail)\b",
    r"(?:iphone|ipad|android).{0,10}から送信",
    r"(?:本|この|当)(?:電子)?メール(?:は|に|の|及び|および|を)",
    r"【?(?:機密保持|守秘義務|免責|外部)",
    r"※.{0,10}(?:外部|社外)",
    r"【(?:注意|警告|重要)】.{0,20}(?:外部|メール)",
)
_NOTICE = re.compile(rf"\W*(?:{'|'.join(_NOTICES)})", re.I)
_LOOKED_AT = 200


def own_lines(lines: Sequence[TextLine], shown: Sequence[int]) -> Sequence[int]:
    """Return the indices, of those in `shown`, of the lines that the sender wrote.

    Without the signature and what is after it, and without notices above and below; all where none are
    left.
    """
    paragraphs = [[shown[0]]]
    for before, index in pairwise(shown):
        if index > before + 1 or _SIGNATURE.fullmatch(lines[index].text):
            paragraphs.append([])
        paragraphs[-1].append(index)
    starts = [lines[paragraph[0]].text[:_LOOKED_AT] for paragraph in paragraphs]
    signatures = (place for place, text in enumerate(starts) if place and _SIGNATURE.fullmatch(text))
    start, end = 0, next(signatures, len(starts))
    while start < end and _NOTICE.match(starts[start]):
        start += 1
    while start < end and _NOTICE.match(starts[end - 1]):
        end -= 1
    return [index for paragraph in paragraphs[start:end] for index in paragraph] or shown
