"""The guard rails of one account: its colour, and what this program makes hard or refuses.

Must not save anything: it says by signal what was chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QFormLayout, QLayout, QSpinBox, QWidget

from pgyer_desktop.core.accounts.guards import MOST_DELETES, Colour, Guards
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

_SWATCH: Final = 14
_UNDER_WORDS: Final = 24
"""From the left of a check box to its words, in logical pixels."""


class GuardsDialog(Dialog):
    """Edits the guard rails of one account. "Save" accepts it.

    Signals:
        guards_chosen: arg: `Guards`.
    """

    guards_chosen = Signal(object)

    def __init__(self, account_name: str, guards: Guards, parent: QWidget | None = None) -> None:
        super().__init__("guardsDialog", parent, width=480)
        self.set_titles(self.tr("Guard rails"), self.tr("Guard rails of {account}").format(account=account_name))
        self._guards = guards
        lead = Label(self, ink=Ink.SOFT)
        lead.setText(self.tr("They count on this computer only. Pgyer and your colleagues do not see them."))
        self._colour = QComboBox(self)
        self._colour.setObjectName("guardsColour")
        words = {
            Colour.NONE: self.tr("None"),
            Colour.RED: self.tr("Red"),
            Colour.ORANGE: self.tr("Orange"),
            Colour.GREEN: self.tr("Green"),
            Colour.BLUE: self.tr("Blue"),
            Colour.PURPLE: self.tr("Purple"),
        }
        for colour in Colour:
            self._colour.addItem(words[colour], colour)
        self._colour.setCurrentIndex(list(Colour).index(guards.paint))
        colour_label = Label(self, text=self.tr("Colour of the window"))
        colour_label.setBuddy(self._colour)
        self._colour.setAccessibleName(colour_label.text())
        self._read_only = self._switch(
            "guardsReadOnly",
            self.tr("Read-only"),
            self.tr("Nothing can be changed on Pgyer: right for everybody who only installs and tests."),
            on=guards.read_only,
        )
        self._production = self._switch(
            "guardsProduction",
            self.tr("Production"),
            self.tr("Users depend on what this account offers: each promotion counts as risky."),
            on=guards.production,
        )
        self._type_promotions = self._switch(
            "guardsTypePromotions",
            self.tr("Type the version for risky promotions"),
            self.tr("Risky is a lower version, another platform or identifier, a build that is still being published."),
            on=guards.type_promotions,
        )
        self._type_deletes = self._switch(
            "guardsTypeDeletes",
            self.tr("Type for risky deletes"),
            self.tr("Risky is deleting the latest, a pinned build, or more than ten at once."),
            on=guards.type_deletes,
        )
        self._most = QSpinBox(self)
        self._most.setObjectName("guardsMostDeletes")
        self._most.setRange(1, MOST_DELETES)
        self._most.setValue(guards.deletes)
        most_label = Label(self, text=self.tr("Most deletes in one run"))
        most_label.setBuddy(self._most)
        self._most.setAccessibleName(most_label.text())
        remark = Label(self, Size.CAPTION, Ink.SOFT)
        remark.setText(self.tr("The latest build can only be deleted by typing its version, whatever is chosen."))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_GROUP)
        form.setVerticalSpacing(theme.SPACE)
        form.addRow(colour_label, self._colour)
        form.addRow(most_label, self._most)
        switches = (self._read_only, self._production, self._type_promotions, self._type_deletes)
        fill(self.body, lead, form, *(self._explained(switch) for switch in switches), remark)
        save = self.add_button("guardsSave", self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button("guardsCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setDefault(True)
        self.buttons.accepted.connect(self._on_save)
        self._update_look()

    def _switch(self, name: str, words: str, sentence: str, *, on: bool) -> QCheckBox:
        switch = named(name, QCheckBox(words, self))
        switch.setAccessibleDescription(sentence)
        switch.setChecked(on)
        return switch

    def _explained(self, switch: QCheckBox) -> QLayout:
        """A switch with its sentence under its words."""
        sentence = Label(self, Size.CAPTION, Ink.SOFT, text=switch.accessibleDescription())
        under = row(_UNDER_WORDS, wide(sentence), spacing=0)
        return column(row(switch, stretch()), under, spacing=theme.SPACE_TIGHT)

    def _on_save(self) -> None:
        chosen = replace(
            self._guards,
            colour=self._colour.currentData().value,
            read_only=self._read_only.isChecked(),
            type_promotions=self._type_promotions.isChecked(),
            type_deletes=self._type_deletes.isChecked(),
            production=self._production.isChecked(),
            most_deletes=self._most.value(),
        )
        self.guards_chosen.emit(chosen)
        self.accept()

    def _update_look(self) -> None:
        for number, colour in enumerate(Colour):
            paint = theme.account_colour(colour, self.palette())
            picture = QPixmap(_SWATCH, _SWATCH)
            picture.fill(paint if paint is not None else QColor(0, 0, 0, 0))
            self._colour.setItemIcon(number, QIcon(picture))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._update_look()
