"""What users are offered is checked case by case, and again after a promotion, with what changed marked."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QLabel

from pgyer_desktop.core.checks.cases import CheckCase
from pgyer_desktop.shell.program import Program
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until
from tests.ui.rig import content_of


def cells(person: Person) -> str:
    """Everything that stands in the table of cases."""
    model = person.find(QAbstractItemView, "checksTable").model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return " | ".join(str(model.index(row, column).data()) for row in rows for column in columns)


def asked(service: SandboxService) -> int:
    """How often it was asked what a device would be offered."""
    return sum(request.operation == "check" for request in service.requests)


def saved(program: Program) -> tuple[CheckCase, ...]:
    account, app = program.state.accounts.account, program.state.accounts.app
    assert account is not None
    assert app is not None
    return program.book.cases(account.id, app.app_key)


async def test_cases_are_saved_run_and_run_again_after_a_promotion(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        (latest,) = person.latest
        before = person.build(person.keys.index(latest)).version
        person.trigger("actionUpdateChecks")
        dialog = await person.dialog("updateChecksDialog")
        person.click("checksAdd", dialog)
        case = await person.dialog("checkCaseDialog")
        person.type_into("caseNameEdit", "1.0 user", case)
        person.type_into("caseVersionEdit", "1.0", case)
        told: list[int] = []
        program.state.unsaved.noted.connect(lambda: told.append(1))
        person.click("caseSaveButton", case)
        await until(lambda: saved(program) == (CheckCase("1.0 user", "1.0"),))
        assert told, "it is said to be saved"
        # A case is asked as soon as it is there.
        await until(lambda: before in cells(person))
        await until(lambda: not content_of(program.window).flows.checks.running)
        person.click("checksCopy", dialog)
        assert "1.0 user" in QGuiApplication.clipboard().text()
        assert "sig=" not in QGuiApplication.clipboard().text()
        dialog.reject()
        target = next(key for key in person.keys if key != latest)
        after = person.build(person.keys.index(target)).version
        checks = asked(service)
        person.select(person.keys.index(target))
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [target])
        await until(lambda: asked(service) > checks)
        await until(lambda: not content_of(program.window).flows.checks.running)
        person.trigger("actionUpdateChecks")
        dialog = await person.dialog("updateChecksDialog")
        await until(lambda: after in cells(person))
        shown = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        assert f"Before: {before}" in shown, "what changed is marked"
        dialog.reject()
