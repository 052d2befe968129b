"""Compares what a person saw when they decided with what the service has immediately before the change is sent.

Somebody else may have promoted, deleted or uploaded meanwhile: in the web console, on another machine, in a second
window. Must not send a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api.errors import MalformedReplyError, NotFoundError
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.pages import LatestSource, described_by
from pgyer_desktop.core.changes.presence import Listed

if TYPE_CHECKING:
    from pgyer_desktop.api import Build, Client
    from pgyer_desktop.core.activity.outcome import Write
    from pgyer_desktop.core.builds.pages import BuildReader, PageView

ANEW_SECONDS: Final = 0.5
"""A page that is younger tells where a build is; a delete that leaves now takes about as long to arrive."""


@dataclass(frozen=True, slots=True)
class Look:
    """One build and its app's latest, as somebody saw them.

    `build` is None where it is gone. `latest` holds the keys that are called latest, None where that is not known;
    `latest_build` describes it where it is exactly one.
    """

    view: PageView
    build: Build | None
    latest: frozenset[str] | None
    latest_build: Build | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A change that was not sent, because what it was decided on is no longer true.

    `now` is how it is; `found` says what has changed. It may be confirmed again on that ground.
    """

    write: Write
    build: Build
    now: Look
    found: tuple[Text, ...]


async def look(
    client: Client,
    reader: BuildReader,
    app_key: str,
    build: Build,
    *,
    page: int,
    need_latest: bool,
    view: PageView | None = None,
) -> Look:
    """Read the page again, and where it does not tell, ask for this build and for the latest. Raises `PgyerError`.

    Without `need_latest` it is no error that the service does not say which build is the latest. What was read a moment
    ago may be given as `view`: where it holds the build and marks no latest, that alone is asked for.
    """
    row = view.build(build.build_key) if view is not None and view.is_younger(ANEW_SECONDS) else None
    if view is None or row is None or any(shown.latest for shown in view.builds):
        view = await reader.read(app_key, page)
        row = view.build(build.build_key)
        if row is None:
            row = await find(client, app_key, build)
        seen = look_at(view, row)
        if seen.latest is not None or (view.latest.source is LatestSource.UNKNOWN and not need_latest):
            return seen
    offered = await find_offered(client, app_key)
    return Look(view, row, frozenset({offered.build_key}) if offered is not None else frozenset(), offered)


def look_at(view: PageView, build: Build | None) -> Look:
    """What a page on screen tells by itself: the latest only where one of its rows, or `check`, said so."""
    if view.latest.source is LatestSource.UNKNOWN or not view.latest.keys:
        return Look(view, build, None)
    marked = [row for row in view.builds if row.build_key in view.latest.keys]
    only = marked[0] if len(marked) == 1 else None
    if not marked and view.latest.offered is not None:
        only = described_by(view.latest.offered)
    return Look(view, build, view.latest.keys, only)


def differences(seen: Look, now: Look, *, unsettled: bool = False) -> tuple[Text, ...]:
    """What has changed between the two that matters for a change, in sentences. Empty: nothing.

    `unsettled`: nobody knows how the last change of this build ended, perhaps because another window is still at it.
    """
    found = []
    if unsettled:
        found.append(
            translate(
                "recheck", "It is not known yet how the last change of this build ended, here or in another window."
            )
        )
    if now.build is None:
        found.append(translate("recheck", "Meanwhile this build was deleted."))
    if seen.latest is not None and now.latest is not None and seen.latest != now.latest:
        found.append(_moved(now))
    return tuple(found)


async def find(client: Client, app_key: str, build: Build) -> Build | None:
    """The build on whatever page it is now; None where it is gone. Raises `PgyerError`."""
    try:
        return await client.view_build(app_key, build.build_key)
    except NotFoundError:
        return None
    except MalformedReplyError:
        # Of a build that is gone another may be described, which says nothing of this one: the list tells.
        if await Listed(client, app_key, build).find() is not False:
            raise
        return None


async def find_offered(client: Client, app_key: str) -> Build | None:
    """The build that clients are offered now; None where it is none, as in an app without builds.

    Raises `PgyerError`, also for an answer that does not name the build.
    """
    try:
        offered = described_by(await client.check_update(app_key))
    except NotFoundError:
        return None
    if offered is None:
        raise MalformedReplyError("Pgyer", 200, "no build key")
    return offered


async def is_latest(client: Client, app_key: str, build: Build) -> bool:
    """Whether the service calls this build latest, on whatever page it is. Raises `PgyerError`.

    Its own flag counts. `check`, which names one build even where none or several are marked, counts only without it.
    """
    found = await find(client, app_key, build)
    if found is None:
        return False
    if found.latest is not None:
        return found.latest
    offered = await find_offered(client, app_key)
    return offered is not None and offered.build_key == build.build_key


def _moved(now: Look) -> Text:
    if now.latest_build is not None:
        return translate("recheck", "Meanwhile {build} was made the latest.").fill(build=name_of(now.latest_build))
    if now.latest:
        return translate("recheck", "Meanwhile Pgyer marks other builds as the latest.")
    return translate("recheck", "Meanwhile no build is marked latest any more.")
