"""The table of builds: what is selected, how its columns are arranged, and which icons it needs now.

It keeps the scroll position while rows come and go; see `selection` for what is selected. Must not read builds
and must not do anything to one: it says what was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from pgyer_desktop.core.builds.columns import ColumnLayout
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.delegate import BuildDelegate
from pgyer_desktop.ui.builds.header import BuildHeader, ColumnArrangement
from pgyer_desktop.ui.builds.model import HEADING_ROLE, VERSION_COLUMN
from pgyer_desktop.ui.builds.row_painter import RowPainter
from pgyer_desktop.ui.builds.selection import BuildSelection
from pgyer_desktop.ui.state.rows import Heading
from pgyer_desktop.ui.widgets.row_inks import HoveredRow
from pgyer_desktop.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

    from pgyer_desktop.core.history.search import Query
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.model import BuildModel
    from pgyer_desktop.ui.state.rows import Rows

LOADING_DELAY_MS: Final = 200
"""A wait shorter than this shows nothing."""
_ICON_DELAY_MS: Final = 30
_MEASURED_ROWS: Final = 24


class BuildTable(RowTable):
    """The table of builds, one build in each row.

    Signals:
        selection_changed: others are selected, or the same ones were read anew; see `selection`.
        activated_build: Enter or a double click on a `Build`.
        menu_requested: the context menu is wanted at this place of the screen (QPoint); the selection is right already.
        group_toggle_requested: the group to which this row belongs is to be closed or opened. arg: row.
    """

    selection_changed = Signal()
    activated_build = Signal(object)
    menu_requested = Signal(QPoint)
    group_toggle_requested = Signal(int)

    def __init__(self, model: BuildModel, icons: IconLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("buildTable")
        self.setAccessibleName(self.tr("Builds"))
        self._builds = model
        self._icons = icons
        self._page_id: object = None
        self._loading = False
        self._placeholders = False
        self._needed: dict[int, int] = {}
        self._measured: tuple[object, int] = (None, 0)

        self._header = BuildHeader(self)
        self._header.setAccessibleName(self.tr("Columns"))
        self.setHorizontalHeader(self._header)
        self._delegate = BuildDelegate(self, self._header, model)
        self.setItemDelegate(self._delegate)
        self._hovered = HoveredRow(self)
        self._painter = RowPainter(self, model, self._header, self._delegate, icons, self._hovered)
        self.setModel(model)
        self._set_up_view()
        self.selection = BuildSelection(self, model)
        self.selection.changed.connect(self.selection_changed)

        self._loading_timer = QTimer(self, singleShot=True, interval=LOADING_DELAY_MS)
        self._loading_timer.timeout.connect(self._on_loading_is_slow)
        self._icon_timer = QTimer(self, singleShot=True, interval=_ICON_DELAY_MS)
        self._icon_timer.timeout.connect(self._request_icons)
        self.columns = ColumnArrangement(self, self._header)
        self.columns.rearranged.connect(self._on_columns_rearranged)
        self.columns.restore(ColumnLayout())
        self._connect(model)

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
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
        self.doubleClicked.connect(self._on_activated)
        self.clicked.connect(self._on_clicked)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_icons)
        self._icons.icon_ready.connect(self._on_icon_ready)
        self._hovered.moved.connect(self._on_row_beside_edge)
        self.selectionModel().selectionChanged.connect(self._on_row_beside_edge)
        self.horizontalScrollBar().valueChanged.connect(lambda: self.viewport().update())

    def spoken_column(self) -> int:
        """The version, or the first column where that is hidden: its cells say the whole row."""
        return self._builds.spoken_column

    # Rows.

    def show_rows(self, rows: Rows, latest_keys: frozenset[str], page_id: object = None) -> None:
        """Show these (see `BuildModel.show_rows`); the selection stays on its builds wherever those are.

        `page_id` names what is shown. While it stays the same the scroll position is kept, else the table starts at the
        top. Of rows that are fetched, whoever reads further down keeps the same builds before their eyes, however many
        come above them; whoever is at the top sees what is new.
        """
        same = page_id == self._page_id
        self._page_id = page_id
        bar = self.verticalScrollBar()
        scroll = bar.value() if same else 0
        top = self.rowAt(0) if scroll > 0 and rows.fetched else -1
        anchor = self._builds.build_at(top) if top >= 0 else None
        offset = self.rowViewportPosition(top) if top >= 0 else 0
        current = self.currentIndex().row()
        on_heading = self.currentIndex().data(HEADING_ROLE) is not None
        self._builds.show_rows(rows, latest_keys)
        row = self._builds.row_of(anchor.build_key) if anchor is not None else None
        height = self.verticalHeader().defaultSectionSize()
        if same and current >= 0 and on_heading:
            # Whoever closes and opens a group from the keyboard stays on its heading.
            stays = self._builds.index(current, VERSION_COLUMN)
            self.selectionModel().setCurrentIndex(stays, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif same and current >= 0 and not self.currentIndex().isValid():
            self.selection.stand_beside(current)
        bar.setValue(row * height - offset if row is not None else scroll)
        self._ask_for_icons()

    def reveal(self, key: str) -> bool:
        """Select the build with this key and scroll to it. Whether it is among the rows."""
        row = self._builds.row_of(key)
        if row is None:
            return False
        self.selection.select(key)
        self.scrollTo(self._builds.index(row, VERSION_COLUMN), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def set_query(self, query: Query) -> None:
        """Mark what of `query` stands in the cells: of the rows that it finds, which are shown next."""
        self._painter.query = query

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

    def _fit_columns(self, *, measure: bool = True) -> None:
        self._measure(_MEASURED_ROWS if measure else 0)
        shown = self._header.shown()
        self.columns.fit(self.viewport().width(), self._needed)
        if self._header.shown() != shown:  # another one is the last, and needs the room to the edge
            self._measure(_MEASURED_ROWS)
            self.columns.fit(self.viewport().width(), self._needed)

    def _measure(self, most_rows: int) -> None:
        rows = map(self._builds.build_at, range(min(self._builds.rowCount(), most_rows)))
        shown = self._header.wanted()
        measured = [
            (self._builds.texts(build, shown), self._builds.row_states(build)) for build in rows if build is not None
        ]
        for column in shown:
            widest = self._delegate.widest(column, ((texts[column], badges) for texts, badges in measured))
            # Only grows: columns must not jump from page to page.
            self._needed[column] = max(self._needed.get(column, 0), self._header.title_width(column), widest)

    # Events of model, header and icons.

    def _on_rows_replaced(self) -> None:
        scroll = self.verticalScrollBar().value()
        self._hovered.forget()
        # With each letter that is typed other rows of the same list come: they are not measured again.
        sample = min(self._builds.rowCount(), _MEASURED_ROWS)
        measured = self._measured == (self._page_id, sample)
        self._fit_columns(measure=not (measured and self._builds.fetches))
        self._measured = (self._page_id, sample)
        self.selection.restore()
        self.verticalScrollBar().setValue(scroll)
        self._ask_for_icons()

    def _on_rows_changed(self) -> None:
        self._fit_columns()
        self.selection.tell()
        self._ask_for_icons()

    def _on_columns_rearranged(self, anew: bool) -> None:
        if anew:
            self._needed.clear()
        shown = self._header.shown()
        self._builds.spoken_column = VERSION_COLUMN if VERSION_COLUMN in shown else shown[0]
        self._fit_columns()
        self.viewport().update()

    def _on_row_beside_edge(self) -> None:
        area = self._painter.edge_area()
        if not area.isEmpty():
            self.viewport().update(area)

    def _on_activated(self, index: QModelIndex) -> None:
        build = self._builds.build_at(index.row())
        if build is not None:
            self.activated_build.emit(build)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(HEADING_ROLE) is not None:
            self.group_toggle_requested.emit(index.row())

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

    # Qt's own.

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and style while running."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.set_compact(compact=self._delegate.compact)
        super().changeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the mouse; by the menu key of the selected row, else the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                event.ignore()
                return
            self.selection.select_row(index.row())
            self.menu_requested.emit(event.globalPos())
            return
        if not self.selectionModel().hasSelection() and self.currentIndex().isValid():
            self.selection.select_row(self.currentIndex().row())
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or placeholders where there will be rows."""
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect())
        painter.end()
        if self.shows_placeholders:
            self._painter.paint_placeholders()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self._fit_columns()
        self._ask_for_icons()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the icons that are now on screen."""
        super().showEvent(event)
        self._ask_for_icons()
