"""Going somewhere by a few letters: opens the list, has it filled with each letter, and goes to what is chosen.

Must not know how to open a build or the settings: it says which was chosen.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon

from pgyer_desktop.core.accounts.settings import MAX_GONE_TO
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.goto.places import Kind, Places, key_of, parts_of, used_again
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.tasks import Policy
from pgyer_desktop.ui.state.handlers import handles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.accounts.settings import SettingsFile
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.goto.numbers import AppNumbers
    from pgyer_desktop.core.history.account_history import History
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.goto.finder import Found, GoToFinder
    from pgyer_desktop.ui.goto.popup import GoToPopup
    from pgyer_desktop.ui.goto.rows import GoToRows
    from pgyer_desktop.ui.state.window_state import WindowState

_log = logging.getLogger(__name__)


class GoToFlow(QObject):
    """What happens when a person wants to go somewhere.

    Signals:
        build_chosen: a build is to be shown. args: the key of its app; its own.
        place_chosen: an app or a build was chosen, and the person goes on with builds.
        setting_chosen: a setting is to be shown. arg: the object name of what it is changed with.
    """

    build_chosen = Signal(str, str)
    place_chosen = Signal()
    setting_chosen = Signal(str)

    def __init__(
        self, state: WindowState, icons: IconLoader, actions: WindowActions, settings: SettingsFile, window: QWidget
    ) -> None:
        super().__init__(window)
        self._state = state
        self._icons = icons
        self._actions = actions
        self._settings = settings
        self._window = window
        self._tasks = state.teller.tasks(self)
        self._popup: GoToPopup | None = None
        self._rows: GoToRows | None = None
        self._finder: GoToFinder | None = None
        self._stale = False
        """Whether what builds are called has changed since it is being read."""

    async def aclose(self) -> None:
        """Stop looking."""
        await self._tasks.aclose()

    @handles(Action.GO_TO)
    def go_to(self) -> None:
        """Open the list."""
        popup = self._popup = self._popup or self._new_popup()
        if not popup.isVisible():
            popup.open_empty(self._window)
            self._begin()

    def _new_popup(self) -> GoToPopup:
        from pgyer_desktop.ui.goto.popup import GoToPopup
        from pgyer_desktop.ui.goto.rows import GoToRows

        popup = GoToPopup(self._window)
        self._rows = GoToRows(self._state, self._icons, self._actions, self)
        popup.search.textChanged.connect(self._look)
        popup.item_chosen.connect(self._on_chosen)
        popup.item_refused.connect(self._on_refused)
        popup.guards_requested.connect(self._on_guards_requested)
        popup.visible_keys_changed.connect(self._on_visible_keys_changed)
        popup.closed.connect(self._on_closed)
        self._icons.icon_ready.connect(self._on_icon_ready)
        accounts, page = self._state.accounts, self._state.page
        for changed in (accounts.apps_changed, accounts.session_changed, page.history_changed):
            changed.connect(self._begin)
        self._state.situation.changed.connect(self._look)
        return popup

    # Looking

    def _begin(self) -> None:
        """Look among what there is now, while the list is open."""
        popup, rows, accounts = self._popup, self._rows, self._state.accounts
        if popup is None or rows is None or not popup.isVisible():
            return
        from pgyer_desktop.ui.goto.finder import GoToFinder

        history = accounts.session.history if accounts.session is not None else None
        apps = {app.app_key: app for app in self._apps()}
        places = Places(rows.places(apps.values()), self._settings.value.gone_to)
        gone_to = [(apps[app], key) for app, key in self._builds_gone_to() if app in apps]
        numbers = self._finder.numbers if self._finder is not None else ()
        self._finder = GoToFinder(places, history, gone_to)
        self._finder.numbers = [about for about in numbers if about.app.app_key in apps]
        if history is not None:
            self._read_numbers(history, tuple(apps.values()))
        self._look()

    def _read_numbers(self, history: History, apps: tuple[KnownApp, ...]) -> None:
        """Read what builds are called, those of the open app first; anew if it is wanted again before that ends."""
        from pgyer_desktop.core.goto.numbers import read_numbers

        opened = self._state.accounts.app
        open_key = opened.app_key if opened is not None else ""
        some = sorted(apps, key=lambda app: app.app_key != open_key)

        def on_done(numbers: list[AppNumbers]) -> None:
            session = self._state.accounts.session
            if self._finder is None or session is None or session.history is not history:
                return
            if self._stale:
                self._begin()
            else:
                self._finder.numbers = numbers
                self._look()

        self._stale = not self._tasks.start(
            "numbers",
            lambda: asyncio.to_thread(read_numbers, history, some, open_key),
            policy=Policy.DROP_IF_RUNNING,  # threads go on when they are given up, and would be many
            on_done=on_done,
            on_error=self._on_no_numbers,
        )

    def _apps(self) -> list[KnownApp]:
        """The apps of the account: those opened last first, but the one that is open comes after them."""
        accounts, opened = self._state.accounts, self._state.accounts.open
        if accounts.session is None:
            return []
        before = [app for app in accounts.recent_apps if opened is None or app.app_key != opened.app_key]
        now = [opened.app] if opened is not None else []  # opened by its key alone, it is in no list
        return list({app.app_key: app for app in (*before, *now, *accounts.apps)}.values())

    def _builds_gone_to(self) -> list[tuple[str, str]]:
        account = self._state.accounts.account
        found = self._state.accounts.book.settings(account.id).gone_to if account is not None else ()
        return [(app, key) for app, _, key in (place.partition("/") for place in found)]

    def _look(self) -> None:
        popup, finder = self._popup, self._finder
        if popup is not None and finder is not None and popup.isVisible():
            text = popup.search.text()
            self._tasks.start("find", lambda: finder.find(text), on_done=self._on_found)

    def _on_no_numbers(self, error: HistoryError) -> None:
        """Builds are not found then, and the rest all the same. What is wrong with the history others tell."""
        _log.warning("What builds are called cannot be read: %s", error)
        self._look()

    def _on_found(self, found: Found) -> None:
        if self._popup is not None and self._rows is not None and self._popup.isVisible():
            items = self._rows.rows(found)
            self._popup.show_found(items, more_to_come=self._tasks.is_running("numbers"))

    def _on_closed(self) -> None:
        self._tasks.cancel("find")
        self._finder = None  # with the numbers of perhaps a hundred thousand builds

    def _on_visible_keys_changed(self, keys: list[str]) -> None:
        if self._rows is not None:
            fields = self._rows.icons_of
            self._icons.request([fields[key] for key in keys if key in fields], place="goTo")

    def _on_icon_ready(self, field: str) -> None:
        pixmap = self._icons.pixmap(field)
        if pixmap is not None and self._popup is not None and self._rows is not None and self._popup.isVisible():
            for key in [key for key, other in self._rows.icons_of.items() if other == field]:
                self._popup.model.update_icon(key, QIcon(pixmap))

    # Going

    def _on_refused(self, key: str) -> None:
        if self._popup is not None and self._rows is not None:
            name = parts_of(key)[1]
            self._popup.refuse(self._rows.reason(name), railed=self._rows.is_railed(name))

    def _on_guards_requested(self) -> None:
        if self._popup is not None:
            self._popup.close()
        self._actions.by_id[Action.GUARDS].trigger()

    def _on_chosen(self, key: str) -> None:
        kind, place = parts_of(key)
        self._remember(kind, place)
        if kind is Kind.APP:
            opened = self._state.accounts.app
            if opened is None or opened.app_key != place:
                self._state.accounts.open_app(place)
            self.place_chosen.emit()
        elif kind is Kind.BUILD:
            app_key, _, build_key = place.partition("/")
            self.place_chosen.emit()
            self.build_chosen.emit(app_key, build_key)
        elif kind is Kind.SETTING:
            self.setting_chosen.emit(place)
        else:
            action = next(action for action in Action if action.value.id == place)
            self._actions.by_id[action].trigger()

    def _remember(self, kind: Kind, place: str) -> None:
        """Offer it first the next time; which apps were opened last is known already."""
        accounts = self._state.accounts
        if kind in {Kind.ACTION, Kind.SETTING}:
            self._settings.change(
                lambda all_: replace(all_, gone_to=used_again(all_.gone_to, key_of(kind, place), MAX_GONE_TO))
            )
        elif kind is Kind.BUILD and accounts.account is not None:
            accounts.book.remember(
                accounts.account.id, lambda one: replace(one, gone_to=used_again(one.gone_to, place, MAX_GONE_TO))
            )
        self._state.unsaved.note()
