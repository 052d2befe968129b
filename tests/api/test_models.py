"""What an API key accepts and what it shows of itself."""

from __future__ import annotations

import pytest

from pgyer_desktop.api.models import ApiKey


@pytest.mark.parametrize("text", ["", "   ", "two words", "käse", "a\tb", "line\nline", "x" * 257])
def test_what_is_no_single_word_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="one word"):
        ApiKey(text)


@pytest.mark.parametrize("text", ["x", "x" * 256, "  made-up-key\n"])
def test_a_word_is_a_key_without_the_space_around_it(text: str) -> None:
    assert ApiKey(text).reveal() == text.strip()


def test_keys_that_are_the_same_are_one_in_a_set() -> None:
    assert {ApiKey("made-up-key"), ApiKey(" made-up-key ")} == {ApiKey("made-up-key")}
    assert ApiKey("made-up-key") != ApiKey("another-key")
