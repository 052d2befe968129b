"""A key is found in whatever was pasted; what is none, or may be another, is told apart from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.core.accounts.pasted_key import KEY_LENGTH, Reading, is_link, read_key

KEY = "0123456789abcdef" * 2
OTHER = "fedcba9876543210" * 2


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"  {KEY}\r\n",
        f"API Key：{KEY}",
        f'curl -d "_api_key={KEY}" -d appKey=harbour',
        f"https://www.pgyer.com/apiv2/app/listMy?_api_key={KEY}&page=1",
        f'"{KEY}",',
        f"{KEY} {KEY}",
        f"{KEY[:16]}\u200b{KEY[16:]}",
        f"{KEY[:7]}\u00ad{KEY[7:]}",
        "".join(chr(ord(ch) + 0xFEE0) for ch in KEY),
        f"commit {'a1' * 20} key {KEY}",
    ],
)
def test_one_run_of_the_right_length_is_the_key(text: str) -> None:
    assert read_key(text) == Reading((KEY,), sure=True)


def test_letters_stay_as_they_were_pasted() -> None:
    assert read_key(KEY.upper()).keys == (KEY.upper(),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "wrong-key",
        "two words",
        "my secret",
        "https://www.pgyer.com/account/api",
        "https://www.pgyer.com/harb0ur1",
        f"https://example.test/commit/{'a1' * 20}",
        "www.pgyer.com/AbCd",
        "Build 146 of 2026-11-29",
        "密钥",
        "0123456789" * 30,
    ],
)
def test_a_link_or_a_word_has_no_key(text: str) -> None:
    assert read_key(text) == Reading()


@pytest.mark.parametrize("text", [KEY[:-1], KEY + "0", "a1" * 20, f"key: {'a1' * 20}", "abc123", f"{KEY}{KEY}"])
def test_another_length_may_be_the_key_and_nobody_is_sure(text: str) -> None:
    reading = read_key(text)
    assert reading.keys
    assert not reading.sure
    assert not reading.in_pieces


@pytest.mark.parametrize(
    "text", [f"{KEY[:16]} {KEY[16:]}", f"{KEY[:8]}-{KEY[8:12]}-{KEY[12:]}", f"{KEY[:20]}\n{KEY[20:]}"]
)
def test_pieces_are_put_together_and_nobody_is_sure(text: str) -> None:
    assert read_key(text) == Reading((KEY,), in_pieces=True)


def test_of_several_keys_the_one_that_is_called_so_comes_first() -> None:
    assert read_key(f"{OTHER} {KEY}").keys == (OTHER, KEY)
    reading = read_key(f"User Key: {OTHER}\nAPI Key: {KEY}\nApp Key: {'ab' * 16}")
    assert reading.keys == (KEY, OTHER, "ab" * 16)
    assert not reading.sure


def test_a_link_is_known_as_one() -> None:
    assert is_link(" HTTPS://example.test")
    assert is_link("www.pgyer.com")
    assert not is_link(f"key {KEY}")


@given(st.text(max_size=120) | st.text("0123456789abcdef -:x/", max_size=120))
def test_whatever_is_pasted_is_read(text: str) -> None:
    reading = read_key(text)
    assert not reading.sure or [len(key) for key in reading.keys] == [KEY_LENGTH]
    assert all(key.isascii() and key.isalnum() for key in reading.keys)
    assert not reading.keys or repr(reading).find(reading.keys[0] if len(reading.keys[0]) > 8 else "\0") < 0
