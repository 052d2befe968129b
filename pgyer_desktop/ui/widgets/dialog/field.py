"""A line to type into, with its name above and, where needed, a remark below.

Must not judge what is typed.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.layout import column, row, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size


class Field(QWidget):
    """`edit` with its label; screen readers are told the label's words and the remark."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name` is the object name of the edit."""
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setObjectName(name)
        self._label = Label(self)
        self._label.setBuddy(self.edit)
        self._remark = Label(self, Size.CAPTION, Ink.SOFT)
        self._remark.hide()
        self.beside = row(wide(self.edit), spacing=theme.SPACE_TIGHT)
        """The edit's row, for a button at its right."""
        column(self._label, self.beside, self._remark, inside=self, spacing=theme.SPACE_TIGHT)

    def set_words(self, label: str, *, placeholder: str = "", remark: str = "") -> None:
        """Name the field; a remark stands under it."""
        self._label.setText(label)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(remark)
