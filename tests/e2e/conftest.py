"""A started program beside a look-alike service on a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.keystore import KeyStore, MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from tests.e2e.person import Person
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve


@pytest.fixture
def service() -> SandboxService:
    """The service's state, to look at and to change behind the program's back."""
    return SandboxService()


@pytest.fixture
async def server(service: SandboxService) -> AsyncIterator[SandboxServer]:
    """The service on a socket."""
    async with serve(SandboxApp(service)) as running:
        yield running


Start = Callable[..., AbstractAsyncContextManager[tuple[Program, Person]]]


@pytest.fixture
def start(server: SandboxServer, tmp_path: Path, qapp: object) -> Start:
    """Starts the program on the server, and closes it as a person does.

    To be closed within the test: between a test and the end of its fixtures no loop runs that tasks could live on.
    """

    @asynccontextmanager
    async def started(keys: KeyStore | None = None) -> AsyncIterator[tuple[Program, Person]]:
        options = Options(api_url=server.api_url, icon_url=server.icon_url)
        program = Program(options, profile_in(tmp_path / "profile"), keys if keys is not None else MemoryStore())
        program.window.show()
        await program.prepare()
        program.start()
        try:
            yield program, Person(program.window)
        finally:
            program.window.close()
            await program.aclose()

    return started
