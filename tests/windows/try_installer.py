"""Installs, upgrades over the running program, repairs, downgrades and uninstalls, and says what is left behind.

    python tests/windows/try_installer.py OLDER-setup.exe NEWER-setup.exe

on a Windows where the program is not installed, or in the lab (README.md beside this has the command). The two
installers have different version numbers, and the older one brings a file `_internal/stale.txt` that the newer one has
not. Each step must leave a program that is whole and starts: the new one, or the old one with an exit code that says
so. Windows may close the running program for the installer; Wine cannot.

The standard library only. Must not run where somebody's own installation is: it says so and ends.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\{748984ED-47DD-4BEA-A9C3-6603E9E6D600}_is1"
EXE = "pgyer-desktop.exe"
STALE = Path("_internal") / "stale.txt"
SECONDS = 120
LOCAL = Path(os.environ.get("LOCALAPPDATA", ""))
SHORTCUTS = (
    Path(os.environ.get("APPDATA", "")) / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Pgyer Desktop.lnk",
    Path(os.environ.get("USERPROFILE", "")) / "Desktop" / "Pgyer Desktop.lnk",
)


class TroubleError(Exception):
    """A step left something else than it should have; the message says what."""


def expect(true: object, what: str) -> None:
    """Raise `TroubleError` unless `true`."""
    if not true:
        raise TroubleError(what)


def registered() -> dict[str, str]:
    """What Windows lists of the installed program: version and folder; empty: it is not installed."""
    winreg = importlib.import_module("winreg")  # Windows' own
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ENTRY) as key:
            return {name: str(winreg.QueryValueEx(key, name)[0]) for name in ("DisplayVersion", "InstallLocation")}
    except FileNotFoundError:
        return {}


def install(setup: Path, folder: Path | None = None) -> int:
    """Run an installer without a question. Its exit code."""
    command = [str(setup), "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/CURRENTUSER"]
    command += [f"/DIR={folder}"] if folder is not None else []
    return subprocess.run(command, timeout=SECONDS, check=False).returncode


def starts(folder: Path) -> None:
    """The installed program tests itself."""
    done = subprocess.run(
        [str(folder / "program" / EXE), "--selftest"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    expect(done.returncode == 0, f"the self-test ended with {done.returncode}: {done.stderr[-600:]!r}")


def is_whole(folder: Path, *, old: bool, left: Collection[str] = ()) -> None:
    """The old program or the new one, nothing of the other, nothing between but what may be `left`."""
    expect((folder / "program" / STALE).exists() == old, f"stale.txt is {'missing' if old else 'still there'}")
    between = [name for name in ("new", "old") if (folder / name).exists() and name not in left]
    expect(not between, f"left behind: {between}")
    starts(folder)


@contextmanager
def running(folder: Path, profile: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The installed program, shown on its demo."""
    program = subprocess.Popen(
        [str(folder / "program" / EXE), "--demo", "--profile", str(profile)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        wait_for((profile / "instance.json").exists, "the program to start")
        yield program
    finally:
        program.kill()
        program.communicate()


def wait_for(true: Callable[[], object], what: str) -> None:
    """Wait until `true()`, some seconds at most."""
    end = time.monotonic() + 30
    while not true():
        expect(time.monotonic() < end, f"waited in vain for {what}")
        time.sleep(0.1)


def uninstall(folder: Path) -> None:
    """Uninstall without a question, and see that nothing is left but what is the person's."""
    subprocess.run([str(folder / "unins000.exe"), "/VERYSILENT", "/SUPPRESSMSGBOXES"], timeout=SECONDS, check=True)
    wait_for(lambda: not folder.exists(), f"{folder} to be removed; there are {sorted(folder.rglob('*'))[:9]}")
    expect(not registered(), "Windows still lists the program")
    expect(not [path for path in SHORTCUTS if path.exists()], "a shortcut is left")


def steps(older: Path, newer: Path) -> Iterator[str]:
    """Do everything, and name each step once it has passed."""
    expect(not registered(), "the program is installed here; this is no place to try installers")
    data = LOCAL / "pgyer-desktop"
    data.mkdir(parents=True, exist_ok=True)
    mark = data / "try-installer.txt"
    mark.write_text("the person's", encoding="ascii")

    expect(install(older) == 0, "the first installation failed")
    folder = Path(registered()["InstallLocation"])
    is_whole(folder, old=True)
    expect(SHORTCUTS[0].exists(), "there is no shortcut in the start menu")
    yield "installed"

    expect(install(newer) == 0, "the upgrade failed")
    is_whole(folder, old=False)
    yield f"upgraded to {registered()['DisplayVersion']}"

    expect(install(newer) == 0, "the repair failed")
    is_whole(folder, old=False)
    yield "repaired"

    expect(install(older) == 0, "the downgrade failed")
    is_whole(folder, old=True)
    yield f"downgraded to {registered()['DisplayVersion']}"

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        before = registered()["DisplayVersion"]
        with running(folder, Path(profile)) as program:
            code = install(newer)
            closed = program.poll() is not None
            expect(closed or code != 0, "the running program was replaced and nobody was told")
            is_whole(folder, old=code != 0)
            expect((registered()["DisplayVersion"] == before) == (code != 0), "Windows lists another version")
        yield f"upgraded over the running program: {'it was closed' if closed else f'refused with {code}'}"
    expect(install(older) == 0, "the downgrade after that failed")

    with (folder / "program" / "_internal" / "base_library.zip").open("rb"):
        code = install(newer)
    # Wine renames a folder in which a file is open, as Windows does not; the old one then goes the next time.
    is_whole(folder, old=code != 0, left={"old"} if code == 0 else set())
    expect(install(newer) == 0, "the upgrade after that failed")
    is_whole(folder, old=False)
    yield f"upgraded while one file was open: {'done' if code == 0 else f'refused with {code}'}"

    (folder / "program").rename(folder / "old")  # as if the power had gone in the middle
    (folder / "new").mkdir()
    expect(install(newer) == 0, "the installation after one that was broken off failed")
    is_whole(folder, old=False)
    yield "installed after one that was broken off"

    uninstall(folder)
    expect(mark.read_text(encoding="ascii") == "the person's", "the person's data was touched")
    mark.unlink()
    yield "uninstalled; what is left is the person's data"

    yield from in_a_chinese_folder(older, newer)


def in_a_chinese_folder(older: Path, newer: Path) -> Iterator[str]:
    """The same in short, elsewhere."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place) / "程序 与 工具" / "蒲公英"
        expect(install(older, folder) == 0, "installing into a Chinese folder failed")
        is_whole(folder, old=True)
        expect(install(newer, folder) == 0, "upgrading in a Chinese folder failed")
        is_whole(folder, old=False)
        uninstall(folder)
    yield "installed into, upgraded in and uninstalled from a Chinese folder"


def main(arguments: list[str]) -> int:
    """Try it. 0, or 1 with the reason."""
    if os.name != "nt" or len(arguments) != 2:
        print("usage, on Windows: python tests/windows/try_installer.py OLDER-setup.exe NEWER-setup.exe")
        return 2
    try:
        for step in steps(*(Path(argument).resolve() for argument in arguments)):
            print("ok  ", step, flush=True)
    except (TroubleError, subprocess.SubprocessError) as error:
        print("FAILED", error, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
