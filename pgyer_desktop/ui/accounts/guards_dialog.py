"""The guard rails of one account: its colour, and what this program makes hard or refuses.

Must not save anything: it says by signal what was chosen.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QSpinBox, QWidget

from pgyer_desktop.core.accounts.guards import MOST_DELETES, Guards
from pgyer_desktop.ui.accounts.colour_dots import ColourDots
from pgyer_desktop.ui.accounts.guard_switch import GuardSwitch
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import fill, row, stretch
from pgyer_desktop.ui.widgets.text.label import Ink, Label


class GuardsDialog(Dialog):
    """Edits the guard rails of one account. "Save" accepts it.

    Signals:
        guards_chosen: arg: `Guards`.
    """

    guards_chosen = Signal(object)

    def __init__(self, account_name: str, guards: Guards, parent: QWidget | None = None) -> None:
        super().__init__("guardsDialog", parent, width=496)
        self.set_titles(self.tr("Guard rails"), self.tr("Guard rails of {account}").format(account=account_name))
        self._guards = guards
        lead = Label(self, ink=Ink.SOFT)
        lead.setText(self.tr("They count on this computer only: nobody else sees them."))
        colour_label = self._label(self.tr("Colour of the window"))
        self._colour = ColourDots("guardsColour", colour_label.text(), guards.paint, self)
        self._read_only = GuardSwitch(
            "guardsReadOnly",
            self.tr("Read only"),
            self.tr("For testers: install and check builds, and change nothing by mistake."),
            self,
            on=guards.read_only,
        )
        self._production = GuardSwitch(
            "guardsProduction",
            self.tr("Production"),
            self.tr("Users depend on what this account offers: each promotion counts as risky."),
            self,
            on=guards.production,
        )
        self._type_promotions = GuardSwitch(
            "guardsTypePromotions",
            self.tr("Type the version for risky promotions"),
            self.tr("Risky: a lower version, other platform or identifier, or still publishing."),
            self,
            on=guards.type_promotions,
        )
        self._type_deletes = GuardSwitch(
            "guardsTypeDeletes",
            self.tr("Type for risky deletes"),
            self.tr("Risky: the latest, a pinned build, or more than ten at once."),
            self,
            on=guards.type_deletes,
        )
        self._most = QSpinBox(self)
        self._most.setObjectName("guardsMostDeletes")
        self._most.setRange(1, MOST_DELETES)
        self._most.setValue(guards.deletes)
        most_label = self._label(self.tr("Most deletes in one run"))
        most_label.setBuddy(self._most)
        self._most.setAccessibleName(most_label.text())
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_GROUP)
        form.setVerticalSpacing(theme.SPACE)
        form.addRow(colour_label, self._colour)
        form.addRow(most_label, row(self._most, stretch()))
        switches = (self._read_only, self._production, self._type_promotions, self._type_deletes)
        fill(self.body, lead, form, Hairline(self), *switches)
        save = self.add_button("guardsSave", self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button("guardsCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setDefault(True)
        self.buttons.accepted.connect(self._on_save)

    def _label(self, text: str) -> Label:
        """The words before a field, on one line."""
        label = Label(self, text=text)
        label.setWordWrap(False)
        return label

    def _on_save(self) -> None:
        chosen = replace(
            self._guards,
            colour=self._colour.chosen.value,
            read_only=self._read_only.on,
            type_promotions=self._type_promotions.on,
            type_deletes=self._type_deletes.on,
            production=self._production.on,
            most_deletes=self._most.value(),
        )
        self.accept()
        self.guards_chosen.emit(chosen)  # who asked over this window may close it now
