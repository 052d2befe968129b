"""What Linux has to have for the program, its tests and its freezing: looks for it and installs what is missing.

    uv run --no-sync packaging/system.py [--required] qt|x11|font|tests|objdump|libpython ...

Run it with the Python of the environment that needs it. `--required`: ends with 1 when something stays missing.
"""

from __future__ import annotations

import ctypes
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from bootstrap import install_packages, say

INSTALLERS = {"apt-get": "sudo apt-get install", "dnf": "sudo dnf install", "pacman": "sudo pacman -S"}
"""What installs packages, in the order of the columns of `Need`, and how a person calls it."""


class Need(NamedTuple):
    """Something to have, and what holds it in each family of distributions."""

    missing: Callable[[], str]
    """Says what is missing; nothing when all is there."""
    debian: str
    fedora: str
    arch: str


def missing_library(plugin: str) -> str:
    """The library without which Qt, or its plug-in for a kind of display, does not load."""
    try:
        from PySide6 import QtCore, QtDBus, QtSvg, QtWidgets  # noqa: F401 - loading them is the point

        folder = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)
        ctypes.CDLL(f"{folder}/platforms/libq{plugin}.so")
    except (ImportError, OSError) as error:
        return f"Qt needs {error}"
    return ""


def missing_font() -> str:
    """Whether every Chinese character would be drawn as a box."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    _application = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    known = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return "" if known else "Chinese text needs a font that has its characters"


def missing_command(*names: str) -> str:
    """The commands that are not there; without some of them tests skip themselves."""
    missing = [name for name in names if shutil.which(name) is None]
    return f"These commands are not here: {', '.join(missing)}" if missing else ""


def missing_shared_python() -> str:
    """What PyInstaller freezes instead of the program `python`; Debian has it in a package of its own."""
    from PyInstaller.depend.bindepend import get_python_library_path
    from PyInstaller.exceptions import PythonLibraryNotFoundError

    try:
        get_python_library_path()
    except PythonLibraryNotFoundError:
        return "PyInstaller needs Python as a shared library"
    return ""


NEEDS = {
    "qt": Need(
        partial(missing_library, "offscreen"),
        "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3",
        "glib2 libglvnd-glx libglvnd-egl libxkbcommon fontconfig dbus-libs",
        "glib2 libglvnd libxkbcommon fontconfig dbus",
    ),
    # Qt's own message names libxcb-cursor0 whichever is missing.
    "x11": Need(
        partial(missing_library, "xcb"),
        "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0",
        "libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms libxcb",
        "libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms libxcb",
    ),
    "font": Need(missing_font, "fonts-wqy-microhei", "google-noto-sans-cjk-fonts", "noto-fonts-cjk"),
    "tests": Need(
        partial(missing_command, "gnome-keyring-daemon", "dbus-run-session", "xvfb-run", "xauth"),
        "gnome-keyring dbus xvfb xauth",
        "gnome-keyring dbus-daemon xorg-x11-server-Xvfb xorg-x11-xauth",
        "gnome-keyring dbus xorg-server-xvfb xorg-xauth",
    ),
    "objdump": Need(partial(missing_command, "objdump"), "binutils", "binutils", "binutils"),
    "libpython": Need(
        missing_shared_python,
        f"libpython{sys.version_info[0]}.{sys.version_info[1]}",
        "python3-libs",
        "python",
    ),
}


def install_command(needs: Sequence[Need]) -> str:
    """What a person has to type on this distribution."""
    for column, (installer, command) in enumerate(INSTALLERS.items(), start=1):
        if shutil.which(installer):
            return " ".join([command, *(str(need[column]) for need in needs)])
    return "the packages of your distribution that hold it"


def main(arguments: Sequence[str]) -> int:
    """Install what is missing; 1 when it cannot be and is required."""
    required = "--required" in arguments
    problems = {need: need.missing() for name, need in NEEDS.items() if name in arguments}
    lacking = [need for need, problem in problems.items() if problem]
    why_not = install_packages([package for need in lacking for package in need.debian.split()]) if lacking else None
    if why_not is None:
        return 0
    for need in lacking:
        say(f"{problems[need]}.")
    advice = "Run this, then start again" if required else "Going on without. To have it"
    say(f"It was not installed by itself: {why_not}. {advice}:\n  {install_command(lacking)}")
    return 1 if required else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
