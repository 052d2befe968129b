"""The rows of a history under headings, one for each version, which open and close.

Knows which rows stand under which heading; which they are and in which order is decided by others. Must not paint.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, overload

from pgyer_desktop.ui.slices import SLICE_SECONDS, breathe

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build
    from pgyer_desktop.core.history_store import Versions
    from pgyer_desktop.ui.history_rows import HistoryRows

_SLICE_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that stands for a group."""

    version: str
    count: int
    size: int
    """Bytes of all builds under it, as far as known."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one heading: `count` rows from `start` of the ungrouped rows."""

    name: str
    """What it is known by, whatever else comes and goes."""
    start: int
    count: int
    size: int


class GroupedRows(Sequence["Build | Heading"]):
    """`rows` hold the builds, those of one group behind each other; `closed` are the names of the closed groups."""

    def __init__(self, rows: HistoryRows, groups: Sequence[Group], closed: frozenset[str]) -> None:
        self._rows = rows
        self._groups = groups
        self._closed = closed
        heights = (1 if group.name in closed else 1 + group.count for group in groups)
        self._starts = list(accumulate(heights, initial=0))
        self._by_start = sorted(range(len(groups)), key=lambda place: groups[place].start)
        self._firsts = [groups[place].start for place in self._by_start]

    @property
    def build_count(self) -> int:
        """Builds, also those in closed groups."""
        return len(self._rows)

    @property
    def gap_keys(self) -> frozenset[str]:
        """Groups take rows apart: what is missing between two of them cannot be shown."""
        return frozenset()

    def each(self) -> Iterator[Build]:
        """All builds in their order, also those in closed groups. For other threads. Raises `HistoryError`."""
        return self._rows.each((group.start, group.count) for group in self._groups)

    def toggled(self, row: int) -> GroupedRows:
        """The same with the group to which `row` belongs closed or open."""
        name = self._groups[self._group_at(row)].name
        return GroupedRows(self._rows, self._groups, self._closed ^ {name})

    def all_closed(self, *, closed: bool) -> GroupedRows:
        """The same with every group closed or open."""
        names = frozenset(group.name for group in self._groups) if closed else frozenset[str]()
        return GroupedRows(self._rows, self._groups, names)

    @property
    def closed(self) -> frozenset[str]:
        """The names of the closed groups."""
        return self._closed

    def heading_row(self, row: int) -> int:
        """The row of the heading over `row`."""
        return self._starts[self._group_at(row)]

    def is_open(self, row: int) -> bool:
        """Whether the group to which `row` belongs is open."""
        return self._groups[self._group_at(row)].name not in self._closed

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
        return Heading(version, group.count, group.size, group.name not in self._closed)

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without those that are not there or in closed groups."""
        found: dict[str, int] = {}
        for key, row in self._rows.rows_of(keys).items():
            place = self._by_start[bisect_right(self._firsts, row) - 1]
            group = self._groups[place]
            if group.name not in self._closed:
                found[key] = self._starts[place] + 1 + row - group.start
        return found

    def _group_at(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1


def groups_of(versions: Versions) -> list[Group]:
    """The groups that all rows make."""
    return [Group(version.name, version.start, version.count, version.bytes) for version in versions.rows]


async def grouped(ids: array[int], versions: Versions, sizes: Mapping[int, int]) -> tuple[array[int], list[Group]]:
    """`ids` with those of one version behind each other, and the groups in the order of their first rows."""
    names: dict[int, str] = {}
    deadline = time.perf_counter() + SLICE_SECONDS
    for version in versions.rows:
        names.update(dict.fromkeys(versions.ids[version.start : version.start + version.count], version.name))
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
    groups: list[Group] = []
    for name, rows in members.items():
        groups.append(Group(name, len(flat), len(rows), sum(sizes.get(row, 0) for row in rows)))
        flat.extend(rows)
        deadline = await breathe(deadline)
    return flat, groups
