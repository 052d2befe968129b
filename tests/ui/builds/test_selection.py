"""Several builds are selected, stay selected while rows come and go, and too many are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pgyer_desktop.core.base.actions import MOST_SELECTED
from pgyer_desktop.ui.builds.model import BuildModel
from pgyer_desktop.ui.builds.table import BuildTable
from tests.ui.builds.pages import page_of
from tests.ui.builds.test_table import Icons, builds, click, middle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qtbot: QtBot) -> BuildTable:
    table = BuildTable(BuildModel(), Icons())
    qtbot.addWidget(table)
    table.resize(780, 600)
    table.show()
    page_of(table).set_page(builds(), frozenset(), page_id=1)
    return table


def keys(table: BuildTable) -> list[str]:
    return [build.build_key for build in table.selection.builds]


def choose(table: BuildTable, row: int, how: Qt.KeyboardModifier) -> None:
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, how, middle(table, row))


def test_shift_and_control_select_several(table: BuildTable) -> None:
    click(table, 1)
    choose(table, 3, SHIFT)
    choose(table, 6, CONTROL)
    assert keys(table) == ["key99", "key98", "key97", "key94"]
    choose(table, 2, CONTROL)
    assert keys(table) == ["key99", "key97", "key94"]
    click(table, 0)
    assert keys(table) == ["key100"]


def test_they_stay_selected_while_rows_come_and_go(table: BuildTable) -> None:
    click(table, 1)
    choose(table, 3, SHIFT)
    page_of(table).set_page([*builds(2, first=200), *builds(20)], frozenset(), page_id=1)
    assert keys(table) == ["key99", "key98", "key97"]
    assert [index.row() for index in table.selectionModel().selectedRows()] == [3, 4, 5]
    page_of(table).set_page(builds(3), frozenset(), page_id=1)
    assert keys(table) == ["key99", "key98"]
    page_of(table).set_page(builds(20), frozenset(), page_id=1)
    assert keys(table) == ["key99", "key98", "key97"], "it came back"


def test_the_menu_of_a_selected_row_is_for_all_that_are_selected(table: BuildTable) -> None:
    click(table, 1)
    choose(table, 3, SHIFT)
    for row, wanted in ((2, ["key99", "key98", "key97"]), (8, ["key92"])):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle(table, row), QPoint(0, 0))
        QApplication.sendEvent(table.viewport(), event)
        assert keys(table) == wanted


def test_too_many_are_counted_and_not_named(table: BuildTable) -> None:
    page_of(table).set_page(builds(MOST_SELECTED + 1, first=90_000), frozenset(), page_id=2)
    table.selectAll()
    assert table.selection.count == MOST_SELECTED + 1
    assert table.selection.builds == ()
    choose(table, 0, CONTROL)
    assert table.selection.count == MOST_SELECTED == len(table.selection.builds)


def test_nothing_is_selected_when_the_ground_is_clicked(table: BuildTable) -> None:
    page_of(table).set_page(builds(2), frozenset(), page_id=2)
    table.selectAll()
    assert table.selection.count == 2
    below = QPoint(20, table.viewport().height() - 5)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert table.selection.count == 0
