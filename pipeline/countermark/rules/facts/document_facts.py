"""The subject that a document as a whole is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import MARKED_ZONES, CompanionKind, Zone
from countermark.recognition.normalise import normalise
from countermark.rules.facts.filenames import marking_of_name
from countermark.rules.facts.views import UNKNOWN, DocumentView, grade, top

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Marking
    from countermark.rules.facts.rule_context import RuleContext

_MOST_DIGITS = 9
"""Of a number of pages; longer ones Python may refuse to read."""
_AGREEMENT = re.compile(
    r"AGREEMENT.{0,80}SECURITY OF INFORMATION|SECURITY OF INFORMATION.{0,40}AGREEMENT"
    r"|PROJECT (SECURITY )?INSTRUCTION"
    r"|情報.{0,2}保護.{0,60}協定|情報保護協定|プロジェクト.{0,8}(指示書|実施要領)"
)


def document_view(context: RuleContext) -> DocumentView:
    """Return the view of the document as a whole."""
    marks = overall(context)
    classified = [marking for marking in context.visible if marking.classification]
    stated = {statement.kind for statement in context.statements}
    named = marking_of_name(context.document.name, context.recogniser, context.day)
    same = [
        marking
        for marking in context.visible
        if named and marking.country == named.country and not context.is_carried(marking)
    ]
    visible = top(same)
    return DocumentView(
        marked=bool(context.visible),
        classified=bool(classified),
        readable=not any(problem.is_loss for problem in context.document.problems)
        and all(context.is_readable(page) for page in context.live),
        is_child=context.is_child,
        allow_unmarked=context.allow_unmarked,
        overall_grade=grade(marks),
        page_grade=max((grade(context.of(page, *MARKED_ZONES)) for page in context.live), default=UNKNOWN),
        marks_by_page=_marks_by_page(context),
        named=tuple(sorted(context.named)),
        only_country=context.only_country,
        countries=tuple(sorted({marking.country for marking in classified if marking.country})),
        overall_text=texts(marks),
        portion_grade=_portion_grade(context),
        label_required=context.label_required,
        labelled=any(label.enabled for label in context.document.labels),
        open_changes=_open_changes(context),
        copy_due=is_numbering_due(context, marks, "copies"),
        copied=CompanionKind.copy in stated or has_companion(context.visible, CompanionKind.copy),
        covering_letter="covering-letter" in stated,
        cites_agreement="covering-letter" in stated and _cites_agreement(context),
        japanese=any(marking.country == "JP" and not marking.text.isascii() for marking in classified),
        file_marking=named.classification_text if named and visible else "",
        visible_marking=visible.classification_text if visible else "",
        unknown_scheme=bool(context.unknown),
        doubted=any(context.is_met(marking) for marking in context.doubtful),
    )


def texts(marks: Iterable[Marking]) -> str:
    """Return their classifications, each once."""
    return " / ".join(dict.fromkeys(mark.classification_text for mark in marks))


def _portion_grade(context: RuleContext) -> int:
    """Return the highest grade among the portions where every paragraph is marked; UNKNOWN otherwise."""
    if not context.paragraphs or not all(paragraph.marked for paragraph in context.paragraphs):
        return UNKNOWN
    return grade(marking for marking in context.visible if marking.portion)


def _open_changes(context: RuleContext) -> tuple[str, ...]:
    kinds = {
        line.zone.value
        for page in context.live
        for line in page.lines
        if line.zone in (Zone.inserted, Zone.deleted) or (line.zone is Zone.comment and not line.unseen)
    }
    if any(line.tracked for page in context.live for line in page.lines):
        kinds.add(Zone.inserted.value)
    return tuple(sorted(kinds))


def has_companion(marks: Iterable[Marking], kind: CompanionKind) -> bool:
    """Return whether one of them has a companion of that kind."""
    return any(companion.kind is kind for marking in marks for companion in marking.companions)


def is_numbering_due(context: RuleContext, marks: Iterable[Marking], what: str) -> bool:
    """Return whether a document of several pages needs page numbers or copy numbers, by its markings'
    standards.
    """
    if not _has_several_pages(context):
        return False
    for mark in marks:
        standard = context.standards.find(mark.standard) if mark.standard else None
        due = getattr(standard, what) if standard else None
        if due and mark.classification_text in due.applies_to:
            return True
    return False


def _has_several_pages(context: RuleContext) -> bool:
    """Several pages in a PDF; in Word several sections, or as many pages as its properties tell."""
    told = (item.value for item in context.document.properties if item.key == "pages")
    count = next((int(value) for value in told if value.isdecimal() and len(value) <= _MOST_DIGITS), 0)
    return count > 1 or len({page.number or page.section for page in context.live}) > 1


def _cites_agreement(context: RuleContext) -> bool:
    text = " ".join(line.text for page in context.live for line in page.lines)
    return _AGREEMENT.search(normalise(text).text) is not None


def overall(context: RuleContext) -> list[Marking]:
    """Return what the document as a whole is marked: its first page, else all its pages."""
    pages = [context.of(page, *MARKED_ZONES) for page in context.live]
    return pages[0] if pages and pages[0] else [mark for marks in pages for mark in marks]


def _marks_by_page(context: RuleContext) -> bool:
    """Return whether each page is marked with the highest of its own portions: then pages may differ."""
    portions = [
        (
            grade(context.of(page, *MARKED_ZONES)),
            grade(marking for marking in context.content(page) if marking.portion),
        )
        for page in context.live
    ]
    return bool(portions) and all(own == content for own, content in portions)
