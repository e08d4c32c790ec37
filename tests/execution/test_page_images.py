"""Small pictures of pages for reports."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from countermark.config.policy import load_policy
from countermark.execution.page_images import page_images
from countermark.execution.pool import check_all
from countermark.rendering.asked import Images
from countermark.sources.paths import find

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "exchange" / "outgoing-uk"
NAMES = ("minutes-joint-working-group.pdf", "trials-programme.pdf")


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, int]]:
    """The number of pictures of each sample, by what is asked for."""
    policy = load_policy(start=SAMPLES)
    sources = list(find([str(SAMPLES / name) for name in NAMES]))
    reports = list(check_all(sources, policy, jobs=1))
    counted = {}
    for which in Images:
        pictures = page_images(sources, reports, which, policy)
        counted[which.value] = {Path(name).name: len(pages.pages) for name, pages in pictures.items()}
        for pages in pictures.values():
            for page in pages.pages:
                width, height = Image.open(BytesIO(page.image)).size
                assert width / height == pytest.approx(page.width / page.height, rel=0.01)
    return counted


def test_no_pictures_unless_asked_for(made: dict[str, dict[str, int]]) -> None:
    assert made["none"] == {}


def test_documents_with_findings_are_pictured(made: dict[str, dict[str, int]]) -> None:
    assert made["findings"] == {"trials-programme.pdf": 2}


def test_all_documents_can_be_pictured(made: dict[str, dict[str, int]]) -> None:
    assert set(made["all"]) == set(NAMES)
