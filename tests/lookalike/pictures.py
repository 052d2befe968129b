"""App icons: real JPEG pictures, made here, so that no picture of anybody's is needed."""

from __future__ import annotations

import hashlib
import struct

CELLS = 5
BLOCKS_PER_CELL = 3
BLOCK = 8
SIDE = CELLS * BLOCKS_PER_CELL * BLOCK
"""Pixels; the size that the service's address asks for."""

Colour = tuple[int, int, int]


def icon(key: str) -> bytes:
    """The picture of an icon key: a pattern of five by five cells in one colour on white."""
    noise = hashlib.sha256(key.encode()).digest()
    colour = (noise[0] // 2 + 40, noise[1] // 2 + 40, noise[2] // 2 + 40)
    cells = [
        [colour if noise[3 + row * CELLS + min(col, CELLS - 1 - col)] % 2 else (255, 255, 255) for col in range(CELLS)]
        for row in range(CELLS)
    ]
    blocks = [
        cells[row // BLOCKS_PER_CELL][col // BLOCKS_PER_CELL]
        for row in range(CELLS * BLOCKS_PER_CELL)
        for col in range(CELLS * BLOCKS_PER_CELL)
    ]
    return _jpeg(blocks)


def _jpeg(blocks: list[Colour]) -> bytes:
    """A baseline JPEG of `SIDE` by `SIDE` pixels whose blocks of 8 by 8 have one colour each.

    Such a block has a mean and no waves, so two tiny code tables are enough: the size of the mean's change takes four
    bits, and "no waves" takes one.
    """
    quantization = bytes([0]) + bytes([1] * 64)
    frame = struct.pack(">BHHB", 8, SIDE, SIDE, 3) + b"".join(bytes([part, 0x11, 0]) for part in (1, 2, 3))
    means = bytes([0x00, 0, 0, 0, 12, *[0] * 12, *range(12)])
    waves = bytes([0x10, 1, *[0] * 15, 0])
    scan = bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
    header = (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00" + struct.pack(">HBHHBB", 0x0101, 0, 1, 1, 0, 0))
        + _segment(0xDB, quantization)
        + _segment(0xC0, frame)
        + _segment(0xC4, means)
        + _segment(0xC4, waves)
        + _segment(0xDA, scan)
    )
    bits: list[str] = []
    last = [0, 0, 0]
    for colour in blocks:
        for part, level in enumerate(_levels(colour)):
            change, last[part] = level - last[part], level
            length = abs(change).bit_length()
            bits.append(f"{length:04b}")
            if length:
                bits.append(f"{change if change > 0 else change + (1 << length) - 1:0{length}b}")
            bits.append("0")
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    data = int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\x00")
    return header + data + b"\xff\xd9"


def _levels(colour: Colour) -> tuple[int, int, int]:
    """Brightness and the two differences of colour, as means of a block of 64 pixels."""
    red, green, blue = colour
    bright = 0.299 * red + 0.587 * green + 0.114 * blue
    return round(8 * (bright - 128)), round(8 * 0.564 * (blue - bright)), round(8 * 0.713 * (red - bright))


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload
