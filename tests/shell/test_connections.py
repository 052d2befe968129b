"""Two routes that never meet: the demo's within the process, and the real one; and icons that travel without a key."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from pgyer_desktop.api.errors import ConnectionRefusedByHostError, KeyRejectedError
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.connections import Connections
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve
from tests.project.checkout import ROOT

REAL_KEY = "made-up-key-of-a-real-account"
REAL = Account("one", "Acme")
DEMO = Account("demo", "Demo", demo=True)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def real() -> SandboxService:
    """Stands for the real service."""
    return SandboxService(api_key=REAL_KEY)


@pytest.fixture
def demo() -> SandboxService:
    """Is embedded in the program."""
    return SandboxService(icons="https://localhost/icons")


@pytest.fixture
async def server(real: SandboxService) -> AsyncIterator[SandboxServer]:
    async with serve(SandboxApp(real)) as running:
        yield running


def no_journal(_account: Account) -> Journal:
    """Nothing is changed here, so nothing is written to it."""
    return Journal(Path("unused"))


@pytest.fixture
def icons_dir(tmp_path: Path) -> Path:
    return tmp_path / "icons"


@pytest.fixture
async def connections(server: SandboxServer, demo: SandboxService, icons_dir: Path) -> AsyncIterator[Connections]:
    made = Connections(server.api_url, server.icon_url, icons_dir, lambda: SandboxApp(demo), no_journal)
    yield made
    await made.aclose()


def asked_of(service: SandboxService) -> set[str]:
    return {request.operation for request in service.requests}


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_connecting_sends_nothing(connections: Connections, real: SandboxService, demo: SandboxService) -> None:
    await connections.connect(REAL, ApiKey(REAL_KEY))
    await connections.connect(DEMO, ApiKey(DEMO_KEY))
    assert real.requests == ()
    assert demo.requests == ()


async def test_each_account_talks_to_its_own_service(
    connections: Connections, real: SandboxService, demo: SandboxService
) -> None:
    own = await connections.connect(REAL, ApiKey(REAL_KEY))
    made_up = await connections.connect(DEMO, ApiKey(DEMO_KEY))
    app_key = real.app_key("harbour")
    build = (await made_up.builds.read(app_key, 1)).builds[0]
    assert (asked_of(real), asked_of(demo)) == (set(), {"builds"})
    assert (await made_up.write(Write.DELETE, app_key, build, page=1)).outcome is Outcome.DONE
    assert (real.build_count(app_key), demo.build_count(app_key)) == (57, 56)
    assert asked_of(real) == set()

    demo.forget_requests()
    assert (await own.builds.read(app_key, 1)).builds
    assert (await own.list_apps()).complete
    assert asked_of(demo) == set()
    assert asked_of(real) == {"builds", "listMy"}


async def test_the_keys_do_not_meet_either(
    connections: Connections, real: SandboxService, demo: SandboxService
) -> None:
    await (await connections.connect(DEMO, ApiKey(DEMO_KEY))).list_apps()
    await (await connections.connect(REAL, ApiKey(REAL_KEY))).list_apps()
    assert all(request.fields["_api_key"] is True for request in (*real.requests, *demo.requests))


async def test_a_key_is_verified_at_the_real_service_only(
    connections: Connections, real: SandboxService, demo: SandboxService
) -> None:
    assert (await connections.verify(ApiKey(REAL_KEY))).apps
    with pytest.raises(KeyRejectedError):
        await connections.verify(ApiKey(DEMO_KEY))
    assert [request.operation for request in real.requests] == ["listMy", "listMy"]
    assert demo.requests == ()


async def test_icons_of_the_real_service_come_without_a_key_or_cookies(
    connections: Connections, real: SandboxService, icons_dir: Path
) -> None:
    session = await connections.connect(REAL, ApiKey(REAL_KEY))
    build = (await session.builds.read(real.app_key("harbour"), 1)).builds[0]
    real.forget_requests()
    assert (await session.icons.get(build.icon)).startswith(PNG)
    (request,) = real.requests
    assert request.method == "GET"
    assert request.path == f"/icons/{'/'.join(build.icon[:5])}/{build.icon}"
    assert request.query == "x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg"
    assert len(request.fields) == 0
    assert not {"cookie", "authorization", "referer"} & set(request.headers)
    assert "[key]" not in request.path + request.query + str(dict(request.headers))
    assert len(files_in(icons_dir)) == 1


async def test_two_accounts_of_one_service_share_icons_but_not_builds(
    connections: Connections, real: SandboxService
) -> None:
    one = await connections.connect(REAL, ApiKey(REAL_KEY))
    two = await connections.connect(Account("two", "云帆"), ApiKey(REAL_KEY))
    assert one.icons is two.icons
    assert one.builds is not two.builds


async def test_icons_of_the_demo_are_neither_fetched_from_elsewhere_nor_kept_on_disk(
    connections: Connections, real: SandboxService, demo: SandboxService, icons_dir: Path
) -> None:
    session = await connections.connect(DEMO, ApiKey(DEMO_KEY))
    app = (await session.list_apps()).apps[0]
    assert (await session.icons.get(app.icon)).startswith(PNG)
    assert real.requests == ()
    assert [request.method for request in demo.requests] == ["POST", "GET"]
    assert files_in(icons_dir) == []


async def test_the_demo_needs_no_network_at_all(demo: SandboxService, icons_dir: Path) -> None:
    nowhere = Connections(
        "http://127.0.0.1:1/apiv2", "http://127.0.0.1:1", icons_dir, lambda: SandboxApp(demo), no_journal
    )
    session = await nowhere.connect(DEMO, ApiKey(DEMO_KEY))
    assert (await session.list_apps()).complete
    with pytest.raises(ConnectionRefusedByHostError):
        await nowhere.verify(ApiKey(REAL_KEY))
    await nowhere.aclose()


async def test_the_demo_is_not_even_made_where_nobody_asks_for_it(server: SandboxServer, icons_dir: Path) -> None:
    def never() -> SandboxApp:
        raise AssertionError("the demo was made")

    made: Callable[[], SandboxApp] = never
    connections = Connections(server.api_url, server.icon_url, icons_dir, made, no_journal)
    assert (await (await connections.connect(REAL, ApiKey(REAL_KEY))).list_apps()).complete
    await connections.aclose()


async def test_closing_twice_or_before_anything_was_opened_is_no_error(demo: SandboxService, icons_dir: Path) -> None:
    connections = Connections(
        "https://127.0.0.1:1", "https://127.0.0.1:1", icons_dir, lambda: SandboxApp(demo), no_journal
    )
    await connections.aclose()
    await connections.connect(DEMO, ApiKey(DEMO_KEY))
    await connections.aclose()
    await connections.aclose()


def test_the_http_library_is_loaded_at_the_first_request() -> None:
    program = """
import asyncio, sys
from pathlib import Path
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.shell.connections import Connections
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.sandbox import SandboxApp, SandboxService

def loaded():
    return sorted({"httpx", "httpcore", "anyio", "truststore", "rich"} & set(sys.modules))

async def main():
    connections = Connections(
        "https://127.0.0.1:1",
        "https://127.0.0.1:1",
        Path("unused"),
        lambda: SandboxApp(SandboxService()),
        lambda account: Journal(Path("unused")),
    )
    print(loaded())
    session = await connections.connect(Account("demo", "Demo", demo=True), ApiKey(DEMO_KEY))
    print(loaded())
    await session.list_apps()
    print(loaded())
    await connections.aclose()

asyncio.run(main())
"""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made, connected, asked = done.stdout.splitlines()
    assert made == connected == "[]"
    assert "httpx" in asked
    assert importlib.util.find_spec("rich"), "the next line shows something only where rich is installed"
    assert "rich" not in asked
