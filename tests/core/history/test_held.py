"""A history that another program holds is said at once, and what is on the disk shows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.store import HistoryError, HistoryFault, HistoryStore
from tests.core.history.holder import EXCLUSIVE, HALF_DONE, HALF_DONE_WITHOUT_WAL, WITHOUT_WAL, WRITES, held
from tests.core.history.test_store import NOON, known, page

MANY = tuple(range(400, 0, -1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "history.sqlite3"
    with closing(HistoryStore.open(file)) as store:
        AppHistory(store, "acme", "app").absorb(page(*MANY), NOON)
    return file


@contextmanager
def soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 4, "ten seconds of nothing is a fault"


@pytest.mark.parametrize("how", [EXCLUSIVE, WITHOUT_WAL, HALF_DONE, HALF_DONE_WITHOUT_WAL])
def test_what_is_on_the_disk_shows_and_what_is_read_now_is_kept_until_the_end(file: Path, how: str) -> None:
    with held(file, how), soon(), closing(HistoryStore.open(file)) as store:
        assert store.problem is not None
        assert "Another program is using the history" in store.problem.source
        assert dict(store.problem.values)["file"] == str(file)
        assert store.temporary
        assert known(store) == list(MANY)
        AppHistory(store, "acme", "app").absorb(page(401, 400, 399), NOON)
        assert known(store)[0] == 401
        place = store.path.parent
    assert not place.exists()
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None
        assert known(store) == list(MANY)


def test_who_only_writes_keeps_nobody_from_reading(file: Path) -> None:
    with held(file, WRITES), closing(HistoryStore.open(file)) as store:
        assert store.problem is None
        assert known(store) == list(MANY)
        assert [build.pgyer_build for build in AppHistory(store, "acme", "app").window(0, 1)] == [400]
        with soon(), pytest.raises(HistoryError) as caught:
            AppHistory(store, "acme", "app").absorb(page(401), NOON)
        assert caught.value.reason is HistoryFault.BUSY
        assert "Another program is using" in caught.value.text.source


def test_it_is_written_again_as_soon_as_it_is_let_go(file: Path) -> None:
    with closing(HistoryStore.open(file)) as store:
        with held(file, WRITES), pytest.raises(HistoryError):
            AppHistory(store, "acme", "app").absorb(page(401), NOON)
        AppHistory(store, "acme", "app").absorb(page(401), NOON)
        assert known(store)[0] == 401


def test_the_window_never_waits_for_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:  # as on network drives, where readers wait for writers
        db.execute("PRAGMA journal_mode = DELETE")
    with closing(HistoryStore.open(file)) as store, held(file, "BEGIN EXCLUSIVE"):
        begun = time.monotonic()
        with pytest.raises(HistoryError):
            AppHistory(store, "acme", "app").window(0, 1)
        assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize("damage", [b"", b"x" * 20_000], ids=["empty", "garbage"])
def test_what_makes_no_sense_counts_as_nothing(file: Path, damage: bytes, allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.history.store")
    with held(file, EXCLUSIVE):
        before = file.read_bytes()
        file.write_bytes(damage)
        try:
            with soon(), closing(HistoryStore.open(file)) as store:
                assert store.problem is not None
                assert known(store) in ([], list(MANY))
                AppHistory(store, "acme", "app").absorb(page(2, 1), NOON)
        finally:
            if not file.exists():
                (aside,) = file.parent.glob("history.damaged-*.sqlite3")
                aside.replace(file)
            file.write_bytes(before)
