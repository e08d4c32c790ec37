"""Markup compatibility (ECMA-376 part 3): of a part's alternatives the one that Office shows.

What Office leaves out stays in the file: its text is kept apart, to be read as text that no page shows.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.ooxml.namespaces import UNDERSTOOD, A, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.safe_xml import XmlElement

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
IGNORABLE, PROCESSED, MUST = f"{MC}Ignorable", f"{MC}ProcessContent", f"{MC}MustUnderstand"
ALTERNATIVE = b"AlternateContent"
RULES = (ALTERNATIVE, b":Ignorable", b":ProcessContent", b":MustUnderstand")
_EQUALS = re.compile(rb"\s*=")
PARAGRAPHS = (f"{W}p", f"{A}p")
TEXTS = (f"{W}t", f"{W}delText", f"{A}t")
WORDART = "{urn:schemas-microsoft-com:vml}textpath"


class LeftOut(NamedTuple):
    """What Office does not show of a part, line by line, and whether it refuses to open such a part."""

    lines: tuple[str, ...] = ()
    refused: bool = False


class _Scope(NamedTuple):
    """The namespaces that are `understood`, those that are ignored, and the elements there whose content is
    not.
    """

    understood: frozenset[str]
    ignored: frozenset[str] = frozenset()
    processed: frozenset[str] = frozenset()

    def inside(self, element: XmlElement) -> _Scope:
        """Return the scope with what the element itself says."""
        ignorable, processed = element.get(IGNORABLE), element.get(PROCESSED)
        if not ignorable and not processed:
            return self
        ignored = {uri for uri in _named(element, ignorable) if uri not in self.understood}
        kept = frozenset(_expanded(element, name) for name in (processed or "").split())
        return _Scope(self.understood, self.ignored | ignored, self.processed | kept)


def settle(root: XmlElement, data: bytes, understood: frozenset[str] = UNDERSTOOD) -> LeftOut:
    """Leave in the tree under `root` what a program shows of it that understands these namespaces.

    `data` is what it was parsed from.
    """
    rules = _rules(data)
    if not rules:
        return LeftOut()
    outside = _Scope(understood)
    scope = outside.inside(root)
    refused = _is_refused(root, understood)
    left: dict[str, None] = {}
    if all(rule == ALTERNATIVE for rule in rules[root.get(IGNORABLE) is not None :]) and scope == outside:
        _settle_alternatives(root, understood, left)
    else:
        refused = _settle_all(root, scope, left) or refused
    shown = {_plain(line) for line in _lines(root)} if left else set()
    return LeftOut(tuple(line for line in left if _plain(line) not in shown), refused)


def _rules(data: bytes) -> list[bytes]:
    """Return what in a part asks for markup compatibility, elements and attributes, in their order.

    Each word by itself: a pattern of all would be tried at each colon.
    """
    found: list[tuple[int, bytes]] = []
    for word in RULES:
        at = data.find(word)
        while at >= 0:
            end = at + len(word)
            if word == ALTERNATIVE or _EQUALS.match(data, end):
                found.append((at, word))
            at = data.find(word, end)
    return [word for _, word in sorted(found)]


def _settle_alternatives(root: XmlElement, understood: frozenset[str], left: dict[str, None]) -> None:
    """Put the chosen branch in the place of all alternatives, where nothing else is asked for."""
    gone: set[XmlElement] = set()
    for alternatives in list(root.iter(ALTERNATIVES)):
        if alternatives in gone:
            continue
        chosen = _chosen(alternatives, understood)
        _leave(alternatives, chosen, left)
        for branch in alternatives:
            if branch is not chosen:
                gone.update(branch.iter(ALTERNATIVES))
        parent = alternatives.getparent()
        at = parent.index(alternatives)
        parent[at : at + 1] = list(chosen) if chosen is not None else []


def _settle_all(root: XmlElement, scope: _Scope, left: dict[str, None]) -> bool:
    """Settle every element in its scope; whether Word refuses one of them."""
    refused = False
    stack = [(root, scope)]
    while stack:
        element, own = stack.pop()
        children = list(_children(element, own, left))
        kept = [child for child, _ in children]
        if kept != list(element):
            element[:] = kept
        stack += reversed(children)
        refused = refused or _is_refused(element, own.understood)
    return refused


def _children(
    element: XmlElement, scope: _Scope, left: dict[str, None]
) -> Iterator[tuple[XmlElement, _Scope]]:
    """Yield the children that count, each with its own scope; the texts of others go to `left`."""
    pending = deque((child, scope) for child in element)
    while pending:
        child, around = pending.popleft()
        if not isinstance(child.tag, str):
            continue
        own = around.inside(child)
        if child.tag == ALTERNATIVES:
            chosen = _chosen(child, own.understood)
            _leave(child, chosen, left)
            if chosen is not None:
                inner = own.inside(chosen)
                pending.extendleft((part, inner) for part in reversed(chosen))
        elif _namespace(child.tag) in own.ignored:
            if child.tag in own.processed or f"{{{_namespace(child.tag)}}}*" in own.processed:
                pending.extendleft((part, own) for part in reversed(child))
            else:
                left.update(dict.fromkeys(_lines(child)))
        else:
            yield child, own


def _leave(alternatives: XmlElement, chosen: XmlElement | None, left: dict[str, None]) -> None:
    """Note what the other branches say and the chosen one does not."""
    said = {_plain(line) for line in _lines(chosen)} if chosen is not None else set()
    for branch in alternatives:
        if branch is not chosen:
            left.update({line: None for line in _lines(branch) if _plain(line) not in said})


def _chosen(alternatives: XmlElement, understood: frozenset[str]) -> XmlElement | None:
    """Return the first choice of which all namespaces are understood, else the fallback."""
    for choice in alternatives.iterchildren(CHOICE):
        required = list(_named(choice, choice.get("Requires")))
        if required and all(uri in understood for uri in required):
            return choice
    return next(alternatives.iterchildren(FALLBACK), None)


def _is_refused(element: XmlElement, understood: frozenset[str]) -> bool:
    return any(uri not in understood for uri in _named(element, element.get(MUST)))


def _named(element: XmlElement, prefixes: str | None) -> Iterator[str]:
    """Yield the namespaces of prefixes; the prefix itself, which nobody understands, where it has none."""
    for prefix in (prefixes or "").split():
        yield str(element.nsmap.get(prefix, prefix))


def _expanded(element: XmlElement, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap.get(prefix or None, prefix)}}}{local}"


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _lines(element: XmlElement) -> Iterator[str]:
    """Yield the texts under an element, a line for each paragraph."""
    paragraph, line = None, ""
    for text in element.iter(*TEXTS, WORDART):
        above = next(text.iterancestors(*PARAGRAPHS), None)
        written = text.get("string", "") if text.tag == WORDART else text.text or ""
        if above is not paragraph or text.tag == WORDART:
            if line.strip():
                yield line
            line = ""
        paragraph, line = above, line + written
    if line.strip():
        yield line


def _plain(line: str) -> str:
    return " ".join(line.split())
