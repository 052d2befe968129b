"""The window of the Activity view: find a change, read all of it, hand it on.

Reads the journal again while it is open, for other windows write into it too. Must not change anything in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QWidget

from pgyer_desktop.core.activity.export import as_csv, as_json, as_markdown, as_xlsx
from pgyer_desktop.core.activity.names import OUTCOME_WORDS
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.ui.activity.details import EntryDetails
from pgyer_desktop.ui.activity.entry_list import EntryList
from pgyer_desktop.ui.activity.model import ActivityModel
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.file_saver import FileSaver, Format, Make, Wanted, format_of
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.screen import fit_to_screen, keep_on_screen
from pgyer_desktop.ui.base.tasks import Policy, TaskScope, close_all
from pgyer_desktop.ui.widgets.buttons import dress_search, push_button
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.empty_page import EmptyPage
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.keys.parts import Parts, part_keys
from pgyer_desktop.ui.widgets.keys.splitter import Splitter
from pgyer_desktop.ui.widgets.keys.window_keys import WindowKeys
from pgyer_desktop.ui.widgets.layout import column, row, wide
from pgyer_desktop.ui.widgets.spoken.manner import WINDOW
from pgyer_desktop.ui.widgets.spoken.status_label import StatusLabel
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink
from pgyer_desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent

    from pgyer_desktop.core.activity.journal import Journal
    from pgyer_desktop.core.activity.records import Entry
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_LOOK_MS: Final = 1000
"""How often the journal is looked at while the window shows; reading what is new of it costs next to nothing."""
_MINUTE_TURNS: Final = 60_000 // _LOOK_MS
_OUTCOMES: Final = (Outcome.DONE, Outcome.NOT_DONE, Outcome.UNKNOWN, Outcome.CONTRADICTED)


class ActivityWindow(QWidget):
    """A window that does not block the main window. `journal` returns the journal that is shown."""

    manner = WINDOW

    def __init__(self, journal: Callable[[], Journal], icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("activityView")
        self.setWindowTitle(self.tr("Activity"))
        self.setAccessibleName(self.tr("Activity"))
        self._journal = journal
        self._tasks = TaskScope(self)
        self._turns = 0
        self._shown_entries: tuple[Entry, ...] | None = None
        self._told_problem: Text | None = None
        self._model = ActivityModel(self)
        self._filter = named("activityFilterEdit", QLineEdit(self), self.tr("Filter changes"))
        self._outcomes = named("activityOutcomeFilter", QComboBox(self), self.tr("Outcome"))
        self._export = push_button("activityExport", self.tr("Export…"), self, "export")
        self._list = EntryList(self._model, icons, self)
        self._details = EntryDetails(icons, self)
        self._problem = ProblemLine("activityProblem", self)
        self._nothing = named("activityNothing", EmptyPage(self))
        self._no_matches = named("activityNoMatches", EmptyPage(self))
        self._status = StatusLabel("activityStatus", self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        toast = named("activityToast", Toast(self))
        self._saver = FileSaver(self)
        self._saver.saved.connect(toast.show_text)
        self._saver.failed.connect(lambda text: self._problem.show_text(say(text)))
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        WindowKeys(self)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._filter.setFocus)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._outcomes.currentIndexChanged.connect(self._on_filter_changed)
        self._export.clicked.connect(self._on_export)
        self._list.selected_changed.connect(self._details.show_entry)
        self._details.copy_requested.connect(self._on_copy)
        self._no_matches.primary_requested.connect(self._clear_filter)
        self._update_words()

    async def aclose(self) -> None:
        """Stop looking; a file that is being written is finished."""
        self._timer.stop()
        await close_all(self._tasks.aclose, self._saver.aclose)

    def refresh(self) -> None:
        """Show what the journal holds now."""
        entries = self._journal().entries
        if entries is not self._shown_entries:
            self._shown_entries = entries
            self._model.set_entries(entries)
            self._list.select_first()
            self._update_words()
        problem = self._journal().problem
        if problem != self._told_problem:  # else a file that could not be written is not told long enough to be read
            self._told_problem = problem
            self._problem.show_text(say(problem) if problem is not None else "", Ink.WARNING, aloud=False)

    # What a person does

    def _on_filter_changed(self) -> None:
        self._model.set_filter(self._filter.text(), self._outcomes.currentData())
        self._list.select_first()
        self._update_words()

    def _clear_filter(self) -> None:
        self._outcomes.setCurrentIndex(0)
        self._filter.clear()
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self, entry: Entry) -> None:
        QGuiApplication.clipboard().setText(as_markdown(entry, say=say, zone=None))

    def _on_export(self) -> None:
        entries = self._model.shown

        def make(path: Path) -> Make:
            # Words are said here: translating is Qt's, and its place is this thread.
            if format_of(path) is Format.XLSX:
                return as_xlsx(entries, say=say, zone=None)
            data = as_json(entries) if format_of(path) is Format.JSON else as_csv(entries, say=say, zone=None)
            return lambda: data

        title = self.tr("Export everything listed: %n change(s)", "", len(entries))
        button = self.tr("Export all listed ({n})").format(n=self.locale().toString(len(entries)))
        apps = {entry.intent.app_name for entry in entries}
        about = apps.pop() if len(apps) == 1 else ""
        self._saver.ask(Wanted(title, button, "pgyer-activity", about), make)

    # What happens by itself

    def _look(self) -> None:
        self._turns += 1
        if self._turns % _MINUTE_TURNS == 0:
            self._model.refresh_times()
        self.refresh()
        self._tasks.start("look", self._journal().reload, policy=Policy.DROP_IF_RUNNING)

    # Building

    def _lay_out(self) -> None:
        self._filter.setPlaceholderText(self.tr("Filter changes"))
        self._filter.setClearButtonEnabled(True)
        dress_search(self._filter)
        self._outcomes.addItem(self.tr("Every outcome"), None)
        for outcome in _OUTCOMES:
            self._outcomes.addItem(say(OUTCOME_WORDS[outcome]), outcome)
        self._export.setAccessibleName(self._export.text())
        explain(self._export, self.tr("Writes the changes that are listed to a file for a spreadsheet or a program"))
        self._nothing.set_content(
            "activity",
            self.tr("Nothing has been changed yet"),
            self.tr("Every build that you set latest, clear or delete with this program is listed here."),
        )
        self._no_matches.set_content("search", self.tr("Nothing matches"), "", self.tr("Clear filter"))
        self._no_matches.primary_button.setObjectName("activityClearFilter")
        edge = theme.SPACE_EDGE
        margins = (edge, theme.SPACE, edge, theme.SPACE)
        top = QWidget(self)
        row(wide(self._filter), self._outcomes, self._export, inside=top, margins=margins)
        splitter = Splitter("activitySplitter", self.tr("Width of the details"), self)
        splitter.setHandleWidth(0)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._no_matches)
        splitter.addWidget(self._pages)
        splitter.addWidget(self._details)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.at_font(520, self.font()), theme.at_font(400, self.font())])
        self._whole = QStackedWidget(self)
        self._whole.addWidget(splitter)
        self._whole.addWidget(self._nothing)
        bottom = row(wide(self._status), margins=margins)
        problem = row(self._problem, margins=(edge, 0, edge, 0))
        column(top, Hairline(self), problem, wide(self._whole), Hairline(self), bottom, inside=self, spacing=0)
        fit_to_screen(self, QSize(640, 400), theme.size_at_font(QSize(920, 580), self.font()))
        part_keys(self, Parts(self, lambda: (top, self._pages, self._details)))

    def _update_words(self) -> None:
        shown, total = self._model.rowCount(), self._model.total_count
        self._whole.setCurrentIndex(0 if total else 1)
        self._pages.setCurrentIndex(0 if shown or not total else 1)
        for control in (self._filter, self._outcomes):
            control.setEnabled(total > 0)
        self._export.setEnabled(shown > 0)
        if shown == total:
            words = self.tr("%n change(s)", "", total)
        else:
            words = self.tr("{shown} of %n change(s)", "", total).replace("{shown}", self.locale().toString(shown))
        self._status.set_status(words, "" if shown or not total else self.tr("Nothing matches"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Start to read."""
        super().showEvent(event)
        keep_on_screen(self)
        self._look()
        self._timer.start()
        if self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading while it is hidden."""
        super().hideEvent(event)
        self._timer.stop()
