"""Sets a paper as PDF: many layouts, drawn with reportlab; annotations and properties through pypdf."""

from __future__ import annotations

import io
from random import Random
from typing import TYPE_CHECKING

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from accuracy.design import JAPANESE, Design, encodes
from accuracy.paper import Places
from accuracy.pdf_notes import with_notes

if TYPE_CHECKING:
    from accuracy.paper import Band, Block, Paper
    from accuracy.truth import Placed, Written


_LONGEST_STACK = 4


class _Setter:
    """One document on its way to PDF."""

    def __init__(self, paper: Paper) -> None:
        self.chance = Random(paper.seed)
        self.paper = paper
        self.design = Design.drawn(self.chance)
        self.width, self.height = self.design.paper
        self.places = Places()
        self.notes: list[tuple[int, Block]] = []
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=self.design.paper, invariant=1)

    def finished(self) -> tuple[bytes, list[Placed]]:
        for number, blocks in enumerate(self.paper.pages, 1):
            if not self.design.marked_last:
                self._bands(number)
            self._body(number, blocks)
            if self.design.marked_last:
                self._bands(number)
            if self.paper.stamp:
                self._watermark(self.paper.stamp, number)
            self.canvas.showPage()
        self.canvas.save()
        return with_notes(
            self.target.getvalue(), self.paper.named, self.notes, self.places
        ), self.places.placed

    def _font(self, text: str, plain: str = "") -> str:
        if text.isascii() or encodes(text, "cp1252"):
            return plain or self.design.latin
        return self.design.japanese

    # head and foot

    def _bands(self, number: int) -> None:
        design = self.design
        rows = self._band_rows(self.paper.head)
        base = self.height - design.head - design.size
        for row, written in rows:
            self._row(row, base, self.paper.head, number, marked=written)
            base -= design.size * 1.25
        rows = self._band_rows(self.paper.foot)
        base = design.foot + (len(rows) - 1) * design.size * 1.25
        base += 1.1 * design.size * len(self._stack(self.paper.foot))
        for row, written in rows:
            self._row(row, base, self.paper.foot, number, marked=written)
            base -= design.size * 1.25
        for band, zone in ((self.paper.head, "header"), (self.paper.foot, "footer")):
            if band.written:
                self.places.put(band.written, number, zone)
        if design.rule:
            top = self._top()
            self.canvas.line(design.margin, top + 6, self.width - design.margin, top + 6)

    @staticmethod
    def _band_rows(band: Band) -> list[tuple[str, bool]]:
        rows = [(line, True) for line in band.written.lines] if band.written else []
        rows = rows or [("", True)]
        return [*rows, (band.extra, False)] if band.extra else rows

    def _row(self, text: str, base: float, band: Band, number: int, *, marked: bool) -> None:
        design, canvas = self.design, self.canvas
        size = design.size if marked else 9
        font = self._font(text)
        wide = pdfmetrics.stringWidth(text, font, size)
        while wide > self.width - 2 * design.margin and size > 6:
            size -= 1
            wide = pdfmetrics.stringWidth(text, font, size)
        left = {
            "centre": (self.width - wide) / 2,
            "left": design.margin,
            "right": self.width - design.margin - wide,
        }[design.align]
        canvas.setFont(font, size)
        if marked and text and text == self._stack(band):
            for row, letter_ in enumerate(text):
                canvas.drawString(self.width - design.margin - size, base - row * size * 1.1, letter_)
            return
        is_whole = not (band.written and band.written.split)
        if (
            marked
            and is_whole
            and text.isascii()
            and wide + design.tracking * len(text) < self.width - 2 * design.margin
        ):
            canvas.drawString(left, base, text, charSpace=design.tracking)
            wide += design.tracking * len(text)
        else:
            self._write(text, left, base, font, size, split=marked and not is_whole)
        if design.framed and marked and text:
            canvas.rect(left - 4, base - 3, wide + 8, size + 5)
        if (marked and band.written and text == band.written.lines[0]) or not band.written:
            self._sides(band, number, base, left, left + wide)

    def _stack(self, band: Band) -> str:
        """A short Japanese marking that this design writes downwards, as a stamp has it; else nothing."""
        line = band.written.lines[0] if band.written and len(band.written.lines) == 1 else ""
        is_short = 2 <= len(line) <= _LONGEST_STACK and not line.isascii() and line.isalpha()
        return line if self.design.downwards and is_short else ""

    def _sides(self, band: Band, number: int, base: float, start: float, end: float) -> None:
        """What stands left and right of the marking, where there is room for it."""
        total = str(len(self.paper.pages))
        for text, to_left in ((band.left, True), (band.right, False)):
            shown = text.replace("#", str(number)).replace("@", total)
            font = self._font(shown, "Helvetica")
            wide = pdfmetrics.stringWidth(shown, font, 8)
            x = self.design.margin if to_left else self.width - self.design.margin - wide
            room = x + wide + 20 < start if to_left else x - 20 > end
            if shown and room:
                self.canvas.setFont(font, 8)
                self.canvas.drawString(x, base, shown)

    def _write(self, text: str, x: float, y: float, font: str, size: float, *, split: bool = False) -> None:
        if not split:
            self.canvas.drawString(x, y, text)
            return
        for letter_ in text:
            self.canvas.drawString(x, y, letter_)
            x += pdfmetrics.stringWidth(letter_, font, size)

    # body

    def _top(self) -> float:
        rows = len(self._band_rows(self.paper.head))
        design = self.design
        stacked = 1.1 * design.size * len(self._stack(self.paper.head))
        return self.height - design.head - design.size * (1 + 1.25 * (rows - 1)) - design.gap - stacked

    def _bottom(self) -> float:
        rows = len(self._band_rows(self.paper.foot))
        design, stacked = self.design, 1.1 * self.design.size * len(self._stack(self.paper.foot))
        return design.foot + design.size * 1.25 * (rows - 1) + design.size + design.gap + stacked

    def _body(self, number: int, blocks: tuple[Block, ...]) -> None:
        down, paper = self._top() - self.design.body_size, self.paper
        if paper.edge:
            down = self._edge(paper.edge, down)
        if number == 1:
            down = self._opening(down)
        footnotes = [block for block in blocks if block.kind == "footnote"]
        end = self._bottom() + 16 * sum(len(block.written.lines) for block in footnotes if block.written)
        end += 24 if footnotes else 0
        for block in blocks:
            if block.kind in ("annotation", "field", "comment"):
                self.notes.append((number, block))
            elif block.kind != "footnote" and down > end + 60:
                down = self._block(block, number, down, end)
        self._footnotes(footnotes, number)
        if paper.edge:
            self._edge(paper.edge, max(down, end))
            for _ in range(2):
                self.places.put(paper.edge, number, "body edge")

    def _edge(self, written: Written, down: float) -> float:
        for line in written.lines:
            font = self._font(line)
            wide = pdfmetrics.stringWidth(line, font, self.design.body_size)
            self.canvas.setFont(font, self.design.body_size)
            self._write(line, (self.width - wide) / 2, down, font, self.design.body_size, split=written.split)
            down -= self.design.body_size * 1.3
        return down - 6

    def _opening(self, down: float) -> float:
        """Letterhead, date and title."""
        canvas, paper, margin = self.canvas, self.paper, self.design.margin
        if paper.letterhead:
            canvas.setFont(self._font(paper.letterhead, "Helvetica-Bold"), 11)
            canvas.drawString(margin, down, paper.letterhead)
            down -= 18
        canvas.setFont(self._font(paper.date, "Helvetica"), 10)
        canvas.drawRightString(self.width - margin, down, paper.date)
        down -= 26
        canvas.setFont(self._font(paper.title, "Helvetica-Bold"), 15)
        canvas.drawString(margin, down, paper.title)
        return down - 28

    def _block(self, block: Block, number: int, down: float, end: float) -> float:
        if block.kind == "table":
            return self._table(block, number, down)
        if block.kind == "text box":
            return self._box(block, number, down)
        if block.written:
            self.places.put(block.written, number, block.kind)
        text = " ".join((*block.written.lines, block.text)) if block.written else block.text
        font, size = self._font(text, self.design.body), self.design.body_size
        self.canvas.setFont(font, size)
        for line in self._wrapped(text, font, size):
            if down < end:
                break
            self.canvas.drawString(self.design.margin, down, line)
            down -= size * 1.25
        return down - size * 0.6

    def _wrapped(self, text: str, font: str, size: float) -> list[str]:
        room = self.width - 2 * self.design.margin
        if font in JAPANESE:
            count = int(room / size)
            return [text[start : start + count] for start in range(0, len(text), count)]
        return list(simpleSplit(text, font, size, room))

    def _table(self, block: Block, number: int, down: float) -> float:
        assert block.written
        if self.paper.language == "ja":
            rows = [("件名", self.paper.title[:20]), (block.text, block.written.lines[0]), ("頁数", "4")]
        else:
            rows = [("Subject", self.paper.title[:30]), (block.text, block.written.lines[0]), ("Pages", "4")]
        left, middle = self.design.margin, self.design.margin + 130
        for label, value in rows:
            self.canvas.rect(left, down - 5, 130, 18)
            self.canvas.rect(middle, down - 5, self.width - self.design.margin - middle, 18)
            for x, text in ((left, label), (middle, value)):
                font = self._font(text, "Helvetica")
                self.canvas.setFont(font, 9)
                self._write(text, x + 4, down, font, 9, split=block.written.split and x == middle)
            down -= 18
        self.places.put(block.written, number, "table")
        return down - 12

    def _box(self, block: Block, number: int, down: float) -> float:
        assert block.written
        high = 16 * len(block.written.lines) + 8
        self.canvas.rect(self.width / 2 - 150, down - high + 10, 300, high)
        for line in block.written.lines:
            font = self._font(line, "Helvetica-Bold")
            wide = pdfmetrics.stringWidth(line, font, 11)
            self.canvas.setFont(font, 11)
            self._write(line, (self.width - wide) / 2, down - 5, font, 11, split=block.written.split)
            down -= 16
        self.places.put(block.written, number, "text box")
        return down - 24

    def _footnotes(self, blocks: list[Block], number: int) -> None:
        lines = [line for block in blocks if block.written for line in block.written.lines]
        down = self._bottom() + 12 * len(lines)
        if lines:
            self.canvas.line(self.design.margin, down + 12, self.design.margin + 120, down + 12)
        for block in blocks:
            assert block.written
            for line in block.written.lines:
                self.canvas.setFont(self._font(line, "Times-Roman"), 8)
                self.canvas.drawString(self.design.margin, down, line)
                down -= 12
            self.places.put(block.written, number, "footnote")

    def _watermark(self, written: Written, number: int) -> None:
        canvas, line = self.canvas, written.lines[0]
        canvas.saveState()
        canvas.setFillGray(0.85)
        font = self._font(line, "Helvetica-Bold")
        canvas.translate(self.width / 2, self.height / 2)
        canvas.rotate(45)
        size = min(60, 60 * 560 / max(1, pdfmetrics.stringWidth(line, font, 60)))
        canvas.setFont(font, size)
        canvas.drawCentredString(0, 0, line)
        canvas.restoreState()
        self.places.put(written, number, "watermark")


def pdf_of(paper: Paper) -> tuple[bytes, list[Placed]]:
    """The paper as PDF, and what stands where."""
    return _Setter(paper).finished()
