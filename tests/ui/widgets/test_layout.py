"""Rows and columns place what they are given, in its order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.widgets.layout import at_top, column, fill, row, stretch, wide

pytestmark = pytest.mark.usefixtures("qapp")


def parts(parent: QWidget, count: int) -> list[QWidget]:
    """Widgets that want to be 10 by 10."""
    made = [QWidget(parent) for _ in range(count)]
    for one in made:
        one.setMinimumSize(10, 10)
    return made


def laid_out(host: QWidget, width: int, height: int) -> None:
    host.resize(width, height)
    layout = host.layout()
    assert layout is not None
    layout.activate()


def test_parts_gaps_and_room_follow_each_other() -> None:
    host = QWidget()
    first, second, third = parts(host, 3)
    column(first, 5, second, stretch(), third, inside=host, spacing=0, margins=(1, 2, 3, 4))
    laid_out(host, 14, 100)
    assert [one.geometry() for one in (first, second, third)] == [
        QRect(1, 2, 10, 10),
        QRect(1, 17, 10, 10),
        QRect(1, 86, 10, 10),
    ]


def test_what_is_wide_takes_the_room_and_what_is_at_the_top_stays_there() -> None:
    host = QWidget()
    first, second, third = parts(host, 3)
    first.setMaximumHeight(10)
    row(at_top(first), column(wide(second), spacing=0), wide(third, 4), inside=host, spacing=2, margins=0)
    laid_out(host, 124, 50)
    assert first.geometry() == QRect(0, 0, first.width(), 10)
    assert second.height() == third.height() == 50
    assert third.width() > second.width() + first.width()
    assert third.geometry().right() == 123


def test_more_can_be_added_behind() -> None:
    host = QWidget()
    first, second = parts(host, 2)
    made = row(first, inside=host, spacing=0)
    fill(made, stretch(), second)
    laid_out(host, 50, 10)
    assert (first.x(), second.x()) == (0, 40)
