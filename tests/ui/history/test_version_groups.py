"""Rows under headings: every build once, under its version, in the order it had."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Collection
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.history.app_history import VersionRows, Versions
from pgyer_desktop.ui.history.rows import HistoryRows
from pgyer_desktop.ui.history.version_groups import GroupedRows, grouped
from pgyer_desktop.ui.state.rows import Heading


class Rows:
    """As `HistoryRows`, of builds whose key says their id."""

    def __init__(self, ids: array[int], versions: dict[int, int]) -> None:
        self._ids, self._versions = ids, versions

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, row: int) -> Build:
        row_id = self._ids[row]
        return Build(f"key{row_id}", version=f"v{self._versions[row_id]}")

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        return {f"key{row_id}": row for row, row_id in enumerate(self._ids) if f"key{row_id}" in keys}


def under_headings(versions: dict[int, int], ids: array[int], closed: frozenset[str] = frozenset()) -> GroupedRows:
    rows_of: dict[int, list[int]] = {}
    for row_id, number in versions.items():
        rows_of.setdefault(number, []).append(row_id)
    flat = array("q")
    kept: list[VersionRows] = []
    for number, members in rows_of.items():
        kept.append(VersionRows(f"v{number}", len(flat), len(members), 5 * len(members)))
        flat.extend(members)
    found = asyncio.run(grouped(ids, Versions(kept, flat), dict.fromkeys(versions, 5)))
    return GroupedRows(cast("HistoryRows", Rows(found.ids, versions)), found.groups, closed)


some_versions = st.dictionaries(st.integers(1, 60), st.integers(0, 9), max_size=40)


@given(versions=some_versions, dice=st.randoms(use_true_random=False), closed=st.frozensets(st.integers(0, 9)))
def test_every_build_stands_once_under_its_version(
    versions: dict[int, int], dice: object, closed: frozenset[int]
) -> None:
    ids = array("q", versions)
    dice.shuffle(ids)  # type: ignore[attr-defined]  # a random.Random
    shut = frozenset(f"v{number}" for number in closed)
    rows = under_headings(versions, ids, shut)
    assert rows.build_count == len(ids)
    seen: dict[str, list[str]] = {}
    heading = None
    for row in rows:
        if isinstance(row, Heading):
            heading = row
            assert heading.version not in seen
            assert heading.size == heading.count * 5
            assert heading.is_open is (heading.version not in shut)
            seen[heading.version] = []
        else:
            assert heading is not None
            assert row.version == heading.version
            seen[heading.version].append(row.build_key)
    order = [f"v{versions[row_id]}" for row_id in ids]
    assert list(seen) == list(dict.fromkeys(order)), "in the order of their first builds"
    for version, keys in seen.items():
        wanted = [f"key{row_id}" for row_id in ids if f"v{versions[row_id]}" == version]
        assert keys == ([] if version in shut else wanted)
    found = rows.rows_of({f"key{row_id}" for row_id in ids})
    assert found == {row.build_key: number for number, row in enumerate(rows) if isinstance(row, Build)}


def test_a_group_closes_and_opens() -> None:
    rows = under_headings({1: 0, 2: 0, 3: 1}, array("q", [3, 2, 1]))
    assert len(rows) == 5
    shut = rows.toggled(3)
    assert len(shut) == 3
    assert shut.closed == {"v0"}
    assert len(shut.toggled(2)) == 5
    assert rows[-1] == Build("key1", version="v0")
    assert rows[:1] == [Heading("v1", 1, 5, is_open=True)]
