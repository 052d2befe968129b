"""Enter presses the button that has the focus, in every dialog; in a number field it takes the number."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QPushButton, QSpinBox, QToolButton

from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TAB = Qt.FocusPolicy.TabFocus
NAMES = sorted(all_dialogs())
DESTROYS = ("confirm_delete", "confirm_builds", "confirm_remove")
"""Where Enter does nothing: see `test_confirm_dialog`."""


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(DESTROYS)])
def test_enter_presses_the_button_that_has_the_focus_and_no_other(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    buttons = [one for kind in (QPushButton, QToolButton) for one in dialog.findChildren(kind)]
    pressed: list[str] = []
    for button in buttons:
        with warnings.catch_warnings(action="ignore"):  # Qt warns where nothing was connected
            button.clicked.disconnect()  # what they do is not asked here
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button.objectName()))
    dialog.blockSignals(True)
    usable = [one for one in buttons if one.isVisible() and one.isEnabled() and one.focusPolicy() & TAB]
    usable = [one for one in usable if not isinstance(one, QToolButton) or one.menu() is None]  # it opens its menu
    assert usable
    for button in usable:
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed.clear()
            button.setFocus()
            assert dialog.focusWidget() is button, button.objectName()
            QTest.keyClick(button, key)
            assert pressed == [button.objectName()]


@pytest.mark.parametrize("name", NAMES)
def test_enter_in_a_number_field_or_a_list_closes_nothing(qtbot: QtBot, name: str) -> None:
    dialog = all_dialogs()[name]()
    shown(qtbot, dialog)
    pressed: list[str] = []
    for button in dialog.findChildren(QPushButton):
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button.objectName()))
    for field in dialog.findChildren(QSpinBox):
        if not field.isVisible() or not field.isEnabled():
            continue
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            wanted = field.minimum() + 3
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, str(wanted))
            QTest.keyClick(field, key)
            assert field.value() == wanted
            assert dialog.isVisible()
            assert pressed == []
            field.setValue(field.minimum())
    assert not [one for one in dialog.findChildren(QAbstractSpinBox) if not isinstance(one, QSpinBox)]
    for view in dialog.findChildren(QAbstractItemView):
        if view.isVisible() and view.focusPolicy() & TAB:
            view.setFocus()
            QTest.keyClick(view, Qt.Key.Key_Return)
            assert dialog.isVisible(), view.objectName()
