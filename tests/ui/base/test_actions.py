"""Every action is one QAction, wherever it is found, and says why where it cannot be done."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from pgyer_desktop.core.base.actions import BUILD_ACTIONS, Action, Menu, Situation, why_not
from pgyer_desktop.ui.base import actions as window_actions
from pgyer_desktop.ui.base.actions import WindowActions
from pgyer_desktop.ui.base.i18n import Language, Translators, say
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.builds.details_panel import DetailsPanel
from pgyer_desktop.ui.widgets.buttons import ActionButton
from tests.ui.stub_client import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

EDITING = (
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToNextPage,
    QKeySequence.StandardKey.MoveToPreviousPage,
    QKeySequence.StandardKey.Cancel,
    QKeySequence.StandardKey.InsertParagraphSeparator,
)
READY = Situation(has_account=True, has_app=True, selection=(build("harbour", 1),), latest_known=True, page_count=2)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    translators = Translators()
    translators.use(Language.ENGLISH)
    window = QMainWindow()
    qtbot.addWidget(window)
    yield window
    translators.use(Language.ENGLISH)


@pytest.fixture
def actions(window: QMainWindow) -> WindowActions:
    actions = WindowActions(window)
    actions.fill(window.menuBar())
    return actions


def test_every_action_is_found_by_its_name_and_bears_its_title(window: QMainWindow, actions: WindowActions) -> None:
    assert set(actions.by_id) == set(Action)
    for action in Action:
        row = action.value
        (found,) = window.findChildren(QAction, row.id)
        assert found is actions.by_id[action]
        assert found in window.actions()
        assert plain(found.text()) == row.title.source
        assert found.isCheckable() is row.checkable
        assert bool(found.shortcuts()) is bool(row.shortcuts)
        if row.icon:
            assert not found.icon().isNull()


def test_the_names_that_outside_scripts_use_are_there(actions: WindowActions) -> None:
    wanted = {"SetLatest", "ClearLatest", "CheckUpdate", "Delete", "Refresh", "ShowQr", "CopyLink", "Quit"}
    assert {f"action{name}" for name in wanted} <= {action.objectName() for action in actions.by_id.values()}


def test_no_two_actions_share_a_shortcut_and_none_takes_one_of_editing(actions: WindowActions) -> None:
    for one, other in combinations(actions.by_id.values(), 2):
        for sequence in one.shortcuts():
            assert sequence not in other.shortcuts(), f"{one.objectName()} and {other.objectName()}"
    taken = [sequence for key in EDITING for sequence in QKeySequence.keyBindings(key)]
    for action in actions.by_id.values():
        assert not [s.toString() for s in action.shortcuts() if s in taken], action.objectName()


def test_what_a_desktop_binds_beside_a_standard_key_takes_no_other_actions_shortcut(
    window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As GNOME and KDE do, for line edits only."""
    more = {QKeySequence.StandardKey.Delete: ["Del", "Ctrl+D"], QKeySequence.StandardKey.Preferences: ["Ctrl+,"]}
    monkeypatch.setattr(window_actions, "_bindings", lambda key: [QKeySequence(name) for name in more.get(key, ())])
    by_id = WindowActions(window).by_id
    assert [s.toString() for s in by_id[Action.DELETE].shortcuts()] == ["Del", "Ctrl+Backspace"]
    assert [s.toString() for s in by_id[Action.SHOW_DETAILS].shortcuts()] == ["Ctrl+D"]
    assert [s.toString() for s in by_id[Action.SETTINGS].shortcuts()] == ["Ctrl+,"]


@pytest.mark.parametrize("situation", [Situation(), Situation(has_account=True, has_app=True), READY])
def test_what_cannot_be_done_says_why_in_tooltip_and_status_tip(actions: WindowActions, situation: Situation) -> None:
    actions.update(situation)
    for action_id, action in actions.by_id.items():
        reason = why_not(action_id, situation)
        assert action.isEnabled() is (reason is None)
        title = plain(action.text()).rstrip("…")
        assert action.toolTip().startswith(title)
        if reason is not None:
            assert action.toolTip().endswith(f"\n{say(reason)}")
            assert action.statusTip() == say(reason)
        else:
            assert "\n" not in action.toolTip()
            assert action.statusTip() == ""


def test_the_tooltip_names_the_shortcut(actions: WindowActions) -> None:
    assert actions.by_id[Action.REFRESH].toolTip().startswith("Refresh (F5)")
    assert actions.by_id[Action.ABOUT].toolTip() == "About Pgyer Desktop"


def test_the_menu_bar_holds_each_action_once_in_its_menu(window: QMainWindow, actions: WindowActions) -> None:
    seen: list[str] = []
    for place in Menu:
        menu = actions.menu(place)
        assert menu.objectName() == f"{place.value}Menu"
        assert menu.title()
        entries = [entry for entry in menu.actions() if not entry.isSeparator()]
        assert [e.objectName() for e in entries] == [a.value.id for a in Action if a.value.menu is place]
        assert not menu.actions()[0].isSeparator()
        assert not menu.actions()[-1].isSeparator()
        seen += [entry.objectName() for entry in entries]
    assert sorted(seen) == sorted(action.value.id for action in Action)


def test_menu_bar_context_menu_and_details_panel_are_the_same_actions(
    window: QMainWindow, actions: WindowActions
) -> None:
    menu = actions.new_menu("buildContextMenu", BUILD_ACTIONS, window, "Build")
    entries = [entry for entry in menu.actions() if not entry.isSeparator()]
    assert entries == [actions.by_id[action] for action in BUILD_ACTIONS]
    assert len(menu.actions()) > len(entries), "groups are told apart"
    bar = [entry for entry in actions.menu(Menu.BUILD).actions() if not entry.isSeparator()]
    of_the_app = {
        actions.by_id[action] for action in Action if action.value.menu is Menu.BUILD and not action.value.on_build
    }
    assert entries == [entry for entry in bar if entry not in of_the_app]

    panel = DetailsPanel(IconLoader(window), window)
    panel.set_actions(actions.by_id)
    followed = [button._action for button in panel.findChildren(ActionButton)]
    assert followed
    assert all(action in bar for action in followed)
    asked: list[Action] = []
    actions.requested.connect(asked.append)
    actions.update(READY)
    for button in panel.findChildren(ActionButton):
        if button.isEnabled():
            button.click()
    assert asked
    assert all(action.value.on_build for action in asked)


def test_choosing_an_action_is_only_an_intent(actions: WindowActions) -> None:
    asked: list[Action] = []
    actions.requested.connect(asked.append)
    actions.update(READY)
    actions.by_id[Action.DELETE].trigger()
    actions.by_id[Action.SHOW_DETAILS].trigger()
    actions.by_id[Action.CLEAR_LATEST].trigger()  # disabled: not the latest
    assert asked == [Action.DELETE, Action.SHOW_DETAILS]
    assert actions.by_id[Action.SHOW_DETAILS].isChecked()


def test_titles_reasons_and_menus_are_in_the_language_that_is_on(window: QMainWindow, actions: WindowActions) -> None:
    def words(window: QMainWindow, actions: WindowActions) -> list[str]:
        found = [text for a in actions.by_id.values() for text in (a.text(), a.toolTip(), a.statusTip())]
        return found + [menu.title() for menu in window.menuBar().findChildren(QMenu)]

    english = words(window, actions)
    translators = Translators()
    translators.use(Language.CHINESE)
    other = QMainWindow()
    try:
        same = WindowActions(other)
        same.fill(other.menuBar())
        chinese = words(other, same)
    finally:
        translators.use(Language.ENGLISH)
        other.deleteLater()
    for one, translated in zip(english, chinese, strict=True):
        assert not one or one != translated, one
    assert any("应用" in text for text in chinese)


def test_roles_let_macos_move_quit_settings_and_about(actions: WindowActions) -> None:
    assert actions.by_id[Action.QUIT].menuRole() is QAction.MenuRole.QuitRole
    assert actions.by_id[Action.SETTINGS].menuRole() is QAction.MenuRole.PreferencesRole
    assert actions.by_id[Action.ABOUT].menuRole() is QAction.MenuRole.AboutRole
    assert actions.by_id[Action.DELETE].menuRole() is QAction.MenuRole.NoRole
