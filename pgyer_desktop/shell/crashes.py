"""The trace that a hard crash leaves in the log folder: where each thread was when the process died.

Python's `faulthandler` writes it, with file and function names and nothing else. Must not raise: a folder that cannot
be written only means that there will be no trace.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.file_lock import try_lock
from pgyer_desktop.core.base.private_files import make_folder
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.shell.error_report import about_the_program

if TYPE_CHECKING:
    from typing import Self

KEPT = 5
"""How many crashes are kept."""

_RUNNING = "running-*.trace"
_KEPT = "crash-*.log"
_SECONDS_TO_START = 60.0
_log = logging.getLogger(__name__)


def _hold(handle: int) -> bool:
    """Lock the file for as long as it is open. False where another process holds it."""
    # Nothing to do on Windows: a file that is open cannot be renamed or deleted there. And where files cannot be
    # locked, only a crash writes more than the first line.
    return sys.platform == "win32" or try_lock(handle)


def keep_out_of_core_dumps() -> None:
    """Have a crash leave no copy of the memory, which holds the key. On Linux and macOS; Windows makes none itself."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        # Services that collect dumps are handed one whatever the limit is: then there is no memory in it.
        with suppress(OSError):
            Path("/proc/self/coredump_filter").write_text("0", encoding="ascii")


class CrashTrace:
    """Has a crash leave its trace in `folder`, while it is entered as a context. One per process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None
        self._file: Path | None = None
        self.last: Path | None = None
        """The trace of a program that has crashed since the last start, the newest of them; known once entered."""

    def __enter__(self) -> Self:
        self.last = set_aside(self._folder)
        try:
            make_folder(self._folder)
            self._handle, name = tempfile.mkstemp(f".{_RUNNING.rpartition('.')[2]}", "running-", self._folder)
            self._file = Path(name)
            _hold(self._handle)
            os.write(self._handle, f"{'; '.join(about_the_program())}\n".encode())
        except OSError as exc:
            _log.info("A crash would leave no trace: %s", exc.strerror or type(exc).__name__)
            self._forget()
            return self
        faulthandler.enable(self._handle, all_threads=True)
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._handle is not None:
            faulthandler.disable()
        self._forget()

    def _forget(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()
            self._file = None


def set_aside(folder: Path) -> Path | None:
    """Rename the traces of programs that have crashed to "crash-<date>.log", keep the last few of them.

    Returns the newest of those that were renamed now, or None.
    """
    found: list[tuple[float, Path]] = []
    try:
        for path in folder.glob(_RUNNING):
            with suppress(OSError):  # of another user, or open in a running program on Windows
                kept = _set_aside(path)
                if kept is not None:
                    found.append((busy_files.past(kept.stat().st_mtime), kept))
        for old in sorted(folder.glob(_KEPT), key=lambda path: busy_files.past(path.stat().st_mtime))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as exc:
        _log.info("The traces of crashes cannot be looked through: %s", exc.strerror or type(exc).__name__)
    return max(found)[1] if found else None


def crash_notice(file: Path) -> Notice:
    """What a person is told about a crash, at the start after it."""
    text = translate(
        "crashes", "The program ended unexpectedly last time. What is known about it is in {file}.", "a file's path"
    ).fill(file=str(file))
    return Notice(text, Severity.WARNING, Remedy.NONE)


def _set_aside(path: Path) -> Path | None:
    """The new name of a crashed program's trace; None for a running program's, or one that ended without a trace."""
    with path.open("rb") as file:
        if not _hold(file.fileno()):
            return None
        modified = path.stat().st_mtime
        crashed = bool(file.read(1 << 16).partition(b"\n")[2].strip())
    if not crashed:
        # Killed, or the power failed: there is nothing to tell. A young one may be about to be locked.
        if abs(time.time() - modified) > _SECONDS_TO_START:
            path.unlink(missing_ok=True)
        return None
    stem = f"crash-{datetime.fromtimestamp(modified).astimezone():%Y%m%d-%H%M%S}"
    kept = path.with_name(f"{stem}.log")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{stem}-{number}.log")
    busy_files.replace(path, kept)
    return kept
