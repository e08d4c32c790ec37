"""An organisation's own rules and standards: a folder in the form of `rules/`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from countermark.datafiles import data_folder, load_struct
from countermark.errors import CountermarkError
from countermark.markings.standards import Standard
from countermark.markings.words import Data, Nation
from countermark.rules.loader import Rule, load_rules

if TYPE_CHECKING:
    from pathlib import Path


class PackNations(Data, frozen=True):
    """Nations that a pack adds, in `nations.yaml`."""

    nations: tuple[Nation, ...]


class Pack(NamedTuple):
    """What an organisation's folder holds; `digest` is a SHA-256 of its files."""

    rules: tuple[Rule, ...]
    standards: tuple[Standard, ...]
    nations: tuple[Nation, ...]
    digest: bytes


def load_pack(folder: Path) -> Pack:
    """Read `checks/*.yaml`, `standards/*.yaml` and `nations.yaml` of a folder; each may be missing.

    Raises CountermarkError, which names file, line and reason, where one is ill-formed or where a rule
    that the message catalogue does not know brings no texts.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    known = {rule.code for rule in load_rules(data_folder() / "checks")}
    rules = load_rules(folder / "checks", known)
    for rule in rules:
        if rule.code not in known and not rule.texts:
            raise CountermarkError("rule-without-texts", where=rule.where, code=rule.code)
    nations = folder / "nations.yaml"
    return Pack(
        rules=rules,
        standards=tuple(
            load_struct(path, Standard) for path in sorted((folder / "standards").glob("*.yaml"))
        ),
        nations=load_struct(nations, PackNations).nations if nations.is_file() else (),
        digest=digest.digest(),
    )
