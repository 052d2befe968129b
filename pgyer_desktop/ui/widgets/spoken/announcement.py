"""Saying something to a screen reader without moving the focus. All that is said of its own accord comes by here.

Must not be used for what the focused widget says already. An alert would not do: Qt's bridge on Linux does not pass it
on, and on Windows it is only a sound.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.widgets.spoken.words import spoken

STILL_MS: Final = 600
"""What changes by itself is said once it has stood still for this long."""


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have `text` read out on behalf of `widget`: `urgent` at once, else when what is being read has ended."""
    words = spoken(text)
    if words:
        _send(widget, words, urgent)


def _send(widget: QWidget, words: str, urgent: bool) -> None:
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Standing(QObject):
    """Words that stand somewhere and change by themselves, such as how many were found: said once they stand still.

    The same words are said once, however often they are written.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._words = ""
        self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=STILL_MS)
        self._timer.timeout.connect(self._on_still)

    def write(self, words: str, *, final: bool = True) -> None:
        """Say these instead of what has not been said yet. Not `final`: they are about to change, and wait for that."""
        self._words = words
        if not words or not final or words == self._said:
            self._timer.stop()
        else:
            self._timer.start()

    def forget(self) -> None:
        """Say the next words even if they are those that were said last: a person has asked."""
        self._said = ""

    def _on_still(self) -> None:
        self._said = self._words
        announce(self._widget, self._words)
