"""The account's apps: read page by page from a list that does not say how long it is, or added one by one by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgyer_desktop.api import PgyerError, Platform
from pgyer_desktop.api.errors import MalformedReplyError

if TYPE_CHECKING:
    from pgyer_desktop.api import AppPage, AppSummary, Client

MAX_PAGES = 500
"""Where to stop reading a list that never ends."""


@dataclass(frozen=True, slots=True)
class KnownApp:
    """What is remembered of an app, so that it can be shown before the service has been asked."""

    app_key: str
    name: str = ""
    identifier: str = ""
    icon: str = ""
    platform: Platform = Platform.UNKNOWN
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class AppList:
    """The apps read so far. `error` says why it is not all of them."""

    apps: tuple[KnownApp, ...] = ()
    complete: bool = False
    error: PgyerError | None = None

    def all_known(self, added: Iterable[KnownApp], recent: Iterable[KnownApp]) -> tuple[KnownApp, ...]:
        """These, those added by key and, until the list has been read, those that were opened before."""
        known_apps = merged(self.apps, added)
        return known_apps if self.complete else merged(known_apps, recent)

    def known_recent(self, added: Iterable[KnownApp], recent: tuple[KnownApp, ...]) -> tuple[KnownApp, ...]:
        """Those of `recent` that are known, as they are known now."""
        apps = {app.app_key: app for app in self.all_known(added, recent)}
        return tuple(apps[app.app_key] for app in recent if app.app_key in apps)


async def list_apps(client: Client, *, on_part: Callable[[AppList], None] | None = None) -> AppList:
    """All apps of the account, in the service's order.

    The reply has no reliable page count, so reading ends at an empty page, a page shorter than the first, a page that
    brings nothing new, or when exactly the total has been read; a total that was passed was wrong. A page that tells
    neither of apps nor of a total before that is no end, but a reply that failed. Where a page fails, what was read
    before is kept. `on_part` is told after each page but the last. Never raises `PgyerError`: it is in
    the result.
    """
    found: dict[str, KnownApp] = {}
    first_rows = total = 0
    for number in range(1, MAX_PAGES + 1):
        try:
            page = await client.list_apps(number)
        except PgyerError as exc:
            return AppList(tuple(found.values()), error=exc)
        rows = len(page.apps) + page.unreadable
        total = page.total or total
        if not rows and page.total is None and total > len(found):
            return AppList(tuple(found.values()), error=MalformedReplyError("Pgyer", 200, "no list in the reply"))
        before = len(found)
        for app in page.apps:
            found.setdefault(app.app_key, known(app))
        first_rows = first_rows or rows
        if _is_last(page, rows=rows, first_rows=first_rows, new=len(found) - before, count=len(found)):
            return AppList(tuple(found.values()), complete=True)
        if on_part is not None:
            on_part(AppList(tuple(found.values())))
    return AppList(tuple(found.values()))


def _is_last(page: AppPage, *, rows: int, first_rows: int, new: int, count: int) -> bool:
    if rows == 0 or new == 0 or rows < first_rows:
        return True
    return count == page.total


async def find_app(client: Client, app_key: str) -> KnownApp:
    """The app with this key, checked by reading its builds, as far as its newest build describes it.

    Raises `PgyerError`: `NotFoundError` where this account has no such app.
    """
    page = await client.list_builds(app_key, 1)
    if not page.builds:
        return KnownApp(app_key)
    newest = page.builds[0]
    return KnownApp(app_key, newest.name, newest.identifier, newest.icon, newest.platform, newest.shortcut)


def known(app: AppSummary) -> KnownApp:
    """What is remembered of a listed app."""
    return KnownApp(app.app_key, app.name, app.identifier, app.icon, app.platform, app.shortcut)


def merged(listed: Iterable[KnownApp], added: Iterable[KnownApp]) -> tuple[KnownApp, ...]:
    """The listed apps, then those added by key that the list does not hold."""
    by_key = {app.app_key: app for app in listed}
    for app in added:
        by_key.setdefault(app.app_key, app)
    return tuple(by_key.values())
