"""The list to search by typing that a picker's button opens.

Must not know what is chosen and must not fetch anything: it says which rows can be seen, so that the caller can load
their icons first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named, plain
from pgyer_desktop.ui.widgets.buttons import dress_search
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.keys.window_keys import WindowKeys
from pgyer_desktop.ui.widgets.layout import column, wide
from pgyer_desktop.ui.widgets.pickers.item import PickerItem
from pgyer_desktop.ui.widgets.pickers.list import HEADING_HEIGHT, KEY_ROLE, ROW_HEIGHT, PickerDelegate, PickerModel
from pgyer_desktop.ui.widgets.spoken.announcement import Standing, announce
from pgyer_desktop.ui.widgets.spoken.manner import POPUP
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QHideEvent, QPaintEvent

POPUP_WIDTH: Final = 380
WIDE: Final = 560
"""Of one that belongs to the window and not to a button."""
_UNDER_BARS: Final = 88
_LIST_HEIGHT: Final = 400
_LEAST_LIST_HEIGHT: Final = 96


class SearchPopup(QFrame):
    """Search field, list and fixed actions, in a window of its own that closes when one clicks elsewhere.

    Signals:
        item_chosen: an item was chosen, by click or Enter; the popup is closed by then. arg: its key.
        item_refused: one was chosen that cannot be chosen now; the popup stays. arg: its key.
        visible_keys_changed: other rows can be seen now. arg: list of their keys, from the top.
        closed: the popup went away, whatever the reason.
    """

    manner = POPUP

    item_chosen = Signal(str)
    item_refused = Signal(str)
    visible_keys_changed = Signal(list)
    closed = Signal()

    def __init__(
        self,
        name: str,
        model: PickerModel,
        parent: QWidget,
        footer: Iterable[tuple[QAction, bool]],
        search_text: str,
        empty_text: str,
        *,
        with_icons: bool,
    ) -> None:
        """`name` begins the object names; `model` may hold items already.

        `footer`: actions under the list, and whether the popup goes away before each is triggered. `search_text` is
        what the empty search field says and is called; `empty_text` stands in place of the list where it has no items.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(f"{name}Popup")
        # Without this, the click on the button that closes the popup would open it again at once.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._visible_keys: list[str] = []
        self._empty_text = empty_text

        self.search = named(f"{name}Search", QLineEdit(self), search_text)
        self.search.setPlaceholderText(search_text)
        self.search.setClearButtonEnabled(True)
        dress_search(self.search)
        self.search.textChanged.connect(self._on_text_changed)
        self.search.installEventFilter(self)
        self.model = model
        self.view = named(f"{name}List", QListView(self), self.tr("Choices"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(PickerDelegate(self.view, with_icons=with_icons))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._choose)
        self.view.verticalScrollBar().valueChanged.connect(self._on_view_moved)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self._empty = Label(self, ink=Ink.SOFT)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(theme.SPACE_EDGE)

        self._best = Standing(self.search)
        self._seen_timer = QTimer(self, singleShot=True, interval=0)
        self._seen_timer.timeout.connect(self._on_view_settled)

        self._search_line = Hairline(self)
        self._pages = QStackedLayout()
        self._actions = [self._footer_button(action, closes=closes) for action, closes in footer]
        self._footer_line = Hairline(self)
        self._footer = column(*self._actions, spacing=0, margins=theme.SPACE_TIGHT)
        self._lay_out()
        self._update_search()
        self._update_page()
        self._select_start()
        WindowKeys(self)

    def open_below(self, button: QWidget) -> None:
        """Show it under `button`, or over it where there is more room, with an empty search field in focus."""
        self._begin()
        self._place(button)
        self._show()

    def open_over(self, window: QWidget) -> None:
        """Show it in the upper middle of `window`, with an empty search field in focus."""
        self._begin()
        self.ensurePolished()
        room = window.screen().availableGeometry()
        whole = window.mapToGlobal(QPoint(0, 0))
        width = min(theme.at_font(WIDE, self.font()), window.width() - 2 * theme.SPACE_EDGE)
        height = min(self._height_without_list() + _LIST_HEIGHT, room.height(), window.height())
        top = min(whole.y() + min(_UNDER_BARS, window.height() - height), room.bottom() + 1 - height)
        self.setGeometry(QRect(whole.x() + (window.width() - width) // 2, max(room.top(), top), width, height))
        self._show()

    def _begin(self) -> None:
        self.search.clear()
        self.model.set_query("")
        self._update_search()
        self._select_start()

    def _show(self) -> None:
        self._visible_keys = []
        self.show()
        self.activateWindow()
        self._focused.setFocus(Qt.FocusReason.PopupFocusReason)
        row = self.view.currentIndex()
        if row.isValid():
            self.view.scrollTo(row, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._on_view_moved()

    def set_items(self, items: Sequence[PickerItem], *, anew: bool = False) -> None:
        """Show these. The search text is kept and, unless they are found `anew`, the selected item if it is there."""
        selected = None if anew else self.selected_key()
        self.model.set_items(items)
        self._update_search()
        row = self.model.row_of(selected)
        if row is None:
            self._select_start()
        else:
            self._select(row, say=False)
        self._update_page()
        self._on_view_moved()

    def selected_key(self) -> str | None:
        """The key of the row that Enter would choose."""
        key = self.view.currentIndex().data(KEY_ROLE)
        return key if isinstance(key, str) else None

    def visible_keys(self) -> list[str]:
        """The keys of the rows that can be seen, from the top; empty while the popup is closed."""
        count = self.model.rowCount()
        if not self.isVisible() or count == 0:
            return []
        height = self.view.viewport().height()
        first = self.view.indexAt(QPoint(1, 0)).row()
        last = self.view.indexAt(QPoint(1, height - 1)).row()
        keys = []
        for row in range(max(0, first), (last if last >= 0 else count - 1) + 1):
            entry = self.model.entry(row)
            if isinstance(entry, PickerItem):
                keys.append(entry.key)
        return keys

    def _footer_button(self, action: QAction, *, closes: bool) -> _FooterButton:
        button = _FooterButton(action, self)
        if closes:
            button.pressed_for_good.connect(self.close)
        button.pressed_for_good.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._footer_line.setVisible(bool(self._actions))
        self._search_room = column(self.search)
        column(
            self._search_room,
            self._search_line,
            theme.SPACE_TIGHT,
            wide(self._pages),
            theme.SPACE_TIGHT,
            self._footer_line,
            self._footer,
            inside=self,
            spacing=0,
            margins=1,
        )

    def _place(self, button: QWidget) -> None:
        below = button.mapToGlobal(QPoint(0, button.height() + theme.SPACE_TIGHT))
        above = button.mapToGlobal(QPoint(0, -theme.SPACE_TIGHT))
        screen = QGuiApplication.screenAt(below) or button.screen()
        room = screen.availableGeometry()
        width = min(max(theme.at_font(POPUP_WIDTH, self.font()), button.width()), room.width())
        self.ensurePolished()
        fixed = self._height_without_list()
        rows = min(_LIST_HEIGHT, max(_LEAST_LIST_HEIGHT, self._rows_height()))
        height = fixed + rows
        top = below.y()
        if top + height > room.bottom():
            if above.y() - room.top() > room.bottom() - top:
                height = min(height, above.y() - room.top())
                top = above.y() - height
            else:
                height = room.bottom() - top
        left = min(max(room.left(), below.x()), room.right() + 1 - width)
        self.setGeometry(QRect(left, top, width, max(fixed + _LEAST_LIST_HEIGHT, height)))

    @property
    def _focused(self) -> QWidget:
        """What takes the keys."""
        return self.view if self.search.isHidden() else self.search

    def _update_search(self) -> None:
        """Offer to search only where there is more than one to find."""
        offered = self.model.is_worth_searching or bool(self.search.text())
        moves = offered == self.search.isHidden() and self.isVisible()
        self.search.setVisible(offered)
        self._search_line.setVisible(offered)
        edge = theme.SPACE if offered else 0
        self._search_room.setContentsMargins(edge, edge, edge, edge)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus if offered else Qt.FocusPolicy.StrongFocus)
        if moves:
            self._focused.setFocus(Qt.FocusReason.PopupFocusReason)

    def _height_without_list(self) -> int:
        """Height of everything but the list, in logical pixels."""
        search = 2 * theme.SPACE_TIGHT
        if not self.search.isHidden():
            search += self.search.sizeHint().height() + 2 * theme.SPACE + 1
        footer = sum(button.sizeHint().height() for button in self._actions)
        return 2 + search + (footer + 2 * theme.SPACE_TIGHT + 1 if self._actions else 2 * theme.SPACE_TIGHT)

    def _rows_height(self) -> int:
        # More rows than this do not fit anyway.
        entries = [self.model.entry(row) for row in range(min(self.model.rowCount(), _LIST_HEIGHT // HEADING_HEIGHT))]
        heights = (HEADING_HEIGHT if isinstance(entry, str) else ROW_HEIGHT for entry in entries)
        return sum(theme.at_font(height, self.font()) for height in heights)

    def _select_start(self) -> None:
        """What Enter should choose first: while searching the best match, else what is in use now."""
        row = None if self.search.text().split() else self.model.row_of(self.model.current)
        row = self.model.next_row(0, 1) if row is None else row
        if row is not None:
            self._select(row, say=False)

    def _select(self, row: int, *, say: bool) -> None:
        index = self.model.index(row)
        self.view.setCurrentIndex(index)
        # With its heading, where it is the first under one: otherwise nothing says that there is more above.
        if row > 0 and isinstance(self.model.entry(row - 1), str):
            self.view.scrollTo(self.model.index(row - 1))
        self.view.scrollTo(index)
        if say:
            self._best.write("")
            announce(self._focused, _spoken_row(index))

    def _move(self, key: int) -> None:
        count = self.model.rowCount()
        if count == 0:
            return
        row = self.view.currentIndex().row()
        page = max(1, self.view.viewport().height() // theme.at_font(ROW_HEIGHT, self.font()) - 1)
        step = {
            int(Qt.Key.Key_Up): -1,
            int(Qt.Key.Key_Down): 1,
            int(Qt.Key.Key_PageUp): -page,
            int(Qt.Key.Key_PageDown): page,
        }[key]
        direction = 1 if step > 0 else -1
        goal = min(max(0, row + step), count - 1)
        found = self.model.next_row(goal, direction)
        if found is None:
            found = self.model.next_row(goal, -direction)  # a page step that ended beyond the outermost item
        if found is not None:
            self._select(found, say=True)

    def _choose(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if not isinstance(key, str):
            return
        entry = self.model.entry(index.row())
        if isinstance(entry, PickerItem) and entry.refused:
            self.item_refused.emit(key)
            return
        self.close()
        self.item_chosen.emit(key)

    def _on_text_changed(self, text: str) -> None:
        self.model.set_query(text)
        self._select_start()
        if not self.view.currentIndex().isValid() or self.view.currentIndex().row() <= 1:
            self.view.scrollToTop()
        self._update_page()
        self._on_view_moved()
        self._best.forget()
        self._best.write("")
        if self.model.searches:
            self._tell_best()

    def _tell_best(self) -> None:
        """Have what Enter would choose now read out, or that nothing matches, once nothing more is typed."""
        index = self.view.currentIndex()
        if self.search.text().split():
            self._best.write(_spoken_row(index) if index.isValid() else self._nothing_matches())

    def _on_view_moved(self) -> None:
        self._seen_timer.start()

    def _on_view_settled(self) -> None:
        keys = self.visible_keys()
        if keys and keys != self._visible_keys:
            self._visible_keys = keys
            self.visible_keys_changed.emit(list(keys))

    def _update_page(self) -> None:
        nothing = self.model.rowCount() == 0
        self._empty.setText(self._nothing_matches() if self.search.text().split() else self._empty_text)
        self._pages.setCurrentWidget(self._empty if nothing else self.view)

    def _nothing_matches(self) -> str:
        """What stands in place of the list when nothing has what is typed."""
        return self.tr("Nothing matches")

    def event(self, event: QEvent) -> bool:
        """Leave with Esc wherever the focus is."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the list the keys that move in it, and see its size change."""
        keyed = {self.search, self.view}
        if watched in keyed and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
                self._move(int(key))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self.view.currentIndex())
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        elif event.type() == QEvent.Type.Resize and watched is not self.search:
            self._on_view_moved()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it went away."""
        super().hideEvent(event)
        self._seen_timer.stop()
        self._best.write("")
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and edge."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setPen(theme.hairline(palette))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _spoken_row(index: QModelIndex) -> str:
    return str(index.data(int(Qt.ItemDataRole.AccessibleTextRole)))


class _FooterButton(QToolButton):
    """A full-width row that shows an action.

    Not `setDefaultAction`: that would trigger the action while the popup still has the mouse, and a dialog that opens
    then comes up behind it.

    Signals:
        pressed_for_good: pressed and released, by mouse or keyboard.
    """

    pressed_for_good = Signal()

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(self.pressed_for_good)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def _on_action_changed(self) -> None:
        action = self._action
        self.setObjectName(f"{action.objectName()}Button")
        self.setText(plain(action.text()).replace("&", "&&"))
        self.setAccessibleName(action.iconText())
        self.setIcon(action.icon())
        explain(self, action.toolTip())
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too, as a row of a menu is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)
