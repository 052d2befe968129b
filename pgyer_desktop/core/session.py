"""One connected account: everything that can be asked of the service with its key, and nothing about other accounts.

The key itself stays inside the client. A session is thrown away when the account, its key or the address changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pgyer_desktop.core import apps, writes
from pgyer_desktop.core.builds import BuildReader
from pgyer_desktop.core.outcome import Write, WriteResult

if TYPE_CHECKING:
    from pgyer_desktop.api.client import Client
    from pgyer_desktop.api.models import Build, UpdateCheck
    from pgyer_desktop.core.icons import IconStore
    from pgyer_desktop.core.settings import KnownApp


class Session:
    """What the window works with while an account is on."""

    def __init__(self, client: Client, icons: IconStore) -> None:
        self._client = client
        self.builds = BuildReader(client)
        self.icons = icons

    async def list_apps(self, *, on_part: Callable[[apps.AppList], None] | None = None) -> apps.AppList:
        """All apps of the account; see `apps.list_apps`."""
        return await apps.list_apps(self._client, on_part=on_part)

    async def find_app(self, app_key: str) -> KnownApp:
        """The app with this key. Raises `PgyerError`."""
        return await apps.find_app(self._client, app_key)

    async def check_update(self, app_key: str, *, version: str, pgyer_build: str, channel: str) -> UpdateCheck:
        """What a device at that version is offered. Raises `PgyerError`."""
        return await self._client.check_update(app_key, version=version, pgyer_build=pgyer_build, channel=channel)

    async def write(self, write: Write, app_key: str, build: Build, *, page: int) -> WriteResult:
        """Make one change, once, and read afterwards; see `writes`."""
        does = {
            Write.SET_LATEST: writes.set_latest,
            Write.CLEAR_LATEST: writes.clear_latest,
            Write.DELETE: writes.delete,
        }[write]
        return await does(self._client, self.builds, app_key, build, page=page)
