"""A batch of deletes tells the truth of each build, whatever is lost on the way and whoever comes between."""

from __future__ import annotations

import asyncio
import errno
import itertools
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.parse import parse_qs

import httpx
import pytest

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.models import ApiKey, Build
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.activity.records import decoded
from pgyer_desktop.core.base import line_file
from pgyer_desktop.core.base.names import size_text
from pgyer_desktop.core.base.retry import ATTEMPTS
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView
from pgyer_desktop.core.changes.recheck import Look
from pgyer_desktop.core.changes.recorder import Recorder
from pgyer_desktop.core.changes.session import Session
from pgyer_desktop.core.cleanup.queue import Batch, Guard, Manners, Phase, _side, guard_of
from pgyer_desktop.core.cleanup.queue_report import BatchReport, BatchRow, RowState, Tally, as_markdown
from pgyer_desktop.core.cleanup.retention import FrozenPlan, plan
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.sandbox.service import PAGE_SIZE
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.waiting import until
from tests.lookalike import Lookalike

if TYPE_CHECKING:
    from pgyer_desktop.sandbox.asgi import Message, Receive, Scope, Send

HASTY = Manners(between=0, again=(0, 0), busy=(0, 0))
LOST_AFTER = "lost after"
"""The delete is carried out, and its reply is lost."""
FAILING = "failing"
"""A gateway answers, and nothing is carried out."""
BUSY = "busy"
HOUR = "hour"
LOST = "lost"
KEY = "key"
NONE = "none"
"""There is no such thing."""
HANGING = "hanging"
_HTTP = {FAILING: 504, BUSY: 429}
_REFUSALS = {HOUR: (1098, "Too many requests"), NONE: (1009, "App not found"), KEY: (1002, "_api_key is invalid")}


class Street:
    """An ASGI application before the service's, which loses what `on_read` and `on_delete` say."""

    def __init__(self, service: SandboxService, journal: Path) -> None:
        self.service = service
        self._app = SandboxApp(service)
        self._journal = journal
        self.sent: Counter[str] = Counter()
        """How often each build's delete left the program."""
        self.requests: Counter[str] = Counter()
        self.unannounced: list[str] = []
        """Deletes without an intent of their own on the disk."""
        self.on_read: Callable[[str], str | None] = lambda _operation: None
        """Called before each read is answered. May change the service."""
        self.on_delete: Callable[[str], str | None] = lambda _key: None
        self.hanging = asyncio.Event()
        """Set as soon as a request hangs."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = bytearray()
        more = True
        while more:
            message = await receive()
            form += message.get("body", b"")
            more = message.get("more_body", False)
        operation = str(scope["path"]).rpartition("/")[2]
        self.requests[operation] += 1
        if operation == "buildDelete":
            key = parse_qs(form.decode())["buildKey"][0]
            self.sent[key] += 1
            self._check_intent(key)
            fate = self.on_delete(key)
        else:
            fate = self.on_read(operation)
        reply = await self._answered(scope, bytes(form)) if fate in {None, LOST_AFTER} else b"<html>"
        if fate == HANGING:
            self.hanging.set()
            await asyncio.Event().wait()
        if fate in {LOST, LOST_AFTER}:
            raise httpx.ReadError("reset")
        if fate in _REFUSALS:
            code, words = _REFUSALS[fate]
            reply = json.dumps({"code": code, "message": words}).encode()
        status = _HTTP.get(fate or "", 200)
        head = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": reply})

    async def _answered(self, scope: Scope, form: bytes) -> bytes:
        body = b""

        async def receive() -> Message:
            return {"type": "http.request", "body": form, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal body
            body += message.get("body", b"")

        await self._app(scope, receive, send)
        return body

    def _check_intent(self, key: str) -> None:
        """The last line on the disk is this delete's intent: the one before has ended."""
        intent = decoded(self._journal.read_bytes().splitlines()[-1]).intent
        if intent is None or intent.build.build_key != key:
            self.unannounced.append(key)


@dataclass(slots=True)
class World:
    """One account's session, its app and the way to the service."""

    service: SandboxService
    street: Street
    session: Session
    journal: Path
    app: KnownApp

    def at(self, slug: str) -> World:
        """The same with another app."""
        return replace(self, app=KnownApp(self.service.app_key(slug), slug))

    async def builds(self) -> list[Build]:
        """All builds of the app, the newest first."""
        count = self.service.build_count(self.app.app_key)
        found = [b for n in range(-(-count // PAGE_SIZE)) for b in (await self.read(n + 1))]
        self.street.requests.clear()
        return found

    async def read(self, page: int) -> tuple[Build, ...]:
        return (await self.session.builds.read(self.app.app_key, page)).builds

    async def oldest(self, count: int) -> list[Build]:
        """The oldest builds, the oldest first."""
        return (await self.builds())[-count:][::-1]

    def batch(self, builds: list[Build], *, guard: Guard | None = None, manners: Manners = HASTY) -> Batch:
        return Batch(self.session, self.app, builds, guard=guard, manners=manners, account_name="Acme")

    def held(self) -> set[str]:
        return set(self.service.build_keys(self.app.app_key))

    def latest(self) -> set[str]:
        return set(self.service.latest_keys(self.app.app_key))

    def ask(self, operation: str, key: str) -> None:
        """Somebody else does something."""
        assert self.service.answer(operation, {"_api_key": DEMO_KEY, "buildKey": key})["code"] == 0

    def check(self, rows: tuple[BatchRow, ...], removed: frozenset[str] = frozenset()) -> None:
        """Report, journal and service agree build by build, and nothing was sent twice.

        `removed` are the builds that somebody else has deleted, perhaps after their turn.
        """
        held = self.held() | (removed - self.street.sent.keys())
        assert not self.held() & removed
        journal = Journal.open(self.journal)
        assert journal.problem is None
        assert not self.street.unannounced
        assert set(self.street.sent.values()) <= {1}
        outcomes: dict[str, Outcome] = {}
        for entry in journal.entries:
            key = entry.intent.build.build_key
            assert key not in outcomes
            outcomes[key] = entry.outcome
        for row in rows:
            key = row.build.build_key
            outcome = outcomes.pop(key, None)
            assert (key in self.street.sent) == (outcome is not None)
            match row.state:
                case RowState.DELETED:
                    assert (outcome, key in held) == (Outcome.DONE, False)
                case RowState.NOT_DONE:
                    assert outcome in {None, Outcome.NOT_DONE, Outcome.CONTRADICTED}
                    assert key in held | removed
                    assert row.reason is not None
                case RowState.KEPT:
                    assert (outcome, key in held) == (None, True)
                    assert row.reason is not None
                case RowState.GONE:
                    assert (outcome, key in self.held()) == (None, False)
                case RowState.WAITING:
                    assert (outcome, key in held) == (None, True)
                case RowState.UNKNOWN:
                    assert outcome is Outcome.UNKNOWN
                case RowState.UNDER_WAY:
                    raise AssertionError("still under way")
        assert not outcomes


async def _no_icon(url: str) -> Reply:
    raise AssertionError(url)


@pytest.fixture
async def world(service: SandboxService, tmp_path: Path) -> AsyncIterator[World]:
    path = tmp_path / "journal.jsonl"
    street = Street(service, path)
    transport = ApiTransport("http://localhost/apiv2", app=street)
    recorder = Recorder(Journal.open(path), Account("account1", "Acme"))
    icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
    session = Session(Client(transport, ApiKey(DEMO_KEY)), icons, recorder)
    yield World(service, street, session, path, KnownApp(service.app_key("harbour"), "Harbour"))
    await transport.aclose()


def states(batch: Batch) -> list[RowState]:
    return [row.state for row in batch.rows]


def phase_of(batch: Batch) -> Phase:
    """What it is doing now, whatever it was doing a moment ago."""
    return batch.phase


def sources(text: Text | None) -> str:
    """Everything that a text says in English, unfilled."""
    if text is None:
        return ""
    return " ".join([text.source, *(sources(value) for _, value in text.values if isinstance(value, Text))])


def plainly(text: Text) -> str:
    """A text in English."""
    values = {name: plainly(value) if isinstance(value, Text) else str(value) for name, value in text.values}
    said = text.source.replace("%n", str(text.count))
    for name, value in values.items():
        said = said.replace("{" + name + "}", value)
    return said


# All goes wrong at once


class Trouble:
    """Loses 5 % of the deletes' replies, has 5 % fail, and has another client upload, promote and delete."""

    def __init__(self, world: World, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secrets
        self.world = world
        self.uploaded: set[str] = set()
        self.removed: set[str] = set()
        self.promoted: list[str] = []
        self.lost: list[str] = []
        self.failed: list[str] = []
        world.street.on_read = self.on_read
        world.street.on_delete = self.on_delete

    def on_delete(self, key: str) -> str | None:
        chance = self.dice.random()
        if chance < 0.05:
            self.lost.append(key)
            return LOST_AFTER
        if chance < 0.10:
            self.failed.append(key)
            return FAILING
        return None

    def on_read(self, _operation: str) -> None:
        service, app_key = self.world.service, self.world.app.app_key
        chance = self.dice.random()
        if chance < 0.02:
            self.uploaded.add(service.publish_build(app_key, publishing=self.dice.random() < 0.2))
        elif chance < 0.035:
            key = self.dice.choice(service.build_keys(app_key)[-200:])
            self.world.ask("setNewestVersion", key)
            self.promoted.append(key)
        elif chance < 0.04:
            key = self.dice.choice(service.build_keys(app_key))
            if key not in self.world.latest():
                self.world.ask("buildDelete", key)
                self.removed.add(key)


def planned(world: World, builds: list[Build], rules: Rules) -> FrozenPlan:
    made = plan(builds, rules, latest_keys=world.latest(), complete=True, now=datetime(2025, 3, 12, tzinfo=UTC))
    return made.freeze("account1", "Acme", world.app.app_key, world.app.name, datetime(2025, 3, 12, tzinfo=UTC))


async def test_two_hundred_of_five_hundred_while_everything_goes_wrong(world: World) -> None:
    world = world.at("lantern")
    builds = await world.builds()
    frozen = planned(world, builds, Rules(newest=300))
    pinned = {row.build.build_key for row in frozen.deletions[::40]}
    trouble = Trouble(world, seed=1)
    batch = world.batch([row.build for row in frozen.deletions], guard=guard_of(frozen, lambda: pinned))
    report = await batch.run()

    world.check(report.rows, frozenset(trouble.removed))
    counted = report.tally
    assert (counted.total, counted.finished, counted.unknown) == (200, 200, 0)
    assert (batch.progress.done, batch.progress.total) == (200, 200)
    assert counted.deleted > 150
    assert report.halted is None
    assert trouble.lost
    assert trouble.failed
    assert trouble.promoted
    assert trouble.uploaded
    held = world.held()
    assert world.latest() == {trouble.promoted[-1]}
    assert world.latest() <= held
    assert pinned - trouble.removed <= held
    to_delete = {row.build.build_key for row in frozen.deletions}
    assert held >= ({build.build_key for build in builds} | trouble.uploaded) - to_delete - trouble.removed
    by_key = {row.build.build_key: row for row in report.rows}
    assert all(by_key[key].state is RowState.NOT_DONE for key in trouble.failed if key not in trouble.removed)
    assert all(by_key[key].state is RowState.DELETED for key in trouble.lost)
    assert all(by_key[key].state in {RowState.KEPT, RowState.GONE} for key in pinned)
    assert counted.freed == sum(row.build.size or 0 for row in report.of(RowState.DELETED))
    # Four or five, and some more where the latest moved or rows went to another page.
    assert sum(world.street.requests.values()) < 200 * 6


# Politeness


async def test_a_delete_costs_three_requests_where_the_page_shows_the_latest_and_the_neighbours(world: World) -> None:
    builds = (await world.builds())[5:15]
    await world.batch(builds).run()
    assert world.street.requests == {"builds": 1 + 20, "buildDelete": 10}


async def test_and_no_more_at_the_end_of_the_list_where_only_the_latest_is_asked_for_before_each(world: World) -> None:
    builds = await world.oldest(10)
    batch = Batch(world.session, world.app, builds, page=3, manners=HASTY)
    await batch.run()
    assert world.street.requests == {"builds": 1 + 10, "check": 1 + 10, "buildDelete": 10}


async def test_a_page_that_was_not_read_a_moment_ago_is_read_again_before_a_delete(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pgyer_desktop.core.changes.recheck.ANEW_SECONDS", 0)
    builds = await world.oldest(10)
    await Batch(world.session, world.app, builds, page=3, manners=HASTY).run()
    assert world.street.requests == {"builds": 1 + 20, "check": 1 + 10, "buildDelete": 10}


async def test_a_build_deep_in_a_long_history_is_found_in_a_few_reads(world: World) -> None:
    world = world.at("granary")
    builds = [(await world.read(page))[3] for page in (700, 3, 512)]
    world.street.requests.clear()
    batch = world.batch(builds)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 3
    assert world.street.requests["builds"] < 3 * 14
    world.check(batch.rows)
    assert batch.rows_keys == {row.build.build_key for row in batch.rows}


async def test_that_no_build_is_offered_is_asked_once_and_known_for_all(world: World) -> None:
    world.street.on_read = lambda operation: NONE if operation == "check" else None
    builds = await world.oldest(3)
    seen: list[Look] = []

    def guard(look: Look) -> None:
        seen.append(look)

    await Batch(world.session, world.app, builds, page=3, guard=guard, manners=HASTY).run()
    assert [look.latest for look in seen] == [frozenset()] * 3
    assert world.street.requests["check"] == 1 + 3, "once by the batch, and once for each that is sent"


async def test_there_is_a_pause_between_two_deletes(world: World) -> None:
    times: list[float] = []

    def on_delete(_key: str) -> None:
        times.append(asyncio.get_running_loop().time())

    world.street.on_delete = on_delete
    await world.batch(await world.oldest(3), manners=Manners(between=0.1)).run()
    assert all(later - earlier > 0.09 for earlier, later in itertools.pairwise(times))


# Builds that are not where they were


async def test_rows_that_moved_to_other_pages_are_found(world: World) -> None:
    builds = (await world.builds())[2:8] + await world.oldest(3)
    for _ in range(50):
        world.service.publish_build(world.app.app_key)
    batch = world.batch(builds)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 9
    world.check(batch.rows)


async def test_a_build_on_the_first_page_is_found_from_behind(world: World) -> None:
    builds = (await world.builds())[4:5]
    batch = Batch(world.session, world.app, builds, page=3, manners=HASTY)
    await batch.run()
    assert states(batch) == [RowState.DELETED]


async def test_a_build_that_slips_behind_while_it_is_looked_for_is_found(world: World) -> None:
    build = (await world.builds())[2 * PAGE_SIZE - 1]  # the last row of page 2

    def on_read(_operation: str) -> None:
        if world.street.requests["builds"] == 2:  # page 3 was read, and sent the search to page 2
            world.service.publish_build(world.app.app_key, publishing=False)

    world.street.on_read = on_read
    batch = Batch(world.session, world.app, [build], page=3, manners=HASTY)
    await batch.run()
    assert states(batch) == [RowState.DELETED]


@pytest.mark.parametrize("slug", ["oddments", "millpond", "yunfan", "kitefield"])
async def test_builds_without_usual_rows_are_found(world: World, slug: str) -> None:
    world = world.at(slug)
    latest = world.latest()
    bare = [
        Build(build.build_key, version=build.version) for build in await world.builds() if build.build_key not in latest
    ]
    batch = world.batch([bare[-1], bare[0], bare[len(bare) // 2]])
    report = await batch.run()
    # Where nothing is marked as the latest, the one that is offered is as good as it.
    kept = [row for row in report.rows if row.state is RowState.KEPT]
    assert len(kept) == (slug == "kitefield")
    assert report.tally.deleted == 3 - len(kept)
    world.check(report.rows)


async def test_what_somebody_else_has_deleted_is_told_as_gone(world: World) -> None:
    builds = await world.oldest(4)
    world.ask("buildDelete", builds[1].build_key)
    late = builds[3].build_key

    def on_read(operation: str) -> None:
        if operation == "builds" and len(world.street.sent) == 2 and late in world.held():
            world.ask("buildDelete", late)

    world.street.on_read = on_read
    batch = world.batch(builds)
    await batch.run()
    assert states(batch) == [RowState.DELETED, RowState.GONE, RowState.DELETED, RowState.GONE]
    world.check(batch.rows)


async def test_a_key_of_no_build_of_this_app_is_not_sent(world: World) -> None:
    other = (await world.at("yunfan").builds())[9]
    batch = world.batch([other, Build("f" * 32), Build("e" * 32, pgyer_build=10**9)])
    await batch.run()
    assert states(batch) == [RowState.GONE] * 3
    assert not world.street.sent


async def test_after_the_last_page_has_become_empty_it_goes_on_with_the_one_before(world: World) -> None:
    builds = await world.oldest(30)
    batch = world.batch(builds)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 30
    assert batch.view is not None
    assert batch.view.page_count == 2
    world.check(batch.rows)


# What speaks against it


async def test_the_latest_is_kept_even_if_it_was_chosen(world: World) -> None:
    builds = (await world.builds())[:3]
    batch = world.batch(builds)
    report = await batch.run()
    kept = report.of(RowState.KEPT)
    assert {row.build.build_key for row in kept} == world.latest()
    assert kept[0].reason is not None
    assert "the latest now" in kept[0].reason.source
    assert report.tally.deleted == 2
    world.check(report.rows)


@pytest.mark.parametrize("near", [False, True], ids=["far from the latest", "on the page of the latest"])
async def test_what_is_promoted_at_the_last_moment_is_kept(world: World, near: bool) -> None:
    builds = (await world.builds())[5:8] if near else await world.oldest(3)

    def guard(look: Look) -> Text | None:
        if look.build is not None and look.build.build_key == builds[1].build_key:
            world.ask("setNewestVersion", builds[1].build_key)
        return None

    batch = world.batch(builds, guard=guard)
    await batch.run()
    assert states(batch) == [RowState.DELETED, RowState.KEPT, RowState.DELETED]
    assert world.latest() == {builds[1].build_key}
    world.check(batch.rows)


async def test_another_promotion_stops_nothing(world: World) -> None:
    builds = await world.oldest(4)
    keys = list(world.service.build_keys(world.app.app_key))

    def guard(_look: Look) -> Text | None:
        if len(world.street.sent) == 2:
            world.ask("setNewestVersion", keys[4])
        return None

    batch = world.batch(builds, guard=guard)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 4


async def test_what_the_guard_says_is_the_reason(world: World) -> None:
    builds = await world.oldest(2)
    why = translate("batch", "Kept.")
    asked: list[Look] = []

    def guard(look: Look) -> Text | None:
        asked.append(look)
        return why if len(asked) == 1 else None

    batch = world.batch(builds, guard=guard)
    await batch.run()
    assert [(row.state, row.reason) for row in batch.rows] == [(RowState.KEPT, why), (RowState.DELETED, None)]
    assert [look.latest for look in asked] == [frozenset(world.latest())] * 2
    assert [look.build and look.build.build_key for look in asked] == [build.build_key for build in builds]
    world.check(batch.rows)


async def test_where_the_latest_never_stays_the_build_is_kept(world: World) -> None:
    (build,) = await world.oldest(1)
    keys = list(world.service.build_keys(world.app.app_key, page=1))

    def guard(_look: Look) -> Text | None:
        keys.insert(0, keys.pop())
        world.ask("setNewestVersion", keys[0])
        world.service.publish_build(world.app.app_key, publishing=False)
        return None

    batch = world.batch([build], guard=guard)
    await batch.run()
    assert states(batch) == [RowState.KEPT]
    assert not world.street.sent
    assert batch.view is not None
    now = world.service.build_keys(world.app.app_key, page=batch.view.number)
    assert [row.build_key for row in batch.view.builds] == list(now), "the page that was read last is the one to show"


async def test_a_frozen_plan_of_another_app_deletes_nothing(world: World) -> None:
    frozen = planned(world.at("yunfan"), await world.at("yunfan").builds(), Rules(newest=70))
    guard = guard_of(frozen, frozenset)
    batch = world.batch(await world.oldest(2), guard=guard)
    await batch.run()
    assert states(batch) == [RowState.KEPT] * 2


async def test_an_unsettled_build_is_kept(world: World) -> None:
    builds = await world.oldest(2)
    world.street.on_delete = lambda _key: LOST
    world.street.on_read = lambda _operation: LOST if world.street.sent else None
    first = world.batch(builds[:1])
    await first.run()
    assert states(first) == [RowState.UNKNOWN]
    world.street.on_delete = world.street.on_read = lambda _what: None
    second = world.batch(builds)
    await second.run()
    assert states(second) == [RowState.KEPT, RowState.DELETED]
    assert "not known yet" in sources(second.rows[0].reason)
    assert world.street.sent[builds[0].build_key] == 1


# Pausing and stopping


async def test_it_pauses_between_two_deletes_and_goes_on(world: World) -> None:
    builds = await world.oldest(5)
    batch = world.batch(builds)
    assert phase_of(batch) is Phase.READY
    phases: list[Phase] = []

    def on_change(row: BatchRow | None) -> None:
        phases.append(batch.phase)
        if row is not None and row.place == 1 and row.state is RowState.UNDER_WAY:
            batch.pause()

    running = asyncio.create_task(batch.run(on_change))
    await until(lambda: batch.phase is Phase.PAUSED)
    await asyncio.sleep(0.05)
    assert states(batch) == [RowState.DELETED] * 2 + [RowState.WAITING] * 3
    assert Phase.PAUSING in phases
    batch.resume()
    await running
    assert states(batch) == [RowState.DELETED] * 5
    assert phase_of(batch) is Phase.ENDED
    world.check(batch.rows)


async def test_stopping_leaves_the_rest_which_another_run_does_and_nothing_twice(world: World) -> None:
    builds = await world.oldest(6)
    world.street.on_delete = lambda key: FAILING if key == builds[0].build_key else None
    batch = world.batch(builds + builds)
    assert len(batch.rows) == 6

    def on_change(row: BatchRow | None) -> None:
        if row is not None and row.place == 2 and row.state is RowState.UNDER_WAY:
            batch.stop()
            assert batch.phase is Phase.STOPPING

    report = await batch.run(on_change)
    assert states(batch) == [RowState.NOT_DONE, *[RowState.DELETED] * 2, *[RowState.WAITING] * 3]
    assert report.halted is not None
    world.check(report.rows)
    again = await batch.run()
    assert states(batch) == [RowState.NOT_DONE, *[RowState.DELETED] * 5]
    assert again.halted is None
    await batch.run()
    world.check(again.rows)


async def test_stopped_while_it_pauses_or_before_it_begins_it_ends(world: World) -> None:
    batch = world.batch(await world.oldest(2))
    batch.stop()
    await batch.run()
    assert states(batch) == [RowState.WAITING] * 2
    running = asyncio.create_task(batch.run())
    batch.pause()
    await until(lambda: batch.phase is Phase.PAUSED)
    batch.stop()
    await running
    assert batch.phase is Phase.ENDED
    assert not world.street.sent


async def test_after_as_many_as_may_go_at_once_it_waits_for_a_word_and_looks_at_all_anew(world: World) -> None:
    builds = await world.oldest(5)
    pinned: set[str] = set()
    frozen = planned(world, await world.builds(), Rules(newest=20))
    batch = Batch(
        world.session, world.app, builds, guard=guard_of(frozen, lambda: pinned), most=2, manners=HASTY, page=3
    )
    assert (batch.progress.done, batch.progress.total, batch.progress.next) == (0, 5, 2)
    assert batch.progress.seconds_left is None, "nothing is known of the pace yet"
    running = asyncio.create_task(batch.run())
    await until(lambda: phase_of(batch) is Phase.BETWEEN)
    await asyncio.sleep(0.05)
    assert states(batch) == [RowState.DELETED] * 2 + [RowState.WAITING] * 3
    assert (batch.progress.done, batch.progress.next) == (2, 2)
    world.ask("setNewestVersion", builds[2].build_key)
    pinned.add(builds[3].build_key)
    batch.go_on()
    await running
    assert states(batch) == [RowState.DELETED] * 2 + [RowState.KEPT] * 2 + [RowState.DELETED]
    assert batch.report.halted is None
    world.check(batch.rows)


async def test_one_word_is_enough_where_it_was_paused_at_its_last_delete(world: World) -> None:
    batch = Batch(world.session, world.app, await world.oldest(4), most=2, manners=HASTY)

    def on_change(row: BatchRow | None) -> None:
        if row is not None and row.place == 1 and row.state is RowState.UNDER_WAY:
            batch.pause()

    running = asyncio.create_task(batch.run(on_change))
    await until(lambda: phase_of(batch) is Phase.BETWEEN)
    batch.go_on()
    assert phase_of(batch) is Phase.RUNNING
    await asyncio.wait_for(running, 2)
    assert states(batch) == [RowState.DELETED] * 4
    world.check(batch.rows)


async def test_a_limit_that_is_changed_meanwhile_holds_for_the_next_ones(world: World) -> None:
    batch = Batch(world.session, world.app, await world.oldest(6), most=3, manners=HASTY)
    running = asyncio.create_task(batch.run())
    await until(lambda: phase_of(batch) is Phase.BETWEEN)
    batch.limit(1)
    assert batch.progress.next == 1
    batch.go_on()
    await until(lambda: states(batch).count(RowState.DELETED) == 4)
    await until(lambda: phase_of(batch) is Phase.BETWEEN)
    batch.limit(2)
    assert batch.progress.next == 2
    batch.go_on()
    await asyncio.wait_for(running, 2)
    world.check(batch.rows)


async def test_how_far_it_is_costs_nothing_among_twenty_thousand(world: World) -> None:
    (one,) = await world.oldest(1)
    batch = world.batch([replace(one, build_key=f"{number:032x}") for number in range(20_000)])
    begun = time.perf_counter()
    for _ in range(100):
        assert batch.progress.done == 0
        assert len(batch.rows_keys) == 20_000
    assert time.perf_counter() - begun < 0.2, "with each change of a row the window asks several times"


async def test_waiting_for_its_turn_it_hears_at_once_that_it_is_to_pause_or_stop(world: World) -> None:
    batch = world.batch(await world.oldest(3))
    async with world.session.turns:  # another app's queue is at it
        running = asyncio.create_task(batch.run())
        await asyncio.sleep(0.02)
        batch.pause()
        assert phase_of(batch) is Phase.PAUSED
        await asyncio.sleep(0.02)
        batch.resume()
        assert phase_of(batch) is Phase.RUNNING
        await asyncio.sleep(0.02)
        batch.stop()
        report = await asyncio.wait_for(running, 1)
        assert world.session.turns.locked()
    assert [row.state for row in report.rows] == [RowState.WAITING] * 3
    assert not world.street.requests
    assert not world.session.turns.locked(), "it is nobody's turn"


@pytest.mark.parametrize("paused", [True, False])
async def test_paused_or_stopped_while_it_looks_nothing_is_sent(world: World, paused: bool) -> None:
    batch = world.batch(await world.oldest(3))

    def on_read(_operation: str) -> None:
        world.street.on_read = lambda _operation: None
        (batch.pause if paused else batch.stop)()

    world.street.on_read = on_read
    running = asyncio.create_task(batch.run())
    await until(lambda: batch.phase is (Phase.PAUSED if paused else Phase.ENDED))
    await asyncio.sleep(0.05)
    assert states(batch) == [RowState.WAITING] * 3
    assert not world.street.sent
    batch.resume()
    assert (await running).tally.deleted == (3 if paused else 0)


async def test_stopped_while_it_waits_for_a_word_the_rest_is_not_begun(world: World) -> None:
    batch = Batch(world.session, world.app, await world.oldest(5), most=3, manners=HASTY)
    running = asyncio.create_task(batch.run())
    await until(lambda: phase_of(batch) is Phase.BETWEEN)
    assert (batch.progress.seconds_left or 0) > 0
    batch.stop()
    report = await asyncio.wait_for(running, 2)
    assert states(batch) == [RowState.DELETED] * 3 + [RowState.WAITING] * 2
    assert "2 build(s) not begun." in [plainly(sentence) for sentence in report.sentences]
    assert report.halted is not None
    world.check(report.rows)


async def test_it_runs_once_at_a_time(world: World) -> None:
    batch = world.batch(await world.oldest(2))
    running = asyncio.create_task(batch.run())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="already"):
        await batch.run()
    await running
    world.check(batch.rows)


async def test_nothing_chosen_is_nothing_done(world: World) -> None:
    report = await world.batch([]).run()
    assert report.tally == Tally()
    assert not world.street.requests


@pytest.mark.parametrize("place", [0, 2])
async def test_cancelled_in_a_delete_it_is_unknown_and_the_rest_not_begun(world: World, place: int) -> None:
    builds = await world.oldest(4)
    world.street.on_delete = lambda key: HANGING if key == builds[place].build_key else None
    batch = world.batch(builds)
    running = asyncio.create_task(batch.run())
    await world.street.hanging.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    expected = [RowState.DELETED] * place + [RowState.UNKNOWN] + [RowState.WAITING] * (3 - place)
    assert states(batch) == expected
    assert batch.report.halted is not None
    world.check(batch.rows)
    # Another run neither sends it again nor leaves it unknown.
    await batch.run()
    assert states(batch)[place] is RowState.NOT_DONE
    world.check(batch.rows)


async def test_cancelled_in_a_look_nothing_was_sent(world: World) -> None:
    builds = await world.oldest(3)
    world.street.on_read = lambda operation: HANGING if operation == "check" and world.street.sent else None
    batch = world.batch(builds)
    running = asyncio.create_task(batch.run())
    await world.street.hanging.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert states(batch) == [RowState.DELETED, RowState.WAITING, RowState.WAITING]
    world.check(batch.rows)


# The disk


class Disk:
    """Has what is added to a journal fail from the `good`-th time on, until it is `mended`."""

    def __init__(self, good: int) -> None:
        self.good = good
        self.mended = False

    def __enter__(self) -> Disk:
        real = line_file._write

        def write(handle: int, data: bytes) -> None:
            self.good -= 1
            if self.good < 0 and not self.mended:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(handle, data)

        self._patch = patch.object(line_file, "_write", write)
        self._patch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


@pytest.mark.parametrize("good", [0, 3, 4])
async def test_a_full_disk_stops_it_before_anything_is_sent_unrecorded(
    world: World, good: int, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.changes.recorder")
    builds = await world.oldest(5)
    batch = world.batch(builds)
    with Disk(good) as disk:
        report = await batch.run()
        done = (good + 1) // 2
        assert states(batch) == [RowState.DELETED] * done + [RowState.WAITING] * (5 - done)
        assert len(world.street.sent) == done
        assert "There is no room for the journal" in sources(report.halted)
        assert (report.unrecorded is not None) == bool(good % 2)
        disk.mended = True
        again = await batch.run()
    assert again.unrecorded is None
    assert states(batch) == [RowState.DELETED] * 5
    world.check(batch.rows)


# The service says that it is too much


def once(*fates: str | None) -> Callable[[str], str | None]:
    """Each fate in its turn, and then none."""
    left: Iterator[str | None] = iter(fates)
    return lambda _what: next(left, None)


async def test_a_busy_service_is_waited_for_and_it_says_until_when(world: World) -> None:
    builds = await world.oldest(3)
    world.street.on_read = once(None, None, None, BUSY)
    now = datetime(2025, 3, 12, tzinfo=UTC)
    batch = Batch(world.session, world.app, builds, manners=replace(HASTY, busy=(0.2,)), now=lambda: now)
    running = asyncio.create_task(batch.run())
    await until(lambda: batch.phase is Phase.HOLDING)
    assert batch.waiting_until is not None
    assert (batch.waiting_until - now).total_seconds() == pytest.approx(0.2)
    batch.pause()
    batch.resume()
    await asyncio.sleep(0.05)
    assert batch.phase is Phase.HOLDING
    await running
    assert phase_of(batch) is Phase.ENDED
    assert states(batch) == [RowState.DELETED] * 3
    world.check(batch.rows)


async def test_a_service_that_stays_busy_ends_it(world: World) -> None:
    builds = await world.oldest(3)
    world.street.on_read = lambda _operation: BUSY
    batch = world.batch(builds)
    report = await batch.run()
    assert states(batch) == [RowState.WAITING] * 3
    assert "still busy" in sources(report.halted)
    assert sum(world.street.requests.values()) == 3


async def test_a_long_wait_can_be_stopped(world: World) -> None:
    batch = world.batch(await world.oldest(2), manners=Manners())
    world.street.on_read = lambda _operation: BUSY
    running = asyncio.create_task(batch.run())
    await until(lambda: batch.phase is Phase.HOLDING)
    batch.stop()
    await asyncio.wait_for(running, 2)
    assert states(batch) == [RowState.WAITING] * 2


async def test_a_busy_answer_to_a_delete_does_not_send_it_again(world: World) -> None:
    builds = await world.oldest(2)
    world.street.on_delete = once(BUSY)
    batch = world.batch(builds)
    await batch.run()
    assert states(batch) == [RowState.NOT_DONE, RowState.DELETED]
    world.check(batch.rows)


@pytest.mark.parametrize(
    ("where", "first"),
    [("look", RowState.WAITING), ("delete", RowState.NOT_DONE), ("read afterwards", RowState.UNKNOWN)],
)
async def test_the_limit_of_an_hour_ends_it(world: World, where: str, first: RowState) -> None:
    builds = await world.oldest(3)
    if where == "delete":
        world.street.on_delete = once(HOUR)
    else:
        world.street.on_read = lambda _operation: HOUR if where == "look" or world.street.sent else None
    batch = world.batch(builds)
    report = await batch.run()
    assert states(batch) == [first, RowState.WAITING, RowState.WAITING]
    assert report.halted is not None
    assert "within the hour" in report.halted.source
    asked = sum(world.street.requests.values())
    if first is not RowState.UNKNOWN:
        world.check(report.rows)
    world.street.on_read = lambda _operation: None
    await batch.run()
    assert states(batch)[1:] == [RowState.DELETED] * 2
    assert states(batch)[0] is not RowState.UNKNOWN
    assert sum(world.street.requests.values()) > asked
    world.check(batch.rows)


async def test_a_rejected_key_ends_it(world: World) -> None:
    batch = world.batch(await world.oldest(3))
    world.street.on_read = lambda _operation: KEY
    report = await batch.run()
    assert states(batch) == [RowState.WAITING] * 3
    assert "does not accept the API key" in sources(report.halted)


async def test_a_look_that_fails_for_a_moment_is_repeated(world: World) -> None:
    batch = world.batch(await world.oldest(2))
    world.street.on_read = once(LOST, None, LOST)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 2


async def test_a_service_that_cannot_be_read_any_more_ends_it(world: World) -> None:
    builds = await world.oldest(9)
    world.street.on_read = lambda _operation: LOST if len(world.street.sent) >= 2 else None
    batch = world.batch(builds)
    report = await batch.run()
    assert states(batch)[0] is RowState.DELETED
    # Its reply came, but nothing could be read afterwards.
    assert states(batch)[1] is RowState.UNKNOWN
    assert states(batch)[2:] == [RowState.NOT_DONE] * 4 + [RowState.WAITING] * 3
    assert "several builds in a row" in sources(report.halted)
    assert all("nothing was sent" in sources(row.reason) for row in report.of(RowState.NOT_DONE))
    # Settled by the window meanwhile, it is no longer unknown in another run.
    world.street.on_read = lambda _operation: None
    (entry,) = world.session.unsettled
    await world.session.settle(entry)
    await batch.run()
    assert states(batch) == [RowState.DELETED] * 2 + [RowState.NOT_DONE] * 4 + [RowState.DELETED] * 3
    world.check(batch.rows)


async def test_a_delete_of_which_nothing_is_known_is_settled_in_the_end(world: World) -> None:
    builds = await world.oldest(3)
    fates = {builds[0].build_key: LOST_AFTER, builds[1].build_key: LOST}
    blind: list[str] = []

    def on_delete(key: str) -> str | None:
        blind.extend([LOST] * (ATTEMPTS if key in fates else 0))
        return fates.get(key)

    seen: list[tuple[int, RowState]] = []
    world.street.on_delete = on_delete
    world.street.on_read = lambda _operation: blind.pop() if blind else None
    batch = world.batch(builds)
    report = await batch.run(lambda row: seen.append((row.place, row.state)) if row is not None else None)
    assert states(batch) == [RowState.DELETED, RowState.NOT_DONE, RowState.DELETED]
    assert {(0, RowState.UNKNOWN), (1, RowState.UNKNOWN)} <= set(seen)
    assert report.halted is None
    world.check(batch.rows)


async def test_a_success_that_is_none_is_told(world: World) -> None:
    (build,) = await world.oldest(1)
    batch = world.batch([build])
    with patch.object(Client, "delete_build", autospec=True) as nothing:
        await batch.run()
    assert nothing.call_count == 1
    assert states(batch) == [RowState.NOT_DONE]
    assert "still has it" in sources(batch.rows[0].reason)


# The report


async def test_the_report_as_markdown_names_each_build_and_no_secret(world: World) -> None:
    builds = (await world.builds())[:3] + await world.oldest(1)
    hostile = f"@all <b>`x`</b> _api_key={'0' * 32} {'d' * 32}"
    app = KnownApp(world.app.app_key, hostile)
    batch = Batch(world.session, app, builds, manners=HASTY, account_name="Acme\n# Title")
    report = await batch.run()
    text = as_markdown(report, say=plainly)
    assert "- Account: `Acme # Title`\n" in text
    assert "- 3 build(s) deleted.\n" in text
    assert "- 1 build(s) kept.\n" in text
    assert "It is the latest now" in text
    assert "\n\n#### Kept (1)\n\n- " in text
    assert "\n\n#### Deleted (3)\n\n- " in text
    assert text.endswith("\n")
    assert all(build.build_key in text for build in builds)
    assert "0" * 32 not in text
    assert "d" * 32 not in text
    assert DEMO_KEY not in text
    # Within code, in which nothing acts.
    assert "- App: ``@all <b>`x`</b> _api_key=[redacted] [redacted]``\n" in text


def test_a_report_says_everything_that_matters() -> None:
    states_of = list(RowState)
    rows = tuple(
        BatchRow(place, Build(f"{place:032x}", version="1.0", size=None if place else 5), state)
        for place, state in enumerate([*states_of, RowState.DELETED])
    )
    why = translate("batch", "It was stopped.")
    report = BatchReport("Acme", "a" * 32, "Harbour", None, None, rows, why, why)
    assert report.tally == Tally(1, 1, 2, 1, 1, 1, 1, freed=0, unsized=2)
    assert (report.tally.total, report.tally.finished) == (8, 6)
    said = " ".join(plainly(sentence) for sentence in report.sentences)
    assert said == (
        "2 build(s) deleted. Of 1 build(s) it is not known yet whether they were deleted. That is found out by reading."
        " 1 build(s) could not be deleted. 1 build(s) kept. 1 build(s) were gone already. 1 build(s) not begun. It was"
        " stopped. Some endings could not be written into the journal yet. It was stopped."
    )
    assert "- Space freed: `0 B (without 2 build(s) of unknown size)`" in as_markdown(report, say=plainly)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (10_500_000, "10.5 MB"),
        (999_999_999, "1.0 GB"),
        (sys.maxsize, "9.2 EB"),
        (10**24, "1000000.0 EB"),
    ],
)
def test_sizes_are_told_as_people_say_them(size: int, text: str) -> None:
    assert size_text(size) == text


SECOND = datetime(2025, 3, 1, tzinfo=UTC)


def _view(number: int, *builds: Build) -> PageView:
    return PageView("app", number, 9, builds, Latest(LatestSource.UNKNOWN), SECOND)


def _numbered(*numbers: int) -> tuple[Build, ...]:
    return tuple(Build(f"key{number}", pgyer_build=number) for number in numbers)


def _uploaded(*seconds: int) -> tuple[Build, ...]:
    return tuple(Build(f"key{second}", created=SECOND + timedelta(seconds=second)) for second in seconds)


@pytest.mark.parametrize("others", [_numbered(7, 5, 3), _uploaded(7, 5, 3)], ids=["by number", "by time"])
@pytest.mark.parametrize(("own", "side"), [(9, -1), (7, -1), (6, 0), (4, 0), (3, 1), (1, 1)])
def test_a_page_tells_on_which_side_of_it_a_build_is(own: int, side: int, others: tuple[Build, ...]) -> None:
    """Newer builds stand on pages before it. At its ends it may be on either side: it is looked for outwards."""
    make = _numbered if others[0].pgyer_build is not None else _uploaded
    (build,) = make(own)
    assert _side(build, _view(2, *others)) == side


def test_a_page_that_tells_nothing_leaves_the_side_open() -> None:
    (build,) = _numbered(5)
    assert _side(build, _view(1)) == 0, "there are no builds at all"
    assert _side(build, _view(2)) is None
    assert _side(build, _view(2, Build("unknown"))) is None
    assert _side(Build("unknown"), _view(2, *_numbered(5))) is None
    assert _side(Build("unknown"), _view(2, *_uploaded(5))) is None


# Turns


async def test_two_queues_of_an_account_take_turns_and_never_ask_at_once_and_the_window_does_not_wait(
    tmp_path: Path,
) -> None:
    with Lookalike() as service:
        account = service.world.accounts[0]
        apps = [app for app in account.apps if len(app.builds) > 20][:2]
        transport = ApiTransport(service.api_url)
        icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
        session = Session(
            Client(transport, ApiKey(account.key)), icons, Recorder(Journal.open(tmp_path / "j"), Account("a", "A"))
        )
        doomed = [[Build(one.key, pgyer_build=one.count) for one in app.builds[-4:][::-1]] for app in apps]
        batches = [
            Batch(session, KnownApp(app.key, app.name), builds, manners=HASTY)
            for app, builds in zip(apps, doomed, strict=True)
        ]
        asking, most = 0, 0
        post = transport.post

        async def counted(path: str, form: Mapping[str, str]) -> Reply:
            nonlocal asking, most
            asking += 1
            most = max(most, asking)
            try:
                return await post(path, form)
            finally:
                asking -= 1

        service.latency = 0.02
        with patch.object(transport, "post", counted):
            await asyncio.gather(*(batch.run() for batch in batches))
        assert most == 1
        assert [states(batch) for batch in batches] == [[RowState.DELETED] * 4] * 2
        first, second = ([build.build_key for build in builds] for builds in doomed)
        order = service.record.sent("app/buildDelete")
        assert order == [key for pair in zip(first, second, strict=True) for key in pair]
        async with session.turns:  # as while a queue is at it
            await asyncio.wait_for(session.builds.read(apps[0].key, 1), 5)
        await transport.aclose()
