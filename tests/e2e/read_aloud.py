"""What a screen reader is told on Linux along the ways that people go: `python -m tests.e2e.read_aloud`, a line each.

On a display and a session bus of its own: `xvfb-run -a dbus-run-session -- python -m tests.e2e.read_aloud`. To be read
by a person; `test_read_aloud` looks for what must be in it.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.event_loop import QtEventLoop
from pgyer_desktop.ui.base.i18n import Language
from tests.e2e.person import Person
from tests.e2e.pictures import connected
from tests.helpers.at_spi import Listener
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.helpers.waiting import until

_STILL = 1.0
"""Seconds after which everything has been said."""


async def a_wrong_key(_program: Program, person: Person, _service: SandboxService) -> None:
    """What the first dialog says of it."""
    person.click("connectAccountButton")
    dialog = await person.dialog("accountDialog")
    for name, text in (("accountNameEdit", "Acme"), ("apiKeyEdit", "0123456789abcdef" * 2)):
        field = person.find(QLineEdit, name, dialog)
        dialog.activateWindow()
        field.setFocus()
        await until(field.hasFocus)  # the keys of a real window go to whatever has it
        person.type_into(name, text, dialog)
    await until(lambda: person.find(QPushButton, "accountSaveButton", dialog).isEnabled())
    person.click("accountSaveButton", dialog)
    await asyncio.sleep(_STILL)
    dialog.reject()


async def the_rows(program: Program, person: Person, _service: SandboxService) -> None:
    """By the keys."""
    await connected(program, person)
    account = program.state.accounts.account
    assert account is not None
    rails = Guards(type_promotions=False, type_deletes=False)
    program.book.remember(account.id, lambda kept: replace(kept, guards=rails))
    program.state.accounts.guards_edited()
    person.window.activateWindow()
    person.table.setFocus()
    await until(person.table.hasFocus)
    down = Qt.Key.Key_Down
    for key in (down, Qt.Key.Key_Home, down, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(person.table, key)
        await asyncio.sleep(0.4)


async def a_search(_program: Program, person: Person, _service: SandboxService) -> None:
    """That finds one, and none."""
    version = person.build(2).version
    person.window.activateWindow()
    person.trigger("actionFind")
    for words in (version, "zzz", ""):
        person.type_into("filterEdit", words)
        await asyncio.sleep(_STILL)


async def a_refresh(_program: Program, person: Person, _service: SandboxService) -> None:
    """That a person asks for."""
    person.trigger("actionRefresh")


async def an_error(_program: Program, person: Person, service: SandboxService) -> None:
    """Of the service."""
    service.fail_next("builds", status=500)
    person.trigger("actionRefresh")


async def its_end(_program: Program, person: Person, _service: SandboxService) -> None:
    """The next time it answers."""
    person.trigger("actionRefresh")


async def a_promotion(_program: Program, person: Person, _service: SandboxService) -> None:
    """Until it is verified."""
    person.select(5)
    person.trigger("actionSetLatest")
    dialog = await person.dialog("confirmDialog")
    await asyncio.sleep(0.4)
    person.click("confirmAccept", dialog)
    await until(lambda: person.sees("promotionCard"))


async def a_queue(program: Program, person: Person, _service: SandboxService) -> None:
    """Of five deletes."""
    person.select(8)
    person.select(12, Qt.KeyboardModifier.ShiftModifier)
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    await asyncio.sleep(0.4)
    person.click("confirmAccept", dialog)
    await until(lambda: not program.state.situation.now().queueing, seconds=30)


async def the_apps(_program: Program, person: Person, _service: SandboxService) -> None:
    """Found by typing."""
    person.find(QWidget, "appPicker").open_popup()  # type: ignore[attr-defined]  # a PickerButton
    popup = person.find(QWidget, "appPickerPopup")
    QTest.keyClicks(person.find(QWidget, "appPickerSearch"), "lan")
    await asyncio.sleep(_STILL)
    popup.close()


_TIMES = (
    (r"\b\d\d:\d\d\b", "HH:MM"),
    (r" · (?:\d+ s left|剩余 \d+ 秒)", ""),
    (r"\b\d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\d+月\d+日", "DATE"),
)


def without_times(lines: list[str]) -> list[str]:
    """As it is kept: nothing that is another one at another time."""
    whole = "\n".join(lines)
    for pattern, put in _TIMES:
        whole = re.sub(pattern, put, whole)
    return whole.splitlines()


WAYS = (a_wrong_key, the_rows, a_search, a_refresh, an_error, its_end, a_promotion, a_queue, the_apps)


async def run(language: Language) -> list[str]:
    """Go all the ways, and return what was said."""
    listener, service = Listener(), SandboxService()
    with tempfile.TemporaryDirectory() as folder:
        async with serve(SandboxApp(service)) as server:
            settings = SettingsFile(None)
            settings.change(lambda known: replace(known, language=language.value))
            options = Options(api_url=server.api_url, icon_url=server.icon_url)
            program = Program(options, profile_in(Path(folder)), MemoryStore(), settings=settings)
            program.window.show()
            await program.prepare()
            program.start()
            try:
                for way in WAYS:
                    listener.lines.append(f"-- {way.__name__.replace('_', ' ')}")
                    await way(program, Person(program.window), service)
                    await asyncio.sleep(_STILL)
            finally:
                program.window.close()
                await program.aclose()
                listener.close()
    return listener.lines


if __name__ == "__main__":
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    qt_app = QApplication(sys.argv[:1])
    qt_app.setQuitOnLastWindowClosed(False)
    wanted = Language.CHINESE if sys.argv[1:] == ["zh"] else Language.ENGLISH
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(qt_app)) as runner:
        sys.stdout.write("\n".join(without_times(runner.run(run(wanted)))) + "\n")
