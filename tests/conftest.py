"""What all tests share.

Golden files hold what a renderer is expected to write. `pytest --update-golden` rewrites them from
what it writes now (`make golden`); read the difference before it is committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where golden files are rewritten, only the tests that hold one run."""
    if not config.getoption("--update-golden"):
        return
    others = [item for item in items if "golden" not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with the file of that name in the folder `golden` beside the test."""
    folder: Path = request.path.parent / "golden"
    update: bool = request.config.getoption("--update-golden")

    def compare(name: str, written: bytes) -> None:
        path = folder / name
        if update:
            folder.mkdir(exist_ok=True)
            path.write_bytes(written)
        assert written.decode() == path.read_bytes().decode()

    return compare
