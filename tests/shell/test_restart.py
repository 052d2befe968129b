"""The program starts once more with its arguments, and the new one waits until the old one has ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pgyer_desktop.shell import restart
from tests.project.checkout import ROOT
from tests.test_app import environment

SECONDS = 50

# The program itself, whose first run asks for a restart, and whose runs write down when they begin and end.
PROGRAM = """
import atexit, os, sys, time
from pathlib import Path

from PySide6.QtCore import QTimer

from pgyer_desktop import __main__, app
from pgyer_desktop.shell import program
from pgyer_desktop.ui.base.i18n import Language

log = Path(sys.argv.pop(1))
wait_for_old, start = app.wait_for_old, program.Program.start


def note(*words):
    with log.open("a", encoding="utf-8") as out:
        print(*words, file=out)


def wait_then_note():
    wait_for_old()
    note("begins", os.getpid(), *sys.argv[1:])


def start_then_leave(self):
    start(self)
    note("says", self.window.menuBar().actions()[0].text())
    flow = self.window.content.flows.window
    first = len(log.read_text(encoding="utf-8").splitlines()) == 2

    def leave():
        if first:
            flow.choose_language(Language.CHINESE)
            flow.restart_requested.emit()
        else:
            self.window.close()

    QTimer.singleShot(300, leave)


def end_late():
    time.sleep(1.5)
    note("ends", os.getpid())


app.wait_for_old, program.Program.start = wait_then_note, start_then_leave
atexit.register(end_late)
sys.exit(__main__.main())
"""


@pytest.mark.timeout(120)
def test_the_new_program_begins_when_the_old_one_has_ended_and_in_the_new_language(tmp_path: Path) -> None:
    script, log, profile = tmp_path / "program.py", tmp_path / "log", tmp_path / "profile"
    script.write_text(PROGRAM, encoding="utf-8")
    profile.mkdir()
    (profile / "settings.json").write_text('{"version": 1, "language": "en"}', encoding="utf-8")
    given = ["--demo", "--profile", str(profile)]
    first = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(script), str(log), *given],
        env={**environment(tmp_path), "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )
    lines: list[str] = []
    try:
        end = time.monotonic() + SECONDS
        while len(lines) < 6 and time.monotonic() < end:
            time.sleep(0.1)
            first.poll()
            lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    finally:
        first.kill()
        first.wait()
        for line in lines[3:4] if len(lines) < 6 else ():  # one that does not end by itself
            with suppress(OSError):
                os.kill(int(line.split()[1]), 9)
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["begins", "says", "ends", "begins", "says", "ends"], lines
    (old, *old_given), (new, *new_given) = lines[0].split()[1:], lines[3].split()[1:]
    assert old != new
    assert old_given == new_given == given
    assert "File" in lines[1]
    assert "文件" in lines[4]


def test_a_program_that_nobody_restarted_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGYER_DESKTOP_WAITS", raising=False)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("nothing is to be read"))
    restart.wait_for_old()


def test_one_whose_old_program_hangs_goes_on_after_a_while() -> None:
    script = "from pgyer_desktop.shell import restart; restart._WAIT_SECONDS = 0.5; restart.wait_for_old(); print('on')"
    command, environment = [sys.executable, "-c", script], {**os.environ, "PGYER_DESKTOP_WAITS": "1"}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.read().strip() == b"on"  # with its standard input still open


def test_the_frozen_program_is_its_own_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pgyer-desktop", "--app", "harbour"])
    monkeypatch.setattr(sys, "executable", "/opt/pgyer-desktop/pgyer-desktop")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert restart.command() == ["/opt/pgyer-desktop/pgyer-desktop", "--app", "harbour"]


def test_else_the_interpreter_is_given_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/venv/bin/python")
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "pgyer_desktop", "--demo"])
    assert restart.command() == ["/venv/bin/python", "-m", "pgyer_desktop", "--demo"]
