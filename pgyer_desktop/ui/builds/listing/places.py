"""Where things stand in a list of builds: figures end, and words begin, at the same place in all rows and titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.rows import Column

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

CHECK_ROOM: Final = 28
"""From a check box to the icon behind it, logical pixels."""


@dataclass(slots=True)
class Places:
    """Of one list, in logical pixels."""

    last: Column
    """The column at the right."""
    checks: bool = False
    """Whether rows can have a check box."""
    inset: int = theme.SPACE_EDGE
    """From the edges of the list to its content."""
    room: int = 0
    """Behind the last column, where a list beside it has a scroll bar there."""

    @property
    def check_room(self) -> int:
        """Before the icon."""
        return CHECK_ROOM if self.checks else 0

    def content(self, column: Column, cell: QRect) -> QRect:
        """Where the content of a cell or a title stands."""
        before = theme.SPACE_GROUP if column.right_aligned else 2 * theme.SPACE_GROUP
        left = self.inset if column is Column.BUILD else before
        return cell.adjusted(left, 0, -self.inset - self.room if column is self.last else 0, 0)

    def is_at_check(self, x: float, cell: QRect) -> bool:
        """Whether `x` is on the check box of a cell or title, or near it."""
        end = self.content(Column.BUILD, cell).x() + CHECK_ROOM - theme.SPACE_TIGHT
        return self.checks and cell.x() <= x < end
