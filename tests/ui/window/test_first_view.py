"""The window shows how it was left while the rest is being loaded, and never what is no longer so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from pgyer_desktop.ui.widgets.keys.ring import FocusRing
from pgyer_desktop.ui.window import first_view
from pgyer_desktop.ui.window.main_window import MainWindow
from tests.ui.widgets.gallery import dark_palette


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "first-view.png"


def painted(qtbot: QtBot, title: str = "Harbour") -> QMainWindow:
    """A window that is all red."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setWindowTitle(title)
    label = QLabel(window)
    label.setStyleSheet("background: rgb(200, 0, 0)")
    window.setCentralWidget(label)
    window.resize(700, 500)
    window.show()
    qtbot.waitExposed(window)
    return window


def kept(qtbot: QtBot, file: Path) -> None:
    window = painted(qtbot)
    first_view.keep(window, file)
    window.close()


def colour(widget: QWidget) -> QColor:
    return QColor(widget.grab().toImage().pixel(300, 300))


def test_the_window_comes_back_as_it_was_left_and_faded(qtbot: QtBot, file: Path) -> None:
    kept(qtbot, file)
    window = MainWindow(file)
    qtbot.addWidget(window)
    window.show()
    assert (window.width(), window.height()) == (700, 500)
    assert window.windowTitle() == "Harbour"
    red = colour(window)
    assert red.red() > red.green() + 60
    assert red != QColor(200, 0, 0)


def test_the_ring_around_what_had_the_focus_is_not_in_the_picture(qtbot: QtBot, file: Path) -> None:
    kept(qtbot, file)
    plain = file.read_bytes()
    window = painted(qtbot)
    ring = FocusRing(window)
    ring.show_around(window.centralWidget())
    assert ring.isVisible()
    first_view.keep(window, file)
    assert QImage.fromData(file.read_bytes()).pixelColor(300, 1) == QImage.fromData(plain).pixelColor(300, 1)


def test_a_picture_of_another_look_is_not_shown(qtbot: QtBot, qapp: QApplication, file: Path) -> None:
    kept(qtbot, file)
    before = qapp.palette()
    try:
        qapp.setPalette(dark_palette())
        window = MainWindow(file)
        qtbot.addWidget(window)
        assert window.centralWidget() is None
        assert window.windowTitle() == "Pgyer Desktop"
    finally:
        qapp.setPalette(before)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 500])
def test_a_damaged_file_is_as_good_as_none(qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "first-view.png"
    file.write_bytes(content)
    window = MainWindow(file)
    qtbot.addWidget(window)
    assert window.centralWidget() is None


def test_a_folder_that_cannot_be_written_costs_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("somebody's", encoding="utf-8")
    kept(qtbot, in_the_way / "first-view.png")
    assert in_the_way.read_text(encoding="utf-8") == "somebody's"
    first_view.forget(in_the_way / "first-view.png")


def test_the_file_is_this_users_alone_and_a_plain_picture(qtbot: QtBot, file: Path) -> None:
    kept(qtbot, file)
    assert QImage(str(file)).width() == 700
    assert file.stat().st_mode & 0o077 == 0 or file.drive


def test_a_window_with_nothing_in_it_yet_moves_and_closes(qtbot: QtBot, file: Path) -> None:
    window = MainWindow(file)
    qtbot.addWidget(window)
    told: list[str] = []
    window.closed.connect(lambda: told.append("closed"))
    window.painted.connect(lambda: told.append("painted"))
    window.show()
    qtbot.waitUntil(lambda: told == ["painted"])
    QTest.keyClick(window, Qt.Key.Key_F5)
    with pytest.raises(RuntimeError):
        _ = window.content
    assert window.end()
    assert told == ["painted", "closed"]
    assert window.over
    assert not file.exists()
