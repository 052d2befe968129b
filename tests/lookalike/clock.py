"""The service's clock. Upload times come from it; a test moves it, so that nothing waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


class Clock:
    """China Standard Time, in which the service writes all times. Stands still where it was set, else runs."""

    def __init__(self, stands_at: datetime | None = None) -> None:
        self._stands_at = stands_at
        self._ahead = timedelta()

    @property
    def now(self) -> datetime:
        """The time of the service, to the second."""
        base = self._stands_at or datetime.now(UTC)
        return (base.astimezone(CHINA) + self._ahead).replace(microsecond=0)

    def advance(self, by: timedelta) -> None:
        """Move on by `by`, at once."""
        self._ahead += by


def written(time: datetime) -> str:
    """A time as the service writes it: without a zone."""
    return time.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
