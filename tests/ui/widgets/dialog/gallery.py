"""Pictures of every dialog, light and dark: `python -m tests.ui.widgets.dialog.gallery FOLDER [RATIO] [LANGUAGE]`.

For looking at, not a test. Off screen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from pgyer_desktop.api.models import Build, UpdateCheck

_FAKE_KEY = "0123456789abcdef" * 2


def made_build(number: int, **changes: object) -> Build:
    """A build of Harbour."""
    from dataclasses import replace

    from pgyer_desktop.api.models import Build, Platform

    build = Build(
        build_key=f"{number:032x}",
        name="Harbour",
        version=f"1.4.{number % 10}",
        build_number=str(number),
        pgyer_build=number - 100,
        platform=Platform.IOS,
        size=10_571_264,
        identifier="com.acme.harbour",
        created=datetime(2025, 1, 3, 9, 30, tzinfo=UTC),
    )
    return replace(build, **changes)  # type: ignore[arg-type]  # whatever the caller names


def _account(mode_name: str, state: str = "") -> QDialog:
    from PySide6.QtWidgets import QLineEdit

    from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode

    mode = Mode[mode_name]
    dialog = AccountDialog(mode, name="" if mode is Mode.CONNECT else "Acme", taken_names=("Pgyer",))
    key = dialog.findChild(QLineEdit, "apiKeyEdit")
    assert key is not None
    if state:
        key.setText(_FAKE_KEY)
    if state == "several":
        key.setText(f"User Key {_FAKE_KEY[::-1]} API Key {_FAKE_KEY}")
    elif state == "problem":
        dialog.show_problem(
            "Pgyer refused this key (1002). It may not be the API key, or may have been reset. Copy the API key from"
            " Pgyer again."
        )
    elif state == "session":
        dialog.offer_session("The keyring is locked. Unlock it and try again, or keep the key until the program ends.")
    elif state == "busy":
        dialog.set_busy(busy=True)
    return dialog


def _accounts(*, empty: bool = False) -> QDialog:
    from pgyer_desktop.ui.accounts.accounts_dialog import AccountRow, AccountsDialog

    dialog = AccountsDialog()
    if not empty:
        dialog.set_accounts(
            [
                AccountRow("a", "Acme", "Key in the keyring", current=True),
                AccountRow("b", "云帆", "Key for this session only"),
                AccountRow("c", "Lantern staging", "No key"),
            ]
        )
    return dialog


def _confirm(which: str) -> QDialog:
    from pgyer_desktop.core.changes.deletion import deletion_of
    from pgyer_desktop.core.changes.promotion import Promotion
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.changes import confirmations
    from pgyer_desktop.ui.changes.confirm_dialog import ConfirmDialog

    questions = {
        "set": lambda: confirmations.set_latest_question(
            "Acme", "Harbour", Promotion(made_build(145), made_build(146))
        ),
        "back": lambda: confirmations.set_latest_question(
            "Acme",
            "Harbour",
            Promotion(made_build(145, created=None, size=None), made_build(141, publish_complete=False)),
        ),
        "unknown": lambda: confirmations.set_latest_question(
            "Acme", "Harbour", Promotion(None, made_build(146)), current_text="Not known"
        ),
        "clear": lambda: confirmations.clear_latest_question("Acme", "Harbour", made_build(145)),
        "delete": lambda: confirmations.delete_question("Acme", "Harbour", made_build(141), is_latest=False),
        "delete_latest": lambda: confirmations.delete_question(
            "Acme", "Harbour", made_build(145), is_latest=True, type_version=True
        ),
        "builds": lambda: confirmations.delete_builds_question(
            "Acme",
            "Harbour",
            deletion_of(map(made_build, range(142, 146)), app_key="", latest={made_build(145).build_key}),
            most=50,
        ),
        "remove": lambda: confirmations.remove_account_question("Acme"),
    }
    return ConfirmDialog(questions[which](), IconLoader())


def made_answer() -> UpdateCheck:
    """That a newer build is offered, and forced."""
    from pgyer_desktop.api.models import UpdateCheck

    return UpdateCheck(
        build_key=made_build(146).build_key,
        name="Harbour",
        version="1.4.6",
        build_number="146",
        pgyer_build=46,
        has_new_version=True,
        forced=True,
        force_version="1.4.0",
        force_build_number="140",
        notes="Tide tables for the whole coast.\nFaster start.\nFixes a crash when a map is rotated.",
        size=10_600_000,
        link="https://www.pgyer.com/harbour",
        version_sent=True,
    )


def _check(which: str) -> QDialog:
    from PySide6.QtWidgets import QPushButton

    from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog

    dialog = CheckUpdateDialog("Harbour", None if which == "app" else made_build(145))
    ask = dialog.findChild(QPushButton, "checkAskButton")
    assert ask is not None
    answer = made_answer()
    if which == "new":
        ask.click()
        dialog.show_answer(answer)
    elif which == "none":
        from dataclasses import replace

        ask.click()
        dialog.show_answer(
            replace(
                answer,
                build_key=made_build(145).build_key,
                version="1.4.5",
                has_new_version=False,
                forced=False,
                force_version="",
                force_build_number="",
                notes="",
                link="",
            )
        )
    elif which == "app":
        from dataclasses import replace

        ask.click()
        dialog.show_answer(replace(answer, version_sent=False, has_new_version=False, forced=None, force_version=""))
    elif which == "problem":
        dialog.show_problem("Pgyer could not be reached. www.pgyer.com did not answer in time. Try again in a moment.")
    return dialog


def _add_app(text: str = "") -> QDialog:
    from PySide6.QtWidgets import QLineEdit

    from pgyer_desktop.ui.accounts.add_app_dialog import AddAppDialog

    dialog = AddAppDialog()
    edit = dialog.findChild(QLineEdit, "appKeyEdit")
    assert edit is not None
    edit.setText(text)
    return dialog


def _qr() -> QDialog:
    from pgyer_desktop.ui.sharing.qr_dialog import QrDialog

    return QrDialog("Harbour", made_build(145))


def _settings() -> QDialog:
    from pgyer_desktop.ui.base.i18n import Language
    from pgyer_desktop.ui.window.settings_dialog import SettingsDialog

    here = Path(__file__).resolve().parent
    return SettingsDialog(
        Language.SYSTEM,
        changing=lambda: False,
        compact=False,
        folders=(here, here / "no" / "such" / "folder" / "pgyer-desktop", here),
    )


def _about() -> QDialog:
    from pgyer_desktop.ui.help.about_dialog import AboutDialog

    return AboutDialog()


def _report() -> QDialog:
    from pgyer_desktop.ui.help.about_dialog import ReportDialog

    return ReportDialog()


def _shortcuts() -> QDialog:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.help.shortcuts_dialog import ShortcutsDialog

    owner = QWidget()
    dialog = ShortcutsDialog(WindowActions(owner))
    owner.setParent(dialog)  # as long as the dialog, and not seen
    owner.hide()
    return dialog


def _accessibility() -> QDialog:
    from pgyer_desktop.ui.help.accessibility_dialog import AccessibilityDialog

    return AccessibilityDialog()


def _crash(*, more: int = 0) -> QDialog:
    from pgyer_desktop.ui.help.crash_dialog import CrashDialog

    frames = "".join(
        f'  File "~/programs/pgyer_desktop/{name}.py", line {line}, in {function}\n    {source}\n'
        for name, line, function, source in (
            ("ui/state/page", 512, "_take", "self._way_back.remember_page(account, app, view)"),
            ("ui/main_window", 455, "_update_scene", "self._pages.setCurrentWidget(self._builds_page)"),
            ("ui/build_table", 210, "showEvent", "self._fit(self._widths[column])"),
        )
    )
    dialog = CrashDialog(
        "Pgyer Desktop 1.0.0\nPython 3.13.1, PySide6 6.11.3, Qt 6.11.3\nWindows-11, AMD64\n2025-01-03 09:30:00+08:00"
        f"\n\nTraceback (most recent call last):\n{frames}KeyError: 'size'"
    )
    for _ in range(more):
        dialog.add_another()
    return dialog


def dialogs() -> dict[str, Callable[[], QDialog]]:
    """Every dialog in the states that look different, by name."""
    return {
        "account": lambda: _account("CONNECT"),
        "account_problem": lambda: _account("CONNECT", "problem"),
        "account_several": lambda: _account("CONNECT", "several"),
        "account_session": lambda: _account("REPLACE_KEY", "session"),
        "account_busy": lambda: _account("CONNECT", "busy"),
        "account_rename": lambda: _account("RENAME"),
        "accounts": _accounts,
        "accounts_empty": lambda: _accounts(empty=True),
        **{
            f"confirm_{which}": lambda which=which: _confirm(which)  # type: ignore[misc]  # bound in the loop
            for which in ("set", "back", "unknown", "clear", "delete", "delete_latest", "builds", "remove")
        },
        **{
            f"check_{which}": lambda which=which: _check(which)  # type: ignore[misc]  # bound in the loop
            for which in ("start", "new", "none", "app", "problem")
        },
        "add_app": _add_app,
        "add_app_mistake": lambda: _add_app("https://example.com/app"),
        "qr": _qr,
        "settings": _settings,
        "about": _about,
        "report": _report,
        "shortcuts": _shortcuts,
        "accessibility": _accessibility,
        "crash": _crash,
        "crash_more": lambda: _crash(more=3),
    }


def main() -> None:
    """Save them into the folder that the first argument names; then pixel ratio and "zh"."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.ui.base.i18n import Language, Translators
    from tests.ui.widgets.gallery import dark_palette, light_palette

    if len(sys.argv) < 2:
        raise SystemExit("python -m tests.ui.widgets.dialog.gallery FOLDER [RATIO] [LANGUAGE]")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2] if len(sys.argv) > 2 else "1"
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    translators = Translators()
    translators.use(Language.CHINESE if sys.argv[3:] == ["zh"] else Language.ENGLISH)
    for theme_name, palette in (("light", light_palette()), ("dark", dark_palette())):
        application.setPalette(palette)
        for name, make in dialogs().items():
            dialog = make()
            dialog.show()
            dialog.activateWindow()
            QTest.qWait(260 if "busy" in name else 20)
            dialog.grab().save(str(folder / f"{name}-{theme_name}.png"))
            dialog.close()
            dialog.deleteLater()


if __name__ == "__main__":
    main()
