"""Accounts and apps are switched by a few letters, however many there are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.ui.accounts.app_picker import AppPicker
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.widgets.pickers.button import PickerButton
from pgyer_desktop.ui.widgets.pickers.item import PickerItem
from pgyer_desktop.ui.widgets.pickers.list import PickerDelegate
from tests.helpers.waiting import until
from tests.ui.rig import Rig, opened, windowed
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from tests.e2e.person import Person


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


def picker(person: Person, name: str = "appPicker") -> PickerButton:
    return person.find(PickerButton, name)


def entries(button: PickerButton) -> list[str]:
    """Headings and keys as they stand in the list."""
    model = button.popup.model
    found = [model.entry(row) for row in range(model.rowCount())]
    return [entry.key if isinstance(entry, PickerItem) else entry for entry in found]


def type_and_enter(button: PickerButton, text: str) -> None:
    search = button.popup.search
    if search.isHidden():  # there is one entry alone
        QTest.keyClick(button.popup.view, Qt.Key.Key_Return)
        return
    if text.isascii():
        QTest.keyClicks(search, text)
    else:
        search.insert(text)  # as an input method does
    QTest.keyClick(search, Qt.Key.Key_Return)


@pytest.mark.parametrize("query", ["lant", "com.acme.lantern", "go-lantern", "LANTERN acme"])
async def test_an_app_is_found_by_name_identifier_and_short_link(rig: Rig, tmp_path: Path, query: str) -> None:
    await rig.add_account("Acme", StubClient(harbour=1, lantern=1, beacon=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        await rig.quiet()
        person.trigger("actionSwitchApp")
        type_and_enter(picker(person), query)
        await rig.shows("lantern1")
        assert not picker(person).popup.isVisible()
        assert picker(person).accessibleName().startswith("App: Lantern")


async def test_the_recent_apps_come_first_and_all_follow(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1, lantern=1, beacon=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        await rig.quiet()
        rig.state.accounts.open_app("beacon")
        await rig.shows("beacon1")
        apps = ["harbour", "lantern", "beacon"]
        rest = [app for app in apps if app not in {"beacon", "harbour"}]
        assert entries(picker(person)) == ["Recent", "beacon", "harbour", "Other apps", *rest]
        assert picker(person).current == "beacon"


async def test_choosing_the_app_that_is_open_reads_nothing(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        await rig.quiet()
        before = len(client.asked)
        picker(person).open_popup()
        type_and_enter(picker(person), "harb")
        assert len(client.asked) == before


async def test_an_app_opened_by_its_key_alone_stands_in_the_list(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, hidden=1)
    client.listed.remove("hidden")
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start(app_key="hidden")
        await rig.shows("hidden1")
        await rig.quiet()
        assert "hidden" in entries(picker(person))
        assert picker(person).accessibleName().startswith("App: Hidden")


async def test_the_list_says_how_whole_it_is_and_can_be_read_again_in_place(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, lantern=1)
    client.apps_per_page = 1
    client.errors["apps 2"] = HttpStatusError("pgyer.test", 502)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        await until(lambda: not rig.state.accounts.apps_loading)
        button = picker(person)
        button.open_popup()
        reload = person.find(QAbstractButton, "actionReloadAppsButton")
        assert reload.text() == "The list is not complete. Reload it"
        del client.errors["apps 2"]
        gate = client.hold("apps 1")
        QTest.keyClicks(button.popup.search, "la")
        reload.click()
        assert button.popup.isVisible()
        assert reload.text() == "Reading the list of apps…"
        assert not reload.isEnabled()
        gate.set()
        await until(lambda: reload.text() == "Reload the list")
        assert button.popup.search.text() == "la"
        assert "lantern" in entries(button)
        button.popup.close()


async def test_accounts_are_searched_and_switched(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1))
    await rig.add_account("云帆", StubClient(beacon=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        button = picker(person, "accountPicker")
        assert button.accessibleName() == "Account: Acme"
        button.open_popup()
        type_and_enter(button, "云")
        await rig.shows("beacon1")
        assert button.accessibleName() == "Account: 云帆"
        person.find(QAbstractButton, "actionManageAccountsButton")
        person.find(QAbstractButton, "actionAddAccountButton")


async def test_choosing_the_account_that_is_on_opens_nothing_again(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        await rig.quiet()
        session = rig.state.accounts.session
        picker(person, "accountPicker").open_popup()
        type_and_enter(picker(person, "accountPicker"), "acme")
        assert rig.state.accounts.session is session


async def test_the_demos_account_says_that_its_apps_are_made_up(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    account = rig.book.add_demo("Demo", ApiKey("demo-key"))
    rig.accept("demo-key", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.switch_account(account.id)
        await rig.shows("harbour1")
        assert picker(person, "accountPicker").accessibleName() == "Account: Demo, Made-up apps"


async def test_without_a_session_there_is_nothing_to_pick(rig: Rig, tmp_path: Path) -> None:
    account = await rig.add_account("Acme", StubClient(harbour=1))
    await rig.keys.remove(account.id)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await until(lambda: person.sees("scenePage"))
        assert not picker(person).isEnabled()
        assert picker(person, "accountPicker").isEnabled()
        assert picker(person).accessibleName() == "App: No app"


async def test_of_five_hundred_apps_only_what_can_be_seen_is_painted_and_asked_for(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = 0
    requested: list[Sequence[str]] = []
    filled = 0
    paint, request, set_items = PickerDelegate.paint, IconLoader.request, AppPicker.set_items

    def counted_paint(self: PickerDelegate, *args: object) -> None:
        nonlocal painted
        painted += 1
        paint(self, *args)  # type: ignore[arg-type]  # handed through

    def counted_request(self: IconLoader, fields: Sequence[str], *, place: str = "table") -> None:
        if place == "picker":
            requested.append(fields)
        request(self, fields, place=place)

    def counted_items(self: AppPicker, items: Sequence[PickerItem]) -> None:
        nonlocal filled
        filled += 1
        set_items(self, items)

    monkeypatch.setattr(PickerDelegate, "paint", counted_paint)
    monkeypatch.setattr(IconLoader, "request", counted_request)
    monkeypatch.setattr(AppPicker, "set_items", counted_items)
    client = StubClient(**{f"app{number:03}": 7 for number in range(500)})
    client.with_icons = True
    await rig.add_account("Acme", client)
    client.asked.clear()
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await until(lambda: len(rig.state.accounts.apps) == 500 and not rig.state.accounts.apps_loading)
        await rig.quiet()
        assert len([question for question in client.asked if question.startswith("apps")]) == 10
        assert filled < 30, "once for each page of the list, and a few for the app that opens"
        assert painted == 0
        assert not requested

        button = picker(person)
        button.open_popup()
        await until(lambda: bool(requested) and painted > 0)
        QTest.keyClicks(button.popup.search, "app49")
        await until(lambda: button.popup.model.rowCount() == 10)
        await asyncio.sleep(0.02)
        for keys in requested:
            assert len(keys) < 20
        assert painted < 200
        QTest.keyClick(button.popup.search, Qt.Key.Key_Return)
        await rig.shows("app4907", "app4906", "app4905")

        filled = 0
        rig.state.page.go_to_page(3)
        await rig.shows("app4901")
        assert filled == 0, "another page is no reason to fill the list again"


async def test_searching_finds_a_short_link_among_hundreds(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(**{f"app{number:03}": 1 for number in range(300)})
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await until(lambda: len(rig.state.accounts.apps) == 300)
        button = picker(person)
        button.open_popup()
        QTest.keyClicks(person.find(QLineEdit, "appPickerSearch"), "go-app217")
        assert entries(button) == ["app217"]
        button.popup.close()
