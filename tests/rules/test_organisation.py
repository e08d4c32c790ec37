"""What an organisation adds or changes in `.countermark.yaml` counts: lists, labels, severities, ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.checking.rule_examples import document_of, sketch_of
from countermark.config.policy import load_policy
from countermark.model import Severity
from countermark.recognition.explain import explain
from countermark.rules.rule import ExampleDocument

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.config.policy import Policy
    from countermark.model import Finding


def configured(folder: Path, text: str) -> Policy:
    path = folder / ".countermark.yaml"
    path.write_text("exchange: {from: GB, to: JP, stage: outgoing}\n" + text, "utf-8")
    return load_policy(path)


def findings(policy: Policy, example: str | ExampleDocument, name: str = "a.pdf") -> dict[str, Finding]:
    document = document_of(sketch_of(example), str(policy.folder / name))
    return {finding.code: finding for finding in check_read(document, policy).findings}


@pytest.mark.parametrize(
    ("marking", "code", "setting"),
    [
        ("UK SECRET - PROJECT FUNDING", "UK011", "descriptors: [PROJECT FUNDING]"),
        ("UK SECRET - STAFF IN CONFIDENCE - COMMERCIAL", "UK011", "handling: [STAFF IN CONFIDENCE]"),
        ("UK SECRET - BRAVO/UK EYES ONLY", "UK014", "nations: [{code: BR, names: [BRAVO]}]"),
        ("UK SECRET - RELEASABLE TO BRAVO", "EX005", "nations: [{code: BR, names: [BRAVO]}]"),
        ("UK OFFICIAL-SENSITIVE", "EX007", "correspondence: [{GB: [OFFICIAL-SENSITIVE], JP: [秘]}]"),
    ],
)
def test_a_word_of_the_organisation_is_known(tmp_path: Path, marking: str, code: str, setting: str) -> None:
    assert code in findings(configured(tmp_path, ""), marking)
    assert code not in findings(configured(tmp_path, setting), marking)


def test_a_nation_of_the_organisation_s_own_is_judged_by_name(tmp_path: Path) -> None:
    """Known, it decides who may read: the caveat names it and not Japan."""
    policy = configured(tmp_path, "nations: [{code: BR, names: [BRAVO]}]")
    assert "EX004" in findings(policy, "UK SECRET - BRAVO/UK EYES ONLY")
    assert "EX004" not in findings(configured(tmp_path, ""), "UK SECRET - BRAVO/UK EYES ONLY")


def test_codewords_count_where_there_is_a_list(tmp_path: Path) -> None:
    assert "UK011" not in findings(configured(tmp_path, ""), "UK SECRET - SKYLARK")
    policy = configured(tmp_path, "codewords: [SKYLARK]")
    assert "UK011" not in findings(policy, "UK SECRET - SKYLARK")
    assert "UK011" in findings(policy, "UK SECRET - NIGHTJAR")


def test_a_codeword_in_a_title_is_told_where_the_marking_lacks_it(tmp_path: Path) -> None:
    policy = configured(tmp_path, "codewords: [SKYLARK]")
    sketch = ExampleDocument(mark="UK SECRET", properties={"Title": "UK SECRET - SKYLARK"})
    assert "META005" in findings(policy, sketch)


@pytest.mark.parametrize("key", ["Sensitive (GUID)", "MSIP_Label_1"])
def test_a_label_stands_for_the_marking_that_the_organisation_maps_it_to(tmp_path: Path, key: str) -> None:
    """By what it says or by its name."""
    sketch = ExampleDocument(mark="UK SECRET", labels={"MSIP_Label_1": "Sensitive (GUID)"})
    assert "META001" not in findings(configured(tmp_path, ""), sketch)
    policy = configured(tmp_path, f"labels: {{'{key}': UK OFFICIAL-SENSITIVE}}")
    assert "META001" in findings(policy, sketch)
    policy = configured(tmp_path, f"labels: {{'{key}': UK SECRET}}")
    assert "META001" not in findings(policy, sketch)


def test_rules_are_set_aside_by_path(tmp_path: Path) -> None:
    policy = configured(tmp_path, "paths: [{match: 'old/**', ignore: [UK005, EX]}]")
    assert {"UK005", "EX007"} <= set(findings(policy, "uk official", "new/a.pdf"))
    assert not {"UK005", "EX007"} & set(findings(policy, "uk official", "old/a.pdf"))


def test_rules_of_one_path_may_be_set_aside_but_not_what_was_not_read(tmp_path: Path) -> None:
    policy = configured(tmp_path, "paths: [{match: 'old/**', ignore: [READ]}]")
    sketch = msgspec.convert({"mark": "UK SECRET", "problem": "limit"}, ExampleDocument)
    assert "READ004" in findings(policy, sketch, "old/a.pdf")


def test_unmarked_documents_may_be_allowed_by_path(tmp_path: Path) -> None:
    policy = configured(tmp_path, "paths: [{match: 'public/**', allow_unmarked: true}]")
    plain = msgspec.convert({"pages": [{"body": "Nothing is said here."}]}, ExampleDocument)
    assert "DOC001" in findings(policy, plain, "a.pdf")
    assert "DOC001" not in findings(policy, plain, "public/a.pdf")


def test_severities_are_the_organisation_s(tmp_path: Path) -> None:
    assert findings(configured(tmp_path, ""), "Uk Secret")["UK005"].severity is Severity.warning
    policy = configured(tmp_path, "severity: {UK005: note, DOC012: error}")
    assert findings(policy, "Uk Secret")["UK005"].severity is Severity.note
    pages = [{"head": "UK SECRET", "foot": "UK SECRET"}] * 2
    sketch = msgspec.convert({"pages": pages}, ExampleDocument)
    assert findings(policy, sketch)["DOC012"].severity is Severity.error


def test_a_correspondence_of_the_organisation_narrows_the_table(tmp_path: Path) -> None:
    policy = configured(tmp_path, "correspondence: [{GB: [SECRET], JP: [極秘]}]")
    [told] = explain("UK SECRET", policy.recogniser, policy.today, "JP")
    assert told.recipient_marks == ("UK SECRET / 極秘",)
    assert told.remark == ""
