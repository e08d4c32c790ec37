"""A Word file saved in the older and the open forms by LibreOffice gives the findings of the Word file.

`golden/saved-alike.tsv` names each document whose codes differ, by form: what is missing (-) or new (+).
LibreOffice leaves out, when it saves: embedded packages (DOC010, DOC011), headers that are off (DOC014),
comments that no text refers to (HIDE001, HIDE002), and in rich text shapes in headers (DOC015, the header of
interface-control-extract). Of the .doc of that file, whose header has a text box, only a part is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countermark.checking.check import check_document
from countermark.checking.rule_examples import policy_of, sketch_of
from countermark.config.policy import load_policy
from support.libreoffice import convert
from support.sketched import NOT_IN_WORD, hindrance
from support.sketched_word import word_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.config.policy import Policy

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FAMILIES = ("DOC", "META", "HIDE", "UK", "JP", "EX")
FORMS = ("rtf", "odt", "doc")


def _documents() -> dict[str, tuple[bytes, Policy]]:
    """The samples, and of every rule about documents its first failing example, by their names."""
    found = {path.stem: (path.read_bytes(), POLICY) for path in sorted(SAMPLES.rglob("*.docx"))}
    for rule in POLICY.rules:
        sketch = sketch_of(rule.bad[0]) if rule.family in FAMILIES and rule.bad else None
        if sketch is not None and not hindrance(sketch, NOT_IN_WORD):
            found[rule.code] = word_of(sketch), policy_of(sketch, POLICY)
    return found


def _codes(data: bytes, name: str, policy: Policy) -> set[str]:
    return {finding.code for finding in check_document(data, name, policy).findings}


@pytest.mark.slow
def test_saved_in_another_form_a_document_gives_the_same_codes(
    office: str, tmp_path: Path, golden: Callable[[str, bytes], None]
) -> None:
    documents = _documents()
    assert len(documents) >= 50
    source = tmp_path / "source"
    source.mkdir()
    for name, (data, _) in documents.items():
        (source / f"{name}.docx").write_bytes(data)
    rows = []
    as_word = {name: _codes(data, f"{name}.docx", policy) for name, (data, policy) in documents.items()}
    for form in FORMS:
        folder = tmp_path / form
        folder.mkdir()
        made = convert(office, folder, [source / f"{name}.docx" for name in documents], form)
        assert made.keys() == documents.keys()
        for name, (_, policy) in documents.items():
            expected = as_word[name]
            found = _codes(made[name].read_bytes(), made[name].name, policy)
            changes = [f"-{code}" for code in sorted(expected - found)]
            changes += [f"+{code}" for code in sorted(found - expected)]
            if changes:
                rows.append("\t".join((form, name, *changes)))
    golden("saved-alike.tsv", "".join(f"{row}\n" for row in rows).encode())
