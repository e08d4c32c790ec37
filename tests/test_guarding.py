"""A failure of Countermark's own costs what was worked on: the rest is judged, the file not blamed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.config.policy import load_policy, with_pack
from countermark.model import Document, Line, Location, Page, Reason, Status, Zone
from countermark.recognition.recogniser import Recogniser
from countermark.support.guarding import collecting, guarded, is_own
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
HOUSE = Path(__file__).resolve().parents[1] / "docs" / "examples" / "house-rule"
SENTENCE = "All papers are kept in UK SECRET cabinets that are locked."


def document(*body: str) -> Document:
    """One page, UK SECRET at its head and foot."""
    texts = [(Zone.header, "UK SECRET"), *((Zone.body, text) for text in body), (Zone.footer, "UK SECRET")]
    lines = tuple(Line(text=text, zone=zone, number=at) for at, (zone, text) in enumerate(texts, 1))
    return Document(
        name="a.pdf", media_type="application/pdf", sha256="", pages=(Page(number=1, lines=lines),)
    )


def codes(report: DocumentReport) -> list[str]:
    return [finding.code for finding in report.findings]


def with_standards(policy: Policy, **parts: object) -> Policy:
    standards = msgspec.structs.replace(policy.standards, **parts)
    return msgspec.structs.replace(policy, recogniser=Recogniser(standards))


@pytest.mark.parametrize("opening", "([【〔〈<（［")
@pytest.mark.parametrize(
    "blank",
    [" ", "  ", "\u3000", "\u00a0", "\u200b", "\u200b \u2060", "\t", "_", "-", "\u2003", "\ufeff", "\u00ad"],
)
def test_brackets_around_nothing_are_no_portion_mark(opening: str, blank: str) -> None:
    closing = ")]】〕〉>）］"["([【〔〈<（［".index(opening)]
    for text in (
        f"{opening}{blank}{closing} Yes",
        f"1. {opening}{blank}{closing} はい",
        f"{opening}{closing} No",
    ):
        assert POLICY.recogniser.portions.portion_of(text, POLICY.today) is None
        report = check_read(document(text), POLICY)
        assert report.status is Status.checked
        assert [one.text for one in report.markings] == ["UK SECRET", "UK SECRET"]


def test_a_line_that_fails_costs_itself_and_is_told_as_ours() -> None:
    """A weight that the standards lack fails where a sentence is weighed."""
    recognition = POLICY.standards.recognition
    weights = {name: weight for name, weight in recognition.weights.items() if name != "in-sentence"}
    lacking = msgspec.structs.replace(recognition, weights=weights)
    failing = document()
    line = Line(text=SENTENCE, zone=Zone.header, number=9)
    failing = msgspec.structs.replace(
        failing, pages=(msgspec.structs.replace(failing.pages[0], lines=(*failing.pages[0].lines, line)),)
    )
    whole = check_read(failing, POLICY)
    report = check_read(failing, with_standards(POLICY, recognition=lacking))
    assert "READ009" not in codes(whole)
    [finding] = [one for one in report.findings if one.code == "READ009"]
    assert [(place.page, place.line) for place in finding.locations] == [(1, 9)]
    assert "KeyError, recognition/recognise.py:" in finding.message
    assert "cabinets" not in finding.message + finding.fix
    assert report.status is Status.partly_read
    assert [one.text for one in report.markings] == ["UK SECRET", "UK SECRET"]


def test_a_rule_that_fails_costs_itself_and_is_told_as_ours(tmp_path: Path) -> None:
    pack = shutil.copytree(HOUSE, tmp_path / "pack")
    path = pack / "checks" / "house.yaml"
    rule = path.read_text("utf-8")
    test = next(line for line in rule.splitlines() if line.strip().startswith("test:"))
    path.write_text(rule.replace(test, "  test: 1 / (marking.text.size() - 9) == 1"), "utf-8")
    failing = with_pack(POLICY, pack)
    before, after = check_read(document(SENTENCE), POLICY), check_read(document(SENTENCE), failing)
    [finding] = [one for one in after.findings if one.code == "READ009"]
    assert "HOUSE001" in finding.message
    assert finding.locations
    assert [code for code in codes(after) if code != "READ009"] == codes(before)
    assert after.markings == before.markings


def test_what_is_guarded_becomes_a_problem_of_who_collects() -> None:
    place = Location(page=3)
    with collecting() as problems:
        with guarded(Reason.failed_line, place):
            int("text of the document")
        with guarded(Reason.failed_line):
            pass
    [problem] = problems
    assert problem.locations == (place,)
    assert problem.args["error"].startswith("ValueError, ")
    assert "text" not in str(problem)


@pytest.mark.parametrize("error", [LimitReached("pages", 1, "2"), MemoryError(), KeyboardInterrupt()])
def test_limits_and_lack_of_memory_pass_through(error: BaseException) -> None:
    with collecting() as problems, pytest.raises(type(error)), guarded(Reason.failed_line):
        raise error
    assert problems == []


def test_where_nobody_collects_an_exception_goes_on() -> None:
    with pytest.raises(ZeroDivisionError), guarded(Reason.failed_line):
        1 / 0  # noqa: B018


def test_our_own_failures_are_told_from_a_parser_s() -> None:
    with pytest.raises(AttributeError) as caught:
        POLICY.standards.agreement.obstacles.of("no-such-kind")  # type: ignore[arg-type]
    assert is_own(caught.value)
    with pytest.raises(msgspec.DecodeError) as parsing:
        msgspec.json.decode(b"{")
    assert not is_own(parsing.value)
