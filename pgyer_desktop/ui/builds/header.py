"""The build table's header: flat, quiet, says how the rows are sorted; keeps widths that fit the window.

Widths that a person chose are kept; a narrow window takes from them, down to what the cells need, and a wide one gives
them back. Where that is not enough the least important columns are away; not so where a person has added some, who gets
a bar to scroll by. What is left goes to the version, or to the last column where somebody has sized the version or
hidden it. Must not know builds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from pgyer_desktop.core.builds.columns import COLUMNS, ColumnLayout, Kind
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import give_access_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QMouseEvent

HEADER_HEIGHT: Final = 32
LEAST_WIDTH: Final = 48
WIDEST: Final = 480
_MOST_WIDE: Final = 10_000
"""Nobody drags a column wider; the settings may say anything."""
_TEXT_KEEPS: Final = 140
"""Longer texts may be cut in a narrow window; their tooltip has all of them."""
_ARROW: Final = 12
_NUMBERS: Final = {column.key: number for number, column in enumerate(COLUMNS)}
_VERSION: Final = next(column.key for column in COLUMNS if column.kind is Kind.VERSION)
_VERSION_NUMBER: Final = _NUMBERS[_VERSION]
_VERSION_KEEPS: Final = 192
"""What a narrow window leaves of a version, icon and all."""
_GIVE_WAY: Final = ("downloads", "pgyer_build", "size", "build_number", "created")
"""The columns that a narrow window leaves out, the first one first. The details have them all."""


class BuildHeader(QHeaderView):
    """Header over `core.builds.columns.COLUMNS`.

    Signals:
        drag_ended: the mouse was let go; perhaps it has sized a column.
    """

    drag_ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("buildTableHeader")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setStretchLastSection(True)
        self.setFixedHeight(HEADER_HEIGHT)
        self.setMouseTracking(True)
        self.natural = {number: column.width for number, column in enumerate(COLUMNS)}
        """Widths by column that a person chose, or those at the start."""
        self._filled = 0
        """What the last column has where it is not stretched."""
        self._away: set[int] = set()
        """Columns for which the window is too narrow."""

    def wanted(self) -> list[int]:
        """The columns that a person wants, from left to right: those that are shown, and those that gave way."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [column for column in order if not self.isSectionHidden(column) or column in self._away]

    def want(self, column: int, *, shown: bool) -> None:
        """Show the column from now on, or no longer. To be fitted afterwards."""
        self._away.discard(column)
        self.setSectionHidden(column, not shown)

    def shown(self) -> list[int]:
        """Visible columns from left to right."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [column for column in order if not self.isSectionHidden(column)]

    def is_first(self, column: int) -> bool:
        """Whether it is the leftmost visible column."""
        return all(self.isSectionHidden(self.logicalIndex(place)) for place in range(self.visualIndex(column)))

    def is_last(self, column: int) -> bool:
        """Whether it is the rightmost visible column."""
        after = range(self.visualIndex(column) + 1, self.count())
        return all(self.isSectionHidden(self.logicalIndex(place)) for place in after)

    def paddings(self, column: int) -> tuple[int, int]:
        """Room left and right of a cell's content: the window's edge at the ends, none behind a number."""
        first, last = self.is_first(column), self.is_last(column)
        kind = COLUMNS[column].kind
        left = theme.SPACE_EDGE if first else theme.SPACE
        if not first and not kind.right_aligned and self._follows_number(column):
            left = theme.SPACE_WIDE
        if last or kind is Kind.VERSION:
            return left, theme.SPACE_EDGE
        return left, 0 if kind.right_aligned or kind is Kind.TIME else theme.SPACE

    def _follows_number(self, column: int) -> bool:
        shown = self.shown()
        place = shown.index(column) if column in shown else 0
        return place > 0 and COLUMNS[shown[place - 1]].kind.right_aligned

    @property
    def stretched(self) -> int:
        """The column that takes what the others leave."""
        own = self.natural[_VERSION_NUMBER] == COLUMNS[_VERSION_NUMBER].width
        if own and not self.isSectionHidden(_VERSION_NUMBER):
            return _VERSION_NUMBER
        return self.shown()[-1]

    def _give_way(self, available: int, needs: Mapping[int, int]) -> None:
        """Have so many columns away that the others fit."""
        columns = self.wanted()
        away: set[int] = set()
        if all(COLUMNS[column].shown for column in columns):
            least = {column: self._least(column, needs[column]) for column in columns}
            for key in _GIVE_WAY:
                column = _NUMBERS[key]
                room = available - (theme.SPACE_EDGE if away else 0)  # behind whichever is the last one then
                if sum(least.values()) <= room:
                    break
                if column in least and len(least) > 1 and column != self.sortIndicatorSection():
                    del least[column]
                    away.add(column)
        self._away = away
        for column in columns:
            if self.isSectionHidden(column) != (column in away):
                self.setSectionHidden(column, column in away)

    def _wanted(self, column: int) -> int:
        """Its width as chosen or at the start; the last one has the room to the window's edge as well."""
        more = theme.SPACE_EDGE if self.is_last(column) and COLUMNS[column].kind.right_aligned else 0
        return self.natural[column] + more

    def content_rect(self, column: int, rect: QRect) -> QRect:
        """The part of a cell that holds its content: numbers of a stretched column stay by their neighbours."""
        rect = QRect(rect)
        if COLUMNS[column].kind.right_aligned and self.is_last(column):
            rect.setWidth(min(rect.width(), max(self._wanted(column), self._filled)))
        return rect

    def title_width(self, column: int) -> int:
        """Width that shows the title and the arrow."""
        text = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        before, after = self.paddings(column)
        arrow = theme.SPACE_TIGHT + _ARROW
        # The arrow of a number stands before it, where there is room already.
        around = max(before, arrow) if COLUMNS[column].kind.right_aligned else before + arrow
        return QFontMetrics(self._font()).horizontalAdvance(text) + 1 + around + after

    def fit(self, available: int, needed: Mapping[int, int]) -> None:
        """Give every visible column its width within `available`; `needed` is what their cells would like to have.

        Columns that nobody has sized grow where they would cut; a narrow window takes from all that have more than
        they need; what is left goes to the one that is stretched.
        """
        needs = {column: min(needed.get(column, 0), WIDEST) for column in self.wanted()}
        self._give_way(available, needs)
        columns = self.shown()
        stretched = self.stretched
        widths = {column: self._wanted(column) for column in columns}
        if stretched == _VERSION_NUMBER:
            widths[stretched] = min(
                widths[stretched], max(theme.at_font(_VERSION_KEEPS, self.font()), needs[stretched])
            )
        spare = available - sum(widths.values())
        for column in columns:
            grows = self.natural[column] == COLUMNS[column].width and needs[column] > widths[column]
            if grows and (spare > 0 or not _may_cut(column)):
                more = needs[column] - widths[column]
                more = min(more, spare) if _may_cut(column) else more
                widths[column] += more
                spare -= more
        if spare < 0:
            least = {column: min(widths[column], self._least(column, needs[column])) for column in columns}
            slack = sum(widths[column] - least[column] for column in columns)
            for column in columns:
                room = widths[column] - least[column]
                widths[column] -= min(room, int(room * -spare / slack) + 1) if slack > 0 else 0
            spare = available - sum(widths.values())
        self._filled = widths[columns[-1]]
        widths[stretched] += max(0, spare)
        # First those that become narrower: Qt would push the last one out of the window otherwise, for a moment.
        for column in sorted(columns, key=lambda column: widths[column] - self.sectionSize(column)):
            if self.sectionSize(column) != widths[column]:
                self.resizeSection(column, widths[column])

    def _least(self, column: int, needed: int) -> int:
        if COLUMNS[column].kind is Kind.VERSION:
            needed = min(needed, theme.at_font(_VERSION_KEEPS, self.font()))
        elif _may_cut(column):
            needed = min(needed, _TEXT_KEEPS)
        wanted = theme.at_font(self._wanted(column), self.font())
        return min(wanted, max(LEAST_WIDTH, needed)) if _may_cut(column) else max(LEAST_WIDTH, needed)

    def _font(self) -> QFont:
        return theme.caption_font(self.font())

    def sizeHint(self) -> QSize:
        """Return the header's height."""
        return QSize(super().sizeHint().width(), HEADER_HEIGHT)

    def paintEvent(self, event: object) -> None:
        """Paint the sections, and the same ground behind the last of them."""
        painter = QPainter(self.viewport())
        self._paint_ground(painter, self.viewport().rect())
        painter.end()
        super().paintEvent(event)  # type: ignore[arg-type]  # a QPaintEvent: Qt calls this

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        palette = self.palette()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.hairline(palette))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's signature
        """Paint one title, and the arrow where it sorts."""
        column = logicalIndex
        painter.save()
        self._paint_ground(painter, rect)
        palette = self.palette()
        sorts = self.sortIndicatorSection() == column
        right = COLUMNS[column].kind.right_aligned
        before, after = self.paddings(column)
        inner = self.content_rect(column, rect).adjusted(0 if right else before, 0, -after, 0)
        font = self._font()
        metrics = QFontMetrics(font)
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        room = inner.width() - (theme.SPACE_TIGHT + _ARROW if sorts else 0)
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words) + 1
        ink = palette.color(QPalette.ColorRole.Text) if sorts else theme.secondary_text(palette)
        text = QRect(inner.right() + 1 - width if right else inner.x(), inner.y(), width, inner.height())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if sorts:
            ascending = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            ratio = painter.device().devicePixelRatio()
            arrow = resources.tinted_pixmap("chevron-up" if ascending else "chevron-down", _ARROW, ink, ratio)
            x = text.x() - theme.SPACE_TIGHT - _ARROW if right else text.right() + 1 + theme.SPACE_TIGHT
            painter.drawPixmap(x, inner.y() + (inner.height() - _ARROW) // 2, arrow)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that a column may have been sized."""
        super().mouseReleaseEvent(event)
        self.drag_ended.emit()


class ColumnArrangement(QObject):
    """Which columns show, in which order, how wide, and by which the rows are sorted; and the menu that changes it.

    Signals:
        changed: columns were moved, sized, shown, hidden or sorted by the person.
        rearranged: others show: they are to be fitted. arg: whether anew, as if nothing had been measured.
    """

    changed = Signal()
    rearranged = Signal(bool)

    def __init__(self, view: QTableView, header: BuildHeader) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._arranging = False
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.drag_ended.connect(lambda: self.rearranged.emit(False))
        header.sortIndicatorChanged.connect(self._on_sort_changed)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)

    def fit(self, width: int, needed: Mapping[int, int]) -> None:
        """Give the columns the widths that they need, which is no wish of the person."""
        self._arranging, before = True, self._arranging
        self._header.fit(width, needed)
        self._arranging = before

    def save(self) -> ColumnLayout:
        """How the columns are arranged now."""
        header, wanted = self._header, set(self._header.wanted())
        section = header.sortIndicatorSection()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return ColumnLayout(
            order=tuple(COLUMNS[header.logicalIndex(place)].key for place in range(header.count())),
            hidden=tuple(column.key for number, column in enumerate(COLUMNS) if number not in wanted),
            widths=tuple(
                (column.key, header.natural[number])
                for number, column in enumerate(COLUMNS)
                if header.natural[number] != column.width
            ),
            sort=(COLUMNS[section].key, descending) if 0 <= section < len(COLUMNS) else None,
        )

    def restore(self, layout: ColumnLayout) -> None:
        """Arrange the columns as `layout` says. Does not emit `changed`."""
        header = self._header
        self._arranging = True
        hidden = {column.key for column in COLUMNS if not column.shown} if layout.hidden is None else set(layout.hidden)
        if all(column.key in hidden for column in COLUMNS):
            hidden.discard(_VERSION)
        widths = dict(layout.widths)
        for number, column in enumerate(COLUMNS):
            header.want(number, shown=column.key not in hidden)
            width = min(widths.get(column.key, column.width), _MOST_WIDE)
            header.natural[number] = max(header.minimumSectionSize(), width)
        for place, key in enumerate(_full_order(layout.order)):
            header.moveSection(header.visualIndex(_NUMBERS[key]), place)
        section, order = -1, Qt.SortOrder.AscendingOrder
        if layout.sort is not None and layout.sort[0] in _NUMBERS:
            section = _NUMBERS[layout.sort[0]]
            order = Qt.SortOrder.DescendingOrder if layout.sort[1] else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        if not self._view.isSortingEnabled():
            self._view.setSortingEnabled(True)  # sorts at once, by what the indicator says
        self._arranging = False
        self.rearranged.emit(True)
        self._describe_sorting()

    def menu(self, parent: QWidget) -> QMenu:
        """A menu that shows and hides columns, as the header's; for the menu bar. It is right each time it opens."""
        menu = QMenu(self.tr("Columns"), parent)
        menu.setObjectName("columnsMenu")
        menu.setAccessibleName(menu.title())
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self._fill(menu)
        return menu

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        shown = self._header.wanted()
        for place in range(self._header.count()):
            number = self._header.logicalIndex(place)
            action = QAction(say(COLUMNS[number].title), menu)
            action.setObjectName(f"column_{COLUMNS[number].key}")
            action.setCheckable(True)
            action.setChecked(number in shown)
            action.setEnabled(shown != [number])  # one stays, or there would be no header to bring it back
            action.toggled.connect(lambda on, number=number: self._on_column_toggled(number, shown=on))
            menu.addAction(action)
        menu.addSeparator()
        reset = QAction(self.tr("Reset columns"), menu)
        reset.setObjectName("actionResetColumns")
        reset.triggered.connect(self._on_columns_reset)
        menu.addAction(reset)
        give_access_keys(menu.actions())

    def sort_menu(self, parent: QWidget) -> QMenu:
        """A menu that sorts, as clicks on the header do. It is right each time it opens."""
        menu = QMenu(self.tr("Sort by"), parent)
        menu.setObjectName("sortMenu")
        menu.setAccessibleName(menu.title())
        menu.aboutToShow.connect(lambda: self._fill_sorting(menu))
        self._fill_sorting(menu)
        return menu

    def _fill_sorting(self, menu: QMenu) -> None:
        menu.clear()
        header = self._header
        section, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

        def add(name: str, words: str, by: int, way: Qt.SortOrder, *, on: bool) -> QAction:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda: header.setSortIndicator(by, way))
            menu.addAction(action)
            return action

        add("sort_pgyer", self.tr("Pgyer's order"), -1, up, on=section < 0)
        for number in header.shown():
            column = COLUMNS[number]
            add(f"sort_{column.key}", say(column.title), number, order, on=number == section)
        menu.addSeparator()
        for name, words, way in (
            ("sort_ascending", self.tr("Ascending"), up),
            ("sort_descending", self.tr("Descending"), down),
        ):
            add(name, words, section, way, on=section >= 0 and order == way).setEnabled(section >= 0)
        give_access_keys(menu.actions())

    def _on_section_resized(self, column: int, _old: int, new: int) -> None:
        if self._arranging or new == 0 or self._header.is_last(column):  # the last one follows the window
            return
        # In a narrow window the others may be smaller than they want to be: what is seen now is what is meant. Not so
        # of the one that takes what is left.
        for other in self._header.shown():
            if other != self._header.stretched:
                seen = self._header.sectionSize(other)
                self._header.natural[other] = min(self._header.natural[other], seen)
        self._header.natural[column] = new
        self.changed.emit()

    def _on_section_moved(self) -> None:
        if not self._arranging:
            self.rearranged.emit(False)
            self.changed.emit()

    def _on_sort_changed(self) -> None:
        self._describe_sorting()
        if not self._arranging:
            self.changed.emit()

    def _on_column_toggled(self, column: int, *, shown: bool) -> None:
        self._arranging = True
        self._header.want(column, shown=shown)
        self._arranging = False
        self.rearranged.emit(False)
        self.changed.emit()

    def _on_columns_reset(self) -> None:
        self.restore(ColumnLayout())
        self.changed.emit()

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setObjectName("headerMenu")
        menu.setAccessibleName(self.tr("Columns"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self._header.viewport().mapToGlobal(place))

    def _describe_sorting(self) -> None:
        section = self._header.sortIndicatorSection()
        if not 0 <= section < len(COLUMNS):
            text = self.tr("In Pgyer's order, newest first")
        elif self._header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder:
            text = self.tr("This page sorted by {column}, ascending").format(column=say(COLUMNS[section].title))
        else:
            text = self.tr("This page sorted by {column}, descending").format(column=say(COLUMNS[section].title))
        self._header.setAccessibleDescription(text)


def _full_order(order: tuple[str, ...]) -> tuple[str, ...]:
    """Every column from left to right; those that `order` does not name stand behind their neighbours."""
    known = [key for key in dict.fromkeys(order) if key in _NUMBERS]
    for number, column in enumerate(COLUMNS):
        if column.key not in known:
            known.insert(known.index(COLUMNS[number - 1].key) + 1 if number else 0, column.key)
    return tuple(known)


def _may_cut(column: int) -> bool:
    """Whether a narrow window may cut what stands in it: words, and what people make up, but no date and no size."""
    return COLUMNS[column].kind in {Kind.TEXT, Kind.VERSION, Kind.FIGURES}
