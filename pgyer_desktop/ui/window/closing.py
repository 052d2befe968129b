"""Closing in the middle of a change: the window stays until it is known how the change ended.

Decides and says; the window closes itself and disables what is in it. Must not cut a change off: whoever closes the
program does that, where the person will not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pgyer_desktop.core.activity.outcome import Outcome, WriteResult
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.ui.widgets.notice_banner import NoticeBox
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.text.label import Ink

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QSessionManager
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.state.window_state import WindowState

LONGEST_WAIT_SECONDS: Final = 30.0
"""How long a window waits. A change takes up to five requests of at most a minute each, which is too long to hold a
program open; how one ended that was cut off is found out at the next start."""


class Closing(QObject):
    """Whether the window may close now, and what it waits for.

    Signals:
        waiting_changed: the window has begun to wait, or is given back because a change did not end well. See
            `waiting`.
        over: what was waited for has ended: the window is to be closed.
    """

    waiting_changed = Signal()
    over = Signal()

    def __init__(self, state: WindowState, window: QWidget, ask: Callable[[], bool] = lambda: False) -> None:
        """`ask` asks the person whether to stop what would go on for long, and says whether it does."""
        super().__init__(window)
        self._ask = ask
        self._state = state
        self.notice = ClosingNotice(window)
        self.waiting = False
        self.hurried = False
        """Whether the person, or whoever ends the session, does not wait any longer: what still runs is cut off."""
        self._insists = False
        self._awaited: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=round(LONGEST_WAIT_SECONDS * 1000))
        self._timer.timeout.connect(self._on_wait_over)
        state.changes.finished.connect(self._on_write_finished)
        state.changes.queued_done.connect(self._awaited.discard)
        state.situation.changed.connect(self._on_situation_changed)

    def insist(self) -> None:
        """Close also where a change did not end well: nobody may be there to read about it."""
        self._insists = True

    def may_close(self) -> bool:
        """Whether the window that was asked to close may do so. The second time it may in any case."""
        if not self.waiting and not self._insists and self._ask():
            return False
        changing = self._state.changes.under_way
        if not changing:
            return True
        if self.waiting:
            self.hurried = True
            return True
        self.waiting = True
        self._awaited.clear()
        self._awaited.update(build.build_key for build in changing)
        self._timer.start()
        self.notice.show_waiting(changing)
        self.waiting_changed.emit()
        return False

    def hold_log_out(self, manager: QSessionManager) -> bool:
        """Hold a log-out or shutdown back while something is being changed, if that is allowed and not done before.

        Qt asks in the middle of it and must be answered at once; a nested loop would stop every task. Where it is not
        held back, nothing is lost: the intent is on the disk, and the change is settled at the next start.
        """
        changes = self._state.changes
        if self.waiting or not (changes.under_way or changes.queues) or not manager.allowsInteraction():
            return False
        manager.cancel()
        return True

    def _on_write_finished(self, result: WriteResult) -> None:
        if result.outcome is Outcome.DONE and result.unrecorded is None:
            self._awaited.discard(result.build.build_key)

    def _on_situation_changed(self) -> None:
        if not self.waiting:
            return
        if self._state.changes.under_way:
            self.notice.show_waiting(self._state.changes.under_way)
        else:
            # After everybody has been told how it ended.
            QTimer.singleShot(0, self, self._on_ended)

    def _on_ended(self) -> None:
        if not self.waiting or self._state.changes.under_way:
            return
        self.waiting = False
        self._timer.stop()
        self.notice.hide()
        if self._awaited and not self._insists:
            # Something did not end well, and the window says what.
            self.waiting_changed.emit()
        else:
            self.over.emit()

    def _on_wait_over(self) -> None:
        self.hurried = True
        self.over.emit()


class ClosingNotice(NoticeBox):
    """Says what the window waits for before it closes. Hidden otherwise."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("closingNotice", parent)

    def show_waiting(self, builds: tuple[Build, ...]) -> None:
        """Say that changes of these builds are awaited."""
        appeared = self.isHidden()
        if len(builds) == 1:
            first = self.tr("Finishing a change of {build}…").format(build=name_of(builds[0]))
        else:
            first = self.tr("Finishing changes of %n build(s)…", "", len(builds))
        second = self.tr(
            "The program closes after that. Close again to leave now; the next start finds out how it ended."
        )
        words = f"{first} {second}"
        self._say(words, "clock", Ink.ACCENT)
        if appeared:
            announce(self, words)
