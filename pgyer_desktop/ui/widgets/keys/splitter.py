"""Two parts beside each other whose border the keyboard can move too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QSplitterHandle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_STEP: Final = 16
"""Logical pixels per press of an arrow key."""


class Splitter(QSplitter):
    """Side by side; the border between is a stop of the Tab key, and the arrow keys move it."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        """`name` is the object name; `words` what the border is called to screen readers."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._words = words
        self.setObjectName(name)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """Return the border."""
        handle = _Handle(self.orientation(), self)
        handle.setAccessibleName(self._words)
        return handle


class _Handle(QSplitterHandle):
    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a step, or to the end."""
        place = self.x() + self.contentsMargins().left()
        goals = {
            Qt.Key.Key_Left: place - _STEP,
            Qt.Key.Key_Right: place + _STEP,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.splitter().width(),
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        else:
            self.moveSplitter(self.closestLegalPosition(goal))
