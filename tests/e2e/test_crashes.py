"""An unexpected error anywhere shows one dialog and the program goes on; a hard crash is told at the next start."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from pgyer_desktop.shell.program import Program
from pgyer_desktop.shell.unexpected import UnexpectedErrors
from tests.e2e.conftest import Start
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.project.checkout import ROOT

KEY = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _errors_are_expected(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.shell.unexpected")


@contextmanager
def watched(program: Program) -> Iterator[UnexpectedErrors]:
    """The program with its eyes for errors, as `app.run` has it."""
    loop = asyncio.get_running_loop()
    with UnexpectedErrors() as errors:
        loop.set_exception_handler(errors.on_loop_error)
        errors.told.connect(program.error_teller.tell)
        try:
            yield errors
        finally:
            loop.set_exception_handler(None)


class Sender(QObject):
    sent = Signal()


class BadlyPainted(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        raise LookupError("no such colour")


def fail() -> None:
    raise ZeroDivisionError(f"nobody expected _api_key={KEY}")


async def fail_later() -> None:
    await asyncio.sleep(0)
    fail()


async def in_a_slot(_program: Program) -> None:
    sender = Sender()
    sender.sent.connect(fail)
    sender.sent.emit()


async def in_a_timer(_program: Program) -> None:
    QTimer.singleShot(0, fail)


async def in_a_callback(_program: Program) -> None:
    asyncio.get_running_loop().call_soon(fail)


async def in_a_task(program: Program) -> None:
    program.state.tasks.start("anything", fail_later)


async def in_the_end_of_a_task(program: Program) -> None:
    program.state.tasks.start("anything", lambda: asyncio.sleep(0), on_done=lambda _result: fail())


async def in_a_thread(_program: Program) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    await asyncio.to_thread(thread.join)


async def where_nothing_can_be_raised(_program: Program) -> None:
    class Ending:
        def __del__(self) -> None:
            fail()

    Ending()


@pytest.mark.parametrize(
    "place",
    [
        in_a_slot,
        in_a_timer,
        in_a_callback,
        in_a_task,
        in_the_end_of_a_task,
        in_a_thread,
        where_nothing_can_be_raised,
    ],
)
async def test_an_error_shows_one_dialog_without_secrets_and_the_program_goes_on(
    start: Start, place: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(place)
    async with start() as (program, person):
        await connect(person)
        with watched(program) as errors:
            await place(program)
            dialog = await person.dialog("crashDialog")
            details = person.find(QPlainTextEdit, "crashDetails", dialog).toPlainText()
            assert "Traceback (most recent call last)" in details
            assert "ZeroDivisionError: nobody expected _api_key=[redacted]" in details
            assert "Pgyer Desktop" in details
            assert KEY not in details
            person.click("crashCopyButton", dialog)
            assert QGuiApplication.clipboard().text() == details
            assert person.find(QLabel, "crashCount", dialog).isHidden()
            person.find(QPushButton, "crashCloseButton", dialog).setFocus()  # the other one has been pressed
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            await person.gone("crashDialog")
            assert errors.count == 1
            shown = person.keys
            person.click("pageNext")
            await until(lambda: person.keys != shown)
            assert person.rows == 20


async def test_what_comes_up_while_the_dialog_is_open_is_counted_in_it(start: Start) -> None:
    async with start() as (program, person):
        with watched(program):
            await in_a_slot(program)
            dialog = await person.dialog("crashDialog")
            await in_a_thread(program)
            await in_a_task(program)
            count = person.find(QLabel, "crashCount", dialog)
            await until(lambda: count.text().startswith("2 more error"))
            assert count.isVisible()
            assert len(crash_dialogs()) == 1
            dialog.reject()
            await person.gone("crashDialog")
            await asyncio.sleep(0.05)
            assert crash_dialogs() == []


async def test_an_error_at_each_paint_is_told_once_and_does_not_fill_the_log(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (program, person):
        with watched(program) as errors:
            widget = BadlyPainted(program.window)
            widget.resize(40, 40)
            widget.show()
            dialog = await person.dialog("crashDialog")
            dialog.reject()
            await person.gone("crashDialog")
            for _ in range(12):
                before = errors.count
                widget.update()
                await until(lambda before=before: errors.count > before)  # type: ignore[misc]  # bound in the loop
            widget.hide()
            widget.deleteLater()
            await asyncio.sleep(0.02)
            assert crash_dialogs() == []
            assert errors.count >= 12
        assert caplog.text.count("Traceback") == 1
        assert "10 times now: LookupError" in caplog.text


async def test_the_dialog_stands_before_a_question_that_is_open_and_leaves_it_open(start: Start) -> None:
    async with start() as (program, person):
        await connect(person)
        person.select(1)
        person.trigger("actionDelete")
        question = await person.dialog("confirmDialog")
        with watched(program):
            await in_a_slot(program)
            dialog = await person.dialog("crashDialog")
            assert QApplication.activeModalWidget() is dialog
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await person.gone("crashDialog")
        assert question.isVisible()
        question.reject()
        await person.gone("confirmDialog")


async def test_after_an_unexpected_error_in_a_change_its_row_can_be_used_again_once_it_is_known(start: Start) -> None:
    async with start() as (program, person):
        await connect(person)
        session = program.state.accounts.session
        assert session is not None

        async def broken(*_args: object, **_more: object) -> None:
            raise ZeroDivisionError("in the middle of a change")

        session.write = broken  # type: ignore[method-assign,assignment]  # breaks it
        row = next(row for row, key in enumerate(person.keys) if key not in person.latest)
        person.select(row)
        with watched(program):
            person.trigger("actionSetLatest")
            person.click("confirmAccept", await person.dialog("confirmDialog"))
            dialog = await person.dialog("crashDialog")
            dialog.reject()
            await person.gone("crashDialog")
        assert program.state.changes.under_way == ()
        assert len(program.journal.entries) == 1
        person.trigger("actionRefresh")
        await until(lambda: program.journal.entries[0].settled)


async def test_no_dialog_opens_over_a_window_that_is_closed(start: Start) -> None:
    async with start() as (program, _person):
        with watched(program) as errors:
            program.window.close()
            await in_a_slot(program)
            await until(lambda: errors.count == 1)
            await asyncio.sleep(0.02)
            assert crash_dialogs() == []


async def test_cancelling_and_leaving_are_no_errors(start: Start) -> None:
    async with start() as (program, person):
        with watched(program) as errors:
            task = asyncio.create_task(asyncio.sleep(60))
            await asyncio.sleep(0)
            task.cancel()
            program.state.tasks.start("anything", lambda: asyncio.sleep(60))
            program.state.tasks.cancel("anything")
            await connect(person)
            assert errors.count == 0
            assert crash_dialogs() == []


def crash_dialogs() -> list[QDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.objectName() == "crashDialog" and widget.isVisible()
    ]


CRASHING = """
import sys
from PySide6.QtCore import QTimer
from pathlib import Path
from pgyer_desktop import app
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.i18n import say
prepared = Program.prepare
async def prepare(self):
    {at_start}
    await prepared(self)
Program.prepare = prepare
sys.argv = sys.argv[:1]
sys.exit(app.run(Options(api_url="", icon_url="", demo=True, profile=Path({profile!r}))))
"""
SAY_LIMITS = """
    import resource
    print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
    QTimer.singleShot(500, self.window.close)
"""
CRASH = "import faulthandler; QTimer.singleShot(200, faulthandler._sigsegv)"
SAY_AND_CLOSE = """
    said = []
    self.state.teller.notice_raised.connect(lambda topic, notice: said.append(say(notice.text)))
    QTimer.singleShot(500, lambda: (print(*said), self.window.close()))
"""


def run_program(profile: Path, at_start: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, with `at_start` done once its window shows."""
    code = CRASHING.format(at_start=at_start, profile=str(profile))
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )


def test_a_hard_crash_leaves_a_trace_that_is_told_once_at_the_next_start(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    crashed = run_program(tmp_path, CRASH)
    assert crashed.returncode != 0
    (trace,) = logs.glob("running-*")
    assert "Fatal Python error: Segmentation fault" in trace.read_text(encoding="utf-8")

    told = run_program(tmp_path, SAY_AND_CLOSE)
    assert told.returncode == 0, told.stderr
    (kept,) = logs.glob("crash-*.log")
    assert f"The program ended unexpectedly last time. What is known about it is in {kept}." in told.stdout
    text = kept.read_text(encoding="utf-8")
    assert text.startswith("Pgyer Desktop ")
    assert "Fatal Python error" in text
    assert list(logs.glob("running-*")) == []

    again = run_program(tmp_path, SAY_AND_CLOSE)
    assert again.returncode == 0, again.stderr
    assert "unexpectedly" not in again.stdout
    assert kept.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of core dumps")
def test_a_running_program_makes_no_core_dumps(tmp_path: Path) -> None:
    done = run_program(tmp_path, SAY_LIMITS)
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr
