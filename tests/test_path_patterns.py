"""Patterns of paths match as in .gitignore, whatever wildcards they hold."""

from __future__ import annotations

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.support.path_patterns import matches

PIECES = st.sampled_from(["a", "b", "*", "?", "**", "[ab]", "\\a", "\\*"])
PARTS = st.lists(PIECES, min_size=1, max_size=4).map("".join)
PATTERNS = st.tuples(
    st.sampled_from(["", "/", "**/"]),
    st.lists(PARTS, min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "/"]),
).map("".join)
PATHS = st.lists(st.text("ab*", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@given(PATTERNS.filter(lambda pattern: not pattern.endswith("**/")), PATHS)
def test_a_pattern_matches_what_pathspec_says(pattern: str, path: str) -> None:
    assert matches(pattern, path) == pathspec.PathSpec.from_lines("gitignore", [pattern]).match_file(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a*a*a*ab", "a" * 4096),
        ("*a" * 499 + "b", "a" * 4096),
        ("**/*a*a*a/" * 90 + "b", "aaaa/" * 800 + "c"),
        ("**/" * 330 + "b", "a/" * 2000 + "c"),
        ("?*" * 490 + "b", "a" * 4096),
    ],
)
def test_a_pattern_of_many_wildcards_is_matched_all_the_same(pattern: str, path: str) -> None:
    assert not matches(pattern, path)
    assert matches(pattern, path[:-1] + "b")


@pytest.mark.parametrize("pattern", ["", "#a", "!a", "/", "\\", "[", "[a", "[z-a]", "[]", "[!]"])
def test_a_pattern_that_says_nothing_matches_nothing(pattern: str) -> None:
    assert not matches(pattern, "a")


@pytest.mark.parametrize(("pattern", "path"), [("[!a]", "b"), ("[^a]", "b"), ("a\\*", "a*"), ("x/", "x/a")])
def test_classes_escapes_and_folders(pattern: str, path: str) -> None:
    assert matches(pattern, path)
