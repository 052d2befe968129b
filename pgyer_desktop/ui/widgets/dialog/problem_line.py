"""The sentence in a dialog that says what is wrong, with an icon, under what it is about; and a link to copy.

Must not write sentences: it shows what it is given.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.layout import at_top, row, wide
from pgyer_desktop.ui.widgets.scrolled_page import bring_into_view
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.spoken.manner import GROUP
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
from pgyer_desktop.ui.widgets.text.label import Ink, SaidAround

_ICONS = {Ink.DANGER: "error", Ink.WARNING: "warning", Ink.PLAIN: "info", Ink.SOFT: "info"}


class ProblemLine(QWidget):
    """Icon and sentence; hidden while there is nothing to say. Its accessible name is the sentence."""

    manner = GROUP

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._ink = Ink.DANGER
        self._icon = IconLabel(self)
        self._text = SaidAround(self)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._link = ""
        self._copy = CopyButton(f"{name}Copy", self.tr("Copy"), self)
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._link))
        row(at_top(self._icon), wide(self._text, at=Qt.AlignmentFlag.AlignVCenter), at_top(self._copy), inside=self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that shows; "" while none does."""
        return self._text.text() if not self.isHidden() else ""

    def show_text(self, text: str, ink: Ink = Ink.DANGER, *, aloud: bool = True, link: str = "") -> None:
        """Show `text` in place of what showed before; "" shows nothing. `aloud` has it read out.

        `link`: what a button copies that stands beside it; "": there is no button.
        """
        if not text:
            self.clear()
            return
        if text == self.text and ink is self._ink:
            return
        self._ink, self._link = ink, link
        self._copy.setVisible(bool(link))
        self._text.setText(text, exactly=bool(link))
        self._text.set_ink(Ink.DANGER if ink is Ink.DANGER else Ink.PLAIN)
        self.setAccessibleName(text)
        self._icon.show_icon(_ICONS[ink], ink)
        self.show()
        if aloud:
            bring_into_view(self)
            announce(self, text, urgent=ink is Ink.DANGER)

    def clear(self) -> None:
        """Show nothing."""
        self.hide()
        self._text.clear()
        self.setAccessibleName("")
