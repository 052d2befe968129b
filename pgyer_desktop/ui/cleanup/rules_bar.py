"""The rules of a clean-up in one line.

Must not plan: it says which rules are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from pgyer_desktop.core.builds.keeping import MOST_BUILDS, MOST_DAYS, USUAL_RULES, Rules
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.layout import SideBySide, row, stretch
from pgyer_desktop.ui.widgets.text.label import Label

if TYPE_CHECKING:
    from pgyer_desktop.ui.widgets.layout import Part


class RulesBar(QWidget):
    """The newest, the young ones, the newest of each version: what any of them keeps is kept.

    Signals:
        rules_changed: see `rules`.
    """

    rules_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        words = self.tr("Keep the newest")
        label = _one_line(words, self)
        self._newest = named("cleanUpNewestNumber", QSpinBox(self), words)
        self._newest.setRange(0, MOST_BUILDS)  # none of them is no such rule
        label.setBuddy(self._newest)
        words = self.tr("also younger than")
        self._young = named("cleanUpDays", QCheckBox(words, self))
        self._days = named("cleanUpDaysNumber", QSpinBox(self), self.tr("Younger than, in days"))
        self._days.setRange(1, MOST_DAYS)
        self._versions = named("cleanUpNewestOfVersion", QCheckBox(self.tr("also the newest of each version"), self))
        unit = _one_line(self.tr("days", "behind the number in: younger than 30 days"), self)
        parts = (
            self._part(label, self._newest),
            self._part(self._young, self._days, unit),
            self._part(self._versions, stretch()),
        )
        for part in parts:
            part.setMinimumHeight(max(one.sizeHint().height() for one in parts))  # on one line, spin box or not
        row(SideBySide(self, *parts, spacing=theme.SPACE_WIDE), inside=self)
        self.set_rules(USUAL_RULES)
        for number in (self._newest, self._days):
            number.valueChanged.connect(self._on_changed)
        for check in (self._young, self._versions):
            check.toggled.connect(self._on_changed)

    @property
    def rules(self) -> Rules:
        """The rules that are chosen; perhaps none."""
        return Rules(
            newest=self._newest.value() or None,
            days=self._days.value() if self._young.isChecked() else None,
            newest_of_version=self._versions.isChecked(),
        )

    def set_rules(self, rules: Rules) -> None:
        """Show these, and say nothing of it."""
        widgets = (self._newest, self._days, self._young, self._versions)
        before = [widget.blockSignals(True) for widget in widgets]
        self._newest.setValue(rules.newest or 0)
        self._young.setChecked(rules.days is not None)
        self._days.setValue(rules.days or self._days.value())
        self._versions.setChecked(rules.newest_of_version)
        for widget, blocked in zip(widgets, before, strict=True):
            widget.blockSignals(blocked)
        self._days.setEnabled(self._young.isChecked())

    def begin(self) -> None:
        """Take the keyboard, as the first thing that somebody may want to change."""
        self._newest.setFocus()

    def _part(self, *parts: Part) -> QWidget:
        part = QWidget(self)
        row(*parts, inside=part, spacing=theme.SPACE)
        return part

    def _on_changed(self) -> None:
        self._days.setEnabled(self._young.isChecked())
        self.rules_changed.emit()


def _one_line(words: str, parent: QWidget) -> Label:
    label = Label(parent, text=words)
    label.setWordWrap(False)
    return label
