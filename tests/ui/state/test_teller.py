"""What fails in a way that is expected is told in words, and by whoever has nothing of their own to say too."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from pgyer_desktop.api.errors import TimeoutReachedError
from pgyer_desktop.core.activity.journal import JournalError, JournalFault
from pgyer_desktop.core.base.error_messages import Notice, Remedy
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


def test_what_is_told_of_the_program_outlasts_the_account() -> None:
    teller, settled = Teller(), set[Topic]()
    teller.notice_settled.connect(settled.add)
    teller.settle_account()
    assert {Topic.BUILDS, Topic.WRITE, Topic.KEY} <= settled
    assert not {Topic.SETTINGS, Topic.CRASH, Topic.UPDATES} & settled
