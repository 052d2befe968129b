"""The order of the Tab key: as one reads, whatever was made or shown first.

By where the widgets stand, and not by their layouts: those do not say what is beside what in another layout.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WHOLE: Final = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
)
"""What is one stop, whatever it is made of."""
_OVERLAP: Final = 4
"""Pixels by which neighbours may overlap, as the place to grab of a splitter does."""


def order_tabs(window: QWidget) -> None:
    """Have the Tab key go through what shows in `window` as one reads it."""
    for one, other in pairwise(tab_stops(window)):
        QWidget.setTabOrder(one, other)


def tab_stops(part: QWidget) -> list[QWidget]:
    """What the Tab key stops at in `part`, in the order in which it is read."""
    return [one for one in _as_read(part) if is_tab_stop(one)]


def is_tab_stop(widget: QWidget) -> bool:
    """Whether the Tab key can stop here now."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    proxy: QWidget | None = widget.focusProxy()
    return takes and proxy is None and widget.isVisible() and widget.isEnabled()


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, _WHOLE):
        return
    inside = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow() and one.isVisible()]
    for child in _sorted(inside):
        yield from _as_read(child)


def _sorted(widgets: list[QWidget]) -> list[QWidget]:
    """Cut into rows where a line goes right across between two, then each row into columns, and so on."""
    if len(widgets) < 2:
        return widgets
    for start, end in ((QWidget.y, _bottom), (QWidget.x, _right)):
        groups = _cut(sorted(widgets, key=start), start, end)
        if len(groups) > 1:
            return [one for group in groups for one in _sorted(group)]
    return sorted(widgets, key=lambda one: (one.y(), one.x()))


def _cut(
    widgets: Sequence[QWidget], start: Callable[[QWidget], int], end: Callable[[QWidget], int]
) -> list[list[QWidget]]:
    groups: list[list[QWidget]] = []
    reached = 0
    for one in widgets:
        if groups and start(one) < reached - min(_OVERLAP, (end(one) - start(one)) // 2):
            groups[-1].append(one)
        else:
            groups.append([one])
        reached = max(reached, end(one))
    return groups


def _bottom(widget: QWidget) -> int:
    return widget.y() + widget.height()


def _right(widget: QWidget) -> int:
    return widget.x() + widget.width()
