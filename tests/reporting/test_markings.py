"""Markings explained to a person."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.recognition.explain import explain
from countermark.recognition.recogniser import Recogniser
from countermark.reporting.terminal.markings import write_explanations
from countermark.rules.right_forms import with_right_forms
from countermark.standards.standards import load_standards
from countermark.support.console import console_on
from countermark.support.yaml_files import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = (
    "UK SECRET - RECIPIENTS ONLY - COMMERCIAL - SKYLARK - JP/UK EYES ONLY / 日本国 極秘",
    "UK OFFICAL SENSITIVE - RELEASABLE TO JAPAN",
    "極秘（登録番号 第12号、3部中第1号、作成者：装備計画課、指定年月日：令和3年4月1日）",
    "秘 指定期間：令和8年3月31日まで",
    "UK MOST SECRET",
    "NATO SECRET",
    "UK SECRET Project Skylark",
)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_all_that_a_marking_says_is_shown(lang: str, golden: Callable[[str, bytes], None]) -> None:
    recogniser = Recogniser(load_standards(data_folder()))
    page = io.StringIO()
    for text in WRITTEN:
        found = with_right_forms(explain(text, recogniser, date(2026, 6, 1)), recogniser, date(2026, 6, 1))
        write_explanations(found, console_on(page), lang)
    golden(f"parse.{lang}.txt", page.getvalue().encode())
