"""Paints the rows of the build table: icon, version, pills, quiet columns, headings, hover, selection.

Row by row rather than cell by cell: a delegate that is called for each cell, and asks the model for each thing it
needs, takes several times as long, and whoever scrolls through 100,000 builds sees that. Colours come from the palette
at every paint. Must not load anything: an icon that is not there is a placeholder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPixmap

from pgyer_desktop.core.builds.columns import COLUMNS, Kind
from pgyer_desktop.core.history.match import marks
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.heading_row import paint_gap, paint_heading
from pgyer_desktop.ui.builds.model import VERSION_COLUMN
from pgyer_desktop.ui.state.rows import Heading
from pgyer_desktop.ui.widgets.icon_cell import badge_size, initial_of, paint_app_icon, paint_badge
from pgyer_desktop.ui.widgets.row_inks import Inks, RowInks, RowKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.delegate import BuildDelegate
    from pgyer_desktop.ui.builds.header import BuildHeader
    from pgyer_desktop.ui.builds.model import BuildModel
    from pgyer_desktop.ui.widgets.row_inks import HoveredRow

_LEAST_VERSION: Final = 32
"""What the version keeps when pills want its room."""
_SEARCHED: Final = frozenset({Kind.TEXT, Kind.SERIAL, Kind.PLATFORM})
"""Columns that words are looked for in; what looks alike in a size was not found there."""
_LEFT: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
_MOST_WORDS: Final = 8192
_MOST_ICONS: Final = 512


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the content of a column stands, in logical pixels, and how it is written."""

    number: int
    x: int
    width: int
    flags: int
    tabular: bool
    searched: bool


class RowPainter:
    """Paints for one table. `query` is marked where it stands in a cell."""

    def __init__(
        self,
        view: QTableView,
        model: BuildModel,
        header: BuildHeader,
        delegate: BuildDelegate,
        icons: IconLoader,
        hovered: HoveredRow,
    ) -> None:
        self._view, self._model, self._header = view, model, header
        self._sizes = delegate
        self._icons = icons
        self._inks = RowInks()
        self.query = Query()
        self._hovered = hovered
        self._font_key = ""
        self._fonts: tuple[QFont, QFont] = (QFont(), QFont())
        self._metrics: tuple[QFontMetrics, QFontMetrics] = (QFontMetrics(QFont()), QFontMetrics(QFont()))
        self._words: dict[tuple[str, int, bool], str] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint the rows that `area` of the viewport shows a part of."""
        view = self._view
        first, last = view.rowAt(area.top()), view.rowAt(area.bottom())
        if first < 0:
            return
        count = self._model.rowCount()
        last = last if last >= 0 else count - 1
        self._take_fonts()
        columns = self._columns()
        palette = QPalette(view.palette())
        active = view.isActiveWindow()
        if not view.isEnabled():
            palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
        else:
            palette.setCurrentColorGroup(QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive)
        selection, current = view.selectionModel(), view.currentIndex().row()
        focused = view.hasFocus()
        width = view.viewport().width()
        height = self._sizes.row_height
        top = view.rowViewportPosition(first)
        root = view.rootIndex()
        for row in range(first, last + 1):
            rect = QRect(0, top, width, height)
            top += height
            if selection.isRowSelected(row, root):
                kind = RowKind.SELECTED if focused and active else RowKind.UNFOCUSED
            else:
                kind = RowKind.HOVERED if row == self._hovered.row else RowKind.PLAIN
            inks = self._inks.of(palette, kind)
            if inks.ground is not None:
                painter.fillRect(rect, inks.ground)
            if row == current and focused and not kind.is_selected:
                painter.setPen(theme.accent(palette))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            item = self._model.row(row)
            if isinstance(item, Heading):
                painter.save()
                inner = rect.adjusted(theme.SPACE, 0, -theme.SPACE, 0)
                paint_heading(painter, inner, item, self._fonts[False], inks)
                painter.restore()
            elif item is not None:
                self._paint_build(painter, rect, item, columns, palette, inks, kind)

    def paint_placeholders(self) -> None:
        """Paint grey rows where builds will be."""
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._view.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.08)
        )
        height, side = self._sizes.row_height, self._sizes.icon_side
        rows = max(1, self._view.viewport().height() // height)
        for row in range(min(rows, 20)):
            for column in self._header.shown():
                cell = QRect(
                    self._view.columnViewportPosition(column), row * height, self._view.columnWidth(column), height
                )
                left, right = self._header.paddings(column)
                cell = self._header.content_rect(column, cell).adjusted(left, 0, -right, 0)
                if column == VERSION_COLUMN:
                    icon = QRectF(cell.x(), cell.y() + (height - side) / 2, side, side)
                    painter.drawRoundedRect(icon, side * 0.22, side * 0.22)
                    cell.setLeft(cell.left() + side + theme.SPACE_GROUP)
                width = min(cell.width(), 40 + (row * 37 + column * 23) % 29)
                x = cell.right() + 1 - width if COLUMNS[column].kind.right_aligned else cell.x()
                painter.drawRoundedRect(QRectF(x, cell.y() + height / 2 - 5, width, 10), 5, 5)

    def _paint_build(
        self,
        painter: QPainter,
        rect: QRect,
        build: Build,
        columns: list[_Column],
        palette: QPalette,
        inks: Inks,
        kind: RowKind,
    ) -> None:
        texts = self._model.texts(build, [column.number for column in columns])
        y, height = rect.y(), rect.height()
        painter.setPen(inks.soft)
        tabular: bool | None = None
        for column in columns:
            if column.number == VERSION_COLUMN:
                self._paint_version(painter, rect, build, column, palette, inks, selected=kind is RowKind.SELECTED)
                painter.setPen(inks.soft)
                tabular = None
                continue
            if tabular is not column.tabular:
                tabular = column.tabular
                painter.setFont(self._fonts[tabular])
            words = self._elided(texts[column.number], column.width, tabular=tabular)
            if column.searched and not self.query.is_empty:
                place = QRect(column.x, y, column.width, height)
                self._paint_marks(painter, place, words, inks, tabular=tabular, right=column.flags == _RIGHT)
            painter.drawText(column.x, y, column.width, height, column.flags, words)
        if self._model.has_gap_below(build):
            paint_gap(painter, rect, inks)

    def _paint_version(
        self,
        painter: QPainter,
        rect: QRect,
        build: Build,
        column: _Column,
        palette: QPalette,
        inks: Inks,
        *,
        selected: bool,
    ) -> None:
        side = self._sizes.icon_side
        y, height = rect.y(), rect.height()
        painter.drawPixmap(column.x, y + (height - side) // 2, self._picture(build, side, palette))
        font = self._fonts[False]
        left = column.x + side + theme.SPACE_GROUP
        right = column.x + column.width
        badges = self._model.row_states(build)
        for_badges = sum(theme.SPACE + badge_size(word, font).width() for word, _ in badges)
        text = self._model.texts(build, (VERSION_COLUMN,))[VERSION_COLUMN]
        room = max(_LEAST_VERSION, right - left - for_badges)
        words = self._elided(text, room, tabular=False)
        painter.setFont(font)
        if not self.query.is_empty:
            self._paint_marks(painter, QRect(left, y, room, height), words, inks, tabular=False, right=False)
        painter.setPen(inks.text)
        painter.drawText(left, y, room, height, _LEFT, words)
        if badges:
            x = left + min(self._metrics[False].horizontalAdvance(words) + 1, room) + theme.SPACE
            for word, tone in badges:
                pill = QRect(x, y, max(0, right - x), height)
                paint_badge(painter, pill, word, tone, palette, font, selected=selected)
                x += badge_size(word, font).width() + theme.SPACE

    def _paint_marks(
        self, painter: QPainter, rect: QRect, words: str, inks: Inks, *, tabular: bool, right: bool
    ) -> None:
        """The ground behind what was searched for."""
        found = marks(self.query, words)
        if not found:
            return
        metrics = self._metrics[tabular]
        left = rect.right() + 1 - metrics.horizontalAdvance(words) if right else rect.x()
        ground = inks.ground if inks.ground is not None else self._view.palette().color(QPalette.ColorRole.Base)
        color = theme.mark(inks.text, ground)
        height = metrics.height()
        for start, end in found:
            x = left + metrics.horizontalAdvance(words[:start])
            width = metrics.horizontalAdvance(words[start:end])
            painter.fillRect(QRect(x, rect.y() + (rect.height() - height) // 2, width, height), color)

    def _columns(self) -> list[_Column]:
        header, view = self._header, self._view
        found: list[_Column] = []
        for number in header.shown():
            cell = QRect(view.columnViewportPosition(number), 0, view.columnWidth(number), 1)
            left, right = header.paddings(number)
            cell = header.content_rect(number, cell).adjusted(left, 0, -right, 0)
            kind = COLUMNS[number].kind
            flags = _RIGHT if kind.right_aligned else _LEFT
            tabular = kind.right_aligned or kind is Kind.TIME
            found.append(_Column(number, cell.x(), cell.width(), flags, tabular, kind in _SEARCHED))
        return found

    def _take_fonts(self) -> None:
        """Measure anew where the font has changed."""
        font = self._view.font()
        key = font.key()
        if key != self._font_key:
            self._font_key = key
            self._fonts = (font, theme.tabular_font(font))
            self._metrics = (QFontMetrics(self._fonts[0]), QFontMetrics(self._fonts[1]))
            self._words.clear()

    def _elided(self, text: str, width: int, *, tabular: bool) -> str:
        key = (text, width, tabular)
        words = self._words.get(key)
        if words is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            words = self._metrics[tabular].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._words[key] = words
        return words

    def _picture(self, build: Build, side: int, palette: QPalette) -> QPixmap:
        """The icon as it stands in a row, or its placeholder."""
        icon = self._icons.pixmap(build.icon)
        ratio = self._view.devicePixelRatioF()
        name = build.name or build.identifier
        seed = build.identifier or name
        about = icon.cacheKey() if icon is not None else (initial_of(name), seed)
        key = (about, side, ratio, palette.cacheKey())
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _MOST_ICONS:
                self._pictures.clear()
            picture = QPixmap(round(side * ratio), round(side * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setFont(self._fonts[False])
            paint_app_icon(painter, QRect(0, 0, side, side), icon, initial_of(name), palette, seed)
            painter.end()
            self._pictures[key] = picture
        return picture
