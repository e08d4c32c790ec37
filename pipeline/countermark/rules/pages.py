"""The subjects that pages give: the document as a whole, its pages, the pairs of both countries'
classifications on them, and Word's headers that are switched off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.markings.normalise import normalise
from countermark.model import EDGES, CompanionKind, ProblemKind, Stage, Unseen, Zone
from countermark.rules.case import counterparts
from countermark.rules.filenames import marking_of_name
from countermark.rules.views import (
    UNKNOWN,
    DocumentView,
    InactiveView,
    PageView,
    PairView,
    Subject,
    grade,
    is_mark,
    top,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Location, Marking, Page
    from countermark.rules.case import Case


def document_view(case: Case) -> DocumentView:
    """The view of the document as a whole."""
    overall = _overall(case)
    classified = [one for one in case.visible if one.classification]
    stated = {one.kind for one in case.statements}
    named = marking_of_name(case.document.name, case.standards, case.day)
    same = [
        one for one in case.visible if named and one.country == named.country and not case.is_carried(one)
    ]
    visible = top(same)
    return DocumentView(
        marked=bool(case.visible),
        classified=bool(classified),
        readable=not any(problem.is_loss for problem in case.document.problems)
        and all(page.readable for page in case.live),
        is_child=case.is_child,
        allow_unmarked=case.allow_unmarked,
        overall_grade=grade(overall),
        page_grade=max((grade(case.of(page, *EDGES)) for page in case.live), default=UNKNOWN),
        marks_by_page=_marks_by_page(case),
        named=tuple(sorted(case.named)),
        countries=tuple(sorted({one.country for one in classified if one.country})),
        overall_text=_texts(overall),
        portion_grade=_portion_grade(case),
        label_required=case.label_required,
        labelled=any(label.enabled for label in case.document.labels),
        open_changes=_open_changes(case),
        copy_due=_is_numbering_due(case, overall, "copies"),
        copied="copy-number" in stated or _has_companion(case.visible, CompanionKind.copy),
        covering_letter="covering-letter" in stated,
        cites_agreement="covering-letter" in stated and _cites_agreement(case),
        japanese=any(one.country == "JP" and not one.text.isascii() for one in classified),
        file_marking=named.classification_text if named and visible else "",
        visible_marking=visible.classification_text if visible else "",
    )


def _texts(marks: Iterable[Marking]) -> str:
    return " / ".join(dict.fromkeys(one.classification_text for one in marks))


def _portion_grade(case: Case) -> int:
    """The highest grade among the portions where every paragraph is marked; UNKNOWN otherwise."""
    if not case.paragraphs or not all(one.marked for one in case.paragraphs):
        return UNKNOWN
    return grade(one for one in case.visible if one.portion)


def _open_changes(case: Case) -> tuple[str, ...]:
    kinds = {
        line.zone.value
        for page in case.live
        for line in page.lines
        if line.zone in (Zone.inserted, Zone.deleted, Zone.comment)
    }
    if any(line.tracked for page in case.live for line in page.lines):
        kinds.add(Zone.inserted.value)
    return tuple(sorted(kinds))


def _has_companion(marks: Iterable[Marking], kind: CompanionKind) -> bool:
    return any(one.kind is kind for marking in marks for one in marking.companions)


def _is_numbering_due(case: Case, marks: Iterable[Marking], what: str) -> bool:
    """Whether a document of several pages needs page numbers or copy numbers, by its markings' standards."""
    if not _has_several_pages(case):
        return False
    for one in marks:
        standard = case.standards.find(one.standard) if one.standard else None
        due = getattr(standard, what) if standard else None
        if due and one.classification_text in due.applies_to:
            return True
    return False


def _has_several_pages(case: Case) -> bool:
    """Several pages in a PDF; in Word several sections, or as many pages as its properties tell."""
    told = (item.value for item in case.document.properties if item.name.rsplit(":", 1)[-1] == "Pages")
    count = next((int(value) for value in told if value.isdecimal()), 0)
    return count > 1 or len({page.number or page.section for page in case.live}) > 1


_AGREEMENT = re.compile(
    r"AGREEMENT.{0,80}SECURITY OF INFORMATION|SECURITY OF INFORMATION.{0,40}AGREEMENT"
    r"|PROJECT (SECURITY )?INSTRUCTION"
    r"|情報.{0,2}保護.{0,60}協定|情報保護協定|プロジェクト.{0,8}(指示書|実施要領)"
)


def _cites_agreement(case: Case) -> bool:
    text = " ".join(line.text for page in case.live for line in page.lines)
    return _AGREEMENT.search(normalise(text).text) is not None


def _overall(case: Case) -> list[Marking]:
    """What the document as a whole is marked: its first page, else all its pages."""
    pages = [case.of(page, *EDGES) for page in case.live]
    return pages[0] if pages and pages[0] else [one for marks in pages for one in marks]


def _classifications(marks: Iterable[Marking]) -> dict[str | None, set[str]]:
    """The classifications stated, by country."""
    found: dict[str | None, set[str]] = {}
    for one in marks:
        found.setdefault(one.country, set()).add(one.classification_text)
    return found


def _as_overall(marks: list[Marking], overall: list[Marking]) -> bool:
    """Whether a page states what the document does, for every country that both mark for."""
    own, whole = _classifications(marks), _classifications(overall)
    return all(own[country] == whole[country] for country in own.keys() & whole.keys())


def _marks_by_page(case: Case) -> bool:
    """Whether each page is marked with the highest of its own portions: then pages may differ."""
    portions = [
        (grade(case.of(page, *EDGES)), grade(one for one in _content(case, page) if one.portion))
        for page in case.live
    ]
    return bool(portions) and all(own == content for own, content in portions)


def _content(case: Case, page: Page) -> list[Marking]:
    """The markings inside a page; in Word inside its section, whose body belongs to all its pages."""
    same = [page] if page.number else [other for other in case.live if other.section == page.section]
    zones = [zone for zone in Zone if zone not in EDGES]
    return [one for other in same for one in case.of(other, *zones) if not case.is_carried(one)]


def page_subjects(case: Case) -> Iterator[Subject]:
    exchanged = case.exchange.stage is not Stage.internal
    overall = _overall(case)
    numbered = {_key(one.location) for one in case.statements if one.kind.startswith("page-number")}
    numbered |= {_key(one.location) for one in case.visible if _has_companion([one], CompanionKind.page)}
    number_due = _is_numbering_due(case, overall, "page_numbers")
    hidden = _hidden_by_page(case)
    for page in case.live:
        head, foot = case.of(page, Zone.header), case.of(page, Zone.footer)
        marks, content = [*head, *foot], _content(case, page)
        due = counterparts(case, marks)
        standards = [case.standards.find(one.standard) for one in marks if one.standard]
        content_top = top(content)
        view = PageView(
            readable=page.readable,
            head=tuple(sorted({_stated(one) for one in head})),
            foot=tuple(sorted({_stated(one) for one in foot})),
            head_text=_joined(head),
            foot_text=_joined(foot),
            agree=_agree(head, foot),
            grade=grade(marks),
            content_grade=grade(content),
            content_text=content_top.text if content_top else "",
            countries=tuple(sorted({one.country for one in marks if one.country and one.classification})),
            foot_required=exchanged
            or any(one is None or one.placement.foot == "always" for one in standards),
            counterpart_due=bool(due),
            due=" / ".join(due),
            remark=_remark(case, marks),
            text=_texts(marks),
            overall_text=_texts(overall),
            as_overall=_as_overall(marks, overall),
            only_picture="" if marks else _joined(case.of(page, Zone.watermark, Zone.image)),
            hidden_text="" if head and foot else hidden.get(_key(page.place()), ""),
            conflict=_conflict(head) or _conflict(foot),
            numbered=_key(page.place()) in numbered,
            number_due=number_due,
        )
        yield Subject(view, (page.place(),), _joined(marks))


def _remark(case: Case, marks: Iterable[Marking]) -> str:
    """The key of what is said of the classifications that answer to the originator's marks."""
    agreement = case.standards.agreement
    said = (
        agreement.remark(str(one.country), one.classification_text, case.day)
        for one in marks
        if one.country == case.exchange.originator and one.country in agreement.parties
    )
    return next((one for one in said if one != "none"), "none")


def _key(place: Location) -> tuple[int | None, int | None, str | None]:
    return place.page, place.section, place.kind


def _hidden_by_page(case: Case) -> dict[tuple[int | None, int | None, str | None], str]:
    """The markings that a reader does not see, by page; not the text layer of a scanned page."""
    scanned = {
        _key(place)
        for problem in case.document.problems
        if problem.kind is ProblemKind.text_disagrees
        for place in problem.locations
    }
    found: dict[tuple[int | None, int | None, str | None], str] = {}
    for one in case.standing:
        line = case.line_of(one) if one.zone is Zone.hidden else None
        unseen = line.unseen if line else None
        layer = unseen is Unseen.invisible and _key(one.location) in scanned
        if unseen and unseen is not Unseen.unused and is_mark(one) and not layer:
            found.setdefault(_key(one.location), one.text)
    return found


def _conflict(marks: list[Marking]) -> str:
    """Classifications of one country and of different grades that one zone states; empty where none."""
    for country in {one.country for one in marks}:
        own = {
            one.classification_text: one.grade
            for one in marks
            if one.country == country and one.grade is not None
        }
        if len(set(own.values())) > 1:
            return " / ".join(own)
    return ""


def _stated(marking: Marking) -> str:
    """What head and foot must agree in."""
    caveats = ", ".join(sorted(caveat.text for caveat in marking.caveats))
    released = ", ".join(sorted(marking.releasable_to))
    return f"{marking.country} {marking.classification_text} [{caveats}] [{released}]"


def _agree(head: list[Marking], foot: list[Marking]) -> bool:
    """Head and foot state the same for every country that both mark for, and have one in common."""
    above: dict[str | None, set[str]] = {}
    below: dict[str | None, set[str]] = {}
    for side, marks in ((above, head), (below, foot)):
        for one in marks:
            side.setdefault(one.country, set()).add(_stated(one))
    common = above.keys() & below.keys()
    return bool(common) and all(above[country] == below[country] for country in common)


def _joined(markings: Iterable[Marking]) -> str:
    return " / ".join(dict.fromkeys(one.text for one in markings))


def pair_subjects(case: Case) -> Iterator[Subject]:
    """The originator's and the recipient's classifications that stand on one page."""
    first, second = case.exchange.originator, case.exchange.recipient
    for page in case.live:
        marks = [one for one in case.of(page, *EDGES) if one.classification]
        for provided in (one for one in marks if one.country == first and first):
            expected = counterparts(case, [provided])
            for received in (one for one in marks if one.country == second and second and expected):
                text = received.classification_text
                view = PairView(
                    provided=provided.classification_text,
                    recipient=text,
                    expected=" / ".join(expected),
                    corresponds=text in expected,
                    lower=_is_lower(case, received, expected),
                    remark=_remark(case, [provided]),
                )
                yield Subject(view, (received.location,), f"{provided.text} / {received.text}")


def _is_lower(case: Case, received: Marking, expected: tuple[str, ...]) -> bool:
    ranks = [
        tier.rank
        for standard in case.standards.standards
        for tier in standard.classifications
        if tier.name in expected and standard.country == received.country and tier.rank is not None
    ]
    return received.grade is not None and bool(ranks) and received.grade < min(ranks)


def inactive_subjects(case: Case) -> Iterator[Subject]:
    for page in case.document.pages:
        if page.live:
            continue
        marks = case.of(page, *EDGES)
        live = [
            one
            for other in case.live
            if other.section == page.section
            for one in case.of(other, *{mark.zone for mark in marks})
        ]
        if marks:
            differs = {_stated(one) for one in marks} != {_stated(one) for one in live}
            view = InactiveView(text=_joined(marks), live_text=_joined(live), differs=differs)
            yield Subject(view, tuple(one.location for one in marks), _joined(marks))
