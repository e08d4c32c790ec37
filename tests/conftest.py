"""What all tests share.

Golden files hold what a renderer is expected to write. `pytest --update-golden` rewrites them from
what it writes now (`make golden`); read the difference before it is committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from countermark.rendering.office import find_office
from support.needs import NEEDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what tests need by the fixtures that they take, before tests are selected by markers; skip those
    that need what is not here. Where golden files are rewritten, only the tests that hold one run."""
    for item in items:
        for name, need in NEEDS.items():
            if name in fixtures_of(item):
                item.add_marker(name)
            if item.get_closest_marker(name) and not need.is_here:
                item.add_marker(pytest.mark.skip(reason=need.reason))
    if config.getoption("--update-golden"):
        others = [item for item in items if "golden" not in fixtures_of(item)]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)


def fixtures_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the names of the fixtures that a test takes, also through others."""
    return tuple(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def office() -> str:
    """Return the program of LibreOffice."""
    program = find_office()
    assert program
    return program


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
