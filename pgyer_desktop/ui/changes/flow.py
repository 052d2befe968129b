"""Leads a person through the actions on a build: ask, confirm, do, tell.

Opens dialogs and hands confirmed changes to the window's state. Must not speak to the service itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base.actions import ActionId, why_not
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity, explain
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.builds.pages import described_by
from pgyer_desktop.core.changes.promotion import Promotion, previous_latest
from pgyer_desktop.core.changes.reports import held_back, promoted, report, settled
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.core.sharing import links
from pgyer_desktop.core.sharing.message import Template, TemplateError, message
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build, UpdateCheck
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.changes.recheck import HeldBack, Look
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.confirm_dialog import Question
    from pgyer_desktop.ui.state.window_state import WindowState

Ask = Callable[["Question"], Awaitable[bool]]
"""Asks the person; True where they confirmed. Injected, so that tests can accept and refuse."""


_WRITES = {
    ActionId.SET_LATEST: Write.SET_LATEST,
    ActionId.CLEAR_LATEST: Write.CLEAR_LATEST,
    ActionId.DELETE: Write.DELETE,
}
_CHINESE: Final = QLocale.Language.Chinese
_ACTIONS = {write: action for action, write in _WRITES.items()}


class BuildFlow(QObject):
    """What happens when an action on a build is chosen.

    Signals:
        preparing_changed: what a question needs is being read, or no longer; see `preparing`.
        succeeded: arg: sentence for the toast.
        promoted: arg: Text about a promotion that was seen and can be taken back; None: a change ended otherwise.
        notice_raised: args: Topic, Notice.
    """

    preparing_changed = Signal()
    succeeded = Signal(str)
    promoted = Signal(object)
    notice_raised = Signal(object, object)

    def __init__(self, state: WindowState, icons: IconLoader, window: QWidget, ask: Ask | None = None) -> None:
        super().__init__(window)
        self._state = state
        self._icons = icons
        self._window = window
        self._ask = ask or self._ask_person
        self._tasks = TaskScope(self)
        self._preparing = False
        self._asked = 0
        state.changes.finished.connect(self._on_write_finished)
        state.changes.held_back.connect(self._on_held_back)
        state.changes.settled.connect(self._on_write_settled)

    async def aclose(self) -> None:
        """Close what is being asked."""
        self._tasks.cancel_all()
        await self._tasks.aclose()

    def run(self, action: ActionId, build: Build) -> None:
        """Begin `action` on `build`, if the rule allows it now."""
        if why_not(action, self._state.situation.now()) is not None:
            return
        if action in _WRITES:
            self._begin(action, build)
        elif action is ActionId.CHECK_UPDATE:
            self._check_update(build)
        elif action is ActionId.SHOW_QR:
            self._show_qr(build)
        elif action is ActionId.COPY_LINK:
            self._copy_page(build)
        elif action is ActionId.COPY_MESSAGE:
            self._copy_message(build)
        elif action is ActionId.EDIT_MESSAGE:
            self._edit_message(build)
        elif action is ActionId.OPEN_PAGE:
            QDesktopServices.openUrl(QUrl(links.build_page(build.build_key)))

    # Changes

    def _begin(self, action: ActionId, build: Build, held: HeldBack | None = None) -> None:
        """Ask about a change, once: a second click while the question is prepared would put another over it.

        Once the question is open, it keeps everything else away by being modal. Each has a key of its own, so that a
        new one never takes away the answer of the one before. `held`: it was confirmed before, on other ground.
        """
        if self._preparing:
            return
        self._set_preparing(preparing=True)
        self._asked += 1
        self._tasks.start(f"question {self._asked}", lambda: self._confirm(action, build, held))

    @property
    def preparing(self) -> bool:
        """Whether what a question needs is being read."""
        return self._preparing

    def _set_preparing(self, *, preparing: bool) -> None:
        self._preparing = preparing
        self.preparing_changed.emit()

    async def _confirm(self, action: ActionId, build: Build, held: HeldBack | None) -> None:
        opened = self._state.accounts.open
        try:
            prepared = await self._prepare(action, build, held)
        finally:
            self._set_preparing(preparing=False)
        if prepared is None or opened is None:
            return
        question, seen = prepared
        if not await self._ask(question):
            return
        if opened.is_same(self._state.accounts.open):
            self._state.changes.write(opened, _WRITES[action], build, seen=seen)

    async def _prepare(self, action: ActionId, build: Build, held: HeldBack | None) -> tuple[Question, Look] | None:
        """The question, and what the person sees with it; None where there is nothing to ask about any more."""
        from pgyer_desktop.ui.changes import confirmations

        state = self._state
        account, app, session = state.accounts.account, state.accounts.app, state.accounts.session
        seen = held.now if held is not None else state.page.look(build)
        if account is None or app is None or session is None or seen is None:
            return None
        if action is ActionId.DELETE:
            latest = build.build_key in (seen.latest or ())
            question = confirmations.delete_question(
                account.name,
                app_title(app),
                build,
                is_latest=latest,
                type_version=state.accounts.guards.type_version,
            )
        elif action is ActionId.CLEAR_LATEST:
            question = confirmations.clear_latest_question(account.name, app_title(app), build)
        else:
            seen, words = await self._with_latest(session, app, seen)
            between = await self._between(session, app, seen.latest_build, build)
            question = confirmations.set_latest_question(
                account.name,
                app_title(app),
                Promotion(seen.latest_build, build, between),
                current_text=words,
                type_version=state.accounts.guards.type_version,
            )
        if held is not None:
            question = replace(question, warnings=(*(say(text) for text in held.found), *question.warnings))
        return question, seen

    async def _with_latest(self, session: Session, app: KnownApp, seen: Look) -> tuple[Look, str]:
        """`seen` with the build that users are offered now, for "from"; and why it is not known where it is not."""
        if seen.latest_build is not None:
            return seen, ""
        if seen.latest:
            return seen, self.tr("%n build(s) are marked latest", "", len(seen.latest))
        try:
            offered = described_by(await session.builds.find_latest(app.app_key))
        except PgyerError:
            before = session.builds.latest_seen(app.app_key)
            return replace(seen, latest_build=before), self.tr("Not known")
        if offered is None:
            return seen, self.tr("Not known")
        return replace(seen, latest=frozenset({offered.build_key}), latest_build=offered), ""

    async def _between(
        self, session: Session, app: KnownApp, current: Build | None, target: Build
    ) -> tuple[Build, ...]:
        """The builds from the one to the other, newest first, as far as they have been read."""
        history = session.history
        if history is None or current is None:
            return ()
        try:
            return await history.between(app.app_key, current.build_key, target.build_key)
        except HistoryError:
            return ()  # the notes of the build itself are there nevertheless, and the history tells its own trouble

    def return_latest(self) -> None:
        """Ask whether what was the latest before is to be the latest again."""
        situation, session, app = self._state.situation.now(), self._state.accounts.session, self._state.accounts.app
        if session is None or app is None or why_not(ActionId.RETURN_LATEST, situation) is not None:
            return
        key = situation.previous_latest

        def on_found(build: Build | None) -> None:
            if build is not None:
                self._begin(ActionId.SET_LATEST, build)
                return
            text = translate("build_flow", "The build that was the latest before is no longer on Pgyer.")
            self.notice_raised.emit(Topic.WRITE, Notice(text, Severity.WARNING, Remedy.NONE))

        def on_error(error: PgyerError) -> None:
            doing = translate("build_flow", "What was the latest before could not be looked at.")
            self.notice_raised.emit(Topic.WRITE, explain(error, doing=doing))

        self._tasks.start("previous", lambda: session.find_build(app.app_key, key), on_done=on_found, on_error=on_error)

    async def _ask_person(self, question: Question) -> bool:
        from pgyer_desktop.ui.changes import confirm_dialog

        return await confirm_dialog.ask(self._window, question, self._icons)

    def _on_held_back(self, held: HeldBack) -> None:
        """Say what has changed, and ask again where there still is something to ask."""
        action = _ACTIONS[held.write]
        row = held.now.build
        if row is not None and why_not(action, replace(self._state.situation.now(), selection=(row,))) is None:
            self._begin(action, row, held)
        else:
            self.notice_raised.emit(Topic.WRITE, held_back(held))

    def _on_write_settled(self, result: WriteResult) -> None:
        self._state.teller.settle(Topic.WRITE)
        self.succeeded.emit(say(settled(result)))

    def _on_write_finished(self, result: WriteResult) -> None:
        told = report(result)
        way_back = promoted(result, self._named_previous(), formatting.clock_time(datetime.now(UTC)))
        self.promoted.emit(way_back if told.toast is not None else None)
        if told.toast is not None:
            self.succeeded.emit(say(told.toast))
        if told.notice is not None:
            self.notice_raised.emit(Topic.WRITE, told.notice)

    def _named_previous(self) -> str:
        """What was the latest before, by its name; "" where nobody knows."""
        state = self._state
        session, app, account = state.accounts.session, state.accounts.app, state.accounts.account
        if session is None or app is None or account is None:
            return ""
        newest = next(iter(session.journal.entries), None)
        if newest is None or newest.intent.app_key != app.app_key:
            return ""
        latest = {newest.intent.build.build_key}
        found = previous_latest(session.journal.entries, account.id, app.app_key, latest)
        return found.name if found is not None else ""

    # Questions and links

    def _check_update(self, build: Build) -> None:
        from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog

        state = self._state
        session, app = state.accounts.session, state.accounts.app
        if session is None or app is None:
            return
        dialog = CheckUpdateDialog(app_title(app), build, self._window)
        tasks = TaskScope(dialog)

        def on_check(version: str, pgyer_build: str, channel: str) -> None:
            def on_done(answer: UpdateCheck) -> None:
                dialog.set_busy(busy=False)
                dialog.show_answer(answer)

            def on_error(error: PgyerError) -> None:
                dialog.set_busy(busy=False)
                doing = translate("build_flow", "Pgyer could not be asked.")
                dialog.show_problem(say(explain(error, doing=doing).text))

            dialog.set_busy(busy=True)
            tasks.start(
                "check",
                lambda: session.check_update(app.app_key, version=version, pgyer_build=pgyer_build, channel=channel),
                on_done=on_done,
                on_error=on_error,
            )

        dialog.check_requested.connect(on_check)
        dialog.copy_link_requested.connect(self._copy)
        dialog.finished.connect(tasks.cancel_all)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_qr(self, build: Build) -> None:
        from pgyer_desktop.ui.sharing.qr_dialog import QrDialog

        app = self._state.accounts.app
        dialog = QrDialog(app_title(app) if app is not None else build.name, build, self._window)
        dialog.copy_requested.connect(lambda: self._copy_page(build))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _copy_page(self, build: Build) -> None:
        QGuiApplication.clipboard().setText(links.build_page(build.build_key))
        self.succeeded.emit(self.tr("The link to {build} has been copied.").format(build=name_of(build)))

    def _template(self) -> Template:
        account = self._state.accounts.account
        template = self._state.accounts.book.settings(account.id).template if account is not None else None
        return template if template is not None else Template("zh_CN" if QLocale().language() == _CHINESE else "en")

    def _copy_message(self, build: Build) -> None:
        app = self._state.accounts.app
        if app is None:
            return
        try:
            text = message(self._template(), app, build, now=datetime.now(UTC))
        except TemplateError as exc:
            self.notice_raised.emit(Topic.WRITE, Notice(exc.problem.text, Severity.WARNING, Remedy.NONE))
            return
        QGuiApplication.clipboard().setText(text)
        self.succeeded.emit(self.tr("The message about {build} has been copied.").format(build=name_of(build)))

    def _edit_message(self, build: Build) -> None:
        from pgyer_desktop.ui.sharing.message_dialog import HandoverDialog

        app, account = self._state.accounts.app, self._state.accounts.account
        if app is None or account is None:
            return
        dialog = HandoverDialog(self._window, app, build, self._template())

        def keep(template: Template) -> None:
            self._state.accounts.book.remember(account.id, lambda kept: replace(kept, template=template))
            self._state.accounts.settings_changed.emit()

        dialog.template_saved.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _copy(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self.succeeded.emit(self.tr("The link has been copied."))
