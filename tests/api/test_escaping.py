"""What nobody would see is shown."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.escaping import escape_invisible, without_colours


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[1;38;5;208mbold\x1b[m and \x1b[38:2::255:0:0mred\x1b[39;49m", "bold and red"),
        ("\x9b32mgreen\x9b0m", "green"),
        ("50 %\x1b[2K\x1b[1G100 %", "50 %100 %"),
        ("\x1b]0;a title\x07built", "built"),
        ("\x1b]8;;https://ci.test/7\x1b\\log\x1b]8;;\x1b\\", "log"),
        ("\x1b(B\x1b[?25hdone\x1b[K", "done"),
        ("cut off \x1b[38;5", "cut off "),
        (r"\033[32mok\033[0m \x1b[1mso\x1b[0m \e[31mno\e[m \u001b[33mwell\u001B[0m", "ok so no well"),
        ("^[[32mok^[[0m ␛[31mno␛[0m", "ok no"),
        ("一\x1b[31m二\x1b[0m三\n- four", "一二三\n- four"),
    ],
)
def test_what_is_said_to_a_terminal_is_dropped(text: str, words: str) -> None:
    assert without_colours(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "[31m] and [0m",
        "array[0m]",
        r"C:\e\x1b",
        "^[a-z]+$",
        "100 m [12m]",
        "a\x1bb",
        "a\u202eb",
        "\x1b]no end, \nand more",
        "\x1b Done",
        r"\033[2J",
        "1;31m",
        "é\n\tü",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert without_colours(text) == text


@given(st.text(st.sampled_from("\x1b\x9b\x9d[]();:?0123mKJhAB \x07\\e^ab\n"), max_size=60))
def test_colours_are_dropped_once_and_nothing_is_added(text: str) -> None:
    words = without_colours(text)
    rest = iter(text)
    assert all(character in rest for character in words)


def test_a_long_text_of_beginnings_takes_no_time() -> None:
    for part in ("\x1b[", "\x1b]", "\x1b[0;", "\x9d", "\\033["):
        began = time.perf_counter()
        without_colours(part * 200_000)
        assert time.perf_counter() - began < 2
