"""Content controls that show what a data part of the file keeps (ECMA-376 17.5.2.6).

What the control itself stores is what was shown when a program last wrote it; programs that keep
documents change the data part alone, and Word shows that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from countermark.readers.ooxml.namespaces import W
from countermark.readers.ooxml.package import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countermark.readers.ooxml.package import Relationship
    from countermark.support.safe_xml import XmlElement

    Relationships = Mapping[str, Relationship]
    Stores = Mapping[str, XmlElement]

BUILT_IN = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": frozenset(("core-properties",)),
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": frozenset(("extended-properties", "extendedProperties")),
}
"""Identifiers by which controls name the document's own properties -> kinds of relationships."""
ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
BINDINGS = (f"{W}dataBinding", "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")
STEP = r"/(?:[\w.-]+:)?[\w.-]+(?:\[[0-9]{1,6}\])?"
PATH = re.compile(rf"(?:{STEP})+(?:/@(?:[\w.-]+:)?[\w.-]+|/text\(\))?")
"""A path of named steps; one that searches or computes is not evaluated."""
MAPPING = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']([^"']+)["']""")
CONTENT, BOX, BREAK = f"{W}sdtContent", f"{W}txbxContent", f"{W}br"
P, R, T, RPR = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr"
LISTS, DATE, PLACEHOLDER = (f"{W}dropDownList", f"{W}comboBox"), f"{W}date", f"{W}showingPlcHdr"
CHECKBOX = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"
WITHOUT_WORDS = (*(W + name for name in ("picture", "docPartObj", "docPartList", "group")), CHECKBOX)


def stores(
    root: Relationships,
    custom_xml: Mapping[str, XmlElement],
    links: Callable[[str], Relationships],
    read: Callable[[str], XmlElement | None],
) -> dict[str, XmlElement]:
    """Return the data parts of a package, identifier in capitals -> root element.

    Its properties, and its custom XML (part -> root element) by what its own properties say (22.5).
    `root` are the package's relationships, `links` gives those of a part, `read` its root element.
    """
    found: dict[str, XmlElement | None] = {}
    for identifier, kinds in BUILT_IN.items():
        found[identifier] = next((read(part) for _, part in targets(root, kinds)), None)
    for part, element in custom_xml.items():
        about = next((read(target) for _, target in targets(links(part), ("customXmlProps",))), None)
        found[about.get(ITEM_ID, part).upper() if about is not None else part] = element
    return {identifier: element for identifier, element in found.items() if element is not None}


def fill_controls(root: XmlElement, kept: Callable[[], Stores]) -> None:
    """Put what the data parts keep into the bound content controls under `root`.

    What a control stored and no longer shows stays as hidden text: other programs show it.
    """
    for binding in list(root.iter(*BINDINGS)):
        properties = binding.getparent()
        content = next(properties.itersiblings(CONTENT), None)
        if content is None or any(properties.find(kind) is not None for kind in WITHOUT_WORDS):
            continue
        value = _value(binding, kept())
        if value:
            _show(content, properties, value)


def _value(binding: XmlElement, kept: Stores) -> str:
    """Return the text that the binding leads to, in the part it names, else in any."""
    path = binding.get(f"{W}xpath", "")
    if not PATH.fullmatch(path):
        return ""
    names = dict(MAPPING.findall(binding.get(f"{W}prefixMappings", "")))
    named = kept.get(binding.get(f"{W}storeItemID", "").upper())
    found = (_text_at(store, path, names) for store in ([named] if named is not None else kept.values()))
    return next((text for text in found if text and not text.startswith("<")), "")


def _text_at(store: XmlElement, path: str, names: dict[str, str]) -> str:
    """Return the text of the attribute or element there.

    An element with others in it is bound as a section that repeats, whose own controls show them.
    """
    try:
        (found,) = store.xpath(path, namespaces=names)[:1] or [""]
    except etree.XPathError:
        return ""
    if isinstance(found, str):
        return found.strip()
    return "" if len(found) else (found.text or "").strip()


def _show(content: XmlElement, properties: XmlElement, value: str) -> None:
    texts = list(content.iter(T))
    stored = "".join(text.text or "" for text in texts).strip()
    if properties.find(PLACEHOLDER) is not None:
        stored = ""
    shown = _displayed(properties, value)
    is_same = "".join(stored.split()) == "".join(shown.split())
    if is_same or (stored and properties.find(DATE) is not None):
        return
    for text in texts[1:]:
        text.text = ""
    shows = texts[0] if texts else _new_text(content)
    shows.text, *more = shown.splitlines()
    for line in reversed(more):
        below = etree.Element(T)
        below.text = line
        shows.addnext(below)
        shows.addnext(etree.Element(BREAK))
    if stored:
        before = etree.SubElement(shows.getparent().getparent(), R)
        etree.SubElement(etree.SubElement(before, RPR), f"{W}vanish")
        etree.SubElement(before, T).text = stored


def _displayed(properties: XmlElement, value: str) -> str:
    """Return what a control shows for the value kept: the name of a list's entry, the day of a date."""
    if properties.find(DATE) is not None:
        return value.partition("T")[0]
    entries = (entry for kind in LISTS for entry in properties.iterfind(f"{kind}/{W}listItem"))
    names = {entry.get(f"{W}value", ""): entry.get(f"{W}displayText", "") for entry in entries}
    return names.get(value) or value


def _new_text(content: XmlElement) -> XmlElement:
    """Return a text in the control's first paragraph, or in the paragraph that it is in."""
    paragraph = next(content.iter(P), None)
    if paragraph is None:
        around = next(content.iterancestors(P, BOX), None)
        inline = around is not None and around.tag == P
        paragraph = content if inline else etree.SubElement(content, P)
    return etree.SubElement(etree.SubElement(paragraph, R), T)
