"""Asks for an account's API key, name and first guard rails: for a new account, another key, or another name.

The key is in the password field and in the signal, nowhere else; the field is emptied when the dialog closes. Must not
check, keep or send the key.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from pgyer_desktop.api import ApiKey
from pgyer_desktop.core.accounts.accounts import MAX_NAME, clean_name
from pgyer_desktop.core.accounts.guards import Colour, Guards
from pgyer_desktop.core.accounts.pasted_key import KEY_LENGTH, Reading, is_link
from pgyer_desktop.core.base.keystore import keyring_name
from pgyer_desktop.ui.accounts.colour_dots import ColourDots
from pgyer_desktop.ui.accounts.guard_switch import GuardSwitch
from pgyer_desktop.ui.accounts.key_field import KeyField
from pgyer_desktop.ui.accounts.key_steps import KeySteps
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget


class Mode(Enum):
    """What is asked for."""

    CONNECT = "connect"
    """A key, a name, and the guard rails that are chosen first."""
    REPLACE_KEY = "replace key"
    """A key; the name stands in the heading."""
    RENAME = "rename"
    """A name."""


class AccountDialog(Dialog):
    """Asks for key and name. It stays open until its owner calls `accept()`, or the person closes it.

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
        super().__init__("accountDialog", parent, width=496)
        verb = self._say_what_for(mode, name)
        self._mode = mode
        self._account_name = name
        self._taken = {clean_name(taken).casefold() for taken in taken_names}
        self._default_name = self._free(default_name)
        self._busy = False
        self._focus_before: QWidget | None = None

        steps = KeySteps(self)
        steps.page_requested.connect(self.help_requested)
        kept = self.tr("Kept in {vault}, never in a file. Sent to Pgyer only.").format(vault=say(keyring_name()))
        self._key = KeyField(self, remark=kept)
        self._problem = ProblemLine("accountProblem", self)
        self._session = self._plain_button("accountSessionButton", self.tr("Keep for this session only"))
        self._reading = Reading()
        """What the field's text was read as."""
        self._asking = self._agreed = False
        """Whether the person is asked if this is the key, and whether they have said so."""
        self._yes = self._plain_button("accountKeyYesButton", self.tr("Yes, this is it"))
        self._next = self._plain_button("accountKeyNextButton", self.tr("Show the next one"))
        placeholder = self._default_name if mode is Mode.CONNECT else ""
        self._name = Field("accountNameEdit", self.tr("Name"), self, placeholder=placeholder)
        self._name.edit.setMaxLength(MAX_NAME)
        self._colour: ColourDots | None = None
        self._switches: tuple[GuardSwitch, ...] = ()
        self._progress = ThinProgress(self)
        session = row(self._session, self._yes, self._next, stretch())
        fill(self.body, steps, self._key, self._problem, session)
        if mode is Mode.CONNECT:
            self._add_new_account()
        else:
            fill(self.body, self._name)
        fill(self.body, self._progress)
        self._save = self.add_button("accountSaveButton", verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        self.add_button("accountCancelButton", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._name.setVisible(mode is not Mode.REPLACE_KEY)
        for widget in (steps, self._key):
            widget.setVisible(mode is not Mode.RENAME)
        self._name.edit.setText(name or placeholder)
        self._name.edit.installEventFilter(self)
        (self._name if mode is Mode.RENAME else self._key).edit.setFocus()
        self._connect()
        self._update_save()

    def _add_new_account(self) -> None:
        """What else there is to say of an account that is new."""
        colour = self._colour = ColourDots("accountColour", self.tr("Colour"), Colour.NONE, self)
        # Beside the middle of the line that is typed into.
        colour.setFixedHeight(max(colour.sizeHint().height(), self._name.edit.sizeHint().height()))
        label = Label(self, text=self.tr("Colour"))
        dots = column(label, colour, stretch(), spacing=theme.SPACE_TIGHT)
        self._switches = (
            GuardSwitch(
                "accountReadOnly",
                self.tr("Read only"),
                self.tr("For testers: install and check builds, and change nothing by mistake."),
                self,
            ),
            GuardSwitch(
                "accountProduction",
                self.tr("Production"),
                self.tr("For what real users install: the version is typed before each promotion."),
                self,
            ),
        )
        fill(
            self.body,
            row(wide(self._name, at=Qt.AlignmentFlag.AlignTop), dots, spacing=theme.SPACE_EDGE),
            Hairline(self),
            *self._switches,
        )

    @property
    def guards(self) -> Guards:
        """The guard rails as they are chosen now; those of a new account where none are offered."""
        if self._colour is None:
            return Guards()
        read_only, production = self._switches
        return Guards(self._colour.chosen.value, read_only=read_only.on, production=production.on)

    def _connect(self) -> None:
        self._name.edit.textChanged.connect(self._on_edited)
        self._key.was_read.connect(self._on_key_read)
        self._key.nothing_to_paste.connect(self._on_nothing_to_paste)
        self._session.clicked.connect(lambda: self._request(session_only=True))
        self._yes.clicked.connect(self._on_agreed)
        self._next.clicked.connect(self._on_next)
        self.buttons.accepted.connect(lambda: self._request(session_only=False))

    def _plain_button(self, name: str, words: str) -> QPushButton:
        """A button that shows only where it is needed, and that Enter does not press."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.hide()
        return button

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
            self._ask_no_more()
            # On no button: else Enter, pressed twice, would save and then cancel.
            self.setFocus()
            self._key.hide_key()
            self._progress.start()
        else:
            self._progress.stop()
        for widget in (self._name, self._key, *self._switches, *((self._colour,) if self._colour else ())):
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
        if self._busy or not self._save.isEnabled():
            return
        key = self._typed_key()
        if key is None and self._mode is not Mode.RENAME:
            self._ask(self._reading.keys)
            return
        self.save_requested.emit(self._typed_name() or self._default_name, key, session_only)

    def _typed_name(self) -> str:
        return self._account_name if self._mode is Mode.REPLACE_KEY else clean_name(self._name.edit.text())

    def _typed_key(self) -> ApiKey | None:
        """The key that nobody has to be asked about any more."""
        if self._mode is Mode.RENAME or not (self._reading.sure or self._agreed):
            return None
        return ApiKey(self._reading.keys[0])

    def _free(self, name: str) -> str:
        number = 2
        free = name
        while free.casefold() in self._taken:
            free = f"{name} {number}"
            number += 1
        return free

    def _on_key_read(self, reading: Reading, pasted: bool) -> None:
        text = self._key.edit.text()
        self._reading = reading
        self._agreed = False
        if reading.sure or (reading.keys and pasted):
            self._key.show_only(reading.keys[0])
        self._on_edited()
        if reading.sure:
            if text.strip().lower() != reading.keys[0].lower() and not self._problem.text:
                found = self.tr("The key was found in what was pasted; the rest was left out.")
                self._problem.show_text(found, Ink.SOFT)
        elif reading.keys and pasted:
            self._ask(reading.keys)

    def _on_nothing_to_paste(self) -> None:
        self._problem.show_text(self.tr("There is no text to paste. Copy the API key on Pgyer first."), Ink.WARNING)

    def _ask(self, keys: tuple[str, ...]) -> None:
        """Ask whether the first of `keys` is the one that is meant, and have nothing saved until then."""
        self._reading = Reading(keys, in_pieces=self._reading.in_pieces)
        self._key.show_only(keys[0])
        self._asking, self._agreed = True, False
        if len(keys) > 1:
            question = self.tr("There is more than one key in what was pasted. This one ends in {end}. Is this it?")
        elif self._reading.in_pieces and len(keys[0]) == KEY_LENGTH:
            question = self.tr("The key came in pieces and was put together. Is this it?")
        else:
            question = self.tr("An API key has {usual} characters, and this has {n}. Is this it?")
        words = question.format(end=keys[0][-4:], usual=KEY_LENGTH, n=len(keys[0]))
        self._problem.show_text(words, Ink.WARNING)
        self._yes.show()
        self._next.setVisible(len(keys) > 1)
        self._update_save()

    def _ask_no_more(self) -> None:
        self._asking = False
        self._yes.hide()
        self._next.hide()

    def _on_agreed(self) -> None:
        self._ask_no_more()
        self._agreed = True
        self._problem.show_text(self._mistake())
        self._update_save()
        self._request(session_only=False)

    def _on_next(self) -> None:
        first, *others = self._reading.keys
        self._ask((*others, first))

    def _on_edited(self) -> None:
        self._ask_no_more()
        self._session.hide()
        self._problem.show_text(self._mistake())
        self._update_save()

    def _mistake(self) -> str:
        """What is wrong with what has been typed; "" also where something is only missing."""
        name = self._typed_name()
        if self._mode is not Mode.REPLACE_KEY and name.casefold() in self._taken:
            return self.tr("There is an account named {name} already. Choose another name.").format(name=name)
        text = self._key.edit.text().strip()
        if self._mode is Mode.RENAME or not text or self._reading.keys:
            return ""
        if is_link(text):
            return self.tr(
                "That is a link. An API key is {n} digits and letters from a to f: copy it from Pgyer."
            ).format(n=KEY_LENGTH)
        return self.tr(
            "That is not an API key. An API key is {n} digits and letters from a to f: copy it from Pgyer."
        ).format(n=KEY_LENGTH)

    def _update_save(self) -> None:
        missing = ""
        if self._mode is Mode.RENAME and not self._typed_name():
            missing = self.tr("Enter a name first.")
        elif self._mode is not Mode.RENAME and not self._reading.keys:
            missing = self.tr("Enter the API key first.")
        elif self._asking:
            missing = self.tr("Say first whether this is the key.")
        why_not = self._mistake() or missing
        self._save.setEnabled(not self._busy and not why_not)
        explain(self._save, why_not)
        self._session.setEnabled(not self._busy and not why_not)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the name selected as it is come to, until it is edited: who types writes over it."""
        if watched is self._name.edit and event.type() == QEvent.Type.FocusIn and not self._name.edit.isModified():
            self._name.edit.selectAll()
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """Close, and keep nothing of the key, not even to undo."""
        self._key.forget()
        self._reading = Reading()
        super().done(result)
