"""Whatever is typed, letter by letter: the rows that pass, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pgyer_desktop.api.models import Build, BuildPage
from pgyer_desktop.core.history.account_history import History
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.match import have_words, matches
from pgyer_desktop.core.history.search import Query, parse
from pgyer_desktop.core.history.store import HistoryStore
from pgyer_desktop.ui.history.search import HistorySearch

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
TOPICS = ("start-up", "crash in the wallet", "dark mode", "offline maps", "wallpaper")


def build(serial: int) -> Build:
    notes = f"Fixed: {TOPICS[serial % 5]} and {TOPICS[serial // 5 % 5]}"
    return Build(f"key{serial}", version=f"1.{serial % 7}", pgyer_build=serial, size=serial * 10**6, notes=notes)


BUILDS = tuple(map(build, range(60, 0, -1)))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    store = HistoryStore.open(tmp_path / "history.sqlite3")
    AppHistory(store, "acme", "app").absorb(BuildPage(1, 1, BUILDS), NOW)
    yield History(store, "acme")
    store.close()


async def found(search: HistorySearch, history: History, text: str, generation: int = 1) -> list[str]:
    ids = await search.find(parse(text, now=NOW).query, generation)
    return [one.build_key for one in AppHistory(history.store, "acme", "app").builds(ids)]


def wanted(text: str, builds: tuple[Build, ...] = BUILDS) -> list[str]:
    query = parse(text, now=NOW).query
    return [one.build_key for one in builds if matches(query, one, latest=False)]


@pytest.mark.parametrize(
    "text",
    ["wallet crash", "wal -wallet", "maps -dark -wall", "version:1.4 wal", "wall size:>20MB", "size:<5MB", "none"],
)
async def test_each_letter_finds_what_it_should_also_when_letters_go_again(history: History, text: str) -> None:
    search = HistorySearch(history.of("app"))
    ends = [*range(1, len(text) + 1), *range(len(text) - 1, 0, -1)]
    for typed in (text[:end] for end in ends):
        if not parse(typed, now=NOW).query.is_empty:
            assert await found(search, history, typed) == wanted(typed), typed


async def test_another_letter_looks_only_where_the_last_one_found(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def look(query: Query, texts: Sequence[str]) -> list[bool]:
        looked.append(len(texts))
        return have_words(query, texts)

    search = HistorySearch(history.of("app"))
    assert await found(search, history, "wall")
    monkeypatch.setattr("pgyer_desktop.ui.history.search.have_words", look)
    for typed in ("wallp", "wallpaper", "walle"):
        assert await found(search, history, typed) == wanted(typed)
    assert looked == [len(wanted("wall")), len(wanted("wallp")), len(BUILDS)]


async def test_what_has_changed_is_searched_anew(history: History) -> None:
    search = HistorySearch(history.of("app"))
    assert await found(search, history, "wallet") == wanted("wallet")
    more = (Build("key99", version="2.0", pgyer_build=99, notes="The wallet"), *BUILDS)
    AppHistory(history.store, "acme", "app").absorb(BuildPage(1, 1, more), NOW)
    assert "key99" in await found(search, history, "wallet", 2)
    assert "key99" in await found(search, history, "the wallet", 2)
