"""Release notes to read: lists have bullets, the first lines come first, what was searched for is marked.

Must not show rich text; see `SelectableText`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.builds.note_line import NoteLine, whole_lines
from pgyer_desktop.core.history.match import marks
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.layout import column
from pgyer_desktop.ui.widgets.text.selectable_text import SelectableText

if TYPE_CHECKING:
    from collections.abc import Sequence

_BULLET: Final = "•\u2002"
_FIRST: Final = 3
"""Lines at first, where there are at least two more."""


class NotesText(QWidget):
    """The notes of one build. Named `name`; their text is `nameText`, the link to all of them `nameAll`."""

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Part")
        self._lines: tuple[NoteLine, ...] = ()
        self._query = Query()
        self._notes = ""
        self._whole = False
        self.text = SelectableText(self)
        self.text.setObjectName(name)
        self.text.setAccessibleName(accessible_name)
        self._all = LinkButton(f"{name}All", "", self)
        self._all.clicked.connect(self._show_all)
        column(self.text, self._all, inside=self, spacing=theme.SPACE_TIGHT)

    def set_notes(self, notes: str, query: Query) -> None:
        """Show `notes`, with what of `query` stands in them marked; "" says that there are none."""
        if notes != self._notes:
            self._notes, self._whole = notes, False
            self._lines = whole_lines(notes)
        self._query = query
        self._write()

    def _show_all(self) -> None:
        self._whole = True
        self.text.setFocus()
        self._write()

    def _write(self) -> None:
        """All lines where they are few, were asked for, or hold what was searched for further down."""
        spoken = [line for line in self._lines if line.text]
        hidden = spoken[_FIRST:]
        whole = self._whole or len(hidden) <= 1 or any(marks(self._query, line.text) for line in hidden)
        self._all.setVisible(not whole)
        self._all.setText(self.tr("Show all {count}").format(count=formatting.number(len(spoken))))
        if not spoken:
            self.text.set_text(self.tr("None"))
            return
        self._put(self._lines if whole else self._lines[: self._lines.index(hidden[0])])

    def _put(self, lines: Sequence[NoteLine]) -> None:
        while lines and not lines[-1].text:
            lines = lines[:-1]
        words = [f"{_BULLET if line.level else ''}{line.text}" for line in lines]
        self.text.set_text("\n".join(words))
        hang = QFontMetricsF(self.text.font()).horizontalAdvance(_BULLET)
        ground = QTextCharFormat()
        palette = self.palette()
        text, base = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
        ground.setBackground(theme.mark(text, base))
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        for number, (line, word) in enumerate(zip(lines, words, strict=True)):
            block = self.text.document().findBlockByNumber(number)
            cursor.setPosition(block.position())
            place = QTextBlockFormat()
            place.setLeftMargin(hang * line.level)
            place.setTextIndent(-hang if line.level else 0)
            cursor.mergeBlockFormat(place)
            for start, end in marks(self._query, word):
                cursor.setPosition(block.position() + _qt_length(word[:start]))
                cursor.setPosition(block.position() + _qt_length(word[:end]), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(ground)
        cursor.endEditBlock()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font while running."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._write()


def _qt_length(text: str) -> int:
    """How long it is for Qt, which counts what lies beyond the first 65,536 characters twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
