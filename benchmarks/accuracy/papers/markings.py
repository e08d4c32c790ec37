"""The markings that papers bear: right ones, those of organisations' habits, and other countries'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accuracy.clean import LEGACY_DAY, clean_marking
from accuracy.foreign import MARKINGS
from accuracy.truth import Truth, Written

if TYPE_CHECKING:
    from random import Random

CODEWORDS = ("APPLE", "TIDEMARK", "COPPERFIELD", "OSPREY", "JUNIPER", "GRANITE", "SALTIRE", "NIGHTJAR")
NATIONS = (("JAPAN", "JP"), ("ITALY", "IT"), ("FRANCE", "FR"), ("AUSTRALIA", "AU"), ("CANADA", "CA"))
DESCRIPTORS_TO_2014 = ("COMMERCIAL", "MANAGEMENT", "POLICY", "STAFF", "CONTRACTS", "PERSONAL")


def usual(chance: Random, language: str = "") -> Written:
    """Return a right marking of one line, British or Japanese."""
    while True:
        written = clean_marking(chance)
        is_wanted = written.form not in ("foreign", "legacy") and len(written.lines) == 1
        if is_wanted and language in ("", written.language):
            return written


def british(tier: str, text: str = "", **stated: object) -> Written:
    """Return a British marking as `text`, else the tier alone."""
    sensitive = tier.endswith("-SENSITIVE")
    truth = replace(Truth("GB", tier.removesuffix("-SENSITIVE"), sensitive=sensitive), **stated)  # type: ignore[arg-type]
    return Written((text or tier,), (truth,), "british")


def two_lines(chance: Random) -> Written:
    """Return a marking whose release statement or second country is on a line of its own."""
    tier = chance.choice(("SECRET", "TOP SECRET", "OFFICIAL-SENSITIVE"))
    names = [*sorted(chance.sample(NATIONS[1:], chance.choice((0, 1, 2)))), NATIONS[0]]
    joined = ", ".join(name for name, _ in names)
    opening = chance.choice(("RELEASABLE TO {}", "REL TO {}", "RELEASABLE TO {} ONLY"))
    first = british(tier, f"UK {tier}", originator="GB")
    if chance.random() < 0.3:
        japanese = "極秘" if tier == "SECRET" else "特定秘密"
        return Written((*first.lines, japanese), (*first.truths, Truth("JP", japanese)), "two lines", "ja")
    truth = replace(first.truths[0], releasable_to=tuple(sorted(code for _, code in names)))
    return Written((*first.lines, opening.format(joined)), (truth,), "two lines")


def codeword(chance: Random) -> Written:
    """Return a marking with codeword and caveat, the signs between them right or left out."""
    tier = chance.choice(("SECRET", "TOP SECRET"))
    word = chance.choice((*CODEWORDS, "STRAP 2"))
    caveat = chance.choice(("UK EYES ONLY", "UK/JP EYES ONLY", "FIVE EYES ONLY", ""))
    prefix = "UK " if chance.random() < 0.7 else ""
    gap = chance.choice((" - ", " - ", " ", " – "))
    text = gap.join(piece for piece in (f"{prefix}{tier}", word, caveat) if piece)
    return british(tier, text, originator="GB" if prefix else None, codewords=(word,))


def when_completed(chance: Random) -> Written:
    tier = chance.choice(("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", "OFFICIAL", "SECRET"))
    after = chance.choice(("(when completed)", "(WHEN COMPLETED)", "when completed", "(when complete)"))
    prefix = chance.choice(("", "UK "))
    return british(tier, f"{prefix}{tier} {after}", originator="GB" if prefix else None)


def to_2014(chance: Random) -> Written:
    """Return a British marking of the scheme that ended in 2014."""
    tier = chance.choice(("RESTRICTED", "CONFIDENTIAL", "SECRET", "PROTECT", "TOP SECRET"))
    prefix = chance.choice(("", "UK "))
    text = f"{prefix}{tier}"
    if chance.random() < 0.4:
        text += f" - {chance.choice(DESCRIPTORS_TO_2014)}"
    return replace(
        british(tier, text, originator="GB" if prefix else None), form="old scheme", day=LEGACY_DAY
    )


def of_group(group: str, chance: Random) -> Written:
    """Return a marking of a third party of that group."""
    marking = chance.choice([marking for marking in MARKINGS if marking.group == group and marking.at_edges])
    return Written((marking.text,), (Truth(marking.country, marking.tier),), "foreign")
