"""What fails in a way that is expected is told in words, and by whoever has nothing of their own to say too."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from pgyer_desktop.api.errors import TimeoutReachedError
from pgyer_desktop.core.activity.journal import JournalError, JournalFault
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.keystore import KeyStoreLockedError
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.history.store import HistoryError, HistoryFault
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Teller, Topic, explained

pytestmark = pytest.mark.usefixtures("qapp")

DOING = Text("tests", "It was not done.")
ERRORS = [
    TimeoutReachedError("pgyer.test"),
    JournalError(Path("journal.jsonl"), JournalFault.OTHER, "No space left on device"),
    HistoryError(HistoryFault.OTHER, "disk full"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_each_expected_error_says_what_was_not_done_and_why(error: Exception) -> None:
    words = say(explained(error, DOING).text)
    assert words.startswith("It was not done. ")
    assert len(words) > len("It was not done. ")


def test_the_keyring_says_itself_what_was_not_done() -> None:
    assert "locked" in say(explained(KeyStoreLockedError("locked"), DOING).text)


def test_a_remedy_counts_where_the_error_names_none() -> None:
    assert explained(ERRORS[2], DOING, Remedy.RETRY).remedy is Remedy.RETRY
    assert explained(ERRORS[2], DOING).remedy is Remedy.NONE


async def test_a_task_that_handles_no_error_has_it_told() -> None:
    teller, told = Teller(), list[tuple[Topic, Notice]]()
    teller.notice_raised.connect(lambda topic, notice: told.append((topic, notice)))
    owner = QObject()
    scope = teller.tasks(owner)

    async def fail() -> None:
        raise TimeoutReachedError("pgyer.test")

    scope.start("read", fail)
    await asyncio.sleep(0.01)
    ((topic, notice),) = told
    assert topic is Topic.OTHER
    assert "pgyer.test" in say(notice.text)
    await scope.aclose()


@pytest.mark.parametrize(
    ("topic", "about", "goes"),
    [
        (Topic.WRITE, "build1", True),
        (Topic.WRITE, "", True),
        (Topic.UNSETTLED, "build1", True),
        (Topic.UNSETTLED, "build2", False),
        (Topic.UNSEEN, "build1", True),
        (Topic.BUILDS, "", False),
        (Topic.UPDATES, "", False),
    ],
)
def test_a_toast_about_a_build_goes_when_a_notice_says_otherwise(topic: Topic, about: str, *, goes: bool) -> None:
    teller, taken_back = Teller(), list[bool]()
    teller.taken_back.connect(lambda: taken_back.append(True))
    notice = Notice(DOING, Severity.WARNING, Remedy.NONE)
    teller.tell(topic, notice, about=about)
    assert not taken_back, "nothing was said yet"
    teller.say("It is the latest now.", about="build1")
    teller.tell(topic, notice, about=about)
    assert bool(taken_back) is goes
    taken_back.clear()
    teller.say("The link was copied.")
    teller.tell(topic, notice, about=about)
    assert not taken_back


def test_a_notice_about_a_build_goes_when_that_build_is_told_of_otherwise() -> None:
    teller, settled = Teller(), list[Topic]()
    teller.notice_settled.connect(settled.append)
    teller.tell(Topic.WRITE, Notice(DOING, Severity.WARNING, Remedy.NONE), about="build1")
    teller.settle_about(Topic.WRITE, "build2")
    assert settled == []
    teller.settle_about(Topic.WRITE, "build1")
    assert settled == [Topic.WRITE]


def test_what_is_told_of_the_program_outlasts_the_account() -> None:
    teller, settled = Teller(), set[Topic]()
    teller.notice_settled.connect(settled.add)
    teller.settle_account()
    assert {Topic.BUILDS, Topic.WRITE, Topic.KEY} <= settled
    assert not {Topic.SETTINGS, Topic.CRASH, Topic.UPDATES} & settled
