"""Rows of builds as a table shows them, wherever they come from.

Must not know where that is: pages and the history each make theirs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pgyer_desktop.api import Build


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that stands for a group."""

    version: str
    count: int
    size: int
    """Bytes of all builds under it, as far as known."""
    is_open: bool


class Rows(Protocol):
    """Builds, perhaps under headings, filtered and in order."""

    def __len__(self) -> int:
        """How many rows there are."""

    def __getitem__(self, index: int, /) -> Build | Heading:
        """What stands in a row."""

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without those that are not among them."""

    def stand_as(self, before: Rows) -> bool:
        """Whether the same builds stand in the same rows as in `before`, so that they need only be painted again."""

    @property
    def build_count(self) -> int:
        """How many builds there are, also those under closed headings."""

    @property
    def gap_keys(self) -> frozenset[str]:
        """Builds below which others may be missing."""

    @property
    def fetched(self) -> bool:
        """Whether a row is fetched when it is looked at: then nobody goes through all of them."""
