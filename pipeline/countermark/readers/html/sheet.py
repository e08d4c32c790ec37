"""Style sheets (CSS 2.1, 4 to 6): rules by selector, and which of them an element has."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.support.safe_xml import XmlElement

Declarations = dict[str, str]
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?(?:\*/|\Z)|<!--|-->|[{};]", re.S)
_DROPPED = ("/*", "<!--", "-->")
_MEDIA_SHOWN = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)(?:\s*,.*)?|layer\b.*|supports\b.*)", re.S)
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z")
_COMPOUND = re.compile(r"(\*|[a-z][\w:-]*)?((?:[.#][\w\u0080-\uffff-]+|\[[^\[\]]*\])*)")
_SIMPLE = re.compile(r"[.#][\w\u0080-\uffff-]+|\[[^\[\]]*\]")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)\s*(?:=\s*[\"']?([^\"'\]]*)[\"']?\s*)?\]")
_PSEUDO_ELEMENT = re.compile(r"::?(before|after)\Z")
_MARGIN_BOX = re.compile(r"@(top|bottom)-[\w-]+")
_MOST_COMPOUNDS = 8
_STEPS_A_HEARTBEAT = 10_000


class Compound(NamedTuple):
    """What one element must be: its tag, identity, classes, attributes.

    `is_child`: of the element before it in the selector, not of any further out.
    """

    tag: str
    identity: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    is_child: bool = False

    def fits(self, element: XmlElement) -> bool:
        """Return whether an element is such a one."""
        if self.tag and element.tag != self.tag:
            return False
        if self.identity and element.get("id", "").lower() != self.identity:
            return False
        if self.classes:
            own = element.get("class", "").lower().split()
            if not all(name in own for name in self.classes):
                return False
        return all(
            element.get(name) is not None if value is None else element.get(name, "").lower() == value
            for name, value in self.attributes
        )


class StyleRule(NamedTuple):
    """A selector, its last compound first, with what it declares; `weight` orders rules of one element."""

    compounds: tuple[Compound, ...]
    pseudo: str
    weight: tuple[int, int, int, int]
    declarations: Declarations


class Sheet:
    """All rules of a page, found by the last thing that their selectors name.

    What holds under a condition that a screen need not fulfil is left out; so are selectors of states, as
    `:hover`.
    """

    def __init__(self, styles: Iterable[str] = ()) -> None:
        self._rules: dict[str, list[StyleRule]] = defaultdict(list)
        self.printed: list[tuple[str, str]] = []
        """What `@page` prints in the margins (CSS Paged Media 3, 6): `top` or `bottom`, and the content."""
        self._steps = 0
        self._pseudos = {""}
        for css in styles:
            self._add(css)

    def _add(self, css: str) -> None:
        for selectors, body in _blocks(css):
            name = selectors.strip().lower()
            if name.startswith("@page"):
                boxes = ((_MARGIN_BOX.match(box.strip().lower()), own) for box, own in _blocks(body))
                self.printed += [(box[1], declarations(own).get("content", "")) for box, own in boxes if box]
            elif name.startswith("@"):
                if _MEDIA_SHOWN.fullmatch(name):
                    self._add_inner(body)
            else:
                self._add_rule(name, body)

    def _add_inner(self, body: str) -> None:
        """Add the rules of a block that holds on the screen; blocks within it are left out."""
        for selectors, inner in _blocks(body):
            if not selectors.strip().startswith("@"):
                self._add_rule(selectors.strip().lower(), inner)

    def _add_rule(self, selectors: str, body: str) -> None:
        declared = declarations(body)
        for selector in selectors.split(",") if declared else ():
            self._steps += 1
            pseudo = _PSEUDO_ELEMENT.search(selector.strip())
            text = selector.strip()[: pseudo.start()] if pseudo else selector.strip()
            compounds = _compounds(text)
            if compounds:
                weight = (*_specificity(compounds), self._steps)
                rule = StyleRule(compounds, pseudo[1] if pseudo else "", weight, declared)
                self._rules[_key(compounds[0])].append(rule)
                self._pseudos.add(rule.pseudo)

    def declared(self, element: XmlElement, pseudo: str = "") -> Declarations:
        """Return what the rules that an element has declare, the weightier over the others."""
        if not self._rules or pseudo not in self._pseudos:
            return {}
        keys = ["*", element.tag, f"#{element.get('id', '').lower()}"]
        keys += [f".{name}" for name in element.get("class", "").lower().split()]
        asked = [rule for key in keys for rule in self._rules.get(key, ()) if rule.pseudo == pseudo]
        self._steps += len(asked)
        if self._steps > _STEPS_A_HEARTBEAT:
            self._steps = 0
            heartbeat()
        found: Declarations = {}
        rules = [rule for rule in asked if _has(element, rule.compounds)]
        for rule in sorted(rules, key=lambda rule: rule.weight):
            found |= rule.declarations
        return found


def declarations(text: str) -> Declarations:
    """Return the declarations of a block or of a `style` attribute, in lower case but for strings.

    The name of an important one begins with `!`.
    """
    pieces = _TOKEN.split(text)
    marks = [*_TOKEN.findall(text), ";"]
    found: Declarations = {}
    written = ""
    for piece, mark in zip(pieces, marks, strict=True):
        written += piece.lower()
        if mark != ";":
            written += mark if mark[0] in "\"'" else ""
            continue
        name, colon, value = written.partition(":")
        plain = _IMPORTANT.sub("", value)
        if colon:
            found[f"{'' if plain == value else '!'}{name.strip()}"] = plain.strip()
        written = ""
    return found


def resolved(declared: Declarations) -> Declarations:
    """Return what holds of declarations: important ones over others (CSS 2.1, 6.4.2)."""
    important = {name[1:]: value for name, value in declared.items() if name[0] == "!"}
    return {**declared, **important} if important else declared


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield what comes before each outermost pair of braces, and what is in it."""
    depth, start, prelude = 0, 0, ""
    before: list[str] = []
    for token in _TOKEN.finditer(css):
        mark = token[0]
        if mark.startswith(_DROPPED) and depth == 0:
            before.append(css[start : token.start()])
            start = token.end()
        elif mark == ";" and depth == 0:
            before, start = [], token.end()
        elif mark == "{":
            if depth == 0:
                prelude = "".join((*before, css[start : token.start()]))
                before, start = [], token.end()
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
            if depth == 0:
                yield prelude, css[start : token.start()]
                start = token.end()
    if depth:
        yield prelude, css[start:]


def _compounds(selector: str) -> tuple[Compound, ...]:
    """Return the compounds of a selector, the last one first; none where it has what is not known."""
    found: list[Compound] = []
    is_child = False
    words = re.sub(r"\s*>\s*", " > ", selector).split()
    for word in words:
        if word == ">":
            is_child = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None or len(found) == _MOST_COMPOUNDS:
            return ()
        simple = _SIMPLE.findall(match[2])
        attributes = [_ATTRIBUTE.fullmatch(selector) for selector in simple if selector[0] == "["]
        if not all(attributes):
            return ()
        found.append(
            Compound(
                tag="" if match[1] in (None, "*") else match[1],
                identity=next((selector[1:] for selector in simple if selector[0] == "#"), ""),
                classes=tuple(selector[1:] for selector in simple if selector[0] == "."),
                attributes=tuple((attribute[1], attribute[2]) for attribute in attributes if attribute),
                is_child=is_child,
            )
        )
        is_child = False
    return tuple(reversed(found))


def _specificity(compounds: tuple[Compound, ...]) -> tuple[int, int, int]:
    identities = sum(bool(compound.identity) for compound in compounds)
    classes = sum(len(compound.classes) + len(compound.attributes) for compound in compounds)
    return identities, classes, sum(bool(compound.tag) for compound in compounds)


def _key(compound: Compound) -> str:
    if compound.identity:
        return f"#{compound.identity}"
    return f".{compound.classes[0]}" if compound.classes else compound.tag or "*"


def _has(element: XmlElement, compounds: tuple[Compound, ...]) -> bool:
    """Return whether a selector fits: each compound on the nearest element further out that it fits on."""
    if not compounds[0].fits(element):
        return False
    is_child = compounds[0].is_child
    for compound in compounds[1:]:
        element = element.getparent()
        while element is not None and not is_child and not compound.fits(element):
            element = element.getparent()
        if element is None or not compound.fits(element):
            return False
        is_child = compound.is_child
    return True
