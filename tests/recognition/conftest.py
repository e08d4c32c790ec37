"""The built-in standards, once for all tests of markings."""

from __future__ import annotations

import pytest

from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    return Recogniser(load_standards(data_folder()))
