"""The program as a process of its own: it checks itself, ends in order, and leaves nothing where it should not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pgyer_desktop.core.accounts.settings import SettingsFile
from tests.project.checkout import ROOT

COMMAND = [sys.executable, "-m", "pgyer_desktop"]
SECONDS = 120


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def environment(home: Path) -> dict[str, str]:
    """A person's environment whose every folder is under `home`."""
    folders = {
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_DATA_HOME": "data",
        "APPDATA": "roaming",
        "LOCALAPPDATA": "local",
    }
    return {
        **os.environ,
        **{name: str(home / folder) for name, folder in folders.items()},
        "HOME": str(home),
        "USERPROFILE": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }


def ours_under(folder: Path) -> list[Path]:
    """What the program, and not a library's own cache, has left."""
    return [path for path in folder.rglob("*") if "pgyer" in path.name.lower()]


def test_the_self_test_walks_the_main_job_and_leaves_only_its_picture(home: Path, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    picture = tmp_path / "新建文件夹" / "picture.png"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, "--selftest", str(picture)],
        cwd=ROOT,
        env={
            **environment(home),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
            "PYTHONIOENCODING": "cp1252",  # of a western Windows, which has no such letters
        },
        capture_output=True,
        text=True,
        encoding="cp1252",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert said[-1] == "ok"
    for beginning in (
        "translations:",
        "trust store:",
        "page 2:",
        "set latest:",
        "check update:",
        "clear latest:",
        "delete:",
        "picture:",
    ):
        assert any(line.startswith(beginning) for line in said), beginning
    image = QImage(str(picture))
    assert image.width() >= 640
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 20, "the picture is blank"
    assert ours_under(home) == []
    assert ours_under(temporary) == []


def test_a_picture_that_cannot_be_written_is_told_in_a_sentence(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="ascii")
    done = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, "--selftest", str(tmp_path / "file" / "picture.png")],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert "FAILED: the picture could not be written to" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be caught")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_in_order(home: Path, tmp_path: Path, number: signal.Signals) -> None:
    profile = tmp_path / "profile"
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "--demo", "--profile", str(profile)],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        settings = profile / "settings.json"
        give_up = time.monotonic() + SECONDS / 2
        # It is written soon after the first app shows.
        while not settings.exists() and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.05)
        process.send_signal(number)
        out, err = process.communicate(timeout=SECONDS / 2)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    assert (process.returncode, out, err) == (0, "", "")
    remembered = json.loads(settings.read_text(encoding="utf-8"))
    assert remembered["window"]["geometry"]
    assert remembered["accounts"] == []
    assert ours_under(home) == []


def test_a_second_start_shows_the_first_window_and_ends(home: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    command = [*COMMAND, "--demo", "--profile", str(profile)]
    first = subprocess.Popen(command, cwd=ROOT, env=environment(home), stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        give_up = time.monotonic() + SECONDS
        while not (profile / "instance.json").exists() and first.poll() is None and time.monotonic() < give_up:
            time.sleep(0.05)
        second = subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=SECONDS, check=False
        )
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert first.poll() is None
    finally:
        first.terminate()
        _, err = first.communicate(timeout=SECONDS)
    assert err == ""
    if sys.platform != "win32":  # there nobody can catch being terminated, and the next start finds an old file
        assert not (profile / "instance.json").exists()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_first_picture_of_a_start_looks_as_was_chosen(home: Path, tmp_path: Path, chosen: str) -> None:
    settings = SettingsFile(tmp_path / "profile" / "settings.json")
    settings.change(lambda s: replace(s, appearance="dark" if chosen == "dark" else "light"))
    settings.save_at_once()
    looking = """
import os
from pgyer_desktop.app import run
from pgyer_desktop.options import Options
from pgyer_desktop.ui.base.theme import is_dark
from pgyer_desktop.ui.window.main_window import MainWindow
from pathlib import Path
import sys

def show(window):
    print("dark" if is_dark(window.palette()) else "light", flush=True)
    os._exit(0)

MainWindow.show = show
run(Options("", "", profile=Path(sys.argv[1])))
"""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", looking, str(tmp_path / "profile")],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.split() == [chosen]
