"""Shows the message that hands a build over, as it will be copied, beside the text that it is made from.

What it copies is made by `core.sharing.message`, which lets nothing secret through. Must not remember the text: it says
by signal what is to be kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from pgyer_desktop.core.base.names import short
from pgyer_desktop.core.sharing.message import (
    BUILT_IN,
    PLACES,
    Template,
    TemplateError,
    TemplateProblem,
    message,
    place_words,
    places_in,
    problem_in,
    remembered,
)
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import give_access_keys, named
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.dialog.dialog import WIDEST, Dialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QColor, QShowEvent

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.sharing.message import MessageLanguage

PAUSE_MS: Final = 400
"""A place that is being typed is wrong until its last brace: nothing is said until the typing pauses."""
_FEWEST_LINES: Final = 4
_MOST_LINES: Final = (10, 14)
"""Of the text and of the message, in which the release notes are. Lines of Chinese are taller."""
_REMARK_LINES: Final = 2


class HandoverDialog(Dialog):
    """Edits, shows and copies the message. It stays open until the person closes it.

    A text that was changed is kept when the message is copied and when the dialog is closed. One that is wrong cannot
    be kept: the first attempt to close says so, the second drops it.

    Signals:
        template_saved: arg: the `Template` to be remembered, other than the one before.
        message_copied: arg: what is in the clipboard now (str).
    """

    template_saved = Signal(object)
    message_copied = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        app: KnownApp,
        build: Build,
        template: Template,
        *,
        now: datetime | None = None,
    ) -> None:
        """`now` is what "today" means; the present where nothing is given."""
        super().__init__("handoverDialog", parent, width=WIDEST)
        self.set_titles(self.tr("Edit message"), self.tr("What should the message say?"))
        self._app, self._build, self._today = app, build, now
        self._saved = remembered(template)
        self._message = ""
        self._warned_of = ""

        name, title = short(app.name or build.name or app.identifier), formatting.build_title(build)
        self._which = named("handoverBuild", Label(self, ink=Ink.SOFT, text=f"{name} · {title}" if name else title))
        self._language_label = Label(self, text=self.tr("Language of the message"))
        self._language_label.setWordWrap(False)
        self._language = self._language_choice(template.language)
        self._language_label.setBuddy(self._language)
        self._insert = push_button("handoverInsert", self.tr("Insert"), self, "plus")
        self._insert.setAccessibleName(self.tr("Insert something that is known about the build"))
        explain(self._insert, self._insert.accessibleName())
        self._menu = self._insert_menu()
        self._text_label = Label(self, Size.HEADING, text=self.tr("Text"))
        self._text = _text_edit("handoverTemplate", self._text_label.text(), self)
        self._text.setAccessibleDescription(
            self.tr("Names in braces are filled in for each build. The text is kept for this account.")
        )
        self._text.setPlainText(template.source)
        self._text_label.setBuddy(self._text)
        self._problem = ProblemLine("handoverProblem", self)
        self._remark = named("handoverRemark", Label(self, Size.CAPTION, Ink.SOFT))
        self._preview_label = Label(self, Size.HEADING, text=self.tr("Message"))
        self._preview = _text_edit("handoverPreview", self.tr("Message as it will be copied"), self)
        self._preview.setReadOnly(True)
        self._preview.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._preview_label.setBuddy(self._preview)
        words = self.tr("Use the built-in text")
        self._reset = self.add_button("handoverReset", words, QDialogButtonBox.ButtonRole.ResetRole)
        self._reset.setAutoDefault(False)
        self._copy = CopyButton("handoverCopy", self.tr("Copy message"), self)
        self.buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.AcceptRole)
        self._copy.setDefault(True)
        self._close = self.add_button("handoverClose", self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setAutoDefault(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)

        self._lay_out()
        self._connect()
        self._update()
        self._fit_room()
        self._say_what_is_wrong(aloud=False)
        # Most people only want to copy; whoever finds something wrong has to mend it.
        (self._copy if self._copy.isEnabled() else self._text).setFocus()

    @property
    def template(self) -> Template:
        """What stands in the dialog, whether or not it can be used."""
        return remembered(Template(self._chosen_language(), self._text.toPlainText()))

    def _lay_out(self) -> None:
        language = row(self._language_label, self._language, stretch())
        heading = row(wide(self._text_label, at=Qt.AlignmentFlag.AlignBottom), self._insert)
        # One place for both, of one height, so that nothing jumps while somebody types.
        self._below = QWidget(self)
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column(self._problem, self._remark, stretch(), inside=self._below, spacing=0)
        source = column(heading, self._text, self._below, spacing=theme.SPACE_TIGHT)
        result = column(self._preview_label, self._preview, spacing=theme.SPACE_TIGHT)
        self.body.setSpacing(theme.SPACE)
        fill(self.body, self._which, language, source, result)

    def _language_choice(self, language: MessageLanguage) -> QComboBox:
        choice = named("handoverLanguage", QComboBox(self), self._language_label.text())
        for code, words in (("en", "English"), ("zh_CN", "中文")):  # in their own words, as in the settings
            choice.addItem(words, code)
        choice.setCurrentIndex(choice.findData(language))
        return choice

    def _insert_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("handoverInsertMenu")
        menu.setAccessibleName(self._insert.accessibleName())
        for name in PLACES:
            # Qt writes what stands behind a tab at the right, as it does with shortcuts.
            action = menu.addAction(f"{say(place_words(name)).replace('&', '&&')}\t{{{name}}}")
            action.setObjectName("handoverPlace" + "".join(part.capitalize() for part in name.split("_")))
            action.setData(name)
        give_access_keys(menu.actions())
        return menu

    def _connect(self) -> None:
        self._language.currentIndexChanged.connect(self._on_language_chosen)
        self._insert.clicked.connect(self._on_insert)
        self._menu.triggered.connect(self._on_place_chosen)
        self._text.textChanged.connect(self._on_edited)
        self._reset.clicked.connect(self._on_reset)
        self._copy.clicked.connect(self._on_copy)
        self._pause.timeout.connect(lambda: self._say_what_is_wrong(aloud=True))
        # Return breaks the line while the text is being written.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._copy.click)

    # What a person does

    def _on_edited(self) -> None:
        self._warned_of = ""
        self._update()
        self._pause.start()

    def _on_language_chosen(self) -> None:
        text = self._text.toPlainText()
        # A text of one's own stays; only what is filled in changes its language.
        if text in BUILT_IN.values():
            self._put(BUILT_IN[self._chosen_language()])
        self._update()
        self._say_what_is_wrong(aloud=False)

    def _on_insert(self) -> None:
        self._menu.popup(self._insert.mapToGlobal(self._insert.rect().bottomLeft()))

    def _on_place_chosen(self, action: QAction) -> None:
        self._text.insertPlainText(f"{{{action.data()}}}")
        self._text.setFocus()
        self._text.ensureCursorVisible()

    def _on_reset(self) -> None:
        self._put(BUILT_IN[self._chosen_language()])
        self._text.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._message)
        self._keep()
        self.message_copied.emit(self._message)

    def _put(self, text: str) -> None:
        """Write `text` in place of all, so that it can be undone."""
        cursor = self._text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self._text.setTextCursor(cursor)

    def _keep(self) -> None:
        template = self.template
        if template != self._saved and problem_in(self._text.toPlainText()) is None:
            self._saved = template
            self.template_saved.emit(template)

    # What shows

    def _chosen_language(self) -> MessageLanguage:
        return cast("MessageLanguage", self._language.currentData())

    def _try(self) -> tuple[str, TemplateProblem | None]:
        """The message, or why there is none."""
        text = self._text.toPlainText()
        wrong = problem_in(text)  # before the template is made: its "" would be the built-in text
        if wrong is not None:
            return "", wrong
        template = Template(self._chosen_language(), text)
        try:
            return message(template, self._app, self._build, now=self._today or datetime.now(UTC)), None
        except TemplateError as exc:
            return "", exc.problem

    def _update(self) -> None:
        """Make the message anew. While there is none the one before stays, but cannot be copied."""
        text, wrong = self._try()
        if wrong is None:
            self._show_message(text)
            self._problem.clear()
        self._message = text
        self._preview.setEnabled(wrong is None)
        self._copy.setEnabled(wrong is None)
        explain(self._copy, say(wrong.text) if wrong is not None else "")
        own = self._text.toPlainText() != BUILT_IN[self._chosen_language()]
        self._reset.setEnabled(own)
        explain(self._reset, "" if own else self.tr("This is the built-in text."))
        self._remark.setText(self._remark_words(own=own))
        self._remark.setVisible(self._problem.isHidden())
        self._mark(wrong)

    def _show_message(self, text: str) -> None:
        if text == self._preview.toPlainText():
            return
        bar = self._preview.verticalScrollBar()
        place = bar.value()
        self._preview.setPlainText(text)
        bar.setValue(place)

    def _say_what_is_wrong(self, *, aloud: bool) -> None:
        _, wrong = self._try()
        words = "" if wrong is None else say(wrong.text)
        if words and self._warned_of:
            then = self.tr("It cannot be saved like this. Close again to discard your changes.")
            words = f"{words}\n{then}"
        self._remark.setVisible(not words)
        self._problem.show_text(words, aloud=aloud)

    def _remark_words(self, *, own: bool) -> str:
        rule = self.tr("A line is left out if what it asks for is not known.")
        if not own:
            return rule
        if self._chosen_language() == "zh_CN":
            words = self.tr("Your own text. Sizes, dates and platforms are written in Chinese. {rule}")
        else:
            words = self.tr("Your own text. Sizes, dates and platforms are written in English. {rule}")
        return words.format(rule=rule)

    def _mark(self, wrong: TemplateProblem | None) -> None:
        """Colour the places, and underline what is wrong."""
        palette = self.palette()  # of the texts it may still be the one before
        text = self._text.toPlainText()
        marks = [self._marked(text, start, end, theme.accent(palette)) for start, end in places_in(text)]
        if wrong is not None and wrong.end:
            marks.append(self._marked(text, wrong.start, wrong.end, theme.danger(palette), underlined=True))
        self._text.setExtraSelections(marks)

    def _marked(
        self, text: str, start: int, end: int, ink: QColor, *, underlined: bool = False
    ) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setForeground(ink)
        if underlined:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(ink)
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        mark.format = look
        mark.cursor = cursor
        return mark

    def _fit_room(self) -> None:
        """Give both texts as many lines as the screen has room for, and no more than they are read in at once."""
        line = self._text.fontMetrics().lineSpacing()
        self._below.setMinimumHeight(_REMARK_LINES * self.fontMetrics().lineSpacing())
        edits = (self._text, self._preview)
        least = _FEWEST_LINES * line
        frame = 2 * (self._text.frameWidth() + round(self._text.document().documentMargin()))
        for edit in edits:
            edit.setFixedHeight(least + frame)
        spare = (self.room.height() - self.height_at(WIDEST)) // line
        for edit, most in zip(edits, _MOST_LINES, strict=True):
            more = min(max(spare // 2, 0), most - _FEWEST_LINES)
            edit.setFixedHeight(least + frame + more * line)

    def reject(self) -> None:
        """Keep what was changed and close; where it cannot be kept, say so the first time."""
        text = self._text.toPlainText()
        if problem_in(text) is not None and self.template != self._saved and self._warned_of != text:
            self._warned_of = text
            self._pause.stop()
            self._say_what_is_wrong(aloud=True)
            self._text.setFocus()
            return
        self._keep()
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the screen has on which it opens."""
        self.ensurePolished()
        self._fit_room()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark(self._try()[1])
        elif event.type() == QEvent.Type.FontChange:
            self._fit_room()


def _text_edit(name: str, words: str, parent: QWidget) -> QPlainTextEdit:
    edit = named(name, QPlainTextEdit(parent), words)
    edit.setTabChangesFocus(True)
    edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return edit


def _units(text: str) -> int:
    """How long `text` is for Qt, which counts an emoji twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
