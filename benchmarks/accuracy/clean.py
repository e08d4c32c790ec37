"""Markings as the standards want them, with what they state. Words are read from `rules/standards` as
plain data; how they are joined is written down here anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from accuracy.truth import CURRENT, Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

STANDARDS = Path(__file__).resolve().parents[2] / "rules" / "standards"
CODEWORDS = ("LANTERN", "QUARTZ", "SANDPIPER", "MERIDIAN", "HALYARD", "TAMARISK", "COBALT", "WINDROSE")
OTHERS = {"US": "US", "AUS": "AU", "CAN": "CA", "NZ": "NZ", "ITALY": "IT", "FRANCE": "FR"}
GCAP_DAY, LEGACY_DAY = CURRENT, date(2011, 3, 14)


@cache
def standard(name: str) -> dict[str, Any]:
    """A standard as its file states it, by its id, as `uk/gscp-2024`."""
    data: dict[str, Any] = yaml.safe_load((STANDARDS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


@cache
def members(community: str) -> tuple[str, ...]:
    """The codes of a community's members; itself where the data name none."""
    nations = yaml.safe_load((STANDARDS / "nations.yaml").read_text(encoding="utf-8"))
    found = next(one for one in nations["communities"] if one["name"] == community)
    return tuple(found["members"]) or (community,)


def british(chance: Random) -> Written:
    """PREFIX CLASSIFICATION - HANDLING - DESCRIPTOR - CODEWORD - CAVEAT, and release statements."""
    rules = standard("uk/gscp-2024")
    name = chance.choice([one["name"] for one in rules["classifications"]])
    truth = Truth("GB", name.removesuffix("-SENSITIVE"), sensitive=name.endswith("-SENSITIVE"))
    pieces: list[str] = [name]
    lines: list[str] = []
    if chance.random() < 0.75:
        pieces, truth = [f"UK {name}"], replace(truth, originator="GB")
    if chance.random() < 0.25:
        entry = chance.choice([one for one in rules["handling"] if _allowed(one, name)])
        word = f"{chance.choice(('DSTL', 'MOD'))} {entry['name']}" if entry.get("suffix") else entry["name"]
        truth, pieces = replace(truth, handling=(word,)), [*pieces, word]
    if chance.random() < 0.3:
        entry = chance.choice([one for one in rules["descriptors"] if _allowed(one, name)])
        written = chance.choice([entry["name"], entry["name"], *entry.get("also", ())])
        truth, pieces = replace(truth, descriptors=(entry["name"],)), [*pieces, written]
    if "SECRET" in name:
        truth = _secret_elements(truth, pieces, lines, chance)
    return Written((" - ".join(pieces), *lines), (truth,), "british")


def _allowed(entry: dict[str, Any], tier: str) -> bool:
    """Whether an element may stand with the tier by itself: not only behind an organisation's name."""
    return not entry.get("suffix") and tier in entry.get("applies_to", (tier,))


def _secret_elements(truth: Truth, pieces: list[str], lines: list[str], chance: Random) -> Truth:
    """Codeword, caveat and release statement, which SECRET and TOP SECRET may bear."""
    if chance.random() < 0.2:
        word = chance.choice(CODEWORDS)
        truth = replace(truth, codewords=(word,))
        pieces.append(word)
    draw = chance.random()
    if draw < 0.35:
        words, nations = _caveat(chance)
        truth = replace(truth, caveats=(nations,))
        pieces.append(words)
    elif draw < 0.6:
        words, nations = chance.choice(_RELEASES)
        truth = replace(truth, releasable_to=nations)
        (pieces if chance.random() < 0.7 else lines).append(words)
    return truth


_RELEASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("RELEASABLE TO JAPAN", ("JP",)),
    ("REL TO JAPAN", ("JP",)),
    ("REL JPN", ("JP",)),
    ("REL JAPAN", ("JP",)),
    ("RELEASABLE TO ITALY AND JAPAN", ("IT", "JP")),
    ("REL TO ITALY, JAPAN", ("IT", "JP")),
    ("REL-EU", ("EU",)),
)


def _caveat(chance: Random) -> tuple[str, tuple[str, ...]]:
    if chance.random() < 0.15:
        return "FIVE EYES ONLY", members("FIVE EYES")
    named = {"UK": "GB"}
    if chance.random() < 0.7:
        named["JP"] = "JP"
    if chance.random() < 0.3:
        word = chance.choice(sorted(OTHERS))
        named[word] = OTHERS[word]
    words = sorted(named)
    return "/".join(words) + " EYES ONLY", tuple(named[word] for word in words)


JAPANESE_TIERS = ("極秘", "秘", "特定秘密", "特定秘密（機密）", "装備品等秘密", "重要経済安保情報")
_ROMANISED = {"極秘": "GOKUHI", "秘": "HI", "特定秘密": "TOKUTEI HIMITSU"}


def japanese(chance: Random) -> Written:
    """A Japanese tier: bare, framed, spaced, behind its country, with its companion fields."""
    tier = chance.choice((*JAPANESE_TIERS, "極秘", "極秘", "秘", "特定秘密"))
    truth = Truth("JP", tier.partition("（")[0])
    text = tier
    draw = chance.random()
    if draw < 0.35:
        word, code = chance.choice((("日本国", "JP"), ("日本国", "JP"), ("英国", "GB")))
        text, truth = f"{word}{chance.choice((' ', '　', ''))}{tier}", replace(truth, originator=code)
    elif draw < 0.5 and "（" not in tier:
        text = chance.choice(("【{}】", "（{}）", "［{}］", "〔{}〕", "《{}》")).format(tier)
    elif draw < 0.62 and "（" not in tier:
        text = chance.choice((" ", "　")).join(tier)
    elif draw < 0.7 and tier in _ROMANISED:
        text, truth = f"JAPAN {_ROMANISED[tier]}", replace(truth, originator="JP")
    elif draw < 0.73 and tier == "秘":
        text = "㊙"
    written = Written((text,), (truth,), "japanese", "ja")
    return with_companions(written, chance) if chance.random() < 0.4 else written


COMPANIONS: dict[str, Callable[[Random], tuple[str, str]]] = {
    "registration": lambda chance: _value("登録番号", f"第{chance.randint(1, 480)}号", chance),
    "copy": lambda chance: _copy(chance),
    "period": lambda chance: _value("指定期間", f"令和{chance.randint(9, 13)}年3月31日まで", chance),
    "designated": lambda chance: _value("指定年月日", f"令和{chance.randint(6, 8)}年4月1日", chance),
    "author": lambda chance: _value(
        "作成者", chance.choice(("防衛装備庁", "統合幕僚監部", "航空装備研究所")), chance
    ),
}


def _value(label: str, value: str, chance: Random) -> tuple[str, str]:
    return f"{label}{chance.choice((' ', '：', ':', '　'))}{value}", value


def _copy(chance: Random) -> tuple[str, str]:
    total = chance.randint(2, 9)
    text = f"{total}部中第{chance.randint(1, total)}号"
    return text, text


def with_companions(written: Written, chance: Random) -> Written:
    """The marking with one to three companion fields: in brackets behind it, or on a line below."""
    names = sorted(chance.sample(sorted(COMPANIONS), chance.choice((1, 1, 2, 3))))
    fields = {name: COMPANIONS[name](chance) for name in names}
    joined = chance.choice(("　", " ", "、")).join(text for text, _ in fields.values())
    lines = (*written.lines, joined) if chance.random() < 0.5 else (f"{written.lines[0]}（{joined}）",)
    (truth,) = written.truths
    stated = tuple((name, value) for name, (_, value) in fields.items())
    return replace(written, lines=lines, truths=(replace(truth, companions=stated),), form="companions")


def confidentiality(chance: Random) -> Written:
    """機密性N情報 with handling restrictions."""
    number = chance.choice("123")
    written = chance.choice((f"機密性{number}情報", f"【機密性{number}情報】", f"機密性{number}"))
    more = chance.sample(("関係者限り", "複製禁止", "転送禁止", "要暗号化"), chance.choice((0, 1, 1, 2)))
    text = chance.choice(("　", " ")).join((written, *more))
    return Written((text,), (Truth("JP", None, handling=tuple(more)),), "confidentiality grade", "ja")


_PAIRS = (("SECRET", ("極秘", "特定秘密")), ("TOP SECRET", ("特定秘密",)))


def dual(chance: Random) -> Written:
    """Both countries' markings, in either order, on one line or two."""
    tier, answers = chance.choice(_PAIRS)
    answer = chance.choice(answers)
    british = (f"UK {tier}", Truth("GB", tier, originator="GB"))
    japanese = chance.choice(
        (
            (answer, Truth("JP", answer)),
            (f"日本国 {answer}", Truth("JP", answer, originator="JP")),
            (f"英国 {answer}", Truth("JP", answer, originator="GB")),
            (f"JAPAN {answer}", Truth("JP", answer, originator="JP")),
        )
    )
    both = [british, japanese]
    chance.shuffle(both)
    texts = [text for text, _ in both]
    lines = (chance.choice((" / ", "/", " ／ ")).join(texts),) if chance.random() < 0.6 else tuple(texts)
    return Written(lines, tuple(truth for _, truth in both), "dual", "ja")


SENTENCES = ("condition", "embargo")
_CONDITION = (
    "Provided in confidence to the Government of Japan, not to be released without prior agreement "
    "of the UK Government."
)
_EMBARGO = "Remains classified until 09:30 on 20 June 2026, after which it will be OFFICIAL."


def _closed(text: str) -> str:
    return "".join(text.split())


def conditions(chance: Random) -> Written:
    """A marking with the sentence that belongs to it on the next line: condition of release, embargo."""
    name = chance.choice(("OFFICIAL-SENSITIVE", "SECRET"))
    truth = Truth("GB", name.removesuffix("-SENSITIVE"), sensitive=name != "SECRET", originator="GB")
    if chance.random() < 0.5:
        return Written(
            (f"UK {name}", _CONDITION),
            (replace(truth, companions=(("condition", _closed(_CONDITION)),)),),
            "condition",
        )
    truth = replace(truth, handling=("EMBARGOED",), companions=(("embargo", _closed(_EMBARGO)),))
    return Written((f"UK {name} - EMBARGOED", _EMBARGO), (truth,), "embargo")


_FOREIGN = (
    ("NATO SECRET", "NATO", "SECRET"),
    ("NATO CONFIDENTIAL", "NATO", "CONFIDENTIAL"),
    ("NATO RESTRICTED", "NATO", "RESTRICTED"),
    ("NATO UNCLASSIFIED", "NATO", "UNCLASSIFIED"),
    ("COSMIC TOP SECRET", "NATO", "TOP SECRET"),
    ("SECRET//NOFORN", "US", "SECRET"),
    ("TOP SECRET//NOFORN", "US", "TOP SECRET"),
    ("CONFIDENTIAL//NOFORN", "US", "CONFIDENTIAL"),
    ("AUSTRALIAN SECRET", "AU", "SECRET"),
    ("AUS TOP SECRET", "AU", "TOP SECRET"),
    ("AUSTRALIA PROTECTED", "AU", "PROTECTED"),
    ("RISERVATISSIMO", "IT", "RISERVATISSIMO"),
    ("SEGRETISSIMO", "IT", "SEGRETISSIMO"),
    ("ITALY SECRET", "IT", "SECRET"),
    ("EU SECRET", "EU", "SECRET"),
    ("SECRET UE/EU SECRET", "EU", "SECRET UE/EU SECRET"),
    ("RESTREINT UE/EU RESTRICTED", "EU", "RESTREINT UE/EU RESTRICTED"),
)


def foreign(chance: Random) -> Written:
    """A marking of a third country or of an organisation."""
    text, country, tier = chance.choice(_FOREIGN)
    handling = ("NOFORN",) if text.endswith("NOFORN") else ()
    return Written((text,), (Truth(country, tier, handling=handling),), "foreign")


def legacy(chance: Random) -> Written:
    """A marking of an earlier scheme, for a document of its time."""
    if chance.random() < 0.6:
        names = [one["name"] for one in standard("uk/gpms")["classifications"]]
        name = chance.choice([one for one in names if one not in ("UNCLASSIFIED", "NOT PROTECTIVELY MARKED")])
        truth = Truth("GB", name, originator="GB")
        return Written((f"UK {name}",), (truth,), "legacy", day=LEGACY_DAY)
    name = chance.choice(("防衛秘密", "防衛秘密（機密）", "特別管理秘密", "機密", "極秘"))
    text, truth = name, Truth("JP", name)
    if name == "機密" or chance.random() < 0.3:
        text, truth = f"日本国 {name}", replace(truth, originator="JP")
    return Written((text,), (truth,), "legacy", "ja", day=LEGACY_DAY)


MAKERS: tuple[tuple[Callable[[Random], Written], int], ...] = (
    (british, 40),
    (japanese, 30),
    (dual, 12),
    (confidentiality, 6),
    (foreign, 8),
    (conditions, 4),
    (legacy, 6),
)


def clean_marking(chance: Random) -> Written:
    """A marking in its right form, of any kind."""
    makers = [maker for maker, _ in MAKERS]
    [maker] = chance.choices(makers, [weight for _, weight in MAKERS])
    return maker(chance)
