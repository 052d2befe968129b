"""Two builds are compared at a glance, also by whoever sees no colours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTextEdit

from pgyer_desktop.api.models import Build
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.builds.compare_dialog import CompareDialog

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
    long = Build(
        "key4",
        name="x" * 10_000,
        version="9" * 10_000,
        notes="<b>note</b> " * 900,
        extra=(("buildDescription", "z" * 500),),
    )
    dialog = CompareDialog(None, OLD, long, "Harbour", IconLoader())
    qtbot.addWidget(dialog)
    dialog.resize(640, 480)
    dialog.show()
    assert dialog.width() <= 900
    notes = dialog.findChild(QTextEdit, "compareNewerNotes")
    assert notes is not None
    assert "<b>note</b>" in notes.toPlainText()


def _field(dialog: CompareDialog, title: str) -> list[str]:
    """The line of the copied text that is about `title`, if any."""
    return [line for line in dialog.text.splitlines() if line.startswith(f"{title}: ")]


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("Latest", Build("a", latest=True), Build("b", latest=False)),
        ("Publishing", Build("a", publish_complete=True), Build("b", publish_complete=False)),
        ("In history", Build("a", in_history=True), Build("b", in_history=False)),
        ("Short link", Build("a", shortcut="harb"), Build("b", shortcut="harb2")),
        ("Uploaded", Build("a", created_text="1天前"), Build("b", created_text="3天前")),
        ("Downloads today", Build("a", extra=(("todayDownloadCount", "1"),)), Build("b")),
    ],
)
def test_all_that_is_known_of_both_is_compared(qtbot: QtBot, title: str, first: Build, second: Build) -> None:
    dialog = CompareDialog(None, first, second, "Harbour", IconLoader())
    qtbot.addWidget(dialog)
    assert len(_field(dialog, title)) == 1


def test_each_field_is_copied_in_one_line_and_nothing_is_a_dash(qtbot: QtBot) -> None:
    first = Build("a", created=datetime(2025, 3, 12, 12, 0, tzinfo=UTC), file_name="harbour.ipa")
    dialog = CompareDialog(None, first, Build("b"), "Harbour", IconLoader())
    qtbot.addWidget(dialog)
    assert _field(dialog, "File") == ["File: harbour.ipa | –"]
    assert _field(dialog, "Uploaded")[0].endswith(" | –")


def test_a_build_key_fits_into_half_of_the_narrowest_dialog(qtbot: QtBot) -> None:
    dialog = CompareDialog(
        None, Build("W" * 32), Build("M" * 32, extra=(("appExpiredDate", "v" * 64),)), "Harbour", IconLoader()
    )
    qtbot.addWidget(dialog)
    dialog.resize(dialog.minimumSize())
    dialog.show()
    for label in dialog.findChildren(QLabel):
        if label.text() in {"W" * 32, "M" * 32}:
            needed = label.fontMetrics().boundingRect(
                label.rect(), label.alignment() | Qt.TextFlag.TextWordWrap, QLabel.text(label)
            )
            assert needed.width() <= label.width()


def test_a_line_that_is_broken_is_marked_to_its_end(qtbot: QtBot) -> None:
    dialog = CompareDialog(
        None, Build("a", pgyer_build=1), Build("b", pgyer_build=2, notes="word " * 80), "", IconLoader()
    )
    qtbot.addWidget(dialog)
    dialog.show()
    pane = dialog.findChild(QTextEdit, "compareNewerNotes")
    assert pane is not None
    picture = pane.viewport().grab().toImage()
    right = picture.width() - 2
    marked = picture.pixelColor(right, 3)
    assert marked != dialog.palette().color(dialog.backgroundRole())
    assert picture.pixelColor(right, picture.height() // 2) == marked
