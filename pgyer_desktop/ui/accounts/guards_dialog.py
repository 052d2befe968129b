"""The guard rails of one account: its colour, and what this program makes hard or refuses.

Must not save anything: it says by signal what was chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QFormLayout, QSpinBox, QWidget

from pgyer_desktop.core.accounts.guards import MOST_DELETES, Colour, Guards
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import fill
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

_SWATCH: Final = 14


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
        self._read_only = QCheckBox(self.tr("Read-only: nothing can be changed on Pgyer"), self)
        self._read_only.setObjectName("guardsReadOnly")
        self._read_only.setChecked(guards.read_only)
        self._type_version = QCheckBox(self.tr("Type the version before a build is promoted or deleted"), self)
        self._type_version.setObjectName("guardsTypeVersion")
        self._type_version.setChecked(guards.type_version)
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
        fill(self.body, lead, form, self._read_only, self._type_version, remark)
        save = self.add_button("guardsSave", self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button("guardsCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setDefault(True)
        self.buttons.accepted.connect(self._on_save)
        self._update_look()

    def _on_save(self) -> None:
        chosen = replace(
            self._guards,
            colour=self._colour.currentData().value,
            read_only=self._read_only.isChecked(),
            type_version=self._type_version.isChecked(),
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
