"""The dialogs that show lists, and small ones with as much in them as there ever is. Small screens are low for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.ui.widgets.dialog.gallery import dialogs, made_answer, made_build

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog


_NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
_LONG = "Tide tables for the whole coast, and a much faster start on old phones. 全海岸潮汐表，旧手机启动更快。"


def _compare() -> QDialog:
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.compare_dialog import CompareDialog

    first = made_build(141, notes=f"{_LONG}\n" * 12, file_name="harbour-1.4.1-release.ipa", downloads=12)
    second = made_build(146, notes=f"{_LONG}\n" * 20, file_name="harbour-1.4.6-release.ipa", downloads=3)
    return CompareDialog(None, first, second, "Harbour", IconLoader())


def _clean_up(*, status: bool = False) -> QDialog:
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.builds.keeping import Rules
    from pgyer_desktop.core.cleanup.retention import plan
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog

    dialog = CleanUpDialog("Harbour", IconLoader())
    if status:
        dialog.refuse(Text("tests", f"{_LONG} {_LONG}"))
        return dialog
    builds = [made_build(400 - n, created=_NOW - timedelta(days=n)) for n in range(200)]
    dialog.show_plan(plan(builds, Rules(newest=20), latest_keys={builds[0].build_key}, complete=True, now=_NOW))
    return dialog


def _policy() -> QDialog:
    from pgyer_desktop.core.builds.keeping import Rules
    from pgyer_desktop.ui.cleanup.policy_box import PolicyDialog, described

    dialog = PolicyDialog(described(Rules(20, 30, newest_of_version=True)), ["Nightlies"], "Nightlies")
    dialog.set_titles("Save policy", "Save these rules as a policy")
    return dialog


def _checks(count: int) -> QDialog:
    from pgyer_desktop.core.checks.cases import CheckCase, Result
    from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog

    cases = [CheckCase(f"Device {n} of the beta channel", f"1.{n}", str(n)) for n in range(count)]
    dialog = UpdateChecksDialog("Harbour", cases, latest=made_build(146))
    for case in cases:
        dialog.set_result(Result(case, _NOW, made_build(146), True, False))
    if count > 3:
        dialog.set_running(running=True)
    return dialog


def _case() -> QDialog:
    from pgyer_desktop.core.checks.cases import CheckCase
    from pgyer_desktop.ui.checks.case_dialog import CheckCaseDialog

    latest = made_build(146, version="1.4.6-" + "W" * 120)
    return CheckCaseDialog(CheckCase("Current", "1.4.6", "46"), (CheckCase("Current"),), latest=latest)


def _guards() -> QDialog:
    from pgyer_desktop.core.accounts.guards import Guards
    from pgyer_desktop.ui.accounts.guards_dialog import GuardsDialog

    return GuardsDialog("Acme", Guards(colour="red"))


def _message(text: str = "") -> QDialog:
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.sharing.message import Template
    from pgyer_desktop.ui.sharing.message_dialog import HandoverDialog

    app = KnownApp("b" * 32, "Harbour", "com.acme.harbour", shortcut="harbour")
    return HandoverDialog(None, app, made_build(146, notes=_LONG), Template("en", text), now=_NOW)


def _question(which: str) -> QDialog:
    """The questions with everything in them that one can have."""
    from pgyer_desktop.core.changes.promotion import Promotion
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes import confirmations
    from pgyer_desktop.ui.changes.confirm_dialog import ConfirmDialog

    account, app = "Acme, the account of the whole company", "Harbour for the whole coast and all of its islands"
    notes = {"notes": f"{_LONG}\n" * 30, "version": "1.4.6-release-candidate-7", "build_number": "20260615123456789"}
    newer, older = made_build(146, **notes), made_build(141, publish_complete=False, **notes)
    if which == "delete":
        question = confirmations.delete_question(account, app, newer, is_latest=True, type_version=True)
    else:
        between = (newer, made_build(145, **notes), made_build(144, **notes))
        question = confirmations.set_latest_question(account, app, Promotion(newer, older, between), type_version=True)
    return ConfirmDialog(question, IconLoader())


def _settings() -> QDialog:
    from pathlib import Path

    from pgyer_desktop.ui.base.i18n import Language, in_use
    from pgyer_desktop.ui.window import settings_dialog

    other = Language.ENGLISH if in_use() is Language.CHINESE else Language.CHINESE
    folder = Path(__file__).resolve().parent
    dialog = settings_dialog.SettingsDialog(
        other,
        changing=lambda: False,
        compact=False,
        folders=(folder, folder, folder),
        updates=(True, "updates.example.com"),
    )
    for part in dialog.findChildren(settings_dialog._Folder):
        part._on_open()  # which no program does off screen
    return dialog


def _check() -> QDialog:
    from dataclasses import replace

    from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog

    dialog = dialogs()["check_new"]()
    assert isinstance(dialog, CheckUpdateDialog)
    dialog.show_answer(replace(made_answer(), notes=f"{_LONG}\n" * 30))
    return dialog


def large_dialogs() -> dict[str, Callable[[], QDialog]]:
    """By name, in the states that take the most room."""
    return {
        "compare": _compare,
        "clean_up": _clean_up,
        "policy": _policy,
        "clean_up_refused": lambda: _clean_up(status=True),
        "checks_none": lambda: _checks(0),
        "checks_some": lambda: _checks(3),
        "checks_many": lambda: _checks(40),
        "case": _case,
        "guards": _guards,
        "message": _message,
        "message_wrong": lambda: _message("{no such place}\n" * 12),
        "confirm_delete_long": lambda: _question("delete"),
        "confirm_back_long": lambda: _question("back"),
        "settings_all": _settings,
        "check_long": _check,
    }


def all_dialogs() -> dict[str, Callable[[], QDialog]]:
    """Every dialog of the program, in every state that looks different."""
    return {**dialogs(), **large_dialogs()}
