"""What holds for every dialog, in every state that looks different."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from tests.ui.widgets.dialog.found import focused, shown
from tests.ui.widgets.dialog.gallery import dialogs
from tests.ui.widgets.dialog.large import large_dialogs
from tests.ui.widgets.gallery import dark_palette, light_palette

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = sorted(dialogs())
QUESTIONS = [name for name in NAMES if name.startswith("confirm")]
"""Their words are handed over in the language that is on."""
FROM_WITHIN = {
    "Add case", "Clear latest", "Close plan", "Delete build", "Delete builds", "Edit case", "Go back", "Guard rails",
    "Remove account", "Rename account", "Rename policy", "Replace key", "Save policy", "Set latest", "Unexpected error",
}  # fmt: skip
"""The titles of those that no entry of a menu opens by its own name."""
PLACES = {"Accessibility", "Accounts", "Compare two builds", "Keyboard shortcuts", "Settings"}
"""They ask nothing and do nothing: what they are is all there is to say over them."""


class Marked(QTranslator):
    """Says everything with a mark in front, so that what cannot be translated is seen."""

    def translate(
        self,
        _context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str:
        return f"«{source}"

    def isEmpty(self) -> bool:
        return False


@pytest.mark.parametrize("name", NAMES)
def test_escape_leaves_every_dialog(qtbot: QtBot, name: str) -> None:
    dialog = dialogs()[name]()
    shown(qtbot, dialog)
    QTest.keyClick(focused(dialog), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("name", sorted({*NAMES, *large_dialogs()}))
def test_the_window_title_is_the_action_and_the_heading_the_question(qtbot: QtBot, name: str) -> None:
    dialog = {**dialogs(), **large_dialogs()}[name]()
    qtbot.addWidget(dialog)
    assert isinstance(dialog, Dialog)
    title, heading = dialog.windowTitle(), dialog.heading.text()
    assert title in FROM_WITHIN | {action.value.title.source.removesuffix("…") for action in Action}
    assert heading
    assert not heading.endswith((".", "…"))
    assert heading != title or title in PLACES


@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_button(qtbot: QtBot, name: str) -> None:
    dialog = dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    buttons = {button for button in dialog.findChildren(QPushButton) if button.isVisible() and button.isEnabled()}
    reached: set[QWidget | None] = set()
    for _ in range(40):
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert not {button.objectName() for button in buttons - reached}


@pytest.mark.parametrize("name", NAMES)
def test_every_dialog_is_of_a_calm_width_and_cuts_nothing(qtbot: QtBot, name: str) -> None:
    dialog = dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    assert 420 <= dialog.width() <= 560
    for widget in dialog.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.objectName()
            needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0
            assert widget.height() >= needed, widget.objectName()


@pytest.mark.parametrize("name", NAMES)
def test_every_dialog_is_modal_to_its_window_and_orders_its_buttons_as_the_platform(qtbot: QtBot, name: str) -> None:
    dialog = dialogs()[name]()
    qtbot.addWidget(dialog)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    assert len(dialog.findChildren(QDialogButtonBox)) == 1
    destroys = name in {"confirm_delete", "confirm_delete_latest", "confirm_builds", "confirm_remove"}
    assert sum(button.isDefault() for button in dialog.findChildren(QPushButton)) == (0 if destroys else 1)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_can_be_used_has_a_name_for_scripts_and_for_screen_readers(qtbot: QtBot, name: str) -> None:
    dialog = dialogs()[name]()
    shown(qtbot, dialog)
    assert dialog.objectName().endswith("Dialog")
    assert dialog.accessibleName()
    for widget in dialog.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTextEdit):
            if isinstance(widget.parent(), QLineEdit | QComboBox):
                continue
            assert widget.objectName(), widget
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget.objectName()


@pytest.mark.parametrize("name", sorted({*NAMES} - {*QUESTIONS}))
def test_every_word_is_in_the_language_that_is_on(qtbot: QtBot, name: str) -> None:
    marked = Marked()
    QCoreApplication.installTranslator(marked)
    try:
        dialog = dialogs()[name]()
        shown(qtbot, dialog)
        assert dialog.windowTitle().startswith("«")
        for button in dialog.findChildren(QPushButton):
            assert not button.text() or button.text().startswith("«"), button.objectName()
        for field in dialog.findChildren(QLineEdit):
            assert field.accessibleName().startswith("«")
    finally:
        QCoreApplication.removeTranslator(marked)


@pytest.mark.parametrize("name", NAMES)
def test_every_dialog_follows_dark_and_light_while_it_is_open(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    before = qapp.palette()
    try:
        qapp.setPalette(light_palette())
        dialog = dialogs()[name]()
        shown(qtbot, dialog)
        qtbot.wait(10)
        qapp.setPalette(dark_palette())
        qtbot.wait(10)
        changed = dialog.grab().toImage()
        dialog.close()
        fresh = dialogs()[name]()
        shown(qtbot, fresh)
        for label, anew in zip(dialog.findChildren(QLabel), fresh.findChildren(QLabel), strict=True):
            assert label.palette().windowText().color() == anew.palette().windowText().color(), label.objectName()
        assert changed.size() == fresh.grab().toImage().size()
    finally:
        qapp.setPalette(before)
