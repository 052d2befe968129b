"""App icons, drawn from their keys: a two-tone gradient with a simple sign on it, as PNG.

Standard library only, and quick (a few milliseconds each, then kept): the demo draws them on the window's own
thread. Knows nothing of apps: an icon's key says all there is to draw.
"""

from __future__ import annotations

import colorsys
import math
import struct
import zlib
from functools import lru_cache
from itertools import accumulate
from typing import Final

SIZE: Final = 120
"""Width and height in pixels, as the service's icon addresses ask for."""

_SUBLINES = 4

Contour = tuple[tuple[float, float], ...]
Layer = tuple[tuple[Contour, ...], float]
"""Outlines (x to the right, y down, 0..1) filled where an odd number of them overlap, and their opacity."""


@lru_cache(maxsize=256)
def render(key: str) -> bytes:
    """Return the PNG for an icon key: opaque, `SIZE` pixels square.

    Raises `ValueError` where `key` does not start with three hexadecimal digits.
    """
    hue, glyph = int(key[:2], 16) / 256, int(key[2], 16)
    start, end = _colour(hue, 0.60, 0.72), _colour(hue + 0.07, 0.40, 0.78)
    steps = 2 * SIZE - 1
    diagonal = b"".join(
        bytes(round(a + (b - a) * step / (steps - 1)) for a, b in zip(start, end, strict=True)) for step in range(steps)
    )
    # The gradient runs along the diagonal, so each line is the one above moved by a pixel.
    lines = [bytearray(diagonal[3 * y : 3 * (y + SIZE)]) for y in range(SIZE)]
    for contours, opacity in _GLYPHS[glyph]:
        _paint(lines, contours, opacity)
    return _png(lines)


def _colour(hue: float, lightness: float, saturation: float) -> tuple[int, int, int]:
    # Yellow and green look lighter than they count, and white signs would drown on them.
    glare = max(0.0, math.cos((hue - 0.24) * 2 * math.pi))
    lightness -= 0.13 * glare
    saturation -= 0.16 * glare
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _paint(lines: list[bytearray], contours: tuple[Contour, ...], opacity: float) -> None:
    """Blend white over the inside of the outlines, with smooth edges."""
    height = SIZE * _SUBLINES
    crossings: list[list[float]] = [[] for _ in range(height)]
    for contour in contours:
        for (x0, y0), (x1, y1) in zip(contour, (*contour[1:], contour[0]), strict=True):
            top, bottom = (y0, y1) if y0 < y1 else (y1, y0)
            first = max(math.ceil(top * height - 0.5), 0)
            last = min(math.ceil(bottom * height - 0.5), height)
            slope = (x1 - x0) / (y1 - y0) if y1 != y0 else 0.0
            for subline in range(first, last):
                crossings[subline].append((x0 + ((subline + 0.5) / height - y0) * slope) * SIZE)
    for y, line in enumerate(lines):
        sublines = crossings[y * _SUBLINES : (y + 1) * _SUBLINES]
        if any(sublines):
            _blend(line, _coverage(sublines), opacity)


def _coverage(sublines: list[list[float]]) -> list[float]:
    """Return how much of each pixel of one line is inside, 0..1."""
    changes = [0.0] * (SIZE + 2)
    for xs in sublines:
        xs.sort()
        for at, sign in zip(xs, (1.0, -1.0) * (len(xs) // 2), strict=False):
            inside = min(max(at, 0.0), float(SIZE))
            pixel = int(inside)
            part = inside - pixel
            changes[pixel] += sign * (1 - part)
            changes[pixel + 1] += sign * part
    return [value / _SUBLINES for value in accumulate(changes[:SIZE])]


def _blend(line: bytearray, coverage: list[float], opacity: float) -> None:
    for x, covered in enumerate(coverage):
        if covered > 0.002:
            mix = min(covered, 1.0) * opacity
            for at in range(3 * x, 3 * x + 3):
                line[at] += int((255 - line[at]) * mix)


def _png(lines: list[bytearray]) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(line) for line in lines), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _disc(x: float, y: float, radius: float, *, start: float = 0.0, turn: float = 1.0) -> Contour:
    """Return a disc, or a sector's rim from `start` on for `turn` (both in turns, clockwise from the right)."""
    corners = max(8, round(56 * turn))
    return tuple(
        (
            x + radius * math.cos(2 * math.pi * (start + turn * corner / corners)),
            y + radius * math.sin(2 * math.pi * (start + turn * corner / corners)),
        )
        for corner in range(corners + (turn < 1))
    )


def _regular(x: float, y: float, radius: float, corners: int, *, inner: float | None = None) -> Contour:
    """Return a regular polygon with a corner on top, or a star where `inner` is its inner radius."""
    count = corners if inner is None else corners * 2
    return tuple(
        (
            x + (radius if inner is None or not at % 2 else inner) * math.sin(2 * math.pi * at / count),
            y - (radius if inner is None or not at % 2 else inner) * math.cos(2 * math.pi * at / count),
        )
        for at in range(count)
    )


def _box(left: float, top: float, right: float, bottom: float) -> Contour:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _chevron(top: float, rise: float, weight: float) -> Contour:
    return (
        (0.22, top + rise),
        (0.5, top),
        (0.78, top + rise),
        (0.78, top + rise + weight),
        (0.5, top + weight),
        (0.22, top + rise + weight),
    )


_BRIGHT, _DIM = 0.95, 0.58

_GLYPHS: Final[tuple[tuple[Layer, ...], ...]] = (
    (  # 0: a sailing boat
        ((((0.53, 0.20), (0.78, 0.60), (0.53, 0.60)),), _BRIGHT),
        ((((0.47, 0.28), (0.47, 0.60), (0.26, 0.60)),), _DIM),
        ((((0.20, 0.66), (0.80, 0.66), (0.70, 0.79), (0.30, 0.79)),), _BRIGHT),
    ),
    (  # 1: two sails in the wind
        ((_disc(0.20, 0.46, 0.34, start=-0.19, turn=0.38),), _BRIGHT),
        ((_disc(0.44, 0.49, 0.29, start=-0.18, turn=0.36),), _DIM),
        ((_box(0.24, 0.80, 0.76, 0.84),), _BRIGHT),
    ),
    (  # 2: a lantern
        ((_regular(0.5, 0.5, 0.31, 4), _disc(0.5, 0.5, 0.115)), _BRIGHT),
        ((_box(0.36, 0.155, 0.64, 0.195), _box(0.36, 0.805, 0.64, 0.845)), _DIM),
    ),
    (  # 3: two rings in the water
        ((_disc(0.40, 0.5, 0.22),), _DIM),
        ((_disc(0.60, 0.5, 0.22),), _DIM),
        ((_disc(0.5, 0.5, 0.07),), _BRIGHT),
    ),
    (  # 4: three unlike things
        ((_box(0.24, 0.24, 0.47, 0.47),), _BRIGHT),
        ((_disc(0.65, 0.36, 0.125),), _DIM),
        ((_regular(0.5, 0.68, 0.17, 3),), _BRIGHT),
    ),
    (  # 5: bars
        ((_box(0.24, 0.52, 0.37, 0.76), _box(0.63, 0.24, 0.76, 0.76)), _BRIGHT),
        ((_box(0.435, 0.37, 0.565, 0.76),), _DIM),
    ),
    (  # 6: a star and a small one
        ((_regular(0.46, 0.54, 0.30, 5, inner=0.125),), _BRIGHT),
        ((_regular(0.76, 0.25, 0.10, 4, inner=0.035),), _DIM),
    ),
    (  # 7: sunrise
        ((_disc(0.5, 0.60, 0.24, start=0.5, turn=0.5),), _BRIGHT),
        ((_box(0.20, 0.65, 0.80, 0.70), _box(0.29, 0.75, 0.71, 0.80)), _DIM),
        ((_box(0.475, 0.18, 0.525, 0.29),), _DIM),
    ),
    (  # 8: waves
        ((_chevron(0.24, 0.14, 0.09),), _DIM),
        ((_chevron(0.42, 0.14, 0.09),), _BRIGHT),
        ((_chevron(0.60, 0.14, 0.09),), _DIM),
    ),
    (  # 9: an open book
        ((((0.48, 0.34), (0.48, 0.76), (0.20, 0.66), (0.20, 0.24)),), _BRIGHT),
        ((((0.52, 0.34), (0.52, 0.76), (0.80, 0.66), (0.80, 0.24)),), _DIM),
    ),
    (  # 10: fruit and leaf
        ((_disc(0.5, 0.58, 0.23),), _BRIGHT),
        (((*_disc(0.50, 0.26, 0.15, start=0.75, turn=0.25), *_disc(0.65, 0.11, 0.15, start=0.25, turn=0.25)),), _DIM),
    ),
    (  # 11: a hexagon with a hole
        ((_regular(0.5, 0.5, 0.32, 6), _regular(0.5, 0.5, 0.19, 6)), _BRIGHT),
        ((_regular(0.5, 0.5, 0.10, 6),), _DIM),
    ),
    (  # 12: a paper bird
        ((((0.18, 0.46), (0.82, 0.22), (0.44, 0.58)),), _BRIGHT),
        ((((0.82, 0.22), (0.62, 0.76), (0.44, 0.58)),), _DIM),
    ),
    (  # 13: nine dots
        (tuple(_disc(x, y, 0.065) for x in (0.29, 0.5, 0.71) for y in (0.29, 0.5, 0.71) if x != y), _DIM),
        (tuple(_disc(at, at, 0.085) for at in (0.29, 0.5, 0.71)), _BRIGHT),
    ),
    (  # 14: two streams
        ((((0.22, 0.24), (0.38, 0.24), (0.58, 0.76), (0.42, 0.76)),), _BRIGHT),
        ((((0.46, 0.24), (0.62, 0.24), (0.82, 0.76), (0.66, 0.76)),), _DIM),
    ),
    (  # 15: stacked leaves
        ((_regular(0.5, 0.38, 0.20, 4),), _BRIGHT),
        ((_regular(0.36, 0.60, 0.20, 4),), _DIM),
        ((_regular(0.64, 0.60, 0.20, 4),), _DIM),
    ),
)
