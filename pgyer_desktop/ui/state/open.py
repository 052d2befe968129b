"""What is open: an account with its session, and one of its apps. One value, so that nobody asks for them one by one.

Must not know what is shown of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgyer_desktop.core.base.names import short

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.accounts import Account
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.history.app_history import AppHistory


@dataclass(frozen=True, slots=True)
class Open:
    """An account that is connected, and the app that is open in it."""

    account: Account
    session: Session
    app: KnownApp

    @property
    def app_key(self) -> str:
        """The key of the app."""
        return self.app.app_key

    @property
    def title(self) -> str:
        """What the app is called."""
        return app_title(self.app)

    @property
    def history(self) -> AppHistory | None:
        """What is kept on this computer of what was read of the app; None where nothing is."""
        history = self.session.history
        return history.of(self.app.app_key) if history is not None else None

    def is_same(self, other: Open | None) -> bool:
        """Whether `other` is the same app in the same session, perhaps with another name."""
        return other is not None and other.session is self.session and other.app_key == self.app_key

    def is_same_app(self, other: Open | None) -> bool:
        """Whether `other` is the same app of the same account, also where that has been opened anew."""
        return other is not None and other.account.id == self.account.id and other.app_key == self.app_key


def app_title(app: KnownApp) -> str:
    """What an app is called in sentences and titles, also where it has no name."""
    return short(app.name or app.identifier or app.app_key)
