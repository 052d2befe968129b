"""What the program is, whose it is not, and what it runs on."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

import PySide6
from PySide6.QtCore import QEvent, QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from pgyer_desktop import __version__
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ICON_SIDE: Final = 64
NAME: Final = "Pgyer Desktop"


class AboutDialog(Dialog):
    """What the program is. It stays open until the person closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("aboutDialog", parent, width=460)
        self.set_titles(self.tr("About {program}").format(program=NAME), NAME)
        self._icon = QLabel(self)
        self._icon.setFixedSize(_ICON_SIDE, _ICON_SIDE)
        version = Label(self, ink=Ink.SOFT, text=self.tr("Version {version}").format(version=__version__))
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        unofficial = Label(self, text=self.tr("Unofficial client. Not made or supported by Pgyer."))
        facts = FieldList(self)
        facts.setObjectName("aboutDetails")
        facts.setAccessibleName(self.tr("What the program runs on"))
        facts.set_fields(self._details())
        copy = CopyButton("aboutCopyButton", self.tr("Copy details"), self)
        self.buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        close = self.add_button("aboutCloseButton", self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        close.setFocus()

        words = column(stretch(), self.take_heading(), version, stretch(), spacing=theme.SPACE_TIGHT)
        head = row(self._icon, wide(words), spacing=theme.SPACE_GROUP)
        fill(self.body, head, unofficial, facts)
        copy.clicked.connect(self._on_copy)
        self._update_icon()

    def _details(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Licence"), "MIT"),
            ("Qt", f"{qVersion()} (LGPL)"),
            ("PySide6", f"{PySide6.__version__} (LGPL)"),
            ("Python", platform.python_version()),
            (self.tr("System"), f"{platform.platform(terse=True)}, {platform.machine() or sys.platform}"),
        )

    def _on_copy(self) -> None:
        lines = [f"{NAME} {__version__}", *(f"{name}: {value}" for name, value in self._details())]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _update_icon(self) -> None:
        side = QSize(_ICON_SIDE, _ICON_SIDE)
        self._icon.setPixmap(resources.app_icon().pixmap(side, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the screen while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._update_icon()
