"""The sandbox as tests want it: it keeps what it was asked, breaks on demand, and tells what it holds.

A service and an application of the sandbox's own kind, so that what answers is the sandbox itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from pgyer_desktop import sandbox
from pgyer_desktop.sandbox import asgi, catalog, keys
from pgyer_desktop.sandbox.service import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pgyer_desktop.sandbox.asgi import Receive, Reply, Scope, Send
    from pgyer_desktop.sandbox.service import _Shelf

_RECORDS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as it arrived.

    `fields` are the form's; in place of the key `_api_key` holds whether it was the right one. Header names are in
    lower case. `query` is what stood behind the question mark. The key itself is in none of them: where it should
    not have been sent at all it reads `[key]`.
    """

    method: str
    path: str
    fields: Mapping[str, str | bool]
    headers: Mapping[str, str]
    query: str = ""

    @property
    def operation(self) -> str:
        """The last part of the path: "builds", "setNewestVersion" or an icon's key."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong once. See `SandboxService.fail_next`."""

    path: str
    code: int | None = None
    message: str = ""
    status: int | None = None
    body: bytes | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    delay: float = 0.0
    drop_reply: bool = False

    def hits(self, path: str) -> bool:
        """Whether a request for `path` meets this fault."""
        return self.path == "*" or path.endswith(self.path)

    @property
    def answers(self) -> bool:
        """Whether the fault replaces the answer, so that the request changes nothing."""
        return self.code is not None or self.status is not None or self.body is not None


def small_apps(count: int) -> Iterator[catalog.App]:
    """Yield `count` small apps, for accounts with several hundred of them."""
    for number in range(1, count + 1):
        yield catalog.App(
            slug=f"fleet{number:04d}",
            name=f"Fleet {number:04d}" if number % 2 else f"船队 {number:04d}",
            platform=(catalog.IOS, catalog.ANDROID, catalog.HARMONY)[number % 3],
            page=f"fl{number:04d}",
            builds=3 + number % 9,
            hue=(number * 37) % 256,
            glyph=number % 16,
            language="en" if number % 2 else "zh",
        )


class SandboxService(sandbox.SandboxService):
    """One made-up account that can be looked into and broken. Safe to use from several threads."""

    def __init__(
        self,
        now: datetime | None = None,
        api_key: str = sandbox.DEMO_KEY,
        latency: float = 0.0,
        *,
        extra_apps: int = 0,
        icons: str = "https://cdn-app-icon2.pgyer.com",
    ) -> None:
        """`latency`: seconds that every reply waits. `extra_apps`: so many small ones behind the made-up ones."""
        super().__init__(now, api_key, apps=(*sandbox.APPS, *small_apps(extra_apps)), icons=icons)
        self.latency = latency
        self._fixed_clock = now is not None
        self._arrivals = 0
        self._arrived: dict[tuple[int, int], catalog.Build] = {}
        """Builds that came or changed since the start, by their app's number and their own."""
        self._requests: tuple[RecordedRequest, ...] = ()
        self._faults: tuple[Fault, ...] = ()

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """The last 10,000 requests, oldest first, icons included."""
        return self._requests

    def record(self, request: RecordedRequest) -> None:
        """Keep a request."""
        with self._lock:
            self._requests = (*self._requests, request)[-_RECORDS_KEPT:]

    def forget_requests(self) -> None:
        """Empty `requests`."""
        with self._lock:
            self._requests = ()

    def sent(self, operation: str) -> tuple[RecordedRequest, ...]:
        """Return the recorded requests of one operation, such as "buildDelete"."""
        return tuple(request for request in self.requests if request.operation == operation)

    def redact(self, text: str) -> str:
        """Return `text` with the account's key taken out."""
        return text.replace(self._api_key, "[key]")

    def fail_next(
        self,
        path: str,
        *,
        code: int | None = None,
        message: str = "",
        status: int | None = None,
        body: bytes | str | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
        delay: float = 0.0,
        drop_reply: bool = False,
    ) -> None:
        """Make the next request whose path ends in `path` go wrong, once; "*" is any request. Calls queue up.

        - `path`: such as "/app/builds", an icon's key, or "*".
        - `code`: refuse with this code and `message`, with HTTP 200.
        - `message`: the text that goes with `code`.
        - `status`: answer with this HTTP status and, unless `body` is given, a gateway's HTML page.
        - `body`: answer with this; text is sent as UTF-8. JSON unless `content_type` or `status` says otherwise.
        - `content_type`: the type of `body`.
        - `headers`: more reply headers, such as `{"location": ...}`.
        - `delay`: seconds to wait first; alone, the usual answer follows.
        - `drop_reply`: do what was asked, then end the connection within the reply. Needs a real server:
          in-process transports take an unfinished reply for a bug of the application.
        """
        fault = Fault(
            path=path,
            code=code,
            message=message,
            status=status,
            body=body.encode() if isinstance(body, str) else body,
            content_type=content_type,
            headers=dict(headers or {}),
            delay=delay,
            drop_reply=drop_reply,
        )
        with self._lock:
            self._faults = (*self._faults, fault)

    def take_fault(self, path: str) -> Fault | None:
        """Take the first queued fault that a request for `path` meets."""
        with self._lock:
            for at, fault in enumerate(self._faults):
                if fault.hits(path):
                    self._faults = self._faults[:at] + self._faults[at + 1 :]
                    return fault
        return None

    def app_key(self, slug: str) -> str:
        """Return the App Key of the app with this slug (see `catalog.APPS`).

        Raises `KeyError` where there is none.
        """
        for app in self._apps:
            if app.slug == slug:
                return app.key
        raise KeyError(slug)

    def build_count(self, app_key: str) -> int:
        """Return how many builds the app has now."""
        return len(self.build_keys(app_key))

    def build_keys(self, app_key: str, *, page: int | None = None) -> tuple[str, ...]:
        """Return the app's build keys, newest first: of one page (from 1), or all."""
        with self._lock:
            shelf = self._shelf(app_key)
            serials = shelf.serials if page is None else page_of(shelf.serials, page)
            return tuple(keys.build_key(shelf.number, serial) for serial in serials)

    def latest_keys(self, app_key: str) -> tuple[str, ...]:
        """Return the keys of the builds that are latest now, newest first: usually one."""
        with self._lock:
            shelf = self._shelf(app_key)
            return tuple(keys.build_key(shelf.number, serial) for serial in sorted(shelf.latest, reverse=True))

    def publish_build(
        self, app_key: str, *, version: str | None = None, notes: str | None = None, publishing: bool = False
    ) -> str:
        """Make a new build arrive on page 1, and return its key. It does not become latest by itself.

        - `app_key`: the app that gets it.
        - `version`: its version; default: the next one.
        - `notes`: its release notes; default: made up.
        - `publishing`: leave it incomplete until `finish_publishing`.

        Raises `ServiceError` where there is no such app. With a given `now`, builds that arrive are seconds apart.
        """
        with self._lock:
            shelf = self._shelf(app_key)
            serial = 1 + max([shelf.app.top, *(serial for number, serial in self._arrived if number == shelf.number)])
            self._arrivals += 1
            seconds = timedelta(seconds=self._arrivals)
            build = catalog.build_of(shelf.app, shelf.number, serial, now=self._start)
            self._arrived[shelf.number, serial] = replace(
                build,
                version=build.version if version is None else version,
                notes=build.notes if notes is None else notes,
                created=self._start + seconds if self._fixed_clock else datetime.now(catalog.CHINA),
                downloads=0,
                complete=not publishing,
            )
            shelf.serials.insert(0, serial)
            return build.key

    def finish_publishing(self, build_key: str) -> None:
        """Complete a build that is still being published.

        Raises `ServiceError` where there is none.
        """
        with self._lock:
            shelf, serial = self._find(build_key)
            self._arrived[shelf.number, serial] = replace(self._build(shelf, serial), complete=True)

    def _build(self, shelf: _Shelf, serial: int) -> catalog.Build:
        return self._arrived.get((shelf.number, serial)) or super()._build(shelf, serial)


class SandboxApp(sandbox.SandboxApp):
    """The application that records requests and meets the faults of its service."""

    service: SandboxService

    def __init__(self, service: SandboxService) -> None:
        super().__init__(service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request, or the server's start and end; refuse a web socket."""
        if scope["type"] == "lifespan":
            for event in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{event}.complete"})
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await asgi._read(receive)
        except asgi._HungUpError:
            return
        method, path = str(scope["method"]), str(scope["path"])
        fields = {} if body is None else asgi._form(scope, body)
        self.service.record(self._recorded(scope, fields))
        fault = self.service.take_fault(path)
        wait = self.service.latency + (fault.delay if fault else 0.0)
        if wait > 0:
            await asyncio.sleep(wait)
        if fault is not None and fault.answers:
            reply = _faulty(fault)
        else:
            reply = asgi._page(413) if body is None else self._reply(method, path, fields)
        if fault is not None and fault.drop_reply:
            await _send_half(send, reply)
        else:
            await asgi._send(send, reply, with_body=method != "HEAD")

    def _recorded(self, scope: Scope, fields: Mapping[str, str]) -> RecordedRequest:
        redact = self.service.redact
        kept: dict[str, str | bool] = {
            redact(name): self.service.knows_key(value) if name == "_api_key" else redact(value)
            for name, value in fields.items()
        }
        headers = {name.decode("latin-1").lower(): redact(value.decode("latin-1")) for name, value in scope["headers"]}
        return RecordedRequest(
            method=str(scope["method"]),
            path=redact(str(scope["path"])),
            fields=MappingProxyType(kept),
            headers=MappingProxyType(headers),
            query=redact(bytes(scope.get("query_string", b"")).decode("latin-1")),
        )


def _faulty(fault: Fault) -> Reply:
    if fault.code is not None:
        usual = asgi._json({"code": fault.code, "message": fault.message})
    elif fault.status is not None and fault.body is None:
        usual = asgi._page(fault.status)
    else:
        usual = asgi.Reply(200, asgi._HTML if fault.status is not None else asgi._JSON, fault.body or b"")
    return asgi.Reply(fault.status or usual.status, fault.content_type or usual.content_type, usual.body, fault.headers)


async def _send_half(send: Send, reply: Reply) -> None:
    """An unfinished reply: the promised length never comes, and the server ends the connection."""
    length = {"content-length": str(len(reply.body) + 64)}

    async def unfinished(message: asgi.Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": reply.body[: len(reply.body) // 2], "more_body": True}
        await send(message)

    await asgi._send(unfinished, replace(reply, headers={**reply.headers, **length}), with_body=True)
