"""Writes a file whole or not at all: whoever reads it, even after a crash, finds the old one or the new one."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.private_files import FILE_MODE, make_folder

_USUAL_MODE: Final = 0o666
_KEPT_NAME: Final = 50
"""Characters of a file's name in that of the new one: together they are no longer than a name may be."""


def write_whole(path: Path, data: bytes, *, private: bool = True) -> None:
    """Put `data` in place of whatever `path` holds, blocking; folders are made. A link stays, its target is written.

    `private`: for this user alone. Else it has the permissions of the file before, or those that this user's new files
    have.

    Raises OSError; what was there before is untouched then. A file that somebody has open is waited for: see
    `busy_files`.
    """
    path = behind_links(path)
    if private:
        make_folder(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name[:_KEPT_NAME]}{os.urandom(6).hex()}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | busy_files.BINARY
    handle = os.open(temporary, flags, FILE_MODE if private else _USUAL_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if not private:
                _keep_mode(path, file.fileno())
            os.fsync(file.fileno())
        busy_files.replace(temporary, path)
    except BaseException:
        with suppress(OSError):  # why it was not written is what counts
            busy_files.remove(temporary)
        raise


def _keep_mode(path: Path, handle: int) -> None:
    """Give the file that takes the place of `path` its permissions."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.fchmod(handle, stat.S_IMODE(path.stat().st_mode))


def behind_links(path: Path) -> Path:
    """What `path` links to, whether it is there or not; `path` itself where it is no link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path
