"""What belongs to no build and no account: settings, activity, the clean-up's door, and the end.

Loads what it opens when it is first wanted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.base.tasks import close_all
from pgyer_desktop.ui.state.handlers import handles, handles_open
from pgyer_desktop.ui.window import appearance

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.accounts.profile import Profile
    from pgyer_desktop.core.accounts.settings import SettingsFile
    from pgyer_desktop.core.activity.journal import Journal
    from pgyer_desktop.ui.activity.window import ActivityWindow
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes.flow import ChangeFlow
    from pgyer_desktop.ui.cleanup.flow import CleanUpFlow
    from pgyer_desktop.ui.help.update_watch import UpdateWatch
    from pgyer_desktop.ui.jobs.flow import BatchFlow
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState
    from pgyer_desktop.ui.window.appearance import Appearance
    from pgyer_desktop.ui.window.main_window import MainWindow


class WindowFlow(QObject):
    """What happens when something of the window itself is chosen.

    Signals:
        restart_requested: the program is to end and start again.
        guards_requested: the guard rails of an account are to be changed. args: its id, the dialog to show them over.
    """

    restart_requested = Signal()
    guards_requested = Signal(str, object)

    def __init__(
        self,
        window: MainWindow,
        state: WindowState,
        actions: WindowActions,
        icons: IconLoader,
        settings: SettingsFile,
        profile: Profile,
        journal: Journal,
        changes: ChangeFlow,
        batches: BatchFlow,
        updates: UpdateWatch | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._actions = actions
        self._icons = icons
        self._settings = settings
        self._profile = profile
        self._journal = journal
        self._changes = changes
        self._batches = batches
        self._updates = updates
        self._activity: ActivityWindow | None = None
        self._clean_up: CleanUpFlow | None = None

    async def aclose(self) -> None:
        """Stop what was opened."""
        await close_all(*(part.aclose for part in (self._clean_up, self._activity) if part is not None))

    @handles_open(Action.CLEAN_UP)
    def clean_up(self, opened: Open, _builds: tuple[Build, ...]) -> None:
        """Plan a clean-up of the open app."""
        from pgyer_desktop.ui.cleanup.flow import CleanUpFlow

        if self._clean_up is None:
            self._clean_up = CleanUpFlow(
                self._state, self._changes, self._batches, self._icons, self._settings, self._window
            )
            self._clean_up.guards_requested.connect(self.guards_requested)
        self._clean_up.open_dialog(opened)

    @handles(Action.ACTIVITY)
    def show_activity(self) -> None:
        """Show what was changed."""
        from pgyer_desktop.ui.activity.window import ActivityWindow

        if self._activity is None:
            self._activity = ActivityWindow(self._current_journal, self._icons, self._window)
            self._window.closed.connect(self._activity.close)
        self._activity.show()
        self._activity.raise_()
        self._activity.activateWindow()

    def _current_journal(self) -> Journal:
        """The demo's changes are kept apart from those of real accounts."""
        session = self._state.accounts.session
        return session.journal if session is not None else self._journal

    @handles(Action.SETTINGS)
    def show_settings(self) -> None:
        """Show the settings."""
        self.show_setting("")

    def show_setting(self, name: str) -> None:
        """Show the settings with the focus on what has this object name; "" leaves it where it begins."""
        from pgyer_desktop.ui.window.settings_dialog import SettingsDialog

        updates, compact = self._updates, self._actions.by_id[Action.COMPACT_ROWS]
        dialog = SettingsDialog(
            Language(self._settings.value.language),
            changing=lambda: bool(self._state.changes.under_way) or self._batches.running,
            compact=compact.isChecked(),
            appearance=appearance.chosen(self._settings.value.appearance),
            folders=(self._profile.settings_dir, self._profile.cache_dir, self._profile.log_dir),
            updates=(updates.allowed, updates.host) if updates is not None else None,
            parent=self._window,
        )
        dialog.language_chosen.connect(self.choose_language)
        dialog.restart_requested.connect(self.restart_requested)
        dialog.appearance_chosen.connect(self.choose_appearance)
        self._state.situation.changed.connect(dialog.update_restart)
        dialog.compact_chosen.connect(lambda on: compact.trigger() if on != compact.isChecked() else None)
        if updates is not None:
            dialog.updates_chosen.connect(lambda on: updates.allow(on=on))
        dialog.show_once()
        dialog.point_at(name)

    def choose_language(self, language: Language) -> None:
        """Remember the language of the next start."""
        self._settings.change(lambda settings: replace(settings, language=language.value))
        self._state.unsaved.note()

    def choose_appearance(self, chosen: Appearance) -> None:
        """Look like that from now on."""
        appearance.apply(chosen)
        self._settings.change(lambda settings: replace(settings, appearance=chosen.value))
        self._state.unsaved.note()

    @handles(Action.CHECK_FOR_UPDATES)
    def check_for_updates(self) -> None:
        """Look for a newer release of this program."""
        if self._updates is not None:
            self._updates.look()

    @handles(Action.QUIT)
    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()
