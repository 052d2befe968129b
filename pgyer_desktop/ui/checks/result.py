"""The answer of an update check: whether something is offered, what, and with which notes.

Holds an `UpdateCheck`, which has no room for the service's install link. Must not ask anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.badge import Badges
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.icon_cell import Tone
from pgyer_desktop.ui.widgets.layout import at_top, column, row, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.text.label import Ink, Label, SaidAround, Size
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, SelectableText

if TYPE_CHECKING:
    from pgyer_desktop.api import UpdateCheck

_NOTES_HEIGHT: Final = 140
"""Longer notes scroll."""


class CheckResult(QWidget):
    """The answer. Hidden until there is one; its accessible name is the headline.

    Signals:
        copy_link_requested: arg: the link that is shown (str).
    """

    copy_link_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checkResult")
        self._offered = ""
        self._headline = named("checkHeadline", SaidAround(self, Size.HEADING))
        self._forced = Badges("checkForced", self)
        self._forced.set_badges((self.tr("Forced"), Tone.WARNING))
        self._asked = named("checkAsked", Label(self, Size.CAPTION, Ink.SOFT))
        self._same = named("checkSameBuild", Label(self, text=self.tr("This is the very build that you selected.")))
        self._facts = named("checkFacts", FieldList(self), self.tr("What is offered"))
        self._link = named("checkLink", SelectableText(self), self.tr("Link"))
        self._copy = CopyButton("checkCopyButton", self.tr("Copy link"), self)
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._on_copy)
        self._notes_label = Label(self, ink=Ink.SOFT, text=self.tr("Release notes"))
        self._notes = named("checkNotes", SelectableText(self))
        self._notes.setAccessibleName(self._notes_label.text())
        page = QWidget(self)
        column(self._notes, stretch(), inside=page)
        self._notes_area = ScrolledPage("checkNotesArea", page, self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self._notes.document().documentLayout().documentSizeChanged.connect(self._fit_notes)
        head = row(wide(self._headline), at_top(self._forced))
        link = row(wide(self._link), self._copy)
        title = column(head, self._asked, spacing=theme.SPACE_TIGHT)
        column(title, self._same, self._facts, link, self._notes_label, self._notes_area, inside=self)

    def show_answer(self, answer: UpdateCheck, *, question: tuple[str, str, str], own_key: str) -> None:
        """Show `answer` to `question` (version, Pgyer build, channel).

        `own_key` is the key of the build that the person asked about, "" for none.
        """
        headline = self._say(answer)
        self._headline.setText(headline)
        self.setAccessibleName(headline)
        self._forced.setVisible(answer.forced is True)
        asked = self._asked_words(question)
        self._asked.setText(asked)
        self._asked.setVisible(bool(asked))
        same = bool(own_key) and answer.build_key == own_key
        self._same.setVisible(same)
        self._facts.set_fields(self._known(answer))
        self._offered = answer.link
        self._link.set_text(answer.link)
        self._link.setVisible(bool(answer.link))
        self._copy.setVisible(bool(answer.link))
        notes = answer.notes.strip() or answer.description.strip()
        self._notes.set_text(notes)
        self._notes_label.setVisible(bool(notes))
        self._notes_area.setVisible(bool(notes))
        self._fit_notes()
        self.show()
        announce(self, headline)

    def _say(self, answer: UpdateCheck) -> str:
        """The answer in one sentence. Without a version in the question, nothing can be new."""
        build = name_of(answer)
        if not build:
            return self.tr("Pgyer names no build for this app")
        if not answer.version_sent:
            return self.tr("Latest on Pgyer: {build}").format(build=build)
        if answer.has_new_version is None:
            return self.tr("Pgyer offers {build} and does not say whether it is new").format(build=build)
        if not answer.has_new_version:
            return self.tr("No update: this device has what Pgyer offers")
        if answer.forced:
            return self.tr("{build} is offered, forced update").format(build=build)
        return self.tr("{build} is offered").format(build=build)

    def _asked_words(self, question: tuple[str, str, str]) -> str:
        version, pgyer_build, channel = question
        parts = []
        if version:
            parts.append(self.tr("version {version}").format(version=version))
        if pgyer_build:
            parts.append(self.tr("Pgyer build #{number}").format(number=pgyer_build))
        if channel:
            parts.append(self.tr("channel {channel}").format(channel=channel))
        if not parts:
            return ""
        separator = self.tr(", ", "between the parts of what was asked")
        return self.tr("Asked for {parts}").format(parts=separator.join(parts))

    def _known(self, answer: UpdateCheck) -> tuple[tuple[str, str], ...]:
        below = answer.force_version
        if answer.force_version and answer.force_build_number:
            below = f"{answer.force_version} ({answer.force_build_number})"
        fields = (
            (self.tr("Name"), answer.name),
            (self.tr("Version"), answer.version),
            (self.tr("Build number"), answer.build_number),
            (self.tr("Pgyer build"), formatting.serial(answer.pgyer_build) if answer.pgyer_build is not None else ""),
            (self.tr("Size"), formatting.size(answer.size) if answer.size is not None else ""),
            (self.tr("Forced"), formatting.yes_no(answer.forced) if answer.forced is not None else ""),
            (self.tr("Forced below"), below or answer.force_build_number),
        )
        return tuple((name, value) for name, value in fields if value)

    def _fit_notes(self) -> None:
        self._notes_area.setFixedHeight(min(_NOTES_HEIGHT, self._notes.minimumHeight()))

    def _on_copy(self) -> None:
        self.copy_link_requested.emit(self._offered)
