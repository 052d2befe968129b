"""A look-alike service for tests of `core`, asked in this process or over a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.sandbox.catalog import CHINA
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve


@pytest.fixture
def service() -> SandboxService:
    """The service's state, to look at and to change behind the program's back."""
    return SandboxService(now=datetime(2025, 3, 12, 15, 30, tzinfo=CHINA))


@pytest.fixture
async def transport(service: SandboxService) -> AsyncIterator[ApiTransport]:
    """Reaches the service within this process."""
    made = ApiTransport("http://localhost/apiv2", app=SandboxApp(service))
    yield made
    await made.aclose()


@pytest.fixture
def client(transport: ApiTransport) -> Client:
    """Asks the service within this process, with the right key."""
    return Client(transport, ApiKey(DEMO_KEY))


@pytest.fixture
async def server(service: SandboxService) -> AsyncIterator[SandboxServer]:
    """The service on a socket."""
    async with serve(SandboxApp(service)) as running:
        yield running


@pytest.fixture
async def far_client(server: SandboxServer) -> AsyncIterator[Client]:
    """Asks the service over the socket, where replies can get lost."""
    made = ApiTransport(server.api_url)
    yield Client(made, ApiKey(DEMO_KEY))
    await made.aclose()
