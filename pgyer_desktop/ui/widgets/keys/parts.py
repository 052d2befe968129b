"""Going from one part of a window to the next, as F6 does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from pgyer_desktop.ui.widgets.keys.tab_order import tab_stops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


class Parts:
    """The parts of one window. Each remembers where the person was in it."""

    def __init__(self, window: QWidget, parts: Callable[[], Sequence[QWidget]]) -> None:
        """`parts` returns those that there are now, as one reads them; such as show nothing are passed by."""
        self._window = window
        self._parts = parts
        self._left: dict[QWidget, QWidget] = {}

    def go(self, step: int) -> None:
        """Put the focus into the next part (1), or the one before (-1)."""
        focused: QWidget | None = self._window.focusWidget()
        parts = [part for part in self._parts() if part.isVisible() and tab_stops(part)]
        if not parts:
            return
        here = next((n for n, part in enumerate(parts) if focused is not None and _holds(part, focused)), None)
        if here is not None and focused is not None:
            self._left[parts[here]] = focused
        outside = 0 if step > 0 else -1
        goal = parts[(here + step) % len(parts) if here is not None else outside]
        stops = tab_stops(goal)
        known = self._left.get(goal)
        (known if known in stops else stops[0]).setFocus(
            Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        )


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def part_keys(window: QWidget, parts: Parts) -> None:
    """Have F6 and Shift+F6 go through `parts` in a window that has no actions for it."""
    for keys, step in (("F6", 1), ("Shift+F6", -1)):
        QShortcut(QKeySequence(keys), window).activated.connect(partial(parts.go, step))
