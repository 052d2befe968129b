"""What a promotion changes for users: what they get and lose, what to look out for, and what was the latest before.

Must not send anything; `writes` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pgyer_desktop.api import Platform
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.names import short
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.columns import natural_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.records import Entry, NamedBuild


@dataclass(frozen=True, slots=True)
class Promotion:
    """From `current`, None where that is not known, to `target`."""

    current: Build | None
    target: Build
    between: tuple[Build, ...] = ()
    """The builds from one to the other, newest first, without the one that users have already or keep."""
    returns: bool = False
    """Whether it takes back the last promotion: `target` was the latest before."""

    @property
    def goes_back(self) -> bool:
        """Whether users get an older upload than they are offered now."""
        now, then = self.current, self.target
        return (
            now is not None
            and now.pgyer_build is not None
            and then.pgyer_build is not None
            and then.pgyer_build < now.pgyer_build
        )

    @property
    def version_goes_down(self) -> bool:
        """Whether users would get a lower version, part by part; False where one of the two has none."""
        now, then = self.current, self.target
        if now is None or not now.version or not then.version:
            return False
        return natural_key(then.version) < natural_key(now.version)

    @property
    def identifier_differs(self) -> bool:
        """Whether devices take it for another app."""
        now, then = self.current, self.target
        return now is not None and bool(now.identifier and then.identifier) and now.identifier != then.identifier

    @property
    def platform_differs(self) -> bool:
        """Whether it is for other devices."""
        now, then = self.current, self.target
        return (
            now is not None
            and Platform.UNKNOWN not in {now.platform, then.platform}
            and now.platform is not then.platform
        )

    @property
    def still_publishing(self) -> bool:
        """Whether the service says that it is not complete."""
        return self.target.publish_complete is False

    def is_risky(self, *, production: bool = False) -> bool:
        """Whether the version is typed before it is made: something is off, or real users get it; never to go back."""
        off = self.version_goes_down or self.identifier_differs or self.platform_differs or self.still_publishing
        return not self.returns and (production or off)

    @property
    def growth(self) -> int | None:
        """Bytes by which it is bigger; None where a size is not known."""
        if self.current is None or self.current.size is None or self.target.size is None:
            return None
        return self.target.size - self.current.size

    @property
    def younger_by(self) -> timedelta | None:
        """How much later it was uploaded, less than nothing for an older one; None where that is not known."""
        if self.current is None or self.current.created is None or self.target.created is None:
            return None
        return self.target.created - self.current.created

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What to look out for, in words."""
        now, then = self.current, self.target
        found: list[Text] = []
        if self.still_publishing:
            found.append(translate("promotion", "Pgyer is still publishing this build. It may not install yet."))
        if now is None:
            return tuple(found)
        if self.version_goes_down:
            found.append(
                translate(
                    "promotion", "The version goes down from {now} to {then}. Devices may refuse to install it."
                ).fill(now=short(now.version), then=short(then.version))
            )
        elif self.goes_back:
            found.append(translate("promotion", "This build is older than the latest one. Users would go back to it."))
        if self.identifier_differs:
            found.append(
                translate(
                    "promotion", "The identifier changes from {now} to {then}. Devices treat it as another app."
                ).fill(now=short(now.identifier), then=short(then.identifier))
            )
        if self.platform_differs:
            found.append(translate("promotion", "The platform differs from that of the latest build."))
        return tuple(found)


def previous_latest(
    entries: Iterable[Entry], account_id: str, app_key: str, latest: Collection[str]
) -> NamedBuild | None:
    """What was the latest before the one that is, by the journal (newest entry first); None where it does not tell."""
    if len(latest) != 1:
        return None
    for entry in entries:
        intent = entry.intent
        if (intent.account_id, intent.app_key) != (account_id, app_key) or intent.write is not Write.SET_LATEST:
            continue
        if entry.outcome is Outcome.DONE and intent.build.build_key in latest:
            before = intent.before or ()
            return before[0] if len(before) == 1 and before[0].build_key not in latest else None
    return None
