"""An organisation's own rules and standards: a folder in the form of `rules/`."""

from __future__ import annotations

import hashlib
from fnmatch import fnmatch
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.rules.loader import load_rules
from countermark.rules.rule import Rule
from countermark.standards.data import Data
from countermark.standards.foreign import ForeignScheme
from countermark.standards.standard import Standard
from countermark.standards.standard_validation import check_schemes
from countermark.standards.standards import load_standard
from countermark.standards.vocabulary import Nation
from countermark.support.errors import CountermarkError
from countermark.support.yaml_files import data_folder, load_struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


_DEPTH = 2
_SUFFIXES = (".yaml", ".yml", ".xml")
_FORMS = ("checks/*.yaml", "standards/*.yaml", "standards/*.xml", "nations.yaml", "schemes.yaml")


class PackNations(Data, frozen=True):
    """Nations that a pack adds, in `nations.yaml`."""

    nations: tuple[Nation, ...]


class PackSchemes(Data, frozen=True):
    """Schemes that a pack adds, in `schemes.yaml`: another country's, or a body's own without tiers."""

    schemes: tuple[ForeignScheme, ...]


class Pack(NamedTuple):
    """What an organisation's folder holds; `digest` is a SHA-256 of its files."""

    rules: tuple[Rule, ...]
    standards: tuple[Standard, ...]
    nations: tuple[Nation, ...]
    schemes: tuple[ForeignScheme, ...]
    digest: bytes


def load_pack(folder: Path, nations: Iterable[Nation]) -> Pack:
    """Read `checks/*.yaml`, `standards/*.yaml`, `standards/*.xml` (Open XML SPIF), `nations.yaml` and
    `schemes.yaml` of a folder; each may be missing. `nations` are those known already; a SPIF names its
    country by one of their names or of the pack's own.

    Raises CountermarkError, which names file, line and reason, where one is ill-formed or where a rule
    that is not one of Countermark's own brings no texts.
    """
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    known = {rule.code: rule for rule in load_rules(data_folder() / "checks")}
    rules = tuple(_with_texts(rule, known) for rule in load_rules(folder / "checks", known.keys()))
    listed = folder / "nations.yaml"
    own = load_struct(listed, PackNations).nations if listed.is_file() else ()
    written = folder / "schemes.yaml"
    schemes = load_struct(written, PackSchemes).schemes if written.is_file() else ()
    check_schemes(schemes, written)
    standards: dict[str, Standard] = {}
    places: dict[str, Path] = {}
    for path, standard in _standards(folder / "standards", (*nations, *own)):
        if standard.id in standards:
            raise CountermarkError("standard-twice", where=path, id=standard.id, other=places[standard.id])
        standards[standard.id], places[standard.id] = standard, path
    return Pack(
        rules=rules,
        standards=tuple(standards.values()),
        nations=own,
        schemes=schemes,
        digest=digest.digest(),
    )


def _with_texts(rule: Rule, known: Mapping[str, Rule]) -> Rule:
    """Return the rule with its texts, or those of the known rule whose place it takes."""
    if rule.texts.by_language():
        return rule
    if rule.code not in known:
        raise CountermarkError("rule-without-texts", where=rule.where, code=rule.code)
    return msgspec.structs.replace(rule, texts=known[rule.code].texts)


def _files(folder: Path) -> list[Path]:
    """Return the files of a pack.

    Raises CountermarkError where one stands in a place that is not read, or where there is none: what is
    passed over in silence would look as if it held.
    """
    data = (path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    found = {path: path.relative_to(folder).parts for path in data}
    shown = {path: parts for path, parts in found.items() if not any(part.startswith(".") for part in parts)}
    for path, parts in shown.items():
        if len(parts) > _DEPTH or not any(fnmatch("/".join(parts), form) for form in _FORMS):
            raise CountermarkError("pack-stray-file", path=path)
    if not shown:
        raise CountermarkError("pack-empty", path=folder)
    return sorted(shown)


def _standards(folder: Path, nations: Iterable[Nation]) -> Iterator[tuple[Path, Standard]]:
    for path in sorted(folder.glob("*.yaml")):
        yield path, load_standard(path)
    policies = sorted(folder.glob("*.xml"))
    if policies:
        from countermark.standards.spif import load_spif

        countries = {name: nation.code for nation in nations for name in nation.names}
        for path in policies:
            yield path, load_spif(path, countries)
