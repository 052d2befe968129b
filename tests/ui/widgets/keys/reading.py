"""Walking through a window with the Tab key, and judging the order and what is seen of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.keys.ring import FocusRing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST = 60


def walk(window: QWidget) -> list[QWidget]:
    """What the Tab key stops at, once round, from wherever it reads best."""
    seen: list[QWidget] = []
    focus: QWidget | None = window.focusWidget()
    for _ in range(_MOST):
        QTest.keyClick(focus if focus is not None else window, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        assert focus is not None
        if seen and focus is seen[0]:
            break
        assert focus not in seen, f"it comes back to {focus.objectName()} instead of {seen[0].objectName()}"
        seen.append(focus)
    around = [seen[start:] + seen[:start] for start in range(len(seen))]
    return min(around, key=lambda stops: len(not_as_read(window, stops)))


def place(window: QWidget, widget: QWidget) -> QRect:
    """Where it is in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def not_as_read(window: QWidget, seen: list[QWidget]) -> list[str]:
    """Which of these steps go back: up without going to the right, or to the left on the same line."""
    wrong = []
    for one, other in pairwise(seen):
        here, there = place(window, one), place(window, other)
        above = there.bottom() < here.top() and there.left() < here.right()
        beside = there.right() < here.left() and there.top() <= here.center().y() <= there.bottom()
        if above or beside:
            wrong.append(f"{one.objectName()} -> {other.objectName()}")
    return wrong


def frame(rect: QRect) -> list[QPoint]:
    """Every second point of a band of this rectangle's edge."""
    edge = 4
    inner = rect.adjusted(edge, edge, -edge, -edge)
    points = (QPoint(x, y) for x in range(0, rect.width(), 2) for y in range(0, rect.height(), 2))
    return [point for point in points if not inner.translated(-rect.topLeft()).contains(point)]


def has_ring(window: QWidget) -> bool:
    """Whether along what has the focus pixels differ at 3:1 from what is there without it."""
    focused = QApplication.focusWidget()
    assert focused is not None
    (ring,) = window.findChildren(FocusRing)
    place = ring.geometry()
    with_focus = window.grab(place).toImage()
    focused.clearFocus()
    without = window.grab(place).toImage()
    focused.setFocus(Qt.FocusReason.TabFocusReason)
    points = frame(place)
    changed = sum(theme.contrast(with_focus.pixelColor(point), without.pixelColor(point)) >= 3 for point in points)
    return ring.isVisible() and changed * 4 >= len(points)
