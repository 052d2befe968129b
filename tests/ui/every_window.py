"""Opens every window, dialog and list that opens, one after the other, each to be looked at."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.ui.accounts.account_dialog import AccountDialog
from pgyer_desktop.ui.accounts.add_app_dialog import AddAppDialog
from pgyer_desktop.ui.base.file_saver import FileSaver, Wanted
from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog
from pgyer_desktop.ui.help.crash_dialog import CrashDialog
from pgyer_desktop.ui.jobs.window import JobsWindow
from pgyer_desktop.ui.widgets.pickers.button import PickerButton
from tests.helpers.waiting import until
from tests.ui.rig import opened, windowed
from tests.ui.stub_client import StubClient
from tests.ui.widgets.dialog.gallery import dialogs, made_answer
from tests.ui.widgets.dialog.large import all_dialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from pgyer_desktop.ui.base.i18n import Language
    from pgyer_desktop.ui.window.main_window import MainWindow
    from tests.e2e.person import Person
    from tests.ui.rig import Rig

    Look = Callable[[str, QWidget], None]


async def look_at_all(folder: Path, language: Language, look: Look) -> None:
    """Call `look` with a name and each of them while it shows."""
    async with opened() as rig, windowed(rig, folder, language=language) as (window, person, _):
        await asyncio.sleep(0.05)
        look("welcome", window)
        for name, make in all_dialogs().items():
            await _shown(make(), window, name, look)
        for name in ("account", "check_start", "crash", "add_app"):
            await _grown(dialogs()[name](), window, f"{name}_grown", look)
        await _others(person, window, look)
        await _lists(rig, person, window, look)


async def _shown(dialog: QDialog, window: QWidget, name: str, look: Look) -> None:
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()
    await asyncio.sleep(0.02)
    look(name, dialog)
    dialog.hide()  # whatever it would say to being closed
    dialog.deleteLater()


async def _grown(dialog: QDialog, window: QWidget, name: str, look: Look) -> None:
    """One that becomes taller while it is open, at the bottom of the screen."""
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()
    await asyncio.sleep(0.02)
    room = QApplication.primaryScreen().availableGeometry()
    dialog.move(dialog.x(), max(room.top(), room.bottom() - dialog.frameGeometry().height()))
    _grow(dialog)
    await asyncio.sleep(0.05)
    look(name, dialog)
    dialog.hide()
    dialog.deleteLater()


def _grow(dialog: QDialog) -> None:
    if isinstance(dialog, AccountDialog):
        dialog.offer_session("The keyring is locked, and nobody knows why. " * 8)
    elif isinstance(dialog, AddAppDialog):
        dialog.show_problem("The app could not be added, and nobody knows why. " * 8)
    elif isinstance(dialog, CheckUpdateDialog):
        dialog.show_answer(made_answer())
    elif isinstance(dialog, CrashDialog):
        dialog.add_another()


async def _others(person: Person, window: MainWindow, look: Look) -> None:
    person.trigger("actionActivity")
    activity = person.find(QWidget, "activityView")
    await asyncio.sleep(0.05)
    look("activity_empty", activity)
    activity.close()
    if sys.platform != "win32":  # Windows has a dialog of its own, which people see in place of Qt's
        wanted = Wanted("Export 40 builds of Harbour", "Export 40 builds", "pgyer")
        FileSaver(window).ask(wanted, lambda _: lambda: b"")
        export = await person.dialog("exportDialog")
        await asyncio.sleep(0.05)
        look("export", export)
        export.reject()


async def _lists(rig: Rig, person: Person, window: MainWindow, look: Look) -> None:
    """The window with builds in it, what opens over it, and what is left of a change."""
    client = StubClient(harbour=40, lantern=2)
    await rig.add_account("Acme", client)
    rig.state.accounts.start()
    await until(lambda: bool(rig.rows))
    await rig.quiet()
    await asyncio.sleep(0.05)
    look("builds_none_chosen", window)
    person.select(0)
    await asyncio.sleep(0.05)
    look("builds", window)
    person.find(QWidget, "filterEdit").setFocus()
    look("builds_focus_elsewhere", window)
    for name in ("appPicker", "accountPicker"):
        person.find(PickerButton, name).open_popup()
        await asyncio.sleep(0.05)
        popup = person.find(QWidget, f"{name}Popup")
        look(name, popup)
        popup.close()
    for letters in ("", "latest"):
        person.trigger("actionGoTo")
        popup = person.find(QWidget, "goToPopup")
        person.type_into("goToEdit", letters, popup)
        await asyncio.sleep(0.3)
        look(f"go_to_{letters}", popup)
        popup.close()
    menu = await person.context_menu(0)
    look("menu", menu)
    menu.close()
    for words in ("1.4", "nothing like it"):
        person.type_into("filterEdit", words)
        await asyncio.sleep(0.4)
        if words == "1.4":
            person.select(0)
            await asyncio.sleep(0.02)
        look(f"found_{words}", window)
    person.type_into("filterEdit", "")
    await until(lambda: person.rows > 2)
    client.errors["builds harbour 1"] = HttpStatusError("builds", 500)
    person.trigger("actionRefresh")
    await until(lambda: bool(person.notice))
    look("error", window)
    client.errors.clear()
    await _changes(rig, person, client, window, look)


async def _changes(rig: Rig, person: Person, client: StubClient, window: MainWindow, look: Look) -> None:
    rows = rig.state.page.view
    assert rows is not None
    for _ in range(2):
        rig.write(Write.SET_LATEST, rows.builds[1])
        await until(lambda: not rig.state.situation.now().busy_keys)
        client.errors["clear"] = HttpStatusError("buildDelete", 502)
    await asyncio.sleep(0.05)
    look("promoted", window)
    person.select(0)
    person.select(2, Qt.KeyboardModifier.ShiftModifier)
    await asyncio.sleep(0.02)
    look("three_chosen", window)
    client.errors["delete harbour38"] = HttpStatusError("buildDelete", 502)
    person.trigger("actionDelete")
    question = await person.dialog("confirmDialog")
    look("delete_three", question)
    for field in question.findChildren(QLineEdit, "confirmText"):
        field.setText("3")
    person.click("confirmAccept", question)
    person.trigger("actionJobs")
    jobs = person.find(JobsWindow, "jobsView")
    await until(lambda: jobs.shown is not None)
    look("jobs_running", jobs)
    look("deleting", window)
    await until(lambda: jobs.shown is not None and jobs.shown.over, seconds=20)
    await asyncio.sleep(0.05)
    look("jobs", jobs)
    jobs.close()
    person.trigger("actionActivity")
    activity = person.find(QWidget, "activityView")
    await asyncio.sleep(0.1)
    look("activity", activity)
    activity.close()
