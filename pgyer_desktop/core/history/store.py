"""The history file: every build that was seen of an app, with when, and whether it is still there. SQLite.

Methods block: call them in threads, except the few that say otherwise. Knows nothing of the service; what it can say of
completeness comes from `link`s: a row is linked when it is certain which row comes next in the service's list, or that
none does. Rows of one reply are; the ends of pages have to be certified (see `load`).
"""

from __future__ import annotations

import itertools
import logging
import operator
import os
import sqlite3
import tempfile
import threading
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from pgyer_desktop.api import Build
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.redaction import clean, struck
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.history.match import haystack, sortable
from pgyer_desktop.core.history.plain import plain

if TYPE_CHECKING:
    from pgyer_desktop.api import BuildPage

_log = logging.getLogger(__name__)

VERSION: Final = 3
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
}
"""What makes the tables of one version those of the next."""

_SORTS: Final = {
    "version": "version",
    "build_number": "number",
    "pgyer_build": "place",
    "size": "size",
    "created": "created",
    "downloads": "downloads",
    "build_key": "key",
    "notes": "notes",
    "name": "json_extract(data, '$.name') COLLATE NOCASE",
    "platform": "json_extract(data, '$.platform')",
    "identifier": "json_extract(data, '$.identifier') COLLATE NOCASE",
    "file_name": "json_extract(data, '$.file_name') COLLATE NOCASE",
    "in_history": "json_extract(data, '$.in_history')",
    "icon": "json_extract(data, '$.icon')",
}
"""What the columns of `core.builds.columns` sort by."""


class HistoryFault(Enum):
    """Why the history could not be read or written."""

    FULL = "full"
    DENIED = "denied"
    DAMAGED = "damaged"
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
        return _REASONS[self.reason].fill(detail=self.detail)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of an app. `builds` counts those that are there as far as known."""

    builds: int = 0
    page_count: int | None = None
    """As the service last said."""
    page_size: int | None = None
    """Rows of a full page, as far as seen."""
    gaps: int = 0
    """Places where builds may be missing."""
    as_of: datetime | None = None
    """When the first page was last read; None: never."""
    complete: bool = False
    """Whether every build that was there at `as_of` is known."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where builds may be missing: below `upper`, above `lower` (None: nothing is known below)."""

    upper: str
    """Build key of the row above the gap."""
    lower: str | None
    place: float
    """Where `upper` stands; see `places`."""
    lower_place: float | None
    above: int
    """How many known rows stand above the gap, `upper` among them."""


class VersionRows(NamedTuple):
    """The rows of one version: `rows` of `Versions.ids` from `start`, in the service's order."""

    name: str
    """What stands for the version in the file. Those that differ in case or in leading zeros only are one."""
    start: int
    rows: int
    """How many."""
    bytes: int
    """Of all of them, as far as known."""


@dataclass(frozen=True, slots=True)
class Versions:
    """All rows by their versions, the version with the newest build first; their rows in the same order."""

    groups: Sequence[VersionRows]
    ids: array[int]


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
        self._apps: dict[tuple[str, str], int] = {}

    @classmethod
    def open(cls, path: Path) -> HistoryStore:
        """Open or make the file at `path`, blocking. Raises nothing.

        A damaged file is set aside and begun anew. One of a newer version, or one that cannot be used, is left alone:
        then the history is kept in a temporary file.
        """
        problem: Text | None = None
        for _attempt in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                version = _prepared_when_free(path)
                if version <= VERSION:
                    return cls(path, problem, temporary=False)
                problem = _NEWER.fill(file=str(path))
                break
            except sqlite3.DatabaseError as exc:
                detail = _detail(exc)
                if _reason(exc) is not HistoryFault.DAMAGED:
                    problem = _UNUSABLE.fill(file=str(path), detail=detail)
                    break
                _log.warning("The history is damaged: %s", detail)
                aside = _set_aside(path)
                if aside is None:
                    problem = _UNUSABLE.fill(file=str(path), detail=detail)
                    break
                problem = _DAMAGED.fill(file=str(aside))
            except OSError as exc:
                problem = _UNUSABLE.fill(file=str(path), detail=exc.strerror or type(exc).__name__)
                break
        folder = Path(tempfile.mkdtemp(prefix="pgyer-desktop-history-"))
        _prepared(folder / "history.sqlite3")
        return cls(folder / "history.sqlite3", problem, temporary=True)

    def close(self) -> None:
        """Close the file. What others are still reading in threads is waited for."""
        with self._writing, self._reading:
            for connection in (self._painter, self._worker, self._writer):
                connection.close()
            if self.temporary:
                with suppress(OSError):
                    for file in self.path.parent.iterdir():
                        busy_files.remove(file)
                    self.path.parent.rmdir()

    # Writing

    def absorb(self, account: str, app_key: str, page: BuildPage, when: datetime) -> None:
        """Take in one page that was asked for at `when`. Raises `HistoryError`; then nothing of it was taken in.

        Known builds that should stand between two rows of the page and do not are gone.
        """
        self.absorb_all(account, app_key, ((page, when),))

    def absorb_all(self, account: str, app_key: str, pages: Sequence[tuple[BuildPage, datetime]]) -> None:
        """Take in pages with the moments at which each was asked for: all of them, or none. Raises `HistoryError`."""
        with self._change() as db:
            app = self._app(db, account, app_key)
            for page, when in pages:
                self._absorb(db, app, page, _stamp(when))

    def _absorb(self, db: sqlite3.Connection, app: int, page: BuildPage, moment: int) -> None:
        rows = places(page)
        self._upsert(db, app, page.builds, rows, moment)
        numbered = all(build.pgyer_build is not None for build in page.builds)
        ordered = numbered and all(upper > lower for upper, lower in itertools.pairwise(rows))
        if ordered and page.builds:
            self._chain(db, app, page, rows, moment)
        size = len(page.builds) if page.page_count is None or page.number < page.page_count else None
        db.execute(
            "UPDATE apps SET page_count = ?, page_size = max(coalesce(page_size, 0), ?),"
            " as_of = CASE WHEN ? THEN max(coalesce(as_of, 0), ?) ELSE as_of END, ordered = min(ordered, ?)"
            " WHERE id = ?",
            (page.page_count, size or 0, page.number == 1, moment, int(ordered), app),
        )

    def link(self, account: str, app_key: str, pairs: Sequence[tuple[str, str | None]], when: datetime) -> None:
        """Note of each pair that the second comes next below the first in the service's list; None: that nothing does.

        `when` is a moment at which that was so. What is known between them is gone. Raises `HistoryError`.
        """
        with self._change() as db:
            app = self._app(db, account, app_key)
            for upper, lower in pairs:
                top = _place_of(db, app, upper)
                bottom = _place_of(db, app, lower) if lower is not None else float("-inf")
                if top is not None and bottom is not None and bottom < top:
                    _bury(db, app, above=top, below=bottom, moment=_stamp(when))
                    db.execute("UPDATE builds SET linked = 1 WHERE app = ? AND key = ?", (app, upper))

    def bury(self, account: str, app_key: str, keys: Sequence[str], when: datetime) -> None:
        """Note that these builds are gone. Raises `HistoryError`."""
        with self._change() as db:
            app = self._app(db, account, app_key)
            for key in keys:
                place = _place_of(db, app, key)
                if place is not None:
                    _bury(db, app, above=place + _NEXT_TO, below=place - _NEXT_TO, moment=_stamp(when))

    def doubt_latest(self, account: str, app_key: str, known: Sequence[str]) -> None:
        """Note that only `known` were seen since something may have moved the mark. Raises `HistoryError`."""
        marks = ",".join("?" * len(known))
        with self._change() as db:
            app = self._app(db, account, app_key)
            db.execute(
                f"UPDATE builds SET latest = NULL WHERE app = ? AND latest IS NOT NULL AND key NOT IN ({marks})",  # noqa: S608 - question marks
                (app, *known),
            )

    def forget(self, account: str) -> None:
        """Drop everything of an account. Raises `HistoryError`."""
        with self._change() as db:
            db.execute("DELETE FROM apps WHERE account = ?", (account,))
            self._apps.clear()

    def _upsert(
        self, db: sqlite3.Connection, app: int, builds: Sequence[Build], places: Sequence[float], moment: int
    ) -> None:
        for build, place in zip(builds, places, strict=True):
            data = msgspec.json.encode(clean(build))
            (row,) = db.execute(
                "INSERT INTO builds (app, key, place, first_seen, last_seen, version, number, size, created, downloads,"
                " latest, data, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (app, key) DO UPDATE SET"
                " place = excluded.place, last_seen = max(last_seen, excluded.last_seen),"
                " gone = CASE WHEN gone > excluded.last_seen THEN gone END, version = excluded.version,"
                " number = excluded.number, size = excluded.size, created = excluded.created,"
                " downloads = excluded.downloads, latest = excluded.latest, data = excluded.data,"
                " notes = excluded.notes RETURNING id",
                (
                    app,
                    build.build_key,
                    place,
                    moment,
                    moment,
                    sortable(build.version),
                    sortable(build.build_number),
                    build.size,
                    _stamp(build.created) if build.created is not None else None,
                    build.downloads,
                    build.latest,
                    data,
                    struck(build.notes)[:_SORTED_CHARACTERS].casefold(),
                ),
            ).fetchone()
            db.execute(
                "INSERT INTO haystacks VALUES (?, ?) ON CONFLICT (build) DO UPDATE SET text = excluded.text",
                (row, struck(haystack(build))),
            )

    def _chain(self, db: sqlite3.Connection, app: int, page: BuildPage, places: Sequence[float], moment: int) -> None:
        """Link the page's rows, and bury what should stand among them."""
        first, last = places[0], places[-1]
        if page.number == 1:
            _bury(db, app, above=float("inf"), below=first, moment=moment)
        for upper, lower in itertools.pairwise(places):
            _bury(db, app, above=upper, below=lower, moment=moment)
        db.execute(
            "UPDATE builds INDEXED BY builds_in_order SET linked = 1"
            " WHERE app = ? AND gone IS NULL AND place <= ? AND place > ?",
            (app, first, last),
        )
        # The service counts uploads without leaving out a number: nothing can be between two that follow each other.
        for place in (last, first + 1):
            db.execute(
                "UPDATE builds INDEXED BY builds_in_order SET linked = 1"
                " WHERE app = ? AND gone IS NULL AND place = ? AND EXISTS"
                " (SELECT 1 FROM builds AS next INDEXED BY builds_in_order"
                " WHERE next.app = ? AND next.gone IS NULL AND next.place = ?)",
                (app, place, app, place - 1),
            )

    # Reading

    def coverage(self, account: str, app_key: str) -> Coverage:
        """What is known of an app. Raises `HistoryError`."""
        with self._read() as db:
            found = db.execute(
                "SELECT id, page_count, page_size, as_of, ordered, builds FROM apps WHERE account = ? AND app_key = ?",
                (account, app_key),
            ).fetchone()
            if found is None:
                return Coverage()
            app, page_count, page_size, as_of, ordered, builds = found
            (gaps,) = db.execute(
                "SELECT count(*) FROM builds INDEXED BY open_ends WHERE app = ? AND gone IS NULL AND linked = 0", (app,)
            ).fetchone()
        complete = bool(ordered) and as_of is not None and gaps == 0 and (builds > 0 or page_count in {0, 1})
        return Coverage(builds, page_count, page_size or None, gaps, _moment(as_of), complete)

    def latest_keys(self, account: str, app_key: str) -> frozenset[str]:
        """The builds whose rows were marked latest when they were read last. Raises `HistoryError`."""
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            found = db.execute(
                "SELECT key FROM builds INDEXED BY latest_ones WHERE app = ? AND gone IS NULL AND latest = 1", (app,)
            ).fetchall()
        return frozenset(key for (key,) in found)

    def gaps(self, account: str, app_key: str, *, most: int = 1000) -> tuple[Gap, ...]:
        """The places where builds may be missing, from the top, at most `most`. Raises `HistoryError`."""
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            if app is None:
                return ()
            ends = db.execute(
                "SELECT key, place FROM builds INDEXED BY open_ends WHERE app = ? AND gone IS NULL AND linked = 0"
                " ORDER BY place DESC LIMIT ?",
                (app, most),
            ).fetchall()
            found: list[Gap] = []
            for key, place in ends:
                lower, lower_place = self._below(db, app, place)
                found.append(Gap(key, lower, place, lower_place, self._above(db, app, place)))
        return tuple(found)

    def query(
        self,
        account: str,
        app_key: str,
        *,
        sort: str = "",
        descending: bool = False,
        where: str = "",
        values: Sequence[object] = (),
    ) -> array[int]:
        """Row ids in order: the service's own, or by the column with the key `sort`. Raises `HistoryError`.

        `where` is SQL over the table `builds`, made by this package alone (see `match`), `values` its values.
        """
        parts = [("TRUE", "place DESC")]
        if sort:
            by = _SORTS[sort]
            bare = by.removesuffix(" COLLATE NOCASE")
            known = f"{bare} IS NOT NULL" if bare in _NUMBERS else f"{bare} != ''"
            # What is missing comes last either way round. Queries of their own: so an index can be walked.
            parts = [(known, f"{by} {'DESC' if descending else 'ASC'}, place DESC")]
            parts += [(missing, "place DESC") for missing in _missing(bare)]
        condition = f" AND ({where})" if where else ""
        found = array("q")
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            if app is None:
                return found
            for part, order in parts:
                # In one value, so that Python is called once and not for each row.
                (ids,) = db.execute(
                    "SELECT group_concat(id) FROM (SELECT id FROM builds WHERE app = ? AND gone IS NULL"  # noqa: S608 - ours
                    f" AND ({part}){condition} ORDER BY {order})",
                    (app, *values),
                ).fetchone()
                _extend(found, ids or "")
        return found

    def versions(self, account: str, app_key: str) -> Versions:
        """The rows by their versions. Raises `HistoryError`."""
        flat = array("q")
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            # One walk along the index: it has the rows of each version behind each other, in the service's order.
            groups = db.execute(
                "SELECT max(place), version, count(*), total(size), group_concat(id) FROM builds INDEXED BY by_version"
                " WHERE app = ? AND gone IS NULL GROUP BY version",
                (app,),
            ).fetchall()
        groups.sort(key=operator.itemgetter(0), reverse=True)
        _extend(flat, ",".join(group[4] for group in groups))
        starts = itertools.accumulate((group[2] for group in groups), initial=0)
        found = [
            VersionRows(name, start, count, int(size))
            for (_, name, count, size, _), start in zip(groups, starts, strict=False)
        ]
        return Versions(found, flat)

    def sizes(self, account: str, app_key: str) -> dict[int, int]:
        """Bytes of each row, as far as known, by their ids. Raises `HistoryError`."""
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            return dict(
                db.execute(
                    "SELECT id, size FROM builds INDEXED BY by_size"
                    " WHERE app = ? AND gone IS NULL AND size IS NOT NULL",
                    (app,),
                ).fetchall()
            )

    def haystacks(self, account: str, app_key: str, most: int | None = None) -> tuple[array[int], list[str]]:
        """Row ids in the service's order, at most `most`, and what is searched of each. Raises `HistoryError`."""
        with self._read() as db:
            app = self._known_app(db, account, app_key)
            if app is None:
                return array("q"), []
            rows = db.execute(
                "SELECT b.id, h.text FROM builds AS b JOIN haystacks AS h ON h.build = b.id"
                " WHERE b.app = ? AND b.gone IS NULL ORDER BY b.place DESC LIMIT ?",
                (app, -1 if most is None else most),
            ).fetchall()
        return array("q", (row for row, _ in rows)), [text for _, text in rows]

    def position(self, account: str, app_key: str, build_key: str) -> int | None:
        """How many rows stand above this build in the service's order; None where it is not known or gone.

        Quick enough for the GUI's thread. Raises `HistoryError`.
        """
        return self.positions(account, app_key, (build_key,)).get(build_key)

    def positions(self, account: str, app_key: str, keys: Collection[str]) -> dict[str, int]:
        """How many rows stand above each of these builds in the service's order, without those that are not there.

        One walk for all of them, so quick enough for the GUI's thread. Raises `HistoryError`.
        """
        found: dict[str, int] = {}
        with self._quick() as db:
            app = self._known_app(db, account, app_key)
            places = db.execute(
                "SELECT key, place FROM builds WHERE app = ? AND gone IS NULL"
                " AND key IN (SELECT value FROM json_each(?)) ORDER BY place DESC",
                (app, msgspec.json.encode(list(keys)).decode()),
            ).fetchall()
            above, top = 0, float("inf")
            for key, place in places:
                (between,) = db.execute(
                    "SELECT count(*) FROM builds INDEXED BY builds_in_order"
                    " WHERE app = ? AND gone IS NULL AND place < ? AND place >= ?",
                    (app, top, place),
                ).fetchone()
                above, top = above + between, place
                found[key] = above - 1
        return found

    def row_ids(self, account: str, app_key: str, keys: Collection[str]) -> dict[str, int]:
        """The ids of these builds' rows, without those that are not there. For the GUI's thread.

        Raises `HistoryError`.
        """
        with self._quick() as db:
            app = self._known_app(db, account, app_key)
            found = db.execute(
                "SELECT key, id FROM builds WHERE app = ? AND gone IS NULL AND key IN (SELECT value FROM json_each(?))",
                (app, msgspec.json.encode(list(keys)).decode()),
            ).fetchall()
        return dict(found)

    def window(self, account: str, app_key: str, start: int, count: int) -> list[Build]:
        """Builds from position `start` of the service's order. Quick enough for the GUI. Raises `HistoryError`."""
        with self._quick() as db:
            app = self._known_app(db, account, app_key)
            ids = db.execute(
                "SELECT id FROM builds INDEXED BY builds_in_order"
                " WHERE app = ? AND gone IS NULL ORDER BY place DESC LIMIT ? OFFSET ?",
                (app, count, start),
            ).fetchall()
        return self.builds([row for (row,) in ids])

    def builds(self, ids: Sequence[int]) -> list[Build]:
        """Builds by their row ids, in the order of these. Quick enough for the GUI. Raises `HistoryError`."""
        with self._quick() as db:
            return _decoded(db, ids)

    def each(self, ids: Sequence[int], *, at_once: int = 500) -> Iterator[Build]:
        """Builds by their row ids, some at a time, for whoever goes through all of them. Raises `HistoryError`."""
        for start in range(0, len(ids), at_once):
            with self._read() as db:
                found = _decoded(db, ids[start : start + at_once])
            yield from found

    @staticmethod
    def _below(db: sqlite3.Connection, app: int, place: float) -> tuple[str, float] | tuple[None, None]:
        found = db.execute(
            "SELECT key, place FROM builds INDEXED BY builds_in_order"
            " WHERE app = ? AND gone IS NULL AND place < ? ORDER BY place DESC LIMIT 1",
            (app, place),
        ).fetchone()
        return (found[0], found[1]) if found is not None else (None, None)

    @staticmethod
    def _above(db: sqlite3.Connection, app: int, place: float) -> int:
        (count,) = db.execute(
            "SELECT count(*) FROM builds INDEXED BY builds_in_order WHERE app = ? AND gone IS NULL AND place >= ?",
            (app, place),
        ).fetchone()
        return int(count)

    def _known_app(self, db: sqlite3.Connection, account: str, app_key: str) -> int | None:
        found = db.execute("SELECT id FROM apps WHERE account = ? AND app_key = ?", (account, app_key)).fetchone()
        return found[0] if found is not None else None

    def _app(self, db: sqlite3.Connection, account: str, app_key: str) -> int:
        known = self._known_app(db, account, app_key)
        if known is not None:
            return known
        return int(
            db.execute("INSERT INTO apps (account, app_key) VALUES (?, ?) RETURNING id", (account, app_key)).fetchone()[
                0
            ]
        )

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing."""
        with self._writing, _translated():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise
            try:
                self._writer.execute("COMMIT")
            except sqlite3.Error:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._reading, _translated():
            yield self._worker

    @contextmanager
    def _quick(self) -> Iterator[sqlite3.Connection]:
        """The GUI's own connection, so that it waits for nobody; every other thread takes its turn.

        Two threads in one connection, or one that closes it under the other, end the process.
        """
        if threading.current_thread() is threading.main_thread():
            with _translated():
                yield self._painter
        else:
            with self._read() as db:
                yield db


_NEXT_TO: Final = 1e-6
_SLICE_CHARACTERS: Final = 16_384
_SORTED_CHARACTERS: Final = 60
"""Of the notes; what differs later only is in the service's order."""
_NUMBERS: Final = frozenset({"place", "size", "created", "downloads"})
_UNCOUNTED: Final = 0.001


def _bury(db: sqlite3.Connection, app: int, *, above: float, below: float, moment: int) -> None:
    """Mark the rows strictly between two places as deleted. If one was not linked, the row above is not either."""
    lost = db.execute(
        # What a later reply has shown is there, whichever of the two arrives first.
        "UPDATE builds INDEXED BY builds_in_order SET gone = ?"
        " WHERE app = ? AND gone IS NULL AND place < ? AND place > ? AND last_seen <= ?"
        " RETURNING linked",
        (moment, app, above, below, moment),
    ).fetchall()
    if any(not linked for (linked,) in lost):
        db.execute(
            "UPDATE builds SET linked = 0 WHERE id = (SELECT id FROM builds INDEXED BY builds_in_order"
            " WHERE app = ? AND gone IS NULL"
            " AND place >= ? ORDER BY place LIMIT 1)",
            (app, above),
        )


def _missing(column: str) -> tuple[str, ...]:
    """The SQL conditions for rows that have no value in this column, to be used one at a time."""
    return (f"{column} IS NULL",) if column in _NUMBERS else (f"{column} IS NULL", f"{column} = ''")


def _extend(found: array[int], numbers: str) -> None:
    """Add comma-separated numbers, some at a time, so that other threads run in between."""
    start = 0
    while start < len(numbers):
        end = numbers.find(",", start + _SLICE_CHARACTERS)
        end = len(numbers) if end < 0 else end
        found.extend(map(int, numbers[start:end].split(",")))
        start = end + 1


def _place_of(db: sqlite3.Connection, app: int, key: str) -> float | None:
    found = db.execute("SELECT place FROM builds WHERE app = ? AND key = ? AND gone IS NULL", (app, key)).fetchone()
    return found[0] if found is not None else None


def places(page: BuildPage) -> list[float]:
    """Where the builds of a page stand in the service's order, greater for newer: by its own count of uploads.

    One without a count stands right below its neighbour in the reply; a page that begins with one, where its number
    says, below all that are counted. Such an order is a guess, and the history is never called complete.
    """
    found: list[float] = []
    for build in page.builds:
        if build.pgyer_build is not None:
            found.append(float(build.pgyer_build))
        else:
            found.append((found[-1] if found else -float(page.number)) - _UNCOUNTED)
    return found


def _decoded(db: sqlite3.Connection, ids: Sequence[int]) -> list[Build]:
    with _translated():
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, data FROM builds WHERE id IN ({marks})"  # noqa: S608 - question marks
        found = dict(db.execute(sql, tuple(ids)).fetchall())
    return [msgspec.json.decode(found[row], type=Build) for row in ids if row in found]


def _stamp(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _moment(stamp: int | None) -> datetime | None:
    return datetime.fromtimestamp(stamp / 1000, UTC) if stamp is not None else None


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10.0)
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
        made = tuple(opened.enter_context(closing(_connected(path))) for _ in range(3))
        opened.pop_all()
    writer, worker, painter = made
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
    return str(error) or type(error).__name__


_REASONS: Final = {
    HistoryFault.FULL: translate(
        "history", "There is no room for the history on this computer ({detail}). Free some space."
    ),
    HistoryFault.DENIED: translate(
        "history", "The history on this computer cannot be written ({detail}). Check who may read and write its folder."
    ),
    HistoryFault.DAMAGED: translate(
        "history", "The history on this computer is damaged ({detail}). Start the program again: it begins a new one."
    ),
    HistoryFault.OTHER: translate("history", "The history on this computer cannot be used ({detail})."),
}
_NEWER: Final = translate(
    "history",
    "The history {file} was written by a newer version of this program. It is left as it is, and what is read now is"
    " kept until the program is closed. Update the program.",
)
_DAMAGED: Final = translate(
    "history", "The history of builds was damaged. It was kept as {file}, and a new one is begun."
)
_UNUSABLE: Final = translate(
    "history",
    "The history {file} cannot be used ({detail}). What is read now is kept until the program is closed.",
)
