"""The list of accounts says what a person wants to do with which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget

from pgyer_desktop.ui.accounts.accounts_dialog import AccountRow, AccountsDialog
from tests.ui.widgets.dialog.found import button, click, find, shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROWS = (
    AccountRow("id-a", "Acme", "Key in the keyring"),
    AccountRow("id-b", "云帆", "No key", current=True),
    AccountRow("id-c", "Lantern", "This session only"),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> AccountsDialog:
    dialog = AccountsDialog()
    dialog.set_accounts(ROWS)
    shown(qtbot, dialog)
    return dialog


def select(dialog: AccountsDialog, row: int) -> QTreeWidget:
    accounts = find(dialog, QTreeWidget, "accountsList")
    item = accounts.topLevelItem(row)
    assert item is not None
    accounts.setFocus()
    QTest.mouseClick(accounts.viewport(), Qt.MouseButton.LeftButton, pos=accounts.visualItemRect(item).center())
    return accounts


def test_the_account_that_is_on_is_selected_and_says_so(dialog: AccountsDialog) -> None:
    item = find(dialog, QTreeWidget, "accountsList").currentItem()
    assert item is not None
    assert item.text(0) == "云帆"
    assert item.text(1) == "In use · No key"
    spoken = item.data(0, int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "云帆, In use · No key"


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("accountsRenameButton", "rename_requested"),
        ("accountsReplaceKeyButton", "replace_key_requested"),
        ("accountsRemoveButton", "remove_requested"),
    ],
)
def test_each_button_is_about_the_selected_account(
    qtbot: QtBot, dialog: AccountsDialog, name: str, signal: str
) -> None:
    select(dialog, 2)
    with qtbot.waitSignal(getattr(dialog, signal)) as asked:
        click(dialog, name)
    assert asked.args == ["id-c"]
    assert dialog.isVisible()


def test_a_double_click_switches(qtbot: QtBot, dialog: AccountsDialog) -> None:
    accounts = select(dialog, 0)
    item = accounts.topLevelItem(0)
    assert item is not None
    with qtbot.waitSignal(dialog.switch_requested) as asked:
        QTest.mouseDClick(accounts.viewport(), Qt.MouseButton.LeftButton, pos=accounts.visualItemRect(item).center())
    assert asked.args == ["id-a"]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "switch_requested"),
        (Qt.Key.Key_F2, "rename_requested"),
        (Qt.Key.Key_Delete, "remove_requested"),
    ],
)
def test_the_keyboard_does_the_same(qtbot: QtBot, dialog: AccountsDialog, key: Qt.Key, signal: str) -> None:
    accounts = select(dialog, 0)
    with qtbot.waitSignal(getattr(dialog, signal)) as asked:
        QTest.keyClick(accounts, key)
    assert asked.args == ["id-a"]
    assert dialog.isVisible()


def test_a_new_list_keeps_the_selection(dialog: AccountsDialog) -> None:
    accounts = select(dialog, 2)
    dialog.set_accounts((AccountRow("id-c", "Lantern two", "No key"), ROWS[1]))
    item = accounts.currentItem()
    assert item is not None
    assert item.text(0) == "Lantern two"


def test_without_an_account_there_is_only_adding_one(qtbot: QtBot, dialog: AccountsDialog) -> None:
    dialog.set_accounts(())
    for name in ("accountsRenameButton", "accountsReplaceKeyButton", "accountsRemoveButton"):
        assert not button(dialog, name).isEnabled()
        assert button(dialog, name).toolTip()
    with qtbot.waitSignal(dialog.add_requested):
        click(dialog, "accountsAddButton")
    click(dialog, "accountsCloseButton")
    assert not dialog.isVisible()
