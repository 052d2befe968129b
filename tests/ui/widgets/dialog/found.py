"""Finding widgets of a dialog by their object names, and clicking them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Kind = TypeVar("Kind", bound=QWidget)


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    """Open `dialog` as the window that has the focus."""
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def find(dialog: QWidget, kind: type[Kind], name: str) -> Kind:
    """The only widget with this name."""
    found = dialog.findChildren(kind, name)
    assert len(found) == 1, name
    return found[0]


def edit(dialog: QWidget, name: str) -> QLineEdit:
    return find(dialog, QLineEdit, name)


def button(dialog: QWidget, name: str) -> QAbstractButton:
    return find(dialog, QAbstractButton, name)


def focused(dialog: QWidget) -> QWidget:
    """Where a key goes that is pressed now."""
    found: QWidget | None = dialog.focusWidget()
    return found if found is not None else dialog


def click(dialog: QWidget, name: str) -> None:
    QApplication.processEvents()  # what has just been shown gets its place first
    QTest.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def type_into(dialog: QWidget, name: str, text: str) -> None:
    """Replace the content of a line edit, key by key."""
    line = edit(dialog, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
