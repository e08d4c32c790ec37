"""A marking standard as a security policy information file, and back: Open XML SPIF 2.1 (xmlspif.org).

A SPIF names the tiers, which categories may stand beside which tier, and how a caveat is written. What it
has no place for (dates in force, clauses, other spellings, Japanese companions) travels in its extensions,
so that a standard that was written comes back the same. A SPIF of others is read as far as it speaks.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
from lxml import etree

from countermark.standards.standard import GRADES, Standard
from countermark.support.errors import CountermarkError, system_term
from countermark.support.safe_xml import DoctypeError, xml_root
from countermark.support.validation_errors import validation_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

NAMESPACE = "http://www.xmlspif.org/spif"
EXTENSION = "urn:countermark:standard:1"
_UNREGISTERED = {
    "originatorDN": "cn=Countermark",
    "keyIdentifier": "",
    "privilegeId": "2.16.840.1.101.2.1.8.3",
    "rbacId": "2.16.840.1.101.2.1.8.3",
}
"""What a SPIF must have and a standard does not: signer, and policies of roles and privileges."""
TAG_SETS = {
    "handling": "Handling Instructions",
    "handling_marks": "Handling Marks",
    "descriptors": "Descriptors",
}
CAVEATS = "National Caveats"
_EYES_ONLY = {"prefix": " - ", "separator": "/", "suffix": " EYES ONLY"}
_S = f"{{{NAMESPACE}}}"
_LARGEST = 16 << 20


def to_spif(standard: Standard, nations: Iterable[str] = ()) -> bytes:
    """Return `standard` as a SPIF.

    `nations` are the words that its national caveats may name. The policy's and the tag sets' identifiers
    are made from the standard's own (ITU-T X.667), since it has none registered.
    """
    entry: dict[str, Any] = msgspec.to_builtins(standard)
    identifier = _oid(standard.id)
    created = f"{standard.from_ or '1970-01-01'} 00:00:00"
    attributes = {"schemaVersion": "2.1", "version": "1", "creationDate": created, **_UNREGISTERED}
    root = etree.Element(f"{_S}SPIF", attributes, nsmap={"spif": NAMESPACE, "countermark": EXTENSION})
    etree.SubElement(root, f"{_S}securityPolicyId", name=_policy_name(standard), id=identifier)
    tiers = [tier.name for tier in standard.classifications]
    _add_classifications(root, standard)
    sets = etree.SubElement(root, f"{_S}securityCategoryTagSets")
    for number, (field, title) in enumerate(TAG_SETS.items(), 1):
        members = [(element["name"], element.get("applies_to") or tiers) for element in entry.get(field, ())]
        _add_tag_set(sets, title, f"{identifier}.{number}", members, tiers)
    if standard.caveats:
        members = [(nation, list(standard.caveats.applies_to)) for nation in nations]
        _add_caveats(sets, f"{identifier}.{len(TAG_SETS) + 1}", members, tiers)
    extension = etree.SubElement(etree.SubElement(root, f"{_S}extensions"), f"{{{EXTENSION}}}standard")
    extension.text = msgspec.json.encode(entry).decode()
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _policy_name(standard: Standard) -> str:
    return standard.prefix.word if standard.prefix else standard.country


def _oid(identifier: str) -> str:
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_URL, f'{EXTENSION}:{identifier}').int}"


def _add_classifications(root: Any, standard: Standard) -> None:
    tiers = etree.SubElement(root, f"{_S}securityClassifications")
    for number, tier in enumerate(standard.classifications, 1):
        attributes = {"name": tier.name, "lacv": str(number), "hierarchy": str(tier.level)}
        element = etree.SubElement(tiers, f"{_S}securityClassification", attributes)
        marking = etree.SubElement(element, f"{_S}markingData", phrase=tier.name)
        etree.SubElement(marking, f"{_S}code").text = "pageTopBottom"


def _add_tag_set(
    sets: Any, title: str, identifier: str, members: list[tuple[str, list[str]]], tiers: list[str]
) -> None:
    """Categories that inform of handling and restrict no access: tag type 7 (X.841)."""
    if not members:
        return
    tag_set = etree.SubElement(sets, f"{_S}securityCategoryTagSet", name=title, id=identifier)
    kind = {"name": title, "tagType": "tagType7", "tag7Encoding": "securityAttributes"}
    _add_categories(etree.SubElement(tag_set, f"{_S}securityCategoryTag", kind), members, tiers)


def _add_caveats(sets: Any, identifier: str, members: list[tuple[str, list[str]]], tiers: list[str]) -> None:
    """Nations whose eyes only may read: a permissive tag."""
    tag_set = etree.SubElement(sets, f"{_S}securityCategoryTagSet", name=CAVEATS, id=identifier)
    tag = etree.SubElement(tag_set, f"{_S}securityCategoryTag", name="Eyes Only", tagType="permissive")
    _add_categories(tag, members, tiers)
    qualifiers = etree.SubElement(tag, f"{_S}markingQualifier", markingCode="pageTopBottom")
    for code, words in _EYES_ONLY.items():
        etree.SubElement(qualifiers, f"{_S}qualifier", markingQualifier=words, qualifierCode=code)


def _add_categories(tag: Any, members: list[tuple[str, list[str]]], tiers: list[str]) -> None:
    for number, (name, applies_to) in enumerate(members, 1):
        category = etree.SubElement(tag, f"{_S}tagCategory", name=name, lacv=str(number))
        for tier in tiers:
            if tier not in applies_to:
                etree.SubElement(category, f"{_S}excludedClass").text = tier


def load_spif(path: Path, countries: Mapping[str, str]) -> Standard:
    """Return the standard that the SPIF in `path` states.

    `countries` are country codes by the names of policies (`UK`). Raises CountermarkError where the file
    can't be read or is no SPIF.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CountermarkError("file-unreadable", path=path, reason=system_term(error)) from error
    return from_spif(content, countries, str(path))


def from_spif(content: bytes, countries: Mapping[str, str], where: str) -> Standard:
    """Return the standard that a SPIF states; `where` names it in errors. Raises CountermarkError."""
    root = _root(content, where)
    extension = root.findtext(f"{_S}extensions/{{{EXTENSION}}}standard")
    policy = root.find(f"{_S}securityPolicyId")
    if policy is None or not policy.get("name") or root.find(f"{_S}securityClassifications") is None:
        raise CountermarkError("spif-incomplete", where=where)
    entry = _stated(root, policy.get("name"), countries)
    if extension:
        entry = _merged(_decoded(extension, where), entry)
    try:
        return msgspec.convert(entry, Standard)
    except msgspec.ValidationError as error:
        raise validation_error(where, error) from error


def _root(content: bytes, where: str) -> Any:
    if len(content) > _LARGEST:
        raise CountermarkError("spif-refused", where=where)
    try:
        root = xml_root(content)
    except DoctypeError:
        raise CountermarkError("spif-refused", where=where) from None
    except etree.XMLSyntaxError as error:
        raise CountermarkError("spif-broken", where=where, line=error.lineno or 1) from None
    if root.tag != f"{_S}SPIF":
        raise CountermarkError("spif-incomplete", where=where)
    return root


def _decoded(extension: str, where: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(extension, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise validation_error(where, error) from error


def _stated(root: Any, policy: str, countries: Mapping[str, str]) -> dict[str, Any]:
    """Return what the SPIF's own elements state, as the entry of a standard."""
    tiers = _tiers(root)
    names = [name for name, _ in tiers]
    entry: dict[str, Any] = {
        "id": "spif/" + re.sub(r"[^a-z0-9]+", "-", policy.lower()).strip("-"),
        "country": countries.get(policy, policy),
        "title": {"en": f"{policy} (SPIF)", "ja": f"{policy}（SPIF）"},
        "source": "Open XML SPIF",
        "placement": {"foot": "always", "clause": "Open XML SPIF, markingData"},
        "classifications": [
            {"name": name, "level": number, "grade": name if name in GRADES else None, "also": also}
            for number, (name, also) in enumerate(tiers, 1)
        ],
    }
    for tag_set in root.iterfind(f"{_S}securityCategoryTagSets/{_S}securityCategoryTagSet"):
        for tag in tag_set.iterfind(f"{_S}securityCategoryTag"):
            members = [category for category in _categories(tag, names) if not _own_tier(category)]
            allowed = [(member.get("name"), _applies_to(member, names)) for member in members]
            if "EYES ONLY" in _suffix(tag):
                beside = {tier for _, to in allowed for tier in to}
                entry["caveats"] = {"applies_to": [tier for tier in names if tier in beside]}
            elif "permissive" not in (tag.get("tagType"), tag.get("enumType")):
                title = tag_set.get("name") or ""
                field = next((key for key, name in TAG_SETS.items() if name == title), "descriptors")
                listed = entry.setdefault(field, [])
                listed += [{"name": name, "applies_to": [] if to == names else to} for name, to in allowed]
    return entry


def _tiers(root: Any) -> list[tuple[str, list[str]]]:
    """Name and other phrases of each tier, lowest first.

    A category whose phrase takes the place of a tier's name (OFFICIAL-SENSITIVE) is a tier above the last
    one that it may stand beside.
    """
    classes = root.iterfind(f"{_S}securityClassifications/{_S}securityClassification")
    ordered = sorted(classes, key=lambda tier: int(tier.get("hierarchy") or 0))
    names = [tier.get("name") or "" for tier in ordered]
    found = [(tier.get("name") or "", _phrases(tier)) for tier in ordered]
    for category in root.iter(f"{_S}tagCategory"):
        beside = _applies_to(category, names)
        if _own_tier(category) and beside:
            at = [name for name, _ in found].index(beside[-1])
            found[at + 1 : at + 1] = [(phrase, []) for phrase in _phrases(category)]
    return [(name, [other for other in also if other != name]) for name, also in found]


def _phrases(element: Any) -> list[str]:
    given = (marking.get("phrase") for marking in element.iterfind(f"{_S}markingData"))
    return list(dict.fromkeys(phrase for phrase in given if phrase))


def _own_tier(category: Any) -> bool:
    codes = category.iterfind(f"{_S}markingData/{_S}code")
    return any(code.text == "suppressClassName" for code in codes)


def _categories(tag: Any, tiers: list[str]) -> Iterator[Any]:
    """Yield the categories that are in use."""
    for category in tag.iterfind(f"{_S}tagCategory"):
        beside_any = not tiers or _applies_to(category, tiers)
        if category.get("name") and category.get("obsolete") != "true" and beside_any:
            yield category


def _applies_to(category: Any, tiers: list[str]) -> list[str]:
    """Return the tiers that a category may stand beside."""
    excluded = {(element.text or "").strip() for element in category.iterfind(f"{_S}excludedClass")}
    return [tier for tier in tiers if tier not in excluded]


def _suffix(tag: Any) -> str:
    qualifiers = list(tag.iterfind(f"{_S}markingQualifier/{_S}qualifier"))
    suffixes = [qualifier for qualifier in qualifiers if qualifier.get("qualifierCode") == "suffix"]
    return "".join(suffix.get("markingQualifier", "") for suffix in suffixes)


def _merged(kept: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """Return the entry that was written, with what others have since changed in the SPIF's own elements.

    Tiers and categories that they took out or put in, and the tiers that a category may stand beside.
    """
    merged = dict(kept)
    tiers = [tier["name"] for tier in stated["classifications"]]
    for field in ("classifications", *TAG_SETS):
        known = {stated_before["name"]: stated_before for stated_before in kept.get(field, ())}
        merged[field] = [
            entry if entry["name"] not in known else _updated(known[entry["name"]], entry, tiers)
            for entry in stated.get(field, ())
        ]
    return merged


def _updated(kept: dict[str, Any], stated: dict[str, Any], tiers: list[str]) -> dict[str, Any]:
    """Return the kept entry of a tier or category.

    Where the tiers differ that it may stand beside, with those.
    """
    before, now = (set(field_data.get("applies_to") or tiers) for field_data in (kept, stated))
    return kept if before == now else {**kept, "applies_to": stated["applies_to"]}
