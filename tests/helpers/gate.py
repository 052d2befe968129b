"""A service on a real socket that answers healthily, except for the one operation that a fault is played for.

In a thread with a loop of its own, so that it goes on whatever the program's loop does. Beside its own address it has
others that fail before HTTP is spoken: see `Road`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl

from pgyer_desktop.sandbox import icons
from tests.helpers.sandbox import SandboxService

ICON = "icon"
"""What a request for any icon is called here, beside the API's operations."""
READS = frozenset({"listMy", "builds", "view", "check"})
_HEALTHY_ICON = icons.render("94a000")
_START_SECONDS = 30.0


class Road(Enum):
    """Which address a request is sent to."""

    USUAL = "usual"
    IMPATIENT = "impatient"
    """The usual one, by a program that waits a fraction of a second only."""
    REFUSED = "refused"
    NO_SUCH_HOST = "no such host"
    NO_TLS = "no TLS"
    """https, and something else is spoken there."""
    SELF_SIGNED = "self-signed"
    SILENT = "silent"
    """https, and nobody ever says anything, so that no connection comes about."""
    RESET = "reset"
    """Every connection is reset as soon as it is there."""


@dataclass(slots=True)
class Exchange:
    """One request that has come, and the way back."""

    operation: str
    fields: Mapping[str, str]
    number: int
    """From 1, since the fault was armed."""
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    healthy: Callable[..., Any]
    """Does what was asked for, with other fields where some are given, and returns the reply."""

    async def reply(
        self,
        body: bytes,
        *,
        status: str = "200 OK",
        content_type: str = "application/json; charset=utf-8",
        headers: str = "",
        length: int | None = None,
    ) -> None:
        """A reply with this body; `headers` are lines that end with CRLF, `length` a lie about the body's."""
        size = len(body) if length is None else length
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {size}\r\n{headers}\r\n"
        self.writer.write(head.encode() + body)
        await self.writer.drain()

    async def raw(self, data: bytes) -> None:
        """These bytes and nothing around them."""
        self.writer.write(data)
        await self.writer.drain()

    async def hang(self) -> None:
        """Say nothing more until the other side has gone."""
        while await self.reader.read(65536):
            pass

    def close(self) -> None:
        """End the connection in order."""
        self.writer.close()

    def reset(self) -> None:
        """End the connection with a reset."""
        _reset(self.writer)


Play = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Armed:
    """What is played for which operation.

    `carry_out`: a write does what it is asked, whatever becomes of its reply. `early`: the fault comes before the
    request has been read to its end. `then_blind`: once the operation has been asked for, every read fails.
    """

    operation: str
    play: Play
    carry_out: bool = False
    early: bool = False
    then_blind: bool = False


class Gate:
    """The service's socket, and what has come through it."""

    def __init__(self, service: SandboxService, certificate: tuple[str, str] | None = None) -> None:
        """`certificate`: the files of a self-signed one and of its key, where `Road.SELF_SIGNED` is wanted."""
        self.service = service
        self.armed: Armed | None = None
        self.blind = False
        self.first_icon = ""
        """The icon key that the first row of the first page carries, in place of its own."""
        self.roads: dict[Road, str] = {}
        self._certificate = certificate
        self._asked: list[tuple[str, Mapping[str, str]]] = []
        self._at_asked = threading.Lock()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._conversations: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="gate", daemon=True)

    @property
    def api_url(self) -> str:
        """What `--api-url` takes."""
        return f"{self.roads[Road.USUAL]}/apiv2"

    @property
    def icon_url(self) -> str:
        """What `--icon-url` takes."""
        return f"{self.roads[Road.USUAL]}/icons"

    def arm(self, armed: Armed | None) -> None:
        """Play this from now on, and count from nothing."""
        with self._at_asked:
            self._asked.clear()
            self.blind = False
            self.armed = armed

    def count(self, operation: str, **fields: str) -> int:
        """How often an operation has been asked for since `arm`, with these fields."""
        with self._at_asked:
            return sum(name == operation and fields.items() <= form.items() for name, form in self._asked)

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            raise RuntimeError("the gate did not open")

    def stop(self) -> None:
        """Drop everybody, and end."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START_SECONDS)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        servers = {
            Road.USUAL: await asyncio.start_server(self._on_connection, "127.0.0.1", 0),
            Road.NO_TLS: await asyncio.start_server(_speak_plainly, "127.0.0.1", 0),
            Road.SILENT: await asyncio.start_server(self._on_silence, "127.0.0.1", 0),
            Road.RESET: await asyncio.start_server(_on_reset, "127.0.0.1", 0),
        }
        if self._certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self._certificate)
            servers[Road.SELF_SIGNED] = await asyncio.start_server(self._on_connection, "127.0.0.1", 0, ssl=context)
        for road, server in servers.items():
            scheme = "http" if road in {Road.USUAL, Road.RESET} else "https"
            self.roads[road] = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.roads[Road.REFUSED] = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        self.roads[Road.NO_SUCH_HOST] = "https://no-such-host.invalid"
        self.roads[Road.IMPATIENT] = self.roads[Road.USUAL]
        self._ready.set()
        await self._stop.wait()
        for server in servers.values():
            server.close()
        under_way = dict(self._conversations)
        for writer in under_way.values():
            writer.transport.abort()
        await asyncio.gather(*under_way)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._conversation(writer):
            while not writer.is_closing():
                await self._answer(reader, writer)

    async def _on_silence(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._conversation(writer):
            while await reader.read(65536):
                pass

    @contextmanager
    def _conversation(self, writer: asyncio.StreamWriter) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._conversations[task] = writer
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                yield
        finally:
            del self._conversations[task]
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n")).split(b" ")[1].decode()
        operation = _operation(path)
        armed = self.armed if self.armed is not None and self.armed.operation == operation else None
        fields: dict[str, str] = {}
        if armed is None or not armed.early:
            head = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
            length = next((int(line[15:]) for line in head if line.startswith(b"content-length:")), 0)
            fields = dict(parse_qsl((await reader.readexactly(length)).decode(), keep_blank_values=True))
        with self._at_asked:
            self._asked.append((operation, fields))
            blind = self.blind
        if armed is not None:
            self.blind = armed.then_blind
        exchange = Exchange(
            operation,
            fields,
            self.count(operation),
            reader,
            writer,
            lambda **other: self._healthy(operation, {**fields, **other}),
        )
        if armed is not None:
            if armed.carry_out:
                exchange.healthy()
            await armed.play(exchange)
        elif blind and operation in READS:
            await exchange.reply(b"<html>busy</html>", status="503 Busy", content_type="text/html")
        elif operation == ICON:
            await exchange.reply(_HEALTHY_ICON, content_type="image/png")
        elif self.service.knows(operation):
            await exchange.reply(json.dumps(exchange.healthy()).encode())
        else:
            await exchange.reply(b"<html>", status="404 Not Found", content_type="text/html")

    def _healthy(self, operation: str, fields: Mapping[str, str]) -> Any:
        reply: Any = self.service.answer(operation, fields)
        if operation == "builds" and self.first_icon and fields.get("page") == "1" and reply["data"]["list"]:
            reply["data"]["list"][0]["buildIcon"] = self.first_icon
        return reply


@contextmanager
def opened(service: SandboxService, certificate: tuple[str, str] | None = None) -> Iterator[Gate]:
    """A gate before `service` while the block runs."""
    gate = Gate(service, certificate)
    gate.start()
    try:
        yield gate
    finally:
        gate.stop()


def _operation(path: str) -> str:
    plain = path.partition("?")[0]
    for beginning, name in (("/apiv2/app/", ""), ("/icons/", ICON)):
        if plain.startswith(beginning):
            return name or plain.removeprefix(beginning)
    return plain


def _reset(writer: asyncio.StreamWriter) -> None:
    # Without lingering, closing sends a reset and not an end.
    linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def _on_reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    _reset(writer)


async def _speak_plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        writer.write(b"220 at your service\r\n")
        await writer.drain()
        writer.close()
