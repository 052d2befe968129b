"""Which of the builds that somebody wants to delete really go, which stay and why, and whether that is risky.

Must not send anything, and must not ask: the questions and the queue do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pgyer_desktop.api import Build

MANY: Final = 10
"""More than that at once are risky, whichever they are."""


class Stay(Enum):
    """Why a build stays that was selected with others."""

    LATEST = "latest"
    UNSETTLED = "unsettled"
    """Nobody knows how its last change ended."""
    OTHER_APP = "other app"
    """A delete names no app: the key of another app's build would work as well."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What becomes of several builds: `goes` is deleted, in this order, `stays` is not."""

    goes: tuple[Build, ...]
    stays: tuple[tuple[Build, Stay], ...] = ()
    pinned: frozenset[str] = frozenset()
    """Keys of those in `goes` that are pinned."""

    @property
    def is_risky(self) -> bool:
        """Whether a word is typed before it begins."""
        return bool(self.pinned) or len(self.goes) > MANY


def deletion_of(
    builds: Iterable[Build],
    *,
    app_key: str,
    latest: Collection[str] = (),
    unsettled: Collection[str] = (),
    pinned: Collection[str] = (),
) -> Deletion:
    """What becomes of these builds, each once; the queue looks again at each before its delete."""
    goes: list[Build] = []
    stays: list[tuple[Build, Stay]] = []
    for build in {build.build_key: build for build in builds}.values():
        if build.app_key and build.app_key != app_key:
            stays.append((build, Stay.OTHER_APP))
        elif build.latest or build.build_key in latest:
            stays.append((build, Stay.LATEST))
        elif build.build_key in unsettled:
            stays.append((build, Stay.UNSETTLED))
        else:
            goes.append(build)
    return Deletion(tuple(goes), tuple(stays), frozenset(build.build_key for build in goes) & frozenset(pinned))


def is_risky_for_one(build_key: str, *, latest: Collection[str] = (), pinned: Collection[str] = ()) -> bool:
    """Whether a word is typed before this one build is deleted: then the latest may go as well."""
    return build_key in latest or build_key in pinned
