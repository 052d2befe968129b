"""What the program is, whose it is not, and what it runs on."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication

from pgyer_desktop import __version__
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
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
        icon = IconLabel(self)
        icon.show_icon(resources.app_icon(), side=_ICON_SIDE)
        version = Label(self, ink=Ink.SOFT, text=self.tr("Version {version}").format(version=__version__))
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        unofficial = Label(self, text=self.tr("Unofficial client. Not made or supported by Pgyer."))
        facts = named("aboutDetails", FieldList(self), self.tr("What the program runs on"))
        facts.set_fields(self._details())
        self.add_copy("aboutCopyButton", self.tr("Copy details")).clicked.connect(self._on_copy)
        self.add_close("aboutCloseButton").setFocus()

        words = column(stretch(), self.take_heading(), version, stretch(), spacing=theme.SPACE_TIGHT)
        head = row(icon, wide(words), spacing=theme.SPACE_GROUP)
        fill(self.body, head, unofficial, facts)

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
