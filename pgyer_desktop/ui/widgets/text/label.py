"""Words: plain text that wraps, in one of four sizes and five tones of the palette.

Must not show rich text: much of what it shows came from elsewhere.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.spoken.manner import SAID_AROUND

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_LONG_RUN: Final = re.compile(r"(\S{24})(?=\S)")
_BREAK: Final = "\u200b"


class Size(enum.Enum):
    """How large words are beside the system's own size."""

    TITLE = "title"
    HEADING = "heading"
    """The system's size, heavier."""
    BODY = "body"
    CAPTION = "caption"


class Ink(enum.Enum):
    """What the colour of words says."""

    PLAIN = "plain"
    SOFT = "soft"
    ACCENT = "accent"
    WARNING = "warning"
    DANGER = "danger"


class Label(QLabel):
    """A label that wraps, and follows the font and palette of its parent while running.

    Words that are longer than any real one may break anywhere, so that a strange version makes no dialog wider than the
    screen; not in selectable labels, where what is copied is to be exact.
    """

    def __init__(
        self,
        parent: QWidget | None,
        size: Size = Size.BODY,
        ink: Ink = Ink.PLAIN,
        *,
        text: str = "",
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._size, self._ink, self._breaks = size, ink, not selectable
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # on a page with the ground of a list it would be Text
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        if parent is not None and size is not Size.BODY:
            parent.installEventFilter(self)
        self._update_look()
        self.setText(text)

    def set_ink(self, ink: Ink) -> None:
        """Write in another tone."""
        self._ink = ink
        self._update_look()

    def setText(self, text: str, *, exactly: bool = False) -> None:
        """Show `text`; `exactly`: with no places to break in long words, which who selects and copies it would copy."""
        super().setText(_LONG_RUN.sub(rf"\1{_BREAK}", text) if self._breaks and not exactly else text)

    def text(self) -> str:
        """Return what it was told to show."""
        return super().text().replace(_BREAK, "") if self._breaks else super().text()

    def _update_look(self) -> None:
        parent = self.parentWidget()
        font = sized(parent.font() if parent is not None else QApplication.font(), self._size)
        if font != self.font():
            self.setFont(font)
        # Text is left alone, so that the colours can be made from it again; so are the colours of what is disabled.
        palette = QPalette(self.palette())
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        color = inked(palette, self._ink)
        role = QPalette.ColorRole.WindowText
        if palette.color(QPalette.ColorGroup.Active, role) != color:
            palette.setColor(QPalette.ColorGroup.Active, role, color)
            palette.setColor(QPalette.ColorGroup.Inactive, role, color)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font while running."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.ParentChange}:
            self._update_look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's font, of which Qt tells nobody who has a size of its own."""
        if event.type() == QEvent.Type.FontChange:
            self._update_look()
        return super().eventFilter(watched, event)


class SaidAround(Label):
    """Words that are the name or the description of what is around them or beside them: they are not read twice."""

    manner = SAID_AROUND


def inked(palette: QPalette, ink: Ink) -> QColor:
    """The colour of `ink` on the windows of `palette`."""
    if ink is Ink.SOFT:
        return theme.secondary_text(palette)
    if ink is Ink.ACCENT:
        return theme.accent(palette)
    if ink is Ink.WARNING:
        return theme.warning(palette)
    if ink is Ink.DANGER:
        return theme.danger(palette)
    return palette.color(QPalette.ColorRole.Text)


def sized(font: QFont, size: Size) -> QFont:
    """`font` in `size`."""
    if size is Size.TITLE:
        return theme.title_font(font)
    if size is Size.CAPTION:
        return theme.caption_font(font)
    result = QFont(font)
    if size is Size.HEADING:
        result.setWeight(QFont.Weight.DemiBold)
    return result
