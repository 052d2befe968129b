"""The program's log: to the profile's file, and to standard error. Whatever looks like a key is struck out of it."""

from __future__ import annotations

import logging
import re
import sys
import time
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pgyer_desktop.core.base.private_files import make_folder, opener
from pgyer_desktop.core.base.words import Text, stated, translate

_FILE_BYTES = 1_000_000
_FILES = 3
_ROTATION_PAUSE_SECONDS = 60.0

# A key is 32 hex digits; so are build and app keys, which a log can do without. No word boundaries: in "%3D" and the
# digits that follow there is none. The rest are the service's own names for secrets, as they stand in forms and links.
_SECRETS = re.compile(
    r"[0-9a-f]{32,}|((?:_api_key|userKey|buildPassword|password|sig)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+",
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """`text` without anything that looks like a key, an install password or a signature."""
    return _SECRETS.sub(lambda found: f"{found[1] or ''}[redacted]", text)


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, and strikes secrets out of the result."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as it is written."""
        return redacted(super().format(record))


class LogFile(RotatingFileHandler):
    """Goes on in the same file where it cannot be rotated: Windows renames no file that another window has open."""

    _next_try = 0.0
    """When it is tried again, on the monotonic clock."""

    def _open(self) -> TextIOWrapper:
        """A file that is made is this user's alone."""
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=opener)  # type: ignore[return-value]  # "a" is text

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether a new file is to be begun: not again soon after that was not possible."""
        return time.monotonic() >= self._next_try and bool(super().shouldRollover(record))

    def doRollover(self) -> None:
        """Begin a new file if that is possible. The older ones move on only then: each time one of them is lost."""
        if self.stream is not None:
            self.stream.close()
            self.stream = None
        full, moved = Path(self.baseFilename), Path(f"{self.baseFilename}.0")
        try:
            full.replace(moved)
            super().doRollover()
            moved.replace(f"{self.baseFilename}.1")
        except OSError:
            self._next_try = time.monotonic() + _ROTATION_PAUSE_SECONDS
            if moved.exists() and not full.exists():
                with suppress(OSError):
                    moved.replace(full)
            if self.stream is None:
                self.stream = self._open()


def stop() -> None:
    """Close the log file. Whoever logs after this has it opened again."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, LogFile):
            handler.close()


def start(file: Path, *, debug: bool) -> Text | None:
    """Log to `file` (rotated, at most some megabytes) and warnings to standard error.

    A file that cannot be written is mentioned there once, and the program goes on without. Returns what a person must
    be told about it, or None.
    """
    problem: Text | None = None
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    formatter = RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    if sys.stderr is not None:  # a program without a console on Windows has none
        console = logging.StreamHandler()
        console.setLevel(logging.DEBUG if debug else logging.WARNING)
        console.setFormatter(formatter)
        root.addHandler(console)
    try:
        make_folder(file.parent)
        handler = LogFile(file, maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8")
    except OSError as exc:
        logging.getLogger(__name__).warning("There will be no log file: %s", exc.strerror or type(exc).__name__)
        problem = translate(
            "logs",
            "The program cannot keep a log in {folder}: {reason}. Everything else works as usual.",
        ).fill(folder=str(file.parent), reason=stated(exc.strerror))
    else:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    # What a handler says about its own failure shows the record as it was, unredacted.
    logging.raiseExceptions = False
    # At debug level asyncio writes a line per turn of the loop.
    for noisy in ("asyncio", "qasync", "httpx", "httpcore", "keyring"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    return problem
