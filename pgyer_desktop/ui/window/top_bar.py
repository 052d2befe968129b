"""The bar at the top of the window: which account, which app, what is looked for, and the menu with everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.base.actions import Action, Menu
from pgyer_desktop.ui.accounts.account_picker import AccountPicker
from pgyer_desktop.ui.accounts.app_picker import AppPicker
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.history.search_field import SearchField
from pgyer_desktop.ui.widgets.buttons import icon_button, menu_button
from pgyer_desktop.ui.widgets.layout import row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.words import describe

if TYPE_CHECKING:
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.state.window_state import WindowState

BUTTON_EDGE: Final = theme.SPACE_EDGE - theme.SPACE
"""Flat buttons carry eight pixels of their own: so their words stand on the line of everything below."""
_MORE_ORDER: Final = (Menu.VIEW, Menu.FILE, Menu.BUILD, Menu.HELP)


class TopBar(QWidget):
    """The pickers, the search field and two buttons.

    Signals:
        place_chosen: a person has chosen an account or an app, and goes on with its builds.
    """

    place_chosen = Signal()

    def __init__(self, state: WindowState, icons: IconLoader, actions: WindowActions, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._situation = state.situation
        self.account_picker = AccountPicker(state, actions, window)
        self.app_picker = AppPicker(state, icons, actions, window)
        self.search = SearchField(window)
        self._refresh_button = icon_button("refreshButton", "refresh", self.tr("Refresh"), self)
        more = [action for action in Action if action.value.in_more_menu]
        more.sort(key=lambda action: _MORE_ORDER.index(action.value.menu))
        words = self.tr("More")
        menu = actions.new_menu("moreMenu", more, window, words)
        self._more_button = menu_button("moreButton", "more", words, menu, self)
        self._lay_out()
        self.account_picker.item_chosen.connect(self.place_chosen)
        self.app_picker.item_chosen.connect(self.place_chosen)
        self._refresh_button.clicked.connect(actions.by_id[Action.REFRESH].trigger)
        self.follow_situation()

    def follow_situation(self) -> None:
        """Enable what can be done now; the actions know it already."""
        refresh = self._actions.by_id[Action.REFRESH]
        self._refresh_button.setEnabled(refresh.isEnabled())
        self._refresh_button.setToolTip(refresh.toolTip())
        describe(self._refresh_button, refresh.statusTip())
        self.search.setEnabled(self._situation.now().searchable)

    def _lay_out(self) -> None:
        row(
            self.account_picker,
            self.app_picker,
            stretch(1),
            wide(self.search, 2),
            self._refresh_button,
            self._more_button,
            inside=self,
            margins=(BUTTON_EDGE, theme.SPACE, BUTTON_EDGE, theme.SPACE),
        )
