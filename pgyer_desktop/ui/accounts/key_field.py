"""The field for an API key: hidden until somebody wants to see it, with a button that pastes, and read as it changes.

The key is in the field and in what was read of it, nowhere else. Must not judge, check or keep it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from pgyer_desktop.core.accounts.pasted_key import read_key
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.buttons import icon_button, push_button
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.layout import fill, row, stretch
from pgyer_desktop.ui.widgets.spoken.words import explain

_HIDDEN: Final = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class KeyField(Field):
    """A password field, the eye that shows what is in it, and *Paste*, which alone looks at the clipboard.

    Signals:
        was_read: the text is another. args: what was read of it (`Reading`), and whether it was pasted (bool).
        nothing_to_paste: the clipboard holds no text.
    """

    was_read = Signal(object, bool)
    nothing_to_paste = Signal()

    def __init__(self, parent: QWidget, *, remark: str) -> None:
        """`remark` says where the key is kept."""
        super().__init__("apiKeyEdit", self.tr("API key"), parent, remark=remark)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(_HIDDEN)
        self._length = 0
        """Of the text before: what grows by more than a letter was pasted."""
        self._reveal = icon_button("apiKeyShowButton", "eye", self.tr("Show the key"), self.edit)
        self._reveal.setCheckable(True)
        self._reveal.setCursor(Qt.CursorShape.ArrowCursor)
        row(stretch(), self._reveal, inside=self.edit, margins=(0, 0, theme.SPACE_TIGHT, 0))
        eye = self._reveal.sizeHint()
        self.edit.setTextMargins(0, 0, eye.width() + theme.SPACE_TIGHT, 0)
        self.edit.setMinimumHeight(eye.height())
        self._paste = push_button("apiKeyPasteButton", self.tr("Paste"), self, "paste")
        self.beside.setSpacing(theme.SPACE)
        fill(self.beside, self._paste)
        self.edit.textChanged.connect(self._on_edited)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self._paste.clicked.connect(self._on_paste)

    def show_only(self, key: str) -> None:
        """Show nothing but the key in the field; nobody is told of that."""
        if self.edit.text() != key:
            with QSignalBlocker(self.edit):
                self.edit.setText(key)
        self._length = len(key)

    def hide_key(self) -> None:
        """Show dots again in place of what was typed."""
        self._reveal.setChecked(False)

    def forget(self) -> None:
        """Keep nothing of the key, not even to undo."""
        self.hide_key()
        self.edit.setText("")

    def _on_edited(self, text: str) -> None:
        pasted = len(text) > self._length + 1
        self._length = len(text)
        self.was_read.emit(read_key(text), pasted)

    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.nothing_to_paste.emit()
            return
        with QSignalBlocker(self.edit):
            self.edit.clear()
        self._length = 0  # whatever was there before: all of it is pasted
        self.edit.insert(text)
        self.edit.setFocus()

    def _on_reveal_toggled(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.setIcon(resources.icon("eye-off" if shown else "eye"))
        words = self.tr("Hide the key") if shown else self.tr("Show the key")
        explain(self._reveal, words)
        self._reveal.setAccessibleName(words)
