"""Pictures of every scene of the program, to be opened and judged: `python -m tests.e2e.pictures FOLDER [NAME …]`.

In English and Chinese, light and dark. No test: what is calm, clear and whole, people have to see.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox, QWidget

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base import resources
from pgyer_desktop.ui.base.event_loop import QtEventLoop
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from pgyer_desktop.ui.jobs.window import JobsWindow
from pgyer_desktop.ui.window.appearance import Appearance
from tests.e2e.person import Person
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.helpers.waiting import until

Grab = Callable[[str, QWidget], None]
Scene = Callable[[Program, Person, SandboxService, Grab], Awaitable[None]]


async def welcome(_program: Program, person: Person, _service: SandboxService, grab: Grab) -> None:
    """The first start, and the dialog behind its first button: empty, filled in, and with a key that is refused."""
    grab("welcome", person.window)
    person.click("connectAccountButton")
    dialog = await person.dialog("accountDialog")
    await asyncio.sleep(0.2)
    grab("connect", dialog)
    person.type_into("accountNameEdit", "Acme", dialog)
    person.type_into("apiKeyEdit", "0123456789abcdef" * 2, dialog)
    person.click("accountColourBlue", dialog)
    person.click("accountReadOnly", dialog)
    grab("connect-filled", dialog)
    person.click("accountSaveButton", dialog)
    await asyncio.sleep(0.5)
    grab("account", dialog)
    dialog.reject()


async def main(program: Program, person: Person, _service: SandboxService, grab: Grab) -> None:
    """The table with a selected build, the small window, the context menu."""
    await connected(program, person)
    person.select(1)
    await asyncio.sleep(0.6)
    grab("main", person.window)
    person.window.resize(900, 600)
    await asyncio.sleep(0.3)
    grab("small", person.window)
    person.window.resize(1100, 720)
    menu = await person.context_menu(2)
    grab("menu", menu)
    menu.close()
    person.find(QWidget, "appPicker").open_popup()  # type: ignore[attr-defined]  # a PickerButton
    await asyncio.sleep(0.4)
    grab("picker", person.find(QWidget, "appPickerPopup"))
    person.find(QWidget, "appPickerPopup").close()


async def questions(program: Program, person: Person, _service: SandboxService, grab: Grab) -> None:
    """The confirmations and the check."""
    await connected(program, person)
    (latest,) = person.latest
    for name, action, row in (
        ("set-latest", "actionSetLatest", 0),
        ("set-older", "actionSetLatest", 5),
        ("clear-latest", "actionClearLatest", person.keys.index(latest)),
        ("delete", "actionDelete", 3),
        ("delete-latest", "actionDelete", person.keys.index(latest)),
    ):
        person.select(row)
        person.trigger(action)
        dialog = await person.dialog("confirmDialog")
        await asyncio.sleep(0.3)
        grab(name, dialog)
        dialog.reject()
        await person.gone("confirmDialog")
    person.select(4)
    person.trigger("actionCheckUpdate")
    dialog = await person.dialog("checkUpdateDialog")
    await until(lambda: bool(person.find(QWidget, "checkResult", dialog).accessibleName()))
    await asyncio.sleep(0.2)
    grab("check", dialog)
    dialog.reject()
    person.trigger("actionShowQr")
    dialog = await person.dialog("qrDialog")
    grab("qr", dialog)
    dialog.reject()


async def trouble(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """An error over a page that stays, a first page that fails, an empty app, a filter without matches."""
    await connected(program, person)
    service.fail_next("builds", status=502, body=b"<html>Bad Gateway</html>", content_type="text/html")
    person.trigger("actionRefresh")
    await until(lambda: bool(person.notice))
    grab("error", person.window)
    service.fail_next("builds", status=502, body=b"<html>Bad Gateway</html>", content_type="text/html")
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.sees("scenePage"))
    grab("unread", person.window)
    program.state.accounts.open_app(service.app_key("newquay"))
    await until(lambda: not person.notice and person.sees("scenePage"))
    grab("no-builds", person.window)
    program.state.accounts.open_app(service.app_key("oddments"))
    await until(lambda: person.rows > 0 and not program.state.page.loading)
    person.select(0)
    await asyncio.sleep(0.5)
    grab("odd", person.window)
    person.type_into("filterEdit", "nothing like it")
    await asyncio.sleep(0.2)
    grab("no-matches", person.window)


async def others(program: Program, person: Person, _service: SandboxService, grab: Grab) -> None:
    """Settings, accounts, add app, about."""
    await connected(program, person)
    for name, action, dialog_name in (
        ("settings", "actionSettings", "settingsDialog"),
        ("accounts", "actionManageAccounts", "accountsDialog"),
        ("add-app", "actionAddApp", "addAppDialog"),
        ("about", "actionAbout", "aboutDialog"),
    ):
        person.trigger(action)
        dialog = await person.dialog(dialog_name)
        await asyncio.sleep(0.2)
        grab(name, dialog)
        dialog.reject()
        await person.gone(dialog_name)


async def activity(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """What was changed, with every outcome; and before anything was."""
    await connected(program, person)
    person.trigger("actionActivity")
    window = person.find(QWidget, "activityView")
    await asyncio.sleep(0.2)
    grab("activity-empty", window)
    older = [key for key in person.keys if key not in person.latest]
    for number, (action, key) in enumerate(
        (
            ("actionSetLatest", older[0]),
            ("actionDelete", older[3]),
            ("actionDelete", older[4]),
            ("actionSetLatest", older[5]),
        )
    ):
        person.select(person.keys.index(key))
        person.trigger(action)
        dialog = await person.dialog("confirmDialog")
        if number == 1:
            service.fail_next("buildDelete", body=b'{"code":1079,"message":"not yours"}')
        if number == 3:
            service.fail_next("setNewestVersion", body=b'{"code":0,"message":"","data":{}}')
        person.click("confirmAccept", dialog)
        await person.gone("confirmDialog")
        await until(lambda: not program.state.situation.now().busy_keys)
    await asyncio.sleep(1.2)
    grab("activity", window)
    person.type_into("activityFilterEdit", "no such thing", window)
    grab("activity-no-matches", window)
    window.close()


async def history(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """All builds in one list: found, sorted, and with a mistake in the field."""
    await connected(program, person)
    person.trigger("actionAllBuilds")
    await until(lambda: person.rows > 20)
    await asyncio.sleep(0.6)
    person.select(2)
    grab("all", person.window)
    person.type_into("filterEdit", "1.5 size:>11MB")
    await asyncio.sleep(0.5)
    grab("all-found", person.window)
    person.type_into("filterEdit", "size:big 1.5")
    await asyncio.sleep(0.5)
    grab("all-mistake", person.window)
    person.type_into("filterEdit", "nothing like it")
    await asyncio.sleep(0.5)
    grab("all-none", person.window)
    person.type_into("filterEdit", "")
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.rows == 500, seconds=20)
    person.trigger("actionGroupByVersion")
    await asyncio.sleep(0.6)
    person.select(2)
    person.select(4, Qt.KeyboardModifier.ShiftModifier)
    await asyncio.sleep(0.3)
    grab("all-grouped", person.window)
    person.select(4)
    person.select(10, Qt.KeyboardModifier.ControlModifier)
    person.trigger("actionCompare")
    dialog = await person.dialog("compareDialog")
    await asyncio.sleep(0.4)
    grab("compare", dialog)
    dialog.reject()


async def search(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """One search from a page: what is known, nothing, the rest read, the suggestions."""
    await connected(program, person)
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.rows > 0 and not program.state.page.loading)
    await asyncio.sleep(0.6)
    person.type_into("filterEdit", "long")
    await asyncio.sleep(0.6)
    if person.rows > 1:
        person.select(1)
    await asyncio.sleep(0.4)
    grab("search", person.window)
    person.type_into("filterEdit", "nothing like it")
    await asyncio.sleep(0.5)
    grab("search-none", person.window)
    person.type_into("filterEdit", "size")
    for popup in QApplication.topLevelWidgets():
        if popup.objectName() == "searchSuggestions" and popup.isVisible():
            grab("search-offers", popup)
            popup.hide()


async def deleting(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """A queue in the foot: while it runs, in a small window, over all builds, where no builds show, and its report."""
    await connected(program, person)
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.rows > 0 and not program.state.page.loading)
    person.select(6)
    person.select(16, Qt.KeyboardModifier.ShiftModifier)
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    person.click("confirmAccept", dialog)
    service.latency = 0.1
    text = person.find(QPushButton, "jobsText")
    await until(lambda: person.sees("jobsBar") and "4" in text.accessibleName())
    person.click("jobsPause")
    await asyncio.sleep(0.5)
    grab("deleting-paused", person.window)
    service.latency = 0.0
    service.fail_next("buildDelete", delay=3)
    person.click("jobsPause")
    await asyncio.sleep(0.4)
    grab("deleting", person.window)
    for width in (900, 700):
        person.window.resize(width, 600)
        await asyncio.sleep(0.3)
        grab(f"deleting-{width}", person.window)
    person.window.resize(1100, 720)
    program.state.accounts.open_app(service.app_key("newquay"))
    await until(lambda: person.sees("scenePage"))
    await asyncio.sleep(0.3)
    grab("deleting-elsewhere", person.window)
    person.click("jobsStop")
    await until(lambda: not person.sees("jobsBar"), seconds=20)
    await asyncio.sleep(0.3)
    grab("deleting-stopped", person.window)
    person.trigger("actionJobs")
    view = person.find(QWidget, "jobsView")
    await asyncio.sleep(0.3)
    grab("deleting-report", view)
    view.close()


async def go_to(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """The list of everything that one can go to: before and after typing, and with what cannot be done."""
    await connected(program, person)
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.rows > 0 and not program.state.page.loading)
    for name, letters in (("", ""), ("-app", "l"), ("-build", "2.0"), ("-action", "latest"), ("-none", "zzz")):
        person.trigger("actionGoTo")
        popup = person.find(QWidget, "goToPopup")
        person.type_into("goToEdit", letters, popup)
        await asyncio.sleep(0.5)
        if name == "-action":
            QTest.keyClick(person.find(QWidget, "goToEdit", popup), Qt.Key.Key_Return)
            await asyncio.sleep(0.1)
        grab(f"go-to{name}", popup)
        popup.close()


async def jobs(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """Several at once: the question, the window meanwhile, and what became of each, in two apps."""
    await connected(program, person)
    (latest,) = person.latest
    row = person.keys.index(latest)
    for number, app in enumerate(("", "lantern")):
        if app:
            program.state.accounts.open_app(service.app_key(app))
            await until(lambda: program.state.accounts.app is not None and not program.state.page.loading)
            await asyncio.sleep(0.5)
            row = 3
            service.fail_next("buildDelete", code=1200, message="not now")
        person.select(row)
        person.select(row + 3, Qt.KeyboardModifier.ShiftModifier)
        person.trigger("actionDelete")
        question = await person.dialog("confirmDialog")
        await asyncio.sleep(0.3)
        grab(f"delete-many{number}", question)
        for field in question.findChildren(QLineEdit, "confirmText"):
            field.setText("3" if not number else "4")
        person.click("confirmAccept", question)
        await _pictured_jobs(person, number, grab)


async def _pictured_jobs(person: Person, number: int, grab: Grab) -> None:
    """The Jobs view while the newest job runs, and when it is over."""
    person.trigger("actionJobs")
    await asyncio.sleep(0.2)
    view = person.find(JobsWindow, "jobsView")
    view.resize(960, 580)
    await until(lambda: view.shown is not None and view.shown.batch.progress.done > 0)
    grab(f"jobs-running{number}", view)
    await until(lambda: view.shown is not None and view.shown.over, seconds=60)
    await asyncio.sleep(0.2)
    grab(f"jobs-over{number}", view)


async def clean_up(program: Program, person: Person, service: SandboxService, grab: Grab) -> None:
    """The plan: both tabs, more than one run deletes, a choice by hand and its question, policies, nothing left."""
    await connected(program, person)
    program.state.accounts.open_app(service.app_key("lantern"))
    await until(lambda: person.rows > 0 and not program.state.page.loading)
    await asyncio.sleep(0.5)
    person.trigger("actionCleanUp")
    dialog = await person.dialog("cleanUpDialog")
    assert isinstance(dialog, CleanUpDialog)
    await until(lambda: dialog.model.plan is not None, seconds=60)
    await asyncio.sleep(0.4)
    grab("clean-up", dialog)
    dialog.resize(760, 520)
    await asyncio.sleep(0.2)
    grab("clean-up-small", dialog)
    dialog.resize(880, 640)
    person.click("cleanUpKeptTab", dialog)
    await asyncio.sleep(0.4)
    grab("clean-up-kept", dialog)
    person.click("cleanUpDeleteTab", dialog)
    person.find(QAction, "cleanUpPolicySave", dialog).trigger()
    naming = await person.dialog("policyDialog")
    person.type_into("policyNameEdit", "Nightlies", naming)
    grab("clean-up-policy", naming)
    person.click("policySave", naming)
    await person.gone("policyDialog")
    dialog.model.choose(dialog.model.rows(delete=True)[1].build.build_key, delete=False)
    dialog.reject()
    question = await person.dialog("confirmDialog")
    grab("clean-up-leave", question)
    question.reject()
    await person.gone("confirmDialog")
    dialog.model.forget_choices()
    person.find(QSpinBox, "cleanUpNewestNumber", dialog).setValue(500)
    await asyncio.sleep(0.3)
    grab("clean-up-nothing", dialog)
    dialog.reject()


async def rails(program: Program, person: Person, _service: SandboxService, grab: Grab) -> None:
    """The guard rails: their way from the window, their form, the band, and a question that they ask more of."""
    await connected(program, person)
    person.find(QWidget, "accountPicker").open_popup()  # type: ignore[attr-defined]  # a PickerButton
    await asyncio.sleep(0.3)
    grab("account-picker", person.find(QWidget, "accountPickerPopup"))
    person.find(QWidget, "accountPickerPopup").close()
    (latest,) = person.latest
    person.select(person.keys.index(latest))
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    await asyncio.sleep(0.3)
    grab("railed-delete", dialog)
    dialog.reject()
    await person.gone("confirmDialog")
    person.trigger("actionGuards")
    dialog = await person.dialog("guardsDialog")
    await asyncio.sleep(0.2)
    grab("guards", dialog)
    person.click("guardsColourOrange", dialog)
    person.click("guardsReadOnly", dialog)
    person.click("guardsSave", dialog)
    await asyncio.sleep(0.3)
    grab("read-only", person.window)


SCENES: tuple[Scene, ...] = (
    welcome,
    main,
    questions,
    trouble,
    others,
    activity,
    history,
    search,
    go_to,
    jobs,
    clean_up,
    deleting,
    rails,
)


async def connected(program: Program, person: Person) -> None:
    """Connect the account and wait for the first page and its icons."""
    verified = await program.book.verify(ApiKey(DEMO_KEY))
    account = await program.book.add("Acme", verified)
    program.state.accounts.accounts_edited()
    program.state.accounts.switch_account(account.id)
    await until(lambda: person.rows > 0)
    await asyncio.sleep(0.4)


async def run(folder: Path, names: set[str]) -> None:
    """Take the pictures of the named scenes, or of all."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    for scene in SCENES:
        if names and scene.__name__ not in names:
            continue
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            for language in (Language.ENGLISH, Language.CHINESE):
                await _one(scene, folder, appearance, language)


async def _one(scene: Scene, folder: Path, appearance: Appearance, language: Language) -> None:
    suffix = f"{appearance.value}-{language.value}"

    def grab(name: str, widget: QWidget) -> None:
        assert widget.grab().save(str(folder / f"{name}-{suffix}.png"))

    service = SandboxService()
    with tempfile.TemporaryDirectory() as profile:
        async with serve(SandboxApp(service)) as server:
            options = Options(api_url=server.api_url, icon_url=server.icon_url)
            settings = SettingsFile(None)
            settings.change(lambda s: replace(s, language=language.value, appearance=appearance.value))
            program = Program(options, profile_in(Path(profile)), MemoryStore(), settings=settings)
            program.window.resize(1100, 720)  # whatever the screen is that nobody sees
            program.window.show()
            await program.prepare()
            program.start()
            await asyncio.sleep(0.2)
            try:
                await scene(program, Person(program.window), service, grab)
            finally:
                program.window.close()
                await program.aclose()
                program.translators.use(Language.ENGLISH)  # else what is Chinese stays for the next


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt_app = QApplication(sys.argv[:1])
    qt_app.setQuitOnLastWindowClosed(False)
    qt_app.setWindowIcon(resources.app_icon())
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(qt_app)) as runner:
        runner.run(run(Path(sys.argv[1]), set(sys.argv[2:])))
