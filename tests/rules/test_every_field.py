"""Every field of every standard decides something: changed, it changes what is said of some small document.

What only describes (`DESCRIPTIVE`) is what `countermark standards ID` shows.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml
from rich.console import Console

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy, with_all_rules
from countermark.model import Stage
from countermark.recognition.explain import explain
from countermark.recognition.recogniser import Recogniser
from countermark.reporting.terminal.reference import write_agreement, write_standard
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.standards.agreement import Agreement
from countermark.standards.foreign import Foreign
from countermark.standards.standard import GRADES, Standard
from countermark.standards.standards import load_standard
from countermark.support.yaml_files import data_folder, load_struct, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.config.policy import Policy

pytestmark = pytest.mark.slow

FOLDER = data_folder() / "standards"
FILES = sorted(FOLDER.glob("*/*.yaml"))
AGREEMENT = data_folder() / "agreements" / "gb-jp-2013.yaml"
POLICY = with_all_rules(load_policy())
DAY = date(2026, 5, 12)
DESCRIPTIVE = {"title", "source", "unconfirmed", "clause", "order_clause"}
NATION = {"GB": "UK", "JP": "日本国"}
CHOSEN = {"applies_to", "usual_on", "order", "names", "GB", "JP"}
"""Lists of words that another list has: one is taken out."""
OTHER = {
    "foot": {"always": "in-exchange", "in-exchange": "always"},
    "stated_in": {"notice": "document"},
    "country": {"GB": "JP", "JP": "GB"},
    "remark": {"one-grade": "none"},
    "advice": dict.fromkeys(("official", "official-sensitive", "legacy-gb", "hi", "legacy-jp"), "other"),
}
MARKS = (
    *("UK TOP SECRET", "UK SECRET", "UK CONFIDENTIAL", "UK RESTRICTED", "UK PROTECT", "UK UNCLASSIFIED"),
    *("NOT PROTECTIVELY MARKED", "UK OFFICIAL", "UK OFFICIAL-SENSITIVE", "UK MOST SECRET", "NATO SECRET"),
    *("UK OFFICIAL - FOR PUBLIC RELEASE", "UK SECRET - UK EYES ONLY", "UK SECRET - RELEASABLE TO FRANCE"),
    *("UK SECRET - HMG USE ONLY", "取扱注意", "日本国 秘", "日本国 極秘", "日本国 特定秘密", "日本国 機密"),
    *("日本国 防衛秘密", "日本国 防衛秘密（機密）", "日本国 特別管理秘密"),
)
DAYS = ("2013-12-31", "2014-01-01", "2014-04-01", "2014-12-09", "2014-12-10", "2026-05-12")
EXPLAINED = [(date.fromisoformat(day), lang) for day in DAYS for lang in ("en", "ja")]
EXCHANGED = (
    ExampleDocument(mark="極秘", from_="JP", to="GB"),
    ExampleDocument(mark="㊙", from_="JP", to="GB"),
    ExampleDocument(mark="SECRET", from_="GB", to="JP"),
    ExampleDocument(mark="UK SECRET", from_="GB", to="JP", stage=Stage.received),
)
Leaf = tuple[str | int, ...]


def leaves(value: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Yield the way to every value that a file states."""
    if isinstance(value, (dict, list)):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in steps:
            yield from leaves(inner, (*path, step))
    else:
        yield path


def other(path: Leaf, value: Any, entry: dict[str, Any]) -> Any:
    """Return another value that may stand there."""
    key = next(step for step in reversed(path) if isinstance(step, str))
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1 if key == "from" else -1)
    if isinstance(value, int):
        return value + 1
    if key == "grade":
        return GRADES[GRADES.index(value) - 1]
    if key == "of":
        return next(tier["name"] for tier in entry["classifications"] if tier["name"] != value)
    if key == "separator":
        return " / "
    if key in OTHER:
        return OTHER[key][value]
    return f"{value}-x" if key == "id" else f"{value}X"


def changed(entry: dict[str, Any], path: Leaf) -> dict[str, Any]:
    """Return the entry with another value at `path`; what names a classification follows its name."""
    found = deepcopy(entry)
    owner: Any = found
    for step in path[:-1]:
        owner = owner[step]
    old, new = owner[path[-1]], None
    if isinstance(path[-1], int) and path[-2] in CHOSEN:
        del owner[path[-1]]
    else:
        new = owner[path[-1]] = other(path, old, entry)
    for place in leaves(entry) if path[0] == "classifications" and path[-1] == "name" else ():
        holder: Any = found
        for step in place[:-1]:
            holder = holder[step]
        is_name = place[-1] == "of" or (isinstance(place[-1], int) and place[-2] in CHOSEN)
        if is_name and holder[place[-1]] == old:
            holder[place[-1]] = new
    return found


def beside(standard: Standard) -> list[Standard]:
    """Return the standards that leave it its own classifications."""
    own = {tier.name for tier in standard.classifications}
    return [
        other
        for other in POLICY.standards.standards
        if other.id != standard.id and own.isdisjoint(tier.name for tier in other.classifications)
    ]


def policy_of(entry: dict[str, Any], others: Iterable[Standard], folder: Path) -> Policy:
    """Return the policy that judges by a standards folder with the entry."""
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    standard = load_standard(path)
    known = msgspec.structs.replace(
        POLICY.standards, standards=(standard, *others), foreign=Foreign(schemes=())
    )
    return msgspec.structs.replace(POLICY, recogniser=Recogniser(known))


def said(document: ExampleDocument, policy: Policy) -> object:
    report = check_example(document, policy)
    return report.findings, report.markings


def shown(entry: dict[str, Any], lang: str) -> str:
    written = StringIO()
    write_standard(msgspec.convert(entry, Standard), Console(file=written, width=10_000), lang)
    return written.getvalue()


def documents(entry: dict[str, Any], path: Leaf) -> Iterator[ExampleDocument]:
    """Yield small documents on which the field at `path` may tell, on a day on which the standard holds."""
    day = entry[path[0]] if path[0] in ("from", "until") else entry.get("until", DAY)
    for document in drawn(entry, path):
        yield msgspec.structs.replace(document, date=day, as_of=document.as_of or day)


def drawn(entry: dict[str, Any], path: Leaf) -> Iterator[ExampleDocument]:
    """Yield the same without their day."""
    nation = NATION[entry["country"]]
    tiers = [tier["name"] for tier in entry.get("classifications", ())] or ["極秘"]
    group, element = str(path[0]), {}
    if len(path) > 1 and isinstance(path[1], int) and isinstance(entry[group][path[1]], dict):
        element = entry[group][path[1]]
    forms = [element["name"], *element.get("also", ())] if "name" in element else []
    if group == "classifications":
        yield from classified(element, nation, forms)
        tiers = [element["name"]]
    for form in forms if group in ("handling", "descriptors", "handling_marks") else ():
        yield ExampleDocument(mark=form)
    for form in forms if group != "classifications" else ():
        named = f"ACME {form}" if element.get("suffix") else form
        for tier in tiers:
            yield from (ExampleDocument(mark=f"{nation} {tier}{sign}{named}") for sign in (" - ", "\n", " "))
    if group not in ("handling", "descriptors", "handling_marks"):
        yield from general(nation, tiers)
        yield from (ExampleDocument(mark=mark["name"]) for mark in entry.get("handling_marks", ())[:1])


def classified(tier: dict[str, Any], nation: str, forms: Iterable[str]) -> Iterator[ExampleDocument]:
    for form in [*forms, *tier.get("romanised", ()), *tier.get("romanised_with_country", ())]:
        yield from (ExampleDocument(mark=mark) for mark in (form, f"{nation} {form}", f"JAPAN {form}"))
        yield page(f"{form} MINUTES", "")
    for letters in tier.get("portion", ()):
        yield page(f"{nation} {tier['name']}", f"({nation} {letters}) The range is as stated.")


def general(nation: str, tiers: Iterable[str]) -> Iterator[ExampleDocument]:
    period = "指定の有効期間：令和8年4月1日から令和14年3月31日まで"
    for tier in tiers:
        mark = f"{nation} {tier}"
        yield ExampleDocument(mark=mark)
        yield ExampleDocument(pages=(SketchPage(head=mark),), stage=Stage.internal)
        yield ExampleDocument(pages=(SketchPage(head=mark, foot=mark),) * 2)
        yield from (page(mark, body) for body in ("送付書", period))
        yield ExampleDocument(mark=mark.title())
        yield ExampleDocument(mark=f"GBR {tier}")
        yield ExampleDocument(mark=f"{mark} APPLE")
        yield ExampleDocument(mark=f"{mark} - JP/UK EYES ONLY")
        elements = ["JP/UK EYES ONLY", "SKYLARK", "HOUSE RULES APPLY", "ACME USE ONLY"]
        yield ExampleDocument(mark=" - ".join((mark, *elements)))
        yield from (ExampleDocument(mark=f"{mark} - {one} - ACME USE ONLY") for one in elements[:3])
        yield from (ExampleDocument(mark=f"{mark} - JP/UK EYES ONLY - {one}") for one in elements[1:])
        yield from (ExampleDocument(mark=f"{mark}\n機密性{number}情報") for number in (1, 2, 3))


def page(mark: str, body: str) -> ExampleDocument:
    return ExampleDocument(pages=(SketchPage(head=mark, foot=mark, body=body),))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_field_of_a_standard_decides_something(path: Path, tmp_path: Path) -> None:
    entry = load_yaml(path)
    others = beside(msgspec.convert(entry, Standard))
    before = Said(policy_of(entry, others, tmp_path))
    told = {leaf: is_told(entry, leaf, others, before, tmp_path) for leaf in leaves(entry)}
    assert [leaf for leaf in told if not told[leaf]] == []


def test_every_field_of_the_agreement_decides_something(tmp_path: Path) -> None:
    entry = load_yaml(AGREEMENT)
    before = of_agreement(entry, tmp_path)
    told = {leaf: of_agreement(changed(entry, leaf), tmp_path) != before for leaf in leaves(entry)}
    assert [leaf for leaf in told if not told[leaf]] == []


def of_agreement(entry: dict[str, Any], folder: Path) -> object:
    """Return what is shown of the Agreement, and what is said of some markings and documents."""
    path = folder / "agreement.yaml"
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    agreement = load_struct(path, Agreement)
    recogniser = Recogniser(msgspec.structs.replace(POLICY.standards, agreement=agreement))
    written = StringIO()
    for lang in ("en", "ja"):
        write_agreement(agreement, Console(file=written, width=10_000), lang)
    policy = msgspec.structs.replace(POLICY, recogniser=recogniser)
    return (
        written.getvalue(),
        [explain(mark, recogniser, day, lang=lang) for mark in MARKS for day, lang in EXPLAINED],
        [explain("NATO SECRET", recogniser, DAY, to="JP", lang=lang) for lang in ("en", "ja")],
        [said(msgspec.structs.replace(document, date=DAY, as_of=DAY), policy) for document in EXCHANGED],
    )


class Said:
    """What a policy says of documents, each asked once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.known: dict[str, object] = {}

    def of(self, document: ExampleDocument) -> object:
        key = repr(document)
        if key not in self.known:
            self.known[key] = said(document, self.policy)
        return self.known[key]


def is_told(
    entry: dict[str, Any], leaf: Leaf, others: Iterable[Standard], before: Said, folder: Path
) -> bool:
    """Return whether another value at the leaf changes what is said, or shown where it only describes."""
    new = changed(entry, leaf)
    if DESCRIPTIVE.intersection(leaf):
        lang = "ja" if leaf[-1] == "ja" else "en"
        return shown(new, lang) != shown(entry, lang)
    after = policy_of(new, others, folder)
    return any(before.of(document) != said(document, after) for document in documents(entry, leaf))
