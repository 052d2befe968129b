"""All apps are read from a list that does not say how long it is, and what was read is never thrown away."""

from __future__ import annotations

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import HttpStatusError, NotFoundError, PgyerError, RateLimitedError
from pgyer_desktop.api.models import ApiKey, AppPage, AppSummary, Build, BuildPage, Platform
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.builds import apps
from pgyer_desktop.core.builds.apps import AppList, KnownApp, find_app, known, list_apps, merged
from pgyer_desktop.sandbox import APPS, DEMO_KEY
from tests.helpers.sandbox import SandboxApp, SandboxService

END = AppPage(0, (), None)
BROKEN = HttpStatusError("www.example.com", 502)


class ListingClient(Client):
    """Answers `list_apps` with the given pages, then with the last of them for ever."""

    def __init__(self, *pages: AppPage | PgyerError) -> None:
        self.pages = pages
        self.asked: list[int] = []

    async def list_apps(self, page: int = 1) -> AppPage:
        self.asked.append(page)
        answer = self.pages[min(page, len(self.pages)) - 1]
        if isinstance(answer, PgyerError):
            raise answer
        return answer


def rows(first: int, count: int, *, total: int | None = None, unreadable: int = 0) -> AppPage:
    listed = tuple(AppSummary(f"{number:032x}", f"App {number}") for number in range(first, first + count))
    return AppPage(0, listed, total, unreadable)


def names(read: AppList) -> list[str]:
    return [app.name for app in read.apps]


def numbered(count: int) -> list[str]:
    return [f"App {number}" for number in range(count)]


@pytest.mark.parametrize(
    ("pages", "count", "asked"),
    [
        ([END], 0, 1),
        ([rows(0, 2, total=2)], 2, 1),
        ([rows(0, 20), rows(20, 20), rows(40, 5)], 45, 3),
        ([rows(0, 20), rows(20, 20), END], 40, 3),
        ([rows(0, 20, total=40), rows(20, 20, total=40), END], 40, 2),
        ([rows(0, 20), rows(20, 20), rows(20, 20)], 40, 3),
        ([rows(0, 20), rows(0, 20)], 20, 2),
        ([rows(0, 3), END], 3, 2),
        ([rows(0, 19, unreadable=1), rows(19, 20), END], 39, 3),
        ([rows(0, 20), rows(15, 20), rows(35, 2)], 37, 3),
    ],
    ids=[
        "empty", "total reached", "short page", "empty page", "total at a page's end", "repeated page",
        "the same page for ever", "few without a total", "unreadable rows count as rows", "rows that moved on",
    ],
)  # fmt: skip
async def test_reading_ends_where_the_list_does(pages: list[AppPage], count: int, asked: int) -> None:
    client = ListingClient(*pages)
    read = await list_apps(client)
    assert names(read) == numbered(count)
    assert read.complete
    assert read.error is None
    assert client.asked == list(range(1, asked + 1))


@pytest.mark.parametrize("total", [0, 1, 19, 10_000, None])
async def test_a_total_that_is_wrong_leaves_no_app_out(total: int | None) -> None:
    client = ListingClient(rows(0, 20, total=total), rows(20, 20, total=total), rows(40, 3, total=total), END)
    read = await list_apps(client)
    assert names(read) == numbered(43)
    assert read.complete
    assert client.asked == [1, 2, 3]


@pytest.mark.parametrize("error", [BROKEN, RateLimitedError(1098, "")])
async def test_what_was_read_before_a_page_failed_is_kept_with_the_error(error: PgyerError) -> None:
    read = await list_apps(ListingClient(rows(0, 20), rows(20, 20), error))
    assert names(read) == numbered(40)
    assert read.error is error
    assert not read.complete


async def test_a_first_page_that_fails_leaves_nothing_but_the_error() -> None:
    assert await list_apps(ListingClient(BROKEN)) == AppList((), error=BROKEN)


async def test_each_part_is_told_as_it_comes_and_never_as_complete() -> None:
    parts: list[AppList] = []
    whole = await list_apps(ListingClient(rows(0, 20), rows(20, 20), rows(40, 5)), on_part=parts.append)
    assert [names(part) for part in parts] == [numbered(20), numbered(40)]
    assert not any(part.complete for part in parts)
    assert names(whole) == numbered(45)


async def test_an_app_on_two_pages_is_listed_once_at_its_first_place() -> None:
    moved = AppPage(0, (AppSummary(f"{0:032x}", "App 0, described anew"), *rows(20, 19).apps), None)
    read = await list_apps(ListingClient(rows(0, 20), moved, END))
    assert names(read) == numbered(39)


async def test_a_list_without_an_end_is_left_and_not_called_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(ListingClient):
        async def list_apps(self, page: int = 1) -> AppPage:
            self.asked.append(page)
            return rows(page * 20, 20)

    monkeypatch.setattr(apps, "MAX_PAGES", 4)
    client = Endless()
    read = await list_apps(client)
    assert len(read.apps) == 80
    assert client.asked == [1, 2, 3, 4]
    assert not read.complete


async def test_several_hundred_apps_come_in_the_order_of_the_service() -> None:
    service = SandboxService(extra_apps=301)
    transport = ApiTransport("http://localhost/apiv2", app=SandboxApp(service))
    read = await list_apps(Client(transport, ApiKey(DEMO_KEY)))
    await transport.aclose()
    assert read.complete
    assert len(read.apps) == len(APPS) + 301
    assert [app.app_key for app in read.apps[: len(APPS)]] == [app.key for app in APPS]


# One app by its key


async def test_an_app_is_found_by_its_key_and_described_by_its_newest_build(
    client: Client, service: SandboxService
) -> None:
    found = await find_app(client, service.app_key("harbour"))
    assert (found.name, found.identifier, found.platform) == ("Harbour", "com.acme.harbour", Platform.IOS)
    assert found.icon
    assert [(r.operation, r.fields["page"]) for r in service.requests] == [("builds", "1")]


async def test_an_app_without_builds_is_found_but_has_no_name_yet(client: Client, service: SandboxService) -> None:
    key = service.app_key("newquay")
    assert await find_app(client, key) == KnownApp(key)


async def test_a_key_of_no_app_is_not_found(client: Client) -> None:
    with pytest.raises(NotFoundError):
        await find_app(client, "0" * 32)


async def test_the_newest_build_is_the_first_row_whatever_its_numbers_say() -> None:
    class Building(Client):
        def __init__(self) -> None:
            pass

        async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
            assert (app_key, page) == ("a", 1)
            return BuildPage(1, 1, (Build("b1", "New", pgyer_build=1), Build("b9", "Old", pgyer_build=9)))

    assert (await find_app(Building(), "a")).name == "New"


# Together


def test_listed_apps_come_first_and_added_ones_only_where_they_are_not_listed() -> None:
    listed = (KnownApp("a", "Harbour"), KnownApp("b", "Lantern"))
    added = (KnownApp("c", "Millpond"), KnownApp("a", "Harbour, long ago"), KnownApp("c", "again"))
    assert merged(listed, added) == (*listed, KnownApp("c", "Millpond"))
    assert merged((), added[:1]) == added[:1]
    assert merged((), ()) == ()


def test_what_is_remembered_of_a_listed_app_is_what_the_picker_shows() -> None:
    summary = AppSummary("k", "Harbour", "com.acme.harbour", "icon", Platform.IOS, "harbour", version="1.4")
    assert known(summary) == KnownApp("k", "Harbour", "com.acme.harbour", "icon", Platform.IOS, "harbour")


def test_what_was_opened_before_counts_as_known_until_the_list_is_whole() -> None:
    listed, added = (KnownApp("a", "Harbour"),), (KnownApp("b", "Lantern"),)
    recent = (KnownApp("c", "Millpond"), KnownApp("a", "An old name"))
    part, whole = AppList(listed), AppList(listed, complete=True)
    assert part.all_known(added, recent) == (*listed, *added, recent[0])
    assert part.known_recent(added, recent) == (recent[0], listed[0]), "in the order in which they were opened"
    assert whole.all_known(added, recent) == (*listed, *added)
    assert whole.known_recent(added, recent) == listed
