"""Markings at head and foot are found on pages of many layouts, and nothing else is taken for one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4, A5, landscape, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from countermark.model import Zone
from countermark.readers.read import read
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.limits import Limits
from countermark.support.yaml_files import data_folder
from support.pdf_files import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

RECOGNISER = Recogniser(load_standards(data_folder()))
LATIN = ["Helvetica", "Times-Roman", "Helvetica-Bold", "Courier"]
JAPANESE = ["HeiseiMin-W3", "HeiseiKakuGo-W5"]
for name in JAPANESE:
    pdfmetrics.registerFont(UnicodeCIDFont(name))
MARKINGS = [
    "UK SECRET",
    "UK OFFICIAL-SENSITIVE",
    "UK TOP SECRET - JP/UK EYES ONLY",
    "UK SECRET - RELEASABLE TO JAPAN",
    "SECRET",
    "OFFICIAL",
    "日本国 極秘",
    "極　秘",
    "秘",
    "特定秘密",
    "【極秘】",
    "UK SECRET / 極秘",
]
ENGLISH_WORDS = [
    "interface",
    "unit",
    "annex",
    "load",
    "rig",
    "official",
    "secret",
    "sensor",
    "bracket",
    "supply",
    "test",
    "report",
    "figure",
    "table",
]
JAPANESE_WORDS = [
    "試験",
    "装置",
    "荷重",
    "測定",
    "別表",
    "日程",
    "秘書",
    "取扱説明書",
    "について",
    "は",
    "を",
    "である。",
]


@dataclass(frozen=True)
class Layout:
    """How a document is set: sizes and distances in points."""

    marking: str
    font: str
    size: int
    body_size: int
    paper: tuple[float, float]
    pages: int
    head: float
    foot: float
    gap: float
    align: str
    beside: str
    under: bool
    title: str
    marked_last: bool
    full: bool
    margin: float


def layout(chance: random.Random) -> Layout:
    marking = chance.choice(MARKINGS)
    return Layout(
        marking=marking,
        font=chance.choice(LATIN if marking.isascii() else JAPANESE),
        size=chance.choice([9, 10, 11, 12, 14, 16, 20]),
        body_size=chance.choice([9, 10, 11, 12]),
        paper=chance.choice([A4, A4, letter, landscape(A4), A5]),
        pages=chance.choice([1, 1, 2, 3, 6, 12]),
        head=chance.uniform(15, 60),
        foot=chance.uniform(12, 50),
        gap=chance.choice([14, 20, 30, 45]),
        align=chance.choice(["centre", "centre", "centre", "left", "right"]),
        beside=chance.choice(["", "page", "reference", "both"]),
        under=chance.random() < 0.2,
        title=chance.choice(["", "left", "centre"]),
        marked_last=chance.random() < 0.5,
        full=chance.random() < 0.5,
        margin=chance.choice([40, 56, 72]),
    )


def words(own: Layout, chance: random.Random) -> str:
    """One line of running text."""
    wide = own.paper[0] - 2 * own.margin
    if own.marking.isascii():
        line = ""
        while pdfmetrics.stringWidth(line, "Times-Roman", own.body_size) < wide - 40:
            line += chance.choice(ENGLISH_WORDS) + " "
        return line
    return "".join(chance.choice(JAPANESE_WORDS) for _ in range(60))[: int(wide / own.body_size)]


def draw_furniture(canvas: Canvas, own: Layout, number: int) -> None:
    width, height = own.paper
    for base, inward in ((height - own.head - own.size * 0.8, -1), (own.foot, 1)):
        canvas.setFont(own.font, own.size)
        draw = {
            "centre": canvas.drawCentredString,
            "left": canvas.drawString,
            "right": canvas.drawRightString,
        }
        place = {"centre": width / 2, "left": own.margin, "right": width - own.margin}
        draw[own.align](place[own.align], base, own.marking)
        half = pdfmetrics.stringWidth(own.marking, own.font, own.size) / 2
        canvas.setFont("Helvetica", 8)
        room = width / 2 - half > own.margin + 70
        if own.beside in ("page", "both") and own.align != "right" and room:
            canvas.drawRightString(width - own.margin, base, f"Page {number} of {own.pages}")
        if own.beside in ("reference", "both") and own.align != "left" and room:
            canvas.drawString(own.margin, base, "JWG/26/114")
        if own.under:
            away = (own.size + 2) if inward < 0 else (own.size + 3)
            canvas.drawCentredString(width / 2, base + inward * away, "Project Skylark interface report")


def draw_body(canvas: Canvas, own: Layout, number: int, chance: random.Random) -> None:
    width, height = own.paper
    more = 14 if own.under else 0
    down = height - own.head - own.size - own.gap - own.body_size - more
    if own.title and number == 1:
        canvas.setFont("Helvetica-Bold", 16)
        if own.title == "centre":
            canvas.drawCentredString(width / 2, down - 6, "Test report of the seventh rig")
        else:
            canvas.drawString(own.margin, down - 6, "Test report of the seventh rig")
        down -= 34
    canvas.setFont("Times-Roman" if own.marking.isascii() else own.font, own.body_size)
    end = own.foot + own.size + own.gap + more if own.full or number < own.pages else height / 2
    while down > end:
        for _ in range(chance.randint(1, 6)):
            if down > end:
                canvas.drawString(own.margin, down, words(own, chance))
                down -= own.body_size * 1.25
        down -= own.body_size * 0.6


@pytest.mark.parametrize("seed", range(80))
def test_head_and_foot_are_found_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    own = layout(chance)

    def page(number: int) -> Callable[[Canvas, float, float], None]:
        def draw(canvas: Canvas, *_: float) -> None:
            if not own.marked_last:
                draw_furniture(canvas, own, number)
            draw_body(canvas, own, number, chance)
            if own.marked_last:
                draw_furniture(canvas, own, number)

        return draw

    data = pdf(*(page(number) for number in range(1, own.pages + 1)), size=own.paper)
    document = read(data, "layout.pdf", Limits())
    found = accepted(examine(document, RECOGNISER, date(2026, 6, 1)).markings)
    places = sorted((one.location.page, one.zone.value) for one in found)
    each = 2 if " / " in own.marking else 1
    expected = sorted(
        (number, zone.value) for number in range(1, own.pages + 1) for zone in (Zone.header, Zone.footer)
    )
    assert places == sorted(expected * each), own
