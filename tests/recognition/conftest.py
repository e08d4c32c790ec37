"""The built-in standards, once for all tests of markings."""

from __future__ import annotations

import pytest

from countermark.standards.standards import Standards, load_standards
from countermark.support.yaml_files import data_folder


@pytest.fixture(scope="session")
def standards() -> Standards:
    return load_standards(data_folder())
