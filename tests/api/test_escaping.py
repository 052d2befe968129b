"""What nobody would see is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.escaping import escape_invisible


@pytest.mark.parametrize(
    "text", ["", "Harbour 1.4.5", "云帆 🚢", "👨\u200d👩\u200d👧", "é", "e\u0301", "one\ntwo\tthree", "ערב"]
)
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert escape_invisible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.4\u202e5.1", "1.4⟨U+202E⟩5.1"),
        ("1.4.5\u200b", "1.4.5⟨U+200B⟩"),
        ("\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"),
        ("bell\x07 del\x7f next\x85", "bell⟨U+0007⟩ del⟨U+007F⟩ next⟨U+0085⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("half \ud83d", "half ⟨U+D83D⟩"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\ufeffnotes\ufeff", "notes⟨U+FEFF⟩"),
    ],
)
def test_what_cannot_is_shown_by_its_code(text: str, shown: str) -> None:
    assert escape_invisible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_hidden_is_left_and_seeing_twice_changes_nothing(text: str) -> None:
    shown = escape_invisible(text)
    assert not {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - set("\n\t\u200d")
    assert escape_invisible(shown) == shown
    shown.encode("utf-8")
