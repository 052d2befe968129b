"""Keyring back ends for tests: one that works in memory, and others that fail in the ways that real ones do."""

from __future__ import annotations

import threading
import time
from typing import NoReturn

from keyring.backend import KeyringBackend
from keyring.backends import chainer
from keyring.compat import properties


def made(kind: type[KeyringBackend]) -> KeyringBackend:
    """An instance of a back end."""
    return kind()


class WorkingKeyring(KeyringBackend):
    """Keeps passwords in memory. Not viable, so that the library never chooses it by itself."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        raise RuntimeError("for tests only")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # as above
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


class DroppingKeyring(WorkingKeyring):
    """Says nothing and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


class ReadOnlyKeyring(WorkingKeyring):
    """Only finds what others have put there, as the back ends of package indexes do."""

    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        del service, username, password
        raise NotImplementedError


class RaisingKeyring(WorkingKeyring):
    """Raises `error`, whatever it is asked."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> NoReturn:
        del service, username
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        del service, username, password
        raise self.error

    def delete_password(self, service: str, username: str) -> NoReturn:
        del service, username
        raise self.error


class TalkativeKeyring(WorkingKeyring):
    """Raises errors that quote the key, with a cause that quotes it too."""

    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        cause = ValueError(f"bad argument {password!r} for {username} of {service}")
        raise OSError(5, f"could not store {password}", password) from cause

    def get_password(self, service: str, username: str) -> NoReturn:
        secret = self.passwords[service, username]
        raise UnicodeError(f"cannot decode {secret}")


class SlowKeyring(WorkingKeyring):
    """Takes `seconds` to read and to write, without letting anything else run in its thread."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(self._seconds)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        time.sleep(self._seconds)
        super().set_password(service, username, password)


class HangingKeyring(WorkingKeyring):
    """Waits, as for a prompt that nobody answers, until `answer` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.answer = threading.Event()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.set()
        self.answer.wait(300)  # longer than any test's patience
        self.answered.set()
        return super().get_password(service, username)


class Chain(chainer.ChainerBackend):
    """Chains the given back ends, where the library's own finds all that there are."""

    viable = False
    backends: list[KeyringBackend] = []  # noqa: RUF012 - the library's class has a property here

    def __init__(self, backends: list[KeyringBackend]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # as above
        self.backends = backends


def looks_like(module: str) -> KeyringBackend:
    """A working back end whose class says that it comes from `module`."""
    return made(type("Keyring", (WorkingKeyring,), {"__module__": module}))
