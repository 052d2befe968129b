"""A button that opens a list to search by typing: for choosing one of some hundreds.

Must not know what is chosen and must not fetch anything: it says which rows can be seen, so that the caller can load
their icons first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHelpEvent, QIcon, QKeyEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QToolTip, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.icon_cell import initial_of, paint_app_icon, paint_line
from pgyer_desktop.ui.widgets.pickers.item import PickerItem
from pgyer_desktop.ui.widgets.pickers.list import PickerModel
from pgyer_desktop.ui.widgets.spoken.manner import OPENS_LIST, tell_expanded
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from pgyer_desktop.ui.widgets.pickers.popup import SearchPopup

__all__ = ["PickerButton", "PickerItem"]

_BUTTON_ICON: Final = 20
_MAX_BUTTON_WIDTH: Final = 420


class PickerButton(QToolButton):
    """Shows what is chosen and opens the list to choose another. Click, Space, Enter, Down and its shortcut open it.

    What the list says and what stands under it is set before it is first opened.

    `<objectName>Search` is the search field's name, `<objectName>Popup` and `<objectName>List` those of the others.

    Signals:
        item_chosen: a person chose. arg: the item's key. It may be the current one.
        visible_keys_changed: other rows can be seen now. arg: list of their keys, from the top.
    """

    manner = OPENS_LIST
    item_chosen = Signal(str)
    visible_keys_changed = Signal(list)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, with_icons: bool = True, with_subtitle: bool = False
    ) -> None:
        super().__init__(parent)
        self._with_icons = with_icons
        self._with_subtitle = with_subtitle
        self._label = ""
        self._placeholder = ""
        self.current: str | None = None
        """The key of what it shows; None while nothing is chosen."""
        self._search_text = ""
        self._empty_text = ""
        self._footer: list[tuple[QAction, bool]] = []
        self._shown: PickerItem | None = None
        self._max_width = theme.at_font(_MAX_BUTTON_WIDTH, self.font())
        self._model = PickerModel(self)
        self._popup: SearchPopup | None = None
        self.setObjectName(name)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_popup)
        self._update_shown()

    @property
    def popup(self) -> SearchPopup:
        """The list; for a caller to name, not to fill. Made when it is first wanted: starting must not wait for it."""
        if self._popup is None:
            self._popup = self._new_popup()
        return self._popup

    def _new_popup(self) -> SearchPopup:
        from pgyer_desktop.ui.widgets.pickers.popup import SearchPopup

        name = self.objectName()
        popup = SearchPopup(
            name, self._model, self, self._footer, self._search_text, self._empty_text, with_icons=self._with_icons
        )
        popup.item_chosen.connect(self.item_chosen)
        popup.visible_keys_changed.connect(self.visible_keys_changed)
        popup.closed.connect(self._on_closed)
        popup.setAccessibleName(self._label)
        return popup

    def opened_popup(self) -> QWidget | None:
        """The list, where it has been made."""
        return self._popup

    def _on_closed(self) -> None:
        self.setDown(False)
        tell_expanded(self)

    def set_items(self, items: Sequence[PickerItem]) -> None:
        """What can be chosen, in this order, items of one section together. An open list keeps its search."""
        if self._popup is not None:
            self._popup.set_items(items)
        else:
            self._model.set_items(items)
        self._update_shown()

    def set_current(self, key: str | None) -> None:
        """What is chosen now; says nothing to anybody. A key that is not among the items yet may come with them."""
        self.current = key
        self._model.set_current(key)
        self._update_shown()

    def update_icon(self, key: str, icon: QIcon) -> None:
        """Show `icon` with the item `key`, in the list and on the button."""
        self._model.update_icon(key, icon)
        if key == self.current:
            self.update()

    def set_label(self, text: str) -> None:
        """What is chosen here ("App"): a screen reader says it before the chosen one."""
        self._label = text
        self._update_shown()

    def set_placeholder(self, text: str, search_text: str = "") -> None:
        """What the button shows while nothing is chosen, and what the empty search field says."""
        self._placeholder, self._search_text = text, search_text
        self._update_shown()

    def set_empty_text(self, text: str) -> None:
        """What stands in place of the list when there is nothing to choose."""
        self._empty_text = text

    def set_max_width(self, width: int) -> None:
        """The button's width in logical pixels beyond which its text is cut."""
        self._max_width = width
        self.updateGeometry()

    def add_footer_action(self, action: QAction, *, closes: bool = True) -> None:
        """Put `action` under the list. `closes`: the list goes away before it is triggered."""
        self._footer.append((action, closes))

    def open_popup(self) -> None:
        """Open the list, as a click does; it comes with the focus in its search field."""
        if self.popup.isVisible():
            return
        self.popup.open_below(self)
        self.setDown(True)
        tell_expanded(self)

    def _update_shown(self) -> None:
        self._shown = self._model.item(self.current) if self.current is not None else None
        title = self._shown.title if self._shown else self._placeholder
        subtitle = self._shown.subtitle if self._shown else ""
        words = f"{title}, {subtitle}" if subtitle else title
        # As data, and not with setText: "&" in a name is no mnemonic.
        self.setAccessibleName(f"{self._label}: {words}" if self._label else words)
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[str, str]:
        if self._shown is None:
            return self._placeholder, ""
        return self._shown.title, self._shown.subtitle if self._with_subtitle else ""

    def _has_icon(self) -> bool:
        return self._with_icons and self._shown is not None

    def is_cut(self) -> bool:
        """Whether the text does not fit into the button as it is now."""
        return self._natural_width() > self.width()

    def shown_tooltip(self) -> str:
        """What hovering shows: the whole text where it is cut, then the tooltip that was set."""
        title, subtitle = self._parts()
        whole = f"{title}\n{subtitle}" if subtitle else title
        parts = [plain_tooltip(whole)] if self.is_cut() else []
        if self.toolTip():
            parts.append(self.toolTip())
        return "<br>".join(parts)

    def _natural_width(self) -> int:
        title, subtitle = self._parts()
        metrics = self.fontMetrics()
        width = 2 * theme.SPACE + metrics.horizontalAdvance(title) + theme.SPACE_TIGHT + theme.ICON_SMALL + 2
        if self._has_icon():
            width += _BUTTON_ICON + theme.SPACE
        if subtitle:
            width += theme.SPACE + metrics.horizontalAdvance(subtitle)
        return width

    def sizeHint(self) -> QSize:
        """Return the size that shows everything, up to the greatest width."""
        height = max(self.fontMetrics().height(), _BUTTON_ICON) + 2 * theme.GRID + 4
        return QSize(min(self._max_width, self._natural_width()), height)

    def minimumSizeHint(self) -> QSize:
        """Return a size that still shows the icon and a few letters."""
        return QSize(min(96, self.sizeHint().width()), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the tooltip that `shown_tooltip` names."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.shown_tooltip(), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Down, Enter and whatever the platform presses a button with."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}:
            self.open_popup()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the style's button with icon, title, subtitle and chevron."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        ink = palette.color(group, QPalette.ColorRole.ButtonText)
        ratio = self.devicePixelRatioF()
        rect = self.rect().adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        chevron = QRect(rect.right() + 1 - theme.ICON_SMALL, 0, theme.ICON_SMALL, theme.ICON_SMALL)
        chevron.moveTop((self.height() - theme.ICON_SMALL) // 2)
        soft = theme.secondary_text(palette) if self.isEnabled() else ink
        painter.drawPixmap(chevron, resources.tinted_pixmap("chevron-down", theme.ICON_SMALL, soft, ratio))
        rect.setRight(chevron.left() - theme.SPACE_TIGHT)
        if self._has_icon() and self._shown is not None:
            place = QRect(rect.x(), (self.height() - _BUTTON_ICON) // 2, _BUTTON_ICON, _BUTTON_ICON)
            icon = self._model.icon(self._shown)
            pixmap = icon.pixmap(place.size(), ratio) if icon else None
            paint_app_icon(painter, place, pixmap, initial_of(self._shown.title), palette, self._shown.key)
            rect.setLeft(place.right() + 1 + theme.SPACE)
        title, subtitle = self._parts()
        width = paint_line(painter, rect, title, self.font(), ink if self._shown is not None else soft)
        rect.setLeft(rect.left() + width + theme.SPACE)
        if subtitle and rect.width() > self.fontMetrics().horizontalAdvance("…") * 2:
            paint_line(painter, rect, subtitle, self.font(), soft)
