"""A file that only ever grows by whole lines, shared by several programs, and whole again after any accident.

Knows bytes, not what they mean. A line is acknowledged once it is on the disk; what was acknowledged is never touched
again. A line that was cut off (the program was killed, the disk was full) stays in the file, and the next line starts
behind `TORN`, which says that the piece before it was never acknowledged.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.file_lock import try_lock, unlock
from pgyer_desktop.core.base.private_files import FILE_MODE, make_folder

TORN = b"~torn"
"""Ends a line that was begun and not finished. No JSON value ends like that."""

# The mark itself may have been cut off, and marked again.
_MARKS = re.compile(rb"(?:~(?:t(?:o(?:rn?)?)?)?)+\Z")

_LOCK_SECONDS = 5.0
_LOCK_PAUSE = 0.01
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class News:
    """What was found behind the lines that had been read before."""

    lines: tuple[bytes, ...] = ()
    """Whole ones, without their ends."""
    tail: bytes = b""
    """What stands behind the last line's end; it is read again next time."""
    anew: bool = False
    """Whether the file is another one than before, or was cut, and was read from its start."""


def unmarked(line: bytes) -> bytes:
    """What there is of a line that ends with `TORN`; other lines as they are."""
    return _MARKS.sub(b"", line) if line.endswith(TORN) else line


class LineFile:
    """Reads what is new in one file, and appends to it. Not for several threads at once.

    Methods block and raise OSError; TimeoutError where another program holds the file for more than five seconds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._offset = 0
        self._identity: tuple[int, int] | None = None

    def read(self) -> News:
        """What is new. A file that is not there is empty, and is not made."""
        try:
            handle = busy_files.open_handle(self.path, os.O_RDONLY | busy_files.BINARY)
        except FileNotFoundError:
            gone = self._identity is not None
            self._offset, self._identity = 0, None
            return News(anew=gone)
        try:
            return self._read(handle)
        finally:
            os.close(handle)

    def append(self, following: Callable[[News], Sequence[bytes]], read: Callable[[News], object]) -> None:
        """Add the lines that `following` returns, and come back when they are on the disk.

        `following` is given what others have added until now; what it raises leaves the file as it is. `read` is given
        what was added, as it stands in the file. Nothing can come between the two.
        """
        make_folder(self.path.parent)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | busy_files.BINARY
        handle = busy_files.open_handle(self.path, flags, FILE_MODE)
        try:
            with _locked(handle):
                news = self._read(handle)
                lines = following(news)
                if not lines:
                    return
                new = os.fstat(handle).st_size == 0
                end = TORN + b"\n" if news.tail else b""
                _write(handle, end + b"".join(line + b"\n" for line in lines))
                os.fsync(handle)
                if new:
                    _sync_folder(self.path.parent)
                read(self._read(handle))
        finally:
            os.close(handle)

    def _read(self, handle: int) -> News:
        status = os.fstat(handle)
        identity = (status.st_dev, status.st_ino)
        anew = self._identity is not None and (identity != self._identity or status.st_size < self._offset)
        if anew:
            self._offset = 0
        data = _content(handle, self._offset, status.st_size)
        *lines, tail = data.split(b"\n")
        self._identity = identity
        self._offset += len(data) - len(tail)
        return News(tuple(lines), tail, anew)


def _content(handle: int, start: int, end: int) -> bytes:
    """No further than the file's size: some devices have no end."""
    os.lseek(handle, start, os.SEEK_SET)
    pieces = []
    while start < end and (piece := os.read(handle, min(end - start, _PIECE))):
        pieces.append(piece)
        start += len(piece)
    return b"".join(pieces)


def _write(handle: int, data: bytes) -> None:
    """All of `data`: in one call, unless the system stops half-way; then the next call says why."""
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if written == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    # Where it cannot be locked: one write in append mode is not torn by another's on a local disk.
    deadline = time.monotonic() + _LOCK_SECONDS
    while not try_lock(handle):
        if time.monotonic() > deadline:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        time.sleep(_LOCK_PAUSE)
    try:
        yield
    finally:
        with suppress(OSError):  # closing the file unlocks it anyway
            unlock(handle)


def _sync_folder(folder: Path) -> None:
    """Have the new file's name on the disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
