"""Plans a clean-up: rules, and what they delete and keep with the reason of each build, as two tabs.

Must not plan, save or delete: it says what is wanted, and shows the plan it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialogButtonBox

from pgyer_desktop.core.builds.keeping import USUAL_RULES, AppRules, Policy, Rules
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.listing.rows import Column
from pgyer_desktop.ui.cleanup.lists import PlanLists
from pgyer_desktop.ui.cleanup.model import PlanModel
from pgyer_desktop.ui.cleanup.policy_box import PolicyBox
from pgyer_desktop.ui.cleanup.rules_bar import RulesBar
from pgyer_desktop.ui.widgets.dialog.danger_button import DangerButton
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QPushButton, QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.cleanup.retention import FrozenPlan, Plan
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_COLUMNS = (Column.BUILD, Column.SIZE, Column.UPLOADED, Column.DOWNLOADS, Column.REASON)


class CleanUpDialog(Dialog):
    """Shows the rules and the plan. It stays open until the person closes it or runs the plan.

    Signals:
        rules_changed: a plan is to be made by these rules. arg: `Rules`, perhaps without any rule.
        policies_changed: arg: all `Policy` that there are from now on, in a tuple.
        reading_requested: the builds are to be read again.
        save_requested: the plan is to be frozen and saved as a file.
        open_requested: a plan that was saved is to be opened.
        run_requested: the plan that shows is to be run.
        limit_requested: the guard rail that says how many go in one run is to be changed.
        leave_requested: the dialog is to be closed, with what was chosen by hand; see `leave`.
    """

    rules_changed = Signal(object)
    policies_changed = Signal(object)
    reading_requested = Signal()
    save_requested = Signal()
    open_requested = Signal()
    run_requested = Signal()
    limit_requested = Signal()
    leave_requested = Signal()

    def __init__(
        self,
        app_name: str,
        icons: IconLoader,
        parent: QWidget | None = None,
        *,
        rules: AppRules | None = None,
        policies: tuple[Policy, ...] = (),
    ) -> None:
        """`rules`: by which the app was cleaned up last."""
        super().__init__("cleanUpDialog", parent)
        self.set_titles(self.tr("Clean up"), self.tr("Clean up {app}").format(app=app_name))
        self._most: int | None = None
        self._blocked = False
        self.model = PlanModel(self)
        self._rules = RulesBar(self)
        self._rules.set_rules(rules.rules if rules is not None else USUAL_RULES)
        self._policy = PolicyBox(policies, self._rules.rules, rules.policy if rules is not None else "", self)
        self._lists = PlanLists(self.model, app_name, icons, self)
        self._problem = ProblemLine("cleanUpProblem", self)
        self._limit = named("cleanUpLimit", Label(self))
        self._caption = Label(self, Size.CAPTION, Ink.SOFT)
        self._new_plan = LinkButton("cleanUpNewPlan", self.tr("Make a new plan"), self)
        policy = self._new_plan.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves
        self._new_plan.setSizePolicy(policy)
        self._change = LinkButton("cleanUpChangeLimit", self.tr("Change…"), self)
        self._lay_out()
        self._save = self._button("cleanUpSave", self.tr("Save plan…"))
        self._open = self._button("cleanUpOpen", self.tr("Open plan…"))
        self._run = self.add_button("cleanUpRun", "", QDialogButtonBox.ButtonRole.AcceptRole, DangerButton(self))
        cancel = self.add_button("cleanUpClose", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._run, cancel):
            button.setAutoDefault(False)
        self._connect()
        self._update()

    @property
    def rules(self) -> Rules:
        """The rules that are chosen; perhaps none."""
        return self._rules.rules

    @property
    def policy(self) -> str:
        """The name of the policy that they are those of; "" where they are the app's own."""
        return self._policy.name

    def show_plan(self, plan: Plan, *, most: int | None = None) -> None:
        """Show a plan that follows the rules; `most`: so many the account deletes in one run, before it stops."""
        self._most, self._blocked = most, False
        self.model.show_plan(plan)

    def show_frozen(self, plan: FrozenPlan, known: Mapping[str, Build], problem: Text | None = None) -> None:
        """Show a plan from a file; `known` are the app's builds by key, `problem` says why it cannot be run here."""
        self._blocked = problem is not None
        self.model.show_frozen(plan, known)
        self.say_problem(problem)

    def set_most(self, most: int) -> None:
        """Say of another limit of one run."""
        if self._most is not None:
            self._most = most
            self._update()

    def say_status(self, words: str) -> None:
        """Say how far reading is; "" while nothing is read."""
        self._lists.say_status(words)

    def say_problem(self, text: Text | None) -> None:
        """Say why there is no plan, or a row cannot be changed; None: nothing is wrong."""
        self._problem.show_text(say(text) if text is not None else "", Ink.WARNING)

    def refuse(self, text: Text, *, again: bool = False) -> None:
        """Say why there is no plan, and show none; `again`: offer to read the builds again."""
        self._lists.offer_reading(offer=again)
        self.model.show_plan(None)
        self.say_problem(text)

    def leave(self) -> None:
        """Close without asking for what was chosen by hand."""
        super().reject()

    def reject(self) -> None:
        """Close, or have it asked first where something would be lost."""
        if self.model.by_hand:
            self.leave_requested.emit()
        else:
            super().reject()

    # Putting together

    def _button(self, name: str, words: str) -> QPushButton:
        # Of this role, because that is the one that every platform has at the left.
        button = self.add_button(name, words, QDialogButtonBox.ButtonRole.ResetRole)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        edge = theme.SPACE_EDGE
        for label in (self._limit, self._caption):
            label.setWordWrap(False)
        above = column(
            row(wide(self.take_heading()), self._policy),
            self._rules,
            row(self._caption, self._new_plan, stretch()),
            spacing=theme.SPACE_GROUP,
            margins=(edge, 0, edge, theme.SPACE),
        )
        self.reach_edges()
        fill(self.body, above, wide(self._lists), Hairline(self))
        fill(self.foot, self._problem, row(self._limit, self._change, stretch(), spacing=theme.SPACE_TIGHT))
        self.leave_size_to_person(least=QSize(760, 520), first=QSize(880, 640))

    def _connect(self) -> None:
        self._rules.rules_changed.connect(self._on_rules_changed)
        self._policy.chosen.connect(lambda policy: self._take_rules(policy.rules))
        self._policy.policies_changed.connect(self.policies_changed)
        self._lists.rules_requested.connect(self._take_rules)
        self._lists.reading_requested.connect(self.reading_requested)
        self.model.changed.connect(self._on_plan_changed)
        self.model.refused.connect(self.say_problem)
        self._save.clicked.connect(self.save_requested)
        self._open.clicked.connect(self.open_requested)
        self._run.clicked.connect(self.run_requested)
        self._change.clicked.connect(self.limit_requested)
        self._new_plan.clicked.connect(self._on_new_plan)

    # What happens

    def _take_rules(self, rules: Rules) -> None:
        self._rules.set_rules(rules)
        self._on_rules_changed()

    def _on_rules_changed(self) -> None:
        self._policy.follow(self.rules)
        self.rules_changed.emit(self.rules)

    def _on_new_plan(self) -> None:
        self.model.show_plan(None)
        self.rules_changed.emit(self.rules)

    def _on_plan_changed(self) -> None:
        self.say_problem(None)
        self._update()

    def _update(self) -> None:
        model, totals = self.model, self.model.totals
        count = totals.delete if totals is not None else 0
        over = self._most is not None and count > self._most
        limit = self.tr("%n match; this account deletes at most {most} in one run", "", count)
        self._limit.setText(f"{limit.replace('{most}', formatting.number(self._most))} ·" if over else "")
        self._limit.setVisible(over)
        self._change.setVisible(over)
        self._run.setText(self.tr("Delete %n build(s)…", "", count) if count else self.tr("Delete…"))
        self._run.setEnabled(bool(count) and not self._blocked)
        self._save.setEnabled(bool(count) and model.frozen is None)
        self._show_origin()

    def _show_origin(self) -> None:
        """Let rules be changed while a plan is made; of one from a file, say that it runs as it is."""
        frozen = self.model.frozen
        self._rules.setEnabled(frozen is None)
        self._policy.setEnabled(frozen is None)
        self._new_plan.setVisible(frozen is not None)
        if frozen is None:
            words = self.tr("The latest, pinned builds and builds still being published always stay.")
        else:
            words = self.tr("This plan was saved on {when}. It runs as it was agreed on.")
            words = words.format(when=formatting.date_time(frozen.when))
        self._caption.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Take back what the button box decides as it shows: it makes its first accepting button the default one."""
        super().showEvent(event)
        self._run.setDefault(False)
        if not event.spontaneous():
            self._rules.begin()
