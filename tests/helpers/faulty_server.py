"""A server on a real socket that answers each request as it is told: whole, broken, slow or not at all."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class FaultyServer:
    """What arrived, and where. `requests` are heads and bodies as they came."""

    port: int
    scheme: str = "http"
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def base(self) -> str:
        """The address, without a trailing slash."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def heads(self) -> list[str]:
        """The heads of the requests in lower case."""
        return [request.partition(b"\r\n\r\n")[0].decode("latin-1").lower() for request in self.requests]


@asynccontextmanager
async def faulty(*answers: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[FaultyServer]:
    """Answer the first request with the first of `answers`, and so on; the last one serves all that follow."""
    server_state = FaultyServer(0, "https" if tls is not None else "http")
    writers: list[asyncio.StreamWriter] = []

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        server_state.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
                )
                server_state.requests.append(head + await reader.readexactly(length))
                await answers[min(len(server_state.requests), len(answers)) - 1](writer)
                if writer.is_closing():
                    return

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0, ssl=tls)
    server_state.port = server.sockets[0].getsockname()[1]
    try:
        yield server_state
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        if sys.version_info >= (3, 13):
            server.abort_clients()  # those who had just come
        await server.wait_closed()
        await asyncio.sleep(0)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def whole(body: bytes = b'{"code":0}', *, status: str = "200 OK", headers: str = "") -> Answer:
    """A whole reply; `headers` are lines that end with CRLF."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


def raw(data: bytes, *, then: str = "close") -> Answer:
    """Exactly these bytes, and then: "close", "reset", "stay" open, or "hang" (for as long as the test lasts)."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        if then == "hang":
            await asyncio.sleep(60)
        elif then == "reset":
            # Without lingering, closing sends a reset; but not before the client has what was sent.
            await asyncio.sleep(0.05)
            writer.transport.abort()
        elif then != "stay":
            writer.close()

    return answer
