"""Icons, the application icon and the translations: the only reader of the `resources` folder.

Looks for the folder in a frozen program, in an installed package and in a checkout, in this order. Must not know which
widget uses what, and must not write anything.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import Shiboken

APP_ICON_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256, 512, 1024)
"""Sides of the application icon's pictures, in pixels."""


class ResourceMissingError(RuntimeError):
    """A file of the program itself is not there: the installation is damaged or was packed incompletely."""


@lru_cache(maxsize=1)
def resources_dir() -> Path:
    """The `resources` folder. Raises `ResourceMissingError`: it is in none of the places where it can be."""
    package = Path(__file__).resolve().parents[2]
    places = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller in a frozen program
    if frozen:
        places[:0] = [Path(frozen) / "resources", Path(frozen) / "pgyer_desktop" / "resources"]
    for place in places:
        if (place / "icons").is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise ResourceMissingError(f"The folder with the program's icons and translations is missing. Looked in: {looked}")


def translations_dir() -> Path:
    """The folder that holds the compiled translations (`*.qm`). It need not exist in a checkout."""
    return resources_dir() / "translations"


def icon(name: str) -> QIcon:
    """Our icon `name` (a file in `resources/icons`, without `.svg`), in the colours of the application's palette.

    It is drawn anew for every size, device pixel ratio and palette, so it stays sharp and follows dark and light while
    the program runs.

    Raises `ResourceMissingError`: there is no such icon.
    """
    _renderer(name)  # a missing file fails here, where the name is written, not in a paint event
    return QIcon(_TintedIconEngine(name))


def tinted_pixmap(name: str, side: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """Icon `name` in one colour, `side` logical pixels square, for a screen of device pixel ratio `ratio`.

    Raises `ResourceMissingError`: there is no such icon.
    """
    pixmap = _tinted(name, QSize(round(side * ratio), round(side * ratio)), color)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon(largest: int = APP_ICON_SIZES[-1]) -> QIcon:
    """The application's own icon, in all its sizes up to `largest` pixels.

    For windows a small one: under X11 every size is read and sent to the server before the window shows.

    Raises `ResourceMissingError`: a size is missing.
    """
    result = QIcon()
    for side in (side for side in APP_ICON_SIZES if side <= largest):
        path = resources_dir() / "app" / f"icon-{side}.png"
        if not path.is_file():
            raise ResourceMissingError(f"The application icon is missing: {path}")
        result.addFile(str(path), QSize(side, side))
    return result


@lru_cache(maxsize=128)
def _renderer(name: str) -> QSvgRenderer:
    path = resources_dir() / "icons" / f"{name}.svg"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ResourceMissingError(f"There is no icon named {name!r}: {path}") from error
    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid():
        raise ResourceMissingError(f"The icon {name!r} is not a valid svg file: {path}")
    return renderer


def _tinted(name: str, size: QSize, color: QColor) -> QPixmap:
    """`size` is in device pixels."""
    key = f"pgyer-icon/{name}/{size.width()}x{size.height()}/{color.rgba():08x}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return QPixmap(pixmap)
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    if side > 0:
        square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(name).render(painter, square)
        # The files are drawn in one colour; what they cover takes the tint.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), color)
        painter.end()
    QPixmapCache.insert(key, pixmap)
    return QPixmap(pixmap)


class _TintedIconEngine(QIconEngine):
    """Draws one of our svg files in the colour that the application's palette has at that moment."""

    # PySide6 6.11 does not hand the engine that `clone` returns over to C++: without a reference of ours it is freed
    # at once and the icon that asked for it crashes. Qt deletes it later, which makes the wrapper here invalid.
    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def _color(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        if mode == QIcon.Mode.Selected:
            return palette.color(QPalette.ColorRole.HighlightedText)
        return palette.color(QPalette.ColorRole.ButtonText)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        painter.drawPixmap(rect, self.pixmap(size, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:  # noqa: ARG002 - Qt's signature
        return _tinted(self._name, size, self._color(mode))

    def clone(self) -> QIconEngine:
        clone = _TintedIconEngine(self._name)
        self._clones[:] = [engine for engine in self._clones if Shiboken.isValid(engine)]
        self._clones.append(clone)
        return clone

    def key(self) -> str:
        return "pgyer-desktop-tinted"

    def iconName(self) -> str:
        return self._name
