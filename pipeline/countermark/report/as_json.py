"""A report for programs, in the form that `countermark schema` publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from countermark.model import Report


def to_json(report: Report) -> bytes:
    """The report as indented JSON in UTF-8; keys stand in the order of the model."""
    return pretty(report)


def pretty(content: object) -> bytes:
    """Anything that msgspec encodes, as indented JSON with a line end."""
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
