"""The history file keeps what was seen, says what it knows, and is never the reason for a crash or a loss."""

from __future__ import annotations

import random
import sqlite3
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import walk_tb

import pytest

from pgyer_desktop.api.models import Build, BuildPage
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.history import app_history
from pgyer_desktop.core.history import store as history_store
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.store import HistoryError, HistoryFault, HistoryStore

NOON = datetime(2025, 3, 12, 12, 0, tzinfo=UTC)
SECRET = "0123456789abcdef" * 2


def page(*serials: int, number: int = 1, count: int = 1) -> BuildPage:
    """These builds, newest first."""
    rows = tuple(
        Build(f"key{serial}", version=f"1.{serial}", pgyer_build=serial, size=serial, notes=f"About {serial}")
        for serial in serials
    )
    return BuildPage(number, count, rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[HistoryStore]:
    made = HistoryStore.open(file)
    yield made
    made.close()


def harbour(store: HistoryStore) -> AppHistory:
    """What the tests look at: one app of one account."""
    return AppHistory(store, "acme", "app")


def known(store: HistoryStore, account: str = "acme", **how: object) -> list[int]:
    ids = AppHistory(store, account, "app").query(**how)  # type: ignore[arg-type]  # whatever a test asks for
    return [build.pgyer_build or 0 for build in harbour(store).each(ids)]


def test_what_was_seen_is_there_after_the_program_was_closed(file: Path) -> None:
    with closing(HistoryStore.open(file)) as store:
        harbour(store).absorb(page(3, 2, 1), NOON)
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None
        assert not store.temporary
        assert [build.notes for build in harbour(store).window(0, 9)] == [
            "About 3",
            "About 2",
            "About 1",
        ]
        assert harbour(store).coverage().as_of == NOON


def test_what_is_missing_between_two_neighbours_is_gone(store: HistoryStore) -> None:
    harbour(store).absorb(page(5, 4, 3, 2, 1), NOON)
    harbour(store).absorb(page(6, 5, 2, 1), NOON + timedelta(minutes=1))
    assert known(store) == [6, 5, 2, 1]
    # What was asked for earlier arrives later: it knows nothing of what happened since.
    harbour(store).absorb(page(5, 4, 3, 2, 1), NOON)
    assert known(store) == [6, 5, 2, 1]


def test_pages_that_do_not_touch_leave_a_gap_that_is_said(store: HistoryStore) -> None:
    harbour(store).absorb(page(40, 39, count=3), NOON)
    harbour(store).absorb(page(12, 11, number=3, count=3), NOON)
    coverage = harbour(store).coverage()
    assert (coverage.builds, coverage.gaps, coverage.complete) == (4, 2, False)
    upper, bottom = harbour(store).gaps()
    assert (upper.upper, upper.lower, upper.above) == ("key39", "key12", 2)
    assert (bottom.upper, bottom.lower, bottom.above) == ("key11", None, 4)
    harbour(store).link([("key39", "key12"), ("key11", None)], NOON)
    assert harbour(store).coverage().complete


def test_a_link_buries_what_was_known_in_between_unless_it_was_seen_later(store: HistoryStore) -> None:
    harbour(store).absorb(page(9, 8), NOON)
    harbour(store).absorb(page(5, 4, number=2), NOON + timedelta(minutes=5))
    harbour(store).absorb(page(2, 1, number=3), NOON)
    harbour(store).link([("key8", "key2")], NOON + timedelta(minutes=1))
    assert known(store) == [9, 8, 5, 4, 2, 1]
    harbour(store).link([("key8", "key2")], NOON + timedelta(minutes=9))
    assert known(store) == [9, 8, 2, 1]


def test_accounts_and_apps_are_kept_apart_and_one_can_be_forgotten(store: HistoryStore) -> None:
    for account in ("acme", "other"):
        AppHistory(store, account, "app").absorb(page(2, 1), NOON)
    AppHistory(store, "acme", "second").absorb(page(7), NOON)
    store.forget("acme")
    assert known(store) == []
    assert AppHistory(store, "acme", "second").coverage().builds == 0
    assert known(store, "other") == [2, 1]
    harbour(store).absorb(page(3), NOON)
    assert known(store) == [3]


def test_no_secret_gets_into_the_file(file: Path) -> None:
    build = Build("key1", notes=f"_api_key={SECRET}", file_name=f"x?sig={SECRET}", extra=(("buildToken", SECRET),))
    with closing(HistoryStore.open(file)) as store:
        harbour(store).absorb(BuildPage(1, 1, (build,)), NOON)
        store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for written in file.parent.iterdir():
            assert f"sig={SECRET}".encode() not in written.read_bytes()
            assert f"_api_key={SECRET}".encode() not in written.read_bytes()


def test_two_windows_write_into_one_file(file: Path) -> None:
    with closing(HistoryStore.open(file)) as one, closing(HistoryStore.open(file)) as two:
        for serial in range(1, 60):
            harbour(one if serial % 2 else two).absorb(page(serial), NOON + timedelta(seconds=serial))
            assert harbour(one).coverage().builds == harbour(two).coverage().builds


def test_a_full_disk_leaves_what_was_there_and_says_so(store: HistoryStore) -> None:
    harbour(store).absorb(page(2, 1), NOON)
    store._writer.execute("PRAGMA max_page_count = 1")
    many = page(*range(3000, 2, -1))
    with pytest.raises(HistoryError) as caught:
        harbour(store).absorb(many, NOON)
    assert caught.value.reason is HistoryFault.FULL
    assert "no room" in caught.value.text.source
    assert known(store) == [2, 1]
    store._writer.execute("PRAGMA max_page_count = 1000000")
    harbour(store).absorb(many, NOON)
    assert len(known(store)) == 3000


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database at all" * 500)


def _torn(file: Path) -> None:
    """The middle of a real one is overwritten."""
    with closing(HistoryStore.open(file)) as store:
        harbour(store).absorb(page(*range(2000, 0, -1)), NOON)
    data = bytearray(file.read_bytes())
    data[100:8192] = b"\xff" * 8092
    file.write_bytes(data)


def _foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.commit()


def _other_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE builds (name TEXT)")
        db.execute(f"PRAGMA user_version = {history_store.VERSION}")
        db.commit()


@pytest.mark.parametrize("damage", [_garbage, _torn, _foreign, _other_tables])
def test_a_file_that_is_no_history_is_set_aside_with_a_sentence(
    file: Path, damage: Callable[[Path], None], allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.history.store")
    damage(file)
    before = file.read_bytes()
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is not None
        assert "damaged" in store.problem.source
        assert not store.temporary
        harbour(store).absorb(page(1), NOON)
        assert known(store) == [1]
    (aside,) = file.parent.glob("history.damaged-*")
    assert aside.read_bytes() == before
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None


def test_what_belongs_to_a_damaged_file_goes_with_it(file: Path) -> None:
    """SQLite would write what waits in "-wal" into the new file."""
    _garbage(file)
    waiting = file.with_name(f"{file.name}-wal")
    waiting.write_bytes(b"of the damaged file")
    aside = history_store._set_aside(file)
    assert aside is not None
    assert not file.exists()
    assert not waiting.exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"of the damaged file"


def test_a_damaged_file_stays_where_what_belongs_to_it_cannot_be_moved(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _garbage(file)
    before = file.read_bytes()
    file.with_name(f"{file.name}-wal").write_bytes(b"in use")
    replace = busy_files.replace

    def refuse(source: Path, target: Path) -> None:
        if source.name.endswith("-wal"):
            raise PermissionError(13, "in use", str(source))
        replace(source, target)

    monkeypatch.setattr(busy_files, "replace", refuse)
    assert history_store._set_aside(file) is None
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", [_garbage, _torn])
def test_a_damaged_file_is_open_nowhere_once_it_could_not_be_opened(file: Path, damage: Callable[[Path], None]) -> None:
    """Windows renames no open file, and whoever holds the error holds what its traceback names."""
    damage(file)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        with pytest.raises(sqlite3.DatabaseError) as caught:
            HistoryStore(file, None, temporary=False)
    connections = [
        value
        for frame, _ in walk_tb(caught.value.__traceback__)
        for value in frame.f_locals.values()
        if isinstance(value, sqlite3.Connection)
    ]
    assert connections
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.total_changes  # noqa: B018 - asked for its error


def test_a_file_of_an_older_version_is_made_a_new_one_and_keeps_what_it_holds(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.executescript(history_store._TABLES)
        db.execute("INSERT INTO apps (id, account, app_key, page_count, as_of) VALUES (1, 'acme', 'app', 1, 0)")
        for serial in (1, 2, 3):
            data = f'{{"build_key":"key{serial}","pgyer_build":{serial},"notes":"Note {serial}"}}'
            db.execute(
                "INSERT INTO builds (app, key, place, linked, first_seen, last_seen, gone, version, number, data)"
                " VALUES (1, ?, ?, 1, 0, 0, ?, '', '', ?)",
                (f"key{serial}", serial, 0 if serial == 2 else None, data),
            )
            db.execute("INSERT INTO haystacks SELECT max(id), ? FROM builds", (f"ｎｏｔｅ {serial}",))
        db.execute("PRAGMA user_version = 1")
        db.commit()
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None
        assert known(store) == [3, 1]
        assert known(store, sort="notes") == [1, 3]
        assert harbour(store).haystacks()[1] == ["note 3", "note 1"]
        assert harbour(store).coverage().builds == 2
        assert harbour(store).coverage().complete
        harbour(store).absorb(page(4, 3, 1), NOON)
        assert harbour(store).coverage().builds == 3
    with closing(HistoryStore.open(file)) as store:
        assert store.problem is None


@pytest.mark.parametrize("seed", range(5))
def test_the_number_of_builds_is_always_what_it_is(store: HistoryStore, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - which rows come
    there = list(range(40, 0, -1))
    for turn in range(30):
        there = sorted({*there, 40 + turn} - {dice.choice(there)}, reverse=True)
        start = dice.randrange(len(there))
        harbour(store).absorb(page(*there[start : start + 20], number=2), NOON + timedelta(minutes=turn))
        assert harbour(store).coverage().builds == len(known(store))
        versions = harbour(store).versions()
        assert sum(group.rows for group in versions.groups) == len(versions.ids) == len(known(store))


def test_versions_come_newest_first_each_with_its_rows_in_the_services_order(store: HistoryStore) -> None:
    mixed = page(*range(90, 0, -1))
    builds = tuple(replace(one, version=f"1.{(one.pgyer_build or 0) * 7 % 11}") for one in mixed.builds)
    harbour(store).absorb(replace(mixed, builds=builds), NOON)
    versions = harbour(store).versions()
    rows = harbour(store).builds(versions.ids)
    under: dict[str, list[int | None]] = {}
    for one in builds:
        under.setdefault(one.version, []).append(one.pgyer_build)
    assert [
        (rows[start].version, [one.pgyer_build for one in rows[start : start + count]], size)
        for _, start, count, size in versions.groups
    ] == [(version, numbers, sum(number or 0 for number in numbers)) for version, numbers in under.items()]


def test_a_file_of_a_newer_version_is_left_alone_and_the_program_works_without_it(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE builds (what TEXT)")
        db.execute(f"PRAGMA user_version = {history_store.VERSION + 1}")
        db.commit()
    before = file.read_bytes()
    store = HistoryStore.open(file)
    assert store.problem is not None
    assert "newer version" in store.problem.source
    assert store.temporary
    harbour(store).absorb(page(2, 1), NOON)
    assert known(store) == [2, 1]
    store.close()
    assert not store.path.exists()
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_is_said_and_the_program_works_without_it(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    store = HistoryStore.open(blocked / "history.sqlite3")
    assert store.problem is not None
    assert store.temporary
    harbour(store).absorb(page(1), NOON)
    assert known(store) == [1]
    store.close()


def test_a_file_that_breaks_while_it_is_used_is_an_error_with_a_sentence(file: Path) -> None:
    with closing(HistoryStore.open(file)) as store:
        harbour(store).absorb(page(*range(3000, 0, -1)), NOON)
    data = bytearray(file.read_bytes())
    half = len(data) // 2
    data[half:] = b"\xff" * (len(data) - half)
    file.write_bytes(data)
    with closing(HistoryStore.open(file)) as store, pytest.raises(HistoryError) as caught:
        known(store, sort="notes")
    assert caught.value.reason is HistoryFault.DAMAGED
    assert "damaged" in caught.value.text.source


@pytest.mark.parametrize("sort", app_history._SORTS)
def test_every_column_sorts_both_ways_and_what_is_missing_comes_last(store: HistoryStore, sort: str) -> None:
    harbour(store).absorb(BuildPage(1, 1, (Build("key9", pgyer_build=9), *page(3, 2, 1).builds)), NOON)
    up, down = known(store, sort=sort), known(store, sort=sort, descending=True)
    assert sorted(up) == sorted(down) == [1, 2, 3, 9]
    if sort in {"version", "size", "notes"}:
        assert up == [1, 2, 3, 9]
        assert down == [3, 2, 1, 9]


def test_closing_waits_for_what_another_thread_reads(file: Path) -> None:
    """Closing a connection under a thread that is in it ends the process."""
    store = HistoryStore.open(file)
    harbour(store).absorb(page(*range(400, 0, -1)), NOON)
    rounds: list[int] = []
    begun = threading.Event()

    def read() -> None:
        with suppress(HistoryError):  # once it is closed
            for _ in range(10_000):
                rounds.append(len(harbour(store).window(0, 400)))
                harbour(store).positions(("1" * 32,))
                begun.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(60)
    store.close()
    thread.join(10)
    assert not thread.is_alive()
    assert set(rounds) == {400}


def test_another_thread_waits_its_turn_and_the_gui_does_not(store: HistoryStore) -> None:
    harbour(store).absorb(page(2, 1), NOON)
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(len(harbour(store).window(0, 9))))
    with store._reading:
        thread.start()
        thread.join(0.1)
        assert thread.is_alive()
        assert len(harbour(store).window(0, 9)) == 2
    thread.join(10)
    assert found == [2]


@pytest.mark.parametrize(
    ("holes", "left"), [((), [5, 3, 1]), ((0,), [6, 5, 3, 1]), ((1,), [5, 4, 3, 1]), ((2,), [5, 3, 2, 1])]
)
def test_a_row_that_cannot_be_read_may_be_any_that_stood_there(
    store: HistoryStore, holes: tuple[int, ...], left: list[int]
) -> None:
    harbour(store).absorb(page(6, 5, 4, 3, 2, 1), NOON)
    read = replace(page(5, 3, 1), unreadable=len(holes), holes=holes)
    harbour(store).absorb(read, NOON + timedelta(minutes=1))
    assert known(store) == left
