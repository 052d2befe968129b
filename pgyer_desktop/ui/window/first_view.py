"""What the window shows while everything else is still being loaded: how it looked when it was last closed, faded.

A picture, because whatever could show rows that live is what is being loaded. It is faded so that nobody takes it for
what the service says now. Loads nothing but Qt. Must not keep a picture that says something about what went wrong, nor
one of an account that is gone.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFocusFrame, QMainWindow, QWidget

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.file_replacement import write_whole

_VEIL: Final = 0.4
"""How much of the window's own colour lies over the picture."""
_LOOK, _GEOMETRY, _TITLE = "look", "geometry", "title"
_MOST_BYTES: Final = 8 * 1024 * 1024


class FirstView(QWidget):
    """A kept picture of a window, in the place of all that is in it."""

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstView")
        self._image = image

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self._image)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), veil)


def restore(window: QMainWindow, file: Path) -> bool:
    """Have `window` look as it did when `keep` was called; False where there is nothing that fits how it looks now."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return False
        data = file.read_bytes()
    except OSError:
        return False
    image = QImage.fromData(data)
    if image.isNull():
        return False
    window.restoreGeometry(QByteArray.fromBase64(image.text(_GEOMETRY).encode("ascii", "replace")))
    image.setDevicePixelRatio(window.devicePixelRatioF())
    fits = image.text(_LOOK) == _look(window)
    if fits:
        window.setWindowTitle(image.text(_TITLE))
        window.setCentralWidget(FirstView(image, window))
    return fits


def keep(window: QMainWindow, file: Path) -> None:
    """Keep how `window` looks. Where that cannot be written the next start shows an empty window for a moment."""
    for ring in window.findChildren(QFocusFrame):
        ring.hide()  # nothing has the focus in a picture
    picture = window.grab()
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setText(_LOOK, _look(window))
    image.setText(_GEOMETRY, bytes(window.saveGeometry().toBase64().data()).decode("ascii"))
    image.setText(_TITLE, window.windowTitle())
    written = QBuffer()
    written.open(QBuffer.OpenModeFlag.WriteOnly)
    if image.save(written, "PNG", 80):  # type: ignore[call-overload]  # any QIODevice is taken
        with suppress(OSError):
            write_whole(file, bytes(written.data().data()))  # for this user alone, whose builds it shows


def forget(file: Path) -> None:
    """Remove the picture: what it shows is no longer there."""
    with suppress(OSError):
        busy_files.remove(file)


def _look(window: QMainWindow) -> str:
    """What has to be the same for a kept picture to be what the window would look like."""
    palette, font = window.palette(), window.font()
    colours = (
        QPalette.ColorRole.Window,
        QPalette.ColorRole.Base,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.Highlight,
    )
    parts = [palette.color(role).name() for role in colours]
    parts += [font.toString(), window.style().name(), f"{window.devicePixelRatioF():.3f}"]
    parts += [f"{window.width()}x{window.height()}", window.layoutDirection().name]
    return "|".join(parts)
