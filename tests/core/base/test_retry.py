"""A read is repeated where that helps, and told; nothing else is."""

from __future__ import annotations

import asyncio
import sys

import pytest

from pgyer_desktop.api.errors import (
    ConnectionLostError,
    ConnectionRefusedByHostError,
    Delivery,
    HostNotFoundError,
    HttpStatusError,
    KeyRejectedError,
    MalformedReplyError,
    NotJsonError,
    PgyerError,
    RateLimitedError,
    RedirectedError,
    TimeoutReachedError,
    TlsError,
)
from pgyer_desktop.core.base.retry import ATTEMPTS, again

HOST = "pgyer.test"


class Read:
    """Fails as often as it is told, then answers."""

    def __init__(self, *errors: PgyerError) -> None:
        self.errors = list(errors)
        self.times = 0

    async def __call__(self) -> str:
        self.times += 1
        if self.errors:
            raise self.errors.pop(0)
        return "read"


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionLostError(HOST),
        TimeoutReachedError(HOST, delivery=Delivery.NOT_SENT),
        HttpStatusError(HOST, 429),
        HttpStatusError(HOST, 503),
    ],
)
async def test_what_passes_by_itself_is_tried_again_and_told(error: PgyerError) -> None:
    read = Read(error, error)
    told: list[tuple[PgyerError, int]] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    assert await again(read, on_wait=lambda e, n: told.append((e, n)), sleep=pause) == "read"
    assert told == [(error, 2), (error, 3)]
    assert len(pauses) == 2
    assert all(0 <= seconds <= longest for seconds, longest in zip(pauses, (0.5, 1.0), strict=True))


async def test_what_only_returns_a_coroutine_is_repeated_too() -> None:
    read = Read(ConnectionLostError(HOST))
    assert await again(lambda: read(), sleep=no_pause) == "read"  # noqa: PLW0108 - a plain function is the point
    assert read.times == 2


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedByHostError(HOST),
        HostNotFoundError(HOST),
        TlsError(HOST),
        TimeoutReachedError(HOST),
        HttpStatusError(HOST, 404),
        HttpStatusError(HOST, 502),
        RedirectedError(HOST, 302),
        NotJsonError(HOST, 200),
        MalformedReplyError(HOST, 200),
        KeyRejectedError(1002, ""),
        RateLimitedError(1098, ""),
    ],
)
async def test_everything_else_is_told_at_once(error: PgyerError) -> None:
    read = Read(error)
    with pytest.raises(type(error)):
        await again(read, sleep=no_pause)
    assert read.times == 1


async def test_it_ends() -> None:
    read = Read(*[ConnectionLostError(HOST) for _ in range(10)])
    with pytest.raises(ConnectionLostError):
        await again(read, sleep=no_pause)
    assert read.times == ATTEMPTS


async def test_it_can_be_cancelled_while_it_waits() -> None:
    read = Read(*[ConnectionLostError(HOST) for _ in range(10)])
    waiting = asyncio.Event()

    async def pause(_seconds: float) -> None:
        waiting.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(again(read, sleep=pause))
    await waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert read.times == 1


async def test_what_does_not_show_yet_is_read_again_after_each_pause() -> None:
    read = iter("abc")
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def next_one() -> str:
        return next(read)

    assert await again(next_one, pauses=(1.0, 2.0, 4.0), until=lambda one: one == "b", sleep=pause) == "b"
    assert pauses == [1.0]
    assert await again(next_one, pauses=(), until=lambda one: one == "b", sleep=pause) == "c"
    assert pauses == [1.0]


async def test_the_last_one_is_told_whether_it_shows_or_not() -> None:
    read = Read(ConnectionLostError(HOST))
    assert await again(read, pauses=(1.0, 2.0), until=lambda _one: False, sleep=no_pause) == "read"
    assert read.times == 3


async def test_nothing_holds_the_error_while_it_waits() -> None:
    """An error holds a traceback, and that the frames of whoever asked, with what is open in them."""
    handled: list[BaseException | None] = []

    async def pause(_seconds: float) -> None:
        handled.append(sys.exception())

    await again(Read(ConnectionLostError(HOST)), sleep=pause)
    assert handled == [None]
