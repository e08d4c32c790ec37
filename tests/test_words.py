"""New code uses the field's words: no private word more often than docs/terms.md says."""

from __future__ import annotations

from support.words import counts, private_words


def test_no_private_word_is_used_more_often_than_it_is_left() -> None:
    """Where one has become rarer, lower its number in docs/terms.md."""
    assert len(private_words()) > 20
    assert {private.word: number for private, number in counts().items() if number > private.left} == {}
