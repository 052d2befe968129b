"""The plan on screen: the one that is being made, with what was chosen by hand, or one from a file.

Holds it and says it in words. A choice is asked of the plan, which may refuse; must not decide by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.cleanup.leaner import beyond
from pgyer_desktop.core.cleanup.retention import PlanError, ReasonKind
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.builds.listing.rows import ListedBuild
from pgyer_desktop.ui.widgets.icon_cell import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.cleanup.retention import FrozenPlan, Plan, PlanReason, Row, Totals

_Reasons = tuple["PlanReason", ...]


class PlanModel(QObject):
    """What is to be deleted and what is kept.

    Signals:
        changed: there is another plan, or another choice.
        refused: a row could not be changed. arg: Text.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        """The plan that is being made; None before there is one, and while one from a file shows."""
        self.frozen: FrozenPlan | None = None
        """The plan from a file."""
        self._choices: dict[str, bool] = {}
        """Whether to delete, by build key, wherever somebody has decided against the rules of any plan so far."""
        self._saved: dict[str, bool] = {}
        """Those of the plan that was saved last."""
        self._known: Mapping[str, Build] = {}

    # What there is

    @property
    def shown(self) -> Plan | FrozenPlan | None:
        """Whichever plan there is."""
        return self.frozen if self.frozen is not None else self.plan

    @property
    def totals(self) -> Totals | None:
        """What it comes to."""
        return self.shown.totals if self.shown is not None else None

    @property
    def by_hand(self) -> int:
        """How many choices would be lost with the plan: what is in a file is not."""
        if self._choices == self._saved:
            return 0
        return sum(row.by_hand for row in self.plan.rows) if self.plan is not None else len(self._choices)

    @property
    def ends(self) -> tuple[datetime, datetime] | None:
        """When the oldest and the newest of what is to be deleted were uploaded, as far as that is known."""
        rows = self.shown.rows if self.shown is not None else ()
        times = [row.build.created for row in rows if row.delete and row.build.created is not None]
        return (min(times), max(times)) if times else None

    def rows(self, *, delete: bool) -> list[ListedBuild]:
        """What is to be deleted, or what is kept."""
        if self.shown is None:
            return []
        said: dict[tuple[_Reasons, _Reasons], ListedBuild] = {}  # many have the same reasons, and look alike
        found = []
        for row in self.shown.rows:
            if row.delete == delete:
                key = row.reasons, row.overruled
                if key not in said:
                    said[key] = self._listed(row)
                alike = said[key]
                found.append(ListedBuild(self._seen(row.build), alike.pills, alike.reason, checked=alike.checked))
        return found

    # What changes it

    def show_plan(self, plan: Plan | None) -> None:
        """Show a plan whose rows can be changed, with what was chosen before; None: nothing."""
        self.frozen = None
        self.plan = plan.with_choices(self._choices) if plan is not None else None
        self.changed.emit()

    def show_frozen(self, frozen: FrozenPlan, known: Mapping[str, Build]) -> None:
        """Show a plan that does not change any more. `known`: what else is known of its builds, by their key."""
        self.frozen, self.plan, self._known = frozen, None, known
        self.changed.emit()

    def note_saved(self) -> None:
        """Take what is chosen now for kept: it is in a file."""
        self._saved = dict(self._choices)

    def choose(self, build_key: str, delete: bool) -> None:
        """Delete or keep a build by hand, where the plan allows it."""
        if self.plan is None:
            return
        try:
            self.plan = self.plan.with_choice(build_key, delete=delete)
        except PlanError as exc:
            self.refused.emit(exc.text)
            return
        self._remember(build_key, delete=delete)
        self.changed.emit()

    def choose_all(self, delete: bool) -> None:
        """Delete or keep by hand all that is not so, as far as the plan allows it."""
        if self.plan is None:
            return
        others = [row.build.build_key for row in self.plan.rows if row.delete != delete and not row.protected]
        self.plan = self.plan.with_choices(dict.fromkeys(others, delete))
        for key in others:
            self._remember(key, delete=delete)
        self.changed.emit()

    def forget_choices(self) -> None:
        """Do as the rules say."""
        if self.plan is not None:
            back = {row.build.build_key: not row.delete for row in self.plan.rows if row.by_hand}
            self._choices.clear()
            self.plan = self.plan.with_choices(back)
            self.changed.emit()

    def _remember(self, build_key: str, *, delete: bool) -> None:
        """Keep a choice; none where somebody has gone back to what the rules say."""
        row = self.plan.row(build_key) if self.plan is not None else None
        if row is not None and row.by_hand:
            self._choices[build_key] = delete
        else:
            self._choices.pop(build_key, None)

    # Words

    def _seen(self, build: Build) -> Build:
        """A build as it looks here, where it is from a file, which says what identifies it: that counts."""
        known = self._known.get(build.build_key) if self.frozen is not None else None
        if known is None:
            return build
        return replace(build, icon=known.icon, downloads=known.downloads, identifier=known.identifier)

    def _listed(self, row: Row) -> ListedBuild:
        latest = any(reason.kind is ReasonKind.LATEST for reason in row.reasons)
        pills = ((self.tr("Latest"), Tone.ACCENT),) if latest else ()
        can_choose = self.plan is not None and not row.protected
        return ListedBuild(row.build, pills, self._why(row), checked=row.delete if can_choose else None)

    def _why(self, row: Row) -> str:
        words = self._said(row.reasons)
        if not row.overruled:
            return words
        return self.tr("{hand}; by the rules: {rules}").format(hand=words, rules=self._said(row.overruled))

    def _said(self, reasons: _Reasons) -> str:
        rules = self.shown.rules if self.shown is not None else None
        texts: list[Text] = []
        for reason in reasons:
            passed = beyond(rules) if rules is not None and reason.kind is ReasonKind.NO_RULE else ()
            texts += passed or (reason.text,)
        first, *others = (say(text) for text in texts)
        said = [first[:1].upper() + first[1:], *(other[:1].lower() + other[1:] for other in others)]
        return say(translate("retention", ", ", "between reasons")).join(said)
