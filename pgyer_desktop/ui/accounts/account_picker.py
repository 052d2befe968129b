"""The button that says which account is on and opens the list of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.widgets.pickers.button import PickerButton, PickerItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.state.window_state import WindowState


class AccountPicker(PickerButton):
    """Follows the accounts and switches between them."""

    def __init__(self, state: WindowState, actions: WindowActions, parent: QWidget) -> None:
        super().__init__("accountPicker", parent, with_icons=False)
        self.set_label(self.tr("Account"))
        self.set_placeholder(self.tr("No account"), self.tr("Search accounts"))
        self.set_empty_text(self.tr("No account yet"))
        self._state = state
        self.set_max_width(200)
        self.add_footer_action(actions.by_id[Action.GUARDS])
        self.add_footer_action(actions.by_id[Action.ADD_ACCOUNT])
        self.add_footer_action(actions.by_id[Action.MANAGE_ACCOUNTS])
        self.item_chosen.connect(self._on_chosen)
        state.accounts.accounts_changed.connect(self._update_accounts)
        state.accounts.account_changed.connect(self._update_accounts)
        self._update_accounts()

    def _on_chosen(self, account_id: str) -> None:
        account = self._state.accounts.account
        if account is None or account.id != account_id:
            self._state.accounts.switch_account(account_id)

    def _update_accounts(self) -> None:
        account, book = self._state.accounts.account, self._state.accounts.book
        self.set_items([PickerItem(a.id, a.name, self.tr("Made-up apps") if a.demo else "") for a in book.accounts])
        self.set_current(account.id if account is not None else None)
