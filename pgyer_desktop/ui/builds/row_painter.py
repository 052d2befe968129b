"""Paints the rows of the build table: icon, version, pills, quiet columns, headings, hover, selection.

Row by row rather than cell by cell: a delegate that is called for each cell, and asks the model for each thing it
needs, takes several times as long, and whoever scrolls through 100,000 builds sees that. Colours come from the palette
at every paint. Must not load anything: an icon that is not there is a placeholder.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette

from pgyer_desktop.core.builds.columns import COLUMNS, Kind
from pgyer_desktop.core.builds.note_line import SEPARATOR
from pgyer_desktop.core.history.match import marks
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.heading_row import edge_label, paint_edge, paint_gap, paint_heading
from pgyer_desktop.ui.builds.listing.parts import CAPTION, LEFT, PLAIN, RIGHT, TABULAR, RowParts
from pgyer_desktop.ui.builds.model import VERSION_COLUMN, edge_sentence
from pgyer_desktop.ui.state.rows import Heading
from pgyer_desktop.ui.widgets.row_inks import Inks, RowInks, RowKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.edge import Edge
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.delegate import BuildDelegate
    from pgyer_desktop.ui.builds.header import BuildHeader
    from pgyer_desktop.ui.builds.model import BuildModel
    from pgyer_desktop.ui.widgets.row_inks import HoveredRow

_LEAST_VERSION: Final = 32
"""What the version keeps when pills want its room."""
_SEARCHED: Final = frozenset({Kind.TEXT, Kind.FIGURES, Kind.SERIAL, Kind.PLATFORM})
"""Columns that words are looked for in; what looks alike in a size was not found there."""
_ELLIPSIS: Final = 16
"""Room for the mark of what is cut, at most."""
_MARK_RADIUS: Final = 2
_EDGE_LEAVES: Final = 192
"""What the words at the edge leave of a narrow table."""
_LEAST_NOTE: Final = 40
"""Less than that of the notes behind a version says nothing."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the content of a column stands, in logical pixels, and how it is written."""

    number: int
    x: int
    width: int
    flags: int
    face: int
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
        self._parts = RowParts(view, icons)
        self._inks = RowInks()
        self.query = Query()
        self._hovered = hovered

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint the rows that `area` of the viewport shows a part of."""
        view = self._view
        first, last = view.rowAt(area.top()), view.rowAt(area.bottom())
        if first < 0:
            return
        count = self._model.rowCount()
        last = last if last >= 0 else count - 1
        self._parts.take_fonts()
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
                paint_heading(painter, inner, item, self._parts.fonts[PLAIN], inks)
                painter.restore()
            elif item is not None:
                self._paint_build(painter, rect, item, columns, palette, inks, kind)
        self._paint_edge(painter, palette)

    def edge_area(self) -> QRect:
        """What must be painted again where a row beside the edge looks otherwise; empty without an edge."""
        edge = self._model.edge
        if edge is None or self._sizes.compact:
            return QRect()
        y = self._view.rowViewportPosition(edge.row)
        width = self._view.viewport().width()
        return edge_label(width, y, self._edge_words(edge), self._parts.fonts[CAPTION]).adjusted(-1, -1, 1, 1)

    def _paint_edge(self, painter: QPainter, palette: QPalette) -> None:
        edge = self._model.edge
        if edge is None:
            return
        selection = self._view.selectionModel()
        root = self._view.rootIndex()
        outlined = any(
            row == self._hovered.row or selection.isRowSelected(row, root) for row in (edge.row - 1, edge.row)
        )
        y, width = self._view.rowViewportPosition(edge.row), self._view.viewport().width()
        words = "" if self._sizes.compact else self._edge_words(edge)
        if words and edge_label(width, y, words, self._parts.fonts[CAPTION]).left() < _EDGE_LEAVES:
            words = ""  # it would cover a version
        paint_edge(painter, width, y, words, self._parts.fonts[CAPTION], palette, outlined=outlined)

    @staticmethod
    def _edge_words(edge: Edge) -> str:
        return f"\u2191 {edge_sentence(edge)}"

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
        face: int | None = None
        for column in columns:
            if column.number == VERSION_COLUMN:
                self._paint_version(painter, rect, build, column, palette, inks, kind)
                painter.setPen(inks.soft)
                face = None
                continue
            if face is not column.face:
                face = column.face
                painter.setFont(self._parts.fonts[face])
            words = self._parts.elided(texts[column.number], column.width, face)
            if column.searched and not self.query.is_empty:
                place = QRect(column.x, y, column.width, height)
                self._write_marked(painter, place, words, inks, kind, face, right=column.flags == RIGHT)
                face = None
                continue
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
        kind: RowKind,
    ) -> None:
        side = self._sizes.icon_side
        y, height = rect.y(), rect.height()
        self._parts.paint_icon(painter, column.x, rect, side, build, palette)
        note = self._note(build)
        upper, lower = self._parts.lines
        two = bool(note) and not self._sizes.compact and upper + lower <= height
        left = column.x + side + theme.SPACE_GROUP
        right = column.x + column.width
        line = QRect(left, y + (height - upper - lower) // 2 if two else y, right - left, upper if two else height)
        x = self._paint_title(painter, line, build, palette, inks, kind)
        if two:
            line.moveTop(line.y() + upper)
            line.setHeight(lower)
        else:
            line.setLeft(x + theme.SPACE_TIGHT)
        if note and (two or line.width() >= _LEAST_NOTE):
            words = self._parts.elided(self._from_found(note, line.width()), line.width(), CAPTION)
            painter.setPen(inks.soft)
            self._write_marked(painter, line, words, inks, kind, CAPTION)

    def _paint_title(
        self, painter: QPainter, line: QRect, build: Build, palette: QPalette, inks: Inks, kind: RowKind
    ) -> int:
        """The version and its pills. Returns where they end."""
        badges = self._model.row_states(build)
        text = self._model.texts(build, (VERSION_COLUMN,))[VERSION_COLUMN]
        room = max(_LEAST_VERSION, line.width() - self._parts.pills_width(badges))
        words = self._parts.elided(text, room, PLAIN)
        painter.setPen(inks.text)
        place = QRect(line.x(), line.y(), room, line.height())
        width = self._write_marked(painter, place, words, inks, kind, PLAIN)
        x = line.x() + min(width + 1, room) + theme.SPACE
        return self._parts.paint_pills(painter, line, x, badges, palette, selected=kind is RowKind.SELECTED)

    def _note(self, build: Build) -> str:
        """The line of the notes; while somebody searches, from what was found on."""
        note = self._model.note(build)
        if self.query.is_empty or not note or marks(self.query, note.partition(SEPARATOR)[0]):
            return note
        lines = note.split(SEPARATOR)
        first = next((number for number, line in enumerate(lines) if marks(self.query, line)), 0)
        return SEPARATOR.join(lines[first:])

    def _from_found(self, note: str, width: int) -> str:
        """A line of the notes as it is, or from shortly before what was found on where that would be cut off."""
        found = [] if self.query.is_empty else marks(self.query, note)
        if not found or self._parts.metrics[CAPTION].horizontalAdvance(note[: found[0][1]]) < width - _ELLIPSIS:
            return note
        start = note.rfind(" ", 0, max(0, found[0][0] - 1)) + 1
        return f"…{note[start:]}" if start else note

    def _write_marked(
        self, painter: QPainter, rect: QRect, words: str, inks: Inks, kind: RowKind, face: int, *, right: bool = False
    ) -> int:
        """Write `words` with what was searched for marked in them. Returns how wide that is.

        A mark is a ground, and the row's first ink on it. The ground of a selection takes no other: there what was
        found is bold and underlined.
        """
        parts = self._parts
        plain = parts.metrics[face]
        found = [] if self.query.is_empty else marks(self.query, words)
        if not found:
            painter.setFont(parts.fonts[face])
            painter.drawText(rect.x(), rect.y(), rect.width(), rect.height(), RIGHT if right else LEFT, words)
            return plain.horizontalAdvance(words)
        font, metrics = parts.fonts[face], plain
        if kind.is_selected:
            font, metrics = parts.strong_fonts[face], parts.strong_metrics[face]
            advances = [(metrics.horizontalAdvance(words[a:b]), plain.horizontalAdvance(words[a:b])) for a, b in found]
            room = rect.width() - max(0, sum(strong - narrow for strong, narrow in advances))
            words = parts.elided(words, room, face)
            found = marks(self.query, words)
        bounds = [0, *(place for pair in found for place in pair), len(words)]
        pieces = [(words[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(bounds))]
        widths = [(metrics if is_found else plain).horizontalAdvance(text) for text, is_found in pieces]
        x = rect.right() + 1 - sum(widths) if right else rect.x()
        ink = painter.pen().color()
        for (text, is_found), width in zip(pieces, widths, strict=True):
            if is_found and not kind.is_selected:
                height = plain.height()
                self._paint_mark(painter, QRect(x, rect.y() + (rect.height() - height) // 2, width, height), inks)
            painter.setFont(font if is_found else parts.fonts[face])
            painter.setPen(inks.text if is_found else ink)
            painter.drawText(x, rect.y(), rect.width(), rect.height(), LEFT, text)
            x += width
        painter.setPen(ink)
        return sum(widths)

    def _paint_mark(self, painter: QPainter, rect: QRect, inks: Inks) -> None:
        ground = inks.ground if inks.ground is not None else self._view.palette().color(QPalette.ColorRole.Base)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.mark(inks.text, ground))
        painter.drawRoundedRect(rect, _MARK_RADIUS, _MARK_RADIUS)
        painter.restore()

    def _columns(self) -> list[_Column]:
        header, view = self._header, self._view
        found: list[_Column] = []
        for number in header.shown():
            cell = QRect(view.columnViewportPosition(number), 0, view.columnWidth(number), 1)
            left, right = header.paddings(number)
            cell = header.content_rect(number, cell).adjusted(left, 0, -right, 0)
            kind = COLUMNS[number].kind
            flags = RIGHT if kind.right_aligned else LEFT
            face = TABULAR if kind.right_aligned or kind is Kind.TIME else PLAIN
            found.append(_Column(number, cell.x(), cell.width(), flags, face, kind in _SEARCHED))
        return found
