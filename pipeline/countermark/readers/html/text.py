"""The text of HTML as a person sees it, line by line, and what the page carries unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from countermark.model import Unseen, Zone
from countermark.readers.html.lines import LineList, TextLine
from countermark.readers.html.sheet import Sheet
from countermark.readers.html.style import Look, content_of, look_of, written_content
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from countermark.support.safe_xml import XmlElement

__all__ = ["HtmlText", "TextLine", "html_lines", "parse_html", "read_html_text"]

HTML_NESTING = 2048
"""How deep elements of HTML may nest (`xml_nesting`); libxml2's own bound."""
_MOST_FRAMES = 3
"""How deep pages may lie in the `srcdoc` of a frame."""
_FLOWING = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter o:p "
    "output q ruby rb rt rtc rp s samp small span strike strong sub sup time tspan tt u var wbr"
)
_INLINE = frozenset(_FLOWING.split())
_CELLS = frozenset(("td", "th"))
_SPACELESS = "br div li tr dt dd td th tbody thead tfoot body html option head"
_NO_GAP = _INLINE | frozenset(_SPACELESS.split())
"""Elements that show no gap before and after them."""
_NO_TEXT = frozenset(("script", "style", "title", "rp"))
_REPLACED = "head template noscript noframes object applet iframe canvas audio video datalist desc metadata"
_CARRIED = frozenset(_REPLACED.split())
"""Elements whose text is shown where something else can't be, or never."""
_OWN_PARTS = frozenset(("article", "aside", "main", "nav", "section", "blockquote", "td", "dialog"))
"""Elements whose header and footer are not the page's (HTML 4.3.8)."""
_EDGES = {"header": Zone.header, "footer": Zone.footer, "banner": Zone.header, "contentinfo": Zone.footer}
_SHOWN_INPUTS = frozenset(
    ("button", "submit", "reset", "hidden", "text", "search", "email", "url", "tel", "")
)
_CONDITIONAL = re.compile(r"\s*\[if[^\]]*\]>(.*)<!\[endif\]\s*", re.S)
_CONDITION = re.compile(r"\s*\[(?:if[^\]]*|endif)\]\s*>?\s*")
_ISLANDS = re.compile(r"<(xml|style|script)\b.*?</\1\s*>", re.S | re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_STEPS_A_CHECKPOINT = 10_000


@dataclass
class HtmlText:
    """What a page says: its root element, None of an empty one.

    Its lines in the order of the source; the limit that cut it short, if any.
    """

    root: XmlElement | None
    lines: list[TextLine]
    limit: LimitReached | None = None


class _State(NamedTuple):
    """What holds for text inside an element.

    `is_part` where header and footer elements are not the page's.
    """

    look: Look = Look()
    is_quoted: bool = False
    is_part: bool = False
    in_table: bool = False
    in_ruby_text: bool = False
    zone: Zone | None = None


def html_lines(html: str) -> list[TextLine]:
    """Return the lines of HTML, blank ones too.

    Nothing it refers to is loaded.

    Raises LimitReached where elements nest too deep.
    """
    page = read_html_text(html)
    if page.limit:
        raise page.limit
    return page.lines


def read_html_text(html: str) -> HtmlText:
    """Return what HTML says, as far as it can be read."""
    root, limit = parse_html(html)
    return text_of(root, limit)


def text_of(root: XmlElement | None, limit: LimitReached | None = None) -> HtmlText:
    """Return what a page says from its root element on, as far as limits allow."""
    if root is None:
        return HtmlText(None, [], limit)
    walk = _Walk(Sheet(element.text or "" for element in root.iter("style")))
    try:
        walk.read(root)
    except LimitReached as reached:
        limit = reached
    return HtmlText(root, walk.lines.finished(), limit)


def parse_html(html: str) -> tuple[XmlElement, LimitReached | None]:
    """Return the root element of HTML, None of empty one, and the limit that parsing stopped at."""
    if not html.strip():
        return None, None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    is_cut = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    reached = LimitReached("xml_nesting", HTML_NESTING, str(HTML_NESTING + 1), ends=False)
    return root, reached if is_cut else None


class _Walk:
    """One pass over the elements of a page."""

    def __init__(self, sheet: Sheet, frames: int = 0) -> None:
        self.lines = LineList()
        self._sheet, self._frames = sheet, frames
        self._states = [_State()]
        self._skipped = 0

    def read(self, root: XmlElement) -> None:
        """Take in the text of all elements, and what `@page` prints in the margins."""
        events = etree.iterwalk(root, events=("start", "end", "comment"))
        for number, (event, element) in enumerate(events, 1):
            if not number % _STEPS_A_CHECKPOINT:
                checkpoint()
            if event == "comment":
                if not self._skipped:
                    self._add_comment(element.text or "")
            elif element.tag in _NO_TEXT:
                self._skipped += 1 if event == "start" else -1
            elif self._skipped:
                continue
            elif event == "start":
                self._open(element)
            else:
                self._close(element)
            if event != "start" and not self._skipped:
                self._add(element.tail)
        for edge, value in self._sheet.printed:
            zone = Zone.header if edge == "top" else Zone.footer
            self.lines.put_after(TextLine(written_content(value), zone=zone))

    def _open(self, element: XmlElement) -> None:
        outer = self._states[-1]
        look = look_of(element, outer.look, self._sheet)
        state = _inside(element, outer, look)
        self._states.append(state)
        tag = element.tag
        if tag == "br":
            self.lines.end(blank=True)
        elif tag in _CELLS:
            self.lines.add("\t", state)
        elif not _is_inline(tag, state.look):
            self.lines.end(gap=tag not in _NO_GAP)
        if element.attrib:
            self._add_attributes(element, state)
            if tag == "iframe" and element.get("srcdoc"):
                self._add_frame(element.get("srcdoc"), look)
        self._add(content_of(element, "before", self._sheet))
        self._add(element.text)

    def _close(self, element: XmlElement) -> None:
        tag = element.tag
        self._add(content_of(element, "after", self._sheet))
        state = self._states.pop()
        if tag not in _CELLS and tag != "br" and not _is_inline(tag, state.look):
            self.lines.end(gap=tag not in _NO_GAP)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        state = self._states[-1]
        text = text.upper() if state.look.is_upper else text
        if state.in_ruby_text:
            self.lines.put_after(TextLine(text.strip(), state.look.unseen))
        elif state.look.is_preformatted:
            *whole, text = text.split("\n")
            for line in whole:
                self.lines.add(line, state)
                self.lines.end(blank=True)
            self.lines.add(text, state)
        else:
            self.lines.add(_SPACE.sub(" ", text), state)

    def _add_attributes(self, element: XmlElement, state: _State) -> None:
        """Add what attributes say: alternative texts, values of fields, titles."""
        tag, kind = element.tag, element.get("type", "").lower()
        if tag in ("img", "area") or (tag == "input" and kind == "image"):
            self.lines.put_after(TextLine(element.get("alt", ""), Unseen.replacement, Zone.image))
        elif tag == "input" and kind in _SHOWN_INPUTS:
            hidden = state._replace(look=state.look._replace(unseen=Unseen.hidden))
            self.lines.add(element.get("value", ""), hidden if kind == "hidden" else state)
            self.lines.add(element.get("placeholder", ""), state)
        for name in ("title", "aria-label", "summary"):
            self.lines.put_after(TextLine(element.get(name, ""), Unseen.replacement, Zone.hidden))

    def _add_frame(self, html: str, look: Look) -> None:
        """Add the lines of a page in a frame (`srcdoc`). Raises LimitReached where frames nest too deep."""
        if self._frames == _MOST_FRAMES:
            raise LimitReached("depth", _MOST_FRAMES, str(_MOST_FRAMES + 1))
        root, limit = parse_html(html)
        if limit:
            raise limit
        if root is not None:
            inner = _Walk(Sheet(element.text or "" for element in root.iter("style")), self._frames + 1)
            inner.read(root)
            for line in inner.lines.finished():
                self.lines.put(line if line.unseen else line.hidden_as(look.unseen))

    def _add_comment(self, text: str) -> None:
        """Add what a comment says; what it keeps for one program (`<!--[if mso]>`) is hidden from others."""
        conditional = _CONDITIONAL.fullmatch(text)
        if conditional:
            for line in re.split(r"<[^>]*>|[\r\n]+", _ISLANDS.sub("", conditional[1])):
                self.lines.put_after(TextLine(" ".join(line.split()), Unseen.hidden, Zone.hidden))
        elif not _CONDITION.fullmatch(text):
            for line in text.splitlines():
                self.lines.put_after(TextLine(" ".join(line.split()), Unseen.hidden, Zone.comment))


def _is_inline(tag: str, look: Look) -> bool:
    return look.display == "inline" or (tag in _INLINE and look.display != "block")


def _inside(element: XmlElement, outer: _State, look: Look) -> _State:
    """Return what holds inside an element."""
    tag = element.tag
    if tag in _CARRIED or (tag == "dialog" and element.get("open") is None):
        look = look._replace(unseen=look.unseen or Unseen.hidden)
    attributes = element.attrib
    edge = _EDGES.get(tag) or (_EDGES.get(element.get("role", "").lower()) if attributes else None)
    zone = outer.zone or (edge if not outer.is_part else None)
    return _State(
        look,
        outer.is_quoted
        or tag == "blockquote"
        or (bool(attributes) and "gmail_quote" in element.get("class", "")),
        outer.is_part or tag in _OWN_PARTS,
        outer.in_table or tag in _CELLS or tag == "caption",
        outer.in_ruby_text or tag == "rt",
        zone or look.zone,
    )
