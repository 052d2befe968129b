"""Leads a person through a change of a build: ask, confirm, do, tell.

Opens dialogs and hands confirmed changes to the window's state. Must not speak to the service itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.builds.pages import described_by
from pgyer_desktop.core.changes.deletion import deletion_of, is_risky_for_one
from pgyer_desktop.core.changes.promotion import Promotion, previous_latest
from pgyer_desktop.core.changes.reports import held_back, promoted, report, settled, unsettled
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.handlers import handles_open
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.accounts.guards import Guards
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.changes.recheck import HeldBack, Look
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.question import Question
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

Ask = Callable[["Question"], Awaitable[bool]]
"""Asks the person; True where they confirmed. Injected, so that tests can accept and refuse."""

_ACTIONS = {
    Write.SET_LATEST: Action.SET_LATEST,
    Write.CLEAR_LATEST: Action.CLEAR_LATEST,
    Write.DELETE: Action.DELETE,
}


class ChangeFlow(QObject):
    """What happens when a build is to be changed.

    Signals:
        preparing_changed: what a question needs is being read, or no longer; see `preparing`.
        promoted: args: Text about a promotion that was seen and can be taken back, and what was the latest before;
            None: a change ended otherwise.
        guards_requested: show the guard rails of the account that is on. arg: the question that they ask more of.
    """

    preparing_changed = Signal()
    promoted = Signal(object, str)
    guards_requested = Signal(object)

    def __init__(self, state: WindowState, icons: IconLoader, window: QWidget, ask: Ask | None = None) -> None:
        super().__init__(window)
        self._state = state
        self._teller = state.teller
        self._icons = icons
        self._window = window
        self._ask = ask or self._ask_person
        self._tasks = state.teller.tasks(self)
        self._preparing = False
        self._asked = 0
        self._told_unknown: object = None
        """What was told last of changes whose end nobody knows: which they are, and whether they are read again."""
        state.changes.finished.connect(self._on_finished)
        state.changes.held_back.connect(self._on_held_back)
        state.changes.settled.connect(self._on_settled)
        state.changes.settling.looked.connect(self._on_looked)
        state.accounts.closed.connect(self._on_closed)

    async def aclose(self) -> None:
        """Close what is being asked."""
        self._tasks.cancel_all()
        await self._tasks.aclose()

    @property
    def preparing(self) -> bool:
        """Whether what a question needs is being read."""
        return self._preparing

    @handles_open(Action.SET_LATEST)
    def set_latest(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Ask whether the selected build is to be the latest."""
        self.ask(opened, Write.SET_LATEST, builds[0])

    @handles_open(Action.CLEAR_LATEST)
    def clear_latest(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Ask whether the selected build is to be the latest no longer."""
        self.ask(opened, Write.CLEAR_LATEST, builds[0])

    @handles_open(Action.RETURN_LATEST)
    def return_latest(self, opened: Open, _builds: tuple[Build, ...]) -> None:
        """Ask whether what was the latest before is to be the latest again."""
        key = self._state.situation.now().previous_latest

        def on_found(build: Build | None) -> None:
            if not opened.is_same(self._state.accounts.open):
                return  # another app has been opened meanwhile: nobody expects the question any more
            if build is not None:
                self.ask(opened, Write.SET_LATEST, build)
                return
            text = translate("changes", "The build that was the latest before is no longer on Pgyer.")
            self._teller.warn(Topic.WRITE, text)

        self._tasks.start(
            "previous",
            lambda: opened.session.find_build(opened.app_key, key),
            on_done=on_found,
            on_error=self._teller.failure(
                Topic.WRITE, translate("changes", "The build that was the latest before could not be read.")
            ),
        )

    def ask(self, opened: Open, write: Write, build: Build, held: HeldBack | None = None) -> None:
        """Ask about a change, once: a second click while the question is prepared would put another over it.

        Once the question is open, it keeps everything else away by being modal. Each has a key of its own, so that a
        new one never takes away the answer of the one before. `held`: it was confirmed before, on other ground.
        """
        if self._preparing:
            return
        self._set_preparing(preparing=True)
        self._asked += 1
        self._tasks.start(f"question {self._asked}", partial(self._confirm, opened, write, build, held))

    def ask_many(
        self, opened: Open, builds: tuple[Build, ...], on_accepted: Callable[[tuple[Build, ...]], None]
    ) -> None:
        """Ask whether these builds are to be deleted, as `ask` does of one; `on_accepted` is told which of them go."""
        if self._preparing:
            return
        self._set_preparing(preparing=True)
        self._asked += 1
        self._tasks.start(f"question {self._asked}", partial(self._confirm_many, opened, builds, on_accepted))

    def ask_to_stop(self, left: str, on_accepted: Callable[[], None]) -> None:
        """Ask whether to stop deleting and quit; `left` says what is done and what is left."""
        from pgyer_desktop.ui.changes.question import Question

        question = Question(
            self.tr("Quit"),
            self.tr("Stop deleting and quit?"),
            self.tr("Stop and quit"),
            lead=left,
            warnings=(self.tr("The delete that is under way is finished first. What has not begun stays."),),
        )

        if not self._tasks.is_running("question quit"):  # it can be cancelled: who ends the program does not answer it
            self._ask_alone("question quit", question, on_accepted)

    def ask_to_drop(self, choices: int, on_accepted: Callable[[], None]) -> None:
        """Ask whether a plan is to be closed in which so many builds were chosen by hand."""
        from pgyer_desktop.ui.changes.question import Question

        question = Question(
            self.tr("Close plan"),
            self.tr("Close the plan and lose %n choice(s)?", "", choices),
            self.tr("Close plan"),
            lead=self.tr("What was chosen by hand is kept only in a plan that is saved. Nothing on Pgyer changes."),
            danger=True,
        )

        self._ask_alone("question drop", question, on_accepted)

    def _ask_alone(self, name: str, question: Question, on_accepted: Callable[[], None]) -> None:
        async def asked() -> None:
            if await self._ask(question):
                on_accepted()

        self._tasks.start(name, asked)

    # Parts

    async def _confirm_many(
        self, opened: Open, builds: tuple[Build, ...], on_accepted: Callable[[tuple[Build, ...]], None]
    ) -> None:
        from pgyer_desktop.ui.changes import confirmations

        state = self._state
        try:
            latest = await self._latest_keys(opened)
        finally:
            self._set_preparing(preparing=False)
        situation, guards = state.situation.now(), state.accounts.guards
        deletion = deletion_of(
            builds,
            app_key=opened.app_key,
            latest=latest,
            unsettled=situation.unsettled_keys,
            pinned=state.accounts.pinned,
        )
        if not deletion.goes:
            self._teller.warn(Topic.WRITE, translate("changes", "Nothing can be deleted of what is selected."))
            return
        question = confirmations.delete_builds_question(
            opened.account.name,
            opened.title,
            deletion,
            most=guards.deletes,
            type_count=guards.type_deletes and deletion.is_risky,
        )
        if await self._ask(question):
            if opened.is_same(state.accounts.open):
                on_accepted(deletion.goes)
        elif self._is_guarded_anew(opened, guards) and not state.accounts.guards.read_only:
            self.ask_many(opened, builds, on_accepted)

    async def _latest_keys(self, opened: Open) -> frozenset[str]:
        """What is the latest, also where the page does not tell; nothing where nobody knows."""
        known = self._state.page.latest_keys
        if known:
            return known
        try:
            offered = described_by(await opened.session.builds.find_latest(opened.app_key))
        except PgyerError:
            return frozenset()  # the queue looks again at each before its delete
        return frozenset({offered.build_key}) if offered is not None else frozenset()

    def _set_preparing(self, *, preparing: bool) -> None:
        self._preparing = preparing
        self.preparing_changed.emit()

    async def _confirm(self, opened: Open, write: Write, build: Build, held: HeldBack | None) -> None:
        try:
            prepared = await self._prepare(opened, write, build, held)
        finally:
            self._set_preparing(preparing=False)
        if prepared is None:
            return
        question, seen = prepared
        guards = self._state.accounts.guards
        if await self._ask(question):
            if opened.is_same(self._state.accounts.open):
                self._state.changes.write(opened, write, build, seen=seen)
        elif self._is_guarded_anew(opened, guards) and self._may(write, build):
            self.ask(opened, write, build, held)

    def _is_guarded_anew(self, opened: Open, before: Guards) -> bool:
        """Whether a question was closed because the guard rails are others now than those that it was asked under."""
        return opened.is_same(self._state.accounts.open) and self._state.accounts.guards != before

    def _may(self, write: Write, build: Build) -> bool:
        situation = replace(self._state.situation.now(), selection=(build,), selected_count=1)
        return why_not(_ACTIONS[write], situation) is None

    async def _prepare(
        self, opened: Open, write: Write, build: Build, held: HeldBack | None
    ) -> tuple[Question, Look] | None:
        """The question, and what the person sees with it; None where there is nothing to ask about any more."""
        from pgyer_desktop.ui.changes import confirmations

        seen = held.now if held is not None else self._state.page.look(build)
        if seen is None:
            return None
        account, guards = opened.account.name, self._state.accounts.guards
        if write is Write.DELETE:
            latest, key = seen.latest or (), build.build_key
            pinned = self._state.accounts.pinned
            risky = is_risky_for_one(key, latest=latest, pinned=pinned)
            question = confirmations.delete_question(
                account,
                opened.title,
                build,
                is_latest=key in latest,
                is_pinned=key in pinned,
                type_version=guards.type_deletes and risky,
            )
        elif write is Write.CLEAR_LATEST:
            question = confirmations.clear_latest_question(account, opened.title, build)
        else:
            seen, words = await self._with_latest(opened, seen)
            between = await self._between(opened, seen.latest_build, build)
            returns = build.build_key == self._state.situation.now().previous_latest
            promotion = Promotion(seen.latest_build, build, between, returns)
            risky = promotion.is_risky(production=guards.production)
            question = confirmations.set_latest_question(
                account,
                opened.title,
                promotion,
                current_text=words,
                type_version=guards.type_promotions and risky,
                production=guards.production and not returns,
            )
        if held is not None:
            question = replace(question, warnings=(*(say(text) for text in held.found), *question.warnings))
        return question, seen

    async def _with_latest(self, opened: Open, seen: Look) -> tuple[Look, str]:
        """`seen` with the build that users are offered now, for "from"; and why it is not known where it is not."""
        if seen.latest_build is not None:
            return seen, ""
        if seen.latest:
            return seen, self.tr("%n build(s) are marked latest", "", len(seen.latest))
        reader = opened.session.builds
        try:
            offered = described_by(await reader.find_latest(opened.app_key))
        except PgyerError:
            return replace(seen, latest_build=reader.latest_seen(opened.app_key)), self.tr("Not known")
        if offered is None:
            return seen, self.tr("Not known")
        return replace(seen, latest=frozenset({offered.build_key}), latest_build=offered), ""

    async def _between(self, opened: Open, current: Build | None, target: Build) -> tuple[Build, ...]:
        """The builds from the one to the other, newest first, as far as they have been read."""
        history = opened.history
        if history is None or current is None:
            return ()
        try:
            return await history.between(current.build_key, target.build_key)
        except HistoryError:
            return ()  # the notes of the build itself are there nevertheless, and the history tells its own trouble

    async def _ask_person(self, question: Question) -> bool:
        from pgyer_desktop.ui.changes import confirm_dialog

        # Over the dialog that it comes from, which must not be used meanwhile.
        over = QApplication.activeModalWidget() or self._window
        return await confirm_dialog.ask(over, question, self._icons, self._show_guards)

    def _show_guards(self, question: QDialog) -> None:
        """Show the guard rails over the question, which is closed where they are changed, and asked anew."""
        self.guards_requested.emit(question)
        self._state.accounts.account_changed.connect(question.reject)

    # What happens

    def _on_held_back(self, held: HeldBack) -> None:
        """Say what has changed, and ask again where there still is something to ask."""
        row, opened = held.now.build, self._state.accounts.open
        if row is not None and opened is not None and self._may(held.write, row):
            self.ask(opened, held.write, row, held)
            return
        self._teller.tell(Topic.WRITE, held_back(held))

    def _on_settled(self, result: WriteResult) -> None:
        self._teller.settle_about(Topic.WRITE, result.build.build_key)
        self._teller.say(say(settled(result)), about=result.build.build_key)

    def _on_closed(self) -> None:
        self._told_unknown = None

    def _on_looked(self) -> None:
        """Tell of what is still not known, once, and again where it is another or nothing is read any more."""
        settling = self._state.changes.settling
        unknown = settling.unknown
        if not unknown:
            self._teller.settle(Topic.UNSETTLED)
            self._told_unknown = None
        elif self._news_of_unknown():
            self._teller.tell(Topic.UNSETTLED, unsettled(unknown, stopped=settling.stopped))

    def _news_of_unknown(self) -> bool:
        """Whether there is other to tell of what is not known than was told; it counts as told from now on."""
        settling = self._state.changes.settling
        now = frozenset(intent.id for intent in settling.unknown), settling.stopped
        before, self._told_unknown = self._told_unknown, now
        return before != now

    def _on_finished(self, result: WriteResult) -> None:
        told, key = report(result), result.build.build_key
        before = self._named_previous()
        way_back = promoted(result, before, formatting.clock_time(datetime.now(UTC)))
        self.promoted.emit(way_back if told.toast is not None else None, before)
        if told.toast is not None:
            self._teller.settle_about(Topic.WRITE, key)
            if way_back is None:  # else the card says it
                self._teller.say(say(told.toast), about=key)
        if told.notice is None:
            return
        # One of an account that was left meanwhile is read again when that one is opened.
        is_read = any(intent.build.build_key == key for intent in self._state.changes.settling.unknown)
        if is_read and result.outcome is Outcome.UNKNOWN and result.unrecorded is None:
            self._news_of_unknown()
            self._teller.tell(Topic.UNSETTLED, told.notice, about=key)
        else:
            self._teller.tell(Topic.WRITE, told.notice, about=key)

    def _named_previous(self) -> str:
        """What was the latest before, by its name; "" where nobody knows."""
        opened = self._state.accounts.open
        if opened is None:
            return ""
        entries = opened.session.journal.entries
        newest = next(iter(entries), None)
        if newest is None or newest.intent.app_key != opened.app_key:
            return ""
        found = previous_latest(entries, opened.account.id, opened.app_key, {newest.intent.build.build_key})
        return found.name if found is not None else ""
