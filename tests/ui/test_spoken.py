"""What a screen reader reads of every window and dialog: all of it has a name and a role, and nothing is said twice."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

import pgyer_desktop.ui
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from tests.helpers.spoken_tree import faults, nodes
from tests.helpers.waiting import until
from tests.ui.rig import Rig, open_app, opened, windowed
from tests.ui.stub_client import StubClient
from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


EVERY = all_dialogs()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_dialog_reads_well(qtbot: QtBot, english: None, name: str) -> None:
    dialog = EVERY[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    assert "\n".join(faults(dialog)) == ""


def test_every_dialog_is_among_them(qapp: QApplication) -> None:
    for module in pkgutil.walk_packages(pgyer_desktop.ui.__path__, "pgyer_desktop.ui."):
        importlib.import_module(module.name)
    every = {kind.__name__ for kind in Dialog.__subclasses__() if kind.__module__.startswith("pgyer_desktop.")}
    made = [make() for make in EVERY.values()]
    assert every == {type(dialog).__name__ for dialog in made}
    for dialog in made:
        dialog.deleteLater()


def test_what_cannot_be_undone_is_in_the_description_of_a_question(qtbot: QtBot, english: None) -> None:
    for name in ("confirm_delete", "confirm_delete_latest", "confirm_builds"):
        dialog = EVERY[name]()
        shown(qtbot, dialog)
        assert "cannot be undone" in dialog.accessibleDescription(), name
        for label in dialog.findChildren(QLabel):
            if "cannot be undone" in label.text():
                assert label not in {node.object for node in nodes(dialog)}, "said twice"


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


def state_of(widget: QWidget) -> QAccessible.State:
    return QAccessible.queryAccessibleInterface(widget).state()


async def test_every_window_reads_well(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        assert "\n".join(faults(window)) == "", "the welcome"
        await open_app(rig, StubClient(harbour=7))
        for row in (None, 1):
            if row is not None:
                person.select(row)
            await asyncio.sleep(0.05)
            assert "\n".join(faults(window)) == "", row
        person.type_into("filterEdit", "nothing like it")
        await until(lambda: person.sees("noMatchesPage"))
        assert "\n".join(faults(window)) == "", "nothing found"
        for action, name in (("actionActivity", "activityView"), ("actionJobs", "jobsView")):
            person.trigger(action)
            view = person.find(QWidget, name)
            await asyncio.sleep(0.05)
            assert "\n".join(faults(view)) == "", name
            assert QAccessible.queryAccessibleInterface(view).role() == QAccessible.Role.Window
            view.close()


async def test_lists_that_open_are_in_the_tree_and_say_so(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        picker = person.find(QWidget, "appPicker")
        assert state_of(picker).collapsed
        picker.open_popup()  # type: ignore[attr-defined]  # a PickerButton
        assert state_of(picker).expanded
        popup = person.find(QWidget, "appPickerPopup")
        assert popup in {node.object for node in nodes(window)}
        assert "\n".join(faults(popup)) == ""
        popup.close()
        assert state_of(picker).collapsed
        more = person.find(QWidget, "moreButton")
        assert state_of(more).collapsed
        person.click("moreButton")
        assert state_of(more).expanded
        person.find(QMenu, "moreMenu").close()
        assert state_of(more).collapsed
        person.trigger("actionGoTo")
        popup = person.find(QWidget, "goToPopup")
        person.type_into("goToEdit", "h", popup)
        await asyncio.sleep(0.3)
        assert popup in {node.object for node in nodes(window)}
        assert "\n".join(faults(popup)) == ""
        popup.close()


async def test_every_menu_has_its_name(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        person.select(1)
        (await person.context_menu(1)).close()
        header = person.table.horizontalHeader()
        header.customContextMenuRequested.emit(header.rect().center())
        menus = [menu for menu in window.findChildren(QMenu) if menu.objectName()]  # else Qt's own
        assert {"buildContextMenu", "headerMenu", "moreMenu", "columnsMenu", "sortMenu"} <= {
            menu.objectName() for menu in menus
        }
        assert [menu.objectName() for menu in menus if not named(menu)] == []
        for menu in menus:
            menu.close()


def named(menu: QMenu) -> str:
    return QAccessible.queryAccessibleInterface(menu).text(QAccessible.Text.Name)


@pytest.mark.parametrize(
    ("add", "fault"),
    [
        (QPushButton, "it has no name"),
        (QLineEdit, "it has no name"),
        (lambda parent: QLabel("a \ufdd0 b", parent), "a noncharacter is read"),
        (lambda parent: described(QPushButton("Go", parent), "<span>x</span>"), "markup is read"),
        (lambda parent: described(QPushButton("Go", parent), "Go"), "says its name again"),
        (lambda parent: QLabel("Title", parent), "said twice"),
        (lambda parent: sized(QWidget(parent)), "it has no role"),
    ],
)
def test_the_walk_finds_what_was_added_without(qtbot: QtBot, add: Callable[[QWidget], QWidget], fault: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setAccessibleName("Title")
    assert QVBoxLayout(window) is not None
    window.layout().addWidget(add(window))  # type: ignore[union-attr]  # it has just been given one
    window.show()
    found = faults(window)
    assert len(found) == 1, found
    assert fault in found[0]


def described(widget: QWidget, words: str) -> QWidget:
    widget.setToolTip(words)
    return widget


def sized(widget: QWidget) -> QWidget:
    widget.setMinimumSize(20, 20)
    return widget
