"""Set latest, clear latest and delete: send once, read again, and say what the service shows.

Never repeats a request, whatever answers it. A lost reply is settled by reading, not by sending again. What was
accepted and does not show yet is read again for some seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from pgyer_desktop.api.errors import Delivery, PgyerError
from pgyer_desktop.core.activity.outcome import Write, WriteResult, judged
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.builds.pages import LatestSource, described_by
from pgyer_desktop.core.changes.recheck import find, is_latest

if TYPE_CHECKING:
    from pgyer_desktop.api.client import Client
    from pgyer_desktop.api.models import Build
    from pgyer_desktop.core.builds.pages import BuildReader, PageView


PAUSES_SECONDS: Final = (1.0, 2.0, 4.0)
"""Before each further read of what was accepted and does not show yet; after the last one it is contradicted."""

OnUnseen: TypeAlias = Callable[[], None]
"""Called when a change was accepted and does not show yet: it is read again."""


def _ignore() -> None:
    """Nobody wants to know."""


async def set_latest(
    client: Client, reader: BuildReader, app_key: str, build: Build, *, page: int, on_unseen: OnUnseen = _ignore
) -> WriteResult:
    """Make `build` the one that users are offered. `page` is the page on screen, which is read again.

    Raises nothing of the service's: how it ended is in the result.
    """
    return await _change_latest(
        Write.SET_LATEST,
        lambda: client.set_latest(build.build_key),
        client,
        reader,
        app_key,
        build,
        page=page,
        on_unseen=on_unseen,
    )


async def clear_latest(
    client: Client, reader: BuildReader, app_key: str, build: Build, *, page: int, on_unseen: OnUnseen = _ignore
) -> WriteResult:
    """Take the mark from `build`; the service decides what is latest then. Otherwise as `set_latest`."""
    return await _change_latest(
        Write.CLEAR_LATEST,
        lambda: client.clear_latest(build.build_key),
        client,
        reader,
        app_key,
        build,
        page=page,
        on_unseen=on_unseen,
    )


async def delete(
    client: Client, reader: BuildReader, app_key: str, build: Build, *, page: int, on_unseen: OnUnseen = _ignore
) -> WriteResult:
    """Delete `build`, for ever. Otherwise as `set_latest`."""
    error = await _send(lambda: client.delete_build(build.build_key))
    _forget(reader, app_key, error)

    async def look() -> _Seen:
        after, read_error = await _read_again(reader, app_key, page)
        gone: bool | None = None
        if after is not None:
            gone = after.build(build.build_key) is None
            if gone and _can_have_arrived(error):
                # Not on this page may only mean that it has moved to another: ask for this very build.
                gone, read_error = await _is_gone(client, app_key, build)
                if gone is None and error is None:
                    # Reply and page agree.
                    gone, read_error = True, None
        return after, read_error, gone

    after, read_error, gone = await _until_seen(look, error, on_unseen)
    outcome = judged(error, seen=gone)
    return WriteResult(Write.DELETE, build, outcome, error, read_error, after, _only_latest(after, reader, app_key))


_Seen: TypeAlias = "tuple[PageView | None, PgyerError | None, bool | None]"
"""The page as it is, why it could not be read, and whether the change shows."""


async def _until_seen(look: Callable[[], Awaitable[_Seen]], error: PgyerError | None, on_unseen: OnUnseen) -> _Seen:
    """Look, and where the change was accepted and does not show, look again until it does or the time is over."""

    async def sleep(seconds: float) -> None:
        on_unseen()
        await asyncio.sleep(seconds)

    return await again(
        look, pauses=PAUSES_SECONDS, until=lambda seen: error is not None or seen[2] is not False, sleep=sleep
    )


async def _change_latest(
    write: Write,
    send: Callable[[], Awaitable[None]],
    client: Client,
    reader: BuildReader,
    app_key: str,
    build: Build,
    *,
    page: int,
    on_unseen: OnUnseen,
) -> WriteResult:
    error = await _send(send)
    _forget(reader, app_key, error)

    async def look() -> _Seen:
        after, read_error = await _read_again(reader, app_key, page)
        marked: bool | None = None
        if after is not None:
            marked, read_error = await _is_latest(client, after, app_key, build)
        return after, read_error, marked if write is Write.SET_LATEST or marked is None else not marked

    after, read_error, seen = await _until_seen(look, error, on_unseen)
    outcome = judged(error, seen=seen)
    return WriteResult(write, build, outcome, error, read_error, after, _only_latest(after, reader, app_key))


async def _send(send: Callable[[], Awaitable[None]]) -> PgyerError | None:
    try:
        await send()
    except PgyerError as exc:
        return exc
    return None


def _forget(reader: BuildReader, app_key: str, error: PgyerError | None) -> None:
    """Have the reader forget what the write may have made untrue."""
    reader.forget_ahead()
    if error is None or not _refused(error):
        reader.forget_latest(app_key)


def _refused(error: PgyerError) -> bool:
    """Whether nothing should have been changed: never sent, or answered with a refusal."""
    return error.delivery is not Delivery.UNKNOWN


def _can_have_arrived(error: PgyerError | None) -> bool:
    return error is None or error.delivery is not Delivery.NOT_SENT


async def _read_again(reader: BuildReader, app_key: str, page: int) -> tuple[PageView | None, PgyerError | None]:
    try:
        return await reader.read(app_key, page), None
    except PgyerError as exc:
        return None, exc


async def _is_latest(
    client: Client, after: PageView, app_key: str, build: Build
) -> tuple[bool | None, PgyerError | None]:
    """Whether the service now calls `build` latest; None where it does not say."""
    if build.build_key in after.latest.keys:
        return True, None
    if after.latest.source is LatestSource.CHECK:
        return False, None
    row = after.build(build.build_key)
    if row is not None and row.latest is not None:
        return row.latest, None
    # Neither this row's flag nor `check` has said so yet: uploads may have moved the row to another page.
    try:
        return await is_latest(client, app_key, build), None
    except PgyerError as exc:
        return None, exc


async def _is_gone(client: Client, app_key: str, build: Build) -> tuple[bool | None, PgyerError | None]:
    try:
        return await find(client, app_key, build) is None, None
    except PgyerError as exc:
        return None, exc


def _only_latest(after: PageView | None, reader: BuildReader, app_key: str) -> Build | None:
    if after is None:
        return None
    marked = [row for row in after.builds if row.build_key in after.latest.keys]
    if marked:
        return marked[0] if len(marked) == 1 else None
    if after.latest.offered is not None:
        return described_by(after.latest.offered)
    return reader.latest_seen(app_key)
