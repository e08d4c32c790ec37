"""A report for programs, in the form that `countermark schema` publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.reporting.escaping import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield the run as one indented JSON object in UTF-8; keys stand in the order of the model."""
    yield pretty(run.overview).removesuffix(b"\n}\n") + b',\n  "documents": ['
    separator = b"\n"
    for document in run.documents:
        yield separator + _indented(pretty(document))
        separator = b",\n"
    yield b"]\n}\n" if separator == b"\n" else b"\n  ]\n}\n"


def pretty(content: object) -> bytes:
    """Anything that msgspec encodes, as indented JSON with a line end."""
    return msgspec.json.format(json_of(content), indent=2) + b"\n"


def _indented(content: bytes) -> bytes:
    return b"\n".join(b"    " + line for line in content.splitlines())
