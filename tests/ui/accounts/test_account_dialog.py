"""The account's dialog asks for a name and a key, holds on to neither, and is closed by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from tests.ui.widgets.dialog.found import button, click, edit, find, focused, shown, type_into

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEY = "0123456789abcdef" * 2


def problem(dialog: QDialog) -> str:
    return find(dialog, ProblemLine, "accountProblem").text


def requests(dialog: AccountDialog) -> list[tuple[str, object, bool]]:
    """What will be asked for from now on."""
    found: list[tuple[str, object, bool]] = []
    dialog.save_requested.connect(lambda *args: found.append(args))
    return found


def test_a_name_and_a_key_are_asked_for_and_handed_over_once(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    assert edit(dialog, "apiKeyEdit").hasFocus(), "the key comes first"
    assert not button(dialog, "accountSaveButton").isEnabled()
    type_into(dialog, "accountNameEdit", "Acme")
    type_into(dialog, "apiKeyEdit", KEY)
    click(dialog, "accountSaveButton")
    assert asked == [("Acme", ApiKey(KEY), False)]
    assert dialog.isVisible()


def test_enter_in_the_key_field_saves(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    QTest.keyClick(edit(dialog, "apiKeyEdit"), Qt.Key.Key_Return)
    assert len(asked) == 1


@pytest.mark.parametrize("left", [True, False])
def test_a_free_name_is_filled_in_and_taken_where_it_is_left_or_cleared(qtbot: QtBot, left: bool) -> None:
    dialog = AccountDialog(Mode.CONNECT, taken_names=["Pgyer", "pgyer 2"])
    shown(qtbot, dialog)
    asked = requests(dialog)
    assert edit(dialog, "accountNameEdit").text() == "Pgyer 3"
    edit(dialog, "accountNameEdit").setFocus()
    assert edit(dialog, "accountNameEdit").selectedText() == "Pgyer 3", "who types writes over it"
    if not left:
        edit(dialog, "accountNameEdit").clear()
        assert edit(dialog, "accountNameEdit").placeholderText() == "Pgyer 3"
    type_into(dialog, "apiKeyEdit", KEY)
    click(dialog, "accountSaveButton")
    assert asked[0][0] == "Pgyer 3"


def test_a_name_that_is_taken_is_refused_with_a_sentence(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT, taken_names=["Acme"])
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    type_into(dialog, "accountNameEdit", " acme ")
    assert "acme" in problem(dialog)
    assert not button(dialog, "accountSaveButton").isEnabled()
    type_into(dialog, "accountNameEdit", "Acme two")
    assert problem(dialog) == ""
    assert button(dialog, "accountSaveButton").isEnabled()


@pytest.mark.parametrize("pasted", [f"  {KEY}\n", f"\t{KEY}\r\n", f"\u200b{KEY}\ufeff"])
def test_what_surrounds_a_pasted_key_is_cut_off(qtbot: QtBot, pasted: str) -> None:
    dialog = AccountDialog(Mode.REPLACE_KEY, name="Acme")
    shown(qtbot, dialog)
    asked = requests(dialog)
    QGuiApplication.clipboard().setText(pasted)
    edit(dialog, "apiKeyEdit").setFocus()
    edit(dialog, "apiKeyEdit").paste()
    assert edit(dialog, "apiKeyEdit").text() == KEY
    click(dialog, "accountSaveButton")
    assert asked == [("Acme", ApiKey(KEY), False)]


def paste(dialog: AccountDialog, text: str) -> None:
    """Into the empty key field, as a person does."""
    QGuiApplication.clipboard().setText(text)
    edit(dialog, "apiKeyEdit").setFocus()
    edit(dialog, "apiKeyEdit").selectAll()
    edit(dialog, "apiKeyEdit").paste()


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("two words", "not an API key"),
        ("wrong-key", "not an API key"),
        ("https://www.pgyer.com/harbour", "a link"),
        ("密钥", "not an API key"),
    ],
)
def test_what_cannot_be_a_key_is_refused_with_a_sentence(qtbot: QtBot, pasted: str, words: str) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    paste(dialog, pasted)
    assert words in problem(dialog)
    assert not button(dialog, "accountSaveButton").isEnabled()
    assert button(dialog, "accountSaveButton").toolTip()
    QTest.keyClick(edit(dialog, "apiKeyEdit"), Qt.Key.Key_Return)
    assert asked == []


@pytest.mark.parametrize(
    "pasted",
    [
        f"API Key: {KEY}",
        f"https://www.pgyer.com/apiv2/app/listMy?_api_key={KEY}&page=1",
        f"{KEY} {KEY}",
        "".join(chr(ord(ch) + 0xFEE0) for ch in KEY),
    ],
)
def test_the_one_key_in_what_was_pasted_is_taken_and_shown_so(qtbot: QtBot, pasted: str) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    paste(dialog, pasted)
    assert edit(dialog, "apiKeyEdit").text() == KEY
    assert "found in what was pasted" in problem(dialog)
    click(dialog, "accountSaveButton")
    assert asked == [("Pgyer", ApiKey(KEY), False)]


@pytest.mark.parametrize(
    ("pasted", "words", "taken"),
    [
        (KEY[:-1], "has 31", KEY[:-1]),
        (KEY + "0", "has 33", KEY + "0"),
        (f"key {'a1' * 20}", "has 40", "a1" * 20),
        (f"{KEY[:16]} {KEY[16:]}", "in pieces", KEY),
    ],
)
def test_what_may_be_the_key_is_asked_about_before_pgyer_is(qtbot: QtBot, pasted: str, words: str, taken: str) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    paste(dialog, pasted)
    assert words in problem(dialog)
    assert problem(dialog).endswith("Is this it?")
    assert not button(dialog, "accountSaveButton").isEnabled()
    assert not button(dialog, "accountKeyNextButton").isVisible()
    QTest.keyClick(edit(dialog, "apiKeyEdit"), Qt.Key.Key_Return)
    assert asked == []
    click(dialog, "accountKeyYesButton")
    assert asked == [("Pgyer", ApiKey(taken), False)]
    assert problem(dialog) == ""
    dialog.offer_session("The keyring is locked.")
    click(dialog, "accountSessionButton")
    assert asked[1:] == [("Pgyer", ApiKey(taken), True)]


def test_who_types_is_asked_about_the_length_at_the_end_only(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    type_into(dialog, "apiKeyEdit", KEY[:-1])
    assert problem(dialog) == ""
    click(dialog, "accountSaveButton")
    assert "has 31" in problem(dialog)
    assert asked == []
    QTest.keyClicks(edit(dialog, "apiKeyEdit"), KEY[-1])
    assert problem(dialog) == ""
    assert not button(dialog, "accountKeyYesButton").isVisible()
    click(dialog, "accountSaveButton")
    assert asked == [("Pgyer", ApiKey(KEY), False)]


def test_several_keys_are_shown_one_after_the_other(qtbot: QtBot) -> None:
    other = KEY[::-1]
    dialog = AccountDialog(Mode.CONNECT, taken_names=["Acme"])
    shown(qtbot, dialog)
    asked = requests(dialog)
    paste(dialog, f"User Key {other} API Key {KEY}")
    assert "more than one key" in problem(dialog)
    assert "ends in cdef" in problem(dialog)
    click(dialog, "accountKeyNextButton")
    assert "ends in 3210" in problem(dialog)
    click(dialog, "accountKeyNextButton")
    assert edit(dialog, "apiKeyEdit").text() == KEY
    type_into(dialog, "accountNameEdit", "Acme")
    assert "Acme" in problem(dialog)
    type_into(dialog, "accountNameEdit", "Beta")
    click(dialog, "accountSaveButton")
    assert asked == []
    click(dialog, "accountKeyYesButton")
    assert asked == [("Beta", ApiKey(KEY), False)]
    dialog.reject()
    assert KEY not in repr(vars(dialog))
    assert dialog._reading.keys == ()


def test_the_key_is_hidden_until_somebody_wants_to_see_it(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    key = edit(dialog, "apiKeyEdit")
    assert key.echoMode() == QLineEdit.EchoMode.Password
    assert key.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    assert key.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText
    show = button(dialog, "apiKeyShowButton")
    before = show.accessibleName()
    click(dialog, "apiKeyShowButton")
    assert key.echoMode() == QLineEdit.EchoMode.Normal
    assert show.accessibleName() != before
    dialog.set_busy(busy=True)
    assert key.echoMode() == QLineEdit.EchoMode.Password


@pytest.mark.parametrize("leave", ["accept", "reject", "close"])
def test_nothing_of_the_key_is_left_when_the_dialog_closes(qtbot: QtBot, leave: str) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    click(dialog, "apiKeyShowButton")
    getattr(dialog, leave)()
    key = edit(dialog, "apiKeyEdit")
    assert key.text() == ""
    assert not key.isUndoAvailable()
    assert key.echoMode() == QLineEdit.EchoMode.Password
    assert KEY not in repr(vars(dialog))


def test_the_key_is_in_no_property_but_the_fields_own_text(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    key = edit(dialog, "apiKeyEdit")
    for thing in (dialog, *dialog.findChildren(QObject)):
        meta = thing.metaObject()
        for number in range(meta.propertyCount()):
            name = str(meta.property(number).name())
            if thing is key and name in {"text", "displayText", "selectedText", "surroundingText"}:
                continue
            assert KEY not in str(thing.property(name))


def test_while_busy_only_leaving_is_possible(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    dialog.set_busy(busy=True)
    assert not edit(dialog, "apiKeyEdit").isEnabled()
    assert not button(dialog, "accountSaveButton").isEnabled()
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert asked == []
    dialog.set_busy(busy=False)
    assert edit(dialog, "apiKeyEdit").hasFocus()
    dialog.set_busy(busy=True)
    click(dialog, "accountCancelButton")
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_escape_leaves(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_problem_is_said_in_the_dialog_until_something_else_is_typed(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    height = dialog.height()
    dialog.show_problem("Pgyer does not accept the key. <b>Enter</b> it again.")
    qtbot.waitUntil(lambda: dialog.height() > height)
    line = find(dialog, ProblemLine, "accountProblem")
    assert line.accessibleName() == line.text == "Pgyer does not accept the key. <b>Enter</b> it again."
    QTest.keyClicks(edit(dialog, "apiKeyEdit"), "0")
    assert problem(dialog) == ""
    qtbot.waitUntil(lambda: dialog.height() == height)


def test_a_keyring_that_cannot_be_used_leads_to_this_session_only(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    asked = requests(dialog)
    type_into(dialog, "accountNameEdit", "Acme")
    type_into(dialog, "apiKeyEdit", KEY)
    assert not button(dialog, "accountSessionButton").isVisible()
    dialog.offer_session("The keyring is locked.")
    assert problem(dialog) == "The keyring is locked."
    click(dialog, "accountSessionButton")
    assert asked == [("Acme", ApiKey(KEY), True)]
    dialog.set_busy(busy=True)
    assert not button(dialog, "accountSessionButton").isVisible()
    dialog.set_busy(busy=False)
    assert edit(dialog, "apiKeyEdit").hasFocus()


def test_another_key_leaves_the_name_alone(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.REPLACE_KEY, name="Acme")
    shown(qtbot, dialog)
    assert not edit(dialog, "accountNameEdit").isVisible()
    assert edit(dialog, "apiKeyEdit").hasFocus()
    assert edit(dialog, "apiKeyEdit").text() == ""
    assert "Acme" in dialog.accessibleName()


def test_another_name_needs_no_key(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.RENAME, name="Acme", taken_names=["Lantern"])
    shown(qtbot, dialog)
    asked = requests(dialog)
    assert not edit(dialog, "apiKeyEdit").isVisible()
    type_into(dialog, "accountNameEdit", "")
    assert not button(dialog, "accountSaveButton").isEnabled()
    type_into(dialog, "accountNameEdit", "Acme  Inc")
    click(dialog, "accountSaveButton")
    assert asked == [("Acme Inc", None, False)]


def test_who_does_not_know_where_the_key_is_can_ask(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    with qtbot.waitSignal(dialog.help_requested):
        click(dialog, "accountHelpButton")
    assert dialog.isVisible()


def test_the_tab_key_goes_through_the_fields_as_they_are_read(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    edit(dialog, "apiKeyEdit").setFocus()
    passed: list[str] = []
    for _ in range(10):
        passed.append(focused(dialog).objectName())
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    assert passed == [
        "apiKeyEdit",
        "apiKeyShowButton",
        "apiKeyPasteButton",
        "accountNameEdit",
        "accountColourNone",
        "accountReadOnly",
        "accountProduction",
        "accountSaveButton",
        "accountCancelButton",
        "accountHelpButton",
    ]


def test_paste_looks_at_the_clipboard_when_it_is_pressed_and_writes_over_what_was_there(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(KEY[::-1])
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    assert edit(dialog, "apiKeyEdit").text() == ""
    QGuiApplication.clipboard().setText(f"API Key: {KEY}\n")
    type_into(dialog, "apiKeyEdit", "nothing like it")
    click(dialog, "apiKeyPasteButton")
    assert edit(dialog, "apiKeyEdit").text() == KEY
    assert edit(dialog, "apiKeyEdit").hasFocus()
    assert button(dialog, "accountSaveButton").isEnabled()
    QGuiApplication.clipboard().setText(KEY[:-1])
    click(dialog, "apiKeyPasteButton")
    assert "has 31" in problem(dialog), "as many letters as before, and pasted all the same"


@pytest.mark.parametrize("held", ["", "  \n"])
def test_where_there_is_no_text_to_paste_the_dialog_says_so_and_keeps_what_was_typed(qtbot: QtBot, held: str) -> None:
    dialog = AccountDialog(Mode.REPLACE_KEY, name="Acme")
    shown(qtbot, dialog)
    type_into(dialog, "apiKeyEdit", KEY)
    QGuiApplication.clipboard().setText(held)
    click(dialog, "apiKeyPasteButton")
    assert "no text to paste" in problem(dialog)
    assert edit(dialog, "apiKeyEdit").text() == KEY


def test_a_new_account_is_writable_and_without_colour_unless_something_else_is_chosen(qtbot: QtBot) -> None:
    dialog = AccountDialog(Mode.CONNECT)
    shown(qtbot, dialog)
    assert dialog.guards == Guards()
    click(dialog, "accountColourGreen")
    QTest.keyClick(button(dialog, "accountColourGreen"), Qt.Key.Key_Right)
    click(dialog, "accountReadOnly")
    click(dialog, "accountProduction")
    assert dialog.guards == Guards("blue", read_only=True, production=True)
    for name in ("accountReadOnly", "accountProduction"):
        sentence = button(dialog, name).accessibleDescription()
        assert sentence in {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
    assert [button(dialog, f"accountColour{name}").accessibleName() for name in ("None", "Blue")] == [
        "Colour: None",
        "Colour: Blue",
    ]
    dialog.set_busy(busy=True)
    assert not button(dialog, "accountReadOnly").isEnabled(), "what was chosen counts for the key that is checked"
    assert not button(dialog, "accountColourRed").isEnabled()


@pytest.mark.parametrize("mode", [Mode.REPLACE_KEY, Mode.RENAME])
def test_an_account_that_is_there_keeps_its_guard_rails(qtbot: QtBot, mode: Mode) -> None:
    dialog = AccountDialog(mode, name="Acme")
    shown(qtbot, dialog)
    for name in ("accountColour", "accountReadOnly", "accountProduction"):
        assert dialog.findChild(QWidget, name) is None
