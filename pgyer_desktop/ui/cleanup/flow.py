"""Leads through a clean-up: reads the whole history, plans, saves and opens plans, hands the frozen one to the queue.

The rules are `core.cleanup.retention`'s. Must not delete anything itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from pgyer_desktop.api.errors import NotFoundError
from pgyer_desktop.core.base.actions import Action, why_not
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.keeping import AppRules, Policy, Rules, policy_of
from pgyer_desktop.core.builds.pages import described_by
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.core.cleanup.plan_file import PlanFileError
from pgyer_desktop.core.cleanup.retention import PlanError, Refusal, plan
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.teller import EXPECTED, explained

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.accounts.settings import SettingsFile
    from pgyer_desktop.core.cleanup.retention import FrozenPlan
    from pgyer_desktop.core.history.app_history import Coverage
    from pgyer_desktop.core.history.load import Progress
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.flow import ChangeFlow
    from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
    from pgyer_desktop.ui.jobs.flow import BatchFlow
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_FILTER = "*.pgyer-cleanup.json"


class CleanUpFlow(QObject):
    """What happens when an app is to be cleaned up.

    Signals:
        guards_requested: the guard rails of an account are to be changed. args: its id, the dialog to show them over.
    """

    guards_requested = Signal(str, object)

    def __init__(
        self,
        state: WindowState,
        changes: ChangeFlow,
        batch: BatchFlow,
        icons: IconLoader,
        settings: SettingsFile,
        window: QWidget,
    ) -> None:
        """`changes` asks."""
        super().__init__(window)
        self._state = state
        self._changes = changes
        self._batch = batch
        self._icons = icons
        self._settings = settings
        self._window = window
        self._tasks = TaskScope(self, expected=(*EXPECTED, PlanFileError))
        self._dialog: CleanUpDialog | None = None
        self._opened: Open | None = None
        self._began: tuple[Rules, str] | None = None
        """The rules and the policy that the dialog began with."""
        self._builds: tuple[Build, ...] = ()
        self._latest: frozenset[str] | None = None
        self._complete = False
        state.accounts.account_changed.connect(self._on_guards_changed)

    async def aclose(self) -> None:
        """Stop reading."""
        await self._tasks.aclose()

    def open_dialog(self, opened: Open) -> None:
        """Plan a clean-up of what is open."""
        from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog

        if opened.history is None or self._dialog is not None:
            return
        policies = self._settings.value.policies
        rules = self._state.accounts.book.settings(opened.account.id).rules_of(opened.app_key)
        policy = policy_of(policies, rules.policy) if rules is not None else None
        if rules is not None and policy is not None:
            rules = replace(rules, rules=policy.rules)  # as they are by now
        dialog = CleanUpDialog(opened.title, self._icons, self._window, rules=rules, policies=policies)
        self._dialog, self._opened, self._began = dialog, opened, (dialog.rules, dialog.policy)
        self._builds, self._latest, self._complete = (), None, False
        dialog.rules_changed.connect(self._plan)
        dialog.reading_requested.connect(lambda: self._read(opened, dialog))
        dialog.policies_changed.connect(self._on_policies_changed)
        dialog.limit_requested.connect(lambda: self.guards_requested.emit(opened.account.id, dialog))
        dialog.leave_requested.connect(self._on_leave)
        dialog.save_requested.connect(self._on_save)
        dialog.open_requested.connect(self._on_open)
        dialog.run_requested.connect(self._on_run)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        self._read(opened, dialog)

    def _read(self, opened: Open, dialog: CleanUpDialog) -> None:
        """Read what is missing, or may have changed, of the whole history."""
        session, app_key = opened.session, opened.app_key
        loader, history = session.loader(app_key), opened.history
        if loader is None or history is None:
            return

        def on_progress(progress: Progress) -> None:
            if self._dialog is dialog and progress.page_count is not None:
                words = self.tr("Reading all builds: {read} of %n page(s)", "", progress.page_count)
                dialog.say_status(words.replace("{read}", str(progress.pages_read)))

        async def read() -> tuple[Coverage, tuple[Build, ...], frozenset[str] | None]:
            coverage = await loader.run(on_progress)
            builds = await history.all_builds()
            # What `check` offers counts as latest too, whatever the rows say.
            marked = frozenset(build.build_key for build in builds if build.latest)
            try:
                offered = described_by(await session.builds.find_latest(app_key))
            except NotFoundError:
                return coverage, builds, marked  # the app has builds, or none at all, and offers none of them
            known = marked | ({offered.build_key} if offered is not None else frozenset())
            return coverage, builds, known or None

        def on_done(found: tuple[Coverage, tuple[Build, ...], frozenset[str] | None]) -> None:
            coverage, self._builds, self._latest = found
            self._complete = coverage.complete
            dialog.say_status("")
            self._plan(dialog.rules)

        def on_error(error: Exception) -> None:
            dialog.say_status("")
            doing = translate("clean_up", "Not all builds could be read, so no clean-up can be planned.")
            dialog.refuse(explained(error, doing).text, again=True)

        dialog.say_problem(None)
        dialog.say_status(self.tr("Reading all builds"))
        self._tasks.start("read", read, on_done=on_done, on_error=on_error)

    def _plan(self, rules: Rules) -> None:
        dialog = self._dialog
        if dialog is None or dialog.model.frozen is not None or self._tasks.is_running("read"):
            return
        situation = self._state.situation.now()
        try:
            made = plan(
                self._builds,
                rules,
                latest_keys=self._latest,
                pinned=self._state.accounts.pinned,
                unsettled=situation.unsettled_keys | situation.busy_keys,
                complete=self._complete,
                now=datetime.now(UTC),
            )
        except PlanError as exc:
            dialog.refuse(exc.text, again=exc.refusal is not Refusal.NO_RULE)
            return
        dialog.show_plan(made, most=self._state.accounts.guards.deletes)

    def _frozen(self) -> FrozenPlan | None:
        """The plan that shows, as it is agreed on now."""
        dialog, opened = self._dialog, self._opened
        if dialog is None or opened is None:
            return None
        if dialog.model.frozen is not None:
            return dialog.model.frozen
        if dialog.model.plan is None:
            return None
        account, app = opened.account, opened.app
        try:
            return dialog.model.plan.freeze(account.id, account.name, app.app_key, app.name, datetime.now(UTC))
        except PlanError as exc:
            dialog.say_problem(exc.text)
            return None

    def _on_save(self) -> None:
        frozen, dialog = self._frozen(), self._dialog
        if frozen is None or dialog is None:
            return
        chooser = named("planSaveDialog", QFileDialog(dialog, self.tr("Save plan")))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(_FILTER.removeprefix("*."))
        chooser.selectFile(f"clean-up-{datetime.now().astimezone():%Y-%m-%d}{_FILTER.removeprefix('*')}")

        def on_chosen(path: Path) -> None:
            self._tasks.start(
                "save",
                lambda: asyncio.to_thread(plan_file.save, path, frozen),
                on_done=lambda _nothing: self._on_saved(path, frozen),
                on_error=self._on_file_error,
            )

        self._choose(chooser, on_chosen)

    def _choose(self, chooser: QFileDialog, on_chosen: Callable[[Path], None]) -> None:
        """Have a plan's file chosen."""
        chooser.setNameFilter(self.tr("Clean-up plan ({pattern})").format(pattern=_FILTER))
        chooser.fileSelected.connect(lambda name: on_chosen(Path(name)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _on_saved(self, path: Path, frozen: FrozenPlan) -> None:
        if self._dialog is not None:
            # What runs from now on is what was saved, and nothing else.
            self._dialog.model.note_saved()
            self._dialog.show_frozen(frozen, self._known)
        self._state.teller.say(self.tr("The plan has been saved as {file}.").format(file=path.name))

    def _on_open(self) -> None:
        if self._dialog is None:
            return
        chooser = named("planOpenDialog", QFileDialog(self._dialog, self.tr("Open plan")))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)

        def on_chosen(path: Path) -> None:
            self._tasks.start(
                "open",
                lambda: asyncio.to_thread(plan_file.load, path),
                on_done=self._on_opened,
                on_error=self._on_file_error,
            )

        self._choose(chooser, on_chosen)

    def _on_opened(self, frozen: FrozenPlan) -> None:
        if self._dialog is not None:
            self._dialog.show_frozen(frozen, self._known, self._against(frozen))

    @property
    def _known(self) -> dict[str, Build]:
        return {build.build_key: build for build in self._builds}

    def _against(self, frozen: FrozenPlan) -> Text | None:
        """Why a plan cannot be run here; None where it can."""
        if self._opened is None or frozen.app_key != self._opened.app_key:
            return self._only_of(frozen.app_name or frozen.app_key)
        return None

    def _only_of(self, app: str) -> Text:
        return translate("clean_up", "This plan is of {app}. Open that app to run it; here it can only be read.").fill(
            app=app
        )

    def _on_file_error(self, error: PlanFileError) -> None:
        if self._dialog is not None:
            self._dialog.say_problem(error.text)

    def _on_run(self) -> None:
        from pgyer_desktop.core.cleanup.queue import guard_of
        from pgyer_desktop.ui.cleanup.model import as_known

        frozen, dialog, opened = self._frozen(), self._dialog, self._state.accounts.open
        if frozen is None or dialog is None or self._opened is None or self._against(frozen) is not None:
            return
        if opened is None or not self._opened.is_same_app(opened):
            # It must not be asked about, nor run, in the name of what a key that was slow to be kept has opened.
            dialog.say_problem(self._only_of(self._opened.title))
            return
        why = why_not(Action.CLEAN_UP, self._state.situation.now())
        if why is not None:
            dialog.say_problem(why)  # the account is read-only since, or another change is under way
            return
        # Of the account that it was planned in, whatever is open by then. Cancelling comes back to the plan.
        book, account, known = self._state.accounts.book, opened.account.id, self._known
        builds = tuple(as_known(row.build, known) for row in frozen.deletions)  # so that they look as in the plan
        guard = guard_of(frozen, lambda: frozenset(book.settings(account).pinned))
        self._batch.run_plan(opened, builds, guard, dialog.accept)

    def _on_leave(self) -> None:
        """Ask before what was chosen by hand is lost."""
        dialog = self._dialog
        if dialog is not None:
            self._changes.ask_to_drop(dialog.model.by_hand, dialog.leave)

    def _on_guards_changed(self) -> None:
        opened = self._opened
        if self._dialog is not None and opened is not None and opened.is_same(self._state.accounts.open):
            self._dialog.set_most(self._state.accounts.guards.deletes)

    def _on_policies_changed(self, policies: tuple[Policy, ...]) -> None:
        self._settings.change(lambda settings: replace(settings, policies=policies))
        self._state.unsaved.note()

    def _remember_rules(self, opened: Open, dialog: CleanUpDialog) -> None:
        """Begin with the same rules next time, where somebody has chosen any."""
        rules, policy = dialog.rules, dialog.policy
        if (rules, policy) != self._began and rules.keep_anything:
            chosen = AppRules(opened.app_key, rules, policy)
            self._state.accounts.book.remember(opened.account.id, lambda account: account.with_rules(chosen))
            self._state.unsaved.note()

    def _on_finished(self) -> None:
        self._tasks.cancel_all()
        self._changes.withdraw()
        if self._dialog is not None:
            if self._opened is not None:
                self._remember_rules(self._opened, self._dialog)
            self._dialog.deleteLater()
            self._dialog = None
        self._builds = ()
