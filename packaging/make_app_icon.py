"""Makes the application icon's pictures from `resources/app/icon.svg`: png in all sizes, `icon.ico` and `icon.icns`.

Run it after the drawing was changed: `python packaging/make_app_icon.py`. The results are kept in the repository, so
that neither a build nor a start of the program needs this script. It must not be imported by the program.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

APP = Path(__file__).resolve().parents[1] / "resources" / "app"
PNG_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256, 512, 1024)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
ICNS_KINDS = (
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
)
MAC_MARGIN = 100 / 1024
"""macOS keeps this much of an icon empty on each side; elsewhere the drawing reaches the edge."""


def draw(renderer: QSvgRenderer, side: int, margin: float = 0.0) -> QImage:
    """The drawing on a transparent square of `side` pixels; `margin` is the empty share on each side."""
    # Four times as large and scaled down: thin strokes and small sizes come out smoother than drawn directly.
    large = QImage(side * 4, side * 4, QImage.Format.Format_ARGB32_Premultiplied)
    large.fill(Qt.GlobalColor.transparent)
    painter = QPainter(large)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = side * 4 * margin
    renderer.render(painter, QRectF(inset, inset, side * 4 - 2 * inset, side * 4 - 2 * inset))
    painter.end()
    return large.scaled(
        side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_ARGB32)


def png(image: QImage) -> bytes:
    """`image` as a png file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise SystemExit("This Qt cannot write png files")
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """`image` as an icon's device-independent bitmap: 32 bits, bottom row first, then an empty mask."""
    side = image.width()
    row_bytes = side * 4
    data = bytes(image.constBits())
    rows = [data[start : start + row_bytes] for start in range(0, len(data), image.bytesPerLine())]
    mask = bytes(((side + 31) // 32) * 4 * side)
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, row_bytes * side + len(mask), 0, 0, 0, 0)
    return header + b"".join(reversed(rows)) + mask


def ico(images: dict[int, QImage]) -> bytes:
    """A Windows icon file. Only 256 pixels is stored as png: older installers cannot read smaller ones that way."""
    pictures = [(side, png(image) if side >= 256 else bitmap(image)) for side, image in images.items()]
    offset = 6 + 16 * len(pictures)
    entries = []
    for side, picture in pictures:
        entries.append(struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset))
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join(entries) + b"".join(data for _, data in pictures)


def icns(renderer: QSvgRenderer) -> bytes:
    """A macOS icon file of png pictures."""
    chunks = b""
    for kind, side in ICNS_KINDS:
        picture = png(draw(renderer, side, MAC_MARGIN))
        chunks += kind + struct.pack(">I", len(picture) + 8) + picture
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> None:
    """Write every picture beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(APP / "icon.svg"))
    if not renderer.isValid():
        raise SystemExit("resources/app/icon.svg is missing or not a valid svg file")
    for side in PNG_SIZES:
        (APP / f"icon-{side}.png").write_bytes(png(draw(renderer, side)))
    (APP / "icon.ico").write_bytes(ico({side: draw(renderer, side) for side in ICO_SIZES}))
    (APP / "icon.icns").write_bytes(icns(renderer))
    print(f"Wrote {len(PNG_SIZES)} png files, icon.ico and icon.icns to {APP}")
    application.quit()


if __name__ == "__main__":
    main()
