"""Walking through a window with the Tab key, and judging the order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

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
