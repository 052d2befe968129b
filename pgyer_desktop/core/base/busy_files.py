"""Files that another program may have open for a moment, as virus scanners, editors and back-up programs do on Windows.

There such a file can neither be replaced nor renamed nor deleted, and often not even read; a moment later it can. What
is done here is tried again with growing pauses for up to three seconds, so it blocks: call it in threads. Where systems
do not know this kind of refusal nothing is waited for. Must not know what is in a file.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

PAUSES_SECONDS: Final = (0.01, 0.02, 0.04, 0.08, 0.16, *(0.25,) * 10)
"""Together somewhat less than three seconds."""

_CLOCK_DRIFT_SECONDS: Final = 3600.0

BINARY: Final[int] = getattr(os, "O_BINARY", 0)
"""Among the flags of `open_handle`: bytes as they are."""

_Result = TypeVar("_Result")


def retry_while_open(
    call: Callable[[], _Result], *, passes: Callable[[OSError], bool] | None = None, pauses: tuple[float, ...] = ()
) -> _Result:
    """Call `call`, and again while it fails with an error that `passes` accepts (default: a file open elsewhere).

    Raises OSError: the last one, or the first that does not pass by itself.
    """
    for pause in pauses or PAUSES_SECONDS:
        try:
            return call()
        except OSError as exc:
            if not (passes or _is_busy)(exc):
                raise
        # Out here, because what an error's traceback holds stays open meanwhile.
        time.sleep(pause)
    return call()


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`, which need not be there. Raises OSError."""
    retry_while_open(lambda: source.replace(target))


def remove(path: Path) -> None:
    """Delete the file, if it is there. Raises OSError."""
    retry_while_open(lambda: path.unlink(missing_ok=True))


def read(path: Path) -> bytes:
    """The whole file. Raises OSError; FileNotFoundError only where it can be made, see `missing`."""
    try:
        return retry_while_open(path.read_bytes)
    except FileNotFoundError as exc:
        raise missing(path, exc) from exc


def open_handle(path: Path, flags: int, mode: int = 0o777) -> int:
    """As `os.open`; FileNotFoundError only where the file can be made, see `missing`."""
    try:
        return retry_while_open(lambda: os.open(path, flags, mode))
    except FileNotFoundError as exc:
        raise missing(path, exc) from exc


def past(modified: float) -> float:
    """When a file was changed last, in seconds since 1970, to sort by: a moment to come counts as the oldest.

    Only a clock that was wrong can have told it, and files of that day would outlive all others.
    """
    return modified if modified <= time.time() + _CLOCK_DRIFT_SECONDS else 0.0


def missing(path: Path, error: FileNotFoundError) -> OSError:
    """`error`, or NotADirectoryError where a folder of `path` is a file: Windows does not tell the two apart."""
    for folder in path.parents:
        if os.path.lexists(folder):
            if folder.is_dir():
                return error
            break
    else:
        return error  # a drive that is not there
    return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def _is_busy(error: OSError) -> bool:
    """Whether it may be that somebody has the file open. Reading tells no more than that access was denied."""
    if os.name != "nt" or not isinstance(error, PermissionError):
        return False
    # A folder in the file's place refuses in the same words and stays.
    names = (error.filename, error.filename2)
    return not any(isinstance(name, str) and Path(name).is_dir() for name in names)
