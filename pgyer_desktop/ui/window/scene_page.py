"""The calm page that stands where the table would be, with the words for each reason.

Must not decide which scene it is; that is the page's state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.keystore import keyring_name
from pgyer_desktop.ui.base import resources
from pgyer_desktop.ui.base.formatting import read_on
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.widgets.empty_page import EmptyPage
from pgyer_desktop.ui.widgets.spoken.announcement import Standing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.state.window_state import WindowState


class ScenePage(EmptyPage):
    """Says why there are no builds, with the button that helps.

    Signals:
        action_requested: a button was pressed. arg: Action.
        key_requested: the person wants to enter the account's key.
    """

    action_requested = Signal(object)
    key_requested = Signal()

    def __init__(self, state: WindowState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("scenePage")
        self._state = state
        self._standing = Standing(self)
        self.primary_requested.connect(self._on_primary)
        self.secondary_requested.connect(self._on_secondary)
        state.page.scene_changed.connect(self._write)
        state.accounts.app_changed.connect(self._write)
        state.accounts.account_changed.connect(self._write)
        state.accounts.accounts_changed.connect(self._write)
        self._write()

    def _on_primary(self) -> None:
        scene = self._state.page.scene
        if scene is Scene.NO_KEY:
            self.key_requested.emit()
        else:
            self.action_requested.emit(Action.ADD_APP if scene is Scene.NO_APPS else Action.REFRESH)

    def _on_secondary(self) -> None:
        scene = self._state.page.scene
        self.action_requested.emit(Action.ADD_APP if scene is Scene.APPS_UNKNOWN else Action.REFRESH)

    def _write(self) -> None:
        account = self._state.accounts.account.name if self._state.accounts.account is not None else ""
        app = app_title(self._state.accounts.app) if self._state.accounts.app is not None else ""
        contents = {
            Scene.OPENING: ("", "", self.tr("Opening {account}…").format(account=account)),
            Scene.NO_KEY: (
                "key",
                self.tr("The key of {account} is not here").format(account=account),
                self.tr("Unlock {vault} and try again, or enter the API key once more.").format(
                    vault=say(keyring_name())
                ),
                self.tr("Enter key…"),
                self.tr("Try again"),
            ),
            Scene.NO_APPS: (
                "app",
                self.tr("No apps in this account yet"),
                self.tr("Apps that you upload to Pgyer show here. One of another account can be added by its App Key."),
                self.tr("Add app by key…"),
                self.tr("Refresh"),
            ),
            Scene.APPS_UNKNOWN: (
                "cloud-off",
                self.tr("The apps could not be read"),
                self.tr("An app can also be opened by its App Key."),
                self.tr("Retry"),
                self.tr("Add app by key…"),
            ),
            Scene.NO_BUILDS: (
                "inbox",
                self.tr("{app} has no builds yet").format(app=app),
                self.tr("Builds show here once they are uploaded to Pgyer."),
                self.tr("Refresh"),
            ),
            Scene.BUILDS_UNKNOWN: (
                "cloud-off",
                self.tr("The builds of {app} could not be read").format(app=app),
                self.tr("They show here as soon as Pgyer answers."),
                self.tr("Retry"),
            ),
        }
        scene = self._state.page.scene
        if scene in contents:
            self.set_content(*contents[scene])
        # Why something could not be read, the notice says.
        told = scene in {Scene.NO_KEY, Scene.NO_APPS, Scene.NO_BUILDS}
        self._standing.write(read_on(*contents[scene][1:3]) if told else "")


class WelcomePage(EmptyPage):
    """What the first start shows: connect an account, or try the demo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self.primary_button.setObjectName("connectAccountButton")
        self.secondary_button.setObjectName("tryDemoButton")
        self.set_content(
            "",
            self.tr("Welcome to Pgyer Desktop"),
            self.tr(
                "See the builds of your apps, get one onto a phone, and decide which one users are offered."
                " An unofficial client for Pgyer."
            ),
            self.tr("Connect an account"),
            self.tr("Try the demo"),
        )
        self.set_picture(resources.app_icon())


class NoMatchesPage(EmptyPage):
    """What shows when nothing was found: its button reads what was not searched yet, or clears the search.

    Signals:
        clear_requested: nothing is to be searched for any more.
        rest_requested: what is missing is to be read.
    """

    clear_requested = Signal()
    rest_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noMatchesPage")
        self._reads = False
        self.primary_requested.connect(self._on_primary)
        self.set_covered(everything=True)

    def set_covered(self, *, everything: bool, loading: bool = False) -> None:
        """Say whether everything was searched that there is, or is about to be."""
        self._reads = not everything and not loading
        self.primary_button.setObjectName("readRestButton" if self._reads else "clearFilterButton")
        title = self.tr("No build matches") if everything else self.tr("Nothing found so far")
        button = self.tr("Read the rest") if self._reads else self.tr("Clear")
        self.set_content("search", title, "" if everything else self.tr("Not all builds have been read."), button)

    def _on_primary(self) -> None:
        (self.rest_requested if self._reads else self.clear_requested).emit()
