"""Sentences are data until they are said."""

from __future__ import annotations

from pgyer_desktop.core.base.words import Text, translate


def test_filling_makes_a_new_sentence_and_leaves_the_old_one() -> None:
    empty = translate("place", "Hello {name}")
    full = empty.fill(name="you")
    assert empty.values == ()
    assert full == Text("place", "Hello {name}", values=(("name", "you"),))
    assert full.fill(other=3).values == (("name", "you"), ("other", 3))


def test_sentences_can_be_compared_and_kept_in_sets() -> None:
    assert len({translate("a", "b"), translate("a", "b"), translate("a", "b", "comment")}) == 2
