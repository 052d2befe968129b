"""A QR code of a text, sharp on every screen and scannable in every theme.

Must not know what the text is; the caller sees to it that it is no secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_QUIET: Final = 4
"""Empty modules around the code that readers rely on (ISO/IEC 18004)."""
_INSET: Final = 2
"""Pixels of the plate's edge that the code leaves free, for the line and the corners."""
_DARK: Final = QColor(0, 0, 0)
_LIGHT: Final = QColor(255, 255, 255)
_SIDE: Final = 160
_SMALLEST_SIDE: Final = 96


class QrCode(QWidget):
    """Shows a text as a QR code: dark on a white plate whatever the theme, whole device pixels for every module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("qrCode")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.text: str | None = None
        """What the code says; None while there is none."""
        self._modules: tuple[bytes, ...] = ()
        self._drawn: QImage | None = None

    def set_text(self, text: str | None) -> None:
        """Show a code for `text`, or an empty plate for None.

        Raises:
            ValueError: `text` is longer than a QR code can hold (some 2,300 bytes at this error correction).

        """
        if text == self.text:
            return
        modules: tuple[bytes, ...] = ()
        if text:
            import segno  # 80 ms that the start of the program does not need

            modules = tuple(bytes(row) for row in segno.make(text, error="m", micro=False).matrix)
        self._modules, self.text = modules, text
        self._drawn = None
        self.updateGeometry()
        self.update()

    def _draw(self, side: int) -> QImage:
        """The code in the middle of `side` pixels, as large as whole pixels per module allow."""
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(_LIGHT)
        count = len(self._modules)
        module = side // (count + 2 * _QUIET)
        if count == 0 or module == 0:
            return image
        start = (side - module * count) // 2
        painter = QPainter(image)
        for row, cells in enumerate(self._modules):
            for column, dark in enumerate(cells):
                if dark:
                    painter.fillRect(QRect(start + column * module, start + row * module, module, module), _DARK)
        painter.end()
        return image

    def hasHeightForWidth(self) -> bool:
        """Return True: it is a square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the side of the square."""
        return width

    def sizeHint(self) -> QSize:
        """Return the size that shows everything."""
        # A multiple of the modules, near the wanted side: no pixel is left over beyond the quiet zone.
        across = len(self._modules) + 2 * _QUIET
        side = max(2, round(_SIDE / across)) * across + 2 * _INSET if self._modules else _SIDE
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that is still of use."""
        return QSize(_SMALLEST_SIDE, _SMALLEST_SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        ratio = self.devicePixelRatioF()
        side = min(self.width(), self.height())
        plate = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(_LIGHT)
        painter.setPen(QPen(theme.hairline(self.palette()), 1.0))
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        if not self._modules:
            return
        pixels = round((side - 2 * _INSET) * ratio)
        if self._drawn is None or self._drawn.width() != pixels:
            self._drawn = self._draw(pixels)
            self._drawn.setDevicePixelRatio(ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(plate.topLeft() + QPoint(_INSET, _INSET), self._drawn)
