"""Findings come by severity, then by place, in the model and so in every form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Finding, Location, PageKind, Severity, Source, Zone
from countermark.model.order import in_order

PLACES = st.builds(
    Location,
    page=st.none() | st.integers(1, 5),
    section=st.none() | st.integers(1, 3),
    kind=st.none() | st.sampled_from(PageKind),
    zone=st.none() | st.sampled_from(Zone),
    line=st.none() | st.integers(1, 9),
)
SOURCE = Source(standard="uk/gscp-2024", clause="para 4")


def finding(severity: Severity, code: str, *places: Location) -> Finding:
    return Finding(
        code=code, name="x", severity=severity, message="", fix="", locations=places, source=SOURCE,
        fingerprint=code,
    )  # fmt: skip


FINDINGS = st.lists(
    st.builds(
        lambda severity, code, places: finding(severity, code, *places),
        st.sampled_from(Severity),
        st.sampled_from(["DOC001", "UK003", "EX007"]),
        st.lists(PLACES, max_size=3),
    )
)


@given(FINDINGS)
def test_the_gravest_comes_first_whatever_the_order_in_which_they_were_found(found: list[Finding]) -> None:
    ordered = in_order(found)
    ranks = [one.severity.rank for one in ordered]
    assert ranks == sorted(ranks, reverse=True)
    assert [one.severity for one in in_order(reversed(found))] == [one.severity for one in ordered]


def test_places_come_as_a_reader_comes_to_them() -> None:
    second = finding(Severity.error, "DOC001", Location(page=2, zone=Zone.header))
    footer = finding(Severity.error, "DOC002", Location(page=1, zone=Zone.footer))
    body = finding(Severity.error, "DOC003", Location(page=1, zone=Zone.body))
    whole = finding(Severity.error, "UK001")
    carried = finding(Severity.error, "HIDE001", Location(part="docProps/core.xml"))
    assert in_order([carried, second, footer, body, whole]) == (whole, body, footer, second, carried)
