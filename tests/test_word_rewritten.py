"""The samples' Word files after LibreOffice read them and wrote them anew: the markings are the same.

LibreOffice leaves out headers and footers that are switched off, and makes the first page of a section
that has no other an ordinary one: page kinds are not compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import inspect_document
from countermark.config.policy import load_policy
from support.libreoffice import convert

SAMPLES = Path(__file__).parents[1] / "samples" / "exchange"
FILES = sorted(SAMPLES.rglob("*.docx"))
POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en", originator="GB", recipient="JP")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rewritten(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return convert(office, tmp_path_factory.mktemp("rewritten"), FILES, "docx")


def marks(path: Path) -> set[tuple[str, int | None, str]]:
    """Zone, section and form of each marking that some page shows."""
    report = inspect_document(path.read_bytes(), "a.docx", POLICY)
    off = {(page.section, page.kind) for page in report.content if not page.live}
    return {
        (str(one.zone), one.location.section, one.canonical)
        for one in report.markings
        if (one.location.section, one.location.kind) not in off
    }


def test_samples_have_names_of_their_own() -> None:
    assert len({path.stem for path in FILES}) == len(FILES) > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_markings_are_the_same(path: Path, rewritten: dict[str, Path]) -> None:
    assert marks(rewritten[path.stem]) == marks(path) != set()
