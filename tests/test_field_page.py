"""Every field that a rule may use is described, in both languages, on a page that is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.reporting.field_page import descriptions, field_pages
from countermark.rules.facts.fields import VIEWS, fields_of
from countermark.support.messages import LANGUAGES

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.mark.parametrize("scope", ["exchange", *VIEWS])
def test_every_field_and_no_other_is_described(scope: str) -> None:
    described = descriptions()[scope]
    assert set(described.fields) == set(fields_of(scope))
    for words in (described.about, *described.fields.values()):
        assert set(words) == set(LANGUAGES)
        assert all(words.values())


def test_every_scope_and_no_other_is_described() -> None:
    assert set(descriptions()) == {"exchange", *VIEWS}


def test_the_pages_are_those_of_the_fields() -> None:
    """`make rules-pages` writes them anew."""
    for path, content in field_pages():
        assert (DOCS / path).read_text(encoding="utf-8") == content
