"""Closing in the middle of a change finishes it, or records it: by the close box, signals, quitting and logging out."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QSessionManager
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.window.closing import Closing
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect, written
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve_blocking
from tests.helpers.waiting import until
from tests.helpers.windows_desktop import has_desktop
from tests.project.checkout import ROOT
from tests.ui.rig import content_of

DELAY = 0.6
"""Seconds that the reply to a change takes."""


class FakeManager:
    """What `QSessionManager` is asked."""

    def __init__(self, *, allows: bool = True) -> None:
        self.allows = allows
        self.cancelled = False

    def allowsInteraction(self) -> bool:
        return self.allows

    def cancel(self) -> None:
        self.cancelled = True


def as_qt(manager: FakeManager) -> QSessionManager:
    """`manager` in the place of one that only Qt itself can make."""
    return cast("QSessionManager", manager)


async def in_the_middle_of_a_delete(program: Program, person: Person, service: SandboxService) -> str:
    """Connect and delete a build; its request has arrived, its reply takes a while. The build's key."""
    await connect(person)
    tasks = program.state.tasks
    await until(lambda: not any(tasks.is_running(key) for key in ("apps", "page", "prefetch")))
    doomed = next(key for key in reversed(person.keys) if key not in person.latest)
    person.select(person.keys.index(doomed))
    person.trigger("actionDelete")
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    await until(lambda: bool(service.sent("buildDelete")))
    return doomed


def closings(program: Program) -> list[bool]:
    """Grows when the window is closed."""
    found: list[bool] = []
    program.window.closed.connect(lambda: found.append(True))
    return found


async def test_the_window_stays_until_the_change_has_ended_and_closes_then(
    start: Start, service: SandboxService
) -> None:
    service.fail_next("buildDelete", delay=DELAY)
    async with start() as (program, person):
        closed = closings(program)
        doomed = await in_the_middle_of_a_delete(program, person, service)
        assert not program.window.close()
        assert program.window.isVisible()
        assert person.sees("closingNotice")
        words = person.find(QWidget, "closingNotice").accessibleName()
        assert words.startswith("Finishing a change of 1.")
        assert "Close again to leave now" in words
        for name in ("buildTable", "refreshButton", "appPicker", "pageNext"):
            assert not person.find(QWidget, name).isEnabled(), name
        QTest.keyClick(program.window, Qt.Key.Key_F5)
        QTest.keyClick(program.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        assert person._dialog("settingsDialog") is None
        assert closed == []
        await until(lambda: closed == [True])
        assert not program.window.isVisible()
        (entry,) = program.journal.entries
        assert entry.outcome is Outcome.DONE
        assert entry.intent.build.build_key == doomed
        assert not program.window.hurried
    assert written(service)["buildDelete"] == 1


async def test_closing_a_second_time_leaves_at_once_and_records_that_it_is_not_known(
    start: Start, service: SandboxService
) -> None:
    service.fail_next("buildDelete", delay=3.0)
    async with start() as (program, person):
        closed = closings(program)
        await in_the_middle_of_a_delete(program, person, service)
        program.window.close()
        began = time.monotonic()
        assert program.window.close()
        assert closed == [True]
        await program.aclose()
        assert time.monotonic() - began < 2
        assert program.journal.entries[0].outcome is Outcome.UNKNOWN
    assert written(service)["buildDelete"] == 1


async def test_a_change_that_was_cut_off_is_settled_at_the_next_start(start: Start, service: SandboxService) -> None:
    keys = MemoryStore()
    service.fail_next("buildDelete", delay=DELAY)
    async with start(keys) as (program, person):
        await in_the_middle_of_a_delete(program, person, service)
        program.window.close()
        program.window.close()
    await asyncio.sleep(DELAY)
    async with start(keys) as (program, person):
        await until(lambda: bool(program.journal.entries) and program.journal.entries[0].settled)
        assert program.journal.entries[0].outcome in {Outcome.DONE, Outcome.NOT_DONE}
    assert written(service)["buildDelete"] == 1


async def test_a_change_that_does_not_end_well_gives_the_window_back_and_says_so(
    start: Start, service: SandboxService
) -> None:
    service.fail_next("buildDelete", delay=DELAY, code=1009, message="no such build")
    async with start() as (program, person):
        closed = closings(program)
        await in_the_middle_of_a_delete(program, person, service)
        program.window.close()
        assert person.sees("closingNotice")
        await until(lambda: not person.sees("closingNotice"))
        assert closed == []
        assert "was not deleted" in person.notice
        for name in ("buildTable", "refreshButton", "appPicker", "noticeBanner"):
            assert person.find(QWidget, name).isEnabled(), name
        assert program.window.close()
        assert closed == [True]


async def test_told_to_end_it_closes_also_where_a_change_does_not_end_well(
    start: Start, service: SandboxService
) -> None:
    service.fail_next("buildDelete", delay=DELAY, code=1009, message="no such build")
    async with start() as (program, person):
        closed = closings(program)
        await in_the_middle_of_a_delete(program, person, service)
        assert not program.window.end()
        await until(lambda: closed == [True])
        assert program.journal.entries[0].outcome is Outcome.NOT_DONE


async def test_it_does_not_wait_for_ever(
    start: Start, service: SandboxService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pgyer_desktop.ui.window.closing.LONGEST_WAIT_SECONDS", 0.3)
    service.fail_next("buildDelete", delay=5.0)
    async with start() as (program, person):
        closed = closings(program)
        await in_the_middle_of_a_delete(program, person, service)
        program.window.close()
        await until(lambda: closed == [True])
        assert program.window.hurried
        await program.aclose()
        assert program.journal.entries[0].outcome is Outcome.UNKNOWN


async def test_a_log_out_is_held_back_once_while_a_change_is_under_way(start: Start, service: SandboxService) -> None:
    service.fail_next("buildDelete", delay=DELAY)
    async with start() as (program, person):
        closed = closings(program)
        idle = FakeManager()
        program.window.on_log_out(as_qt(idle))
        assert not idle.cancelled
        await in_the_middle_of_a_delete(program, person, service)
        strict, first, second = FakeManager(allows=False), FakeManager(), FakeManager()
        program.window.on_log_out(as_qt(strict))
        assert not strict.cancelled
        assert not person.sees("closingNotice")
        program.window.on_log_out(as_qt(first))
        assert first.cancelled
        assert person.sees("closingNotice")
        program.window.on_log_out(as_qt(second))
        assert not second.cancelled
        await until(lambda: closed == [True])
        assert program.journal.entries[0].outcome is Outcome.DONE


@pytest.mark.parametrize("busy", [False, True])
async def test_at_a_log_out_everything_is_kept_before_it_is_answered(
    start: Start, service: SandboxService, tmp_path: Path, *, busy: bool
) -> None:
    """Windows may end the process as soon as every window has answered."""
    service.fail_next("buildDelete", delay=DELAY)
    async with start() as (program, person):
        await (in_the_middle_of_a_delete(program, person, service) if busy else connect(person))
        program.window.resize(1010, 650)
        program.settings.change(lambda settings: replace(settings, language="zh_CN"))
        program.on_log_out(as_qt(FakeManager()))
        kept = SettingsFile(tmp_path / "profile" / "settings.json").value
        assert kept.language == "zh_CN"
        assert kept.window.geometry == program.settings.value.window.geometry != ""
        program.settings.change(lambda settings: replace(settings, language="en"))


async def test_a_window_without_changes_closes_at_once(start: Start) -> None:
    async with start() as (program, person):
        await connect(person)
        assert program.window.findChildren(Closing)
        assert program.window.close()
        assert not program.window.isVisible()


class BrokenPartError(Exception):
    """What nobody thought of."""


PARTS: dict[str, Callable[[Program], object]] = {
    "the window's flows": lambda program: content_of(program.window).flows.checks,
    "the table's export": lambda program: content_of(program.window).builds,
    "the window": lambda program: program.window,
    "the state's tasks": lambda program: program.state.tasks,
    "the icons": lambda program: program.icons,
    "the connections": lambda program: program.connections,
    "one route": lambda program: next(iter(program.connections._routes.values())),
    "a transport": lambda program: next(iter(next(iter(program.connections._routes.values()))._made or ())),
    "the saver's tasks": lambda program: program.saver._tasks,
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
async def test_a_part_that_cannot_be_closed_keeps_no_other_from_it(
    start: Start, tmp_path: Path, part: Callable[[Program], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException | None] = []
    async with start() as (program, person):
        await connect(person)
        await until(lambda: not program.state.page.loading)
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context.get("exception")))
        session = program.state.accounts.session
        assert session is not None
        assert session.history is not None
        store, broken = session.history.store, part(program)

        async def fail(*_args: object, **_more: object) -> None:
            raise BrokenPartError

        monkeypatch.setattr(broken, "aclose", fail)
        program.book.rename(program.book.accounts[0].id, "Renamed")
    monkeypatch.undo()
    asyncio.get_running_loop().set_exception_handler(None)
    assert [type(error) for error in told] == [BrokenPartError]
    assert not program.window.isVisible()
    is_closed = broken is not program.connections
    if is_closed:
        with pytest.raises(HistoryError):
            store.accounts()
    if broken is not program.saver._tasks:
        assert SettingsFile(tmp_path / "profile" / "settings.json").value.accounts[0].name == "Renamed"
    await program.connections.aclose()  # what was left open


async def test_a_window_that_cannot_be_remembered_closes_all_the_same(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    async with start() as (program, person):
        await connect(person)
        closed = closings(program)

        def fail() -> None:
            raise BrokenPartError

        monkeypatch.setattr(content_of(program.window), "remember", fail)
        program.window.close()
        assert closed == [True]
    assert told == [BrokenPartError]
    assert SettingsFile(tmp_path / "profile" / "settings.json").value.accounts[0].name == "Acme"


def test_a_listener_that_cannot_be_closed_ends_nothing_else(tmp_path: Path) -> None:
    with serve_blocking(SandboxApp(SandboxService())) as server:
        fail = "from pgyer_desktop.shell.single_instance import InstanceServer as I; I.close = lambda self: 1 / 0; "
        then = f"{fail}QTimer.singleShot(0, QCoreApplication.quit)"
        running = process(server.api_url, server.icon_url, tmp_path, then)
        code, _out, err = ended(running)
    assert code == 0
    assert "ZeroDivisionError" in err
    assert "geometry" in (tmp_path / "settings.json").read_text(encoding="utf-8")
    assert not (tmp_path / "history.sqlite3-wal").exists(), "the history is closed"


PROGRAM = """
import asyncio, sys
from pathlib import Path
from typing import cast
from PySide6.QtCore import QCoreApplication, QTimer
from pgyer_desktop import app
from pgyer_desktop.shell import program as parts
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.options import Options

async def go(program):
    account = await program.book.add("Acme", await program.book.verify(ApiKey({key!r})))
    program.state.accounts.open_account(account.id)
    state = program.state
    while state.page.view is None or state.page.loading or state.tasks.is_running("prefetch"):
        await asyncio.sleep(0.01)
    build = next(b for b in reversed(state.page.view.builds) if b.build_key not in state.page.view.latest.keys)
    {then}

started = parts.Program.start
def start(self):
    started(self)
    self.task = asyncio.ensure_future(go(self))
parts.Program.start = start
parts.KeyringStore = MemoryStore
sys.argv = sys.argv[:1]
sys.exit(app.run(Options(api_url={api!r}, icon_url={icons!r}, profile=Path({profile!r}))))
"""


def process(server_api: str, server_icons: str, profile: Path, then: str) -> subprocess.Popen[str]:
    """The program in a process of its own, connected, with `then` done once it shows builds."""
    code = PROGRAM.format(key=DEMO_KEY, api=server_api, icons=server_icons, profile=str(profile), then=then)
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(running: subprocess.Popen[str]) -> tuple[int | None, str, str]:
    """Its exit code and what it said."""
    try:
        out, err = running.communicate(timeout=120)
    finally:
        if running.poll() is None:
            running.kill()
            running.communicate()
    return running.returncode, out, err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be caught")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_in_the_middle_of_a_change_finishes_it(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    service = SandboxService()
    service.fail_next("buildDelete", delay=1.5)
    with serve_blocking(SandboxApp(service)) as server:
        running = process(
            server.api_url, server.icon_url, tmp_path, "state.changes.write(state.accounts.open, Write.DELETE, build)"
        )
        give_up = time.monotonic() + 25
        while not service.sent("buildDelete") and running.poll() is None and time.monotonic() < give_up:
            time.sleep(0.02)
        running.send_signal(number)
        assert ended(running) == (0, "", "")
    (entry,) = Journal.open(tmp_path / "journal.jsonl").entries
    assert entry.outcome is Outcome.DONE
    assert written(service)["buildDelete"] == 1
    assert list((tmp_path / "logs").glob("running-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_a_terminal_that_goes_is_outlived_where_it_was_started_so(tmp_path: Path) -> None:
    with serve_blocking(SandboxApp(SandboxService())) as server:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what "nohup" does; programs that are started inherit it
        try:
            then = "import os, signal; os.kill(os.getpid(), signal.SIGHUP); await asyncio.sleep(0.5); "
            then += "print('still there', flush=True); QTimer.singleShot(0, QCoreApplication.quit)"
            running = process(server.api_url, server.icon_url, tmp_path, then)
            assert ended(running) == (0, "still there\n", "")
        finally:
            signal.signal(signal.SIGHUP, before)


def test_quitting_closes_everything_in_order(tmp_path: Path) -> None:
    service = SandboxService()
    with serve_blocking(SandboxApp(service)) as server:
        running = process(server.api_url, server.icon_url, tmp_path, "QTimer.singleShot(0, QCoreApplication.quit)")
        assert ended(running) == (0, "", "")
    assert "geometry" in (tmp_path / "settings.json").read_text(encoding="utf-8")


END_THE_SESSION = """
import ctypes, os, threading
    user32 = ctypes.windll.user32
    handle = ctypes.c_void_p(int(program.window.winId()))
    program.window.resize(1010, 650)
    if {change}:
        state.changes.write(state.accounts.open, Write.DELETE, build)
        while not program.journal.entries:
            await asyncio.sleep(0.01)
    def windows():
        may = user32.SendMessageW(handle, 0x0011, 0, 0)
        user32.SendMessageW(handle, 0x0016, may, 0)
        print("may end" if may else "waits", flush=True)
        if may:
            os._exit(0)
    threading.Thread(target=windows, daemon=True).start()
"""
"""What Windows does at a log-off: it asks, tells what came of it, and ends the process where nobody held it back."""


@pytest.mark.skipif(not has_desktop(), reason="no desktop of Windows' here, which alone asks windows at a log-off")
@pytest.mark.parametrize("change", [False, True])
def test_windows_own_log_off_waits_for_a_change_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, change: bool
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "windows")
    service = SandboxService()
    service.fail_next("buildDelete", delay=DELAY)
    with serve_blocking(SandboxApp(service)) as server:
        then = END_THE_SESSION.strip().format(change=change)
        out = ended(process(server.api_url, server.icon_url, tmp_path, then))[1]
    assert out.split("\n")[0] == ("waits" if change else "may end")
    assert SettingsFile(tmp_path / "settings.json").value.window.geometry
    entries = Journal.open(tmp_path / "journal.jsonl").entries
    assert [entry.outcome for entry in entries] == ([Outcome.DONE] if change else [])
