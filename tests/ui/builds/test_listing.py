"""A list of builds: whole reasons, checks that are asked for, and what stays when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.builds.listing.parts import PLAIN, ROW_HEIGHT
from pgyer_desktop.ui.builds.listing.rows import Column, ListedBuild
from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.widgets.icon_cell import Tone
from tests.ui.widgets.dialog.gallery import made_build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

ALL = (Column.BUILD, Column.SIZE, Column.UPLOADED, Column.DOWNLOADS, Column.REASON)
pytestmark = pytest.mark.usefixtures("english")


class Icons(IconLoader):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []

    def request(self, icon_fields: Sequence[str], *, place: str = "table") -> None:
        assert place == "rows"
        self.asked.append(tuple(icon_fields))


def listed(count: int = 4, **changes: object) -> list[ListedBuild]:
    rows = [ListedBuild(made_build(160 - n, downloads=n, icon=f"icon{n}"), checked=True) for n in range(count)]
    return [replace(row, **changes) for row in rows]  # type: ignore[arg-type]  # whatever the caller names


def opened(qtbot: QtBot, rows: list[ListedBuild], columns: Sequence[Column] = ALL, width: int = 880) -> BuildList:
    view = BuildList("rows", "Builds", columns, Icons(), None, reason_title="Why it goes", checks=True)
    view.resize(width, 400)
    view.set_rows(rows, "Harbour")
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    return view


def said(view: BuildList, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[object]:
    model = view.model()
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


def test_a_row_says_all_of_a_build_and_is_read_as_one_sentence(qtbot: QtBot) -> None:
    rows = listed(reason="Older than 30 days")
    rows[0] = replace(rows[0], pills=(("Latest", Tone.ACCENT),))
    view = opened(qtbot, rows)
    uploaded = rows[0].build.created
    assert uploaded is not None
    day = formatting.date(uploaded, datetime.now(UTC))  # in the order of whose computer it is
    assert said(view, 0) == ["1.4.0 (160) · #60", "10.6 MB", day, "0", "Older than 30 days"]
    titles = [view.model().headerData(column, Qt.Orientation.Horizontal) for column in range(5)]
    assert titles == ["Build", "Size", "Uploaded", "Downloads", "Why it goes"]
    told = str(said(view, 0, Qt.ItemDataRole.AccessibleTextRole)[0])
    assert told.startswith("1.4.0, build 160, latest, 10.6 megabytes")
    assert told.endswith("Older than 30 days")
    assert sum(view.columnWidth(column) for column in range(5)) == view.viewport().width()


@pytest.mark.parametrize("width", [880, 480])
def test_a_long_reason_is_whole_in_a_higher_row(qtbot: QtBot, width: int) -> None:
    rows = listed(reason="Kept")
    view = opened(qtbot, rows, width=width)
    assert {view.rowHeight(row) for row in range(4)} == {ROW_HEIGHT}
    long = "It was not deleted: Pgyer still has it, and says that somebody else has made it the latest. " * 3
    view.set_row(2, replace(rows[2], reason=long))
    room = view.visualRect(view.model().index(2, 4)).adjusted(24, 0, -16, 0)
    wrapped = view.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), long)
    assert view.rowHeight(2) >= wrapped.height() > ROW_HEIGHT
    view.grab()
    view.set_row(2, rows[2])
    assert view.rowHeight(2) == ROW_HEIGHT


def test_a_word_that_is_longer_than_the_column_is_broken_and_no_other(qtbot: QtBot) -> None:
    view = opened(qtbot, listed(reason="Deleted"))
    parts = view._parts
    room = parts.metrics[PLAIN].horizontalAdvance("0123456789abcdef")
    flags, _ = parts.wrapped("It was not deleted, because it is the latest now", room)
    assert flags & int(Qt.TextFlag.TextWordWrap)
    flags, height = parts.wrapped("0123456789abcdef" * 2, room)
    assert flags & int(Qt.TextFlag.TextWrapAnywhere)
    assert height >= 2 * parts.metrics[PLAIN].height()


def test_a_pill_that_comes_later_finds_room(qtbot: QtBot) -> None:
    rows = listed(reason="Waiting")
    view = opened(qtbot, rows)
    before = view.columnWidth(0)
    view.set_row(1, replace(rows[1], pills=(("Not deleted", Tone.DANGER),), reason="Pgyer answered with error 1200."))
    assert view.columnWidth(0) > before
    assert sum(view.columnWidth(column) for column in range(5)) == view.viewport().width()


def test_a_narrow_list_keeps_build_and_reason(qtbot: QtBot) -> None:
    view = opened(qtbot, listed(reason="Older than 30 days"), width=440)
    assert [column for column in range(5) if not view.isColumnHidden(column)] == [0, 4]
    view.resize(880, 400)
    assert not any(view.isColumnHidden(column) for column in range(5))


def test_checks_are_asked_for_with_mouse_and_space(qtbot: QtBot) -> None:
    rows = listed()
    rows[3] = replace(rows[3], checked=None)
    view = opened(qtbot, rows)
    asked: list[tuple[str, bool]] = []
    view.check_requested.connect(lambda key, checked: asked.append((key, checked)))
    y = view.rowViewportPosition(1) + ROW_HEIGHT // 2
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16 + 8, y))
    assert asked == [(rows[1].build.build_key, False)]
    assert view.rows[1].checked, "it shows what it is given"
    view.set_row(1, replace(rows[1], checked=False))
    assert view.model().index(1, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16 + 160, y))
    assert len(asked) == 1, "beside the box a row is selected"
    assert view.currentIndex().row() == 1
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert asked[1:] == [(rows[1].build.build_key, True)]
    view.setCurrentIndex(view.model().index(3, 2))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert len(asked) == 2, "nothing to check there"


def test_one_box_in_the_header_stands_for_all(qtbot: QtBot) -> None:
    rows = listed()
    view = opened(qtbot, rows)
    wanted: list[bool] = []
    view.check_all_requested.connect(wanted.append)
    header = view.horizontalHeader().viewport()
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(16 + 8, 16))
    view.set_row(0, replace(rows[0], checked=False))
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(16 + 8, 16))
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(16 + 80, 16))
    assert wanted == [False, True]
    QTest.keySequence(view, QKeySequence.StandardKey.SelectAll)
    assert wanted == [False, True, True]
    view.set_rows([replace(row, checked=None) for row in rows])
    QTest.keySequence(view, QKeySequence.StandardKey.SelectAll)
    assert len(wanted) == 3, "nothing to check there"


def click_twice(view: BuildList, place: QPoint) -> None:
    """Send what the platform makes of two fast clicks."""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_second_click_never_catches_a_row_that_came_under_the_mouse(qtbot: QtBot) -> None:
    rows = listed()
    view = opened(qtbot, rows)
    asked: list[str] = []

    def go(key: str) -> None:
        asked.append(key)
        view.set_rows([row for row in view.rows if row.build.build_key != key])

    view.check_requested.connect(go)
    place = QPoint(16 + 8, view.rowViewportPosition(1) + ROW_HEIGHT // 2)
    click_twice(view, place)
    assert asked == [rows[1].build.build_key]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [row.build.build_key for row in rows[1:3]], "a click of its own is one"


def test_selection_and_scroll_stay_on_the_same_builds(qtbot: QtBot) -> None:
    rows = listed(60)
    view = opened(qtbot, rows)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.selectionModel().selectedRows()[0].row() == 59
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    view.selectRow(20)
    view.verticalScrollBar().setValue(300)
    view.set_rows([replace(row, checked=False) for row in rows], "Harbour")
    assert view.currentIndex().row() == 20
    assert view.verticalScrollBar().value() == 300
    view.set_rows(rows[:1], "Harbour")
    assert view.currentIndex().row() == -1
    icons = view._icons
    assert isinstance(icons, Icons)
    assert icons.asked[0][0] == "icon0"
    assert len(icons.asked[0]) < 20, "only what is on screen"
    assert icons.asked[-1] == ("icon0",)
