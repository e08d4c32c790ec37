"""Footnotes, endnotes and comments of a Word file: what each says, and in which section it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.ooxml.namespaces import W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.readers.flow.lines import Text
    from countermark.support.safe_xml import XmlElement

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
P, PARAGRAPH_ID = f"{W}p", f"{W14}paraId"
NOTES = {"footnotes": Zone.footnote, "endnotes": Zone.endnote, "comments": Zone.comment}
"""Kinds of the parts that hold them -> their zones."""
REFERENCES = {f"{W}{kind.removesuffix('s')}Reference": kind for kind in NOTES}

Name = tuple[str, str]
"""The kind of a note's part, and its identifier there."""


def name_of(reference: XmlElement) -> Name:
    """Return the note that a reference in the text leads to."""
    return REFERENCES[reference.tag], reference.get(f"{W}id", "")


def in_threads(comments: XmlElement, extended: XmlElement | None) -> list[XmlElement]:
    """Return the comments, each with its replies after it.

    `extended` is the root of the part that says what answers what, by the last paragraph of each
    ([MS-DOCX] 2.5.1.2); None where there is none.
    """
    answers = {
        comment.get(f"{W15}paraId"): comment.get(f"{W15}paraIdParent")
        for comment in (extended if extended is not None else ())
    }
    unordered = list(comments)
    own = [_last_paragraph(comment) for comment in unordered]
    numbers = {paragraph: number for number, paragraph in enumerate(own)}

    def place(number: int) -> list[int]:
        """Return the number of a comment after those of what it answers."""
        chain = [number]
        above = numbers.get(answers.get(own[number]))
        while above is not None and above not in chain:
            chain.insert(0, above)
            above = numbers.get(answers.get(own[above]))
        return chain

    if not any(answers.values()):
        return unordered
    return [unordered[number] for number in sorted(range(len(unordered)), key=place)]


def in_sections(
    notes: Mapping[Name, list[Text]], referred: Mapping[Name, int], sections: int, *, endnotes_at_end: bool
) -> list[list[Text]]:
    """Return what the notes say, for each of the `sections` whose pages show them.

    `referred` tells from which section, counted from 0, the text leads to a note; one that nothing leads
    to stands in the last, as do endnotes where they are gathered at the end (ECMA-376 17.11.22).
    """
    told: list[list[Text]] = [[] for _ in range(sections)]
    for name, texts in notes.items():
        at_end = endnotes_at_end and name[0] == "endnotes"
        at = sections - 1 if at_end else referred.get(name, sections - 1)
        told[min(at, sections - 1)].extend(texts)
    return told


def _last_paragraph(comment: XmlElement) -> str | None:
    paragraphs = comment.findall(P)
    return paragraphs[-1].get(PARAGRAPH_ID) if paragraphs else None
