"""Metadata labels: among document properties those of Office, Boldon James, Titus and TSCP, and fields that
organisations name `Classification`; in XML those of STANAG 4774.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from countermark.model import Label, Property

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from countermark.model import Document


_SENSITIVITY = re.compile(r"(?:\w+:)?MSIP_Label_([0-9A-Fa-f-]{36})_(\w+)")
_BOLDON_JAMES = "bjdocumentsecuritylabel"
_BOLDON_JAMES_XML = re.compile(r"(?:\w+:)?bjDocumentLabelXML(?:-([0-9]{1,4}))?")
_BITS = re.compile(r"[0-9]{1,9}")
_UID = re.compile(r"""\buid\s*=\s*["']([^"'<]{1,200})["']""")
_TSCP, _TSCP_CATEGORY = "urn:bails:", ":businessauthorizationcategory:name"
CONFIDENTIALITY = "{*}ConfidentialityInformation"
"""What says policy and classification in a label of STANAG 4774."""
_FIELDS = frozenset(("classification", "securityclassification", "protectivemarking", "sensitivity"))


def labels_from_properties(properties: Iterable[Property]) -> tuple[Label, ...]:
    """Return the labels that properties hold, in their order.

    A sensitivity label is spread over `MSIP_Label_<GUID>_Name`, `_Enabled` and others: it is one Label,
    its text the name, or the identifier where no name is stored.
    """
    kept = list(properties)
    return (*_sensitivity_labels(kept), *_tool_labels(kept), *_field_labels(kept))


def with_labels_of(document: Document, fields: Collection[str]) -> Document:
    """Return the document with the labels in properties of those names, as an organisation's labelling tool
    calls them.
    """
    names = {field.strip().casefold() for field in fields}
    found = [
        Label(name=item.name, text=item.value.strip(), source=item.source, tool="titus")
        for item in (document.properties if names else ())
        if {item.name.casefold(), item.key} & names and item.value.strip()
    ]
    if not found:
        return document
    return msgspec.structs.replace(document, labels=once_each((*document.labels, *found)))


def once_each(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return the labels; one that is kept in several places alike is one, with all its places."""
    alike: dict[tuple[str, str, bool, int], list[Label]] = {}
    for label in labels:
        key = (label.name.rsplit(":", 1)[-1].casefold(), label.text, label.enabled, label.content_bits)
        alike.setdefault(key, []).append(label)
    return tuple(
        msgspec.structs.replace(first, also=tuple(dict.fromkeys(label.source for label in others)))
        for first, *others in alike.values()
    )


def _sensitivity_labels(properties: list[Property]) -> Iterator[Label]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for item in properties:
        match = _SENSITIVITY.fullmatch(item.name)
        if match:
            found.setdefault((match[1].lower(), item.source), {})[match[2].lower()] = item.value.strip()
    for (identifier, source), parts in found.items():
        yield Label(
            name=f"MSIP_Label_{identifier}",
            text=parts.get("name") or identifier,
            source=source,
            enabled=parts.get("enabled", "true").lower() != "false",
            content_bits=int(bits) if _BITS.fullmatch(bits := parts.get("contentbits", "")) else 0,
            site=parts.get("siteid") or None,
            tool="sensitivity",
        )


def _tool_labels(properties: list[Property]) -> Iterator[Label]:
    """Labels of labelling tools.

    The text that Boldon James shows, else the identifiers of its label; what an organisation calls its
    classification beside a Titus identifier; the category of a TSCP business authorization.
    """
    has_titus = any(item.name.rpartition(":")[2].casefold() == "titusguid" for item in properties)
    for item in properties:
        name, value = item.name, item.value.strip()
        last = name.rpartition(":")[2].casefold()
        by_titus = has_titus and last.endswith("classification") and last not in _FIELDS
        by_tscp = name.casefold().startswith(_TSCP) and name.casefold().endswith(_TSCP_CATEGORY)
        if value and (last == _BOLDON_JAMES or by_titus or by_tscp):
            tool = "boldon-james" if last == _BOLDON_JAMES else "titus" if by_titus else "tscp"
            yield Label(name=name, text=value, source=item.source, tool=tool)
    yield from _boldon_james_xml(properties)


def _boldon_james_xml(properties: list[Property]) -> Iterator[Label]:
    """Yield the label that Boldon James cuts into `bjDocumentLabelXML`, `bjDocumentLabelXML-0`, ....

    The identifiers of its elements, by which a configuration can map it.
    """
    pieces = {
        int(match[1] or -1): item for item in properties if (match := _BOLDON_JAMES_XML.fullmatch(item.name))
    }
    whole = "".join(pieces[number].value for number in sorted(pieces))
    identifiers = _UID.findall(whole)
    if identifiers:
        source = next(iter(pieces.values())).source
        text = " ".join(identifiers)
        yield Label(name="bjDocumentLabelXML", text=text, source=source, tool="boldon-james")


def _field_labels(properties: list[Property]) -> Iterator[Label]:
    for item in properties:
        plain = item.name.rsplit(":", 1)[-1].replace(" ", "").replace("_", "").strip("/").lower()
        if plain in _FIELDS and item.value.strip():
            yield Label(name=item.name, text=item.value.strip(), source=item.source)


def stanag_labels(root: Any, source: str) -> Iterator[Label]:
    """STANAG 4774 confidentiality labels inside `root`: policy and classification, as `UK SECRET`."""
    for element in root.iter(CONFIDENTIALITY):
        policy = (element.findtext("{*}PolicyIdentifier") or "").strip()
        classification = (element.findtext("{*}Classification") or "").strip()
        if classification:
            text = f"{policy} {classification}".strip()
            yield Label(name="STANAG 4774", text=text, source=source, tool="stanag")


def stanag_properties(root: Any, source: str) -> Iterator[Property]:
    """Yield what STANAG 4774 labels say besides the classification: privacy marks and categories."""
    for element in root.iter(CONFIDENTIALITY):
        for mark in element.iterfind("{*}PrivacyMark"):
            yield from _stanag_property("PrivacyMark", mark, source)
        for category in element.iterfind("{*}Category"):
            yield from _stanag_property(category.get("TagName") or "Category", category, source)


def _stanag_property(name: str, element: Any, source: str) -> Iterator[Property]:
    said = " ".join(" ".join(element.itertext()).split())
    if said:
        yield Property(name=f"STANAG 4774 {name}", value=said, source=source)
