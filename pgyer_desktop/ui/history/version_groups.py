"""The rows of a history under headings, one for each version, which open and close.

Knows which rows stand under which heading; which they are and in which order is decided by others. Must not paint.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final, overload

from pgyer_desktop.core.history.app_history import VersionRows, Versions
from pgyer_desktop.ui.history.slices import SLICE_SECONDS, breathe
from pgyer_desktop.ui.state.rows import Heading

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.history.rows import HistoryRows
    from pgyer_desktop.ui.state.rows import Rows

_SLICE_ROWS: Final = 2000


class GroupedRows(Sequence["Build | Heading"]):
    """`rows` hold the builds in the order of their groups; `closed` are the names of the closed groups."""

    fetched = True

    def __init__(self, rows: HistoryRows, groups: Sequence[VersionRows], closed: frozenset[str]) -> None:
        self._rows = rows
        self._groups = groups
        self.closed = closed
        heights = [1 if group.name in closed else 1 + group.rows for group in groups]
        self._starts = list(accumulate(heights, initial=0))

    @property
    def build_count(self) -> int:
        """Builds, also those in closed groups."""
        return len(self._rows)

    @property
    def gap_keys(self) -> frozenset[str]:
        """Always empty: grouping separates neighbours, so a gap between two rows cannot be shown."""
        return frozenset()

    def each(self) -> Iterator[Build]:
        """All builds in their order, also those in closed groups. For other threads. Raises `HistoryError`."""
        return self._rows.each()

    def toggled(self, row: int) -> GroupedRows:
        """The same with the group to which `row` belongs closed or open."""
        name = self._groups[self._group_at(row)].name
        return GroupedRows(self._rows, self._groups, self.closed ^ {name})

    def closing(self, names: frozenset[str]) -> GroupedRows:
        """The same with the groups of these names closed."""
        return GroupedRows(self._rows, self._groups, names)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> Build | Heading: ...
    @overload
    def __getitem__(self, index: slice) -> list[Build | Heading]: ...
    def __getitem__(self, index: int | slice) -> Build | Heading | list[Build | Heading]:
        """The heading or the build in a row."""
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        place = self._group_at(index)
        group, inner = self._groups[place], index - self._starts[place]
        if inner:
            return self._rows[group.start + inner - 1]
        version = self._rows[group.start].version
        return Heading(version, group.rows, group.bytes, group.name not in self.closed)

    def stand_as(self, before: Rows) -> bool:
        """Nobody knows without fetching all of them."""
        return self is before

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without those that are not there or in closed groups."""
        found: dict[str, int] = {}
        for key, row in self._rows.rows_of(keys).items():
            place = bisect_right(self._groups, row, key=attrgetter("start")) - 1
            group = self._groups[place]
            if group.name not in self.closed:
                found[key] = self._starts[place] + 1 + row - group.start
        return found

    def _group_at(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1


async def grouped(ids: array[int], versions: Versions, sizes: Mapping[int, int]) -> Versions:
    """`ids` by their versions, in the order of their first rows."""
    names: dict[int, str] = {}
    deadline = time.perf_counter() + SLICE_SECONDS
    for group in versions.groups:
        names.update(dict.fromkeys(versions.ids[group.start : group.start + group.rows], group.name))
        deadline = await breathe(deadline)
    members: dict[str, array[int]] = {}
    for start in range(0, len(ids), _SLICE_ROWS):
        for row in ids[start : start + _SLICE_ROWS]:
            # A row that has come in between has no version here; the next refresh, which is on its way, knows it.
            name = names.get(row, "")
            if name not in members:
                members[name] = array("q")
            members[name].append(row)
        deadline = await breathe(deadline)
    flat = array("q")
    groups: list[VersionRows] = []
    for name, rows in members.items():
        groups.append(VersionRows(name, len(flat), len(rows), sum(sizes.get(row, 0) for row in rows)))
        flat.extend(rows)
        deadline = await breathe(deadline)
    return Versions(groups, flat)
