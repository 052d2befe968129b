"""What the window is about follows what the person wants, and never shows what belongs to something else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from pgyer_desktop.api.errors import HostNotFoundError, HttpStatusError, KeyRejectedError, NotFoundError
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.keystore import (
    KeyStoreConfigurationError,
    KeyStoreError,
    KeyStoreLockedError,
    KeyStoreMissingError,
    KeyStoreRefusedError,
    keyring_name,
)
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.state.teller import Topic
from tests.helpers.waiting import until
from tests.ui.rig import Rig, SlowStore, opened
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
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


async def started(rig: Rig, client: StubClient, name: str = "Acme") -> None:
    """An account is there, and the program has started on it."""
    await rig.add_account(name, client)
    client.asked.clear()
    rig.state.accounts.start()
    await until(lambda: rig.state.accounts.session is not None)
    await rig.quiet()


def row(rig: Rig, key: str) -> Build:
    view = rig.state.page.view
    assert view is not None
    found = view.build(key)
    assert found is not None
    return found


def written(rig: Rig) -> list[WriteResult]:
    results: list[WriteResult] = []
    rig.state.changes.finished.connect(results.append)
    return results


# Start


async def test_without_an_account_it_welcomes(rig: Rig) -> None:
    rig.state.accounts.start()
    assert rig.state.page.scene is Scene.WELCOME
    assert rig.state.accounts.account is None
    assert rig.state.accounts.apps == rig.state.accounts.recent_apps == ()
    assert not rig.state.situation.now().has_account


async def test_a_new_account_shows_its_first_app_at_page_1(rig: Rig) -> None:
    await started(rig, StubClient(harbour=7, lantern=4))
    await rig.shows("harbour7", "harbour6", "harbour5")
    assert rig.state.page.scene is Scene.BUILDS
    assert [app.app_key for app in rig.state.accounts.apps] == ["harbour", "lantern"]
    situation = rig.state.situation.now()
    assert (situation.page, situation.page_count, situation.latest_keys) == (1, 3, frozenset({"harbour7"}))


async def test_a_later_start_comes_back_to_the_last_app_and_page_without_waiting_for_the_list(rig: Rig) -> None:
    client = StubClient(harbour=7, lantern=7)
    await started(rig, client)
    rig.state.accounts.open_app("lantern")
    await rig.shows("lantern7", "lantern6", "lantern5")
    rig.state.page.go_to_page(2)
    await rig.shows("lantern4", "lantern3", "lantern2")

    async with opened(rig.keys, rig.settings) as again:
        again.clients = rig.clients
        client.hold("apps 1")
        again.state.accounts.start()
        await again.shows("lantern4", "lantern3", "lantern2")
        assert again.state.page.wanted_page == 2
        assert [app.app_key for app in again.state.accounts.apps] == ["lantern", "harbour"]
        assert again.state.accounts.apps_loading


async def test_the_command_line_names_the_app_even_one_that_is_not_listed(rig: Rig) -> None:
    client = StubClient(harbour=7, hidden=1)
    client.listed.remove("hidden")
    await rig.add_account("Acme", client)
    rig.state.accounts.start(app_key="hidden")
    await rig.shows("hidden1")
    app = rig.state.accounts.app
    assert app is not None
    assert (app.name, app.identifier) == ("Hidden", "com.acme.hidden")
    await rig.quiet()
    assert rig.rows == ["hidden1"]


async def test_the_app_of_the_command_line_survives_a_keyring_that_was_locked_first(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        client = StubClient(harbour=7, lantern=1)
        await rig.add_account("Acme", client)
        keys.error = KeyStoreLockedError("locked")
        rig.state.accounts.start(app_key="lantern")
        await until(lambda: rig.state.page.scene is Scene.NO_KEY)
        keys.error = None
        rig.state.page.refresh()
        await rig.shows("lantern1")


async def test_an_app_without_any_name_is_called_by_its_key() -> None:
    assert app_title(KnownApp("k")) == "k"
    assert app_title(KnownApp("k", "", "com.acme")) == "com.acme"
    assert app_title(KnownApp("k", "Harbour", "com.acme")) == "Harbour"


# Accounts and keys


async def test_a_keyring_that_fails_says_so_and_can_be_tried_again(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        await rig.add_account("Acme", StubClient(harbour=1))
        keys.error = KeyStoreLockedError("locked")
        rig.state.accounts.start()
        await until(lambda: rig.state.page.scene is Scene.NO_KEY)
        assert "locked" in rig.said[Topic.KEY]
        assert not rig.state.situation.now().has_account
        keys.error = None
        rig.state.page.refresh()
        await rig.shows("harbour1")
        assert rig.said == {}


async def test_an_account_whose_key_is_nowhere_says_so_without_a_notice(rig: Rig) -> None:
    account = await rig.add_account("Acme", StubClient(harbour=1))
    await rig.keys.remove(account.id)
    rig.state.accounts.start()
    await until(lambda: rig.state.page.scene is Scene.NO_KEY)
    assert rig.said == {}
    assert rig.state.accounts.session is None


async def test_a_slow_keyring_shows_that_the_account_is_being_opened(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        await rig.add_account("Acme", StubClient(harbour=1))
        keys.answers.clear()
        rig.state.accounts.start()
        await until(lambda: keys.waiting == 1)
        assert rig.state.page.scene is Scene.OPENING
        keys.answers.set()
        await rig.shows("harbour1")


async def on_page_2(rig: Rig, client: StubClient) -> None:
    """The program was left on the second page of the app."""
    await started(rig, client)
    rig.state.page.go_to_page(2)
    await rig.shows("harbour4", "harbour3", "harbour2")
    await until(lambda: not rig.state.tasks.is_running("keep harbour 2"))


def is_kept(rig: Rig) -> bool:
    view = rig.state.page.view
    assert view is not None
    return view.stored


async def test_what_was_read_last_shows_before_the_keyring_has_answered(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        client = StubClient(harbour=7)
        await on_page_2(rig, client)
        client.asked.clear()
        keys.answers.clear()
        async with opened(keys, rig.settings, rig.history) as again:
            again.clients = rig.clients
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


KEYRING = keyring_name(first=True).source
"""As the system calls it where the tests run."""
NO_KEYS: dict[str, tuple[KeyStoreError | None, str]] = {
    "no keyring": (KeyStoreMissingError("none"), f"{KEYRING} is missing on this computer"),
    "a locked one": (KeyStoreLockedError("locked"), f"{KEYRING} is locked."),
    "a broken one": (KeyStoreRefusedError("it failed"), f"{KEYRING} did not do what it was asked"),
    "an impossible one": (
        KeyStoreConfigurationError("here", ""),
        "here, which says where keys",
    ),
    "one without the key": (None, "The key of Acme is not here."),
}


@pytest.mark.parametrize(("error", "words"), NO_KEYS.values(), ids=NO_KEYS.keys())
async def test_what_was_read_last_stays_where_the_key_cannot_be_had_and_nothing_can_be_changed(
    qapp: QApplication, error: KeyStoreError | None, words: str
) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        client = StubClient(harbour=7)
        await on_page_2(rig, client)
        (account,) = rig.book.accounts
        key = await keys.get(account.id)
        assert key is not None
        if error is None:
            await keys.remove(account.id)
        keys.error = error
        client.asked.clear()
        async with opened(keys, rig.settings, rig.history) as again:
            again.clients = rig.clients
            state = again.state
            state.accounts.start()
            await until(lambda: Topic.KEY in again.said)
            assert again.said[Topic.KEY].startswith(words)
            assert again.said[Topic.KEY].endswith("What was read earlier shows, and nothing can be changed.")
            assert again.rows == ["harbour4", "harbour3", "harbour2"]
            assert is_kept(again)
            assert (state.page.scene, state.accounts.session) == (Scene.BUILDS, None)
            state.situation.select((row(again, "harbour3"),))
            for action in (Action.SET_LATEST, Action.DELETE, Action.CLEAN_UP, Action.SWITCH_APP):
                why = why_not(action, state.situation.now())
                assert why is not None
                assert "The key of this account is not here" in say(why), action
            assert not again.write(Write.DELETE, row(again, "harbour3"))
            assert client.asked == []
            assert why_not(Action.REFRESH, state.situation.now()) is None
            keys.error = None
            await keys.put(account.id, key)
            state.page.refresh()
            await again.shows("harbour4", "harbour3", "harbour2")
            await again.quiet()
            assert not is_kept(again)
            assert Topic.KEY not in again.said
            state.situation.select((row(again, "harbour3"),))
            assert why_not(Action.DELETE, state.situation.now()) is None


async def test_what_was_read_last_of_one_account_never_shows_with_another(qapp: QApplication) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        await on_page_2(rig, StubClient(harbour=7))
        second = await rig.add_account("Beacon", StubClient(beacon=2))
        keys.answers.clear()
        async with opened(keys, rig.settings, rig.history) as again:
            again.clients = rig.clients
            again.state.accounts.start()
            await until(lambda: again.rows != [])
            seen: list[list[str]] = []
            again.state.page.page_changed.connect(lambda: seen.append(again.rows))
            again.state.accounts.switch_account(second.id)
            keys.answers.set()
            await again.shows("beacon2", "beacon1")
            await again.quiet()
            assert all(rows in ([], ["beacon2", "beacon1"]) for rows in seen)


async def test_what_was_read_last_is_that_of_the_app_of_the_command_line(rig: Rig) -> None:
    client = StubClient(harbour=7, lantern=2)
    await on_page_2(rig, client)
    rig.state.accounts.open_app("lantern")
    await rig.shows("lantern2", "lantern1")
    await until(lambda: not rig.state.tasks.is_running("keep lantern 1"))
    async with opened(rig.keys, rig.settings, rig.history) as again:
        again.clients = rig.clients
        shown: list[list[str]] = []
        again.state.page.page_changed.connect(lambda: shown.append(again.rows))
        again.state.accounts.start(app_key="harbour")
        await again.shows("harbour7", "harbour6", "harbour5")
        assert ["lantern2", "lantern1"] not in shown


async def test_switching_the_account_while_a_page_is_on_its_way_never_shows_the_others_rows(rig: Rig) -> None:
    acme, other = StubClient(harbour=7), StubClient(beacon=2)
    await started(rig, acme)
    second = await rig.add_account("Beacon", other)
    shown: list[list[str]] = []
    rig.state.page.page_changed.connect(lambda: shown.append(rig.rows))
    gate = acme.hold("builds harbour 3")
    rig.state.page.go_to_page(3)
    await until(lambda: acme.times("builds harbour 3") == 1)
    rig.state.accounts.switch_account(second.id)
    assert rig.rows == []
    gate.set()
    await rig.shows("beacon2", "beacon1")
    await rig.quiet()
    assert all(key.startswith("beacon") for keys in shown for key in keys)
    assert rig.state.page.wanted_page == 1


async def test_switching_while_the_first_account_is_still_being_opened_opens_only_the_second(
    qapp: QApplication,
) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        acme = StubClient(harbour=1)
        await rig.add_account("Acme", acme)
        second = await rig.add_account("Beacon", StubClient(beacon=1))
        acme.asked.clear()
        keys.answers.clear()
        rig.state.accounts.start()
        await until(lambda: keys.waiting == 1)
        rig.state.accounts.switch_account(second.id)
        await until(lambda: keys.waiting == 1)
        keys.answers.set()
        await rig.shows("beacon1")
        assert acme.asked == []


async def test_an_unknown_account_changes_nothing(rig: Rig) -> None:
    await started(rig, StubClient(harbour=1))
    rig.state.accounts.switch_account("nobody")
    assert rig.rows == ["harbour1"]


async def test_notices_of_the_account_that_was_left_are_settled_but_those_of_the_settings_stay(rig: Rig) -> None:
    acme = StubClient(harbour=7)
    await started(rig, acme)
    acme.errors["builds"] = GATEWAY
    rig.state.page.refresh()
    await until(lambda: Topic.BUILDS in rig.said)
    rig.said[Topic.SETTINGS] = "about the settings"
    second = await rig.add_account("Beacon", StubClient(beacon=1))
    rig.state.accounts.switch_account(second.id)
    await rig.shows("beacon1")
    assert set(rig.said) == {Topic.SETTINGS}


async def test_the_removed_account_gives_way_to_another_and_the_last_one_to_the_welcome_page(rig: Rig) -> None:
    await started(rig, StubClient(harbour=1))
    first = rig.state.accounts.account
    assert first is not None
    second = await rig.add_account("Beacon", StubClient(beacon=1))
    await rig.book.remove(first.id)
    rig.state.accounts.account_removed()
    await rig.shows("beacon1")
    await rig.book.remove(second.id)
    rig.state.accounts.account_removed()
    assert rig.state.page.scene is Scene.WELCOME
    assert rig.rows == []
    assert rig.state.accounts.account is None
    assert rig.state.accounts.app is None
    assert rig.state.accounts.session is None


# Apps


async def test_switching_the_app_while_a_page_is_on_its_way_never_shows_the_others_rows(rig: Rig) -> None:
    client = StubClient(harbour=7, lantern=2)
    await started(rig, client)
    shown: list[list[str]] = []
    gate = client.hold("builds harbour 3")
    rig.state.page.go_to_page(3)
    await until(lambda: client.times("builds harbour 3") == 1)
    rig.state.page.page_changed.connect(lambda: shown.append(rig.rows))
    rig.state.accounts.open_app("lantern")
    assert rig.rows == []
    gate.set()
    await rig.shows("lantern2", "lantern1")
    assert shown == [[], ["lantern2", "lantern1"]]


async def test_the_app_that_was_opened_last_comes_first_among_the_recent(rig: Rig) -> None:
    await started(rig, StubClient(harbour=1, lantern=1, beacon=1))
    for app in ("lantern", "beacon", "lantern"):
        rig.state.accounts.open_app(app)
        await rig.shows(f"{app}1")
    assert [app.app_key for app in rig.state.accounts.recent_apps] == ["lantern", "beacon", "harbour"]
    assert [app.app_key for app in rig.state.accounts.apps] == ["harbour", "lantern", "beacon"]


async def test_an_app_that_cannot_be_read_is_not_among_the_recent(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(rig, client)
    client.errors["builds lantern 1"] = GATEWAY
    rig.state.accounts.open_app("lantern")
    await until(lambda: rig.state.page.scene is Scene.BUILDS_UNKNOWN)
    assert [app.app_key for app in rig.state.accounts.recent_apps] == ["harbour"]


async def test_an_account_without_apps_says_so(rig: Rig) -> None:
    client = StubClient()
    await started(rig, client)
    assert rig.state.page.scene is Scene.NO_APPS
    assert not rig.state.accounts.apps_loading
    client.builds["harbour"] = []
    client.listed.append("harbour")
    rig.state.page.refresh()
    await until(lambda: rig.state.page.scene is Scene.NO_BUILDS)


async def test_a_list_of_apps_that_fails_with_none_open_leaves_a_page_with_a_way_on(rig: Rig) -> None:
    client = StubClient(harbour=1)
    await rig.add_account("Acme", client)
    client.errors["apps"] = HostNotFoundError("pgyer.test")
    rig.state.accounts.start()
    await until(lambda: rig.state.page.scene is Scene.APPS_UNKNOWN)
    assert rig.said[Topic.APPS].startswith("The list of apps could not be read. ")
    assert rig.state.accounts.apps_partial
    rig.state.accounts.add_app(KnownApp("harbour"))
    await rig.shows("harbour1")
    del client.errors["apps"]
    rig.state.accounts.load_apps()
    await until(lambda: Topic.APPS not in rig.said)
    assert not rig.state.accounts.apps_partial


async def test_a_list_of_apps_that_fails_leaves_the_recent_ones(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(rig, client)
    async with opened(rig.keys, rig.settings) as again:
        again.clients = rig.clients
        client.errors["apps"] = GATEWAY
        again.state.accounts.start()
        await again.shows("harbour1")
        await until(lambda: Topic.APPS in again.said)
        assert [app.app_key for app in again.state.accounts.apps] == ["harbour"]
        assert again.state.page.scene is Scene.BUILDS


async def test_the_first_app_opens_before_the_list_is_read_to_its_end(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await rig.add_account("Acme", client)
    gate = client.hold("apps 3")
    rig.state.accounts.start()
    await rig.shows("harbour1")
    await until(lambda: client.times("apps 3") == 1)
    assert [app.app_key for app in rig.state.accounts.apps] == ["harbour", "lantern"]
    assert rig.state.accounts.apps_loading
    gate.set()
    await until(lambda: not rig.state.accounts.apps_loading)
    assert len(rig.state.accounts.apps) == 3


async def test_reading_the_apps_again_keeps_the_whole_list_however_often_it_fails_in_the_middle(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await started(rig, client)
    lengths: list[int] = []
    rig.state.accounts.apps_changed.connect(lambda: lengths.append(len(rig.state.accounts.apps)))
    client.errors["apps 2"] = GATEWAY
    for _ in range(3):
        rig.said.clear()
        rig.state.accounts.load_apps()
        await until(lambda: Topic.APPS in rig.said)
        assert "to its end" in rig.said[Topic.APPS]
        assert rig.state.accounts.apps_partial
    client.errors.clear()
    rig.state.accounts.load_apps()
    await until(lambda: not rig.state.accounts.apps_partial and not rig.state.accounts.apps_loading)
    assert set(lengths) == {3}
    assert rig.said == {}


async def test_a_list_that_was_never_whole_grows_when_it_is_read_again(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    await rig.add_account("Acme", client)
    client.errors["apps 2"] = GATEWAY
    rig.state.accounts.start()
    await until(lambda: Topic.APPS in rig.said)
    assert len(rig.state.accounts.apps) == 1
    client.errors = {"apps 3": GATEWAY}
    rig.state.accounts.load_apps()
    await until(lambda: not rig.state.accounts.apps_loading)
    assert len(rig.state.accounts.apps) == 2


async def test_an_app_that_is_gone_from_the_list_goes_when_the_whole_list_has_been_read(rig: Rig) -> None:
    client = StubClient(harbour=1, lantern=1)
    await started(rig, client)
    client.listed.remove("lantern")
    rig.state.accounts.load_apps()
    await until(lambda: not rig.state.accounts.apps_loading)
    assert [app.app_key for app in rig.state.accounts.apps] == ["harbour"]


async def test_an_app_added_by_its_key_stays_and_one_that_is_listed_is_not_added_twice(rig: Rig) -> None:
    client = StubClient(harbour=1, hidden=1)
    client.listed.remove("hidden")
    await started(rig, client)
    rig.state.accounts.add_app(KnownApp("hidden", "Hidden"))
    await rig.shows("hidden1")
    rig.state.accounts.add_app(KnownApp("harbour", "Harbour"))
    await rig.shows("harbour1")
    account = rig.state.accounts.account
    assert account is not None
    assert [app.app_key for app in rig.book.settings(account.id).added] == ["hidden"]
    assert [app.app_key for app in rig.state.accounts.apps] == ["harbour", "hidden"]


async def test_an_app_that_nobody_knows_cannot_be_opened(rig: Rig) -> None:
    await started(rig, StubClient(harbour=1))
    rig.state.accounts.open_app("nothing")
    assert rig.rows == ["harbour1"]


# Pages


@pytest.mark.parametrize("left_for", ["another app", "another account"])
async def test_rows_read_from_disk_too_late_do_not_show_under_something_else(
    qapp: QApplication, left_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = SlowStore()
    async with opened(keys) as rig:
        client = StubClient(harbour=3, lantern=1)
        await started(rig, client)
        rig.state.accounts.open_app("lantern")
        await rig.shows("lantern1")
        second = await rig.add_account("Beacon", StubClient(beacon=1))
        page, late, reading = AppHistory.page, asyncio.Event(), list[int]()

        async def slow(history: AppHistory, number: int) -> PageView | None:
            reading.append(number)
            view = await page(history, number)
            await late.wait()
            return view

        monkeypatch.setattr(AppHistory, "page", slow)
        client.hold("builds harbour 1")
        client.hold("builds lantern 1")
        rig.state.accounts.open_app("harbour")
        await until(lambda: reading == [1])
        keys.answers.clear()  # the second account does not show anything yet
        if left_for == "another app":
            rig.state.accounts.open_app("lantern")
        else:
            rig.state.accounts.switch_account(second.id)
        shown: list[str] = []
        rig.state.page.page_changed.connect(lambda: shown.extend(rig.rows))
        late.set()
        await asyncio.sleep(0.05)
        keys.answers.set()
        assert not [key for key in shown if key.startswith("harbour")]


async def test_of_page_requests_in_quick_succession_the_last_one_wins(rig: Rig) -> None:
    client = StubClient(harbour=12)
    await started(rig, client)
    rig.state.accounts.session.builds.forget_ahead()  # type: ignore[union-attr]  # started
    second, third = client.hold("builds harbour 2"), client.hold("builds harbour 3")
    rig.state.page.go_to_page(2)
    await until(lambda: client.times("builds harbour 2") == 2)  # once read ahead
    rig.state.page.go_to_page(3)
    rig.state.page.go_to_page(4)
    second.set()
    third.set()
    await rig.shows("harbour3", "harbour2", "harbour1")
    await rig.quiet()
    assert rig.rows == ["harbour3", "harbour2", "harbour1"]
    assert rig.state.page.wanted_page == 4


async def test_what_is_on_screen_stays_until_the_next_page_is_there(rig: Rig) -> None:
    client = StubClient(harbour=12)
    await started(rig, client)
    gate = client.hold("builds harbour 4")
    rig.state.page.go_to_page(4)
    await until(lambda: client.times("builds harbour 4") == 1)
    assert rig.state.page.loading
    assert rig.state.page.wanted_page == 4
    assert rig.rows == ["harbour12", "harbour11", "harbour10"]
    gate.set()
    await rig.shows("harbour3", "harbour2", "harbour1")


async def test_a_page_read_ahead_shows_at_once_and_is_not_asked_for_again(rig: Rig) -> None:
    client = StubClient(harbour=12)
    await started(rig, client)
    assert client.times("builds harbour 2") == 1
    rig.state.page.go_to_page(2)
    assert rig.rows == ["harbour9", "harbour8", "harbour7"]
    assert not rig.state.page.loading
    await until(lambda: client.times("builds harbour 3") == 1)
    assert client.times("builds harbour 2") == 1


async def test_a_page_that_was_read_ahead_replaces_one_that_is_on_its_way(rig: Rig) -> None:
    client = StubClient(harbour=12)
    await started(rig, client)
    gate = client.hold("builds harbour 4")
    rig.state.page.go_to_page(4)
    await until(lambda: client.times("builds harbour 4") == 1)
    rig.state.page.go_to_page(2)
    gate.set()
    await rig.shows("harbour9", "harbour8", "harbour7")
    await rig.quiet()
    assert rig.state.page.wanted_page == 2
    assert rig.rows == ["harbour9", "harbour8", "harbour7"]


async def test_reading_ahead_that_fails_is_nobodys_business(rig: Rig) -> None:
    client = StubClient(harbour=7)
    client.errors["builds harbour 2"] = GATEWAY
    await started(rig, client)
    await rig.shows("harbour7", "harbour6", "harbour5")
    assert rig.said == {}


async def test_a_page_that_fails_leaves_the_rows_and_their_page(rig: Rig) -> None:
    client = StubClient(harbour=12)
    await started(rig, client)
    client.errors["builds harbour 3"] = GATEWAY
    rig.state.page.go_to_page(3)
    await until(lambda: Topic.BUILDS in rig.said)
    assert rig.rows == ["harbour12", "harbour11", "harbour10"]
    assert rig.state.page.wanted_page == 1
    assert rig.state.situation.now().page == 1
    assert not rig.state.page.loading
    assert "Harbour" in rig.said[Topic.BUILDS]
    assert "502" in rig.said[Topic.BUILDS]
    rig.state.page.refresh()
    await until(lambda: Topic.BUILDS not in rig.said)


async def test_an_app_whose_first_page_fails_says_so_and_can_be_read_again(rig: Rig) -> None:
    client = StubClient(harbour=1)
    client.errors["builds"] = NotFoundError(1009, "app not found")
    await started(rig, client)
    await until(lambda: rig.state.page.scene is Scene.BUILDS_UNKNOWN)
    assert "1009" in rig.said[Topic.BUILDS]
    client.errors.clear()
    rig.state.page.refresh()
    await rig.shows("harbour1")
    assert rig.state.page.scene is Scene.BUILDS
    assert rig.said == {}


async def test_an_app_without_builds_says_so(rig: Rig) -> None:
    client = StubClient(harbour=0)
    await started(rig, client)
    assert rig.state.page.scene is Scene.NO_BUILDS
    assert rig.state.page.view is not None


async def test_a_rejected_key_is_told_in_words(rig: Rig) -> None:
    client = StubClient(harbour=1)
    await started(rig, client)
    client.errors["builds"] = KeyRejectedError(1055, "reset")
    rig.state.page.refresh()
    await until(lambda: Topic.BUILDS in rig.said)
    assert "1055" in rig.said[Topic.BUILDS]
    assert rig.rows == ["harbour1"]


async def test_latest_that_cannot_be_found_out_is_a_notice_over_rows_that_show(rig: Rig) -> None:
    client = StubClient(harbour=2)
    client.flagged = False
    client.errors["check"] = GATEWAY
    await started(rig, client)
    await rig.shows("harbour2", "harbour1")
    assert rig.said[Topic.LATEST].startswith("It could not be found out which build is the latest.")
    assert not rig.state.situation.now().latest_known
    client.errors.clear()
    rig.state.page.refresh()
    await until(lambda: not rig.said)
    assert rig.state.situation.now().latest_keys == {"harbour2"}


async def test_the_selection_follows_rows_that_are_read_again_and_ends_with_those_that_are_gone(rig: Rig) -> None:
    client = StubClient(harbour=2)
    await started(rig, client)
    rig.state.situation.select((row(rig, "harbour1"),))
    client.latest["harbour"] = {"harbour1"}
    rig.state.page.refresh()
    await until(lambda: rig.state.situation.now().latest_keys == {"harbour1"})
    assert rig.state.situation.now().selection[0].latest is True
    await client.delete_build("harbour1")
    rig.state.page.refresh()
    await rig.shows("harbour2")
    assert rig.state.situation.now().selection == ()


# Changes


async def test_a_build_with_a_change_under_way_is_busy_and_a_second_change_of_it_is_not_sent(rig: Rig) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    results = written(rig)
    gate = client.hold("set harbour1")
    build = row(rig, "harbour1")
    assert rig.write(Write.SET_LATEST, build)
    assert rig.state.situation.now().busy_keys == {"harbour1"}
    assert not rig.write(Write.SET_LATEST, build)
    assert not rig.write(Write.DELETE, build)
    gate.set()
    await until(lambda: bool(results))
    assert [r.outcome for r in results] == [Outcome.DONE]
    assert client.times("set harbour1") == 1
    assert client.times("delete harbour1") == 0
    assert rig.state.situation.now().busy_keys == frozenset()
    assert rig.state.situation.now().latest_keys == {"harbour1"}


async def test_what_was_being_read_ahead_when_a_change_began_is_not_shown(rig: Rig) -> None:
    client = StubClient(harbour=7)
    ahead = client.hold("builds harbour 2")
    await rig.add_account("Acme", client)
    rig.state.accounts.start()
    await until(lambda: client.times("builds harbour 2") == 1)
    change = client.hold("delete harbour7")
    assert rig.write(Write.DELETE, row(rig, "harbour7"))
    await until(lambda: client.times("delete harbour7") == 1)
    ahead.set()
    await asyncio.sleep(0.01)
    rig.state.page.go_to_page(2)
    asked_again = client.times("builds harbour 2") == 2 or rig.state.page.loading
    change.set()
    assert asked_again, "what is there is from before the change"


async def test_changes_of_two_builds_run_beside_each_other(rig: Rig) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    results = written(rig)
    gates = [client.hold("delete harbour1"), client.hold("delete harbour2")]
    assert rig.write(Write.DELETE, row(rig, "harbour1"))
    assert rig.write(Write.DELETE, row(rig, "harbour2"))
    assert rig.state.situation.now().busy_keys == {"harbour1", "harbour2"}
    for gate in gates:
        gate.set()
    await until(lambda: len(results) == 2)
    await rig.shows("harbour3")


async def test_what_was_read_before_the_end_of_another_change_does_not_bring_its_row_back(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    session = rig.state.accounts.session
    assert session is not None
    change, late = session.change, asyncio.Event()

    async def held_up(write: Write, app: KnownApp, build: Build, **how: Any) -> WriteResult | HeldBack:
        result = await change(write, app, build, **how)
        if build.build_key == "harbour1":
            await late.wait()  # its record takes long to be written, and what it has read grows old
        return result

    monkeypatch.setattr(session, "change", held_up)
    results = written(rig)
    assert rig.write(Write.DELETE, row(rig, "harbour1"))
    await until(lambda: client.times("delete harbour1") == 1 and client.times("builds harbour 1") > 1)
    second = row(rig, "harbour2")
    assert rig.write(Write.DELETE, second)
    await until(lambda: [result.build for result in results] == [second])
    assert rig.rows == ["harbour3"]
    shown: list[list[str]] = []
    rig.state.page.page_changed.connect(lambda: shown.append(rig.rows))
    late.set()
    await until(lambda: len(results) == 2)
    await rig.shows("harbour3")
    assert all(rows == ["harbour3"] for rows in shown)


async def test_a_refused_change_is_reported_and_the_build_is_free_again(rig: Rig) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    results = written(rig)
    client.errors["delete"] = NotFoundError(1009, "no")
    assert rig.write(Write.DELETE, row(rig, "harbour1"))
    await until(lambda: bool(results))
    assert results[0].error is not None
    assert rig.state.situation.now().busy_keys == frozenset()
    assert "harbour1" in rig.rows


async def test_a_page_read_that_began_before_the_change_does_not_overwrite_what_was_read_after_it(rig: Rig) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    results = written(rig)
    before = client.hold("builds harbour 1")
    rig.state.page.refresh()
    await until(lambda: client.times("builds harbour 1") == 2)
    rig.write(Write.DELETE, row(rig, "harbour1"))
    await until(lambda: bool(results))
    client.builds["harbour"].append(row(rig, "harbour2"))  # only to tell the late answer by
    before.set()
    await rig.quiet()
    assert rig.rows == ["harbour3", "harbour2"]
    assert not rig.state.page.loading


async def test_a_change_that_ends_while_another_page_shows_reads_that_page_again(rig: Rig) -> None:
    client = StubClient(harbour=7)
    await started(rig, client)
    results = written(rig)
    gate = client.hold("delete harbour7")
    rig.write(Write.DELETE, row(rig, "harbour7"))
    rig.state.page.go_to_page(2)
    await rig.shows("harbour4", "harbour3", "harbour2")
    gate.set()
    await until(lambda: bool(results))
    await rig.shows("harbour3", "harbour2", "harbour1")
    assert rig.state.page.wanted_page == 2


async def test_a_change_that_ends_while_another_app_is_open_leaves_that_app_alone(rig: Rig) -> None:
    client = StubClient(harbour=3, lantern=2)
    await started(rig, client)
    results = written(rig)
    gate = client.hold("delete harbour1")
    rig.write(Write.DELETE, row(rig, "harbour1"))
    rig.state.accounts.open_app("lantern")
    await rig.shows("lantern2", "lantern1")
    assert rig.state.situation.now().busy_keys == frozenset(), "nothing is changed here"
    assert [build.build_key for build in rig.state.changes.under_way] == ["harbour1"]
    gate.set()
    await until(lambda: bool(results))
    await rig.quiet()
    assert results[0].outcome is Outcome.DONE
    assert rig.rows == ["lantern2", "lantern1"]
    assert client.times("builds lantern 1") == 1
    assert rig.state.situation.now().busy_keys == frozenset()


async def test_a_change_goes_to_its_end_and_is_reported_when_the_account_was_left(rig: Rig) -> None:
    client = StubClient(harbour=3)
    await started(rig, client)
    results = written(rig)
    second = await rig.add_account("Beacon", StubClient(beacon=1))
    gate = client.hold("delete harbour1")
    rig.write(Write.DELETE, row(rig, "harbour1"))
    await until(lambda: client.times("delete harbour1") == 1)
    rig.state.accounts.switch_account(second.id)
    await rig.shows("beacon1")
    gate.set()
    await until(lambda: bool(results))
    assert results[0].outcome is Outcome.DONE
    assert rig.rows == ["beacon1"]


async def test_deleting_the_only_row_of_the_last_page_steps_back(rig: Rig) -> None:
    client = StubClient(harbour=4)
    await started(rig, client)
    rig.state.page.go_to_page(2)
    await rig.shows("harbour1")
    rig.write(Write.DELETE, row(rig, "harbour1"))
    await rig.shows("harbour4", "harbour3", "harbour2")
    assert rig.state.page.wanted_page == 1
    assert rig.state.situation.now().page_count == 1


async def test_without_an_app_nothing_is_read_or_changed(rig: Rig) -> None:
    client = StubClient(harbour=1)
    await started(rig, client)
    build = row(rig, "harbour1")
    async with opened() as empty:
        assert not empty.write(Write.DELETE, build)
        empty.state.page.go_to_page(2)
        empty.state.accounts.load_apps()
        empty.state.page.refresh()
        empty.state.accounts.add_app(KnownApp("harbour"))
        empty.state.accounts.open_app("harbour")
        assert empty.state.accounts.app is None


async def test_closing_waits_for_a_change_and_cancels_reads(rig: Rig) -> None:
    client = StubClient(harbour=7)
    await started(rig, client)
    results = written(rig)
    client.hold("builds harbour 3")
    rig.state.page.go_to_page(3)
    gate = client.hold("delete harbour7")
    rig.write(Write.DELETE, row(rig, "harbour7"))
    await until(lambda: client.times("delete harbour7") == 1)
    gate.set()
    await rig.state.aclose()
    assert len(results) == 1
    assert rig.rows == ["harbour3", "harbour2", "harbour1"], "as read after the change: page 3 is no more"


async def test_what_is_remembered_is_said_to_be_saved(rig: Rig) -> None:
    told: list[SettingsFile] = []
    rig.state.unsaved.noted.connect(lambda: told.append(rig.settings))
    await started(rig, StubClient(harbour=4))
    before = len(told)
    assert before
    rig.state.page.go_to_page(2)
    assert len(told) > before
    account = rig.state.accounts.account
    assert account is not None
    assert rig.book.settings(account.id).last_page == 2
