"""The history file, SQLite: its tables and what becomes of a damaged one, who reads and writes it, and its errors.

Methods block: call them in threads. What stands in the tables is the business of `app_history`.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Final

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.file_replacement import behind_links
from pgyer_desktop.core.base.private_files import close_to_others, make_file, make_folder
from pgyer_desktop.core.base.words import Text, stated, translate
from pgyer_desktop.core.history.plain import plain

_log = logging.getLogger(__name__)

VERSION: Final = 4
"""Of the file's tables, in `user_version`."""

_TABLES: Final = """
CREATE TABLE apps (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    app_key TEXT NOT NULL,
    page_count INTEGER,
    page_size INTEGER,
    as_of INTEGER,
    ordered INTEGER NOT NULL DEFAULT 1,
    UNIQUE (account, app_key)
);
CREATE TABLE builds (
    id INTEGER PRIMARY KEY,
    app INTEGER NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    place REAL NOT NULL,
    linked INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    gone INTEGER,
    version TEXT NOT NULL,
    number TEXT NOT NULL,
    size INTEGER,
    created INTEGER,
    downloads INTEGER,
    latest INTEGER,
    data BLOB NOT NULL,
    UNIQUE (app, key)
);
CREATE INDEX builds_in_order ON builds (app, place DESC, id) WHERE gone IS NULL;
CREATE INDEX open_ends ON builds (app, place DESC) WHERE gone IS NULL AND linked = 0;
CREATE TABLE haystacks (
    build INTEGER PRIMARY KEY REFERENCES builds (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
"""

_MIGRATIONS: Final = {
    # Sorted columns, what is latest and how many there are is found without going through all rows.
    1: """
CREATE INDEX by_version ON builds (app, version, place DESC, size) WHERE gone IS NULL;
CREATE INDEX by_number ON builds (app, number, place) WHERE gone IS NULL;
CREATE INDEX by_size ON builds (app, size, place) WHERE gone IS NULL;
CREATE INDEX by_created ON builds (app, created, place) WHERE gone IS NULL;
CREATE INDEX by_downloads ON builds (app, downloads, place) WHERE gone IS NULL;
CREATE INDEX latest_ones ON builds (app, key) WHERE gone IS NULL AND latest = 1;
ALTER TABLE builds ADD COLUMN notes TEXT NOT NULL DEFAULT '';
UPDATE builds SET notes = casefold(substr(coalesce(json_extract(data, '$.notes'), ''), 1, 60));
CREATE INDEX by_notes ON builds (app, notes, place) WHERE gone IS NULL;
ALTER TABLE apps ADD COLUMN builds INTEGER NOT NULL DEFAULT 0;
UPDATE apps SET builds = (SELECT count(*) FROM builds WHERE app = apps.id AND gone IS NULL);
CREATE TRIGGER counted_in AFTER INSERT ON builds WHEN NEW.gone IS NULL
BEGIN UPDATE apps SET builds = builds + 1 WHERE id = NEW.app; END;
CREATE TRIGGER counted_out AFTER DELETE ON builds WHEN OLD.gone IS NULL
BEGIN UPDATE apps SET builds = builds - 1 WHERE id = OLD.app; END;
CREATE TRIGGER counted_again AFTER UPDATE OF gone ON builds WHEN (OLD.gone IS NULL) != (NEW.gone IS NULL)
BEGIN UPDATE apps SET builds = builds + (OLD.gone IS NOT NULL) - (NEW.gone IS NOT NULL) WHERE id = NEW.app; END;
""",
    # Words are looked for in plain characters.
    2: "UPDATE haystacks SET text = plain(text);",
    # A moment that a clock told which went otherwise than the one that told "as_of": one of the two was wrong.
    3: "ALTER TABLE apps ADD COLUMN disputed INTEGER;",
}
"""What makes the tables of one version those of the next."""


_PATIENCE_SECONDS: Final = 1.0
"""Two windows on one profile wait for each other some milliseconds; who holds the file longer is another program."""
_PAINT_PATIENCE_SECONDS: Final = 0.05


class HistoryFault(Enum):
    """Why the history could not be read or written."""

    FULL = "full"
    DENIED = "denied"
    DAMAGED = "damaged"
    BUSY = "busy"
    """Another program holds it."""
    OTHER = "other"


class HistoryError(Exception):
    """The history could not be read or written. What it held before is whole. `detail` holds no path."""

    def __init__(self, reason: HistoryFault, detail: str) -> None:
        super().__init__(f"history: {detail}")
        self.reason = reason
        self.detail = detail

    @property
    def text(self) -> Text:
        """Why, and what to do; stands behind a sentence that says what was not done."""
        return _REASONS[self.reason].fill(detail=stated(self.detail))


class HistoryStore:
    """One file, of one profile. Make one with `open`; `close()` it."""

    def __init__(self, path: Path, problem: Text | None, *, temporary: bool) -> None:
        self.path = path
        self.problem = problem
        """What a person must be told about the file, or None."""
        self.temporary = temporary
        """Whether what is written goes when the program ends."""
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._writer, self._worker, self._painter = _connections(path)
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def open(cls, path: Path) -> HistoryStore:
        """Open or make the file at `path`, blocking. Raises nothing.

        A damaged file is set aside and begun anew. One of a newer version, or one that cannot be used, is left alone:
        then the history is kept in a temporary file. Where another program holds it, that one begins with what it has.
        """
        path = behind_links(path)
        problem: Text | None = None
        held = False
        for _attempt in range(2):
            try:
                make_folder(path.parent)
                make_file(path)  # what SQLite makes beside it has the same mode
                version = _prepared_when_free(path)
                if version <= VERSION:
                    return cls(path, problem, temporary=False)
                problem = _NEWER.fill(file=str(path))
                break
            except sqlite3.DatabaseError as exc:
                detail = _detail(exc)
                if _reason(exc) is HistoryFault.BUSY:
                    problem, held = _HELD.fill(file=str(path)), True
                    break
                if _reason(exc) is not HistoryFault.DAMAGED:
                    problem = _UNUSABLE.fill(file=str(path), detail=stated(detail))
                    break
                _log.warning("The history is damaged: %s", detail)
                aside = _set_aside(path)
                if aside is None:
                    problem = _UNUSABLE.fill(file=str(path), detail=stated(detail))
                    break
                problem = _DAMAGED.fill(file=str(aside))
            except OSError as exc:
                problem = _UNUSABLE.fill(file=str(path), detail=stated(exc.strerror))
                break
        folder = Path(tempfile.mkdtemp(prefix="pgyer-desktop-history-"))
        temporary = folder / "history.sqlite3"
        make_file(temporary)
        if not held or not _copied(path, temporary):
            _prepared(temporary)
        return cls(temporary, problem, temporary=True)

    def close(self) -> None:
        """Close the file. What others are still reading in threads is waited for."""
        with self._writing, self._reading:
            with ExitStack() as closed:  # each of them, whatever becomes of the others
                for connection in (self._writer, self._worker, self._painter):
                    closed.callback(connection.close)
            if self.temporary:
                with suppress(OSError):
                    for file in self.path.parent.iterdir():
                        busy_files.remove(file)
                    self.path.parent.rmdir()

    def forget(self, account: str) -> None:
        """Drop everything of an account. Raises `HistoryError`."""
        with self.change() as db:
            db.execute("DELETE FROM apps WHERE account = ?", (account,))

    def accounts(self) -> tuple[str, ...]:
        """The ids of all accounts that something is known of."""
        with self.read() as db:
            return tuple(account for (account,) in db.execute("SELECT DISTINCT account FROM apps ORDER BY account"))

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing. Raises `HistoryError`, also for sqlite3's errors within."""
        with self._writing, _translated():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """What threads read with, one after the other. Raises `HistoryError` as `change` does."""
        with self._reading, _translated():
            yield self._worker

    @contextmanager
    def quick(self) -> Iterator[sqlite3.Connection]:
        """The GUI's own connection, so that it waits for nobody; every other thread takes its turn.

        Two threads in one connection, or one that closes it under the other, end the process.
        """
        if threading.current_thread() is threading.main_thread():
            with _translated():
                yield self._painter
        else:
            with self.read() as db:
                yield db


def _connected(path: Path, *, patience: float = _PATIENCE_SECONDS) -> sqlite3.Connection:
    """`patience`: for so many seconds another program that holds the file is waited for."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=patience)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA temp_store = MEMORY")
        db.create_function("casefold", 1, lambda text: str(text).casefold(), deterministic=True)
        db.create_function("plain", 1, lambda text: plain(str(text)), deterministic=True)
    except BaseException:
        db.close()  # the file is about to be set aside, and Windows renames none that is open
        raise
    return db


def _connections(path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection, sqlite3.Connection]:
    """All three, or none and sqlite3's error."""
    with ExitStack() as opened:
        writer = opened.enter_context(closing(_connected(path)))
        worker = opened.enter_context(closing(_connected(path)))
        # The window's own waits for nobody.
        painter = opened.enter_context(closing(_connected(path, patience=_PAINT_PATIENCE_SECONDS)))
        opened.pop_all()
    return writer, worker, painter


def _prepared_when_free(path: Path) -> int:
    """As `_prepared`; where another program has the file open, as virus scanners do on Windows, it is waited for."""
    try:
        return _prepared(path)
    except sqlite3.OperationalError as exc:
        if os.name != "nt" or _reason(exc) is not HistoryFault.DENIED:
            raise
    # SQLite has waited for 1.4 seconds already, and does so once more.
    return _prepared(path)


def _prepared(path: Path) -> int:
    """Make the tables where there are none. The version of the file. Raises sqlite3's errors."""
    db = _connected(path)
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == 0 and tables:
            raise sqlite3.DatabaseError("not a history of this program")
        if version == 0:
            db.execute("PRAGMA page_size = 8192")
            with suppress(sqlite3.OperationalError):  # some network drives cannot; then readers wait for writers
                db.execute("PRAGMA journal_mode = WAL")
            db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = 1; COMMIT;")
            version = 1
        while version in _MIGRATIONS:
            db.executescript(f"BEGIN; {_MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
            version += 1
        if version == VERSION:
            db.execute(
                "SELECT id, account, app_key, page_count, page_size, as_of, ordered, builds FROM apps LIMIT 1"
            ).fetchone()
            db.execute("SELECT id, place, linked, gone, data FROM builds LIMIT 1").fetchone()
        return int(version)
    finally:
        db.close()


def _copied(path: Path, target: Path) -> bool:
    """Put what is on the disk of a history that another program holds into `target`. False where that makes no sense.

    Locks are between programs that ask for them; the bytes can be read. What the other one writes meanwhile may be cut
    in two: then it counts as nothing.
    """
    try:
        for ending in ("", "-wal", "-journal"):
            source = path.with_name(path.name + ending)
            if source.exists():
                target.with_name(target.name + ending).write_bytes(busy_files.read(source))
                close_to_others(target.with_name(target.name + ending))
        if _prepared(target) == VERSION and _is_sound(target):
            return True
    except (OSError, sqlite3.Error) as exc:
        _log.warning("The history that another program holds cannot be read: %s", exc)
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            busy_files.remove(target.with_name(target.name + ending))
    make_file(target)
    return False


def _is_sound(path: Path) -> bool:
    with closing(_connected(path)) as db:
        return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _set_aside(path: Path) -> Path | None:
    """Rename the file and what belongs to it; None where that fails."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}{path.suffix}")
    renamed: list[tuple[Path, Path]] = []
    try:
        # What has not been written into the file yet would be written into the one that takes its place.
        for ending in ("", "-wal", "-shm"):
            source, target = path.with_name(path.name + ending), aside.with_name(aside.name + ending)
            if source.exists():
                busy_files.replace(source, target)
                renamed.append((source, target))
    except OSError:
        for source, target in renamed:
            with suppress(OSError):
                busy_files.replace(target, source)
        return None
    return aside


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as exc:
        raise HistoryError(_reason(exc), _detail(exc)) from exc


_CODES: Final = {
    sqlite3.SQLITE_FULL: HistoryFault.FULL,
    sqlite3.SQLITE_READONLY: HistoryFault.DENIED,
    sqlite3.SQLITE_PERM: HistoryFault.DENIED,
    sqlite3.SQLITE_CANTOPEN: HistoryFault.DENIED,
    sqlite3.SQLITE_BUSY: HistoryFault.BUSY,
    sqlite3.SQLITE_LOCKED: HistoryFault.BUSY,
    sqlite3.SQLITE_PROTOCOL: HistoryFault.BUSY,
    sqlite3.SQLITE_CORRUPT: HistoryFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: HistoryFault.DAMAGED,
}


def _reason(error: sqlite3.Error) -> HistoryFault:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return HistoryFault.DAMAGED if type(error) is sqlite3.DatabaseError else HistoryFault.OTHER
    # The low byte is the kind; the rest says more of it. A table or column that is missing is SQLITE_ERROR.
    return _CODES.get(code & 0xFF, HistoryFault.DAMAGED if code == sqlite3.SQLITE_ERROR else HistoryFault.OTHER)


def _detail(error: sqlite3.Error) -> str:
    return str(error)


_REASONS: Final = {
    HistoryFault.FULL: translate(
        "history", "There is no room for the history on this computer ({detail}). Free some space."
    ),
    HistoryFault.DENIED: translate(
        "history", "The history on this computer cannot be written ({detail}). Check who may read and write its folder."
    ),
    HistoryFault.DAMAGED: translate(
        "history", "The history on this computer is damaged ({detail}). Restart the program to begin a new one."
    ),
    HistoryFault.BUSY: translate(
        "history",
        "Another program is using the history on this computer ({detail}). What was read before shows; close that"
        " program, then refresh.",
    ),
    HistoryFault.OTHER: translate("history", "The history on this computer cannot be used ({detail})."),
}
_NEWER: Final = translate(
    "history",
    "The history {file} was written by a newer version of this program. It is left as it is, and what is read now is"
    " kept until the program is closed. Update the program.",
)
_DAMAGED: Final = translate(
    "history", "The history was damaged. It was kept as {file}, and a new one has been started."
)
_HELD: Final = translate(
    "history",
    "Another program is using the history {file}. What is on the disk shows, and what is read now is kept until the"
    " program is closed. Close the other program and start this one again.",
)
_UNUSABLE: Final = translate(
    "history",
    "The history {file} cannot be used ({detail}). What is read now is kept until the program is closed.",
)
