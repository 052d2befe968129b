"""A key that comes back is struck out however it is written, and nothing else is."""

from __future__ import annotations

import base64
import html
import json
import quopri
import random
import time
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.echoes import STRUCK, Echo

KEY = sha256(b"made up").hexdigest()[:32]


def each(form: str) -> Callable[[str], str]:
    """Every character written like this."""
    return lambda text: "".join(form.format(ord(character)) for character in text)


def some(form: str) -> Callable[[str], str]:
    """Every third character written like this."""
    return lambda text: "".join(form.format(ord(c)) if place % 3 == 1 else c for place, c in enumerate(text))


def base64_of(before: bytes, after: bytes = b"") -> Callable[[str], str]:
    return lambda text: base64.b64encode(before + text.encode() + after).decode()


def in_json(text: str) -> str:
    return json.dumps({"_api_key": text})


def escaped(text: str) -> str:
    """As a JSON text in a JSON text has it."""
    return json.dumps(text)[1:-1]


UNICODE = each("\\u{:04x}")
WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "in mixed case": lambda text: "".join(c.upper() if place % 3 else c for place, c in enumerate(text)),
    "percent": each("%{:02X}"),
    "percent, small": each("%{:02x}"),
    "some of it percent": some("%{:02x}"),
    "percent twice": lambda text: quote(each("%{:02X}")(text)),
    "percent five times": lambda text: quote(quote(quote(quote(each("%{:02X}")(text))))),
    "percent as old scripts do": each("%u{:04x}"),
    "entities": each("&#{};"),
    "entities with zeros": each("&#0000{};"),
    "entities, hexadecimal": each("&#x{:x};"),
    "entities, hexadecimal in capitals": each("&#X{:02X};"),
    "entities without an end": lambda text: " ".join(each("&#x{:x}")(character) for character in text),
    "some of it entities": some("&#{};"),
    "entities twice": lambda text: html.escape(html.escape(each("&#{};")(text))),
    "unicode": UNICODE,
    "unicode in capitals": each("\\U0000{:04X}"),
    "unicode with braces": each("\\u{{{:x}}}"),
    "some of it unicode": some("\\u{:04X}"),
    "unicode in a text": lambda text: escaped(UNICODE(text)),
    "unicode in a text in a text": lambda text: escaped(escaped(UNICODE(text))),
    "unicode of unicode": lambda text: UNICODE(UNICODE(text)),
    "bytes": each("\\x{:02x}"),
    "octal": each("\\{:03o}"),
    "quoted-printable": each("={:02X}"),
    "quoted-printable in lines": lambda text: quopri.encodestring(b"\xe4" * 22 + text.encode()).decode(),
    "base 64": base64_of(b""),
    "base 64, one byte on": base64_of(b"x", b"yy"),
    "base 64, two bytes on": base64_of(b"xy", b"z"),
    "base 64 for addresses": lambda text: base64.urlsafe_b64encode(b"\xff\xfe\xff" + text.encode() + b"\xff").decode(),
    "base 64 without padding": lambda text: base64_of(b"k=")(text).rstrip("="),
    "base 64 in lines": lambda text: base64.encodebytes(b"q" * 50 + text.encode() + b"q" * 50).decode(),
    "base 64 of capitals": lambda text: base64_of(b"")(text.upper()),
    "base 64 twice": lambda text: base64_of(b"")(base64_of(b"a")(text)),
    "base 64 of percent": lambda text: base64_of(b"")(each("%{:02x}")(text)),
    "percent of base 64": lambda text: each("%{:02x}")(base64_of(b"a")(text)),
    "base 64 of JSON": lambda text: base64_of(b"")(in_json(text)),
    "base 64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal in pairs": lambda text: text.encode().hex(" "),
    "a list of bytes": lambda text: ", ".join(hex(ord(character)) for character in text),
    "JSON": in_json,
    "like a UUID": lambda text: f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}",
    "in groups": lambda text: " ".join(text[place : place + 4] for place in range(0, len(text), 4)),
    "in lines": lambda text: f"{text[:16]}\r\n{text[16:]}",
    "with what nobody sees": "\u200b".join,
    "with nothing in between": "\0".join,
    "percent with nothing in between": lambda text: "\0".join(each("%{:02x}")(character) for character in text),
    "with accents": "\u0301".join,
    "in full width": lambda text: "".join(chr(ord(character) + 0xFEE0) for character in text),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("for the team: ", " 修复"), ("=", "&x=1"), ("\\", "/"), ("a", "b")]
)
def test_a_key_is_struck_out_however_it_is_written(way: Callable[[str], str], before: str, after: str) -> None:
    struck = Echo(KEY).struck(before + way(KEY) + after)
    assert STRUCK in struck
    assert struck == Echo(KEY).struck(struck)
    assert struck.startswith(before.removesuffix("\\"))  # which may be part of how it is written
    assert struck.endswith(after)
    assert len(struck) < len(before + after) + 150, "more of it is left than what it was packed with"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_one_of_several_is_struck_out(way: Callable[[str], str]) -> None:
    struck = Echo(KEY).struck(f"{way(KEY)} and {way(KEY)}, {way(KEY)}")
    assert struck == STRUCK or struck.count(STRUCK) == 3


ONE_WAY = {"in capitals", "in mixed case", "base 64 of capitals"}
"""Nobody can read back what was made of another way of writing by these."""
SPREAD = {"a list of bytes", "like a UUID", "in groups", "in lines", "with accents", "entities without an end"}
"""What stands between the letters keeps another way of writing from being read."""
ALSO = {"some of it percent", "some of it entities", "some of it unicode", "unicode of unicode"}
"""They spoil the signs of another way, or make it longer than what is looked at."""
OUTER = sorted(WAYS.keys() - ONE_WAY - SPREAD - ALSO)
INNER = sorted(name for name in WAYS if WAYS[name](KEY).isascii() and "nothing" not in name)


@given(st.text("0123456789abcdef", min_size=32, max_size=32), st.sampled_from(INNER), st.sampled_from(OUTER))
def test_two_ways_one_inside_the_other(key: str, inner: str, outer: str) -> None:
    assert STRUCK in Echo(key).struck(WAYS[outer](WAYS[inner](key)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.2.3",
        'Fixed %d problems, see https://a.example/c?d=%20e&amp;f=g 修复了 12 个问题\n- "start" & <stop>',
        "0123456789abcdef" * 20,
        sha256(b"another").hexdigest(),
        base64.b64encode(b"The quick brown fox jumps over the lazy dog. " * 9).decode(),
        f"half of it: {KEY[:31]}",
        f"and {KEY[::-1]}",
        "C:\\build\\new\\table\\u12\\x",
        "𝟘" * 100,
        "\ud83d" * 40,
        "&#x110000;&#99999999;%u",
    ],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert Echo(KEY).struck(text) == text


@given(st.text())
def test_any_text_without_the_key_stays_as_it_is(text: str) -> None:
    assert Echo(KEY).struck(text) == text


def test_of_an_endless_text_the_end_is_left_out_where_half_a_key_may_stand() -> None:
    for shift in range(0, 64, 7):
        struck = Echo(KEY).struck("word " * 4000 + "x" * shift + f" {KEY}" * 300)
        assert KEY[:12] not in struck
        assert struck.startswith("word " * 3000)


def test_a_key_that_is_a_word_takes_no_other_word_with_it() -> None:
    assert Echo("demo").struck("d e m o, DEMO and a democracy") == f"d e m o, {STRUCK} and a {STRUCK}cracy"


def test_a_reply_that_takes_too_long_to_look_at_is_not_shown_and_holds_nobody_up() -> None:
    dice = random.Random(7)  # noqa: S311 - no secret
    hard = "".join(dice.choice("abcdef0123456789%&\\=") for _ in range(20_000))
    echo, began = Echo(KEY), time.monotonic()
    texts = [echo.struck(hard) for _ in range(400)]
    assert time.monotonic() - began < 30
    assert texts[0] == hard
    assert texts[-1] == STRUCK
    assert echo.struck("short") == "short"
    assert Echo(KEY).struck(f"1.2.3 {KEY.upper()}") == f"1.2.3 {STRUCK}"


def test_long_texts_use_up_nothing_of_what_keys_and_names_need() -> None:
    """A hundred rows with notes of 10,000 characters: their keys are read, and each note is whole or struck."""
    echo = Echo(KEY)
    for row in range(100):
        assert echo.struck(f"build{row:027}") == f"build{row:027}"
        note = f"{row} " + "Fixed: the list (&amp; more) \\u00e4 100%\n" * 250
        assert echo.struck(note) in {note, "[key]"}
        assert echo.struck("Harbour 1.7.5") == "Harbour 1.7.5"
