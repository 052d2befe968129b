"""Asks for an App Key, so that an app can be opened that the account's list does not show.

Must not look the app up: the owner does, and says here how it ended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_APP_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")


class AddAppDialog(Dialog):
    """Asks for an App Key. It stays open until its owner calls `accept()`, or the person closes it.

    Signals:
        add_requested: arg: App Key (str), of the shape that App Keys have.
    """

    add_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("addAppDialog", parent, width=460)
        self.set_titles(self.tr("Add app by key"), self.tr("Which app is to be added?"))
        self._busy = False
        where = Label(self, ink=Ink.SOFT, text=self.tr("Pgyer shows the App Key on the app's page, under API."))
        self._key = Field("appKeyEdit", self.tr("App Key"), self)
        self._key.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._problem = ProblemLine("addAppProblem", self)
        self._progress = ThinProgress(self)
        self._add = self.add_button("addAppButton", self.tr("Add app"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._add.setDefault(True)
        self.add_button("addAppCancelButton", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        fill(self.body, where, self._key, self._problem, self._progress)
        self._key.edit.textChanged.connect(self._on_edited)
        self.buttons.accepted.connect(self._on_accepted)
        self._key.edit.setFocus()
        self._update_add()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the key is being looked up; only leaving is possible meanwhile."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            self._problem.clear()
            # On no button: else Enter, pressed twice, would add and then cancel.
            self.setFocus()
            self._progress.start()
        else:
            self._progress.stop()
        self._key.setEnabled(not busy)
        self._update_add()
        if not busy:
            self._key.edit.setFocus()
            self._key.edit.selectAll()

    def show_problem(self, text: str) -> None:
        """Say what went wrong, until something else is typed."""
        self._problem.show_text(text)

    def _app_key(self) -> str:
        return self._key.edit.text().strip()

    def _on_edited(self) -> None:
        self._problem.show_text(self._mistake())
        self._update_add()

    def _mistake(self) -> str:
        key = self._app_key()
        if not key or _APP_KEY.match(key):
            return ""
        if "/" in key:
            return self.tr("That is an address. Enter the App Key alone.")
        return self.tr("An App Key has letters, digits, hyphens and underscores only, 128 at most.")

    def _update_add(self) -> None:
        missing = "" if self._app_key() else self.tr("Enter the App Key first.")
        why_not = self._mistake() or missing
        self._add.setEnabled(not self._busy and not why_not)
        explain(self._add, why_not)

    def _on_accepted(self) -> None:
        if not self._busy and self._add.isEnabled():
            self.add_requested.emit(self._app_key())
