"""The window is whole: named, in order, remembered, and in one language at a time."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.builds.columns import ColumnLayout
from pgyer_desktop.core.history.app_history import Coverage
from pgyer_desktop.core.history.store import HistoryError, HistoryFault
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.history.finder import Found, HistoryFinder, Wanted
from pgyer_desktop.ui.window.scene_page import ScenePage
from pgyer_desktop.ui.window.settings_dialog import SettingsDialog
from tests.helpers.waiting import until
from tests.ui.rig import Rig, content_of, open_app, opened, windowed
from tests.ui.stub_client import StubClient
from tests.ui.widgets.dialog.found import find
from tests.ui.widgets.gallery import dark_palette, light_palette

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from pgyer_desktop.ui.window.main_window import MainWindow
    from tests.e2e.person import Person

ENGLISH_WORD = re.compile(r"[A-Za-z]{3,}")
NO_ENGLISH = re.compile(
    # Names, data of the stub, addresses, and keys' and products' names that Chinese texts keep.
    r"Pgyer Desktop|Pgyer|Build Key|App Key|API Key|API|\bKey\b|Acme|Harbour|harbour\d*|com\.acme\.\w+|"
    r"(?:https?://|www\.)\S+|iOS|"
    r"Ctrl|Shift|Alt|Meta|PgUp|PgDown|Backspace|Delete|Del\b|What is new in \d+|MB"
)
INTERACTIVE = (QAbstractButton, QLineEdit, QAbstractSpinBox, QAbstractItemView)


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


def status(person: Person) -> str:
    widget = person.find(QWidget, "pageStatus")
    assert isinstance(widget, QLabel)
    return widget.text() or widget.accessibleName()


# First paint


async def test_it_starts_with_the_welcome_page_and_nothing_else(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        rig.state.accounts.start()
        assert window.objectName() == "mainWindow"
        assert window.windowTitle() == "Pgyer Desktop"
        assert person.sees("welcomePage")
        for name in ("accountPicker", "appPicker", "filterEdit", "buildTable", "detailsPanel", "noticeBanner"):
            assert not person.sees(name), name
        assert window.focusWidget() is person.find(QAbstractButton, "connectAccountButton")
        asked: list[bool] = []
        content_of(window).demo_requested.connect(lambda: asked.append(True))
        person.click("tryDemoButton")
        assert asked == [True]


async def test_with_an_app_open_everything_is_there(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        for name in ("accountPicker", "appPicker", "filterEdit", "buildTable", "detailsPanel", "pageStatus"):
            assert person.sees(name), name
        assert not person.sees("welcomePage")
        assert not person.sees("noticeBanner")
        assert window.windowTitle() == "Harbour – Acme – Pgyer Desktop"
        assert person.keys == ["harbour7", "harbour6", "harbour5"]
        assert person.latest == ["harbour7"]
        assert content_of(window).builds.table.hasFocus() or window.focusWidget() is content_of(window).builds.table


async def test_every_action_is_done_by_one_method(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, _, _):
        handlers = content_of(window).handlers
        assert handlers.handled == set(Action)
        with pytest.raises(ValueError, match="twice"):
            handlers.register(content_of(window).flows.window)


# What is remembered


async def test_place_and_look_come_back_through_the_settings(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = SettingsFile(path)
    async with opened(rig.keys, settings) as first, windowed(first, tmp_path) as (window, person, _):
        await open_app(first, StubClient(harbour=7))
        window.resize(760, 540)
        person.find(QSplitter, "mainSplitter").setSizes([400, 360])
        person.trigger("actionCompactRows")
        person.find(QAction, "column_size").trigger()
        content_of(window).remember()
        await settings.save()
        sizes = person.find(QSplitter, "mainSplitter").sizes()
        hidden = content_of(window).builds.table.columns.save().hidden

    again = SettingsFile(path)
    async with opened(rig.keys, again) as second, windowed(second, tmp_path) as (window, person, _):
        second.clients = first.clients
        second.state.accounts.start()
        await until(lambda: bool(second.rows))
        assert (window.width(), window.height()) == (760, 540)
        assert person.find(QSplitter, "mainSplitter").sizes() == sizes
        assert person.find(QAction, "actionCompactRows").isChecked()
        assert content_of(window).builds.table.columns.save().hidden == hidden
        assert hidden is not None
        assert "size" in hidden
        assert person.sees("detailsPanel")


async def test_each_change_of_the_look_is_said_to_be_saved(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=7))
        told: list[int] = []
        rig.state.unsaved.noted.connect(lambda: told.append(1))
        for name in (
            "actionCompactRows",
            "actionShowDetails",
            "column_size",
            "actionAllBuilds",
            "actionGroupByVersion",
        ):
            before = len(told)
            person.find(QAction, name).trigger()
            assert len(told) > before, name
        before = len(told)
        person.find(QSplitter, "mainSplitter").splitterMoved.emit(400, 1)
        assert len(told) > before


async def test_a_details_panel_that_was_put_away_stays_away(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        person.trigger("actionShowDetails")
        assert not person.sees("detailsPanel")
        content_of(window).remember()
    async with windowed(rig, tmp_path) as (_window, person, _):
        assert not person.find(QAction, "actionShowDetails").isChecked()
        assert not person.sees("detailsPanel")


async def test_settings_that_make_no_sense_open_a_window_all_the_same(rig: Rig, tmp_path: Path) -> None:
    odd = ColumnLayout(
        ("none", "size", "size"), ("none",), (("size", 10**30), ("version", -5), ("none", 1)), ("none", True)
    )
    rig.settings.change(
        lambda s: replace(s, window=replace(s.window, geometry="% no base64 ü", splitter="AAAA", columns=odd))
    )
    async with windowed(rig, tmp_path) as (window, _person, _):
        assert window.width() >= 640


async def test_closing_remembers_and_says_so(rig: Rig, tmp_path: Path) -> None:
    closed: list[bool] = []
    async with windowed(rig, tmp_path) as (window, person, _):
        window.closed.connect(lambda: closed.append(True))
        person.trigger("actionQuit")
        assert closed == [True]
        assert rig.settings.value.window.geometry


# Filter and status line


async def test_a_search_takes_the_place_of_the_page_until_esc(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=60))
        await until(lambda: not rig.state.tasks.is_running("prefetch"))
        person.click("pageNext")
        await until(lambda: person.find(QSpinBox, "pageNumber").value() == 2 and "harbour60" not in person.keys)
        before, field = person.keys, person.find(QLineEdit, "filterEdit")
        person.select(2)
        person.trigger("actionFind")
        assert window.focusWidget() is field
        assert field.placeholderText() == "Find in all builds"
        person.type_into("filterEdit", "1.4.60")
        await until(lambda: person.keys == ["harbour60"])
        found = person.find(QLabel, "historyStatus")
        assert re.fullmatch(r"1 found in \d+ of 20 pages", found.text()), found.text()
        rest = person.find(QAbstractButton, "historyButton")
        assert rest.text() == "Read the rest"
        assert 0 < rest.x() - found.geometry().right() < 40  # beside its sentence
        assert person.find(QLabel, "historyReturns").text() == "Esc returns to page 2"
        assert not person.sees("pageNumber")
        person.type_into("filterEdit", "1.4.1 ")
        await until(lambda: person.sees("noMatchesPage"))
        person.click("readRestButton")
        await until(lambda: "harbour1" in person.keys)
        await until(lambda: "in all 60 builds" in found.text())
        assert person.find(QLabel, "historyReturns").isVisible()
        person.select(person.keys.index("harbour1"))
        assert [build.build_key for build in rig.state.situation.now().selection] == ["harbour1"]
        assert person.find(QAction, "actionSetLatest").isEnabled()
        person.type_into("filterEdit", "nothing like it")
        await until(lambda: person.sees("noMatchesPage"))
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert person.keys == before
        assert field.text() == ""
        await until(lambda: window.focusWidget() is person.table)
        assert [build.build_key for build in rig.state.situation.now().selection] == [before[2]]
        assert person.sees("pageNumber")
        assert not rig.state.page.all_builds


async def test_esc_returns_from_wherever_the_keyboard_is(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To page, scroll position, selection and focus: what had the focus may be gone with the search."""
    monkeypatch.setattr("tests.ui.stub_client.BUILDS_PER_PAGE", 40)
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=120))
        await until(lambda: not rig.state.tasks.is_running("prefetch"))
        person.select(25)
        before, scroll = person.keys, person.table.verticalScrollBar().value()
        assert scroll > 0
        for words, place in (
            ("1.4", "filterEdit"),
            ("1.4.11", "historyButton"),
            ("nothing like it", "readRestButton"),
            ("1.4.99", "detailsSetLatest"),
            ("1.4.98", "activityButton"),
            ("", "filterEdit"),
        ):
            person.trigger("actionFind")
            person.find(QLineEdit, "filterEdit").setText(words)  # no offers, which take the keyboard away off screen
            if words:
                await until(lambda: person.sees("historyBar"))
            if place == "detailsSetLatest":
                person.select(0)
            await until(partial(person.sees, place))
            held = person.find(QWidget, place)
            held.setFocus()
            assert window.focusWidget() is held, place
            QTest.keyClick(held, Qt.Key.Key_Escape)
            for _ in range(20):
                await asyncio.sleep(0.005)
                assert window.focusWidget() is person.table, place
            assert person.keys == before
            assert person.table.verticalScrollBar().value() == scroll
            assert [build.build_key for build in rig.state.situation.now().selection] == [before[25]]


async def test_offers_that_are_told_of_the_keyboard_once_they_are_gone_do_not_take_it(rig: Rig, tmp_path: Path) -> None:
    """As X does where Esc follows a letter within milliseconds."""
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=3))
        person.trigger("actionFind")
        person.type_into("filterEdit", "n")
        (offers,) = (w for w in QApplication.topLevelWidgets() if w.objectName() == "searchSuggestions")
        assert offers.isVisible()
        QTest.keyClick(offers, Qt.Key.Key_Escape)
        assert window.focusWidget() is person.table
        for told in (offers, window):
            with pytest.deprecated_call():  # nothing else tells what a platform does
                QApplication.setActiveWindow(told)
        assert window.focusWidget() is person.table
        person.trigger("actionFind")
        person.type_into("filterEdit", "no")
        assert offers.isVisible()
        QTest.keyClicks(offers, "tes")
        assert person.find(QLineEdit, "filterEdit").text() == "notes"
        assert offers.isVisible()
        QTest.keyClick(person.find(QLineEdit, "filterEdit"), Qt.Key.Key_Escape)  # not through the list
        assert not offers.isVisible()
        await asyncio.sleep(0.05)
        assert window.focusWidget() is person.table


async def test_who_has_the_rest_read_from_the_keyboard_goes_on_with_what_was_found(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=60))
        person.type_into("filterEdit", "1.4.6")
        await until(lambda: person.sees("historyButton"))
        button = person.find(QAbstractButton, "historyButton")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        await until(lambda: not person.sees("historyButton"))
        assert window.focusWidget() is person.table


async def test_a_search_before_the_page_is_kept_goes_on_once_it_is(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, began = HistoryFinder.find, False

    async def too_early(self: HistoryFinder, wanted: Wanted, generation: int) -> Found:
        nonlocal began
        found, early, began = await find(self, wanted, generation), not began, True
        if early:
            rig.state.page.history_changed.emit()  # while what was found is still on its way
            return replace(found, coverage=Coverage())
        return found

    monkeypatch.setattr(HistoryFinder, "find", too_early)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=60))
        person.find(QLineEdit, "filterEdit").setText("1.4.6")
        await until(lambda: person.sees("historyButton"), seconds=3)


async def test_where_the_history_cannot_be_used_what_shows_is_searched(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise HistoryError(HistoryFault.BUSY, "locked")

    monkeypatch.setattr("pgyer_desktop.ui.history.finder.HistoryFinder.find", broken)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=7))
        assert status(person).startswith("3 builds on this page · as of ")
        person.type_into("filterEdit", "1.4.6")
        await until(lambda: person.keys == ["harbour6"])
        assert status(person).startswith("Only this page is searched: the history cannot be used · 1 of 3 builds")
        person.type_into("filterEdit", "")
        assert len(person.keys) == 3
        assert status(person).startswith("3 builds on this page · as of ")


async def test_another_app_starts_without_the_filter(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3, lantern=2))
        person.type_into("filterEdit", "1.4.3")
        await until(lambda: person.keys == ["harbour3"])
        rig.state.accounts.open_app("lantern")
        await rig.shows("lantern2", "lantern1")
        assert person.find(QLineEdit, "filterEdit").text() == ""
        assert person.keys == ["lantern2", "lantern1"]


async def test_rows_that_cannot_be_read_are_counted(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    client.unreadable = 2
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, client)
        assert status(person).startswith("1 build on this page · 2 more could not be read · as of ")


async def test_a_latest_that_is_not_among_the_rows_is_named(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=7))
        assert "latest:" not in status(person)
        rig.state.page.go_to_page(2)
        await rig.shows("harbour4", "harbour3", "harbour2")
        assert status(person).endswith(" · latest: 1.4.7 (107)")
        assert person.sees("detailsScan")
        assert "1.4.7 (107)" in person.find(QLabel, "detailsScan").text(), "nothing is selected"
        person.select(1)
        assert "1.4.3 (103)" in person.find(QLabel, "detailsScan").text()


async def test_a_latest_that_only_a_check_tells_is_named_too(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=7)
    client.flagged = False
    client.latest["harbour"] = {"harbour1"}
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, client)
        assert person.latest == []
        assert status(person).endswith(" · latest: 1.4.1 (101)")


async def test_page_number_and_shortcuts_go_to_pages(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=7))
        assert not person.find(QAction, "actionPreviousPage").isEnabled()
        person.trigger("actionNextPage")
        await rig.shows("harbour4", "harbour3", "harbour2")
        assert person.find(QSpinBox, "pageNumber").value() == 2
        person.click("pageLast")
        await rig.shows("harbour1")
        assert not person.find(QAction, "actionNextPage").isEnabled()
        person.trigger("actionPreviousPage")
        await rig.shows("harbour4", "harbour3", "harbour2")


async def test_the_context_menu_is_about_the_row_under_the_mouse(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        menu = await person.context_menu(1)
        assert [b.build_key for b in rig.state.situation.now().selection] == ["harbour2"]
        entries = {entry.objectName() for entry in menu.actions()}
        assert {"actionSetLatest", "actionDelete", "actionCopyLink"} <= entries
        menu.close()


async def test_enter_shows_the_details_and_then_the_qr_code(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        person.trigger("actionShowDetails")
        person.select(1)
        QTest.keyClick(person.table, Qt.Key.Key_Return)
        assert person.sees("detailsPanel")
        QTest.keyClick(person.table, Qt.Key.Key_Return)
        dialog = await person.dialog("qrDialog")
        dialog.reject()
        await person.gone("qrDialog")


async def test_settings_and_about_open_and_act(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=1))
        for action, name in (("actionSettings", "settingsDialog"), ("actionAbout", "aboutDialog")):
            person.trigger(action)
            dialog = await person.dialog(name)
            dialog.reject()
            await person.gone(name)


# Names, languages, colours


def own_widgets(window: MainWindow) -> Iterator[QWidget]:
    """Every widget that we made, Qt's inner ones left out."""
    for widget in window.findChildren(QWidget):
        if not widget.objectName().startswith("qt_"):
            yield widget


async def test_every_widget_that_can_be_used_has_a_name_for_scripts_and_one_for_people(
    rig: Rig, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        person.select(1)
        nameless: list[str] = []
        for widget in own_widgets(window):
            if not isinstance(widget, INTERACTIVE) or isinstance(widget.parent(), QAbstractSpinBox | QLineEdit):
                continue
            if isinstance(widget.parent(), QAbstractItemView):
                continue  # headers and the corner belong to the view
            if type(widget).__name__ == "QMenuBarExtension" or not widget.objectName():
                nameless.append(f"{type(widget).__name__} in {widget.parent()}: no object name")
            elif widget.isVisibleTo(window) and not (
                widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            ):
                nameless.append(f"{widget.objectName()}: no accessible name")
        assert nameless == []


def texts(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Every word that a person can read or hear, and where."""
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()  # some are filled when they open
    for widget in own_widgets(window):
        if isinstance(widget, ScenePage) or isinstance(widget.parent(), ScenePage):
            continue  # says nothing while rows show
        if widget.objectName() in {"emptyTitle", "emptyText"} and not widget.isVisibleTo(window):
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        for text in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()):
            yield where, text
        if isinstance(widget, QAbstractButton | QLabel):
            yield where, widget.text()
        if isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        if isinstance(widget, QMenu):
            yield where, widget.title()
    for action in window.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield f"QAction {action.objectName()}", text
    model = content_of(window).builds.table.model()
    for column in range(model.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            yield f"header {column}", str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    yield "status", window.windowTitle()


def english_left(window: MainWindow) -> list[str]:
    found = []
    for where, text in texts(window):
        rest = NO_ENGLISH.sub("", re.sub(r"<[^>]+>", "", text).replace("&", ""))
        if ENGLISH_WORD.search(rest):
            found.append(f"{where}: {text}")
    return found


async def test_in_chinese_no_english_is_left_anywhere(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path, language=Language.CHINESE) as (window, person, _):
        await open_app(rig, StubClient(harbour=7))
        person.select(1)
        assert "\n".join(english_left(window)) == ""


async def test_a_notice_is_in_the_language_that_is_on(rig: Rig, tmp_path: Path) -> None:
    from pgyer_desktop.api.errors import HttpStatusError

    client = StubClient(harbour=1)
    async with windowed(rig, tmp_path, language=Language.CHINESE) as (_window, person, _):
        await open_app(rig, client)
        client.errors["builds"] = HttpStatusError("pgyer.test", 502)
        person.trigger("actionRefresh")
        await until(lambda: "502" in person.notice)
        assert "could not" not in person.notice


async def test_while_something_is_changed_the_settings_offer_no_restart(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=2))
        rig.settings.change(lambda settings: replace(settings, language="zh_CN"))
        wanted: list[None] = []
        content_of(window).flows.window.restart_requested.connect(lambda: wanted.append(None))
        view = rig.state.page.view
        assert view is not None
        build, opened = view.builds[0], rig.state.accounts.open
        assert opened is not None
        rig.state.changes.set_under_way(opened, [build], among=frozenset({build.build_key}))
        person.trigger("actionSettings")
        (dialog,) = window.findChildren(SettingsDialog)
        restart = find(dialog, QAbstractButton, "restartButton")
        assert not restart.isEnabled()
        rig.state.changes.set_under_way(opened, [], among=frozenset({build.build_key}))
        assert restart.isEnabled()
        restart.click()
        assert wanted == [None]
        assert not dialog.isVisible()


async def test_it_turns_dark_and_light_while_running(rig: Rig, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.palette()
    try:
        async with windowed(rig, tmp_path) as (window, person, _):
            await open_app(rig, StubClient(harbour=3))
            window.resize(1100, 720)
            person.select(0)
            corners = []
            for palette in (light_palette(), dark_palette(), light_palette()):
                app.setPalette(palette)
                await asyncio.sleep(0.05)
                image = window.grab().toImage()
                corners.append(
                    [
                        image.pixelColor(empty_corner(window, name)).lightness()
                        for name in ("detailsPanel", "buildTable")
                    ]
                )
            light, dark, again = corners
            assert all(value > 150 for value in light)
            assert all(value < 100 for value in dark)
            assert light == again
    finally:
        app.setPalette(before)


@pytest.mark.parametrize(
    "place", [QRect(300, 250, 3000, 2000), QRect(5000, 4000, 900, 600), QRect(-300, -200, 700, 500)]
)
async def test_a_window_that_was_left_on_a_larger_screen_comes_back_on_this_one(
    tmp_path: Path, qapp: QApplication, place: QRect
) -> None:
    left = QWidget()
    left.setGeometry(place)
    left.show()
    geometry = bytes(left.saveGeometry().toBase64().data()).decode("ascii")
    left.close()
    settings = SettingsFile(None)
    settings.change(lambda kept: replace(kept, window=replace(kept.window, geometry=geometry)))
    async with opened(settings=settings) as rig, windowed(rig, tmp_path) as (window, _person, _):
        assert qapp.primaryScreen().availableGeometry().contains(window.frameGeometry())


def empty_corner(window: MainWindow, name: str) -> QPoint:
    """A place in the window where this widget paints its ground only."""
    widget = window.findChild(QWidget, name)
    assert isinstance(widget, QWidget)
    return widget.mapTo(window, widget.rect().bottomLeft() + QPoint(6, -6))


async def test_the_pages_share_one_place(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, _person, _):
        stacks = window.findChildren(QStackedWidget)
        assert stacks
        assert all(stack.currentWidget() is not None for stack in stacks)
