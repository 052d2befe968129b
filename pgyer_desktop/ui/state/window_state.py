"""The state of one window, as the parts that its flows are given. Holds no widget and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgyer_desktop.ui.state.accounts import AccountState
from pgyer_desktop.ui.state.changes import Changes
from pgyer_desktop.ui.state.page import PageState
from pgyer_desktop.ui.state.situation import SituationState
from pgyer_desktop.ui.state.teller import Teller
from pgyer_desktop.ui.state.unsaved import Unsaved
from pgyer_desktop.ui.state.way_back import WayBack

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.accounts import AccountBook
    from pgyer_desktop.ui.base.tasks import TaskScope
    from pgyer_desktop.ui.state.accounts import Connect
    from pgyer_desktop.ui.state.way_back import FindStored


@dataclass(frozen=True, slots=True)
class WindowState:
    """What is open, what is read of it, what is being changed, and what can be done now."""

    teller: Teller
    tasks: TaskScope
    """Reads and changes, which go on when a dialog is closed."""
    accounts: AccountState
    page: PageState
    changes: Changes
    situation: SituationState
    unsaved: Unsaved

    async def aclose(self, *, in_a_hurry: bool = False) -> None:
        """Stop reading, and wait for changes that are under way; in a hurry they are cut off and recorded as unknown.

        Those are settled at the next start.
        """
        if in_a_hurry:
            await self.tasks.abandon()
        else:
            await self.tasks.aclose()


def new_state(book: AccountBook, connect: Connect, find_stored: FindStored) -> WindowState:
    """The state of a window in which nothing is open yet."""
    teller = Teller()
    tasks = teller.tasks(teller)
    unsaved = Unsaved()
    way_back = WayBack(book, find_stored, teller, unsaved)
    accounts = AccountState(book, connect, way_back, tasks, teller, unsaved)
    page = PageState(accounts, way_back, tasks, teller)
    changes = Changes(accounts, page, tasks, teller)
    return WindowState(teller, tasks, accounts, page, changes, SituationState(accounts, page, changes), unsaved)
