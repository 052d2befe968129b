"""What a person has seen of an app's builds, so that those uploaded since can be marked when they come back.

Pgyer's count of the uploads decides, and where a build has none the moment of its upload. Must not keep anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pgyer_desktop.core.builds.order import uploaded

if TYPE_CHECKING:
    from pgyer_desktop.api import Build


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest build that was seen of an app: its count and when it was uploaded, in seconds since 1970."""

    app_key: str
    count: int = 0
    uploaded: float = 0.0

    def is_older_than(self, build: Build) -> bool:
        """Whether `build` was uploaded after what was seen; never where nobody knows."""
        if build.pgyer_build is not None and self.count > 0:
            return build.pgyer_build > self.count
        moment = uploaded(build)
        return moment is not None and 0 < self.uploaded < moment

    def with_builds(self, builds: Iterable[Build]) -> Seen:
        """After these have been seen as well."""
        count, moment = self.count, self.uploaded
        for build in builds:
            count = max(count, build.pgyer_build or 0)
            moment = max(moment, uploaded(build) or 0.0)
        return replace(self, count=count, uploaded=moment)


@dataclass(frozen=True, slots=True)
class Visit:
    """An app that is being looked at."""

    account_id: str = ""
    app_key: str = ""
    before: Seen | None = None
    """What had been seen when it was opened; None: it has never been open, or none is."""
    now: Seen | None = None
    """What will have been seen when it is left; None: nothing has shown yet."""

    def with_builds(self, builds: Iterable[Build]) -> Visit:
        """After these have been shown."""
        seen = (self.now or self.before or Seen(self.app_key)).with_builds(builds)
        return replace(self, now=seen if seen.count or seen.uploaded else None)
