"""Says that something unexpected went wrong, and shows the details to report.

Must not write the details: they come without secrets. Shows them as text, never as rich text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import fill
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LINES: Final = 11


class CrashDialog(Dialog):
    """Shows one error, and counts further ones while it is open."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        """`details` are shown and copied as they are."""
        super().__init__("crashDialog", parent, width=560)
        self.set_titles(self.tr("Unexpected error"), self.tr("Something went wrong in the program"))
        self._more = 0
        words = named("crashText", Label(self))
        words.setText(
            self.tr(
                "The program goes on. Nothing is sent to Pgyer a second time because of this, and changes that were"
                " under way are recorded."
            )
        )
        advised = self.tr("If it happens again, report it with these details. Keys are struck out of them.")
        advice = Label(self, text=advised)
        shown = _Details(details, self)
        shown.setAccessibleName(self.tr("Details"))
        self._count = named("crashCount", Label(self, ink=Ink.SOFT))
        self._count.hide()
        fill(self.body, words, advice, shown, self._count)
        copy = self.add_copy("crashCopyButton", self.tr("Copy details"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self.add_close("crashCloseButton").setFocus()

    def add_another(self) -> None:
        """Another error has come up meanwhile."""
        self._more += 1
        self._count.setText(self.tr("%n more error(s) came up since.", "", self._more))
        self._count.show()
        if self._more == 1:
            announce(self._count, self._count.text())


class _Details(QPlainTextEdit):
    """Read-only text of one width, as it is, some lines high."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("crashDetails")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._update_font()
        self.setPlainText(text)

    def _update_font(self) -> None:
        font = theme.caption_font(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        if font != self.font():
            self.setFont(font)

    def sizeHint(self) -> QSize:
        """Return the height of some lines and a modest width: the dialog decides it."""
        edges = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(240, self.fontMetrics().lineSpacing() * _LINES + edges + bar)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: it is for reading."""
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's fonts while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._update_font()
            self.updateGeometry()
