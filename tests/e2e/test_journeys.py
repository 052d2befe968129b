"""What the three journeys of the desk cost: clicks, keys and dialogs are counted, and none may be added by the way.

And the same by the keyboard alone, in both languages, each key written down.

A build onto the phone; a promotion and the way back; 200 old builds of 260. With the guard rails of a new account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.sharing import links
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.activity.window import ActivityWindow
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from pgyer_desktop.ui.jobs.window import JobsWindow
from pgyer_desktop.ui.sharing.qr_code import QrCode
from tests.e2e import errands
from tests.e2e.conftest import running
from tests.e2e.person import Person
from tests.helpers.keys import press
from tests.helpers.waiting import until
from tests.lookalike import IOS, Clock, Lookalike, World

Start = Callable[[], AbstractAsyncContextManager[tuple[Program, Person]]]


@dataclass
class Hands(QObject):
    """Clicks and presses as hands do, and counts."""

    person: Person
    clicks: int = 0
    keys: int = 0
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the dialogs that open."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            self.dialogs.append(watched.objectName())
        return False

    def begin(self) -> None:
        """Count anew."""
        self.clicks = self.keys = 0
        self.dialogs.clear()

    @property
    def effort(self) -> tuple[int, int, int]:
        """Clicks, keys and dialogs."""
        return self.clicks, self.keys, len(self.dialogs)

    def row(self, number: int) -> None:
        """Click on a row."""
        self.clicks += 1
        self.person.select(number)

    def click(self, name: str, inside: QWidget | None = None) -> None:
        """Click a button, without typing what may have to be typed before."""
        button = self.person.find(QAbstractButton, name, inside)
        assert button.isVisible(), f"{name} is not visible"
        assert button.isEnabled(), f"{name} is disabled"
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))

    async def press(self, keys: str, inside: QWidget) -> None:
        """Press one key, or one with modifiers, in what has the focus."""
        self.keys += 1
        inside.activateWindow()
        await until(inside.isActiveWindow)
        press(keys, inside)

    async def go(self, step: tuple[str, str]) -> None:
        """Press a key, or after a quote type, where the keyboard is; what has the second name is to have it then."""
        keys, goal = step
        window = self._in_front()
        if not isinstance(window, QMenu):
            window.activateWindow()
            await until(window.isActiveWindow)
        focused: QWidget | None = window.focusWidget()
        if keys.startswith("'"):
            QTest.keyClicks(focused or window, keys[1:])
        else:
            combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide6 types no `[]`
            QTest.keyClick(focused or window, combination.key(), combination.keyboardModifiers())
        try:
            await until(lambda: self.here == goal, seconds=10)
        except AssertionError as error:
            raise AssertionError(f"{keys} leads to {self.here}, not to {goal}") from error

    def _in_front(self) -> QWidget:
        """The window that the keyboard is for, whatever the platform of the tests makes of it."""
        popup: QWidget | None = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        own = self.person.window
        others = [one for one in own.findChildren(QWidget) if isinstance(one, JobsWindow | ActivityWindow)]
        return popup or next((one for one in others if one.isVisible()), own)

    @property
    def here(self) -> str:
        """What has the keyboard."""
        window = self._in_front()
        focused: QWidget | None = window.focusWidget()
        return (window if isinstance(window, QMenu) or focused is None else focused).objectName()

    def type(self, text: str, inside: QWidget) -> None:
        """Type where the focus is."""
        self.keys += len(text)
        focused = inside.focusWidget()
        assert isinstance(focused, QLineEdit)
        QTest.keyClicks(focused, text)


@pytest.fixture
def service() -> Iterator[Lookalike]:
    """Two apps: one with 260 builds of four months, the newest but three is the latest, and a small one."""
    world = World(clock=Clock(datetime.now(UTC) - timedelta(days=130, hours=2)), seed="journeys")
    account = world.add_account("Workshop")
    lantern = world.add_app(account, "Lantern", IOS, shortcut="lantern")
    harbour = world.add_app(account, "Harbour", IOS, shortcut="harbour")
    for count in range(260):
        world.clock.advance(timedelta(hours=12))
        build = world.upload(harbour, f"1.{count // 20}.{count % 20}", number=str(100 + count))
        if count == 256:
            latest = build
    for count in range(3):
        world.upload(lantern, f"2.0.{count}", number=str(count))
    world.promote(latest.key)
    world.clock.advance(timedelta(hours=1))
    with Lookalike(world) as running_service:
        yield running_service


@pytest.fixture
def start(service: Lookalike, tmp_path: Path, qapp: object) -> Start:
    """Starts the program on the service."""
    return lambda: running(service, tmp_path, MemoryStore())


async def opened(service: Lookalike, person: Person) -> Hands:
    """The account connected, Harbour open, the hands at rest."""
    await errands.connect(person, service.world.accounts[0].key)
    if "Harbour" not in errands.named(person, "appPicker"):
        await errands.open_app(person, "Harb")
    await until(lambda: len(person.keys) == 20)
    person.window.activateWindow()
    person.table.setFocus()
    return Hands(person)


def offered(person: Person) -> str:
    """The page that the code beside the table leads to."""
    return person.find(QrCode, "qrCode").text or ""


async def test_a_build_gets_onto_the_phone(service: Lookalike, start: Start) -> None:
    async with start() as (_program, person):
        hands = await opened(service, person)
        await until(lambda: offered(person) == links.build_page(person.latest[0]))  # what users get: nothing to do
        today = person.keys[0]
        hands.begin()
        hands.row(0)
        await until(lambda: offered(person) == links.build_page(today))
        assert hands.effort == (1, 0, 0)
        # In another app: its latest is shown as it opens.
        hands.begin()
        await hands.press("Ctrl+K", person.window)
        await until(lambda: person.sees("goToPopup"))
        popup = person.find(QWidget, "goToPopup")
        hands.type("lan", popup)
        await hands.press("Return", popup)
        newest = service.world.app("Lantern").builds[0].key
        await until(lambda: offered(person) == links.build_page(newest))
        assert hands.effort == (0, 5, 0), "four keys and Enter"


async def test_a_promotion_and_the_way_back(service: Lookalike, start: Start) -> None:
    async with start() as (_program, person):
        hands = await opened(service, person)
        (before,) = person.latest
        person.select(0)
        target = person.keys[0]
        hands.begin()
        hands.click("detailsSetLatest")
        hands.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [target] and person.sees("promotionReturn"))
        assert hands.effort == (2, 0, 1)
        hands.begin()
        hands.click("promotionReturn")
        hands.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [before])
        assert hands.effort == (2, 0, 1)
        # And by the keyboard: a shortcut and Enter, each.
        for keys, wanted in (("Ctrl+L", target), ("Ctrl+Shift+B", before)):
            person.window.activateWindow()
            person.table.setFocus()
            hands.begin()
            await hands.press(keys, person.window)
            await hands.press("Return", await person.dialog("confirmDialog"))
            await until(lambda wanted=wanted: person.latest == [wanted])  # type: ignore[misc]
            assert hands.effort == (0, 2, 1)
            await until(lambda: person.sees("promotionReturn"))


async def test_two_hundred_old_builds_go(service: Lookalike, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )
    async with start() as (_program, person):
        hands = await opened(service, person)
        harbour = service.world.app("Harbour")
        hands.begin()
        await hands.press("Ctrl+Shift+K", person.window)
        plan = await person.dialog("cleanUpDialog")
        assert isinstance(plan, CleanUpDialog)
        delete = person.find(QAbstractButton, "cleanUpRun", plan)
        await until(lambda: "Delete 200 builds…" in delete.text(), seconds=60)
        hands.click("cleanUpRun", plan)
        question = await person.dialog("confirmDialog")
        word = "200"
        asked = " ".join(one.text() for one in question.findChildren(QLabel) if one.isVisible())
        assert word in asked
        assert "at most 50" in asked
        hands.type(word, question)
        await hands.press("Return", question)
        for gone in (50, 100, 150):
            await until(lambda: person.sees("jobsNext"), seconds=120)
            assert len(harbour.builds) == 260 - gone
            hands.click("jobsNext")
            # Nothing is locked meanwhile: other rows can be looked at.
            person.select(1)
            await until(lambda: offered(person) == links.build_page(person.keys[1]))
        await until(lambda: len(harbour.builds) == 60 and not person.sees("jobsBar"), seconds=120)
        assert hands.clicks == 4, "the plan's button, and one for each further 50"
        assert hands.keys == 1 + len(word) + 1
        assert hands.dialogs == ["cleanUpDialog", "confirmDialog"]


# By the keyboard alone: each key, what follows a quote is typed, and what has the keyboard afterwards.

CONNECT = (("Return", "apiKeyEdit"), ("'KEY", "apiKeyEdit"), ("Return", "buildTable"))
ONTO_THE_PHONE = (
    ("Ctrl+K", "goToEdit"),
    ("'harb", "goToEdit"),
    ("Return", "buildTable"),
    ("Down", "buildTable"),
    ("F6", "qrCode"),
    ("Ctrl+I", "qrCloseButton"),
    ("Return", "qrCode"),
    ("Shift+F6", "buildTable"),
)
PROMOTION = (
    ("Shift+F10", "buildContextMenu"),
    ("S", "confirmAccept"),
    ("Return", "buildTable"),
)
ITS_WAY_BACK = (
    ("F6", "qrCode"),
    ("F6", "allBuildsButton"),
    ("F6", "promotionReturn"),
    ("Return", "confirmAccept"),
    ("Return", "promotionReturn"),
)
CLEAN_UP = (
    ("Alt+B", "buildMenu"),
    ("N", "cleanUpNewestNumber"),
    ("Up", "cleanUpNewestNumber"),
    ("Return", "cleanUpNewestNumber"),
    ("Down", "cleanUpNewestNumber"),
    ("Tab", "cleanUpDays"),
    ("Tab", "cleanUpDaysNumber"),
    ("Tab", "cleanUpNewestOfVersion"),
    ("Tab", "cleanUpDeleteTab"),
    ("Right", "cleanUpKeptTab"),
    ("Left", "cleanUpDeleteTab"),
    ("Tab", "cleanUpTable"),
    ("Space", "cleanUpTable"),
    ("Tab", "cleanUpChangeLimit"),
    ("Tab", "cleanUpSave"),
    ("Tab", "cleanUpOpen"),
    ("Tab", "cleanUpRun"),
    ("Return", "confirmText"),
    ("'199", "confirmText"),
    ("Return", "promotionReturn"),
)
THE_NEXT_50 = (
    ("Shift+F6", "allBuildsButton"),
    ("Tab", "pageNumber"),
    ("Tab", "pageNext"),
    ("Tab", "pageLast"),
    ("Tab", "jobsText"),
    ("Tab", "jobsNext"),
    ("Return", "jobsPause"),
)
THE_NEXT_50_IN_JOBS = (("Ctrl+Shift+J", "jobsList"), ("F6", "jobNext"), ("Return", "jobPause"))
THE_REST_IN_JOBS = (("Return", "jobPause"),)
LOOKED_AT = (
    ("F6", "jobsCopy"),
    ("Return", "jobsCopy"),
    ("Escape", "buildTable"),
    ("Ctrl+J", "activityList"),
    ("Down", "activityList"),
    ("F6", "activityCopyMarkdown"),
    ("Escape", "buildTable"),
)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
async def test_all_of_it_goes_by_the_keyboard_alone(
    service: Lookalike, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )
    key, harbour = service.world.accounts[0].key, service.world.app("Harbour")
    async with running(service, tmp_path, MemoryStore(), language=language) as (program, person):
        hands = Hands(person)

        async def go(steps: tuple[tuple[str, str], ...]) -> None:
            for keys, goal in steps:
                await hands.go((keys.replace("KEY", key), goal))
                plans = [one for one in person.window.findChildren(CleanUpDialog) if one.isVisible()]
                await until(lambda plans=plans: all(one.model.plan is not None for one in plans))  # type: ignore[misc]

        await go(CONNECT)
        await go(ONTO_THE_PHONE[:3])
        await until(lambda: len(person.keys) == 20 and person.latest != [])
        (before,), target = person.latest, person.keys[0]
        await go(ONTO_THE_PHONE[3:])
        assert offered(person) == links.build_page(target)
        await go(PROMOTION)
        await until(lambda: person.latest == [target] and person.sees("promotionReturn"))
        await go(ITS_WAY_BACK)
        await until(lambda: person.latest == [before])
        await go(CLEAN_UP)
        for number, steps in enumerate((THE_NEXT_50, THE_NEXT_50_IN_JOBS, THE_REST_IN_JOBS), 1):
            await until(lambda: person.sees("jobsNext"), seconds=120)
            assert len(harbour.builds) == 260 - 50 * number
            await go(steps)
        await until(lambda: len(harbour.builds) == 61 and hands.here == "jobsRows", seconds=120)
        await go(LOOKED_AT)
        program.translators.use(Language.ENGLISH)  # the next test is in it
