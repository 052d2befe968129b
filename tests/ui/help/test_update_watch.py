"""It asks once, looks once a day and only where that is allowed, says little, and opens nothing by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel

from pgyer_desktop.api import errors
from pgyer_desktop.api.feed import read_feed
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import AccountSettings, SettingsFile
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.base.releases import FEED_VARIABLE, Feed, UpdateSettings
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.i18n import Language, Translators, say
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.help.update_watch import UpdateWatch
from pgyer_desktop.ui.state.teller import Teller, Topic
from pgyer_desktop.ui.state.unsaved import Unsaved
from pgyer_desktop.ui.window.main_window import MainWindow
from tests.helpers.faulty_server import faulty, raw, whole
from tests.helpers.waiting import until
from tests.ui.rig import opened, windowed

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.settings import Settings

FEED = Feed("https://downloads.acme.test/feed.json")
PAGE = "https://downloads.acme.test/1.2.3"
NEWER = {"version": "1.2.3", "url": PAGE, "published": "2026-01-02", "notes": "Faster."}
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ASKS = (
    "Look once a day for a newer version of this program? Only downloads.acme.test is asked, and only the"
    " version in use is sent. You can change this in the settings."
)
TELLS = "Version 1.2.3 of this program, of 2026-01-02, is available; this one is 1.0.0. Faster."


class Watched:
    """A watch, what it fetched, and what it said."""

    def __init__(self, settings: SettingsFile, feed: Feed = FEED) -> None:
        self.settings = settings
        self.answer: dict[str, str] | errors.PgyerError = NEWER
        self.gate = asyncio.Event()
        self.gate.set()
        self.fetched: list[str] = []
        self.now = NOON
        self.notice: Notice | None = None
        self.toasts: list[str] = []
        self.saves = 0
        self.teller = Teller()
        unsaved = Unsaved()
        unsaved.noted.connect(self._on_settings)
        self.watch = UpdateWatch(
            settings, feed, self._fetch, self.teller, unsaved, running="1.0.0", now=lambda: self.now
        )
        self.teller.notice_raised.connect(self._on_notice)
        self.teller.notice_settled.connect(self._on_settled)
        self.teller.succeeded.connect(self.toasts.append)

    @property
    def said(self) -> str:
        """The sentence that shows, or ""."""
        return say(self.notice.text) if self.notice is not None else ""

    @property
    def kept(self) -> UpdateSettings:
        """What is remembered."""
        return self.settings.value.updates

    def close_notice(self) -> None:
        """As the notice board does: it is gone, and then told."""
        self.notice = None
        self.watch.dismiss()

    async def over(self) -> None:
        """Wait until nothing is under way."""
        await until(lambda: not self.watch._tasks.is_running("look for a release"))

    async def start(self) -> None:
        """Begin, and let whatever that starts end."""
        self.watch.start()
        await self.over()

    async def _fetch(self, address: str) -> bytes:
        self.fetched.append(address)
        await self.gate.wait()
        if isinstance(self.answer, errors.PgyerError):
            raise self.answer
        return json.dumps(self.answer).encode()

    def _on_notice(self, topic: Topic, notice: Notice) -> None:
        assert topic is Topic.UPDATES
        self.notice = notice

    def _on_settled(self, topic: Topic) -> None:
        assert topic is Topic.UPDATES
        self.notice = None

    def _on_settings(self) -> None:
        self.saves += 1


def connected(settings: Settings) -> Settings:
    """With an account: somebody who knows the program."""
    return settings.with_account(AccountSettings("one", "Acme"))


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    file = SettingsFile(tmp_path / "settings.json")
    file.change(connected)
    return file


@pytest.fixture
async def watched(settings: SettingsFile, qapp: QApplication) -> AsyncIterator[Watched]:
    Translators().use(Language.ENGLISH)
    watched = Watched(settings)
    yield watched
    watched.gate.set()
    await watched.watch.aclose()


def remember(watched: Watched, **changes: object) -> None:
    updates = replace(watched.kept, **changes)  # type: ignore[arg-type]  # each test names real fields
    watched.settings.change(lambda s: replace(s, updates=updates))


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of pages that were opened."""
    opened_pages: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened_pages.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return opened_pages


# Leave.


async def test_it_asks_and_sends_nothing_until_it_is_allowed(watched: Watched) -> None:
    await watched.start()
    assert watched.said == ASKS
    assert watched.notice is not None
    assert (watched.notice.severity, watched.notice.remedy) == (Severity.INFO, Remedy.ALLOW)
    watched.watch._look_if_due()
    await watched.over()
    assert watched.fetched == []
    assert watched.kept == UpdateSettings()


async def test_allowed_it_looks_at_once_and_the_question_goes(watched: Watched) -> None:
    await watched.start()
    watched.answer = NEWER | {"version": "1.0.0"}
    watched.watch.act(Remedy.ALLOW)
    await watched.over()
    assert watched.said == ""
    assert watched.toasts == [], "nobody asked"
    assert watched.fetched == [FEED.address]
    assert watched.kept == UpdateSettings(allowed=True, last_look=NOON)
    assert watched.watch.allowed


async def test_closing_the_question_is_a_no_and_it_is_not_asked_again(watched: Watched) -> None:
    await watched.start()
    watched.close_notice()
    assert watched.kept == UpdateSettings(allowed=False)
    assert watched.saves == 1
    again = Watched(watched.settings)
    await again.start()
    await again.watch.aclose()
    assert (again.said, again.fetched) == ("", [])


@pytest.mark.parametrize("allowed", [True, False])
async def test_whoever_has_answered_is_not_asked(watched: Watched, allowed: bool) -> None:
    remember(watched, allowed=allowed, last_look=NOON)
    await watched.start()
    assert (watched.said, watched.fetched) == ("", [])


async def test_whoever_has_no_account_yet_is_not_asked(tmp_path: Path, qapp: QApplication) -> None:
    watched = Watched(SettingsFile(tmp_path / "settings.json"))
    await watched.start()
    assert watched.said == ""
    await watched.watch.aclose()


async def test_it_is_not_asked_where_the_answer_could_not_be_remembered(qapp: QApplication) -> None:
    watched = Watched(SettingsFile(None))
    watched.settings.change(connected)
    await watched.start()
    assert watched.said == ""
    await watched.watch.aclose()


async def test_leave_can_be_taken_back_while_it_looks(watched: Watched) -> None:
    remember(watched, allowed=True)
    watched.gate.clear()
    watched.watch.start()
    await until(lambda: len(watched.fetched) == 1)
    watched.watch.allow(on=False)
    watched.gate.set()
    await watched.over()
    await asyncio.sleep(0.02)
    assert watched.said == ""
    assert watched.kept.allowed is False


async def test_the_settings_answer_the_question_too(watched: Watched) -> None:
    await watched.start()
    watched.watch.allow(on=False)
    assert watched.said == ""
    assert watched.kept.allowed is False


# By itself.


async def test_a_newer_version_is_told_in_a_quiet_notice_and_no_page_is_opened(
    watched: Watched, pages: list[str]
) -> None:
    remember(watched, allowed=True)
    await watched.start()
    assert watched.said == TELLS
    assert watched.notice is not None
    assert (watched.notice.severity, watched.notice.remedy) == (Severity.INFO, Remedy.OPEN_RELEASE)
    assert watched.toasts == []
    assert pages == []


async def test_its_button_opens_the_page(watched: Watched, pages: list[str]) -> None:
    remember(watched, allowed=True)
    await watched.start()
    watched.watch.act(Remedy.OPEN_RELEASE)
    assert pages == [PAGE]
    assert watched.said == ""
    assert watched.kept.skipped == ""


async def test_a_page_that_cannot_be_opened_is_told_with_its_address(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    remember(watched, allowed=True)
    await watched.start()
    watched.watch.act(Remedy.OPEN_RELEASE)
    assert watched.said == f"No browser opened the page. Its address: {PAGE}"
    assert watched.notice is not None
    assert (watched.notice.remedy, watched.notice.link) == (Remedy.COPY_LINK, PAGE)
    watched.watch.dismiss()
    assert watched.kept.skipped == NEWER["version"]


async def test_it_looks_once_a_day_also_in_a_program_that_stays_open(watched: Watched) -> None:
    watched.answer = NEWER | {"version": "1.0.0"}
    remember(watched, allowed=True)
    await watched.start()
    for hour in range(1, 49):
        watched.now = NOON + timedelta(hours=hour)
        watched.watch._timer.timeout.emit()
        await watched.over()
        assert len(watched.fetched) == 1 + hour // 24
    assert watched.watch._timer.isActive()
    assert watched.watch._timer.interval() == 3_600_000


async def test_a_failure_is_told_to_nobody_and_not_repeated_within_the_day(watched: Watched) -> None:
    watched.answer = errors.HostNotFoundError("downloads.acme.test")
    remember(watched, allowed=True)
    await watched.start()
    await watched.start()
    assert (watched.said, watched.toasts) == ("", [])
    assert len(watched.fetched) == 1
    assert watched.kept.last_look == NOON


async def test_a_version_whose_notice_was_closed_is_not_told_again_but_the_next_one_is(watched: Watched) -> None:
    remember(watched, allowed=True)
    await watched.start()
    watched.close_notice()
    assert watched.kept.skipped == "1.2.3"
    watched.now += timedelta(days=1)
    await watched.start()
    assert watched.said == ""
    watched.answer = NEWER | {"version": "1.2.4"}
    watched.now += timedelta(days=1)
    await watched.start()
    assert watched.said.startswith("Version 1.2.4 ")


async def test_a_release_that_was_taken_back_is_no_longer_offered(watched: Watched) -> None:
    remember(watched, allowed=True)
    await watched.start()
    watched.answer = NEWER | {"version": "1.0.0-rc.1"}
    watched.now += timedelta(days=1)
    await watched.start()
    assert watched.said == ""


# By hand.


@pytest.mark.parametrize("allowed", [None, False, True])
async def test_by_hand_it_always_looks_and_answers(watched: Watched, allowed: bool | None) -> None:
    remember(watched, allowed=allowed, last_look=NOON, skipped="1.2.3")
    watched.watch.look()
    await watched.over()
    assert watched.said == TELLS, "also of a version that is not told by itself any more"
    watched.answer = NEWER | {"version": "1.0.0"}
    watched.watch.look()
    await watched.over()
    assert watched.toasts == ["You have the newest version, 1.0.0"]
    assert watched.said == ""
    assert watched.kept.allowed is allowed


async def test_by_hand_a_failure_is_told_and_can_be_tried_again(watched: Watched) -> None:
    watched.answer = errors.HttpStatusError("downloads.acme.test", 404)
    watched.watch.look()
    await watched.over()
    assert watched.said == (
        "It could not be found out whether there is a newer version of this program. downloads.acme.test has nothing"
        " at that address (status 404). Try again later."
    )
    assert watched.notice is not None
    assert watched.notice.remedy is Remedy.RETRY
    watched.answer = NEWER | {"version": "0.9.0"}
    watched.watch.act(Remedy.RETRY)
    await watched.over()
    assert watched.said == ""
    assert len(watched.toasts) == 1


async def test_a_feed_that_is_wrong_is_told_in_words_and_its_field_in_the_log(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.answer = NEWER | {"url": "https://elsewhere.test/"}
    watched.watch.look()
    await watched.over()
    assert "could not be understood. Try again later." in watched.said
    assert '"url" is not an https address on the feed\'s own host or another one that is allowed' in caplog.text


async def test_by_hand_while_it_looks_by_itself_it_asks_once_and_answers(watched: Watched) -> None:
    watched.answer = NEWER | {"version": "1.0.0"}
    remember(watched, allowed=True)
    watched.gate.clear()
    watched.watch.start()
    await until(lambda: len(watched.fetched) == 1)
    waited_for = [watched.watch.looking]
    watched.watch.look()
    watched.watch.look()
    waited_for.append(watched.watch.looking)
    watched.watch.allow(on=False)
    watched.gate.set()
    await watched.over()
    assert [*waited_for, watched.watch.looking] == [False, True, False]
    assert len(watched.fetched) == 1
    assert len(watched.toasts) == 1


async def test_the_question_is_still_open_after_a_look_by_hand(watched: Watched) -> None:
    await watched.start()
    watched.answer = NEWER | {"version": "1.0.0"}
    watched.watch.look()
    await watched.over()
    assert watched.said == ASKS
    assert watched.kept.allowed is None


async def test_closing_gives_up_what_is_being_read(watched: Watched) -> None:
    watched.gate.clear()
    watched.watch.look()
    await until(lambda: len(watched.fetched) == 1)
    await asyncio.wait_for(watched.watch.aclose(), 2)
    watched.watch.look()
    await asyncio.sleep(0.02)
    assert len(watched.fetched) == 1
    assert watched.said == ""


# In the window, over a real socket.


async def test_without_a_feed_the_window_offers_nothing(tmp_path: Path) -> None:
    async with opened() as rig, windowed(rig, tmp_path) as (_window, person, _):
        assert not person.find(QAction, "actionCheckForUpdates").isVisible()
        person.find(QAction, "actionCheckForUpdates").trigger()
        person.find(QAction, "actionSettings").trigger()
        await asyncio.sleep(0.02)
        assert not person.find(QCheckBox, "updatesCheck").isVisible()


@pytest.fixture
async def program(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Programs]:
    programs = Programs(tmp_path, monkeypatch)
    yield programs
    await programs.aclose()


class Programs:
    """The whole program over a feed of this machine."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._running: list[Program] = []

    def begin(self, feed: str, *, demo: bool = False) -> MainWindow:
        """The window of a program that is asked to look there. No account: nothing else is sent."""
        self._monkeypatch.setenv(FEED_VARIABLE, feed)
        options = Options("http://127.0.0.1:9", "http://127.0.0.1:9", demo=demo)
        profile = profile_in(self._folder / ("demo" if demo else "own"))
        settings = SettingsFile(profile.settings_file)
        settings.change(lambda s: replace(s, language="en"))
        program = Program(options, profile, MemoryStore(), settings=settings)
        self._running.append(program)
        program.window.show()
        return program.window

    @property
    def last(self) -> Program:
        """The one that was begun last."""
        return self._running[-1]

    async def aclose(self) -> None:
        for program in self._running:
            program.window.close()
            await program.aclose()
        await asyncio.sleep(0.02)


def shown(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisible() else ""


async def test_by_hand_in_the_menu_the_window_answers(program: Programs, pages: list[str]) -> None:
    page = "https://github.com/acme/pgyer-desktop/releases"
    old, new = (json.dumps({"version": version, "url": page}).encode() for version in ("0.0.1", "99.0.0"))
    async with faulty(whole(old), whole(b"", status="404 Not Found"), whole(new)) as server:
        window = program.begin(f"{server.base}/feed.json")
        action = window.findChild(QAction, "actionCheckForUpdates")
        assert isinstance(action, QAction)
        assert action.isVisible()
        assert action.isEnabled()
        assert plain(action.text()) == "Check for updates"
        action.trigger()
        await until(lambda: shown(window, "toastText").startswith("You have the newest version"))
        assert shown(window, "noticeText") == ""
        action.trigger()
        await until(lambda: "status 404" in shown(window, "noticeText"))
        action.trigger()
        await until(lambda: "Version 99.0.0" in shown(window, "noticeText"))
        assert pages == []
        assert not program.last.updates or not program.last.updates.allowed
    assert len(server.requests) == 3


async def test_the_whole_program_asks_is_allowed_and_remembers(program: Programs) -> None:
    body = json.dumps({"version": "99.0.0", "url": "https://github.com/acme/pgyer-desktop/releases"}).encode()
    async with faulty(whole(body)) as server:
        window = program.begin(f"{server.base}/feed.json")
        program.last.settings.change(connected)
        updates = program.last.updates
        assert updates is not None
        updates.start()
        assert shown(window, "noticeText").startswith("Look once a day")
        assert server.requests == []
        button = window.findChild(QAbstractButton, "noticeRetry")
        assert isinstance(button, QAbstractButton)
        assert button.text() == "Allow"
        button.click()
        await until(lambda: "Version 99.0.0" in shown(window, "noticeText"))
        assert button.text() == "Open page"
        close = window.findChild(QAbstractButton, "noticeClose")
        assert isinstance(close, QAbstractButton)
        close.click()
        await until(lambda: program.last.settings.value.updates.skipped == "99.0.0")
        await program.aclose()
    folder = program.last.settings.folder
    assert folder is not None
    kept = SettingsFile(folder / "settings.json").value.updates
    assert kept.allowed
    assert kept.skipped == "99.0.0"
    assert kept.last_look is not None
    program._running.clear()


async def test_the_settings_turn_it_off_and_on(program: Programs) -> None:
    async with faulty(raw(b"", then="hang")) as server:
        window = program.begin(f"{server.base}/feed.json")
        updates = program.last.updates
        assert updates is not None
        updates.allow(on=True)
        await until(lambda: len(server.requests) == 1)
        action = window.findChild(QAction, "actionSettings")
        assert isinstance(action, QAction)
        action.trigger()
        check = window.findChild(QCheckBox, "updatesCheck")
        assert isinstance(check, QCheckBox)
        assert check.isVisible()
        assert check.isChecked()
        assert "127.0.0.1" in check.accessibleDescription()
        allowed = []
        for _ in range(2):
            check.click()
            allowed.append(program.last.settings.value.updates.allowed)
        assert allowed == [False, True]
        assert len(server.requests) == 1, "it is not a day yet"


async def test_without_leave_the_program_sends_nothing_and_the_demo_never_does(program: Programs) -> None:
    async with faulty(whole(b"{}")) as server:
        program.begin(server.base)
        updates = program.last.updates
        assert updates is not None
        updates.start()
        program.begin(server.base, demo=True)
        assert program.last.updates is None
        await asyncio.sleep(0.1)
        assert server.requests == []


async def test_a_real_socket_that_stays_silent_does_not_hold_the_end_of_the_program_up(settings: SettingsFile) -> None:
    async with faulty(raw(b"", then="hang")) as server:
        watch = UpdateWatch(settings, Feed(server.base), read_feed, Teller(), Unsaved())
        watch.look()
        await until(lambda: len(server.requests) == 1)
        await asyncio.wait_for(watch.aclose(), 2)
