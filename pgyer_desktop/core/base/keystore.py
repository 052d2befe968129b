"""Where API keys are kept: the operating system's keyring, or this process's memory. Never a file.

The only importer of keyring, which is loaded at the first call, in a thread. Each call may take long (the system may
ask the person), so each runs in a thread of its own that does not keep the program from ending.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from pgyer_desktop.api import ApiKey
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "pgyer-desktop"
"""The name that the system's own tools list the keys under."""

_KEEP_FILES = ("keyrings.alt", "keyrings.cryptfile")
"""Packages of back ends that write files of their own."""

_VARIABLE = "PYTHON_KEYRING_BACKEND"
_FILE = "keyringrc.cfg"
"""Where the keyring library looks for the keyring that it is to use."""

_SYSTEM: Final = sys.platform
_NAMES: Final = {
    "darwin": (
        translate("keystore", "the Keychain", "of macOS"),
        translate("keystore", "The Keychain", "of macOS, at the start of a sentence"),
    ),
    "win32": (
        translate("keystore", "Windows Credential Manager"),
        translate("keystore", "Windows Credential Manager"),
    ),
    "": (
        translate("keystore", "the keyring", "of other systems"),
        translate("keystore", "The keyring", "of other systems, at the start of a sentence"),
    ),
}

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def keyring_name(*, first: bool = False) -> Text:
    """What people call the keyring on their system, within a sentence; `first`: at its start."""
    within, start = _NAMES.get(_SYSTEM, _NAMES[""])
    return start if first else within


class KeyStoreError(Exception):
    """The keyring did not do what was asked. `str()` says what failed, never a key."""


class KeyStoreMissingError(KeyStoreError):
    """There is no keyring on this machine, or only one that would write the key to a file."""


class KeyStoreConfigurationError(KeyStoreError):
    """The keyring library is told to use a keyring that there is not.

    `where` is the environment variable or the file that tells it so; `named` what it names, "" where that is nothing,
    None where the file cannot be read.
    """

    def __init__(self, where: str, named: str | None) -> None:
        super().__init__(f"the keyring configuration {where} cannot be used")
        self.where = where
        self.named = named


class KeyStoreTurnedOffError(KeyStoreConfigurationError, KeyStoreMissingError):
    """The keyring library is told to use one that keeps nothing, as by `keyring --disable`, or keeps it in a file."""


class KeyStoreLockedError(KeyStoreError):
    """The keyring is locked, or the person refused to unlock it."""


class KeyStoreRefusedError(KeyStoreError):
    """The keyring is there but failed."""


class KeyStore(Protocol):
    """Keeps one key per account id. All raise `KeyStoreError`."""

    async def get(self, account_id: str) -> ApiKey | None:
        """The key, or None where none is kept."""

    async def put(self, account_id: str, key: ApiKey) -> None:
        """Keep `key`, in place of the one before."""

    async def remove(self, account_id: str) -> None:
        """Forget the key. No error where there is none."""


class MemoryStore:
    """Keeps keys until the program ends: for the demo, and for who has no keyring."""

    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}

    async def get(self, account_id: str) -> ApiKey | None:
        """The key, or None where none is kept."""
        return self._keys.get(account_id)

    async def put(self, account_id: str, key: ApiKey) -> None:
        """Keep `key` until the program ends."""
        self._keys[account_id] = key

    async def remove(self, account_id: str) -> None:
        """Forget the key."""
        self._keys.pop(account_id, None)


class KeyringStore:
    """Keeps keys in the operating system's keyring, under `SERVICE` and the account's id."""

    async def get(self, account_id: str) -> ApiKey | None:
        """The key, or None where none is kept."""

        def read() -> ApiKey | None:
            found = (_read(backend, account_id) for backend in _backends())
            return next((key for key in found if key is not None), None)

        return await _in_thread(read)

    async def put(self, account_id: str, key: ApiKey) -> None:
        """Keep `key` and read it back: some back ends take a key and drop it."""

        def write() -> None:
            for backend in _backends():
                try:
                    backend.set_password(SERVICE, account_id, key.reveal())
                except NotImplementedError:
                    continue  # one that only reads, as those of package indexes; they often stand first
                if _read(backend, account_id) != key:
                    raise KeyStoreRefusedError(f"{_name(backend)} did not keep the key")
                return
            raise KeyStoreMissingError("no keyring that can be written")

        await _in_thread(write)

    async def remove(self, account_id: str) -> None:
        """Forget the key. No error where there is none."""

        def delete() -> None:
            for backend in _backends():
                # Asked first: the back ends' errors do not tell "was not there" from "could not delete it".
                if backend.get_password(SERVICE, account_id) is not None:
                    backend.delete_password(SERVICE, account_id)

        await _in_thread(delete)


async def found_keyrings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keyrings that can be used on this machine, the preferred one first, and all that were looked for.

    For whoever wants to know why there is none. Reads no key.
    """

    def look() -> tuple[tuple[str, ...], tuple[str, ...]]:
        from keyring.backend import KeyringBackend as Base

        try:
            usable = tuple(_name(backend) for backend in _backends())
        except (KeyStoreMissingError, KeyStoreConfigurationError):
            usable = ()
        known = (f"{kind.__module__}.{kind.__qualname__}" for kind in Base._classes)  # noqa: SLF001 - all that loaded
        others = ("keyring.backends.chainer", "keyring.backends.fail", "keyring.backends.null")
        return usable, tuple(sorted(name for name in known if not name.startswith(others)))

    return await _in_thread(look)


def _read(backend: KeyringBackend, account_id: str) -> ApiKey | None:
    secret = backend.get_password(SERVICE, account_id)
    if secret is None:
        return None
    try:
        return ApiKey(secret)
    except ValueError:
        raise KeyStoreRefusedError(f"what {_name(backend)} holds is no API key") from None


def _backends() -> list[KeyringBackend]:
    """The system's keyrings, the preferred one first, without those that write to files of their own or drop all.

    Raises `KeyStoreMissingError` where none is left, and `KeyStoreConfigurationError` where the choice is impossible.
    """
    import keyring
    from keyring.backends import chainer, fail, null

    try:
        backend = keyring.get_keyring()
    except Exception as exc:
        configured = _configured()
        if configured is None or isinstance(exc, keyring.errors.KeyringError):
            raise
        # The library checks nothing of it: it comes as whatever reading and importing raises.
        raise configured from None
    found = list(backend.backends) if isinstance(backend, chainer.ChainerBackend) else [backend]
    good = [
        candidate
        for candidate in found
        if not isinstance(candidate, fail.Keyring | null.Keyring)
        and not type(candidate).__module__.startswith(_KEEP_FILES)
    ]
    for backend in good:
        if type(backend).__module__ == "keyring.backends.Windows":
            # Else a key goes wherever the person's Windows domain takes their credentials.
            setattr(backend, "persist", "local machine")  # noqa: B010 - only this one has it
    if not good:
        configured = _configured()
        if configured is not None:
            raise KeyStoreTurnedOffError(configured.where, configured.named)
        raise KeyStoreMissingError(f"no keyring among {', '.join(_name(candidate) for candidate in found) or 'none'}")
    return good


def _configured() -> KeyStoreConfigurationError | None:
    """What chooses the keyring in place of the library, as the error that it may be; None where nothing does."""
    named = os.environ.get(_VARIABLE)
    if named is not None:
        return KeyStoreConfigurationError(_VARIABLE, named.strip())
    from keyring.util import platform_

    file = platform_.config_root() / _FILE
    if not file.is_file():
        return None
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
        if not parser.has_option("backend", "default-keyring"):
            return None
        return KeyStoreConfigurationError(str(file), parser.get("backend", "default-keyring").strip())
    except (OSError, ValueError, configparser.Error):
        return KeyStoreConfigurationError(str(file), None)


def _name(backend: KeyringBackend) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


async def _in_thread(call: Callable[[], _Result]) -> _Result:
    """Run `call` in a thread of its own and translate the keyring's errors.

    Not `asyncio.to_thread`: the program waits at its end for threads of a pool, and this one may sit behind a prompt
    that nobody answers.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_Result] = loop.create_future()

    def deliver(result: _Result | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # None only where _Result is None

    def run() -> None:
        try:
            outcome: tuple[_Result | None, BaseException | None] = (_translated(call), None)
        except KeyStoreError as exc:
            outcome = (None, exc)
        try:
            loop.call_soon_threadsafe(deliver, *outcome)
        except RuntimeError:
            _log.debug("The keyring answered after the program had ended.")

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await done


def _translated(call: Callable[[], _Result]) -> _Result:
    try:
        return call()
    except KeyStoreError:
        raise
    except Exception as exc:  # noqa: BLE001 - back ends raise errors of D-Bus, ctypes and pywin32 as they come
        error = _ours(exc)
    # Out here, and not `from exc`: the foreign error's text, or the frames of its traceback, may hold the key.
    raise error


def _ours(error: Exception) -> KeyStoreError:
    """The error of ours that stands for a foreign one. Takes over its class name, for the log, and nothing else."""
    if isinstance(error, ImportError):
        return KeyStoreMissingError("the keyring library cannot be loaded")
    import keyring.errors as theirs

    if isinstance(error, theirs.NoKeyringError):
        return KeyStoreMissingError("no keyring")
    if isinstance(error, theirs.KeyringLocked | theirs.InitError):
        # InitError is what a dismissed prompt and a collection that cannot be opened come as.
        return KeyStoreLockedError(type(error).__name__)
    return KeyStoreRefusedError(type(error).__name__)
