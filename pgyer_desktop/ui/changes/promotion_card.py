"""Says that a promotion was seen on the service, and offers the way back, until it is closed or something else changes.

Must not change anything: going back is asked about as any promotion is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pgyer_desktop.core.base.names import short
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner, Severity

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.base.words import Text


class PromotionCard(NoticeBanner):
    """The card, hidden while there is no promotion to take back.

    Signals:
        return_requested: what was the latest before is to be the latest again.
    """

    return_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "promotion")
        self.setObjectName("promotionCard")
        self._action.setObjectName("promotionReturn")
        self.action_triggered.connect(self.return_requested)

    def show_promotion(self, text: Text | None, before: str = "") -> None:
        """Show `text`, and the way back to what was the latest `before`; None hides the card."""
        if text is None:
            self.clear()
            return
        words = self.tr("Go back to {build}…").format(build=short(before)).replace("&", "&&")
        self.show_notice(text=say(text), severity=Severity.INFO, action_text=words, key="promotion")
