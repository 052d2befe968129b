"""The rows of one page: filtered and sorted here, as a list. No `QSortFilterProxyModel`: a list takes no time.

Must not read pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.core.builds.columns import COLUMNS
from pgyer_desktop.core.history.match import haystack, matches
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.state.rows import Rows

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.builds.model import BuildModel

Order = tuple[str, bool] | None
"""The key of the column that is sorted by, and whether downwards; None: the service's order."""
_COLUMNS = {column.key: column for column in COLUMNS}


class PageRows:
    """Builds in the order in which they are shown."""

    fetched = False

    def __init__(self, builds: Sequence[Build]) -> None:
        self._builds = tuple(builds)

    @property
    def build_count(self) -> int:
        """How many there are."""
        return len(self._builds)

    @property
    def gap_keys(self) -> frozenset[str]:
        """A page has no gaps."""
        return frozenset()

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without those that are not among them."""
        return {build.build_key: row for row, build in enumerate(self._builds) if build.build_key in keys}

    def stand_as(self, before: Rows) -> bool:
        """Whether the same builds stand in the same rows."""
        if not isinstance(before, PageRows):
            return False
        return [build.build_key for build in self] == [build.build_key for build in before]

    def __len__(self) -> int:
        return len(self._builds)

    def __iter__(self) -> Iterator[Build]:
        return iter(self._builds)

    def __getitem__(self, index: int) -> Build:
        return self._builds[index]


class PageList(QObject):
    """A page whose builds that pass a query are shown in the order of the table."""

    def __init__(self, model: BuildModel, show: Callable[[Rows, frozenset[str], object], None]) -> None:
        """`show` shows rows, the keys of the latest builds among them, and the name of what is shown."""
        super().__init__(model)
        self._model = model
        self._show = show
        self._builds: tuple[Build, ...] = ()
        self._latest: frozenset[str] = frozenset()
        self._page_id: object = None
        self._query = Query()
        self._otherwise: Query | None = None
        self.shows_otherwise = False
        """Whether the first query found nothing, and what shows is what the second one found."""
        self._haystacks: dict[str, str] = {}
        self._on = True
        self.rows = PageRows(())
        """What is shown of the page."""
        model.order_requested.connect(self._refresh)

    @property
    def total(self) -> int:
        """How many builds the page has, also those that do not pass."""
        return len(self._builds)

    def set_page(self, builds: Sequence[Build], latest_keys: frozenset[str], *, page_id: object = None) -> None:
        """Show these; `page_id` names app and page."""
        self._on = True
        self._builds, self._latest, self._page_id = tuple(builds), latest_keys, page_id
        self._haystacks.clear()
        self._refresh()

    def set_filter(self, query: Query, otherwise: Query | None = None) -> None:
        """Show only the builds that `query` finds; where it finds none, those of `otherwise`."""
        if (query, otherwise) != (self._query, self._otherwise):
            self._query, self._otherwise = query, otherwise
            self._refresh()

    def leave(self) -> None:
        """Show nothing more, and forget the page: something else is shown, until there is a page again."""
        self._on = False
        self._builds, self.rows = (), PageRows(())

    def _refresh(self) -> None:
        if self._on:
            passed = [build for build in self._builds if self._matches(self._query, build)]
            self.shows_otherwise = not passed and self._otherwise is not None
            if self.shows_otherwise and self._otherwise is not None:
                passed = [build for build in self._builds if self._matches(self._otherwise, build)]
            self.rows = PageRows(_sorted(passed, self._model.order))
            self._show(self.rows, self._latest, self._page_id)

    def _matches(self, query: Query, build: Build) -> bool:
        if query.is_empty:
            return True
        hay = self._haystacks.get(build.build_key)
        if hay is None:
            hay = self._haystacks[build.build_key] = haystack(build)
        return matches(query, build, latest=build.build_key in self._latest, hay=hay)


def _sorted(builds: list[Build], order: Order) -> list[Build]:
    if order is None:
        return builds
    key, descending = order
    keyed = [(_COLUMNS[key].sort_key(build), build) for build in builds]
    # What is missing comes last either way round.
    known = sorted((pair for pair in keyed if pair[0][0] == 0), key=lambda pair: pair[0], reverse=descending)
    return [build for _, build in known] + [build for rank, build in keyed if rank[0] != 0]
