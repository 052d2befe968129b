"""Finds out how a change ended whose result is unknown: its reply was lost, or the program was killed meanwhile.

Only reads. That a lost request may still arrive later cannot be ruled out; what the service shows now is what is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.changes.presence import is_there
from pgyer_desktop.core.changes.recheck import find_offered, is_latest

if TYPE_CHECKING:
    from pgyer_desktop.api import Client
    from pgyer_desktop.core.activity.records import Intent


async def settle(client: Client, intent: Intent) -> WriteResult:
    """Whether the service shows what `intent` was to do. Raises `PgyerError`; it stays unknown then.

    It also stays unknown where what was read does not tell.
    """
    build = intent.build
    if intent.write is Write.DELETE:
        there = await is_there(client, intent.app_key, build)
        known = {True: Outcome.NOT_DONE, False: Outcome.DONE, None: Outcome.UNKNOWN}
        return WriteResult(intent.write, build, known[there])
    marked = await is_latest(client, intent.app_key, build)
    offered = await find_offered(client, intent.app_key)
    done = marked is (intent.write is Write.SET_LATEST)
    # Where no build is marked, `check` may still offer this one.
    contrary = offered is not None and offered.build_key == build.build_key and not marked
    latest = None if contrary else offered
    return WriteResult(intent.write, build, Outcome.DONE if done else Outcome.NOT_DONE, latest=latest)
