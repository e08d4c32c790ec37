"""The published schemas and the loader say the same of every file, right or wrong, and errors say where, what
and what to do."""

from __future__ import annotations

import copy
import itertools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
import yaml

from countermark.cli.main import Schema, main
from countermark.cli.schemas import TYPES, schema_of
from countermark.config.policy import load_policy
from countermark.rules.loader import load_rules
from countermark.rules.packs import load_pack
from countermark.standards.standards import load_standard, load_standards
from countermark.support.errors import CountermarkError
from countermark.support.messages import LANGUAGES, catalogue
from countermark.support.yaml_files import data_folder, load_struct

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
RULES = data_folder()
EXAMPLES = ROOT / "docs" / "examples"
SHIPPED = [
    *(("standard", path) for path in sorted((RULES / "standards").glob("*/*.yaml"))),
    *(("standard", path) for path in sorted(EXAMPLES.glob("*/standards/*.yaml"))),
    *(("rules", path) for path in sorted((RULES / "checks").glob("*.yaml"))),
    *(("rules", path) for path in sorted(EXAMPLES.glob("*/checks/*.yaml"))),
    *(("agreement", path) for path in sorted((RULES / "agreements").glob("*.yaml"))),
    ("configuration", ROOT / "samples" / "exchange" / ".countermark.yaml"),
]
STANDARD = RULES / "standards" / "uk" / "gscp-2024.yaml"


def content_of(path: Path) -> Any:
    """The YAML as JSON sees it: days as texts."""
    loaded = yaml.safe_load(path.read_text("utf-8"))
    return json.loads(json.dumps(loaded, default=str))


def validator_of(kind: str) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema_of(kind), format_checker=checker)


def loads(kind: str, content: Any) -> bool:
    try:
        msgspec.convert(content, TYPES[kind])
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", list(TYPES))
def test_a_schema_is_printed_and_well_formed(kind: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["schema", kind]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert printed == json.loads(json.dumps(schema_of(kind)))
    jsonschema.Draft202012Validator.check_schema(printed)


def test_the_command_knows_every_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert {one.value for one in Schema} == set(TYPES)
    assert main(["schema", "galaxy"]) == 2
    assert "standard" in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=lambda one: getattr(one, "name", one))
def test_every_shipped_file_fits_its_schema(kind: str, path: Path) -> None:
    validator_of(kind).validate(content_of(path))


def changed(content: Any) -> Iterator[Any]:
    """The content with each of its places spoilt: a key misspelt, taken out, of another kind, empty."""
    keys = range(len(content)) if isinstance(content, list) else list(content)
    for key in keys:
        values: tuple[Any, ...] = (7, "", [], {}, ["x"], None, content[key])
        for value in values:
            spoilt = copy.deepcopy(content)
            spoilt[key] = value
            if value is content[key] and isinstance(spoilt, dict):
                spoilt[f"{key}x"] = spoilt.pop(key)
            yield spoilt
        if isinstance(content, dict):
            yield {other: value for other, value in content.items() if other != key}
        if isinstance(content[key], (dict, list)):
            for inner in changed(content[key]):
                spoilt = copy.deepcopy(content)
                spoilt[key] = inner
                yield spoilt


@pytest.mark.parametrize("kind", ["standard", "agreement", "rules", "configuration"])
def test_schema_and_loader_agree_on_every_spoilt_file(kind: str) -> None:
    path = next(path for one, path in SHIPPED if one == kind)
    content = content_of(STANDARD if kind == "standard" else path)
    content = content[:2] if isinstance(content, list) else content
    validator = validator_of(kind)
    verdicts = {True: 0, False: 0}
    for spoilt in changed(content):
        verdict = validator.is_valid(spoilt)
        assert verdict == loads(kind, spoilt), spoilt
        verdicts[verdict] += 1
    assert all(verdicts.values())


def spoilt_standard(folder: Path, before: str, after: str) -> Path:
    text = STANDARD.read_text("utf-8")
    assert before in text
    path = folder / "own.yaml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ("country: GB", "country: 44", "data-wrong-kind", ":{line}:country: text is expected here"),
        ("capitals: true", "capitals: yes please", "data-wrong-kind", ":{line}:capitals: true or false is"),
        ("grade: SECRET", "grade: HIGH", "data-not-one-of", "SECRET, TOP SECRET"),
        ("foot: always", "foot: often", "data-not-one-of", ":{line}:placement.foot: “often” may not be here"),
        ("id: uk/gscp-2024", "id: GSCP", "data-wrong-form", "as uk/gscp-2024"),
        ("  ja: 英国政府", "  fr: 英国政府", "unknown-key", "known keys: en, ja"),
        ("separator:", "seperator:", "unknown-key-near", "did you mean “separator”?"),
        ("source:", "sources:", "unknown-key-near", "did you mean “source”?"),
        ("level: 3", "level: -3", "data-too-low", "must be 0 or more"),
        ("from: 2024-08-05", "from: August", "data-no-date", ":{line}:from: a date is written YYYY-MM-DD"),
        ("from: 2024-08-05", "from: 2024-13-05", "yaml-impossible", "does not exist"),
        ("from: 2024-08-05", "from: 2024-08-05\nuntil: 2023-01-01", "days-reversed", ":{line}: the last day"),
        (
            "capitals: true",
            "capitals: true\ncapitals: false",
            "yaml-key-twice",
            ":{line}: the key “capitals”",
        ),
        (
            "[OFFICIAL-SENSITIVE, SECRET, TOP",
            "[OFFICAL, TOP",
            "classification-unknown",
            ":{line}: there is no",
        ),
        ("{name: TOP SECRET,", "{name: SECRET,", "standard-name-twice", "“SECRET” appears twice"),
    ],
)
def test_an_error_says_where_what_and_what_to_do(
    tmp_path: Path, before: str, after: str, key: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spoilt_standard(tmp_path, before, after)
    with pytest.raises(CountermarkError) as raised:
        load_standard(path)
    assert raised.value.key == key
    pack = tmp_path / "pack"
    (pack / "standards").mkdir(parents=True)
    path.rename(pack / "standards" / "own.yaml")
    assert main(["rules", "--check", str(pack), "--lang", "en"]) == 2
    shown = capsys.readouterr().err
    assert str(pack / "standards" / "own.yaml") in shown
    line = STANDARD.read_text("utf-8").partition(before)[0].count("\n") + after.count("\n") + 1
    assert said.format(line=line) in shown
    assert shown.count("\n") == 1
    assert main(["rules", "--check", str(pack), "--lang", "ja"]) == 2
    assert capsys.readouterr().err != shown


def test_a_standard_that_names_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "id: own/empty\ncountry: IT\ntitle: {en: a, ja: b}\nsource: c\n"
        "placement: {foot: always, clause: d}\n",
        "utf-8",
    )
    with pytest.raises(CountermarkError) as raised:
        load_standard(path)
    assert raised.value.key == "standard-empty"


def test_two_standards_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "standards" / name).write_bytes(STANDARD.read_bytes())
    with pytest.raises(CountermarkError) as raised:
        load_pack(tmp_path, ())
    assert raised.value.key == "standard-twice"
    assert raised.value.args_by_name["other"].endswith("a.yaml")


def test_the_agreement_names_what_the_standards_have(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    for path in RULES.rglob("*.yaml"):
        copied = folder / path.relative_to(RULES)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    treaty = folder / "agreements" / "gb-jp-2013.yaml"
    wrong = treaty.read_text("utf-8").replace("JP: [極秘]", "JP: [極秘密]")
    treaty.write_text(wrong, "utf-8")
    with pytest.raises(CountermarkError) as raised:
        load_standards(folder)
    words = raised.value.args_by_name
    assert (raised.value.key, words["name"], words["nearest"]) == ("classification-unknown", "極秘密", "極秘")


def test_the_agreement_s_advice_has_its_text() -> None:
    for one in load_standards(RULES).agreement.uncorresponded:
        for lang in LANGUAGES:
            assert one.advice in catalogue(lang)["advice"]


def test_a_correspondence_of_the_organisation_names_what_the_standards_have(tmp_path: Path) -> None:
    path = tmp_path / ".countermark.yaml"
    path.write_text(
        "correspondence:\n  - {GB: [SECRET], JP: [極秘]}\n  - {GB: [SECRTE], JP: [秘]}\n", "utf-8"
    )
    with pytest.raises(CountermarkError) as raised:
        load_policy(path)
    assert raised.value.args_by_name["where"] == f"{path}:3"
    assert raised.value.args_by_name["nearest"] == "SECRET"


def test_what_refers_to_itself_is_no_endless_work(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text("- &a {code: *a}\n", "utf-8")
    with pytest.raises(CountermarkError):
        load_rules(tmp_path)
    names = "abcdefghi"
    tenfold = [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in itertools.pairwise(names)]
    laughs = "\n".join(("a: &a [x]", *tenfold))
    path.write_text(laughs, "utf-8")
    with pytest.raises(CountermarkError):
        load_struct(path, TYPES["configuration"])


def test_the_schema_of_a_report_has_nothing_that_no_report_has() -> None:
    schema = json.dumps(schema_of("report"))
    assert '"identity"' not in schema
    names = set(re.findall(r"#/\$defs/(\w+)", schema))
    assert names <= json.loads(schema)["$defs"].keys()
