"""An app's history as rows that are fetched when they are looked at, some at a time, and dropped again.

A view asks for what it paints, on the GUI's thread: one read of a few dozen rows by their ids. Must not sort or filter.
"""

from __future__ import annotations

import logging
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final, overload

from pgyer_desktop.api import Build
from pgyer_desktop.core.history.store import HistoryError

if TYPE_CHECKING:
    from pgyer_desktop.core.history.app_history import AppHistory
    from pgyer_desktop.ui.state.rows import Rows

_log = logging.getLogger(__name__)

_BLOCK: Final = 64
_KEPT_BLOCKS: Final = 64
"""Some screens above and below; 4,096 builds."""
_NOTHING: Final = Build("")
"""Stands where a row could not be read; the next refresh says why."""


class HistoryRows(Sequence[Build]):
    """The rows of a history. `ids` are their ids in order; None: all `count` of them, in the service's order."""

    fetched = True

    def __init__(
        self,
        history: AppHistory,
        count: int,
        ids: array[int] | None = None,
        *,
        gap_keys: frozenset[str] = frozenset(),
    ) -> None:
        self._history = history
        self.build_count = count if ids is None else len(ids)
        """How many builds there are."""
        self._ids = ids
        self.gap_keys = gap_keys
        """Builds below which others may be missing."""
        self._blocks: OrderedDict[int, list[Build]] = OrderedDict()

    def __len__(self) -> int:
        return self.build_count

    @overload
    def __getitem__(self, index: int) -> Build: ...
    @overload
    def __getitem__(self, index: slice) -> list[Build]: ...
    def __getitem__(self, index: int | slice) -> Build | list[Build]:
        """The build in a row; it is fetched with its neighbours."""
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(self.build_count))]
        if index < 0:
            index += self.build_count
        if not 0 <= index < self.build_count:
            raise IndexError(index)
        number, place = divmod(index, _BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._fetched(number)
            if len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return block[place] if place < len(block) else _NOTHING

    def stand_as(self, before: Rows) -> bool:
        """Nobody knows without fetching all of them."""
        return self is before

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without fetching any."""
        try:
            if self._ids is None:
                return self._history.positions(keys)
            ids = {row_id: key for key, row_id in self._history.row_ids(keys).items()}
        except HistoryError as exc:
            _log.warning("Rows of the history cannot be found: %s", exc)
            return {}
        return {ids[row_id]: row for row, row_id in enumerate(self._ids) if row_id in ids} if ids else {}

    def each(self) -> Iterator[Build]:
        """All builds in their order, some at a time. For other threads. Raises `HistoryError`."""
        yield from self._history.each(self._ids if self._ids is not None else self._history.query())

    def _fetched(self, number: int) -> list[Build]:
        start = number * _BLOCK
        count = min(_BLOCK, self.build_count - start)
        try:
            if self._ids is None:
                return self._history.window(start, count)
            return self._history.builds(self._ids[start : start + count])
        except HistoryError as exc:
            _log.warning("Rows of the history cannot be read: %s", exc)
            return []
