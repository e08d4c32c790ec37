"""What libraries say in words is what we expect: one test a library, which fails when its words change."""

from __future__ import annotations

import ast
import tomllib
import zlib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pypdf
import pytest
import typer
import yaml
from lxml import etree
from pypdf.errors import LimitReachedError

from countermark.cli.main import app, main
from countermark.rules.expressions import activation, compiled, variables
from countermark.support.errors import CountermarkError
from countermark.support.library_messages import (
    cel_failure,
    cel_syntax,
    is_inflating_limit,
    libxml2_limit,
    msgspec_misfit,
    yaml_problem,
)
from countermark.support.limits import XML_NESTING, XML_TEXT
from countermark.support.messages import error_text, text
from countermark.support.safe_xml import xml_root

ROOT = Path(__file__).resolve().parents[1]


class Data(msgspec.Struct, forbid_unknown_fields=True):
    """One field for each thing that msgspec finds wrong."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=3)]
    code: Annotated[str, msgspec.Meta(pattern="^A$")] = "A"
    number: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    items: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("x",)
    day: date = date.min
    stage: Literal["a", "b"] = "a"


@pytest.mark.parametrize(
    ("given", "place", "key", "words"),
    [
        ({"name": "x", "nmae": 1}, "", "unknown-key", {"name": "nmae"}),
        ({"name": "x", "stage": "c"}, "stage", "data-unknown-value", {"value": "c"}),
        ({"name": 1}, "name", "data-wrong-kind", {"expected": "str", "found": "int"}),
        ({}, "", "data-missing-key", {"name": "name"}),
        ({"name": "x", "code": "B"}, "code", "data-wrong-form", {"form": "^A$"}),
        ({"name": "x", "items": []}, "items", "data-too-few", {"least": "1"}),
        ({"name": "long"}, "name", "yaml-too-long", {"most": "3"}),
        ({"name": ""}, "name", "data-empty", {}),
        ({"name": "x", "number": 0}, "number", "data-too-low", {"least": "1"}),
        ({"name": "x", "number": 10}, "number", "data-too-high", {"greatest": "9"}),
        ({"name": "x", "day": "today"}, "day", "data-no-date", {}),
    ],
)
def test_msgspec(given: dict[str, Any], place: str, key: str, words: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(given, Data)
    misfit = msgspec_misfit(caught.value)
    assert (misfit.place, misfit.key, misfit.words) == (place, key, words)


@pytest.mark.parametrize("content", [b"{", b"{]", b""])
def test_msgspec_where_it_is_not_json(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(content, type=Data)
    assert msgspec_misfit(caught.value).key == "data-no-json"


def test_cel() -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        variables("page.number ==")
    column, reason = cel_syntax(caught.value)
    assert int(column) > 1
    assert reason
    assert "expecting" not in reason
    assert str(caught.value) != reason
    with pytest.raises(Exception, match=r".") as failed:
        compiled("page.number < 'x'").execute(activation({"page": {"number": 1}}))
    assert cel_failure(failed.value)
    assert "\n" not in cel_failure(failed.value)


def test_pypdf() -> None:
    from pypdf.filters import FlateDecode

    with pypdf.apply_configuration(zlib_maximum_output_length=10), pytest.raises(LimitReachedError) as caught:
        FlateDecode.decode(zlib.compress(bytes(1000)))
    assert is_inflating_limit(caught.value)
    assert not is_inflating_limit(LimitReachedError("Detected cyclic outline hierarchy."))


def test_libxml2() -> None:
    deep = b"<a>" * (XML_NESTING + 10) + b"</a>" * (XML_NESTING + 10)
    long = b"<a>" + b"x" * (XML_TEXT + 1000) + b"</a>"
    for data, limit in ((deep, "xml_nesting"), (long, "xml_text"), (b"<a", None)):
        with pytest.raises(etree.XMLSyntaxError) as caught:
            xml_root(data)
        assert libxml2_limit(caught.value) == limit


@pytest.mark.parametrize("content", ["a: b: c", "a: [b", "a: 'b", "a: *b", "- a\nb", "\ta: b", 'a: "\\z"'])
def test_pyyaml(content: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.compose(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    problem = yaml_problem(caught.value)
    said = error_text("ja", CountermarkError("yaml-broken", where="a.yaml", reason=problem))
    assert problem.words not in said


def test_typer_is_understood_by_what_its_errors_hold(capsys: pytest.CaptureFixture[str]) -> None:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for param in command.params:
            option = max(param.opts, key=len)
            if param.param_type_name == "option":
                wrong = f"{option}=x" if param.is_flag else option
                main([name, wrong, "--lang", "en"])
                key = "option-takes-no-value" if param.is_flag else "option-needs-value"
                assert text("en", f"errors.{key}", {"name": option}) in capsys.readouterr().err


def test_libraries_that_speak_in_words_are_bound_to_their_present_series() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bound = {name.partition("~=")[0] for name in project["dependencies"] if "~=" in name}
    assert bound >= {"PyYAML", "common-expression-language", "lxml", "msgspec", "pypdf[crypto]", "typer"}


def test_no_other_module_reads_what_an_exception_says() -> None:
    assert read_as_text("try:\n    work()\nexcept ValueError as error:\n    said = str(error)") == [4]
    found = {
        path.name: lines
        for path in (ROOT / "pipeline").rglob("*.py")
        if (lines := read_as_text(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def read_as_text(module: str) -> list[int]:
    """Return the lines of a module in which an exception that is caught is made a text."""
    handlers = [node for node in ast.walk(ast.parse(module)) if isinstance(node, ast.ExceptHandler)]
    lines = []
    for handler in handlers:
        for node in ast.walk(handler):
            match node:
                case (
                    ast.Call(func=ast.Name(id="str" | "repr"), args=[ast.Name(id=name)])
                    | ast.FormattedValue(value=ast.Name(id=name))
                    | ast.Attribute(value=ast.Name(id=name), attr="args" | "msg" | "message")
                ) if name == handler.name:
                    lines.append(node.lineno)
    return lines
