"""Markings as a component of a spaCy pipeline: `nlp.add_pipe("countermark_markings")`.

spaCy finds it by its entry point; the pipeline may be blank, in English or Japanese.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.model import Marking

LABEL = "MARKING"


@Language.factory(
    "countermark_markings",
    assigns=["doc.ents"],
    default_config={"zone": Zone.body.value, "threshold": None, "day": None},
)
def markings_component(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    zone: str,
    threshold: float | None,
    day: str | None,
) -> Callable[[Doc], Doc]:
    """Return a component that reads each line of a text as a line of one page, standing in `zone`, by the
    standards of `day` (ISO 8601; today where not given). It puts the `Marking`s of at least `threshold` (by
    the recogniser's own thresholds where not given) into `doc._.markings`, and an entity MARKING around
    each.
    """
    Doc.set_extension("markings", default=(), force=True)
    recogniser = Recogniser(load_standards(data_folder()))
    thresholds = recogniser.standards.recognition.thresholds
    limits = thresholds if threshold is None else thresholds.moved_to(threshold)
    on = date.fromisoformat(day) if day else date.today()

    def mark(doc: Doc) -> Doc:
        lines = [
            Line(text=text, zone=Zone(zone), number=number)
            for number, text in enumerate(doc.text.split("\n"), 1)
        ]
        page = Page(number=1, lines=tuple(lines))
        read = Document(name="", media_type="text/plain", sha256="", pages=(page,))
        doc._.markings = accepted(examine(read, recogniser, on, thresholds=limits).markings)
        doc.ents = tuple(filter_spans([*_spans(doc, doc._.markings), *doc.ents]))
        return doc

    return mark


def _spans(doc: Doc, markings: tuple[Marking, ...]) -> Iterator[Any]:
    """Yield the stretch of text of each marking.

    Of markings written alike on one line, one after the other.
    """
    behind: dict[tuple[int, str], int] = {}
    starts = [0]
    for line in doc.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for marking in markings:
        number = marking.location.line or 1
        start = doc.text.find(marking.text, max(starts[number - 1], behind.get((number, marking.text), 0)))
        if start < 0:
            continue
        behind[number, marking.text] = start + len(marking.text)
        span = doc.char_span(start, start + len(marking.text), label=LABEL, alignment_mode="expand")
        if span is not None:
            yield span
