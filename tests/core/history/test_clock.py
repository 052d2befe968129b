"""A clock that was wrong once, ahead or behind, spoils nothing that is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.store import HistoryStore
from tests.core.history.test_store import known, page

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
AHEAD = datetime(2039, 1, 1, 8, 0, tzinfo=UTC)
BEHIND = datetime(2023, 5, 5, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HistoryStore]:
    with closing(HistoryStore.open(tmp_path / "history.sqlite3")) as made:
        yield made


def read(store: HistoryStore, when: datetime, *serials: int) -> None:
    store.now = lambda: when
    AppHistory(store, "acme", "app").absorb(page(*serials), when)


def as_of(store: HistoryStore, now: datetime) -> datetime | None:
    store.now = lambda: now
    return AppHistory(store, "acme", "app").coverage().as_of


@pytest.mark.parametrize("wrong", [AHEAD, BEHIND])
@pytest.mark.parametrize("again", [0, 1, 3], ids=lambda times: f"{times} more reads then")
def test_what_is_read_afterwards_says_when_it_was_read(store: HistoryStore, wrong: datetime, again: int) -> None:
    read(store, NOW, 3, 2, 1)
    for turn in range(again + 1):
        read(store, wrong + turn * timedelta(minutes=5), 3, 2, 1)
    read(store, LATER, 3, 2, 1)
    assert as_of(store, LATER) == LATER
    assert as_of(store, LATER + timedelta(days=40)) == LATER


@pytest.mark.parametrize("wrong", [AHEAD, BEHIND])
def test_before_anything_is_read_again_it_is_as_of_the_last_read_that_can_be_believed(
    store: HistoryStore, wrong: datetime
) -> None:
    read(store, NOW, 3, 2, 1)
    read(store, wrong, 3, 2, 1)
    read(store, wrong + timedelta(minutes=5), 3, 2, 1)
    assert as_of(store, LATER) == NOW


def test_where_nothing_can_be_believed_the_moment_is_one_to_come(store: HistoryStore) -> None:
    read(store, AHEAD, 3, 2, 1)
    found = as_of(store, NOW)
    assert found is not None
    assert found > NOW + HOUR


@pytest.mark.parametrize("wrong", [AHEAD, BEHIND])
def test_a_build_that_is_gone_is_gone_whatever_the_clock_says(store: HistoryStore, wrong: datetime) -> None:
    read(store, NOW, 5, 4, 3, 2, 1)
    read(store, wrong, 5, 3, 2, 1)
    assert known(store) == [5, 3, 2, 1]
    read(store, LATER, 5, 3, 1)
    assert known(store) == [5, 3, 1]
    AppHistory(store, "acme", "app").bury(["key3"], LATER)
    assert known(store) == [5, 1]


@pytest.mark.parametrize("wrong", [AHEAD, BEHIND])
def test_a_build_that_is_there_again_is_there_whatever_the_clock_said(store: HistoryStore, wrong: datetime) -> None:
    read(store, NOW, 3, 2, 1)
    read(store, wrong, 3, 1)
    assert known(store) == [3, 1]
    read(store, LATER, 3, 2, 1)
    assert known(store) == [3, 2, 1]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_replies_that_overtake_each_other_by_minutes_still_count_by_when_they_were_asked_for(
    store: HistoryStore, order: tuple[int, ...]
) -> None:
    asked = [(5, 4, 3, 2, 1), (5, 3, 2, 1), (5, 3, 1)]
    read(store, NOW - timedelta(minutes=1), *asked[0])
    for number in order:
        read(store, NOW + number * timedelta(minutes=10), *asked[number])
    assert known(store) == [5, 3, 1]
    assert as_of(store, NOW + HOUR) == NOW + timedelta(minutes=20)


def test_a_file_of_the_version_before_knows_no_dispute(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    with closing(HistoryStore.open(file)) as store:
        read(store, AHEAD, 2, 1)
        store._writer.execute("ALTER TABLE apps DROP COLUMN disputed")
        store._writer.execute("PRAGMA user_version = 3")
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None
        read(store, NOW, 2, 1)
        assert as_of(store, NOW) == NOW
