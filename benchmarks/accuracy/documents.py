"""Papers of the generator: what kind of document, what marking, in which of its places."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from accuracy.clean import clean_marking
from accuracy.design import drawable
from accuracy.layout_pdf import pdf_of
from accuracy.layout_word import word_of
from accuracy.malformed import MAKERS as DEFECTS
from accuracy.malformed import malformed_marking
from accuracy.mangle import mangled_marking
from accuracy.paper import Band, Block, Paper
from accuracy.prose import filler
from accuracy.truth import Kind, Sample, Truth, Written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TITLES = {
    "en": (
        "Interface report of the seventh rig",
        "Minutes of the joint working group",
        "Trials programme, spring series",
        "Change proposal 26/114: cooling circuit",
        "Annex C to the memorandum of understanding",
        "Quarterly review of the sensor programme",
        "Loan agreement for test equipment",
    ),
    "ja": (
        "試験成績報告書",
        "日英合同作業部会議事録",
        "冷却装置の設計変更について",
        "次期計画に係る調整事項",
        "搭載機器の受領及び返納要領",
        "令和八年度技術調査結果",
    ),
}
LETTERHEADS = {
    "en": ("", "Ministry of Defence", "Defence Equipment & Support, Abbey Wood", "Acme Aerospace Limited"),
    "ja": ("", "防衛装備庁", "防衛省整備計画局", "株式会社日本試験機製作所"),
}
SIDES = {
    "en": (
        ("", ""),
        ("", "Page # of @"),
        ("JWG/26/114", ""),
        ("JWG/26/114", "#"),
        ("Issue 2", "# / @"),
        ("12 May 2026", "Page #"),
        ("Copy 3 of 12", "Page # of @"),
    ),
    "ja": (("", ""), ("", "#"), ("", "# / @"), ("装備第１１４号", "- # -"), ("", "#頁"), ("写し", "#")),
}
EXTRAS = {
    "en": ("Interface report", "Joint working group", "© Crown copyright 2026", "www.example.org"),
    "ja": ("合同作業部会資料", "試験成績報告書", "資料３"),
}
LABELS = {
    "en": ("Classification", "Security classification", "Protective marking"),
    "ja": ("秘密区分", "区分"),
}
EXTRA_ZONES = ("table", "text box", "footnote", "comment", "annotation", "watermark", "field", "property")
PORTIONS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "OFFICIAL": (("(O)", "OFFICIAL", False), ("(UK O)", "OFFICIAL", False)),
    "OFFICIAL-SENSITIVE": (
        ("(OS)", "OFFICIAL", True),
        ("(UK OS)", "OFFICIAL", True),
        ("(O)", "OFFICIAL", False),
    ),
    "SECRET": (("(S)", "SECRET", False), ("(UK S)", "SECRET", False), ("[SECRET]", "SECRET", False)),
    "TOP SECRET": (("(TS)", "TOP SECRET", False), ("(UK TS)", "TOP SECRET", False), ("(S)", "SECRET", False)),
    "極秘": (("（極秘）", "極秘", False), ("(極秘)", "極秘", False), ("（秘）", "秘", False)),
    "秘": (("（秘）", "秘", False), ("【秘】", "秘", False)),
}


def written_for(number: int, kind: Kind, chance: Random) -> Written:
    """The marking that document `number` of its kind bears; malformed ones take turns by defect."""
    if kind is Kind.malformed:
        return malformed_marking(sorted(DEFECTS)[number % len(DEFECTS)], chance)
    written = clean_marking(chance)
    return written if kind is Kind.clean else mangled_marking(written, chance)


def date_line(day: date, language: str, chance: Random) -> str:
    """The day as a document states it."""
    if language == "ja":
        era, year = ("令和", day.year - 2018) if day.year > 2018 else ("平成", day.year - 1988)
        return f"{era}{year}年{day.month}月{day.day}日"
    return chance.choice((f"{day:%d %B %Y}".lstrip("0"), f"Date: {day:%d %B %Y}", day.isoformat()))


def paper_of(written: Written, seed: int, *, word: bool) -> Paper:
    """A document that bears the marking: at head and foot, or at the edges of its text, and here and
    there in another zone too."""
    chance = Random(seed)
    language = written.language
    pages = chance.choice((1, 1, 2, 3))
    at_edge = chance.random() < 0.12
    zones = [zone for zone in EXTRA_ZONES if zone not in (("annotation", "field") if word else ())]
    extra = chance.sample(zones, chance.choice((0, 1, 1, 2)))
    # Labels and cells hold one line; other places any number.
    extra = [zone for zone in extra if len(written.lines) == 1 or zone in ("text box", "footnote", "comment")]
    bodies = [_body(language, chance) for _ in range(pages)]
    bodies[0] = [*_portions(written, chance), *bodies[0]]
    for zone in extra:
        if zone not in ("watermark", "property"):
            label = chance.choice(LABELS[language]) if zone == "table" else ""
            bodies[0].insert(chance.randint(0, min(2, len(bodies[0]))), Block(zone, label, written))
    return Paper(
        language=language,
        title=chance.choice(TITLES[language]),
        letterhead=chance.choice(LETTERHEADS[language]),
        date=date_line(written.day, language, chance),
        head=_band(None if at_edge else written, chance),
        foot=_band(None if at_edge else written, chance),
        pages=tuple(tuple(blocks) for blocks in bodies),
        edge=written if at_edge else None,
        named=written if "property" in extra else None,
        stamp=written if "watermark" in extra else None,
        seed=seed,
    )


def _band(written: Written | None, chance: Random) -> Band:
    language = written.language if written else "en"
    left, right = chance.choice(SIDES[language])
    extra = chance.choice(EXTRAS[language]) if chance.random() < 0.15 else ""
    return Band(written, left, right, extra)


def _body(language: str, chance: Random) -> list[Block]:
    return [Block("paragraph", filler(language, chance)) for _ in range(chance.randint(2, 6))]


def _portions(written: Written, chance: Random) -> list[Block]:
    """Paragraphs that open with a portion mark, in a document that is marked as a whole."""
    truth = written.truths[0]
    name = f"{truth.tier}-SENSITIVE" if truth.sensitive else truth.tier or ""
    forms = PORTIONS.get(name)
    current = written.form not in ("legacy", "foreign") and written.kind is Kind.clean
    if not forms or not current or len(written.truths) > 1 or chance.random() > 0.2:
        return []
    blocks = []
    for _ in range(chance.choice((1, 2))):
        text, tier, sensitive = chance.choice(forms)
        originator = "GB" if "UK" in text else None
        stated = Truth(truth.country, tier, sensitive=sensitive, originator=originator)
        portion = Written((text,), (stated,), "portion", written.language, written.kind, written.day)
        blocks.append(Block("portion", filler(written.language, chance), portion))
    return blocks


def sample_of(number: int, kind: Kind, seed: int) -> Sample:
    """Document `number` of that kind; the same for the same seed."""
    chance = Random(f"{seed}/{kind}/{number}")
    written = written_for(number, kind, chance)
    word = number % 2 == 1 or not all(drawable(line) for line in written.lines)
    paper = paper_of(written, chance.getrandbits(32), word=word)
    data, placed = word_of(paper) if word else pdf_of(paper)
    return Sample(
        name=f"{kind}-{number:04}.{'docx' if word else 'pdf'}",
        data=data,
        family="generator",
        language=written.language,
        kind=kind,
        placed=tuple(placed),
        setting=written.form,
    )


def without_marking(paper: Paper) -> Paper:
    """The same paper, unmarked."""
    bare = replace(paper.head, written=None), replace(paper.foot, written=None)
    return replace(paper, head=bare[0], foot=bare[1], edge=None, named=None, stamp=None)


def plan(counts: dict[Kind, int]) -> Sequence[tuple[int, Kind]]:
    """Which documents a run makes."""
    return [(number, kind) for kind, count in counts.items() for number in range(count)]
