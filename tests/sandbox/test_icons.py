from __future__ import annotations

import struct
import zlib

from pgyer_desktop.sandbox import APPS, icons


def test_every_icon_is_an_opaque_png_of_120_pixels_unlike_all_others() -> None:
    pictures = [icons.render(key) for app in APPS for key in app.icon_keys()]
    for picture in pictures:
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">IIBB", picture[16:26]) == (120, 120, 8, 2)
        pixels = zlib.decompress(picture[picture.index(b"IDAT") + 4 : -16])
        assert len(pixels) == 120 * (1 + 3 * 120)
    assert len(set(pictures)) == len(pictures)


def test_all_sixteen_signs_can_be_drawn() -> None:
    assert len({icons.render(f"80{glyph:x}") for glyph in range(16)}) == 16
