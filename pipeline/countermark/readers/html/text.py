"""The text of HTML as a person sees it, line by line, and what the page carries unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from countermark.model import Unseen, Zone
from countermark.readers.html.style import BLOCK_END, Look, Sheet, look_of, sheet_of
from countermark.support.limits import LimitReached
from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.safe_xml import XmlElement

HTML_NESTING = 2048
"""How deep elements of HTML may nest (`xml_nesting`); libxml2's own bound."""
_FLOWING = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter o:p "
    "output q s samp small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_FLOWING.split())
_CELLS = frozenset(("td", "th"))
_UNSHOWN = frozenset(("script", "style", "head", "title", "template", "noscript", "object", "datalist"))
_STRUCK = frozenset(("s", "strike", "del"))
_CONDITIONAL = re.compile(r"\s*\[if[^\]]*\]>(.*)<!\[endif\]\s*", re.S)
_ISLANDS = re.compile(r"<(xml|style|script)\b.*?</\1\s*>", re.S | re.I)
_STEPS_A_HEARTBEAT = 10_000


@dataclass(frozen=True)
class TextLine:
    """A line of text. `unseen` is why it is not seen; `zone` its zone where that is known, as that of
    alternative text; `quoted` whether it is of an earlier message."""

    text: str
    unseen: Unseen | None = None
    zone: Zone | None = None
    centred: bool | None = None
    struck: bool = False
    quoted: bool = False


class _State(NamedTuple):
    """What holds for text inside an element."""

    look: Look = Look()
    is_struck: bool = False
    is_quoted: bool = False
    is_preformatted: bool = False


class _Lines:
    """Lines while they are put together; seen and unseen text never share one."""

    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self._pieces: list[str] = []
        self._states: list[_State] = []

    def add(self, text: str, state: _State) -> None:
        """Add text to the line."""
        if not text:
            return
        if self._states and text.strip() and self._states[-1].look.unseen is not state.look.unseen:
            if "".join(self._pieces).strip():
                self.end()
            else:
                self._pieces, self._states = [], []
        self._pieces.append(text)
        if text.strip():
            self._states.append(state)

    def end(self, *, blank: bool = False) -> None:
        """End the line; `blank` adds one even where it is empty."""
        written = "".join(self._pieces)
        text = "\t".join(" ".join(cell.split()) for cell in written.split("\t")).strip()
        if text and self._states:
            state = self._states[0]
            is_struck = all(other.is_struck for other in self._states)
            line = TextLine(
                text, state.look.unseen, None, state.look.is_centred or None, is_struck, state.is_quoted
            )
            self.lines.append(line)
        elif blank or "\xa0" in written:
            self.lines.append(TextLine(""))
        self._pieces, self._states = [], []


def html_lines(html: str) -> list[TextLine]:
    """Return the lines of HTML, blank ones too, in the order of the source. Nothing it refers to is loaded.

    Raises LimitReached where elements nest too deep.
    """
    if not html.strip():
        return []
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise LimitReached("xml_nesting", HTML_NESTING, str(HTML_NESTING + 1), ends=False)
    if root is None:
        return []
    sheet = sheet_of(element.text or "" for element in root.iter("style"))
    lines = _Lines()
    _walk(root, sheet, lines)
    lines.end()
    return [*lines.lines, *_conditional_lines(root)]


def _walk(root: XmlElement, sheet: Sheet, lines: _Lines) -> None:
    """Add the text of all elements to `lines`."""
    states = [_State()]
    skipped = 0
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end", "comment")), 1):
        if not number % _STEPS_A_HEARTBEAT:
            heartbeat()
        if event == "comment":
            lines.add(_text(element.tail, states[-1]) if not skipped else "", states[-1])
            continue
        tag = element.tag
        if tag in _UNSHOWN:
            skipped += 1 if event == "start" else -1
        elif not skipped and event == "start":
            states.append(_state(element, states[-1], sheet))
            _open(element, states[-1], lines)
        elif not skipped:
            _close(tag, lines)
            states.pop()
        if event == "end" and not skipped:
            lines.add(_text(element.tail, states[-1]), states[-1])


def _state(element: XmlElement, outer: _State, sheet: Sheet) -> _State:
    tag = element.tag
    look = look_of(element, outer.look, sheet)
    return _State(
        look,
        outer.is_struck or tag in _STRUCK or look.is_struck,
        outer.is_quoted or tag == "blockquote" or "gmail_quote" in element.get("class", ""),
        outer.is_preformatted or tag == "pre",
    )


def _open(element: XmlElement, state: _State, lines: _Lines) -> None:
    tag = element.tag
    if tag == "br":
        lines.end(blank=True)
    elif tag in _CELLS:
        lines.add("\t", state)
    elif tag not in _INLINE:
        lines.end()
    if tag == "img" and (alternative := element.get("alt", "").strip()):
        lines.lines.append(TextLine(alternative, Unseen.replacement, Zone.image))
    if tag == "input" and element.get("type", "text").lower() in ("text", "button", "submit"):
        lines.add(element.get("value", ""), state)
    text = _text(element.text, state)
    if state.is_preformatted:
        *whole, text = text.split(BLOCK_END)
        for line in whole:
            lines.add(line, state)
            lines.end(blank=True)
    lines.add(text, state)


def _close(tag: str, lines: _Lines) -> None:
    if tag not in _INLINE and tag not in _CELLS and tag != "br":
        lines.end()


def _text(text: str | None, state: _State) -> str:
    """Text with its line ends as blanks, but for preformatted text."""
    if not text:
        return ""
    return text if state.is_preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)


def _conditional_lines(root: XmlElement) -> Iterator[TextLine]:
    """What stands in comments for one program only (`<!--[if mso]>`)."""
    for comment in root.iter(etree.Comment):
        found = _CONDITIONAL.fullmatch(comment.text or "")
        if found:
            for line in re.split(r"<[^>]*>|[\r\n]+", _ISLANDS.sub("", found[1])):
                if line.strip():
                    yield TextLine(" ".join(line.split()), Unseen.hidden)
