"""The table of builds: what is selected, how its columns are arranged, and which icons it needs now.

It keeps the scroll position while rows come and go; see `selection` for what is selected. Must not read builds
and must not do anything to one: it says what was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView, QWidget

from pgyer_desktop.api import Build
from pgyer_desktop.core.builds.columns import COLUMNS, ColumnLayout
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.builds.delegate import BuildDelegate
from pgyer_desktop.ui.builds.header import BuildHeader
from pgyer_desktop.ui.builds.model import HEADING_ROLE, VERSION_COLUMN
from pgyer_desktop.ui.builds.row_painter import RowPainter
from pgyer_desktop.ui.builds.selection import BuildSelection
from pgyer_desktop.ui.history.version_groups import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from pgyer_desktop.core.history.search import Query
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.model import BuildModel

LOADING_DELAY_MS: Final = 200
"""A wait shorter than this shows nothing."""
_ICON_DELAY_MS: Final = 30
_MEASURED_ROWS: Final = 24
_NUMBERS: Final = {column.key: number for number, column in enumerate(COLUMNS)}


class BuildTable(QTableView):
    """The table of builds, one build in each row.

    Signals:
        selection_changed: others are selected, or the same ones were read anew; see `selection`.
        activated_build: Enter or a double click on a `Build`.
        menu_requested: the context menu is wanted at this place of the screen (QPoint); the selection is right already.
        group_toggle_requested: the group to which this row belongs is to be closed or opened. arg: row.
        columns_changed: columns were moved, sized, shown, hidden or sorted by the person.
    """

    selection_changed = Signal()
    activated_build = Signal(object)
    menu_requested = Signal(QPoint)
    group_toggle_requested = Signal(int)
    columns_changed = Signal()

    def __init__(self, model: BuildModel, icons: IconLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("buildTable")
        self.setAccessibleName(self.tr("Builds"))
        self._builds = model
        self._icons = icons
        self._page_id: object = None
        self._arranging = False
        self._loading = False
        self._placeholders = False
        self._needed: dict[int, int] = {}
        self._measured: tuple[object, int] = (None, 0)

        self._header = BuildHeader(self)
        self._header.setAccessibleName(self.tr("Columns"))
        self.setHorizontalHeader(self._header)
        self._delegate = BuildDelegate(self, self._header)
        self.setItemDelegate(self._delegate)
        self._painter = RowPainter(self, model, self._header, self._delegate, icons)
        self.setModel(model)
        self._set_up_view()
        self.selection = BuildSelection(self, model)
        self.selection.changed.connect(self.selection_changed)

        self._loading_timer = _one_shot(self, LOADING_DELAY_MS, self._on_loading_is_slow)
        self._icon_timer = _one_shot(self, _ICON_DELAY_MS, self._request_icons)
        self._restore(ColumnLayout())
        self._connect(model)
        self._describe_sorting()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._delegate.row_height)
        self.verticalScrollBar().setSingleStep(self._delegate.row_height)

    def _connect(self, model: BuildModel) -> None:
        # After the view's own: it connected when it was given the model.
        model.modelReset.connect(self._on_rows_replaced)
        model.dataChanged.connect(self._on_rows_changed)
        model.layoutChanged.connect(self._on_rows_moved)
        self.doubleClicked.connect(self._on_activated)
        self.clicked.connect(self._on_clicked)
        header = self._header
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.sortIndicatorChanged.connect(self._on_sort_changed)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_icons)
        self._icons.icon_ready.connect(self._on_icon_ready)

    # Rows.

    def set_page(self, builds: Sequence[Build], latest_keys: frozenset[str], *, page_id: object = None) -> None:
        """Show these builds.

        `page_id` names app and page: while it stays the same the scroll position is kept, else the table starts at the
        top. The selection stays on its build wherever that is.
        """
        same = page_id == self._page_id
        self._page_id = page_id
        scroll = self.verticalScrollBar().value() if same else 0
        self._builds.set_page(builds, latest_keys)
        self.verticalScrollBar().setValue(scroll)
        self._ask_for_icons()

    def show_rows(
        self, rows: Sequence[Build | Heading], latest_keys: frozenset[str], *, page_id: object = None
    ) -> None:
        """Show these as they are (see `BuildModel.show_rows`).

        While `page_id` stays the same, whoever reads further down keeps the same builds before their eyes, however many
        come above them; whoever is at the top sees what is new.
        """
        same = page_id == self._page_id
        self._page_id = page_id
        bar = self.verticalScrollBar()
        top = self.rowAt(0) if same and bar.value() > 0 else -1
        anchor = self._builds.build_at(top) if top >= 0 else None
        offset = self.rowViewportPosition(top) if top >= 0 else 0
        scroll = bar.value() if top >= 0 else 0
        current = self.currentIndex().row() if self.currentIndex().data(HEADING_ROLE) is not None else -1
        self._builds.show_rows(rows, latest_keys)
        row = self._builds.row_of(anchor.build_key) if anchor is not None else None
        height = self.verticalHeader().defaultSectionSize()
        if same and current >= 0:
            # Whoever closes and opens a group from the keyboard stays on its heading.
            stays = self._builds.index(current, VERSION_COLUMN)
            self.selectionModel().setCurrentIndex(stays, QItemSelectionModel.SelectionFlag.NoUpdate)
        bar.setValue(row * height - offset if row is not None else scroll)
        self._ask_for_icons()

    def set_query(self, query: Query) -> None:
        """Mark what of `query` stands in the cells."""
        if query != self._painter.query:
            self._painter.query = query
            self.viewport().update()

    def set_loading(self, *, loading: bool) -> None:
        """Builds are on their way: rows stay, and where there are none placeholders show after 200 ms."""
        if loading == self._loading:
            return
        self._loading = loading
        self._placeholders = False
        if loading:
            self._loading_timer.start()
        else:
            self._loading_timer.stop()
        self.viewport().update()

    @property
    def shows_placeholders(self) -> bool:
        """Whether grey rows stand where builds will be."""
        return self._placeholders and self._builds.shown_count == 0

    def set_compact(self, *, compact: bool) -> None:
        """Rows of 28 instead of 40 pixels."""
        self._delegate.compact = compact
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self.verticalScrollBar().setSingleStep(self._delegate.row_height)
        self._needed.clear()
        self._fit_columns()
        self.viewport().update()
        self._ask_for_icons()

    # Columns.

    def save_columns(self) -> ColumnLayout:
        """How the columns are arranged now."""
        header = self._header
        section = header.sortIndicatorSection()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return ColumnLayout(
            order=tuple(COLUMNS[header.logicalIndex(place)].key for place in range(header.count())),
            hidden=tuple(column.key for number, column in enumerate(COLUMNS) if header.isSectionHidden(number)),
            widths=tuple(
                (column.key, header.natural[number])
                for number, column in enumerate(COLUMNS)
                if header.natural[number] != column.width
            ),
            sort=(COLUMNS[section].key, descending) if 0 <= section < len(COLUMNS) else None,
        )

    def restore_columns(self, layout: ColumnLayout) -> None:
        """Arrange the columns as `layout` says. Does not emit `columns_changed`."""
        self._restore(layout)

    def columns_menu(self, parent: QWidget) -> QMenu:
        """A menu that shows and hides columns, as the header's; for the menu bar. It is right each time it opens."""
        menu = QMenu(parent)
        menu.setObjectName("columnsMenu")
        menu.aboutToShow.connect(lambda: self._fill_columns_menu(menu))
        self._fill_columns_menu(menu)
        return menu

    def _fill_columns_menu(self, menu: QMenu) -> None:
        menu.clear()
        shown = self._header.shown()
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

    def _restore(self, layout: ColumnLayout) -> None:
        header = self._header
        self._arranging = True
        hidden = {column.key for column in COLUMNS if not column.shown} if layout.hidden is None else set(layout.hidden)
        if all(column.key in hidden for column in COLUMNS):
            hidden.discard(COLUMNS[VERSION_COLUMN].key)
        widths = dict(layout.widths)
        for number, column in enumerate(COLUMNS):
            header.setSectionHidden(number, column.key in hidden)
            header.natural[number] = max(header.minimumSectionSize(), widths.get(column.key, column.width))
        for place, key in enumerate(_full_order(layout.order)):
            header.moveSection(header.visualIndex(_NUMBERS[key]), place)
        section, order = -1, Qt.SortOrder.AscendingOrder
        if layout.sort is not None and layout.sort[0] in _NUMBERS:
            section = _NUMBERS[layout.sort[0]]
            order = Qt.SortOrder.DescendingOrder if layout.sort[1] else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        if not self.isSortingEnabled():
            self.setSortingEnabled(True)  # sorts at once, by what the indicator says
        self._arranging = False
        self._needed.clear()
        self._fit_columns()
        self._describe_sorting()

    def _fit_columns(self, *, measure: bool = True) -> None:
        rows = map(self._builds.build_at, range(min(self._builds.rowCount(), _MEASURED_ROWS) if measure else 0))
        shown = self._header.shown()
        measured = [
            (self._builds.texts(build, shown), self._builds.row_states(build)) for build in rows if build is not None
        ]
        for column in shown:
            widest = self._delegate.widest(column, ((texts[column], badges) for texts, badges in measured))
            # Only grows: columns must not jump from page to page.
            self._needed[column] = max(self._needed.get(column, 0), self._header.title_width(column), widest)
        self._arranging, before = True, self._arranging
        self._header.fit(self.viewport().width(), self._needed)
        self._arranging = before

    # Events of model, header and icons.

    def _on_rows_replaced(self) -> None:
        scroll = self.verticalScrollBar().value()
        self._set_hovered(-1)
        # With each letter that is typed other rows of the same list come: they are not measured again.
        sample = min(self._builds.rowCount(), _MEASURED_ROWS)
        measured = self._measured == (self._page_id, sample)
        self._fit_columns(measure=not (measured and self._builds.is_arranged_elsewhere))
        self._measured = (self._page_id, sample)
        self.selection.restore()
        self.verticalScrollBar().setValue(scroll)
        self._ask_for_icons()

    def _on_rows_changed(self) -> None:
        self._fit_columns()
        self.selection.tell()
        self._ask_for_icons()

    def _on_rows_moved(self) -> None:
        self._set_hovered(-1)
        self._ask_for_icons()

    def _on_activated(self, index: QModelIndex) -> None:
        build = self._builds.build_at(index.row())
        if build is not None:
            self.activated_build.emit(build)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(HEADING_ROLE) is not None:
            self.group_toggle_requested.emit(index.row())

    def _on_section_resized(self, column: int, _old: int, new: int) -> None:
        if self._arranging or new == 0 or self._header.is_last(column):  # the last one follows the window
            return
        # In a narrow window the others may be smaller than they want to be: what is seen now is what is meant.
        for other in self._header.shown():
            seen = self._header.sectionSize(other)
            self._header.natural[other] = min(self._header.natural[other], seen)
        self._header.natural[column] = new
        self.columns_changed.emit()

    def _on_section_moved(self) -> None:
        if not self._arranging:
            self._fit_columns()
            self.viewport().update()
            self.columns_changed.emit()

    def _on_sort_changed(self) -> None:
        self._describe_sorting()
        if not self._arranging:
            self.columns_changed.emit()

    def _on_column_toggled(self, column: int, *, shown: bool) -> None:
        self._arranging = True
        self._header.setSectionHidden(column, not shown)
        self._arranging = False
        self._fit_columns()
        self.columns_changed.emit()

    def _on_columns_reset(self) -> None:
        self._restore(ColumnLayout())
        self.columns_changed.emit()

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("headerMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_columns_menu(menu)
        menu.popup(self._header.viewport().mapToGlobal(place))

    def _on_loading_is_slow(self) -> None:
        self._placeholders = True
        self.viewport().update()

    def _on_icon_ready(self, field: str) -> None:
        for row in self._visible_rows():
            build = self._builds.build_at(row)
            if build is not None and build.icon == field:
                self.update(self._builds.index(row, VERSION_COLUMN))

    def _ask_for_icons(self) -> None:
        self._icon_timer.start()

    def _visible_rows(self) -> range:
        first = self.rowAt(0)
        if first < 0:
            return range(0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self._builds.rowCount() - 1) + 1)

    def _request_icons(self) -> None:
        """Those on screen, then as many again below, where the person is likely to scroll."""
        rows = self._visible_rows()
        wanted = range(rows.start, min(rows.stop + len(rows), self._builds.rowCount()))
        fields = (build.icon for build in map(self._builds.build_at, wanted) if build is not None)
        self._icons.request(tuple(dict.fromkeys(field for field in fields if field)))

    def _set_hovered(self, row: int) -> None:
        if row != self._painter.hovered_row:
            before, self._painter.hovered_row = self._painter.hovered_row, row
            for changed in (before, row):
                if changed >= 0:
                    place = QRect(
                        0, self.rowViewportPosition(changed), self.viewport().width(), self.rowHeight(changed)
                    )
                    self.viewport().update(place)

    def _describe_sorting(self) -> None:
        section = self._header.sortIndicatorSection()
        if not 0 <= section < len(COLUMNS):
            text = self.tr("In Pgyer's order, newest first")
        elif self._header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder:
            text = self.tr("This page sorted by {column}, ascending").format(column=say(COLUMNS[section].title))
        else:
            text = self.tr("This page sorted by {column}, descending").format(column=say(COLUMNS[section].title))
        self._header.setAccessibleDescription(text)

    def _paint_placeholders(self) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.08)
        )
        height, side = self._delegate.row_height, self._delegate.icon_side
        rows = max(1, self.viewport().height() // height)
        for row in range(min(rows, 20)):
            for column in self._header.shown():
                cell = QRect(self.columnViewportPosition(column), row * height, self.columnWidth(column), height)
                left, right = self._header.paddings(column)
                cell = self._header.content_rect(column, cell).adjusted(left, 0, -right, 0)
                if column == VERSION_COLUMN:
                    icon = QRectF(cell.x(), cell.y() + (height - side) / 2, side, side)
                    painter.drawRoundedRect(icon, side * 0.22, side * 0.22)
                    cell.setLeft(cell.left() + side + theme.SPACE_GROUP)
                width = min(cell.width(), 40 + (row * 37 + column * 23) % 29)
                x = cell.right() + 1 - width if COLUMNS[column].kind.right_aligned else cell.x()
                painter.drawRoundedRect(QRectF(x, cell.y() + height / 2 - 5, width, 10), 5, 5)

    # Qt's own.

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and style while running."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._needed.clear()
            self._fit_columns()
        super().changeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the mouse, or of the selected row for the keyboard's menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                event.ignore()
                return
            self.selection.select_row(index.row())
            self.menu_requested.emit(event.globalPos())
            return
        rows = self.selectionModel().selectedRows()
        if rows:
            self.scrollTo(rows[0])
            place = self.visualRect(self._builds.index(rows[0].row(), self._header.shown()[0]))
            self.menu_requested.emit(self.viewport().mapToGlobal(place.bottomLeft() + QPoint(theme.SPACE_EDGE, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates the selected build; on a heading Enter, Space, Left and Right close and open its group."""
        heading = self.currentIndex().data(HEADING_ROLE)
        if isinstance(heading, Heading) and not event.modifiers():
            closes = heading.is_open and event.key() == Qt.Key.Key_Left
            opens = not heading.is_open and event.key() == Qt.Key.Key_Right
            if closes or opens or event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.group_toggle_requested.emit(self.currentIndex().row())
                return
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            build = self.selection.single
            if build is not None:
                self.activated_build.emit(build)
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the row under the mouse."""
        self._set_hovered(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Stop highlighting the row that the mouse has left."""
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(-1)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or placeholders where there will be rows."""
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect())
        painter.end()
        if self.shows_placeholders:
            self._paint_placeholders()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self._fit_columns()
        self._ask_for_icons()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the icons that are now on screen."""
        super().showEvent(event)
        self._ask_for_icons()


def _one_shot(parent: QTableView, milliseconds: int, slot: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer


def _full_order(order: tuple[str, ...]) -> tuple[str, ...]:
    """Every column from left to right; those that `order` does not name stand behind their neighbours."""
    known = [key for key in dict.fromkeys(order) if key in _NUMBERS]
    for number, column in enumerate(COLUMNS):
        if column.key not in known:
            known.insert(known.index(COLUMNS[number - 1].key) + 1 if number else 0, column.key)
    return tuple(known)
