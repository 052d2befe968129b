"""Reads replace each other, writes run once and to their end, errors reach whom they should."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from pgyer_desktop.api.errors import PgyerError, TimeoutReachedError
from pgyer_desktop.ui.base.tasks import Policy, TaskScope, close_all

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine


class Job:
    """Something that ends when it is told to."""

    def __init__(self, result: str = "done", error: Exception | None = None) -> None:
        self.result = result
        self.error = error
        self.gate = asyncio.Event()
        self.started = 0
        self.cancelled = False

    async def run(self) -> str:
        self.started += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.error is not None:
            raise self.error
        return self.result


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_result_is_delivered_when_the_key_is_free_again() -> None:
    scope, job, seen = TaskScope(), Job(), list[tuple[str, bool]]()

    def on_done(result: str) -> None:
        seen.append((result, scope.is_running("read")))

    assert scope.start("read", job.run, on_done=on_done)
    assert scope.is_running("read")
    job.gate.set()
    await settle()

    assert seen == [("done", False)]
    await scope.aclose()


async def test_a_newer_read_cancels_the_older_one_and_only_its_result_is_delivered() -> None:
    scope, old, new, seen = TaskScope(), Job("old"), Job("new"), list[str]()
    scope.start("page", old.run, on_done=seen.append)
    await settle()
    scope.start("page", new.run, on_done=seen.append)
    old.gate.set()
    new.gate.set()
    await settle()

    assert old.cancelled
    assert seen == ["new"]
    await scope.aclose()


async def test_a_superseded_read_that_ignores_its_cancellation_delivers_nothing() -> None:
    scope, new, seen = TaskScope(), Job("new"), list[str]()

    async def stubborn() -> str:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "old"
        return "never"

    scope.start("page", stubborn, on_done=seen.append)
    await settle()
    scope.start("page", new.run, on_done=seen.append)
    await settle()
    assert seen == []
    assert scope.is_running("page")
    await scope.aclose()


async def test_reads_of_different_keys_leave_each_other_alone() -> None:
    scope, one, two, seen = TaskScope(), Job("one"), Job("two"), list[str]()
    scope.start("a", one.run, on_done=seen.append)
    scope.start("b", two.run, on_done=seen.append)
    one.gate.set()
    two.gate.set()
    await settle()
    assert seen == ["one", "two"]
    await scope.aclose()


async def test_a_write_is_started_once_however_often_it_is_asked_for() -> None:
    scope, job = TaskScope(), Job()
    assert scope.start("delete", job.run, policy=Policy.DROP_IF_RUNNING)
    assert not scope.start("delete", job.run, policy=Policy.DROP_IF_RUNNING)
    assert not scope.start("delete", job.run)
    scope.cancel("delete")
    job.gate.set()
    await settle()
    assert (job.started, job.cancelled) == (1, False)
    assert scope.start("delete", job.run, policy=Policy.DROP_IF_RUNNING)
    await scope.aclose()
    assert job.started == 2


async def test_closing_cancels_reads_and_waits_for_writes() -> None:
    scope, read, write, seen = TaskScope(), Job(), Job("written"), list[str]()
    scope.start("read", read.run, on_done=seen.append)
    scope.start("write", write.run, policy=Policy.DROP_IF_RUNNING, on_done=seen.append)
    await settle()
    closing = asyncio.ensure_future(scope.aclose())
    await settle()

    assert read.cancelled
    assert not closing.done()
    assert not scope.start("read", read.run)
    write.gate.set()
    await closing
    assert seen == ["written"]
    assert not scope.is_running("write")


async def test_giving_up_on_closing_does_not_cancel_the_write() -> None:
    scope, write = TaskScope(), Job()
    scope.start("write", write.run, policy=Policy.DROP_IF_RUNNING)
    await settle()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await scope.aclose()
    assert not write.cancelled
    write.gate.set()
    await scope.aclose()


async def test_a_task_may_close_its_own_scope() -> None:
    scope = TaskScope()
    done = asyncio.Event()

    async def close() -> None:
        await scope.aclose()
        done.set()

    scope.start("close", close, policy=Policy.DROP_IF_RUNNING)
    await asyncio.wait_for(done.wait(), 1)


async def test_an_expected_error_goes_to_its_handler() -> None:
    scope, job, seen = TaskScope(), Job(error=TimeoutReachedError("example.com")), list[PgyerError]()
    scope.start("read", job.run, on_error=seen.append)
    job.gate.set()
    await settle()
    assert [type(error) for error in seen] == [TimeoutReachedError]
    await scope.aclose()


async def test_an_expected_error_that_a_task_does_not_handle_goes_to_the_scopes_own_handler() -> None:
    seen = list[PgyerError]()
    scope, job = TaskScope(on_error=seen.append), Job(error=TimeoutReachedError("example.com"))
    scope.start("read", job.run)
    job.gate.set()
    await settle()
    assert [type(error) for error in seen] == [TimeoutReachedError]
    await scope.aclose()


@pytest.mark.parametrize("error", [ValueError("bug"), PgyerError("nobody listens")])
async def test_other_errors_reach_the_handler_of_the_loop(error: Exception) -> None:
    scope, job, seen = TaskScope(), Job(error=error), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: seen.append(context["exception"]))
    scope.start("read", job.run)
    job.gate.set()
    await settle()
    assert seen == [error]
    assert not scope.is_running("read")
    await scope.aclose()


async def test_an_error_in_a_callback_reaches_the_handler_of_the_loop() -> None:
    scope, job, seen = TaskScope(), Job(), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: seen.append(context["exception"]))

    def broken(_result: str) -> None:
        raise KeyError("bug")

    scope.start("read", job.run, on_done=broken)
    job.gate.set()
    await settle()
    assert [type(error) for error in seen] == [KeyError]
    await scope.aclose()


async def test_a_callback_may_start_the_next_task_of_the_same_key() -> None:
    scope, first, second, seen = TaskScope(), Job("first"), Job("second"), list[str]()

    def again(result: str) -> None:
        seen.append(result)
        scope.start("write", second.run, policy=Policy.DROP_IF_RUNNING, on_done=seen.append)

    scope.start("write", first.run, policy=Policy.DROP_IF_RUNNING, on_done=again)
    first.gate.set()
    second.gate.set()
    await settle()
    await scope.aclose()
    assert seen == ["first", "second"]


def test_without_a_loop_nothing_is_made() -> None:
    made: list[int] = []

    def make() -> Coroutine[Any, Any, None]:
        made.append(1)
        raise AssertionError

    with pytest.raises(RuntimeError):
        TaskScope().start("read", make)
    assert made == []


async def test_a_write_that_takes_too_long_is_left_to_itself() -> None:
    scope = TaskScope()
    answered = asyncio.Event()
    scope.start("keep", answered.wait, policy=Policy.DROP_IF_RUNNING)
    await asyncio.sleep(0)
    await scope.aclose(seconds=0.01)
    assert scope.is_running("keep")
    answered.set()
    await scope.aclose()
    assert not scope.is_running("keep")


async def test_a_write_that_is_abandoned_is_cancelled_and_may_still_note_it() -> None:
    scope = TaskScope()
    noted: list[str] = []

    async def write() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.02)
            noted.append("cut off")

    scope.start("write", write, policy=Policy.DROP_IF_RUNNING, on_done=lambda _result: noted.append("done"))
    await asyncio.sleep(0)
    await scope.abandon()
    assert noted == ["cut off"]
    assert not scope.is_running("write")
    await scope.abandon()


@pytest.mark.parametrize("error", [None, TimeoutReachedError("pgyer.test"), RuntimeError("a bug")])
async def test_the_end_is_told_before_the_result_whatever_it_is(error: Exception | None) -> None:
    scope, job, seen = TaskScope(), Job(error=error), list[str]()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: seen.append("bug"))
    scope.start(
        "read",
        job.run,
        on_done=seen.append,
        on_error=lambda _error: seen.append("error"),
        on_end=lambda: seen.append("end"),
    )
    job.gate.set()
    await settle()
    assert seen == ["end", "done" if error is None else "bug" if isinstance(error, RuntimeError) else "error"]
    await scope.aclose()


async def test_the_end_of_a_cancelled_read_is_told() -> None:
    scope, job, seen = TaskScope(), Job(), list[str]()
    scope.start("read", job.run, on_done=seen.append, on_end=lambda: seen.append("end"))
    await settle()
    scope.cancel_all()
    await settle()
    assert seen == ["end"]
    await scope.aclose()


async def test_every_part_is_closed_whatever_becomes_of_the_others() -> None:
    closed: list[str] = []
    told: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(repr(context["exception"])))

    def part(name: str, error: Exception | None = None) -> Callable[[], Awaitable[None]]:
        async def close() -> None:
            closed.append(name)
            if error is not None:
                raise error

        return close

    await close_all(part("one", OSError("full")), part("two"), part("three", KeyError("x")), part("four"))
    asyncio.get_running_loop().set_exception_handler(None)
    assert closed == ["one", "two", "three", "four"]
    assert told == ["OSError('full')", "KeyError('x')"]
