"""The state of the service and its rules; also what a colleague does meanwhile, in another window or on the web.

Knows neither sockets nor JSON. Every method may be called from any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from tests.lookalike.behaviour import Behaviour, Successor
from tests.lookalike.clock import Clock
from tests.lookalike.stock import ANDROID, IOS, Account, App, Build, made_up


class NotThereError(Exception):
    """There is no such app or build, or not in this account."""


class NotLatestError(Exception):
    """The build whose mark was to be cleared does not have it."""


class World:
    """Accounts with apps with builds. `seed` decides all keys: another seed, other keys."""

    def __init__(
        self, behaviour: Behaviour | None = None, *, clock: Clock | None = None, seed: str = "made up"
    ) -> None:
        self.behaviour = behaviour or Behaviour()
        self.clock = clock or Clock()
        self.accounts: list[Account] = []
        self._seed = seed
        self._lock = threading.RLock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else sees or changes anything meanwhile."""
        with self._lock:
            yield

    # Looking

    def account_of(self, key: str) -> Account | None:
        """The account that this API key opens."""
        return next((account for account in self.accounts if account.key == key), None)

    def app(self, key_or_name: str) -> App:
        """An app of whichever account."""
        with self._lock:
            for account in self.accounts:
                for app in account.apps:
                    if key_or_name in {app.key, app.name}:
                        return app
        raise NotThereError(key_or_name)

    def find(self, build_key: str, account: Account | None = None) -> tuple[App, Build]:
        """The build with this key; in `account` where one is given, as a request may only see its own."""
        with self._lock:
            for owner in self.accounts if account is None else [account]:
                for app in owner.apps:
                    for build in app.builds:
                        if build.key == build_key:
                            return app, build
        raise NotThereError(build_key)

    def offered(self, app: App) -> Build:
        """What the app's users get."""
        with self._lock:
            if app.latest:
                return self.find(app.latest[-1])[1]
            if app.builds and self.behaviour.offers_newest_without_latest:
                return app.builds[0]
        raise NotThereError(app.key)

    # Changing

    def add_account(self, name: str) -> Account:
        """A new account without apps."""
        account = Account(name, made_up(self._seed, "account", name))
        with self._lock:
            self.accounts.append(account)
        return account

    def add_app(
        self, account: Account, name: str, platform: int, *, shortcut: str, password: str = "", description: str = ""
    ) -> App:
        """A new app without builds. `shortcut` is the word of its page's address."""
        key = made_up(self._seed, "app", name)
        icon = made_up(self._seed, "icon", name)
        identifier = f"com.example.{shortcut.lower()}"
        app = App(key, name, identifier, platform, shortcut, icon, password=password, description=description)
        with self._lock:
            account.apps.append(app)
        return app

    def upload(
        self,
        app: App,
        version: str,
        *,
        number: str | None = None,
        notes: str = "",
        published: bool = True,
        size: int = 12_345_678,
        downloads: int = 0,
    ) -> Build:
        """A new build, first in the list. One that is still being published never becomes the latest by itself."""
        with self._lock:
            app.count += 1
            ending = "ipa" if app.platform == IOS else "apk"
            build = Build(
                key=made_up(self._seed, "build", app.name, app.count),
                count=app.count,
                version=version,
                number=str(app.count) if number is None else number,
                size=size,
                created=self.clock.now,
                icon=app.icon,
                notes=notes,
                file_name=f"{app.shortcut.lower()}-{version}.{ending}",
                published=published,
                downloads=downloads,
            )
            app.builds.insert(0, build)
            if published and self.behaviour.upload_becomes_latest:
                self.promote(build.key)
            return build

    def promote(self, build_key: str, account: Account | None = None) -> None:
        """Make a build the latest."""
        with self._lock:
            app, _build = self.find(build_key, account)
            if self.behaviour.several_latest:
                kept = [key for key in app.latest if key != build_key]
            else:
                kept = []
                app.before.extend(key for key in app.latest if key != build_key)
            app.latest = [*kept, build_key]

    def clear(self, build_key: str, account: Account | None = None) -> None:
        """Take the mark of the latest from a build."""
        with self._lock:
            app, _build = self.find(build_key, account)
            if build_key in app.latest:
                self._leave(app, build_key, self.behaviour.after_clear)
            elif self.behaviour.clearing_another_fails:
                raise NotLatestError(build_key)

    def delete(self, build_key: str, account: Account | None = None) -> None:
        """Remove a build for good."""
        with self._lock:
            app, build = self.find(build_key, account)
            app.builds.remove(build)
            app.before = [key for key in app.before if key != build_key]
            if build_key in app.latest:
                self._leave(app, build_key, self.behaviour.after_delete)

    def _leave(self, app: App, build_key: str, successor: Successor) -> None:
        app.latest.remove(build_key)
        if app.latest or successor is Successor.NOBODY:
            return
        there = [build.key for build in app.builds if build.key != build_key]
        if successor is Successor.NEWEST:
            app.latest = there[:1]
        else:
            previous = [key for key in app.before if key in there]
            app.latest = previous[-1:]
            app.before = previous[:-1]


def furnished(behaviour: Behaviour | None = None, *, clock: Clock | None = None, seed: str = "made up") -> World:
    """Two accounts with some apps: three pages of builds, two, half of one, and none at all.

    The clock starts some time after the last upload; by default it stands.
    """
    world = World(behaviour, clock=clock or Clock(datetime(2031, 5, 6, 1, 30, tzinfo=UTC)), seed=seed)
    workshop, garden = world.add_account("Workshop"), world.add_account("Garden")
    kettle = world.add_app(
        workshop, "Kettle", IOS, shortcut="kettle", password="open-the-lid", description="Boils water from afar."
    )
    ferry = world.add_app(workshop, "渡轮时刻 Ferry", ANDROID, shortcut="ferry")
    world.add_app(workshop, "Empty shelf", ANDROID, shortcut="shelf")
    orchard = world.add_app(garden, "Orchard & Sons <beta>", ANDROID, shortcut="orchard")
    kettle.channels = {"testers": "", "museum": ""}
    for app, builds in ((kettle, 47), (ferry, 23), (orchard, 9)):
        for count in range(1, builds + 1):
            world.clock.advance(timedelta(hours=7, minutes=11))
            world.upload(
                app,
                f"1.{count // 10}.{count % 10}",
                number=str(100 + count),
                notes=f'Number {count}:\n- quicker "start" & <safer> stop\n- 修复了 {count} 个问题',
                size=20_000_000 + 12_345 * count,
                downloads=count % 5,
            )
    kettle.channels["museum"] = kettle.builds[-1].key
    world.clock.advance(timedelta(days=1))
    return world
