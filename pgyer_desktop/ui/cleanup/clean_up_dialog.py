"""Plans a clean-up: rules, and a table of every build of the app with the reason why it is kept or deleted.

Must not plan, save or delete: it says what is wanted, and shows the plan it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QSpinBox,
)

from pgyer_desktop.core.cleanup.retention import MOST_DAYS, Rules
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.cleanup.model import CleanUpModel
from pgyer_desktop.ui.widgets.dialog.danger_button import DangerButton
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import fill, wide
from pgyer_desktop.ui.widgets.row_table import RowTable
from pgyer_desktop.ui.widgets.spoken.announcement import Standing
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.cleanup.retention import FrozenPlan, Plan, Totals

_MOST_NEWEST: Final = 100_000


class CleanUpDialog(Dialog):
    """Shows the rules and the plan. It stays open until the person closes it or runs the plan.

    Signals:
        rules_changed: arg: `Rules`, or None where there is none.
        save_requested: the plan is to be frozen and saved as a file.
        open_requested: a plan that was saved is to be opened.
        run_requested: the plan that shows is to be run.
    """

    rules_changed = Signal(object)
    save_requested = Signal()
    open_requested = Signal()
    run_requested = Signal()

    def __init__(self, app_name: str, parent: QWidget | None = None) -> None:
        super().__init__("cleanUpDialog", parent)
        self.set_titles(self.tr("Clean up"), self.tr("Clean up {app}").format(app=app_name))
        self.frozen: FrozenPlan | None = None
        """The plan from a file that shows; None while it is one that is being made."""
        self._status_words = ""
        self.model = CleanUpModel(self)
        self._lead = Label(self, ink=Ink.SOFT)
        self._lead.setText(
            self.tr(
                "What any rule keeps is kept. The latest, what is pinned on this computer, and what is still being"
                " published is never deleted."
            )
        )
        self._newest, self._newest_number = self._rule("cleanUpNewest", self.tr("Keep the newest"), 20, _MOST_NEWEST)
        words = self.tr("Keep all younger than, in days")
        self._days, self._days_number = self._rule("cleanUpDays", words, 30, MOST_DAYS)
        self._versions = named("cleanUpNewestOfVersion", QCheckBox(self.tr("Keep the newest of each version"), self))
        self._newest.setChecked(True)
        self._days.setChecked(True)
        self._table = RowTable(self)
        self._problem = ProblemLine("cleanUpProblem", self)
        self._totals = named("cleanUpTotals", Label(self))
        self._standing = Standing(self._totals)
        self._limit = named("cleanUpLimit", Label(self, ink=Ink.SOFT))
        self._most: int | None = None
        self._lay_out()
        self._save = self._button("cleanUpSave", self.tr("Save plan…"), QDialogButtonBox.ButtonRole.ActionRole)
        self._open = self._button("cleanUpOpen", self.tr("Open plan…"), QDialogButtonBox.ButtonRole.ActionRole)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self._run = self.add_button("cleanUpRun", self.tr("Run…"), role, DangerButton(self))
        self.add_close("cleanUpClose")
        self._connect()
        self._update()

    @property
    def rules(self) -> Rules | None:
        """The rules that are chosen; None where there is none."""
        rules = Rules(
            newest=self._newest_number.value() if self._newest.isChecked() else None,
            days=self._days_number.value() if self._days.isChecked() else None,
            newest_of_version=self._versions.isChecked(),
        )
        return rules if rules.keep_anything else None

    def show_plan(self, plan: Plan, *, most: int | None = None) -> None:
        """Show a plan that follows the rules; `most`: so many the account deletes in one run, before it stops."""
        self.frozen, self._most = None, most
        self.model.show_plan(plan)
        self.say_problem(None)
        self._update()

    def show_frozen(self, plan: FrozenPlan, problem: Text | None = None) -> None:
        """Show a plan from a file; `problem`: why it cannot be run here."""
        self.frozen = plan
        self.model.show_frozen(plan)
        self.say_problem(problem)
        self._update()
        self._run.setEnabled(problem is None and plan.totals.delete > 0)

    def say_status(self, words: str) -> None:
        """Say how far reading is; "" while nothing is read."""
        self._status_words = words
        self._update()

    def say_problem(self, text: Text | None) -> None:
        """Say why there is no plan, or a row cannot be changed; None: nothing is wrong."""
        self._problem.show_text(say(text) if text is not None else "", Ink.WARNING)

    def refuse(self, text: Text) -> None:
        """Say why there is no plan, and show none."""
        self.frozen = None
        self.model.show_plan(None)
        self.say_problem(text)
        self._update()

    def _rule(self, name: str, words: str, value: int, most: int) -> tuple[QCheckBox, QSpinBox]:
        check = named(name, QCheckBox(words, self))
        number = named(f"{name}Number", QSpinBox(self), words)
        number.setRange(1, most)
        number.setValue(value)
        return check, number

    def _button(self, name: str, words: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = self.add_button(name, words, role)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        table = self._table
        table.setObjectName("cleanUpTable")
        table.setAccessibleName(self.tr("Plan"))
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in enumerate((210, 90, 150)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        rules = QGridLayout()
        rules.setHorizontalSpacing(theme.SPACE)
        rules.setVerticalSpacing(theme.SPACE_TIGHT)
        rules.addWidget(self._newest, 0, 0)
        rules.addWidget(self._newest_number, 0, 1)
        rules.addWidget(self._days, 1, 0)
        rules.addWidget(self._days_number, 1, 1)
        rules.addWidget(self._versions, 2, 0, 1, 2)
        rules.setColumnStretch(2, 1)
        fill(self.body, self._lead, rules, wide(table), self._problem, self._totals, self._limit)
        self.leave_size_to_person(least=QSize(520, 420), first=QSize(720, 600))

    def _connect(self) -> None:
        for check in (self._newest, self._days, self._versions):
            check.toggled.connect(self._on_rules_changed)
        for number in (self._newest_number, self._days_number):
            number.valueChanged.connect(self._on_rules_changed)
        self.model.plan_changed.connect(self._on_plan_changed)
        self.model.refused.connect(self.say_problem)
        self._save.clicked.connect(self.save_requested)
        self._open.clicked.connect(self.open_requested)
        self._run.clicked.connect(self.run_requested)

    def _on_rules_changed(self) -> None:
        self._newest_number.setEnabled(self._newest.isChecked())
        self._days_number.setEnabled(self._days.isChecked())
        self.rules_changed.emit(self.rules)

    def _on_plan_changed(self) -> None:
        self.say_problem(None)
        self._update()

    def _shown_totals(self) -> Totals | None:
        if self.frozen is not None:
            return self.frozen.totals
        return self.model.plan.totals if self.model.plan is not None else None

    def _update(self) -> None:
        totals = self._shown_totals()
        if totals is None:
            self._totals.setText(self._status_words)
        else:
            words = self.tr("%n build(s) to delete", "", totals.delete)
            kept = self.tr("%n build(s) kept", "", totals.keep)
            freed = self.tr("{size} freed").format(size=formatting.size(totals.freed))
            self._totals.setText(f"{words} · {kept} · {freed}")
        self._standing.write(self._totals.text(), final=totals is not None)
        count = totals.delete if totals is not None else 0
        some = count > 0
        over = self._most is not None and count > self._most
        limit = self.tr(
            "%n match; this account deletes at most {most} in one run, and asks before it goes on.", "", count
        )
        self._limit.setText(limit.replace("{most}", self.locale().toString(self._most or 0)) if over else "")
        self._limit.setVisible(over)
        self._run.setText(self.tr("Delete %n build(s)…", "", count) if some else self.tr("Delete…"))
        self._run.setEnabled(some)
        self._save.setEnabled(some and self.frozen is None)
        for widget in (self._newest, self._days, self._versions):
            widget.setEnabled(self.frozen is None)
        self._newest_number.setEnabled(self.frozen is None and self._newest.isChecked())
        self._days_number.setEnabled(self.frozen is None and self._days.isChecked())
