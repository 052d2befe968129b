"""What was asked of the service, for tests to read. Never holds an API key, only where one was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

IN_FORM = "form"
"""Where the key belongs: the form's field `_api_key`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `operation` is the path below the API ("app/builds"), "icon", or the path itself for all else."""

    operation: str
    method: str
    path: str
    fields: Mapping[str, str]
    """Of the form, without the key."""
    headers: Mapping[str, str]
    """Names in small letters; a value that held a key is struck out."""
    account: str
    """The name of the account whose key was sent; "" for none."""
    key_seen_in: frozenset[str]
    """Where any account's key was: `IN_FORM`, "another field", "address", "headers"."""
    at: datetime
    """When it came, in UTC, by the clock of this machine."""


class Record:
    """All requests in the order in which they came."""

    def __init__(self) -> None:
        self._requests: list[Request] = []

    def note(self, request: Request) -> None:
        """Keep one more."""
        self._requests.append(request)

    def forget(self) -> None:
        """Begin anew."""
        self._requests.clear()

    @property
    def all(self) -> tuple[Request, ...]:
        """Every request."""
        return tuple(self._requests)

    def of(self, operation: str) -> tuple[Request, ...]:
        """The requests for one operation."""
        return tuple(request for request in self._requests if request.operation == operation)

    def sent(self, operation: str) -> list[str]:
        """The build keys that an operation was asked for, in order: a change that was sent twice is in it twice."""
        return [request.fields.get("buildKey", "") for request in self.of(operation)]
