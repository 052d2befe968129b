"""One queue of deletes of this run of the program: what it works on, and how it stands in words.

Keeps what was open when it began, so that it does not matter what is open meanwhile. Must not start anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from pgyer_desktop.core.base.error_messages import joined
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.core.cleanup.queue_report import RowState
from pgyer_desktop.ui.base import formatting

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.cleanup.queue import Batch, Guard
    from pgyer_desktop.ui.state.open import Open

_MINUTE = 60
_LEFT = frozenset({RowState.WAITING, RowState.NOT_DONE})


@dataclass(eq=False, slots=True)
class Job:
    """A queue and the app whose builds it deletes."""

    opened: Open
    batch: Batch
    over: bool = False
    """Whether it has ended, and its report stands."""
    guard: Guard | None = None
    """What has the last word on each of its builds."""
    followed: bool = False
    """Whether another job has taken over what it has left."""

    @property
    def title(self) -> str:
        """App and account."""
        return f"{self.opened.title} · {self.opened.account.name}"

    @property
    def rest(self) -> tuple[Build, ...]:
        """The builds that it has left although it has ended: not begun, or failed. In the order of their deletes."""
        if not self.over or self.followed:
            return ()
        return tuple(row.build for row in self.batch.rows if row.state in _LEFT)

    @property
    def failed_keys(self) -> frozenset[str]:
        """The keys of those that were to go and did not."""
        return frozenset(row.build.build_key for row in self.batch.rows if row.state is RowState.NOT_DONE)

    @property
    def told(self) -> Text:
        """How it ended, and what can be done about what it has left."""
        told, *others = self.batch.report.sentences
        if self.rest:
            others.append(translate("jobs", "“Delete the rest…” in Jobs asks about them again."))
        for sentence in others:
            told = joined(told, sentence)
        return told

    @property
    def words(self) -> str:
        """How it stands, in one line."""
        batch, progress, number = self.batch, self.batch.progress, QLocale().toString
        done, total = number(progress.done), number(progress.total)
        if self.over:
            deleted = number(batch.report.tally.deleted)
            return QCoreApplication.translate("jobs", "{done} of {total} deleted").format(done=deleted, total=total)
        phase = batch.phase
        if phase is Phase.BETWEEN:
            return QCoreApplication.translate("jobs", "{done} of {total} deleted").format(done=done, total=total)
        if phase in {Phase.PAUSED, Phase.PAUSING}:
            return QCoreApplication.translate("jobs", "Paused at {done} of {total}").format(done=done, total=total)
        if phase is Phase.STOPPING:
            return QCoreApplication.translate("jobs", "Stopping after {done} of {total}").format(done=done, total=total)
        words = QCoreApplication.translate("jobs", "Deleting {done} of {total}").format(done=done, total=total)
        if phase is Phase.HOLDING and batch.waiting_until is not None:
            until = formatting.clock_time(batch.waiting_until)
            busy = QCoreApplication.translate("jobs", "Pgyer is busy; goes on at {time}").format(time=until)
            return f"{words} · {busy}"
        left = progress.seconds_left
        return words if left is None else f"{words} · {_left(left)}"

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        progress = self.batch.progress
        return progress.done / max(1, progress.total)


def _left(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 2 * _MINUTE:
        return QCoreApplication.translate("jobs", "%n s left", "", whole)
    return QCoreApplication.translate("jobs", "%n min left", "", round(whole / _MINUTE))
