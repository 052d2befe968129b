"""Everything that was written down of one change: what, on which build, how it ended and how that is known.

The build's own facts are those of the moment of the change, so that a deleted build can still be read here. Must not
read the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.activity.export import told_of
from pgyer_desktop.core.activity.names import outcome_sentence, outcome_words
from pgyer_desktop.ui.activity.model import outcome_tone, title_of, written
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.dialog.badge import Badges
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.layout import column, row, stretch
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.text.label import Label
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pgyer_desktop.core.activity.records import Entry
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_ICON_SIDE: Final = 40
_LEAST_WIDTH: Final = 320


class EntryDetails(QWidget):
    """The panel beside the list.

    Signals:
        copy_requested: the entry is wanted as Markdown. arg: Entry.
    """

    copy_requested = Signal(object)

    def __init__(self, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("activityDetails")
        self.setAccessibleName(self.tr("Change"))
        self.setMinimumWidth(theme.at_font(_LEAST_WIDTH, self.font()))
        self._entry: Entry | None = None
        self._page = QWidget(self)
        self._head = BuildHeading("activity", icons, self._page, icon_side=_ICON_SIDE)
        self._outcome = Badges("activityOutcome", self._page)
        self._sentence = named("activitySentence", Label(self._page))
        self._copy = CopyButton("activityCopyMarkdown", self.tr("Copy as Markdown"), self._page)
        self._copy.clicked.connect(self._on_copy)
        self._fields = named("activityFields", FieldList(self._page), self.tr("What was written down"))
        self._lay_out()
        self._scroll = ScrolledPage("activityScroll", self._page, self)
        column(self._scroll, inside=self, margins=(1, 0, 0, 0))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show `entry`, or nothing."""
        is_other = entry is None or self._entry is None or entry.intent.id != self._entry.intent.id
        self._entry = entry
        self._page.setVisible(entry is not None)
        self._write()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def _write(self) -> None:
        entry = self._entry
        if entry is None:
            self._head.set_build(None, "")
            return
        intent = entry.intent
        self._head.set_build(intent.build, intent.app_name)
        where = " · ".join(part for part in (intent.app_name, intent.account_name) if part)
        self._head.set_words(title_of(entry), where)
        self._outcome.set_badges((say(outcome_words(entry)), outcome_tone(entry)))
        self._sentence.setText(say(outcome_sentence(entry)))
        self._fields.set_fields([(say(title), written(value)) for title, value in told_of(entry)])

    def _on_copy(self) -> None:
        if self._entry is not None:
            self.copy_requested.emit(self._entry)

    def _lay_out(self) -> None:
        column(
            self._head,
            theme.SPACE_EDGE,
            self._outcome,
            theme.SPACE,
            self._sentence,
            theme.SPACE_GROUP,
            row(self._copy, stretch()),
            theme.SPACE_EDGE,
            self._fields,
            stretch(),
            inside=self._page,
            spacing=0,
            margins=theme.SPACE_EDGE,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the list and the panel."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.hairline(self.palette()))
