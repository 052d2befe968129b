"""Shows the QR code of one build's page, large enough for a phone at arm's length.

The page is that of exactly this build; no link of the service that carries the key can be here. Must not touch the
clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.dialog.dialog import NARROWEST, Dialog
from pgyer_desktop.ui.widgets.layout import fill, row, stretch
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build

CODE_SIDE: Final = 296
"""Logical pixels; seven for each module of a build page's code."""


class QrDialog(Dialog):
    """Stays open until the person closes it.

    Signals:
        copy_requested: the person wants the link in the clipboard.
    """

    copy_requested = Signal()

    def __init__(self, app_name: str, build: Build, parent: QWidget | None = None) -> None:
        super().__init__("qrDialog", parent, width=NARROWEST)
        self._app_name, self._build = app_name, build
        try:
            link = links.build_page(build.build_key)
        except ValueError:
            link = ""
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._which = self._centred("qrBuild", ink=Ink.SOFT)
        self._code = QrCode(self)
        self._code.setObjectName("qrDialogCode")
        self._code.setFixedSize(CODE_SIDE, CODE_SIDE)
        self._code.set_text(link or None)
        self._code.setVisible(bool(link))
        self._link = self._centred("qrLink", selectable=True)
        self._link.setText(link)
        self._hint = self._centred("qrHint", ink=Ink.SOFT)
        self._copy = CopyButton("qrCopyButton", self)
        self.buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setEnabled(bool(link))
        self._close = self.add_button("qrCloseButton", QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setDefault(True)
        self._close.setFocus()
        code = row(stretch(), self._code, stretch())
        fill(self.body, self._which, code, self._link, self._hint)
        self._copy.clicked.connect(self.copy_requested)
        self._retranslate()

    def _centred(self, name: str, *, ink: Ink = Ink.PLAIN, selectable: bool = False) -> Label:
        label = Label(self, ink=ink, selectable=selectable)
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label

    def _retranslate(self) -> None:
        name = name_of(self._build)
        self.set_titles(self.tr("QR code of {build}").format(build=name), self._app_name or self._build.name)
        self._which.setText(formatting.build_title(self._build))
        self._code.setAccessibleName(self.tr("QR code of this build's page"))
        self._link.setAccessibleName(self.tr("Link to this build"))
        if self._link.text():
            self._hint.setText(self.tr("Scan it with a phone to install exactly this build."))
        else:
            self._hint.setText(self.tr("Pgyer sent no usable key for this build, so there is no link to it."))
        self._copy.set_words(self.tr("Copy link"))
        self._close.setText(self.tr("Close"))
