"""Settings that are lost or damaged cost no account: what history, journal and keyring know comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.base.keystore import KeyStoreLockedError, KeyStoreMissingError, keyring_name
from pgyer_desktop.ui.widgets.toast import Toast
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.ui.rig import SlowStore

KEYRING = keyring_name(first=True).source
"""As the system calls it where the tests run."""


@pytest.fixture(autouse=True)
def _troubles_are_logged(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop")


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


async def work(start: Start, keys: SlowStore) -> tuple[str, list[str]]:
    """An account with a pinned build, a guard rail and a change in the journal. Its id, and the builds on its page."""
    async with start(keys) as (program, person):
        await connect(person)
        (account,) = program.book.accounts
        program.book.remember(account.id, lambda kept: replace(kept, guards=Guards("red", most_deletes=7)))
        person.select(1)
        person.trigger("actionPin")
        doomed = next(row for row in reversed(range(person.rows)) if person.keys[row] not in person.latest)
        person.select(doomed)
        key = person.keys[doomed]
        person.trigger("actionDelete")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: bool(program.journal.entries) and program.journal.entries[0].settled)
        await until(lambda: key not in person.keys and not program.state.page.loading)
        return account.id, person.keys


def toast(person: Person) -> str:
    return person.find(Toast, "toast").accessibleName()


async def find_by_the_notice(person: Person) -> None:
    await until(lambda: "find the accounts again" in person.notice)
    assert person.find(QAbstractButton, "noticeRetry").text() == "Find my accounts"
    person.click("noticeRetry")


@pytest.mark.parametrize("kept", [0.999, 0.5, 0.0], ids=["cut at its end", "cut in the middle", "zeros"])
async def test_a_damaged_file_costs_no_account(start: Start, settings: Path, kept: float) -> None:
    keys = SlowStore()
    account_id, rows = await work(start, keys)
    data = settings.read_bytes()  # noqa: ASYNC240 - a test's own file
    settings.write_bytes(data[: int(len(data) * kept)] or bytes(len(data)))  # noqa: ASYNC240 - as above
    async with start(keys) as (program, person):
        assert person.sees("welcomePage")
        await find_by_the_notice(person)
        await until(lambda: person.keys == rows)
        (account,) = program.book.accounts
        assert (account.id, account.name) == (account_id, "Acme")
        assert not person.notice
        if kept > 0.9:
            found = program.book.settings(account_id)
            assert found.pinned == (rows[1],)
            assert found.guards == Guards("red", most_deletes=7)
        assert program.book.settings(account_id).guards.type_promotions
    async with start(keys) as (_program, person):  # by itself from now on
        await until(lambda: person.keys == rows)
        assert not person.notice


async def test_a_file_that_is_gone_costs_no_account_either(start: Start, settings: Path) -> None:
    keys = SlowStore()
    account_id, rows = await work(start, keys)
    settings.unlink()  # noqa: ASYNC240 - as above
    async with start(keys) as (program, person):
        assert not person.notice
        person.trigger("actionFindAccounts")
        await until(lambda: person.keys == rows)
        assert [(account.id, account.name) for account in program.book.accounts] == [(account_id, "Acme")]
        person.trigger("actionFindAccounts")
        await until(lambda: "no other account" in toast(person))


async def test_what_was_removed_does_not_come_back(start: Start, settings: Path) -> None:
    keys = SlowStore()
    account_id, _rows = await work(start, keys)
    await keys.remove(account_id)
    settings.unlink()  # noqa: ASYNC240 - as above
    async with start(keys) as (program, person):
        person.trigger("actionFindAccounts")
        await until(lambda: "no other account" in toast(person))
        assert program.book.accounts == ()
        assert person.sees("welcomePage")


async def test_a_keyring_that_is_locked_can_be_asked_again(start: Start, settings: Path) -> None:
    keys = SlowStore()
    _account_id, rows = await work(start, keys)
    settings.write_bytes(b"{")  # noqa: ASYNC240 - as above
    async with start(keys) as (_program, person):
        keys.error = KeyStoreLockedError("locked")
        await find_by_the_notice(person)
        await until(lambda: f"could not be looked for. {KEYRING} is locked" in person.notice)
        keys.error = None
        person.click("noticeRetry")
        await until(lambda: person.keys == rows)


async def test_without_a_keyring_the_accounts_of_the_damaged_file_want_their_keys(start: Start, settings: Path) -> None:
    keys = SlowStore()
    account_id, _rows = await work(start, keys)
    settings.write_bytes(settings.read_bytes()[:-2])  # noqa: ASYNC240 - as above
    async with start(keys) as (program, person):
        keys.error = KeyStoreMissingError("none")
        await find_by_the_notice(person)
        await until(lambda: [account.id for account in program.book.accounts] == [account_id])
        await until(lambda: f"{KEYRING} is missing" in person.notice)
