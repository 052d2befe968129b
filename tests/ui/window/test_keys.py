"""Real keys in a real window: none of them changes a build while somebody types, and each gets where it should."""

from __future__ import annotations

import asyncio
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QSpinBox, QTextEdit, QToolButton, QWidget

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.widgets.pickers.button import PickerButton
from tests.helpers.keys import press
from tests.helpers.waiting import until
from tests.ui.rig import Rig, content_of, opened, windowed
from tests.ui.stub_client import StubClient
from tests.ui.widgets.keys.reading import not_as_read, walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from pgyer_desktop.ui.window.main_window import MainWindow

ERASING = ("Del", "Backspace", "Ctrl+Backspace", "Ctrl+Del", "Shift+Backspace", "Shift+Del", "Ctrl+Shift+Backspace")
EDITING = (
    *ERASING,
    *("Ctrl+X", "Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+A"),
    *(f"{held}{key}" for key in ("Left", "Right", "Home", "End") for held in ("", "Shift+", "Ctrl+", "Ctrl+Shift+")),
)
INPUT_METHODS = {"Ctrl+Space", "Shift+Space", "Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+Shift+F", "Ctrl+.", "Ctrl+;"}

MENU_KEYS = [
    pytest.param("Menu", marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows opens the menu by itself")),
    "Shift+F10",
]


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


async def open_app(rig: Rig, window: MainWindow) -> None:
    await rig.add_account("Acme", StubClient(harbour=9))
    rig.state.accounts.start()
    await until(lambda: bool(rig.rows))
    await rig.quiet()
    window.activateWindow()
    await until(window.isActiveWindow)


def editors(window: MainWindow) -> list[QWidget]:
    """Everything in the window that text is typed, or selected, in."""
    kinds = (QLineEdit, QTextEdit, QSpinBox)
    found = [widget for kind in kinds for widget in window.findChildren(kind)]
    return [w for w in found if w.isVisibleTo(window) and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]


async def test_no_action_answers_a_key_that_an_editor_means_for_itself(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        person.select(1)
        done: list[str] = []
        for action, qaction in content_of(window).actions.by_id.items():
            qaction.triggered.disconnect()
            qaction.triggered.connect(lambda _on=False, action=action: done.append(action.name))
            qaction.setEnabled(True)
        fields = editors(window)
        assert {"filterEdit", "pageNumber", "detailsNotes"} <= {field.objectName() for field in fields}
        for field in fields:
            if isinstance(field, QLineEdit):
                field.setText("some words")
            field.setFocus()
            assert window.focusWidget() in {field, field.focusProxy()}
            for keys in EDITING:
                press(keys, window)
                assert done == [], f"{keys} in {field.objectName()}"
        # Nor has every key been swallowed.
        press("Ctrl+J", window)
        assert done == ["ACTIVITY"]
        person.table.setFocus()
        done.clear()
        press("Del", window)
        press("Ctrl+Backspace", window)
        assert done == ["DELETE", "DELETE"]


async def test_ctrl_backspace_erases_a_word_of_the_search(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        person.select(1)
        press("Ctrl+F", window)
        field = person.find(QLineEdit, "filterEdit")
        field.setText("some words")
        press("Ctrl+Backspace", window)
        assert field.text() == "some "
        assert not person.sees("confirmDialog")


async def test_every_shortcut_in_every_editor_does_what_is_either_the_actions_or_the_editors(
    rig: Rig, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        person.select(1)
        by_id = content_of(window).actions.by_id
        done: list[Action] = []
        for action, qaction in by_id.items():
            qaction.triggered.disconnect()
            qaction.triggered.connect(lambda _on=False, action=action: done.append(action))
            qaction.setEnabled(True)
        for field in editors(window):
            for action, qaction in by_id.items():
                for sequence in qaction.shortcuts():
                    field.setFocus()
                    done.clear()
                    press(sequence.toString(), window)
                    erases = sequence.toString().endswith(("Del", "Backspace"))
                    assert done in ([], [action]), field.objectName()
                    assert not (erases and done), f"{sequence.toString()} in {field.objectName()}"


def test_no_shortcut_is_one_of_the_input_methods() -> None:
    for action in Action:
        assert not {*action.value.shortcuts} & INPUT_METHODS, action.name


async def test_enter_presses_each_button_of_the_window(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        person.select(1)
        buttons = [one for kind in (QPushButton, QToolButton) for one in window.findChildren(kind)]
        usable = [b for b in buttons if b.isVisible() and b.isEnabled() and b.focusPolicy() & Qt.FocusPolicy.TabFocus]
        usable = [one for one in usable if not isinstance(one, PickerButton)]  # which open their lists by it
        wanted = {"detailsSetLatest", "detailsDelete", "pageNext", "allBuildsButton", "refreshButton"}
        assert wanted <= {button.objectName() for button in usable}
        pressed: list[str] = []
        for button in usable:
            with warnings.catch_warnings(action="ignore"):
                button.clicked.disconnect()
            if isinstance(button, QToolButton) and button.defaultAction() is not None:
                button.defaultAction().triggered.disconnect()
            button.clicked.connect(lambda _on=False, button=button: pressed.append(button.objectName()))
        for button in usable:
            pressed.clear()
            button.setFocus()
            press("Return", window)
            press("Enter", window)
            assert pressed == [button.objectName()] * 2


async def test_the_tab_key_goes_as_one_reads_whatever_shows(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        rig.state.teller.warn(Topic.EXPORT, Text("tests", "Something is wrong."))

        def names() -> list[str]:
            seen = walk(window)
            assert not_as_read(window, seen) == []
            return [widget.objectName() for widget in seen]

        person.select(1)
        await asyncio.sleep(0.05)
        one = names()
        bar = ["accountPicker", "appPicker", "filterEdit", "refreshButton", "moreButton"]
        assert one[: len(bar)] == bar
        assert one[-1] == "activityButton"
        rest = [name for name in one if name in PARTS]
        assert rest == list(PARTS)
        person.select(2, Qt.KeyboardModifier.ControlModifier)
        await asyncio.sleep(0.05)
        assert "selectionCompare" in names()
        person.trigger("actionAllBuilds")
        await asyncio.sleep(0.1)
        assert "pageNext" not in names()


async def test_f6_goes_from_part_to_part_and_comes_back_to_where_one_was(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        rig.state.teller.warn(Topic.EXPORT, Text("tests", "Something is wrong."))
        person.select(1)
        person.table.setFocus()
        await asyncio.sleep(0.05)
        person.find(QWidget, "detailsCheckUpdate").setFocus()

        def where() -> str:
            focus = window.focusWidget()
            parts = ("noticeBanner", "buildTable", "detailsPanel", "pageBar", "allBuildsButton", "filterEdit")
            above: QWidget | None = focus
            while above is not None and above.objectName() not in {*parts, "accountPicker"}:
                above = above.parentWidget()
            return above.objectName() if above is not None else ""

        round_trip = []
        for _ in range(5):
            press("F6", window)
            round_trip.append(where())
        assert round_trip == ["allBuildsButton", "accountPicker", "noticeBanner", "buildTable", "detailsPanel"]
        assert window.focusWidget().objectName() == "detailsCheckUpdate"
        for wanted in reversed(["detailsPanel", *round_trip[:-1]]):
            press("Shift+F6", window)
            assert where() == wanted


async def test_f6_is_there_before_an_account_is(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, _person, _):
        rig.state.accounts.start()
        window.activateWindow()
        await until(window.isActiveWindow)
        press("F6", window)
        assert window.focusWidget().objectName() == "connectAccountButton"


@pytest.mark.parametrize("keys", MENU_KEYS)
async def test_the_menu_key_opens_the_context_menu_of_the_row_that_is_current(
    rig: Rig, tmp_path: Path, keys: str
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        person.table.setFocus()
        person.table.clearSelection()
        person.table.selectionModel().setCurrentIndex(person.index(1), QItemSelectionModel.SelectionFlag.NoUpdate)
        press(keys, window)
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        assert menu.objectName() == "buildContextMenu"
        assert [build.build_key for build in rig.state.situation.now().selection] == [person.keys[1]]
        menu.close()


@pytest.mark.parametrize("keys", MENU_KEYS)
async def test_the_menu_key_opens_the_menu_of_a_field(rig: Rig, tmp_path: Path, keys: str) -> None:
    async with windowed(rig, tmp_path) as (window, _person, _):
        await open_app(rig, window)
        press("Ctrl+F", window)
        press(keys, window)
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        menu.close()


async def test_the_keyboard_moves_the_border_before_the_details(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        details = person.find(QWidget, "detailsPanel")
        before = details.width()
        handle = person.find(QWidget, "qt_splithandle_detailsPanel")
        handle.setFocus()
        assert window.focusWidget() is handle
        assert handle.accessibleName() == "Width of the details"
        press("Left", window)
        assert details.width() == before + 16
        press("Right", window)
        assert details.width() == before
        press("End", window)
        assert details.width() == details.minimumSizeHint().expandedTo(details.minimumSize()).width()


async def test_all_builds_that_are_still_read_leave_the_keyboard_with_the_builds(rig: Rig, tmp_path: Path) -> None:
    """Qt goes to another button first, which stays, and then to *Stop*."""
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        (client,) = rig.clients.values()
        for page in (1, 2, 3):
            client.hold(f"builds harbour {page}")
        number = person.find(QWidget, "pageNumber")
        number.setFocus(Qt.FocusReason.TabFocusReason)
        person.trigger("actionAllBuilds")
        await until(lambda: person.sees("historyButton"))
        await asyncio.sleep(0.05)
        assert QApplication.focusWidget() is person.table


PARTS = ("noticeClose", "buildTable", "qt_splithandle_detailsPanel", "detailsSetLatest", "detailsDelete", "pageNumber")


async def test_the_focus_is_never_lost_when_what_has_it_goes(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, window)
        rig.state.teller.warn(Topic.EXPORT, Text("tests", "Something is wrong."))
        person.select(1)
        await asyncio.sleep(0.05)
        found: dict[str, str] = {}

        async def after(name: str, happens: Callable[[], object]) -> None:
            widget = person.find(QWidget, name)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            assert QApplication.focusWidget() is widget, name
            happens()
            await asyncio.sleep(0.1)
            focus = QApplication.focusWidget()
            assert focus is not None, name
            assert focus.isVisible(), name
            found[name] = focus.objectName()

        await after("noticeClose", lambda: press("Return", window))
        await after("detailsCopyLink", lambda: person.select(2, Qt.KeyboardModifier.ControlModifier))
        person.select(1)
        await after("detailsSetLatest", lambda: person.trigger("actionShowDetails"))
        person.trigger("actionShowDetails")
        await after("pageNumber", lambda: person.trigger("actionAllBuilds"))
        await after("buildTable", lambda: person.find(QLineEdit, "filterEdit").setText("nothing like it"))
        await after("buildTable" if person.sees("buildTable") else "filterEdit", lambda: press("Escape", window))
        assert found == {
            "noticeClose": "buildTable",
            "detailsCopyLink": "buildTable",
            "detailsSetLatest": "buildTable",
            "pageNumber": "buildTable",
            "buildTable": "clearFilterButton",
            "filterEdit": "buildTable",
        }


async def test_the_keys_of_whatever_cannot_be_done_now_say_why(
    rig: Rig, tmp_path: Path, heard: list[tuple[str, str]]
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        by_id = content_of(window).actions.by_id

        def silent() -> list[str]:
            """What is pressed in vain without a word."""
            found = []
            for qaction in by_id.values():
                for keys in () if qaction.isEnabled() or not qaction.isVisible() else qaction.shortcuts():
                    heard.clear()
                    press(keys.toString(), window)
                    if [words for _, words in heard] != [qaction.statusTip()]:
                        found.append(f"{qaction.objectName()} {keys.toString()}: {heard}")
            return found

        assert silent() == [], "before there is an account"
        await open_app(rig, window)
        person.table.clearSelection()
        assert silent() == [], "with nothing selected"
        assert person.sees("toast")
        account = rig.state.accounts.account
        assert account is not None
        rig.book.remember(account.id, lambda kept: replace(kept, guards=Guards(read_only=True)))
        rig.state.accounts.guards_edited()
        person.select(1)
        assert silent() == [], "where the account is read-only"
        press("Del", window)
        assert person.sees("noticeBanner")
        assert "read-only" in heard[-1][1]
        # Somebody who types has not asked for anything.
        field = person.find(QLineEdit, "filterEdit")
        field.setFocus()
        heard.clear()
        for keys in ERASING:
            press(keys, window)
        assert heard == []
