"""Files and folders that are this user's alone, where the system has modes for that: on Linux and macOS.

On Windows they are by the folder that they lie in, and nothing is done here. Must not know what is in a file.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o777 if os.name == "nt" else 0o700  # there it would take what the folder inherits away
_OTHERS: Final = 0o077
_TO_READ_AND_WRITE: Final = 0o066


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing; one that is there is left. Raises OSError."""
    try:
        folder.mkdir(_FOLDER_MODE)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        folder.mkdir(_FOLDER_MODE, exist_ok=True)
    except OSError:
        if not folder.is_dir():
            raise


def make_file(path: Path) -> None:
    """Make an empty file for somebody who opens it by its name; one that is there is closed to others.

    Raises OSError. Does not open a file that is there: that would undo the locks which this process has on it.
    """
    if os.name == "nt":
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    except FileExistsError:
        close_to_others(path)


def opener(path: str, flags: int) -> int:
    """For `open`: a file that is made is this user's alone."""
    return os.open(path, flags, FILE_MODE)


def close_to_others(path: Path) -> None:
    """Take all rights of others to what is there away. Nothing happens to a link, or where that cannot be."""
    if os.name == "nt":
        return
    with suppress(OSError):
        about = path.lstat()
        if not stat.S_ISLNK(about.st_mode) and about.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(about.st_mode) & ~_OTHERS)


def is_open_to_others(folder: Path) -> bool:
    """Whether others can see what is in the folder, or change it."""
    if os.name == "nt":
        return False
    with suppress(OSError):
        return bool(folder.stat().st_mode & _TO_READ_AND_WRITE)
    return False
