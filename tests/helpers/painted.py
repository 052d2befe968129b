"""What a widget paints: every run of words with its place, and in which pixels it and what is behind it are.

The words are recorded by a device that they are painted on, so that nothing is missed that a delegate or a style
writes; their colours are those of the pixels of a picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPaintEngine, QPaintEngineState, QTextItem, QTransform
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from pgyer_desktop.ui.base import theme

_RATIO: Final = 2
"""Pixels a logical one, so that the thinnest stroke has a pixel of its own."""
_EDGE: Final = 5
"""Pixels from the outside of a control, within which its edge is."""
_DOTS: Final = "…"
_LINE: Final = 0.8
"""How much of a line's height has to be seen: fonts leave some of it empty."""
_TOUCH: Final = 3
_MOST_SHARED: Final = 0.4
"""Of a line's height: lines may stand so close that what fonts leave empty is shared."""
_Metric = QPaintDevice.PaintDeviceMetric


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are painted at once, where they stand in the window, and what of that can be seen."""

    words: str
    place: QRectF
    seen: QRectF


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[Run] = []
        self._transform = QTransform()
        self._clip: QRectF | None = None

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        self._transform = QTransform(state.transform())
        painter = state.painter()
        self._clip = self._transform.mapRect(painter.clipBoundingRect()) if painter.hasClipping() else None

    def drawPixmap(self, *_: object) -> None:
        """Pictures are looked at as pixels."""

    def drawImage(self, *_: object) -> None:
        """So they are."""

    def drawPath(self, *_: object) -> None:
        """So are shapes."""

    def drawPolygon(self, *_: object) -> None:
        """And lines."""

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:  # type: ignore[override]  # what Qt calls it with
        if not item.text().strip():
            return
        place = QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        place = self._transform.mapRect(place)
        seen = place.intersected(QRectF(self.systemClip().boundingRect()))
        if self._clip is not None:
            seen = seen.intersected(self._clip)
        self.runs.append(Run(item.text(), place, seen))


class _Device(QPaintDevice):
    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _Engine()
        dots = (_Metric.PdmDpiX, _Metric.PdmDpiY, _Metric.PdmPhysicalDpiX, _Metric.PdmPhysicalDpiY)
        self._metrics = {
            _Metric.PdmWidth: size.width(),
            _Metric.PdmHeight: size.height(),
            _Metric.PdmNumColors: 1 << 24,
            _Metric.PdmDepth: 32,
            _Metric.PdmDevicePixelRatio: 1,
            _Metric.PdmDevicePixelRatioScaled: round(QPaintDevice.devicePixelRatioFScale()),
            **dict.fromkeys(dots, 96),
        }

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(which, 0)


def runs(widget: QWidget) -> list[Run]:
    """Every run of words that is painted in `widget` and can be seen, at least in part."""
    device = _Device(widget.size())
    widget.render(device, QPoint())
    return [run for run in device.engine.runs if not run.seen.isEmpty()]


def picture(widget: QWidget) -> QImage:
    """What `widget` looks like, in fine pixels."""
    image = QImage(widget.size() * _RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_RATIO)
    image.fill(widget.palette().color(widget.backgroundRole()))
    widget.render(image, QPoint())
    return image


def place_in(window: QWidget, widget: QWidget) -> QRectF:
    """Where it is in the window."""
    return QRectF(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))


def contrast_in(image: QImage, place: QRectF) -> float:
    """The contrast of what is painted at `place` of a `picture` with what is behind most of it."""
    corners = (place.topLeft() * _RATIO, place.bottomRight() * _RATIO)
    part = image.copy(QRectF(*corners).toRect().intersected(image.rect()))
    if part.isNull():
        return 1.0
    colours = Counter(memoryview(part.constBits()).cast("I"))
    ((ground, _),) = colours.most_common(1)
    behind = QColor.fromRgb(ground)
    return max(theme.contrast(QColor.fromRgb(pixel), behind) for pixel in colours)


def edge_contrast(image: QImage, place: QRectF) -> float:
    """The contrast of an edge at `place` with what is around it, on the second best of its four sides.

    Fusion blends the upper and the lower edge of number fields.
    """
    middle = place.center()
    sides = (
        (QPointF(place.left(), middle.y()), QPointF(1, 0)),
        (QPointF(place.right(), middle.y()), QPointF(-1, 0)),
        (QPointF(middle.x(), place.top()), QPointF(0, 1)),
        (QPointF(middle.x(), place.bottom()), QPointF(0, -1)),
    )
    return sorted(_best_across(image, at * _RATIO, inwards) for at, inwards in sides)[-2]


def _best_across(image: QImage, at: QPointF, inwards: QPointF) -> float:
    outside, *across = [image.pixelColor((at + inwards * step).toPoint()) for step in range(-2, _EDGE)]
    return max(theme.contrast(pixel, outside) for pixel in across)


def cut_words(window: QWidget) -> list[str]:
    """Words of `window` that are shortened, or of which only a part is painted, where nothing scrolls to the rest."""
    found = []
    areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible()]
    for run in runs(window):
        widget = window.childAt(run.seen.center().toPoint()) or window
        if isinstance(widget, QLineEdit) and run.words != widget.placeholderText():
            continue  # it scrolls
        around = [area for area in areas if _holds(place_in(window, area.viewport()), run.seen)]
        if any(isinstance(area, QTextEdit | QPlainTextEdit) for area in around):
            continue  # they wrap, and clip what they highlight
        sideways = any(area.horizontalScrollBar().maximum() > 0 for area in around)
        up = any(area.verticalScrollBar().maximum() > 0 for area in around)
        narrow = run.seen.width() < run.place.width() - 1 and not sideways
        low = run.seen.height() < run.place.height() * _LINE and not up
        if narrow or low or (_DOTS in run.words and not _are_its_own(window, run)):
            where = around[-1].objectName() if around else widget.objectName()
            found.append(f"{run.words!r} in {where} is cut")
    return found


def words_over_words(window: QWidget) -> list[str]:
    """Words of `window` that are painted over others; what shows for a moment over everything may be."""
    found: list[str] = []
    kept: list[Run] = []
    for run in runs(window):
        widget = window.childAt(run.seen.center().toPoint()) or window
        around = widget.parentWidget() if widget is not window else None
        fields = isinstance(widget, QLineEdit) or isinstance(around, QTextEdit | QPlainTextEdit)
        if fields or widget.objectName() == "toastText":
            continue  # the former paint a line once for each of its colours, as fields do what is selected
        for other in kept:
            shared = run.seen.intersected(other.seen)
            if shared.width() > _TOUCH and shared.height() > run.seen.height() * _MOST_SHARED:
                found.append(f"{run.words!r} is painted over {other.words!r}")
        kept.append(run)
    return found


def _holds(view: QRectF, part: QRectF) -> bool:
    return view.adjusted(-2, -2, 2, 2).contains(part)


def _are_its_own(window: QWidget, run: Run) -> bool:
    """Whether the dots stand in what is there: "Delete…" opens a question."""
    if isinstance(window, QMenu):
        return True  # it is as wide as its words
    at = run.seen.center()
    for one in window.findChildren(QWidget):
        if not one.isVisible() or not place_in(window, one).contains(at):
            continue
        if isinstance(one, QAbstractButton) and run.words in one.text().replace("&", ""):
            return True
        if isinstance(one, QLineEdit) and run.words == one.placeholderText():
            return True
        if isinstance(one, QAbstractItemView):
            index = one.indexAt(one.viewport().mapFrom(window, at.toPoint()))
            if run.words in str(index.data()):
                return True
    return False
