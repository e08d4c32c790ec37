"""The subjects that pages give: what stands at their heads and feet, and in Word's headers that are off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import (
    HEADER_FOOTER,
    CompanionKind,
    Evidence,
    PageKind,
    ProblemKind,
    Stage,
    Unseen,
    Zone,
)
from countermark.rules.facts.agreement_facts import remark
from countermark.rules.facts.document_facts import has_companion, is_numbering_due, overall, texts
from countermark.rules.facts.marking_facts import marking_view
from countermark.rules.facts.rule_context import counterparts
from countermark.rules.facts.views import (
    InactiveView,
    PageView,
    Subject,
    grade,
    is_mark,
    top,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Marking, Page, PageKey
    from countermark.rules.facts.rule_context import RuleContext


_PDF = "application/pdf"


def _classifications(marks: Iterable[Marking]) -> dict[str | None, set[str]]:
    """Return the classifications stated, by country."""
    found: dict[str | None, set[str]] = {}
    for mark in marks:
        found.setdefault(mark.country, set()).add(mark.classification_text)
    return found


def _as_overall(marks: list[Marking], overall: list[Marking]) -> bool:
    """Return whether a page states what the document does, for every country that both mark for."""
    own, whole = _classifications(marks), _classifications(overall)
    return all(own[country] == whole[country] for country in own.keys() & whole.keys())


def page_subjects(context: RuleContext) -> Iterator[Subject]:
    whole, hidden, numbered = overall(context), _hidden_by_page(context), _numbered_pages(context)
    number_due = is_numbering_due(context, whole, "page_numbers")
    forms = (marking_view(marking, context).right_form or marking.canonical for marking in whole)
    expected = " / ".join(dict.fromkeys(forms))
    for page in context.live:
        head, foot = context.of(page, Zone.header, Zone.subject), context.of(page, Zone.footer)
        marks, content = [*head, *foot], context.content(page)
        due, content_top = counterparts(context, marks), top(content)
        view = PageView(
            readable=context.is_readable(page),
            flowing=page.is_flowing,
            head=tuple(sorted({_stated(marking) for marking in head})),
            foot=tuple(sorted({_stated(marking) for marking in foot})),
            head_text=_joined(head),
            foot_text=_joined(foot),
            agree=_agree(head, foot),
            grade=grade(marks),
            content_grade=grade(content),
            content_text=content_top.text if content_top else "",
            countries=tuple(sorted({mark.country for mark in marks if mark.country and mark.classification})),
            foot_required=_is_foot_required(context, marks),
            counterpart_due=bool(due),
            due=" / ".join(due),
            remark=remark(context, marks),
            text=texts(marks),
            overall_text=texts(whole),
            as_overall=_as_overall(marks, whole),
            expected=expected,
            cause=_cause(page, context.document.media_type),
            only_picture="" if marks else _joined(context.of(page, Zone.watermark, Zone.image)),
            hidden_text="" if head and foot else hidden.get(page.key, ""),
            conflict=_conflict(head) or _conflict(foot),
            field_text=_field_text(marks, content),
            numbered=page.key in numbered,
            number_due=number_due,
        )
        yield Subject(view, (page.place(),), _joined(marks))


def _numbered_pages(context: RuleContext) -> set[PageKey]:
    """Return the pages that bear "page x of y"."""
    stated = {said.location.page_key for said in context.statements if said.kind == CompanionKind.page}
    beside = (marking for marking in context.visible if has_companion([marking], CompanionKind.page))
    return stated | {marking.location.page_key for marking in beside}


def _is_foot_required(context: RuleContext, marks: Iterable[Marking]) -> bool:
    """Return whether the markings' standards ask for the footer too; an exchange does by itself."""
    standards = [context.standards.find(marking.standard) for marking in marks if marking.standard]
    return context.exchange.stage is not Stage.internal or any(
        standard is None or standard.placement.foot == "always" for standard in standards
    )


def _field_text(marks: list[Marking], content: list[Marking]) -> str:
    """Return a labelled field in the page that states another classification of a country than its header and
    footer, and none that is higher.
    """
    stated, highest = _classifications(marks), grade(marks)
    for marking in content:
        own = stated.get(marking.country)
        is_other = own and marking.classification and marking.classification_text not in own
        if is_other and Evidence.labelled in marking.evidence and grade([marking]) <= highest:
            return marking.text
    return ""


def _cause(page: Page, media_type: str) -> str:
    """Return why a page may lack a marking that others have, in terms of its file's format.

    A key of the catalogue's `causes`.
    """
    if page.section is None:
        return "pdf" if media_type == _PDF else "none"
    if page.kind in (PageKind.first, PageKind.even):
        return f"{page.kind.value}-pages"
    return "section" if page.section > 1 else "none"


def _hidden_by_page(context: RuleContext) -> dict[PageKey, str]:
    """Return the markings that a reader does not see, by page; not the text layer of a scanned page."""
    scanned = {
        place.page_key
        for problem in context.document.problems
        if problem.kind is ProblemKind.text_disagrees
        for place in problem.locations
    }
    found: dict[PageKey, str] = {}
    for marking in context.standing:
        line = context.line_of(marking) if marking.zone is Zone.hidden else None
        unseen = line.unseen if line else None
        layer = unseen is Unseen.invisible and marking.location.page_key in scanned
        if unseen and unseen is not Unseen.unused and is_mark(marking) and not layer:
            found.setdefault(marking.location.page_key, marking.text)
    return found


def _conflict(marks: list[Marking]) -> str:
    """Classifications of one country and of different grades that one zone states; empty where none."""
    for country in {mark.country for mark in marks}:
        own = {
            mark.classification_text: mark.grade
            for mark in marks
            if mark.country == country and mark.grade is not None
        }
        if len(set(own.values())) > 1:
            return " / ".join(own)
    return ""


def _stated(marking: Marking) -> str:
    """Return what head and foot must agree in."""
    caveats = ", ".join(sorted(caveat.text for caveat in marking.caveats))
    released = ", ".join(sorted(marking.releasable_to))
    return f"{marking.country} {marking.classification_text} [{caveats}] [{released}]"


def _agree(head: list[Marking], foot: list[Marking]) -> bool:
    """Head and foot state the same for every country that both mark for, and have one in common."""
    above: dict[str | None, set[str]] = {}
    below: dict[str | None, set[str]] = {}
    for side, marks in ((above, head), (below, foot)):
        for mark in marks:
            side.setdefault(mark.country, set()).add(_stated(mark))
    common = above.keys() & below.keys()
    return bool(common) and all(above[country] == below[country] for country in common)


def _joined(markings: Iterable[Marking]) -> str:
    return " / ".join(dict.fromkeys(marking.text for marking in markings))


def inactive_subjects(context: RuleContext) -> Iterator[Subject]:
    for page in context.document.pages:
        if page.live:
            continue
        marks = context.of(page, *HEADER_FOOTER)
        live = [
            marking
            for other in context.live
            if other.section == page.section
            for marking in context.of(other, *{mark.zone for mark in marks})
        ]
        if marks:
            differs = {_stated(marking) for marking in marks} != {_stated(marking) for marking in live}
            view = InactiveView(text=_joined(marks), live_text=_joined(live), differs=differs)
            yield Subject(view, tuple(marking.location for marking in marks), _joined(marks))
