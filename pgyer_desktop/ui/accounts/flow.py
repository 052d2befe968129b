"""Leads a person through connecting, naming, re-keying and removing accounts.

Opens the dialogs, has the account book do the work, and tells the window's state. Keys pass through, none is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.accounts.accounts import KeyPlace
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.error_messages import Remedy, explain_key, joined
from pgyer_desktop.core.base.keystore import KeyStoreError, keyring_name
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.tasks import Policy
from pgyer_desktop.ui.state.browser import open_outside
from pgyer_desktop.ui.state.handlers import handles
from pgyer_desktop.ui.state.teller import Topic, explained

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import ApiKey
    from pgyer_desktop.core.accounts.accounts import Account, VerifiedKey
    from pgyer_desktop.core.accounts.guards import Guards
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.ui.accounts.account_dialog import AccountDialog
    from pgyer_desktop.ui.accounts.accounts_dialog import AccountsDialog
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.state.window_state import WindowState


_WAIT_SECONDS = 3.0


class AccountFlow(QObject):
    """What happens when something about accounts is chosen."""

    def __init__(self, state: WindowState, icons: IconLoader, window: QWidget) -> None:
        super().__init__(window)
        self._state = state
        self._icons = icons
        self._window = window
        self._tasks = state.teller.tasks(self)
        self._list: AccountsDialog | None = None
        self._kept = 0
        state.accounts.accounts_changed.connect(self._update_list)

    async def aclose(self) -> None:
        """Close what is being asked, and wait a little for a key that is being kept or removed.

        Only a little: the keyring may ask for its password, and nobody may be there to answer.
        """
        await self._tasks.aclose(seconds=_WAIT_SECONDS)

    @handles(Action.ADD_ACCOUNT)
    def connect_account(self) -> None:
        """Ask for a name and a key, and add the account once the key has been shown to work."""
        from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode

        dialog = AccountDialog(Mode.CONNECT, self._parent(), taken_names=self._state.accounts.book.names)

        def save(name: str, key: ApiKey | None, session_only: bool) -> None:
            book, guards = self._state.accounts.book, dialog.guards  # as they are chosen at this moment
            self._verify_and_keep(
                dialog,
                key,
                lambda verified: book.add(name, verified, session_only=session_only, guards=guards),
                self._on_connected,
            )

        self._open(dialog, save)

    def replace_key_of_current(self) -> None:
        """Ask for another key of the account that is on; the demo's is the list's business."""
        account = self._state.accounts.account
        if account is not None and account.demo:
            self.manage()
        elif account is not None:
            self.replace_key(account.id)

    def replace_key(self, account_id: str) -> None:
        """Ask for another key of an account."""
        from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode

        account = self._state.accounts.book.account(account_id)
        if account is None or account.demo:
            return
        dialog = AccountDialog(Mode.REPLACE_KEY, self._parent(), name=account.name)

        def save(_name: str, key: ApiKey | None, session_only: bool) -> None:
            book = self._state.accounts.book
            self._verify_and_keep(
                dialog,
                key,
                lambda verified: book.replace_key(account_id, verified, session_only=session_only),
                self._on_key_replaced,
            )

        self._open(dialog, save)

    def rename(self, account_id: str) -> None:
        """Ask for another name of an account."""
        from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode

        account = self._state.accounts.book.account(account_id)
        if account is None or account.demo:
            return
        taken = self._state.accounts.book.names - {account.name}
        dialog = AccountDialog(Mode.RENAME, self._parent(), name=account.name, taken_names=taken)

        def save(name: str, _key: ApiKey | None, _session_only: bool) -> None:
            self._state.accounts.book.rename(account_id, name)
            self._state.accounts.accounts_edited()
            dialog.accept()

        self._open(dialog, save)

    def guard(self, account_id: str, over: QWidget | None = None) -> None:
        """Show the guard rails of an account, to be changed."""
        from pgyer_desktop.ui.accounts.guards_dialog import GuardsDialog

        account = self._state.accounts.book.account(account_id)
        if account is None:
            return
        book = self._state.accounts.book
        dialog = GuardsDialog(account.name, book.settings(account_id).guards, over or self._parent())

        def keep(guards: Guards) -> None:
            if guards == book.settings(account_id).guards:
                return  # nobody has to look again, or ask anew
            book.remember(account_id, lambda kept: replace(kept, guards=guards))
            self._state.accounts.guards_edited()

        dialog.guards_chosen.connect(keep)
        dialog.show_once()

    @handles(Action.GUARDS)
    def guard_current(self, over: QWidget | None = None) -> None:
        """Show the guard rails of the account that is on, to be changed; `over` is the window that they stopped."""
        account = self._state.accounts.account
        if account is not None:
            self.guard(account.id, over)

    def remove(self, account_id: str) -> None:
        """Ask, then remove an account and its key. Nothing on Pgyer changes."""
        account = self._state.accounts.book.account(account_id)
        if account is None or account.demo:
            return
        self._tasks.start("ask", lambda: self._ask_to_remove(account), on_done=self._on_removal_answered)

    @handles(Action.MANAGE_ACCOUNTS)
    def manage(self) -> None:
        """Show all accounts."""
        from pgyer_desktop.ui.accounts.accounts_dialog import AccountsDialog

        if self._list is not None:
            self._list.raise_()
            return
        dialog = AccountsDialog(self._window)
        self._list = dialog
        dialog.add_requested.connect(self.connect_account)
        dialog.rename_requested.connect(self.rename)
        dialog.replace_key_requested.connect(self.replace_key)
        dialog.guards_requested.connect(self.guard)
        dialog.remove_requested.connect(self.remove)
        dialog.switch_requested.connect(self._on_switch)
        dialog.finished.connect(self._on_list_finished)
        self._update_list()
        dialog.open()

    @handles(Action.FIND_ACCOUNTS)
    def find(self) -> None:
        """Bring back the accounts that the settings have lost."""
        self._tasks.start(
            "find accounts",
            self._state.accounts.book.find,
            policy=Policy.DROP_IF_RUNNING,
            on_done=self._on_found,
            on_error=self._on_not_found,
        )

    @handles(Action.ADD_APP)
    def add_app(self) -> None:
        """Ask for an App Key, check it, and open the app."""
        from pgyer_desktop.ui.accounts.add_app_dialog import AddAppDialog

        session = self._state.accounts.session
        if session is None:
            return
        dialog = AddAppDialog(self._window)

        def on_done(app: KnownApp) -> None:
            dialog.set_busy(busy=False)
            dialog.accept()
            if self._state.accounts.session is session:
                self._state.accounts.add_app(app)

        def on_error(error: Exception) -> None:
            dialog.set_busy(busy=False)
            doing = translate("account_flow", "The app could not be added.")
            dialog.show_problem(say(explained(error, doing).text))

        def on_add(app_key: str) -> None:
            dialog.set_busy(busy=True)
            self._tasks.start("add app", lambda: session.find_app(app_key), on_done=on_done, on_error=on_error)

        dialog.add_requested.connect(on_add)
        dialog.rejected.connect(lambda: self._tasks.cancel("add app"))
        dialog.show_once()

    # Parts

    def _open(self, dialog: AccountDialog, save: Callable[[str, ApiKey | None, bool], None]) -> None:
        dialog.save_requested.connect(save)
        dialog.help_requested.connect(lambda: _show_key_page(dialog))
        dialog.rejected.connect(lambda: self._tasks.cancel("verify key"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _verify_and_keep(
        self,
        dialog: AccountDialog,
        key: ApiKey | None,
        keep: Callable[[VerifiedKey], Coroutine[None, None, Account]],
        then: Callable[[Account], None],
    ) -> None:
        """Show that `key` works, keep it, close the dialog. What fails is said in the dialog, which stays."""
        if key is None:
            return
        book = self._state.accounts.book

        def on_error(error: Exception) -> None:
            if not _is_open(dialog):
                return
            dialog.set_busy(busy=False)
            if isinstance(error, PgyerError):
                dialog.show_problem(say(explain_key(error).text))
                return
            problem = say(explained(error, translate("account_flow", "The key could not be kept.")).text)
            if isinstance(error, KeyStoreError):
                dialog.offer_session(problem)
            else:
                dialog.show_problem(problem)

        def on_kept(account: Account) -> None:
            if _is_open(dialog):
                dialog.set_busy(busy=False)
                dialog.accept()
            # Also where the dialog was left while the keyring asked for its password: the key is kept by now.
            then(account)

        def on_verified(verified: VerifiedKey) -> None:
            # A write: half of it would leave a key in the keyring that belongs to no account. Under a key of its own,
            # because one from a dialog that was left may still wait for the keyring's password.
            self._kept += 1
            self._tasks.start(
                f"keep key {self._kept}",
                lambda: keep(verified),
                policy=Policy.DROP_IF_RUNNING,
                on_done=on_kept,
                on_error=on_error,
            )

        dialog.set_busy(busy=True)
        self._tasks.start("verify key", lambda: book.verify(key), on_done=on_verified, on_error=on_error)

    def _on_connected(self, account: Account) -> None:
        self._state.accounts.accounts_edited()
        self._state.accounts.switch_account(account.id)
        self._state.teller.say(self.tr("{account} is connected.").format(account=account.name))

    def _on_key_replaced(self, account: Account) -> None:
        self._state.accounts.accounts_edited()
        current = self._state.accounts.account
        if current is not None and current.id == account.id:
            self._state.accounts.switch_account(account.id)
        self._state.teller.say(self.tr("The key of {account} has been replaced.").format(account=account.name))

    def _on_switch(self, account_id: str) -> None:
        if self._list is not None:
            self._list.accept()
        self._state.accounts.switch_account(account_id)

    def _on_list_finished(self) -> None:
        if self._list is not None:
            self._list.deleteLater()
            self._list = None

    def _update_list(self) -> None:
        from pgyer_desktop.ui.accounts.accounts_dialog import AccountRow

        if self._list is None:
            return
        current = self._state.accounts.account
        kept = self.tr("Key in {vault}").format(vault=say(keyring_name()))
        places = {
            KeyPlace.NOT_ASKED: kept,
            KeyPlace.KEYRING: kept,
            KeyPlace.SESSION: self.tr("Key for this session only"),
            KeyPlace.NONE: self.tr("No key"),
        }
        current_id = current.id if current is not None else ""
        self._list.set_accounts(
            [
                AccountRow(account.id, account.name, places[account.place], account.id == current_id)
                for account in self._state.accounts.book.accounts
                if not account.demo
            ]
        )

    def _on_found(self, accounts: tuple[Account, ...]) -> None:
        if not accounts:
            words = self.tr("{Vault} has no other account of this program.")
            self._state.teller.say(words.format(Vault=say(keyring_name(first=True))))
            return
        self._state.teller.settle(Topic.SETTINGS)
        self._state.accounts.accounts_edited()
        if self._state.accounts.account is None:
            self._state.accounts.start()
        self._state.teller.say(self.tr("%n account(s) are back.", "", len(accounts)))

    def _on_not_found(self, error: Exception) -> None:
        doing = translate("account_flow", "Your accounts could not be looked for.")
        text = joined(doing, explained(error, doing).text)
        self._state.teller.warn(Topic.KEY, text, Remedy.FIND_ACCOUNTS)

    def _parent(self) -> QWidget:
        """Over the list of accounts where it is open, so that it does not vanish behind it."""
        return self._list if self._list is not None else self._window

    async def _ask_to_remove(self, account: Account) -> Account | None:
        from pgyer_desktop.ui.changes import confirm_dialog, confirmations

        stops = any(one.account.id == account.id for one in self._state.changes.queues)
        question = confirmations.remove_account_question(account.name, stops=stops)
        return account if await confirm_dialog.ask(self._parent(), question, self._icons) else None

    def _on_removal_answered(self, account: Account | None) -> None:
        if account is None:
            return
        book = self._state.accounts.book
        self._state.changes.queues_unwanted.emit(account.id)
        # A write: half of it would leave an account without its key.
        self._tasks.start(
            f"remove {account.id}",
            lambda: book.remove(account.id),
            policy=Policy.DROP_IF_RUNNING,
            on_done=lambda _none: self._on_removed(account),
            on_error=lambda error: self._on_not_removed(account, error),
        )

    def _on_removed(self, account: Account) -> None:
        self._state.accounts.account_removed()
        self._state.teller.say(self.tr("{account} has been removed.").format(account=account.name))

    def _on_not_removed(self, account: Account, error: Exception) -> None:
        if isinstance(error, KeyStoreError):
            text = translate(
                "account_flow",
                "{account} was not removed, because its key could not be taken out of {vault}. Unlock {vault} and try"
                " again.",
            ).fill(account=account.name, vault=keyring_name())
            self._state.teller.warn(Topic.KEY, text)


def _is_open(dialog: AccountDialog) -> bool:
    """Whether the person still has it before them; left, it is deleted sooner or later."""
    return bool(Shiboken.isValid(dialog)) and dialog.isVisible()


def _show_key_page(dialog: AccountDialog) -> None:
    open_outside(
        links.console_keys_page(), dialog, lambda unopened: dialog.show_unopened(say(unopened.text), unopened.link)
    )
