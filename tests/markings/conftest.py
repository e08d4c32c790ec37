"""The built-in standards, once for all tests of markings."""

from __future__ import annotations

import pytest

from countermark.datafiles import data_folder
from countermark.markings.standards import Standards, load_standards


@pytest.fixture(scope="session")
def standards() -> Standards:
    return load_standards(data_folder())
