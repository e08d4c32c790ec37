"""What is kept of the documents of a run, to judge later ones beside them."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

import msgspec

from countermark.checking.check import check_read
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.rule_examples import document_of
from countermark.config.policy import load_policy
from countermark.model import Status
from countermark.rules.rule import ExampleDocument, SketchPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport

POLICY = load_policy(originator="GB", recipient="JP")
PAGES = 100


def reports(number: int) -> Iterator[DocumentReport]:
    """So many reports, as from a worker: none shares anything with another."""
    pages = (SketchPage(head="UK SECRET", foot="UK SECRET"),) * PAGES
    report = check_read(document_of(ExampleDocument(pages=pages), "x.pdf"), POLICY)
    assert report.status is Status.checked
    assert len(report.markings) == 2 * PAGES
    encoded = msgspec.msgpack.encode(report)
    for at in range(number):
        decoded: DocumentReport = msgspec.msgpack.decode(encoded, type=type(report))
        yield msgspec.structs.replace(decoded, path=f"folder/document-{at}.pdf")


def test_a_long_run_keeps_next_to_nothing_of_each_document() -> None:
    """Else the memory of JSON Lines would grow with the number of documents and of their pages."""
    held = []
    tracemalloc.start()
    try:
        for at, _ in enumerate(with_cross_document_findings(reports(150), POLICY)):
            if at in (50, 149):
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert (held[1] - held[0]) / 99 < 2000
