"""A person is led through accounts and changes: asked first, told afterwards, and free to leave in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTreeWidget,
    QWidget,
)
from shiboken6 import Shiboken

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.accounts.accounts import KeyPlace
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.keystore import KeyStoreLockedError, KeyStoreMissingError, keyring_name
from pgyer_desktop.ui.accounts.account_band import AccountBand
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.widgets.pickers.button import PickerButton
from tests.helpers.waiting import until
from tests.ui.rig import Rig, SlowStore, content_of, opened, windowed
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pgyer_desktop.ui.changes.question import Question
    from tests.e2e.person import Person

KEY = "a1b2c3d4" * 4
OTHER = "f0e1d2c3" * 4


class Answers:
    """Answers questions as it is told to, and keeps them."""

    def __init__(self, *, yes: bool = True) -> None:
        self.yes = yes
        self.asked: list[Question] = []

    async def __call__(self, question: Question) -> bool:
        self.asked.append(question)
        return self.yes


@pytest.fixture
def keys() -> SlowStore:
    return SlowStore()


@pytest.fixture
async def rig(qapp: QApplication, keys: SlowStore) -> AsyncIterator[Rig]:
    async with opened(keys) as rig:
        yield rig


def words(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


async def fill_in(person: Person, *, name: str = "Acme", key: str = KEY) -> QDialog:
    """Enter a name and a key into the open dialog and save."""
    dialog = await person.dialog("accountDialog")
    if person.find(QLineEdit, "accountNameEdit", dialog).isVisible():
        person.type_into("accountNameEdit", name, dialog)
    person.type_into("apiKeyEdit", key, dialog)
    person.click("accountSaveButton", dialog)
    return dialog


async def open_window(rig: Rig, person: Person, client: StubClient) -> None:
    """One account, its first app open."""
    await rig.add_account("Acme", client)
    client.asked.clear()
    rig.state.accounts.start()
    await until(lambda: bool(rig.rows))
    await rig.quiet()


# Accounts


async def test_connecting_adds_the_account_and_shows_its_first_app(rig: Rig, tmp_path: Path) -> None:
    rig.accept(KEY, StubClient(harbour=2))
    async with windowed(rig, tmp_path) as (_window, person, _):
        told: list[str] = []
        rig.state.teller.succeeded.connect(told.append)
        rig.state.accounts.start()
        person.click("connectAccountButton")
        await fill_in(person)
        await rig.shows("harbour2", "harbour1")
        await person.gone("accountDialog")
        (account,) = rig.book.accounts
        assert (account.name, account.place) == ("Acme", KeyPlace.KEYRING)
        assert told == ["Acme is connected."]
        assert not person.sees("welcomePage")


async def test_a_wrong_key_is_told_in_the_dialog_and_nothing_is_kept(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        person.click("connectAccountButton")
        dialog = await fill_in(person, key=OTHER)
        await until(lambda: "Pgyer refused this key (1002)" in words(dialog))
        assert "could not be checked" not in words(dialog)
        assert dialog.isVisible()
        assert not rig.book.accounts
        dialog.reject()
        await person.gone("accountDialog")


@pytest.mark.parametrize("error", [KeyStoreMissingError("none"), KeyStoreLockedError("locked")])
async def test_without_a_usable_keyring_the_key_can_be_kept_for_this_session_only(
    rig: Rig, keys: SlowStore, tmp_path: Path, error: Exception
) -> None:
    rig.accept(KEY, StubClient(harbour=1))
    keys.error = error
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        person.click("connectAccountButton")
        dialog = await fill_in(person)
        offer = person.find(QAbstractButton, "accountSessionButton", dialog)
        await until(offer.isVisible)
        assert keyring_name(first=True).source in words(dialog)
        assert not rig.book.accounts
        offer.click()
        await rig.shows("harbour1")
        assert rig.book.accounts[0].place is KeyPlace.SESSION


async def test_a_dialog_left_while_the_key_is_checked_connects_nothing(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    rig.accept(KEY, client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        gate = client.hold("apps 1")
        person.click("connectAccountButton")
        dialog = await fill_in(person)
        await until(lambda: client.times("apps 1") == 1)
        dialog.reject()
        await person.gone("accountDialog")
        gate.set()
        await asyncio.sleep(0.05)
        assert not rig.book.accounts
        assert person.sees("welcomePage")


async def test_a_dialog_left_while_the_keyring_asks_still_connects_once_the_key_is_kept(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    rig.accept(KEY, StubClient(harbour=1))
    keys.answers.clear()
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        person.click("connectAccountButton")
        dialog = await fill_in(person)
        await until(lambda: keys.waiting == 1)
        dialog.reject()
        await person.gone("accountDialog")
        await asyncio.sleep(0.05)  # it is deleted by now
        keys.answers.set()
        await rig.shows("harbour1")


async def test_a_keyring_that_fails_after_its_dialog_was_left_says_no_more(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    rig.accept(KEY, StubClient(harbour=1))
    keys.answers.clear()
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        person.click("connectAccountButton")
        dialog = await fill_in(person)
        await until(lambda: keys.waiting == 1)
        dialog.reject()
        await person.gone("accountDialog")
        await asyncio.sleep(0.05)
        keys.error = KeyStoreLockedError("refused")
        keys.answers.set()
        await until(lambda: keys.waiting == 0)
        await asyncio.sleep(0.05)
        assert not rig.book.accounts


async def test_a_keyring_that_hangs_for_one_account_does_not_hold_up_the_next(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    rig.accept(KEY, StubClient(harbour=1))
    keys.answers.clear()
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        person.click("connectAccountButton")
        dialog = await fill_in(person)
        await until(lambda: keys.waiting == 1)
        dialog.reject()
        await person.gone("accountDialog")
        person.click("connectAccountButton")
        await fill_in(person, name="Beacon")
        await until(lambda: keys.waiting == 2)
        keys.answers.set()
        await person.gone("accountDialog")
        await until(lambda: {a.name for a in rig.book.accounts} == {"Acme", "Beacon"})
        await rig.shows("harbour1")


async def test_renaming_refuses_a_name_that_another_account_has(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        await rig.add_account("Beacon", StubClient(beacon=1))
        account = rig.book.accounts[0]
        content_of(window).flows.accounts.rename(account.id)
        dialog = await person.dialog("accountDialog")
        save = person.find(QAbstractButton, "accountSaveButton", dialog)
        person.type_into("accountNameEdit", "beacon", dialog)
        assert not save.isEnabled()
        assert "already" in words(dialog)
        person.type_into("accountNameEdit", "Harbour works", dialog)
        person.click("accountSaveButton", dialog)
        await person.gone("accountDialog")
        assert [a.name for a in rig.book.accounts] == ["Harbour works", "Beacon"]
        assert "Harbour works" in window.windowTitle()
        assert rig.rows == ["harbour1"]


async def test_a_replaced_key_opens_the_account_again(rig: Rig, keys: SlowStore, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        account = rig.book.accounts[0]
        rig.accept(OTHER, StubClient(harbour=2))
        content_of(window).flows.accounts.replace_key(account.id)
        await fill_in(person, key=OTHER)
        await rig.shows("harbour2", "harbour1")
        found = await keys.get(account.id)
        assert found is not None
        assert found.reveal() == OTHER
        assert len(rig.book.accounts) == 1


async def test_removing_asks_first_and_goes_on_with_another_account_then_the_welcome_page(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        second = await rig.add_account("Beacon", StubClient(beacon=1))
        first = rig.book.accounts[0]
        content_of(window).flows.accounts.remove(first.id)
        dialog = await person.dialog("confirmDialog")
        assert "Acme" in words(dialog)
        person.click("confirmCancel", dialog)
        await person.gone("confirmDialog")
        assert len(rig.book.accounts) == 2

        content_of(window).flows.accounts.remove(first.id)
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await rig.shows("beacon1")
        assert await keys.get(first.id) is None
        content_of(window).flows.accounts.remove(second.id)
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.sees("welcomePage"))
        assert not rig.book.accounts


async def test_a_slow_removal_is_not_given_up_for_the_next_one(rig: Rig, keys: SlowStore, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        await rig.add_account("Beacon", StubClient(beacon=1))
        keys.answers.clear()
        for waiting, account in enumerate(rig.book.accounts, start=1):
            content_of(window).flows.accounts.remove(account.id)
            person.click("confirmAccept", await person.dialog("confirmDialog"))
            await person.gone("confirmDialog")
            await until(lambda waiting=waiting: keys.waiting == waiting)  # type: ignore[misc]  # binds the loop's value
        keys.answers.set()
        await until(lambda: not rig.book.accounts)


async def test_an_account_whose_key_cannot_be_removed_stays_and_says_so(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        keys.error = KeyStoreLockedError("locked")
        content_of(window).flows.accounts.remove(rig.book.accounts[0].id)
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: Topic.KEY in rig.said)
        assert len(rig.book.accounts) == 1
        assert "Acme was not removed" in person.notice
        keys.error = None


async def test_the_list_of_accounts_follows_and_switches(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=1))
        await rig.add_account("Beacon", StubClient(beacon=1))
        person.trigger("actionManageAccounts")
        dialog = await person.dialog("accountsDialog")
        rows = person.find(QTreeWidget, "accountsList", dialog)
        assert rows.topLevelItemCount() == 2
        rig.book.rename(rig.book.accounts[1].id, "Lantern")
        rig.state.accounts.accounts_edited()
        second = rows.topLevelItem(1)
        assert second is not None
        assert second.text(0) == "Lantern"
        dialog.switch_requested.emit(rig.book.accounts[1].id)  # type: ignore[attr-defined]  # an AccountsDialog
        await person.gone("accountsDialog")
        await rig.shows("beacon1")


async def test_an_app_is_added_by_its_key_and_an_unknown_key_is_told_in_the_dialog(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, hidden=1)
    client.listed.remove("hidden")
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, client)
        person.trigger("actionAddApp")
        dialog = await person.dialog("addAppDialog")
        person.type_into("appKeyEdit", "nobody", dialog)
        person.click("addAppButton", dialog)
        await until(lambda: "1009" in words(dialog))
        assert rig.rows == ["harbour1"]
        person.type_into("appKeyEdit", "hidden", dialog)
        person.click("addAppButton", dialog)
        await person.gone("addAppDialog")
        await rig.shows("hidden1")
        assert [app.app_key for app in rig.state.accounts.apps] == ["harbour", "hidden"]


async def test_an_app_found_after_its_dialog_was_left_is_not_opened(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, hidden=1)
    client.listed.remove("hidden")
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, client)
        gate = client.hold("builds hidden 1")
        person.trigger("actionAddApp")
        dialog = await person.dialog("addAppDialog")
        person.type_into("appKeyEdit", "hidden", dialog)
        person.click("addAppButton", dialog)
        await until(lambda: client.times("builds hidden 1") == 1)
        dialog.reject()
        await person.gone("addAppDialog")
        gate.set()
        await asyncio.sleep(0.05)
        assert rig.rows == ["harbour1"]


# Builds


async def test_a_refused_question_sends_nothing(rig: Rig, tmp_path: Path) -> None:
    client, answers = StubClient(harbour=3), Answers(yes=False)
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(1)
        before = list(client.asked)
        for action in ("actionSetLatest", "actionDelete"):
            person.trigger(action)
            await until(lambda: bool(answers.asked))
            await asyncio.sleep(0.02)
            answers.asked.clear()
        assert client.asked == before


async def test_an_accepted_question_is_carried_out_once_and_told(rig: Rig, tmp_path: Path) -> None:
    client, answers = StubClient(harbour=3), Answers()
    async with windowed(rig, tmp_path, ask=answers) as (window, person, _):
        told: list[str] = []
        rig.state.teller.succeeded.connect(told.append)
        await open_window(rig, person, client)
        person.select(1)
        person.trigger("actionSetLatest")
        await until(lambda: person.latest == ["harbour2"])
        assert client.times("set harbour2") == 1
        await until(lambda: person.sees("promotionCard"))
        card = person.find(QWidget, "promotionCard")
        assert card.accessibleName().startswith("1.4.2 (102) is the latest now, verified at")
        assert person.find(QAbstractButton, "promotionReturn").text() == "Go back to 1.4.3 (103)…"
        await until(lambda: plain(person.find(QAction, "actionReturnLatest").text()) == "Go back to 1.4.3 (103)…")
        assert told == [], "the card says it, and once is enough"
        rig.state.teller.say("The link has been copied.")
        toast = person.find(QWidget, "toast")
        await until(lambda: not toast.visibleRegion().isEmpty())
        middle = toast.mapTo(window, toast.rect().center())
        assert window.childAt(middle) in (toast, *toast.findChildren(QWidget))
        places = [QRect(part.mapToGlobal(QPoint()), part.size()) for part in (toast, card)]
        assert not places[0].intersects(places[1])
        (question,) = answers.asked
        assert question.columns is not None
        source, target = question.columns
        assert source.build is not None
        assert target.build is not None
        assert (source.build.build_key, target.build.build_key) == ("harbour3", "harbour2")


async def test_the_way_back_of_a_promotion_says_where_a_guard_rail_forbids_it_now(rig: Rig, tmp_path: Path) -> None:
    client, answers = StubClient(harbour=3), Answers()
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(1)
        person.trigger("actionSetLatest")
        await until(lambda: person.find(QAction, "actionReturnLatest").isEnabled())
        await until(lambda: person.sees("promotionCard"))
        guard(rig, Guards(read_only=True))
        person.click("promotionReturn")
        await until(lambda: "read-only" in person.notice)
        assert len(answers.asked) == 1, "nothing is asked that cannot be done"
        person.click("noticeRetry")
        dialog = await person.dialog("guardsDialog")
        person.click("guardsReadOnly", dialog)
        person.click("guardsSave", dialog)
        assert person.notice == "", "it says no more what is true no more"
        person.click("promotionReturn")
        await until(lambda: len(answers.asked) == 2)


@pytest.mark.parametrize(
    ("latest", "words_of_source"),
    [(set[str](), "Not known"), ({"harbour2", "harbour3"}, "2 builds are marked latest")],
)
async def test_from_says_where_none_or_several_are_latest(
    rig: Rig, tmp_path: Path, latest: set[str], words_of_source: str
) -> None:
    client, answers = StubClient(harbour=3), Answers(yes=False)
    client.latest["harbour"] = latest
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(2)
        person.trigger("actionSetLatest")
        await until(lambda: bool(answers.asked))
        assert answers.asked[0].columns is not None
        assert answers.asked[0].columns[0].build is None
        assert answers.asked[0].columns[0].words == words_of_source


async def test_a_latest_on_another_page_is_asked_for_before_the_question(rig: Rig, tmp_path: Path) -> None:
    client, answers = StubClient(harbour=7), Answers(yes=False)
    client.latest["harbour"] = {"harbour1"}
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(0)
        gate = client.hold("check harbour")
        person.trigger("actionSetLatest")
        person.trigger("actionSetLatest")
        await until(lambda: client.times("check harbour") == 1)
        assert not answers.asked
        gate.set()
        await until(lambda: bool(answers.asked))
        await asyncio.sleep(0.02)
        (question,) = answers.asked
        assert question.columns is not None
        assert question.columns[0].build is not None
        assert question.columns[0].build.build_key == "harbour1"


async def test_where_nobody_says_what_is_latest_the_question_says_so(rig: Rig, tmp_path: Path) -> None:
    client, answers = StubClient(harbour=7), Answers(yes=False)
    client.latest["harbour"] = {"harbour1"}
    client.errors["check"] = HttpStatusError("pgyer.test", 502)
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(0)
        person.trigger("actionSetLatest")
        await until(lambda: bool(answers.asked))
        assert answers.asked[0].columns is not None
        assert answers.asked[0].columns[0].words == "Not known"


@pytest.mark.parametrize("left_for", ["another app", "the same app in a new session"])
async def test_an_answer_given_after_the_app_was_left_changes_nothing(rig: Rig, tmp_path: Path, left_for: str) -> None:
    client = StubClient(harbour=3, lantern=1)
    open_question: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    asked: list[Question] = []

    async def ask(question: Question) -> bool:
        asked.append(question)
        return await open_question

    async with windowed(rig, tmp_path, ask=ask) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(2)
        person.trigger("actionDelete")
        await until(lambda: bool(asked))
        opened = rig.state.accounts.open
        assert opened is not None
        if left_for == "another app":
            rig.state.accounts.open_app("lantern")
            await rig.shows("lantern1")
        else:
            rig.state.accounts.switch_account(opened.account.id)
            await until(lambda: rig.state.accounts.session not in {None, opened.session})
            await rig.shows("harbour3", "harbour2", "harbour1")
        open_question.set_result(True)
        await asyncio.sleep(0.05)
        assert client.times("delete harbour1") == 0


@pytest.mark.parametrize("on", [True, False])
async def test_a_delete_names_account_app_and_build_and_wants_a_version_typed_where_it_is_risky(
    rig: Rig, tmp_path: Path, on: bool
) -> None:
    answers = Answers(yes=False)
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        guard(rig, Guards(type_deletes=on))
        person.select(1)
        person.trigger("actionPin")
        for row in (0, 1, 2):
            person.select(row)
            person.trigger("actionDelete")
            await until(lambda row=row: len(answers.asked) == row + 1)  # type: ignore[misc]  # binds the loop's value
        latest, pinned, other = answers.asked
        assert (latest.typed, pinned.typed, other.typed) == (("1.4.3", "1.4.2", "") if on else ("", "", ""))
        assert [question.railed for question in answers.asked] == [on, on, False]
        said = [" ".join(question.warnings) for question in answers.asked]
        assert ["latest" in words for words in said] == [True, False, False], "whatever is typed"
        assert ["pinned" in words for words in said] == [False, True, False]
        facts = dict(latest.facts)
        assert facts["Account"] == "Acme"
        assert facts["App"] == "Harbour"
        assert facts["Version"] == "1.4.3"
        assert latest.danger


def guard(rig: Rig, guards: Guards) -> None:
    """Give the account that is on these guard rails."""
    account = rig.state.accounts.account
    assert account is not None
    rig.book.remember(account.id, lambda kept: replace(kept, guards=guards))
    rig.state.accounts.guards_edited()


async def test_a_new_account_wants_the_version_typed_before_a_promotion_too(rig: Rig, tmp_path: Path) -> None:
    answers = Answers(yes=False)
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        person.select(1)
        person.trigger("actionSetLatest")
        await until(lambda: len(answers.asked) == 1)
        assert answers.asked[0].typed == "1.4.2"
        guard(rig, Guards(type_promotions=False, type_deletes=False))
        person.trigger("actionSetLatest")
        await until(lambda: len(answers.asked) == 2)
        assert answers.asked[1].typed == ""


@pytest.mark.parametrize(("on", "typed"), [(True, "1.4.3"), (False, "")])
async def test_in_a_production_account_each_promotion_is_typed_and_says_why(
    rig: Rig, tmp_path: Path, on: bool, typed: str
) -> None:
    client, answers = StubClient(harbour=3), Answers(yes=False)
    client.latest["harbour"] = {"harbour1"}
    async with windowed(rig, tmp_path, ask=answers) as (_window, person, _):
        await open_window(rig, person, client)
        guard(rig, Guards(type_promotions=on, production=True))
        person.select(0)
        person.trigger("actionSetLatest")
        await until(lambda: len(answers.asked) == 1)
        (question,) = answers.asked
        assert question.typed == typed
        assert ("Production" in " ".join(question.warnings)) is on, "an upgrade: nothing else is risky"


async def test_in_a_read_only_account_nothing_can_be_changed_and_the_window_says_so(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=3)
    async with windowed(rig, tmp_path, ask=Answers()) as (window, person, _):
        await open_window(rig, person, client)
        person.select(1)
        guard(rig, Guards(read_only=True, colour="red"))
        for name in ("actionSetLatest", "actionDelete"):
            action = person.find(QAction, name)
            assert not action.isEnabled()
            assert "read-only" in action.statusTip()
        assert person.find(QAction, "actionCopyLink").isEnabled()
        band = person.find(QWidget, "accountBand")
        assert band.accessibleName().startswith("Read-only")
        await until(lambda: band.height() > 10)
        view = rig.state.page.view
        assert view is not None
        assert not rig.write(Write.DELETE, view.builds[1]), "whoever asks"
        assert client.times("delete") == 0
        guard(rig, Guards())
        assert person.find(QAction, "actionDelete").isEnabled()
        assert person.find(QWidget, "accountBand").accessibleName() == ""
        assert window.isVisible()


@pytest.mark.parametrize("way", ["the menu", "the picker", "the list of accounts"])
async def test_guard_rails_are_one_step_from_the_window_and_under_accounts(rig: Rig, tmp_path: Path, way: str) -> None:
    async with windowed(rig, tmp_path, ask=Answers()) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        if way == "the menu":
            person.trigger("actionGuards")
        elif way == "the picker":
            picker = person.find(PickerButton, "accountPicker")
            picker.open_popup()
            person.click("actionGuardsButton", picker.popup)
        else:
            person.trigger("actionManageAccounts")
            accounts = await person.dialog("accountsDialog")
            person.click("accountsGuardsButton", accounts)
        dialog = await person.dialog("guardsDialog")
        assert person.find(QCheckBox, "guardsTypePromotions", dialog).isChecked(), "new accounts start careful"
        person.click("guardsReadOnly", dialog)
        person.click("guardsColourRed", dialog)
        person.find(QSpinBox, "guardsMostDeletes", dialog).setValue(7)
        person.click("guardsSave", dialog)
        assert rig.state.accounts.guards == Guards(colour="red", read_only=True, most_deletes=7)
        if way == "the list of accounts":
            accounts.reject()


async def test_what_is_chosen_while_connecting_counts_before_the_account_is_on(rig: Rig, tmp_path: Path) -> None:
    rig.accept(KEY, StubClient(harbour=2))
    seen: list[Guards] = []
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()

        def look() -> None:
            if rig.book.accounts:
                seen.append(rig.book.settings(rig.book.accounts[0].id).guards)
                if rig.state.accounts.account is not None:
                    seen.append(rig.state.accounts.guards)
                    assert rig.state.situation.now().read_only

        for signal in (
            rig.state.accounts.accounts_changed,
            rig.state.accounts.account_changed,
            rig.state.accounts.session_changed,
            rig.state.situation.changed,
        ):
            signal.connect(look)
        person.click("connectAccountButton")
        dialog = await person.dialog("accountDialog")
        person.click("accountColourPurple", dialog)
        person.click("accountReadOnly", dialog)
        person.click("accountProduction", dialog)
        await fill_in(person)
        await rig.shows("harbour2", "harbour1")
        assert set(seen) == {Guards("purple", read_only=True, production=True)}
        assert person.find(QWidget, "accountBand").accessibleName().startswith("Read-only")
        person.select(1)
        assert not person.find(QAction, "actionDelete").isEnabled()


async def test_the_band_of_a_read_only_account_leads_to_its_guard_rails(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path, ask=Answers()) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        assert not person.sees("accountBandGuards")
        guard(rig, Guards(read_only=True))
        await until(lambda: person.sees("accountBandGuards"))
        link, band = person.find(QWidget, "accountBandGuards"), person.find(AccountBand, "accountBand")
        assert link.x() > band.fontMetrics().horizontalAdvance(band.words), "the words are whole"
        assert link.geometry().right() < band.width()
        person.click("accountBandGuards")
        dialog = await person.dialog("guardsDialog")
        person.click("guardsReadOnly", dialog)
        person.click("guardsSave", dialog)
        assert not rig.state.accounts.guards.read_only
        assert not person.sees("accountBandGuards")
        person.select(1)
        assert person.find(QAction, "actionDelete").isEnabled()


async def test_a_question_that_wants_a_word_leads_to_the_guard_rails_and_is_asked_anew_under_others(
    rig: Rig, tmp_path: Path
) -> None:
    client = StubClient(harbour=3)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(0)
        person.trigger("actionDelete")
        question = await person.dialog("confirmDialog")
        assert person.sees_in(question, "confirmText")
        person.click("confirmGuards", question)
        rails = await person.dialog("guardsDialog")
        assert rails.parent() is question
        person.click("guardsCancel", rails)
        await person.gone("guardsDialog")
        person.click("confirmGuards", question)
        person.click("guardsSave", await person.dialog("guardsDialog"))
        await person.gone("guardsDialog")
        assert question.isVisible(), "nothing was changed"
        person.click("confirmGuards", question)
        rails = await person.dialog("guardsDialog")
        person.click("guardsTypeDeletes", rails)
        person.click("guardsSave", rails)
        await until(lambda: not Shiboken.isValid(question))
        again = await person.dialog("confirmDialog")
        assert not person.sees_in(again, "confirmText")
        assert client.times("delete") == 0
        again.reject()
        await person.gone("confirmDialog")


async def test_a_question_is_not_asked_anew_where_the_account_was_made_read_only(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        person.select(1)
        person.trigger("actionSetLatest")
        question = await person.dialog("confirmDialog")
        person.click("confirmGuards", question)
        rails = await person.dialog("guardsDialog")
        person.click("guardsReadOnly", rails)
        person.click("guardsSave", rails)
        await person.gone("confirmDialog")
        await asyncio.sleep(0.05)
        assert not person.sees("confirmDialog")


async def test_the_question_for_more_than_one_run_leads_to_the_limit(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=5))
        guard(rig, Guards(most_deletes=1))
        person.table.selectAll()
        person.trigger("actionDelete")
        question = await person.dialog("confirmDialog")
        assert "at most 1 build in one run" in words(question)
        person.click("confirmGuards", question)
        rails = await person.dialog("guardsDialog")
        person.find(QSpinBox, "guardsMostDeletes", rails).setValue(50)
        person.click("guardsSave", rails)
        await until(lambda: not Shiboken.isValid(question))
        again = await person.dialog("confirmDialog")
        assert "in one run" not in words(again)
        assert not person.sees_in(again, "confirmGuards")
        again.reject()
        await person.gone("confirmDialog")


async def test_a_message_about_a_build_is_copied_from_the_accounts_template(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path, ask=Answers()) as (_window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        person.select(1)
        person.trigger("actionCopyMessage")
        assert "1.4.2" in QGuiApplication.clipboard().text()
        person.trigger("actionEditMessage")
        dialog = await person.dialog("handoverDialog")
        template = person.find(QPlainTextEdit, "handoverTemplate", dialog)
        template.setPlainText("Try {version}!")
        told: list[int] = []
        rig.state.unsaved.noted.connect(lambda: told.append(1))
        person.click("handoverCopy", dialog)
        assert QGuiApplication.clipboard().text().strip() == "Try 1.4.2!"
        dialog.reject()
        assert told, "the template is said to be saved"
        person.select(2)
        person.trigger("actionCopyMessage")
        assert QGuiApplication.clipboard().text().strip() == "Try 1.4.1!"


async def test_a_failed_change_is_a_notice_whose_retry_only_reads(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=3)
    client.errors["delete"] = HttpStatusError("pgyer.test", 502)
    async with windowed(rig, tmp_path, ask=Answers()) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(2)
        person.trigger("actionDelete")
        await until(lambda: "1.4.1" in person.notice)
        before = client.times("builds harbour 1")
        person.click("noticeRetry")
        await until(lambda: client.times("builds harbour 1") == before + 1 and not person.notice)
        assert client.times("delete harbour1") == 1


async def test_qr_code_and_copied_link_are_the_page_of_exactly_this_build(
    rig: Rig, keys: SlowStore, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        person.select(1)
        person.trigger("actionCopyLink")
        copied = QGuiApplication.clipboard().text()
        assert copied == "https://www.pgyer.com/harbour2"
        person.trigger("actionShowQr")
        dialog = await person.dialog("qrDialog")
        assert copied in words(dialog)
        QGuiApplication.clipboard().clear()
        person.click("qrCopyButton", dialog)
        assert QGuiApplication.clipboard().text() == copied
        key = await keys.get(rig.book.accounts[0].id)
        assert key is not None
        shown = words(dialog) + window.windowTitle() + copied
        assert key.reveal() not in shown
        assert "install" not in copied
        dialog.reject()
        await person.gone("qrDialog")


async def test_a_check_sends_what_was_entered_and_one_that_fails_is_told_in_its_dialog(
    rig: Rig, tmp_path: Path
) -> None:
    client = StubClient(harbour=3)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(2)
        client.errors["check"] = HttpStatusError("pgyer.test", 502)
        person.trigger("actionCheckUpdate")
        dialog = await person.dialog("checkUpdateDialog")
        # It has been asked without a click.
        await until(lambda: "502" in words(dialog))
        client.errors.clear()
        person.click("checkAskButton", dialog)
        await until(lambda: "1.4.3" in words(dialog))
        assert client.checked[-1] == ("1.4.1", "1", "")
        assert person.notice == ""
        dialog.reject()
        await person.gone("checkUpdateDialog")


async def test_a_check_answered_after_its_dialog_was_closed_is_dropped(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=3)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_window(rig, person, client)
        person.select(2)
        gate = client.hold("check harbour")
        person.trigger("actionCheckUpdate")
        dialog = await person.dialog("checkUpdateDialog")
        await until(lambda: client.times("check harbour") == 1)
        dialog.reject()
        await person.gone("checkUpdateDialog")
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.sleep(0.05)


async def test_what_the_rule_forbids_is_not_begun(rig: Rig, tmp_path: Path) -> None:
    answers = Answers()
    async with windowed(rig, tmp_path, ask=answers) as (window, person, _):
        await open_window(rig, person, StubClient(harbour=3))
        person.select(1)
        content_of(window).handlers.run(Action.CLEAR_LATEST)
        await asyncio.sleep(0.02)
        assert not answers.asked
