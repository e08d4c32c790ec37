"""Documents that are right, of both countries, as PDF and Word: no error, no warning, hardly a note.

The table `golden/right.tsv` has a line for each document and what is found on it; `make golden` writes it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from countermark.checking.check import check_document
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.rule_examples import policy_of
from countermark.config.policy import load_policy
from countermark.model import Severity, Stage
from countermark.rules.rule import ExampleDocument, SketchPage
from support.sketched_pdf import pdf_of
from support.sketched_word import word_of

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en")
DAY = date(2026, 5, 12)
PERIOD = "登録番号 第12号\n指定期間：令和11年3月31日まで"
BODY = "The interface between the two units is described in the annex to this report."
BRITISH = (
    "UK OFFICIAL",
    "UK OFFICIAL - FOR PUBLIC RELEASE",
    "UK OFFICIAL-SENSITIVE",
    "UK OFFICIAL-SENSITIVE - RECIPIENTS ONLY",
    "UK OFFICIAL-SENSITIVE - COMMERCIAL",
    "UK OFFICIAL-SENSITIVE - PERSONAL DATA",
    "UK SECRET",
    "UK SECRET - RECIPIENTS ONLY",
    "UK SECRET - SKYLARK",
    "UK SECRET - JP/UK EYES ONLY",
    "UK SECRET - RECIPIENTS ONLY - COMMERCIAL",
    "UK SECRET - RELEASABLE TO JAPAN",
    "UK TOP SECRET",
    "UK TOP SECRET - JP/UK EYES ONLY",
)
JAPANESE = (
    "日本国 秘",
    "日本国 極秘",
    "日本国 特定秘密",
    "日本国 特別防衛秘密（極秘）",
    "日本国 重要経済安保情報",
)


def british(mark: str, *, letter: str = "", **more: Any) -> ExampleDocument:
    pages: tuple[SketchPage, ...] = (SketchPage(head=mark, foot=mark, body=BODY),) * 2
    if letter:
        under = "Provided under the Agreement on the Security of Information."
        body = f"Covering letter\n{under}\nEnclosures:\n{letter}"
        pages = (SketchPage(head=mark, foot=mark, body=body),)
    return ExampleDocument(pages=pages, from_="GB", to="JP", as_of=DAY, **more)


def japanese(mark: str, **more: Any) -> ExampleDocument:
    first = SketchPage(head=mark, foot=mark, body=PERIOD)
    pages = (first, SketchPage(head=mark, foot=mark, body="射程は別表のとおり"))
    return ExampleDocument(pages=pages, from_="JP", to="GB", as_of=DAY, **more)


SKETCHES = {
    **{mark: british(mark) for mark in BRITISH},
    **{mark: japanese(mark) for mark in JAPANESE},
    "received from GB": ExampleDocument(
        mark="UK SECRET / 極秘", from_="GB", to="JP", stage=Stage.received, as_of=DAY
    ),
    "received from JP": ExampleDocument(
        pages=(SketchPage(head="日本国 極秘 / UK SECRET", foot="日本国 極秘 / UK SECRET", body=PERIOD),),
        from_="JP", to="GB", stage=Stage.received, as_of=DAY,
    ),
    "internal, GB": ExampleDocument(mark="SECRET", from_="GB", stage=Stage.internal, as_of=DAY),
    "internal, JP": ExampleDocument(
        pages=(SketchPage(head="極秘", body=PERIOD),), from_="JP", stage=Stage.internal, as_of=DAY
    ),
    "of 2013": ExampleDocument(
        mark="UK CONFIDENTIAL", date=date(2013, 11, 5), from_="GB", stage=Stage.internal
    ),
    "portions": ExampleDocument(
        pages=(
            SketchPage(
                head="UK SECRET", foot="UK SECRET",
                body="(UK S) The range is as stated.\n(UK O) The date is kept.",
            ),
        ),
        from_="GB", to="JP", as_of=DAY,
    ),
    "attachment": british("UK SECRET", children=(british("UK OFFICIAL"),)),
    "label": british("UK SECRET", labels={"Classification": "UK SECRET"}),
    "covering letter": ExampleDocument(
        pages=(
            SketchPage(
                head="UK SECRET", foot="UK SECRET",
                body="Covering letter\nProvided under the Agreement on the Security of Information.",
            ),
        ),
        from_="GB", to="JP", as_of=DAY,
    ),
    "translation": ExampleDocument(mark="日本国 極秘 / UK SECRET", from_="JP", to="GB", as_of=DAY),
    "portions, JP": ExampleDocument(
        pages=(
            SketchPage(
                head="日本国 極秘", foot="日本国 極秘",
                body=f"{PERIOD}\n（極秘）射程は別表のとおり。\n（秘）期日は変更しない。",
            ),
        ),
        from_="JP", to="GB", as_of=DAY,
    ),
    "attachment, JP": japanese("日本国 極秘", children=(japanese("日本国 極秘"),)),
    "label, JP": japanese("日本国 極秘", labels={"Classification": "極秘"}),
    "covering letter, JP": ExampleDocument(
        pages=(
            SketchPage(
                head="日本国 極秘", foot="日本国 極秘",
                body=f"送付書\n{PERIOD}\n情報の保護に関する日英協定に基づき、別添のとおり送付する。",
            ),
        ),
        from_="JP", to="GB", as_of=DAY,
    ),
    "covering letter with its list": british(
        "UK SECRET",
        children=(british("UK SECRET"),),
        letter="1. The interface between the two units (UK SECRET)",
    ),
    "unmarked, allowed": ExampleDocument(
        pages=(SketchPage(body="Minutes of the meeting"),),
        allow_unmarked=True, from_="GB", to="JP", as_of=DAY,
    ),
}  # fmt: skip
MEDIA: tuple[tuple[str, Callable[[ExampleDocument], bytes]], ...] = ((".pdf", pdf_of), (".docx", word_of))


def test_right_documents_give_hardly_a_note(golden: Callable[[str, bytes], None]) -> None:
    rows, notes = [], 0
    for suffix, write in MEDIA:
        for name, sketch in SKETCHES.items():
            policy = policy_of(sketch, POLICY)
            report = check_document(write(sketch), f"document{suffix}", policy)
            (report,) = with_cross_document_findings([report], policy)
            found = [finding for member in report.family() for finding in member.findings]
            assert {finding.severity for finding in found} <= {Severity.note}, (name, suffix, found)
            notes += len(found)
            rows.append(f"{name}{suffix}\t{' '.join(sorted(finding.code for finding in found)) or '-'}\n")
    assert len(rows) >= 60
    assert notes <= len(rows)
    golden("right.tsv", "".join(rows).encode())
