"""A change is sent exactly once, whatever answers it, and how it ended is said by evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import NoneType
from typing import Any

import pytest

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import (
    ConnectionLostError,
    ConnectionRefusedByHostError,
    Delivery,
    HttpStatusError,
    KeyRejectedError,
    MalformedReplyError,
    NotFoundError,
    NotJsonError,
    PgyerError,
    RateLimitedError,
    RedirectedError,
    ServiceError,
)
from pgyer_desktop.api.models import ApiKey, Build
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult, judged
from pgyer_desktop.core.base.retry import ATTEMPTS
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView
from pgyer_desktop.core.changes.session import Session
from pgyer_desktop.core.changes.writes import _settles
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.faulty_server import free_port
from tests.helpers.recorders import new_recorder
from tests.helpers.sandbox import SandboxService

OPERATIONS = {
    Write.SET_LATEST: "setNewestVersion",
    Write.CLEAR_LATEST: "cancelNewestVersion",
    Write.DELETE: "buildDelete",
}
SUCCESS = '{"code":0,"message":"Done, or so it says"}'
PAGE = "<html><body>Sign in to the guest network</body></html>"


async def _no_icon(url: str) -> Reply:
    raise AssertionError(url)


def session_of(client: Client) -> Session:
    return Session(client, IconStore(None, _no_icon, icon_base="http://127.0.0.1:9"), new_recorder())


@pytest.fixture
def session(client: Client) -> Session:
    """Works in this process."""
    return session_of(client)


@pytest.fixture
def far(far_client: Client) -> Session:
    """Works over a socket."""
    return session_of(far_client)


@dataclass
class Stage:
    """A page as a person sees it before a change, and the service behind it."""

    service: SandboxService
    session: Session
    app_key: str
    page: int
    rows: tuple[Build, ...]

    async def write(self, write: Write, build: Build) -> WriteResult:
        """Make the change; the service remembers only what was asked for it."""
        self.service.forget_requests()
        result = await self.session.write(write, self.app_key, build, page=self.page)
        for kind, operation in OPERATIONS.items():
            sent = self.service.sent(operation)
            assert len(sent) == (1 if kind is write else 0), operation
            if sent:
                assert sent[0].fields == {"_api_key": True, "buildKey": build.build_key}
        assert result.write is write
        assert result.build is build
        return result

    @property
    def asked(self) -> list[str]:
        """What was asked for the change, in order."""
        return [request.operation for request in self.service.requests]

    @property
    def latest(self) -> tuple[str, ...]:
        """What the service holds for latest now."""
        return self.service.latest_keys(self.app_key)

    @property
    def held(self) -> tuple[str, ...]:
        """The builds that the service has now."""
        return self.service.build_keys(self.app_key)


async def stage(service: SandboxService, session: Session, slug: str, *, page: int = 1) -> Stage:
    app_key = service.app_key(slug)
    view = await session.builds.read(app_key, page)
    return Stage(service, session, app_key, view.number, view.builds)


def target(stage: Stage, write: Write) -> Build:
    """A build that the change makes sense for: in Harbour the second row is the latest."""
    return stage.rows[1] if write is Write.CLEAR_LATEST else stage.rows[0]


def happened(stage: Stage, write: Write, build: Build) -> bool:
    """Whether the service made the change."""
    if write is Write.DELETE:
        return build.build_key not in stage.held
    return (build.build_key in stage.latest) is (write is Write.SET_LATEST)


# The matrix: each change, each kind of answer.


@dataclass(frozen=True)
class Case:
    """What goes wrong with the change and with the read after it, and what is known then."""

    name: str
    outcome: Outcome | None
    """None: a refusal of which nothing could be read. It is believed but for a delete, which cannot be undone."""
    write_fault: dict[str, Any] = field(default_factory=dict)
    read_fault: dict[str, Any] = field(default_factory=dict)
    error: type[PgyerError | None] = NoneType
    read_error: type[PgyerError | None] = NoneType
    changed: bool = False


NEAR = [
    Case("accepted", Outcome.DONE, changed=True),
    Case("refused", Outcome.NOT_DONE, {"code": 1081}, error=ServiceError),
    Case("key rejected", Outcome.NOT_DONE, {"code": 1002}, error=KeyRejectedError),
    Case("rate limited", Outcome.NOT_DONE, {"code": 1098}, error=RateLimitedError),
    Case("gone", Outcome.NOT_DONE, {"code": 1009}, error=NotFoundError),
    Case("refused, read fails", None, {"code": 1081}, {"status": 502}, ServiceError, HttpStatusError),
    Case("gateway before the service", Outcome.NOT_DONE, {"status": 502}, error=HttpStatusError),
    Case("redirected", Outcome.NOT_DONE, {"status": 302, "headers": {"location": "/login"}}, error=RedirectedError),
    Case("web page", Outcome.NOT_DONE, {"body": PAGE, "content_type": "text/html"}, error=NotJsonError),
    Case("no envelope", Outcome.NOT_DONE, {"body": '{"hello":"world"}'}, error=MalformedReplyError),
    Case("success without a change", Outcome.CONTRADICTED, {"body": SUCCESS}),
    Case("accepted, read fails", Outcome.UNKNOWN, {}, {"status": 502}, read_error=HttpStatusError, changed=True),
    Case("accepted, read refused", Outcome.UNKNOWN, {}, {"code": 1098}, read_error=RateLimitedError, changed=True),
    Case(
        "empty success, read fails",
        Outcome.UNKNOWN,
        {"body": SUCCESS},
        {"code": 1098},
        NoneType,
        ServiceError,
    ),
    Case("gateway, read fails", Outcome.UNKNOWN, {"status": 502}, {"status": 504}, HttpStatusError, HttpStatusError),
]
LOST = {"drop_reply": True}
FAR = [
    Case("accepted", Outcome.DONE, changed=True),
    Case("reply lost", Outcome.DONE, LOST, error=ConnectionLostError, changed=True),
    Case("both replies lost", Outcome.UNKNOWN, LOST, LOST, ConnectionLostError, ConnectionLostError, changed=True),
    Case("reply lost, read fails", Outcome.UNKNOWN, LOST, {"status": 503}, ConnectionLostError, HttpStatusError, True),
    Case("gateway before the service", Outcome.NOT_DONE, {"status": 504}, error=HttpStatusError),
    Case("success without a change", Outcome.CONTRADICTED, {"body": SUCCESS}),
]


async def play(before: Stage, write: Write, case: Case) -> None:
    build = target(before, write)
    if case.write_fault:
        before.service.fail_next(f"/app/{OPERATIONS[write]}", **case.write_fault)
    repeated = "drop_reply" in case.read_fault or case.read_fault.get("status") == 503
    for _ in range((ATTEMPTS if repeated else 1) if case.read_fault else 0):
        before.service.fail_next("/app/builds", **case.read_fault)
    result = await before.write(write, build)

    unread = Outcome.UNKNOWN if write is Write.DELETE else Outcome.NOT_DONE
    assert result.outcome is (case.outcome or unread)
    assert isinstance(result.error, case.error)
    assert isinstance(result.read_error, case.read_error)
    assert happened(before, write, build) is case.changed
    assert before.asked[:2] == [OPERATIONS[write], "builds"]
    assert before.asked.count("builds") == (ATTEMPTS if repeated else 1)
    assert (result.after is None) is bool(case.read_fault)
    if result.after is not None:
        assert tuple(row.build_key for row in result.after.builds) == before.held[:20]


@pytest.mark.parametrize("write", Write)
@pytest.mark.parametrize("case", NEAR, ids=lambda case: case.name)
async def test_every_answer_has_its_outcome(
    service: SandboxService, session: Session, write: Write, case: Case
) -> None:
    await play(await stage(service, session, "harbour"), write, case)


@pytest.mark.parametrize("write", Write)
@pytest.mark.parametrize("case", FAR, ids=lambda case: case.name)
async def test_every_answer_over_a_socket_has_its_outcome(
    service: SandboxService, far: Session, write: Write, case: Case
) -> None:
    await play(await stage(service, far, "harbour"), write, case)


@pytest.mark.parametrize("write", Write)
async def test_what_could_not_be_sent_did_not_happen(service: SandboxService, session: Session, write: Write) -> None:
    before = await stage(service, session, "harbour")
    transport = ApiTransport(f"http://127.0.0.1:{free_port()}/apiv2")
    cut_off = session_of(Client(transport, ApiKey(DEMO_KEY)))
    result = await cut_off.write(write, before.app_key, target(before, write), page=1)
    await transport.aclose()
    assert result.outcome is Outcome.NOT_DONE
    assert isinstance(result.error, ConnectionRefusedByHostError)
    assert isinstance(result.read_error, ConnectionRefusedByHostError)
    assert not happened(before, write, target(before, write))


@pytest.mark.parametrize(
    ("error", "seen", "outcome"),
    [
        (None, True, Outcome.DONE),
        (None, False, Outcome.CONTRADICTED),
        (None, None, Outcome.UNKNOWN),
        (HttpStatusError("h", 502), True, Outcome.DONE),
        (HttpStatusError("h", 502), False, Outcome.NOT_DONE),
        (HttpStatusError("h", 502), None, Outcome.UNKNOWN),
        (RateLimitedError(1098, ""), None, Outcome.NOT_DONE),
        (RateLimitedError(1098, ""), False, Outcome.NOT_DONE),
        # Nobody may be told that nothing was changed while the list shows that it was.
        (RateLimitedError(1098, ""), True, Outcome.DONE),
        # What was never sent was somebody else's doing.
        (ConnectionRefusedByHostError("h", delivery=Delivery.NOT_SENT), True, Outcome.NOT_DONE),
    ],
)
def test_the_reply_and_the_read_are_judged_together(
    error: PgyerError | None, *, seen: bool | None, outcome: Outcome
) -> None:
    for write in Write:
        unread_refusal = seen is None and error is not None and error.delivery is Delivery.ANSWERED
        expected = Outcome.UNKNOWN if unread_refusal and write is Write.DELETE else outcome
        assert judged(write, error, seen=seen) is expected


@pytest.mark.parametrize("write", Write)
async def test_what_shows_at_once_is_read_once(
    service: SandboxService, session: Session, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pgyer_desktop.core.changes.writes.PAUSES_SECONDS", (0.0, 0.0))
    before = await stage(service, session, "harbour")
    result = await before.write(write, target(before, write))
    assert result.outcome is Outcome.DONE
    assert before.asked.count("builds") == 1


@pytest.mark.parametrize("write", Write)
async def test_what_was_refused_is_read_once(
    service: SandboxService, session: Session, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It need not be waited for: nothing is going to show."""
    monkeypatch.setattr("pgyer_desktop.core.changes.writes.PAUSES_SECONDS", (0.0, 0.0))
    before = await stage(service, session, "harbour")
    service.fail_next(OPERATIONS[write], code=1200, message="not now")
    result = await before.write(write, target(before, write))
    assert result.outcome is Outcome.NOT_DONE
    assert before.asked.count("builds") == 1


# What is said of the latest afterwards.


async def test_after_a_set_the_build_is_the_latest_on_the_page(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "harbour")
    result = await before.write(Write.SET_LATEST, before.rows[3])
    assert result.latest is not None
    assert result.latest.build_key == before.rows[3].build_key
    assert before.latest == (before.rows[3].build_key,)
    assert session.builds.latest_seen(before.app_key) == result.latest


async def test_after_a_clear_the_service_says_what_is_offered_now(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "harbour")
    result = await before.write(Write.CLEAR_LATEST, before.rows[1])
    assert result.outcome is Outcome.DONE
    assert result.latest is not None
    assert result.latest.build_key == before.rows[0].build_key


async def test_clearing_the_only_build_leaves_no_latest(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "firstlight")
    result = await before.write(Write.CLEAR_LATEST, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.latest is None
    assert before.latest == ()


async def test_clearing_what_is_not_latest_is_done_and_leaves_the_latest(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "harbour")
    result = await before.write(Write.CLEAR_LATEST, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.latest == before.rows[1]


async def test_setting_what_is_latest_already_is_done(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "harbour")
    assert (await before.write(Write.SET_LATEST, before.rows[1])).outcome is Outcome.DONE


async def test_a_build_still_being_published_is_refused_as_latest(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "shanque")
    result = await before.write(Write.SET_LATEST, before.rows[0])
    assert result.outcome is Outcome.NOT_DONE
    assert isinstance(result.error, ServiceError)
    assert result.error.code == 1247
    assert result.latest == before.rows[1]


async def test_where_several_were_latest_a_set_leaves_one(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "tworivers")
    result = await before.write(Write.SET_LATEST, before.rows[1])
    assert result.outcome is Outcome.DONE
    assert before.latest == (before.rows[1].build_key,)


async def test_where_several_are_latest_a_clear_takes_one_of_them(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "tworivers")
    result = await before.write(Write.CLEAR_LATEST, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.latest is not None
    assert result.latest.build_key == before.rows[3].build_key


async def test_where_several_stay_latest_none_is_called_the_one(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "tworivers")
    result = await before.write(Write.DELETE, before.rows[8])
    assert result.after is not None
    assert len(result.after.latest.keys) == 2
    assert result.latest is None


async def test_a_deleted_latest_is_not_remembered_as_the_latest(service: SandboxService, session: Session) -> None:
    app_key = service.app_key("harbour")
    on_page_two = (await session.builds.read(app_key, 2)).builds[4]
    before = await stage(service, session, "harbour", page=2)
    await before.write(Write.SET_LATEST, on_page_two)
    assert session.builds.latest_seen(app_key) is not None

    # The service makes one of page 1 the latest, which page 2 does not show.
    result = await before.write(Write.DELETE, on_page_two)
    assert result.outcome is Outcome.DONE
    assert result.latest is None
    assert session.builds.latest_seen(app_key) is None


@pytest.mark.parametrize("fault", [{"body": PAGE, "content_type": "text/html"}, {"status": 502}])
async def test_what_may_have_changed_is_not_remembered_when_it_cannot_be_read(
    service: SandboxService, session: Session, fault: dict[str, Any]
) -> None:
    before = await stage(service, session, "harbour")
    service.fail_next("/app/setNewestVersion", **fault)
    service.fail_next("/app/builds", status=502)
    await before.write(Write.SET_LATEST, before.rows[0])
    assert session.builds.latest_seen(before.app_key) is None


async def test_a_refusal_leaves_what_was_known(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "harbour")
    service.fail_next("/app/setNewestVersion", code=1098)
    service.fail_next("/app/builds", status=502)
    await before.write(Write.SET_LATEST, before.rows[0])
    assert session.builds.latest_seen(before.app_key) == before.rows[1]


# Rows that do not say what is latest.


@pytest.mark.parametrize(("write", "row"), [(Write.SET_LATEST, 5), (Write.CLEAR_LATEST, 2)])
async def test_where_rows_do_not_say_it_check_settles_it(
    service: SandboxService, session: Session, write: Write, row: int
) -> None:
    before = await stage(service, session, "millpond")
    assert before.rows[row].latest is None
    result = await before.write(write, before.rows[row])
    assert result.outcome is Outcome.DONE
    assert before.asked == [OPERATIONS[write], "builds", "check"]
    assert result.after is not None
    assert result.after.latest.source is LatestSource.CHECK
    assert result.latest is not None
    assert (result.latest.build_key,) == before.latest


@pytest.mark.parametrize(("write", "row"), [(Write.SET_LATEST, 5), (Write.CLEAR_LATEST, 2)])
async def test_where_rows_do_not_say_it_check_contradicts(
    service: SandboxService, session: Session, write: Write, row: int
) -> None:
    before = await stage(service, session, "millpond")
    service.fail_next(f"/app/{OPERATIONS[write]}", body=SUCCESS)
    assert (await before.write(write, before.rows[row])).outcome is Outcome.CONTRADICTED


async def test_where_neither_rows_nor_check_say_it_nothing_is_claimed(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "millpond")
    service.fail_next("/app/check", status=502)
    service.fail_next("/app/check", status=504)
    result = await before.write(Write.SET_LATEST, before.rows[5])
    assert result.outcome is Outcome.UNKNOWN
    assert result.after is not None
    assert isinstance(result.read_error, HttpStatusError)


async def test_a_check_that_failed_is_asked_once_more_before_giving_up(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "millpond")
    service.fail_next("/app/check", status=502)
    assert (await before.write(Write.SET_LATEST, before.rows[5])).outcome is Outcome.DONE


async def test_the_latest_that_only_check_knows_of_may_be_on_another_page(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "millpond", page=2)
    await before.write(Write.SET_LATEST, before.rows[0])
    result = await before.write(Write.CLEAR_LATEST, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.latest is not None
    assert (result.latest.build_key,) == before.latest
    assert result.latest.version


async def test_a_lost_reply_of_a_set_is_settled_by_check_where_rows_do_not_say_it(
    service: SandboxService, far: Session
) -> None:
    before = await stage(service, far, "millpond")
    service.fail_next("/app/setNewestVersion", drop_reply=True)
    result = await before.write(Write.SET_LATEST, before.rows[5])
    assert result.outcome is Outcome.DONE
    assert isinstance(result.error, ConnectionLostError)


# Rows that move while one looks.


async def upload(service: SandboxService, app_key: str, count: int = 1) -> None:
    for _ in range(count):
        service.publish_build(app_key)


async def test_a_build_that_moved_to_another_page_is_found_as_the_latest(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "harbour")
    last_row = before.rows[-1]
    await upload(service, before.app_key)
    result = await before.write(Write.SET_LATEST, last_row)
    assert result.outcome is Outcome.DONE
    assert result.after is not None
    assert result.after.build(last_row.build_key) is None
    assert before.asked[2:] == ["view"]


async def test_a_build_that_moved_and_is_not_the_latest_contradicts_a_success(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "harbour")
    await upload(service, before.app_key)
    service.fail_next("/app/setNewestVersion", body=SUCCESS)
    assert (await before.write(Write.SET_LATEST, before.rows[-1])).outcome is Outcome.CONTRADICTED


async def test_a_build_that_moved_is_no_longer_the_latest_after_a_clear(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "harbour")
    await upload(service, before.app_key, 19)  # the latest, the second row, is the first of page 2 now
    result = await before.write(Write.CLEAR_LATEST, before.rows[1])
    assert result.outcome is Outcome.DONE
    assert (result.latest.build_key if result.latest else None) != before.rows[1].build_key


@pytest.mark.parametrize(
    ("fault", "outcome"), [({"drop_reply": True}, Outcome.DONE), ({"status": 502}, Outcome.NOT_DONE)]
)
async def test_a_lost_reply_of_a_delete_is_settled_by_looking_for_the_build_itself(
    service: SandboxService, far: Session, fault: dict[str, Any], outcome: Outcome
) -> None:
    before = await stage(service, far, "harbour")
    await upload(service, before.app_key)
    service.fail_next("/app/buildDelete", **fault)
    last_row = before.rows[-1]
    result = await before.write(Write.DELETE, last_row)
    assert result.outcome is outcome
    # Described, it is there. Else the list shows whether it is gone: here where one page ends and the next begins.
    looked = [] if outcome is Outcome.NOT_DONE else ["builds"] * 4
    assert before.asked == ["buildDelete", "builds", "view", *looked]
    assert (last_row.build_key in before.held) is (outcome is Outcome.NOT_DONE)


async def test_a_lost_reply_of_a_delete_that_cannot_be_looked_for_stays_unknown(
    service: SandboxService, far: Session
) -> None:
    before = await stage(service, far, "harbour")
    service.fail_next("/app/buildDelete", drop_reply=True)
    service.fail_next("/app/view", code=1098)
    result = await before.write(Write.DELETE, before.rows[0])
    assert result.outcome is Outcome.UNKNOWN
    assert isinstance(result.error, ConnectionLostError)
    assert isinstance(result.read_error, RateLimitedError)
    assert result.after is not None


async def test_a_delete_that_somebody_else_was_faster_with_is_done_whoever_did_it(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "harbour")
    service.answer("buildDelete", {"_api_key": DEMO_KEY, "buildKey": before.rows[2].build_key})
    result = await before.write(Write.DELETE, before.rows[2])
    assert result.outcome is Outcome.DONE
    assert isinstance(result.error, NotFoundError)
    assert result.after is not None
    assert result.after.build(before.rows[2].build_key) is None


# The ends of the list.


async def test_deleting_the_last_row_of_the_last_page_steps_back(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "maitian", page=2)
    assert len(before.rows) == 1
    result = await before.write(Write.DELETE, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.after is not None
    assert (result.after.number, result.after.page_count, len(result.after.builds)) == (1, 1, 20)


async def test_deleting_the_only_build_leaves_an_empty_first_page(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "firstlight")
    result = await before.write(Write.DELETE, before.rows[0])
    assert result.outcome is Outcome.DONE
    assert result.after is not None
    assert (result.after.number, result.after.builds) == (1, ())
    assert result.latest is None


async def test_a_lost_set_in_an_app_that_was_emptied_meanwhile_did_not_happen(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "firstlight")
    service.fail_next("/app/setNewestVersion", status=502)
    service.answer("buildDelete", {"_api_key": DEMO_KEY, "buildKey": before.rows[0].build_key})
    result = await before.write(Write.SET_LATEST, before.rows[0])
    assert result.outcome is Outcome.NOT_DONE
    assert result.read_error is None
    assert before.asked == ["setNewestVersion", "builds", "view"]


async def test_deleting_the_whole_last_page_of_rows_without_a_mark_steps_back(
    service: SandboxService, session: Session
) -> None:
    before = await stage(service, session, "millpond", page=2)
    for row in before.rows:
        result = await before.write(Write.DELETE, row)
        assert result.outcome is Outcome.DONE
    assert result.after is not None
    assert result.after.number == 1


async def test_after_a_change_nothing_read_ahead_is_shown(service: SandboxService, session: Session) -> None:
    before = await stage(service, session, "harbour")
    for write in Write:
        await session.builds.prefetch(before.app_key, 2)
        await before.write(write, before.rows[4])
        assert session.builds.read_ahead(before.app_key, 2) is None


# The rest of a session.


async def test_a_session_asks_for_what_a_device_would_be_told(service: SandboxService, session: Session) -> None:
    told = await session.check_update(service.app_key("harbour"), version="1.0", pgyer_build="3", channel="partners")
    assert told.version_sent
    (request,) = service.sent("check")
    assert {name: request.fields[name] for name in ("buildVersion", "buildBuildVersion", "channelKey")} == {
        "buildVersion": "1.0",
        "buildBuildVersion": "3",
        "channelKey": "partners",
    }


async def test_a_session_lists_and_finds_apps(service: SandboxService, session: Session) -> None:
    parts: list[object] = []
    note: Callable[[object], None] = parts.append
    listed = await session.list_apps(on_part=note)
    assert listed.complete
    assert (await session.find_app(service.app_key("lantern"))).name == "Lantern"
    assert len(listed.apps) == 19


@pytest.mark.parametrize(
    ("number", "counted", "settled"), [(3, 3, True), (3, None, False), (2, 3, False), (3, 4, False)]
)
def test_a_build_older_than_a_page_is_gone_only_where_the_service_counts_no_page_behind_it(
    number: int, counted: int | None, settled: bool
) -> None:
    rows = (Build("newer", pgyer_build=9), Build("new", pgyer_build=8))
    now = datetime(2025, 3, 1, tzinfo=UTC)
    page = PageView("app", number, 3, rows, Latest(LatestSource.ROWS), now, counted=counted)
    assert _settles(page, Build("old", pgyer_build=7)) is settled
