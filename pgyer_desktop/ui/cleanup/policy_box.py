"""Rules with a name: chosen from a list, saved, renamed, deleted.

Must not remember them: it says by signal which there are from now on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QMenu, QToolButton, QWidget

from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.builds.keeping import MOST_POLICY_NAME, Policy, policy_of, with_policy, without_policy
from pgyer_desktop.core.cleanup.leaner import named as rules_named
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.buttons import icon_button
from pgyer_desktop.ui.widgets.dialog.dialog import NARROWEST, Dialog
from pgyer_desktop.ui.widgets.dialog.field import Field
from pgyer_desktop.ui.widgets.layout import fill, row
from pgyer_desktop.ui.widgets.text.label import Label
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.core.builds.keeping import Rules

_WIDTH = 184
"""Of the list, in logical pixels."""


class PolicyBox(QWidget):
    """Which policy the rules are those of, and what can be done with policies.

    Signals:
        chosen: arg: `Policy` whose rules are to be taken.
        policies_changed: arg: all `Policy` that there are, in a tuple.
    """

    chosen = Signal(object)
    policies_changed = Signal(object)

    def __init__(self, policies: tuple[Policy, ...], rules: Rules, name: str, parent: QWidget) -> None:
        """`name`: of the policy that `rules` were taken from; it may be gone, or another by now."""
        super().__init__(parent)
        self._policies = policies
        self._rules = rules
        self._name = name
        label = Label(self, text=self.tr("Policy"))
        label.setWordWrap(False)
        self._list = named("cleanUpPolicy", QComboBox(self), label.text())
        self._list.setMinimumWidth(theme.at_font(_WIDTH, self.font()))
        self._list.setMaximumWidth(theme.at_font(_WIDTH, self.font()))
        label.setBuddy(self._list)
        more = icon_button("cleanUpPolicyMore", "more", self.tr("Save, rename or delete a policy"), self)
        menu = QMenu(more)
        menu.setTitle(more.toolTip())
        self._save = self._action(menu, "cleanUpPolicySave", self.tr("Save as policy…"), self._on_save)
        self._rename = self._action(menu, "cleanUpPolicyRename", self.tr("Rename…"), self._on_rename)
        self._delete = self._action(menu, "cleanUpPolicyDelete", self.tr("Delete policy"), self._on_delete)
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row(label, self._list, more, inside=self, spacing=theme.SPACE)
        self._list.activated.connect(self._on_activated)
        self.follow(rules)

    @property
    def name(self) -> str:
        """The name of the policy that the rules are those of; "" where they are the app's own."""
        policy = policy_of(self._policies, self._name)
        return self._name if policy is not None and policy.rules == self._rules else ""

    def follow(self, rules: Rules) -> None:
        """Show of which policy these rules are."""
        self._rules = rules
        if not self.name:
            self._name = next((policy.name for policy in self._policies if policy.rules == rules), "")
        self._update()

    def _action(self, menu: QMenu, name: str, words: str, then: Callable[[], None]) -> QAction:
        action = menu.addAction(words)
        action.setObjectName(name)
        action.triggered.connect(then)
        return action

    def _update(self) -> None:
        self._list.clear()
        self._list.addItem(self.tr("Own rules"))
        for policy in self._policies:
            self._list.addItem(policy.name, policy.name)
            tip = plain_tooltip(f"{policy.name}\n{described(policy.rules)}")
            self._list.setItemData(self._list.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        name = self.name
        self._list.setCurrentIndex(max(0, self._list.findData(name)) if name else 0)
        self._save.setEnabled(self._rules.keep_anything)
        self._rename.setEnabled(bool(name))
        self._delete.setEnabled(bool(name))

    def _on_activated(self, place: int) -> None:
        policy = policy_of(self._policies, str(self._list.itemData(place) or ""))
        if policy is None:
            self._update()  # what is set stays, and is of a policy or not
            return
        self._name, self._rules = policy.name, policy.rules
        self._update()
        self.chosen.emit(policy)

    def _on_save(self) -> None:
        self._ask_name(self.tr("Save policy"), self.tr("Save these rules as a policy"), "", self._keep)

    def _on_rename(self) -> None:
        before = self.name

        def rename(name: str) -> None:
            self._policies = without_policy(self._policies, before)
            self._keep(name)

        self._ask_name(self.tr("Rename policy"), self.tr("Rename {policy}").format(policy=before), before, rename)

    def _on_delete(self) -> None:
        self._take(without_policy(self._policies, self.name), "")

    def _keep(self, name: str) -> None:
        self._take(with_policy(self._policies, Policy(name, self._rules)), name)

    def _take(self, policies: tuple[Policy, ...], name: str) -> None:
        self._policies, self._name = policies, name
        self._update()
        self.policies_changed.emit(policies)

    def _ask_name(self, action: str, heading: str, name: str, then: Callable[[str], None]) -> None:
        taken = [policy.name for policy in self._policies if policy.name != name]
        dialog = PolicyDialog(described(self._rules), taken, name, self.window())
        dialog.set_titles(action, heading)
        dialog.named.connect(then)
        dialog.show_once()


class PolicyDialog(Dialog):
    """Asks for the name of a policy.

    Signals:
        named: arg: the name.
    """

    named = Signal(str)

    def __init__(self, rules: str, taken: list[str], name: str = "", parent: QWidget | None = None) -> None:
        """`rules` in words; `taken`: names of other policies, whose place it would take."""
        super().__init__("policyDialog", parent, width=NARROWEST)
        self._taken = taken
        self._field = Field("policyNameEdit", self.tr("Name"), self, placeholder=self.tr("Nightlies"))
        self._field.edit.setMaxLength(MOST_POLICY_NAME)
        self._field.edit.setText(name)
        self._field.edit.selectAll()
        self._remark = Label(self)
        fill(self.body, Label(self, text=rules), self._field, self._remark)
        self._save = self.add_button("policySave", self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button("policyCancel", self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._save.setDefault(True)
        self.buttons.accepted.connect(self._on_save)
        self._field.edit.textChanged.connect(self._update)
        self._field.edit.setFocus()
        self._update()

    @property
    def _name(self) -> str:
        return " ".join(self._field.edit.text().encode("utf-8", "replace").decode().split())

    def _update(self) -> None:
        self._save.setEnabled(bool(self._name))
        taken = self._name in self._taken
        self._remark.setText(self.tr("It takes the place of the policy with this name.") if taken else "")
        self._remark.setVisible(taken)

    def _on_save(self) -> None:
        self.named.emit(self._name)
        self.accept()


def described(rules: Rules) -> str:
    """What rules keep, as a sentence without a full stop: "Keep the newest 20, all of the last 30 days"."""
    parts = say(translate("retention", ", ", "between what is kept")).join(say(text) for text in rules_named(rules))
    return say(translate("retention", "Keep {what}").fill(what=parts))
