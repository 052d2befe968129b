"""The message shows as it will be copied, while its text is being written; nothing that is wrong is copied or kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.sharing.message import BUILT_IN, PLACES, Template
from pgyer_desktop.ui.base import screen, theme
from pgyer_desktop.ui.sharing.message_dialog import PAUSE_MS, HandoverDialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from tests.ui.widgets.dialog.found import button, click, find, focused, shown
from tests.ui.widgets.dialog.test_all_dialogs import Marked
from tests.ui.widgets.gallery import dark_palette, light_palette

NOW = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)
APP = KnownApp("b" * 32, "Harbour", "com.acme.harbour", shortcut="harbour")
BUILD = Build(
    build_key="a1" * 16,
    name="Harbour",
    version="1.4.6",
    build_number="146",
    pgyer_build=46,
    platform=Platform.IOS,
    size=10_571_264,
    created=datetime(2025, 1, 3, 9, 30, tzinfo=UTC),
    notes="Tide tables for the whole coast.",
)


pytestmark = pytest.mark.usefixtures("english")


def opened(qtbot: QtBot, template: Template | None = None, build: Build = BUILD) -> HandoverDialog:
    dialog = HandoverDialog(None, APP, build, template or Template(), now=NOW)
    shown(qtbot, dialog)
    return dialog


def text(dialog: HandoverDialog) -> QPlainTextEdit:
    return find(dialog, QPlainTextEdit, "handoverTemplate")


def preview(dialog: HandoverDialog) -> str:
    return find(dialog, QPlainTextEdit, "handoverPreview").toPlainText()


def problem(dialog: HandoverDialog) -> str:
    return find(dialog, ProblemLine, "handoverProblem").text


def choose(dialog: HandoverDialog, language: str) -> None:
    combo = find(dialog, QComboBox, "handoverLanguage")
    combo.setCurrentIndex(combo.findData(language))


def saved(dialog: HandoverDialog) -> list[Template]:
    found: list[Template] = []
    dialog.template_saved.connect(found.append)
    return found


def test_the_message_can_be_copied_at_once_with_one_key(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    kept = saved(dialog)
    assert preview(dialog).startswith("Harbour 1.4.6 · build 146 · Pgyer #46\niOS · 10.6 MB")
    with qtbot.waitSignal(dialog.message_copied) as copied:
        QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    assert copied.args == [preview(dialog)]
    assert QGuiApplication.clipboard().text() == preview(dialog)
    assert dialog.isVisible()
    assert kept == []


def test_the_message_follows_each_key(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "Try {app}"))
    text(dialog).moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(text(dialog), " {{now}} · {platform}")
    assert preview(dialog) == "Try Harbour {now} · iOS"
    assert button(dialog, "handoverCopy").isEnabled()


def test_what_is_wrong_is_said_once_the_typing_pauses_and_is_never_copied(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "Try {app}"))
    text(dialog).setFocus()
    text(dialog).moveCursor(QTextCursor.MoveOperation.End)
    height = dialog.height()
    QTest.keyClicks(text(dialog), " {versoin}")
    assert not button(dialog, "handoverCopy").isEnabled()
    assert problem(dialog) == ""
    qtbot.waitUntil(lambda: bool(problem(dialog)), timeout=PAUSE_MS * 10)
    assert problem(dialog) == "Line 1, character 11: there is no place {versoin}. Is {version} meant?"
    assert dialog.height() == height
    assert preview(dialog) == "Try Harbour"
    QTest.keyClick(text(dialog), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    text(dialog).setPlainText("Try {app} {version}")
    assert problem(dialog) == ""
    assert button(dialog, "handoverCopy").isEnabled()


def test_the_place_that_is_wrong_is_underlined_also_behind_an_emoji(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "🚀 {app} {nowhere}"))
    (mark,) = text(dialog).extraSelections()
    assert mark.cursor.selectedText() == "{nowhere}"
    assert problem(dialog)
    assert focused(dialog) is text(dialog)
    text(dialog).setPlainText("🚀 {app} {link}")
    assert [mark.cursor.selectedText() for mark in text(dialog).extraSelections()] == ["{app}", "{link}"]


def test_an_edited_text_is_kept_when_it_is_copied_and_only_once(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    kept = saved(dialog)
    text(dialog).setPlainText("{app}: {link}")
    QTest.keyClick(text(dialog), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"Harbour: https://www.pgyer.com/{BUILD.build_key}"
    assert kept == [Template("en", "{app}: {link}")]
    QTest.keyClick(focused(dialog), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(kept) == 1


def test_an_edited_text_is_kept_when_the_dialog_is_closed(qtbot: QtBot) -> None:
    for close in ("escape", "box", "button"):
        dialog = opened(qtbot)
        kept = saved(dialog)
        text(dialog).setPlainText("{app}")
        if close == "escape":
            QTest.keyClick(text(dialog), Qt.Key.Key_Escape)
        elif close == "box":
            dialog.close()
        else:
            click(dialog, "handoverClose")
        assert not dialog.isVisible()
        assert kept == [Template("en", "{app}")]


def test_a_change_that_cannot_be_kept_is_dropped_only_on_the_second_attempt_to_close(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    kept = saved(dialog)
    text(dialog).setPlainText("{app")
    dialog.close()
    assert dialog.isVisible()
    assert "Close again to discard your changes." in problem(dialog)
    text(dialog).setPlainText("{app and more")
    dialog.close()
    assert dialog.isVisible()
    dialog.close()
    assert not dialog.isVisible()
    assert kept == []


def test_an_empty_text_is_not_the_built_in_one(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "Try {app}"))
    text(dialog).clear()
    assert not button(dialog, "handoverCopy").isEnabled()
    qtbot.waitUntil(lambda: "There is no text" in problem(dialog), timeout=PAUSE_MS * 10)


def test_a_build_of_which_nothing_is_known_leaves_a_good_text_to_be_kept(qtbot: QtBot) -> None:
    dialog = opened(qtbot, build=replace(BUILD, notes=""))
    kept = saved(dialog)
    text(dialog).setPlainText("{notes}")
    assert not button(dialog, "handoverCopy").isEnabled()
    dialog.close()
    assert not dialog.isVisible()
    assert kept == [Template("en", "{notes}")]


def test_the_language_changes_the_built_in_text_and_its_values(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    kept = saved(dialog)
    choose(dialog, "zh_CN")
    assert text(dialog).toPlainText() == BUILT_IN["zh_CN"]
    assert "更新说明：" in preview(dialog)
    assert "2025年1月3日" in preview(dialog)
    click(dialog, "handoverClose")
    assert kept == [Template("zh_CN")]


def test_the_language_leaves_a_text_of_ones_own_alone(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "{app}, {date}"))
    choose(dialog, "zh_CN")
    assert preview(dialog) == "Harbour, 2025年3月12日"
    assert dialog.template == Template("zh_CN", "{app}, {date}")


def test_the_built_in_text_comes_back_and_can_be_undone(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "{app}"))
    kept = saved(dialog)
    click(dialog, "handoverReset")
    assert text(dialog).toPlainText() == BUILT_IN["en"]
    assert not button(dialog, "handoverReset").isEnabled()
    text(dialog).undo()
    assert text(dialog).toPlainText() == "{app}"
    click(dialog, "handoverReset")
    click(dialog, "handoverClose")
    assert kept == [Template("en")]


def test_every_place_can_be_inserted_where_the_cursor_is_by_keys_alone(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "AB"))
    menu = find(dialog, QMenu, "handoverInsertMenu")
    assert [str(action.data()) for action in menu.actions()] == list(PLACES)
    text(dialog).setFocus()
    text(dialog).moveCursor(QTextCursor.MoveOperation.Right)
    QTest.keyClick(text(dialog), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(dialog).objectName() == "handoverInsert"
    QTest.keyClick(focused(dialog), Qt.Key.Key_Space)
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert text(dialog).toPlainText() == "A{version}B"
    assert focused(dialog) is text(dialog)
    assert preview(dialog) == "A1.4.6B"


def test_tab_goes_through_everything_in_the_order_in_which_it_is_read(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Template("en", "{app}"))
    find(dialog, QComboBox, "handoverLanguage").setFocus()
    order = []
    for _ in range(7):
        order.append(focused(dialog).objectName())
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    assert order[:4] == ["handoverLanguage", "handoverInsert", "handoverTemplate", "handoverPreview"]
    assert set(order[4:]) == {"handoverReset", "handoverCopy", "handoverClose"}


def test_what_the_service_sends_is_shown_and_copied_as_text_and_without_secrets(qtbot: QtBot) -> None:
    secret = "0f1e2d3c" * 4
    notes = f"<b>bold</b> <img src='file:///x'>\nhttps://www.pgyer.com/x?_api_key={secret}&sig={secret}"
    dialog = opened(qtbot, Template("en", "{notes}"), replace(BUILD, notes=notes))
    click(dialog, "handoverCopy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("<b>bold</b> <img src='file:///x'>\n")
    assert secret not in copied
    assert preview(dialog) == copied


def test_a_pasted_key_is_neither_copied_nor_kept(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    kept = saved(dialog)
    text(dialog).setPlainText(f"{{app}} {'0f1e2d3c' * 4}")
    assert not button(dialog, "handoverCopy").isEnabled()
    dialog.close()
    dialog.close()
    assert kept == []


def test_it_fits_a_small_screen_and_uses_a_larger_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen:
        def __init__(self, height: int) -> None:
            self._height = height

        def availableGeometry(self) -> QRect:
            return QRect(0, 0, 640, self._height)

    heights = []
    for height in (480, 1080):
        monkeypatch.setattr(screen, "screen_of", lambda _window, height=height: Screen(height))
        dialog = HandoverDialog(None, APP, BUILD, Template("en", "{wrong} {app}"), now=NOW)
        shown(qtbot, dialog)
        qtbot.wait(10)
        assert dialog.width() <= 640
        heights.append(dialog.height())
    assert heights[0] <= 480 - 32
    assert heights[1] > heights[0]


def test_the_words_are_in_the_language_that_is_on_and_the_message_is_not(qtbot: QtBot) -> None:
    marked = Marked()
    QCoreApplication.installTranslator(marked)
    try:
        dialog = opened(qtbot, Template("en", "{app} {versoin}"))
        assert dialog.windowTitle().startswith("«")
        assert problem(dialog).startswith("«")
        assert button(dialog, "handoverInsert").text().startswith("«")
        assert find(dialog, QMenu, "handoverInsertMenu").actions()[0].text().replace("&", "") == "«App\t{app}"
        assert text(dialog).toPlainText() == "{app} {versoin}"
    finally:
        QCoreApplication.removeTranslator(marked)


def test_the_colours_of_places_follow_dark_and_light(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.palette()
    try:
        qapp.setPalette(light_palette())
        dialog = opened(qtbot)
        light = _ink(dialog)
        qapp.setPalette(dark_palette())
        qtbot.wait(10)
        assert _ink(dialog) != light
        assert _ink(dialog) == theme.accent(text(dialog).palette())
    finally:
        qapp.setPalette(before)


def _ink(dialog: HandoverDialog) -> QColor:
    marks = text(dialog).extraSelections()  # by a name, for what Qt hands out lives no longer than the list
    return QColor(marks[0].format.foreground().color())


def test_everything_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    for kind, name in (
        (QComboBox, "handoverLanguage"),
        (QPlainTextEdit, "handoverTemplate"),
        (QPlainTextEdit, "handoverPreview"),
    ):
        assert find(dialog, kind, name).accessibleName()
    for name in ("handoverInsert", "handoverCopy"):
        assert button(dialog, name).accessibleName()
    assert find(dialog, QPlainTextEdit, "handoverPreview").isReadOnly()
