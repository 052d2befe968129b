"""The button that says which app is open and opens the list of all, to search by name, identifier and short link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QIcon

from pgyer_desktop.api import Platform
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.base import formatting, resources
from pgyer_desktop.ui.state.handlers import handles
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.widgets.pickers.button import PickerButton, PickerItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.state.window_state import WindowState


class AppPicker(PickerButton):
    """Follows the account's apps, the recent ones first, and opens the chosen one."""

    def __init__(self, state: WindowState, icons: IconLoader, actions: WindowActions, parent: QWidget) -> None:
        super().__init__("appPicker", parent, with_subtitle=True)
        self.set_label(self.tr("App"))
        self.set_placeholder(self.tr("No app"), self.tr("Search apps by name, identifier or short link"))
        self.set_empty_text(self.tr("No apps to show yet"))
        self._state = state
        self._icons = icons
        self._by_icon: dict[str, set[str]] = {}
        self._reload = QAction(self)
        self._reload.setObjectName("actionReloadApps")
        self._reload.setIcon(resources.icon("refresh"))
        self._reload.triggered.connect(state.accounts.load_apps)
        self.add_footer_action(actions.by_id[Action.ADD_APP])
        self.add_footer_action(self._reload, closes=False)
        self.item_chosen.connect(self._on_chosen)
        self.visible_keys_changed.connect(self._on_visible_keys_changed)
        icons.icon_ready.connect(self._on_icon_ready)
        state.accounts.apps_changed.connect(self._update_apps)
        state.accounts.app_changed.connect(self._update_apps)
        state.accounts.session_changed.connect(self._update_apps)
        self._update_apps()

    @handles(Action.SWITCH_APP)
    def switch_app(self) -> None:
        """Open the list."""
        self.open_popup()

    def _on_chosen(self, app_key: str) -> None:
        app = self._state.accounts.app
        if app is None or app.app_key != app_key:
            self._state.accounts.open_app(app_key)

    def _on_visible_keys_changed(self, keys: list[str]) -> None:
        icons = {app.app_key: app.icon for app in self._state.accounts.apps}
        self._icons.request([icons[key] for key in keys if icons.get(key)], place="picker")

    def _on_icon_ready(self, icon: str) -> None:
        pixmap = self._icons.pixmap(icon)
        if pixmap is not None:
            for key in self._by_icon.get(icon, ()):
                self.update_icon(key, QIcon(pixmap))

    def _update_apps(self) -> None:
        state = self._state
        apps = list(state.accounts.apps)
        if state.accounts.app is not None and all(app.app_key != state.accounts.app.app_key for app in apps):
            apps.insert(0, state.accounts.app)  # opened by its key alone
        self._by_icon = {}
        for app in apps:
            self._by_icon.setdefault(app.icon, set()).add(app.app_key)
        recent = state.accounts.recent_apps
        items = [self._item(app, self.tr("Recent")) for app in recent]
        shown = {app.app_key for app in recent}
        rest = [app for app in apps if app.app_key not in shown]
        items += [self._item(app, self.tr("Other apps") if recent else "") for app in rest]
        self.set_items(items)
        self.set_current(state.accounts.app.app_key if state.accounts.app is not None else None)
        self.setEnabled(state.accounts.session is not None)
        self._reload.setEnabled(state.accounts.session is not None and not state.accounts.apps_loading)
        if state.accounts.apps_loading:
            self._reload.setText(self.tr("Reading the list of apps…"))
        elif state.accounts.apps_partial:
            self._reload.setText(self.tr("The list is not complete. Reload it"))
        else:
            self._reload.setText(self.tr("Reload the list"))
        if state.accounts.app is not None and state.accounts.app.icon:
            self._icons.request([state.accounts.app.icon], place="app")

    def _item(self, app: KnownApp, section: str) -> PickerItem:
        pixmap = self._icons.pixmap(app.icon) if app.icon else None
        platform = formatting.platform(app.platform) if app.platform is not Platform.UNKNOWN else ""
        return PickerItem(
            app.app_key,
            app_title(app),
            " · ".join(part for part in (platform, app.identifier) if part and part != app_title(app)),
            f"{app.identifier} {app.shortcut} {app.app_key}",
            section,
            QIcon(pixmap) if pixmap is not None else None,
        )
