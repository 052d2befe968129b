"""The made-up Pgyer: what is uploaded, what is latest, and the rules by which that changes.

Pure Python and synchronous; HTTP is `asgi`'s business and the look of a reply `shapes`'s. Safe to use from several
threads.

What the service does in the following cases nobody could find out. The sandbox decides:

- After a clear, or a delete of the only latest build, the newest remaining build that is completely published becomes
  latest; never the one just cleared. Where none remains, no build is latest.
- Clearing a build that is not latest succeeds and changes nothing.
- A build that is still being published cannot become latest (code 1247).
- Where no build is latest, `check` and `view` answer for the newest completely published one.
- `check` compares `buildBuildVersion` where it is sent, else `buildVersion` number by number; a higher one is newer.
- A channel answers for the build it is pinned to; an unknown channel, or one whose build is gone, follows latest.
- `builds` ignores its optional `buildKey`.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pgyer_desktop.sandbox import keys, shapes
from pgyer_desktop.sandbox.catalog import APPS, CHINA, build_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pgyer_desktop.sandbox.catalog import App, Build
    from pgyer_desktop.sandbox.shapes import Json, JsonObject

DEMO_KEY: Final = "facade00" * 4
"""The key of the demo account. Opens nothing but a sandbox."""

PAGE_SIZE: Final = 20
"""Rows on a page, of builds and of apps."""


class ServiceError(Exception):
    """A refusal: its `code` is one of the service's, its text is English, as on the service."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class _Shelf:
    """What an app holds now. `serials` is filled when first asked for, newest first."""

    app: App
    number: int
    serials: list[int]
    latest: set[int]

    def remove(self, serial: int) -> None:
        self.serials.remove(serial)
        self.latest.discard(serial)


class SandboxService:
    """One made-up account with its apps.

    - `now`: when the sandbox starts; upload times lie before it. Without a zone it is China time. Default: the
      machine's clock.
    - `api_key`: the only key that is accepted.
    - `apps`: what it holds, in their order (at most `keys.MAX_APPS`).
    - `icons`: the address of the icons in replies, without a trailing slash.
    """

    def __init__(
        self,
        now: datetime | None = None,
        api_key: str = DEMO_KEY,
        *,
        apps: tuple[App, ...] = APPS,
        icons: str = "https://cdn-app-icon2.pgyer.com",
    ) -> None:
        start = now or datetime.now(CHINA)
        self._start = start.replace(tzinfo=CHINA) if start.tzinfo is None else start.astimezone(CHINA)
        self._api_key = api_key
        self._icons = icons
        self._apps = apps
        self._numbers = {app.key: number for number, app in enumerate(self._apps)}
        self._icon_keys = frozenset(key for app in self._apps for key in app.icon_keys())
        self._shelves: dict[int, _Shelf] = {}
        self._lock = threading.RLock()
        self._operations: dict[str, Callable[[Mapping[str, str]], JsonObject]] = {
            "builds": self._builds,
            "setNewestVersion": self._set_latest,
            "cancelNewestVersion": self._clear_latest,
            "check": self._check,
            "buildDelete": self._delete,
            "listMy": self._list_apps,
            "view": self._view,
        }

    # What HTTP asks.

    def knows(self, operation: str) -> bool:
        """Whether there is an operation of this name ("builds", "check", ...)."""
        return operation in self._operations

    def knows_icon(self, key: str) -> bool:
        """Whether one of the apps has this icon."""
        return key in self._icon_keys

    def knows_key(self, api_key: str | None) -> bool:
        """Whether this is the account's key."""
        return api_key == self._api_key

    def answer(self, operation: str, fields: Mapping[str, str]) -> JsonObject:
        """Answer one operation: the whole reply, `code`, `message` and (without an error) `data`.

        An empty `operation` is the base address itself, which knows only whether a key was sent.
        """
        try:
            with self._lock:
                self._check_key(fields)
                return self._operations.get(operation, _refuse)(fields)
        except ServiceError as error:
            return {"code": error.code, "message": str(error)}

    # The operations. Each takes the form's fields, returns a whole reply or raises ServiceError.

    def _builds(self, fields: Mapping[str, str]) -> JsonObject:
        shelf = self._named_shelf(fields)
        page = _page_number(fields)
        rows: list[Json] = [
            shapes.build_row(shelf.app, self._build(shelf, serial), latest=serial in shelf.latest)
            for serial in page_of(shelf.serials, page)
        ]
        pages = -(-len(shelf.serials) // PAGE_SIZE)
        return _success({"pageCount": pages, "currentPage": page, "list": rows})

    def _list_apps(self, fields: Mapping[str, str]) -> JsonObject:
        page = _page_number(fields)
        start = (page - 1) * PAGE_SIZE
        rows: list[Json] = []
        for app in self._apps[start : start + PAGE_SIZE]:
            shelf = self._shelf(app.key)
            rows.append(shapes.app_row(app, self._offered(shelf)))
        return _success({"list": rows, "total": str(len(self._apps)), "page": page})

    def _set_latest(self, fields: Mapping[str, str]) -> JsonObject:
        shelf, serial = self._named_build(fields)
        if not self._build(shelf, serial).complete:
            raise ServiceError(1247, "The build is still being processed, please try again later")
        shelf.latest = {serial}
        return {"code": 0, "message": "Set successfully"}

    def _clear_latest(self, fields: Mapping[str, str]) -> JsonObject:
        shelf, serial = self._named_build(fields)
        if serial in shelf.latest:
            shelf.latest.discard(serial)
            self._settle_latest(shelf, cleared=serial)
        return {"code": 0, "message": "Cleared successfully"}

    def _delete(self, fields: Mapping[str, str]) -> JsonObject:
        shelf, serial = self._named_build(fields)
        was_latest = serial in shelf.latest
        shelf.remove(serial)
        if was_latest:
            self._settle_latest(shelf, cleared=None)
        return {"code": 0, "message": ""}

    def _check(self, fields: Mapping[str, str]) -> JsonObject:
        shelf = self._named_shelf(fields)
        pinned = shelf.app.channels.get(fields.get("channelKey", ""))
        offered = self._build(shelf, pinned) if pinned in shelf.serials else self._offered(shelf)
        if offered is None:
            raise ServiceError(1009, "App could not be found")
        newer = _is_older(fields, offered)
        force_from = None if shelf.app.forced is None else self._build(shelf, shelf.app.forced)
        return _success(
            shapes.check(
                shelf.app,
                offered,
                newer=newer,
                forced=newer and force_from is not None and _is_older(fields, force_from),
                force_from=force_from,
                api_key=self._api_key,
                icons=self._icons,
            )
        )

    def _view(self, fields: Mapping[str, str]) -> JsonObject:
        if not fields.get("appKey") and not fields.get("buildKey"):
            raise ServiceError(1008, "buildKey and appKey could not both be empty")
        shelf = self._named_shelf(fields)
        build: Build | None
        if fields.get("buildKey"):
            of_shelf, serial = self._find(fields["buildKey"])
            if of_shelf is not shelf:
                raise ServiceError(1009, "App could not be found")
            build = self._build(shelf, serial)
        else:
            build = self._offered(shelf)
        if build is None:
            raise ServiceError(1009, "App could not be found")
        at = shelf.serials.index(build.serial)
        earlier = shelf.serials[at + 1 : at + 4]
        return _success(
            shapes.view(
                shelf.app,
                build,
                latest=build.serial in shelf.latest,
                others=[self._build(shelf, serial) for serial in earlier],
                other_count=len(shelf.serials) - 1,
                icons=self._icons,
            )
        )

    # Rules and look-ups.

    def _check_key(self, fields: Mapping[str, str]) -> None:
        if not fields.get("_api_key"):
            raise ServiceError(1001, "_api_key could not be empty")
        if not self.knows_key(fields["_api_key"]):
            raise ServiceError(1002, "_api_key is invalid")

    def _settle_latest(self, shelf: _Shelf, *, cleared: int | None) -> None:
        """Choose what is latest after the latest build was cleared or deleted (our rule, see above)."""
        if shelf.latest:
            return
        for serial in shelf.serials:
            if serial != cleared and self._build(shelf, serial).complete:
                shelf.latest = {serial}
                return

    def _offered(self, shelf: _Shelf) -> Build | None:
        """Return the build that stands for the app: the latest one, else the newest complete one."""
        if shelf.latest:
            return self._build(shelf, max(shelf.latest))
        builds = (self._build(shelf, serial) for serial in shelf.serials)
        return next((build for build in builds if build.complete), None)

    def _build(self, shelf: _Shelf, serial: int) -> Build:
        return build_of(shelf.app, shelf.number, serial, now=self._start)

    def _named_shelf(self, fields: Mapping[str, str]) -> _Shelf:
        key = fields.get("appKey")
        if not key:
            raise ServiceError(1010, "appKey could not be empty")
        return self._shelf(key)

    def _named_build(self, fields: Mapping[str, str]) -> tuple[_Shelf, int]:
        key = fields.get("buildKey")
        if not key:
            raise ServiceError(1011, "buildKey could not be empty")
        return self._find(key)

    def _find(self, build_key: str) -> tuple[_Shelf, int]:
        numbers = keys.read_build_key(build_key)
        if numbers is not None and numbers[0] < len(self._apps):
            shelf = self._shelf(self._apps[numbers[0]].key)
            if numbers[1] in shelf.serials:
                return shelf, numbers[1]
        raise ServiceError(1009, "App could not be found")

    def _shelf(self, app_key: str) -> _Shelf:
        number = self._numbers.get(app_key)
        if number is None:
            raise ServiceError(1009, "App could not be found")
        shelf = self._shelves.get(number)
        if shelf is None:
            app = self._apps[number]
            serials = app.serials()
            shelf = _Shelf(
                app,
                number,
                serials,
                latest={serials[back] for back in app.latest if back < len(serials)},
            )
            self._shelves[number] = shelf
        return shelf


def _refuse(fields: Mapping[str, str]) -> JsonObject:
    del fields
    raise ServiceError(1081, "error request")


def _success(data: JsonObject) -> JsonObject:
    return {"code": 0, "message": "", "data": data}


def _page_number(fields: Mapping[str, str]) -> int:
    text = fields.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def page_of(serials: list[int], page: int) -> list[int]:
    """Return what stands on a page, from 1."""
    return serials[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _numbers_in(version: str) -> tuple[int, ...]:
    """Return the numbers in a version without trailing zeros, so that 1.2 and 1.2.0 are the same."""
    numbers = [int(digits) for digits in re.findall(r"[0-9]{1,18}", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _is_older(fields: Mapping[str, str], than: Build) -> bool:
    """Whether the device that sent these fields has an older build; without a version: no."""
    serial = fields.get("buildBuildVersion", "")
    if serial.isascii() and serial.isdecimal():
        return int(serial[:18]) < than.serial
    version = fields.get("buildVersion", "")
    return bool(version) and _numbers_in(version) < _numbers_in(than.version)
