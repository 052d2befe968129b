"""Shows the QR code of one build's page over the whole screen, to be scanned from across a table.

The page is that of exactly this build; no link of the service that carries the key can be here. Must not touch the
clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.screen import screen_of
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.widgets.dialog.dialog import NARROWEST, Dialog
from pgyer_desktop.ui.widgets.layout import fill, row, stretch
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build

CODE_SIDE: Final = 296
"""Logical pixels at least; seven for each module of a build page's code."""


class QrDialog(Dialog):
    """The QR code of one build. It stays open until the person closes it.

    Signals:
        copy_requested: the person wants the link in the clipboard.
    """

    copy_requested = Signal()

    def __init__(self, app_name: str, build: Build, parent: QWidget | None = None) -> None:
        super().__init__("qrDialog", parent, width=NARROWEST)
        self._fills_screen = False
        self.set_titles(self.tr("Show QR code"), app_name or build.name)
        try:
            link = links.build_page(build.build_key)
        except ValueError:
            link = ""
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        which = self._centred("qrBuild", formatting.build_title(build), ink=Ink.SOFT)
        self._code = code = named("qrDialogCode", QrCode(self))
        code.setAccessibleName(self.tr("QR code of this build's page"))
        code.setFixedSize(CODE_SIDE, CODE_SIDE)
        code.set_text(link or None)
        code.setVisible(bool(link))
        address = self._centred("qrLink", link, selectable=True)
        address.setAccessibleDescription(self.tr("Link to this build"))  # and the link is what is read
        if link:
            words = self.tr("Scan it with a phone to install exactly this build.")
        else:
            words = self.tr("Pgyer sent no usable key for this build, so there is no link to it.")
        hint = self._centred("qrHint", words, ink=Ink.SOFT)
        copy = self.add_copy("qrCopyButton", self.tr("Copy link"))
        copy.setEnabled(bool(link))
        copy.clicked.connect(self.copy_requested)
        self.add_close("qrCloseButton").setFocus()
        fill(self.body, which, row(stretch(), code, stretch()), address, hint)

    def show_once(self) -> None:
        """Open it over the whole screen of its window; it is deleted when it is finished."""
        self.finished.connect(self.deleteLater)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)  # on macOS a sheet stays in its window
        self._fills_screen = True
        parent = self.parentWidget()
        room = (screen_of(parent.window()) if parent is not None else self.screen()).size()
        rest = self.height_at(room.width()) - CODE_SIDE
        side = max(CODE_SIDE, min(room.width(), room.height() - rest) - 2 * theme.SPACE_WIDE)
        self._code.setFixedSize(side, side)
        self.showFullScreen()

    def fit(self) -> None:
        """Take the size that the content needs, unless it fills the screen."""
        if not self._fills_screen:
            super().fit()

    def _centred(self, name: str, text: str, *, ink: Ink = Ink.PLAIN, selectable: bool = False) -> Label:
        label = named(name, Label(self, ink=ink, text=text, selectable=selectable))
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label
