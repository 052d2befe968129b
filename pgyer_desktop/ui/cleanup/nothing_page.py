"""In the place of a plan that deletes nothing: what keeps how many builds, and the click that changes it.

Must not change the rules: it says which ones are wanted.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pgyer_desktop.core.cleanup.leaner import keepers, leaner
from pgyer_desktop.core.cleanup.retention import ReasonKind
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.cleanup.policy_box import described
from pgyer_desktop.ui.widgets.empty_page import EmptyPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.cleanup.retention import Plan


class NothingPage(EmptyPage):
    """Why nothing is to be deleted, or why there is no plan.

    Signals:
        rules_requested: the rules that find something are to be taken. arg: `Rules`.
        rules_again_requested: what was kept by hand is to go as the rules say.
        reading_requested: the builds are to be read again.
    """

    rules_requested = Signal(object)
    rules_again_requested = Signal()
    reading_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cleanUpNothing")
        self.primary_button.setObjectName("cleanUpNothingChange")
        self.primary_button.setDefault(False)
        self.primary_button.setAutoDefault(False)
        self._then: Callable[[], None] = self.rules_again_requested.emit
        self.primary_requested.connect(self._on_pressed)

    def wait(self, words: str) -> None:
        """Say how far reading is; "" for nothing."""
        self.set_content("", words)

    def offer_reading(self) -> None:
        """Offer to read again what could not be read; why it could not is said elsewhere."""
        self._then = self.reading_requested.emit
        self.set_content("", self.tr("There is no plan"), "", self.tr("Read again"))

    def explain(self, plan: Plan) -> None:
        """Say it of this plan, which deletes nothing."""
        found = keepers(plan)
        count = len(plan.rows)
        lines = "\n".join(
            self.tr("{rule}: {count}").format(rule=say(keeper.text), count=formatting.number(keeper.builds))
            for keeper in found
        )
        by_hand = next((keeper.builds for keeper in found if keeper.reason.kind is ReasonKind.KEPT_BY_HAND), 0)
        offer = leaner(plan) if not by_hand else None
        if by_hand:
            words = self.tr("Delete by the rules (%n)", "", by_hand)
            self._then = self.rules_again_requested.emit
        elif offer is not None:
            words = self.tr("{rules} (%n to delete)", "", offer.deletes).replace("{rules}", described(offer.rules))
            self._then = partial(self.rules_requested.emit, offer.rules)
        else:
            words = ""
        title = self.tr("All %n build(s) are kept", "", count) if count else self.tr("There are no builds")
        self.set_content("", title, lines, words)

    def _on_pressed(self) -> None:
        self._then()
