"""A button that copies, and says for a moment that it did.

Must not touch the clipboard: the owner does that.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.widgets.spoken.announcement import announce

SAID_MS: Final = 2000
"""How long it says that something was copied."""


class CopyButton(QPushButton):
    """Says "Copied" after each click. Its width does not change meanwhile."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        """`words` say what it does, such as "Copy link"."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        self._words = words
        self.setAccessibleName(words)
        self._timer = QTimer(self, singleShot=True, interval=SAID_MS)
        self._timer.timeout.connect(self._update_words)
        self.clicked.connect(self._on_clicked)
        self._update_words()

    def _on_clicked(self) -> None:
        self._timer.start()
        self._update_words()
        announce(self, plain(self.text()))

    def _update_words(self) -> None:
        said = self._timer.isActive()
        self.setText(self.tr("Copied") if said else self._words)
        self.setIcon(resources.icon("check" if said else "copy"))

    def sizeHint(self) -> QSize:
        """Return the size for the longer of its two texts."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        texts = (self._words, self.tr("Copied"))
        longest = max(metrics.horizontalAdvance(text) for text in texts)
        return QSize(hint.width() + longest - metrics.horizontalAdvance(plain(self.text())), hint.height())
