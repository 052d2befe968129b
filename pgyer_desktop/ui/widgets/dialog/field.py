"""A line to type into, with its name above and, where needed, a remark below.

Must not judge what is typed.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.layout import column, row, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, SaidAround, Size


class Field(QWidget):
    """`edit` with its label; screen readers are told the label's words and the remark."""

    def __init__(self, name: str, label: str, parent: QWidget, *, placeholder: str = "", remark: str = "") -> None:
        """`name` is the object name of the edit; `label` names it on screen, and a `remark` stands under it."""
        super().__init__(parent)
        self.edit = named(name, QLineEdit(self))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(remark)
        above = Label(self, text=label)
        above.setBuddy(self.edit)
        below = SaidAround(self, Size.CAPTION, Ink.SOFT, text=remark)
        below.setVisible(bool(remark))
        self.beside = row(wide(self.edit), spacing=theme.SPACE_TIGHT)
        """The edit's row, for a button at its right."""
        column(above, self.beside, below, inside=self, spacing=theme.SPACE_TIGHT)
