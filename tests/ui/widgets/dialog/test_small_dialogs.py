"""Add app, QR code, settings and about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTextEdit

from pgyer_desktop import __version__
from pgyer_desktop.api.models import Build
from pgyer_desktop.ui.accounts.add_app_dialog import AddAppDialog
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.help.about_dialog import AboutDialog
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.sharing.qr_dialog import QrDialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.text.label import Label
from pgyer_desktop.ui.window.appearance import Appearance
from pgyer_desktop.ui.window.settings_dialog import SettingsDialog
from tests.ui.widgets.dialog.found import button, click, edit, find, focused, shown, type_into

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

APP_KEY = "fedcba98" * 4
BUILD = Build(build_key="a" * 32, version="1.4.5", build_number="145", pgyer_build=45)


def test_an_app_key_is_handed_over_trimmed(qtbot: QtBot) -> None:
    dialog = AddAppDialog()
    shown(qtbot, dialog)
    assert not button(dialog, "addAppButton").isEnabled()
    type_into(dialog, "appKeyEdit", f" {APP_KEY} ")
    with qtbot.waitSignal(dialog.add_requested) as asked:
        QTest.keyClick(edit(dialog, "appKeyEdit"), Qt.Key.Key_Return)
    assert asked.args == [APP_KEY]
    assert dialog.isVisible()


@pytest.mark.parametrize("wrong", ["https://example.com/abc", "two words", "键", "a" * 129])
def test_what_is_no_app_key_is_refused_with_a_sentence(qtbot: QtBot, wrong: str) -> None:
    dialog = AddAppDialog()
    shown(qtbot, dialog)
    edit(dialog, "appKeyEdit").setText(wrong)
    assert find(dialog, ProblemLine, "addAppProblem").text
    assert not button(dialog, "addAppButton").isEnabled()


def test_adding_shows_that_it_takes_time_and_what_went_wrong(qtbot: QtBot) -> None:
    dialog = AddAppDialog()
    shown(qtbot, dialog)
    type_into(dialog, "appKeyEdit", APP_KEY)
    dialog.set_busy(busy=True)
    assert not edit(dialog, "appKeyEdit").isEnabled()
    assert not button(dialog, "addAppButton").isEnabled()
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.set_busy(busy=False)
    dialog.show_problem("There is no such app.")
    assert find(dialog, ProblemLine, "addAppProblem").text == "There is no such app."
    assert edit(dialog, "appKeyEdit").hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_code_leads_to_the_page_of_exactly_this_build(qtbot: QtBot) -> None:
    dialog = QrDialog("Harbour", BUILD)
    shown(qtbot, dialog)
    code = find(dialog, QrCode, "qrDialogCode")
    assert code.text == "https://www.pgyer.com/" + "a" * 32
    assert min(code.width(), code.height()) >= 280
    assert find(dialog, Label, "qrLink").text() == code.text
    assert find(dialog, Label, "qrBuild").text() == "1.4.5 (145) · #45"
    with qtbot.waitSignal(dialog.copy_requested):
        click(dialog, "qrCopyButton")
    assert button(dialog, "qrCopyButton").text() == "Copied"
    click(dialog, "qrCloseButton")
    assert not dialog.isVisible()


def test_the_code_is_shown_over_the_whole_screen_and_esc_leaves(qtbot: QtBot) -> None:
    dialog = QrDialog("Harbour", BUILD)
    qtbot.addWidget(dialog)
    small = find(dialog, QrCode, "qrDialogCode").width()
    dialog.show_once()
    assert dialog.isFullScreen()
    assert find(dialog, QrCode, "qrDialogCode").width() > small
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_build_whose_key_makes_no_address_has_no_code(qtbot: QtBot) -> None:
    dialog = QrDialog("Harbour", Build(build_key="../evil?x"))
    shown(qtbot, dialog)
    assert not find(dialog, QrCode, "qrDialogCode").isVisible()
    assert not button(dialog, "qrCopyButton").isEnabled()
    assert "no link" in find(dialog, Label, "qrHint").text()


def settings(
    folder: Path, language: Language, *, compact: bool = False, changing: Callable[[], bool] = lambda: False
) -> SettingsDialog:
    return SettingsDialog(language, changing=changing, compact=compact, folders=(folder, folder / "cache", folder))


@pytest.mark.usefixtures("english")
def test_another_language_is_said_to_hold_from_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = settings(tmp_path, Language.ENGLISH)
    shown(qtbot, dialog)
    remark, restart = find(dialog, Label, "languageRemark"), button(dialog, "restartButton")
    assert not remark.isVisible()
    assert not restart.isVisible()
    languages = find(dialog, QComboBox, "languageCombo")
    languages.setFocus()
    QTest.keyClick(languages, Qt.Key.Key_Down)
    assert "next time" in remark.text()
    assert remark.isVisible()
    QTest.keyClick(languages, Qt.Key.Key_Up)
    assert not remark.isVisible()
    assert not restart.isVisible()


@pytest.mark.usefixtures("english")
def test_who_comes_back_to_the_settings_still_reads_what_waits_for_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = settings(tmp_path, Language.CHINESE)
    shown(qtbot, dialog)
    assert find(dialog, Label, "languageRemark").isVisible()
    with qtbot.waitSignal(dialog.restart_requested):
        click(dialog, "restartButton")
    assert not dialog.isVisible()


@pytest.mark.usefixtures("english")
def test_in_the_middle_of_a_change_no_restart_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    changes = ["one"]
    dialog = settings(tmp_path, Language.CHINESE, changing=lambda: bool(changes))
    shown(qtbot, dialog)
    restart = button(dialog, "restartButton")
    assert not restart.isEnabled()
    assert "change is under way" in restart.toolTip()
    changes.clear()
    dialog.update_restart()
    assert restart.isEnabled()
    assert not restart.toolTip()
    wanted: list[None] = []
    dialog.restart_requested.connect(lambda: wanted.append(None))
    changes.append("one that has just begun")
    click(dialog, "restartButton")
    assert wanted == []
    assert not restart.isEnabled()


def test_settings_are_said_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = settings(tmp_path, Language.ENGLISH)
    shown(qtbot, dialog)
    languages = find(dialog, QComboBox, "languageCombo")
    assert [languages.itemText(n) for n in range(3)] == ["System", "English", "中文"]
    assert languages.currentText() == "English"
    languages.setFocus()
    with qtbot.waitSignal(dialog.language_chosen) as chosen:
        QTest.keyClick(languages, Qt.Key.Key_Down)
    assert chosen.args == [Language.CHINESE]
    density = find(dialog, QComboBox, "densityCombo")
    with qtbot.waitSignal(dialog.compact_chosen) as compact:
        QTest.keyClick(density, Qt.Key.Key_Down)
    assert compact.args == [True]
    looks = find(dialog, QComboBox, "appearanceCombo")
    with qtbot.waitSignal(dialog.appearance_chosen) as look:
        QTest.keyClick(looks, Qt.Key.Key_End)
    assert look.args == [Appearance.DARK]


def test_settings_show_where_the_files_are(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = settings(tmp_path, Language.SYSTEM, compact=True)
    shown(qtbot, dialog)
    assert find(dialog, QTextEdit, "settingsFolderPath").toPlainText() == str(tmp_path)
    assert button(dialog, "settingsFolderButton").isEnabled()
    assert not button(dialog, "cacheFolderButton").isEnabled()
    assert button(dialog, "cacheFolderButton").toolTip()
    assert find(dialog, QComboBox, "densityCombo").currentIndex() == 1
    assert button(dialog, "logFolderButton").isEnabled()


def test_about_says_whose_it_is_not_and_what_it_runs_on(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    shown(qtbot, dialog)
    words = [label.text() for label in dialog.findChildren(Label)]
    assert "Unofficial client. Not made or supported by Pgyer." in words
    assert f"Version {__version__}" in words
    details = find(dialog, QTextEdit, "aboutDetails").toPlainText()
    for part in ("Qt", "PySide6", "LGPL", "Python", "MIT"):
        assert part in details
    click(dialog, "aboutCopyButton")
    assert QGuiApplication.clipboard().text().startswith(f"Pgyer Desktop {__version__}\n")
