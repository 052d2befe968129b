"""Asks the release feed: one GET, without key, cookie or redirect.

Must not know what the feed says (`core.base.releases` reads it), nor when to ask. The HTTP library is loaded here at
the first question, in a thread.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Final

from pgyer_desktop.api.addresses import checked_base

FEED_SECONDS: Final = 10.0
"""From asking to the last byte."""
FEED_BYTES: Final = 64 * 1024
"""Unpacked. No real answer is larger."""


async def read_feed(address: str) -> bytes:
    """The body behind `address`, which is https, or http to this machine.

    Raises `AddressError` before anything is sent, `TransportError`, `RedirectedError`, `HttpStatusError` unless the
    status is 200, and `ReplyTooLargeError`.
    """
    checked_base(address)
    await asyncio.to_thread(import_module, "pgyer_desktop.api.transport")
    from pgyer_desktop.api.transport import get_once

    return await get_once(address, limit=FEED_BYTES, seconds=FEED_SECONDS)
