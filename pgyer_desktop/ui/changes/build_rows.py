"""The builds that a question is about, in rows: icon, name, pills, size and when it was uploaded.

Only what shows is painted, so that a thousand rows open as quickly as three. Must not load anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QStyledItemDelegate, QWidget

from pgyer_desktop.core.base.names import short
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.widgets.icon_cell import badge_size, initial_of, paint_app_icon, paint_badge, paint_line
from pgyer_desktop.ui.widgets.spoken.manner import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.question import Listed

ROW: Final = 40
_ICON: Final = 28
_MOST_SHOWN: Final = 6
"""Rows that show at once; the rest scrolls. It is half a row more, so that one sees that there are more."""
_PLACE: Final = "confirmRows"
_RIGHT: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Widths:
    """Of the columns at the right, the same for all lists of one question, in logical pixels."""

    size: int
    uploaded: int


def widths_for(rows: Sequence[Listed], total: str, metrics: QFontMetrics) -> Widths:
    """What these rows and their sum need."""
    sizes = {formatting.size(row.build.size) for row in rows} | {total}
    times = {_uploaded(row) for row in rows}
    return Widths(
        max((metrics.horizontalAdvance(text) for text in sizes), default=0) + 1,
        max((metrics.horizontalAdvance(text) for text in times), default=0) + 1,
    )


class BuildRows(QListView):
    """The list. Nothing in it can be chosen; the keyboard scrolls it where it has more than it shows."""

    def __init__(
        self, name: str, rows: Sequence[Listed], widths: Widths, app_name: str, icons: IconLoader, parent: QWidget
    ) -> None:
        """`name` is the object name."""
        super().__init__(parent)
        self.setObjectName(name)
        self._rows, self._icons = tuple(rows), icons
        self.setModel(_Model(self._rows, self))
        self.setItemDelegate(_Delegate(self, self._rows, widths, app_name, icons))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scrolls = len(self._rows) > _MOST_SHOWN + 1
        """Whether it has more than it shows."""
        if not self.scrolls:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_MOST_SHOWN * ROW + ROW // 2 if self.scrolls else len(self._rows) * ROW)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_icons)
        icons.icon_ready.connect(self._on_icon_ready)
        self._ask_for_icons()

    def _on_icon_ready(self, _field: str) -> None:
        self.viewport().update()

    def _ask_for_icons(self) -> None:
        first = self.verticalScrollBar().value() // ROW
        fields = dict.fromkeys(row.build.icon for row in self._rows[first : first + _MOST_SHOWN + 2])
        fields.pop("", None)
        if fields:
            self._icons.request(tuple(fields), place=f"{_PLACE} {self.objectName()}")

    def keep_room_for_bar(self, width: int) -> None:
        """Be as narrow as a list beside it that has a scroll bar, so that the columns stand below one another."""
        if not self.scrolls:
            self.setViewportMargins(0, 0, width, 0)

    def sizeHint(self) -> QSize:
        """Return a modest width: the dialog decides it."""
        return QSize(160, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return next to no width: names are cut where there is none."""
        return QSize(40, self.minimumHeight())


class Total(QWidget):
    """The sum, under the sizes of a list."""

    manner = SENTENCE

    def __init__(self, words: str, total: str, widths: Widths, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("confirmTotal")
        self.setAccessibleName(f"{words}: {total}")
        self._words, self._total, self._widths = words, total, widths
        self.inset = 0
        """How much narrower the list above it is, for its scroll bar."""
        self.setFixedHeight(28)

    def paintEvent(self, _event: object) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        size, _ = _places(self.rect().adjusted(0, 0, -self.inset, 0), self._widths)
        painter.setPen(ink)
        painter.setFont(theme.tabular_font(self.font()))
        painter.drawText(size, _RIGHT, self._total)
        left = QRect(_ICON + theme.SPACE_GROUP, 0, size.x() - _ICON - 2 * theme.SPACE_GROUP, self.height())
        paint_line(painter, left, self._words, self.font(), ink)


class _Model(QAbstractListModel):
    def __init__(self, rows: Sequence[Listed], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many builds there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a row's words, its key, and how it is read out."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return formatting.build_title(row.build)
        if role == int(Qt.ItemDataRole.UserRole):
            return row.build.build_key
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            states = tuple(word for word, _ in row.pills)
            return formatting.row_sentence(row.build, datetime.now(UTC), states=states)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QWidget, rows: Sequence[Listed], widths: Widths, app_name: str, icons: IconLoader) -> None:
        super().__init__(view)
        self._view, self._rows, self._widths, self._app_name, self._icons = view, rows, widths, app_name, icons

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the size of a row."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        row = self._rows[index.row()]
        build, palette, rect = row.build, self._view.palette(), _rect_of(option)
        text = palette.color(QPalette.ColorRole.WindowText)
        soft = theme.secondary_text(palette)
        font = self._view.font()
        name = build.name or self._app_name or build.identifier
        icon = QRect(rect.x(), rect.y() + (rect.height() - _ICON) // 2, _ICON, _ICON)
        pixmap = self._icons.pixmap(build.icon) if build.icon else None
        painter.setFont(font)
        paint_app_icon(painter, icon, pixmap, initial_of(name), palette, build.identifier or name)
        size, uploaded = _places(rect, self._widths)
        painter.setPen(soft)
        painter.setFont(theme.tabular_font(font))
        painter.drawText(size, _RIGHT, formatting.size(build.size))
        paint_line(painter, uploaded, _uploaded(row), theme.tabular_font(font), soft)
        x, end = icon.right() + 1 + theme.SPACE_GROUP, size.x() - theme.SPACE_GROUP
        pills = sum(theme.SPACE + badge_size(word, font).width() for word, _ in row.pills)
        title = formatting.build_title(build)
        strong = short(build.version) if build.version and title.startswith(short(build.version)) else ""
        room = max(32, end - x - pills)
        left = x
        for words, ink in ((strong, text), (title[len(strong) :], soft if strong else text)):
            place = QRect(x, rect.y(), max(0, left + room - x), rect.height())
            if words and place.width():
                gap = painter.fontMetrics().horizontalAdvance(" ") if words.startswith(" ") else 0
                x += gap + paint_line(painter, place.adjusted(gap, 0, 0, 0), words, font, ink)
        for word, tone in row.pills:
            x += theme.SPACE
            paint_badge(painter, QRect(x, rect.y(), max(0, end - x), rect.height()), word, tone, palette, font)
            x += badge_size(word, font).width()


def _places(rect: QRect, widths: Widths) -> tuple[QRect, QRect]:
    """Where size and time stand in a row."""
    uploaded = QRect(rect.right() + 1 - widths.uploaded - theme.SPACE, rect.y(), widths.uploaded, rect.height())
    right = uploaded.x() - 2 * theme.SPACE_GROUP
    return QRect(right - widths.size, rect.y(), widths.size, rect.height()), uploaded


def _rect_of(option: QStyleOptionViewItem) -> QRect:
    return option.rect


def _uploaded(row: Listed) -> str:
    build = row.build
    return formatting.date_time(build.created) if build.created else formatting.odd_time(build.created_text)
