"""The operations of the API, one method each. Knows paths and form fields; no HTTP library and no retries.

Each method sends exactly one request and either returns a value or raises one of `errors`. `app/deleteApp`, which
deletes a whole app, is deliberately not spoken.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from pgyer_desktop.api import wire
from pgyer_desktop.api.echoes import Echo
from pgyer_desktop.api.errors import MalformedReplyError, RateLimitedError
from pgyer_desktop.api.models import ApiKey, AppPage, Build, BuildPage, UpdateCheck

SET_LATEST: Final = "/app/setNewestVersion"
CLEAR_LATEST: Final = "/app/cancelNewestVersion"
DELETE_BUILD: Final = "/app/buildDelete"
WRITES: Final = frozenset({SET_LATEST, CLEAR_LATEST, DELETE_BUILD})
"""Sent once, whatever comes of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP reply, unpacked."""

    status: int
    content_type: str
    body: bytes


class Transport(Protocol):
    """What carries a form to the service and a reply back."""

    @property
    def host(self) -> str:
        """The host that answers, for messages."""

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """Send `form` to `path` (below the base address) once; one of `WRITES` on a connection of its own.

        Raises `errors.TransportError` where no whole reply came, `errors.ReplyTooLargeError` where it is too large.
        """


@dataclass(slots=True)
class Limit:
    """That an account had too many requests within the hour. It outlives the client to which that was said."""

    at: float | None = None
    """When the service said so last, by `time.monotonic`."""


class Client:
    """One account's view of the service. `limit` is where it keeps that it was told to wait."""

    def __init__(self, transport: Transport, key: ApiKey, limit: Limit | None = None) -> None:
        self._transport = transport
        self._key = key
        self._limit = limit or Limit()

    @property
    def limited_at(self) -> float | None:
        """When the service last said that it had too many requests within the hour, by `time.monotonic`."""
        return self._limit.at

    async def list_apps(self, page: int = 1) -> AppPage:
        """`app/listMy`: page `page` (from 1) of the account's apps."""
        data = await self._call("/app/listMy", page=str(page))
        return wire.app_page(data, number=page, host=self._transport.host)

    async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
        """`app/builds`: page `page` (from 1) of an app's builds, newest first. Past the end: no rows, no error."""
        data = await self._call("/app/builds", appKey=app_key, page=str(page))
        return wire.build_page(data, number=page, host=self._transport.host)

    async def list_build(self, app_key: str, build_key: str) -> BuildPage:
        """`app/builds` with its field `buildKey`, of which nobody knows what the service does with it.

        Rows without this build, or none, say nothing of it by themselves. The number of the page means nothing.
        """
        data = await self._call("/app/builds", appKey=app_key, buildKey=build_key)
        # Not as a first page: of what was asked for, nothing may be there.
        return wire.build_page(data, number=2, host=self._transport.host)

    async def view_build(self, app_key: str, build_key: str) -> Build:
        """`app/view` for one build.

        Raises `NotFoundError` where it is gone, and `MalformedReplyError` for a reply about another build: that says
        nothing of this one, not even that it is gone.
        """
        data = await self._call("/app/view", appKey=app_key, buildKey=build_key)
        found = wire.viewed_build(data, host=self._transport.host)
        if found.build_key != build_key:
            raise MalformedReplyError(self._transport.host, 200, "another build in the reply")
        return found

    async def check_update(
        self, app_key: str, *, version: str = "", pgyer_build: str = "", channel: str = ""
    ) -> UpdateCheck:
        """`app/check`: which build a client at `version` (and `pgyer_build`) on `channel` is offered.

        Empty arguments are not sent; without a version the answer only tells what is latest.
        """
        data = await self._call(
            "/app/check",
            appKey=app_key,
            buildVersion=version,
            buildBuildVersion=pgyer_build,
            channelKey=channel,
        )
        return wire.update_check(data, version_sent=bool(version or pgyer_build), host=self._transport.host)

    async def set_latest(self, build_key: str) -> None:
        """`app/setNewestVersion`. A write: what it did is known only by reading afterwards."""
        await self._call(SET_LATEST, buildKey=build_key)

    async def clear_latest(self, build_key: str) -> None:
        """`app/cancelNewestVersion`. A write; the service decides what is latest then."""
        await self._call(CLEAR_LATEST, buildKey=build_key)

    async def delete_build(self, build_key: str) -> None:
        """`app/buildDelete`. A write that cannot be undone, by build key alone."""
        await self._call(DELETE_BUILD, buildKey=build_key)

    async def _call(self, path: str, **fields: str) -> wire.Json:
        form = {"_api_key": self._key.reveal(), **{name: value for name, value in fields.items() if value}}
        reply = await self._transport.post(path, form)
        try:
            return self._read(reply)
        except RateLimitedError:
            self._limit.at = time.monotonic()
            raise

    def _read(self, reply: Reply) -> wire.Json:
        # A service that sends the key back, in a link or in a name, must not bring it onto the screen.
        struck = Echo(self._key.reveal()).struck
        return wire.envelope(
            reply.body,
            status=reply.status,
            content_type=reply.content_type,
            host=self._transport.host,
            struck=struck,
        )
