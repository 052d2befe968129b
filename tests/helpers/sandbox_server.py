"""Serves an ASGI application on a real socket of this machine, in a thread of its own.

A thread, so that it answers whatever the test's own loop does: under qasync, and while a test blocks.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from pgyer_desktop.api.transport import AsgiApp

_START_SECONDS = 30.0


class SandboxServer:
    """One server on 127.0.0.1 and a free port. `base` is its address, without a trailing slash."""

    def __init__(self, app: AsgiApp) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        # asyncio leaves Nagle's algorithm on for a socket that was made without naming TCP: 40 ms with each reply.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            # A dropped reply is a failure to uvicorn, and one that the test asked for.
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="sandbox-server", daemon=True)

    @property
    def api_url(self) -> str:
        """What `--api-url` takes."""
        return f"{self.base}/apiv2"

    @property
    def icon_url(self) -> str:
        """What `--icon-url` takes."""
        return f"{self.base}/icons"

    @property
    def ready(self) -> bool:
        """Whether it answers. Raises `RuntimeError` where it died."""
        if not self._server.started and not self._thread.is_alive():
            raise RuntimeError("the sandbox server did not start")
        return bool(self._server.started)

    @property
    def running(self) -> bool:
        """Whether its thread is still there."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start; returns at once."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Ask it to end; returns at once."""
        self._server.should_exit = True

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join(_START_SECONDS)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


@asynccontextmanager
async def serve(app: AsgiApp) -> AsyncIterator[SandboxServer]:
    """Serve `app` while the block runs; the test's own loop goes on turning."""
    server = SandboxServer(app)
    server.start()
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not server.ready:  # noqa: ASYNC110 - another thread sets it; there is no event to wait for
                await asyncio.sleep(0.005)
        yield server
    finally:
        server.ask_to_stop()
        while server.running:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.005)
        server.join()


@contextmanager
def serve_blocking(app: AsgiApp) -> Iterator[SandboxServer]:
    """Serve `app` while the block runs, for tests without a loop."""
    server = SandboxServer(app)
    server.start()
    try:
        give_up = time.monotonic() + _START_SECONDS
        while not server.ready:
            if time.monotonic() > give_up:
                raise TimeoutError("the sandbox server did not start")
            time.sleep(0.005)
        yield server
    finally:
        server.ask_to_stop()
        server.join()
