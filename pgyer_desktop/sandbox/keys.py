"""Made-up keys: the same on every start, and readable backwards.

Apps, builds and icons have keys of 32 hexadecimal characters, as on the service. A build's key carries its
app's and its own number in the last eight characters, so that a build among 20,000 is found without a table
of them all. Nothing here is secret or meant to be.
"""

from __future__ import annotations

import hashlib

_SERIAL_BITS = 20
_MASK = 0xFFFF_FFFF
# Any odd number can be undone modulo 2**32; this one spreads neighbouring numbers well (Knuth).
_SPREAD = 2_654_435_761
_UNSPREAD = pow(_SPREAD, -1, 1 << 32)

MAX_APPS = 1 << (32 - _SERIAL_BITS)
"""How many apps a catalogue can hold before build keys would collide."""


def noise(text: str) -> bytes:
    """Return 16 bytes that depend on `text` alone: the source of every "random" detail."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def app_key(slug: str) -> str:
    """Return the key of the app with this slug, 32 hexadecimal characters."""
    return noise(f"app/{slug}").hex()


def icon_key(slug: str, *, hue: int, glyph: int) -> str:
    """Return an icon's key; its first characters say what `icons` draws.

    `hue` is 0..255 around the colour circle, `glyph` 0..15.
    """
    return f"{hue & 0xFF:02x}{glyph & 0xF:x}" + noise(f"icon/{slug}/{hue}/{glyph}").hex()[:29]


def build_key(app_number: int, serial: int) -> str:
    """Return the key of build `serial` of app `app_number`, 32 hexadecimal characters."""
    packed = ((app_number << _SERIAL_BITS | serial) * _SPREAD) & _MASK
    return noise(f"build/{app_number}/{serial}").hex()[:24] + f"{packed:08x}"


def read_build_key(key: str) -> tuple[int, int] | None:
    """Return `(app_number, serial)`, or None where `key` is not one of ours."""
    if len(key) != 32:
        return None
    try:
        packed = int(key[24:], 16)
    except ValueError:
        return None
    numbers = (packed * _UNSPREAD) & _MASK
    app_number, serial = numbers >> _SERIAL_BITS, numbers & ((1 << _SERIAL_BITS) - 1)
    return (app_number, serial) if build_key(app_number, serial) == key else None
