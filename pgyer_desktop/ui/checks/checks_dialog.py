"""Lists the saved update checks of an app with what each was answered last, and what has changed since the time before.

Must not ask Pgyer, keep cases or touch the clipboard: it says by signal what a person wants, and is handed results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QPushButton, QStackedWidget

from pgyer_desktop.core.checks.cases import MAX_CASES, as_text, asked_words, offered_words, update_words, usual
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.formatting import since
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.checks.case_dialog import CheckCaseDialog
from pgyer_desktop.ui.checks.table import ChecksModel, ChecksRow, ChecksTable, sentence
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.checks.cases import CheckCase, Question, Result

_DETAIL_LINES: Final = 2
"""Room that is always kept under the table, so that nothing jumps while somebody walks through the rows."""


class UpdateChecksDialog(Dialog):
    """The update checks of one app. It stays open until the person closes it, and asks nothing by itself.

    Signals:
        cases_changed: arg: all cases as they are now (tuple of `CheckCase`).
        run_requested: all cases are to be asked.
        case_run_requested: some cases are to be asked, which were added or edited. arg: tuple of `CheckCase`.
        stop_requested: no more cases are to be asked.
        copy_requested: arg: the results as text (str).
    """

    cases_changed = Signal(object)
    run_requested = Signal()
    case_run_requested = Signal(object)
    stop_requested = Signal()
    copy_requested = Signal(str)

    def __init__(
        self,
        app_name: str,
        cases: Iterable[CheckCase] = (),
        parent: QWidget | None = None,
        *,
        latest: Build | None = None,
    ) -> None:
        """`latest` is the build that a current user has, where that is known: a case can be made of it."""
        super().__init__("updateChecksDialog", parent, width=560)
        self.set_titles(self.tr("Update checks"), self.tr("What are devices offered?"))
        self._app_name, self._latest = app_name, latest
        self.cases = tuple(cases)
        """All cases as they are now."""
        self._results: dict[Question, tuple[Result, Result | None]] = {}
        self._asking: CheckCase | None = None
        self._running = False
        self._done = 0
        self._removed: tuple[int, CheckCase] | None = None

        lead = self.tr("{app}: saved checks, to be run again after each promotion.")
        self._lead = Label(self, ink=Ink.SOFT, text=lead.format(app=app_name))
        self._model = ChecksModel(self)
        self._table = ChecksTable(self._model, self)
        self._empty = named("checksEmpty", Label(self, ink=Ink.SOFT))
        self._empty.setText(
            self.tr(
                "No case is saved yet. Add one for each kind of device that matters, or begin with the three usual"
                " ones: a new user, a user of 1.0, and one who is up to date."
            )
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFrameShape(QFrame.Shape.StyledPanel)
        self._empty.setMargin(theme.SPACE_WIDE)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._progress = ThinProgress(self)
        self._usual = push_button("checksUsual", self.tr("Add the usual cases"), self, "plus")
        self._add = push_button("checksAdd", self.tr("Add…"), self, "plus")
        self._edit = push_button("checksEdit", self.tr("Edit…"), self, "pencil")
        self._remove = push_button("checksRemove", self.tr("Remove"), self, "trash")
        self._copy = CopyButton("checksCopy", self.tr("Copy results"), self)
        self._copy.setAutoDefault(False)
        self._detail = named("checksDetail", Label(self, ink=Ink.SOFT))
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._status = named("checksStatus", Label(self, Size.CAPTION, Ink.SOFT))
        self._undo = push_button("checksUndo", self.tr("Undo"), self)
        self._stop = push_button("checksStop", self.tr("Stop"), self)
        self._run = self.add_button("checksRun", self.tr("Run all"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._run.setDefault(True)
        close = self.add_button("checksClose", self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._show_rows(select=0)
        (self._table if self.cases else self._add).setFocus()

    def set_result(self, result: Result, before: Result | None = None) -> None:
        """Show the result of a case, and how it differs from `before`."""
        self._results[result.case.question] = (result, before)
        if self._running:
            self._done += 1
        if self._asking is not None and self._asking.question == result.case.question:
            self._asking = None
        self._show_rows()

    def set_asking(self, case: CheckCase | None) -> None:
        """Show that this case is being asked right now. Its answer before stays until there is another."""
        self._asking = case
        self._show_rows()

    def set_running(self, *, running: bool, done: int = 0) -> None:
        """Show that the cases are being asked, `done` of them already, or no longer."""
        if running == self._running:
            return
        self._running = running
        if running:
            self._done, self._removed = done, None
            self._progress.start()
        else:
            self._asking = None
            self._progress.stop()
        on_run, on_stop = self._run.hasFocus(), self._stop.hasFocus()
        self._show_rows()
        # A button that goes hands its focus to whichever is next: to the other of the two instead.
        if running and on_run:
            self._stop.setFocus()
        elif not running and on_stop:
            self._run.setFocus()
        announce(self, self._status.text())

    def _lay_out(self) -> None:
        tools = row(self._add, self._usual, self._edit, self._remove, stretch(), self._copy)
        state = row(wide(self._status), self._undo, self._stop)
        listed = column(self._stack, self._progress, self._detail, spacing=theme.SPACE_TIGHT)
        below = column(tools, state, spacing=theme.SPACE_TIGHT)
        self.body.setSpacing(theme.SPACE)
        fill(self.body, self._lead, listed, below)

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self._usual.clicked.connect(self._on_usual)
        self._edit.clicked.connect(self._on_edit)
        self._remove.clicked.connect(self._on_remove)
        self._undo.clicked.connect(self._on_undo)
        self._copy.clicked.connect(self._on_copy)
        self._stop.clicked.connect(self.stop_requested)
        self.buttons.accepted.connect(self._on_run)
        self._table.doubleClicked.connect(self._on_edit)
        self._table.selectionModel().selectionChanged.connect(self._update)
        for keys, button in (("F2", self._edit), ("Del", self._remove), ("Ins", self._add)):
            self._on_key(QKeySequence(keys), button)
        self._on_key(QKeySequence(QKeySequence.StandardKey.Copy), self._copy)

    def _on_key(self, keys: QKeySequence, button: QPushButton) -> None:
        shortcut = QShortcut(keys, self._table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(button.click)

    # What a person does

    def _on_run(self) -> None:
        if self._run.isEnabled():
            self.run_requested.emit()

    def _on_copy(self) -> None:
        rows = ((row.case, row.result, row.change) for row in self._model.rows)
        self.copy_requested.emit(as_text(self._app_name, rows, say=say))

    def _on_add(self) -> None:
        def on_saved(case: CheckCase) -> None:
            self._put((*self.cases, case), select=len(self.cases))
            self._table.setFocus()
            self.case_run_requested.emit((case,))

        if self._add.isEnabled():
            self._ask(None, on_saved)

    def _on_usual(self) -> None:
        names = (self.tr("New user"), self.tr("1.0 user"), self.tr("Up-to-date user"))
        cases = usual(self._latest, names)
        self._put(cases, select=0)
        self._table.setFocus()
        self.case_run_requested.emit(cases)

    def _on_edit(self) -> None:
        row = self._table.selected_row
        if row < 0 or not self._edit.isEnabled():
            return

        def on_saved(case: CheckCase) -> None:
            self._put((*self.cases[:row], case, *self.cases[row + 1 :]), select=row)
            if case.question not in self._results:
                self.case_run_requested.emit((case,))

        self._ask(row, on_saved)

    def _ask(self, row: int | None, on_saved: Callable[[CheckCase], None]) -> None:
        case = self.cases[row] if row is not None else None
        others = tuple(other for number, other in enumerate(self.cases) if number != row)
        dialog = CheckCaseDialog(case, others, self, latest=self._latest)
        dialog.case_saved.connect(on_saved)
        dialog.show_once()

    def _on_remove(self) -> None:
        row = self._table.selected_row
        if row < 0 or not self._remove.isEnabled():
            return
        removed = (row, self.cases[row])
        self._put((*self.cases[:row], *self.cases[row + 1 :]), select=row)
        self._removed = removed
        self._update()
        if not self.cases:
            self._add.setFocus()
        announce(self, self._status.text())

    def _on_undo(self) -> None:
        if self._removed is None:
            return
        row, case = self._removed
        self._put((*self.cases[:row], case, *self.cases[row:]), select=row)
        self._table.setFocus()

    def _put(self, cases: tuple[CheckCase, ...], *, select: int) -> None:
        self.cases = cases
        self._removed = None
        self._show_rows(select=select)
        self.cases_changed.emit(cases)

    # What shows

    def _row(self, case: CheckCase) -> ChecksRow:
        result, before = self._results.get(case.question, (None, None))
        if result is not None:
            result = replace(result, case=case)  # it may have been renamed since
        return ChecksRow(case, result, before, asking=case == self._asking)

    def _show_rows(self, *, select: int | None = None) -> None:
        self._model.set_rows(tuple(self._row(case) for case in self.cases))
        self._stack.setCurrentWidget(self._table if self.cases else self._empty)
        self._stack.setFixedHeight(self._table.wanted_height(len(self.cases)))
        if select is not None:
            self._table.select(select)
        self._update()

    def _update(self) -> None:
        """Enable the buttons and write the texts that fit the rows."""
        row = self._table.selected_row
        busy = self.tr("Stop the checks first.") if self._running else ""
        none = "" if row >= 0 else self.tr("Select a case first.")
        full = ""
        if len(self.cases) >= MAX_CASES:
            full = self.tr("An app has {most} cases at most. Remove one first.").format(most=MAX_CASES)
        nothing = "" if self.cases else self.tr("Add a case first.")
        answered = any(shown.result is not None for shown in self._model.rows)
        for button, why_not in (
            (self._add, busy or full),
            (self._edit, busy or none),
            (self._remove, busy or none),
            (self._run, busy or nothing),
            (self._copy, "" if answered else self.tr("Nothing has been checked yet.")),
        ):
            button.setEnabled(not why_not)
            explain(button, why_not)
        # Enter does the obvious: the first case is to be added before anything can be run.
        (self._run if self.cases else self._add).setDefault(True)
        self._usual.setVisible(not self.cases)
        for button in (self._edit, self._remove):
            button.setVisible(bool(self.cases))
        self._stop.setVisible(self._running)
        self._undo.setVisible(self._removed is not None)
        self._status.setText(self._state_words())
        self._detail.setText(self._detail_words(row))
        self._detail.setVisible(bool(self.cases))
        self._status.setMinimumHeight(self._stop.sizeHint().height())
        self._detail.setMinimumHeight(_DETAIL_LINES * self._detail.fontMetrics().lineSpacing())

    def _state_words(self) -> str:
        if self._removed is not None:
            return self.tr("{case} was removed.").format(case=self._removed[1].name)
        total = len(self.cases)
        if self._running:
            words = self.tr("{done} of %n case(s) checked", "", total)
            return words.replace("{done}", self.locale().toString(min(self._done, total)))
        rows = [row for row in self._model.rows if row.result is not None]
        if not rows:
            return ""
        parts = []
        failed = sum(row.result is not None and row.result.error is not None for row in rows)
        changed = sum(row.has_changed for row in rows)
        if failed:
            parts.append(self.tr("%n case(s) could not be checked", "", failed))
        if changed:
            parts.append(self.tr("%n case(s) changed", "", changed))
        elif not failed and all(row.before is not None for row in rows):
            parts.append(self.tr("Nothing changed"))
        last = max(row.result.when for row in rows if row.result is not None)
        parts.append(self.tr("as of {time}").format(time=since(last)))
        return " · ".join(parts)

    def _detail_words(self, number: int) -> str:
        """The selected row in full: the table may cut some of it."""
        row = self._model.rows[number] if 0 <= number < len(self.cases) else None
        if row is None or row.result is None:
            return ""
        if row.result.error is not None:
            return say(row.result.error)
        parts = [asked_words(row.case), offered_words(row.result), update_words(row.result)]
        if row.change is not None:
            parts.append(row.change)
        checked = self.tr("checked {time}").format(time=since(row.result.when))
        return " · ".join([*(sentence(say(part)) for part in parts), checked])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._stack.setFixedHeight(self._table.wanted_height(len(self.cases)))
