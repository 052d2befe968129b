"""The table of the update checks: one case in each row, two lines in each cell; a change is a coloured badge.

Must not ask Pgyer and must not keep cases: it shows the rows that it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.checks.cases import asked_words, difference, has_changed, offered_words, update_words
from pgyer_desktop.ui.base import formatting, resources, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.icon_cell import Tone, line_heights, paint_badge, paint_line
from pgyer_desktop.ui.widgets.row_inks import HoveredRow, RowInks, kind_of_row
from pgyer_desktop.ui.widgets.row_table import RowTable
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.checks.cases import CheckCase, Result

_Index = QModelIndex | QPersistentModelIndex

CASE: Final = 0
OFFERED: Final = 1
CHANGE: Final = 2
_COLUMNS: Final = 3
_WIDTHS: Final = (0.31, 0.34)
"""Shares of the first two columns; the last one has the rest."""

CASE_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The row's case by its name."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)

_LEAST_ROW: Final = 40
_HEADER_HEIGHT: Final = 28
_FEWEST_ROWS: Final = 3
_MOST_ROWS: Final = 6
_LOW_SCREEN: Final = 640
"""On a screen that is not higher than this the table keeps to its fewest rows, so that the dialog fits."""


@dataclass(frozen=True, slots=True)
class ChecksRow:
    """A case, its last result, and the answer before that one."""

    case: CheckCase
    result: Result | None = None
    before: Result | None = None
    asking: bool = False

    @property
    def change(self) -> Text | None:
        """What has changed since the answer before; None for nothing that is known."""
        return difference(self.before, self.result) if self.result is not None else None

    @property
    def has_changed(self) -> bool:
        """Whether it is known that something changed."""
        return self.result is not None and has_changed(self.before, self.result)


def sentence(words: str) -> str:
    """`words` with a capital at the start."""
    return words[:1].upper() + words[1:]


class ChecksModel(QAbstractTableModel):
    """The table's model: one `ChecksRow` in each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ChecksRow, ...] = ()
        """What shows, from the top."""

    def set_rows(self, rows: tuple[ChecksRow, ...]) -> None:
        """Show these. Where only results have changed, rows are repainted and the selection stays."""
        same = [row.case for row in rows] == [row.case for row in self.rows]
        if not same:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        before, self.rows = self.rows, rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, _COLUMNS - 1))

    def row_sentence(self, number: int) -> str:
        """Row `number` as it is read out."""
        lines = (self.lines(self.rows[number], column) for column in range(_COLUMNS))
        separator = self.tr(", ", "between the parts of a case that is read out")
        return separator.join(part for pair in lines for part in pair if part and part != formatting.NOTHING)

    def lines(self, row: ChecksRow, column: int) -> tuple[str, str]:
        """The two lines of a cell; the second one may be ""."""
        if column == CASE:
            return row.case.name, sentence(say(asked_words(row.case)))
        return self._offered_lines(row) if column == OFFERED else self._change_lines(row)

    def _offered_lines(self, row: ChecksRow) -> tuple[str, str]:
        result = row.result
        offered = say(offered_words(result)) if result is not None else formatting.NOTHING
        if row.asking:
            return offered, self.tr("Checking…")
        if result is None:
            return offered, self.tr("Not checked yet")
        return offered, sentence(say(update_words(result)))

    def _change_lines(self, row: ChecksRow) -> tuple[str, str]:
        result, change = row.result, row.change
        if change is not None and row.has_changed:
            return self.tr("Changed"), say(change)
        if result is None or result.error is not None:
            return formatting.NOTHING, say(change) if change is not None else ""
        return (self.tr("First check") if row.before is None else self.tr("Unchanged")), ""

    def _tooltip(self, row: ChecksRow, column: int) -> str:
        lines = [line for line in self.lines(row, column) if line and line != formatting.NOTHING]
        if column == OFFERED and row.result is not None:
            lines.append(formatting.exact_times(row.result.when))
        return plain_tooltip("\n".join(lines))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature; it never changes
        """Cases."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature; it never changes
        """The case, what is offered, what changed."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """A column's title."""
        if orientation != Qt.Orientation.Horizontal or int(role) != _DISPLAY or not 0 <= section < _COLUMNS:
            return None
        return (self.tr("Case"), self.tr("Offered"), self.tr("Since the check before"))[section]

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """What a cell shows; `CASE_ROLE` has the case, `lines` what is painted."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row, column, asked = self.rows[index.row()], index.column(), int(role)
        value: object = None
        if asked == _DISPLAY:
            value = self.lines(row, column)[0]
        elif asked == CASE_ROLE:
            value = row.case.name
        elif asked == _TOOLTIP:
            value = self._tooltip(row, column)
        elif asked == _ACCESSIBLE:
            # The row's first cell says all of it, so that it is read out as one sentence.
            lines = [line for line in self.lines(row, column) if line]
            value = self.row_sentence(index.row()) if column == CASE else ", ".join(lines)
        return value


class ChecksTable(RowTable):
    """The table of cases; one of them is selected."""

    def __init__(self, model: ChecksModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checksTable")
        self.setAccessibleName(self.tr("Cases"))
        self.hovered = HoveredRow(self)
        self._checks = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self, model))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Header(self))
        self._fit_rows()

    @property
    def selected_row(self) -> int:
        """The selected row; -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def select(self, row: int) -> None:
        """Select `row` and have it in sight, or the last one where there are fewer."""
        row = min(row, self._checks.rowCount() - 1)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._checks.index(row, CASE))

    def wanted_height(self, rows: int) -> int:
        """The height for so many rows in logical pixels, within the limits of the dialog."""
        low = self.screen().availableGeometry().height() <= _LOW_SCREEN
        shown = min(max(rows, _FEWEST_ROWS), _FEWEST_ROWS if low else _MOST_ROWS)
        return _HEADER_HEIGHT + shown * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(_LEAST_ROW, sum(line_heights(self.font())) + theme.SPACE))

    def resizeEvent(self, event: object) -> None:
        """Share the width among the columns."""
        for column, share in enumerate(_WIDTHS):
            self.setColumnWidth(column, round(self.viewport().width() * share))
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
        super().changeEvent(event)


class _Header(QHeaderView):
    """Titles in a soft colour over a thin line, aligned with the texts in the cells."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("checksTableHeader")
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setFixedHeight(_HEADER_HEIGHT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title."""
        palette = self.palette()
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.hairline(palette))
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        room = rect.adjusted(theme.SPACE, 0, -theme.SPACE_TIGHT, 0)
        paint_line(painter, room, title, theme.caption_font(self.font()), theme.secondary_text(palette))
        painter.restore()


class _Delegate(QStyledItemDelegate):
    """Paints the cells of `ChecksTable`."""

    def __init__(self, view: ChecksTable, model: ChecksModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._inks = RowInks()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        kind = kind_of_row(self._view, option, hovered=index.row() == self._view.hovered.row)
        inks = self._inks.of(option.palette, kind)
        row, column = self._model.rows[index.row()], index.column()
        words, caption = self._model.lines(row, column)
        painter.save()
        if inks.ground is not None:
            painter.fillRect(option.rect, inks.ground)
        rect = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE_TIGHT, 0)
        small = theme.caption_font(option.font)
        changed = column == CHANGE and row.has_changed
        upper, lower = line_heights(option.font)
        lower = lower if caption else 0
        first = QRect(rect.x(), rect.y() + (rect.height() - upper - lower) // 2, rect.width(), upper)
        ink = inks.soft if column == CHANGE else inks.text
        if changed:
            paint_badge(painter, first, words, Tone.ACCENT, option.palette, option.font, selected=kind.is_selected)
        else:
            if column == OFFERED and row.result is not None and row.result.error is not None:
                ink = inks.text if kind.is_selected else _danger(option.palette, inks.ground)
                side = theme.ICON_SMALL
                icon = resources.tinted_pixmap("error", side, ink, painter.device().devicePixelRatio())
                painter.drawPixmap(first.x(), first.center().y() - side // 2 + 1, icon)
                first = first.adjusted(side + theme.SPACE_TIGHT, 0, 0, 0)
            paint_line(painter, first, words, option.font, ink)
        if caption:
            line = QRect(rect.x(), first.y() + upper, rect.width(), lower)
            paint_line(painter, line, caption, small, inks.soft)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the height of a row; the table shares the width out."""
        return QSize(0, self._view.verticalHeader().defaultSectionSize())


def _danger(palette: QPalette, ground: QColor | None) -> QColor:
    color = theme.danger(palette)
    return color if ground is None else theme.readable(color, ground)
