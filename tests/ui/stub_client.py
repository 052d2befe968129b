"""An account's service from memory: small pages, every question recorded, each to be held back or refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import NotFoundError, PgyerError
from pgyer_desktop.api.models import ApiKey, AppPage, AppSummary, Build, BuildPage, Platform, UpdateCheck

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILDS_PER_PAGE = 3
_FIRST_UPLOAD = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)


class _NoTransport:
    host = "pgyer.test"

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        raise AssertionError(f"{path} {sorted(form)}")


def build(app: str, number: int) -> Build:
    """Build `number` (from 1) of an app."""
    return Build(
        f"{app}{number}",
        name=app.title(),
        version=f"1.4.{number}",
        build_number=str(100 + number),
        pgyer_build=number,
        platform=Platform.IOS,
        size=10_000_000 + number,
        identifier=f"com.acme.{app}",
        created=_FIRST_UPLOAD + timedelta(hours=number),
        latest=False,
        notes=f"What is new in {number}",
        publish_complete=True,
        downloads=number,
    )


class StubClient(Client):
    """Apps by their keys, each with so many builds, newest first; the newest is the latest.

    Questions are named by what they are about: "apps 1", "builds harbour 2", "check harbour", "delete harbour7" …
    """

    def __init__(self, **builds_of: int) -> None:
        super().__init__(_NoTransport(), ApiKey("never-sent"))
        self.builds = {app: [build(app, n) for n in range(count, 0, -1)] for app, count in builds_of.items()}
        self.listed = list(builds_of)
        self.apps_per_page = 50
        self.latest = {app: {rows[0].build_key} for app, rows in self.builds.items() if rows}
        self.flagged = True
        """Whether rows carry their latest flag."""
        self.unreadable = 0
        self.with_icons = False
        self.errors: dict[str, PgyerError] = {}
        """By a question's name, or its first word."""
        self.asked: list[str] = []
        self.checked: list[tuple[str, str, str]] = []
        """Version, Pgyer build and channel of each check."""
        self._gates: dict[str, list[asyncio.Event]] = {}

    def hold(self, question: str) -> asyncio.Event:
        """Keep the next such question waiting until the event is set. Calls queue up."""
        gate = asyncio.Event()
        self._gates.setdefault(question, []).append(gate)
        return gate

    def release(self) -> None:
        """Let go of everything, so that nothing waits at the end of a test."""
        for gates in self._gates.values():
            for gate in gates:
                gate.set()

    def times(self, question: str) -> int:
        """How often it was asked."""
        return self.asked.count(question)

    def summary(self, app: str) -> AppSummary:
        """An app as the list has it."""
        icon = f"{self.listed.index(app):032x}" if self.with_icons else ""
        return AppSummary(app, app.title(), f"com.acme.{app}", icon, Platform.IOS, f"go-{app}")

    async def list_apps(self, page: int = 1) -> AppPage:
        await self._ask(f"apps {page}")
        start = (page - 1) * self.apps_per_page
        listed = self.listed[start : start + self.apps_per_page]
        return AppPage(page, tuple(self.summary(app) for app in listed), len(self.listed))

    async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
        await self._ask(f"builds {app_key} {page}")
        rows = self._rows(app_key)
        count = max(1, -(-len(rows) // BUILDS_PER_PAGE))
        shown = rows[(page - 1) * BUILDS_PER_PAGE : page * BUILDS_PER_PAGE]
        marked = self.latest.get(app_key, set())
        return BuildPage(
            page,
            count,
            tuple(replace(b, latest=b.build_key in marked if self.flagged else None) for b in shown),
            unreadable=self.unreadable,
        )

    async def view_build(self, app_key: str, build_key: str) -> Build:
        await self._ask(f"view {build_key}")
        found = next((b for b in self._rows(app_key) if b.build_key == build_key), None)
        if found is None:
            raise NotFoundError(1009, "build not found")
        return replace(found, latest=build_key in self.latest[app_key])

    async def check_update(
        self, app_key: str, *, version: str = "", pgyer_build: str = "", channel: str = ""
    ) -> UpdateCheck:
        self.checked.append((version, pgyer_build, channel))
        await self._ask(f"check {app_key}")
        offered = next((b for b in self._rows(app_key) if b.build_key in self.latest[app_key]), None)
        if offered is None:
            return UpdateCheck("")
        return UpdateCheck(
            offered.build_key,
            app_key,
            offered.name,
            offered.version,
            offered.build_number,
            offered.pgyer_build,
            has_new_version=offered.version != version,
            link=f"https://www.pgyer.com/go-{app_key}",
            version_sent=bool(version),
        )

    async def set_latest(self, build_key: str) -> None:
        await self._ask(f"set {build_key}")
        self.latest[self._app_of(build_key)] = {build_key}

    async def clear_latest(self, build_key: str) -> None:
        await self._ask(f"clear {build_key}")
        self.latest[self._app_of(build_key)].discard(build_key)

    async def delete_build(self, build_key: str) -> None:
        await self._ask(f"delete {build_key}")
        app = self._app_of(build_key)
        self.builds[app] = [b for b in self.builds[app] if b.build_key != build_key]
        self.latest[app].discard(build_key)

    async def _ask(self, question: str) -> None:
        self.asked.append(question)
        gates = self._gates.get(question)
        if gates:
            await gates.pop(0).wait()
        error = self.errors.get(question) or self.errors.get(question.split(maxsplit=1)[0])
        if error is not None:
            raise error

    def _rows(self, app: str) -> list[Build]:
        if app not in self.builds:
            raise NotFoundError(1009, "app not found")
        return self.builds[app]

    def _app_of(self, build_key: str) -> str:
        return next(app for app, rows in self.builds.items() if any(b.build_key == build_key for b in rows))
