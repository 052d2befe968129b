"""A switch of the guard rails with the one sentence that says what it is good for.

Must not know what the switch does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.layout import column, row, stretch, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size


class GuardSwitch(QWidget):
    """A check box, and under its words the sentence; screen readers are told both."""

    def __init__(self, name: str, words: str, sentence: str, parent: QWidget, *, on: bool = False) -> None:
        """`name` is the object name of the check box."""
        super().__init__(parent)
        self._box = named(name, QCheckBox(words, self))
        self._box.setAccessibleDescription(sentence)
        self._box.setChecked(on)
        self._under = row(wide(Label(self, Size.CAPTION, Ink.SOFT, text=sentence)), spacing=0)
        column(row(self._box, stretch()), self._under, inside=self, spacing=theme.SPACE_TIGHT)
        self._indent()

    @property
    def on(self) -> bool:
        """Whether it is switched on."""
        return self._box.isChecked()

    def _indent(self) -> None:
        """Have the sentence begin where the words do: how wide the box is, the style says."""
        option = QStyleOptionButton()
        option.initFrom(self._box)
        option.rect = QRect(QPoint(0, 0), self._box.sizeHint())
        words = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self._box)
        self._under.setContentsMargins(words.left(), 0, 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the style while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._indent()
