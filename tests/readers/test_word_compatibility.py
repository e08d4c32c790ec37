"""Markup compatibility (ECMA-376 part 3): what Word shows of alternatives, and what it leaves in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import ProblemKind, Unseen, Zone
from countermark.readers.ooxml.namespaces import UNDERSTOOD
from support.word_content import run, text, text_box, vml_text_box
from support.word_files import paragraph, read, section, word_file, xml

UNKNOWN = 'xmlns:zz="urn:zz"'


def choice(requires: str, content: str) -> str:
    return f'<mc:Choice {UNKNOWN} Requires="{requires}">{content}</mc:Choice>'


def alternatives(*branches: str, fallback: str | None = None) -> str:
    last = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return f"<mc:AlternateContent>{''.join(branches)}{last}</mc:AlternateContent>"


def shown_and_left(data: bytes) -> tuple[list[str], list[str]]:
    """The texts of the live pages, and those that no page shows."""
    document = read(data)
    pages = [line.text for page in document.live_pages for line in page.lines]
    assert {(line.zone, line.unseen) for line in document.lines} <= {(Zone.hidden, Unseen.unused)}
    return pages, [line.text for line in document.lines]


A, B, C = (paragraph(letter * 3) for letter in "ABC")


@pytest.mark.parametrize(
    ("body", "shown", "left"),
    [
        pytest.param(alternatives(choice("wps", A), fallback=B), ["AAA"], ["BBB"], id="understood"),
        pytest.param(alternatives(choice("zz", A), fallback=B), ["BBB"], ["AAA"], id="not understood"),
        pytest.param(alternatives(choice("wps zz", A), fallback=B), ["BBB"], ["AAA"], id="one of two"),
        pytest.param(alternatives(choice("nowhere", A), fallback=B), ["BBB"], ["AAA"], id="not declared"),
        pytest.param(alternatives(choice("", A), fallback=B), ["BBB"], ["AAA"], id="nothing required"),
        pytest.param(alternatives(choice("zz", A)), [], ["AAA"], id="no fallback"),
        pytest.param(
            alternatives(choice("zz", A), choice("wps", B), fallback=C), ["BBB"], ["AAA", "CCC"], id="second"
        ),
        pytest.param(
            alternatives(choice("wps", B), choice("wpg", A), fallback=C), ["BBB"], ["AAA", "CCC"], id="first"
        ),
        pytest.param(alternatives(choice("wps", A), fallback=A), ["AAA"], [], id="both say the same"),
        pytest.param(
            alternatives(choice("wps", alternatives(choice("zz", A), fallback=B)), fallback=C),
            ["BBB"],
            ["CCC", "AAA"],
            id="nested",
        ),
        pytest.param(
            alternatives(choice("zz", A), fallback=alternatives(choice("wps", B), fallback=C)),
            ["BBB"],
            ["AAA", "CCC"],
            id="nested in the fallback",
        ),
        pytest.param(
            f'<zz:x {UNKNOWN} mc:Ignorable="zz">{A}</zz:x>{B}', ["BBB"], ["AAA"], id="ignored with content"
        ),
        pytest.param(
            f'<zz:x {UNKNOWN} mc:Ignorable="zz" mc:ProcessContent="zz:x">{A}</zz:x>',
            ["AAA"],
            [],
            id="processed",
        ),
        pytest.param(
            f'<zz:x {UNKNOWN} mc:Ignorable="zz" mc:ProcessContent="zz:*"><zz:y>{A}</zz:y></zz:x>',
            ["AAA"],
            [],
            id="all processed",
        ),
        pytest.param(
            f'<zz:x {UNKNOWN} mc:Ignorable="zz" mc:ProcessContent="zz:y">{A}</zz:x>',
            [],
            ["AAA"],
            id="another",
        ),
        pytest.param(f"<zz:x {UNKNOWN}>{A}</zz:x>", ["AAA"], [], id="not to be ignored"),
        pytest.param(
            f'<w:sdt mc:Ignorable="w"><w:sdtContent>{A}</w:sdtContent></w:sdt>',
            ["AAA"],
            [],
            id="understood all the same",
        ),
    ],
)  # fmt: skip
def test_what_is_shown_and_what_is_left(body: str, shown: list[str], left: list[str]) -> None:
    assert shown_and_left(word_file(body)) == (shown, left)


def test_a_prefix_counts_by_its_namespace() -> None:
    body = alternatives(f'<mc:Choice xmlns:wps="urn:zz" Requires="wps">{A}</mc:Choice>', fallback=B)
    assert shown_and_left(word_file(body)) == (["BBB"], ["AAA"])


def test_a_namespace_that_is_ignored_holds_from_the_root_on() -> None:
    document = xml("document", f"<w:body>{A}<zz:x>{B}</zz:x></w:body>")
    document = document.replace("<w:document ", f'<w:document {UNKNOWN} mc:Ignorable="zz" ')
    assert shown_and_left(word_file("", more={"word/document.xml": document})) == (["AAA"], ["BBB"])


@pytest.mark.parametrize("where", ["run", "drawing"])
def test_alternatives_in_runs_and_drawings(where: str) -> None:
    if where == "run":
        both = alternatives(choice("zz", text("AAA")), fallback=text("BBB"))
        assert shown_and_left(word_file(f"<w:p>{run(both)}</w:p>")) == (["BBB"], ["AAA"])
    else:
        both = alternatives(choice("wps", text_box(A)), fallback=vml_text_box(A + B))
        assert shown_and_left(word_file(f"<w:p>{run(both)}</w:p>")) == (["AAA"], ["BBB"])


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_alternatives_in_headers_and_footers(kind: str) -> None:
    both = alternatives(choice("zz", A), fallback=B)
    data = word_file(section(f"{kind}-default-{kind[0]}"), bands={kind[0]: both})
    assert shown_and_left(data) == (["BBB"], ["AAA"])


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
def test_alternatives_in_notes(kind: str) -> None:
    note = f'<w:{kind[:-1]} w:id="2">{alternatives(choice("zz", A), fallback=B)}</w:{kind[:-1]}>'
    assert shown_and_left(word_file("", linked={kind: note})) == (["BBB"], ["AAA"])


@pytest.mark.parametrize(("prefix", "told"), [("zz", True), ("w", False), ("wps w", False), ("w zz", True)])
def test_what_word_refuses_is_read_and_told(prefix: str, told: bool) -> None:
    document = xml("document", f"<w:body>{A}</w:body>")
    document = document.replace("<w:document ", f'<w:document {UNKNOWN} mc:MustUnderstand="{prefix}" ')
    found = read(word_file("", more={"word/document.xml": document}))
    assert [line.text for page in found.pages for line in page.lines] == ["AAA"]
    problems = [(problem.kind, problem.reason) for problem in found.problems]
    assert problems == ([(ProblemKind.part_unreadable, "package-must-understand")] if told else [])


def test_understood_namespaces_are_whole() -> None:
    assert "http://schemas.microsoft.com/office/word/2010/wordml" in UNDERSTOOD
    assert not any(name.endswith("/") and "purl.org" not in name for name in UNDERSTOOD)


BRANCH = st.recursive(
    st.sampled_from([A, B, "<w:p/>"]),
    lambda inside: st.builds(
        lambda names, one, two: alternatives(choice(names, one), fallback=two),
        st.sampled_from(["wps", "zz", "wpg zz", ""]),
        inside,
        inside,
    ),
    max_leaves=8,
)


@given(BRANCH)
def test_every_text_is_shown_or_left(body: str) -> None:
    shown, left = shown_and_left(word_file(body))
    assert set(shown) | set(left) == {word for word in ("AAA", "BBB") if word in body}
    assert not set(shown) & set(left)
