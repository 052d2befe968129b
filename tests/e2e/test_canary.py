"""A canary for a key goes through every feature and every kind of trouble; then everything is searched for it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QSpinBox, QWidget
from shiboken6 import Shiboken

from pgyer_desktop.api import ApiKey
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell import logs
from pgyer_desktop.shell.program import Program
from pgyer_desktop.shell.unexpected import UnexpectedErrors
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from tests.e2e.jobs import ended
from tests.e2e.leaks import Canaries, LeakyService, files, leaks, screen
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.helpers.waiting import until

KEYS = {"like a real one": "0badc0de" * 4, "like none": "canary!bird&sings=loud"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )


@pytest.fixture(params=list(KEYS.values()), ids=list(KEYS))
def canaries(request: pytest.FixtureRequest) -> Canaries:
    return Canaries(
        key=request.param,
        password="pa55-of-the-canary",
        signature="51gnatureOfTheCanary",
        download="https://www.pgyer.com/apiv2/app/install-the-canary",
    )


@contextmanager
def logged(folder: Path) -> Iterator[None]:
    """The program's own log at debug level, as `--debug` has it: in the profile and on standard error."""
    root = logging.getLogger()
    before, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    logs.start(profile_in(folder / "profile").log_file, debug=True)
    try:
        yield
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        logging.raiseExceptions = raising


class Walk:
    """One person's day with a program whose service gives away more than it should."""

    def __init__(self, program: Program, person: Person, service: SandboxService, canaries: Canaries) -> None:
        self.program, self.person, self.service, self.canaries = program, person, service, canaries
        self.found: list[str] = []

    def search(self, when: str) -> None:
        """Look at everything that is on screen now."""
        self.found += [f"{when}: {leak}" for leak in leaks(self.canaries, screen())]

    async def quiet(self) -> None:
        tasks = self.program.state.tasks
        await until(lambda: not any(tasks.is_running(key) for key in ("apps", "page", "prefetch", "settle")))
        await asyncio.sleep(0.05)

    async def hush(self) -> None:
        """Close what is told."""
        while self.person.notice:
            self.person.click("noticeClose")
            await asyncio.sleep(0.01)

    async def written(self, number: int) -> None:
        """Wait until so many changes have been sent."""
        service = self.service
        await until(lambda: len(service.sent("setNewestVersion")) + len(service.sent("buildDelete")) == number)

    async def connect(self) -> None:
        """With a key that is refused first, as it happens."""
        person, refused_unasked = self.person, self.canaries.key == KEYS["like none"]
        person.click("connectAccountButton")
        dialog = await person.dialog("accountDialog")
        person.type_into("accountNameEdit", "Acme", dialog)
        person.type_into("apiKeyEdit", self.canaries.key[::-1] + "x", dialog)
        if not refused_unasked:
            person.click("accountSaveButton", dialog)
        await until(lambda: person.sees_in(dialog, "accountProblem"))
        person.type_into("apiKeyEdit", "", dialog)
        self.search("a key was refused")
        dialog.reject()
        await person.gone("accountDialog")
        if refused_unasked:
            await self.add_account()
        else:
            await connect(person, key=self.canaries.key)
        await self.quiet()
        self.search("connected")

    async def add_account(self) -> None:
        """One whose key the dialog refuses, as the keyring may hold it from before."""
        book, accounts = self.program.book, self.program.state.accounts
        account = await book.add("Acme", await book.verify(ApiKey(self.canaries.key)))
        accounts.accounts_edited()
        accounts.switch_account(account.id)
        await until(lambda: self.person.rows > 0)

    async def look(self) -> None:
        """At details, codes, dialogs and menus."""
        person = self.person
        person.select(2)
        for action, name in (
            ("actionShowQr", "qrDialog"),
            ("actionSettings", "settingsDialog"),
            ("actionManageAccounts", "accountsDialog"),
            ("actionAddApp", "addAppDialog"),
            ("actionAbout", "aboutDialog"),
        ):
            person.trigger(action)
            dialog = await person.dialog(name)
            self.search(name)
            dialog.reject()
            await person.gone(name)
        person.trigger("actionCopyLink")
        self.search("link copied")
        person.trigger("actionCheckUpdate")
        dialog = await person.dialog("checkUpdateDialog")
        await until(lambda: bool(person.find(QWidget, "checkResult", dialog).accessibleName()))
        self.search("checked")
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible() and "copy" in button.objectName().lower():
                button.click()
                self.search(f"{button.objectName()} clicked")
        dialog.reject()
        await person.gone("checkUpdateDialog")

    async def change(self) -> None:
        """Done, refused with a message that gives the key away, unknown and contradicted."""
        person, service = self.person, self.service
        leaky = f"_api_key={self.canaries.key} sig={self.canaries.signature}"
        older = [key for key in person.keys if key not in person.latest]
        for number, (action, operation) in enumerate(
            (("actionSetLatest", ""), ("actionDelete", "refused"), ("actionDelete", "page"), ("actionDelete", ""))
        ):
            await self.quiet()
            person.select(person.keys.index(older[number + 2]))
            person.trigger(action)
            dialog = await person.dialog("confirmDialog")
            self.search("asked")
            if operation == "refused":
                service.fail_next("buildDelete", code=1081, message=leaky)
            elif operation == "page":
                service.fail_next("buildDelete", status=502, body=f"<html>{leaky}</html>")
            person.click("confirmAccept", dialog)
            await person.gone("confirmDialog")
            # The change begins some turns of the loop after the dialog has gone.
            await self.written(number + 1)
            await until(lambda: not self.program.state.situation.now().busy_keys)
            self.search(f"changed: {operation}")
        await self.hush()

    async def fail(self) -> None:
        """Every kind of trouble of a read, told and searched."""
        service, person = self.service, self.person
        leaky = f"_api_key={self.canaries.key} sig={self.canaries.signature}"
        for fault in (
            {"code": 1098, "message": leaky},
            {"code": 1002, "message": leaky},
            {"status": 500, "body": leaky},
            {"body": leaky},
            {"body": '{"code": "' + leaky + '"}'},
            {"status": 302, "headers": {"location": f"https://elsewhere.test/?{leaky}"}},
        ):
            await self.quiet()
            service.fail_next("builds", **fault)
            person.trigger("actionRefresh")
            await until(lambda: bool(person.notice))
            self.search(str(sorted(fault)))
            await self.hush()

    async def hand_on(self, folder: Path) -> None:
        """Copy and export what was done."""
        person = self.person
        person.trigger("actionActivity")
        window = person.find(QWidget, "activityView")
        await until(window.isVisible)
        await asyncio.sleep(0.1)
        person.click("activityCopyMarkdown", window)
        self.search("activity")
        for name in ("activity.xlsx", "activity.csv", "activity.json"):
            person.click("activityExport", window)
            dialog = person.find(QFileDialog, "exportDialog", window)
            dialog.setDirectory(str(folder))
            dialog.selectFile(name)
            dialog.accept()
            await until((folder / name).exists)
        window.close()

    async def compare_and_tell(self, folder: Path) -> None:
        """Compare, copy a message, run the update checks, export what is listed."""
        person = self.person
        person.select(1)
        person.trigger("actionCopyMessage")
        self.search("message copied")
        person.trigger("actionEditMessage")
        dialog = await person.dialog("handoverDialog")
        self.search("message edited")
        dialog.reject()
        await person.gone("handoverDialog")
        person.select(2, Qt.KeyboardModifier.ShiftModifier)
        person.trigger("actionCompare")
        dialog = await person.dialog("compareDialog")
        self.copy_all(dialog)
        dialog.reject()
        await person.gone("compareDialog")
        person.trigger("actionUpdateChecks")
        dialog = await person.dialog("updateChecksDialog")
        person.click("checksAdd", dialog)
        case = await person.dialog("checkCaseDialog")
        person.type_into("caseNameEdit", "1.0 user", case)
        person.type_into("caseVersionEdit", "1.0", case)
        person.click("caseSaveButton", case)
        await person.gone("checkCaseDialog")
        await until(lambda: bool(self.service.sent("check")))
        await asyncio.sleep(0.2)
        self.copy_all(dialog)
        dialog.reject()
        await person.gone("updateChecksDialog")
        for name in ("builds.xlsx", "builds.csv", "builds.json"):
            person.trigger("actionExport")
            self.choose("exportDialog", folder / name)
            await until((folder / name).exists)

    async def clean_up(self, folder: Path) -> None:
        """Plan, save the plan, delete many with a failure that gives the key away, copy the report."""
        person, program = self.person, self.program
        account = program.state.accounts.account
        assert account is not None
        program.book.remember(
            account.id, lambda kept: replace(kept, guards=Guards(type_promotions=False, type_deletes=False))
        )
        program.state.accounts.guards_edited()
        person.trigger("actionRefresh")  # the last reads failed, and nothing is changed on what is old
        await until(lambda: person.find(QAction, "actionCleanUp").isEnabled())
        person.trigger("actionCleanUp")
        dialog = await person.dialog("cleanUpDialog")
        assert isinstance(dialog, CleanUpDialog)
        await until(lambda: dialog.model.plan is not None, seconds=60)
        assert dialog.model.plan is not None
        person.find(QSpinBox, "cleanUpNewestNumber", dialog).setValue(len(dialog.model.plan.rows) - 4)
        person.find(QAbstractButton, "cleanUpDays", dialog).setChecked(False)
        self.search("planned")
        person.click("cleanUpSave", dialog)
        self.choose("planSaveDialog", folder / "plan.pgyer-cleanup.json")
        await until((folder / "plan.pgyer-cleanup.json").exists)
        leaky = f"_api_key={self.canaries.key} sig={self.canaries.signature}"
        self.service.fail_next("buildDelete", code=1200, message=leaky)
        self.service.fail_next("buildDelete", status=502, body=f"<html>{leaky}</html>")
        person.click("cleanUpRun", dialog)
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        batch = await ended(person, 90)
        self.copy_all(batch)
        batch.close()
        await self.quiet()
        await self.hush()

    def copy_all(self, dialog: QWidget) -> None:
        """Press every button that copies, and look."""
        self.search(dialog.objectName())
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible() and "copy" in button.objectName().lower():
                button.click()
                self.search(f"{button.objectName()} clicked")

    def choose(self, name: str, file: Path) -> None:
        dialog = self.person.find(QFileDialog, name)
        dialog.setDirectory(str(file.parent))
        dialog.selectFile(file.name)
        dialog.accept()

    async def crash(self) -> None:
        """An error that nobody expected, with the key in its words."""
        QTimer.singleShot(0, self._fail)
        dialog = await self.person.dialog("crashDialog")
        self.search("crashed")
        self.person.click("crashCopyButton", dialog)
        self.search("crash copied")
        dialog.reject()
        await self.person.gone("crashDialog")

    def _fail(self) -> None:
        key = self.canaries.key
        raise ZeroDivisionError(f"_api_key={key[: len(key)]}".split("&", maxsplit=1)[0])


@asynccontextmanager
async def walking(folder: Path, service: SandboxService, canaries: Canaries) -> AsyncIterator[Walk]:
    async with serve(LeakyService(SandboxApp(service), canaries)) as server:
        options = Options(api_url=server.api_url, icon_url=server.icon_url, debug=True)
        program = Program(options, profile_in(folder / "profile"), MemoryStore())
        loop = asyncio.get_running_loop()
        with UnexpectedErrors() as errors:
            loop.set_exception_handler(errors.on_loop_error)
            errors.told.connect(program.error_teller.tell)
            program.window.show()
            await program.prepare()
            program.start()
            try:
                yield Walk(program, Person(program.window), service, canaries)
            finally:
                program.window.close()
                await program.aclose()
                loop.set_exception_handler(None)


async def test_the_key_is_in_the_keyring_and_in_the_body_of_requests_and_nowhere_else(
    tmp_path: Path, canaries: Canaries, allowed_logs: list[str], capfd: pytest.CaptureFixture[str], qapp: object
) -> None:
    allowed_logs.append("pgyer_desktop")
    service = SandboxService(api_key=canaries.key)
    exports = tmp_path / "exports"
    exports.mkdir()
    with logged(tmp_path):
        async with walking(tmp_path, service, canaries) as walk:
            await walk.connect()
            await walk.look()
            await walk.change()
            await walk.fail()
            await walk.compare_and_tell(exports)
            await walk.clean_up(exports)
            await walk.hand_on(exports)
            await walk.crash()
            requests = service.requests
    out, err = capfd.readouterr()
    assert walk.found == []
    assert leaks(canaries, files(tmp_path)) == []
    assert leaks(canaries, [("standard output", out), ("standard error", err), ("arguments", str(sys.argv))]) == []
    assert "Unexpected error" in err or "ZeroDivisionError" in err, "the log reached standard error, and was searched"
    assert len(list((tmp_path / "profile").rglob("*"))) > 4
    for request in requests:
        assert leaks(canaries, [(request.path, f"{request.path}?{request.query} {dict(request.headers)}")]) == []
    icons = [request for request in requests if "/apiv2/" not in request.path]
    assert icons
    assert all(not request.fields and "cookie" not in request.headers for request in icons)


def test_the_search_finds_what_is_there(qapp: object, canaries: Canaries, tmp_path: Path) -> None:
    dialog = QDialog()
    dialog.setObjectName("leaky")
    action = QAction("harmless", dialog)
    action.setToolTip(canaries.signature)
    dialog.addAction(action)
    dialog.setAccessibleDescription(f"see {canaries.password.upper()}")
    (tmp_path / "log").write_text(f"key {canaries.key[::-1]}", encoding="utf-8")
    assert leaks(canaries, screen()) == ["password in leaky/QDialog leaky", "signature in "]
    assert leaks(canaries, files(tmp_path)) == [f"key in {tmp_path / 'log'}"]
    Shiboken.delete(dialog)
