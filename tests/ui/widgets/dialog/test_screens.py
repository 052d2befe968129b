"""Nothing that a person may have to read or click is beyond the screen, however small that is."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

import pgyer_desktop.ui
from pgyer_desktop.ui.base.screen import keep_on_screen, room_for
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Label
from tests.helpers.painted import cut_words, words_over_words
from tests.project.checkout import ROOT
from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs

SCREENS = {
    "1366x768 at 200 %": ("1366", "768", "2", "0"),
    "1366x768 at 150 %": ("1366", "768", "1.5", "0"),
    "1366x768 with text of 18 points": ("1366", "768", "1", "18"),
    "900x600": ("900", "600", "1", "0"),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_dialog_and_window_fits_or_scrolls_and_cuts_no_words(screen: str, language: str) -> None:
    command = [sys.executable, "-m", "tests.ui.widgets.dialog.on_screen", *SCREENS[screen], language]
    done = subprocess.run(  # noqa: S603 - our own code
        command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == []


@pytest.mark.usefixtures("qapp")
def test_the_dialogs_that_are_opened_are_all_that_there_are() -> None:
    for info in pkgutil.walk_packages(pgyer_desktop.ui.__path__, "pgyer_desktop.ui."):
        importlib.import_module(info.name)
    known = {kind for kind in Dialog.__subclasses__() if kind.__module__.startswith("pgyer_desktop.")}
    made = [make() for make in all_dialogs().values()]
    assert {type(dialog) for dialog in made} == known
    for dialog in made:
        dialog.deleteLater()


def test_words_that_are_cut_or_painted_over_are_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(400, 200)
    for number, (kind, words, width) in enumerate(
        ((QPushButton, "Copy link", 30), (QPushButton, "Copy link…", 200), (ElidedLabel, "12.4 MB", 30))
    ):
        one = kind(words, page)
        one.setObjectName(f"one{number}")
        one.setGeometry(10, 10 + 40 * number, width, 24)
    page.show()
    assert [what.rpartition(" in ")[2] for what in cut_words(page)] == ["one0 is cut", "one2 is cut"]
    assert words_over_words(page) == []
    over = QLabel("Over it", page)
    over.setGeometry(10, 50, 200, 24)
    over.setAlignment(Qt.AlignmentFlag.AlignCenter)
    over.show()
    assert words_over_words(page) == ["'Over it' is painted over 'Copy link…'"]


_ON_THE_SECOND = """
import json, os, sys
os.chdir(sys.argv[1])
os.environ["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"
from PySide6.QtWidgets import QApplication
app = QApplication([])
from pgyer_desktop.ui.window.main_window import MainWindow
from tests.ui.widgets.dialog.large import all_dialogs
window = MainWindow()
window.show()
window.move(2600, 20)
app.processEvents()
window.stay_on_screen()
shown = [window]
for name in ("compare", "check_long", "message", "account"):
    dialog = all_dialogs()[name]()
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()
    shown.append(dialog)
app.processEvents()
room = app.screens()[1].availableGeometry()
print(json.dumps([room.contains(widget.frameGeometry()) for widget in shown]))
os.chdir("/")
"""


def test_what_is_opened_on_a_second_screen_goes_by_the_size_of_that_one(tmp_path: Path) -> None:
    same = {"y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    large = {"name": "large", "x": 0, "width": 2560, "height": 1440, **same}
    small = {"name": "small", "x": 2560, "width": 900, "height": 552, **same}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [large, small]}), encoding="ascii")
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _ON_THE_SECOND, str(tmp_path)],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == [True] * 5


# The same without a screen of some size: what is higher than any is made here.


@pytest.fixture
def high(qtbot: QtBot) -> Dialog:
    """A dialog that no screen has room for."""
    dialog = Dialog("highDialog", None)
    dialog.set_titles("High", "Which number?")
    number = QSpinBox(dialog)
    number.setObjectName("number")
    number.setValue(50)
    problem = ProblemLine("highProblem", dialog)
    fill(dialog.body, number, Label(dialog, text="one line after the other\n" * 300), problem)
    last = dialog.add_button("highClose", "Close", dialog.buttons.ButtonRole.RejectRole)
    last.setDefault(True)
    shown(qtbot, dialog)
    return dialog


def bar_of(dialog: Dialog) -> QScrollArea:
    area = dialog.findChild(QScrollArea, "dialogPage")
    assert area is not None
    return area


def test_one_that_is_too_high_scrolls_and_its_buttons_stay(high: Dialog) -> None:
    assert high.height() == room_for(high).height()
    assert bar_of(high).verticalScrollBar().isVisible()
    close = high.findChild(QPushButton, "highClose")
    assert close is not None
    for corner in (close.rect().topLeft(), close.rect().bottomRight()):
        assert high.rect().contains(close.mapTo(high, corner))


def test_the_page_keys_turn_it_from_its_buttons(high: Dialog) -> None:
    bar = bar_of(high).verticalScrollBar()
    close = high.findChild(QPushButton, "highClose")
    assert close is not None
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(close, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def wheel(dialog: Dialog, widget: QWidget) -> None:
    place = QPointF(widget.mapTo(dialog, widget.rect().center()))
    QTest.wheelEvent(dialog.windowHandle(), place, QPoint(0, -120))
    QApplication.processEvents()


def test_the_wheel_changes_no_number_that_passes_under_it(high: Dialog) -> None:
    number = high.findChild(QSpinBox, "number")
    assert number is not None
    close = high.findChild(QPushButton, "highClose")
    assert close is not None
    close.setFocus()
    wheel(high, number)
    assert number.value() == 50
    assert bar_of(high).verticalScrollBar().value() > 0
    bar_of(high).verticalScrollBar().setValue(0)
    number.setFocus()
    wheel(high, number)
    assert number.value() == 49, "one that was chosen is turned by the wheel"


def test_what_goes_wrong_is_scrolled_to(qtbot: QtBot, high: Dialog) -> None:
    problem = high.findChild(ProblemLine, "highProblem")
    assert problem is not None
    assert problem.visibleRegion().isEmpty()
    problem.show_text("The key could not be checked.")
    qtbot.waitUntil(lambda: problem.visibleRegion().boundingRect() == problem.rect())


def test_one_that_grows_at_the_bottom_of_the_screen_moves_up(qtbot: QtBot) -> None:
    dialog = Dialog("growingDialog", None)
    words = Label(dialog)
    fill(dialog.body, words)
    shown(qtbot, dialog)
    room = QGuiApplication.primaryScreen().availableGeometry()
    dialog.move(dialog.x(), room.bottom() - dialog.frameGeometry().height())
    words.setText("one line after the other\n" * 12)
    qtbot.waitUntil(lambda: words.height() > 100)
    assert room.contains(dialog.frameGeometry())


def test_one_that_the_person_sizes_scrolls_only_when_it_is_made_too_low(qtbot: QtBot) -> None:
    dialog = Dialog("rowsDialog", None)
    fill(dialog.body, Label(dialog, text="one line after the other\n" * 12))
    dialog.leave_size_to_person(least=QSize(480, 120), first=QSize(600, 500))
    shown(qtbot, dialog)
    bar = bar_of(dialog).verticalScrollBar()
    assert not bar.isVisible()
    dialog.resize(600, 150)
    qtbot.waitUntil(bar.isVisible)
    dialog.resize(600, 500)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_window_that_is_partly_beyond_the_screen_is_brought_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    room = QGuiApplication.primaryScreen().availableGeometry()
    for corner in (room.bottomRight() - QPoint(200, 120), room.topLeft() - QPoint(100, 80)):
        window.move(corner)
        keep_on_screen(window)
        assert room.contains(window.frameGeometry())
