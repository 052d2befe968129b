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
from pgyer_desktop.core.builds.note_line import SEPARATOR
from pgyer_desktop.core.history.match import marks
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.heading_row import edge_label, paint_edge, paint_gap, paint_heading
from pgyer_desktop.ui.builds.model import VERSION_COLUMN, edge_sentence
from pgyer_desktop.ui.state.rows import Heading
from pgyer_desktop.ui.widgets.icon_cell import badge_size, initial_of, line_heights, paint_app_icon, paint_badge
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
_EDGE_LEAVES: Final = 192
"""What the words at the edge leave of a narrow table."""
_LEAST_NOTE: Final = 40
"""Less than that of the notes behind a version says nothing."""
_LINE: Final = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip)
_LEFT: Final = _LINE | int(Qt.AlignmentFlag.AlignLeft)
_RIGHT: Final = _LINE | int(Qt.AlignmentFlag.AlignRight)
_PLAIN: Final = 0
_TABULAR: Final = 1
_CAPTION: Final = 2
"""How something is written. Plain numbers: they are looked up for each cell."""
_MOST_WORDS: Final = 8192
_MOST_ICONS: Final = 512


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
        self._icons = icons
        self._inks = RowInks()
        self.query = Query()
        self._hovered = hovered
        self._font_key = ""
        self._fonts = [QFont() for _ in range(3)]
        self._metrics = [QFontMetrics(QFont()) for _ in range(3)]
        self._lines = (0, 0)
        """Heights of the version's line and the notes' one."""
        self._words: dict[tuple[str, int, int], str] = {}
        self._pills: dict[str, int] = {}
        """Widths by their words."""
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
                paint_heading(painter, inner, item, self._fonts[_PLAIN], inks)
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
        return edge_label(width, y, self._edge_words(edge), self._fonts[_CAPTION]).adjusted(-1, -1, 1, 1)

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
        if words and edge_label(width, y, words, self._fonts[_CAPTION]).left() < _EDGE_LEAVES:
            words = ""  # it would cover a version
        paint_edge(painter, width, y, words, self._fonts[_CAPTION], palette, outlined=outlined)

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
                self._paint_version(painter, rect, build, column, palette, inks, selected=kind is RowKind.SELECTED)
                painter.setPen(inks.soft)
                face = None
                continue
            if face is not column.face:
                face = column.face
                painter.setFont(self._fonts[face])
            words = self._elided(texts[column.number], column.width, face)
            if column.searched and not self.query.is_empty:
                place = QRect(column.x, y, column.width, height)
                self._paint_marks(painter, place, words, inks, face, right=column.flags == _RIGHT)
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
        note = self._note(build)
        upper, lower = self._lines
        two = bool(note) and not self._sizes.compact and upper + lower <= height
        left = column.x + side + theme.SPACE_GROUP
        right = column.x + column.width
        line = QRect(left, y + (height - upper - lower) // 2 if two else y, right - left, upper if two else height)
        x = self._paint_title(painter, line, build, palette, inks, selected=selected)
        if two:
            line.moveTop(line.y() + upper)
            line.setHeight(lower)
        else:
            line.setLeft(x + theme.SPACE_TIGHT)
        if note and (two or line.width() >= _LEAST_NOTE):
            words = self._elided(self._from_mark(note, line.width()), line.width(), _CAPTION)
            if not self.query.is_empty:
                self._paint_marks(painter, line, words, inks, _CAPTION, right=False)
            painter.setFont(self._fonts[_CAPTION])
            painter.setPen(inks.soft)
            painter.drawText(line.x(), line.y(), line.width(), line.height(), _LEFT, words)

    def _paint_title(
        self, painter: QPainter, line: QRect, build: Build, palette: QPalette, inks: Inks, *, selected: bool
    ) -> int:
        """The version and its pills. Returns where they end."""
        font = self._fonts[_PLAIN]
        left, right = line.x(), line.right() + 1
        badges = self._model.row_states(build)
        for_badges = sum(theme.SPACE + self._pill_width(word) for word, _ in badges)
        text = self._model.texts(build, (VERSION_COLUMN,))[VERSION_COLUMN]
        room = max(_LEAST_VERSION, line.width() - for_badges)
        words = self._elided(text, room, _PLAIN)
        painter.setFont(font)
        place = QRect(left, line.y(), room, line.height())
        if not self.query.is_empty:
            self._paint_marks(painter, place, words, inks, _PLAIN, right=False)
        painter.setPen(inks.text)
        painter.drawText(left, line.y(), room, line.height(), _LEFT, words)
        x = left + min(self._metrics[_PLAIN].horizontalAdvance(words) + 1, room) + theme.SPACE
        for word, tone in badges:
            pill = QRect(x, line.y(), max(0, right - x), line.height())
            paint_badge(painter, pill, word, tone, palette, font, selected=selected)
            x += self._pill_width(word) + theme.SPACE
        return x

    def _note(self, build: Build) -> str:
        """The line of the notes; while somebody searches, from what was found on."""
        note = self._model.note(build)
        if self.query.is_empty or not note or marks(self.query, note.partition(SEPARATOR)[0]):
            return note
        lines = note.split(SEPARATOR)
        first = next((number for number, line in enumerate(lines) if marks(self.query, line)), 0)
        return SEPARATOR.join(lines[first:])

    def _from_mark(self, note: str, width: int) -> str:
        """As much of the line as shows what was found, in a narrow window too."""
        found = marks(self.query, note) if not self.query.is_empty else ()
        if not found or self._metrics[_CAPTION].horizontalAdvance(f"{note[: found[0][1]]}…") <= width:
            return note
        return f"… {note[note.rfind(' ', 0, found[0][0]) + 1 :]}"

    def _pill_width(self, word: str) -> int:
        width = self._pills.get(word)
        if width is None:
            width = self._pills[word] = badge_size(word, self._fonts[_PLAIN]).width()
        return width

    def _paint_marks(self, painter: QPainter, rect: QRect, words: str, inks: Inks, face: int, *, right: bool) -> None:
        """The ground behind what was searched for."""
        found = marks(self.query, words)
        if not found:
            return
        metrics = self._metrics[face]
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
            face = _TABULAR if kind.right_aligned or kind is Kind.TIME else _PLAIN
            found.append(_Column(number, cell.x(), cell.width(), flags, face, kind in _SEARCHED))
        return found

    def _take_fonts(self) -> None:
        """Measure anew where the font has changed."""
        font = self._view.font()
        key = font.key()
        if key != self._font_key:
            self._font_key = key
            self._fonts = [font, theme.tabular_font(font), theme.caption_font(font)]
            self._metrics = [QFontMetrics(font) for font in self._fonts]
            self._lines = line_heights(font)
            self._words.clear()
            self._pills.clear()

    def _elided(self, text: str, width: int, face: int) -> str:
        key = (text, width, face)
        words = self._words.get(key)
        if words is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            words = self._metrics[face].elidedText(text, Qt.TextElideMode.ElideRight, width)
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
            painter.setFont(self._fonts[_PLAIN])
            paint_app_icon(painter, QRect(0, 0, side, side), icon, initial_of(name), palette, seed)
            painter.end()
            self._pictures[key] = picture
        return picture
