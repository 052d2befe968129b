"""What the program is, whose it is not, and what it runs on; and what a report of a problem needs of that."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

import PySide6
from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop import __version__
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ICON_SIDE: Final = 64
NAME: Final = "Pgyer Desktop"
_ACTION: Final = QDialogButtonBox.ButtonRole.ActionRole


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
        facts.set_fields(_details())
        self.add_copy("aboutCopyButton", self.tr("Copy details")).clicked.connect(self._on_copy)
        self.add_close("aboutCloseButton").setFocus()

        words = column(stretch(), self.take_heading(), version, stretch(), spacing=theme.SPACE_TIGHT)
        head = row(icon, wide(words), spacing=theme.SPACE_GROUP)
        fill(self.body, head, unofficial, facts)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(_details_as_text())


class ReportDialog(Dialog):
    """Says what a report of a problem needs. It sends nothing, and stays open until the person closes it.

    Signals:
        log_requested: the log's folder is to be opened.
    """

    log_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("reportDialog", parent, width=480)
        self.set_titles(self.tr("Report a problem"), self.tr("What went wrong?"))
        what = Label(
            self,
            text=self.tr(
                "Describe what you did, what you expected and what happened instead, and send it with"
                " these details to whoever gave you the program."
            ),
        )
        facts = named("reportDetails", FieldList(self), self.tr("What the program runs on"))
        facts.set_fields((("Pgyer Desktop", __version__), *_details()[1:]))
        keys = self.tr("The newest file in the log's folder helps too. API keys are struck out of it.")
        self.add_copy("reportCopyButton", self.tr("Copy details")).clicked.connect(
            lambda: QGuiApplication.clipboard().setText(_details_as_text())
        )
        log = self.add_button("reportLogButton", self.tr("Open the log's folder"), _ACTION)
        log.setAutoDefault(False)
        log.clicked.connect(self.log_requested)
        self.add_close("reportCloseButton").setFocus()
        fill(self.body, what, facts, Label(self, Size.CAPTION, Ink.SOFT, text=keys))


def _details() -> tuple[tuple[str, str], ...]:
    return (
        (say(translate("help", "Licence")), "MIT"),
        ("Qt", f"{qVersion()} (LGPL)"),
        ("PySide6", f"{PySide6.__version__} (LGPL)"),
        ("Python", platform.python_version()),
        (
            say(translate("help", "System")),
            f"{platform.platform(terse=True)}, {platform.machine() or sys.platform}",
        ),
    )


def _details_as_text() -> str:
    return "\n".join((f"{NAME} {__version__}", *(f"{name}: {value}" for name, value in _details())))
