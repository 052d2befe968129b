"""The loop of the program: every callback runs with the loop as the running one, so no task is lost at the end."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from asyncio import _get_running_loop

import pytest
from PySide6.QtWidgets import QApplication

from pgyer_desktop.ui.base.event_loop import QtEventLoop

_END_WITH_A_TASK_LEFT_OVER = """
import asyncio, os
from PySide6.QtCore import QCoreApplication
{importing}

async def leftover():
    try:
        while True:  # so that one of its steps is due whenever the loop stops
            await asyncio.sleep(0)
    finally:
        print("the task was ended")

async def main():
    left.append(asyncio.create_task(leftover()))
    await asyncio.sleep(0)

def make_loop():
    loop = {making}
    loop.set_exception_handler(lambda _loop, context: failed(context["exception"]))
    return loop

def failed(error):
    print("a step was lost:", error, flush=True)
    os._exit(1)  # closing would wait for ever

left = []
app = QCoreApplication([])
with asyncio.Runner(loop_factory=make_loop) as runner:
    runner.run(main())
"""
_OURS = _END_WITH_A_TASK_LEFT_OVER.format(
    importing="from pgyer_desktop.ui.base.event_loop import QtEventLoop", making="QtEventLoop(app)"
)
_PLAIN = _END_WITH_A_TASK_LEFT_OVER.format(importing="from qasync import QEventLoop", making="QEventLoop(app)")


def said_by(program: str, *options: str) -> str:
    """What `program` prints until it ends. A hang fails."""
    command = [sys.executable, *options, "-c", program]
    done = subprocess.run(  # noqa: S603 - our own code
        command, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + ("" if done.returncode == 0 else done.stderr)


@pytest.mark.parametrize("options", [["-W", "error"], ["-X", "dev"]], ids=["warnings are errors", "debugging"])
def test_a_task_that_is_left_over_is_ended_before_the_loop_closes(options: list[str]) -> None:
    assert said_by(_OURS, *options) == "the task was ended\n"


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Python before 3.14 takes a task's step without a running loop")
def test_qasync_alone_still_loses_a_step_on_python_3_14() -> None:
    said = said_by(_PLAIN)
    assert "is not the running loop" in said, (
        f"qasync does without `_Timer` in pgyer_desktop/ui/base/event_loop.py now: take it out. It said: {said}"
    )


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Python before 3.14 does not warn about it")
def test_qasync_alone_still_asks_what_python_3_14_warns_about() -> None:
    said = said_by(_PLAIN, "-W", "error::DeprecationWarning")
    assert "asyncio.iscoroutinefunction" in said, (
        f"qasync does without `call_later` in pgyer_desktop/ui/base/event_loop.py now: take it out. It said: {said}"
    )


@pytest.mark.parametrize("debug", [False, True])
def test_callbacks_see_their_loop_whoever_has_qt_process_events(qapp: QApplication, debug: bool) -> None:
    seen: list[asyncio.AbstractEventLoop | None] = []
    loop = QtEventLoop(qapp)
    loop.set_debug(debug)
    loop.call_soon(lambda: seen.append(_get_running_loop()))
    qapp.processEvents()
    loop.close()
    assert seen == [loop]
    assert _get_running_loop() is None


async def test_another_loops_callback_leaves_ours_running(qapp: QApplication) -> None:
    ours = asyncio.get_running_loop()
    other = QtEventLoop(qapp)
    seen: list[asyncio.AbstractEventLoop | None] = []
    ran = asyncio.Event()

    def look() -> None:
        seen.append(_get_running_loop())
        ran.set()

    other.call_soon(look)
    await ran.wait()
    other.close()
    assert seen == [other]
    assert asyncio.get_running_loop() is ours


async def test_what_cannot_be_called_is_refused_as_by_asyncio() -> None:
    loop = asyncio.get_running_loop()

    async def coroutine() -> None: ...

    for wrong in (None, coroutine):
        with pytest.raises(TypeError, match="can be called"):
            loop.call_soon(wrong)  # type: ignore[arg-type]


async def test_a_callback_gets_its_arguments_in_its_time_unless_it_is_cancelled() -> None:
    loop = asyncio.get_running_loop()
    order: list[str] = []
    over = asyncio.Event()
    loop.call_later(0.02, over.set)
    loop.call_later(0.01, order.append, "later")
    loop.call_at(loop.time(), order.append, "at")
    loop.call_later(0, order.append, "never").cancel()
    loop.call_soon(order.append, "soon")
    await over.wait()
    assert sorted(order[:2]) == ["at", "soon"]
    assert order[2:] == ["later"]
