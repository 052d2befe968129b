"""Whatever fails, whoever comes between and whenever the program ends: what is told of a change is the truth.

A state machine of one account's session on the embedded service. It keeps its own record of what it confirmed and what
it was told, and compares both with the service's state, with what was sent, and with the journal's file.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import PgyerError, ServiceError
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal, JournalError
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import Entry, Intent, encoded
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.recheck import HeldBack, Look, look_at
from pgyer_desktop.core.changes.recorder import Recorder
from pgyer_desktop.core.changes.session import Session
from pgyer_desktop.sandbox import DEMO_KEY, keys
from pgyer_desktop.sandbox.catalog import CHINA
from tests.core.activity.values import deletion
from tests.core.changes import rough_road
from tests.core.changes.rough_road import Fate, Killed, Road, Script
from tests.helpers.sandbox import SandboxService

T = TypeVar("T")

ACCOUNT = Account("account1", "Acme")
# One build; none latest; several latest; rows that do not say which is latest; one page and a row; the newest being
# published. Small ones: reading rows is most of the time.
APPS = ("firstlight", "kitefield", "tworivers", "millpond", "maitian", "shanque")

_KINDS = rough_road.Reply
lost_changes = st.sampled_from(
    [Fate(reply) for reply in _KINDS]
    + [Fate(reply, carried=True) for reply in _KINDS if reply is not _KINDS.UNREACHABLE]
)
lost_reads = st.sampled_from([Fate(reply) for reply in _KINDS])
some_lost = st.lists(st.one_of(st.none(), lost_reads), min_size=1, max_size=3).map(tuple)
rarely_lost = st.one_of(st.just(()), st.just(()), st.just(()), st.just(()), some_lost)
often_lost = st.one_of(st.just(()), some_lost)
disks = st.one_of(
    st.just(()),
    st.just(()),
    st.just(()),
    st.lists(st.sampled_from(["", "full", "torn", "unsynced"]), min_size=1, max_size=2).map(tuple),
)
rows = st.one_of(st.sampled_from([0, 1, 3, -1]), st.integers(0, 24))


@dataclass(frozen=True, slots=True)
class Others:
    """What somebody else does in the web console, or the service by itself: "unmark" all or "mark too" a row."""

    operation: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen while a change is made; see `Script`."""

    write: Fate | None
    reads: tuple[Fate | None, ...]
    later_reads: tuple[Fate | None, ...]
    disk: tuple[str, ...]
    before: Others | None
    after: Others | None
    settle: bool
    """Whether it is settled at once, where nobody knows how it ended; else perhaps later."""


others = st.one_of(
    st.builds(Others, st.sampled_from(["setNewestVersion", "cancelNewestVersion", "buildDelete"]), rows),
    st.builds(Others, st.just("upload"), st.integers(0, 1)),
    st.builds(Others, st.sampled_from(["unmark", "mark too"]), rows),
)
seldom_others = st.one_of(st.none(), st.none(), st.none(), others)
plans = st.builds(
    Plan,
    st.one_of(st.none(), lost_changes, lost_changes),
    rarely_lost,
    often_lost,
    disks,
    seldom_others,
    seldom_others,
    st.booleans(),
)


@dataclass(slots=True)
class Told:
    """One change as the machine knows it."""

    intent: Intent
    carried: bool
    outcome: Outcome
    on_disk: bool
    """Whether the outcome is acknowledged to be on the disk; else a restart may make it unknown again."""


async def _no_icon(url: str) -> Reply:
    raise AssertionError(url)


class SessionMachine(RuleBasedStateMachine):
    """One session, one app, and everybody else."""

    looks = Bundle("looks")

    @initialize(slug=st.sampled_from(APPS))
    def begin(self, slug: str) -> None:
        """Connect."""
        self.closing = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.closing.callback(shutil.rmtree, self.folder)
        self.runner = self.closing.enter_context(asyncio.Runner(loop_factory=asyncio.new_event_loop))
        self.path = self.folder / "journal.jsonl"
        self.service = SandboxService(now=datetime(2025, 3, 12, 15, 30, tzinfo=CHINA))
        self.app = KnownApp(self.service.app_key(slug), slug)
        self.road = Road(self.service, self.app.app_key, self.path)
        self.closing.enter_context(self.road.failing_disk())
        self.transport = ApiTransport("http://localhost/apiv2", app=self.road)
        self.closing.callback(lambda: self.runner.run(self.transport.aclose()))
        self.session = self.connected()
        self.told: dict[str, Told] = {}
        self.refused: set[tuple[Write, str]] = set()
        self.held = set(self.service.build_keys(self.app.app_key))

    def connected(self) -> Session:
        """A session that knows nothing but what is in the journal's file."""
        recorder = Recorder(Journal.open(self.path), ACCOUNT)
        icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
        return Session(Client(self.transport, ApiKey(DEMO_KEY)), icons, recorder)

    def run(self, script: Script, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Make one call of the program while `script` plays."""
        self.road.play(script)
        return self.runner.run(call())

    # What the person does.

    @rule(target=looks, write=st.sampled_from(Write), seen=looks, plan=plans)
    def change(self, write: Write, seen: Look, plan: Plan) -> MultipleResults[Look]:
        """Confirm a change on what was seen, perhaps long ago, and perhaps on what held it back the last time."""
        now = self.confirm(write, seen, plan)
        return multiple(now) if now is not None else multiple()

    @rule(target=looks, write=st.sampled_from(Write), page=st.sampled_from([1, 1, 2]), row=rows, plan=plans)
    def look_and_change(self, write: Write, page: int, row: int, plan: Plan) -> MultipleResults[Look]:
        """Confirm a change on what has just been seen."""
        view = self.run(Script(), lambda: self.session.builds.read(self.app.app_key, page))
        assert not self.road.seen.sent
        if not view.builds:
            return multiple()
        seen = look_at(view, view.builds[row % len(view.builds)])
        now = self.confirm(write, seen, plan)
        return multiple(seen, now) if now is not None else multiple(seen)

    def confirm(self, write: Write, seen: Look, plan: Plan) -> Look | None:
        """Make a change, and compare what comes of it with what was seen on the road. Returns what held it back."""
        build = seen.build
        assert build is not None
        held_back = any(entry.intent.build.build_key == build.build_key for entry in self.session.unsettled)
        before, after = plan.before, plan.after
        script = Script(
            plan.write,
            plan.reads,
            plan.later_reads,
            plan.disk,
            before=(lambda: self.do(before)) if before is not None else None,
            after=(lambda: self.do(after)) if after is not None else None,
        )
        ended: WriteResult | HeldBack | BaseException
        try:
            ended = self.run(
                script, lambda: self.session.change(write, self.app, build, page=seen.view.number, seen=seen)
            )
        except (PgyerError, JournalError, asyncio.CancelledError, Killed) as exc:
            ended = exc
        on_road = self.road.seen
        assert on_road.sent in ([], [(write, build.build_key)]), "what was sent is not what was confirmed"
        assert not on_road.sent or not held_back, "sent though it is not known how the one before ended"
        if on_road.carried and write is Write.DELETE:
            self.held.discard(build.build_key)
        if on_road.sent:
            self.check_that_it_was_still_so(seen)
        if isinstance(ended, Killed):
            self.revive()
        entry = self.session.journal.entry(on_road.intent)
        assert bool(on_road.sent) is (entry is not None)
        if isinstance(ended, WriteResult):
            assert entry is not None
            assert ended.write is write
            assert ended.build is build
            assert on_road.disk_failures or ended.unrecorded is None
            self.take(entry, ended)
        elif isinstance(ended, HeldBack):
            assert entry is None
            return ended.now if ended.now.build is not None else None
        elif isinstance(ended, JournalError):
            assert entry is None
            assert on_road.disk_failures
            self.refused.add((write, build.build_key))
        elif isinstance(ended, PgyerError):
            assert entry is None
            assert on_road.spoiled
        elif entry is not None:  # cut off
            self.expect(entry, Outcome.UNKNOWN, on_disk=True)
        if plan.settle and entry is not None and self.told[entry.intent.id].outcome is Outcome.UNKNOWN:
            self.find_out(entry, Script())
        return None

    def check_that_it_was_still_so(self, seen: Look) -> None:
        """At the last look before the change the build was there, and the latest the one that the person saw."""
        last = self.road.seen.before[-1]
        assert seen.build is not None
        assert seen.build.build_key in last.held, "sent for a build that was gone"
        if seen.latest is not None and last.latest:
            assert seen.latest & last.latest, "sent though the latest had moved"

    def take(self, entry: Entry, result: WriteResult) -> None:
        """Judge what was told of a new change."""
        on_road = self.road.seen
        self.judge(result, carried=on_road.carried)
        if result.outcome is Outcome.UNKNOWN:
            assert on_road.spoiled, "unknown though everything could be read"
        self.expect(entry, result.outcome, on_disk=result.unrecorded is None)

    def judge(self, result: WriteResult, *, carried: bool) -> None:
        """What was told must have been so at one of the reads on which it rests."""
        on_road = self.road.seen
        shows = [shot.shows(result.write, result.build.build_key) for shot in on_road.shots]
        if result.outcome is Outcome.UNKNOWN:
            return
        if on_road.sent and on_road.spoiled and self.is_believed(result):
            return
        if result.outcome is Outcome.DONE:
            assert any(shows), "told as done, and is not"
        elif carried:
            assert not all(shows), f"told as {result.outcome.value}, and the service did it"

    def is_believed(self, result: WriteResult) -> bool:
        """Whether it rests on the reply, because what could be read did not speak against it."""
        if isinstance(result.error, ServiceError):
            return True
        page_agrees = result.after is not None and result.after.build(result.build.build_key) is None
        return result.error is None and result.write is Write.DELETE and page_agrees

    def expect(self, entry: Entry, outcome: Outcome, *, on_disk: bool, carried: bool | None = None) -> None:
        """Keep what was told of a change."""
        if on_disk and outcome is not Outcome.UNKNOWN:
            for earlier in self.told.values():
                earlier.on_disk = True  # what could not be written before went out with it
        carried = self.road.seen.carried if carried is None else carried
        self.told[entry.intent.id] = Told(entry.intent, carried, outcome, on_disk)

    def adopt(self, entries: tuple[Entry, ...]) -> None:
        """Take in what is in the journal though it was refused there, which is the disk's fault: it was not sent."""
        for entry in entries:
            if entry.intent.id not in self.told:
                assert (entry.intent.write, entry.intent.build.build_key) in self.refused, "nobody confirmed it"
                assert entry.outcome in {Outcome.UNKNOWN, Outcome.NOT_DONE}
                self.told[entry.intent.id] = Told(entry.intent, carried=False, outcome=entry.outcome, on_disk=False)

    @precondition(lambda self: self.session.unsettled)
    @rule(which=rows, reads=rarely_lost, disk=disks)
    def settle(self, which: int, reads: tuple[Fate | None, ...], disk: tuple[str, ...]) -> None:
        """Find out how a change ended of which nobody knows it."""
        unsettled = self.session.unsettled
        self.find_out(unsettled[which % len(unsettled)], Script(reads=reads, disk=disk))

    def find_out(self, entry: Entry, script: Script) -> None:
        """Settle one change while `script` plays, and judge what was told."""
        told = self.told[entry.intent.id]
        try:
            result = self.run(script, lambda: self.session.settle(entry))
        except (PgyerError, asyncio.CancelledError, Killed) as exc:
            assert self.road.seen.spoiled
            assert not self.road.seen.sent
            if isinstance(exc, Killed):
                self.revive()
            return
        assert not self.road.seen.sent
        self.judge(result, carried=told.carried)
        assert result.outcome in {Outcome.DONE, Outcome.NOT_DONE}
        assert self.road.seen.disk_failures or result.unrecorded is None
        self.expect(entry, result.outcome, on_disk=result.unrecorded is None, carried=told.carried)

    @rule(torn=st.integers(0, 200))
    def restart(self, torn: int) -> None:
        """Begin again from the journal's file, perhaps with a line in it that was being written."""
        if torn:
            with self.path.open("ab") as file:
                file.write(encoded(deletion())[:torn])
        self.revive(self.path.read_bytes() if self.path.exists() else None)

    def revive(self, image: bytes | None = None) -> None:
        """Open the journal as it was when the program ended: `image`, or what the road kept when it killed it."""
        if image is None:
            image, self.road.image = self.road.image, None
        if image is not None:
            self.path.write_bytes(image)
        else:
            self.path.unlink(missing_ok=True)
        self.session = self.connected()
        for entry in self.session.journal.entries:
            told = self.told.get(entry.intent.id)
            if told is not None and not told.on_disk and entry.outcome is Outcome.UNKNOWN:
                told.outcome = Outcome.UNKNOWN

    # What others do.

    @rule(what=others)
    def meanwhile(self, what: Others) -> None:
        """Somebody else changes something."""
        self.do(what)

    def do(self, what: Others) -> None:
        """Have somebody else do `what`."""
        builds = self.service.build_keys(self.app.app_key)
        if what.operation == "upload":
            for _ in range(what.row + 1):
                self.held.add(self.service.publish_build(self.app.app_key))
        elif not builds:
            return
        elif what.operation in {"unmark", "mark too"}:
            self.mark(builds[what.row % len(builds)] if what.operation == "mark too" else None)
        else:
            key = builds[what.row % len(builds)]
            self.service.answer(what.operation, {"_api_key": DEMO_KEY, "buildKey": key})
            if what.operation == "buildDelete":
                self.held.discard(key)

    def mark(self, build_key: str | None) -> None:
        """Leave none or several latest: nobody knows when the service does. Only where rows say which are."""
        latest = self.service._shelf(self.app.app_key).latest
        numbers = keys.read_build_key(build_key) if build_key is not None else None
        if self.app.name == "millpond":
            return
        if numbers is None:
            latest.clear()
        else:
            latest.add(numbers[1])

    # What must always be.

    @invariant()
    def nothing_is_deleted_that_nobody_confirmed(self) -> None:
        """The service holds exactly what the machine and the others left."""
        assert set(self.service.build_keys(self.app.app_key)) == self.held

    @invariant()
    def nothing_is_sent_without_an_intent_or_twice(self) -> None:
        """Each change that left the program had an intent of its own on the disk."""
        assert not self.road.wrong
        assert set(self.road.sent) <= set(self.told)
        assert all(times == 1 for times in self.road.sent.values())

    @invariant()
    def the_session_knows_what_was_told(self) -> None:
        """Nothing unknown is forgotten, and no outcome changes by itself."""
        journal = self.session.journal
        assert journal.problem is None
        self.adopt(journal.entries)
        assert {entry.intent.id: entry.outcome for entry in journal.entries} == {
            key: told.outcome for key, told in self.told.items()
        }
        assert {entry.intent.id for entry in self.session.unsettled} == {
            key for key, told in self.told.items() if told.outcome is Outcome.UNKNOWN
        }

    @invariant()
    def the_disk_knows_it_too(self) -> None:
        """What another program finds in the journal now; less only where it was said that it is not recorded yet."""
        journal = Journal.open(self.path)
        assert journal.problem is None
        found = {entry.intent.id: entry for entry in journal.entries}
        for key, told in self.told.items():
            if told.on_disk:
                assert found[key].outcome is told.outcome
            else:
                assert found[key].outcome in {told.outcome, Outcome.UNKNOWN}
        for key in set(found) - set(self.told):
            intent = found[key].intent
            assert (intent.write, intent.build.build_key) in self.refused, "nobody confirmed it"
            assert found[key].outcome in {Outcome.UNKNOWN, Outcome.NOT_DONE}
        if self.path.exists():
            assert DEMO_KEY.encode() not in self.path.read_bytes()

    def teardown(self) -> None:
        """Disconnect."""
        if hasattr(self, "closing"):
            self.closing.close()


def test_whatever_happens_what_is_told_of_a_change_is_the_truth(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.changes.recorder")  # it says so where an ending could not be written
    run_state_machine_as_test(
        SessionMachine,
        settings=settings(
            max_examples=80,
            stateful_step_count=30,
            deadline=None,
            # Shrinking takes minutes; thirty steps can be read as they are.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
