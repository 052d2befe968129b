"""Deletes builds: runs the queues after their questions, shows them in the window's foot, and keeps their reports.

The work is `core.cleanup.queue`'s. Must not touch the service itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.tasks import Policy
from pgyer_desktop.ui.jobs.bar import JobsBar
from pgyer_desktop.ui.jobs.job import Job
from pgyer_desktop.ui.jobs.voice import JobVoice
from pgyer_desktop.ui.state.handlers import handles, handles_open
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.changes.recheck import Look
    from pgyer_desktop.core.cleanup.queue import Guard
    from pgyer_desktop.core.cleanup.queue_report import BatchReport, BatchRow
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.flow import ChangeFlow
    from pgyer_desktop.ui.jobs.window import JobsWindow
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_TASK: Final = "batch"
"""Of the window's state, because it is a change: closing waits for the delete that is under way."""
_FOLLOW_MS: Final = 1500
"""How often the list is read anew at most while its builds go."""


class BatchFlow(QObject):
    """What happens when builds are to be deleted.

    Signals:
        gone: builds of the open app have been deleted; what shows is to be read again.
        left_some: a queue of the open app has ended, and not all went. args: keys of those that failed, and of all.
    """

    gone = Signal()
    left_some = Signal(object, object)

    def __init__(self, state: WindowState, changes: ChangeFlow, icons: IconLoader, window: QWidget) -> None:
        """`changes` asks."""
        super().__init__(window)
        self._state = state
        self._changes = changes
        self._icons = icons
        self._window = window
        self._view: JobsWindow | None = None
        self._jobs: list[Job] = []
        self._may_quit = False
        self.bar = JobsBar(window)
        """For the window's foot."""
        self.bar.jobs_requested.connect(self.show_jobs)
        controls = self.bar.controls
        controls.pause_requested.connect(lambda paused: self._pause(self.under_way[0], paused=paused))
        controls.next_requested.connect(lambda: self._go_on(self.under_way[0]))
        controls.stop_requested.connect(lambda: self._stop(self.under_way[0]))
        self._voice = JobVoice(self.bar)
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self.gone)
        state.changes.settled.connect(self._on_settled)
        state.accounts.account_changed.connect(self._on_guards_changed)
        state.accounts.app_changed.connect(self._show_bar)
        state.changes.queues_unwanted.connect(self._on_unwanted)

    @property
    def under_way(self) -> tuple[Job, ...]:
        """The jobs that run or wait, the oldest first."""
        return tuple(job for job in self._jobs if not job.over)

    @property
    def running(self) -> bool:
        """Whether deletes are under way or waiting."""
        return bool(self.under_way)

    def stop(self) -> None:
        """Begin no further delete."""
        for job in self.under_way:
            job.batch.stop()

    def _on_guards_changed(self) -> None:
        """Begin no further delete in an account that has been made read-only, and no more at once than it allows."""
        for job in self.under_way:
            guards = self._state.accounts.book.settings(job.opened.account.id).guards
            job.batch.limit(guards.deletes)
            if guards.read_only:
                job.batch.stop()

    def ask_to_quit(self) -> bool:
        """Ask whether to stop what runs and quit, if anything runs and nobody has said so yet. Whether it asks."""
        if not self.under_way or self._may_quit:
            return False
        self._changes.ask_to_stop(self._left(), self._on_quit)
        return True

    @handles(Action.JOBS)
    def show_jobs(self) -> None:
        """Show what runs and what ran."""
        from pgyer_desktop.ui.jobs.window import JobsWindow

        if self._view is None:
            self._view = view = JobsWindow(self._icons, self._window)
            view.pause_requested.connect(lambda job, paused: self._pause(job, paused=paused))
            view.next_requested.connect(self._go_on)
            view.stop_requested.connect(self._stop)
            view.rest_requested.connect(self._delete_rest)
            self._window.closed.connect(view.close)  # type: ignore[attr-defined]  # the main window's
            view.set_jobs(tuple(reversed(self._jobs)))
        self._view.show()
        self._view.raise_()
        self._view.activateWindow()

    @handles_open(Action.DELETE)
    def delete(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Ask whether these builds are to be deleted, and do it."""
        if len(builds) == 1:
            self._changes.ask(opened, Write.DELETE, builds[0])
        else:
            # The oldest first: it moves the fewest rows.
            self._ask(opened, tuple(reversed(builds)), None, None)

    def run_plan(
        self, opened: Open, builds: tuple[Build, ...], guard: Guard, on_accepted: Callable[[], None] | None = None
    ) -> None:
        """Ask whether these builds of a plan are to be deleted, and do it; `guard` checks each again before its delete.

        `on_accepted` is called once the question has been accepted; where it is not, nothing is called.
        """
        if why_not(Action.CLEAN_UP, self._state.situation.now()) is None:
            self._ask(opened, builds, guard, on_accepted)

    def _ask(
        self, opened: Open, builds: tuple[Build, ...], guard: Guard | None, on_accepted: Callable[[], None] | None
    ) -> None:
        def accepted(going: tuple[Build, ...]) -> None:
            if on_accepted is not None:
                on_accepted()
            self._begin(opened, going, guard)

        self._changes.ask_many(opened, builds, accepted)

    def _begin(self, opened: Open, builds: tuple[Build, ...], guard: Guard | None) -> None:
        """Delete what was accepted, with a stop after as many as the guard rails allow at once."""
        from pgyer_desktop.core.cleanup.queue import Batch

        if any(job.opened.is_same_app(opened) for job in self.under_way):
            return
        view = self._state.page.view
        batch = Batch(
            opened.session,
            opened.app,
            builds,
            guard=self._with_second_thoughts(opened, guard),
            page=view.number if view is not None else 1,
            account_name=opened.account.name,
            most=self._state.accounts.guards.deletes,
        )
        job = Job(opened, batch, guard=guard)
        self._jobs.append(job)
        self._may_quit = False
        if self._view is not None:
            self._view.set_jobs(tuple(reversed(self._jobs)))
        self._run(job)
        self._tell(job)

    def _with_second_thoughts(self, opened: Open, guard: Guard | None) -> Guard:
        """`guard`, and what the person has done since the question to keep builds."""
        book, account_id = self._state.accounts.book, opened.account.id
        pinned_before = frozenset(book.settings(account_id).pinned)

        def against(look: Look) -> Text | None:
            now = book.settings(account_id)
            if now.guards.read_only:
                return translate("jobs", "The account has been made read-only meanwhile.")
            if look.build is not None and look.build.build_key in frozenset(now.pinned) - pinned_before:
                return translate("jobs", "It has been pinned meanwhile.")
            return guard(look) if guard is not None else None

        return against

    def _run(self, job: Job) -> None:
        from pgyer_desktop.core.cleanup.queue_report import RowState

        state, batch = self._state, job.batch

        def on_change(row: BatchRow | None) -> None:
            if row is not None and row.state is RowState.DELETED:
                shown = state.changes.note_deleted(job.opened, row.build, batch.view)
                if not shown and not self._follow.isActive():
                    self._follow.start()
            if row is not None and row.state is RowState.UNKNOWN:
                state.changes.note_unknown()
            under_way = [one.build for one in batch.rows if one.state is RowState.UNDER_WAY]
            state.changes.set_under_way(job.opened, under_way, among=batch.rows_keys)
            self._tell(job, row)

        def on_done(_report: BatchReport) -> None:
            job.over = True
            state.changes.set_under_way(job.opened, [], among=batch.rows_keys)
            state.changes.set_queues(tuple(one.opened for one in self.under_way))
            self._mark_failed(job)
            self._tell(job)
            self._report(job)
            if job.opened.is_same_app(state.accounts.open):
                self._follow.stop()
                self.gone.emit()

        def on_error(error: Exception) -> None:
            on_done(batch.report)
            state.teller.fail(Topic.WRITE, translate("batch", "The queue of deletes ended early."), error)

        state.changes.set_queues(tuple(one.opened for one in self.under_way))
        state.tasks.start(
            f"{_TASK} {len(self._jobs)}",
            lambda: batch.run(on_change),
            policy=Policy.DROP_IF_RUNNING,
            on_done=on_done,
            on_error=on_error,
        )

    def _tell(self, job: Job, row: BatchRow | None = None) -> None:
        self._show_bar()
        self._voice.follow(job)
        if self._view is not None:
            self._view.update_job(job, row)

    def _show_bar(self) -> None:
        self.bar.show_jobs(self.under_way, self._state.accounts.open)

    def _report(self, job: Job) -> None:
        """Say how a job ended: in passing where all went, else so that it stays and leads to the report."""
        report = job.batch.report
        counted, told = report.tally, job.told
        if not job.opened.is_same_app(self._state.accounts.open):
            told = translate("jobs", "{app}: {how}").fill(app=job.opened.title, how=told)
        if counted.deleted == counted.total and len(report.sentences) == 1:
            self._state.teller.say(say(told).rstrip(".。"))
        else:
            self._state.teller.tell(Topic.JOBS, Notice(told, Severity.WARNING, Remedy.SHOW_REPORT))
            if job.opened.is_same_app(self._state.accounts.open):
                self.left_some.emit(job.failed_keys, job.batch.rows_keys)

    def _mark_failed(self, job: Job) -> None:
        self._state.changes.set_failed(job.failed_keys, among=job.batch.rows_keys)

    def _on_settled(self, result: WriteResult) -> None:
        """A delete of which a report says that it is not known has been read again, and is known now."""
        for job in self._jobs:
            if job.batch.note_settled(result):
                if job.over:
                    self._mark_failed(job)
                self._tell(job)

    def _on_unwanted(self, account_id: str) -> None:
        """The account is being removed: nobody goes on with what its queues have left."""
        for job in self._jobs:
            if job.opened.account.id == account_id:
                job.followed = True
                job.batch.stop()
                self._tell(job)

    # What a person wants

    def _pause(self, job: Job, *, paused: bool) -> None:
        if paused:
            job.batch.pause()
        else:
            job.batch.resume()
        self._tell(job)

    def _go_on(self, job: Job) -> None:
        job.batch.go_on()
        self._tell(job)

    def _stop(self, job: Job) -> None:
        job.batch.stop()
        self._tell(job)

    def _delete_rest(self, job: Job) -> None:
        """Ask about what a job has left, in the app to which it belongs."""
        accounts, teller = self._state.accounts, self._state.teller
        if accounts.session is None or accounts.account is None or accounts.account.id != job.opened.account.id:
            first = translate("jobs", "First open the account {account}: what is left belongs to it.")
            teller.warn(Topic.JOBS, first.fill(account=job.opened.account.name), Remedy.SHOW_REPORT)
            return
        if not job.opened.is_same_app(accounts.open):
            accounts.open_app(job.opened.app_key)
        against = why_not(Action.CLEAN_UP, self._state.situation.now())
        if against is not None:
            teller.warn(Topic.JOBS, against)
            return

        def accepted() -> None:
            job.followed = True
            teller.settle(Topic.JOBS)
            self._tell(job)

        opened = accounts.open
        if opened is not None:
            self._window.activateWindow()
            self._ask(opened, job.rest, job.guard, accepted)

    def _left(self) -> str:
        """What is done and what is left, job by job."""
        lines = []
        for job in self.under_way:
            progress = job.batch.progress
            left = self.tr("%n build(s) left", "", progress.total - progress.done)
            lines.append(f"{job.title}: {job.words} · {left}" if not progress.seconds_left else f"{job.title}: {left}")
        return "\n".join(lines)

    def _on_quit(self) -> None:
        self._may_quit = True
        self.stop()
        self._window.close()
