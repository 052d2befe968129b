"""What the clean-up's dialog begins with, and what it says of a plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup.retention import plan
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from pgyer_desktop.ui.widgets.text.label import Label
from tests.ui.widgets.dialog.found import button, find, shown
from tests.ui.widgets.dialog.gallery import made_build

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("english")


def test_the_rules_of_the_start_find_what_is_old(qtbot: QtBot) -> None:
    dialog = CleanUpDialog("Harbour")
    shown(qtbot, dialog)
    assert dialog.rules == Rules(newest=20, days=30)
    builds = [made_build(400 - n, created=NOW - timedelta(days=n)) for n in range(260)]
    dialog.show_plan(plan(builds, dialog.rules, latest_keys={builds[0].build_key}, complete=True, now=NOW), most=50)
    assert button(dialog, "cleanUpRun").text() == "Delete 230 builds…"
    limit = find(dialog, Label, "cleanUpLimit")
    assert limit.isVisible()
    assert limit.text().startswith("230 match; this account deletes at most 50 in one run")
    dialog.show_plan(
        plan(builds, Rules(newest=230), latest_keys={builds[0].build_key}, complete=True, now=NOW), most=50
    )
    assert button(dialog, "cleanUpRun").text() == "Delete 30 builds…"
    assert not limit.isVisible()
