"""The rows of a picker: their model and how they are painted.

Must not decide what a choice does. Rows number some hundreds; a search rebuilds them, which is quicker than a proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.icon_cell import initial_of, paint_app_icon, paint_line
from pgyer_desktop.ui.widgets.pickers.item import NO_SYMBOL, PickerItem, matching
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

_Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 44
HEADING_HEIGHT: Final = 28
ICON_SIDE: Final = 28
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The item's key; None for a heading."""

# Roles are compared as plain ints: comparing enums costs more than everything else in `data`.
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole


def _key(entry: PickerItem | str) -> str | None:
    return None if isinstance(entry, str) else entry.key


class PickerModel(QAbstractListModel):
    """Headings and items, as they answer the current search."""

    def __init__(self, parent: QObject | None = None, *, searches: bool = True) -> None:
        """`searches`: the items are searched here; otherwise they are what somebody else has found."""
        super().__init__(parent)
        self.searches = searches
        self._items: tuple[PickerItem, ...] = ()
        self._icons: dict[str, QIcon] = {}
        self._query = ""
        self.current: str | None = None
        """The key that is in use now and carries the tick."""
        self._rows: list[PickerItem | str] = []

    def set_items(self, items: Sequence[PickerItem]) -> None:
        """Show these in place of what was there; an item that stays keeps the icon that came by `update_icon`."""
        self._items = tuple(items)
        kept = {item.key for item in self._items if item.icon is None}
        self._icons = {key: icon for key, icon in self._icons.items() if key in kept}
        self._rebuild()

    @property
    def is_worth_searching(self) -> bool:
        """Whether there is more than one to choose from, as far as is known here."""
        return not self.searches or len({item.key for item in self._items}) > 1

    def set_query(self, query: str) -> None:
        """Show what matches `query`; see `item.matching`."""
        if self.searches and query != self._query:
            self._query = query
            self._rebuild()

    def set_current(self, key: str | None) -> None:
        """Tick the item with `key`."""
        previous, self.current = self.current, key
        for changed in {previous, key} - {None}:
            self._touch(changed)

    def update_icon(self, key: str, icon: QIcon) -> None:
        """Show `icon` in every row with `key`."""
        self._icons[key] = icon
        self._touch(key)

    def item(self, key: str) -> PickerItem | None:
        """The first item with `key`, whether it matches the search or not."""
        return next((item for item in self._items if item.key == key), None)

    def icon(self, item: PickerItem) -> QIcon | None:
        """The picture of `item` as it is now."""
        return self._icons.get(item.key, item.icon)

    def entry(self, row: int) -> PickerItem | str:
        """What stands in `row`: an item, or the text of a heading."""
        return self._rows[row]

    def row_of(self, key: str | None) -> int | None:
        """The first row with `key`."""
        return next((row for row, entry in enumerate(self._rows) if _key(entry) == key), None) if key else None

    def next_row(self, row: int, step: int) -> int | None:
        """The nearest row from `row` on, in the direction of `step` (1 or -1), that is no heading."""
        while 0 <= row < len(self._rows):
            if _key(self._rows[row]) is not None:
                return row
            row += step
        return None

    def _rebuild(self) -> None:
        self.beginResetModel()
        if self._query.split():
            self._rows = list(matching(self._items, self._query))  # best first makes headings meaningless
        else:
            self._rows = []
            section = ""
            for item in self._items:
                if item.section != section:
                    section = item.section
                    if section:
                        self._rows.append(section)
                self._rows.append(item)
        self.endResetModel()

    def _touch(self, key: str | None) -> None:
        for row, entry in enumerate(self._rows):
            if _key(entry) == key:
                index = self.index(row)
                self.dataChanged.emit(index, index, [int(Qt.ItemDataRole.DecorationRole)])

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many headings and items there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that items, and only they, can be chosen."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """Return texts and keys; the delegate takes the rest from `entry`."""
        entry = self._rows[index.row()] if index.isValid() else None
        if isinstance(entry, PickerItem):
            return self._item_data(entry, role)
        return entry if role in {_DISPLAY, _ACCESSIBLE} else None

    def _item_data(self, item: PickerItem, role: int) -> object:
        if role == KEY_ROLE:
            return item.key
        if role == _DISPLAY:
            return item.title
        if role not in {_ACCESSIBLE, _TOOLTIP}:
            return None
        sentence = ", ".join(part for part in (item.title, item.aside, item.subtitle) if part)
        return sentence if role == _ACCESSIBLE else plain_tooltip(sentence)


class PickerDelegate(QStyledItemDelegate):
    """Paints headings, and rows of icon, title, subtitle and tick."""

    def __init__(self, parent: QWidget, *, with_icons: bool) -> None:
        super().__init__(parent)
        self._with_icons = with_icons

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        model = index.model()
        if isinstance(model, QAbstractProxyModel):  # a completer puts its own between
            index = model.mapToSource(index)
            model = index.model()
        if not isinstance(model, PickerModel):
            return
        entry = model.entry(index.row())
        painter.save()
        if isinstance(entry, str):
            self._paint_heading(painter, option, entry)
        else:
            self._paint_item(painter, option, model, entry)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of the row; the width is the list's."""
        return QSize(0, theme.at_font(ROW_HEIGHT if index.data(KEY_ROLE) is not None else HEADING_HEIGHT, option.font))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        rect = option.rect.adjusted(theme.SPACE_GROUP, 0, -theme.SPACE_GROUP, -theme.SPACE_TIGHT)
        font = theme.caption_font(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.secondary_text(option.palette))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), text)

    def _paint_item(
        self, painter: QPainter, option: QStyleOptionViewItem, model: PickerModel, item: PickerItem
    ) -> None:
        palette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        # Painted here and not by the style: the search field has the focus, so the style would paint the row that
        # Enter chooses as that of a list nobody uses.
        ground = QRectF(option.rect.adjusted(theme.SPACE_TIGHT, 1, -theme.SPACE_TIGHT, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(palette.color(_Group.Active, _Role.Highlight))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.blend(palette.color(_Role.Text), palette.color(_Role.Base), 0.07))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        ink = palette.color(_Group.Active, _Role.HighlightedText if selected else _Role.Text)
        soft = theme.selected_secondary_text(palette) if selected else theme.secondary_text(palette)
        if item.refused:
            ink = soft

        rect = option.rect.adjusted(theme.SPACE_GROUP, 0, -theme.SPACE_GROUP, 0)
        if self._with_icons:
            place = QRect(rect.x(), rect.y() + (rect.height() - ICON_SIDE) // 2, ICON_SIDE, ICON_SIDE)
            painter.setFont(option.font)
            if item.symbol:
                _paint_symbol(painter, place, item.symbol, ink if selected else soft)
            else:
                icon = model.icon(item)
                pixmap = icon.pixmap(place.size(), painter.device().devicePixelRatio()) if icon else None
                paint_app_icon(painter, place, pixmap, initial_of(item.title), palette, item.key)
            rect.setLeft(place.right() + 1 + theme.SPACE)
        if model.current is not None:
            # Room for the tick in every row, so that texts end on one line.
            place = QRect(rect.right() + 1 - theme.ICON_SMALL, 0, theme.ICON_SMALL, theme.ICON_SMALL)
            place.moveTop(rect.y() + (rect.height() - theme.ICON_SMALL) // 2)
            if item.key == model.current:
                tick = ink if selected else theme.accent(palette)
                ratio = painter.device().devicePixelRatio()
                painter.drawPixmap(place, resources.tinted_pixmap("check", theme.ICON_SMALL, tick, ratio))
            rect.setRight(place.left() - theme.SPACE)
        if item.aside:
            font = theme.caption_font(option.font)
            painter.setFont(font)
            painter.setPen(soft)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), item.aside)
            rect.setRight(rect.right() - QFontMetrics(font).horizontalAdvance(item.aside) - theme.SPACE_GROUP)
        _paint_lines(painter, rect, option.font, (item.title, ink), (item.subtitle, soft))


def _paint_symbol(painter: QPainter, place: QRect, symbol: str, color: QColor) -> None:
    """One of our icons, in the middle of where an app's icon would stand."""
    if symbol == NO_SYMBOL:
        return
    side = theme.ICON_MEDIUM
    corner = place.center() - QPoint(side // 2 - 1, side // 2 - 1)
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(QRect(corner, QSize(side, side)), resources.tinted_pixmap(symbol, side, color, ratio))


def _paint_lines(
    painter: QPainter, rect: QRect, font: QFont, first: tuple[str, QColor], second: tuple[str, QColor]
) -> None:
    """One or two lines, centred together in the height of `rect`, each cut where it does not fit."""
    caption = theme.caption_font(font)
    lines = [(*first, font)] + ([(*second, caption)] if second[0] else [])
    heights = [QFontMetrics(line_font).height() for _, _, line_font in lines]
    top = rect.y() + (rect.height() - sum(heights)) // 2
    for (text, color, line_font), height in zip(lines, heights, strict=True):
        paint_line(painter, QRect(rect.x(), top, rect.width(), height), text, line_font, color)
        top += height
