"""The JSON Schema of the JSON report."""

from __future__ import annotations

from typing import Any

import msgspec

from countermark.model import SCHEMA_VERSION, Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def report_schema() -> dict[str, Any]:
    """The schema of `to_json`'s output, made from the model."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:countermark:report:{SCHEMA_VERSION}",
        "title": "Countermark report",
        "version": SCHEMA_VERSION,
        **msgspec.json.schema(Report),
    }
