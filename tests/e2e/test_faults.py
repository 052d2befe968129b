"""The fault table: every operation and the icons x everything that can go wrong, over real sockets.

One started program goes through all the faults of an operation, one after the other. For each cell: what is told is the
truth, in a sentence; what was on screen stays; the loop goes on turning; nothing is sent twice; and once the fault is
over, one refresh puts everything right.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from pgyer_desktop.api import transport
from pgyer_desktop.api.client import Reply
from pgyer_desktop.api.transport import ApiTransport, IconTransport
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.activity.records import Entry
from pgyer_desktop.core.base import retry
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.settling import LIMIT_SECONDS
from tests.e2e.conftest import Start
from tests.e2e.faults import DOCUMENTED_CODES, FAULTS, READS, Fault, faults_of
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.gate import ICON, Armed, Gate, Road, opened
from tests.helpers.sandbox import SandboxService
from tests.ui.rig import content_of

SHORT_SECONDS = 0.25
"""How long is waited where waiting is to fail."""
LONGEST_GAP_SECONDS = 10.0
"""Generous: that the loop is not blocked at all is for the benchmarks; here it must not stand still."""

WRITE_ACTIONS = {
    "setNewestVersion": "actionSetLatest",
    "cancelNewestVersion": "actionClearLatest",
    "buildDelete": "actionDelete",
}


# The service, and the ways to it.


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str] | None:
    """A certificate that nobody vouches for, and its key; None where none can be made."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    folder = tmp_path_factory.mktemp("certificate")
    files = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", files[1], "-out", files[0]]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    return files


@pytest.fixture
def service() -> SandboxService:
    """Two pages of apps."""
    return SandboxService(extra_apps=4)


@pytest.fixture
def server(service: SandboxService, certificate: tuple[str, str] | None) -> Iterator[Gate]:
    """The service behind a gate, in place of the healthy one."""
    with opened(service, certificate) as gate:
        yield gate


class Detour:
    """Sends one operation to another address, by the program's own transports.

    An address cannot be refused for one operation only; so the program's transport hands this one over to a second one.
    """

    def __init__(self, gate: Gate) -> None:
        self.operation = ""
        self.road = Road.USUAL
        self.sent = 0
        """How often the operation has been asked for since `send`."""
        self._gate = gate
        self._api: dict[Road, ApiTransport] = {}
        self._icon: dict[Road, IconTransport] = {}

    def send(self, operation: str, road: Road) -> None:
        """From now on."""
        self.operation, self.road, self.sent = operation, road, 0

    async def open(self) -> None:
        """Make the transports, which takes its time."""
        for road, base in self._gate.roads.items():
            self._api[road], self._icon[road] = await asyncio.to_thread(self._new, road, base)

    async def aclose(self) -> None:
        for api in self._api.values():
            await api.aclose()
        for icon in self._icon.values():
            await icon.aclose()

    def _new(self, road: Road, base: str) -> tuple[ApiTransport, IconTransport]:
        with pytest.MonkeyPatch.context() as patch:
            if road in {Road.IMPATIENT, Road.SILENT}:
                patch.setattr(transport, "READ_SECONDS", SHORT_SECONDS)
                patch.setattr(transport, "CONNECT_SECONDS", SHORT_SECONDS)
            return ApiTransport(f"{base}/apiv2"), IconTransport()

    def install(self, patch: pytest.MonkeyPatch) -> None:
        usual_post, usual_get = ApiTransport.post, IconTransport.get

        async def post(carrier: ApiTransport, path: str, form: dict[str, str]) -> Reply:
            if path.removeprefix("/app/") != self.operation:
                return await usual_post(carrier, path, form)
            self.sent += 1
            return await usual_post(self._api.get(self.road, carrier), path, form)

        async def get(carrier: IconTransport, url: str) -> Reply:
            if self.operation != ICON:
                return await usual_get(carrier, url)
            self.sent += 1
            there = url.replace(self._gate.roads[Road.USUAL], self._gate.roads[self.road])
            return await usual_get(self._icon.get(self.road, carrier), there)

        patch.setattr(ApiTransport, "post", post)
        patch.setattr(IconTransport, "get", get)


class Heart:
    """Beats on the program's loop."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._last = time.monotonic()

    def reset(self) -> None:
        """Count from now."""
        self._longest, self._last = 0.0, time.monotonic()

    def longest(self) -> float:
        """The longest gap, in seconds, the one that may not be over yet included."""
        return max(self._longest, time.monotonic() - self._last)

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(0.01)
            self._longest = self.longest()
            self._last = time.monotonic()


# The program under test, and what a cell asserts about it.


@dataclass
class Stage:
    """The program, the person, what stands behind, and what has gone wrong so far."""

    program: Program
    person: Person
    gate: Gate
    service: SandboxService
    detour: Detour
    heart: Heart
    told: list[str] = field(default_factory=list)
    """The notices of this cell."""
    failed: list[str] = field(default_factory=list)
    cell: str = ""

    @property
    def app_key(self) -> str:
        """The app that is open."""
        assert self.program.state.accounts.app is not None
        return self.program.state.accounts.app.app_key

    async def open_small_app(self) -> None:
        """Five builds: painting twenty is most of what a cell costs, where nothing else depends on them."""
        self.program.state.accounts.open_app(self.service.app_key("signalbox"))
        await self.until(self.quiet, "quiet with the small app")
        self.expect_the_truth()

    def play(self, operation: str, fault: Fault, *, carry_out: bool = False, then_blind: bool = False) -> None:
        """From now on this goes wrong."""
        variant = ", carried out" if carry_out else ""
        blind = ", and then nothing can be read" if then_blind else ""
        self.cell = f"{operation} x {fault.name}{variant}{blind}"
        self.told.clear()
        self.heart.reset()
        content_of(self.program.window).center.toast.hide()
        self.gate.arm(Armed(operation, fault.play, carry_out=carry_out, early=fault.early, then_blind=then_blind))
        self.detour.send(operation, fault.road)

    def stop_playing(self) -> None:
        """From now on all is well."""
        self.gate.arm(None)
        self.detour.send("", Road.USUAL)

    def expect(self, what: str, *, holds: bool) -> None:
        """Take note of a cell that fails, and go on with the others."""
        if not holds:
            self.failed.append(f"{self.cell}: {what}")

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for what every cell comes to; a cell that does not ends the test."""
        end = time.monotonic() + 10
        while not true():
            if time.monotonic() > end:
                pytest.fail("\n".join([*self.failed, f"{self.cell}: never {what}; told: {self.told}"]))
            await asyncio.sleep(0.002)

    def expect_alive(self) -> None:
        """The loop went on turning."""
        gap = self.heart.longest()
        self.expect(f"the loop stood still for {gap:.2f} s", holds=gap < LONGEST_GAP_SECONDS)

    def expect_sent(self, operation: str, at_most: int) -> None:
        """What was asked for was asked for, and no more often than it may."""
        self.expect(f"{operation} was sent {self.detour.sent} times", holds=1 <= self.detour.sent <= at_most)
        arrived = self.gate.count(operation)
        self.expect(f"{operation} arrived {arrived} times", holds=arrived <= self.detour.sent)
        self.expect("a redirect was followed", holds=self.gate.count("/elsewhere") == 0)

    def expect_sentence(self, text: str, *, offers: bool = False) -> None:
        """It says in whole sentences what happened and what to do, or `offers` it by a button beside it."""
        self.expect(f"no whole sentence: {text!r}", holds=is_sentence(text))
        offers = offers or self.person.sees("noticeRetry")
        self.expect(f"says not what to do: {text!r}", holds=offers or bool(ADVICE.search(text)))

    def expect_the_truth(self) -> None:
        """What is on screen is what the service has."""
        person, service = self.person, self.service
        self.expect(f"after the refresh it still says {person.notice!r}", holds=person.notice == "")
        page = list(service.build_keys(self.app_key, page=self.program.state.page.wanted_page))
        self.expect("the rows are not the service's", holds=person.keys == page)
        latest = [key for key in service.latest_keys(self.app_key) if key in page]
        self.expect(f"latest is {person.latest}, and should be {latest}", holds=person.latest == latest)
        self.expect("something is still not known", holds=not self.unsettled)

    @property
    def unsettled(self) -> tuple[Entry, ...]:
        """Changes of which nobody knows how they ended."""
        session = self.program.state.accounts.session
        return session.unsettled if session is not None else ()

    def quiet(self) -> bool:
        """Nothing is being read, changed or found out."""
        state = self.program.state
        reading = any(state.tasks.is_running(key) for key in ("apps", "page", "prefetch", "settle"))
        return not reading and not state.page.loading and not state.situation.now().busy_keys

    def icons_are_there(self) -> bool:
        """Whether every icon on screen has come, and none of another app is on its way."""
        state, icons = self.program.state, self.program.icons
        assert state.accounts.app is not None
        assert state.page.view is not None
        wanted = {state.accounts.app.icon, *(build.icon for build in state.page.view.builds)} - {""}
        return not icons._active and all(icons.pixmap(icon) is not None for icon in wanted)

    async def recover(self) -> None:
        """The fault is over, and the person refreshes once."""
        self.stop_playing()
        await self.until(self.quiet, "quiet")
        self.person.trigger("actionRefresh")
        await self.until(self.quiet, "quiet after the refresh")
        self.expect_the_truth()

    def finish(self) -> None:
        """Fail with every cell that did."""
        assert not self.failed, f"{len(self.failed)} cells:\n" + "\n".join(self.failed)


ADVICE = re.compile(
    r"[Tt]ry again|[Cc]heck |[Rr]ead |[Rr]eload|[Oo]pen |[Ww]ait |[Ss]ign in|[Ee]nter it|[Uu]pgrade|[Uu]pload|report"
)
TECHNICAL = re.compile(
    r"Traceback|\w(Error|Exception|Timeout)\b|httpx|errno|\bNone\b|0x[0-9a-f]|[{}]|<html|<!DOCTYPE|\n", re.IGNORECASE
)


def is_sentence(text: str) -> bool:
    """Whether people can read it: a beginning, an end, words, and nothing of the machine's."""
    words = len(re.findall(r"[A-Za-z]{2,}", text))
    return words >= 3 and text[0].isalnum() and text[-1] in ".!?…" and not TECHNICAL.search(text)


Setting = Callable[[], Any]


@pytest.fixture
def staged(start: Start, server: Gate, service: SandboxService, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Starts the program before the gate, connected and at rest."""
    monkeypatch.setattr(retry, "_FIRST_PAUSE_SECONDS", 0.005)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    usual = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        # The resolver of a network without a way out may take its time; what it would say is this.
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return usual(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    @asynccontextmanager
    async def made() -> AsyncIterator[Stage]:
        detour, heart = Detour(server), Heart()
        await detour.open()
        detour.install(monkeypatch)
        async with start() as (program, person):
            beating = asyncio.create_task(heart.beat())
            stage = Stage(program, person, server, service, detour, heart)
            program.state.teller.notice_raised.connect(lambda _topic, notice: stage.told.append(say(notice.text)))
            # Small, and without the details' QR code: see `open_small_app`.
            program.window.resize(640, 420)
            person.trigger("actionShowDetails")
            try:
                await connect(person)
                await stage.until(stage.quiet, "quiet after connecting")
                yield stage
            finally:
                beating.cancel()
        await detour.aclose()

    return made


def faults_here(gate: Gate, operation: str) -> tuple[Fault, ...]:
    """Those that can be played on this machine."""
    return tuple(fault for fault in faults_of(operation) if fault.road is Road.USUAL or fault.road in gate.roads)


KINDS = {
    "timeout at the first byte",
    "reset after the request",
    "truncated",
    "302 Found",
    "502 Bad Gateway",
    "HTML with 200",
    "garbage",
    "a gzip bomb",
    "a wrong envelope",
    "a success",
    "code 1081",
}
"""One of each kind, for what is tried in more than one way."""


def some_faults(gate: Gate, operation: str) -> tuple[Fault, ...]:
    """Those of `KINDS`."""
    return tuple(fault for fault in faults_here(gate, operation) if fault.name in KINDS)


REFUSED_AND_DONE = {"code 1009", "code 1081", "an unknown code"}
"""Refusals that are also tried with a service that has done it all the same."""


# Reads.


async def test_builds(staged: Setting) -> None:
    async with staged() as stage:
        small = False
        for fault in sorted(faults_here(stage.gate, "builds"), key=lambda fault: "page" not in fault.name):
            if not small and "page" not in fault.name:
                small = True
                await stage.open_small_app()
            shown, latest = stage.person.keys, stage.person.latest
            stage.play("builds", fault)
            stage.person.trigger("actionRefresh")
            await stage.until(lambda: not stage.program.state.page.loading, "read")
            asked, notice = stage.detour.sent, stage.person.notice
            if "builds" in fault.harmless:
                stage.expect(f"it told {notice!r}", holds=notice == "")
                held = stage.service.build_keys(stage.app_key)
                stage.expect("it shows builds that are none", holds=set(stage.person.keys) <= set(held))
                stage.expect("it shows no builds", holds=len(stage.person.keys) > 0)
                really = set(stage.service.latest_keys(stage.app_key))
                stage.expect("it shows a wrong latest", holds=set(stage.person.latest) <= really)
            else:
                stage.expect_sentence(notice)
                stage.expect("the rows changed", holds=stage.person.keys == shown)
                stage.expect("the latest changed", holds=stage.person.latest == latest)
                stage.expect(f"it was sent {asked} times", holds=1 <= asked <= retry.ATTEMPTS)
            await stage.until(stage.quiet, "quiet")
            stage.expect_alive()
            await stage.recover()
        stage.finish()


async def test_list_my(staged: Setting) -> None:
    async with staged() as stage:
        state = stage.program.state
        await stage.open_small_app()
        for fault in faults_here(stage.gate, "listMy"):
            shown, apps = stage.person.keys, [app.app_key for app in state.accounts.apps]
            stage.play("listMy", fault)
            state.accounts.load_apps()
            await stage.until(lambda: not state.accounts.apps_loading, "read")
            notice = stage.person.notice
            if "listMy" in fault.harmless:
                stage.expect(f"it told {notice!r}", holds=notice == "")
                now = {app.app_key for app in state.accounts.apps}
                stage.expect("it shows apps that are none", holds=now <= set(apps))
                stage.expect("the open app is missing", holds=stage.app_key in now)
            else:
                stage.expect_sentence(notice)
                stage.expect("the apps changed", holds=[app.app_key for app in state.accounts.apps] == apps)
                stage.expect_sent("listMy", retry.ATTEMPTS)
            stage.expect("the rows changed", holds=stage.person.keys == shown)
            stage.expect_alive()
            stage.stop_playing()
            state.accounts.load_apps()
            await stage.until(lambda: not state.accounts.apps_loading, "read once all is well")
            stage.expect(f"it still says {stage.person.notice!r}", holds=stage.person.notice == "")
            stage.expect("not all apps are back", holds=[app.app_key for app in state.accounts.apps] == apps)
        stage.finish()


async def test_check_in_its_dialog(staged: Setting) -> None:
    async with staged() as stage:
        person = stage.person
        person.select(0)
        person.trigger("actionCheckUpdate")
        dialog = await person.dialog("checkUpdateDialog")
        ask = person.find(QAbstractButton, "checkAskButton", dialog)
        problem = person.find(QWidget, "checkProblem", dialog)
        result = person.find(QWidget, "checkResult", dialog)
        await stage.until(ask.isEnabled, "answered at once")
        for fault in faults_here(stage.gate, "check"):
            shown = person.keys
            stage.play("check", fault)
            person.click("checkAskButton", dialog)
            await stage.until(ask.isEnabled, "answered")
            words = problem.accessibleName()
            if "check" in fault.harmless:
                stage.expect(f"it told {words!r}", holds=words == "")
                stage.expect("it shows no answer", holds=result.isVisible() and bool(result.accessibleName()))
            else:
                stage.expect_sentence(words, offers=ask.isVisible())
                stage.expect("it shows an answer as well", holds=not result.isVisible())
            stage.expect_sent("check", retry.ATTEMPTS)
            stage.expect("the rows changed", holds=person.keys == shown)
            stage.expect_alive()
            stage.stop_playing()
            person.click("checkAskButton", dialog)
            await stage.until(ask.isEnabled, "answered once all is well")
            stage.expect("it still tells it", holds=problem.accessibleName() == "" and result.isVisible())
        await close(dialog, person)
        stage.finish()


async def close(dialog: QDialog, person: Person) -> None:
    dialog.reject()
    await person.gone(dialog.objectName())


async def test_check_where_it_alone_knows_the_latest(staged: Setting) -> None:
    async with staged() as stage:
        person, state = stage.person, stage.program.state
        state.accounts.open_app(stage.service.app_key("millpond"))
        await stage.until(stage.quiet, "quiet")
        stage.expect_the_truth()
        for fault in (*some_faults(stage.gate, "check"), *(f for f in faults_of("check") if f.harmless)):
            shown = person.keys
            stage.play("check", fault)
            person.trigger("actionRefresh")
            await stage.until(lambda: not state.page.loading, "read")
            stage.expect("the rows changed", holds=person.keys == shown)
            really = set(stage.service.latest_keys(stage.app_key))
            stage.expect("it shows a wrong latest", holds=set(person.latest) <= really)
            if "check" not in fault.harmless:
                stage.expect_sentence(person.notice)
                stage.expect("it shows a latest that it cannot know", holds=person.latest == [])
            await stage.until(stage.quiet, "quiet")
            stage.expect_alive()
            await stage.recover()
        stage.finish()


async def test_view_before_a_change(staged: Setting) -> None:
    """An upload has moved the build to the next page, so that it is looked for by its key before it is deleted."""
    async with staged() as stage:
        for fault in faults_here(stage.gate, "view"):
            doomed = await last_row_that_is_not_latest(stage)
            known = len(stage.program.journal.entries)
            dialog = await asked(stage, "actionDelete", doomed)
            if doomed in stage.service.build_keys(stage.app_key, page=1):
                stage.service.publish_build(stage.app_key, notes="")
            stage.play("view", fault)
            stage.person.click("confirmAccept", dialog)
            await stage.person.gone("confirmDialog")
            await stage.until(lambda: bool(stage.told) or bool(toast(stage)), "told")
            await stage.until(stage.quiet, "quiet")
            sent = stage.gate.count("buildDelete")
            stage.expect_sent("view", retry.ATTEMPTS + 1)
            gone = doomed not in stage.service.build_keys(stage.app_key)
            if "view" in fault.harmless:
                stage.expect("it was not deleted", holds=gone and sent == 1)
                stage.expect(f"told is {stage.told}", holds="has been deleted" in toast(stage))
            else:
                stage.expect("it was deleted unseen", holds=not gone and sent == 0)
                stage.expect("it was written down", holds=len(stage.program.journal.entries) == known)
                # A build that is said to be gone is told as gone: there is nothing left to do.
                stage.expect_sentence(stage.told[-1], offers=fault.name == "code 1009")
                stage.expect(f"told is {stage.told}", holds="was not deleted" in stage.told[-1])
                stage.expect(f"told is {stage.told}", holds="Nothing was sent" in stage.told[-1])
            stage.expect_alive()
            dismiss(stage)
            # What was not sent leaves the page as it was: the next fault meets the same row.
            if stage.person.keys[-1] != doomed or fault is faults_here(stage.gate, "view")[-1]:
                await stage.recover()
            stage.stop_playing()
        stage.finish()


async def last_row_that_is_not_latest(stage: Stage) -> str:
    """The last row; where uploads have pushed the latest there, somebody promotes another first."""
    if stage.person.keys[-1] in stage.person.latest:
        stage.service.answer("setNewestVersion", {"_api_key": DEMO_KEY, "buildKey": stage.person.keys[0]})
        await stage.recover()
    return stage.person.keys[-1]


# Changes.


async def asked(stage: Stage, action: str, build_key: str) -> QDialog:
    """The open question about a change."""
    stage.person.select(stage.person.keys.index(build_key))
    stage.person.trigger(action)
    return await stage.person.dialog("confirmDialog")


def dismiss(stage: Stage) -> None:
    """Close the notice about a change, which stays until somebody does."""
    if stage.person.sees("noticeClose"):
        stage.person.click("noticeClose")


def said_on_card(stage: Stage) -> str:
    """What the card of the last promotion says."""
    return stage.person.find(QWidget, "promotionCard").accessibleName() if stage.person.sees("promotionCard") else ""


def toast(stage: Stage) -> str:
    """What the toast says."""
    return stage.person.find(QWidget, "toast").accessibleName() if stage.person.sees("toast") else ""


def target_of(stage: Stage, operation: str) -> str:
    if operation == "cancelNewestVersion":
        return stage.person.latest[0]
    others = [key for key in stage.person.keys if key not in stage.person.latest]
    return others[0] if operation == "setNewestVersion" else others[-1]


def happened(stage: Stage, operation: str, build_key: str) -> bool:
    """Whether the service has what was asked for."""
    if operation == "buildDelete":
        return build_key not in stage.service.build_keys(stage.app_key)
    is_latest = build_key in stage.service.latest_keys(stage.app_key)
    return is_latest is (operation == "setNewestVersion")


def variants(fault: Fault, operation: str) -> tuple[bool, ...]:
    """Whether the service does it although the reply goes wrong: both ways, but each where faults are much alike.

    Those take turns, so that each is played both ways for one change or another.
    """
    if not fault.arrives or (fault.refusal and fault.name not in REFUSED_AND_DONE):
        return (False,)
    if fault.name in KINDS | REFUSED_AND_DONE:
        return (False, True)
    return ((FAULTS.index(fault) + sorted(WRITE_ACTIONS).index(operation)) % 2 == 0,)


async def stock_up(stage: Stage) -> None:
    """See to it that there is something left to delete."""
    if stage.person.rows < 3:
        for _ in range(6):
            stage.service.publish_build(stage.app_key, notes="")
        await stage.recover()


async def changed(stage: Stage, operation: str, fault: Fault, *, carry_out: bool, then_blind: bool = False) -> str:
    """Confirm one change while the fault is played, and wait until it has ended. The key of its build."""
    build_key = target_of(stage, operation)
    dialog = await asked(stage, WRITE_ACTIONS[operation], build_key)
    known = len(stage.program.journal.entries)
    stage.play(operation, fault, carry_out=carry_out, then_blind=then_blind)
    stage.person.click("confirmAccept", dialog)
    await stage.until(lambda: len(stage.program.journal.entries) > known, "written down")
    await stage.until(stage.quiet, "ended")
    stage.expect(f"the service is not as played: {carry_out}",
                 holds=happened(stage, operation, build_key) is carry_out)  # fmt: skip
    stage.expect_sent(operation, 1)
    stage.expect_alive()
    return build_key


@pytest.mark.parametrize("operation", sorted(WRITE_ACTIONS))
async def test_a_change(staged: Setting, operation: str) -> None:
    async with staged() as stage:
        await stage.open_small_app()
        for fault in faults_here(stage.gate, operation):
            for carry_out in variants(fault, operation):
                await stock_up(stage)
                await changed(stage, operation, fault, carry_out=carry_out)
                outcome = stage.program.journal.entries[0].outcome
                expect_outcome(stage, fault, outcome, carry_out=carry_out)
                stage.expect("the notice and the toast are both there", holds=not (toast(stage) and stage.told))
                if outcome is Outcome.DONE:
                    # A promotion is told on its card, all else in a toast.
                    promoted = operation == "setNewestVersion"
                    told = said_on_card(stage) if promoted else toast(stage)
                    stage.expect(f"what is told is {told!r}", holds=is_sentence(told))
                    stage.expect("it is told twice", holds=not (promoted and toast(stage)))
                else:
                    stage.expect("nothing was told", holds=bool(stage.person.notice))
                    stage.expect_sentence(stage.person.notice)
                dismiss(stage)
                # Without a refresh: after a change the page has been read again.
                stage.expect_the_truth()
        stage.finish()


def expect_outcome(stage: Stage, fault: Fault, outcome: Outcome, *, carry_out: bool) -> None:
    """What reading shows: it can always be read here."""
    not_done = Outcome.CONTRADICTED if fault.says_success else Outcome.NOT_DONE
    expected = Outcome.DONE if carry_out else not_done
    stage.expect(f"the outcome is {outcome}, told {stage.told}", holds=outcome is expected)


@pytest.mark.parametrize("operation", sorted(WRITE_ACTIONS))
async def test_a_change_after_which_nothing_can_be_read(staged: Setting, operation: str) -> None:
    """It stays unknown, is said to be, holds back a second one, and is settled once reading works."""
    async with staged() as stage:
        await stage.open_small_app()
        # As if the hour after a rate limit were over each time.
        stage.program.state.changes.settling.clock = lambda: time.monotonic() + LIMIT_SECONDS
        for fault in some_faults(stage.gate, operation):
            for carry_out in variants(fault, operation):
                is_believed = fault.refusal and operation != "buildDelete"
                if carry_out and is_believed:
                    continue  # nothing speaks against the refusal
                await stock_up(stage)
                shown = stage.person.keys
                build_key = await changed(stage, operation, fault, carry_out=carry_out, then_blind=True)
                outcome = stage.program.journal.entries[0].outcome
                believed = Outcome.NOT_DONE if is_believed else Outcome.UNKNOWN
                stage.expect(f"the outcome is {outcome}", holds=outcome is believed)
                stage.expect_sentence(stage.person.notice)
                stage.expect("the rows changed", holds=stage.person.keys == shown)
                stage.person.select(stage.person.keys.index(build_key))
                held = content_of(stage.program.window).actions.by_id
                action = next(a for a in held.values() if a.objectName() == WRITE_ACTIONS[operation])
                stage.expect("it can be sent again", holds=action.isEnabled() is (outcome is not Outcome.UNKNOWN))
                dismiss(stage)
                await stage.recover()
                settled = stage.program.journal.entries[0].outcome
                truth = Outcome.DONE if carry_out else Outcome.NOT_DONE
                stage.expect(f"settled as {settled}", holds=settled is truth)
        stage.finish()


async def test_a_success_that_was_none_while_an_upload_moved_the_row_is_contradicted(staged: Setting) -> None:
    async with staged() as stage:
        fault = next(fault for fault in faults_of("buildDelete") if fault.name == "a success")

        async def upload_then_lie(exchange: Any) -> None:
            stage.service.publish_build(stage.app_key, notes="")
            await fault.play(exchange)

        moving = Fault("a success, and an upload", upload_then_lie, says_success=True)
        await changed(stage, "buildDelete", moving, carry_out=False)
        expect_outcome(stage, moving, stage.program.journal.entries[0].outcome, carry_out=False)
        stage.expect_sentence(stage.person.notice)
        stage.finish()


# Icons.


async def test_icons(staged: Setting) -> None:
    async with staged() as stage:
        icons = stage.program.icons
        await stage.open_small_app()
        # One that was asked for before the first fault would arrive in the middle of it.
        await stage.until(stage.icons_are_there, "there with all icons")
        for number, fault in enumerate(faults_here(stage.gate, ICON)):
            shown = stage.person.keys
            key = f"94a0{number:04d}"
            stage.gate.first_icon = key
            stage.play(ICON, fault)
            stage.person.trigger("actionRefresh")
            await stage.until(lambda: stage.detour.sent > 0 and not icons._active, "asked for")
            await stage.until(stage.quiet, "quiet")
            stage.expect("it was taken for a picture", holds=icons.pixmap(key) is None)
            stage.expect_sent(ICON, 1)
            stage.expect("the rows changed", holds=stage.person.keys == shown)
            stage.expect(f"it told {stage.person.notice!r}", holds=stage.person.notice == "")
            stage.expect_alive()
            await stage.recover()
            await stage.until(lambda key=key: icons.pixmap(key) is not None, "there once all is well")
        stage.finish()


# The table itself.


def test_the_table_has_every_documented_code_and_no_name_twice() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))
    for operation in (*READS, *WRITE_ACTIONS):
        here = {fault.name for fault in faults_of(operation)}
        assert {f"code {code}" for code in DOCUMENTED_CODES if code != 1098} <= here
        assert "rate limit, 1098" in here
