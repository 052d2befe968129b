"""Accounts keep names in the settings and keys in the key store, and every failure leaves both as they were."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import HttpStatusError, KeyRejectedError
from pgyer_desktop.api.models import ApiKey, AppPage
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.accounts.accounts import (
    DEMO_ACCOUNT_ID,
    MAX_NAME,
    Account,
    AccountBook,
    KeyPlace,
    VerifiedKey,
    clean_name,
)
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.settings import AccountSettings, Settings, SettingsFile
from pgyer_desktop.core.base.keystore import (
    KeyStoreError,
    KeyStoreLockedError,
    KeyStoreMissingError,
    KeyStoreRefusedError,
    MemoryStore,
)
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.sandbox import SandboxService
from tests.helpers.sandbox_server import SandboxServer

GOOD = VerifiedKey(ApiKey(DEMO_KEY))
OTHER = VerifiedKey(ApiKey("another-made-up-key"))
HARBOUR = KnownApp("a" * 32, "Harbour")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TroubledStore(MemoryStore):
    """A store that raises `trouble` while there is any."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: KeyStoreError | None = None

    async def get(self, account_id: str) -> ApiKey | None:
        self._stumble()
        return await super().get(account_id)

    async def put(self, account_id: str, key: ApiKey) -> None:
        self._stumble()
        await super().put(account_id, key)

    async def remove(self, account_id: str) -> None:
        self._stumble()
        await super().remove(account_id)

    def _stumble(self) -> None:
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def settings(file: Path) -> SettingsFile:
    return SettingsFile(file)


@pytest.fixture
def keys() -> TroubledStore:
    return TroubledStore()


@pytest.fixture
def book(settings: SettingsFile, keys: TroubledStore, transport: ApiTransport) -> AccountBook:
    async def verify(key: ApiKey) -> AppPage:
        return await Client(transport, key).list_apps()

    return AccountBook(settings, keys, verify)


# Verifying


async def test_a_key_is_verified_by_listing_its_apps_once(book: AccountBook, service: SandboxService) -> None:
    verified = await book.verify(ApiKey(DEMO_KEY))
    assert verified == GOOD
    assert [request.operation for request in service.requests] == ["listMy"]
    assert book.accounts == ()


async def test_a_wrong_key_is_rejected_and_nothing_is_kept(
    book: AccountBook, keys: TroubledStore, settings: SettingsFile, file: Path
) -> None:
    with pytest.raises(KeyRejectedError):
        await book.verify(ApiKey("wrong-made-up-key"))
    assert book.accounts == ()
    assert keys._keys == {}
    await settings.save()
    assert b"wrong-made-up-key" not in everything_in(file.parent)


async def test_a_gateway_in_between_proves_no_key(book: AccountBook, service: SandboxService) -> None:
    service.fail_next("/app/listMy", status=502)
    with pytest.raises(HttpStatusError):
        await book.verify(ApiKey(DEMO_KEY))


async def test_verifying_over_a_real_socket_sends_the_key_in_the_form_only(
    settings: SettingsFile, keys: TroubledStore, server: SandboxServer, service: SandboxService
) -> None:
    transport = ApiTransport(server.api_url)

    async def verify(key: ApiKey) -> AppPage:
        return await Client(transport, key).list_apps()

    await AccountBook(settings, keys, verify).verify(ApiKey(DEMO_KEY))
    with pytest.raises(KeyRejectedError):
        await AccountBook(settings, keys, verify).verify(ApiKey("wrong"))
    await transport.aclose()
    first, second = service.sent("listMy")
    assert (first.fields["_api_key"], second.fields["_api_key"]) == (True, False)
    assert "[key]" not in first.path + first.query + str(dict(first.headers))


def test_a_verified_key_does_not_show_itself() -> None:
    assert DEMO_KEY not in repr(GOOD) + str(GOOD) + f"{GOOD}"


# Adding


async def test_an_added_account_has_its_name_in_the_settings_and_its_key_in_the_keyring(
    book: AccountBook, keys: TroubledStore, settings: SettingsFile
) -> None:
    account = await book.add("  Acme \n Ltd ", GOOD)
    assert account == Account(account.id, "Acme Ltd", KeyPlace.KEYRING)
    assert book.accounts == (account,)
    assert [(a.id, a.name) for a in settings.value.accounts] == [(account.id, "Acme Ltd")]
    assert keys._keys == {account.id: GOOD.key}
    assert await book.key(account.id) == GOOD.key


async def test_an_account_is_never_there_without_the_guard_rails_that_were_chosen(
    book: AccountBook, settings: SettingsFile
) -> None:
    changes: list[tuple[Guards, ...]] = []
    change = settings.change

    def noted(how: Callable[[Settings], Settings]) -> None:
        change(how)
        changes.append(tuple(account.guards for account in settings.value.accounts))

    settings.change = noted  # type: ignore[method-assign]  # looks at each of its values
    chosen = Guards("red", read_only=True, production=True)
    await book.add("Acme", GOOD, guards=chosen)
    await book.add("Beta", OTHER)
    assert changes == [(chosen,), (chosen, Guards())]


async def test_accounts_of_the_same_name_are_two(book: AccountBook) -> None:
    one, two = await book.add("Acme", GOOD), await book.add("Acme", OTHER)
    assert one.id != two.id
    assert await book.key(one.id) == GOOD.key
    assert await book.key(two.id) == OTHER.key
    assert book.names == {"Acme"}


@pytest.mark.parametrize(
    "trouble", [KeyStoreMissingError("none"), KeyStoreLockedError("locked"), KeyStoreRefusedError("it failed")]
)
async def test_a_keyring_that_fails_leaves_no_account_behind(
    book: AccountBook, keys: TroubledStore, settings: SettingsFile, trouble: KeyStoreError
) -> None:
    keys.trouble = trouble
    before = settings.value
    with pytest.raises(type(trouble)):
        await book.add("Acme", GOOD)
    assert not book.accounts
    assert settings.value == before

    account = await book.add("Acme", GOOD, session_only=True)
    assert book.account(account.id) == account
    assert account.place is KeyPlace.SESSION


async def test_a_key_for_this_session_never_reaches_the_keyring(book: AccountBook, keys: TroubledStore) -> None:
    keys.trouble = AssertionError("the keyring was asked")  # type: ignore[assignment]  # fails whoever asks
    account = await book.add("Acme", GOOD, session_only=True)
    assert await book.key(account.id) == GOOD.key
    assert book.account(account.id) == Account(account.id, "Acme", KeyPlace.SESSION)


async def test_the_next_run_knows_the_account_but_not_the_key_of_a_session(
    book: AccountBook, settings: SettingsFile, file: Path, keys: TroubledStore
) -> None:
    account = await book.add("Acme", GOOD, session_only=True)
    await settings.save()
    next_book = AccountBook(SettingsFile(file), keys, lambda _: asyncio.sleep(0, AppPage(1, (), 0)))
    assert next_book.accounts == (Account(account.id, "Acme", KeyPlace.NOT_ASKED),)
    assert await next_book.key(account.id) is None
    assert next_book.accounts[0].place is KeyPlace.NONE


# Changing


async def test_renaming_keeps_the_key_and_what_is_remembered(book: AccountBook) -> None:
    account = await book.add("Acme", GOOD)
    book.remember_opened(account.id, HARBOUR, 2)
    assert book.rename(account.id, " 云帆 ") == Account(account.id, "云帆", KeyPlace.KEYRING)
    assert await book.key(account.id) == GOOD.key
    assert book.settings(account.id).recent == (HARBOUR,)


async def test_a_replaced_key_is_the_one_in_use(book: AccountBook, keys: TroubledStore) -> None:
    account = await book.add("Acme", GOOD)
    assert (await book.replace_key(account.id, OTHER)).place is KeyPlace.KEYRING
    assert await book.key(account.id) == OTHER.key
    assert keys._keys == {account.id: OTHER.key}


async def test_the_old_key_stays_when_the_new_one_cannot_be_kept(book: AccountBook, keys: TroubledStore) -> None:
    account = await book.add("Acme", GOOD)
    keys.trouble = KeyStoreLockedError("locked")
    with pytest.raises(KeyStoreLockedError):
        await book.replace_key(account.id, OTHER)
    keys.trouble = None
    assert await book.key(account.id) == GOOD.key
    assert book.accounts[0].place is KeyPlace.KEYRING


async def test_a_key_replaced_for_this_session_goes_before_the_one_in_the_keyring(
    book: AccountBook, keys: TroubledStore
) -> None:
    account = await book.add("Acme", GOOD)
    assert (await book.replace_key(account.id, OTHER, session_only=True)).place is KeyPlace.SESSION
    assert await book.key(account.id) == OTHER.key
    assert keys._keys == {account.id: GOOD.key}

    assert (await book.replace_key(account.id, GOOD)).place is KeyPlace.KEYRING
    assert await book.key(account.id) == GOOD.key


async def test_a_key_for_an_account_that_is_gone_is_not_kept(book: AccountBook, keys: TroubledStore) -> None:
    with pytest.raises(LookupError):
        await book.replace_key("gone", GOOD)
    with pytest.raises(LookupError):
        book.rename("gone", "Acme")
    assert keys._keys == {}
    assert book.accounts == ()


# Removing


async def test_removing_takes_the_account_and_its_key_and_no_other(
    book: AccountBook, keys: TroubledStore, settings: SettingsFile
) -> None:
    one, two = await book.add("Acme", GOOD), await book.add("云帆", OTHER)
    book.remember_current(one.id)
    await book.remove(one.id)
    assert [account.id for account in book.accounts] == [two.id]
    assert keys._keys == {two.id: OTHER.key}
    assert settings.value.current_account == ""
    assert await book.key(one.id) is None


async def test_what_is_kept_of_an_account_that_is_removed_is_forgotten(
    settings: SettingsFile, keys: TroubledStore
) -> None:
    forgotten: list[str] = []

    async def forget(account_id: str) -> None:
        forgotten.append(account_id)

    book = AccountBook(settings, keys, lambda _: asyncio.sleep(0, AppPage(1, (), 0)), forget)
    one, _two = await book.add("Acme", GOOD), await book.add("云帆", OTHER)
    await book.remove(one.id)
    assert forgotten == [one.id]


@pytest.mark.parametrize("trouble", [KeyStoreLockedError("locked"), KeyStoreRefusedError("it failed")])
async def test_an_account_whose_key_cannot_be_removed_stays(
    book: AccountBook, keys: TroubledStore, trouble: KeyStoreError
) -> None:
    account = await book.add("Acme", GOOD)
    keys.trouble = trouble
    with pytest.raises(type(trouble)):
        await book.remove(account.id)
    assert book.accounts == (account,)
    keys.trouble = None
    assert await book.key(account.id) == GOOD.key


async def test_without_any_keyring_an_account_can_still_be_removed(book: AccountBook, keys: TroubledStore) -> None:
    account = await book.add("Acme", GOOD, session_only=True)
    keys.trouble = KeyStoreMissingError("none")
    await book.remove(account.id)
    assert book.accounts == ()


# Reading


async def test_a_locked_keyring_is_an_error_and_not_an_account_without_a_key(
    book: AccountBook, keys: TroubledStore
) -> None:
    account = await book.add("Acme", GOOD)
    keys.trouble = KeyStoreLockedError("locked")
    with pytest.raises(KeyStoreLockedError):
        await book.key(account.id)
    assert book.accounts[0].place is not KeyPlace.NONE


async def test_a_key_that_somebody_took_out_of_the_keyring_is_none(book: AccountBook, keys: TroubledStore) -> None:
    account = await book.add("Acme", GOOD)
    await keys.remove(account.id)
    assert await book.key(account.id) is None
    assert book.accounts[0].place is KeyPlace.NONE


# The demo


async def test_the_demo_is_never_in_the_settings_nor_in_the_keyring(
    book: AccountBook, keys: TroubledStore, settings: SettingsFile, file: Path
) -> None:
    before = settings.value
    demo = book.add_demo("Demo", GOOD.key)
    assert book.add_demo("Again", OTHER.key) is demo
    book.remember_opened(demo.id, HARBOUR, 4)
    book.remember_current(demo.id)
    assert (demo.demo, demo.place) == (True, KeyPlace.SESSION)
    assert await book.key(demo.id) == GOOD.key
    assert book.settings(demo.id).recent == (HARBOUR,)
    assert settings.value == before
    assert keys._keys == {}
    await settings.save()
    assert DEMO_ACCOUNT_ID.encode() not in everything_in(file.parent)


async def test_the_demo_stands_last_and_is_not_what_the_next_run_comes_back_to(book: AccountBook) -> None:
    book.add_demo("Demo", GOOD.key)
    account = await book.add("Acme", OTHER)
    assert [a.id for a in book.accounts] == [account.id, DEMO_ACCOUNT_ID]
    assert book.last_used == account


# What is remembered


async def test_the_account_that_was_on_is_the_last_used_else_the_first(book: AccountBook) -> None:
    assert not book.last_used
    one, two = await book.add("Acme", GOOD), await book.add("云帆", OTHER)
    assert book.last_used == one
    book.remember_current(two.id)
    assert book.last_used == two
    await book.remove(two.id)
    assert book.last_used == one


async def test_the_opened_app_and_its_page_come_back(book: AccountBook, settings: SettingsFile, file: Path) -> None:
    account = await book.add("Acme", GOOD)
    book.remember_opened(account.id, KnownApp("b" * 32, "Lantern"), 7)
    book.remember_opened(account.id, HARBOUR, 3)
    await settings.save()
    found = SettingsFile(file).value.account(account.id)
    assert found is not None
    assert [app.name for app in found.recent] == ["Harbour", "Lantern"]
    assert found.last_page == 3


async def test_remembering_something_of_a_removed_account_does_not_bring_it_back(book: AccountBook) -> None:
    account = await book.add("Acme", GOOD)
    await book.remove(account.id)
    book.remember_opened(account.id, HARBOUR, 2)
    book.remember(account.id, lambda a: a.with_added(HARBOUR))
    assert book.accounts == ()
    assert book.settings(account.id) == AccountSettings(account.id, "")


@pytest.mark.parametrize("session_only", [False, True])
async def test_no_key_is_in_any_file(
    book: AccountBook, settings: SettingsFile, tmp_path: Path, *, session_only: bool
) -> None:
    account = await book.add("Acme", GOOD, session_only=session_only)
    await book.replace_key(account.id, OTHER, session_only=session_only)
    book.add_demo("Demo", GOOD.key)
    book.remember_opened(account.id, HARBOUR, 2)
    book.remember_current(account.id)
    await settings.save()
    written = everything_in(tmp_path)
    assert b"Acme" in written
    for key in (GOOD.key, OTHER.key):
        assert key.reveal().encode() not in written
        assert key.reveal() not in repr(book.accounts) + repr(settings.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Acme", "Acme"),
        ("  Acme\t\n Ltd  ", "Acme Ltd"),
        ("x" * 500, "x" * MAX_NAME),
        ("云" * 500, "云" * MAX_NAME),
        ("cut \ud83d", "cut ?"),
        ("", ""),
    ],
)
def test_a_name_is_one_line_that_can_be_written(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    kept.encode()


# Finding


@pytest.fixture
def finder(settings: SettingsFile, keys: TroubledStore) -> AccountBook:
    """A book that finds traces of four accounts; the keyring has keys of two of them."""

    async def verify(_key: ApiKey) -> AppPage:
        raise AssertionError("nothing is asked of the service")

    async def traces() -> dict[str, str]:
        return {"0123456789abcdef": "", "named": "Acme", "removed": "Bay", DEMO_ACCOUNT_ID: "Demo"}

    keys._keys = {"0123456789abcdef": GOOD.key, "named": OTHER.key, DEMO_ACCOUNT_ID: GOOD.key}
    return AccountBook(settings, keys, verify, traces=traces)


async def test_accounts_are_found_by_their_traces_where_the_keyring_has_their_keys(finder: AccountBook) -> None:
    found = await finder.find()
    assert [(account.id, account.name) for account in found] == [("0123456789abcdef", "01234567"), ("named", "Acme")]
    assert finder.accounts == found
    assert await finder.key("named") == OTHER.key
    assert finder.settings("named").guards.type_promotions
    assert await finder.find() == ()


async def test_a_name_that_is_taken_gets_a_number(finder: AccountBook) -> None:
    await finder.add("Acme", GOOD)
    assert [account.name for account in await finder.find()] == ["01234567", "Acme (2)"]


@pytest.mark.parametrize("trouble", [KeyStoreMissingError("none"), KeyStoreLockedError("locked")])
async def test_a_keyring_that_cannot_be_asked_changes_nothing(
    finder: AccountBook, keys: TroubledStore, settings: SettingsFile, trouble: KeyStoreError
) -> None:
    keys.trouble = trouble
    before = settings.value
    with pytest.raises(type(trouble)):
        await finder.find()
    assert settings.value == before


async def test_what_the_keyring_refuses_to_say_is_passed_over(
    finder: AccountBook, keys: TroubledStore, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.accounts")
    keys.trouble = KeyStoreRefusedError("it is no key")
    assert await finder.find() == ()
    keys.trouble = None
    assert len(await finder.find()) == 2
