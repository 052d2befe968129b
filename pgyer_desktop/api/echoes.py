r"""Strikes an API key out of what the service sends back, however it is written there.

A key comes back as it was sent, in capitals, as `%30`, `&#48;`, `\u0030` or base 64, one inside the other, or with
signs in between. So a text is read in each of these ways and in what comes of them, and the part of it that holds the
key is struck out. Must not be given anything that was cut: half a key would not be found. Knows no replies.
"""

from __future__ import annotations

import html
import re
import unicodedata
from binascii import a2b_base64, unhexlify
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from string import ascii_letters, digits, hexdigits
from typing import Final

STRUCK: Final = "[key]"

_LONGEST: Final = 24_000
"""Characters of a text that are looked at: more than anybody is shown."""
_MARGIN: Final = 4_000
"""Of a longer text so many of those are left out, for half a key may be at their end."""
_NESTED: Final = 4
"""Ways of writing, one inside the other, that are undone."""
_EFFORT: Final = 4_000_000
"""Characters that are read for one reply, in all ways together: some ten times what a large real one takes.

So many for its short texts, and so many for the others: long notes must not use up what keys and names need.
"""
_SHORT: Final = 300
"""Characters. Keys, names, versions and links are no longer."""
_TIMES: Final = 8
"""Of a text that holds the key more often, in other ways than the plain one, nothing is kept."""
_SHORTEST: Final = 8
"""Letters and digits. A shorter key, which none of the service's is, is sought only as it is: else words would go."""


class Echo:
    """One key, as it may stand in the texts of one reply."""

    def __init__(self, secret: str) -> None:
        self._left = 0
        self._efforts = {True: _EFFORT, False: _EFFORT}
        """What is left for short texts, and for others."""
        self._plain = re.compile(re.escape(secret), re.IGNORECASE)
        self._sought = _folded(secret)

    def struck(self, text: str) -> str:
        """`text` with "[key]" wherever the key stands in it; where that would take too long, in place of all of it."""
        if len(text) < min(len(self._sought), _SHORTEST) or (text.isascii() and len(text) < len(self._sought)):
            return text  # no way of writing is shorter than what is written, but for characters that stand for several
        short = len(text) <= _SHORT
        self._left = self._efforts[short]
        kept = self._without(text[:_LONGEST])[:-_MARGIN] if len(text) > _LONGEST else self._without(text)
        self._efforts[short] = self._left
        return kept

    def _without(self, text: str) -> str:
        text = self._plain.sub(STRUCK, text)
        if len(self._sought) < _SHORTEST:
            return text
        for _ in range(_TIMES):
            place = self._place(text, _NESTED)
            if self._left < 0:
                break
            if place is None:
                return text
            text = text[: place[0]] + STRUCK + text[place[1] :]
        return STRUCK

    def _place(self, text: str, nested: int) -> tuple[int, int] | None:
        """From where to where the key stands in `text`, first of all; None: nowhere."""
        self._left -= len(text)
        if self._left < 0:
            return None
        at = _folded(text).find(self._sought)
        if at >= 0:
            places = [place for place, character in enumerate(text) for _ in _folded(character)]
            return places[at], places[at + len(self._sought) - 1] + 1
        if text.isascii() and len(text) < len(self._sought) * 4 // 3 and not _SIGN.search(text):
            return None  # too short for base 64, and nothing to undo
        for reading in _READINGS if nested else ():
            read = reading.read(text)
            if read == text or len(read) < len(self._sought):
                continue
            place = self._place(read, nested - 1 if not reading.of_bytes or _WRITTEN.search(read) else 0)
            if place is not None:
                return reading.back(text, *place)
        return None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read a text, and the way back: from a place in what was read to the one in the text."""

    read: Callable[[str], str]
    back: Callable[[str, int, int], tuple[int, int]]
    of_bytes: bool = False
    """What is no character is a zero in what was read."""


def _bytes_but(kept: str) -> bytes:
    return bytes(set(range(256)) - set(kept.encode("ascii")))


_WRITTEN: Final = re.compile(r"[^\0]{32}|(?:[^\0]\0){16}")
"""Bytes that may be a key in yet another way; most are no text at all."""
_SIGNS: Final = _bytes_but(ascii_letters + digits)
_NO_BASE64: Final = _bytes_but(ascii_letters + digits + "+/-_")
_NO_HEX: Final = _bytes_but(hexdigits)


def _folded(text: str) -> str:
    """Letters and digits in small plain ones: without signs, accents and what nobody sees, whatever their width."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return text.encode("ascii", "ignore").translate(None, _SIGNS).lower().decode("ascii")


# Characters of another width, and with what nobody sees in between, as UTF-16 has it.

_ODD: Final = re.compile(r"(?:[^\0]\0){16}|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff％＆＃＼＝＋／０-９Ａ-Ｚａ-ｚ]")


def _as_usual(character: str) -> str:
    usual = unicodedata.normalize("NFKC", character)
    return "".join(kept for kept in usual if kept.isprintable() or kept.isspace())


def _narrowed(text: str) -> str:
    return "".join(map(_as_usual, text)) if _ODD.search(text) else text


def _before_narrowing(text: str, start: int, end: int) -> tuple[int, int]:
    places = [place for place, character in enumerate(text) for _ in _as_usual(character)]
    return places[start], places[end - 1] + 1


# Signs that stand for characters.

_ESCAPES: Final = re.compile(
    r"""
    %(?:25)*(?:u(?P<wide>[0-9a-f]{4})|(?P<percent>[0-9a-f]{2}))
    | &(?:amp;)*\#(?:x0*(?P<entity>[0-9a-f]{1,6})|0*(?P<decimal>[0-9]{1,7}));?
    | &[a-z][a-z0-9]{1,30};
    | \\+U(?P<long>000[0-9a-f]{5})
    | \\+u+(?:\{0*(?P<braced>[0-9a-f]{1,6})\}|(?P<unicode>[0-9a-f]{4}))
    | \\+x(?P<byte>[0-9a-f]{2})
    | \\+(?P<octal>[0-3][0-7]{2})
    | \\+(?P<other>[^%&])
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SIGN: Final = re.compile(r"[%&\\=]|0x|\0", re.IGNORECASE)
_QUOTED: Final = re.compile(r"=\r?\n|(?:=|0x)(?P<byte>[0-9a-f]{2})", re.IGNORECASE)
_BASES: Final = {"decimal": 10, "octal": 8}


def _meant(found: re.Match[str]) -> str:
    """The characters that a sign stands for; a blank where it is none of a key."""
    name, value = found.lastgroup, found[found.lastgroup or 0]
    if name == "other":
        return " " if value in "nrtbfv" else value
    if name is None:
        return html.unescape(value) if value.startswith("&") else ""
    code = int(value, _BASES.get(name, 16))
    return chr(code) if code <= 0x10FFFF else " "


def _unescaped(signs: re.Pattern[str], text: str) -> str:
    return signs.sub(_meant, text)


def _before_unescaping(signs: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    ends = [0]
    places: list[tuple[int, int]] = []
    for found in signs.finditer(text):
        places += [(place, place + 1) for place in range(ends[-1], found.start())]
        places += [found.span()] * len(_meant(found))
        ends.append(found.end())
    places += [(place, place + 1) for place in range(ends[-1], len(text))]
    return places[start][0], places[end - 1][1]


# Letters and digits that stand for bytes. What stands between them does not count; they may begin anywhere.


_AS_TEXT: Final = bytes(code if 32 <= code < 127 or code in b"\t\n\r" else 0 for code in range(256))


def _stream(no_part: bytes, text: str) -> bytes:
    return text.encode("ascii", "ignore").translate(None, no_part)


def _before_unpacking(no_part: bytes, bits: int, skipped: int, text: str, start: int, end: int) -> tuple[int, int]:
    places = [place for place, character in enumerate(text) if character.isascii() and ord(character) not in no_part]
    return places[skipped + start * 8 // bits], places[min(skipped + (end * 8 - 1) // bits, len(places) - 1)] + 1


def _from_base64(skipped: int, text: str) -> str:
    stream = _stream(_NO_BASE64, text)[skipped:].replace(b"-", b"+").replace(b"_", b"/")
    return a2b_base64(stream + b"A" * (-len(stream) % 4)).translate(_AS_TEXT).decode("ascii")


def _from_hex(skipped: int, text: str) -> str:
    stream = _stream(_NO_HEX, text)[skipped:]
    return unhexlify(stream[: len(stream) // 2 * 2]).translate(_AS_TEXT).decode("ascii")


_READINGS: Final = (
    _Reading(_narrowed, _before_narrowing),
    *(_Reading(partial(_unescaped, signs), partial(_before_unescaping, signs)) for signs in (_ESCAPES, _QUOTED)),
    *(
        _Reading(partial(_from_base64, n), partial(_before_unpacking, _NO_BASE64, 6, n), of_bytes=True)
        for n in range(4)
    ),
    *(_Reading(partial(_from_hex, n), partial(_before_unpacking, _NO_HEX, 4, n), of_bytes=True) for n in range(2)),
)
