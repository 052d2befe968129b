"""What the history file knows of one app: every build that was seen of it, with when, and whether it is still there.

What is not `async` blocks: it is called in threads, except where it says that it is quick. Knows nothing of the service
(see `load`), and nothing of the screen. What it can say of completeness comes from `link`s: a row is linked when it is
certain which row comes next in the service's list, or that none does. Rows of one reply are; the ends of pages have to
be certified by who reads them.
"""

from __future__ import annotations

import asyncio
import itertools
import operator
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from pgyer_desktop.api import Build
from pgyer_desktop.core.base.redaction import clean, struck
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView
from pgyer_desktop.core.history.match import haystack, sortable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

    from pgyer_desktop.api import BuildPage
    from pgyer_desktop.core.history.store import HistoryStore

USUAL_PAGE: Final = 20
"""Rows of a page as long as no full one has been seen."""
_MOST_BETWEEN: Final = 100
_NEXT_TO: Final = 1e-6
_OVERTAKES_MS: Final = 3_600_000
"""By so much at most one reply comes after another that was asked for later. More is a clock that was wrong."""
_SLICE_CHARACTERS: Final = 16_384
_SORTED_CHARACTERS: Final = 60
"""Of the notes; what differs later only is in the service's order."""
_NUMBERS: Final = frozenset({"place", "size", "created", "downloads"})
_UNCOUNTED: Final = 0.001

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


class AppHistory:
    """The rows of one app of one account in the file that `store` holds.

    All raise `HistoryError`; what was to be written is not in the file then, nor any part of it.
    """

    def __init__(self, store: HistoryStore, account_id: str, app_key: str) -> None:
        self.app_key = app_key
        self._store = store
        self._about = (account_id, app_key)

    # Writing

    def absorb(self, page: BuildPage, when: datetime) -> None:
        """Take in one page that was asked for at `when`.

        Known builds that should stand between two rows of the page and do not are gone, unless a row that could not be
        read stands there, which may be any of them.
        """
        self.absorb_all(((page, when),))

    def absorb_all(self, pages: Sequence[tuple[BuildPage, datetime]]) -> None:
        """Take in pages with the moments at which each was asked for: all of them, or none."""
        with self._store.change() as db:
            app = self._made(db)
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
            " ordered = min(ordered, ?) WHERE id = ?",
            (page.page_count, size or 0, int(ordered), app),
        )
        if page.number == 1:
            # Replies overtake each other by minutes. Who is further ahead was told the time by a clock that was wrong,
            # then or now: whoever asks later has to know which.
            db.execute(
                "UPDATE apps SET disputed = CASE WHEN disputed > :now + :most THEN disputed"
                " WHEN abs(as_of - :now) > :most THEN as_of ELSE disputed END,"
                " as_of = CASE WHEN as_of > :now + :most THEN :now ELSE max(coalesce(as_of, 0), :now) END"
                " WHERE id = :app",
                {"now": moment, "most": _OVERTAKES_MS, "app": app},
            )

    def link(self, pairs: Sequence[tuple[str, str | None]], when: datetime) -> None:
        """Note of each pair that the second comes next below the first in the service's list; None: that nothing does.

        `when` is a moment at which that was so. What is known between them is gone.
        """
        with self._store.change() as db:
            app = self._made(db)
            for upper, lower in pairs:
                top = _place_of(db, app, upper)
                bottom = _place_of(db, app, lower) if lower is not None else float("-inf")
                if top is not None and bottom is not None and bottom < top:
                    _bury(db, app, above=top, below=bottom, moment=_stamp(when))
                    db.execute("UPDATE builds SET linked = 1 WHERE app = ? AND key = ?", (app, upper))

    def bury(self, keys: Sequence[str], when: datetime) -> None:
        """Note that these builds are gone."""
        with self._store.change() as db:
            app = self._made(db)
            for key in keys:
                place = _place_of(db, app, key)
                if place is not None:
                    _bury(db, app, above=place + _NEXT_TO, below=place - _NEXT_TO, moment=_stamp(when))

    def doubt_latest(self, known: Sequence[str]) -> None:
        """Note that only `known` were seen since something may have moved the mark."""
        marks = ",".join("?" * len(known))
        with self._store.change() as db:
            app = self._made(db)
            db.execute(
                f"UPDATE builds SET latest = NULL WHERE app = ? AND latest IS NOT NULL AND key NOT IN ({marks})",  # noqa: S608 - question marks
                (app, *known),
            )

    def _upsert(
        self, db: sqlite3.Connection, app: int, builds: Sequence[Build], places: Sequence[float], moment: int
    ) -> None:
        for build, place in zip(builds, places, strict=True):
            data = msgspec.json.encode(clean(build))
            (row,) = db.execute(
                "INSERT INTO builds (app, key, place, first_seen, last_seen, version, number, size, created, downloads,"
                " latest, data, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (app, key) DO UPDATE SET"
                " place = excluded.place, last_seen = CASE"
                " WHEN last_seen > excluded.last_seen + ? THEN excluded.last_seen"
                " ELSE max(last_seen, excluded.last_seen) END, gone = CASE WHEN gone > excluded.last_seen"
                " AND gone <= excluded.last_seen + ? THEN gone END, version = excluded.version,"
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
                    _OVERTAKES_MS,
                    _OVERTAKES_MS,
                ),
            ).fetchone()
            db.execute(
                "INSERT INTO haystacks VALUES (?, ?) ON CONFLICT (build) DO UPDATE SET text = excluded.text",
                (row, struck(haystack(build))),
            )

    def _chain(self, db: sqlite3.Connection, app: int, page: BuildPage, places: Sequence[float], moment: int) -> None:
        """Link the page's rows, and bury what should stand among them."""
        first, last = places[0], places[-1]
        above = [float("inf") if page.number == 1 else None, *places]
        for row, (upper, lower) in enumerate(zip(above, places, strict=False)):
            if upper is not None and row not in page.holes:
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

    async def page(self, number: int) -> PageView | None:
        """Page `number` as it was when it was read last; None where nothing of it is known."""
        return await asyncio.to_thread(self._page, number)

    async def between(self, first: str, second: str) -> tuple[Build, ...]:
        """The builds from one to the other, newest first, the newer one among them and the older one not.

        At most `_MOST_BETWEEN`; none where one of the two is not known.
        """
        return await asyncio.to_thread(self._between, first, second)

    async def all_builds(self) -> tuple[Build, ...]:
        """Every build that is known, in the service's order."""
        return await asyncio.to_thread(lambda: tuple(self.each(self.query())))

    def summary(self) -> tuple[Coverage, frozenset[str], frozenset[str]]:
        """How much is known, the builds that are marked latest, and those below which others may be missing."""
        coverage = self.coverage()
        gaps = self.gaps() if coverage.gaps else ()
        return coverage, self.latest_keys(), frozenset(gap.upper for gap in gaps if gap.lower is not None)

    def coverage(self) -> Coverage:
        """What is known of an app."""
        with self._store.read() as db:
            found = db.execute(
                "SELECT id, page_count, page_size, as_of, disputed, ordered, builds FROM apps"
                " WHERE account = ? AND app_key = ?",
                self._about,
            ).fetchone()
            if found is None:
                return Coverage()
            app, page_count, page_size, as_of, disputed, ordered, builds = found
            (gaps,) = db.execute(
                "SELECT count(*) FROM builds INDEXED BY open_ends WHERE app = ? AND gone IS NULL AND linked = 0", (app,)
            ).fetchone()
        complete = bool(ordered) and as_of is not None and gaps == 0 and (builds > 0 or page_count in {0, 1})
        return Coverage(builds, page_count, page_size or None, gaps, self._believed(as_of, disputed), complete)

    def _believed(self, *told: int | None) -> datetime | None:
        """The last of these moments that has been; where none has, the first: nobody knows when that was."""
        known = [stamp for stamp in told if stamp is not None]
        past = [stamp for stamp in known if stamp <= _stamp(self._store.now()) + _OVERTAKES_MS]
        return _moment(max(past) if past else min(known, default=None))

    def latest_keys(self) -> frozenset[str]:
        """The builds whose rows were marked latest when they were read last."""
        with self._store.read() as db:
            app = self._known(db)
            found = db.execute(
                "SELECT key FROM builds INDEXED BY latest_ones WHERE app = ? AND gone IS NULL AND latest = 1", (app,)
            ).fetchall()
        return frozenset(key for (key,) in found)

    def gaps(self, *, most: int = 1000) -> tuple[Gap, ...]:
        """The places where builds may be missing, from the top, at most `most`."""
        with self._store.read() as db:
            app = self._known(db)
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
        *,
        sort: str = "",
        descending: bool = False,
        where: str = "",
        values: Sequence[object] = (),
    ) -> array[int]:
        """Row ids in order: the service's own, or by the column with the key `sort`.

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
        with self._store.read() as db:
            app = self._known(db)
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

    def versions(self) -> Versions:
        """The rows by their versions."""
        flat = array("q")
        with self._store.read() as db:
            app = self._known(db)
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

    def sizes(self) -> dict[int, int]:
        """Bytes of each row, as far as known, by their ids."""
        with self._store.read() as db:
            app = self._known(db)
            return dict(
                db.execute(
                    "SELECT id, size FROM builds INDEXED BY by_size"
                    " WHERE app = ? AND gone IS NULL AND size IS NOT NULL",
                    (app,),
                ).fetchall()
            )

    def haystacks(self, most: int | None = None) -> tuple[array[int], list[str]]:
        """Row ids in the service's order, at most `most`, and what is searched of each."""
        with self._store.read() as db:
            app = self._known(db)
            if app is None:
                return array("q"), []
            rows = db.execute(
                "SELECT b.id, h.text FROM builds AS b JOIN haystacks AS h ON h.build = b.id"
                " WHERE b.app = ? AND b.gone IS NULL ORDER BY b.place DESC LIMIT ?",
                (app, -1 if most is None else most),
            ).fetchall()
        return array("q", (row for row, _ in rows)), [text for _, text in rows]

    def positions(self, keys: Collection[str]) -> dict[str, int]:
        """How many rows stand above each of these builds in the service's order, without those that are not there.

        One walk for all of them, so quick enough for the GUI's thread.
        """
        found: dict[str, int] = {}
        with self._store.quick() as db:
            app = self._known(db)
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

    def row_ids(self, keys: Collection[str]) -> dict[str, int]:
        """The ids of these builds' rows, without those that are not there. For the GUI's thread."""
        with self._store.quick() as db:
            app = self._known(db)
            found = db.execute(
                "SELECT key, id FROM builds WHERE app = ? AND gone IS NULL AND key IN (SELECT value FROM json_each(?))",
                (app, msgspec.json.encode(list(keys)).decode()),
            ).fetchall()
        return dict(found)

    def window(self, start: int, count: int) -> list[Build]:
        """Builds from position `start` of the service's order. Quick enough for the GUI."""
        with self._store.quick() as db:
            app = self._known(db)
            ids = db.execute(
                "SELECT id FROM builds INDEXED BY builds_in_order"
                " WHERE app = ? AND gone IS NULL ORDER BY place DESC LIMIT ? OFFSET ?",
                (app, count, start),
            ).fetchall()
        return self.builds([row for (row,) in ids])

    def builds(self, ids: Sequence[int]) -> list[Build]:
        """Builds by their row ids, in the order of these. Quick enough for the GUI."""
        with self._store.quick() as db:
            return _decoded(db, ids)

    def each(self, ids: Sequence[int], *, at_once: int = 500) -> Iterator[Build]:
        """Builds by their row ids, some at a time, for whoever goes through all of them."""
        for start in range(0, len(ids), at_once):
            with self._store.read() as db:
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

    def _known(self, db: sqlite3.Connection) -> int | None:
        found = db.execute("SELECT id FROM apps WHERE account = ? AND app_key = ?", self._about).fetchone()
        return found[0] if found is not None else None

    def _made(self, db: sqlite3.Connection) -> int:
        known = self._known(db)
        if known is None:
            sql = "INSERT INTO apps (account, app_key) VALUES (?, ?) RETURNING id"
            (known,) = db.execute(sql, self._about).fetchone()
        return int(known)

    def _between(self, first: str, second: str) -> tuple[Build, ...]:
        places = self.positions((first, second))
        if len(places) != 2:
            return ()
        top, bottom = sorted(places.values())
        return tuple(self.window(top, min(bottom - top, _MOST_BETWEEN)))

    def _page(self, number: int) -> PageView | None:
        coverage = self.coverage()
        if coverage.as_of is None:
            return None
        size = coverage.page_size or USUAL_PAGE
        builds = tuple(self.window((number - 1) * size, size))
        if not builds and number > 1:
            return None
        marked = frozenset(build.build_key for build in builds if build.latest)
        told = any(build.latest is not None for build in builds)
        latest = Latest(LatestSource.ROWS if told or not builds else LatestSource.UNKNOWN, marked)
        pages = max(coverage.page_count or 1, number)
        return PageView(self.app_key, number, pages, builds, latest, coverage.as_of, stored=True)


def _bury(db: sqlite3.Connection, app: int, *, above: float, below: float, moment: int) -> None:
    """Mark the rows strictly between two places as deleted. If one was not linked, the row above is not either."""
    lost = db.execute(
        # What a later reply has shown is there, whichever of the two arrives first.
        "UPDATE builds INDEXED BY builds_in_order SET gone = ?"
        " WHERE app = ? AND gone IS NULL AND place < ? AND place > ? AND (last_seen <= ? OR last_seen > ?)"
        " RETURNING linked",
        (moment, app, above, below, moment, moment + _OVERTAKES_MS),
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
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id, data FROM builds WHERE id IN ({marks})"  # noqa: S608 - question marks
    found = dict(db.execute(sql, tuple(ids)).fetchall())
    return [msgspec.json.decode(found[row], type=Build) for row in ids if row in found]


def _stamp(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _moment(stamp: int | None) -> datetime | None:
    return datetime.fromtimestamp(stamp / 1000, UTC) if stamp is not None else None
