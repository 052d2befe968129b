"""Installs, upgrades over the running program, repairs, downgrades and uninstalls, and says what is left behind.

    python tests/windows/try_installer.py OLDER-setup.exe NEWER-setup.exe [PORTABLE.zip]

on a Windows where the program is not installed, or in the lab (README.md beside this has the command). The two
installers have different version numbers, and the older one brings a file `_internal/stale.txt` that the newer one has
not. Each step must leave a program that is whole and starts: the new one, or the old one with an exit code that says
so. Windows may close the running program for the installer; Wine cannot.

The standard library only. Must not run where somebody's own installation, data or keys are: it says so and ends. The
last steps answer the uninstaller's questions, in English.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\{748984ED-47DD-4BEA-A9C3-6603E9E6D600}_is1"
PROGRAM = "pgyer-desktop-program"
BETWEEN = (f"{PROGRAM}.new", f"{PROGRAM}.old")
"""Folders that are there only while the program is replaced."""
EXE = "pgyer-desktop.exe"
OUR_KEYS = ("pgyer-desktop", "9f8e7d@pgyer-desktop")
OTHER_KEY = "pgyer-desktop@another-program"
DATA_FILE = "try-installer.txt"
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


class _Credential(ctypes.Structure):
    """CREDENTIALW of wincred.h."""

    _fields_ = (
        ("flags", ctypes.c_uint32), ("kind", ctypes.c_uint32), ("target", ctypes.c_wchar_p),
        ("comment", ctypes.c_wchar_p), ("written", ctypes.c_uint64), ("size", ctypes.c_uint32),
        ("blob", ctypes.c_char_p), ("persist", ctypes.c_uint32), ("attribute_count", ctypes.c_uint32),
        ("attributes", ctypes.c_void_p), ("alias", ctypes.c_wchar_p), ("user", ctypes.c_wchar_p),
    )  # fmt: skip


def dll(name: str) -> Any:
    """One of Windows' libraries."""
    return getattr(ctypes, "WinDLL")(name)  # noqa: B009 - for mypy, which looks at this as Linux has it


def put_key(name: str) -> None:
    """Make an entry of Windows Credential Manager, as the keyring does."""
    blob = "nothing secret".encode("utf-16-le")
    entry = _Credential(kind=1, target=name, size=len(blob), blob=blob, persist=2, user="somebody")
    expect(dll("advapi32").CredWriteW(ctypes.byref(entry), 0), f"the entry {name} could not be made")


def keys() -> list[str]:
    """Which of the entries that are tried out are there."""
    found = ctypes.c_void_p()
    library = dll("advapi32")
    return [name for name in (*OUR_KEYS, OTHER_KEY) if library.CredReadW(name, 1, 0, ctypes.byref(found))]


def remove_keys() -> None:
    """Remove the entries that were tried out."""
    for name in (*OUR_KEYS, OTHER_KEY):
        dll("advapi32").CredDeleteW(name, 1, 0)


def answer(question: str, button: int) -> None:
    """Wait for the message box that asks `question` and press the button with this number (IDOK 1, IDYES 6, IDNO 7)."""
    user32 = dll("user32")
    callback = getattr(ctypes, "WINFUNCTYPE")(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)  # noqa: B009 - for mypy
    boxes: list[int] = []

    def look(window: int, _unused: object) -> int:
        text = ctypes.create_unicode_buffer(2000)
        user32.GetDlgItemTextW(ctypes.c_void_p(window), 0xFFFF, text, 2000)
        if question in text.value and user32.IsWindowVisible(ctypes.c_void_p(window)):
            boxes.append(window)
        return 1

    def asked() -> bool:
        user32.EnumWindows(callback(look), None)
        return bool(boxes)

    wait_for(asked, f"the question: {question}")
    user32.PostMessageW(ctypes.c_void_p(boxes[-1]), 0x0111, button, None)  # WM_COMMAND


def registered() -> dict[str, str]:
    """What Windows lists of the installed program: version and folder; empty: it is not installed."""
    winreg = importlib.import_module("winreg")  # Windows' own
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ENTRY) as key:
            return {name: str(winreg.QueryValueEx(key, name)[0]) for name in ("DisplayVersion", "InstallLocation")}
    except FileNotFoundError:
        return {}


def silently(setup: Path, folder: Path | None = None) -> list[str]:
    """The command that runs an installer without a question."""
    command = [str(setup), "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/CURRENTUSER"]
    return [*command, f"/DIR={folder}"] if folder is not None else command


def install(setup: Path, folder: Path | None = None) -> int:
    """Run an installer without a question. Its exit code."""
    return subprocess.run(silently(setup, folder), timeout=SECONDS, check=False).returncode


def starts(program: Path) -> None:
    """The program in this folder tests itself."""
    done = subprocess.run(
        [str(program / EXE), "--selftest"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    expect(done.returncode == 0, f"the self-test ended with {done.returncode}: {done.stderr[-600:]!r}")


def is_whole(folder: Path, *, old: bool, left: Collection[str] = ()) -> None:
    """The old program or the new one, nothing of the other, nothing between but what may be `left`."""
    expect((folder / PROGRAM / STALE).exists() == old, f"stale.txt is {'missing' if old else 'still there'}")
    between = [name for name in BETWEEN if (folder / name).exists() and name not in left]
    expect(not between, f"left behind: {between}")
    starts(folder / PROGRAM)


@contextmanager
def running(folder: Path, profile: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The installed program, shown on its demo."""
    program = subprocess.Popen(
        [str(folder / PROGRAM / EXE), "--demo", "--profile", str(profile)],
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


def uninstall(folder: Path, answers: Sequence[tuple[str, int]] = ()) -> None:
    """Uninstall, with these `answers` or without a question, and see that nothing is left but what is the person's."""
    silent = [] if answers else ["/VERYSILENT", "/SUPPRESSMSGBOXES"]
    with subprocess.Popen([str(folder / "unins000.exe"), *silent]):  # a copy of it goes on when this one has ended
        for question, button in answers:
            answer(question, button)
    wait_for(lambda: not folder.exists(), f"{folder} to be removed; there are {sorted(folder.rglob('*'))[:9]}")
    expect(not registered(), "Windows still lists the program")
    expect(not [path for path in SHORTCUTS if path.exists()], "a shortcut is left")


def steps(older: Path, newer: Path) -> Iterator[str]:
    """Do everything, and name each step once it has passed."""
    data = LOCAL / "pgyer-desktop"
    mine = registered() or keys() or data.exists()
    expect(not mine, "the program, its data or its keys are here; this is no place to try installers")
    data.mkdir(parents=True)
    (data / DATA_FILE).write_text("the person's", encoding="ascii")
    for name in (*OUR_KEYS, OTHER_KEY):
        put_key(name)
    try:
        yield from installed(older, newer)
        yield from replaced(older, newer)
        folder = Path(registered()["InstallLocation"])
        uninstall(folder)
        expect((data / DATA_FILE).exists() and len(keys()) == 3, "the person's data or keys were touched")
        yield "uninstalled without a question; what is left is the person's data and keys"
        yield from asked(newer, data)
    finally:
        remove_keys()
    yield from elsewhere(older, newer)


def installed(older: Path, newer: Path) -> Iterator[str]:
    """Install, upgrade, repair and downgrade."""
    expect(install(older) == 0, "the first installation failed")
    folder = Path(registered()["InstallLocation"])
    is_whole(folder, old=True)
    expect(SHORTCUTS[0].exists(), "there is no shortcut in the start menu")
    yield "installed"

    expect(install(newer) == 0, "the upgrade failed")
    is_whole(folder, old=False)
    yield f"upgraded to {registered()['DisplayVersion']}"

    (folder / PROGRAM / "_internal" / "base_library.zip").unlink()
    (folder / PROGRAM / EXE).write_bytes(b"damaged")
    expect(install(newer) == 0, "the repair failed")
    is_whole(folder, old=False)
    yield "repaired what was damaged"

    expect(install(older) == 0, "the downgrade failed")
    is_whole(folder, old=True)
    yield f"downgraded to {registered()['DisplayVersion']}"


def replaced(older: Path, newer: Path) -> Iterator[str]:
    """Upgrade where something is in the way. `older` is installed at first, `newer` at last."""
    folder = Path(registered()["InstallLocation"])
    before = registered()["DisplayVersion"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        with running(folder, Path(profile)) as program:
            code = install(newer)
            closed = program.poll() is not None
            expect(closed or code != 0, "the running program was replaced and nobody was told")
            is_whole(folder, old=code != 0)
            expect((registered()["DisplayVersion"] == before) == (code != 0), "Windows lists another version")
        yield f"upgraded over the running program: {'it was closed' if closed else f'refused with {code}'}"
    expect(install(older) == 0, "the downgrade after that failed")

    with subprocess.Popen(silently(newer)) as setup:
        wait_for((folder / BETWEEN[0] / "_internal").exists, "the new program to be unpacked")
        with (folder / PROGRAM / EXE).open("rb"):  # as a program has that is started now
            code = setup.wait(SECONDS)
    expect(code != 0, "what was opened while the new program was unpacked was not replaced, and nobody was told")
    is_whole(folder, old=True)
    expect(registered()["DisplayVersion"] == before, "Windows lists a version that is not installed")
    yield f"upgraded while the program was opened: refused with {code}"

    files = (folder / PROGRAM / "_internal" / "base_library.zip", folder / PROGRAM / "LICENSE")
    with files[0].open("rb"), files[1].open("rb"):
        code = install(newer)
    # Wine renames a folder in which a file is open, as Windows does not; the old one then goes the next time.
    is_whole(folder, old=code != 0, left={BETWEEN[1]} if code == 0 else set())
    expect(install(newer) == 0, "the upgrade after that failed")
    is_whole(folder, old=False)
    yield f"upgraded while two files were open: {'done' if code == 0 else f'refused with {code}'}"

    with subprocess.Popen(silently(older)) as setup:
        wait_for((folder / BETWEEN[0] / "_internal").exists, "the program to be unpacked")
        code = install(newer)
        expect(setup.wait(SECONDS) == 0, "an installation failed because another one was started")
    expect(code != 0, "two installations ran at once")
    is_whole(folder, old=True)
    expect(registered()["DisplayVersion"] == before, "Windows lists the one that was refused")
    expect(install(newer) == 0, "the upgrade after that failed")
    yield f"installed twice at once: the second was refused with {code}"

    (folder / PROGRAM).rename(folder / BETWEEN[1])  # as if the power had gone in the middle
    (folder / BETWEEN[0] / "_internal").mkdir(parents=True)
    expect(install(newer) == 0, "the installation after one that was broken off failed")
    is_whole(folder, old=False)
    yield "installed after one that was broken off"


def asked(newer: Path, data: Path) -> Iterator[str]:
    """Uninstall with questions."""
    yes, no, ok = 6, 7, 1
    for about_data, about_keys, told in (
        (no, no, "data and keys are left"),
        (yes, no, "keys are left"),
        (no, yes, "data are left"),
    ):
        data.mkdir(parents=True, exist_ok=True)
        (data / DATA_FILE).write_text("the person's", encoding="ascii")
        expect(install(newer) == 0, "installing again failed")
        why = "cannot use these entries any more" if about_data == yes else "it needs them to open your accounts"
        answers = [("completely remove", yes), ("Remove your data too?", about_data), (why, about_keys)]
        uninstall(Path(registered()["InstallLocation"]), [*answers, ("successfully removed", ok)])
        expect((data / DATA_FILE).exists() == (about_data == no), f"data are there: {data.exists()}")
        left = [*OUR_KEYS, OTHER_KEY] if about_keys == no else [OTHER_KEY]
        expect(keys() == left, f"these keys are left: {keys()}")
        yield f"uninstalled with questions: {told}"


def elsewhere(older: Path, newer: Path) -> Iterator[str]:
    """Install into other folders."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place) / "程序 与 工具" / "蒲公英"
        expect(install(older, folder) == 0, "installing into a Chinese folder failed")
        is_whole(folder, old=True)
        expect(install(newer, folder) == 0, "upgrading in a Chinese folder failed")
        is_whole(folder, old=False)
        uninstall(folder)
    yield "installed into, upgraded in and uninstalled from a Chinese folder"

    for name in (PROGRAM, *BETWEEN):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            theirs = Path(place) / name / "LICENSE"
            theirs.parent.mkdir()
            theirs.write_text("somebody's", encoding="ascii")
            code = install(newer, Path(place))
            expect(code != 0, f"somebody's folder {name} was taken for the program's")
            expect(theirs.read_text(encoding="ascii") == "somebody's", f"somebody's folder {name} was changed")
            expect(not registered(), "Windows lists a program that is not installed")
    yield "refused to install over somebody's own folders of the same names"


def unpacked(archive: Path) -> Iterator[str]:
    """Start the program from the portable archive."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place) / "便携版"
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        starts(folder / "pgyer-desktop")
    yield "started from the portable archive"


def main(arguments: list[str]) -> int:
    """Try it. 0, or 1 with the reason."""
    if os.name != "nt" or len(arguments) not in {2, 3}:
        print("usage, on Windows: python tests/windows/try_installer.py OLDER-setup.exe NEWER-setup.exe [PORTABLE.zip]")
        return 2
    older, newer, *archives = (Path(argument).resolve() for argument in arguments)
    try:
        for step in steps(older, newer):
            print("ok  ", step, flush=True)
        for archive in archives:
            for step in unpacked(archive):
                print("ok  ", step, flush=True)
    except (TroubleError, subprocess.SubprocessError) as error:
        print("FAILED", error, flush=True)
        return 1
    print("ALL RIGHT", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
