"""Asks for an account's name and API key: for a new account, another key, or another name.

The key is in the password field and in the signal, nowhere else; the field is emptied when the dialog closes. Must not
check, keep or send the key.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton, QToolButton

from pgyer_desktop.api import ApiKey
from pgyer_desktop.core.accounts.accounts import MAX_NAME, clean_name
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill, row, stretch
from pgyer_desktop.ui.widgets.text.label import Ink
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

_HIDDEN: Final = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
_PASTED_EDGES: Final = "\u200b\u2060\ufeff"
"""Characters without a width that web pages leave around what is copied from them."""


class Mode(Enum):
    """What is asked for."""

    CONNECT = "connect"
    """A name and a key."""
    REPLACE_KEY = "replace key"
    """A key; the name stands in the heading."""
    RENAME = "rename"
    """A name."""


class AccountDialog(Dialog):
    """Asks for name and key. It stays open until its owner calls `accept()`, or the person closes it.

    Signals:
        save_requested: args: name (str), key (`ApiKey`, or None when only a name was asked for), and whether the key is
            to be kept for this session only (bool).
        help_requested: the person wants to know where the key is found.
    """

    save_requested = Signal(str, object, bool)
    help_requested = Signal()

    def __init__(
        self,
        mode: Mode,
        parent: QWidget | None = None,
        *,
        name: str = "",
        taken_names: Collection[str] = (),
        default_name: str = "Pgyer",
    ) -> None:
        """Ask.

        Args:
            mode: what for.
            parent: the window that it belongs to.
            name: the account's name now; "" for a new one.
            taken_names: names that other accounts have, which are refused.
            default_name: the name of a new account that is given none; with a number where it is taken.

        """
        super().__init__("accountDialog", parent, width=460)
        verb = self._say_what_for(mode, name)
        self._mode = mode
        self._account_name = name
        self._taken = {clean_name(taken).casefold() for taken in taken_names}
        self._default_name = self._free(default_name)
        self._busy = False
        self._focus_before: QWidget | None = None

        placeholder = self._default_name if mode is Mode.CONNECT else ""
        self._name = Field("accountNameEdit", self.tr("Name"), self, placeholder=placeholder)
        self._name.edit.setMaxLength(MAX_NAME)
        remark = self.tr("Kept in this computer's keyring, never in a file. Sent to Pgyer only.")
        self._key = Field("apiKeyEdit", self.tr("API key"), self, remark=remark)
        self._key.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._key.edit.setInputMethodHints(_HIDDEN)
        self._reveal = QToolButton(self)
        self._reveal.setObjectName("apiKeyShowButton")
        self._reveal.setCheckable(True)
        self._reveal.setAutoRaise(True)
        self._reveal.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        self._key.beside.addWidget(self._reveal)
        self._help = LinkButton("accountHelpButton", self.tr("Where do I find the key?"), self)
        self._help.setToolTip(self.tr("Opens Pgyer in the browser"))
        self._problem = ProblemLine("accountProblem", self)
        self._session = QPushButton(self.tr("Keep for this session only"), self)
        self._session.setObjectName("accountSessionButton")
        self._session.setAutoDefault(False)
        self._session.hide()
        self._progress = ThinProgress(self)
        self._save = self.add_button("accountSaveButton", verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        self.add_button("accountCancelButton", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)

        session = row(self._session, stretch())
        fill(self.body, self._name, self._key, self._help, self._problem, session, self._progress)
        self._name.setVisible(mode is not Mode.REPLACE_KEY)
        for widget in (self._key, self._help):
            widget.setVisible(mode is not Mode.RENAME)
        self._name.edit.setText(name)
        first = self._key.edit if mode is Mode.REPLACE_KEY else self._name.edit
        first.setFocus()
        first.selectAll()

        self._name.edit.textChanged.connect(self._on_edited)
        self._key.edit.textChanged.connect(self._on_key_edited)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self._help.clicked.connect(self.help_requested)
        self._session.clicked.connect(lambda: self._request(session_only=True))
        self.buttons.accepted.connect(lambda: self._request(session_only=False))
        self._update_reveal()
        self._update_save()

    def _say_what_for(self, mode: Mode, name: str) -> str:
        """Write the titles. Returns the words of the button that saves."""
        if mode is Mode.CONNECT:
            self.set_titles(self.tr("Connect an account"), self.tr("Connect a Pgyer account"))
            return self.tr("Connect")
        if mode is Mode.REPLACE_KEY:
            self.set_titles(self.tr("Replace key"), self.tr("Enter the API key of {name}").format(name=name))
            return self.tr("Replace key")
        self.set_titles(self.tr("Rename account"), self.tr("What is {name} to be called?").format(name=name))
        return self.tr("Rename")

    def set_busy(self, *, busy: bool) -> None:
        """Show that the key is being checked and kept; only leaving is possible meanwhile."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            # Before anything is hidden, which would hand the focus on.
            self._focus_before = self.focusWidget()
            self._problem.clear()
            self._session.hide()
            # On no button: else Enter, pressed twice, would save and then cancel.
            self.setFocus()
            self._reveal.setChecked(False)
            self._progress.start()
        else:
            self._progress.stop()
        for widget in (self._name, self._key):
            widget.setEnabled(not busy)
        self._update_save()
        if not busy:
            before, self._focus_before = self._focus_before, None
            first = self._name.edit if self._mode is Mode.RENAME else self._key.edit
            (before if before is not None and before.isVisibleTo(self) else first).setFocus()

    def show_problem(self, text: str) -> None:
        """Say what went wrong, until something else is typed."""
        self._session.hide()
        self._problem.show_text(text)

    def offer_session(self, text: str) -> None:
        """Say that the keyring cannot be used, and offer to keep the key until the program ends."""
        self._problem.show_text(text, Ink.WARNING)
        self._session.show()

    def show_unopened(self, text: str, link: str) -> None:
        """Say that no browser showed where the key is found, with the link to copy, until something else is typed."""
        self._problem.show_text(text, Ink.WARNING, link=link)

    def _request(self, *, session_only: bool) -> None:
        key = self._typed_key()
        if self._busy or not self._save.isEnabled():
            return
        self.save_requested.emit(self._typed_name() or self._default_name, key, session_only)

    def _typed_name(self) -> str:
        return self._account_name if self._mode is Mode.REPLACE_KEY else clean_name(self._name.edit.text())

    def _typed_key(self) -> ApiKey | None:
        if self._mode is Mode.RENAME:
            return None
        try:
            return ApiKey(self._key.edit.text())
        except ValueError:
            return None

    def _free(self, name: str) -> str:
        number = 2
        free = name
        while free.casefold() in self._taken:
            free = f"{name} {number}"
            number += 1
        return free

    def _on_key_edited(self, text: str) -> None:
        trimmed = text.strip().strip(_PASTED_EDGES).strip()
        if trimmed != text:
            self._key.edit.setText(trimmed)  # comes back here
            return
        self._on_edited()

    def _on_edited(self) -> None:
        self._session.hide()
        self._problem.show_text(self._mistake())
        self._update_save()

    def _mistake(self) -> str:
        """What is wrong with what has been typed; "" also where something is only missing."""
        name = self._typed_name()
        if self._mode is not Mode.REPLACE_KEY and name.casefold() in self._taken:
            return self.tr("There is an account named {name} already. Choose another name.").format(name=name)
        if self._mode is not Mode.RENAME and self._key.edit.text() and self._typed_key() is None:
            return self.tr("An API key is one word of letters and digits. Copy it once more from Pgyer.")
        return ""

    def _update_save(self) -> None:
        missing = ""
        if self._mode is Mode.RENAME and not self._typed_name():
            missing = self.tr("Enter a name first.")
        elif self._mode is not Mode.RENAME and self._typed_key() is None:
            missing = self.tr("Enter the API key first.")
        why_not = self._mistake() or missing
        self._save.setEnabled(not self._busy and not why_not)
        self._save.setToolTip(plain_tooltip(why_not))
        self._session.setEnabled(not self._busy and not why_not)

    def _on_reveal_toggled(self, shown: bool) -> None:
        self._key.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._update_reveal()

    def _update_reveal(self) -> None:
        shown = self._reveal.isChecked()
        self._reveal.setIcon(resources.icon("eye-off" if shown else "eye"))
        words = self.tr("Hide the key") if shown else self.tr("Show the key")
        self._reveal.setToolTip(words)
        self._reveal.setAccessibleName(words)

    def done(self, result: int) -> None:
        """Close, and keep nothing of the key, not even to undo."""
        self._reveal.setChecked(False)
        self._key.edit.setText("")
        super().done(result)
