"""What the window is about follows what the person wants, and never shows what belongs to something else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from pgyer_desktop.api.errors import HostNotFoundError, HttpStatusError, KeyRejectedError, NotFoundError
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.keystore import KeyStoreLockedError
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.history.account_history import AppHistory
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.state.teller import Topic
from tests.helpers.waiting import until
from tests.ui.desk import Desk, SlowStore, opened
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.api.models import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.changes.recheck import HeldBack

GATEWAY = HttpStatusError("pgyer.test", 502)


@pytest.fixture
async def desk(qapp: QApplication) -> AsyncIterator[Desk]:
    async with opened() as desk:
        yield desk


async def started(desk: Desk, client: StubClient, name: str = "Acme") -> None:
    """An account is there, and the program has started on it."""
    await desk.add_account(name, client)
    client.asked.clear()
    desk.state.accounts.start()
    await until(lambda: desk.state.accounts.session is not None)
    await desk.quiet()


def row(desk: Desk, key: str) -> Build:
    view = desk.state.page.view
    assert view is not None
    found = view.build(key)
    assert found is not None
    return found


def written(desk: Desk) -> list[WriteResult]:
    results: list[WriteResult] = []
    desk.state.changes.finished.connect(results.append)
    return results


# Start


async def test_without_an_account_it_welcomes(desk: Desk) -> None:
    desk.state.accounts.start()
    assert desk.state.page.scene is Scene.WELCOME
    assert desk.state.accounts.account is None
    assert desk.state.accounts.apps == desk.state.accounts.recent_apps == ()
    assert not desk.state.situation.now().has_account


async def test_a_new_account_shows_its_first_app_at_page_1(desk: Desk) -> None:
    await started(desk, StubClient(harbour=7, lantern=4))
    await desk.shows("harbour7", "harbour6", "harbour5")
    assert desk.state.page.scene is Scene.BUILDS
    assert [app.app_key for app in desk.state.accounts.apps] == ["harbour", "lantern"]
    situation = desk.state.situation.now()
    assert (situation.page, situation.page_count, situation.latest_keys) == (1, 3, frozenset({"harbour7"}))


async def test_a_later_start_comes_back_to_the_last_app_and_page_without_waiting_for_the_list(desk: Desk) -> None:
    client = StubClient(harbour=7, lantern=7)
    await started(desk, client)
    desk.state.accounts.open_app("lantern")
    await desk.shows("lantern7", "lantern6", "lantern5")
    desk.state.page.go_to_page(2)
    await desk.shows("lantern4", "lantern3", "lantern2")

    async with opened(desk.keys, desk.settings) as again:
        again.clients = desk.clients
        client.hold("apps 1")
        again.state.accounts.start()
        await again.shows("lantern4", "lantern3", "lantern2")
        assert again.state.page.wanted_page == 2
        assert [app.app_key for app in again.state.accounts.apps] == ["lantern", "harbour"]
        assert again.state.accounts.apps_loading


async def test_the_command_line_names_the_app_even_one_that_is_not_listed(desk: Desk) -> None:
    client = StubClient(harbour=7, hidden=1)
    client.listed.remove("hidden")
    await desk.add_account("Acme", client)
    desk.state.accounts.start(app_key="hidden")
    await desk.shows("hidden1")
    app = desk.state.accounts.app
    assert app is not None
    assert (app.name, app.identifier) == ("Hidden", "com.acme.hidden")
    await desk.quiet()
    assert desk.rows == ["hidden1"]


async def test_the_app_of_the_command_line_survives_a_keyring_that_was_locked_first(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        client = StubClient(harbour=7, lantern=1)
        await desk.add_account("Acme", client)
        keys.error = KeyStoreLockedError("locked")
        desk.state.accounts.start(app_key="lantern")
        await until(lambda: desk.state.page.scene is Scene.NO_KEY)
        keys.error = None
        desk.state.page.refresh()
        await desk.shows("lantern1")


async def test_an_app_without_any_name_is_called_by_its_key() -> None:
    assert app_title(KnownApp("k")) == "k"
    assert app_title(KnownApp("k", "", "com.acme")) == "com.acme"
    assert app_title(KnownApp("k", "Harbour", "com.acme")) == "Harbour"


# Accounts and keys


async def test_a_keyring_that_fails_says_so_and_can_be_tried_again(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        await desk.add_account("Acme", StubClient(harbour=1))
        keys.error = KeyStoreLockedError("locked")
        desk.state.accounts.start()
        await until(lambda: desk.state.page.scene is Scene.NO_KEY)
        assert "locked" in desk.said[Topic.KEY]
        assert not desk.state.situation.now().has_account
        keys.error = None
        desk.state.page.refresh()
        await desk.shows("harbour1")
        assert desk.said == {}


async def test_an_account_whose_key_is_nowhere_says_so_without_a_notice(desk: Desk) -> None:
    account = await desk.add_account("Acme", StubClient(harbour=1))
    await desk.keys.remove(account.id)
    desk.state.accounts.start()
    await until(lambda: desk.state.page.scene is Scene.NO_KEY)
    assert desk.said == {}
    assert desk.state.accounts.session is None


async def test_a_slow_keyring_shows_that_the_account_is_being_opened(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        await desk.add_account("Acme", StubClient(harbour=1))
        keys.answers.clear()
        desk.state.accounts.start()
        await until(lambda: keys.waiting == 1)
        assert desk.state.page.scene is Scene.OPENING
        keys.answers.set()
        await desk.shows("harbour1")


async def on_page_2(desk: Desk, client: StubClient) -> None:
    """The program was left on the second page of the app."""
    await started(desk, client)
    desk.state.page.go_to_page(2)
    await desk.shows("harbour4", "harbour3", "harbour2")
    await until(lambda: not desk.state.tasks.is_running("keep harbour 2"))


def is_kept(desk: Desk) -> bool:
    view = desk.state.page.view
    assert view is not None
    return view.stored


async def test_what_was_read_last_shows_before_the_keyring_has_answered(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        client = StubClient(harbour=7)
        await on_page_2(desk, client)
        client.asked.clear()
        keys.answers.clear()
        async with opened(keys, desk.settings, desk.history) as again:
            again.clients = desk.clients
            again.state.accounts.start()
            await until(lambda: keys.waiting == 1)
            state = again.state
            assert again.rows == ["harbour4", "harbour3", "harbour2"]
            assert is_kept(again)
            assert (state.page.scene, state.accounts.session, state.page.wanted_page) == (Scene.BUILDS, None, 2)
            state.situation.select((row(again, "harbour3"),))
            for action in (Action.SET_LATEST, Action.DELETE, Action.REFRESH, Action.CLEAN_UP):
                why = why_not(action, state.situation.now())
                assert why is not None
                assert "still being opened" in say(why), action
            assert not again.write(Write.DELETE, row(again, "harbour3"))
            assert client.asked == []
            keys.answers.set()
            await again.shows("harbour4", "harbour3", "harbour2")
            await again.quiet()
            assert not is_kept(again)
            assert state.situation.now().selection == (row(again, "harbour3"),)
            assert why_not(Action.DELETE, state.situation.now()) is None


async def test_what_was_read_last_goes_where_the_key_cannot_be_had_and_comes_back_with_it(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        await on_page_2(desk, StubClient(harbour=7))
        keys.error = KeyStoreLockedError("locked")
        async with opened(keys, desk.settings, desk.history) as again:
            again.clients = desk.clients
            seen: list[list[str]] = []
            again.state.page.page_changed.connect(lambda: seen.append(again.rows))
            again.state.accounts.start()
            await until(lambda: again.state.page.scene is Scene.NO_KEY)
            assert ["harbour4", "harbour3", "harbour2"] in seen
            assert again.rows == []
            assert again.state.accounts.app is None
            keys.error = None
            again.state.page.refresh()
            await again.shows("harbour4", "harbour3", "harbour2")


async def test_what_was_read_last_of_one_account_never_shows_with_another(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        await on_page_2(desk, StubClient(harbour=7))
        second = await desk.add_account("Beacon", StubClient(beacon=2))
        keys.answers.clear()
        async with opened(keys, desk.settings, desk.history) as again:
            again.clients = desk.clients
            again.state.accounts.start()
            await until(lambda: again.rows != [])
            seen: list[list[str]] = []
            again.state.page.page_changed.connect(lambda: seen.append(again.rows))
            again.state.accounts.switch_account(second.id)
            keys.answers.set()
            await again.shows("beacon2", "beacon1")
            await again.quiet()
            assert all(rows in ([], ["beacon2", "beacon1"]) for rows in seen)


async def test_what_was_read_last_is_that_of_the_app_of_the_command_line(desk: Desk) -> None:
    client = StubClient(harbour=7, lantern=2)
    await on_page_2(desk, client)
    desk.state.accounts.open_app("lantern")
    await desk.shows("lantern2", "lantern1")
    await until(lambda: not desk.state.tasks.is_running("keep lantern 1"))
    async with opened(desk.keys, desk.settings, desk.history) as again:
        again.clients = desk.clients
        shown: list[list[str]] = []
        again.state.page.page_changed.connect(lambda: shown.append(again.rows))
        again.state.accounts.start(app_key="harbour")
        await again.shows("harbour7", "harbour6", "harbour5")
        assert ["lantern2", "lantern1"] not in shown


async def test_switching_the_account_while_a_page_is_on_its_way_never_shows_the_others_rows(desk: Desk) -> None:
    acme, other = StubClient(harbour=7), StubClient(beacon=2)
    await started(desk, acme)
    second = await desk.add_account("Beacon", other)
    shown: list[list[str]] = []
    desk.state.page.page_changed.connect(lambda: shown.append(desk.rows))
    gate = acme.hold("builds harbour 3")
    desk.state.page.go_to_page(3)
    await until(lambda: acme.times("builds harbour 3") == 1)
    desk.state.accounts.switch_account(second.id)
    assert desk.rows == []
    gate.set()
    await desk.shows("beacon2", "beacon1")
    await desk.quiet()
    assert all(key.startswith("beacon") for keys in shown for key in keys)
    assert desk.state.page.wanted_page == 1


async def test_switching_while_the_first_account_is_still_being_opened_opens_only_the_second(
    qapp: QApplication,
) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        acme = StubClient(harbour=1)
        await desk.add_account("Acme", acme)
        second = await desk.add_account("Beacon", StubClient(beacon=1))
        acme.asked.clear()
        keys.answers.clear()
        desk.state.accounts.start()
        await until(lambda: keys.waiting == 1)
        desk.state.accounts.switch_account(second.id)
        await until(lambda: keys.waiting == 1)
        keys.answers.set()
        await desk.shows("beacon1")
        assert acme.asked == []


async def test_an_unknown_account_changes_nothing(desk: Desk) -> None:
    await started(desk, StubClient(harbour=1))
    desk.state.accounts.switch_account("nobody")
    assert desk.rows == ["harbour1"]


async def test_notices_of_the_account_that_was_left_are_settled_but_those_of_the_settings_stay(desk: Desk) -> None:
    acme = StubClient(harbour=7)
    await started(desk, acme)
    acme.errors["builds"] = GATEWAY
    desk.state.page.refresh()
    await until(lambda: Topic.BUILDS in desk.said)
    desk.said[Topic.SETTINGS] = "about the settings"
    second = await desk.add_account("Beacon", StubClient(beacon=1))
    desk.state.accounts.switch_account(second.id)
    await desk.shows("beacon1")
    assert set(desk.said) == {Topic.SETTINGS}


async def test_the_removed_account_gives_way_to_another_and_the_last_one_to_the_welcome_page(desk: Desk) -> None:
    await started(desk, StubClient(harbour=1))
    first = desk.state.accounts.account
    assert first is not None
    second = await desk.add_account("Beacon", StubClient(beacon=1))
    await desk.book.remove(first.id)
    desk.state.accounts.account_removed()
    await desk.shows("beacon1")
    await desk.book.remove(second.id)
    desk.state.accounts.account_removed()
    assert desk.state.page.scene is Scene.WELCOME
    assert desk.rows == []
    assert desk.state.accounts.account is None
    assert desk.state.accounts.app is None
    assert desk.state.accounts.session is None


# Apps


async def test_switching_the_app_while_a_page_is_on_its_way_never_shows_the_others_rows(desk: Desk) -> None:
    client = StubClient(harbour=7, lantern=2)
    await started(desk, client)
    shown: list[list[str]] = []
    gate = client.hold("builds harbour 3")
    desk.state.page.go_to_page(3)
    await until(lambda: client.times("builds harbour 3") == 1)
    desk.state.page.page_changed.connect(lambda: shown.append(desk.rows))
    desk.state.accounts.open_app("lantern")
    assert desk.rows == []
    gate.set()
    await desk.shows("lantern2", "lantern1")
    assert shown == [[], ["lantern2", "lantern1"]]


async def test_the_app_that_was_opened_last_comes_first_among_the_recent(desk: Desk) -> None:
    await started(desk, StubClient(harbour=1, lantern=1, beacon=1))
    for app in ("lantern", "beacon", "lantern"):
        desk.state.accounts.open_app(app)
        await desk.shows(f"{app}1")
    assert [app.app_key for app in desk.state.accounts.recent_apps] == ["lantern", "beacon", "harbour"]
    assert [app.app_key for app in desk.state.accounts.apps] == ["harbour", "lantern", "beacon"]


async def test_an_app_that_cannot_be_read_is_not_among_the_recent(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(desk, client)
    client.errors["builds lantern 1"] = GATEWAY
    desk.state.accounts.open_app("lantern")
    await until(lambda: desk.state.page.scene is Scene.BUILDS_UNKNOWN)
    assert [app.app_key for app in desk.state.accounts.recent_apps] == ["harbour"]


async def test_an_account_without_apps_says_so(desk: Desk) -> None:
    client = StubClient()
    await started(desk, client)
    assert desk.state.page.scene is Scene.NO_APPS
    assert not desk.state.accounts.apps_loading
    client.builds["harbour"] = []
    client.listed.append("harbour")
    desk.state.page.refresh()
    await until(lambda: desk.state.page.scene is Scene.NO_BUILDS)


async def test_a_list_of_apps_that_fails_with_none_open_leaves_a_page_with_a_way_on(desk: Desk) -> None:
    client = StubClient(harbour=1)
    await desk.add_account("Acme", client)
    client.errors["apps"] = HostNotFoundError("pgyer.test")
    desk.state.accounts.start()
    await until(lambda: desk.state.page.scene is Scene.APPS_UNKNOWN)
    assert desk.said[Topic.APPS].startswith("The list of apps could not be read. ")
    assert desk.state.accounts.apps_partial
    desk.state.accounts.add_app(KnownApp("harbour"))
    await desk.shows("harbour1")
    del client.errors["apps"]
    desk.state.accounts.load_apps()
    await until(lambda: Topic.APPS not in desk.said)
    assert not desk.state.accounts.apps_partial


async def test_a_list_of_apps_that_fails_leaves_the_recent_ones(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(desk, client)
    async with opened(desk.keys, desk.settings) as again:
        again.clients = desk.clients
        client.errors["apps"] = GATEWAY
        again.state.accounts.start()
        await again.shows("harbour1")
        await until(lambda: Topic.APPS in again.said)
        assert [app.app_key for app in again.state.accounts.apps] == ["harbour"]
        assert again.state.page.scene is Scene.BUILDS


async def test_the_first_app_opens_before_the_list_is_read_to_its_end(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await desk.add_account("Acme", client)
    gate = client.hold("apps 3")
    desk.state.accounts.start()
    await desk.shows("harbour1")
    await until(lambda: client.times("apps 3") == 1)
    assert [app.app_key for app in desk.state.accounts.apps] == ["harbour", "lantern"]
    assert desk.state.accounts.apps_loading
    gate.set()
    await until(lambda: not desk.state.accounts.apps_loading)
    assert len(desk.state.accounts.apps) == 3


async def test_reading_the_apps_again_keeps_the_whole_list_however_often_it_fails_in_the_middle(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await started(desk, client)
    lengths: list[int] = []
    desk.state.accounts.apps_changed.connect(lambda: lengths.append(len(desk.state.accounts.apps)))
    client.errors["apps 2"] = GATEWAY
    for _ in range(3):
        desk.said.clear()
        desk.state.accounts.load_apps()
        await until(lambda: Topic.APPS in desk.said)
        assert "to its end" in desk.said[Topic.APPS]
        assert desk.state.accounts.apps_partial
    client.errors.clear()
    desk.state.accounts.load_apps()
    await until(lambda: not desk.state.accounts.apps_partial and not desk.state.accounts.apps_loading)
    assert set(lengths) == {3}
    assert desk.said == {}


async def test_a_list_that_was_never_whole_grows_when_it_is_read_again(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await desk.add_account("Acme", client)
    client.errors["apps 2"] = GATEWAY
    desk.state.accounts.start()
    await until(lambda: Topic.APPS in desk.said)
    assert len(desk.state.accounts.apps) == 1
    client.errors = {"apps 3": GATEWAY}
    desk.state.accounts.load_apps()
    await until(lambda: not desk.state.accounts.apps_loading)
    assert len(desk.state.accounts.apps) == 2


async def test_an_app_that_is_gone_from_the_list_goes_when_the_whole_list_has_been_read(desk: Desk) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(desk, client)
    client.listed.remove("lantern")
    desk.state.accounts.load_apps()
    await until(lambda: not desk.state.accounts.apps_loading)
    assert [app.app_key for app in desk.state.accounts.apps] == ["harbour"]


async def test_an_app_added_by_its_key_stays_and_one_that_is_listed_is_not_added_twice(desk: Desk) -> None:
    client = StubClient(harbour=1, hidden=1)
    client.listed.remove("hidden")
    await started(desk, client)
    desk.state.accounts.add_app(KnownApp("hidden", "Hidden"))
    await desk.shows("hidden1")
    desk.state.accounts.add_app(KnownApp("harbour", "Harbour"))
    await desk.shows("harbour1")
    account = desk.state.accounts.account
    assert account is not None
    assert [app.app_key for app in desk.book.settings(account.id).added] == ["hidden"]
    assert [app.app_key for app in desk.state.accounts.apps] == ["harbour", "hidden"]


async def test_an_app_that_nobody_knows_cannot_be_opened(desk: Desk) -> None:
    await started(desk, StubClient(harbour=1))
    desk.state.accounts.open_app("nothing")
    assert desk.rows == ["harbour1"]


# Pages


@pytest.mark.parametrize("left_for", ["another app", "another account"])
async def test_rows_read_from_disk_too_late_do_not_show_under_something_else(
    qapp: QApplication, left_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = SlowStore()
    async with opened(keys) as desk:
        client = StubClient(harbour=3, lantern=1)
        await started(desk, client)
        desk.state.accounts.open_app("lantern")
        await desk.shows("lantern1")
        second = await desk.add_account("Beacon", StubClient(beacon=1))
        page, late, reading = AppHistory.page, asyncio.Event(), list[int]()

        async def slow(history: AppHistory, number: int) -> PageView | None:
            reading.append(number)
            view = await page(history, number)
            await late.wait()
            return view

        monkeypatch.setattr(AppHistory, "page", slow)
        client.hold("builds harbour 1")
        client.hold("builds lantern 1")
        desk.state.accounts.open_app("harbour")
        await until(lambda: reading == [1])
        keys.answers.clear()  # the second account does not show anything yet
        if left_for == "another app":
            desk.state.accounts.open_app("lantern")
        else:
            desk.state.accounts.switch_account(second.id)
        shown: list[str] = []
        desk.state.page.page_changed.connect(lambda: shown.extend(desk.rows))
        late.set()
        await asyncio.sleep(0.05)
        keys.answers.set()
        assert not [key for key in shown if key.startswith("harbour")]


async def test_of_page_requests_in_quick_succession_the_last_one_wins(desk: Desk) -> None:
    client = StubClient(harbour=12)
    await started(desk, client)
    desk.state.accounts.session.builds.forget_ahead()  # type: ignore[union-attr]  # started
    second, third = client.hold("builds harbour 2"), client.hold("builds harbour 3")
    desk.state.page.go_to_page(2)
    await until(lambda: client.times("builds harbour 2") == 2)  # once read ahead
    desk.state.page.go_to_page(3)
    desk.state.page.go_to_page(4)
    second.set()
    third.set()
    await desk.shows("harbour3", "harbour2", "harbour1")
    await desk.quiet()
    assert desk.rows == ["harbour3", "harbour2", "harbour1"]
    assert desk.state.page.wanted_page == 4


async def test_what_is_on_screen_stays_until_the_next_page_is_there(desk: Desk) -> None:
    client = StubClient(harbour=12)
    await started(desk, client)
    gate = client.hold("builds harbour 4")
    desk.state.page.go_to_page(4)
    await until(lambda: client.times("builds harbour 4") == 1)
    assert desk.state.page.loading
    assert desk.state.page.wanted_page == 4
    assert desk.rows == ["harbour12", "harbour11", "harbour10"]
    gate.set()
    await desk.shows("harbour3", "harbour2", "harbour1")


async def test_a_page_read_ahead_shows_at_once_and_is_not_asked_for_again(desk: Desk) -> None:
    client = StubClient(harbour=12)
    await started(desk, client)
    assert client.times("builds harbour 2") == 1
    desk.state.page.go_to_page(2)
    assert desk.rows == ["harbour9", "harbour8", "harbour7"]
    assert not desk.state.page.loading
    await until(lambda: client.times("builds harbour 3") == 1)
    assert client.times("builds harbour 2") == 1


async def test_a_page_that_was_read_ahead_replaces_one_that_is_on_its_way(desk: Desk) -> None:
    client = StubClient(harbour=12)
    await started(desk, client)
    gate = client.hold("builds harbour 4")
    desk.state.page.go_to_page(4)
    await until(lambda: client.times("builds harbour 4") == 1)
    desk.state.page.go_to_page(2)
    gate.set()
    await desk.shows("harbour9", "harbour8", "harbour7")
    await desk.quiet()
    assert desk.state.page.wanted_page == 2
    assert desk.rows == ["harbour9", "harbour8", "harbour7"]


async def test_reading_ahead_that_fails_is_nobodys_business(desk: Desk) -> None:
    client = StubClient(harbour=7)
    client.errors["builds harbour 2"] = GATEWAY
    await started(desk, client)
    await desk.shows("harbour7", "harbour6", "harbour5")
    assert desk.said == {}


async def test_a_page_that_fails_leaves_the_rows_and_their_page(desk: Desk) -> None:
    client = StubClient(harbour=12)
    await started(desk, client)
    client.errors["builds harbour 3"] = GATEWAY
    desk.state.page.go_to_page(3)
    await until(lambda: Topic.BUILDS in desk.said)
    assert desk.rows == ["harbour12", "harbour11", "harbour10"]
    assert desk.state.page.wanted_page == 1
    assert desk.state.situation.now().page == 1
    assert not desk.state.page.loading
    assert "Harbour" in desk.said[Topic.BUILDS]
    assert "502" in desk.said[Topic.BUILDS]
    desk.state.page.refresh()
    await until(lambda: Topic.BUILDS not in desk.said)


async def test_an_app_whose_first_page_fails_says_so_and_can_be_read_again(desk: Desk) -> None:
    client = StubClient(harbour=1)
    client.errors["builds"] = NotFoundError(1009, "app not found")
    await started(desk, client)
    await until(lambda: desk.state.page.scene is Scene.BUILDS_UNKNOWN)
    assert "1009" in desk.said[Topic.BUILDS]
    client.errors.clear()
    desk.state.page.refresh()
    await desk.shows("harbour1")
    assert desk.state.page.scene is Scene.BUILDS
    assert desk.said == {}


async def test_an_app_without_builds_says_so(desk: Desk) -> None:
    client = StubClient(harbour=0)
    await started(desk, client)
    assert desk.state.page.scene is Scene.NO_BUILDS
    assert desk.state.page.view is not None


async def test_a_rejected_key_is_told_in_words(desk: Desk) -> None:
    client = StubClient(harbour=1)
    await started(desk, client)
    client.errors["builds"] = KeyRejectedError(1055, "reset")
    desk.state.page.refresh()
    await until(lambda: Topic.BUILDS in desk.said)
    assert "1055" in desk.said[Topic.BUILDS]
    assert desk.rows == ["harbour1"]


async def test_latest_that_cannot_be_found_out_is_a_notice_over_rows_that_show(desk: Desk) -> None:
    client = StubClient(harbour=2)
    client.flagged = False
    client.errors["check"] = GATEWAY
    await started(desk, client)
    await desk.shows("harbour2", "harbour1")
    assert desk.said[Topic.LATEST].startswith("Which build is the latest could not be found out.")
    assert not desk.state.situation.now().latest_known
    client.errors.clear()
    desk.state.page.refresh()
    await until(lambda: not desk.said)
    assert desk.state.situation.now().latest_keys == {"harbour2"}


async def test_the_selection_follows_rows_that_are_read_again_and_ends_with_those_that_are_gone(desk: Desk) -> None:
    client = StubClient(harbour=2)
    await started(desk, client)
    desk.state.situation.select((row(desk, "harbour1"),))
    client.latest["harbour"] = {"harbour1"}
    desk.state.page.refresh()
    await until(lambda: desk.state.situation.now().latest_keys == {"harbour1"})
    assert desk.state.situation.now().selection[0].latest is True
    await client.delete_build("harbour1")
    desk.state.page.refresh()
    await desk.shows("harbour2")
    assert desk.state.situation.now().selection == ()


# Changes


async def test_a_build_with_a_change_under_way_is_busy_and_a_second_change_of_it_is_not_sent(desk: Desk) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    results = written(desk)
    gate = client.hold("set harbour1")
    build = row(desk, "harbour1")
    assert desk.write(Write.SET_LATEST, build)
    assert desk.state.situation.now().busy_keys == {"harbour1"}
    assert not desk.write(Write.SET_LATEST, build)
    assert not desk.write(Write.DELETE, build)
    gate.set()
    await until(lambda: bool(results))
    assert [r.outcome for r in results] == [Outcome.DONE]
    assert client.times("set harbour1") == 1
    assert client.times("delete harbour1") == 0
    assert desk.state.situation.now().busy_keys == frozenset()
    assert desk.state.situation.now().latest_keys == {"harbour1"}


async def test_what_was_being_read_ahead_when_a_change_began_is_not_shown(desk: Desk) -> None:
    client = StubClient(harbour=7)
    ahead = client.hold("builds harbour 2")
    await desk.add_account("Acme", client)
    desk.state.accounts.start()
    await until(lambda: client.times("builds harbour 2") == 1)
    change = client.hold("delete harbour7")
    assert desk.write(Write.DELETE, row(desk, "harbour7"))
    await until(lambda: client.times("delete harbour7") == 1)
    ahead.set()
    await asyncio.sleep(0.01)
    desk.state.page.go_to_page(2)
    asked_again = client.times("builds harbour 2") == 2 or desk.state.page.loading
    change.set()
    assert asked_again, "what is there is from before the change"


async def test_changes_of_two_builds_run_beside_each_other(desk: Desk) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    results = written(desk)
    gates = [client.hold("delete harbour1"), client.hold("delete harbour2")]
    assert desk.write(Write.DELETE, row(desk, "harbour1"))
    assert desk.write(Write.DELETE, row(desk, "harbour2"))
    assert desk.state.situation.now().busy_keys == {"harbour1", "harbour2"}
    for gate in gates:
        gate.set()
    await until(lambda: len(results) == 2)
    await desk.shows("harbour3")


async def test_what_was_read_before_the_end_of_another_change_does_not_bring_its_row_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    session = desk.state.accounts.session
    assert session is not None
    change, late = session.change, asyncio.Event()

    async def held_up(write: Write, app: KnownApp, build: Build, **how: Any) -> WriteResult | HeldBack:
        result = await change(write, app, build, **how)
        if build.build_key == "harbour1":
            await late.wait()  # its record takes long to be written, and what it has read grows old
        return result

    monkeypatch.setattr(session, "change", held_up)
    results = written(desk)
    assert desk.write(Write.DELETE, row(desk, "harbour1"))
    await until(lambda: client.times("delete harbour1") == 1 and client.times("builds harbour 1") > 1)
    second = row(desk, "harbour2")
    assert desk.write(Write.DELETE, second)
    await until(lambda: [result.build for result in results] == [second])
    assert desk.rows == ["harbour3"]
    shown: list[list[str]] = []
    desk.state.page.page_changed.connect(lambda: shown.append(desk.rows))
    late.set()
    await until(lambda: len(results) == 2)
    await desk.shows("harbour3")
    assert all(rows == ["harbour3"] for rows in shown)


async def test_a_refused_change_is_reported_and_the_build_is_free_again(desk: Desk) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    results = written(desk)
    client.errors["delete"] = NotFoundError(1009, "no")
    assert desk.write(Write.DELETE, row(desk, "harbour1"))
    await until(lambda: bool(results))
    assert results[0].error is not None
    assert desk.state.situation.now().busy_keys == frozenset()
    assert "harbour1" in desk.rows


async def test_a_page_read_that_began_before_the_change_does_not_overwrite_what_was_read_after_it(desk: Desk) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    results = written(desk)
    before = client.hold("builds harbour 1")
    desk.state.page.refresh()
    await until(lambda: client.times("builds harbour 1") == 2)
    desk.write(Write.DELETE, row(desk, "harbour1"))
    await until(lambda: bool(results))
    client.builds["harbour"].append(row(desk, "harbour2"))  # only to tell the late answer by
    before.set()
    await desk.quiet()
    assert desk.rows == ["harbour3", "harbour2"]
    assert not desk.state.page.loading


async def test_a_change_that_ends_while_another_page_shows_reads_that_page_again(desk: Desk) -> None:
    client = StubClient(harbour=7)
    await started(desk, client)
    results = written(desk)
    gate = client.hold("delete harbour7")
    desk.write(Write.DELETE, row(desk, "harbour7"))
    desk.state.page.go_to_page(2)
    await desk.shows("harbour4", "harbour3", "harbour2")
    gate.set()
    await until(lambda: bool(results))
    await desk.shows("harbour3", "harbour2", "harbour1")
    assert desk.state.page.wanted_page == 2


async def test_a_change_that_ends_while_another_app_is_open_leaves_that_app_alone(desk: Desk) -> None:
    client = StubClient(harbour=3, lantern=2)
    await started(desk, client)
    results = written(desk)
    gate = client.hold("delete harbour1")
    desk.write(Write.DELETE, row(desk, "harbour1"))
    desk.state.accounts.open_app("lantern")
    await desk.shows("lantern2", "lantern1")
    gate.set()
    await until(lambda: bool(results))
    await desk.quiet()
    assert results[0].outcome is Outcome.DONE
    assert desk.rows == ["lantern2", "lantern1"]
    assert client.times("builds lantern 1") == 1
    assert desk.state.situation.now().busy_keys == frozenset()


async def test_a_change_goes_to_its_end_and_is_reported_when_the_account_was_left(desk: Desk) -> None:
    client = StubClient(harbour=3)
    await started(desk, client)
    results = written(desk)
    second = await desk.add_account("Beacon", StubClient(beacon=1))
    gate = client.hold("delete harbour1")
    desk.write(Write.DELETE, row(desk, "harbour1"))
    await until(lambda: client.times("delete harbour1") == 1)
    desk.state.accounts.switch_account(second.id)
    await desk.shows("beacon1")
    gate.set()
    await until(lambda: bool(results))
    assert results[0].outcome is Outcome.DONE
    assert desk.rows == ["beacon1"]


async def test_deleting_the_only_row_of_the_last_page_steps_back(desk: Desk) -> None:
    client = StubClient(harbour=4)
    await started(desk, client)
    desk.state.page.go_to_page(2)
    await desk.shows("harbour1")
    desk.write(Write.DELETE, row(desk, "harbour1"))
    await desk.shows("harbour4", "harbour3", "harbour2")
    assert desk.state.page.wanted_page == 1
    assert desk.state.situation.now().page_count == 1


async def test_without_an_app_nothing_is_read_or_changed(desk: Desk) -> None:
    client = StubClient(harbour=1)
    await started(desk, client)
    build = row(desk, "harbour1")
    async with opened() as empty:
        assert not empty.write(Write.DELETE, build)
        empty.state.page.go_to_page(2)
        empty.state.accounts.load_apps()
        empty.state.page.refresh()
        empty.state.accounts.add_app(KnownApp("harbour"))
        empty.state.accounts.open_app("harbour")
        assert empty.state.accounts.app is None


async def test_closing_waits_for_a_change_and_cancels_reads(desk: Desk) -> None:
    client = StubClient(harbour=7)
    await started(desk, client)
    results = written(desk)
    client.hold("builds harbour 3")
    desk.state.page.go_to_page(3)
    gate = client.hold("delete harbour7")
    desk.write(Write.DELETE, row(desk, "harbour7"))
    await until(lambda: client.times("delete harbour7") == 1)
    gate.set()
    await desk.state.aclose()
    assert len(results) == 1
    assert desk.rows == ["harbour3", "harbour2", "harbour1"], "as read after the change: page 3 is no more"


async def test_what_is_remembered_is_said_to_be_saved(desk: Desk) -> None:
    told: list[SettingsFile] = []
    desk.state.accounts.settings_changed.connect(lambda: told.append(desk.settings))
    await started(desk, StubClient(harbour=4))
    before = len(told)
    assert before
    desk.state.page.go_to_page(2)
    assert len(told) > before
    account = desk.state.accounts.account
    assert account is not None
    assert desk.book.settings(account.id).last_page == 2
