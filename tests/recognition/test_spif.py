"""Standards as security policy information files, and back."""

from __future__ import annotations

import pytest
from lxml import etree

from countermark.cli.main import main
from countermark.standards.spif import NAMESPACE, from_spif, load_spif, to_spif
from countermark.standards.standard import Standard
from countermark.standards.standards import load_standards
from countermark.support.errors import CountermarkError
from countermark.support.yaml_files import data_folder
from support.needs import CORPUS

STANDARDS = load_standards(data_folder())
COUNTRIES = {name: nation.code for nation in STANDARDS.nations.nations for name in nation.names}
NATIONS = ("JP", "UK", "US")
LABELS = CORPUS / "labels"
S = f"{{{NAMESPACE}}}"
needs_labels = pytest.mark.corpus


def written(standard: Standard) -> etree._Element:
    return etree.fromstring(to_spif(standard, NATIONS))


@pytest.mark.parametrize("standard", STANDARDS.standards, ids=lambda one: one.id)
def test_a_standard_comes_back_the_same(standard: Standard) -> None:
    assert from_spif(to_spif(standard, NATIONS), COUNTRIES, "here") == standard


@pytest.mark.parametrize("standard", STANDARDS.standards, ids=lambda one: one.id)
def test_what_a_spif_has_a_place_for_stands_there(standard: Standard) -> None:
    """Without its extensions, a SPIF still states tiers, categories and what they may stand beside."""
    root = written(standard)
    root.remove(root.find(f"{S}extensions"))
    read = from_spif(etree.tostring(root), COUNTRIES, "here")
    assert [tier.name for tier in read.classifications] == [tier.name for tier in standard.classifications]
    assert read.country == standard.country
    tiers = [tier.name for tier in standard.classifications]
    for field in ("handling", "handling_marks", "descriptors"):
        told = {one.name: set(one.applies_to or tiers) for one in getattr(read, field)}
        assert told == {one.name: set(one.applies_to or tiers) for one in getattr(standard, field)}
    assert (read.caveats is None) == (standard.caveats is None)
    if standard.caveats and read.caveats:
        assert set(read.caveats.applies_to) == set(standard.caveats.applies_to)


def test_what_others_change_in_a_spif_counts() -> None:
    root = written(next(one for one in STANDARDS.standards if one.id == "uk/gscp-2024"))
    tag = root.find(f".//{S}securityCategoryTag[@name='Descriptors']")
    legal = tag.find(f"{S}tagCategory[@name='LEGAL']")
    tag.remove(legal)
    etree.SubElement(tag, f"{S}tagCategory", name="PROJECT SKYLARK", lacv="99")
    read = from_spif(etree.tostring(root), COUNTRIES, "here")
    names = [one.name for one in read.descriptors]
    assert "LEGAL" not in names
    assert "PROJECT SKYLARK" in names
    assert read.order_clause


def test_identifiers_differ_and_stay() -> None:
    identifiers = [written(one).find(f"{S}securityPolicyId").get("id") for one in STANDARDS.standards]
    assert len(set(identifiers)) == len(identifiers)
    assert identifiers == [written(one).find(f"{S}securityPolicyId").get("id") for one in STANDARDS.standards]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"<SPIF", "spif-broken"),
        (b"<other/>", "spif-incomplete"),
        (f"<SPIF xmlns='{NAMESPACE}'/>".encode(), "spif-incomplete"),
        (f"<!DOCTYPE SPIF [<!ENTITY a 'b'>]><SPIF xmlns='{NAMESPACE}'>&a;</SPIF>".encode(), "spif-refused"),
        (f"<!DOCTYPE SPIF><SPIF xmlns='{NAMESPACE}'/>".encode("utf-16"), "spif-refused"),
    ],
)
def test_what_is_no_spif_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(CountermarkError) as error:
        from_spif(content, COUNTRIES, "here.xml")
    assert error.value.key == key


def test_the_command_writes_a_spif(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", "uk/gscp-2024", "--format", "spif"]) == 0
    out = capfd.readouterr().out
    standard = next(one for one in STANDARDS.standards if one.id == "uk/gscp-2024")
    assert from_spif(out.encode(), COUNTRIES, "standard output") == standard
    assert main(["standards", "--format", "spif"]) == 2


@needs_labels
def test_a_british_policy_of_others_loads() -> None:
    policy = load_spif(LABELS / "uk-demo.xml", COUNTRIES)
    assert policy.country == "GB"
    assert [(tier.name, tier.level) for tier in policy.classifications] == [
        ("OFFICIAL", 1),
        ("OFFICIAL-SENSITIVE", 2),
        ("SECRET", 3),
        ("TOP SECRET", 4),
    ]
    assert {"COMMERCIAL", "PERSONAL", "LOCSEN"} <= {one.name for one in policy.descriptors}
    assert policy.caveats
    assert "OFFICIAL" not in policy.caveats.applies_to


@needs_labels
def test_a_policy_of_nato_loads() -> None:
    policy = load_spif(LABELS / "nato-4774-policy.xml", COUNTRIES)
    assert [tier.name for tier in policy.classifications] == [
        *("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
    ]
    assert "SIOP ESI" not in {one.name for one in policy.descriptors}


@needs_labels
@pytest.mark.parametrize("name", ["tlp.xml", "tlp-plus.xml"])
def test_other_policies_load_and_come_back(name: str) -> None:
    policy = load_spif(LABELS / name, COUNTRIES)
    assert policy.classifications
    assert from_spif(to_spif(policy), COUNTRIES, name) == policy


@needs_labels
def test_a_policy_that_breaks_off_is_refused_with_its_place() -> None:
    with pytest.raises(CountermarkError) as error:
        load_spif(LABELS / "bsi-commercial.xml", COUNTRIES)
    assert (error.value.key, error.value.args_by_name["line"]) == ("spif-broken", "54")
