"""Connections that were kept open and are dead: after sleep, after a restart of the service, after silence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

import pytest

from pgyer_desktop.api import errors, transport
from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport, IconTransport
from pgyer_desktop.api.waking import JUMP_SECONDS, WakeWatch
from pgyer_desktop.core.base.retry import again
from tests.helpers.waiting import until
from tests.lookalike import Lookalike


@dataclass
class Clocks:
    """A machine's two clocks."""

    wall: float = 1_900_000_000.0
    counting: float = 1_000.0
    watch: WakeWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = WakeWatch(lambda: self.wall, lambda: self.counting)

    def run(self, seconds: float) -> None:
        """Time passes."""
        self.wall += seconds
        self.counting += seconds

    def sleep(self, seconds: float) -> None:
        """Time passes while the machine sleeps; also, somebody sets the clock by so much."""
        self.wall += seconds


@pytest.fixture
def service() -> Iterator[Lookalike]:
    with Lookalike() as running:
        yield running


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
async def carrier(service: Lookalike, clocks: Clocks) -> AsyncIterator[ApiTransport]:
    carrier = ApiTransport(service.api_url, watch=clocks.watch)
    yield carrier
    await carrier.aclose()


@pytest.fixture
def client(service: Lookalike, carrier: ApiTransport) -> Client:
    return Client(carrier, ApiKey(service.world.accounts[0].key))


async def several_at_once(service: Lookalike, client: Client, count: int = 5) -> None:
    """Leave so many connections open."""
    service.latency = 0.1
    await asyncio.gather(*(client.list_apps() for _ in range(count)))
    service.latency = 0.0
    assert service.open == count
    service.record.forget()


# The two clocks.


def test_time_that_passes_is_no_sleep(clocks: Clocks) -> None:
    assert not clocks.watch.woke()
    for seconds in (0.0, 1.0, 30.0, 100_000.0):
        clocks.run(seconds)
        assert not clocks.watch.woke()


@pytest.mark.parametrize("seconds", [JUMP_SECONDS + 0.1, 3_600.0, 900_000.0, -3_600.0])
def test_a_jump_of_the_wall_clock_is_told_once(clocks: Clocks, seconds: float) -> None:
    clocks.sleep(seconds)
    assert clocks.watch.woke()
    assert not clocks.watch.woke()
    clocks.run(10.0)
    clocks.sleep(seconds)
    assert clocks.watch.woke()


def test_a_clock_that_is_corrected_all_the_time_does_not_sleep(clocks: Clocks) -> None:
    for _ in range(100):
        clocks.run(60.0)
        clocks.sleep(0.5)
        assert not clocks.watch.woke()


def test_the_real_clocks_run_alike() -> None:
    watch = WakeWatch()
    time.sleep(0.01)
    assert not watch.woke()


# Connections.


async def test_after_sleep_nothing_is_sent_on_a_connection_from_before(
    service: Lookalike, client: Client, clocks: Clocks
) -> None:
    await several_at_once(service, client)
    service.fall_asleep()
    clocks.sleep(8 * 3600)
    began = time.monotonic()
    app = service.world.app("Kettle")
    assert (await client.list_builds(app.key)).builds
    await client.set_latest(app.builds[3].key)
    assert time.monotonic() - began < 5
    assert service.lost == 0
    assert service.record.sent("app/setNewestVersion") == [app.builds[3].key]
    await until(lambda: service.open == 1)


async def test_a_first_request_after_sleep_may_be_a_write_and_is_sent_once(
    service: Lookalike, client: Client, clocks: Clocks
) -> None:
    await several_at_once(service, client)
    service.fall_asleep()
    clocks.sleep(-86_400)
    doomed = service.world.app("Kettle").builds[3].key
    await client.delete_build(doomed)
    assert service.lost == 0
    assert service.record.sent("app/buildDelete") == [doomed]


async def test_icons_start_on_a_new_connection_too(service: Lookalike, clocks: Clocks) -> None:
    icons = IconTransport(watch=clocks.watch)
    icon = service.world.app("Kettle").icon
    url = f"{service.icon_url}/{'/'.join(icon[:5])}/{icon}"
    await icons.get(url)
    service.fall_asleep()
    clocks.sleep(60)
    await icons.get(url)
    await icons.aclose()
    assert service.lost == 0


async def test_without_sleep_the_connection_is_kept(service: Lookalike, client: Client, clocks: Clocks) -> None:
    for _ in range(5):
        await client.list_apps()
        clocks.run(3.0)
        clocks.sleep(0.5)
    assert service.connections == 1


async def test_what_is_under_way_when_the_clock_jumps_comes_to_its_end(
    service: Lookalike, client: Client, clocks: Clocks
) -> None:
    service.latency = 0.3
    app = service.world.app("Kettle")
    write = asyncio.create_task(client.set_latest(app.builds[3].key))
    await until(lambda: len(service.record.sent("app/setNewestVersion")) == 1)
    clocks.sleep(600)
    assert (await client.list_builds(app.key)).builds
    await write
    assert service.record.sent("app/setNewestVersion") == [app.builds[3].key]
    await until(lambda: service.open == 1)


async def test_a_silence_is_waited_for_once_and_not_on_each_connection(
    service: Lookalike, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where sleep was not noticed: what stands in between has forgotten them all."""
    monkeypatch.setattr(transport, "READ_SECONDS", 0.5)
    carrier = ApiTransport(service.api_url)
    client = Client(carrier, ApiKey(service.world.accounts[0].key))
    await several_at_once(service, client)
    service.fall_asleep()
    with pytest.raises(errors.TimeoutReachedError):
        await client.list_apps()
    for _ in range(3):
        assert (await client.list_apps()).apps
    assert service.lost == 1
    await carrier.aclose()


async def test_of_connections_that_are_closed_at_the_next_request_one_is_tried(
    service: Lookalike, client: Client
) -> None:
    await several_at_once(service, client)
    service.close_at_next_request()
    with pytest.raises(errors.ConnectionLostError) as raised:
        await client.list_apps()
    assert raised.value.delivery is Delivery.UNKNOWN
    assert service.lost == 1
    for _ in range(3):
        assert (await client.list_apps()).apps
    assert service.lost == 1
    await until(lambda: service.open == 1)


async def test_a_read_is_repeated_and_a_write_behind_it_is_sent_once(service: Lookalike, client: Client) -> None:
    await several_at_once(service, client)
    service.close_at_next_request()
    app = service.world.app("Kettle")
    assert (await again(lambda: client.list_builds(app.key))).builds
    await client.set_latest(app.builds[3].key)
    assert service.lost == 1
    assert service.record.sent("app/setNewestVersion") == [app.builds[3].key]


@pytest.mark.parametrize("left", [Lookalike.close_at_next_request, Lookalike.fall_asleep])
async def test_a_write_never_goes_over_a_connection_that_was_kept(
    service: Lookalike, client: Client, left: Callable[[Lookalike], None]
) -> None:
    await several_at_once(service, client)
    kept = service.open
    builds = [build.key for build in service.world.app("Kettle").builds]
    left(service)
    await client.set_latest(builds[3])
    await client.clear_latest(builds[3])
    await client.delete_build(builds[4])
    assert service.lost == 0
    assert service.record.sent("app/setNewestVersion") == [builds[3]]
    assert service.record.sent("app/buildDelete") == [builds[4]]
    await until(lambda: service.open == kept)  # nor is one kept for it
