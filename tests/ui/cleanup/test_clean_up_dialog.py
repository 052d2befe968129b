"""What the clean-up's dialog begins with, what it says of a plan, and what becomes of choices and policies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from pgyer_desktop.core.builds.keeping import AppRules, Policy, Rules
from pgyer_desktop.core.cleanup.retention import plan
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from pgyer_desktop.ui.cleanup.policy_box import PolicyDialog
from pgyer_desktop.ui.widgets.text.label import Label
from tests.ui.widgets.dialog.found import button, click, find, shown, type_into
from tests.ui.widgets.dialog.gallery import made_build

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pgyer_desktop.api.models import Build

NOW = datetime.now(UTC)
NIGHTLIES = Policy("Nightlies", Rules(newest=20, days=30))
pytestmark = pytest.mark.usefixtures("english")


def builds(count: int) -> list[Build]:
    """So many, one a day, the newest first; the newest is the latest."""
    return [made_build(400 - n, created=NOW - timedelta(days=n), downloads=n) for n in range(count)]


def planning(qtbot: QtBot, count: int, dialog: CleanUpDialog, *, most: int = 50) -> CleanUpDialog:
    """The dialog with somebody who plans as its rules say."""
    found = builds(count)

    def show(rules: Rules) -> None:
        made = plan(found, rules, latest_keys={found[0].build_key}, complete=True, now=NOW)
        dialog.show_plan(made, most=most)

    dialog.rules_changed.connect(show)
    shown(qtbot, dialog)
    show(dialog.rules)
    return dialog


def rows(dialog: CleanUpDialog) -> list[tuple[str, ...]]:
    """What the chosen tab shows, cell by cell."""
    model = find(dialog, BuildList, "cleanUpTable").model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def choose_menu(dialog: CleanUpDialog, name: str) -> None:
    action = dialog.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def test_what_goes_comes_first_with_what_it_frees_and_its_span(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 260, CleanUpDialog("Harbour", IconLoader()))
    assert dialog.rules == Rules(newest=20, days=30)
    assert button(dialog, "cleanUpDeleteTab").text() == "To delete (230)"
    assert button(dialog, "cleanUpKeptTab").text() == "Kept (30)"
    assert button(dialog, "cleanUpRun").text() == "Delete 230 builds…"
    first, last = (formatting.date(NOW - timedelta(days=days), NOW) for days in (259, 30))
    assert find(dialog, Label, "cleanUpTotals").text() == "2.4 GB freed"
    assert find(dialog, Label, "cleanUpSpan").text() == f"· {first} – {last}"
    version, size, uploaded, downloads, reason = rows(dialog)[0]
    assert (version, size, downloads) == ("1.4.0 (370) · #270", "10.6 MB", "30")
    assert last in uploaded
    assert reason == "Older than 30 days, beyond the newest 20"
    click(dialog, "cleanUpKeptTab")
    assert rows(dialog)[0][-1] == "Latest, among the newest 20, newer than 30 days"
    assert len(rows(dialog)) == 30


def test_the_limit_of_a_run_is_said_where_more_match_with_the_way_to_change_it(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 260, CleanUpDialog("Harbour", IconLoader()))
    limit, change = find(dialog, Label, "cleanUpLimit"), button(dialog, "cleanUpChangeLimit")
    assert limit.text() == "230 match; this account deletes at most 50 in one run ·"
    with qtbot.waitSignal(dialog.limit_requested):
        click(dialog, "cleanUpChangeLimit")
    dialog.set_most(300)
    assert not limit.isVisible()
    assert not change.isVisible()


def test_a_check_moves_a_build_to_the_other_tab_and_rules_leave_choices_alone(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 60, CleanUpDialog("Harbour", IconLoader()))
    table = find(dialog, BuildList, "cleanUpTable")
    table.setCurrentIndex(table.model().index(3, 0))
    before = rows(dialog)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert rows(dialog) == before[:3] + before[4:]
    assert table.currentIndex().row() == 3, "whoever goes on is where they were"
    click(dialog, "cleanUpKeptTab")
    assert rows(dialog)[-1] == (*before[3][:-1], "Kept by hand; by the rules: Older than 30 days, beyond the newest 20")
    find(dialog, QSpinBox, "cleanUpNewestNumber").setValue(10)
    assert rows(dialog)[-1][0] == before[3][0]
    find(dialog, QSpinBox, "cleanUpNewestNumber").setValue(50)  # the rules keep it themselves
    assert dialog.model.by_hand == 0
    find(dialog, QSpinBox, "cleanUpNewestNumber").setValue(20)
    assert dialog.model.by_hand == 1
    assert button(dialog, "cleanUpDeleteTab").text() == "To delete (29)"


def test_a_plan_with_choices_is_left_only_when_that_is_confirmed(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 60, CleanUpDialog("Harbour", IconLoader()))
    dialog.model.choose(dialog.model.rows(delete=True)[0].build.build_key, delete=False)
    for leave in (
        lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        lambda: click(dialog, "cleanUpClose"),
        dialog.close,
    ):
        with qtbot.waitSignal(dialog.leave_requested):
            leave()
        assert dialog.isVisible()
    dialog.leave()
    assert not dialog.isVisible()


def test_enter_presses_nothing(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 60, CleanUpDialog("Harbour", IconLoader()))
    asked: list[None] = []
    dialog.run_requested.connect(lambda: asked.append(None))
    for name in ("cleanUpNewestNumber", "cleanUpDays", "cleanUpTable", "cleanUpDeleteTab"):
        widget = dialog.findChild(QWidget, name)
        assert widget is not None
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert not asked
    assert dialog.isVisible()


def test_where_nothing_is_left_it_says_what_keeps_how_many_and_one_click_changes_it(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 12, CleanUpDialog("Harbour", IconLoader()))
    page = dialog.findChild(QWidget, "cleanUpNothing")
    assert page is not None
    assert page.isVisible()
    assert page.accessibleName() == "All 12 builds are kept"
    assert page.accessibleDescription() == "Among the newest 20: 12\nNewer than 30 days: 12\nLatest: 1"
    assert button(dialog, "cleanUpNothingChange").text() == ("Keep the newest 10, all of the last 7 days (2 to delete)")
    click(dialog, "cleanUpNothingChange")
    assert dialog.rules == Rules(newest=10, days=7)
    assert not page.isVisible()
    assert button(dialog, "cleanUpRun").text() == "Delete 2 builds…"


def test_what_was_all_kept_by_hand_goes_again_by_one_click(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 60, CleanUpDialog("Harbour", IconLoader()))
    table = find(dialog, BuildList, "cleanUpTable")
    table.check_all_requested.emit(False)
    assert button(dialog, "cleanUpNothingChange").text() == "Delete by the rules (30)"
    click(dialog, "cleanUpNothingChange")
    assert dialog.model.by_hand == 0
    assert len(rows(dialog)) == 30


def test_rules_are_saved_as_a_policy_renamed_and_deleted(qtbot: QtBot) -> None:
    dialog = planning(qtbot, 60, CleanUpDialog("Harbour", IconLoader()))
    told: list[tuple[Policy, ...]] = []
    dialog.policies_changed.connect(told.append)
    chosen = find(dialog, QComboBox, "cleanUpPolicy")
    assert chosen.currentText() == "Own rules"

    def name(words: str) -> None:
        asked = dialog.findChildren(PolicyDialog)[-1]
        type_into(asked, "policyNameEdit", words)
        click(asked, "policySave")

    choose_menu(dialog, "cleanUpPolicySave")
    name("  Nightlies ")
    assert told[-1:] == [(NIGHTLIES,)]
    assert (chosen.currentText(), dialog.policy) == ("Nightlies", "Nightlies")
    find(dialog, QSpinBox, "cleanUpNewestNumber").setValue(5)
    assert (chosen.currentText(), dialog.policy) == ("Own rules", "")
    choose_menu(dialog, "cleanUpPolicySave")
    name("Betas")
    assert [policy.name for policy in told[-1]] == ["Betas", "Nightlies"]
    choose_menu(dialog, "cleanUpPolicyRename")
    name("Trials")
    assert told[-1:] == [(NIGHTLIES, Policy("Trials", Rules(newest=5, days=30)))]
    choose_menu(dialog, "cleanUpPolicyDelete")
    assert told[-1:] == [(NIGHTLIES,)]
    assert chosen.currentText() == "Own rules"
    assert dialog.rules == Rules(newest=5, days=30), "the rules stay"
    chosen.activated.emit(chosen.findText("Nightlies"))
    assert dialog.rules == NIGHTLIES.rules
    assert chosen.currentText() == "Nightlies"


def test_it_begins_with_what_the_app_was_cleaned_up_by(qtbot: QtBot) -> None:
    rules = AppRules("a", Rules(days=7, newest_of_version=True), "Betas")
    dialog = CleanUpDialog("Harbour", IconLoader(), rules=rules, policies=(Policy("Betas", rules.rules), NIGHTLIES))
    shown(qtbot, dialog)
    assert dialog.rules == rules.rules
    assert dialog.policy == "Betas"
