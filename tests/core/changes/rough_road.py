"""The way to a look-alike service on which requests and replies get lost, other people come between, and programs die.

In this process: what a `Road` raises reaches the transport as the HTTP library's own failures do. It watches every
change that arrives, and reads the journal's file at that moment.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.parse import parse_qs

import httpx

from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base import line_file
from tests.helpers.sandbox import SandboxApp, SandboxService

if TYPE_CHECKING:
    from pgyer_desktop.api.transport import AsgiApp
    from pgyer_desktop.sandbox.asgi import Message, Receive, Scope, Send

WRITES = {
    "setNewestVersion": Write.SET_LATEST,
    "cancelNewestVersion": Write.CLEAR_LATEST,
    "buildDelete": Write.DELETE,
}
_SUCCESS = b'{"code":0,"message":""}'
_REFUSAL = b'{"code":1098,"message":"Too many requests"}'
_PAGE = b"<html><body>Sign in to the guest network</body></html>"


class Killed(BaseException):
    """Stands for the end of the program: whatever else it does while this passes through is undone."""


class Reply(Enum):
    """What comes back for one request."""

    UNREACHABLE = "unreachable"
    """No connection: nothing can have arrived."""
    RESET = "reset"
    TIMEOUT = "timeout"
    CUT_OFF = "cut off"
    GATEWAY = "gateway"
    WEB_PAGE = "web page"
    REFUSAL = "refusal"
    EMPTY_SUCCESS = "empty success"
    """Says success; where the request was not carried out, that is a lie."""
    CANCELLED = "cancelled"
    """The task that waits is cancelled."""
    KILLED = "killed"
    """The program is gone before a reply comes."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one request."""

    reply: Reply
    carried: bool = False
    """Whether the service gets to carry it out."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What the service held while it answered a read: the app's builds, and those of them that are latest."""

    held: frozenset[str]
    latest: frozenset[str]

    def shows(self, write: Write, build_key: str) -> bool:
        """Whether the build is as `write` was to make it."""
        if write is Write.DELETE:
            return build_key not in self.held
        return (build_key in self.latest) is (write is Write.SET_LATEST)


@dataclass(slots=True)
class Script:
    """What happens during one call."""

    write: Fate | None = None
    reads: tuple[Fate | None, ...] = ()
    """For the first, second, … read."""
    later_reads: tuple[Fate | None, ...] = ()
    """Likewise from the change on."""
    disk: tuple[str, ...] = ()
    """For the first, second, … time that something is added to the journal: "", "full", "torn" or "unsynced"."""
    before: Callable[[], object] | None = None
    """What somebody else does between the look and the change."""
    after: Callable[[], object] | None = None
    """What somebody else does between the change and the read afterwards."""


@dataclass(slots=True)
class Seen:
    """What was seen on the road during one call."""

    sent: list[tuple[Write, str]] = field(default_factory=list)
    """The changes that left the program, in order; also those that never arrived."""
    intent: str = ""
    """The id that the last of them has in the journal."""
    carried: bool = False
    """Whether the service carried it out."""
    shots: list[Shot] = field(default_factory=list)
    """Of the reads that were answered whole; those after the change, if there was one."""
    before: list[Shot] = field(default_factory=list)
    """Of the reads that were answered whole before the change."""
    reads: int = 0
    """How many reads there were; after the change, if there was one."""
    spoiled: int = 0
    """How many of them failed."""
    added: int = 0
    """How often something was added to the journal."""
    disk_failures: int = 0


class Road:
    """An ASGI application before the service's. One call of the program at a time: `play` begins it."""

    def __init__(self, service: SandboxService, app_key: str, journal: Path) -> None:
        self._service = service
        self._app: AsgiApp = SandboxApp(service)
        self._app_key = app_key
        self._journal = journal
        self._script = Script()
        self.seen = Seen()
        self.image: bytes | None = None
        """The journal's file as it was when the program was killed, until `buried`."""
        self.sent = Counter[str]()
        """How often each intent was sent."""
        self.wrong: list[str] = []
        """What must never be, in words."""

    def play(self, script: Script) -> None:
        """Begin a call."""
        self._script, self.seen = script, Seen()

    def shot(self) -> Shot:
        """What the service holds now."""
        return Shot(
            frozenset(self._service.build_keys(self._app_key)), frozenset(self._service.latest_keys(self._app_key))
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one request, or not."""
        form = await _body(receive)
        write = WRITES.get(str(scope["path"]).rpartition("/")[2])
        if write is None:
            await self._read(scope, form, send)
        else:
            await self._write(write, scope, form, send)

    async def _read(self, scope: Scope, form: bytes, send: Send) -> None:
        fates = self._script.later_reads if self.seen.sent else self._script.reads
        at = self.seen.reads
        self.seen.reads += 1
        fate = fates[at] if at < len(fates) else None
        if fate is None:
            _, reply = await self._answer(scope, form)
            self.seen.shots.append(self.shot())
            await _send(send, reply)
            return
        self.seen.spoiled += 1
        await self._end(fate, b"", send)

    async def _write(self, write: Write, scope: Scope, form: bytes, send: Send) -> None:
        build_key = parse_qs(form.decode())["buildKey"][0]
        self._find_intent(write, build_key)
        self.seen.sent.append((write, build_key))
        self.seen.before, self.seen.shots = self.seen.shots, []
        self.seen.reads = self.seen.spoiled = 0
        if self._script.before is not None:
            self._script.before()
        fate = self._script.write
        reply = b""
        if fate is None or fate.carried:
            self.seen.carried, reply = await self._answer(scope, form)
        if self._script.after is not None:
            self._script.after()
        if fate is None:
            await _send(send, reply)
        else:
            await self._end(fate, reply, send)

    def _find_intent(self, write: Write, build_key: str) -> None:
        """The change must be on the disk as one that has not ended, and not have been sent before."""
        fitting = [
            entry.intent.id
            for entry in Journal.open(self._journal).entries
            if entry.intent.write is write
            and entry.intent.build.build_key == build_key
            and not entry.endings
            and not self.sent[entry.intent.id]
        ]
        if fitting:
            self.seen.intent = fitting[0]
            self.sent[fitting[0]] += 1
        else:
            self.wrong.append(f"{write.value} of {build_key} was sent without an intent of its own on the disk")

    async def _answer(self, scope: Scope, form: bytes) -> tuple[bool, bytes]:
        """Whether the service says that it did it, and its reply."""
        body = b""

        async def receive() -> Message:
            return {"type": "http.request", "body": form, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal body
            body += message.get("body", b"")

        await self._app(scope, receive, send)
        return json.loads(body)["code"] == 0, body

    async def _end(self, fate: Fate, whole: bytes, send: Send) -> None:
        match fate.reply:
            case Reply.UNREACHABLE:
                raise httpx.ConnectError("refused")
            case Reply.RESET:
                raise httpx.ReadError("reset")
            case Reply.TIMEOUT:
                raise httpx.ReadTimeout("too slow")
            case Reply.CANCELLED:
                raise asyncio.CancelledError
            case Reply.KILLED:
                self.image = self._journal.read_bytes() if self._journal.exists() else None
                raise Killed
            case Reply.CUT_OFF:
                await _send(send, (whole or _SUCCESS)[:-4])
            case Reply.GATEWAY:
                await _send(send, _PAGE, status=504)
            case Reply.WEB_PAGE:
                await _send(send, _PAGE)
            case Reply.REFUSAL:
                await _send(send, _REFUSAL)
            case Reply.EMPTY_SUCCESS:
                await _send(send, _SUCCESS)

    @contextmanager
    def failing_disk(self) -> Iterator[None]:
        """Have what is added to any journal fail as the script says."""
        real = line_file._write

        def write(handle: int, data: bytes) -> None:
            disk, at = self._script.disk, self.seen.added
            self.seen.added += 1
            how = disk[at] if at < len(disk) else ""
            self.seen.disk_failures += bool(how)
            if how == "full":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(handle, data[: len(data) // 2] if how == "torn" else data)
            if how == "torn":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if how == "unsynced":
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        with patch.object(line_file, "_write", write):
            yield


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


async def _send(send: Send, body: bytes, *, status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})
