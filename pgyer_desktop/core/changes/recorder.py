"""The journal as one account's session keeps it: an intent before each change leaves, an ending after it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pgyer_desktop.core.activity import records
from pgyer_desktop.core.activity.journal import Journal, JournalError

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.accounts.accounts import Account
    from pgyer_desktop.core.activity.outcome import Write, WriteResult
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.changes.recheck import Look

_log = logging.getLogger(__name__)


class Recorder:
    """Writes down what one account changes."""

    def __init__(self, journal: Journal, account: Account) -> None:
        self.journal = journal
        self._account = account

    @property
    def unsettled(self) -> tuple[records.Entry, ...]:
        """The changes of this account whose result is unknown, newest first."""
        return self.journal.unsettled(self._account.id)

    async def begin(self, write: Write, build: Build, app: KnownApp, seen: Look) -> records.Intent:
        """Have the intent on the disk. Raises `JournalError`; the change must not be sent then."""
        intent = records.intent(
            write,
            build,
            account_id=self._account.id,
            account_name=self._account.name,
            app_key=app.app_key,
            app_name=app.name,
            before=_named(seen),
        )
        await self.journal.record(intent)
        return intent

    async def end(self, intent: records.Intent, result: WriteResult, *, by_reading: bool = False) -> Text | None:
        """Have the ending on the disk; where that fails it is kept for the next time, and why is returned."""
        try:
            await self.journal.end(records.ending(intent.id, result, by_reading=by_reading))
        except JournalError as exc:
            _log.warning("The ending of a change is not in the journal yet: %s", exc)
            return exc.text
        return None


def _named(seen: Look) -> tuple[records.NamedBuild, ...] | None:
    if seen.latest is None:
        return None
    if seen.latest_build is not None:
        return (records.named(seen.latest_build),)
    rows = {row.build_key: row for row in seen.view.builds}
    return tuple(
        records.named(rows[key]) if key in rows else records.NamedBuild(key, key) for key in sorted(seen.latest)
    )
