"""Runs the saved update checks of the open app, by hand and after each promotion, and keeps what they were answered.

Opens the update checks and feeds it. Results live in memory, per account and app. Must not open or copy any link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.checks import cases as check_cases
from pgyer_desktop.core.checks.cases import has_changed
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.handlers import handles_open
from pgyer_desktop.ui.state.open import app_title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.checks.cases import CheckCase, Question, Result
    from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_PROMOTES = frozenset({Write.SET_LATEST, Write.CLEAR_LATEST})
_MAY_SHOW = frozenset({Outcome.DONE, Outcome.CONTRADICTED})
"""Of what is not known the window's state tells again, once it is."""


@dataclass(slots=True)
class _AppChecks:
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
        return f"checks {self.account_id} {self.app.app_key}"

    def begin(self, cases: tuple[CheckCase, ...], of: int) -> object:
        """A new run of these out of `of`: compared with the answers before the last run that was not stopped."""
        asked = {case.question for case in cases}
        for question, answer in self.answered.items():
            if question not in asked:
                continue
            if self.whole:
                self.before[question] = answer
            else:
                self.before.setdefault(question, answer)
        self.whole, self.done, self.asking = False, of - len(cases), None
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


class ChecksFlow(QObject):
    """The update checks of one window."""

    def __init__(self, state: WindowState, window: QWidget) -> None:
        super().__init__(window)
        self._state = state
        self._window = window
        self._store = state.accounts.book
        self._tasks = TaskScope(self, expected=())
        self._by_app: dict[tuple[str, str], _AppChecks] = {}
        self._dialog: UpdateChecksDialog | None = None
        self._shown: _AppChecks | None = None
        self._session: Session | None = state.accounts.session
        state.accounts.session_changed.connect(self._on_session_changed)
        state.changes.finished.connect(self._on_written)
        state.changes.settled.connect(self._on_written)

    async def aclose(self) -> None:
        """Ask no more."""
        await self._tasks.aclose()

    @property
    def running(self) -> bool:
        """Whether cases of the open app are being asked."""
        checks = self._open_checks()
        return checks is not None and checks.run is not None

    @handles_open(Action.UPDATE_CHECKS)
    def open_checks(self, opened: Open, _builds: tuple[Build, ...]) -> None:
        """Show the open app's cases and what they were answered last."""
        from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog

        if self._dialog is not None:
            return
        checks = self._checks_of(opened)
        latest = opened.session.builds.latest_seen(opened.app_key)
        dialog = UpdateChecksDialog(app_title(checks.app), self._cases(checks), self._window, latest=latest)
        self._dialog, self._shown = dialog, checks

        def on_cases(changed: tuple[CheckCase, ...]) -> None:
            self._store.keep_cases(checks.account_id, checks.app.app_key, changed)
            self._state.unsaved.note()

        dialog.cases_changed.connect(on_cases)
        dialog.run_requested.connect(lambda: self._run(checks))
        dialog.case_run_requested.connect(lambda cases: self._run(checks, cases))
        dialog.stop_requested.connect(lambda: self._stop(checks))
        dialog.copy_requested.connect(self._on_copy)
        dialog.finished.connect(self._on_closed)
        for result in checks.results.values():
            dialog.set_result(result, checks.before.get(result.case.question))
        dialog.set_running(running=checks.run is not None, done=checks.done)
        dialog.set_asking(checks.asking)
        dialog.open()

    def _run(self, checks: _AppChecks, only: tuple[CheckCase, ...] | None = None) -> None:
        """Ask all cases, or `only` some of them."""
        session, cases = self._state.accounts.session, only if only is not None else self._cases(checks)
        if session is None or not cases or checks is not self._open_checks():
            return
        if checks.run is not None:
            self._stop(checks)
        this = checks.begin(cases, len(self._cases(checks)))

        def on_ask(case: CheckCase) -> None:
            checks.asking = case
            if self._dialog is not None and self._shown is checks:
                self._dialog.set_asking(case)

        def on_result(result: Result) -> None:
            before = checks.take(result)
            if self._dialog is not None and self._shown is checks:
                self._dialog.set_result(result, before)

        async def ask() -> tuple[Result, ...]:
            try:
                return await check_cases.run(session, checks.app.app_key, cases, on_result, on_ask=on_ask)
            finally:
                # Also where something unexpected went wrong, of which `on_done` does not hear.
                if checks.run is this:
                    self._end(checks)

        def on_done(results: tuple[Result, ...]) -> None:
            checks.whole = True
            if self._dialog is None:
                self._state.teller.say(self._told(checks, results))

        self._tasks.start(checks.key, ask, on_done=on_done)
        if self._dialog is not None and self._shown is checks:
            self._dialog.set_running(running=True, done=checks.done)

    def _stop(self, checks: _AppChecks) -> None:
        if checks.run is not None:
            self._tasks.cancel(checks.key)
            self._end(checks)

    def _end(self, checks: _AppChecks) -> None:
        checks.end()
        if self._dialog is not None and self._shown is checks:
            self._dialog.set_running(running=False)

    def _told(self, checks: _AppChecks, results: tuple[Result, ...]) -> str:
        """What came of a run that has come to its end."""
        changed = sum(has_changed(checks.before.get(result.case.question), result) for result in results)
        failed = sum(result.error is not None for result in results)
        parts = [self.tr("%n case(s) checked", "", len(results) - failed)]
        if failed:
            parts.append(self.tr("%n could not be checked", "", failed))
        parts.append(self.tr("%n changed", "", changed) if changed else self.tr("nothing changed"))
        separator = self.tr(", ", "between the parts of a report")
        words = self.tr("Update checks of {app}: {report}.")
        return words.format(app=app_title(checks.app), report=separator.join(parts))

    def _on_written(self, result: WriteResult) -> None:
        """A promotion, or its end, is checked as an acceptance test."""
        checks = self._open_checks()
        if checks is None or result.write not in _PROMOTES or result.outcome not in _MAY_SHOW:
            return
        if result.after is None or result.after.app_key == checks.app.app_key:
            self._run(checks)

    def _on_session_changed(self) -> None:
        """Another key, or none: what is asked with the one before ends."""
        if self._state.accounts.session is self._session:
            return
        self._session = self._state.accounts.session
        for checks in self._by_app.values():
            self._stop(checks)
        if self._dialog is not None:
            self._dialog.reject()

    def _on_copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._state.teller.say(self.tr("The results have been copied."))

    def _on_closed(self) -> None:
        dialog, self._dialog, self._shown = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()

    def _open_checks(self) -> _AppChecks | None:
        """What is known of the open app; None without an account that is on."""
        opened = self._state.accounts.open
        return self._checks_of(opened) if opened is not None else None

    def _checks_of(self, opened: Open) -> _AppChecks:
        key = (opened.account.id, opened.app_key)
        checks = self._by_app.setdefault(key, _AppChecks(opened.account.id, opened.app))
        checks.app = opened.app  # it may have got its name since
        return checks

    def _cases(self, checks: _AppChecks) -> tuple[CheckCase, ...]:
        return self._store.cases(checks.account_id, checks.app.app_key)
