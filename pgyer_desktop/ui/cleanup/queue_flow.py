"""Deletes builds: runs the queue after the question, and shows the report.

The work is `core.cleanup.queue`'s. Must not touch the service itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.tasks import Policy
from pgyer_desktop.ui.state.handlers import handles_open
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.cleanup.queue import Batch, Guard
    from pgyer_desktop.core.cleanup.queue_report import BatchReport, BatchRow
    from pgyer_desktop.core.cleanup.retention import FrozenPlan
    from pgyer_desktop.ui.changes.flow import ChangeFlow
    from pgyer_desktop.ui.cleanup.queue_dialog import BatchDialog
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

TASK: Final = "batch"
"""Of the window's state, because it is a change: closing waits for the delete that is under way."""


class BatchFlow(QObject):
    """What happens when builds are to be deleted.

    Signals:
        finished: a queue has ended; the builds are to be read again.
    """

    finished = Signal()

    def __init__(self, state: WindowState, changes: ChangeFlow, window: QWidget) -> None:
        """`changes` asks where it is one build."""
        super().__init__(window)
        self._state = state
        self._changes = changes
        self._window = window
        self._batch: Batch | None = None
        self._dialog: BatchDialog | None = None
        state.changes.settled.connect(self._on_settled)

    @property
    def running(self) -> bool:
        """Whether deletes are under way or waiting."""
        return self._state.tasks.is_running(TASK)

    def stop(self) -> None:
        """Begin no further delete."""
        if self._batch is not None:
            self._batch.stop()

    @handles_open(Action.DELETE)
    def delete(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Ask whether these builds are to be deleted, and do it."""
        if len(builds) == 1:
            self._changes.ask(opened, Write.DELETE, builds[0])
        else:
            # The oldest first: it moves the fewest rows.
            self._ask(opened, tuple(reversed(builds)), None)

    def run_plan(self, opened: Open, plan: FrozenPlan, pinned: Callable[[], frozenset[str]]) -> None:
        """Ask whether a plan is to be run, and do it; each build is checked again before its delete."""
        from pgyer_desktop.core.cleanup.queue import guard_of

        if why_not(Action.CLEAN_UP, self._state.situation.now()) is None:
            self._ask(opened, tuple(row.build for row in plan.deletions), guard_of(plan, pinned))

    def _ask(self, opened: Open, builds: tuple[Build, ...], guard: Guard | None) -> None:
        if not self.running:
            self._changes.ask_many(opened, builds, lambda going: self._begin(opened, going, guard))

    def _begin(self, opened: Open, builds: tuple[Build, ...], guard: Guard | None) -> None:
        """Delete what was accepted, and no more in one run than the guard rails allow."""
        from pgyer_desktop.core.cleanup.queue import Batch
        from pgyer_desktop.core.cleanup.queue_report import as_markdown
        from pgyer_desktop.ui.cleanup.queue_dialog import BatchDialog

        if self.running:
            return
        view, account = self._state.page.view, opened.account.name
        page = view.number if view is not None else 1
        guards = self._state.accounts.guards
        builds = builds[: guards.deletes]
        batch = Batch(opened.session, opened.app, builds, guard=guard, page=page, account_name=account)
        dialog = BatchDialog(account, opened.title, batch.rows, self._window)
        self._batch, self._dialog = batch, dialog
        dialog.pause_requested.connect(lambda paused: self._pause(batch, dialog, paused=paused))
        dialog.stop_requested.connect(batch.stop)
        dialog.stop_requested.connect(lambda: dialog.set_phase(batch.phase))
        dialog.copy_requested.connect(
            lambda: QGuiApplication.clipboard().setText(as_markdown(batch.report, say=say, zone=None))
        )
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        self._run(batch, dialog)

    def _run(self, batch: Batch, dialog: BatchDialog) -> None:
        from pgyer_desktop.core.cleanup.queue_report import RowState

        state = self._state

        def on_change(row: BatchRow | None) -> None:
            if row is not None and row.state is RowState.DELETED:
                state.changes.note_done(row.build)
            if row is not None and row.state is RowState.UNKNOWN:
                state.changes.note_unknown()
            state.changes.set_under_way(
                [one.build for one in batch.rows if one.state is RowState.UNDER_WAY], among=batch.rows_keys
            )
            if self._dialog is not dialog:
                return
            if row is not None:
                dialog.set_row(row)
            until = batch.waiting_until
            dialog.set_phase(batch.phase, formatting.clock_time(until) if until is not None else "")

        def on_done(report: BatchReport) -> None:
            state.changes.set_under_way([], among=batch.rows_keys)
            self._mark_failed(batch)
            if self._dialog is dialog:
                dialog.show_report(report)
            self.finished.emit()

        def on_error(error: Exception) -> None:
            state.teller.fail(Topic.WRITE, translate("batch", "The queue of deletes ended early."), error)
            on_done(batch.report)

        state.tasks.start(
            TASK, lambda: batch.run(on_change), policy=Policy.DROP_IF_RUNNING, on_done=on_done, on_error=on_error
        )

    def _mark_failed(self, batch: Batch) -> None:
        from pgyer_desktop.core.cleanup.queue_report import RowState

        failed = frozenset(row.build.build_key for row in batch.rows if row.state is RowState.NOT_DONE)
        self._state.changes.set_failed(failed, among=batch.rows_keys)

    def _on_settled(self, result: WriteResult) -> None:
        """A delete of which the report says that it is not known has been read again, and is known now."""
        batch = self._batch
        if batch is None or not batch.note_settled(result) or self.running:
            return
        self._mark_failed(batch)
        if self._dialog is not None:
            self._dialog.show_report(batch.report)

    def _pause(self, batch: Batch, dialog: BatchDialog, *, paused: bool) -> None:
        if paused:
            batch.pause()
        else:
            batch.resume()
        dialog.set_phase(batch.phase)

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
