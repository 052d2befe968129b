"""The journal: every write that was confirmed, on disk before its request leaves, and how each ended.

One file per profile, which only grows; never a key in it. A write whose intent cannot be recorded must not be sent.
Nothing that stands in the file is ever changed: damage is skipped and told, a newer format is read as far as possible.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.activity.records import VERSION, Ending, Entry, Intent, Line, NotARecordError, decoded, encoded
from pgyer_desktop.core.base.line_file import TORN, LineFile, News, unmarked
from pgyer_desktop.core.base.words import Text, stated, translate

_log = logging.getLogger(__name__)

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class JournalFault(Enum):
    """Why something could not be recorded."""

    FULL = "full"
    """No space, a quota or a limit of the file's size."""
    DENIED = "denied"
    """Read-only, not ours, or not a file."""
    BUSY = "busy"
    """Another program is using the file."""
    NEWER = "newer"
    """The file is of a newer format."""
    OTHER = "other"


class JournalError(Exception):
    """A record is not on the disk. For an intent: its write must not be sent.

    `path` is the journal's file, `detail` the system's own words ("No space left on device"), which hold no path.
    """

    def __init__(self, path: Path, reason: JournalFault, detail: str = "") -> None:
        super().__init__(f"the journal cannot be written: {detail or reason.value}")
        self.path = path
        self.reason = reason
        self.detail = detail

    @property
    def text(self) -> Text:
        """Why, and what to do; stands behind a sentence that says what was not done."""
        detail = _NOT_THERE if self.detail == _NOT_THERE.source else stated(self.detail)
        return _REASONS[self.reason].fill(file=str(self.path), detail=detail)


class Journal:
    """All entries, and their file. Make one with `open`.

    Methods that record or reload do it in a thread, one after the other; everything else answers at once. An ending
    that could not be written is kept and goes out with the next record.
    """

    def __init__(self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file = LineFile(path)
        self._now = now
        self._at_file = threading.Lock()
        self._at_state = threading.Lock()  # never held while a file is read or written: the window waits for it
        self._intents: dict[str, Intent] = {}
        self._endings: dict[str, list[Ending]] = {}
        self._unwritten: list[Ending] = []
        self._under_way: set[str] = set()
        self._refused: set[str] = set()
        self._entries: tuple[Entry, ...] | None = None
        self._version: int | None = None
        self._skipped = 0
        self._unreadable: str | None = None

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Read the journal at `path`, blocking. What is wrong with it is in `problem`; raises nothing."""
        journal = cls(path)
        journal._reload()
        return journal

    @property
    def path(self) -> Path:
        """Where the file is, or will be once something is recorded."""
        return self._file.path

    @property
    def problem(self) -> Text | None:
        """What a person must be told about the file as it was last read, or None.

        A last line that was cut off is no problem: it was never acknowledged, so nothing was done because of it.
        """
        if self._unreadable is not None:
            return translate(
                "journal",
                "The journal {file} cannot be read ({detail}). Nothing can be changed until it can: check who may read"
                " and write it.",
            ).fill(file=str(self.path), detail=stated(self._unreadable))
        if self._newer:
            return translate(
                "journal",
                "The journal {file} was written by a newer version of this program. It is left as it is, and nothing"
                " can be changed with this version. Update the program.",
            ).fill(file=str(self.path))
        if self._skipped:
            skipped = translate("journal", "%n line(s) of the journal {file} cannot be read.", "", self._skipped)
            return translate(
                "journal", "{skipped} What is in there stays in the file, but does not show in Activity."
            ).fill(skipped=skipped.fill(file=str(self.path)))
        return None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, newest first."""
        with self._at_state:
            if self._entries is None:
                self._entries = tuple(self._entry(intent) for intent in reversed(self._intents.values()))
            return self._entries

    def entry(self, intent_id: str) -> Entry | None:
        """The entry of this intent."""
        with self._at_state:
            intent = self._intents.get(intent_id)
            return self._entry(intent) if intent is not None else None

    def unsettled(self, account_id: str) -> tuple[Entry, ...]:
        """The entries of this account whose result is unknown, newest first.

        Without those that this program is at now. A write of another window on the same profile may be among them.
        """
        return tuple(
            entry
            for entry in self.entries
            if entry.intent.account_id == account_id and not entry.settled and not entry.under_way
        )

    async def record(self, intent: Intent) -> None:
        """Have `intent` on the disk. Raises `JournalError`; its write must not be sent then, nor if this is cancelled.

        Whoever records an intent also calls `end` for it, whatever happens: it counts as under way until then.
        """
        with self._at_state:
            self._under_way.add(intent.id)
        try:
            await asyncio.to_thread(self._append, intent)
        except BaseException as exc:
            # The line may be in the file all the same, unacknowledged. Then the next one says that nothing was sent.
            with self._at_state:
                self._refused.add(intent.id)
            self._keep(Ending(intent.id, self._now(), Outcome.NOT_DONE, error=type(exc).__name__))
            raise

    async def end(self, ending: Ending) -> None:
        """Have `ending` on the disk. Raises `JournalError`; it is in `entries` nevertheless, and written later."""
        self._keep(ending)
        await asyncio.to_thread(self._append)

    async def flush(self) -> None:
        """Write the endings that could not be written before, if there are any. Raises `JournalError`."""
        if self._unwritten:
            await asyncio.to_thread(self._append)

    async def reload(self) -> bool:
        """Read what other programs have added, and say whether there was anything. Raises nothing."""
        return await asyncio.to_thread(self._reload)

    @property
    def _newer(self) -> bool:
        return self._version is not None and self._version > VERSION

    def _entry(self, intent: Intent) -> Entry:
        return Entry(intent, tuple(self._endings.get(intent.id, ())), under_way=intent.id in self._under_way)

    def _keep(self, ending: Ending) -> None:
        """Take `ending` in, as it will be read again, to be written with the next lines."""
        with self._at_state:
            written = decoded(encoded(ending, known_keys=self._keys_of(ending))).ending
            if written is not None:
                self._unwritten.append(written)
                self._add_ending(written)
            self._under_way.discard(ending.intent)
            self._entries = None

    def _append(self, intent: Intent | None = None) -> None:
        with self._at_file:
            taken = 0

            def following(news: News) -> Sequence[bytes]:
                nonlocal taken
                self._absorb(news)
                if self._newer:
                    raise JournalError(self.path, JournalFault.NEWER)
                with self._at_state:
                    taken = len(self._unwritten)
                    lines = self._lines(intent)
                return [encoded(VERSION), *lines] if lines and self._version is None else lines

            try:
                self._file.append(following, self._absorb)
            except OSError as exc:
                raise JournalError(self.path, _reason(exc), exc.strerror or "") from exc
            with self._at_state:
                if intent is not None and intent.id not in self._intents and intent.id not in self._refused:
                    # Whatever took the line (a device, another file system's cache) does not have it.
                    raise JournalError(self.path, JournalFault.OTHER, _NOT_THERE.source)
                del self._unwritten[:taken]

    def _lines(self, intent: Intent | None) -> list[bytes]:
        """The endings that wait, and `intent` unless it has been called off meanwhile."""
        lines = []
        for ending in self._unwritten:
            if ending.intent not in self._refused or ending.intent in self._intents:
                lines.append(encoded(ending, known_keys=self._keys_of(ending)))
            else:
                self._endings.pop(ending.intent, None)
        if intent is not None and intent.id not in self._refused:
            lines.append(encoded(intent))
        return lines

    def _keys_of(self, ending: Ending) -> frozenset[str]:
        """The keys that its message may name."""
        intent = self._intents.get(ending.intent)
        return frozenset({intent.build.build_key, intent.app_key}) if intent is not None else frozenset()

    def _reload(self) -> bool:
        with self._at_file:
            try:
                news = self._file.read()
            except OSError as exc:
                detail = exc.strerror or ""
                _log.warning("The journal cannot be read: %s", detail or type(exc).__name__)
                changed = self._unreadable != detail
                self._unreadable = detail
                return changed
            changed = self._unreadable is not None
            return self._absorb(news) or changed

    def _absorb(self, news: News) -> bool:
        """Take in what was read, and say whether it changed anything. What is known already is not taken in twice."""
        records: list[Line] = []
        skipped = 0
        for raw in news.lines:
            line = raw.removeprefix(_BYTE_ORDER_MARK).strip()
            if not line:
                continue
            try:
                records.append(decoded(unmarked(line)))
            except NotARecordError:
                skipped += not line.endswith(TORN)
        with suppress(NotARecordError):
            # Whole but for its end, as some editors leave it.
            records.append(decoded(news.tail.removeprefix(_BYTE_ORDER_MARK).strip()))
        with self._at_state:
            self._unreadable = None
            if news.anew:
                self._version, self._skipped = None, 0
            self._skipped += skipped
            changed = bool(skipped)
            for record in records:
                changed = self._add(record) or changed
            if changed:
                self._entries = None
        return changed

    def _add(self, record: Line) -> bool:
        changed = False
        if record.version is not None and record.version > (self._version or 0):
            self._version = record.version
            changed = True
        if record.intent is not None and record.intent.id not in self._intents:
            self._intents[record.intent.id] = record.intent
            changed = True
        if record.ending is not None:
            changed = self._add_ending(record.ending) or changed
        return changed

    def _add_ending(self, ending: Ending) -> bool:
        endings = self._endings.setdefault(ending.intent, [])
        if ending in endings:
            return False
        endings.append(ending)
        return True


_NOT_THERE = translate("journal", "the line is not in the file")
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST}


def _reason(error: OSError) -> JournalFault:
    if isinstance(error, TimeoutError):
        return JournalFault.BUSY
    if error.errno in _FULL:
        return JournalFault.FULL
    return JournalFault.DENIED if error.errno in _DENIED else JournalFault.OTHER


_REASONS = {
    JournalFault.FULL: translate(
        "journal", "There is no room for the journal {file} ({detail}). Free some space, then try again."
    ),
    JournalFault.DENIED: translate(
        "journal", "The journal {file} cannot be written ({detail}). Check who may read and write it, then try again."
    ),
    JournalFault.BUSY: translate(
        "journal",
        "Another program is using the journal {file}. Close other windows of this program that do not answer, then try"
        " again.",
    ),
    JournalFault.NEWER: translate(
        "journal",
        "The journal {file} was written by a newer version of this program, and this version adds nothing to it. Update"
        " the program.",
    ),
    JournalFault.OTHER: translate(
        "journal", "The journal {file} cannot be written ({detail}). Check the disk it is on."
    ),
}
