"""A program that is killed in the middle of its changes finds out at its next start how each of them ended."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import Entry
from pgyer_desktop.core.changes.session import Session
from pgyer_desktop.sandbox import DEMO_KEY, keys
from tests.e2e.batch_writer import ORDER, session_on
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve_blocking
from tests.lookalike import Behaviour, Lookalike, faults, furnished
from tests.project.checkout import ROOT

INSTANTS = 20 if sys.platform == "win32" else 50
"""How often the program is killed; starting it takes ten times as long on Windows as elsewhere."""
APP_KEY, TIMES = keys.app_key("harbour"), 4
LATENCY = 0.002
"""Seconds that each reply waits: the service is killed away from while it works, too."""
WRITES = {
    "setNewestVersion": Write.SET_LATEST,
    "cancelNewestVersion": Write.CLEAR_LATEST,
    "buildDelete": Write.DELETE,
}

Change = tuple[Write, str]
"""Which change, on the build with which key. No batch makes the same one twice."""


class Witness(SandboxService):
    """A service that remembers which changes it carried out."""

    def __init__(self) -> None:
        super().__init__(latency=LATENCY)
        self.carried: list[Change] = []

    def answer(self, operation: str, fields: Mapping[str, str]) -> Any:
        reply = super().answer(operation, fields)
        if operation in WRITES and reply["code"] == 0:
            self.carried.append((WRITES[operation], fields["buildKey"]))
        return reply

    @property
    def asked(self) -> list[Change]:
        """The changes that arrived, carried out or not."""
        return [
            (WRITES[request.operation], str(request.fields["buildKey"]))
            for request in self.requests
            if request.operation in WRITES
        ]


@dataclass(slots=True)
class Batch:
    """A program that is loaded and waits for the key."""

    process: subprocess.Popen[bytes]
    profile: Path

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == b"ready"

    def begin(self, key: str = DEMO_KEY) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{key}\n".encode())
        self.process.stdin.flush()

    def kill_after(self, seconds: float) -> None:
        """Kill it so long from now, unless it ends by itself; other ends than these two are failures."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()  # SIGKILL; TerminateProcess on Windows
            self.process.wait()
        assert self.process.stderr is not None
        assert self.process.stderr.read() == b""
        if os.name == "posix":
            assert self.process.returncode in {0, -signal.SIGKILL}


@contextmanager
def loaded(api_url: str, profile: Path, app_key: str = APP_KEY, *more: str) -> Iterator[Batch]:
    """A batch that has been started, and is gone afterwards."""
    command = [sys.executable, "-m", "tests.e2e.batch_writer", api_url, str(profile), app_key, str(TIMES), *more]
    with subprocess.Popen(  # noqa: S603 - our own code
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield Batch(process, profile)
        finally:
            process.kill()


def wait_until(true: Callable[[], object]) -> None:
    """Wait for something that happens within milliseconds, at most half a minute."""
    give_up = time.monotonic() + 30
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.0005)


def wait_until_quiet(server: SandboxServer) -> None:
    """Wait until the service has done what had left the program before it was killed."""
    state = server._server.server_state
    wait_until(lambda: not (state.connections or state.tasks))


async def settle_all(session: Session) -> list[Entry]:
    """What the next start does: read how the unsettled changes ended. Returns them as they were before."""
    unsettled = session.unsettled
    for entry in unsettled:
        result = await session.settle(entry)
        assert result.unrecorded is None
    assert session.unsettled == ()
    return list(unsettled)


def change(entry: Entry) -> Change:
    return entry.intent.write, entry.intent.build.build_key


def entries(profile: Path) -> tuple[Entry, ...]:
    """As a fresh start finds them."""
    journal = Journal.open(profile_in(profile).journal_file)
    assert journal.problem is None
    return journal.entries


def compare(service: Witness, profile: Path) -> None:
    """The journal and the service agree on every change of a batch."""
    found = entries(profile)
    intents = Counter(change(entry) for entry in found)
    asked = Counter(service.asked)
    assert all(times == 1 for times in intents.values())
    assert all(times == 1 for times in asked.values()), "sent twice"
    assert set(asked) <= set(intents), "sent without an intent"
    assert len(intents) - len(asked) <= 1, "begun, and not sent, before the next one was begun"
    done = {change(entry) for entry in found if entry.outcome is Outcome.DONE}
    assert done == set(service.carried)
    assert all(entry.outcome in {Outcome.DONE, Outcome.NOT_DONE} for entry in found)


@pytest.mark.timeout(600)  # a slow or busy machine needs its time to start a program so often
def test_after_a_kill_at_any_instant_the_journal_agrees_with_the_service(tmp_path: Path) -> None:
    app = SandboxApp(Witness())
    with serve_blocking(app) as server, asyncio.Runner() as runner, ExitStack() as programs:

        def load(name: str) -> Batch:
            return programs.enter_context(loaded(server.api_url, tmp_path / name))

        def play(batch: Batch, requests: int, seconds: float) -> tuple[Witness, float]:
            """Run a batch on a service of its own, for at most so long after so many requests."""
            service = Witness()
            app.service = service
            batch.wait_until_ready()
            begun = time.monotonic()
            batch.begin()
            wait_until(lambda: len(service.requests) >= requests)
            batch.kill_after(seconds)
            lasted = time.monotonic() - begun
            wait_until_quiet(server)
            return service, lasted

        # How many requests a whole batch makes, and how long each of them takes with what is done about it.
        batch, following = load("whole"), load("0")
        service, whole = play(batch, 0, 30)
        assert len(service.carried) == TIMES * len(ORDER)
        compare(service, batch.profile)
        requests = len(service.requests)
        step = whole / requests

        transport = ApiTransport("http://localhost/apiv2", app=app)
        spread = random.Random(2025)  # noqa: S311 - instants
        cut_off = unsettled = 0
        for number in range(INSTANTS):
            batch, following = following, load(str(number + 1))  # which loads while this one runs
            # By requests and not by the time alone, which a busy machine stretches.
            service, _ = play(batch, number * requests // INSTANTS, spread.random() * step)
            cut_off += len(service.carried) < TIMES * len(ORDER)
            session = session_on(transport, DEMO_KEY, batch.profile)
            unsettled += len(runner.run(settle_all(session)))
            compare(service, batch.profile)
        runner.run(transport.aclose())

    # Else the instants were badly chosen, and nothing was tested.
    assert cut_off > INSTANTS / 2
    assert unsettled


@pytest.mark.parametrize("carried_out", [True, False], ids=["carried out", "not carried out"])
def test_killed_while_its_request_is_with_the_service(tmp_path: Path, carried_out: bool) -> None:
    service = Witness()
    service.fail_next("/app/buildDelete", delay=1.5, status=None if carried_out else 503)
    with (
        serve_blocking(SandboxApp(service)) as server,
        loaded(server.api_url, tmp_path / "profile") as batch,
        asyncio.Runner() as runner,
    ):
        batch.wait_until_ready()
        batch.begin()
        wait_until(lambda: Write.DELETE in dict(service.asked))
        batch.kill_after(0)
        wait_until_quiet(server)
        transport = ApiTransport(server.api_url)
        session = session_on(transport, DEMO_KEY, batch.profile)
        (entry,) = runner.run(settle_all(session))
        runner.run(transport.aclose())

    assert change(entry) == service.asked[-1]
    assert (change(entry) in service.carried) is carried_out
    compare(service, batch.profile)


@pytest.mark.parametrize("another", [False, True], ids=["view says gone", "view describes another"])
@pytest.mark.parametrize("carried_out", [True, False], ids=["carried out", "not carried out"])
def test_killed_while_its_delete_is_with_the_second_look_alike(
    tmp_path: Path, carried_out: bool, another: bool
) -> None:
    with Lookalike(furnished(Behaviour(view_of_gone_shows_another=another))) as service, ExitStack() as programs:
        key, app = service.world.accounts[0].key, service.world.app("Kettle")
        batch = programs.enter_context(loaded(service.api_url, tmp_path / "profile", app.key))
        # Killed when its request has arrived, and before there is an answer.
        service.script.before("app/buildDelete", lambda: batch.kill_after(0))
        if not carried_out:
            service.script.fail("app/buildDelete", faults.LOST_REQUEST)
        batch.wait_until_ready()
        batch.begin(key)
        wait_until(lambda: batch.process.poll() is not None and service.script.left() == 0)
        (doomed,) = service.record.sent("app/buildDelete")
        wait_until(lambda: (doomed in {build.key for build in app.builds}) is not carried_out)
        with asyncio.Runner() as runner:
            transport = ApiTransport(service.api_url)
            (entry,) = runner.run(settle_all(session_on(transport, key, tmp_path / "profile")))
            runner.run(transport.aclose())
        assert change(entry) == (Write.DELETE, doomed)
        assert service.record.sent("app/buildDelete") == [doomed]
    newest = entries(tmp_path / "profile")[0]
    assert newest.intent.id == entry.intent.id
    assert newest.outcome is (Outcome.DONE if carried_out else Outcome.NOT_DONE)


@pytest.mark.parametrize("request_number", range(1, 4 + 3 * TIMES, 2 if sys.platform != "win32" else 5))
def test_a_queue_that_is_killed_at_any_request_sends_nothing_twice_and_is_not_gone_on_with(
    tmp_path: Path, request_number: int
) -> None:
    with Lookalike() as service, ExitStack() as programs:
        key, app = service.world.accounts[0].key, service.world.app("Kettle")
        before = [build.key for build in app.builds]
        batch = programs.enter_context(loaded(service.api_url, tmp_path / "profile", app.key, "queue"))
        service.script.before("", lambda: batch.kill_after(0), skip=request_number - 1)
        batch.wait_until_ready()
        batch.begin(key)
        wait_until(lambda: batch.process.poll() is not None and service.script.left() == 0)
        wait_until(lambda: not service.open)
        with asyncio.Runner() as runner:
            transport = ApiTransport(service.api_url)
            runner.run(settle_all(session_on(transport, key, tmp_path / "profile")))
            runner.run(transport.aclose())
        sent = service.record.sent("app/buildDelete")
        assert sent == before[::-1][: len(sent)], "the oldest first, each once"
        found = entries(tmp_path / "profile")
        assert {entry.intent.build.build_key for entry in found} >= set(sent), "sent without an intent"
        assert len(found) - len(sent) <= 1
        gone = {entry.intent.build.build_key for entry in found if entry.outcome is Outcome.DONE}
        assert gone == set(before) - {build.key for build in app.builds}
        assert all(entry.outcome in {Outcome.DONE, Outcome.NOT_DONE} for entry in found)
