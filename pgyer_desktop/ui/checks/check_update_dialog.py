"""Asks which build a device is offered when it looks for an update, and shows the answer.

Must not ask the service: it says by signal what is to be asked, and is handed the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRegularExpression, QSize, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.checks.result import CheckResult
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill, row, wide
from pgyer_desktop.ui.widgets.scrolled_page import bring_into_view
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build, UpdateCheck


_LOWEST: Final = 320
"""Logical pixels that the dialog may have in any window."""


class CheckUpdateDialog(Dialog):
    """Checks what one device is offered. It stays open until the person closes it.

    It is no taller than the window behind it. Who opens it calls `check`: the first answer comes without a click.

    Signals:
        check_requested: args: version, Pgyer build (digits), channel key, each a str and "" where none was given.
        copy_link_requested: arg: the link to copy (str).
    """

    check_requested = Signal(str, str, str)
    copy_link_requested = Signal(str)

    def __init__(self, app_name: str, build: Build | None = None, parent: QWidget | None = None) -> None:
        """`build` is what the device has, to begin with; None asks about the app as such."""
        super().__init__("checkUpdateDialog", parent, width=520)
        self.set_titles(self.tr("Check update"), self.tr("What is a device offered?"))
        self._build = build
        self._busy = False
        self._asked = ("", "", "")
        words = self.tr(
            "{app}: what Pgyer offers a device with this version. Leave the version empty to see the latest."
        )
        lead = Label(self, ink=Ink.SOFT, text=words.format(app=app_name))
        self._version = Field("checkVersionEdit", self.tr("Version"), self)
        self._pgyer_build = Field("checkBuildEdit", self.tr("Pgyer build"), self)
        self._pgyer_build.edit.setValidator(
            QRegularExpressionValidator(QRegularExpression("[0-9]{0,18}"), self._pgyer_build.edit)
        )
        self._channel = Field("checkChannelEdit", self.tr("Channel key"), self, placeholder=self.tr("Optional"))
        for field in (self._version, self._pgyer_build, self._channel):
            field.edit.setMaxLength(128)
        if build is not None:
            self._version.edit.setText(build.version)
            self._pgyer_build.edit.setText(str(build.pgyer_build) if build.pgyer_build is not None else "")
        self._progress = ThinProgress(self)
        self._problem = ProblemLine("checkProblem", self)
        self._result = CheckResult(self)
        self._ask = self.add_button("checkAskButton", self.tr("Check"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ask.setDefault(True)
        self.add_button("checkCloseButton", self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)

        asked = (self._version, self._pgyer_build, self._channel)
        fields = row(*(wide(field) for field in asked), spacing=theme.SPACE_GROUP)
        fill(self.body, lead, fields, self._progress, self._problem, self._result)
        self._version.edit.setFocus()
        self._version.edit.selectAll()
        self.buttons.accepted.connect(self.check)
        self._result.copy_link_requested.connect(self.copy_link_requested)

    def set_busy(self, *, busy: bool) -> None:
        """Show that Pgyer is being asked. The answer before stays until there is another."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            self._problem.clear()
            if self._ask.hasFocus():
                # A button that is disabled hands its focus to the next one, where Enter would close the dialog.
                self._version.edit.setFocus()
            self._progress.start()
        else:
            self._progress.stop()
        for field in (self._version, self._pgyer_build, self._channel):
            # Read-only and not disabled: the focus stays where it is.
            field.edit.setReadOnly(busy)
        self._ask.setEnabled(not busy)

    def show_answer(self, answer: UpdateCheck) -> None:
        """Show what Pgyer answered to what was asked last."""
        self._problem.clear()
        own_key = self._build.build_key if self._build is not None else ""
        self._result.show_answer(answer, question=self._asked, own_key=own_key)
        bring_into_view(self._result)

    def show_problem(self, text: str) -> None:
        """Say why there is no answer. An answer before, to another question, is taken away."""
        self._result.hide()
        self._problem.show_text(text)

    @property
    def room(self) -> QSize:
        """The largest size: the screen's, and no taller than the window behind it, where the answer scrolls."""
        room, parent = super().room, self.parentWidget()
        if parent is not None and parent.isVisible():
            room.setHeight(min(room.height(), max(parent.window().height(), _LOWEST)))
        return room

    def check(self) -> None:
        """Ask what the fields say."""
        if self._busy:
            return
        self._asked = (
            self._version.edit.text().strip(),
            self._pgyer_build.edit.text().strip(),
            self._channel.edit.text().strip(),
        )
        self.check_requested.emit(*self._asked)
