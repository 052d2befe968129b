"""What is told of an unexpected error: the program, what it runs on, and the traceback, with nothing secret in it.

Must not hold on to the error: its traceback keeps alive whatever was at hand, the key among it.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import PySide6
from PySide6.QtCore import qVersion

from pgyer_desktop import __version__
from pgyer_desktop.shell.logs import redacted

MAX_CHARACTERS = 20_000
"""Of a longer traceback, such as an endless recursion's, the middle is left out."""

_PLACE_FRAMES = 3


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """An error in words that can be handed on. `mark` is the same for the same error at the same place."""

    mark: str
    details: str


def report_of(error: BaseException) -> ErrorReport:
    """What is told of `error`. The values of variables are not in it."""
    lines = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    text = "\n".join((*about_the_program(), "", lines.rstrip()))
    return ErrorReport(mark_of(error), _shortened(redacted(without_home(text))))


def about_the_program() -> tuple[str, ...]:
    """Which program this is, what it runs on, and the time."""
    return (
        f"Pgyer Desktop {__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
        f"{platform.platform(terse=True)}, {platform.machine() or sys.platform}",
        datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
    )


def mark_of(error: BaseException) -> str:
    """Tells errors apart by their kind and by where they were raised; what they say differs from time to time."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACE_FRAMES:]
    places = (f"{frame.filename}:{frame.lineno}" for frame in frames)
    return " ".join((type(error).__qualname__, *places))


def without_home(text: str) -> str:
    """`text` with "~" in place of the home folder, whose name is often a person's."""
    for folder in sorted(_homes(), key=len, reverse=True):
        flags = re.IGNORECASE if sys.platform == "win32" else re.NOFLAG
        text = re.sub(rf"{re.escape(folder)}(?![\w.-])", "~", text, flags=flags)
    return text


def _homes() -> set[str]:
    """The home folder as it may be written: through links, with either slash, and as Python quotes it."""
    found: set[str] = set()
    with suppress(RuntimeError, OSError):
        home = Path.home()
        for folder in (str(home), os.path.realpath(home)):
            found |= {folder, folder.replace("\\", "/"), folder.replace("\\", "\\\\")}
    # "/" as a home would be in every path.
    return {folder for folder in found if len(folder.strip("/\\.:")) > 2}


def _shortened(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return f"{text[:half]}\n[…]\n{text[-half:]}"
