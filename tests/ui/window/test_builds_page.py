"""The table of one page or of all builds: whose builds show, and what is exported of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.builds.edge import Edge
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.builds.model import BADGES_ROLE, KEY_ROLE, BuildModel
from pgyer_desktop.ui.history.finder import Found, HistoryFinder, Wanted
from pgyer_desktop.ui.sharing.qr_code import QrCode
from tests.helpers.waiting import until
from tests.ui.rig import Rig, content_of, open_app, opened, windowed
from tests.ui.stub_client import StubClient, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Rows of the list of all builds are found once this is set."""
    gate = asyncio.Event()
    gate.set()
    find = HistoryFinder.find

    async def waiting(finder: HistoryFinder, wanted: Wanted, generation: int) -> Found:
        await gate.wait()
        return await find(finder, wanted, generation)

    monkeypatch.setattr(HistoryFinder, "find", waiting)
    return gate


async def test_without_a_selection_the_latest_shows_to_be_given_on_and_nothing_can_change_it(
    rig: Rig, tmp_path: Path
) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        client = StubClient(harbour=4)
        await open_app(rig, client)
        (latest,) = person.latest
        assert person.find(QrCode, "qrCode").text == f"https://www.pgyer.com/{latest}"
        given_on = ("actionCopyLink", "actionCopyMessage", "actionShowQr")
        assert all(person.find(QAction, name).isEnabled() for name in given_on)
        for name in ("actionSetLatest", "actionClearLatest", "actionCheckUpdate", "actionDelete", "actionPin"):
            assert not person.find(QAction, name).isEnabled()
        person.trigger("actionCopyLink")
        assert QGuiApplication.clipboard().text().endswith(latest)
        person.trigger("actionShowDetails")  # what is not shown is not given on either
        assert not any(person.find(QAction, name).isEnabled() for name in given_on)
        person.trigger("actionShowDetails")
        person.find(QAction, "actionDelete").trigger()
        assert len(client.builds["harbour"]) == 4
        person.select(next(row for row, key in enumerate(person.keys) if key != latest))
        person.trigger("actionCopyLink")
        assert not QGuiApplication.clipboard().text().endswith(latest)
        person.trigger("actionPin")
        assert plain(person.find(QAction, "actionPin").text()) == "Unpin"


async def test_what_stands_in_the_foot_begins_on_the_line_of_everything_above(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await open_app(rig, StubClient(harbour=4))
        first = person.find(QWidget, "allBuildsButton")
        assert first.mapTo(window, first.rect().topLeft()).x() == theme.SPACE_EDGE


async def test_no_entry_of_any_menu_is_without_a_name(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, _person, _):
        await open_app(rig, StubClient(harbour=2))
        menus = [action.menu() for action in window.menuBar().actions()]
        seen = 0
        while menus:
            menu = menus.pop()
            assert isinstance(menu, QMenu)
            for action in menu.actions():
                inner = action.menu()
                assert action.isSeparator() or action.text().strip(), f"{menu.objectName()} has an entry without name"
                if isinstance(inner, QMenu):
                    menus.append(inner)
                seen += 1
        assert seen > 30


async def test_rows_of_another_app_go_at_once_and_are_not_exported_under_this_ones_name(
    rig: Rig, tmp_path: Path, slow: asyncio.Event
) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        client = StubClient(harbour=4, lantern=2)
        await open_app(rig, client)
        person.trigger("actionAllBuilds")
        await until(lambda: len(person.keys) == 4)
        slow.clear()
        rig.state.accounts.open_app("lantern")
        assert person.keys == [], "the builds of the app before would be taken for this one's"
        assert not person.find(QAction, "actionDelete").isEnabled()
        person.trigger("actionExport")
        assert "still being read" in person.notice
        assert not window.findChildren(QFileDialog)
        slow.set()
        await until(lambda: person.keys == ["lantern2", "lantern1"])


async def test_the_page_comes_back_after_the_list_of_all_builds(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        before = person.keys
        person.trigger("actionAllBuilds")
        await until(lambda: content_of(_window).flows.history.rows is not None)
        person.trigger("actionAllBuilds")
        assert person.keys == before


async def test_retrying_reads_the_builds_that_are_missing(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        client = StubClient(harbour=50)
        await open_app(rig, client)
        client.errors["builds"] = HttpStatusError("pgyer.test", 502)
        person.trigger("actionAllBuilds")
        await until(lambda: "502" in person.notice)
        client.errors.clear()
        person.click("noticeRetry")
        await until(lambda: len(person.keys) == 50)
        await until(lambda: not person.notice)


async def test_builds_are_new_that_came_since_this_person_last_looked_at_the_app(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        client = StubClient(harbour=3, lantern=2)
        await open_app(rig, client)
        model = content_of(window).builds.table.model()

        def new() -> list[str]:
            rows = [model.index(row, 0) for row in range(model.rowCount())]
            return [row.data(KEY_ROLE) for row in rows if "New" in [word for word, _ in row.data(BADGES_ROLE)]]

        assert new() == []  # the first visit
        rig.state.accounts.open_app("lantern")
        await until(lambda: person.keys == ["lantern2", "lantern1"])
        client.builds["harbour"].insert(0, build("harbour", 4))
        rig.state.accounts.open_app("harbour")
        await until(lambda: person.keys[:1] == ["harbour4"])
        assert new() == ["harbour4"]
        pills = person.find(QWidget, "detailsBadges")
        assert pills.accessibleName() == "Latest"
        person.select(0)
        assert pills.accessibleName() == "New"
        person.trigger("actionRefresh")
        await rig.quiet()
        assert new() == ["harbour4"]  # until the app is left
        content_of(window).leave()
        (account,) = rig.state.accounts.book.accounts
        seen = rig.state.accounts.book.settings(account.id).seen_of("harbour")
        assert seen is not None
        assert seen.count == 4


async def test_the_edge_shows_only_where_it_is_true(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        client = StubClient(harbour=5)
        client.latest["harbour"] = {"harbour3"}
        await open_app(rig, client)
        table = content_of(window).builds.table
        model = table.model()
        assert isinstance(model, BuildModel)

        def edge() -> Edge | None:
            return model.edge

        assert edge() == Edge(2, "harbour3", 2)
        table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
        assert edge() is None
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        assert edge() == Edge(2, "harbour3", 2)
        person.trigger("actionAllBuilds")
        await until(lambda: len(person.keys) == 5)
        await until(lambda: edge() == Edge(2, "harbour3", 2))
