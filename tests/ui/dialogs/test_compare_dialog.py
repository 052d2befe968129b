"""Two builds are compared at a glance, also by whoever sees no colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTextEdit

from pgyer_desktop.api.models import Build
from pgyer_desktop.ui.dialogs.compare_dialog import CompareDialog
from pgyer_desktop.ui.icon_loader import IconLoader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SECRET = "0123456789abcdef" * 2
OLD = Build("key1", name="Harbour", version="1.4.4", pgyer_build=44, size=10_000_000, notes="Faster start\nOld thing")
NEW = Build("key2", name="Harbour", version="1.4.5", pgyer_build=45, size=10_310_000, notes="Faster start\nNew thing")


@pytest.fixture
def dialog(qtbot: QtBot) -> CompareDialog:
    made = CompareDialog(None, NEW, OLD, "Harbour", IconLoader())
    qtbot.addWidget(made)
    made.show()
    return made


def words(dialog: CompareDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_the_older_one_is_at_the_left_and_the_difference_in_size_is_said(dialog: CompareDialog) -> None:
    older, newer = (dialog.findChild(QTextEdit, f"compare{side}Notes") for side in ("Older", "Newer"))
    assert older is not None
    assert newer is not None
    assert older.toPlainText() == "  Faster start\n− Old thing"
    assert newer.toPlainText() == "  Faster start\n+ New thing"
    assert "10.3 MB (+310.0 kB, +3.1 %)" in words(dialog)


def test_only_what_differs_can_be_shown(dialog: CompareDialog) -> None:
    assert "Name" in words(dialog)
    only = dialog.findChild(QCheckBox, "compareOnlyDifferences")
    assert only is not None
    only.click()
    assert "Name" not in words(dialog)
    assert "Version" in words(dialog)


def test_the_differences_are_copied_as_text_without_secrets(qtbot: QtBot) -> None:
    dialog = CompareDialog(None, OLD, Build("key3", pgyer_build=46, notes=f"?sig={SECRET}"), "Harbour", IconLoader())
    qtbot.addWidget(dialog)
    dialog.show()
    copy = dialog.findChild(QPushButton, "compareCopy")
    assert copy is not None
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Version: 1.4.4 | " in copied
    assert "− Old thing" in copied
    assert SECRET not in copied


def test_endless_names_and_notes_fit(qtbot: QtBot) -> None:
    long = Build("key4", name="x" * 10_000, version="9" * 10_000, notes="<b>note</b> " * 900, extra=(("y" * 500, "z"),))
    dialog = CompareDialog(None, OLD, long, "Harbour", IconLoader())
    qtbot.addWidget(dialog)
    dialog.resize(640, 480)
    dialog.show()
    assert dialog.width() <= 900
    notes = dialog.findChild(QTextEdit, "compareNewerNotes")
    assert notes is not None
    assert "<b>note</b>" in notes.toPlainText()
