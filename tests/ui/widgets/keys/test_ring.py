"""Whoever uses the keyboard sees where they are: a ring at 3:1 around every control, whatever the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import delete

from pgyer_desktop.ui.widgets.keys.ring import FocusRing
from pgyer_desktop.ui.widgets.keys.tab_order import tab_stops
from tests.helpers.waiting import until
from tests.ui.rig import opened, windowed
from tests.ui.stub_client import StubClient
from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs
from tests.ui.widgets.gallery import dark_palette, high_contrast_palette, light_palette
from tests.ui.widgets.keys.reading import has_ring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

ONE_OF_EACH = (
    *("account", "accounts", "confirm_set", "confirm_delete_latest", "check_new", "add_app_mistake", "qr", "settings"),
    *("about", "report", "shortcuts", "crash", "compare", "clean_up", "checks_some", "case", "guards", "message"),
)


@pytest.fixture(params=["light", "dark", "high contrast"])
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    before = qapp.palette()
    looks = {"light": light_palette, "dark": dark_palette, "high contrast": high_contrast_palette}
    qapp.setPalette(looks[request.param]())
    yield request.param
    qapp.setPalette(before)


def tab_through(window: QWidget, most: int) -> list[str]:
    """Press Tab so often; what showed no ring."""
    missing = []
    for _ in range(most):
        focus: QWidget | None = window.focusWidget()
        QTest.keyClick(focus if focus is not None else window, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        assert focus is not None
        if not has_ring(window):
            missing.append(focus.objectName())
    return missing


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_every_stop_of_a_dialog_has_a_ring(look: str, qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    stops = len(tab_stops(dialog))
    missing = tab_through(dialog, min(stops, 12))
    dialog.close()
    delete(dialog)  # before the colours change again
    assert missing == []


async def test_every_stop_of_the_window_has_a_ring(qapp: QApplication, look: str, tmp_path: Path) -> None:
    async with opened() as rig, windowed(rig, tmp_path) as (window, person, _):
        await rig.add_account("Acme", StubClient(harbour=9))
        rig.state.accounts.start()
        await until(lambda: bool(rig.rows))
        await rig.quiet()
        window.activateWindow()
        await until(window.isActiveWindow)
        person.table.setFocus()
        assert tab_through(window, 24) == []


def test_the_mouse_shows_no_ring(qtbot: QtBot) -> None:
    dialog = all_dialogs()["report"]()
    shown(qtbot, dialog)
    first, second, *_ = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    (ring,) = dialog.findChildren(FocusRing)
    assert ring.isVisible()
    other = next(one for one in (first, second) if not one.hasFocus())
    place = other.mapTo(dialog, other.rect().center())
    QTest.mousePress(dialog.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert other.hasFocus()
    assert not ring.isVisible()
    QTest.mouseRelease(dialog.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    QTest.keyClick(other, Qt.Key.Key_Control)
    assert not ring.isVisible(), "it may be held for a click"
    QTest.keyClick(other, Qt.Key.Key_F5)
    assert ring.isVisible(), "whoever goes on by keys sees it again"
