"""The program against the second look-alike, which shares no code with its sandbox: `tests/lookalike`."""

from __future__ import annotations

import base64
import gzip
import json
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSpinBox, QTableView, QTextEdit

from pgyer_desktop.api import Build, transport
from pgyer_desktop.api.waking import WakeWatch
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.shell.program import Program
from tests.e2e import errands
from tests.e2e.conftest import running
from tests.e2e.person import Person
from tests.helpers.waiting import until
from tests.lookalike import Behaviour, BuildKeyField, Lookalike, Request, Successor, faults, furnished
from tests.lookalike.record import IN_FORM

WRITES = ("app/setNewestVersion", "app/cancelNewestVersion", "app/buildDelete")

NOBODY_TELLS = Behaviour(rows_say_latest=False, offers_newest_without_latest=False)

BEHAVIOURS = {
    "as it was seen": Behaviour(),
    "numbers are numbers": Behaviour(numbers_are_strings=False),
    "rows as documented": Behaviour(documented_only=True, numbers_are_strings=False, list_my_is_array=True),
    "rows say nothing of the latest": Behaviour(rows_say_latest=False),
    "nothing is offered without a latest": Behaviour(offers_newest_without_latest=False),
    "nobody tells what is the latest once none is": NOBODY_TELLS,
    "several are the latest": Behaviour(several_latest=True, upload_becomes_latest=False),
    "the newest follows": Behaviour(after_clear=Successor.NEWEST, after_delete=Successor.NEWEST),
    "the one before follows": Behaviour(after_clear=Successor.PREVIOUS, after_delete=Successor.PREVIOUS),
    "view describes another": Behaviour(view_of_gone_shows_another=True),
    "builds lists the asked one alone": Behaviour(builds_with_build_key=BuildKeyField.ONLY),
    "builds lists none where one is asked for": Behaviour(builds_with_build_key=BuildKeyField.EMPTY),
    "an older check": Behaviour(old_check=True, escapes_download_url=False),
    "seven a page": Behaviour(page_size=7),
}

Serve = Callable[[Behaviour], Lookalike]
Start = Callable[[Lookalike], AbstractAsyncContextManager[tuple[Program, Person]]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service that behaves like this; it ends with the test."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(Lookalike(furnished(behaviour)))


@pytest.fixture
def service(serve: Serve) -> Lookalike:
    return serve(Behaviour())


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Start:
    """Starts the program on a service, and closes it as a person does."""
    return lambda service: running(service, tmp_path)


def key_of(service: Lookalike) -> str:
    return service.world.accounts[0].key


def written(service: Lookalike) -> dict[str, list[str]]:
    """Which builds each change was sent for."""
    return {name: service.record.sent(name) for name in WRITES}


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=BEHAVIOURS.keys())
async def test_the_main_job_is_done_however_the_service_behaves(
    serve: Serve, start: Start, behaviour: Behaviour
) -> None:
    service = serve(behaviour)
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        assert person.keys == [build.key for build in app.builds[: behaviour.page_size]]
        pages = await errands.turn_pages(person)
        assert [key for page in pages[:2] for key in page] == [
            build.key for build in app.builds[: 2 * behaviour.page_size]
        ]
        await until(lambda: person.latest == app.latest)
        promoted = await errands.set_latest(person, 3)
        assert promoted in app.latest
        await until(lambda: set(person.latest) == set(app.latest))
        cleared = await errands.clear_latest(person, 3)
        assert cleared == promoted
        doomed = await errands.delete(person, 5)
        assert doomed not in {build.key for build in app.builds}
        await until(lambda: not program.state.page.loading)
        assert person.notice == "" or (behaviour == NOBODY_TELLS and "which build is the latest" in person.notice)
        assert person.keys == [build.key for build in app.builds[: behaviour.page_size]]
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [promoted], WRITES[2]: [doomed]}
    assert [request for request in service.record.all if not properly_sent(request)] == []


def properly_sent(request: Request) -> bool:
    """Whether a request is one of the documented ones, with the key in its form and nowhere else."""
    if request.operation == "icon":
        return request.method == "GET" and not request.key_seen_in and "cookie" not in request.headers
    known = {*WRITES, "app/builds", "app/check", "app/listMy", "app/view"}
    return request.method == "POST" and request.operation in known and request.key_seen_in == {IN_FORM}


@pytest.mark.parametrize(
    "fault",
    [faults.LOST_REPLY, faults.gateway(504, carried_out=True), faults.CUT_SHORT, faults.garbage(carried_out=True)],
    ids=["lost reply", "gateway", "half a reply", "garbage"],
)
async def test_a_change_whose_reply_did_not_come_is_found_out_and_never_sent_again(
    service: Lookalike, start: Start, fault: faults.Fault
) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        service.script.fail(WRITES[0], fault)
        promoted = await errands.set_latest(person, 3)
        service.script.fail(WRITES[2], fault)
        doomed = await errands.delete(person, 5)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
    assert app.latest == [promoted]
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [], WRITES[2]: [doomed]}
    assert service.script.left() == 0


@pytest.mark.parametrize(
    "fault",
    [faults.LOST_REQUEST, faults.gateway(), faults.rate_limited(), faults.refused(1081), faults.redirected("/")],
    ids=["lost request", "gateway", "rate limit", "refusal", "redirect"],
)
async def test_a_change_that_was_not_made_is_said_not_to_be_and_never_sent_again(
    service: Lookalike, start: Start, fault: faults.Fault
) -> None:
    app = service.world.app("Kettle")
    before, count = list(app.latest), len(app.builds)
    async with start(service) as (_program, person):
        await errands.connect(person, key_of(service))
        shown = person.keys
        service.script.fail(WRITES[2], fault)
        doomed = await errands.ask("actionDelete", person, 5)
        await until(lambda: bool(person.notice))
        assert person.keys == shown
        assert person.latest == before
    assert len(app.builds) == count
    assert written(service) == {WRITES[0]: [], WRITES[1]: [], WRITES[2]: [doomed]}


@pytest.mark.parametrize("data", [[], None, {}, {"pageCount": "3", "total": "41", "list": []}, {"list": {"busy": 1}}])
async def test_a_reply_that_tells_of_no_rows_empties_nothing(service: Lookalike, start: Start, data: object) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        shown, apps = person.keys, program.state.accounts.apps
        reads = {"app/builds": lambda: person.trigger("actionRefresh"), "app/listMy": program.state.accounts.load_apps}
        for operation, read in reads.items():
            service.script.fail(operation, faults.tells_of_no_rows(data))
            read()
            await until(lambda: "could not be understood" in person.notice)
            assert person.keys == shown
            assert program.state.accounts.apps == apps
            read()
            await until(lambda: person.notice == "" and not program.state.page.loading)
        assert person.keys == shown


async def test_a_connection_that_the_service_closed_meanwhile_costs_nothing(service: Lookalike, start: Start) -> None:
    async with start(service) as (program, person):
        service.script.fail("app/builds", faults.STALE_CONNECTION, times=3)
        service.script.fail("app/listMy", faults.STALE_CONNECTION, times=3)
        service.script.fail("app/view", faults.STALE_CONNECTION, times=3)
        await errands.connect(person, key_of(service))
        promoted = await errands.set_latest(person, 3)
        await errands.turn_pages(person)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [], WRITES[2]: []}


@pytest.mark.parametrize("action", ["actionSetLatest", "actionDelete"])
async def test_connections_that_the_service_closes_when_a_change_is_confirmed_cost_nothing(
    service: Lookalike, start: Start, action: str
) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        person.select(3)
        key = person.keys[3]
        person.trigger(action)
        dialog = await person.dialog("confirmDialog")
        service.close_at_next_request()
        person.click("confirmAccept", dialog)
        await until(lambda: key in person.latest if action == "actionSetLatest" else key not in person.keys)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
        assert service.lost >= 1
    assert (key in app.latest) is (action == "actionSetLatest")
    assert written(service)[WRITES[0] if action == "actionSetLatest" else WRITES[2]] == [key]


@pytest.mark.parametrize("action", ["actionSetLatest", "actionDelete"])
async def test_connections_that_the_service_closes_behind_a_change_leave_no_doubt_of_it(
    service: Lookalike, start: Start, action: str
) -> None:
    operation = WRITES[0] if action == "actionSetLatest" else WRITES[2]
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        service.script.before(operation, service.close_at_next_request)
        key = await errands.ask(action, person, 3)
        await until(lambda: key in person.latest if action == "actionSetLatest" else key not in person.keys)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
        assert service.lost >= 1
    assert written(service)[operation] == [key]


async def test_the_first_change_after_a_night_is_made_at_once_on_a_new_connection(
    service: Lookalike, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = [0.0]
    monkeypatch.setattr(transport, "WakeWatch", lambda: WakeWatch(lambda: time.monotonic() + slept[0]))
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        await until(lambda: not program.icons._active)
        service.fall_asleep()
        slept[0] = 8 * 3600.0
        began = time.monotonic()
        promoted = await errands.set_latest(person, 3)
        assert time.monotonic() - began < 10
        assert person.notice == ""
    assert service.lost == 0
    assert written(service)[WRITES[0]] == [promoted]


@pytest.mark.parametrize(
    "fault",
    [
        faults.with_more_behind(b"\n"),
        faults.with_more_behind(b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"code":0}'),
        faults.said_to_be("UTF-8"),
        faults.said_to_be("none"),
        faults.said_to_be("binary"),
        faults.said_to_be("made-up"),
        faults.said_to_be("gzip"),
        faults.said_to_be("gzip", gzip.compress),
        faults.said_to_be("deflate", zlib.compress),
    ],
    ids=["a line behind", "a reply behind", "UTF-8", "none", "binary", "unknown", "not gzip", "gzip", "deflate"],
)
async def test_the_main_job_is_done_whatever_a_gateway_makes_of_the_replies(
    service: Lookalike, start: Start, fault: faults.Fault
) -> None:
    app = service.world.app("Kettle")
    service.script.fail("", fault, times=1000)
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        promoted = await errands.set_latest(person, 3)
        doomed = await errands.delete(person, 5)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
        assert person.keys == [build.key for build in app.builds[:20]]
    assert app.latest == [promoted]
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [], WRITES[2]: [doomed]}


def all_texts(program: Program) -> str:
    """What is on screen, in menus, beside them, and said to a screen reader."""
    found: list[str] = []
    for thing in program.window.findChildren(QObject):
        for name in ("text", "plainText", "toolTip", "statusTip", "accessibleName", "accessibleDescription", "title"):
            value = thing.property(name)
            found += [value] if isinstance(value, str) else []
        if isinstance(thing, QTableView):
            model = thing.model()
            cells = [
                model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())
            ]
            found += [str(model.data(cell, role)) for cell in cells for role in (0, 3, 11)]
    return "\n".join(found)


def all_files(folder: Path) -> bytes:
    """What is in all of them, in small letters."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()).lower()


@pytest.mark.parametrize(
    "written",
    [
        str,
        str.upper,
        lambda key: "".join(f"%{ord(character):02x}" for character in key),
        lambda key: "".join(f"&#{ord(character)};" for character in key),
        lambda key: "".join(f"\\u{ord(character):04x}" for character in key),
        lambda key: json.dumps("".join(f"\\u{ord(character):04x}" for character in key))[1:-1],
        lambda key: base64.b64encode(f"k{key}".encode()).decode(),
    ],
    ids=["as it is", "capitals", "percent", "entities", "unicode", "unicode in a text", "base 64"],
)
async def test_a_key_that_the_service_sends_back_reaches_neither_the_screen_nor_a_file(
    service: Lookalike, start: Start, tmp_path: Path, written: Callable[[str], str]
) -> None:
    service.echo = written
    key = key_of(service)
    async with start(service) as (program, person):
        await errands.connect(person, key)
        await errands.set_latest(person, 3)
        person.trigger("actionAllBuilds")
        await until(lambda: person.rows == len(service.world.app("Kettle").builds))
        service.script.fail("app/builds", faults.refused(98765, f"no: {written(key)}"))
        person.trigger("actionRefresh")
        await until(lambda: "98765" in person.notice)
        assert "[key]" in person.notice
        texts = all_texts(program)
        assert "[key]" in texts
        for secret in (key, written(key), written(key)[4:40]):
            assert secret.lower() not in texts.lower()
    kept = all_files(tmp_path)
    assert b"[key]" in kept
    for secret in (key, written(key), written(key)[4:40]):
        assert secret.lower().encode() not in kept


async def test_what_a_colleague_did_meanwhile_is_seen_before_a_change_is_sent(service: Lookalike, start: Start) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (_program, person):
        await errands.connect(person, key_of(service))
        (before,) = person.latest
        theirs = app.builds[7].key
        person.select(3)
        mine = person.keys[3]
        person.trigger("actionSetLatest")
        dialog = await person.dialog("confirmDialog")
        service.world.promote(theirs)
        person.click("confirmAccept", dialog)
        again = await person.dialog("confirmDialog")
        assert written(service)[WRITES[0]] == []
        person.click("confirmCancel", again)
        await person.gone("confirmDialog")
        await until(lambda: person.latest == [theirs])
        assert before not in person.latest
    assert app.latest == [theirs] != [mine]
    assert written(service)[WRITES[0]] == []


async def test_a_build_that_a_colleague_deleted_is_not_deleted_again(service: Lookalike, start: Start) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        doomed = person.keys[5]
        person.select(5)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        service.world.delete(doomed)
        person.click("confirmAccept", dialog)
        await until(lambda: doomed not in person.keys and not program.state.page.loading)
    assert written(service)[WRITES[2]] == []


async def test_odd_values_hurt_nothing(service: Lookalike, start: Start) -> None:
    odd: list[dict[str, object]] = [
        {"buildCreated": "0000-00-00 00:00:00"},
        {"buildCreated": "1天前", "buildFileSize": None},
        {"buildCreated": "", "buildFileSize": "", "buildBuildVersion": ""},
        {"buildVersion": None, "buildVersionNo": None, "buildUpdateDescription": []},
        {"buildIcon": None, "buildName": [], "buildDownloadCount": "many"},
        {"buildType": "3", "buildIsLastest": None, "buildIsPublishComplete": "2"},
    ]
    app = service.world.app("Kettle")
    for build, values in zip(app.builds[1:], odd, strict=False):
        build.odd = values
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        assert person.keys == [build.key for build in app.builds[:20]]
        for row in range(8):
            person.select(row)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""


async def test_apps_of_both_systems_open_with_their_icons_and_an_empty_one_says_so(
    service: Lookalike, start: Start
) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await errands.open_app(person, "ferry")
        assert person.keys == [build.key for build in service.world.app("渡轮时刻 Ferry").builds[:20]]
        assert person.find(QSpinBox, "pageNumber").maximum() == 2
        program.state.accounts.open_app(service.world.app("Empty shelf").key)
        await until(lambda: person.sees("scenePage") and not program.state.page.loading)
        assert person.notice == ""
        await until(lambda: len(service.record.of("icon")) >= 2)
    icons = [request.path for request in service.record.of("icon")]
    assert len(icons) == len(set(icons)), "an icon was asked for twice"
    assert all(properly_sent(request) for request in service.record.all)


async def test_a_later_page_that_tells_of_no_rows_is_not_taken_for_the_end(serve: Serve, start: Start) -> None:
    service = serve(Behaviour(page_size=2))
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        service.script.fail("app/listMy", faults.tells_of_no_rows([]), skip=2)
        await errands.connect(person, key_of(service))
        await until(lambda: "could not be understood" in person.notice)
        assert len(program.state.accounts.apps) >= 2
        program.state.accounts.load_apps()
        await until(lambda: person.notice == "" and len(program.state.accounts.apps) == 3)
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        service.script.fail("app/builds", faults.tells_of_no_rows([]), times=1)
        person.click("pageLast")
        await until(lambda: "could not be understood" in person.notice)
        assert person.keys == [build.key for build in app.builds[:2]]
        person.click("noticeRetry")
        await until(lambda: person.keys == [app.builds[-1].key])


@pytest.mark.parametrize("after", range(5))
async def test_a_page_that_tells_of_no_rows_makes_no_list_short(service: Lookalike, start: Start, after: int) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        service.script.fail("app/builds", faults.tells_of_no_rows([]), skip=after)
        person.trigger("actionAllBuilds")
        await until(lambda: service.script.left() == 0)
        await until(lambda: person.keys == [build.key for build in app.builds] or bool(person.notice))


@pytest.mark.parametrize("after", range(4))
async def test_all_builds_are_those_that_there_are_whatever_a_colleague_does_while_they_are_read(
    service: Lookalike, start: Start, after: int
) -> None:
    app = service.world.app("Kettle")

    def colleague() -> None:
        for number in range(25):
            service.world.upload(app, f"8.{number}")
        for row in (26, 40):
            service.world.delete(app.builds[row].key)

    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        service.script.before("app/builds", colleague, skip=after)
        person.trigger("actionAllBuilds")
        await until(lambda: service.script.left() == 0 and person.keys == [build.key for build in app.builds])
        await until(lambda: person.latest == app.latest)
        assert person.notice == ""


async def test_colours_of_a_terminal_in_notes_are_nowhere(service: Lookalike, start: Start, tmp_path: Path) -> None:
    log = "\x1b[32m✔\x1b[0m 412 tests\n\x1b]0;make\x07\x1b[1;31m✘\x1b[0m 2 skipped\x1b[K"
    words = ["✔ 412 tests", "✘ 2 skipped"]
    kettle = service.world.app("Kettle")
    service.world.upload(kettle, "2.0.0", notes="plain")
    service.world.upload(kettle, "2.0.1", notes=log)
    async with start(service) as (_program, person):
        await errands.connect(person, key_of(service))
        person.select(0)
        notes = person.find(QTextEdit, "detailsNotes")
        await until(lambda: bool(notes.toPlainText()))
        assert notes.toPlainText().splitlines() == words
        person.trigger("actionCopyMessage")
        message = QGuiApplication.clipboard().text()
        person.select(1, Qt.KeyboardModifier.ControlModifier)
        person.trigger("actionCompare")
        compared = await person.dialog("compareDialog")
        person.click("compareCopy", compared)
        differences = QGuiApplication.clipboard().text()
        compared.reject()
        written_files = []
        for name in ("builds.csv", "builds.json"):
            person.trigger("actionExport")
            dialog = person.find(QFileDialog, "exportDialog")
            dialog.setDirectory(str(tmp_path))
            dialog.selectFile(name)
            dialog.accept()
            await until((tmp_path / name).exists)
            await until(lambda: not person.window.findChildren(QFileDialog))
            written_files.append((tmp_path / name).read_text(encoding="utf-8-sig"))
    for text in (message, differences, *written_files):
        assert all(line in text for line in words)
        assert not any(left in text for left in ("\x1b", "U+001B", "u001b", "[32m", "[0m", "make"))


async def test_a_version_with_what_nobody_sees_is_deleted_by_typing_what_is_seen(
    service: Lookalike, start: Start
) -> None:
    kettle = service.world.app("Kettle")
    doomed = [service.world.upload(kettle, version).key for version in ("2.0\u200b.1", "２．０．２", "2.0.3\u202e")]
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        program.state.accounts.toggle_pins([Build(key) for key in doomed])  # of these the version is typed
        for key, seen in zip(reversed(doomed), ("2.0.3", "2.0.2", "2.0.1"), strict=True):
            person.select(person.keys.index(key))
            person.trigger("actionDelete")
            dialog = await person.dialog("confirmDialog")
            person.type_into("confirmText", seen, dialog)
            person.click("confirmAccept", dialog)
            await until(lambda key=key: key not in person.keys)  # type: ignore[misc]  # bound in the loop
            await until(lambda: not program.state.changes.under_way and not program.state.page.loading)
    assert service.record.sent("app/buildDelete") == doomed[::-1]


async def test_an_app_that_gets_another_name_keeps_what_is_searched_for(
    service: Lookalike, tmp_path: Path, qapp: object
) -> None:
    keys = MemoryStore()
    async with running(service, tmp_path, keys) as (_program, person):
        await errands.connect(person, key_of(service))
    service.world.app("Kettle").name = "Samovar"
    service.latency = 0.2
    async with running(service, tmp_path, keys) as (program, person):
        await until(lambda: program.state.accounts.open is not None)
        words = person.build(2).version
        person.type_into("filterEdit", words)
        await until(lambda: "Samovar" in person.window.windowTitle())
        assert person.find(QLineEdit, "filterEdit").text() == words
        await until(lambda: person.sees("historyBar"))
