"""XML: its text is read, definitions and entities are refused, settings in a folder are no documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from countermark.cli.main import main
from countermark.model import Document, ProblemKind, Reason, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

DTD = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;UK SECRET</a>'


def of(xml: str | bytes, name: str = "a.xml") -> Document:
    return read(xml.encode() if isinstance(xml, str) else xml, name, Limits())


def test_text_attributes_and_comments_in_their_order() -> None:
    document = of('<?xml version="1.0"?><a m="UK SECRET"><!--c-->one<b n="two"/>three\nfour</a>')
    assert [(line.text, line.zone) for line in document.pages[0].lines] == [
        ("UK SECRET", Zone.header),
        ("c", Zone.comment),
        ("one", Zone.body),
        ("two", Zone.body),
        ("three", Zone.body),
        ("four", Zone.footer),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis"])
def test_encodings(encoding: str) -> None:
    document = of(f'<?xml version="1.0" encoding="{encoding}"?><a>極秘</a>'.encode(encoding))
    assert (document.pages[0].lines[0].text, document.problems) == ("極秘", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_definitions_are_refused(encoding: str) -> None:
    document = of(("\ufeff" + DTD).encode(encoding) if encoding == "utf-16-be" else DTD.encode(encoding))
    assert (document.pages, [problem.reason for problem in document.problems]) == ((), [Reason.xml_dtd])


def test_what_is_not_well_formed_is_read_as_far_as_it_is() -> None:
    document = of("<a><b>UK SECRET</b><c>one</d></a>")
    assert document.pages[0].lines[0].text == "UK SECRET"
    assert [problem.kind for problem in document.problems] == [ProblemKind.part_unreadable]


def test_nesting_is_limited() -> None:
    [problem] = of("<a>" * 3000 + "</a>" * 3000).problems
    assert problem.args["limit"] == "xml_nesting"


@pytest.mark.parametrize("name", ["a.json", "a.xsd", "a.plist"])
def test_xml_by_another_name_is_not_read_as_text(name: str) -> None:
    assert of("<a>UK SECRET</a>", name).pages == ()


@pytest.mark.parametrize("xml", ["<project><name>tool</name></project>", DTD, "<a><b></a>"])
@pytest.mark.parametrize("is_named", [True, False])
def test_settings_in_a_folder_are_no_documents(
    xml: str,
    is_named: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pom.xml").write_text(xml.replace("UK SECRET", ""), encoding="utf-8")
    status = main(["check", "pom.xml" if is_named else ".", "--format", "json"])
    [report] = json.loads(capsys.readouterr().out)["documents"]
    codes = {finding["code"] for finding in report["findings"]}
    named = {DTD: {"READ001"}, "<a><b></a>": {"READ005"}}.get(xml, {"DOC001"})
    assert codes == (named if is_named else {"READ006"})
    assert status == (0 if not is_named else 1 if codes == {"DOC001"} else 3)


def test_a_marking_in_xml_that_was_found_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xml").write_text("<a><m>UK SECRET</m><b>text</b></a>", encoding="utf-8")
    assert main(["check", "."]) == 1
    assert "DOC003" in capsys.readouterr().out
