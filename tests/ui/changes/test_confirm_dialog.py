"""Nothing is confirmed by accident: the verb is the only way to say yes, and the dangerous one is never the default."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.changes.deletion import deletion_of
from pgyer_desktop.core.changes.promotion import Promotion
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.builds.build_card import BuildCard
from pgyer_desktop.ui.changes import confirmations
from pgyer_desktop.ui.changes.build_rows import BuildRows, Total
from pgyer_desktop.ui.changes.confirm_dialog import ConfirmDialog, ask
from pgyer_desktop.ui.changes.question import Question
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.text.label import Label
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, SelectableText
from tests.ui.widgets.dialog.found import button, click, edit, find, focused, shown, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _day_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the formats of this machine are."""
    monkeypatch.setattr("pgyer_desktop.ui.base.formatting.month_first", lambda: False)


def build(number: int, *, publish_complete: bool | None = None, version: str = "1.4.5") -> Build:
    return Build(
        build_key=f"{number:032x}",
        name="Harbour",
        version=version,
        build_number=str(number),
        pgyer_build=number - 100,
        platform=Platform.IOS,
        size=10_571_264,
        identifier="com.acme.harbour",
        created=datetime(2025, 1, 3, 9, 30, tzinfo=UTC),
        publish_complete=publish_complete,
    )


@pytest.fixture
def icons(qapp: QApplication) -> IconLoader:
    return IconLoader()


def opened(qtbot: QtBot, question: Question, icons: IconLoader) -> ConfirmDialog:
    dialog = ConfirmDialog(question, icons)
    shown(qtbot, dialog)
    return dialog


def deleting(*, is_latest: bool = False, type_version: bool = False) -> Question:
    return confirmations.delete_question("Acme", "Harbour", build(145), is_latest=is_latest, type_version=type_version)


def deleting_many(count: int, *, latest: int = -1, type_count: bool = False, most: int = 1000) -> Question:
    builds = [build(100 + number) for number in range(count)]
    keys = {builds[latest].build_key} if latest >= 0 else set()
    deletion = deletion_of(builds, app_key="", latest=keys)
    return confirmations.delete_builds_question("Acme", "Harbour", deletion, most=most, type_count=type_count)


def test_a_delete_names_account_app_version_build_time_and_size(qtbot: QtBot, icons: IconLoader) -> None:
    dialog = opened(qtbot, deleting(), icons)
    assert dialog.accessibleName() == "Delete 1.4.5 (145)?"
    assert find(dialog, Label, "confirmLead").text() == "Deleting cannot be undone."
    words = find(dialog, FieldList, "confirmFacts").toPlainText()
    for fact in ("Acme", "Harbour", "1.4.5", "145", "#45", "3 Jan 2025", "10.6 MB"):
        assert fact in words
    assert plain(button(dialog, "confirmAccept").text()) == "Delete build"


def test_escape_and_the_close_box_do_not_delete(qtbot: QtBot, icons: IconLoader) -> None:
    for leave in (Qt.Key.Key_Escape, None):
        dialog = opened(qtbot, deleting(), icons)
        if leave is None:
            dialog.close()
        else:
            QTest.keyClick(focused(dialog), leave)
        assert not dialog.isVisible()
        assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize(
    "question",
    [
        deleting,
        lambda: deleting(is_latest=True, type_version=True),
        lambda: deleting_many(30, type_count=True),
        lambda: deleting_many(3),
        lambda: confirmations.remove_account_question("Acme"),
    ],
)
def test_enter_does_nothing_anywhere_where_something_is_destroyed(
    qtbot: QtBot, icons: IconLoader, question: Callable[[], Question]
) -> None:
    dialog = opened(qtbot, question(), icons)
    targets: list[QWidget] = [dialog]
    targets += [one for one in dialog.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(targets) >= 3
    for target in targets:
        target.setFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QTest.keyClick(target, key)
            assert dialog.isVisible(), target.objectName()
    assert not any(one.isDefault() or one.autoDefault() for one in dialog.findChildren(QPushButton))
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_the_verb_that_destroys_is_pressed_on_purpose_only(qtbot: QtBot, icons: IconLoader) -> None:
    dialog = opened(qtbot, deleting(), icons)
    assert find(dialog, QPushButton, "confirmCancel").hasFocus()
    click(dialog, "confirmAccept")
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_where_the_version_is_asked_for_the_latest_build_is_deleted_only_after_it_was_typed(
    qtbot: QtBot, icons: IconLoader
) -> None:
    dialog = opened(qtbot, deleting(is_latest=True, type_version=True), icons)
    accept = button(dialog, "confirmAccept")
    assert edit(dialog, "confirmText").hasFocus()
    for wrong in ("", "1.4", "1.4.50", "1.4.6"):
        type_into(dialog, "confirmText", wrong)
        assert not accept.isEnabled()
        assert "1.4.5" in accept.toolTip()
    type_into(dialog, "confirmText", " 1.4.5 ")
    assert accept.isEnabled()
    assert accept.toolTip() == ""
    assert "latest" in find(dialog, ProblemLine, "confirmWarning0").text
    click(dialog, "confirmAccept")
    assert dialog.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    ("version", "word", "typed"),
    [
        ("1.4⟨U+200B⟩.5", "1.4.5", ("1.4.5", "1.4⟨U+200B⟩.5", "1.4\u200b.5")),
        ("⟨U+202E⟩1.4.5⟨U+202C⟩", "1.4.5", ("1.4.5",)),
        ("1.4\u200d.5", "1.4.5", ("1.4.5", "1.4\u200d.5")),
        ("１.４．５", "1.4.5", ("1.4.5", "１.４．５", "1。4。5")),
        ("1.4.5\u00a0\u3000beta", "1.4.5 beta", ("1.4.5 beta", " 1.4.5  beta ")),
        ("1.4.5–rc（1）", "1.4.5-rc(1)", ("1.4.5-rc(1)", "1.4.5–rc（1）")),
        ("版本1.4\ufe0f", "版本1.4", ("版本1.4", "版本１.４")),
        ("e\u0301té", "été", ("été", "e\u0301te\u0301")),
    ],
)
def test_a_version_is_confirmed_by_typing_what_is_seen_of_it(
    qtbot: QtBot, icons: IconLoader, version: str, word: str, typed: tuple[str, ...]
) -> None:
    question = confirmations.delete_question(
        "Acme", "Harbour", build(145, version=version), is_latest=True, type_version=True
    )
    assert question.typed == word
    dialog = opened(qtbot, question, icons)
    accept = button(dialog, "confirmAccept")
    words = " ".join(label.text() for label in dialog.findChildren(Label) if label.isVisible())
    assert f"Type {word} to confirm" in words
    for wrong in ("", " ", "\u200b", "1.4", f"{word}6", word[:-1]):
        edit(dialog, "confirmText").setText(wrong)
        assert not accept.isEnabled(), wrong
    for right in typed:
        edit(dialog, "confirmText").setText(right)
        assert accept.isEnabled(), right


@pytest.mark.parametrize("version", ["⟨U+200B⟩", "\u3164", "\u200d⟨U+FEFF⟩ "])
def test_a_version_of_which_nothing_is_seen_is_no_word(version: str) -> None:
    question = confirmations.delete_question(
        "Acme", "Harbour", build(145, version=version), is_latest=True, type_version=True
    )
    assert question.typed == "145"


@pytest.mark.parametrize("danger", [True, False])
def test_enter_after_the_right_word_does_what_it_was_typed_for(
    qtbot: QtBot, icons: IconLoader, *, danger: bool
) -> None:
    promotion = Promotion(build(146), build(145))
    question = (
        deleting(is_latest=True, type_version=True)
        if danger
        else confirmations.set_latest_question("Acme", "Harbour", promotion, type_version=True)
    )
    dialog = opened(qtbot, question, icons)
    accept, field = find(dialog, QPushButton, "confirmAccept"), edit(dialog, "confirmText")
    type_into(dialog, "confirmText", "1.4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not accept.isDefault()
    type_into(dialog, "confirmText", "1.4.5")
    assert accept.isDefault()
    if danger:  # whoever has gone to another button has not just typed for it
        cancel = find(dialog, QPushButton, "confirmCancel")
        cancel.setFocus()
        QTest.keyClick(cancel, Qt.Key.Key_Return)
        assert dialog.isVisible()
        field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not dialog.isVisible()


@pytest.mark.usefixtures("english")
def test_many_builds_are_counted_as_they_really_go(qtbot: QtBot, icons: IconLoader) -> None:
    dialog = opened(qtbot, deleting_many(4, latest=3), icons)
    assert dialog.windowTitle() == "Delete builds"
    assert dialog.accessibleName() == "Delete 3 builds?"
    assert plain(button(dialog, "confirmAccept").text()) == "Delete 3 builds"
    rows = find(dialog, BuildRows, "confirmBuilds").model()
    assert [rows.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(rows.rowCount())] == [
        build(102).build_key,
        build(101).build_key,
        build(100).build_key,
    ], "the newest first"
    assert find(dialog, Total, "confirmTotal").accessibleName() == "In all: 31.7 MB"
    assert find(dialog, Label, "confirmStays0").text() == "1.4.5 (103) is the latest and stays."
    staying = find(dialog, BuildRows, "confirmStaying0").model().index(0, 0)
    assert "latest" in staying.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.usefixtures("english")
def test_five_hundred_builds_open_at_once_and_scroll(qtbot: QtBot, icons: IconLoader) -> None:
    begun = time.monotonic()
    dialog = opened(qtbot, deleting_many(501, latest=500, type_count=True, most=50), icons)
    dialog.grab()
    assert time.monotonic() - begun < 2.0
    assert dialog.height() < 700
    rows = find(dialog, BuildRows, "confirmBuilds")
    assert rows.verticalScrollBar().maximum() > 0
    warning = find(dialog, ProblemLine, "confirmWarning0").text
    assert warning == "This account deletes at most 50 builds in one run, then waits for you."
    type_into(dialog, "confirmText", "500")
    assert button(dialog, "confirmAccept").isEnabled()


def test_notes_show_three_lines_and_all_when_asked(qtbot: QtBot, icons: IconLoader) -> None:
    notes = "\n".join(f"- Change {number}" for number in range(9))
    promotion = Promotion(build(145), replace(build(146), notes=notes))
    dialog = opened(qtbot, confirmations.set_latest_question("Acme", "Harbour", promotion), icons)
    text = find(dialog, SelectableText, "confirmNotes").toPlainText()
    assert "Change 2" in text
    assert "Change 3" not in text
    assert plain(button(dialog, "confirmNotesAll").text()) == "Show all 9"
    click(dialog, "confirmNotesAll")
    assert "Change 8" in find(dialog, SelectableText, "confirmNotes").toPlainText()
    assert not [one for one in dialog.findChildren(QPushButton, "confirmNotesAll") if one.isVisible()]


def test_a_build_without_a_version_is_confirmed_by_its_number() -> None:
    question = confirmations.delete_question(
        "Acme", "Harbour", build(145, version=" "), is_latest=True, type_version=True
    )
    assert question.typed == "145"


def test_what_becomes_latest_stands_beside_what_is_now(qtbot: QtBot, icons: IconLoader) -> None:
    question = confirmations.set_latest_question("Acme", "Harbour", Promotion(build(145), build(146, version="1.4.6")))
    dialog = opened(qtbot, question, icons)
    before, after = find(dialog, BuildCard, "confirmFrom"), find(dialog, BuildCard, "confirmTo")
    assert before.accessibleName().startswith("Latest now: 1.4.5, Build 145, Pgyer build #45, 10.6 MB, 3 Jan 2025")
    assert after.accessibleName().startswith("Will be latest: 1.4.6, Build 146, Pgyer build #46")
    assert before.geometry().right() < after.geometry().left()
    assert before.y() == after.y()
    assert not question.warnings


def test_setting_latest_is_what_enter_does(qtbot: QtBot, icons: IconLoader) -> None:
    question = confirmations.set_latest_question("Acme", "Harbour", Promotion(build(145), build(146)))
    dialog = opened(qtbot, question, icons)
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_latest_build_that_is_not_known_is_said_to_be_so(qtbot: QtBot, icons: IconLoader) -> None:
    question = confirmations.set_latest_question(
        "Acme", "Harbour", Promotion(None, build(146)), current_text="2 builds are marked latest"
    )
    dialog = opened(qtbot, question, icons)
    assert find(dialog, BuildCard, "confirmFrom").accessibleName() == "Latest now: 2 builds are marked latest"


def test_clearing_leaves_it_to_pgyer(qtbot: QtBot, icons: IconLoader) -> None:
    dialog = opened(qtbot, confirmations.clear_latest_question("Acme", "Harbour", build(145)), icons)
    assert "1.4.5" in find(dialog, BuildCard, "confirmFrom").accessibleName()
    assert "Pgyer decides" in find(dialog, BuildCard, "confirmTo").accessibleName()


def test_going_back_and_unfinished_uploads_are_warned_of(qtbot: QtBot, icons: IconLoader) -> None:
    target = build(141, publish_complete=False)
    question = confirmations.set_latest_question("Acme", "Harbour", Promotion(build(145), target))
    dialog = opened(qtbot, question, icons)
    assert "publishing" in find(dialog, ProblemLine, "confirmWarning0").text
    assert "older" in find(dialog, ProblemLine, "confirmWarning1").text


def test_removing_an_account_is_dangerous_too() -> None:
    question = confirmations.remove_account_question("Acme")
    assert question.danger
    assert question.title == "Remove Acme?"


def test_markup_in_a_version_is_shown_letter_by_letter(qtbot: QtBot, icons: IconLoader) -> None:
    odd = build(145, version="<b>1</b>")
    dialog = opened(
        qtbot, confirmations.delete_question("Acme", "Harbour", odd, is_latest=True, type_version=True), icons
    )
    assert dialog.heading.text() == "Delete <b>1</b> (145)?"
    assert dialog.heading.textFormat() == Qt.TextFormat.PlainText
    assert "<b>1</b>" in find(dialog, FieldList, "confirmFacts").toPlainText()
    assert "<b>" not in button(dialog, "confirmAccept").toolTip()


def test_a_version_without_an_end_makes_no_dialog_without_an_end(qtbot: QtBot, icons: IconLoader) -> None:
    odd = build(145, version="9" * 400)
    for question in (
        confirmations.delete_question("Acme", "W" * 200, odd, is_latest=True, type_version=True),
        confirmations.set_latest_question("Acme", "W" * 200, Promotion(odd, odd)),
    ):
        dialog = opened(qtbot, question, icons)
        assert dialog.width() <= 560
        assert "9" * 30 in dialog.heading.text()
        dialog.close()


def open_dialog() -> ConfirmDialog:
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog) and w.isVisible())
    return dialog


def delete_later_now() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


async def asked(window: QWidget, icons: IconLoader) -> asyncio.Task[bool]:
    task = asyncio.get_running_loop().create_task(ask(window, deleting(), icons))
    await asyncio.sleep(0)
    return task


@pytest.mark.parametrize(("name", "answer"), [("confirmAccept", True), ("confirmCancel", False)])
async def test_asking_waits_for_the_answer(qapp: QApplication, icons: IconLoader, name: str, answer: bool) -> None:
    window = QWidget()
    window.show()
    task = await asked(window, icons)
    dialog = open_dialog()
    assert dialog.parent() is window
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    click(dialog, name)
    assert await task is answer
    delete_later_now()
    assert window.findChildren(ConfirmDialog) == []
    window.deleteLater()
    delete_later_now()


async def test_a_question_that_is_given_up_takes_its_dialog_away(qapp: QApplication, icons: IconLoader) -> None:
    window = QWidget()
    window.show()
    task = await asked(window, icons)
    assert open_dialog().isVisible()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    delete_later_now()
    assert window.findChildren(ConfirmDialog) == []
    window.deleteLater()
    delete_later_now()


async def test_a_window_that_goes_while_asking_means_no(qapp: QApplication, icons: IconLoader) -> None:
    window = QWidget()
    window.show()
    task = await asked(window, icons)
    window.deleteLater()
    delete_later_now()
    assert await task is False
