"""A QR code of a text, sharp on every screen and scannable in every theme; it can be taken elsewhere as a picture.

Must not know what the text is; the caller sees to it that it is no secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QDrag, QGuiApplication, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.spoken.manner import PICTURE

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_QUIET: Final = 4
"""Empty modules around the code that readers rely on (ISO/IEC 18004)."""
_DARK: Final = QColor(0, 0, 0)
_LIGHT: Final = QColor(255, 255, 255)
_SIDE: Final = 164
_PICTURE_MODULE: Final = 8
"""Pixels of a module where the code is a picture of its own."""
_SMALLEST_SIDE: Final = 96


class QrCode(QWidget):
    """Shows a text as a QR code: dark on a white plate whatever the theme, whole device pixels for every module.

    It can be dragged out, and its context menu copies it; who has it adds what else its menu offers.

    Signals:
        picture_copied: the code has been copied as a picture.
    """

    manner = PICTURE

    picture_copied = Signal()

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
        self._pressed_at: QPoint | None = None
        self.copy_picture = QAction(resources.icon("copy"), self.tr("Copy QR code as picture"), self)
        self.copy_picture.setObjectName("qrCopyPicture")
        self.copy_picture.triggered.connect(self._on_copy_picture)
        self.addAction(self.copy_picture)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEnabled(False)

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
        self.setEnabled(bool(modules))
        self.setCursor(Qt.CursorShape.OpenHandCursor if modules else Qt.CursorShape.ArrowCursor)
        self._drawn = None
        self.updateGeometry()
        self.update()

    def picture(self) -> QImage:
        """The code on white, as large as a message shows it, with the quiet zone that readers need."""
        return self._draw((len(self._modules) + 2 * _QUIET) * _PICTURE_MODULE, _LIGHT)

    def taken_along(self) -> QMimeData:
        """What is dragged out of here: the picture, and what it says as text."""
        data = QMimeData()
        data.setImageData(self.picture())
        data.setText(self.text or "")
        return data

    def _on_copy_picture(self) -> None:
        QGuiApplication.clipboard().setImage(self.picture())
        self.picture_copied.emit()

    def _draw(self, side: int, ground: QColor) -> QImage:
        """The code in the middle of `side` pixels, as large as whole pixels per module allow."""
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(ground)
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
        side = max(2, round(_SIDE / across)) * across if self._modules else _SIDE
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that is still of use."""
        return QSize(_SMALLEST_SIDE, _SMALLEST_SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may have begun."""
        self._pressed_at = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the code out, once the mouse has gone far enough to mean it."""
        start = self._pressed_at
        if start is None or not self._modules:
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            drag = QDrag(self)
            drag.setMimeData(self.taken_along())
            drag.setPixmap(QPixmap.fromImage(self.picture()).scaledToWidth(_SMALLEST_SIDE))
            drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        ratio = self.devicePixelRatioF()
        side = min(self.width(), self.height())
        plate = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(_LIGHT)
        palette = self.palette()
        focused = self.hasFocus()
        painter.setPen(QPen(theme.accent(palette) if focused else theme.hairline(palette), 2.0 if focused else 1.0))
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        if not self._modules:
            return
        pixels = round(side * ratio)
        if self._drawn is None or self._drawn.width() != pixels:
            self._drawn = self._draw(pixels, QColor(Qt.GlobalColor.transparent))
            self._drawn.setDevicePixelRatio(ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(plate.topLeft(), self._drawn)
