"""Asks what the device of one saved update check has: its name, version, Pgyer build and channel.

Must not keep the case and must not ask Pgyer: it says by signal what was entered.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.checks.cases import MAX_FIELD, MAX_NAME, CheckCase, cleaned, current_user, mistake
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build

_EXACT: Final = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase

_FILL_WIDTH: Final = 380
"""Logical pixels that the words of the button have at most."""


class CheckCaseDialog(Dialog):
    """Asks for one case. It closes by itself once a valid case was saved.

    Signals:
        case_saved: arg: `CheckCase`, without a mistake.
    """

    case_saved = Signal(object)

    def __init__(
        self,
        case: CheckCase | None = None,
        others: Iterable[CheckCase] = (),
        parent: QWidget | None = None,
        *,
        latest: Build | None = None,
    ) -> None:
        """`case` None asks for a new one; names of `others` are taken; `latest`: what a current user has, if known."""
        super().__init__("checkCaseDialog", parent, width=460)
        if case is None:
            self.set_titles(self.tr("Add case"), self.tr("Which device is to be checked?"))
        else:
            self.set_titles(self.tr("Edit case"), self.tr("What does this device have?"))
        self._others, self._latest = tuple(others), latest
        lead = Label(self, ink=Ink.SOFT)
        lead.setText(self.tr("What the device reports to Pgyer. Leave empty what it does not report."))
        self._name = Field("caseNameEdit", self.tr("Name"), self, placeholder=self.tr("1.0 user"))
        self._version = Field("caseVersionEdit", self.tr("Version"), self)
        self._pgyer_build = Field("caseBuildEdit", self.tr("Pgyer build"), self)
        self._channel = Field("caseChannelEdit", self.tr("Channel key"), self, placeholder=self.tr("Optional"))
        self._fields = (self._name, self._version, self._pgyer_build, self._channel)
        self._name.edit.setMaxLength(MAX_NAME)
        for field in (self._version, self._pgyer_build, self._channel):
            field.edit.setMaxLength(MAX_FIELD)
            field.edit.setInputMethodHints(_EXACT)
        self._pgyer_build.edit.setValidator(
            QRegularExpressionValidator(QRegularExpression("[0-9]{0,18}"), self._pgyer_build.edit)
        )
        words = self.tr("Fill in the latest: {build}").format(build=name_of(latest)) if latest is not None else ""
        self._fill = push_button("caseFillButton", "", self)
        # A version has no longest.
        short = self._fill.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, theme.at_font(_FILL_WIDTH, self.font())
        )
        self._fill.setText(short.replace("&", "&&"))
        self._fill.setAccessibleName(words)
        self._fill.setVisible(latest is not None)
        self._problem = ProblemLine("caseProblem", self)
        save = self.tr("Add case") if case is None else self.tr("Save")
        self._save = self.add_button("caseSaveButton", save, QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        self.add_button("caseCancelButton", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)

        has = row(wide(self._version), wide(self._pgyer_build), spacing=theme.SPACE_GROUP)
        fill(self.body, self._name, lead, has, row(self._fill, stretch()), self._channel, self._problem)
        if case is not None:
            self._show(case)
        self._name.edit.setFocus()
        self._name.edit.selectAll()
        for field in self._fields:
            field.edit.textChanged.connect(self._on_edited)
        self._fill.clicked.connect(self._on_fill)
        self.buttons.accepted.connect(self._on_accepted)
        self._update(aloud=False)

    def _show(self, case: CheckCase) -> None:
        for field, text in zip(self._fields, astuple(case), strict=True):
            field.edit.setText(text)

    def _typed(self) -> CheckCase:
        return cleaned(CheckCase(*(field.edit.text() for field in self._fields)))

    def _on_fill(self) -> None:
        if self._latest is None:
            return
        typed = self._typed()
        filled = current_user(typed.name or self.tr("Current user"), self._latest)
        self._show(CheckCase(filled.name, filled.version, filled.pgyer_build, typed.channel))

    def _on_edited(self) -> None:
        self._update(aloud=True)

    def _update(self, *, aloud: bool) -> None:
        case = self._typed()
        wrong = mistake(case, self._others)
        why_not = say(wrong) if wrong is not None else ""
        # Where nothing has been typed yet nothing is wrong: only something is missing.
        self._problem.show_text(why_not if case.name else "", aloud=aloud)
        self._save.setEnabled(wrong is None)
        explain(self._save, why_not)

    def _on_accepted(self) -> None:
        if self._save.isEnabled():
            self.case_saved.emit(self._typed())
            self.accept()
