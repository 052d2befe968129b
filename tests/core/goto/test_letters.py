"""A few letters of each word name something, in the order in which a person would expect it to be offered."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.core.goto.letters import fits, name, rank, typed
from pgyer_desktop.core.goto.pinyin import initial


@pytest.mark.parametrize(
    ("letters", "title", "also", "expected"),
    [
        ("set l", "Set latest…", "", 0),
        ("SET", "Set latest…", "", 0),
        ("la", "Set latest…", "", 1),
        ("la se", "Set latest…", "", 1),
        ("sl", "Set latest…", "", 2),
        ("setl", "Set latest…", "", 2),
        ("s l", "Set latest…", "", 1),
        ("rtpl", "Return to previous latest…", "", 2),
        ("rl", "Return to previous latest…", "", 2),
        ("lr", "Return to previous latest…", "", None),
        ("test", "Set latest…", "", 3),
        ("te", "Set latest…", "", None),
        ("gn", "GranaryNightly", "", 2),
        ("com.acme", "Harbour", "com.acme.harbour go-harbour", 3),
        ("acme.har", "Harbour", "com.acme.harbour go-harbour", 3),
        ("go-har", "Harbour", "com.acme.harbour go-harbour", 3),
        ("acme", "Harbour", "com.acme.harbour go-harbour", 3),
        ("cme", "Harbour", "com.acme.harbour", None),
        ("har acme", "Harbour", "com.acme.harbour", 3),
        ("", "Harbour", "", 0),
        ("山", "山雀阅读", "", 0),
        ("阅读", "山雀阅读", "", 1),
        ("sqyd", "山雀阅读", "", 2),
        ("sy", "山雀阅读", "", 2),
        ("yd", "山雀阅读", "", 2),
        ("dy", "山雀阅读", "", None),
        ("山雀yd", "山雀阅读", "", 2),
        ("xsewm", "显示二维码", "Show QR code", 2),
        ("qr", "显示二维码", "Show QR code", 3),
        ("delete", "删除…", "Delete…", 3),
    ],
)
def test_what_letters_name_and_how_well(letters: str, title: str, also: str, expected: int | None) -> None:
    assert rank(typed(letters), name(title, also)) == expected


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=6), st.data())
def test_some_first_letters_of_some_words_always_name_it(words: list[str], data: st.DataObject) -> None:
    parts = [word[: data.draw(st.integers(0, len(word)))] for word in words]
    letters = "".join(parts)
    assert not letters or fits(letters, name(" ".join(words)))


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_names_something_or_nothing(letters: str, title: str, also: str) -> None:
    assert rank(typed(letters), name(title, also)) in {None, 0, 1, 2, 3}


def test_what_is_pasted_by_mistake_takes_no_time() -> None:
    begin = time.perf_counter()
    for _ in range(10):
        rank(typed("a" * 100_000), name("a" * 60 + " a" * 40))
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize(
    ("characters", "letters"),
    [
        ("啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝座", "abcdefghjklmnopqrstwxyzz"),
        ("蒲公英应用分发", "pgyyyff"),
        ("删除最新版本", "sczxbb"),
        ("微信支付宝", "wxzfb"),
    ],
)
def test_common_characters_have_the_letter_of_their_pinyin(characters: str, letters: str) -> None:
    assert "".join(map(initial, characters)) == letters


@pytest.mark.parametrize("character", ["a", "1", "é", "喵", "貓", "😀", "、", "", "\ud800"])
def test_what_is_no_common_character_has_none(character: str) -> None:
    assert not initial(character)


@pytest.mark.parametrize(
    ("letters", "title"),
    [
        ("ＫＥＴ", "Kettle"),
        ("ｓｌ", "Set latest…"),
        ("１。４", "1.4.5 (145)"),
        ("ket　tle", "Ket tle"),
        ("ket", "Ｋettle"),
    ],
)
def test_full_width_characters_mean_the_plain_ones(letters: str, title: str) -> None:
    assert rank(typed(letters), name(title)) is not None
