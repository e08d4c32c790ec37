"""Every format of the table with content that is not of it, or only begins so: each file gets a verdict,
none is clear, and none makes us fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Verdict
from countermark.readers.formats import Format, formats

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), originator="GB", recipient="JP")
CONTENTS = {
    "nothing": b"",
    "a byte": b"\0",
    "zeros": bytes(5000),
    "a text": b"UK SECRET",
    "half characters": "UK SECRET".encode("utf-16")[:-1],
    "a PDF's beginning": b"%PDF-1.7\n1 0 obj\n<<",
    "an empty zip": b"PK\x05\x06" + bytes(18),
    "a zip's beginning": b"PK\x03\x04\x14" + bytes(40),
    "an OLE header": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "an RTF's beginning": b"{\\rtf1{\\header UK SECRET",
    "XML": b'<?xml version="1.0"?><a>',
    "a mail's beginning": b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x",
    "a PNG's beginning": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


@pytest.mark.parametrize("row", formats(), ids=lambda row: row.key)
def test_content_of_another_kind_is_never_clear_and_never_our_failure(row: Format) -> None:
    for suffix in row.media_types:
        for what, content in CONTENTS.items():
            report = check_document(content, f"a{suffix}", POLICY)
            codes = {finding.code for member in report.family() for finding in member.findings}
            assert report.verdict is not Verdict.clear, (suffix, what)
            assert "READ009" not in codes, (suffix, what, report.findings)
            assert codes, (suffix, what)
