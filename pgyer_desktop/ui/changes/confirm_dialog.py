"""Asks before something is changed: names what it is about, what becomes of it, and what to look out for.

Shows the `Question` it is given and knows nothing of what is changed; `ui.changes.confirmations` writes the questions.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel
from shiboken6 import Shiboken

from pgyer_desktop.core.base.names import as_typed
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.builds.build_card import BuildCard
from pgyer_desktop.ui.widgets.build_icon import BuildIcon
from pgyer_desktop.ui.widgets.dialog.danger_button import DangerButton
from pgyer_desktop.ui.widgets.dialog.dialog import WIDEST, Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import at_top, column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size, inked
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, SelectableText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_ICON_SIDE: Final = 40
_NOTES_HEIGHT: Final = 120


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: the `build` that is there, or `words` where none is known."""

    caption: str
    build: Build | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in the words that are shown.

    `title` is the question, `accept` the verb that does it. `columns` are from and to, side by side. `subject` has its
    icon beside the facts. `typed`, if not empty, must be typed as it looks before `accept` can be pressed. `danger` is
    for what cannot be undone: its verb is red, and Enter cancels. `notes` are a title and what stands under it.
    """

    title: str
    accept: str
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[Side, Side] | None = None
    subject: Build | None = None
    app_name: str = ""
    notes: tuple[str, str] = ("", "")
    warnings: tuple[str, ...] = ()
    typed: str = ""
    danger: bool = False


class ConfirmDialog(Dialog):
    """Asks one question. Only the button with the verb accepts it; Esc, Cancel and the close box reject it."""

    def __init__(self, question: Question, icons: IconLoader, parent: QWidget | None = None) -> None:
        super().__init__("confirmDialog", parent, width=WIDEST if question.columns else 480)
        self.set_titles(self.tr("Please confirm"), question.title)
        self.setAccessibleDescription(" ".join((question.lead, *question.warnings)))
        self._question = question
        self._icons = icons
        self._typed: Field | None = None
        self._arrow: QLabel | None = None
        if question.lead:
            lead = Label(self, text=question.lead)
            lead.setObjectName("confirmLead")
            fill(self.body, lead)
        if question.columns is not None:
            self._add_columns(question.columns)
        if question.facts:
            self._add_facts()
        if question.notes[1]:
            self._add_notes(*question.notes)
        for number, warning in enumerate(question.warnings):
            line = ProblemLine(f"confirmWarning{number}", self)
            line.show_text(warning, Ink.WARNING, aloud=False)
            fill(self.body, line)
        if question.typed:
            label = self.tr("Type {word} to confirm:").format(word=question.typed.strip())
            self._typed = Field("confirmText", label, self)
            self._typed.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
            )
            self._typed.edit.textChanged.connect(self._update_accept)
            fill(self.foot, self._typed)

        button = DangerButton(self) if question.danger else None
        self._accept = self.add_button("confirmAccept", question.accept, QDialogButtonBox.ButtonRole.AcceptRole, button)
        cancel = self.add_button("confirmCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        # The button box makes its first accepting button the default one, unless another is.
        default = cancel if question.danger else self._accept
        default.setDefault(True)
        (self._typed.edit if self._typed is not None else default).setFocus()
        self._update_accept()
        self._update_look()

    def _add_columns(self, sides: tuple[Side, Side]) -> None:
        self._arrow = QLabel(self)
        self._arrow.setFixedWidth(theme.ICON_MEDIUM)
        self._arrow.setAlignment(Qt.AlignmentFlag.AlignBottom)
        cards = []
        for side, name in zip(sides, ("confirmFrom", "confirmTo"), strict=True):
            card = BuildCard(side.caption, side.build, side.words, self._question.app_name, self._icons, name, self)
            card.setObjectName(name)
            cards.append(wide(card))
        across = row(cards[0], at_top(self._arrow), cards[1], spacing=theme.SPACE_GROUP)
        fill(self.body, theme.SPACE_TIGHT, across, theme.SPACE_TIGHT)

    def _add_notes(self, title: str, text: str) -> None:
        heading = Label(self, Size.HEADING, text=title)
        notes = SelectableText(self)
        notes.setObjectName("confirmNotes")
        notes.setAccessibleName(title)
        notes.set_text(text)
        scroll = ScrolledPage("confirmNotesScroll", notes, self)
        # How tall it is where it wraps is known later only; from two lines on it is worth a few.
        lines = text.count("\n") + 2
        scroll.setFixedHeight(min(lines * self.fontMetrics().lineSpacing() * 5 // 4, _NOTES_HEIGHT))
        fill(self.body, heading, scroll)

    def _add_facts(self) -> None:
        across = row(spacing=theme.SPACE_GROUP)
        if self._question.subject is not None:
            icon = BuildIcon(self._icons, _ICON_SIDE, "confirm", self)
            icon.set_build(self._question.subject, self._question.app_name)
            fill(across, at_top(icon))
        facts = FieldList(self)
        facts.setObjectName("confirmFacts")
        facts.setAccessibleName(", ".join(f"{name}: {value}" for name, value in self._question.facts))
        facts.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        facts.set_fields(self._question.facts)
        fill(across, wide(column(facts, stretch())))
        fill(self.body, across)

    def _update_accept(self) -> None:
        wanted = self._question.typed.strip()
        missing = ""
        if self._typed is not None:
            seen = as_typed(self._typed.edit.text())
            if not seen or seen != as_typed(wanted):
                missing = self.tr("Type {word} first.").format(word=wanted)
        self._accept.setEnabled(not missing)
        self._accept.setToolTip(plain_tooltip(missing))

    def _update_look(self) -> None:
        if self._arrow is not None:
            color = inked(self.palette(), Ink.SOFT)
            ratio = self.devicePixelRatioF()
            self._arrow.setPixmap(resources.tinted_pixmap("page-next", theme.ICON_MEDIUM, color, ratio))
            # Beside the middle of the icons, which stand under the captions.
            caption = QFontMetrics(theme.caption_font(self.font())).height()
            above = caption + theme.SPACE + (_ICON_SIDE - theme.ICON_MEDIUM) // 2
            self._arrow.setFixedHeight(above + theme.ICON_MEDIUM)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and screen while running."""
        super().changeEvent(event)
        if event.type() in {
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.DevicePixelRatioChange,
        }:
            self._update_look()


async def ask(parent: QWidget | None, question: Question, icons: IconLoader) -> bool:
    """Show `question` over `parent`; whether it was accepted. The dialog is gone when this returns or is cancelled."""
    dialog = ConfirmDialog(question, icons, parent)
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not answer.done():
            answer.set_result(result == QDialog.DialogCode.Accepted.value)

    # The window may be destroyed, and the dialog with it, before anybody answers.
    dialog.destroyed.connect(lambda: settle(QDialog.DialogCode.Rejected.value))
    dialog.finished.connect(settle)
    dialog.open()
    try:
        return await answer
    finally:
        if Shiboken.isValid(dialog):
            dialog.reject()
            dialog.deleteLater()
