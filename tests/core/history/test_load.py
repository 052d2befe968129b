"""All builds of an app are read, nothing is missing and nothing twice, and "complete" is said only when it is so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pgyer_desktop.api.errors import ConnectionLostError, HttpStatusError, PgyerError, RateLimitedError
from pgyer_desktop.core.base import retry
from pgyer_desktop.core.history import load as history_load
from pgyer_desktop.core.history.app_history import AppHistory, Coverage
from pgyer_desktop.core.history.load import HistoryLoader, Progress
from pgyer_desktop.core.history.store import HistoryError, HistoryStore
from tests.core.history.shifting_service import ShiftingClient


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HistoryStore]:
    made = HistoryStore.open(tmp_path / "history.sqlite3")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(history_load, "_PAUSE_SECONDS", 0.001)


class Watch:
    """What was told of a load."""

    def __init__(self) -> None:
        self.all: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        self.all.append(progress)

    @property
    def last(self) -> Progress:
        return self.all[-1]


def harbour(store: HistoryStore) -> AppHistory:
    """What the tests look at: one app of one account."""
    return AppHistory(store, "acme", "app")


async def load(client: ShiftingClient, store: HistoryStore, *, at_once: int = 6) -> tuple[Coverage, Watch]:
    watch = Watch()
    return await HistoryLoader(client, harbour(store), at_once=at_once).load(watch), watch


async def refresh(client: ShiftingClient, store: HistoryStore) -> Coverage:
    client.reads = 0
    client.asked.clear()
    return await HistoryLoader(client, harbour(store)).refresh(Watch())


def known(store: HistoryStore) -> list[int]:
    """The numbers of the builds that are known, in order."""
    ids = harbour(store).query()
    return [int(build.build_key.removeprefix("key")) for build in harbour(store).each(ids)]


def check(client: ShiftingClient, store: HistoryStore, coverage: Coverage) -> None:
    """Nothing twice, nothing made up, nothing gone that is there, and complete only when it is."""
    found = known(store)
    assert found == sorted(set(found), reverse=True)
    assert set(found) <= client.ever
    if coverage.complete:
        assert client.always <= set(found), "said to be complete"


@pytest.mark.parametrize("size", [1, 3, 19, 20, 21, 40, 41, 200, 1000])
@pytest.mark.parametrize("holes", [0.0, 0.4])
async def test_a_quiet_history_is_read_once_and_complete(store: HistoryStore, size: int, holes: float) -> None:
    client = ShiftingClient(size, holes=holes)
    coverage, watch = await load(client, store)
    assert coverage.complete
    assert coverage.builds == len(client.serials)
    assert known(store) == client.serials
    pages = -(-len(client.serials) // 20)
    assert watch.last.pages_read == watch.last.page_count == pages
    assert client.reads <= pages + 3
    assert client.most_under_way <= 6
    assert client.asked[0] == 1


async def test_an_app_without_builds_is_complete(store: HistoryStore) -> None:
    client = ShiftingClient(1)
    client.serials.clear()
    coverage, _ = await load(client, store)
    assert coverage.builds == 0
    assert coverage.complete


@pytest.mark.parametrize("seed", range(60))
async def test_whatever_comes_and_goes_complete_is_said_only_when_it_is(store: HistoryStore, seed: int) -> None:
    client = ShiftingClient(90 + seed, seed=seed, holes=0.3 if seed % 2 else 0.0)
    client.restless = (0.02, 0.2, 0.6)[seed % 3]
    coverage, _ = await load(client, store, at_once=1 + seed % 6)
    check(client, store, coverage)
    # As soon as it is quiet, what is left is found, and then what has changed since.
    client.restless = 0.0
    coverage, _ = await load(client, store)
    assert coverage.complete
    coverage = await refresh(client, store)
    assert coverage.complete
    assert known(store) == client.serials


@pytest.mark.parametrize("reads", range(5))
async def test_what_was_deleted_where_one_page_ends_is_gone_once_it_is_quiet(store: HistoryStore, reads: int) -> None:
    client = ShiftingClient(47)
    for number in (1, 2):
        page = await client.list_builds("app", number)
        harbour(store).absorb_all([(page, datetime.now(UTC))])

    def colleague(_number: int) -> None:
        if client.reads == 3 + reads:
            for _ in range(25):
                client.upload()
            client.delete(26)
            client.delete(40)  # between the second page and the third: no reply shows both neighbours

    client.fail = colleague
    coverage, _ = await load(client, store)
    assert coverage.complete
    assert known(store) == client.serials
    assert coverage.builds == 70


@pytest.mark.parametrize("seed", range(8))
async def test_what_moved_for_a_while_and_then_rests_becomes_complete_in_one_go(store: HistoryStore, seed: int) -> None:
    client = ShiftingClient(400, seed=seed, holes=0.2)
    client.restless, client.quiet_after = 0.3, 15
    coverage, _ = await load(client, store)
    assert coverage.complete
    check(client, store, coverage)


async def test_a_page_that_cannot_be_read_is_a_gap_and_the_next_load_reads_it_alone(store: HistoryStore) -> None:
    client = ShiftingClient(180)
    client.fail = lambda number: HttpStatusError("pgyer.test", 502) if number in {3, 7} else None
    coverage, watch = await load(client, store)
    assert not coverage.complete
    assert watch.last.failed == (3, 7)
    assert isinstance(watch.last.error, HttpStatusError)
    assert coverage.builds == 140
    client.fail = lambda _number: None
    client.asked.clear()
    coverage, _ = await load(client, store)
    assert coverage.complete
    assert known(store) == client.serials
    assert 5 not in client.asked, "it was known"


async def test_where_the_service_has_had_enough_nothing_more_is_asked(store: HistoryStore) -> None:
    client = ShiftingClient(1000)
    client.fail = lambda number: RateLimitedError(1098, "slow down") if number > 10 else None
    coverage, watch = await load(client, store)
    assert not coverage.complete
    assert isinstance(watch.last.error, RateLimitedError)
    assert len(client.asked) < 20
    assert watch.last.failed[-1] == 50


async def test_a_busy_service_gets_a_pause_from_everybody(store: HistoryStore) -> None:
    client = ShiftingClient(200)
    busy = iter([True, True])
    client.fail = lambda number: HttpStatusError("pgyer.test", 503) if number == 4 and next(busy, False) else None
    coverage, watch = await load(client, store)
    assert coverage.complete
    assert any(progress.waiting_until is not None for progress in watch.all)
    assert watch.last.waiting_until is None


async def test_not_even_the_first_page_is_an_error(store: HistoryStore) -> None:
    client = ShiftingClient(200)
    client.fail = lambda _number: ConnectionLostError("pgyer.test")
    with pytest.raises(PgyerError):
        await load(client, store)


async def test_what_was_read_before_it_was_stopped_is_kept_and_not_read_again(store: HistoryStore) -> None:
    client = ShiftingClient(600)
    client.silent = range(16, 30)
    some = asyncio.Event()

    def watch(progress: Progress) -> None:
        if progress.pages_read >= 12:
            some.set()

    task = asyncio.ensure_future(HistoryLoader(client, harbour(store)).load(watch))
    await some.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    before = len(known(store))
    assert 200 <= before < 600
    client.silent = range(0)
    client.asked.clear()
    coverage, _ = await load(client, store)
    assert coverage.complete
    assert known(store) == client.serials
    assert not set(range(3, 12)) & set(client.asked)
    assert len(client.asked) <= 30 - 12 + 5


async def test_a_full_disk_is_told_and_what_was_read_stays(store: HistoryStore) -> None:
    client = ShiftingClient(200)
    await load(client, store)
    store._writer.execute("PRAGMA max_page_count = 1")
    client.serials = [*range(400, 200, -1), *client.serials]
    with pytest.raises(HistoryError):
        await load(client, store)
    assert len(known(store)) >= 200
    store._writer.execute("PRAGMA max_page_count = 1000000")
    coverage, _ = await load(client, store)
    assert coverage.complete
    assert known(store) == client.serials


async def test_a_refresh_of_what_did_not_change_reads_two_pages(store: HistoryStore) -> None:
    client = ShiftingClient(1000, holes=0.3)
    await load(client, store)
    coverage = await refresh(client, store)
    assert coverage.complete
    assert client.reads == 2


@pytest.mark.parametrize("lost", [[30], [0], [998], [19, 20, 21], [100, 101, 102, 700], list(range(40, 80))])
async def test_a_refresh_finds_what_went_and_what_came_by_reading_little(store: HistoryStore, lost: list[int]) -> None:
    client = ShiftingClient(1000)
    await load(client, store)
    for place in sorted(lost, reverse=True):
        client.delete(place)
    for _ in range(5):
        client.upload()
    coverage = await refresh(client, store)
    assert coverage.complete
    assert known(store) == client.serials
    assert client.reads < 45


@pytest.mark.parametrize("seed", [62, 72, 138, 142, 145, 154, 157])
async def test_a_refresh_while_builds_come_and_go_says_complete_only_when_it_is(store: HistoryStore, seed: int) -> None:
    client = ShiftingClient(30 + seed % 90, seed=seed, holes=0.3 if seed % 2 else 0.0)
    await load(client, store, at_once=1 + seed % 6)
    for _ in range(seed % 7):
        client.delete(client.dice.randrange(len(client.serials)))
        if seed % 3:
            client.upload()
    client.restless = (0.02, 0.1, 0.3, 0.6)[seed % 4]
    check(
        client,
        store,
        await HistoryLoader(client, harbour(store), at_once=1 + seed % 6).refresh(Watch()),
    )


async def test_more_uploads_than_a_page_holds_are_all_found(store: HistoryStore) -> None:
    client = ShiftingClient(200)
    await load(client, store)
    for _ in range(70):
        client.upload()
    coverage = await refresh(client, store)
    assert coverage.complete
    assert known(store) == client.serials


async def test_a_service_without_numbers_is_read_too_and_nothing_is_called_gone(store: HistoryStore) -> None:
    client = ShiftingClient(130)
    client.numbered = False
    coverage, _ = await load(client, store)
    assert coverage.builds == 130
    assert not coverage.complete or set(known(store)) == set(client.serials)


async def test_twenty_thousand_builds_that_come_and_go_while_they_are_read(store: HistoryStore) -> None:
    client = ShiftingClient(20_000, holes=0.1)
    client.restless, client.quiet_after = 0.05, 900
    coverage, _ = await load(client, store)
    check(client, store, coverage)
    assert coverage.complete
    assert coverage.as_of is not None
    assert coverage.as_of <= datetime.now(UTC)
