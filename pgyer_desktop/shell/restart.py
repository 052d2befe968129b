"""Starts the program once more, with the arguments it was started with. The new one waits for the end of the old one.

Only then it looks for a program that runs on its profile, and reads files that the old one writes at its end. Must not
end the old program: whoever restarts it closes its window.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import Final

_WAITS: Final = "PGYER_DESKTOP_WAITS"
"""Set in the environment of the new program: its standard input is open for as long as the old one runs."""
_INDEPENDENT: Final = "PYINSTALLER_RESET_ENVIRONMENT"
"""Tells the frozen program that it is no part of the one that has started it."""
_WAIT_SECONDS: Final = 30.0
"""A program that has not ended by then hangs: two windows do each other no harm, and none would be worse."""


def start_again() -> None:
    """Start a program that waits until this one has ended. Raises `OSError` where it cannot be started.

    `os.execv` would put it in this one's place, but on Windows that is a new process as well, which nobody waits for.
    """
    import subprocess  # wanted by whoever restarts only

    # One end goes to the new program. The other one is never closed: the system does that when this program has ended,
    # in whatever way, and only then the new one reads that there is no more to come.
    reader, writer = os.pipe()
    try:
        subprocess.Popen(  # noqa: S603 - this very program
            command(),
            stdin=reader,
            # Windows gives a program without a console handles that may lead nowhere.
            stdout=subprocess.DEVNULL if sys.stdout is None else None,
            stderr=subprocess.DEVNULL if sys.stderr is None else None,
            env={**os.environ, _WAITS: "1", _INDEPENDENT: "1"},
            start_new_session=True,  # so that it does not end with the terminal's job; Windows knows none
        ).returncode = 0  # nobody asks how it ended: without this Python warns that it still runs
    except OSError:
        os.close(writer)
        raise
    finally:
        os.close(reader)


def command() -> list[str]:
    """What this program was started with. The frozen program is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]


def wait_for_old() -> None:
    """Wait until the program that has started this one has ended. At once where none has."""
    if os.environ.pop(_WAITS, None) is None:  # and what this one starts is told nothing of it
        return

    def read_to_the_end() -> None:
        with suppress(OSError):
            while os.read(0, 1):
                pass

    # In a thread, because on Windows nothing else can end the waiting.
    thread = threading.Thread(target=read_to_the_end, name="restart", daemon=True)
    thread.start()
    thread.join(_WAIT_SECONDS)
