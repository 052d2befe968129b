"""Runs the saved update checks of the open app, by hand and after each promotion, and keeps what they were answered.

Opens the update bench and feeds it. Results live in memory, per account and app. Must not open or copy any link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.checks import cases as check_cases
from pgyer_desktop.core.checks.cases import MemoryCases, has_changed
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.handlers import handles_open
from pgyer_desktop.ui.state.open import app_title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.checks.cases import CaseStore, CheckCase, Question, Result
    from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_PROMOTES = frozenset({Write.SET_LATEST, Write.CLEAR_LATEST})
_MAY_SHOW = frozenset({Outcome.DONE, Outcome.CONTRADICTED})
"""Of what is not known the window's state tells again, once it is."""


@dataclass(frozen=True, slots=True)
class BenchReport:
    """A run that has come to its end: the results in the order of the cases, and how many are otherwise than before."""

    app: KnownApp
    results: tuple[Result, ...]
    changed: int
    failed: int
    after_promotion: bool = False


@dataclass(slots=True)
class _Bench:
    """What is known of one app's cases."""

    account_id: str
    app: KnownApp
    results: dict[Question, Result] = field(default_factory=dict)
    answered: dict[Question, Result] = field(default_factory=dict)
    """The last results that were answers: an error in between hides no change."""
    before: dict[Question, Result] = field(default_factory=dict)
    """What results are compared with."""
    run: object | None = None
    """The run that is under way."""
    done: int = 0
    """How many cases of it have a result."""
    asking: CheckCase | None = None
    whole: bool = True
    """Whether the last run came to its end; one that was stopped is gone on with, against the same answers before."""

    @property
    def key(self) -> str:
        """What its run is called as a task."""
        return f"bench {self.account_id} {self.app.app_key}"

    def begin(self) -> object:
        """A new run: results are compared with the answers before the last run that was not stopped."""
        for question, answer in self.answered.items():
            if self.whole:
                self.before[question] = answer
            else:
                self.before.setdefault(question, answer)
        self.whole, self.done, self.asking = False, 0, None
        self.run = object()
        return self.run

    def take(self, result: Result) -> Result | None:
        """Keep a result; what it is to be compared with."""
        question = result.case.question
        self.results[question] = result
        self.done += 1
        if result.error is None:
            self.answered[question] = result
        return self.before.get(question)

    def end(self) -> None:
        """No run is under way any more."""
        self.run = self.asking = None


class BenchFlow(QObject):
    """The update bench of one window.

    Signals:
        running_changed: see `running`.
        result_arrived: arg: `Result`, of whatever app.
        run_finished: a run has come to its end. arg: `BenchReport`.
    """

    running_changed = Signal()
    result_arrived = Signal(object)
    run_finished = Signal(object)

    def __init__(self, state: WindowState, window: QWidget, store: CaseStore | None = None) -> None:
        """`store` None: cases are remembered until the program ends."""
        super().__init__(window)
        self._state = state
        self._window = window
        self._store: CaseStore = store if store is not None else MemoryCases()
        self._tasks = TaskScope(self, expected=())
        self._benches: dict[tuple[str, str], _Bench] = {}
        self._dialog: UpdateChecksDialog | None = None
        self._shown: _Bench | None = None
        self._session: Session | None = state.accounts.session
        state.accounts.session_changed.connect(self._on_session_changed)
        state.changes.finished.connect(self._on_written)
        state.changes.settled.connect(self._on_written)

    async def aclose(self) -> None:
        """Ask no more."""
        await self._tasks.aclose()

    # What can be read

    @property
    def cases(self) -> tuple[CheckCase, ...]:
        """The saved cases of the open app."""
        bench = self._bench()
        return self._cases(bench) if bench is not None else ()

    @property
    def running(self) -> bool:
        """Whether cases of the open app are being asked."""
        bench = self._bench()
        return bench is not None and bench.run is not None

    @property
    def results(self) -> tuple[Result, ...]:
        """The last results of the open app's cases, in their order; cases that were never asked are left out."""
        bench = self._bench()
        if bench is None:
            return ()
        return tuple(bench.results[case.question] for case in self._cases(bench) if case.question in bench.results)

    # What a person wants

    @handles_open(Action.UPDATE_CHECKS)
    def open_bench(self, opened: Open, _builds: tuple[Build, ...]) -> None:
        """Show the open app's cases and what they were answered last."""
        from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog

        if self._dialog is not None:
            return
        bench = self._bench_of(opened)
        latest = opened.session.builds.latest_seen(opened.app_key)
        dialog = UpdateChecksDialog(app_title(bench.app), self._cases(bench), self._window, latest=latest)
        self._dialog, self._shown = dialog, bench

        def on_cases(changed: tuple[CheckCase, ...]) -> None:
            self._store.keep_cases(bench.account_id, bench.app.app_key, changed)
            self._state.accounts.settings_changed.emit()

        dialog.cases_changed.connect(on_cases)
        dialog.run_requested.connect(lambda: self._run(bench))
        dialog.stop_requested.connect(lambda: self._stop(bench))
        dialog.copy_requested.connect(self._on_copy)
        dialog.finished.connect(self._on_closed)
        for result in bench.results.values():
            dialog.set_result(result, bench.before.get(result.case.question))
        dialog.set_running(running=bench.run is not None, done=bench.done)
        dialog.set_asking(bench.asking)
        dialog.open()

    def run(self) -> None:
        """Ask all cases of the open app. Where a run is under way, it begins anew."""
        bench = self._bench()
        if bench is not None:
            self._run(bench)

    def run_after_promotion(self) -> None:
        """The same as an acceptance test.

        Called by itself when this window has set or cleared the latest; whoever promotes past it calls this.
        """
        bench = self._bench()
        if bench is not None:
            self._run(bench, after_promotion=True)

    def take_baseline(self) -> None:
        """Ask the cases before a promotion where one was never answered, so that there is something to compare with."""
        bench = self._bench()
        if bench is None or bench.run is not None:
            return
        if any(case.question not in bench.answered for case in self._cases(bench)):
            self._run(bench)

    def stop(self) -> None:
        """Ask no more cases of the open app; what was answered stays."""
        bench = self._bench()
        if bench is not None:
            self._stop(bench)

    # What happens

    def _run(self, bench: _Bench, *, after_promotion: bool = False) -> None:
        session, cases = self._state.accounts.session, self._cases(bench)
        if session is None or not cases or bench is not self._bench():
            return
        if bench.run is not None:
            self._stop(bench)
        this = bench.begin()

        def on_ask(case: CheckCase) -> None:
            bench.asking = case
            if self._dialog is not None and self._shown is bench:
                self._dialog.set_asking(case)

        def on_result(result: Result) -> None:
            before = bench.take(result)
            if self._dialog is not None and self._shown is bench:
                self._dialog.set_result(result, before)
            self.result_arrived.emit(result)

        async def ask() -> tuple[Result, ...]:
            try:
                return await check_cases.run(session, bench.app.app_key, cases, on_result, on_ask=on_ask)
            finally:
                # Also where something unexpected went wrong, of which `on_done` does not hear.
                if bench.run is this:
                    self._end(bench)

        def on_done(results: tuple[Result, ...]) -> None:
            bench.whole = True
            self._report(bench, results, after_promotion=after_promotion)

        self._tasks.start(bench.key, ask, on_done=on_done)
        if self._dialog is not None and self._shown is bench:
            self._dialog.set_running(running=True)
        self.running_changed.emit()

    def _stop(self, bench: _Bench) -> None:
        if bench.run is not None:
            self._tasks.cancel(bench.key)
            self._end(bench)

    def _end(self, bench: _Bench) -> None:
        bench.end()
        if self._dialog is not None and self._shown is bench:
            self._dialog.set_running(running=False)
        self.running_changed.emit()

    def _report(self, bench: _Bench, results: tuple[Result, ...], *, after_promotion: bool) -> None:
        changed = sum(has_changed(bench.before.get(result.case.question), result) for result in results)
        failed = sum(result.error is not None for result in results)
        report = BenchReport(bench.app, results, changed, failed, after_promotion)
        self.run_finished.emit(report)
        if self._dialog is None:
            self._state.teller.say(self._told(report))

    def _told(self, report: BenchReport) -> str:
        parts = [self.tr("%n case(s) checked", "", len(report.results) - report.failed)]
        if report.failed:
            parts.append(self.tr("%n could not be checked", "", report.failed))
        parts.append(self.tr("%n changed", "", report.changed) if report.changed else self.tr("nothing changed"))
        separator = self.tr(", ", "between the parts of a report")
        words = self.tr("Update checks of {app}: {report}.")
        return words.format(app=app_title(report.app), report=separator.join(parts))

    def _on_written(self, result: WriteResult) -> None:
        app = self._state.accounts.app
        here = app is not None and (result.after is None or result.after.app_key == app.app_key)
        if here and result.write in _PROMOTES and result.outcome in _MAY_SHOW:
            self.run_after_promotion()

    def _on_session_changed(self) -> None:
        """Another key, or none: what is asked with the one before ends."""
        if self._state.accounts.session is self._session:
            return
        self._session = self._state.accounts.session
        for bench in self._benches.values():
            self._stop(bench)
        if self._dialog is not None:
            self._dialog.reject()

    def _on_copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._state.teller.say(self.tr("The results have been copied."))

    def _on_closed(self) -> None:
        dialog, self._dialog, self._shown = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()

    def _bench(self) -> _Bench | None:
        """What is known of the open app; None without an account that is on."""
        opened = self._state.accounts.open
        return self._bench_of(opened) if opened is not None else None

    def _bench_of(self, opened: Open) -> _Bench:
        key = (opened.account.id, opened.app_key)
        bench = self._benches.setdefault(key, _Bench(opened.account.id, opened.app))
        bench.app = opened.app  # it may have got its name since
        return bench

    def _cases(self, bench: _Bench) -> tuple[CheckCase, ...]:
        return self._store.cases(bench.account_id, bench.app.app_key)
