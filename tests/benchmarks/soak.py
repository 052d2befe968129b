"""A working day in minutes: what grows? `python -m tests.benchmarks.soak [CYCLES]`.

One cycle is what a release manager does in a minute: refresh, turn pages, look at builds, switch the app, sometimes
promote, delete, check for updates, meet an error. 480 cycles are eight hours. Memory, tasks, threads and open files are
printed at twelve points; what matters is whether they level off, as the last column says: memory relative to the first
point after the warm-up.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.event_loop import QtEventLoop
from pgyer_desktop.ui.base.memory import GuiThreadCollector
from tests.e2e.person import Person
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve_blocking
from tests.helpers.waiting import until

SLUGS = ("harbour", "lantern", "granary", "oddments", "shanque", "millpond")
POINTS = 12


def memory_mb() -> float:
    """Resident memory of this process, in megabytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def open_files() -> int:
    """File handles and sockets of this process; 0 where the system does not tell."""
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return 0


async def quiet(program: Program) -> None:
    """Wait until nothing is being read or written."""
    tasks = program.state.tasks
    keys = ("apps", "page", "prefetch", "settle")
    await until(
        lambda: not program.state.situation.now().busy_keys and not any(tasks.is_running(key) for key in keys),
        seconds=30,
    )


async def minute(number: int, program: Program, person: Person, service: SandboxService) -> None:
    """One cycle."""
    slug = SLUGS[number // 5 % len(SLUGS)]
    if number % 5 == 0:
        program.state.accounts.open_app(service.app_key(slug))
    if number % 17 == 3:
        service.fail_next("builds", status=502, body=b"<html>", content_type="text/html")
    program.state.page.refresh()
    await quiet(program)
    if person.rows == 0:
        return
    for row in (number % person.rows, (number * 7) % person.rows):
        person.table.selectRow(row)
        await asyncio.sleep(0)
    program.state.page.go_to_page(1 + number % 3)
    await quiet(program)
    if number % 10 == 4 and person.rows > 5:
        await change(number, program, person, service, slug)
    if number % 10 == 7:
        person.table.selectRow(0)
        person.trigger("actionCheckUpdate")
        dialog = await person.dialog("checkUpdateDialog")
        await asyncio.sleep(0.05)
        dialog.reject()
        await person.gone("checkUpdateDialog")


async def change(number: int, program: Program, person: Person, service: SandboxService, slug: str) -> None:
    """Promote a build, or delete one after another has been uploaded."""
    action = "actionSetLatest" if number % 20 == 4 else "actionDelete"
    if action == "actionDelete":
        service.publish_build(service.app_key(slug), version=f"9.{number}")
    row = next(row for row in range(person.rows - 1, 0, -1) if person.keys[row] not in person.latest)
    person.table.selectRow(row)
    await asyncio.sleep(0)
    person.trigger(action)
    dialog = await person.dialog("confirmDialog")
    person.click("confirmAccept", dialog)
    await person.gone("confirmDialog")
    await quiet(program)


async def day(cycles: int) -> None:
    """Run them and print the table."""
    service = SandboxService()
    collector = GuiThreadCollector()
    with tempfile.TemporaryDirectory() as folder, serve_blocking(SandboxApp(service)) as server:
        options = Options(api_url=server.api_url, icon_url=server.icon_url)
        program = Program(options, profile_in(Path(folder)), MemoryStore())
        program.window.show()
        await program.prepare()
        program.start()
        person = Person(program.window)
        account = await program.book.add("Acme", await program.book.verify(ApiKey(DEMO_KEY)))
        program.state.accounts.accounts_edited()
        program.state.accounts.switch_account(account.id)
        await until(lambda: person.rows > 0)
        sys.stdout.write("  cycle   memory  objects  tasks  threads  files   memory/first\n")
        first = 0.0
        for number in range(1, cycles + 1):
            await minute(number, program, person, service)
            if number % max(1, cycles // POINTS) == 0:
                await asyncio.sleep(0.1)
                service.forget_requests()
                first = first or memory_mb()
                sys.stdout.write(
                    f"{number:7}  {memory_mb():6.0f} MB  {len(program.window.findChildren(QObject)):7}"
                    f"  {len(asyncio.all_tasks()):5}  {threading.active_count():7}  {open_files():5}"
                    f"   {memory_mb() / (first or 1):6.2f}\n"
                )
                sys.stdout.flush()
        sys.stdout.write(f"changes in the journal: {len(program.journal.entries)}\n")
        program.window.close()
        await program.aclose()
    collector.stop()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(application)) as runner:
        runner.run(day(int(sys.argv[1]) if len(sys.argv) > 1 else 480))
