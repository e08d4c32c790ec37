"""What properties say is judged by one list of those that people write."""

from __future__ import annotations

import pytest

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.rules.rule import ExampleDocument

POLICY = load_policy(lang="en")


@pytest.mark.parametrize("name", POLICY.standards.vocabulary.written_properties)
@pytest.mark.parametrize("written", ["{}", "dc:{}", "/{}"])
def test_a_property_that_people_write_is_compared_with_the_marking(name: str, written: str) -> None:
    sketch = ExampleDocument(mark="UK OFFICIAL", properties={written.format(name.title()): "UK TOP SECRET"})
    assert "META005" in {finding.code for finding in check_example(sketch, POLICY).findings}


def test_a_property_that_a_program_writes_is_not() -> None:
    sketch = ExampleDocument(mark="UK OFFICIAL", properties={"Producer": "UK TOP SECRET"})
    assert "META005" not in {finding.code for finding in check_example(sketch, POLICY).findings}
