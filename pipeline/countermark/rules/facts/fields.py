"""What a rule of each scope may speak of: the fields of its word, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from countermark.rules.facts import across_views, views
from countermark.rules.facts.marking_facts import MarkingView

if TYPE_CHECKING:
    from collections.abc import Mapping

EXCHANGE: Mapping[str, Any] = {"originator": str, "recipient": str, "stage": str}
VIEWS: Mapping[str, type[views.Facts]] = {
    "document": views.DocumentView,
    "page": views.PageView,
    "marking": MarkingView,
    "doubtful": views.DoubtfulView,
    "unknown": views.UnknownView,
    "classification": views.ClassificationView,
    "statement": views.StatementView,
    "quoted": views.QuotedView,
    "release": views.ReleaseView,
    "portion": views.PortionView,
    "label": views.LabelView,
    "property": views.PropertyView,
    "child": views.ChildView,
    "pair": views.PairView,
    "inactive": views.InactiveView,
    "hidden": views.HiddenView,
    "redaction": views.RedactionView,
    "translation": across_views.TranslationView,
    "consignment": across_views.ConsignmentView,
    "enclosure": across_views.EnclosureView,
    "problem": views.ProblemView,
}


@cache
def fields_of(word: str) -> Mapping[str, Any]:
    """Return the fields of a word of expressions (`document`, `exchange`, a scope's own) with their types."""
    return EXCHANGE if word == "exchange" else get_type_hints(VIEWS[word])
