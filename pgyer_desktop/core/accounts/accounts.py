"""The accounts of this person: names in the settings, keys in a key store or, by choice, only until the program ends.

Never holds a key longer than it takes, except those of this session; never writes one anywhere but to the key store.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.settings import NAME_OF_ID, AccountSettings, Settings, SettingsFile
from pgyer_desktop.core.base.keystore import KeyStore, KeyStoreMissingError, KeyStoreRefusedError, MemoryStore
from pgyer_desktop.core.builds.apps import KnownApp

if TYPE_CHECKING:
    from pgyer_desktop.api import ApiKey, AppPage
    from pgyer_desktop.core.checks.cases import CheckCase

MAX_NAME = 60

_log = logging.getLogger(__name__)


class KeyPlace(Enum):
    """Where an account's key is, as far as this session has found out."""

    NOT_ASKED = "not asked"
    KEYRING = "keyring"
    SESSION = "session"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the window shows it. `demo` ones live on made-up apps and are remembered nowhere."""

    id: str
    name: str
    place: KeyPlace = KeyPlace.NOT_ASKED
    demo: bool = False


@dataclass(frozen=True, slots=True)
class VerifiedKey:
    """A key that has been shown to work, which is the only kind that is kept. Made by `AccountBook.verify`."""

    key: ApiKey


DEMO_ACCOUNT_ID = "demo"


class AccountBook:
    """All accounts. Changes go to the settings in memory; the caller saves the file."""

    def __init__(
        self,
        settings: SettingsFile,
        keys: KeyStore,
        verify: Callable[[ApiKey], Awaitable[AppPage]],
        forget: Callable[[str], Awaitable[None]] | None = None,
        traces: Callable[[], Awaitable[Mapping[str, str]]] | None = None,
    ) -> None:
        """`verify` lists the first page of the apps of a key; it raises `PgyerError` for a key that is not good.

        `forget` drops what else is kept on this computer for the account with this id. `traces` has the names of all
        accounts that ever left something here by their ids; "" where the name is not known.
        """
        self._settings = settings
        self._keys = keys
        self._verify = verify
        self._forget = forget
        self._traces = traces
        self._session = MemoryStore()
        self._places: dict[str, KeyPlace] = {}
        self._demo: Account | None = None
        self._demo_key: ApiKey | None = None
        self._demo_settings = AccountSettings(DEMO_ACCOUNT_ID, "")

    @property
    def accounts(self) -> tuple[Account, ...]:
        """In the order in which they were added; the demo's, if it runs, comes last."""
        own = tuple(
            Account(a.id, a.name, self._places.get(a.id, KeyPlace.NOT_ASKED)) for a in self._settings.value.accounts
        )
        return (*own, self._demo) if self._demo is not None else own

    @property
    def names(self) -> frozenset[str]:
        """The names in use."""
        return frozenset(account.name for account in self.accounts)

    @property
    def last_used(self) -> Account | None:
        """The account that was on when the program ended, else the first; None where there is none."""
        accounts = self.accounts
        return self.account(self._settings.value.current_account) or (accounts[0] if accounts else None)

    def account(self, account_id: str) -> Account | None:
        """The account with this id."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def add_demo(self, name: str, key: ApiKey) -> Account:
        """The demo's account, once; it is gone when the program ends."""
        if self._demo is None:
            self._demo = Account(DEMO_ACCOUNT_ID, name, KeyPlace.SESSION, demo=True)
            self._demo_key = key
        return self._demo

    async def verify(self, key: ApiKey) -> VerifiedKey:
        """Show that `key` works by listing its apps. Raises `PgyerError`. Keeps nothing."""
        await self._verify(key)
        return VerifiedKey(key)

    async def add(
        self, name: str, verified: VerifiedKey, *, session_only: bool = False, guards: Guards | None = None
    ) -> Account:
        """Add an account, which never is without its `guards`; None: those of a new one.

        Raises `KeyStoreError` where its key could not be kept; there is no new account then.
        """
        account_id = uuid.uuid4().hex
        await self._keep(account_id, verified.key, session_only=session_only)
        account = AccountSettings(account_id, clean_name(name), guards=guards if guards is not None else Guards())
        self._settings.change(lambda s: s.with_account(account))
        return self._known(account_id)

    async def replace_key(self, account_id: str, verified: VerifiedKey, *, session_only: bool = False) -> Account:
        """Give an account another key. Raises `KeyStoreError` where it could not be kept; the old one stays then."""
        self._known(account_id)  # a key without an account would stay in the keyring, unseen
        await self._keep(account_id, verified.key, session_only=session_only)
        return self._known(account_id)

    def rename(self, account_id: str, name: str) -> Account:
        """Give an account another name."""
        self.remember(account_id, lambda a: replace(a, name=clean_name(name)))
        return self._known(account_id)

    async def remove(self, account_id: str) -> None:
        """Remove an account, its key, and what was kept of its builds.

        Raises `KeyStoreError` where the key could not be removed from the keyring; the account stays then, so that its
        key is not left behind unseen. An account on a machine without a keyring has no key that could stay.
        """
        with contextlib.suppress(KeyStoreMissingError):
            await self._keys.remove(account_id)
        await self._session.remove(account_id)
        self._places.pop(account_id, None)
        self._settings.change(lambda s: s.without_account(account_id))
        if self._forget is not None:
            await self._forget(account_id)

    async def find(self) -> tuple[Account, ...]:
        """Bring back the accounts that the settings have lost: those whose key the keyring has. The ones found.

        Raises `KeyStoreError` where the keyring cannot be asked; nothing has changed then. Where there is none, the
        accounts that a damaged settings file names come back, and each wants its key again.
        """
        before = {account.id: account for account in await asyncio.to_thread(self._settings.damaged_accounts)}
        traces = dict(await self._traces()) if self._traces is not None else {}
        found: list[AccountSettings] = []
        missing: KeyStoreMissingError | None = None
        for account_id in dict.fromkeys((*before, *traces)):
            if self.account(account_id) is not None or account_id == DEMO_ACCOUNT_ID:
                continue
            try:
                there = missing is None and await self._keys.get(account_id) is not None
            except KeyStoreMissingError as exc:
                there, missing = False, exc
            except KeyStoreRefusedError as exc:
                _log.warning("The keyring says nothing of an account: %s", exc)
                there = False
            if there or (missing is not None and account_id in before):
                name = traces.get(account_id) or account_id[:NAME_OF_ID]
                found.append(before.get(account_id, AccountSettings(account_id, name)))
        if missing is not None and not found:
            raise missing
        for account in found:
            # With the guard rails of before, or careful ones.
            named = replace(account, name=self._free_name(account.name))
            self._settings.change(lambda s, named=named: s.with_account(named))  # type: ignore[misc]  # this turn's
        return tuple(self._known(account.id) for account in found)

    async def key(self, account_id: str) -> ApiKey | None:
        """The account's key; None where neither this session nor the keyring has one. Raises `KeyStoreError`."""
        if self._demo is not None and account_id == self._demo.id:
            return self._demo_key
        key = await self._session.get(account_id)
        if key is not None:
            return key
        key = await self._keys.get(account_id)
        self._places[account_id] = KeyPlace.KEYRING if key is not None else KeyPlace.NONE
        return key

    def settings(self, account_id: str) -> AccountSettings:
        """What is remembered of an account besides its key."""
        if account_id == DEMO_ACCOUNT_ID:
            return self._demo_settings
        found = self._settings.value.account(account_id)
        return found if found is not None else AccountSettings(account_id, "")

    def remember(self, account_id: str, how: Callable[[AccountSettings], AccountSettings]) -> None:
        """Change what is remembered of an account. Nothing happens to one that has been removed meanwhile."""
        if account_id == DEMO_ACCOUNT_ID:
            self._demo_settings = how(self._demo_settings)
            return

        def change(settings: Settings) -> Settings:
            account = settings.account(account_id)
            return settings.with_account(how(account)) if account is not None else settings

        self._settings.change(change)

    def cases(self, account_id: str, app_key: str) -> tuple[CheckCase, ...]:
        """The check cases of an app, in their order."""
        return self.settings(account_id).cases_of(app_key)

    def keep_cases(self, account_id: str, app_key: str, cases: tuple[CheckCase, ...]) -> None:
        """Remember these in place of those before."""
        self.remember(account_id, lambda account: account.with_cases(app_key, cases))

    def remember_opened(self, account_id: str, app: KnownApp, page: int) -> None:
        """Note that `app` is the one open, at `page`."""
        self.remember(account_id, lambda a: replace(a.with_recent(app), last_page=page))

    def remember_current(self, account_id: str) -> None:
        """Note that the account is the one that is on. The demo's is never noted."""
        if account_id != DEMO_ACCOUNT_ID:
            self._settings.change(lambda s: replace(s, current_account=account_id))

    async def _keep(self, account_id: str, key: ApiKey, *, session_only: bool) -> None:
        if session_only:
            await self._session.put(account_id, key)
            self._places[account_id] = KeyPlace.SESSION
        else:
            await self._keys.put(account_id, key)
            await self._session.remove(account_id)
            self._places[account_id] = KeyPlace.KEYRING

    def _free_name(self, name: str) -> str:
        """`name`, or with a number behind it where it is taken."""
        name = clean_name(name)
        numbered = (f"{name} ({number})" for number in itertools.count(2))
        return next(one for one in itertools.chain((name,), numbered) if one not in self.names)

    def _known(self, account_id: str) -> Account:
        account = self.account(account_id)
        if account is None:
            raise LookupError("no such account")
        return account


def clean_name(name: str) -> str:
    """A name as it is kept: one line, at most `MAX_NAME` characters."""
    # Half a surrogate pair (a cut emoji) could not be written to the settings.
    return " ".join(name.encode("utf-8", "replace").decode().split())[:MAX_NAME]
