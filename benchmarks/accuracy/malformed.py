"""Markings that are wrong in form, a maker for each defect of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accuracy.truth import Kind, Truth, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Maker = tuple[str, Truth]


def _british(tier: str, **stated: object) -> Truth:
    return Truth("GB", tier, originator="GB", **stated)  # type: ignore[arg-type]


def _unknown(chance: Random) -> Maker:
    if chance.random() < 0.5:
        word = chance.choice(("MOST SECRET", "HIGHLY SECRET", "VERY SECRET", "STRICTLY SECRET"))
        return f"UK {word}", Truth("GB", None, originator="GB")
    word = chance.choice(("極密", "厳秘", "特秘", "超極秘", "最高機密"))
    return f"日本国 {word}", Truth("JP", None, originator="JP")


def _retired(chance: Random) -> Maker:
    if chance.random() < 0.6:
        word = chance.choice(("CONFIDENTIAL", "RESTRICTED", "PROTECT"))
        return f"UK {word}", _british(word)
    word = chance.choice(("防衛秘密", "特別管理秘密"))
    return f"日本国 {word}", Truth("JP", word, originator="JP")


def _not_a_classification(chance: Random) -> Maker:
    return chance.choice(("取扱注意", "部外秘", "対外秘", "部内限り", "【取扱注意】")), Truth("JP", None)


def _sensitive_form(chance: Random) -> Maker:
    joint = chance.choice((" ", " - ", ": ", " – ", " / "))
    return f"UK OFFICIAL{joint}SENSITIVE", _british("OFFICIAL", sensitive=True)


def _sensitive_above(chance: Random) -> Maker:
    tier = chance.choice(("SECRET", "TOP SECRET"))
    return f"UK {tier}-SENSITIVE", _british(tier, sensitive=True)


def _not_capitals(chance: Random) -> Maker:
    tier = chance.choice(("Secret", "Top Secret", "secret", "Official-Sensitive", "official-sensitive"))
    plain = tier.upper().removesuffix("-SENSITIVE")
    return f"UK {tier}", _british(plain, sensitive="-" in tier)


def _element_order(chance: Random) -> Maker:
    caveat, nations = chance.choice((("UK EYES ONLY", ("GB",)), ("JP/UK EYES ONLY", ("JP", "GB"))))
    tier = chance.choice(("SECRET", "TOP SECRET"))
    if chance.random() < 0.5:
        stated = _british(tier, caveats=(nations,), handling=("RECIPIENTS ONLY",))
        return f"UK {tier} - {caveat} - RECIPIENTS ONLY", stated
    stated = _british(tier, caveats=(nations,), descriptors=("COMMERCIAL",))
    return f"UK {tier} - {caveat} - COMMERCIAL", stated


def _separator(chance: Random) -> Maker:
    joint = chance.choice((" ", "-", ", ", " / ", ": ", " – ", " -- ", " -", "- "))
    tier = chance.choice(("SECRET", "TOP SECRET"))
    if chance.random() < 0.5:
        return f"UK {tier}{joint}JP/UK EYES ONLY", _british(tier, caveats=(("JP", "GB"),))
    return f"UK {tier}{joint}RECIPIENTS ONLY", _british(tier, handling=("RECIPIENTS ONLY",))


_MISSPELT = {
    "SECRET": ("SECERT", "SERCET", "SECRT", "SECRETT", "SECREET", "SCERET", "SEECRET"),
    "OFFICIAL": ("OFFICAL", "OFICIAL", "OFFCIAL", "OFFICIALL", "OFFICAIL", "OFFFICIAL"),
}


def _spelling(chance: Random) -> Maker:
    tier = chance.choice(("SECRET", "TOP SECRET", "OFFICIAL"))
    word = tier.removeprefix("TOP ")
    wrong = tier.replace(word, chance.choice(_MISSPELT[word]))
    if tier == "OFFICIAL" and chance.random() < 0.5:
        return f"UK {wrong}-SENSITIVE", _british(tier, sensitive=True)
    return f"UK {wrong}", _british(tier)


def _no_nation(chance: Random) -> Maker:
    tier = chance.choice(("SECRET", "TOP SECRET"))
    return f"UK {tier} - EYES ONLY", _british(tier, caveats=((),))


def _unknown_nation(chance: Random) -> Maker:
    tier, word = chance.choice(("SECRET", "TOP SECRET")), chance.choice(("XX", "ZEMBLA", "RURITANIA"))
    return f"UK {tier} - UK/{word} EYES ONLY", _british(tier, caveats=(("GB", word),))


def _not_alphabetical(chance: Random) -> Maker:
    words, nations = chance.choice((("UK/JP", ("JP", "GB")), ("UK/JP/US", ("JP", "GB", "US"))))
    tier = chance.choice(("SECRET", "TOP SECRET"))
    return f"UK {tier} - {words} EYES ONLY", _british(tier, caveats=(nations,))


def _no_eyes_only(chance: Random) -> Maker:
    words, nations = chance.choice((("JP/UK", ("JP", "GB")), ("JP/UK ONLY", ("JP", "GB"))))
    tier = chance.choice(("SECRET", "TOP SECRET"))
    return f"UK {tier} - {words}", _british(tier, caveats=(nations,))


def _release_no_country(chance: Random) -> Maker:
    words = chance.choice(("RELEASABLE TO", "REL TO"))
    return f"UK SECRET - {words}", _british("SECRET")


def _release_unknown(chance: Random) -> Maker:
    words, name = chance.choice(("RELEASABLE TO", "REL TO")), chance.choice(("ZEMBLA", "RURITANIA", "XYZ"))
    return f"UK SECRET - {words} {name}", _british("SECRET", releasable_to=(name,))


def _homoglyph(chance: Random) -> Maker:
    """A Cyrillic or Greek letter in place of a Latin one."""
    tier = chance.choice(("SECRET", "TOP SECRET", "OFFICIAL-SENSITIVE"))
    letter, alike = chance.choice([pair for pair in _ALIKE if pair[0] in tier])
    plain = tier.removesuffix("-SENSITIVE")
    return f"UK {tier.replace(letter, alike, 1)}", _british(plain, sensitive=plain != tier)


_ALIKE = (
    ("E", "\u0415"),
    ("T", "\u0422"),
    ("C", "\u0421"),
    ("O", "\u041e"),
    ("I", "\u0406"),
    ("E", "\u0395"),
)


def _romanised(chance: Random) -> Maker:
    word, tier = chance.choice((("GOKUHI", "極秘"), ("TOKUTEI HIMITSU", "特定秘密"), ("HI", "秘")))
    return f"JAPAN {word}", Truth("JP", tier, originator="JP")


def _stamp_form(chance: Random) -> Maker:
    return f"日本国 {chance.choice(('㊙', 'マル秘', '丸秘'))}", Truth("JP", "秘", originator="JP")


def _codeword_form(chance: Random) -> Maker:
    word, tier = chance.choice(("Lantern", "Quartz", "Halyard")), chance.choice(("SECRET", "TOP SECRET"))
    return f"UK {tier} - {word}", _british(tier, codewords=(word.upper(),))


MAKERS: dict[str, Callable[[Random], Maker]] = {
    "unknown-classification": _unknown,
    "retired-classification": _retired,
    "not-a-classification": _not_a_classification,
    "sensitive-form": _sensitive_form,
    "sensitive-above-official": _sensitive_above,
    "not-capitals": _not_capitals,
    "element-order": _element_order,
    "separator-form": _separator,
    "spelling": _spelling,
    "caveat-no-nation": _no_nation,
    "caveat-unknown-nation": _unknown_nation,
    "caveat-not-alphabetical": _not_alphabetical,
    "caveat-no-eyes-only": _no_eyes_only,
    "release-no-country": _release_no_country,
    "release-unknown-country": _release_unknown,
    "homoglyph": _homoglyph,
    "romanised": _romanised,
    "stamp-form": _stamp_form,
    "codeword-form": _codeword_form,
}


def malformed_marking(defect: str, chance: Random) -> Written:
    """A marking with that defect (a value of the model's `Defect`)."""
    text, stated = MAKERS[defect](chance)
    truth = Truth(**{**vars(stated), "defects": (defect,)})
    return Written((text,), (truth,), defect, "en" if stated.country == "GB" else "ja", Kind.malformed)
