"""What goes with a slide and isn't on it: its notes and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Unseen, Zone
from countermark.readers.flow.lines import Text
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.package import targets
from countermark.readers.pptx.shapes import P, placeholder_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from countermark.readers.ooxml.opened import OpenedPackage
    from countermark.support.safe_xml import XmlElement

NOTES = frozenset(("notesSlide",))
COMMENTS = frozenset(("comments",))
"""Kinds of the parts, of comments both those of 2007 and those in threads."""
SAME_ON_ALL = frozenset(("ftr", "hdr"))
"""Types of placeholders whose text, unlike date and number, says something."""
COMMENT_TEXT, SLIDE = f"{P}text", f"{P}sld"


def texts_beside(part: str, opened: OpenedPackage) -> Iterator[Text]:
    """Return the lines of the notes and comments of the slide in `part`."""
    for _, target in targets(opened.links_of(part), NOTES):
        for line in paragraphs_of(opened.xml(target)):
            yield Text(line, Zone.hidden, target, unseen=Unseen.notes)
    for _, target in targets(opened.links_of(part), COMMENTS):
        root = opened.xml(target)
        for element in root.iter(COMMENT_TEXT, f"{A}p") if root is not None else ():
            written = (element.text or "").splitlines() if element.tag == COMMENT_TEXT else [_said(element)]
            for line in written:
                if line.strip():
                    yield Text(line, Zone.comment, target)


def paragraphs_of(root: XmlElement | None, left_out: Container[XmlElement] = ()) -> Iterator[str]:
    """Return the paragraphs of a part that has text."""
    for paragraph in root.iter(f"{A}p") if root is not None else ():
        line = _said(paragraph) if paragraph not in left_out else ""
        if line.strip():
            yield line


def unshown_lines(root: XmlElement | None) -> Iterator[str]:
    """Return the paragraphs of a layout, master or slide that none of the slides shows, without dates,
    numbers and what invites to fill in a placeholder.
    """
    prompts = set()
    for shape in root.iter(f"{P}sp") if root is not None and root.tag != SLIDE else ():
        placeholder = placeholder_of(shape)
        if placeholder and placeholder.type not in SAME_ON_ALL:
            prompts.update(shape.iter(f"{A}p"))
    yield from paragraphs_of(root, prompts)


def _said(paragraph: XmlElement) -> str:
    texts = paragraph.iter(f"{A}t", f"{A}br")
    return "".join(" " if element.tag == f"{A}br" else element.text or "" for element in texts)
