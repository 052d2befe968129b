"""Plain text that can be selected and copied, as tall as it needs to be, broken anywhere rather than cut.

A label breaks lines at words only, and a key or a file name is one long word. Must not show rich text that came from
elsewhere: texts go in as text.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextEdit, QWidget

from pgyer_desktop.ui.base import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent

_LINE_PERCENT: Final = 120.0
_LONG_RUN: Final = re.compile(r"[^\s/?&=-]{20,}")
_PIECE: Final = re.compile(r"(\S{8})(?=\S)")
_BREAK: Final = "\u200b"
"""Behind a tab Qt breaks no word that would not fit into a line: so long ones get places where they may break."""
_WIDEST_NAME: Final = 96
_LINE_SHARE: Final = 1.25
"""The height of a line of fields beside the font's."""


class SelectableText(QTextEdit):
    """Text in the surrounding page's look; read-only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self._fit_height()

    def set_text(self, text: str) -> None:
        """Show `text` as it is, line breaks kept, with the air between lines that prose needs."""
        if text == self.toPlainText():
            return
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(lines)
        self._fit_height()

    def _fit_height(self) -> None:
        height = max(self.fontMetrics().height(), math.ceil(self.document().size().height()))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Return a modest width: the page decides it."""
        return QSize(160, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return next to no width: any text can be broken."""
        return QSize(40, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the new width asks for."""
        super().resizeEvent(event)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have the page that it stands in follow where the keys lead."""
        super().keyPressEvent(event)
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self, theme.SPACE, theme.SPACE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: there is nothing to scroll in here."""
        event.ignore()


class FieldList(SelectableText):
    """Names and values in two columns, as one text that can be selected across.

    A name and its value stand on one line, whatever scripts they are written in: fonts of other scripts are higher.
    """

    fields: tuple[tuple[str, str], ...] = ()
    """What it shows."""
    captions: tuple[tuple[str, str], ...] = ()
    """Names, and what is said in small letters below their values."""

    def set_fields(self, fields: Sequence[tuple[str, str]], captions: Sequence[tuple[str, str]] = ()) -> None:
        """Show these pairs of name and value, in this order; `captions` explain values, by their names."""
        if (tuple(fields), tuple(captions)) != (self.fields, self.captions):
            self.fields, self.captions = tuple(fields), tuple(captions)
            self._write()

    def toPlainText(self) -> str:
        """Return what it shows, without what is there only so that it may break."""
        return super().toPlainText().replace(_BREAK, "")

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is selected, to be copied exactly."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace(_BREAK, ""))
        return data

    def _write(self) -> None:
        self.clear()
        if not self.fields:
            return
        names = QTextCharFormat()
        names.setForeground(theme.secondary_text(self.palette()))
        values = QTextCharFormat()
        values.setForeground(self.palette().color(QPalette.ColorRole.Text))
        small = QTextCharFormat(names)
        small.setFont(theme.caption_font(self.font()))
        line, low_line = _line_of(self.fontMetrics()), _line_of(QFontMetrics(small.font()))
        captions = dict(self.captions)
        widest = max(self.fontMetrics().horizontalAdvance(name) for name, _ in self.fields)
        # In large letters it is wider, and leaves the values two thirds of the room.
        most = max(_WIDEST_NAME, min(8 * self.fontMetrics().height(), self.viewport().width() // 3))
        first = min(widest + 1, most) + theme.SPACE
        # Lines with a tab, and no table: whose cells begin and end with characters that screen readers stumble over.
        for block in (line, low_line):
            block.setLeftMargin(first)
        whole = self.textCursor()
        whole.beginEditBlock()  # else all of it is laid out anew after each line
        for row, (name, value) in enumerate(self.fields):
            hanging = QTextBlockFormat(line)
            hanging.setTextIndent(-first)
            hanging.setTabPositions([QTextOption.Tab(first, QTextOption.TabType.LeftTab)])
            if row:
                whole.insertBlock(hanging)
            else:
                whole.setBlockFormat(hanging)
            whole.insertText(f"{name}\t", names)
            for number, part in enumerate(value.split("\n")):
                if number:
                    whole.insertBlock(line)
                whole.insertText(_LONG_RUN.sub(_breaking, part), values)
            if name in captions:
                whole.insertBlock(low_line)
                whole.insertText(captions[name], small)
            last = whole.blockFormat()
            last.setBottomMargin(theme.SPACE_TIGHT)
            whole.setBlockFormat(last)
        whole.endEditBlock()
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font while running."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._write()


def _breaking(run: re.Match[str]) -> str:
    return _PIECE.sub(rf"\1{_BREAK}", run[0])


def _line_of(metrics: QFontMetrics) -> QTextBlockFormat:
    """Lines of one height, in which letters of every script stand on one line: four fifths down, says Qt."""
    lines = QTextBlockFormat()
    height = math.ceil(metrics.height() * _LINE_SHARE)
    lines.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return lines


def quiet(widget: QWidget, color: QColor) -> None:
    """Write `widget`'s text in `color`."""
    palette = QPalette(widget.palette())
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, color)
    widget.setPalette(palette)
