"""A judged report for the HTML tests: real findings of the rules' own way, on documents made by hand."""

from __future__ import annotations

import random
from datetime import date

import msgspec

from countermark.checking.rule_examples import check_example
from countermark.config.policy import Policy, load_policy
from countermark.model import Box, DocumentReport, Location, ProblemKind, Report, Zone
from countermark.reporting.summary import summarise
from countermark.rules.rule import ExampleDocument, SketchPage

HOSTILE = "</script><script>document.title='taken over'</script><img src=x onerror=alert(1)>"
POLICY = msgspec.structs.replace(load_policy(lang="en"), today=date(2026, 11, 24))


def document(path: str, sketch: ExampleDocument, policy: Policy = POLICY) -> DocumentReport:
    return msgspec.structs.replace(check_example(sketch, policy), path=path)


def with_boxes(report: DocumentReport) -> DocumentReport:
    """The same with a box around each marking, as a PDF's have."""
    boxes = {Zone.header: Box(240.0, 20.0, 355.0, 34.0), Zone.footer: Box(240.0, 810.0, 355.0, 824.0)}
    markings = tuple(
        msgspec.structs.replace(one, location=msgspec.structs.replace(one.location, box=boxes.get(one.zone)))
        for one in report.markings
    )
    return msgspec.structs.replace(report, markings=markings)


def judged_report() -> Report:
    """A document without findings, one whose foot lacks its marking, a Japanese one in another folder
    with an attachment, one that could not be read, and one whose name tries to break out."""
    whole = SketchPage(head="UK SECRET", foot="UK SECRET")
    good = ExampleDocument(mark="UK SECRET - RELEASABLE TO JAPAN", from_="GB", to="JP")
    foot_missing = ExampleDocument(pages=(SketchPage(head="UK SECRET"), whole))
    attached = ExampleDocument(
        mark="日本国 極秘", from_="JP", to="GB", children=(ExampleDocument(mark="日本国 秘"),)
    )
    documents = (
        with_boxes(document("out/good.pdf", good)),
        with_boxes(document("out/foot-missing.pdf", foot_missing)),
        document("in/添付あり.docx", attached),
        document("in/broken.pdf", ExampleDocument(problem=ProblemKind.unreadable)),
        document(f"in/{HOSTILE}.pdf", ExampleDocument(mark="SECRET", from_="GB", to="JP")),
    )
    return summarise(documents, POLICY)


def many(number: int) -> Report:
    """A run of `number` documents in a hundred folders, no two alike, every fifth with findings."""
    chance = random.Random(number)
    kinds = judged_report().documents
    documents = [
        _varied(kinds[0 if at % 5 else 1], f"folder-{at % 100:02}/document-{at:05}.pdf", chance)
        for at in range(number)
    ]
    return summarise(documents, POLICY)


def _varied(report: DocumentReport, path: str, chance: random.Random) -> DocumentReport:
    """The report with markings and findings on up to twelve pages, at places of their own."""
    pages = range(1, chance.randint(2, 12))
    markings = tuple(
        msgspec.structs.replace(one, location=_somewhere(one.location, page, chance))
        for page in pages
        for one in report.markings[:2]
    )
    findings = tuple(
        msgspec.structs.replace(
            one, locations=tuple(_somewhere(place, page, chance) for page in pages for place in one.locations)
        )
        for one in report.findings
    )
    return msgspec.structs.replace(report, path=path, markings=markings, findings=findings)


def _somewhere(place: Location, page: int, chance: random.Random) -> Location:
    if place.box is None:
        return msgspec.structs.replace(place, page=page)
    x, y = round(chance.uniform(0, 400), 2), round(chance.uniform(0, 800), 2)
    return msgspec.structs.replace(place, page=page, box=Box(x, y, x + 115.2, y + 13.8))
