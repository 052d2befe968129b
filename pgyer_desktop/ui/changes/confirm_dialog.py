"""Asks before something is changed: names what it is about, what becomes of it, and what to look out for.

Shows the `Question` it is given and knows nothing of what is changed; `ui.changes.confirmations` writes the questions.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget
from shiboken6 import Shiboken

from pgyer_desktop.core.base.names import as_typed
from pgyer_desktop.ui.base import formatting, resources, theme
from pgyer_desktop.ui.builds.build_card import BuildCard
from pgyer_desktop.ui.changes.build_rows import BuildRows, Total, align
from pgyer_desktop.ui.widgets.build_icon import BuildIcon
from pgyer_desktop.ui.widgets.dialog.danger_button import DangerButton
from pgyer_desktop.ui.widgets.dialog.dialog import WIDEST, Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import at_top, column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION, SAID_AROUND
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, SaidAround, Size, inked
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, SelectableText

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.listing.rows import ListedBuild
    from pgyer_desktop.ui.changes.question import Notes, Question, Side

_ICON_SIDE: Final = 40
_NOTES_HEIGHT: Final = 200
_FIRST_NOTES: Final = 3
"""Lines of the notes that show at once."""
_LISTING: Final = 520
"""Logical pixels, with a list of builds."""


class ConfirmDialog(Dialog):
    """Asks one question. Only the button with the verb accepts it; Esc, Cancel and the close box reject it.

    Where something is destroyed, no button is the default one and Enter does nothing, whatever has the focus. Once the
    word that has to be typed is right, the red button is the default one: then Enter in the field presses it.

    Signals:
        guards_requested: show the guard rails that ask for more here.
    """

    guards_requested = Signal()

    def __init__(self, question: Question, icons: IconLoader, parent: QWidget | None = None) -> None:
        super().__init__("confirmDialog", parent, width=_width_of(question))
        self.set_titles(question.action, question.title)
        staying = (sentence for sentence, _ in question.stays)
        self.setAccessibleDescription(" ".join(filter(None, (question.lead, *staying, *question.warnings))))
        self.keys.enter_presses = not question.danger
        self._question = question
        self._icons = icons
        self._typed: Field | None = None
        self._arrow: _Arrow | None = None
        if question.lead:
            lead = SaidAround(self, text=question.lead)
            lead.setObjectName("confirmLead")
            fill(self.body, lead)
        if question.columns is not None:
            self._add_columns(question.columns)
        if question.facts:
            self._add_facts()
        if question.builds:
            self._add_builds()
        if question.notes[1]:
            self._add_notes(*question.notes)
        # Right above the field that they explain, where there is one.
        above = self.foot if question.typed else self.body
        for number, warning in enumerate(question.warnings):
            line = _Warning(f"confirmWarning{number}", self)
            line.show_text(warning, Ink.WARNING, aloud=False)
            fill(above, line)
        if question.typed:
            label = self.tr("Type {word} to confirm").format(word=question.typed.strip())
            self._typed = Field("confirmText", label, self)
            self._typed.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
            )
            self._typed.edit.textChanged.connect(self._update_accept)
            fill(self.foot, self._typed)
        if question.railed:
            self._add_link_to_rails()

        button = DangerButton(self) if question.danger else None
        self._accept = self.add_button("confirmAccept", question.accept, QDialogButtonBox.ButtonRole.AcceptRole, button)
        cancel = self.add_button("confirmCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        if question.danger:
            cancel.setAutoDefault(False)
        first: QWidget = cancel if question.danger else self._accept
        (self._typed.edit if self._typed is not None else first).setFocus()
        self._update_accept()
        self._update_look()

    def _add_link_to_rails(self) -> None:
        """Beside the word that is to be typed, or under what they limit."""
        link = LinkButton("confirmGuards", self.tr("Guard rails…"), self)
        explain(link, self.tr("What this account makes hard, and how many go in one run"))
        link.clicked.connect(self.guards_requested)
        if self._typed is not None:
            self._typed.beside.setSpacing(theme.SPACE_GROUP)
            fill(self._typed.beside, link)
        else:
            fill(self.body, link)

    def _add_columns(self, sides: tuple[Side, Side]) -> None:
        self._arrow = _Arrow(self)
        self._arrow.setFixedWidth(theme.at_font(theme.ICON_MEDIUM, self.font()))
        self._arrow.setAlignment(Qt.AlignmentFlag.AlignBottom)
        cards = []
        for side, name in zip(sides, ("confirmFrom", "confirmTo"), strict=True):
            card = BuildCard(side.caption, side.build, side.words, self._question.app_name, self._icons, name, self)
            card.setObjectName(name)
            cards.append(wide(card))
        across = row(cards[0], at_top(self._arrow), cards[1], spacing=theme.SPACE_GROUP)
        fill(self.body, theme.SPACE_TIGHT, across, theme.SPACE_TIGHT)

    def _add_builds(self) -> None:
        """What goes with its sum, and under a line what stays."""
        question = self._question
        sizes = [row.build.size for row in question.builds if row.build.size is not None]
        total = formatting.size(sum(sizes)) if sizes else ""
        parts: list[QWidget | int] = []
        lists: list[BuildRows] = []

        def add(name: str, rows: tuple[ListedBuild, ...], words: str) -> None:
            lists.append(BuildRows(name, words, rows, question.app_name, self._icons, self))
            parts.append(lists[-1])

        add("confirmBuilds", question.builds, question.title)
        if len(question.builds) > 1 and total:
            parts.append(Total(self.tr("In all"), total, lists[0], self))
        if question.stays:
            parts += [theme.SPACE, Hairline(self), theme.SPACE_GROUP]
        for number, (sentence, rows) in enumerate(question.stays):
            words = SaidAround(self, text=sentence)
            words.setObjectName(f"confirmStays{number}")
            parts.append(words)
            add(f"confirmStaying{number}", rows, sentence)
        align(lists, total)
        fill(self.body, column(*parts, spacing=0))

    def _add_notes(self, title: str, notes: Notes) -> None:
        """The first lines; the others once they are asked for."""
        heading = Label(self, Size.HEADING, text=title)
        first, count = _first_of(notes, _FIRST_NOTES), sum(len(lines) for _, lines in notes)
        whole = count <= _FIRST_NOTES
        text = self._new_notes("confirmNotes", title, first)
        if whole:
            fill(self.body, column(heading, text, spacing=theme.SPACE_TIGHT))
            return
        more = LinkButton("confirmNotesAll", self.tr("Show all {count}").format(count=formatting.number(count)), self)
        below = column(heading, text, more, spacing=theme.SPACE_TIGHT)
        fill(self.body, below)

        def show_all() -> None:
            all_of_it = self._new_notes("confirmNotes", title, notes)
            scroll = ScrolledPage("confirmNotesScroll", all_of_it, self)
            # How tall it is where it wraps is known later only.
            lines = count + 2 * len(notes)
            scroll.setFixedHeight(min(lines * self.fontMetrics().lineSpacing() * 5 // 4, _NOTES_HEIGHT))
            for old in (text, more):
                below.removeWidget(old)
                old.hide()
                old.setObjectName("")
            below.addWidget(scroll)
            all_of_it.setFocus()

        more.clicked.connect(show_all)

    def _new_notes(self, name: str, title: str, notes: Notes) -> SelectableText:
        text = SelectableText(self)
        text.setObjectName(name)
        text.setAccessibleName(title)
        text.set_text("\n\n".join("\n".join((of, *lines)) for of, lines in notes))
        return text

    def _add_facts(self) -> None:
        across = row(spacing=theme.SPACE_GROUP)
        if self._question.subject is not None:
            icon = BuildIcon(self._icons, _ICON_SIDE, "confirm", self)
            icon.set_build(self._question.subject, self._question.app_name)
            fill(across, at_top(icon))
        facts = FieldList(self)
        facts.setObjectName("confirmFacts")
        facts.setAccessibleName(self.tr("What it is about"))
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
        explain(self._accept, missing)
        self._choose_default()

    def _choose_default(self) -> None:
        """Have Enter do what the person has just typed for; where nothing is destroyed, what the question asks for."""
        by_enter = self._accept.isEnabled() and (self._typed is not None or not self._question.danger)
        self._accept.setDefault(by_enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the red button from the field only: elsewhere nobody has just typed for it."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self._question.danger and (self._typed is None or not self._typed.edit.hasFocus()):
            event.accept()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take back what the button box decides as it shows: it makes its first accepting button the default one."""
        super().showEvent(event)
        self._choose_default()

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


class _Warning(ProblemLine):
    """What the question's description says as well."""

    manner = SAID_AROUND


class _Arrow(QLabel):
    """From what is to what will be."""

    manner = DECORATION


def _width_of(question: Question) -> int:
    if question.columns is not None:
        return WIDEST
    return _LISTING if question.builds else 480


def _first_of(notes: Notes, most: int) -> Notes:
    """As many lines as that, with the names of the builds that they are of."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, lines in notes:
        if most <= 0:
            break
        found.append((name, lines[:most]))
        most -= len(lines)
    return tuple(found)


async def ask(
    parent: QWidget | None,
    question: Question,
    icons: IconLoader,
    on_guards: Callable[[QDialog], None] | None = None,
) -> bool:
    """Show `question` over `parent`; whether it was accepted. The dialog is gone when this returns or is cancelled.

    `on_guards` shows the guard rails over the dialog that it is handed.
    """
    dialog = ConfirmDialog(question, icons, parent)
    if on_guards is not None:
        dialog.guards_requested.connect(partial(on_guards, dialog))
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
