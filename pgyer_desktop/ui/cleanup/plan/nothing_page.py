"""In the place of a plan that deletes nothing: what keeps how many builds, and the click that changes it.

Must not change the rules: it says which ones are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pgyer_desktop.core.cleanup.leaner import keepers, leaner
from pgyer_desktop.core.cleanup.retention import ReasonKind
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.cleanup.plan.policy_box import described
from pgyer_desktop.ui.widgets.empty_page import EmptyPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.builds.keeping import Rules
    from pgyer_desktop.core.cleanup.retention import Plan


class NothingPage(EmptyPage):
    """Why nothing is to be deleted.

    Signals:
        rules_requested: the rules that find something are to be taken. arg: `Rules`.
        rules_again_requested: what was kept by hand is to go as the rules say.
    """

    rules_requested = Signal(object)
    rules_again_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cleanUpNothing")
        self.primary_button.setObjectName("cleanUpNothingChange")
        self.primary_button.setDefault(False)
        self.primary_button.setAutoDefault(False)
        self._rules: Rules | None = None
        self.primary_requested.connect(self._on_change)

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
        self._rules = offer.rules if offer is not None else None
        if by_hand:
            words = self.tr("Delete by the rules (%n)", "", by_hand)
        elif offer is not None:
            words = self.tr("{rules} (%n to delete)", "", offer.deletes).replace("{rules}", described(offer.rules))
        else:
            words = ""
        title = self.tr("All %n build(s) are kept", "", count) if count else self.tr("There are no builds")
        self.set_content("", title, lines, words)

    def _on_change(self) -> None:
        if self._rules is not None:
            self.rules_requested.emit(self._rules)
        else:
            self.rules_again_requested.emit()
