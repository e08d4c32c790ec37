"""The same markings judged on different days: each standard holds from its first day to its last.

The table `golden/dates.tsv` has a line for each marking and a column for each day; `make golden` writes it.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from countermark.checking.check import check_document
from countermark.config.policy import Config, ExchangeSettings, load_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.model import DocumentReport

DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2013-06-01",
        "2016-06-01",
        "2019-06-01",
        "2023-08-01",
        "2024-03-31",
        "2024-04-01",
        "2025-06-01",
        "2026-11-24",
    )
)
TODAY = DAYS[-1]
"""Fixed, so that the table stays the same."""

BRITISH = (
    "UK CONFIDENTIAL",
    "UK RESTRICTED",
    "UK PROTECT",
    "NOT PROTECTIVELY MARKED",
    "UK OFFICIAL",
    "UK OFFICIAL - RECIPIENTS ONLY",
    "UK OFFICIAL-SENSITIVE",
    "UK OFFICIAL SENSITIVE",
    "UK OFFICIAL-SENSITIVE COMMERCIAL",
    "UK OFFICIAL-SENSITIVE - COMMERCIAL",
    "UK OFFICIAL-SENSITIVE LOCSEN",
    "UK OFFICIAL-SENSITIVE - PERSONAL",
    "UK OFFICIAL-SENSITIVE - PERSONAL DATA",
    "UK SECRET",
    "UK SECRET - LEGAL",
    "UK SECRET - JP/UK EYES ONLY",
    "UK SECRET JP/UK EYES ONLY",
    "UK TOP SECRET",
)
JAPANESE = (
    "日本国 防衛秘密",
    "日本国 特別管理秘密",
    "日本国 機密",
    "日本国 極秘",
    "日本国 秘",
    "日本国 特定秘密",
    "日本国 特定機密",
    "日本国 特別防衛秘密（極秘）",
    "日本国 装備品等秘密",
    "日本国 装備品秘密",
    "日本国 重要経済安保情報",
    "日本国 経済安保情報",
)
PLAIN = load_policy(start=Path(Path(__file__).resolve().anchor))
GOTHIC = "HeiseiKakuGo-W5"
pdfmetrics.registerFont(UnicodeCIDFont(GOTHIC))


def paper(marking: str, modified: date | None = None) -> bytes:
    """A PDF of one page with the marking at head and foot and no date but, if given, its own last change."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setFont(GOTHIC, 12)
    for up in (800, 40):
        canvas.drawCentredString(297, up, marking)
    for up in range(600, 660, 15):
        canvas.drawString(60, up, "The interface between the two units is described in the annex.")
    canvas.save()
    if modified is None:
        return target.getvalue()
    writer = PdfWriter(clone_from=PdfReader(target))
    writer.add_metadata({"/ModDate": f"D:{modified:%Y%m%d}120000Z"})
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()


def judged(data: bytes, day: date, originator: str) -> DocumentReport:
    """The report of a run that takes `day` for documents without a date of their own."""
    recipient = "JP" if originator == "GB" else "GB"
    config = Config(exchange=ExchangeSettings(from_=originator, to=recipient), as_of=day)
    return check_document(data, "a.pdf", msgspec.structs.replace(PLAIN, config=config, today=TODAY))


def codes(report: DocumentReport) -> set[str]:
    return {finding.code for finding in report.findings}


def cell(report: DocumentReport) -> str:
    return " ".join(sorted(codes(report))) or "-"


def table() -> str:
    lines = ["\t".join(("marking", *(day.isoformat() for day in DAYS)))]
    for originator, markings in (("GB", BRITISH), ("JP", JAPANESE)):
        for marking in markings:
            data = paper(marking)
            lines.append("\t".join((marking, *(cell(judged(data, day, originator)) for day in DAYS))))
    return "\n".join(lines) + "\n"


def test_each_day_is_judged_by_the_standards_in_force(golden: Callable[[str, bytes], None]) -> None:
    golden("dates.tsv", table().encode())


@pytest.mark.parametrize(("originator", "marking"), [("GB", "UK CONFIDENTIAL"), ("JP", "日本国 防衛秘密")])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_documents_own_day_decides_whenever_it_is_checked(originator: str, marking: str, day: date) -> None:
    """EX007 is left out: it says what a legacy marking means on the day of the check."""
    own = judged(paper(marking, modified=day), TODAY, originator)
    assert (own.date, own.date_source) == (day.isoformat(), "metadata")
    then = judged(paper(marking), day, originator)
    assert codes(own) - {"EX007"} == codes(then) - {"EX007"}
