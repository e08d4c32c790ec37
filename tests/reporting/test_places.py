"""Locations in words."""

from __future__ import annotations

import pytest

from countermark.model import Location, PageKind, Zone
from countermark.reporting.places import places, ranges


def pages(zone: Zone | None, *numbers: int) -> list[Location]:
    return [Location(page=number, zone=zone) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((), ""), ((4,), "4"), ((4, 5), "4, 5"), ((3, 7, 8, 9), "3, 7-9"), ((1, 2, 3, 5, 6, 7), "1-3, 5-7")],
)
def test_runs_of_three_or_more_are_ranges(numbers: tuple[int, ...], expected: str) -> None:
    assert ranges(numbers, "en") == expected


@pytest.mark.parametrize(
    ("locations", "english", "japanese"),
    [
        ([], "", ""),
        (pages(Zone.header, 1), "page 1, header", "1ページの上部（ヘッダー）"),
        (pages(Zone.header, 9, 3, 8, 7), "pages 3, 7-9, header", "3、7～9ページの上部（ヘッダー）"),
        (pages(None, 2), "page 2", "2ページ"),
        (
            pages(Zone.header, 1, 2) + pages(Zone.footer, 1, 2),
            "pages 1, 2, header, footer",
            "1、2ページの上部（ヘッダー）、下部（フッター）",
        ),
        (
            pages(Zone.header, 1) + pages(Zone.footer, 2),
            "page 1, header; page 2, footer",
            "1ページの上部（ヘッダー）、2ページの下部（フッター）",
        ),
        (
            [Location(page=4, zone=Zone.body, line=12)],
            "page 4, body, line 12",
            "4ページの本文、12行目",
        ),
        (
            [Location(section=2, kind=PageKind.first, zone=Zone.footer, part="word/footer2.xml")],
            "section 2 first page, footer",
            "セクション2の先頭ページの下部（フッター）",
        ),
        (
            [Location(section=number, kind=PageKind.default, zone=Zone.header) for number in (1, 2, 3)],
            "sections 1-3, header",
            "セクション1～3の上部（ヘッダー）",
        ),
        (
            [Location(zone=Zone.property, part="docProps/core.xml")],
            "property (docProps/core.xml)",
            "プロパティ（docProps/core.xml）",
        ),
        (
            [Location(page=number, kind=PageKind.slide, zone=Zone.header) for number in (3, 1, 2)],
            "slides 1-3, header",
            "スライド1～3の上部（ヘッダー）",
        ),
        ([Location(page=4, kind=PageKind.hidden_slide)], "hidden slide 4", "非表示のスライド4"),
        (
            [
                Location(section=number, kind=PageKind.default, name=name, zone=Zone.footer)
                for number, name in ((2, "Costs"), (1, "Plan\x1b"))
            ],
            r"sheets Costs, Plan\x1b, footer",
            r"シート「Costs、Plan\x1b」の下部（フッター）",
        ),
        (
            [Location(section=2, kind=PageKind.first, name="Costs", line=3, zone=Zone.body)],
            "sheet Costs first page, body, line 3",
            "シート「Costs」の先頭ページの本文、3行目",
        ),
        ([Location(part="a\x1bb.pdf")], r"a\x1bb.pdf", r"a\x1bb.pdf"),
        ([Location(zone=Zone.filename)], "file name", "ファイル名"),
    ],
)
def test_places_are_named_as_a_person_names_them(
    locations: list[Location], english: str, japanese: str
) -> None:
    assert (places(locations, "en"), places(locations, "ja")) == (english, japanese)
