"""Writes a file whole or not at all: whoever reads it, even after a crash, finds the old one or the new one."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pgyer_desktop.core.base import busy_files


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of whatever `path` holds, blocking; folders are made. A link stays, its target is written.

    Raises OSError; what was there before is untouched then. A file that somebody has open is waited for: see
    `busy_files`.
    """
    path = behind_links(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name[:100], suffix=".new")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        busy_files.replace(temporary, path)
    except BaseException:
        with suppress(OSError):  # why it was not written is what counts
            busy_files.remove(temporary)
        raise


def behind_links(path: Path) -> Path:
    """What `path` links to, whether it is there or not; `path` itself where it is no link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path
