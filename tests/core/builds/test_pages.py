"""Pages as the service counts them, and latest from what it says, never from numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import NotFoundError, PgyerError, TimeoutReachedError
from pgyer_desktop.api.models import Build, BuildPage, UpdateCheck
from pgyer_desktop.core.builds.pages import AHEAD_LIFETIME, BuildReader, LatestSource, described_by


class Pages(Client):
    """A client whose answers are given."""

    def __init__(self, pages: dict[int, list[Build]], *, count: int | None = None) -> None:
        self.pages = pages
        self.count = count if count is not None else max(pages, default=1)
        self.offered: UpdateCheck | PgyerError = UpdateCheck("")
        self.asked: list[str] = []

    async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
        self.asked.append(f"page {page}")
        return BuildPage(page, self.count, tuple(self.pages.get(page, [])))

    async def check_update(
        self, app_key: str, *, version: str = "", pgyer_build: str = "", channel: str = ""
    ) -> UpdateCheck:
        self.asked.append("check")
        if isinstance(self.offered, PgyerError):
            raise self.offered
        return self.offered


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def rows(*keys: str, latest: str | None = "", flagged: bool = True) -> list[Build]:
    return [Build(key, latest=(key in (latest or "").split()) if flagged else None) for key in keys]


def reader(client: Pages, clock: Clock | None = None) -> BuildReader:
    return BuildReader(client, now=clock or Clock())


@pytest.mark.parametrize(("marked", "keys"), [("", set()), ("b", {"b"}), ("a c", {"a", "c"})])
async def test_latest_comes_from_the_rows_none_one_or_several(marked: str, keys: set[str]) -> None:
    client = Pages({1: rows("a", "b", "c", latest=marked)})
    view = await reader(client).read("app", 1)
    assert view.latest.source is LatestSource.ROWS
    assert view.latest.keys == keys
    assert client.asked == ["page 1"]


async def test_where_rows_do_not_say_check_is_asked() -> None:
    client = Pages({1: rows("b9", "b8", flagged=False)})
    client.offered = UpdateCheck("b8", version="1.8")
    view = await reader(client).read("app", 1)
    assert view.latest.source is LatestSource.CHECK
    assert view.latest.keys == {"b8"}
    assert client.asked == ["page 1", "check"]


@pytest.mark.parametrize("offered", [TimeoutReachedError("pgyer.test"), NotFoundError(1009, ""), UpdateCheck("")])
async def test_where_nobody_says_latest_is_not_known(offered: UpdateCheck | PgyerError) -> None:
    client = Pages({1: rows("a", flagged=False)})
    client.offered = offered
    view = await reader(client).read("app", 1)
    assert view.latest.source is LatestSource.UNKNOWN
    assert not view.latest.keys
    assert (view.latest.error is not None) is isinstance(offered, PgyerError)


async def test_past_the_end_it_steps_back_to_the_last_page_with_rows() -> None:
    client = Pages({1: rows("a"), 2: rows("b")}, count=2)
    view = await reader(client).read("app", 3)
    assert (view.number, [b.build_key for b in view.builds]) == (2, ["b"])
    assert client.asked == ["page 3", "page 2"]


async def test_a_page_count_that_lies_does_not_keep_it_from_the_first_page() -> None:
    client = Pages({1: rows("a")}, count=99)
    view = await reader(client).read("app", 50)
    assert (view.number, [b.build_key for b in view.builds]) == (1, ["a"])
    assert len(client.asked) <= 6


async def test_an_app_without_builds_is_one_empty_page() -> None:
    client = Pages({}, count=0)
    view = await reader(client).read("app", 1)
    assert (view.number, view.page_count, view.builds) == (1, 1, ())
    assert client.asked == ["page 1"]


async def test_a_page_with_rows_exists_whatever_the_count_says() -> None:
    view = await reader(Pages({1: rows("a"), 4: rows("d")}, count=1)).read("app", 4)
    assert (view.number, view.page_count) == (4, 4)


async def test_a_page_read_ahead_is_handed_out_once() -> None:
    client = Pages({2: rows("b")})
    builds = reader(client)
    assert builds.read_ahead("app", 2) is None
    await builds.prefetch("app", 2)
    view = builds.read_ahead("app", 2)
    assert view is not None
    assert view.number == 2
    assert builds.read_ahead("app", 2) is None


@pytest.mark.parametrize(
    ("age", "there"), [(timedelta(0), True), (AHEAD_LIFETIME, False), (timedelta(days=-4000), False)]
)
async def test_a_page_read_ahead_grows_old(age: timedelta, *, there: bool) -> None:
    clock = Clock()
    builds = reader(Pages({2: rows("b")}), clock)
    await builds.prefetch("app", 2)
    clock.now += age
    assert (builds.read_ahead("app", 2) is not None) is there


async def test_reading_a_page_makes_what_was_read_ahead_old() -> None:
    builds = reader(Pages({2: rows("b")}))
    await builds.prefetch("app", 2)
    await builds.read("app", 2)
    assert builds.read_ahead("app", 2) is None
    await builds.prefetch("app", 2)
    builds.forget_ahead()
    assert builds.read_ahead("app", 2) is None


async def test_the_latest_is_remembered_from_page_to_page() -> None:
    client = Pages({1: rows("a", "b", latest="b"), 2: rows("c")})
    builds = reader(client)
    await builds.read("app", 1)
    await builds.read("app", 2)
    seen = builds.latest_seen("app")
    assert seen is not None
    assert seen.build_key == "b"
    assert builds.latest_seen("other") is None
    client.pages[1] = rows("a", "b", latest="")
    await builds.read("app", 1)
    assert builds.latest_seen("app") is None


@pytest.mark.parametrize(
    "read", [lambda b: b.read("app", 1), lambda b: b.prefetch("app", 1), lambda b: b.find_latest("app")]
)
async def test_what_cannot_be_read_is_an_error(read: Callable[[BuildReader], Awaitable[object]]) -> None:
    class Failing(Pages):
        async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
            raise TimeoutReachedError("pgyer.test")

    client = Failing({})
    client.offered = TimeoutReachedError("pgyer.test")
    with pytest.raises(TimeoutReachedError):
        await read(reader(client))


def test_an_answer_describes_a_build_only_where_it_names_one() -> None:
    assert described_by(UpdateCheck("")) is None
    assert described_by(UpdateCheck("k", version="1.0", pgyer_build=4)) == Build("k", version="1.0", pgyer_build=4)
