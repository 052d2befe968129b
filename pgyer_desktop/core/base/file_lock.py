"""Locks a whole open file against other programs of ours, without waiting; closing the file unlocks it anyway.

Where a file system knows no locks, every lock is granted. Must not know what the file is for.
"""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    # Locks forbid reading and writing there, so one byte far behind any content stands for the whole file.
    _LOCK_AT = 0x7FFF_FFF0

    def try_lock(handle: int) -> bool:
        """False where another holds the file. Moves to another place in it."""
        os.lseek(handle, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def unlock(handle: int) -> None:
        """Let others have the file. Moves to another place in it. Raises OSError."""
        os.lseek(handle, _LOCK_AT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """False where another holds the file."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True

    def unlock(handle: int) -> None:
        """Let others have the file. Raises OSError."""
        fcntl.flock(handle, fcntl.LOCK_UN)
