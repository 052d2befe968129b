"""The Tab key goes through every dialog as one reads, with the row of buttons last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from tests.ui.widgets.dialog.found import focused, shown
from tests.ui.widgets.dialog.large import all_dialogs
from tests.ui.widgets.keys.reading import not_as_read, walk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("name", sorted(all_dialogs()))
def test_the_tab_key_goes_as_one_reads_and_to_the_buttons_last(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    seen = walk(dialog)
    assert not_as_read(dialog, seen) == []
    (box,) = dialog.findChildren(QDialogButtonBox)
    in_box = [box.isAncestorOf(widget) for widget in seen]
    assert in_box == sorted(in_box)
    # And back the same way.
    seen[0].setFocus()
    QTest.keyClick(seen[0], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(dialog) is seen[-1]
