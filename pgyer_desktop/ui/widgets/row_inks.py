"""The colours of a row in a list or table: plain, hovered, selected, selected where the keyboard is elsewhere.

Made from the palette at every paint; which row is hovered is known here too. Must not paint.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from pgyer_desktop.ui.base import theme

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_PALETTES: Final = 32
_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole
_State = QStyle.StateFlag


class RowKind(enum.Enum):
    """What a row looks like."""

    PLAIN = "plain"
    HOVERED = "hovered"
    SELECTED = "selected"
    UNFOCUSED = "unfocused"
    """Selected, and the keyboard is elsewhere."""

    @property
    def is_selected(self) -> bool:
        """Whether the row is selected, wherever the keyboard is."""
        return self in {RowKind.SELECTED, RowKind.UNFOCUSED}


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of one kind of row. `ground` is None where nothing is painted behind the text."""

    ground: QColor | None
    text: QColor
    soft: QColor


class HoveredRow(QObject):
    """Which row of `view` the pointer is on. Only what changes is painted again.

    Signals:
        moved: it is another one.
    """

    moved = Signal()

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.row = -1
        """-1 where it is on none."""
        self._column = 0
        view.setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def forget(self) -> None:
        """Take none for hovered until the pointer moves: other rows have come."""
        self._move_to(QModelIndex())

    def _move_to(self, index: QModelIndex) -> None:
        before, self.row = self.row, index.row()
        if index.isValid():
            self._column = index.column()  # one that shows
        for row in {before, self.row} - {-1} if before != self.row else ():
            place = self._view.visualRect(self._view.model().index(row, self._column))
            self._view.viewport().update(0, place.y(), self._view.viewport().width(), place.height())
        if before != self.row:
            self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._move_to(self._view.indexAt(event.position().toPoint()))
        elif event.type() == QEvent.Type.Leave:
            self.forget()
        return super().eventFilter(watched, event)


def kind_of_row(view: QAbstractItemView, option: QStyleOptionViewItem, *, hovered: bool) -> RowKind:
    """How the row of `option` in `view` is to look."""
    if option.state & _State.State_Selected:
        focused = view.hasFocus() and option.state & _State.State_Active
        return RowKind.SELECTED if focused else RowKind.UNFOCUSED
    return RowKind.HOVERED if hovered else RowKind.PLAIN


class RowInks:
    """Mixes the colours once per palette: it is asked at every paint of a cell."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, RowKind], Inks] = {}

    def of(self, palette: QPalette, kind: RowKind) -> Inks:
        """The colours of a row of this kind."""
        key = (palette.cacheKey(), kind)
        inks = self._kept.get(key)
        if inks is None:
            if len(self._kept) > _MOST_PALETTES:  # palettes come and go
                self._kept.clear()
            inks = self._kept[key] = _MIXERS[kind](palette)
        return inks


def _plain(palette: QPalette) -> Inks:
    return Inks(None, palette.color(_Role.Text), theme.secondary_text(palette))


def _hovered(palette: QPalette) -> Inks:
    text = palette.color(_Role.Text)
    ground = theme.blend(text, palette.color(_Role.Base), 0.05)
    return Inks(ground, text, theme.readable(theme.secondary_text(palette), ground))


def _selected(palette: QPalette) -> Inks:
    active = QPalette(palette)
    active.setCurrentColorGroup(_Group.Active)
    ink = active.color(_Role.HighlightedText)
    return Inks(active.color(_Role.Highlight), ink, theme.selected_secondary_text(active))


def _unfocused(palette: QPalette) -> Inks:
    ground = palette.color(_Group.Inactive, _Role.Highlight)
    if ground != palette.color(_Group.Active, _Role.Highlight):
        quiet = QPalette(palette)
        quiet.setCurrentColorGroup(_Group.Inactive)
        return Inks(ground, quiet.color(_Role.HighlightedText), theme.selected_secondary_text(quiet))
    # The style has no other colour for a list without the focus (Fusion): a grey one, so that the focus shows.
    text = palette.color(_Role.Text)
    ground = theme.blend(text, palette.color(_Role.Base), 0.12)
    return Inks(ground, text, theme.readable(theme.secondary_text(palette), ground))


_MIXERS: Final[dict[RowKind, Callable[[QPalette], Inks]]] = {
    RowKind.PLAIN: _plain,
    RowKind.HOVERED: _hovered,
    RowKind.SELECTED: _selected,
    RowKind.UNFOCUSED: _unfocused,
}
